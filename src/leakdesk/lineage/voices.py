"""Who speaks for a claim, as far as the words tell: somebody with a name, somebody with a trade ("a former dispatcher"), or
nobody in particular ("an official").

People without a name may be one another, or the one who is named: then a count is a span, and nothing more is ever said about who
they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from leakdesk.language.concepts import concepts, concepts_of_word, group_of
from leakdesk.language.detect import detect
from leakdesk.language.spelling import word_keys
from leakdesk.language.words import UNHYPHENED
from leakdesk.lineage.texts import ReportText
from leakdesk.lineage.words import names_nobody
from leakdesk.model.claim import Attribution
from leakdesk.model.document import Language
from leakdesk.model.entity import NAMED_TYPES

#: Words before a name in which somebody's trade stands.
BEFORE = 4
_EX = re.compile(r"(?<!\w)(?:ex|экс|екс|экс)[-‑]", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """`common`: the id of somebody with a name; `trades`: what they are, in terms of no language; `anybody`: nothing but that
    they know ("a source", "two officials"); `body`: a company, a ministry, and no person."""

    words: str
    common: str | None
    trades: frozenset[str]
    anybody: bool
    body: bool = False


def is_unnamed(words: str) -> bool:
    """Whether a source is somebody of whom nothing is said but that they know."""
    return names_nobody(words)


def voice(report: ReportText, attribution: Attribution) -> Voice | None:
    """Who speaks in an attribution; None where nobody does."""
    source = attribution.source
    if source is None:
        return None
    entity = attribution.resolved_source
    named = [m for m in report.reading.mentions if m.type in NAMED_TYPES and m.type != "place"]
    inside = [m for m in named if source.start <= m.start < source.end and m.type == "person"]
    called = inside or [m for m in named if entity and m.entity == entity]
    words = source.text
    for mention in called:
        start = max(0, mention.start - 60)
        words += " " + " ".join(
            UNHYPHENED.findall(_sentence_part(report.reading.text[start : mention.start]))[-BEFORE:]
        )
        words = words.replace(mention.text, " ")
    trades = _trades(words, report.reading.languages[0] if report.reading.languages else "und")
    return Voice(
        words=source.text,
        common=report.common(entity) if called else None,
        trades=trades,
        anybody=not called and is_unnamed(source.text),
        body=any(m.type == "organization" for m in called) if called else _is_body(trades),
    )


def _is_body(trades: frozenset[str]) -> bool:
    """Whether all that is known of a voice are words for bodies."""
    groups = {group_of(each[1:]) for each in trades if each.startswith("@")}
    return bool(groups) and groups <= {"org"}


def _sentence_part(before: str) -> str:
    return re.split(r"[.!?\n;:«»“”\"]", before)[-1]


@lru_cache(maxsize=1 << 12)
def _trades(words: str, written: Language) -> frozenset[str]:
    """What somebody is: concepts of people and bodies, else the keys of the words themselves."""
    language = detect(words)
    language = written if language == "und" else language
    table = concepts()
    found: set[str] = set()
    for match in UNHYPHENED.finditer(_EX.sub("", words)):
        known = {c for c in concepts_of_word(match[0], language) if c in table and table[c].kind == "actor"}
        found |= {f"@{each}" for each in known}
        if not known and len(match[0]) > 4 and match[0].islower():
            found |= set(word_keys(match[0], name=True))
    return frozenset(found)


def may_be_one(left: Voice, right: Voice) -> bool:
    """Whether two voices may be one person or body, as far as the words tell."""
    if left.common and right.common:
        return left.common == right.common
    if left.body != right.body:
        return False
    if left.anybody or right.anybody:
        return True
    if left.trades & right.trades:
        return True
    # A name without a word of what its bearer is may be anybody's.
    return bool((left.common and not left.trades) or (right.common and not right.trades))
