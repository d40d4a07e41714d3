"""The circle of a report: whose letters its matter lies in, and that their other letters are found among many."""

from __future__ import annotations

from leakdesk.claims.circle import circle_of
from leakdesk.claims.passages import Letter, keys_in, participants
from leakdesk.language.spelling import word_keys


def letter(number: int, text: str, *people: tuple[str, str]) -> Letter:
    return Letter(document=f"d{number:03}", text=text, language="en", people=participants(people))


RUVEN = ("Osk Ruven", "ruven@saltmill.example")
CLERK = ("Post Room", "post@bigoffice.example")
NAME = (frozenset(word_keys("Tarvik")),)


def test_the_circle_is_made_by_those_whose_letters_hold_the_names() -> None:
    told = letter(1, "Tarvik wants the mill closed in May.", RUVEN)
    others = [letter(n, "Lunch is at noon in the hall.", CLERK) for n in range(2, 12)]
    circle = circle_of([NAME], [told, *others])
    assert circle.letters == (told,)
    assert circle.holds(letter(50, "No closing is planned.", RUVEN))
    assert not circle.holds(others[0])


def test_who_writes_most_of_the_mailbox_makes_no_circle() -> None:
    letters = [letter(n, "Lunch is at noon in the hall.", CLERK) for n in range(2, 22)]
    told = letter(1, "Tarvik wants the mill closed in May.", RUVEN, CLERK)
    circle = circle_of([NAME], [told, *letters])
    assert not any(word in circle.words for word in ("post", "room", "bigoffice"))


def test_without_names_there_is_no_circle() -> None:
    assert circle_of([], [letter(1, "Lunch.", RUVEN)]).words == {}
    assert circle_of([NAME], [letter(1, "Lunch.", RUVEN)]).words == {}


def test_people_count_as_what_a_letter_holds() -> None:
    assert set(word_keys("Ruven")) & keys_in(letter(1, "Lunch.", RUVEN))
