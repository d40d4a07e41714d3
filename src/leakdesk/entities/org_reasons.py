"""Why two organisations' names are one or are not, in sentences a reporter can read."""

from __future__ import annotations

from leakdesk.entities.compare_organisations import Judged
from leakdesk.entities.org_tally import same_own
from leakdesk.entities.organisations import Body

_SENTENCES = {
    "nothing": "nothing to compare",
    "numbers": "different numbers: {}",
    "heads": "different kinds of bodies: {}",
    "levels": "different levels of administration: {}",
    "trades": "each side does something else: {}",
    "names": "different own names: {}",
    "ranks": "different ranks: {}",
    "unknown": "no table knows these words, which may be one in two languages: {}",
    "general": "only general words are shared: they name no single body",
    "acronym": "{} may be the acronym of the other name; an acronym alone proves nothing",
    "defined": "the text itself introduces {} as the short name",
    "number": "the same number: {}",
    "number omitted": "a number stands on one side only: {}",
    "words": "shared words: {}",
    "legal": "different legal forms: {}",
    "nothing shared": "no shared words",
    "countries": "different countries: {}",
    "more": "one name says more than the other, so it may be a part, a group or a branch",
}
_BARE = frozenset(("nothing", "nothing shared", "more", "general"))
#: Verdicts by these say all; with others the own names on one side are told.
_SAY_ALL = frozenset(("nothing", "numbers", "heads", "levels", "countries", "acronym", "defined"))


def reasons(left: Body, right: Body, judged: Judged) -> tuple[str, ...]:
    """The comparison in sentences; at least one."""
    lines = [_SENTENCES[code].format(detail) for code, detail in judged.notes if detail or code in _BARE]
    if judged.verdict == "same" and left.text.casefold() == right.text.casefold():
        lines.insert(0, "the same text")
    told = bool(judged.notes) and judged.notes[0][0] in _SAY_ALL
    for each in left.own:
        other = next((b for b in right.own if same_own(each, b)), None)
        if other is not None:
            lines.append(f"the same own name: {each.text}" + (f" = {other.text}" if each.text != other.text else ""))
        elif not told:
            lines.append(f"only on one side: {each.text}")
    if not told:
        lines += [f"only on one side: {b.text}" for b in right.own if not any(same_own(a, b) for a in left.own)]
    return tuple(dict.fromkeys(lines)) or ("compared word by word",)
