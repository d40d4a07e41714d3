"""Threads: which letters belong to one conversation, and why we think so.

First by the headers: References and In-Reply-To, as every mail program does. Where headers are missing (whole mailboxes
come without them), by subject without its prefixes together with shared people, a plausible order in time, or quoted text.
Each letter carries the reason why it was put where it is; a subject alone joins nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from leakdesk.model.document import MessageHead
from leakdesk.model.ids import sha256_hex

#: "Reply" and "forward" before a subject, in Russian, Belarusian, Ukrainian, English and the languages around them;
#: with counters ("Re[2]:", "RE(3):") and the tags of lists and gateways ("[ext]").
_PREFIX = re.compile(
    r"\s*(?:"
    r"(?:re|aw|sv|vs|odp|ref|rif|antw|rép|ответ|отв|на|адказ|адк|від|відп|відповідь|вiдп|вид|fwd?|fw|wg|vb|tr|пересл|пересылка|пер|переслано|пересил|пд|пераслана|па|перасл|hа)"
    r"\s*(?:\[\d+\]|\(\d+\)|\^\d+|\d{1,2})?\s*[:：]"
    r"|\[(?:ext|external|внешнее|зовнішній|вонкавы|spam|спам|\w[\w.-]{0,24}-l(?:ist)?)\]"
    r")\s*",
    re.IGNORECASE,
)
_FORWARD = re.compile(
    r"\s*(?:fwd?|fw|wg|vb|tr|пересл|пересылка|пер|переслано|пд|пераслана|перасл)\s*(?:\[\d+\])?\s*:", re.IGNORECASE
)
#: A reply by subject and people is believed within this time.
_LONGEST = timedelta(days=60)
#: Words a quotation must share with a letter to be its quotation.
_QUOTED_WORDS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What threading needs of a message: its document id, head, and its quoted text ("" where it quotes nothing)."""

    id: str
    head: MessageHead
    quoted: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A letter in its thread: the thread's id, the letter it answers (None at the root), and why."""

    id: str
    thread: str
    parent: str | None
    reason: str


def bare_subject(subject: str | None) -> str:
    """A subject without its prefixes, in lower case, blanks folded.

    >>> bare_subject("Re: НА: Fwd[2]: График  поставок")
    'график поставок'
    """
    text = subject or ""
    while (match := _PREFIX.match(text)) is not None and match.end() > 0:
        text = text[match.end() :]
    return " ".join(text.casefold().split())


def is_reply(subject: str | None) -> bool:
    """Whether a subject begins with a prefix of reply or forward."""
    return _PREFIX.match(subject or "") is not None


def thread(letters: Sequence[Letter]) -> tuple[Placed, ...]:
    """Put letters into threads. Pure and independent of their order; ids of threads hash their first letter's."""
    ordered = sorted(letters, key=lambda letter: (letter.head.date_utc or "9999", letter.id))
    by_message_id = {letter.head.message_id: letter for letter in reversed(ordered) if letter.head.message_id}
    parents: dict[str, tuple[str | None, str]] = {}
    ghosts: dict[str, str] = {}
    for letter in ordered:
        parents[letter.id] = _by_headers(letter, by_message_id, parents, ghosts)
    _by_content(ordered, parents)
    return _placed(ordered, parents, ghosts)


def _by_headers(
    letter: Letter, known: dict[str, Letter], parents: dict[str, tuple[str | None, str]], ghosts: dict[str, str]
) -> tuple[str | None, str]:
    """The nearest known ancestor that the headers name; letters that share an unknown one belong together too."""
    head = letter.head
    named = [*([head.in_reply_to] if head.in_reply_to else []), *reversed(head.references)]
    for each in named:
        found = known.get(each)
        if found is not None and found.id != letter.id and not _is_above(letter.id, found.id, parents):
            return found.id, "In-Reply-To" if each == head.in_reply_to else "References"
    if named:
        root = head.references[0] if head.references else named[0]
        ghosts[letter.id] = root
        return None, "answers a letter that is not here"
    return None, "first letter"


def _is_above(candidate: str, start: str | None, parents: dict[str, tuple[str | None, str]]) -> bool:
    steps = 0
    while start is not None and steps < 10_000:
        if start == candidate:
            return True
        start = parents.get(start, (None, ""))[0]
        steps += 1
    return False


def _by_content(ordered: list[Letter], parents: dict[str, tuple[str | None, str]]) -> None:
    """Letters without headers to go by: earlier letters of the same bare subject, newest first."""
    by_subject: dict[str, list[Letter]] = {}
    for letter in ordered:
        subject = bare_subject(letter.head.subject)
        if parents[letter.id][0] is None and not letter.head.references and not letter.head.in_reply_to:
            found = _earlier(letter, subject, by_subject.get(subject, []))
            if found is not None:
                parents[letter.id] = found
        if subject:
            by_subject.setdefault(subject, []).append(letter)


def _earlier(letter: Letter, subject: str, candidates: list[Letter]) -> tuple[str, str] | None:
    if not subject:
        return None
    best: tuple[int, str, str] | None = None
    for earlier in reversed(candidates[-200:]):
        if earlier.id == letter.id:
            continue
        quoting = _quotes(letter.quoted, earlier.body)
        people = _people(letter.head) & _people(earlier.head)
        near = _near(letter.head, earlier.head)
        if quoting and people:
            return earlier.id, "same subject, quotes it, shares people"
        if quoting:
            best = max(best or (0, "", ""), (2, earlier.id, "same subject, quotes it"))
        elif people and near and is_reply(letter.head.subject) and _turns(letter.head, earlier.head):
            best = max(
                best or (0, "", ""),
                (1, earlier.id, "same subject with a reply's prefix, shares people"),
                key=lambda b: b[0],
            )
    return (best[1], best[2]) if best else None


def _people(head: MessageHead) -> frozenset[str]:
    return frozenset(each.address.casefold() for each in (*head.sender, *head.to, *head.cc) if each.address)


def _turns(head: MessageHead, earlier: MessageHead) -> bool:
    """Whether the later letter can answer the earlier: its sender had it, or its sender follows up."""
    sender = {each.address.casefold() for each in head.sender if each.address}
    return bool(sender & _people(earlier))


def _near(head: MessageHead, earlier: MessageHead) -> bool:
    later, before = _moment(head), _moment(earlier)
    return later is None or before is None or timedelta(0) <= later - before <= _LONGEST


def _moment(head: MessageHead) -> datetime | None:
    return datetime.fromisoformat(head.date_utc.replace("Z", "+00:00")) if head.date_utc else None


_WORD = re.compile(r"\w{3,}")


def _quotes(quoted: str, body: str) -> bool:
    """Whether a quotation holds a run of words of a letter."""
    if not quoted or not body:
        return False
    words = _WORD.findall(body.casefold())[:400]
    if len(words) < _QUOTED_WORDS:
        return bool(words) and len(words) >= 3 and " ".join(words) in " ".join(_WORD.findall(quoted.casefold()))
    haystack = " ".join(_WORD.findall(quoted.casefold()))
    starts = range(0, len(words) - _QUOTED_WORDS + 1, _QUOTED_WORDS)
    hits = sum(" ".join(words[at : at + _QUOTED_WORDS]) in haystack for at in starts)
    return hits * 3 >= len(starts) or hits >= 3


def _placed(
    ordered: list[Letter], parents: dict[str, tuple[str | None, str]], ghosts: dict[str, str]
) -> tuple[Placed, ...]:
    roots: dict[str, str] = {}
    for letter in ordered:
        at, steps = letter.id, 0
        while parents[at][0] is not None and steps < 10_000:
            at, steps = parents[at][0] or at, steps + 1
        roots[letter.id] = at
    names: dict[str, str] = {}
    placed: list[Placed] = []
    for letter in ordered:
        root = roots[letter.id]
        key = "ghost " + ghosts[root] if root in ghosts else root
        name = names.setdefault(key, "t" + sha256_hex(key.encode("utf-8", "surrogatepass"))[:16])
        parent, reason = parents[letter.id]
        placed.append(Placed(id=letter.id, thread=name, parent=parent, reason=reason))
    return tuple(placed)


def by_thread(placed: Iterable[Placed]) -> dict[str, tuple[str, ...]]:
    """Thread id -> ids of its letters, in their order."""
    found: dict[str, list[str]] = {}
    for each in placed:
        found.setdefault(each.thread, []).append(each.id)
    return {name: tuple(ids) for name, ids in found.items()}
