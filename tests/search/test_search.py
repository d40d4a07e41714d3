"""Searching a small shelf: spellings, phrases, fields, and the exact places of every match."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from leakdesk.errors import UsageError
from leakdesk.search.entry import About
from leakdesk.search.results import Hit
from leakdesk.search.tree import QueryError
from tests.search.shelf import Shelf

LETTERS = {
    "ru": "Вчера Олег Горбачёв подписал акт на заводе № 121.",
    "be": "Учора з Алегам Гарбачовым размаўлялі пра ліст.",
    "en": "Yesterday Aleh Harbachou sent the letter about МХ-14М.",
    "uk": "Вчора писали Олегові Горбачову про договори.",
    "woman": "Анна Горбачёва просит ответить Горбачёвой.",
    "frost": "Ударил мороз, 5 000 рублей сгорели.",
    "moroz": "Moroz paid 5000 roubles for MX-14M; Мороз подтвердил.",
    "mixed": "Гоpбачев (с латинской буквой) молчит.",
    "hyphen": "Брест-Литовск, ivan.petrov@zavod.example, Гор\u00adбачёв\u00a0О.",
    "far": "Олег молчал. " + "слово " * 8 + "Горбачёв говорил.",
}


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    shelf = Shelf(tmp_path_factory.mktemp("letters") / "index").put(**LETTERS)
    shelf.put_message(
        "message",
        "Договор готов.",
        quoted="> Горбачёв писал об этом\n",
        sender="Пётр Сидоров",
        to="Aleh Harbachou",
        subject="Поставка печи",
        date="2023-07-11T10:00:00+00:00",
        about=About(
            kind="message", languages=("ru",), attachments=("Plan_2023.pdf",), containers=("parcel.zip", "inbox.mbox")
        ),
    )
    return shelf


NAMED = {"ru", "be", "en", "uk", "woman", "mixed", "hyphen", "far", "message"}


@pytest.mark.parametrize(
    "query", ["Горбачёв", "горбачев", "Harbachou", "Gorbachev", "Гарбачоў", "Горбачов", "HARBACHOU", "Gorbachyov"]
)
def test_a_surname_is_found_in_every_spelling_and_case(letters: Shelf, query: str) -> None:
    assert letters.find(query) == NAMED


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("=Горбачёв", {"ru", "hyphen", "far", "message"}),
        ("=ГОРБАЧЁВ", {"ru", "hyphen", "far", "message"}),
        ("=Горбачев", set()),
        ("=Harbachou", {"en", "message"}),
        ("=Горбач", set()),
        ("мороз", {"frost", "moroz"}),
        ("Moroz", {"moroz"}),
        ("завод", {"ru"}),
        ("заводской", set()),
        ("письмо", set()),
        ("letters", {"en"}),
        ('"Олег Горбачёв"', {"ru", "be", "en", "uk", "message"}),
        ('"Oleg Gorbachev"', {"ru", "be", "en", "uk", "message"}),
        ('="Олег Горбачёв"', {"ru"}),
        ('"Горбачёв Олег"', set()),
        ("Oleg NEAR/1 Gorbachev", {"ru", "be", "en", "uk", "message"}),
        ("Gorbachev NEAR/1 Oleg", {"ru", "be", "en", "uk", "message"}),
        ("Oleg NEAR/9 Gorbachev", {"ru", "be", "en", "uk", "message"}),
        ("Oleg NEAR/10 Gorbachev", {"ru", "be", "en", "uk", "message", "far"}),
        ('"Олег Горбачёв" NEAR/3 акт', {"ru"}),
        ("(Олег OR Анна) NEAR/2 Горбачёв", {"ru", "be", "en", "uk", "woman", "message"}),
        ("МХ-14М", {"en", "moroz"}),
        ("mx14m", {"en", "moroz"}),
        ("=МХ-14М", {"en"}),
        ("5000", {"frost", "moroz"}),
        ("=5000", {"moroz"}),
        ("number:4000..6000", {"frost", "moroz"}),
        ("4000..6000", {"frost", "moroz"}),
        ("number:..130", {"ru"}),
        ("Брест-Литовск", {"hyphen"}),
        ("литовск", {"hyphen"}),
        ("ivan.petrov@zavod.example", {"hyphen"}),
        ("Petrov", {"hyphen"}),
        ("Горб*", {"ru", "uk", "woman", "mixed", "hyphen", "far", "message"} - {"mixed"}),
        ("Г?рбачёв", {"ru", "hyphen", "far", "message"}),
        ("/г[ао]рбач[её]в.*/", {"ru", "woman", "hyphen", "far", "message"}),
        ("=Горбачйв~1", {"ru", "hyphen", "far", "message"}),
        ("Горбачёв -Олег", {"woman", "mixed", "hyphen"}),
        ("NOT горбачев", {"frost", "moroz"}),
        ("мороз OR ліст", {"frost", "moroz", "be"}),
        ("quoted:Gorbachev", {"message"}),
        ("body:Gorbachev", NAMED - {"message"}),
        ("from:Sidorov", {"message"}),
        ("from:Gorbachev", set()),
        ("to:Горбачёв", {"message"}),
        ("subject:печь", {"message"}),
        ("filename:plan", {"message"}),
        ("has:attachment", {"message"}),
        ("in:parcel.zip", {"message"}),
        ("in:*.mbox", {"message"}),
        ("kind:message", {"message"}),
        ("lang:ru", {"message"}),
        ("date:2023-07", {"message"}),
        ("date:2023-07-12", set()),
        ("since:2023-07-11", {"message"}),
        ("until:2023-07-10", set()),
        ("date:2023-Q3", {"message"}),
        ("договор", {"message", "uk"}),
    ],
)
def test_a_query_finds_exactly(letters: Shelf, query: str, expected: set[str]) -> None:
    assert letters.find(query) == expected


def _matches(letters: Shelf, query: str, document: str) -> list[tuple[str, str]]:
    hit = next(hit for hit in letters.searcher().search(query, limit=100) if hit.document == document)
    return [(match.text, match.rule) for match in hit.matches]


@pytest.mark.parametrize(
    ("query", "document", "expected"),
    [
        ("Горбачёв", "ru", [("Горбачёв", "exact")]),
        ("Горбачёв", "woman", [("Горбачёва", "inflection"), ("Горбачёвой", "inflection")]),
        ("Горбачёв", "hyphen", [("Гор\u00adбачёв", "exact")]),
        ("Harbachou", "be", [("Гарбачовым", "romanisation passport + inflection")]),
        ("завод", "ru", [("заводе", "inflection")]),
        ("MX-14M", "en", [("МХ-14М", "designation")]),
        ("5000", "frost", [("5 000", "number")]),
        ("Горбач*", "ru", [("Горбачёв", "wildcard")]),
    ],
)
def test_each_match_names_its_rule(letters: Shelf, query: str, document: str, expected: list[tuple[str, str]]) -> None:
    assert _matches(letters, query, document) == expected


def test_broken_words_are_found_as_they_were_meant(shelf: Shelf) -> None:
    garbled = "Олег Горбачёв писал".encode().decode("cp1251", "replace")
    shelf.put(
        cut="Вчера Горба-\nчова видели.",
        garbled=f"Первая строка\n{garbled}\nещё",
        whole="Горбачёв",
        other="Брест-\nЛитовск",
    )
    assert shelf.find("Harbachou") == {"cut", "garbled", "whole"}
    assert shelf.find('"Aleh Harbachou"') == {"garbled"}
    assert shelf.find("=Горбачёв") == {"whole"}
    assert shelf.find("Горбачёв", spelling="exact") == {"whole"}
    assert _matches(shelf, "Gorbachev", "cut") == [("Горба-\nчова", "broken at a line end + romanisation + inflection")]
    ((place, rule),) = _matches(shelf, "Горбачёв", "garbled")
    assert place in garbled
    assert rule == "wrongly decoded"
    assert shelf.find("Литовск") == {"other"}


def test_what_a_scanner_misread_is_found_and_said(shelf: Shelf) -> None:
    shelf.put(
        cyrillic="Писал Гор6ачев вчера.", latin="Mr Harbach0u wrote.", pair="Mr Rornanov wrote.", modern="modern times"
    )
    assert shelf.find("Горбачев") == shelf.find("Harbachou") == {"cyrillic", "latin"}
    assert _matches(shelf, "Горбачев", "cyrillic") == [("Гор6ачев", "OCR look-alike")]
    assert shelf.find("Romanov") == {"pair"}
    assert shelf.find("modem") == set()
    assert shelf.find("Горбачев", spelling="exact") == set()


@pytest.mark.parametrize(
    ("asked", "written", "system"),
    [
        ("Горбачёв", "Gorbachev", "BGN"),
        ("Горбачёв", "Gorbachyov", "press"),
        ("Горбачёв", "Harbachou", "passport"),
        ("Гарбачоў", "Harbachow", "BGN"),
        ("Гарбачоў", "Harbačoŭ", "łacinka"),
        ("Жуковський", "Zhukovskyi", "Ukrainian 2010"),
        ("Щукин", "Ŝukin", "ISO 9"),
        ("Щукин", "Schtschukin", None),
    ],
)
def test_a_romanisation_is_named_by_its_system(shelf: Shelf, asked: str, written: str, system: str | None) -> None:
    shelf.put(a=f"Mr {written} wrote.")
    ((_, rule),) = _matches(shelf, asked, "a")
    assert rule.split(" + ")[-1] == (f"romanisation {system}" if system else "romanisation")


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("/.+/ NEAR/5 /.+/", "fits too many words"),
        (f"({' OR '.join(['абвгд'] * 20)}) NEAR ({' OR '.join(['еёжзи'] * 20)})", "20 and 20 words"),
        ("date:2023-13", "is no date"),
    ],
)
def test_what_would_take_too_long_or_means_nothing_is_refused_with_a_sentence(
    tmp_path: Path, query: str, says: str
) -> None:
    words = " ".join("".join(each) for each in itertools.product("абвгдеж", repeat=6))
    shelf = Shelf(tmp_path / "index").put(much=words[:400_000])
    with pytest.raises(QueryError, match=says):
        shelf.searcher().search(query)


def test_a_town_is_no_genitive_plural_of_a_surname(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "index").put(
        town="Приїхали у Харків.", near="Вийшли з Харкова.", man="Пан Харк мовчить.", many="Родина Горбачів мовчить."
    )
    assert shelf.find("Харків") == {"town", "near"}
    assert "town" not in shelf.find("Харк")
    assert shelf.find("Горбач") == {"many"}


def test_common_english_words_are_found_in_their_inflections_only(shelf: Shelf) -> None:
    shelf.put(a="they deliver", b="deliveries", c="delivery", d="Деливери")
    assert {"b", "c"} <= shelf.find("delivery")
    assert "a" not in shelf.find("delivery")


def test_look_alike_letters_are_named_as_such(letters: Shelf) -> None:
    assert all("homoglyph" in rule for _, rule in _matches(letters, "Горбачев", "mixed"))


@pytest.mark.parametrize(
    "query",
    ["Горбачёв", '"Олег Горбачёв"', "Олег NEAR/10 Горбачёв", "МХ-14М", "5000", "горб*", "/.*ов/", "мороз~1", "=Олег"],
)
def test_every_hit_shows_where_and_the_text_stands_there(letters: Shelf, query: str) -> None:
    results = letters.searcher().search(query, limit=100)
    assert results.total == len(results) > 0
    for hit in results:
        text = letters.texts[hit.document].text
        assert hit.matches
        assert all(text[match.start : match.end] == match.text for match in hit.matches)
        assert hit.snippet == text[hit.snippet_start : hit.snippet_end]
        assert any(hit.snippet_start <= match.start and match.end <= hit.snippet_end for match in hit.matches)


def test_a_field_shows_its_own_place_and_no_other(letters: Shelf) -> None:
    for query, line in (("to:Горбачёв", "To: Aleh Harbachou"), ("from:Sidorov", "From: Пётр Сидоров")):
        (hit,) = letters.searcher().search(query)
        text = letters.texts["message"].text
        assert [text[text.rfind("\n", 0, match.start) + 1 : text.find("\n", match.start)] for match in hit.matches] == [
            line
        ]


def test_a_hit_only_in_quoted_mail_says_so(letters: Shelf) -> None:
    def hit(query: str) -> Hit:
        return next(hit for hit in letters.searcher().search(query, limit=50) if hit.document == "message")

    assert hit("quoted:Gorbachev").in_quoted
    assert not hit("Gorbachev").in_quoted  # the header names him too
    assert not hit("договор").in_quoted


def test_a_hit_in_quoted_mail_points_to_the_message_that_wrote_it(shelf: Shelf) -> None:
    said = "Прошу сообщить, когда печь будет стоять на складе в новом городе.\n"
    shelf.put_message("first", said, sender="A", date="2023-07-10T10:00:00+00:00")
    shelf.put_message("forward", said, sender="B", date="2023-07-12T10:00:00+00:00")
    quoted = "> Прошу сообщить, когда печь будет\n> стоять на складе в новом городе.\n"
    shelf.put_message("reply", "Согласен.\n", quoted=quoted, sender="B", date="2023-07-11T10:00:00+00:00")
    hits = {hit.document: hit for hit in shelf.searcher().search("печь")}
    assert (hits["reply"].in_quoted, hits["reply"].written_in) == (True, "first")
    assert (hits["first"].in_quoted, hits["first"].written_in) == (False, None)


def test_initials_before_quoted_lines_are_nobody_s_words(shelf: Shelf) -> None:
    shelf.put_message("first", "Текст печи во вложении.\nЖду до среды.\n", sender="A", date="2023-07-10T10:00:00+00:00")
    quoted = "ОГ> Текст печи во вложении.\nОГ> Жду до среды.\n"
    shelf.put_message("reply", "Да.\n", quoted=quoted, sender="B", date="2023-07-11T10:00:00+00:00")
    hits = {hit.document: hit for hit in shelf.searcher().search("печь")}
    assert hits["reply"].written_in == "first"


def test_a_few_common_words_prove_no_origin_outside_a_conversation(shelf: Shelf) -> None:
    from dataclasses import replace

    shelf.put_message("stranger", "Печь стоит на складе.", sender="A", date="2023-07-10T10:00:00+00:00")
    shelf.put_message("reply", "Да.\n", quoted="> Печь стоит на складе\n", sender="B")
    (hit,) = shelf.searcher().search("quoted:печь")
    assert hit.written_in is None
    for document in ("stranger", "reply"):
        shelf.texts[document] = replace(shelf.texts[document], thread="t1")
    (hit,) = shelf.searcher().search("quoted:печь")
    assert hit.written_in == "stranger"


def test_options_narrow_like_fields(letters: Shelf) -> None:
    searcher = letters.searcher()
    assert {hit.document for hit in searcher.search("", kind="message")} == {"message"}
    assert {hit.document for hit in searcher.search("", from_="Petr Sidorov", lang="ru")} == {"message"}
    assert {hit.document for hit in searcher.search("Горбачёв", to="Harbachou", since="2023", until="2023-07")} == {
        "message"
    }
    assert searcher.search("", from_="Nobody").total == 0


def test_facets_count_all_and_once(shelf: Shelf) -> None:
    for number in range(30):
        shelf.put_message(
            f"m{number}",
            "Печь готова, печь стоит.",
            sender=("Пётр", "Павел")[number % 2],
            date=f"20{20 + number % 3}-0{number % 9 + 1}-01T00:00:00+00:00",
            about=About(kind="message", languages=("ru", "be"), containers=("box.zip", "box.zip")),
        )
    results = shelf.searcher().search(
        "печь", limit=3, facets=("sender", "year", "language", "kind", "container", "month")
    )
    counts = {name: {each.value: each.count for each in values} for name, values in results.facets.items()}
    assert results.total == 30
    assert counts["sender"] == {"Пётр": 15, "Павел": 15}
    assert counts["year"] == {"2020": 10, "2021": 10, "2022": 10}
    assert counts["language"] == {"ru": 30, "be": 30}
    assert counts["kind"] == {"message": 30}
    assert counts["container"] == {"box.zip": 30}
    assert sum(counts["month"].values()) == 30
    assert list(counts["month"]) == sorted(counts["month"])


def test_pages_are_the_whole_in_order(shelf: Shelf) -> None:
    shelf.put(**{f"d{number:03}": "печь " * (number % 7 + 1) + f"слово{number}" for number in range(120)})
    searcher = shelf.searcher()
    whole = [hit.document for hit in searcher.search("печь", limit=200)]
    paged = [hit.document for offset in range(0, 120, 7) for hit in searcher.search("печь", limit=7, offset=offset)]
    again = [hit.document for hit in shelf.searcher().search("печь", limit=200)]
    assert whole == paged == again
    assert len(set(whole)) == 120
    assert [hit.score for hit in searcher.search("печь", limit=200)] == sorted(
        (hit.score for hit in searcher.search("печь", limit=200)), reverse=True
    )


def test_hits_can_be_put_in_order_of_time(shelf: Shelf) -> None:
    for day in (3, 1, 2):
        shelf.put_message(f"m{day}", "Печь.", date=f"2023-07-0{day}T00:00:00+00:00")
    searcher = shelf.searcher()
    assert [hit.document for hit in searcher.search("печь", sort="newest")] == ["m3", "m2", "m1"]
    assert [hit.document for hit in searcher.search("печь", sort="oldest")] == ["m1", "m2", "m3"]


def test_dates_are_counted_in_the_zone_of_the_case(shelf: Shelf) -> None:
    from zoneinfo import ZoneInfo

    from leakdesk.search.searcher import Searcher

    shelf.put_message("late", "Печь.", date="2023-06-30T22:30:00+00:00")
    there = Searcher(shelf.folder, shelf.texts.__getitem__, zone=ZoneInfo("Europe/Minsk"))
    assert there.search("date:2023-07").total == 1
    assert shelf.searcher().search("date:2023-07").total == 0


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("lang:french", "ru, be, uk, en, und"),
        ("kind:letter", "message"),
        ("date:yesterday", "2023-07"),
        ("number:many", "number:1000..5000"),
        ("a NEAR from:b", "NEAR/5"),
        ("!!!", "no letter or digit"),
        ("tag:relevant", "in a case"),
        ("/(/", "brackets"),
        (r"/\bслово\b/", "classes"),
        ("/слово$/", "whole word"),
        ("да~", "three letters"),
        ("date:..", "at least one end"),
    ],
)
def test_what_cannot_be_asked_says_what_to_write(letters: Shelf, query: str, says: str) -> None:
    with pytest.raises(QueryError) as caught:
        letters.searcher().search(query)
    assert says in caught.value.sentence()


def test_a_case_answers_fields_of_its_own(shelf: Shelf) -> None:
    from leakdesk.search.searcher import Searcher

    shelf.put(a="печь", b="печь")
    searcher = Searcher(
        shelf.folder, shelf.texts.__getitem__, resolvers={"tag": lambda value: ["b"] if value == "relevant" else []}
    )
    assert [hit.document for hit in searcher.search("печь tag:relevant")] == ["b"]
    assert searcher.search("tag:other").total == 0
    assert [hit.document for hit in searcher.search("печь NOT tag:relevant")] == ["a"]


@pytest.mark.parametrize(
    "options",
    [
        {"limit": -1},
        {"limit": 10**9},
        {"offset": 10**9},
        {"facets": ("mood",)},
        {"spelling": "loose"},
        {"sort": "best"},
    ],
)
def test_options_out_of_bounds_are_refused_with_a_sentence(letters: Shelf, options: dict[str, object]) -> None:
    with pytest.raises(UsageError) as caught:
        letters.searcher().search("Горбачёв", **options)  # type: ignore[arg-type]
    assert caught.value.try_


def test_words_are_offered_to_checks_with_weights(letters: Shelf) -> None:
    found = letters.searcher().any_of({"Gorbachev": 1.0, "завод": 3.0, "!!!": 1.0}, limit=3)
    assert found[0][0] == "ru"
    assert len(found) == 3
    assert letters.searcher().any_of(["Gorbachev"], within="-kind:message NOT lang:ru", limit=50)
    assert "message" not in {
        document for document, _ in letters.searcher().any_of(["Gorbachev"], within="-kind:message", limit=50)
    }
    assert letters.searcher().any_of(["..."]) == []


def test_a_long_document_is_one_hit_with_its_true_places(shelf: Shelf) -> None:
    text = "слово " * 30_000 + "Олег Горбачёв и печь. " + "другое " * 30_000 + "Harbachou."
    shelf.put(long=text, short="Горбачёв")
    results = shelf.searcher().search("Gorbachev")
    assert results.total == 2
    (hit,) = [hit for hit in results if hit.document == "long"]
    assert [match.text for match in hit.matches] == ["Горбачёв", "Harbachou"]
    (near,) = shelf.searcher().search("Oleg NEAR/3 печь")
    assert [match.text for match in near.matches] == ["Олег", "печь"]


def test_a_document_full_of_matches_says_that_there_are_more(shelf: Shelf) -> None:
    shelf.put(full="Горбачёв " * 5000)
    (hit,) = shelf.searcher().search("Gorbachev")
    assert hit.more
    assert len(hit.matches) == 100


def test_positions_do_not_run_from_one_zone_into_another(shelf: Shelf) -> None:
    shelf.put_message("m", "Приехал Олег", quoted="Горбачёв писал", sender="X")
    assert shelf.find('"Олег Горбачёв"') == set()


def test_a_batch_answers_each_term_and_keeps_going(letters: Shelf, tmp_path: Path) -> None:
    from leakdesk.search.batch import as_csv, search_all, terms_in

    terms = terms_in('query\nGorbachev\n"unclosed\n\nnobody\n=мороз\n', table=False)
    assert terms == ["Gorbachev", '"unclosed', "nobody", "=мороз"]
    assert terms_in('name,note\n"""два слова""",x\n', table=True) == ['"два слова"']
    searcher = letters.searcher()
    rows = list(search_all(lambda term: searcher.search(term, limit=2), terms))
    assert [row["term"] for row in rows] == ["Gorbachev", "Gorbachev", '"unclosed', "nobody", "=мороз", "=мороз"]
    assert "never closed" in rows[2]["error"]
    assert rows[3]["total"] == "0"
    lines = list(as_csv(rows))
    assert lines[0].startswith("term,total,document")
    assert any(line.startswith("'=мороз,") for line in lines)  # no spreadsheet runs it
