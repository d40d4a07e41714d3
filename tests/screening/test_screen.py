"""Whoever is on a list is found in every spelling; a namesake is not; and nobody is ever called clean."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from leakdesk.screening.changes import changes
from leakdesk.screening.entry import Entry, Identifier, Owned, Record
from leakdesk.screening.near import near_keys
from leakdesk.screening.screen import Hit, Subject, screen
from leakdesk.screening.snapshot import Snapshot
from leakdesk.screening.told import births, numbers
from leakdesk.store.case import CaseStore
from leakdesk.work.lists import add_lists
from leakdesk.work.pipeline import Options, add
from leakdesk.work.screening import kept, screen_case

OFFICIAL = Entry(
    id="p1",
    schema="Person",
    name="Harnastayeu, Aleh Stsiapanavich",
    weak=("Kvartal",),
    birth_dates=("1961-05-02",),
    countries=("by",),
)
PLANT = Entry(
    id="b1", schema="Organization", name="121 Aircraft Repair Plant", countries=("by",), identifiers=("UNP 100000016",)
)
SPELLINGS = [
    "Олег Степанович Горностаев", "Алег Сцяпанавіч Гарнастаеў", "Oleg Gornostayev", "Aleh Harnastayeu", "О. С. Горностаев",
    "Горностаеву Олегу Степановичу", "Олег Степанович Горнастаев", "GORNOSTAEV Oleg", "Oleh Hornostaiev", "Олег Горностаєв",
    "Oleg S. Gornostaev", "Горностаев О.С.",
]  # fmt: skip
NAMESAKES = [
    "Пётр Горностаев", "Ольга Горностаева", "Олег Петрович Горностаев", "Олег Степанович Горностаенко", "Горностаев", "Степан Олегович",
    "Kvartal", "Oleg Gornostalev",
]  # fmt: skip


def _against(*records: Record) -> Snapshot:
    return Snapshot.build(records)


def _person(name: str, *births_: str, numbers_: tuple[str, ...] = (), countries: tuple[str, ...] = ()) -> Subject:
    return Subject(
        id=name, schema="Person", names=(name,), birth_dates=births_, identifiers=numbers_, countries=countries
    )


def _body(name: str, *numbers_: str) -> Subject:
    return Subject(id=name, schema="Organization", names=(name,), identifiers=numbers_)


def _one(subject: Subject, snapshot: Snapshot) -> Hit | None:
    hits = screen([subject], snapshot).hits
    assert len(hits) <= 1
    return hits[0] if hits else None


@pytest.mark.parametrize("name", SPELLINGS)
def test_a_listed_person_is_found_in_twelve_spellings(name: str) -> None:
    hit = _one(_person(name), _against(OFFICIAL, PLANT))
    assert hit is not None and hit.entry == "p1" and hit.verdict == "same"
    assert hit.reasons


@pytest.mark.parametrize("name", NAMESAKES)
def test_a_namesake_is_not_found(name: str) -> None:
    assert _one(_person(name), _against(OFFICIAL, PLANT)) is None


@pytest.mark.parametrize("name", SPELLINGS)
def test_another_date_of_birth_is_another_person_in_every_spelling(name: str) -> None:
    assert _one(_person(name, "1975-01-30"), _against(OFFICIAL)) is None


def test_a_short_spelling_finds_no_namesake_whose_father_the_long_one_contradicts() -> None:
    """An entity has many spellings: "Oleg Gornostayev" alone would be anybody of that name."""
    other = Entry(id="x", schema="Person", name="GORNOSTAYEV, Oleg Petrovich")
    short, long, initials = "Oleg Gornostayev", "Олег Степанович Горностаев", "О. С. Горностаев"

    def against(*names: str, births: tuple[str, ...] = (), entry: Entry = other) -> str:
        hits = screen([Subject(id="a", schema="Person", names=names, birth_dates=births)], _against(entry)).hits
        return hits[0].verdict if hits else "different"

    assert against(short) == "same"
    assert against(long, short) == "different"
    assert against(short, initials) == "possible"
    assert against(short, long, "Олег Петрович Горностаев") == "same", "somebody took two people for one: look"
    both = Entry(id="z", schema="Person", name="Горностаев Олег Петрович", aliases=("GORNOSTAYEV, Oleg",))
    assert against(initials, entry=both) == "different", "an initial alone, and one that the full name contradicts"
    alike = Entry(id="z", schema="Person", name="Горностаев Олег Савельевич", aliases=("GORNOSTAYEV, Oleg",))
    assert against(long, short, initials, entry=alike) == "different", "one initial is not the same father"
    dated = Entry(id="y", schema="Person", name="GORNOSTAYEV, Oleg Petrovich", birth_dates=("1961-05-02",))
    assert against(long, short, births=("1961-05-02",), entry=dated) == "same", "a slip in one of the names"


def test_a_date_of_birth_makes_an_initial_enough_and_is_said() -> None:
    alone, confirmed = (_one(_person("О. Горностаев", *born), _against(OFFICIAL)) for born in ((), ("1961-05-02",)))
    assert alone is not None and alone.verdict == "possible"
    assert confirmed is not None and confirmed.verdict == "same"
    assert "date of birth agrees: 1961-05-02 and 1961-05-02" in confirmed.reasons


def test_another_country_makes_a_name_only_possible() -> None:
    hit = _one(_person("Олег Горностаев", countries=("kz",)), _against(OFFICIAL))
    assert hit is not None and hit.verdict == "possible" and "another country: kz, on the list by" in hit.reasons


@pytest.mark.parametrize(
    "name",
    ["121 авиаремонтный завод", "121-й АРЗ", "121st Aircraft Repair Plant", "ОАО «121 авиаремонтный завод»", "121 АРЗ"],
)
def test_a_listed_plant_is_found_by_its_number(name: str) -> None:
    hit = _one(_body(name), _against(OFFICIAL, PLANT))
    assert hit is not None and hit.verdict == "same"


@pytest.mark.parametrize(
    "name", ["558 авиаремонтный завод", "122 Aircraft Repair Plant", "авиаремонтный завод", "завод"]
)
def test_a_plant_of_another_number_is_not_found(name: str) -> None:
    assert _one(_body(name), _against(OFFICIAL, PLANT)) is None


def test_a_number_finds_what_the_name_hides_and_another_number_refuses() -> None:
    found = _one(_body("ООО «Ромашка»", "УНП 100000016"), _against(PLANT))
    assert (
        found is not None
        and found.verdict == "possible"
        and "only the number is the same; the names differ" in found.reasons
    )
    assert _one(_body("121 авиаремонтный завод", "UNP 200000024"), _against(PLANT)) is None


def test_a_number_that_the_list_keeps_apart_from_its_entry_finds_it_too() -> None:
    firm = Entry(id="f", schema="Company", name="Kvartal Proba LLC")
    apart = _against(firm, Identifier(entry="f", number="registration 100000016"))
    found = _one(_body("ООО «Ромашка»", "УНП 100000016"), apart)
    assert found is not None and found.entry == "f"


def test_a_surname_alone_is_counted_and_not_compared() -> None:
    result = screen([_person("Горностаев"), _person("Пётр Зубрович")], _against(OFFICIAL))
    assert (result.bare, result.compared, result.without_match) == (("Горностаев",), 1, 1)


def test_a_misprint_is_a_candidate() -> None:
    assert near_keys(["harnastaiau"], ["harnastaiau", "harnastajau", "xarnastaiau", "brusevic"]) == {
        "harnastaiau": ["harnastajau", "xarnastaiau"]
    }


def test_what_listed_owners_hold_together_counts_up_to_one_half() -> None:
    firm = Entry(id="f", schema="Company", name="Kvartal Proba LLC", listed=False)
    holding = Entry(id="h", schema="Company", name="Zubrovka Holding LLC", listed=False)
    free = Entry(id="q", schema="Person", name="Kuntsevich, Oksana", listed=False)
    shares = [
        Owned(owner="h", asset="f", percent=30), Owned(owner="p1", asset="f", percent=25), Owned(owner="q", asset="f", percent=45),
        Owned(owner="p1", asset="h", percent=80), Owned(owner="f", asset="h", percent=20),
    ]  # fmt: skip
    hit = _one(_body("ООО «Квартал Проба»"), _against(OFFICIAL, firm, free, holding, *shares))
    assert hit is not None and hit.kind == "ownership"
    assert any("together 55 %" in reason for reason in hit.reasons)
    assert any("itself owned by listed ones" in reason for reason in hit.reasons)
    less = _one(_body("ООО «Квартал Проба»"), _against(OFFICIAL, firm, free, shares[1], shares[2]))
    assert (
        less is not None and less.verdict == "possible" and any("below one half" in reason for reason in less.reasons)
    )
    assert _one(_body("ООО «Квартал Проба»"), _against(OFFICIAL, firm, free, shares[2])) is None


def test_changes_between_versions_are_named() -> None:
    now = Entry(
        id="b1",
        schema="Organization",
        name="121 Aircraft Repair Plant",
        aliases=("121 ARZ",),
        countries=("by",),
        identifiers=("UNP 100000016",),
    )
    found = [
        (each.change, each.entry, each.what)
        for each in changes(
            _against(OFFICIAL, PLANT), _against(now, Entry(id="x", schema="Person", name="Lobach, Leanid"))
        )
    ]
    assert found == [("changed", "b1", ("aliases",)), ("removed", "p1", ()), ("added", "x", ())]


def test_unrelated_names_raise_no_alarm() -> None:
    """A small run of bench/screening.py: nobody of 400 composed strangers is on the list."""
    dice = random.Random(5)
    sure, given = (
        ("Ворожбит", "Дубатовка", "Хомич", "Щеглов", "Ветошкин", "Кулеш", "Лобач"),
        ("Пётр", "Игнат", "Роман", "Савва", "Артём"),
    )
    strangers = [
        _person(f"{dice.choice(given)} {dice.choice(sure)}{dice.choice(('', 'ский', 'ов'))}") for _ in range(400)
    ]
    assert screen(strangers, _against(OFFICIAL, PLANT)).hits == ()


def test_particulars_belong_to_the_name_before_them_in_the_line() -> None:
    from leakdesk.model.entity import Mention

    text = "1. Горностаев О. С., 02.05.1961 г.р.\n2. Новосад Г. О., род. 3 мая 1970 г., договор от 01.02.2020\nООО «Вал», УНП 100000016"

    def named(words: str, type_: str, *rules: str, normal: str = "") -> Mention:
        at = text.index(words)
        return Mention(
            id=words,
            start=at,
            end=at + len(words),
            text=words,
            type=type_,
            normal=normal or words,
            rules=rules,
            confidence="likely",
        )  # type: ignore[arg-type]

    found = [
        named("Горностаев О. С.", "person"), named("Новосад Г. О.", "person"), named("ООО «Вал»", "organization"),
        named("УНП 100000016", "identifier", "unp by", normal="100000016"),
    ]  # fmt: skip
    assert list(births(text, found)) == [("Горностаев О. С.", "1961-05-02"), ("Новосад Г. О.", "1970-05-03")]
    assert list(numbers(text, found)) == [("ООО «Вал»", "UNP 100000016")]


LETTER = """From: a@plant.example
To: b@plant.example
Date: {date}
Subject: встреча
Message-ID: <{n}@plant.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Добрый день! Директор Горностаев Олег Степанович подписал письмо. Приедет Новосад Геннадий Олегович, 03.05.1970 г.р.
"""


def test_a_case_is_screened_against_versions_and_letters_have_their_dates(tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    for n, date in enumerate(("Mon, 14 Feb 2022 10:00:00 +0300", "Mon, 16 May 2022 10:00:00 +0300")):
        (folder / f"{n}.eml").write_text(LETTER.format(date=date, n=n), "utf-8")
    older = 'id,schema,name,birth_date,since\np1,Person,"Harnastayeu, Aleh",,2022-03-01\np2,Person,"Novosad, Gennady",1952-01-01,\n'
    with CaseStore.create(tmp_path / "case") as store:
        add(store, [folder], Options(jobs=1))
        for day, text in (
            ("2022-04-01", older),
            ("2023-04-01", older.splitlines()[0] + '\np9,Person,"Lobach, Leanid",,\n'),
        ):
            own = tmp_path / f"watched-{day}.csv"
            own.write_text(text, "utf-8")
            add_lists(store, [own], published=day)
        lines = list(screen_case(store, keep=True))
        hits = [line for line in lines if line["kind"] != "summary"]
        assert {line["entry"] for line in hits} == {"p1"}, "the other one was born on another day"
        assert hits[0]["list_date"] == "2022-04-01" and hits[0]["verdict"] == "same"
        assert "no longer on the list in its version of 2023-04-01" in hits[0]["reasons"]
        assert "not listed yet on 1 of the 2 days on which letters name it" in hits[0]["reasons"]
        says = [line["says"] for line in lines if line["kind"] == "summary" and line["list_id"]]
        assert len(says) == 2 and all(each.startswith("No match in watched of 202") for each in says)
        assert not any("clean" in str(line).lower() for line in lines)
        with store.connect() as connection:
            assert kept(connection) == hits
        loose = tmp_path / "loose.csv"
        loose.write_text('name\n"Harnastayeu, Aleh Stsiapanavich"\n', "utf-8")
        undated = list(screen_case(store, [str(loose)]))
        assert any("no date" in reason for reason in undated[0]["reasons"]) and undated[0]["list_date"] is None
