"""Three tiny deep steps for `testing` and for trying a sandbox: one that works, one that lacks a part, one that fails."""

from __future__ import annotations

from typing import Any

from leakdesk.work.steps import MissingPart


def count(description: dict[str, Any]) -> dict[str, int]:
    """How many letters the text has."""
    return {"letters": sum(map(str.isalpha, description["text"]))}


def lacking(description: dict[str, Any]) -> dict[str, int]:
    """A step whose optional part is absent."""
    raise MissingPart("needs a model that nobody has")


def failing(description: dict[str, Any]) -> dict[str, int]:
    """A step that fails on every document."""
    raise ValueError("no text of a document belongs here")
