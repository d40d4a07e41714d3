"""What the case says beside a finding's quotations, as plain sentences: how many sources, what the letters say to it, what the
lists say to it, what can be said technically. Every sentence passes the masks before it leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from leakdesk.model.claim import Finding
from leakdesk.publish.inputs import Dossier
from leakdesk.store.case import CaseStore
from leakdesk.work.reports import sources_sentence

_STANCES = (
    ("supports", "supports this", "support this"),
    ("refutes", "speaks against this", "speak against this"),
    ("not_enough_info", "stands near this and does not settle it", "stand near this and do not settle it"),
)


def dossiers(store: CaseStore, findings: Sequence[Finding]) -> Mapping[str, Dossier]:
    """A dossier for each finding, by its id."""
    return {finding.id: dossier(store, finding) for finding in findings}


def dossier(store: CaseStore, finding: Finding) -> Dossier:
    """The sentences about one finding."""
    return Dossier(corroboration=(_full_stop(sources_sentence(store, finding)),), checking=checking(finding))


def checking(finding: Finding) -> tuple[str, ...]:
    """What the passages that a person kept say to the claim, counted by stance."""
    counts = Counter(str(support.stance) for support in finding.support)
    said = [
        f"{counts[stance]} passage{'s' if counts[stance] > 1 else ''} of the documents {many if counts[stance] > 1 else one}."
        for stance, one, many in _STANCES
        if counts[stance]
    ]
    return tuple(said)


def _full_stop(sentence: str) -> str:
    return sentence if sentence.endswith(".") else sentence[:1].upper() + sentence[1:] + "."
