"""Two organisations' names: numbers, kind of body and level first, then what is left over when shared words are taken away.

A differing number is a veto (the 121st plant is not the 558th), so is a differing kind of body (a plant is no institute), a
differing level (a city's committee is no district's), and a trade on each side that the other lacks. An acronym alone is
possible, never the same: many bodies share one; `defined` raises it where a text defines it.
"""

# ruff: noqa: E501, SIM905 (lists of words read best as words)
from __future__ import annotations

from typing import NamedTuple

from leakdesk.entities.org_acronyms import may_abbreviate
from leakdesk.entities.org_tables import tables
from leakdesk.entities.org_tally import (
    COMMON,
    FIRMS,
    LIGHT,
    LOOSE_HEADS,
    RANKS,
    Tally,
    has_brand,
    is_mark,
    may_translate,
    same_own,
    tally,
)
from leakdesk.entities.org_towns import is_home_town
from leakdesk.entities.organisations import Body
from leakdesk.model.entity import Verdict

#: Pairs of kinds of body that are one in practice.
SAME_HEADS = frozenset(
    frozenset(pair.split())
    for pair in (
        "plant factory-repair", "plant depot", "ministry department", "directorate department", "directorate section",
        "department section", "directorate presidency", "department presidency", "hospital clinic", "committee commission",
        "assembly parliament", "chamber parliament", "prison detention", "headquarters staff", "commission inspectorate",
    )
)  # fmt: skip
#: Levels of administration, which are never one body.
LEVELS = frozenset("city district regional rural".split())
#: A group or a holding is not the company of the same name.
UMBRELLAS = frozenset("group holding concern trust fund bank manage branch representation".split())
#: Kinds of body of which a town has many: the kind and a rank alone name none of them.
GENERIC = frozenset(
    "plant university school hospital court college clinic pharmacy shop hotel market museum theatre library bank institute academy "
    "laboratory newspaper fund police lyceum gymnasium warehouse farm cooperative club stadium kindergarten police council".split()
)


#: Ranks of which a land has one: a national bank, a supreme court.
SINGLE = frozenset(("national", "supreme", "constitutional"))


class Judged(NamedTuple):
    """Verdict, score, and what led there as (code, detail) pairs."""

    verdict: Verdict
    score: float
    notes: tuple[tuple[str, str], ...]


def judge(left: Body, right: Body, *, defined: bool = False) -> Judged:
    """Compare two parsed names. `defined`: the text itself says that one abbreviates the other."""
    if left.empty or right.empty:
        return Judged("different", 0.0, (("nothing", ""),))
    veto = _vetoes(left, right)
    if veto is not None:
        return veto
    acronym = _acronyms(left, right, defined)
    if acronym is not None:
        return acronym
    return _words(left, right)


def _vetoes(left: Body, right: Body) -> Judged | None:
    if left.numbers and right.numbers and not (left.numbers <= right.numbers or right.numbers <= left.numbers):
        return Judged("different", 0.05, (("numbers", _sides(left.numbers, right.numbers)),))
    countries = [frozenset(each for each in body.concepts if each.startswith("country-")) for body in (left, right)]
    if all(countries) and not countries[0] & countries[1]:
        return Judged("different", 0.1, (("countries", _sides(*countries).replace("country-", "")),))
    heads = left.heads - LOOSE_HEADS, right.heads - LOOSE_HEADS
    if all(heads) and not heads[0] & heads[1] and not _loosely_same(*heads):
        return Judged("different", 0.1, (("heads", _sides(*heads)),))
    levels = left.concepts & LEVELS, right.concepts & LEVELS
    if all(levels) and not levels[0] & levels[1]:
        return Judged("different", 0.15, (("levels", _sides(*levels)),))
    return None


def _loosely_same(left: frozenset[str], right: frozenset[str]) -> bool:
    return any(frozenset((a, b)) in SAME_HEADS for a in left for b in right)


def _list(names: frozenset[str]) -> str:
    return ", ".join(sorted(names)).replace("name-", "").replace("geo-", "")


def _sides(left: frozenset[str], right: frozenset[str]) -> str:
    return f"{_list(left)} / {_list(right)}"


def _acronyms(left: Body, right: Body, defined: bool) -> Judged | None:
    for short, long in ((left, right), (right, left)):
        for acronym in short.own:
            if not acronym.capitals or any(same_own(acronym, each) for each in long.own):
                continue
            if not may_abbreviate(acronym.text, long):
                continue
            others_short = [each for each in short.own if each is not acronym]
            if any(not any(same_own(a, b) for b in long.own) for a in others_short):
                continue
            if short.numbers != long.numbers and (short.numbers or len(acronym.text) < 3):
                continue
            if defined:
                return Judged("same", 0.9, (("defined", acronym.text),))
            return Judged("possible", 0.64 if short.numbers else 0.6, (("acronym", acronym.text),))
    return None


def _words(left: Body, right: Body) -> Judged:
    found = tally(left, right)
    notes: list[tuple[str, str]] = []
    if left.numbers != right.numbers:
        notes.append(("number omitted", _list(left.numbers ^ right.numbers)))
    elif left.numbers:
        notes.append(("number", _list(left.numbers)))
    if found.concepts:
        notes.append(("words", _list(found.concepts)))
    score = found.score
    verdict, why = _verdict(left, right, found)
    if left.words == right.words and left.numbers == right.numbers and _says_anything(left):
        verdict, score, why = "same", 1.0, ("", "")
    if verdict == "same" and left.legal and right.legal and not left.legal & right.legal:
        verdict, why = "possible", ("legal", _sides(left.legal, right.legal))
    if why[0]:
        notes.append(why)
    if verdict == "same":
        score = max(score, 0.75)
    elif verdict == "possible":
        score = min(max(score, 0.45), 0.7)
    else:
        score = min(score, 0.4)
    if not notes:
        notes.append(("words", "") if verdict != "different" else ("nothing shared", ""))
    return Judged(verdict, round(score, 3), tuple(notes))


#: From this share of weighted words on, names are possibly the same; names without any own word need more.
POSSIBLE_SHARE, GENERIC_SHARE = 0.55, 0.78
_PLAIN = ("", "")


def _verdict(left: Body, right: Body, found: Tally) -> tuple[Verdict, tuple[str, str]]:
    """Verdict, and what stands against more, as a note."""
    if found.shared == 0:
        return "different", _PLAIN
    possible: Verdict = "possible" if found.score >= POSSIBLE_SHARE else "different"
    trades = _trades(found.concepts_left), _trades(found.concepts_right)
    against = _contradiction(found, trades)
    if against is not None:
        return against
    if not _identified(left, right, found):
        return ("possible" if found.score >= GENERIC_SHARE else "different"), ("general", "")
    if left.numbers != right.numbers:
        return possible, _PLAIN
    if _own_over(found) or any(trades):
        if may_translate(found.own_left, found.own_right) and (found.own_left or found.own_right):
            return possible, ("unknown", _own_sides(found))
        if _own_over(found) and not _only_honoured(left, right, found):
            return possible, ("more", "")
        if any(trades) and not has_brand(found):
            return possible, ("more", "")
    ranks = found.concepts_left & RANKS, found.concepts_right & RANKS
    if all(ranks):
        return possible, ("ranks", _sides(*ranks))
    only = found.concepts_left | found.concepts_right
    if (only & UMBRELLAS and not _concern_of_the_name(left, right, only)) or _other_loose_heads(found):
        return "possible", ("more", "")
    return "same", _PLAIN


def _contradiction(
    found: Tally, trades: tuple[frozenset[str], frozenset[str]]
) -> tuple[Verdict, tuple[str, str]] | None:
    """Something on each side that the other lacks: different, unless it may be one word in two languages."""
    possible: Verdict = "possible" if found.score >= POSSIBLE_SHARE and found.own_shared else "different"
    if all(trades):
        return ("possible" if has_brand(found) else "different"), ("trades", _sides(*trades))
    if found.own_left and found.own_right:
        if may_translate(found.own_left, found.own_right):
            return possible, ("unknown", _own_sides(found))
        return "different", ("names", _own_sides(found))
    crossed = (found.own_left and trades[1]) or (found.own_right and trades[0])
    if crossed:
        over = found.own_left or found.own_right
        if may_translate(over, ()):
            return possible, ("unknown", ", ".join(each.text for each in over))
        return ("possible" if has_brand(found) else "different"), ("names", _own_sides(found))
    return None


def _trades(concepts: frozenset[str]) -> frozenset[str]:
    """The concepts left over that say what a body does."""
    return frozenset(
        each for each in concepts if each not in COMMON | LOOSE_HEADS | LIGHT and not each.startswith("country-")
    )


def _own_sides(found: Tally) -> str:
    left, right = (" ".join(each.text for each in over) for over in (found.own_left, found.own_right))
    return f"{left} / {right}" if left and right else left or right


def _identified(left: Body, right: Body, found: Tally) -> bool:
    """Whether the shared words name one body: by an own name, a number, a trade with its kind, or by a kind a land has once."""
    if found.own_shared or (left.numbers and left.numbers == right.numbers):
        return True
    shared = frozenset(each for each in found.concepts - COMMON if not each.startswith("country-"))
    if shared & tables().heads and len(shared) >= 2:
        return True
    nothing_over = not (found.concepts_left or found.concepts_right or found.own_left or found.own_right)
    return nothing_over and len(found.concepts) >= 2 and bool(shared - LOOSE_HEADS - GENERIC or found.concepts & SINGLE)


def _says_anything(body: Body) -> bool:
    """Whether a name has a word that is neither a kind of body nor one that every second name has."""
    return bool(body.own or body.concepts - COMMON - tables().heads)


def _own_over(found: Tally) -> bool:
    """Whether one side has an own name more (a branch); short capitals beside a brand are legal or trade marks."""
    over = (*found.own_left, *found.own_right)
    return bool(over) and not (has_brand(found) and all(is_mark(each) for each in over))


def _only_honoured(left: Body, right: Body, found: Tally) -> bool:
    """Whether all that one side has more is whom the body is named after, which short names leave out."""
    over = (*found.own_left, *found.own_right)
    if not all(each in left.honoured | right.honoured for each in over):
        return False
    town = any(is_home_town(each) for each, _ in found.own_shared)
    return town and bool(found.concepts - COMMON - {"plant"})


def _other_loose_heads(found: Tally) -> bool:
    """A centre and an association of one name are two bodies, a company and a concern may be one; so are trade and service."""
    over = found.concepts_left, found.concepts_right
    return all(_trades(each) | each & LOOSE_HEADS - FIRMS for each in over)


def _concern_of_the_name(left: Body, right: Body, only: frozenset[str]) -> bool:
    """Concern X and X plc are one, where the other side says no kind of body."""
    return only & UMBRELLAS == frozenset(("concern",)) and not (left.heads and right.heads)
