"""What is told of office holders: by country and month, of nobody else, and never as somebody's path through time."""

from __future__ import annotations

import inspect

from leakdesk.cli.offices import command
from leakdesk.model.entity import Mention
from leakdesk.model.ids import text_sha256
from leakdesk.screening.offices import Page, Told, nationalities_in, told_of
from leakdesk.work.offices import offices

TEXT = (
    "Заместитель председателя комитета Новосад Геннадий прилетел в Ларнаку 4 мая 2023 года. У Новосада кипрский паспорт с 2019 года. "
    "Дочь Кира Новосад летит в Ларнаку 6 мая. Директор Горностаев Олег доволен."
)


def _page(text: str, month: str, *more: tuple[str, str, str, str]) -> Page:
    mentions: list[Mention] = []
    lands: dict[str, str] = {}
    for words, type_, entity, normal in more:
        at = text.index(words)
        own = f"m{len(mentions)}"
        mentions.append(
            Mention(
                id=own,
                start=at,
                end=at + len(words),
                text=words,
                type=type_,
                normal=normal,
                rules=(),
                confidence="likely",
                entity=entity or None,
            )
        )  # type: ignore[arg-type]
        if type_ == "place":
            lands[own] = normal
    return Page(
        document=f"d{month}",
        text=text,
        text_sha256=text_sha256(text),
        own=((0, len(text)),),
        mentions=tuple(mentions),
        lands=lands,
        month=month,
    )


def _story() -> Page:
    return _page(
        TEXT, "2023-06", ("Новосад Геннадий", "person", "com", "Новосад Геннадий"), ("Ларнаку", "place", "", "cy"),
        ("4 мая 2023 года", "date", "", "2023-05-04"), ("Новосада", "person", "com", "Новосад"), ("Кира Новосад", "person", "kid", "Кира Новосад"),
        ("Горностаев Олег", "person", "dir", "Горностаев Олег"),
    )  # fmt: skip


def _plain(one: Told) -> tuple[str, str, str, str, str]:
    return (one.kind, one.entity, one.value, one.month, one.year)


def test_offices_citizenships_and_trips_are_told_by_country_and_month() -> None:
    assert {_plain(one) for one in told_of([_story()], frozenset({"com", "dir"}))} == {
        ("citizenship", "com", "cy", "", "2019"),
        ("office", "com", "Заместитель председателя комитета", "", ""),
        ("office", "dir", "Директор", "", ""),
        ("trip", "com", "cy", "2023-05", ""),
    }


def test_relatives_and_all_who_hold_no_office_are_never_told_of() -> None:
    assert {one.entity for one in told_of([_story()], frozenset({"com"}))} == {"com"}
    assert told_of([_story()], frozenset()) == []


def test_no_view_puts_one_persons_places_in_the_order_of_time() -> None:
    """Eight trips to eight countries in eight months: neither their order nor any parameter makes a path of them."""
    lands = ("tr", "cy", "de", "ae", "cn", "at", "it", "bg")
    pages = [
        _page(
            "Новосад Геннадий летит в Ларнаку.",
            f"2023-{month:02}",
            ("Новосад Геннадий", "person", "com", ""),
            ("Ларнаку", "place", "", land),
        )
        for month, land in enumerate(lands, 1)
    ]
    told = told_of(pages, frozenset({"com"}))
    assert [one.value for one in told] == sorted(lands)
    assert [one.month for one in told] != sorted(one.month for one in told)
    assert told == told_of(reversed(pages), frozenset({"com"}))
    assert {parameter.name for parameter in command.params} == {"case", "as_json"}
    assert list(inspect.signature(offices).parameters) == ["store"]
    assert not any(len(one.month) > 7 for one in told), "a month, never a day"


def test_countries_are_known_as_adjectives() -> None:
    assert nationalities_in("кіпрскі пашпарт і беларуская віза") == {"cy", "by"}
    assert nationalities_in("a Maltese passport") == {"mt"} and nationalities_in("a blue passport") == set()
