"""Steps on the road of goods: who asked, offered, refused, ordered, paid, shipped, and what was said of the end use.

A step is a sentence of a letter that a rule of `tables/steps.toml` knows, with its place. It says what the letter tells,
not that it happened; what is planned and what is done are kept apart. Only a sender's own words count, never what is quoted.
A rule knows a turn of phrase, or fields of words (`tables/fields.toml`) that meet in one sentence in any order; what answers
somebody's question or offer needs fewer words than what opens a subject, so some rules wait for that question or offer.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from leakdesk.language.sentences import sentences
from leakdesk.model.anchor import Anchor, anchor_at
from leakdesk.screening.goods import NamedGoods, goods_in
from leakdesk.screening.sums import money

Status = Literal["asked", "planned", "done", "refused", "stated"]
#: Of several steps of one kind in one letter the first of these stands.
RANK: tuple[Status, ...] = ("done", "stated", "refused", "asked", "planned")
_LANGUAGES = ("en", "ru", "uk", "be")
#: How far a sentence is read: nobody orders in a longer one.
LONGEST_SENTENCE = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter as far as its road needs it. `own` are the places [start, end) of the sender's own words in `text`; `houses`
    of sender and recipients are the domains of their addresses; `day` is ISO 8601, "" where the date is unknown; `moment`
    sorts letters of one day. `carrier`: a paper attached to this letter, which goes its way; "" for the letter itself."""

    document: str
    text: str
    text_sha256: str
    own: tuple[tuple[int, int], ...]
    subject: str
    thread: str
    day: str
    sender: str
    houses_from: tuple[str, ...]
    houses_to: tuple[str, ...]
    moment: str = ""
    carrier: str = ""

    @property
    def inside(self) -> bool:
        """Whether it stays inside one house."""
        return set(self.houses_to) <= set(self.houses_from)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: its kind and status, the letter, the sentence it rests on, the rule that knew it."""

    document: str
    kind: str
    status: Status
    day: str
    from_: tuple[str, ...]
    to: tuple[str, ...]
    anchor: Anchor
    amounts: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    id: str
    kind: str
    status: Status
    inside: bool
    goods: Literal["", "sentence", "letter", "thread"]
    paper: bool
    fields: tuple[tuple[str, ...], ...]
    lacks: tuple[str, ...]
    answers: str
    pattern: re.Pattern[str] | None
    never: re.Pattern[str]


@cache
def step_table() -> tuple[Mapping[str, Any], ...]:
    """The rows of steps.toml as they stand."""
    text = resources.files("leakdesk.screening").joinpath("tables", "steps.toml").read_text("utf-8")
    return tuple(tomllib.loads(text)["steps"])


@cache
def field_table() -> Mapping[str, Mapping[str, Any]]:
    """The rows of fields.toml by their names."""
    text = resources.files("leakdesk.screening").joinpath("tables", "fields.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _field(name: str) -> re.Pattern[str]:
    row = field_table()[name]
    return re.compile("|".join(rf"(?<!\w)(?:{row[language]})" for language in _LANGUAGES), re.IGNORECASE)


def in_field(name: str, sentence: str) -> bool:
    """Whether a word of a field stands in a sentence; "amount" is any sum of money, "goods" any goods of goods.toml."""
    if name == "amount":
        return bool(money(sentence))
    if name == "goods":
        return bool(goods_in(sentence))
    if name == "question":
        return "?" in sentence
    return _field(name).search(sentence) is not None


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            id=row["id"],
            kind=row["kind"],
            status=row["status"],
            inside=bool(row.get("inside")),
            goods=row.get("goods", ""),
            paper=bool(row.get("paper")),
            fields=tuple(tuple(each.split("|")) for each in row.get("all", ())),
            lacks=tuple(row.get("none", ())),
            answers=row.get("answers", ""),
            pattern=_phrases(row),
            never=re.compile(row["not"], re.IGNORECASE),
        )
        for row in step_table()
    )


def _phrases(row: Mapping[str, Any]) -> re.Pattern[str] | None:
    said = [f"(?:{row[language]})" for language in _LANGUAGES if language in row]
    return re.compile("|".join(said), re.IGNORECASE) if said else None


def rule_fits(rule: str, sentence: str) -> bool:
    """Whether a rule knows a sentence."""
    return any(one.id == rule and _fits(one, sentence) for one in _rules())


def _fits(rule: _Rule, sentence: str) -> bool:
    if len(sentence) > LONGEST_SENTENCE or (rule.pattern is not None and not rule.pattern.search(sentence)):
        return False
    if not all(any(in_field(name, sentence) for name in names) for names in rule.fields):
        return False
    return not rule.never.search(sentence) and not any(in_field(name, sentence) for name in rule.lacks)


def steps_of(letter: Letter, open_: Collection[str] = (), *, traded: bool = False) -> list[Step]:
    """The steps of one letter, one of each kind, in the order of their places. `open_`: the kinds of step ("end_use", "offer")
    that those to whom it goes have sent to its sender and that it may answer. `traded`: another letter of its thread, or
    between its two houses, names goods."""
    best: dict[str, Step] = {}
    named = names_goods(letter)
    met = {"": True, "letter": named, "thread": named or traded}
    for start, end in _sentences(letter):
        sentence = letter.text[start:end]
        for rule in _rules():
            if not _may_tell(rule, letter, open_) or not _fits(rule, sentence):
                continue
            if not (met[rule.goods] if rule.goods in met else goods_in(sentence)):
                continue  # "needed" may be a paper, a pass, a consent
            known = best.get(rule.kind)
            if known is None or RANK.index(rule.status) < RANK.index(known.status):
                best[rule.kind] = _step(letter, rule, start, end)
    if "refusal" in best and "offer" in best:
        del best["offer"]  # who refuses speaks of the offer that will not come
    return sorted(best.values(), key=lambda step: (step.anchor.start, step.kind))


def steps_in_order(letters: Sequence[Letter]) -> dict[str, list[Step]]:
    """Document -> its steps, for letters in the order of their days: what a house was asked or offered is open to it."""
    found: dict[str, list[Step]] = {}
    open_: dict[tuple[str, frozenset[str]], set[str]] = {}
    naming = [letter for letter in letters if names_goods(letter)]
    threads, pairs = {letter.thread for letter in naming}, {_pair(letter) for letter in naming}
    for letter in letters:
        pair = _pair(letter)
        waiting = {kind for house in letter.houses_from for kind in open_.get((house, pair), ())}
        found[letter.document] = steps_of(letter, waiting, traded=letter.thread in threads or pair in pairs)
        for step in found[letter.document]:
            if step.kind == "offer" or (step.kind == "end_use" and step.status == "asked"):
                for house in letter.houses_to:
                    open_.setdefault((house, pair), set()).add(step.kind)
    return found


def _pair(letter: Letter) -> frozenset[str]:
    return frozenset((*letter.houses_from, *letter.houses_to))


def _may_tell(rule: _Rule, letter: Letter, open_: Collection[str]) -> bool:
    """A paper between two houses stays one when it goes round inside one of them; the words of a letter do not."""
    if rule.paper:
        return bool(letter.carrier)
    if rule.fields and letter.carrier:
        return False  # words that meet in a long paper mean nothing
    if rule.answers and rule.answers not in open_:
        return False
    return not letter.inside or (rule.inside and rule.status == "done")


def _step(letter: Letter, rule: _Rule, start: int, end: int) -> Step:
    return Step(
        document=letter.document,
        kind=rule.kind,
        status=rule.status,
        day=letter.day,
        from_=letter.houses_from,
        to=letter.houses_to,
        anchor=anchor_at(letter.text, start, end, document=letter.document, text_sha256=letter.text_sha256),
        amounts=money(letter.text[start:end]),
        rule=rule.id,
    )


_REPLY = re.compile(r"^\s*(?:re|fwd?|fw|ответ|пересл\w*|на|aw|sv|hа)\s*(?:\[\d+\])?\s*:", re.IGNORECASE)


def _sentences(letter: Letter) -> Iterator[tuple[int, int]]:
    """The subject line of a letter that opens a thread, then the sender's own sentences; quoted lines are left out."""
    if letter.subject and not _REPLY.match(letter.subject) and (at := letter.text.find(letter.subject)) >= 0:
        yield at, at + len(letter.subject)
    for start, end in letter.own:
        for span in sentences(letter.text[start:end]):
            line_start = letter.text.rfind("\n", 0, start + span.start) + 1
            if not letter.text[line_start : start + span.start].lstrip().startswith(">") and not span.text.startswith(
                ">"
            ):
                yield start + span.start, start + span.end


def own_words(letter: Letter) -> str:
    """Subject and own words of a letter, quoted lines left out."""
    lines = "\n".join(letter.text[start:end] for start, end in letter.own).split("\n")
    subject = "" if _REPLY.match(letter.subject) else letter.subject
    return "\n".join([subject, *(line for line in lines if not line.lstrip().startswith(">"))])


def names_goods(letter: Letter) -> bool:
    """Whether its own words or its subject, which a reply keeps, name goods."""
    return bool(goods_in(f"{letter.subject}\n{own_words(letter)}"))


def goods_of(letter: Letter) -> list[NamedGoods]:
    """The goods that a letter names in its own words."""
    return goods_in(own_words(letter))


#: Customs heading -> the group of goods that a chain is about.
_GROUPS: Sequence[tuple[int, int, str]] = (
    (8456, 8466, "machine-tools"), (8482, 8483, "bearings-and-couplings"), (8802, 8807, "aircraft"), (8407, 8411, "engines"),
    (8541, 8542, "electronics"), (8532, 8532, "electronics"), (8517, 8517, "radio"), (8526, 8526, "navigation"),
    (9013, 9013, "optics"), (8525, 8525, "optics"), (9014, 9014, "navigation"), (6815, 6815, "materials"),
)  # fmt: skip


def group_of(goods: NamedGoods) -> str:
    """What a chain with these goods is called."""
    heading = int(goods.heading or 0)
    return next((name for low, high, name in _GROUPS if low <= heading <= high), goods.id)
