"""P6: holders, intersection and guilt against a brute force over a synthetic organisation; numbers only, never names."""

from __future__ import annotations

import random
from dataclasses import fields
from itertools import pairwise

import pytest

from leakdesk.model.document import MailAddress, MessageHead
from leakdesk.model.plain import to_plain
from leakdesk.publish.exposure import (
    Exposure,
    IsPublished,
    Letter,
    account_name,
    accounts_of,
    draft_passages,
    measure,
    measure_draft,
    refuse_reports,
)
from leakdesk.publish.inputs import PublicText

_WORDS = [
    "plant",
    "lathe",
    "invoice",
    "firm",
    "border",
    "truck",
    "paper",
    "bank",
    "week",
    "office",
    "grinder",
    "order",
    "steel",
    "price",
    "list",
    "minister",
]


class Organisation:
    """Accounts that write, forward and quote, with the truth of who held what."""

    def __init__(self, seed: int, accounts: int, mails: int) -> None:
        chance = random.Random(seed)
        self.accounts = [f"user{number}@plant.example" for number in range(accounts)]
        self.lists = ["all@plant.example", "board@plant.example"]
        self.letters: list[Letter] = []
        self.truth: dict[str, set[str]] = {}
        for number in range(mails):
            quoted = chance.choice(list(self.truth)) if self.truth and chance.random() < 0.4 else ""
            passage = f"letter {number} says " + " ".join(chance.choice(_WORDS) for _ in range(12)) + f" end {number}"
            self._send(chance, passage, quoted)

    def _send(self, chance: random.Random, passage: str, quoted: str) -> None:
        people = chance.sample(self.accounts, chance.randint(2, 6))
        to_list = [chance.choice(self.lists)] if chance.random() < 0.1 else []
        head = MessageHead(
            sender=(MailAddress(name="A", address=people[0].upper()),),
            to=tuple(MailAddress(address=each) for each in (*people[1:3], *to_list)),
            cc=tuple(MailAddress(address=each) for each in people[3:4]),
            bcc=tuple(MailAddress(address=each) for each in people[4:5]),
        )
        accounts, lists = accounts_of(head, delivered_to=people[5:6], lists=frozenset(self.lists))
        text = f"Hello,\n{passage}.\n"
        if quoted:
            lines = quoted.split(" ")
            text += "\nOn Monday you wrote:\n> " + " ".join(lines[:7]) + "\n> " + " ".join(lines[7:]) + ".\n"
        self.letters.append(Letter(text=text, accounts=accounts, lists=lists))
        held = {*(each.casefold() for each in people), *("list " + each for each in to_list)}
        self.truth.setdefault(passage, set()).update(held)
        if quoted:
            self.truth[quoted].update(held)


def _brute_force(held: list[set[str]]) -> tuple[int, float]:
    every = set().union(*held)
    shares: list[float] = []
    for holder in every:
        innocent = 1.0
        for who in held:
            if holder in who:
                innocent *= 1 - 0.5 / len(who)
        shares.append(1 - innocent)
    return len(set.intersection(*held)), round(max(shares), 4)


def _check(accounts: int, mails: int, packs: int) -> None:
    house = Organisation(1, accounts, mails)
    chance = random.Random(2)
    passages = list(house.truth)
    holders = [passage.holders for passage in measure(passages, house.letters).passages]
    assert holders == [len(house.truth[passage]) for passage in passages]
    for _ in range(packs):
        chosen = chance.sample(passages, chance.randint(1, 4))
        found = measure(chosen, house.letters)
        assert (found.all_of_them, found.largest_share) == _brute_force([house.truth[passage] for passage in chosen])
        _check_advice(found, [house.truth[passage] for passage in chosen])


def _check_advice(found: Exposure, held: list[set[str]]) -> None:
    """The first suggestion raises the intersection at least as much as the best single removal."""
    if not found.advice:
        return
    first = found.advice[0]
    best = max(_brute_force(held[:at] + held[at + 1 :])[0] for at in range(len(held)))
    assert first.all_of_them >= best
    left = [who for at, who in enumerate(held) if at != first.passage]
    assert (first.all_of_them, first.largest_share) == _brute_force(left)


def test_a_small_organisation_equals_the_brute_force() -> None:
    _check(accounts=30, mails=150, packs=40)


@pytest.mark.slow
def test_two_hundred_accounts_and_two_thousand_mails_equal_the_brute_force() -> None:
    _check(accounts=200, mails=2000, packs=40)


def test_the_answer_holds_numbers_and_never_a_holder() -> None:
    house = Organisation(5, 12, 40)
    found = measure(list(house.truth)[:3], house.letters)
    assert "@" not in repr(found)
    assert "user" not in str(to_plain(found))
    assert {each.name for each in fields(found)} == {
        "passages",
        "all_of_them",
        "largest_share",
        "advice",
        "says",
        "wordings",
    }
    assert "lower bound" in found.says


def test_another_wording_of_the_same_letter_counts_its_own_holders_only() -> None:
    one = Letter(text="the truck left on Monday with the second lathe", accounts=frozenset({"a@x.example"}))
    two = Letter(
        text="the truck departed on Monday with the second lathe", accounts=frozenset({"b@x.example", "c@x.example"})
    )
    found = measure(["the truck left on Monday", "on Monday with the second lathe"], [one, two])
    assert [passage.holders for passage in found.passages] == [1, 3]


def test_nobody_known_is_zero_and_still_at_least() -> None:
    found = measure(["words nobody sent"], [])
    assert (found.passages[0].holders, found.passages[0].at_least, found.all_of_them) == (0, True, 0)
    assert found.figures().lowest == 0
    assert measure([], []).figures().lowest is None


def test_accounts_are_one_in_every_spelling() -> None:
    assert account_name(" A.B+news@Plant.Example ") == "a.b@plant.example"
    head = MessageHead(sender=(MailAddress(address="A@x.example"),), to=(MailAddress(address="a+1@X.example"),))
    assert accounts_of(head, mailboxes=["old@x.example"], same_as={"old@x.example": "a@x.example"})[0] == {
        "a@x.example"
    }


def test_a_draft_is_measured_by_what_it_takes_from_letters() -> None:
    letters = [
        Letter(
            text="Please tell Anna that the second lathe left Minsk on the fourth of May by road.",
            accounts=frozenset({"a", "b"}),
        ),
        Letter(text="> that the second lathe left Minsk on the fourth of May", accounts=frozenset({"c"})),
    ]
    draft = (
        "A letter shows “that the second lathe left Minsk on the fourth of May by road”, a fact the ministry denies."
    )
    assert draft_passages(draft, letters) == ["that the second lathe left Minsk on the fourth of May by road"]
    assert [each.holders for each in measure_draft(draft, lambda: letters, ()).passages] == [2]
    assert measure_draft("Nothing of theirs stands here at all, not one line.", lambda: letters, ()).passages == ()


def test_a_published_report_is_refused() -> None:
    text = " ".join(f"sentence {number} of the report tells {_WORDS[number % 9]}" for number in range(40))
    report = PublicText(name="d123", text=text)
    for draft in (
        text,
        text[: len(text) // 2],
        "Preface. " + text.replace("report", "Report"),
        text + " More words follow here.",
    ):
        with pytest.raises(IsPublished, match="d123") as caught:
            refuse_reports(draft, [report])
        assert caught.value.exit_code == 3
    refuse_reports("Another text altogether about the sea and its fish, five words at a time.", [report])


def test_advice_stops_when_nothing_is_gained() -> None:
    same = [Letter(text=f"passage number {number} is this", accounts=frozenset({"a", "b"})) for number in range(4)]
    found = measure([f"passage number {number} is this" for number in range(4)], same)
    shares = [found.largest_share, *(each.largest_share for each in found.advice)]
    assert all(left > right for left, right in pairwise(shares))
    assert "Leave out or paraphrase passage" in found.advice[0].sentence
