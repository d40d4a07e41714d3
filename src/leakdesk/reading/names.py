"""Names for reading: mentions and who they are, from the chapters before this one."""

from __future__ import annotations

from leakdesk.model.document import MessageHead, TextLayer
from leakdesk.model.entity import Entity, Mention


def named(layer: TextLayer, head: MessageHead | None, *, published: str | None, parser_free: bool) -> tuple[tuple[Mention, ...], tuple[Entity, ...], tuple[str, ...]]:
    """Mentions (with entity ids) and entities of one text, and notes about missing parts."""
    del layer, head, published, parser_free
    return (), (), ("names not read yet",)
