"""Copies of the same message: two mailboxes, two exports, two transports. Each copy stays; the differences are listed.

The same message is the same Message-ID with a near-equal body, or the same sender and second with a near-equal body. A
Message-ID alone is not enough: an edited copy keeps it, and then the difference is the news.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leakdesk.model.document import MessageHead
from leakdesk.model.ids import sha256_hex

#: Share of words in common from which two bodies are near-equal: transports add footers and change marks, not half the text.
NEAR = 0.8
#: Words compared; longer bodies are judged by their beginning and end.
_WORDS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What grouping needs of a message: its document id, head, the text of its own body, and its attachments' hashes."""

    id: str
    head: MessageHead
    body: str
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How two copies of a group differ: ids, in what (subject, from, to, cc, bcc, date, body, attachments), one sentence."""

    left: str
    right: str
    what: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyGroup:
    """Copies of one message: the group's id, members in order, why they are one, and how they differ from the first."""

    id: str
    members: tuple[str, ...]
    reason: str
    differences: tuple[Difference, ...]


def group(copies: Sequence[Copy]) -> tuple[CopyGroup, ...]:
    """The groups of two and more copies. Pure; independent of the order of the input."""
    ordered = sorted({copy.id: copy for copy in copies}.values(), key=lambda copy: copy.id)
    joined: dict[str, str] = {}
    reasons: dict[str, str] = {}
    for keys, reason in ((_by_id(ordered), "same Message-ID"), (_by_moment(ordered), "same sender, time and body")):
        for members in keys.values():
            _join_near(members, joined, reasons, reason)
    groups: dict[str, list[Copy]] = {}
    for copy in ordered:
        groups.setdefault(_root(joined, copy.id), []).append(copy)
    return tuple(_group(root, members, reasons) for root, members in groups.items() if len(members) > 1)


def _group(root: str, members: list[Copy], reasons: dict[str, str]) -> CopyGroup:
    reason = next((reasons[member.id] for member in members if member.id in reasons), "")
    name = "g" + sha256_hex("\n".join(member.id for member in members).encode())[:16]
    differences = tuple(difference for other in members[1:] for difference in differences_of(members[0], other))
    return CopyGroup(id=name, members=tuple(member.id for member in members), reason=reason, differences=differences)


def _by_id(copies: Sequence[Copy]) -> Mapping[str, list[Copy]]:
    found: dict[str, list[Copy]] = {}
    for copy in copies:
        if copy.head.message_id:
            found.setdefault(copy.head.message_id, []).append(copy)
    return found


def _by_moment(copies: Sequence[Copy]) -> Mapping[str, list[Copy]]:
    found: dict[str, list[Copy]] = {}
    for copy in copies:
        if copy.head.date_utc and copy.head.sender:
            found.setdefault(f"{copy.head.sender[0].address.casefold()}\n{copy.head.date_utc}", []).append(copy)
    return found


def _join_near(members: list[Copy], joined: dict[str, str], reasons: dict[str, str], reason: str) -> None:
    for number, copy in enumerate(members):
        for earlier in members[:number]:
            if _root(joined, copy.id) != _root(joined, earlier.id) and near_equal(copy.body, earlier.body):
                low, high = sorted((_root(joined, copy.id), _root(joined, earlier.id)))
                joined[high] = low
                reasons.setdefault(copy.id, reason)
                reasons.setdefault(earlier.id, reason)
                break


def _root(joined: dict[str, str], at: str) -> str:
    while at in joined:
        at = joined[at]
    return at


_WORD = re.compile(r"\w+")


def near_equal(left: str, right: str) -> bool:
    """Whether two bodies say nearly the same, marks of quotation and wrapping aside."""
    if left == right:
        return True
    return similarity(left, right) >= NEAR


def similarity(left: str, right: str) -> float:
    """Share of words that two texts have in common, in order (0 to 1)."""
    a, b = _ends(_WORD.findall(left.casefold())), _ends(_WORD.findall(right.casefold()))
    if a == b:
        return 1.0
    if not a or not b:
        return 0.0
    if 2 * min(len(a), len(b)) < NEAR * (len(a) + len(b)):
        return 2 * min(len(a), len(b)) / (len(a) + len(b))
    return difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()


def _ends(words: list[str]) -> list[str]:
    return words if len(words) <= _WORDS else words[: _WORDS // 2] + words[-_WORDS // 2 :]


def differences_of(left: Copy, right: Copy) -> tuple[Difference, ...]:
    """How two copies differ, in what a reader of the mail would see."""
    found: list[tuple[str, str]] = []
    for what, before, after in _heads(left.head, right.head):
        if before != after:
            found.append((what, f"{what} differs" if before and after else f"{what} stands in one of them only"))
    if left.body.split() != right.body.split():
        found.append(("body", changed_words(left.body, right.body)))
    if sorted(left.attachments) != sorted(right.attachments):
        found.append(
            ("attachments", f"{len(left.attachments)} attachments against {len(right.attachments)}, or different ones")
        )
    return tuple(Difference(left=left.id, right=right.id, what=what, sentence=sentence) for what, sentence in found)


def _heads(left: MessageHead, right: MessageHead) -> list[tuple[str, object, object]]:
    def people(head: MessageHead, name: str) -> tuple[str, ...]:
        return tuple(sorted(each.address.casefold() or each.name for each in getattr(head, name)))

    lists = [
        (shown, people(left, name), people(right, name))
        for shown, name in (("from", "sender"), ("to", "to"), ("cc", "cc"), ("bcc", "bcc"))
    ]
    return [
        ("subject", left.subject or "", right.subject or ""),
        *lists,
        ("date", left.date_utc or "", right.date_utc or ""),
        ("message id", left.message_id or "", right.message_id or ""),
    ]


def changed_words(left: str, right: str) -> str:
    """How many words were put in, taken out and replaced between two texts: numbers, never the words."""
    a, b = _ends(_WORD.findall(left.casefold())), _ends(_WORD.findall(right.casefold()))
    added = removed = 0
    for kind, low, high, start, end in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind != "equal":
            removed += high - low
            added += end - start
    if not added and not removed:
        return "the text differs in marks and line ends only"
    return f"{removed} words of the first are not in the second, {added} of the second not in the first"


# --- quotations against the archived original ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteCheck:
    """A quotation beside the letter it quotes: whether it is unaltered, and the passages that differ (offsets in each)."""

    same: bool
    similarity: float
    changes: tuple[tuple[int, int, int, int], ...]


def compare_quote(quoted: str, original: str) -> QuoteCheck:
    """Compare a quotation (marks removed) with the letter it quotes. `changes` are (start, end) in the quotation and
    (start, end) in the original, where words were replaced, put in, or left out inside the quoted stretch."""
    ours, theirs = list(_WORD.finditer(quoted)), list(_WORD.finditer(original))
    a, b = [m[0].casefold() for m in ours], [m[0].casefold() for m in theirs]
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return QuoteCheck(same=False, similarity=0.0, changes=())
    low, high = blocks[0].b, blocks[-1].b + blocks[-1].size
    changes: list[tuple[int, int, int, int]] = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "replace" and i2 == len(a):  # the quotation ends here, the letter goes on
            j2 = min(j2, j1 + i2 - i1)  # noqa: PLW2901
        if kind == "replace" and i1 == 0:
            j1 = max(j1, j2 - i2 + i1)  # noqa: PLW2901
        if kind != "equal" and not (i1 == i2 and (j2 <= low or j1 >= high)):
            changes.append((*_range(ours, i1, i2), *_range(theirs, j1, j2)))
    covered = sum(block.size for block in blocks)
    return QuoteCheck(same=not changes, similarity=round(covered / max(len(a), 1), 3), changes=tuple(changes))


def _range(words: list[re.Match[str]], low: int, high: int) -> tuple[int, int]:
    if low < high:
        return words[low].start(), words[high - 1].end()
    at = words[low].start() if low < len(words) else (words[-1].end() if words else 0)
    return at, at
