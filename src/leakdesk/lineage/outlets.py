"""Names under which the reports themselves may be cited: outlets and bylines, in whatever spelling."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from leakdesk.language.spelling import word_keys
from leakdesk.lineage.texts import ReportText
from leakdesk.model.document import Role

_Keys = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Outlets:
    """Folded name -> the node of the report that appeared there."""

    nodes: dict[str, str]
    _asked: dict[str, str | None] = field(default_factory=dict[str, "str | None"])

    @staticmethod
    def of(reports: Sequence[ReportText]) -> Outlets:
        """The outlets of some reports. Of two reports of one outlet the first is the one that is cited."""
        names: dict[str, str] = {}
        for report in reports:
            for name in (report.meta.outlet, *_bylines(report)):
                if name:
                    names.setdefault(fold(name), report.node_id)
        return Outlets(names)

    def named(self, name: str) -> str | None:
        """The report that appeared in an outlet of this name, in whatever spelling."""
        folded = fold(name)
        if folded in self.nodes:
            return self.nodes[folded]
        if folded not in self._asked:
            keys = _name_keys(folded)
            known = (node for other, node in self.nodes.items() if keys and _one_name(keys, _name_keys(other)))
            self._asked[folded] = next(known, None)
        return self._asked[folded]


def fold(name: str) -> str:
    """A name without letter case, article and odd blanks."""
    return " ".join(name.casefold().removeprefix("the ").split())


def _bylines(report: ReportText) -> list[str]:
    """Names in the byline: who publishes this text."""
    bylines = [s for s in report.reading.segments if s.role == Role.BYLINE]
    return [
        mention.text
        for mention in report.reading.mentions
        if mention.type == "organization" and any(s.start <= mention.start < s.end for s in bylines)
    ]


@lru_cache(maxsize=1 << 14)
def _name_keys(name: str) -> _Keys:
    words = re.findall(r"\w+(?:[-’'ʼ]\w+)*", name)
    return tuple(frozenset(word_keys(word.capitalize(), name=True)) for word in words if len(word) > 1)


def _one_name(a: _Keys, b: _Keys) -> bool:
    return len(a) == len(b) and all(left & right for left, right in zip(a, b, strict=True))
