"""The model of meaning that helps two reports side by side, where it is installed: loaded once, each sentence read once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from functools import cache, cached_property
from threading import Lock
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from leakdesk.claims.nearness import Wording
from leakdesk.claims.together import Together
from leakdesk.search.e5_pack import PackError
from leakdesk.search.meaning import MeaningMissingError, SmallMultilingual
from leakdesk.search.pair_reader import PairReader, packed, shipped

Item = TypeVar("Item", bound=Hashable)
#: Sentences whose vectors are kept (1.5 kB each), and pairs that were read together.
KEPT = 20_000
#: Of a longer sentence the beginning counts.
LONGEST = 600


@cache
def installed() -> Wording | None:
    """What turns sentences into vectors; None where the part `meaning` is not installed or does not run here."""
    try:
        return _Remembering(SmallMultilingual())
    except MeaningMissingError:
        return None


class _Remembering:
    """A model that reads each sentence, and each pair of them, once. One thread at a time: the desk asks from several."""

    def __init__(self, model: SmallMultilingual) -> None:
        self._alike = _Known(model.alike)

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._alike([text[:LONGEST] for text in texts])

    @cached_property
    def together(self) -> Together | None:
        """What reads a claim and a sentence at once; None where the model came in another make than leakdesk knows."""
        try:
            reader = PairReader(packed(), shipped())
        except PackError:
            return None
        known = _Known(reader)
        return lambda pairs: known([(claim[:LONGEST], sentence[:LONGEST]) for claim, sentence in pairs])


class _Known(Generic[Item]):
    """What a model has made of what it read; what was used longest ago is forgotten first."""

    def __init__(self, read: Callable[[Sequence[Item]], NDArray[np.float32]]) -> None:
        self._read = read
        self._known: OrderedDict[Item, NDArray[np.float32]] = OrderedDict()
        self._one_at_a_time = Lock()

    def __call__(self, items: Sequence[Item]) -> NDArray[np.float32]:
        with self._one_at_a_time:
            new = list(dict.fromkeys(each for each in items if each not in self._known))
            if new:
                self._known.update(zip(new, self._read(new), strict=True))
            found = np.stack([self._known[each] for each in items])
            for each in items:
                self._known.move_to_end(each)
            while len(self._known) > KEPT:
                self._known.popitem(last=False)
        return found
