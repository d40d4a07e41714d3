"""How many people could have held what is about to be published: the adversary's own leak model, turned round.

Whoever hunts an informant asks who held each published passage, and who held all of them. The same question is asked
here before publication and answered in numbers only. Holders live inside one function call: they are not returned,
displayed, logged, stored or exported. The numbers are a lower bound on what the adversary knows: server and print
logs, administrators and Bcc on other servers are not in the case.

The model is Papadimitriou and Garcia-Molina, "Data Leakage Detection" (TKDE 2011): with V_t the holders of passage
t, holder i bears Pr = 1 - prod over held t of (1 - (1 - p) / |V_t|); p = .5 is the chance that a passage was guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from leakdesk.errors import Refused
from leakdesk.language.canonical import words_of
from leakdesk.language.reuse import containment, shingles
from leakdesk.model.anchor import Anchor
from leakdesk.model.document import MessageHead
from leakdesk.publish.inputs import ExposureFigures, PublicText
from leakdesk.publish.wordings import Wording

#: A passage with fewer known holders stops a pack; so does one holder with this share of the suspicion.
FEWEST_HOLDERS = 5
LARGEST_SHARE = 0.5
#: The leak model's chance that a passage was guessed rather than leaked.
GUESSED = 0.5
#: A draft that shares this much of its shingles with a published report, or the report with it, is that report.
SAME_TEXT = 0.6
#: A stretch that a draft shares with a letter is a passage from this many words on.
DRAFT_RUN = 6
LOWER_BOUND = "These numbers are a lower bound: server logs, print logs and administrators are not in the case."


class IsPublished(Refused):
    """This text is a published report. Exposure is for what is about to be published: it finds no informants."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A document that somebody held: its text layer, the accounts that sent it, received it, forwarded it or have it in
    a mailbox (from `accounts_of`), and how many of its recipients are lists, whose members nobody here knows."""

    text: str
    accounts: frozenset[str]
    lists: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageExposure:
    """A passage and the number of its known holders; always "at least"."""

    anchor: Anchor | None
    holders: int
    at_least: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What leaving a passage out would change: its number (from 0, in the order given), the figures without it."""

    passage: int
    all_of_them: int
    largest_share: float
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """The contract's answer of `exposure`. `all_of_them`: known holders of every passage; 0: nobody known held them
    all. `largest_share`: the largest share of suspicion one holder would bear. `wordings`: for each passage, in how many copies
    of its letter the exact words stand; empty for a draft."""

    passages: tuple[PassageExposure, ...]
    all_of_them: int
    largest_share: float
    advice: tuple[Advice, ...]
    says: str = LOWER_BOUND
    wordings: tuple[Wording, ...] = ()

    def figures(self, reason: str = "") -> ExposureFigures:
        """What a pack needs of this."""
        lowest = min((passage.holders for passage in self.passages), default=None)
        return ExposureFigures(
            lowest=lowest, all_of_them=self.all_of_them, largest_share=self.largest_share, reason=reason
        )


def accounts_of(
    head: MessageHead | None,
    *,
    delivered_to: Iterable[str] = (),
    mailboxes: Iterable[str] = (),
    lists: frozenset[str] = frozenset(),
    same_as: Mapping[str, str] | None = None,
) -> tuple[frozenset[str], frozenset[str]]:
    """Accounts and lists that held a message: sender, To, Cc, Bcc, Delivered-To, and the owners of mailboxes with a
    copy.

    `lists`: addresses known to be lists. `same_as`: address -> the one account it belongs to. Returns (accounts,
    lists).
    """
    people = (*head.sender, *head.to, *head.cc, *head.bcc) if head else ()
    known = same_as or {}
    folded_lists = {account_name(address) for address in lists}
    found = {account_name(address) for address in (*(person.address for person in people), *delivered_to, *mailboxes)}
    found = {known.get(account, account) for account in found if account}
    return frozenset(found - folded_lists), frozenset(found & folded_lists)


def account_name(address: str) -> str:
    """An address as an account: case folded, without a +tag."""
    local, at, domain = address.strip().casefold().partition("@")
    return local.partition("+")[0] + at + domain if at else local


def measure(passages: Sequence[str], letters: Iterable[Letter], anchors: Sequence[Anchor | None] = ()) -> Exposure:
    """Measure passages against every letter of the case (one pass, streaming; only account names are kept, and only
    here).

    A letter carries a passage if it holds the same words in a row, quotation marks of replies aside; so a quoted
    reply or a forward counts, and a copy with other words (a per-recipient wording) does not.
    """
    runs = [_plain_words(passage) for passage in passages]
    held = _holders(runs, letters)
    return Exposure(
        passages=tuple(
            PassageExposure(anchor=anchors[number] if number < len(anchors) else None, holders=len(who))
            for number, who in enumerate(held)
        ),
        all_of_them=_all_of_them(held),
        largest_share=_largest_share(held),
        advice=_advice(held),
    )


def measure_draft(draft: str, letters: Callable[[], Iterable[Letter]], reports: Iterable[PublicText]) -> Exposure:
    """Measure what a reporter's draft takes from the letters: every stretch of six or more words that stands in one
    of them.

    `letters` is called twice. Raises IsPublished (exit 3) if the draft is nearly equal to a document of the reports
    dataset.
    """
    refuse_reports(draft, reports)
    return measure(draft_passages(draft, letters()), letters())


def refuse_reports(draft: str, reports: Iterable[PublicText]) -> None:
    """Raise IsPublished if the draft is nearly one of these."""
    own = shingles(draft)
    for report in reports:
        other = shingles(report.text)
        if max(containment(own, other), containment(other, own)) >= SAME_TEXT:
            raise IsPublished(report.name)


def draft_passages(draft: str, letters: Iterable[Letter]) -> list[str]:
    """The longest stretches of a draft that stand word for word in one letter, in the draft's order."""
    words = _plain_words(draft)
    starts: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(words) - DRAFT_RUN + 1):
        starts[tuple(words[at : at + DRAFT_RUN])].append(at)
    found: set[tuple[int, int]] = set()
    for letter in letters:
        found.update(_shared_runs(words, _plain_words(letter.text), starts))
    longest = [run for run in found if not any(o != run and o[0] <= run[0] and run[1] <= o[1] for o in found)]
    return [" ".join(words[start:end]) for start, end in sorted(longest)]


def _shared_runs(
    draft: Sequence[str], letter: Sequence[str], starts: Mapping[tuple[str, ...], list[int]]
) -> Iterator[tuple[int, int]]:
    for at in range(len(letter) - DRAFT_RUN + 1):
        for start in starts.get(tuple(letter[at : at + DRAFT_RUN]), ()):
            if at and start and letter[at - 1] == draft[start - 1]:
                continue  # the run began earlier
            length = DRAFT_RUN
            while (
                start + length < len(draft)
                and at + length < len(letter)
                and draft[start + length] == letter[at + length]
            ):
                length += 1
            yield start, start + length


def _holders(runs: Sequence[Sequence[str]], letters: Iterable[Letter]) -> list[frozenset[str]]:
    by_first: dict[str, list[int]] = defaultdict(list)
    for number, run in enumerate(runs):
        if run:
            by_first[run[0]].append(number)
    held: list[set[str]] = [set() for _ in runs]
    for letter in letters:
        for number in _carried(runs, by_first, _plain_words(letter.text)):
            held[number].update(letter.accounts)
            # A list is one unknown holder at least; the mark keeps it apart from an account of the same name.
            held[number].update("\x00" + name for name in letter.lists)
    return [frozenset(who) for who in held]


def _carried(runs: Sequence[Sequence[str]], by_first: Mapping[str, list[int]], words: Sequence[str]) -> set[int]:
    found: set[int] = set()
    for at, word in enumerate(words):
        for number in by_first.get(word, ()):
            run = runs[number]
            if number not in found and words[at : at + len(run)] == run:
                found.add(number)
    return found


def _plain_words(text: str) -> list[str]:
    """Plain words with the marks of quoted replies and the punctuation at a word's edges taken off."""
    stripped = (word.text.strip(" \n").lstrip(">").strip(".,;:!?()[]\"'") for word in words_of(text))
    return [word for word in stripped if word and word != "-"]


def _all_of_them(held: Sequence[frozenset[str]]) -> int:
    return len(frozenset.intersection(*held)) if held else 0


def _largest_share(held: Sequence[frozenset[str]]) -> float:
    innocent: dict[str, float] = defaultdict(lambda: 1.0)
    for who in held:
        for holder in who:
            innocent[holder] *= 1.0 - (1.0 - GUESSED) / len(who)
    return round(1.0 - min(innocent.values()), 4) if innocent else 0.0


def _advice(held: Sequence[frozenset[str]]) -> tuple[Advice, ...]:
    """Greedy: leave out the passage whose absence leaves most people in question, again and again while it helps."""
    left = list(range(len(held)))
    advice: list[Advice] = []
    while len(left) > 1:
        now = (_all_of_them([held[at] for at in left]), _largest_share([held[at] for at in left]))
        if now[0] >= FEWEST_HOLDERS and now[1] < LARGEST_SHARE:
            break
        best = min(left, key=lambda out: _worth([held[at] for at in left if at != out], len(held[out]), out))
        rest = [held[at] for at in left if at != best]
        then = (_all_of_them(rest), _largest_share(rest))
        if then[0] <= now[0] and then[1] >= now[1]:
            break
        left.remove(best)
        advice.append(
            Advice(passage=best, all_of_them=then[0], largest_share=then[1], sentence=_sentence(best, now, then))
        )
    return tuple(advice)


def _worth(rest: Sequence[frozenset[str]], own: int, number: int) -> tuple[int, float, int, int]:
    return (-_all_of_them(rest), _largest_share(rest), own, number)


def _sentence(number: int, now: tuple[int, float], then: tuple[int, float]) -> str:
    return (
        f"Leave out or paraphrase passage {number + 1}: known holders of everything {now[0]} -> {then[0]}, "
        f"largest share {now[1]:.2f} -> {then[1]:.2f}."
    )
