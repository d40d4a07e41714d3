"""A GLiNER model in a directory of the user's: names that it sees, each checked against the text."""

from __future__ import annotations

import importlib
import importlib.util
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from leakdesk.errors import UsageError
from leakdesk.reading.outside.proposals import NoAnswer, Numbered, Proposed, ProposedMention

#: What the model is asked for -> the contract's type.
LABELS = {
    "person": "person",
    "organization": "organization",
    "location": "place",
    "vehicle or equipment model": "equipment",
}
#: Below this the model's own score, nothing is proposed.
THRESHOLD = 0.5


@dataclass(slots=True)
class Gliner:
    """The model of a directory, loaded at its first use, from files only."""

    directory: Path
    _model: Any = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """The label of what it proposes."""
        return "gliner"

    def propose(self, sentences: Sequence[Numbered]) -> Proposed:
        """Names in some sentences. Raises NoAnswer where the package or the model is missing."""
        model = self._loaded()
        found: list[ProposedMention] = []
        for each in sentences:
            for one in model.predict_entities(each.text, list(LABELS), threshold=THRESHOLD):
                kind = LABELS.get(str(one["label"]))
                if kind is not None:
                    found.append(ProposedMention(sentence=each.number, text=str(one["text"]), type=kind))
        return Proposed(mentions=tuple(found))

    def _loaded(self) -> Any:
        if self._model is None:
            if importlib.util.find_spec("gliner") is None:
                raise NoAnswer("needs gliner")
            os.environ["HF_HUB_OFFLINE"] = "1"
            try:
                self._model = importlib.import_module("gliner").GLiNER.from_pretrained(
                    str(self.directory), local_files_only=True
                )
            except (OSError, ValueError, RuntimeError) as error:
                raise NoAnswer(f"the model cannot be loaded ({type(error).__name__})") from None
        return self._model


def gliner(directory: str) -> Gliner:
    """The model in a directory. Raises UsageError where there is no directory."""
    place = Path(directory)
    if not place.is_dir():
        raise UsageError(directory, try_="Give the directory of a GLiNER model.")
    return Gliner(place)
