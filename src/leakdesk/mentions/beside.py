"""What a name is a name of, by the noun beside it: "the supplier Varnholt Optronik" is a firm, "Piers Lanyon, a brother-in-law of
the director" a person, whatever a model makes of words that it never met."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from leakdesk.language.concepts import concept_of, group_of
from leakdesk.mentions.found import LOWER
from leakdesk.mentions.weigh import Settled, family
from leakdesk.model.entity import MentionType

_RULE = "noun beside it"
_BEFORE = re.compile(rf"(?<![\w-])([{LOWER}][{LOWER}-]+)[ ]$")
#: ", a", ", its", then the words up to the next mark or "of".
_BEHIND = re.compile(rf",[ ](?:an?|the|his|her|its|their)[ ]((?:[{LOWER}][{LOWER}-]*[ ]?){{1,4}})")
_ENDS = frozenset(["of", "at", "in", "for", "from", "who", "which", "that", "by", "with", "and"])
_REACH = 40
_KINDS: dict[str, MentionType] = {"person": "person", "family": "person", "org": "organization"}


def by_noun_beside(sheet: str, settled: Iterable[Settled]) -> list[Settled]:
    """The mentions, those in English put right that a model alone took for the wrong one of a person and an organisation."""
    return [_put_right(sheet, each) for each in settled]


def _put_right(sheet: str, each: Settled) -> Settled:
    found = each.found
    if found.type not in ("person", "organization") or any(family(rule) != "model" for rule in each.rules):
        return each
    if sheet[found.start] >= "\u0400":
        return each
    kind = _before(sheet, found.start) or _behind(sheet, found.end)
    if kind is None or kind == found.type:
        return each
    return Settled(replace(found, type=kind, normal="", rule=_RULE), (_RULE, *each.rules), sure=each.sure)


def _before(sheet: str, at: int) -> MentionType | None:
    found = _BEFORE.search(sheet, max(0, at - _REACH), at)
    return _kind(found[1]) if found else None


def _behind(sheet: str, at: int) -> MentionType | None:
    """The kind of the head of what is said after the name: "a trading company", "a former director of"."""
    found = _BEHIND.match(sheet, at)
    words = found[1].split() if found else []
    end = next((k for k, word in enumerate(words) if word in _ENDS), len(words))
    return _kind(words[end - 1]) if end else None


def _kind(noun: str) -> MentionType | None:
    concept = concept_of(noun, "en", verbal=False)
    return _KINDS.get(group_of(concept)) if concept else None
