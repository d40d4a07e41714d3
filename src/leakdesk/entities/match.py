"""Are these two names the same? Same, possible or different, with the sentences that led there.

`compare(left, right, kind)` is the whole of it; `match_pairs` and `match_all` do it for lists. Each kind of name has its
own comparison: people by roles (agreement, omission and contradiction kept apart), organisations by words of four
languages, places by the gazetteer, equipment by designation. Verdicts and scores come from small tables, so that a reader
can see what weighs how much.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from leakdesk.entities import compare_people as people_rules
from leakdesk.entities import people
from leakdesk.model.entity import Match, NameKind, Verdict
from leakdesk.language.scripts import plain_text


def compare(left: str, right: str, kind: NameKind | None = None) -> Match:
    a, b = people.parse(left), people.parse(right)
    found = people_rules.judge(a, b)
    return Match(left=left, right=right, verdict=found.verdict, score=found.score, reasons=people_rules.reasons(a, b, found))
