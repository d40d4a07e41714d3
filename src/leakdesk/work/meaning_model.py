"""The model of meaning that helps two reports side by side, where it is installed: loaded once, each sentence read once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from functools import cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from leakdesk.claims.nearness import Wording
from leakdesk.search.meaning import MeaningMissingError, SmallMultilingual

#: Sentences whose vectors are kept (1.5 kB each).
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
    """A model that reads each sentence once; the sentences used longest ago are forgotten first. One thread at a time: the desk
    asks from several."""

    def __init__(self, model: SmallMultilingual) -> None:
        self._model = model
        self._known: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._one_at_a_time = Lock()

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        short = [text[:LONGEST] for text in texts]
        with self._one_at_a_time:
            new = list(dict.fromkeys(text for text in short if text not in self._known))
            if new:
                self._known.update(zip(new, self._model.alike(new), strict=True))
            found = np.stack([self._known[text] for text in short])
            for text in short:
                self._known.move_to_end(text)
            while len(self._known) > KEPT:
                self._known.popitem(last=False)
        return found
