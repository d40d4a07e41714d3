"""Which extractors the user turned on: by option, or in the environment. None unless somebody asks for one.

`LEAKDESK_EXTRACTORS` holds one or more of these, parted by blanks: the address of a server on this computer
("http://127.0.0.1:8080/v1"), a directory of a GLiNER model ("gliner:/models/names"). `LEAKDESK_EXTRACTOR_MODEL` names the
model where a server has several.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from leakdesk.reading.outside.endpoint import endpoint
from leakdesk.reading.outside.gliner import gliner
from leakdesk.reading.outside.proposals import Extractor

VARIABLE, MODEL = "LEAKDESK_EXTRACTORS", "LEAKDESK_EXTRACTOR_MODEL"


def chosen(given: Sequence[str] = ()) -> tuple[Extractor, ...]:
    """The extractors of an option, else of the environment, in order. Raises OutsideRefused or UsageError."""
    wanted = list(given) or os.environ.get(VARIABLE, "").split()
    return tuple(_one(each) for each in wanted)


def _one(written: str) -> Extractor:
    if written.startswith("gliner:"):
        return gliner(written.removeprefix("gliner:"))
    return endpoint(written, os.environ.get(MODEL, "local"))
