"""One example and one counter-example for every rule of claims: what must be read, and what must not be made of it."""

from __future__ import annotations

import pytest

from leakdesk.model.claim import Claim, Reading
from leakdesk.model.document import Language, Role, Segment, TextLayer
from leakdesk.reading.read import read_text

Heads = tuple[str | None, str, str | None]


def read(text: str, language: Language) -> Reading:
    standing = Segment(start=0, end=len(text), role=Role.STANDFIRST, language=language)
    return read_text(TextLayer(text=text, extractor="test", segments=(standing,)), language=language)


def heads(claim: Claim) -> Heads:
    return (
        claim.subject.head if claim.subject else None,
        claim.predicate.lemma,
        claim.object.head if claim.object else None,
    )


FOUND: tuple[tuple[str, Language, str, Heads], ...] = (
    ("who-has", "ru", "У фирмы есть два склада под Рязанью.", ("фирмы", "быть", "склада")),
    ("who-has-not", "uk", "У заводу немає ліцензії на експорт.", ("заводу", "немає", "ліцензії")),
    ("who-has-not", "be", "У завода няма ліцэнзіі на экспарт.", ("завода", "няма", "ліцэнзіі")),
    ("counted-object", "ru", "Полиция задержала на границе двух мужчин.", ("Полиция", "задержать", "мужчин")),
    ("more-than", "ru", "Больше половины трамваев не работает.", ("половины", "работать", None)),
    ("end-of-change", "ru", "Число пациентов увеличилось с 340 до 512.", ("Число", "увеличиться", "512")),
    ("end-of-change", "be", "Колькасць пацыентаў павялічылася з 340 да 512.", ("Колькасць", "павялічыцца", "512")),
    ("impersonal-dative", "ru", "Губернатору предстоит уволиться.", ("Губернатору", "уволиться", None)),
    ("impersonal-object", "uk", "Пожежі вдалося уникнути.", (None, "уникнути", "Пожежі")),
    ("impersonal-object", "be", "Пажару ўдалося пазбегнуць.", (None, "пазбегнуць", "Пажару")),
    ("past-not-order", "ru", "Деньги пошли на рекламу.", ("Деньги", "пойти", "рекламу")),
    ("short-participle", "ru", "Мост закрыт с весны.", ("Мост", "закрыть", None)),
    ("predicate-participle", "be", "Кантракт падпісаны 4 сакавіка.", ("Кантракт", "падпісаць", None)),
    ("number-alone", "uk", "Ми знайшли трьох.", ("Ми", "знайти", "трьох")),
    ("one-and-plural", "ru", "Дюжева вызывали дважды.", (None, "вызывать", "Дюжева")),
    ("copula-adjective", "ru", "Трос был новый.", ("Трос", "быть", "новый")),
    ("verbless-place", "ru", "Такелажник в реанимации.", ("Такелажник", "быть", "реанимации")),
    ("verbless-owner", "uk", "У нас тільки троянди.", ("нас", "бути", "троянди")),
    ("verbless-this", "ru", "По договору это обязанность заказчика.", ("это", "быть", "обязанность")),
    ("linking", "be", "Помпы аказаліся няспраўнымі.", ("Помпы", "аказацца", "няспраўнымі")),
    ("stands", "ru", "Пресс стоит на складе.", ("Пресс", "стоять", "складе")),
    (
        "named-as",
        "en",
        "In a statement, the department described the network as a nuisance.",
        ("network", "describe", "nuisance"),
    ),
    ("named-as", "uk", "Представник назвав листи творчістю конкурентів.", ("листи", "назвати", "творчістю")),
    ("order", "en", "“Keep my name off the website,” the dealer wrote.", (None, "keep", "name")),
    ("spent-doing", "en", "Two trams spent the whole winter rusting in a yard.", ("trams", "rust", "yard")),
    ("object-of-both", "en", "The clerk hid and burned the files.", ("clerk", "hide", "files")),
    (
        "who-behind-a-time",
        "en",
        "Owen Tarl, a driver for eleven years who left the depot, testified.",
        ("driver", "leave", "depot"),
    ),
    ("asked-for-a-thing", "en", "Cyprus had asked for fresh papers.", ("Cyprus", "ask", "papers")),
    ("dateline", "en", "CLEVELAND — A dealer shipped eleven machines to Istanbul.", ("dealer", "ship", "machines")),
    ("first-person", "ru", "Сертификат сделаем в мае.", (None, "сделать", "Сертификат")),
    ("antecedent-agrees", "ru", "Суд выслушал спор о машинах, которые сгорели.", ("машинах", "сгореть", None)),
)


@pytest.mark.parametrize(("rule", "language", "text", "expect"), FOUND, ids=[f"{each[0]}-{each[1]}" for each in FOUND])
def test_a_rule_reads_its_example(rule: str, language: Language, text: str, expect: Heads) -> None:
    assert expect in [heads(claim) for claim in read(text, language).claims], rule


NOT_MADE: tuple[tuple[str, Language, str, str], ...] = (
    ("opens-colon", "ru", "Проверка показала: свинец есть в девяти колодцах.", "показать"),
    ("asked", "ru", "Что стало с остальными тоннами, неизвестно.", "стать"),
    ("asked", "uk", "Хто платив, підказує листування.", "платити"),
    ("unreal", "en", "The crew would not notice even if the gears had come apart.", "come"),
    ("unreal", "be", "Каб той самалёт упаў, я не змог бы жыць.", "упасці"),
    ("not-yet", "en", "The flight will take place before the leaves fall.", "fall"),
    ("points-back", "en", "The letters put it more bluntly.", "put"),
    ("attitude", "en", "Researchers are less sure.", "be"),
    ("only-describes", "en", "The note, dated 14 November, angered the mayor.", "date"),
    ("in-brackets", "ru", "Мастер (имя знаем, не публикуем) уволился в марте.", "публиковать"),
    ("neither", "en", "The regulator would neither confirm nor deny a visit.", "visit"),
    ("seen", "uk", "Це видно з вантажної декларації.", "видно"),
    ("particle", "uk", "Грошей, мовляв, немає.", "мовляти"),
    ("place-beside", "uk", "Понад половина трамваїв не працює через брак колодок.", "брак"),
)


@pytest.mark.parametrize(
    ("rule", "language", "text", "lemma"), NOT_MADE, ids=[f"{each[0]}-{each[1]}" for each in NOT_MADE]
)
def test_nothing_is_made_of_what_says_nothing(rule: str, language: Language, text: str, lemma: str) -> None:
    assert lemma not in [claim.predicate.lemma for claim in read(text, language).claims], rule


TOLD: tuple[tuple[str, str, str, str], ...] = (
    ("The purchase was arranged by the deputy director.", "arrange", "asserted", "+"),
    ("It has emerged that the depot sold the sand.", "sell", "asserted", "+"),
    ("A trial date has yet to be set.", "set", "asserted", "-"),
    ("The regulator would neither confirm nor deny a visit.", "confirm", "asserted", "-"),
    ("Not one flying prototype existed in the summer.", "exist", "asserted", "-"),
    ("Officials played for time, insisting “there is no pot”.", "be", "asserted", "-"),
    ("“Keep my name off the website,” the dealer wrote.", "keep", "asked", "+"),
)


@pytest.mark.parametrize(("text", "lemma", "modality", "polarity"), TOLD, ids=[each[1] for each in TOLD])
def test_how_it_is_told(text: str, lemma: str, modality: str, polarity: str) -> None:
    found = [claim for claim in read(text, "en").claims if claim.predicate.lemma == lemma]
    assert [(claim.modality, claim.polarity) for claim in found] == [(modality, polarity)]


@pytest.mark.parametrize(
    ("language", "text", "value", "unit", "role"),
    [
        ("en", "Twelve thousand tonnes left the port.", 12_000, "tonne", "count"),
        ("en", "The firm received almost two million euros.", 2_000_000, "EUR", "about"),
        ("en", "The firm bought about 300 lathes.", 300, "", "about"),
        ("ru", "Завод выпустил четыреста новых вагонов.", 400, "вагон", "count"),
        ("ru", "Фирма заплатила двенадцать миллионов рублей.", 12_000_000, "RUB", "sum"),
        ("uk", "Фермери пересіяли дві тисячі гектарів.", 2_000, "гектар", "count"),
        ("be", "Фермеры перасеялі каля дзвюх тысяч гектараў.", 2_000, "гектар", "about"),
    ],
)
def test_a_number_of_several_words_is_one_and_counts_the_noun(
    language: Language, text: str, value: float, unit: str, role: str
) -> None:
    (made,) = read(text, language).claims
    (quantity,) = made.quantities
    assert (quantity.value, quantity.role) == (value, role)
    assert not unit or quantity.unit == unit


def told(text: str) -> list[tuple[float, str, str]]:
    found = read_text(TextLayer(text=text, extractor="test"), as_="report")
    return [(each.value, each.unit, each.role) for claim in found.claims for each in claim.quantities]


def test_years_in_words_and_how_long_ago_count_nothing() -> None:
    assert not told("The plant closed in two thousand and thirty-three.")
    assert told("Two years ago the plant bought five lathes.") == [(5, "lathe", "count")]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Ремонт длился двести сорок дней.", [(240, "день", "count")]),
        ("The mine stood still for nine days.", [(9, "day", "count")]),
        ("Директор дважды летал в Лиму.", [(2, "times", "count")]),
        ("Обидві поїздки погодило міністерство.", [(2, "поїздка", "count")]),
        ("The price rose from 40 to 60 euros a tonne.", [(40, "EUR", "from"), (60, "EUR", "to")]),
        ("The plant burned 40–60 tonnes of tyres.", [(40, "t", "at_least"), (60, "t", "up_to")]),
        ("Суд оштрафував фірму на 250 тис. гривень.", [(250_000, "UAH", "sum")]),
        ("Комбинат в феврале заплатил заводу около 46 миллионов.", [(46_000_000, "", "about")]),
        ("Переплата составила двадцать пять процентов.", [(25, "%", "share")]),
        ("Завод продал оборудование свыше чем за три с половиной миллиона евро.", [(3_500_000, "EUR", "at")]),
        ("Two left the reserve shortly after midnight.", [(2, "", "count")]),
        ("The number of crates rose to seven.", [(7, "", "to")]),
        ("Згубленых скрынь ужо сем.", [(7, "скрыня", "count")]),
        ("Погибли двое.", [(2, "people", "count")]),
        ("Customs officers seized the third consignment.", []),
        ("Депо заказало две трети насосов.", []),
    ],
)
def test_numbers_of_a_claim_as_reports_tell_them(text: str, numbers: list[tuple[float, str, str]]) -> None:
    assert told(text) == numbers


@pytest.mark.parametrize(
    ("text", "lemma", "value"),
    [
        ("Olga Brandt, a mother of three children, packed twelve crates.", "pack", 12),
        ("Shares in Quillmar, which employs 340 people, fell 7 percent.", "fall", 7),
    ],
)
def test_what_is_told_aside_is_no_number_of_the_event(text: str, lemma: str, value: float) -> None:
    found = [each for each in read(text, "en").claims if each.predicate.lemma == lemma]
    assert [[quantity.value for quantity in each.quantities] for each in found] == [[value]]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Ivan Petrenko, the plant's director, signed the contract.", "Ivan Petrenko is the plant's director."),
        ("He met Jan Kroll, who denied it.", "Jan Kroll denied it."),
        ("Lumen Tools, a Czech maker of lathes, refused.", "Lumen Tools is a Czech maker of lathes."),
    ],
)
def test_what_stands_beside_or_behind_a_name_is_told_as_a_sentence(text: str, sentence: str) -> None:
    assert sentence in [claim.sentence for claim in read(text, "en").claims]


def test_a_pronoun_beside_somebody_else_is_told_by_name_and_the_other_stays() -> None:
    text = "Jan Kroll runs the mill. In May he and Mr Varda spent three weeks in Limassol."
    assert "In May Jan Kroll and Mr Varda spent three weeks in Limassol." in [
        c.sentence for c in read(text, "en").claims
    ]
