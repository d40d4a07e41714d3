"""Many extractors, one answer: overlapping candidates are weighed, agreement raises, and every span is tidied."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from leakdesk.mentions.found import Found

#: What a second, independent extractor of the same type adds to a candidate's weight.
AGREEMENT = 0.14
#: Candidates that stay below are not mentions.
LEAST = 0.4
#: From this weight on one extractor suffices for "likely".
SURE = 0.84
#: More overlapping candidates than this are weighed in turns, so that a wall of names stays linear.
CROWD = 60
_LEAD = re.compile(
    r"(?:The|the|a|an|A|An|Mr\.?|Mrs\.?|Ms\.?|Miss|Dr\.?|Dear|Hi|Hello|Господин|господин|Пан|пан|Пані|пані|Спадар|спадар|Уважаемый|Шановний|Паважаны|Уважаемая|Шановна|Паважаная|г\.|м\.|And|and|Но|но|В|в|У|у|Сам|Сама|Само|Сами|Самі|Самы)\s+"
)
_TRAIL = re.compile(
    r"(?:'s|\s(?:and|or|of|the|No|Nr|и|і|й|та)(?=$)|[\s,;:!?—-]|(?<![A-ZА-ЯЁІЇЄҐЎ])(?<!Inc)(?<!Ltd)(?<!Co)(?<!Corp)\.)+$"
)
_MODELS = ("natasha", "spacy", "apertium")


@dataclass(frozen=True, slots=True)
class Settled:
    """A candidate that won: with all rules of its type that agreed, and whether two independent extractors did."""

    found: Found
    rules: tuple[str, ...]
    sure: bool


@lru_cache(maxsize=1 << 12)
def family(rule: str) -> str:
    """Which extractor a rule belongs to: a model, or the rules."""
    return "model" if any(name in rule for name in _MODELS) else "rule"


#: No word of a name has more letters; beyond it stands a line of one letter, a key, a file.
LONGEST_WORD = 60


def tidy(sheet: str, found: Found) -> Found | None:
    """The span without articles, titles, quotes left open, line ends and trailing marks; None where nothing is left."""
    start, end = found.start, found.end
    cut = sheet.find("\n", start, end)
    end = cut if cut > start + 2 else end
    lead = _LEAD.match(sheet, start, end)
    while lead:
        start = lead.end()
        lead = _LEAD.match(sheet, start, end)
    if found.rule not in ("mail header", "address line"):
        end -= len(sheet[start:end]) - len(_TRAIL.sub("", sheet[start:end]))
    start, end = _quotes(sheet, start, end)
    text = sheet[start:end]
    if (
        len(text) < 2
        or max(map(len, text.split())) > LONGEST_WORD
        or not (any(char.isupper() for char in text) or text[0].isdigit())
        or not any(char.isalpha() for char in text)
    ):
        return None
    return replace(found, start=start, end=end)


def _quotes(sheet: str, start: int, end: int) -> tuple[int, int]:
    text = sheet[start:end]
    if text.count("«") > text.count("»"):
        if sheet[end : end + 1] == "»":
            end += 1
        elif text.startswith("«"):
            start += 1
    elif text.count("»") > text.count("«"):
        if sheet[start - 1 : start] == "«":
            start -= 1
        elif text.endswith("»"):
            end -= 1
    if sheet[start:end].count('"') == 1:
        if sheet[start] == '"':
            start += 1
        elif sheet[end - 1] == '"':
            end -= 1
        elif sheet[end : end + 1] == '"':
            end += 1
    return start, end


def weigh(candidates: Iterable[Found]) -> list[Settled]:
    """The winners among overlapping candidates, in text order. Linear but for the size of single groups."""
    settled: list[Settled] = []
    group: list[Found] = []
    reach = done = -1
    for each in sorted(candidates, key=lambda found: (found.start, -found.end)):
        if group and (each.start >= reach or len(group) >= CROWD):
            won = _winners(group)
            settled += won
            done = max([done, *(one.found.end for one in won)])
            group = []
        if each.start < done:
            continue
        group.append(each)
        reach = max(reach, each.end) if len(group) > 1 else each.end
    return settled + (_winners(group) if group else [])


def _nested(found: Found, group: list[Found]) -> bool:
    """A place or a person inside an organisation's name that rules found is a part of that name."""
    return found.type in ("place", "person") and any(
        other.type == "organization"
        and other.weight >= SURE
        and family(other.rule) == "rule"
        and other.start <= found.start
        and found.end <= other.end
        and other.end - other.start > found.end - found.start
        for other in group
    )


def _winners(group: list[Found]) -> list[Settled]:
    group = [each for each in group if not _nested(each, group)]
    ranked = sorted(
        group, key=lambda found: (-_score(found, group), -(found.end - found.start), found.start, found.type)
    )
    chosen: list[Settled] = []
    for each in ranked:
        if _score(each, group) < LEAST or any(_overlap(each, other.found) for other in chosen):
            continue
        agreeing = [other for other in group if other.type == each.type and _overlap(each, other)]
        rules = tuple(dict.fromkeys([each.rule, *sorted(other.rule for other in agreeing)]))
        both = len({family(other.rule) for other in agreeing}) > 1
        normal = each.normal or next(
            (other.normal for other in agreeing if other.normal and (other.start, other.end) == (each.start, each.end)),
            "",
        )
        chosen.append(Settled(replace(each, normal=normal), rules, sure=both or each.weight >= SURE))
    return sorted(chosen, key=lambda each: each.found.start)


def _score(found: Found, group: list[Found]) -> float:
    mine = family(found.rule)
    agreed = any(other.type == found.type and family(other.rule) != mine and _overlap(found, other) for other in group)
    exact = any(
        other is not found and other.type == found.type and (other.start, other.end) == (found.start, found.end)
        for other in group
    )
    return found.weight + (AGREEMENT if agreed else 0.0) + (0.03 if exact else 0.0)


def _overlap(a: Found, b: Found) -> bool:
    return a.start < b.end and b.start < a.end
