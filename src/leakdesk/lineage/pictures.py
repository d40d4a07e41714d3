"""The same picture in two reports, told by fingerprints (`documents.fingerprint`): what one outlet shows, another had too.

That is the picture's way and not the text's: alone it makes a derivation of the texts possible, and never more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from leakdesk.language.reuse import tokens
from leakdesk.lineage.order import ranks
from leakdesk.lineage.texts import ReportText
from leakdesk.lineage.ties import Ties
from leakdesk.model.derivation import Certainty, Derivation
from leakdesk.model.pictures import Picture

#: Signs that may differ between two cuts of one picture: of 64 waves, and of 256 steps from light to dark. Among 870 pairs of
#: different generated pictures and pages the nearest differed by 14 and 78.
WAVES, STEPS = 12, 60
#: Bytes of the two in each cut, and the form that is understood.
_WAVE_BYTES, _STEP_BYTES, _VERSION = 8, 32, "p1"
#: From so many different words on a picture is one of a text, and the share of them that must agree.
WORDS, AGREE = 8, 0.6
#: A picture in more reports than this is the outlet's logo or a symbol.
COMMON = 40

_Bits = np.ndarray[tuple[int, int], np.dtype[np.uint8]]


def same_picture(first: str, second: str) -> bool:
    """Whether two fingerprints are of one picture, one of them perhaps scaled, compressed, framed or cut at an edge."""
    a, b = _bits(first), _bits(second)
    if a is None or b is None:
        return False
    # One of the two is taken whole: both cut are two pictures that merely have something in common.
    return _meet(a[0], b) or _meet(b[0], a)


def _meet(whole: np.ndarray[tuple[int], np.dtype[np.uint8]], cuts: _Bits) -> bool:
    differing = cuts != whole[None, :]
    waves = differing[:, : _WAVE_BYTES * 8].sum(axis=1)
    steps = differing[:, _WAVE_BYTES * 8 :].sum(axis=1)
    return bool(((waves <= WAVES) & (steps <= STEPS)).any())


@lru_cache(maxsize=1 << 12)
def _bits(fingerprint: str) -> _Bits | None:
    if not fingerprint.startswith(_VERSION):
        return None
    try:
        raw = np.frombuffer(bytes.fromhex(fingerprint[len(_VERSION) :]), dtype=np.uint8)
    except ValueError:
        return None
    size = _WAVE_BYTES + _STEP_BYTES
    return np.unpackbits(raw.reshape(-1, size), axis=1) if raw.size and raw.size % size == 0 else None


def shown_alike(first: Picture, second: Picture) -> bool:
    """Whether two pictures are one. Pages of text look much alike: where both hold words, the words must agree as well."""
    if not same_picture(first.mark, second.mark):
        return False
    a, b = ({token.text for token in tokens(each.text)} for each in (first, second))
    fewer = min(len(a), len(b))
    return fewer < WORDS or len(a & b) >= AGREE * fewer


def alike(pictures: Sequence[Picture]) -> list[list[int]]:
    """Groups of one picture each, by their places in the list; single ones are left out."""
    groups: list[list[int]] = []
    for number, one in enumerate(pictures):
        home = next((group for group in groups if shown_alike(pictures[group[0]], one)), None)
        if home is None:
            groups.append([number])
        else:
            home.append(number)
    return [group for group in groups if len(group) > 1]


def picture_edges(reports: Sequence[ReportText], ties: Ties) -> Iterator[Derivation]:
    """Possible derivations between reports that show one picture, each from the first that showed it."""
    shown = [(number, mark) for number, report in enumerate(reports) for mark in report.pictures]
    rank = ranks([report.meta for report in reports])
    for group in alike([mark for _, mark in shown]):
        holders = sorted({shown[at][0] for at in group}, key=rank.__getitem__)
        if not 1 < len(holders) <= COMMON:
            continue
        earlier = reports[holders[0]]
        for number in holders[1:]:
            later = reports[number]
            if not ties.stated(later.node_id, earlier.node_id):
                yield Derivation(
                    source=later.node_id,
                    target=earlier.node_id,
                    relation="wasDerivedFrom",
                    certainty=Certainty.POSSIBLE,
                    reasons=("both show the same picture",),
                )
