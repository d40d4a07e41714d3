"""P4 and P5: every planted mark and every group of wordings is found; ordinary letters give none."""

from __future__ import annotations

import random

from leakdesk.authenticity.variants import EVERYDAY, Sent, mark_kinds, marks_of, wording_groups

_WORDS = [
    "valve",
    "barge",
    "ledger",
    "depot",
    "harbour",
    "engine",
    "contract",
    "invoice",
    "delivery",
    "timber",
    "grain",
    "crane",
    "quay",
    "pilot",
    "lock",
    "keeper",
    "cargo",
    "winter",
    "price",
    "letter",
    "meeting",
    "office",
    "answer",
    "number",
    "week",
    "today",
    "driver",
    "repair",
    "pump",
    "flange",
    "gasket",
    "order",
    "клапан",
    "баржа",
    "договор",
    "счёт",
    "поставка",
    "двигатель",
    "причал",
    "груз",
    "зима",
    "цена",
    "письмо",
    "ответ",
]
_OTHER = {
    "ledger": "register",
    "contract": "agreement",
    "today": "now",
    "answer": "reply",
    "price": "cost",
    "груз": "товар",
}
MARKS = {
    "zero-width": "\u200b",
    "bidi": "\u202e",
    "tag": "\U000e0041",
    "variation selector": "\ufe00",
    "odd space": "\u2009",
    "mixed script": "а",  # the Cyrillic letter, in a Latin word
}


def _text(pick: random.Random, words: int) -> list[str]:
    return [pick.choice(_WORDS) for _ in range(words)]


def _reworded(pick: random.Random, words: list[str]) -> list[str]:
    """Another wording: synonyms, an order of two words, a word left out; never the same as before."""
    made = list(words)
    for at in pick.sample(range(len(made)), max(1, len(made) // 12)):
        made[at] = _OTHER.get(made[at], made[at] + "s")
    at = pick.randrange(len(made) - 1)
    made[at], made[at + 1] = made[at + 1], made[at]
    return made


def _letters(seed: int) -> tuple[list[Sent], list[set[str]]]:
    pick = random.Random(seed)
    letters: list[Sent] = []
    truth: list[set[str]] = []
    for number in range(50):
        words, count = _text(pick, pick.randint(20, 160)), pick.randint(2, 20)
        when = 1_000_000.0 + number * 86_400.0
        names: set[str] = set()
        for copy in range(count):
            made = words if copy == 0 else _reworded(pick, words)
            letters.append(
                Sent(
                    document=f"d{number:02}-{copy:02}", utc=when + copy, body=" ".join(made), to=frozenset({f"r{copy}"})
                )
            )
            names.add(letters[-1].document)
        truth.append(names)
    letters += [
        Sent(
            document=f"x{n}",
            utc=1_000_000.0 + n * 30_000.0,
            body=" ".join(_text(pick, 60)),
            to=frozenset({f"r{n % 7}"}),
        )
        for n in range(150)
    ]
    return letters, truth


def test_fifty_letters_in_two_to_twenty_wordings_are_all_found() -> None:
    letters, truth = _letters(5)
    groups = wording_groups(letters)
    assert [set(group.wording_of) for group in groups] == truth
    assert [group.number for group in groups] == list(range(1, 51))
    assert all(group.wordings >= 2 and group.copies == len(group.wording_of) for group in groups)


def test_weekly_reports_to_the_same_people_are_no_wordings() -> None:
    made = [
        Sent(
            document=f"w{n}",
            utc=n * 86_400.0,
            body=f"Please find attached the report of week {n} with all tables as agreed",
            to=frozenset({"a"}),
        )
        for n in range(20)
    ]
    assert wording_groups(made) == ()


def test_the_same_words_twice_are_no_wordings() -> None:
    words = " ".join(_text(random.Random(1), 40))
    assert wording_groups([Sent(document=n, utc=0, body=words, to=frozenset({n})) for n in "abc"]) == ()


def test_every_mark_is_found_where_it_stands() -> None:
    pick = random.Random(4)
    for kind, mark in MARKS.items():
        for _ in range(20):
            words = _text(pick, 30)
            at = pick.randrange(1, 29)
            if kind == "mixed script":
                words[at] = "b" + mark + "rge"
            elif kind == "odd space":
                words[at] = mark.join((words[at], words[at]))
            else:
                words[at] = words[at][:2] + mark + words[at][2:]
            text = " ".join(words)
            found = [each for each in marks_of(text) if each.kind == kind]
            assert found and mark in text[found[0].start : found[0].end], (kind, text)


def test_ordinary_letters_have_no_telling_marks() -> None:
    pick = random.Random(6)
    letters = [" ".join(_text(pick, 50)) + ". Привіт, Ілля — «так»… naïve café, 12\u00a0500 €" for _ in range(100)]
    assert [mark_kinds(marks_of(text)).keys() - EVERYDAY for text in letters] == [set()] * 100
