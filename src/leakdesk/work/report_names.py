"""What to call a report in a list of many: its outlet, and where the outlet repeats, what tells its reports apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from leakdesk.model.document import Role
from leakdesk.work.reports import CaseReport

#: Characters of a headline that a name carries.
_LONGEST = 60


def names(reports: Sequence[CaseReport]) -> dict[str, str]:
    """For each report (by document) the shortest of: outlet, with its headline, with its day, with its id, that names no
    other report."""
    forms = {one.document: _forms(one) for one in reports}
    seen = Counter(form for some in forms.values() for form in dict.fromkeys(some))
    return {own: next((form for form in some if seen[form] == 1), some[-1]) for own, some in forms.items()}


def _forms(one: CaseReport) -> list[str]:
    outlet = one.source.outlet
    if not outlet:
        return [one.document]
    headline, day = _headline(one), (one.source.published or "")[:10]
    told = [part for part in (f"“{headline}”" if headline else "", day) if part]
    ways = [(outlet,), *((outlet, part) for part in told), (outlet, *told), (outlet, *told, f"[{one.document}]")]
    return [", ".join(way) for way in ways]


def _headline(one: CaseReport) -> str:
    found = next((each for each in one.reading.segments if each.role is Role.HEADLINE), None)
    words = " ".join(one.reading.text[found.start : found.end].split()) if found else ""
    return words if len(words) <= _LONGEST else words[:_LONGEST].rpartition(" ")[0] + " …"
