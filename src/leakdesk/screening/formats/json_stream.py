"""The objects of a JSON file of any size: one a line, an array of them, or arrays under names. One object in memory at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from leakdesk.screening.entry import ListUnusable
from leakdesk.screening.streams import ListFile, lines_of

#: An object is no longer than this (code points).
LONGEST_OBJECT = 8 << 20
_DECODER = json.JSONDecoder()


def objects_of(file: ListFile) -> Iterator[tuple[int, dict[str, Any]]]:
    """(number from 1, object). Raises ListUnusable where the JSON is broken or holds no objects."""
    text, number, depth = "", 0, 0
    for line in lines_of(file):
        text += line
        while True:
            text, depth = _skipped(text, depth)
            if not text:
                break
            try:
                found, end = _DECODER.raw_decode(text)
            except json.JSONDecodeError:
                if len(text) > LONGEST_OBJECT:
                    raise _broken(file, number + 1) from None
                break
            except RecursionError:
                raise _broken(file, number + 1) from None
            text = text[end:]
            if isinstance(found, str):
                continue  # the name of an array
            if not isinstance(found, dict):
                raise _broken(file, number + 1)
            number += 1
            yield number, found
    if text.strip():
        raise _broken(file, number + 1)


def _skipped(text: str, depth: int) -> tuple[str, int]:
    """Without what stands between objects: blanks, commas, the brackets of arrays, and the names of arrays."""
    while True:
        text = text.lstrip(" \t\r\n,:")
        if text[:1] in "[]" and text:
            text, depth = text[1:], depth + (1 if text[0] == "[" else -1)
        elif text[:1] == "}" or (text[:1] == "{" and _holds_arrays(text)):
            text = text[1:]
        else:
            return text, depth


def _holds_arrays(text: str) -> bool:
    """Whether an object only names arrays: {"individual": [{..."""
    start = text[1:400].lstrip()
    name, _, rest = start[1:].partition('"') if start.startswith('"') else ("", "", "")
    after = rest.lstrip().removeprefix(":").lstrip()
    return name.isalpha() and after.startswith("[") and after[1:].lstrip().startswith("{") and name in _ARRAYS


#: Names under which files keep their subjects.
_ARRAYS = frozenset(
    {"individual", "individuals", "legal", "legals", "subjects", "items", "data", "results", "entities"}
)


def _broken(file: ListFile, number: int) -> ListUnusable:
    return ListUnusable(f"{file.name}: the JSON is broken at object {number}, or cut short")
