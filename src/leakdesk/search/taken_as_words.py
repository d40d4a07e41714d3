"""What looks like an operator or a field in a query and was searched as words: the answer says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leakdesk.search import tree

_QUOTES = tuple('"«“„')
_OPERATOR = re.compile(r"(?:(NEAR)|AND|OR|NOT)/.*")
_FIELD = re.compile(r"([A-Za-z]{2,12}):(?!//)")


def taken_as_words(query: str, node: tree.Node) -> Iterator[str]:
    """A sentence for each such part; what stands in quotation marks is meant as words."""
    match node:
        case tree.Word(exact=False) if query[: node.at][-1:] not in _QUOTES:
            if found := _OPERATOR.fullmatch(node.text):
                how = "write a number from 1 to 100: NEAR/5" if found[1] else "it takes no number"
                yield f"“{node.text}” was searched as words; to use it as an operator, {how}."
            elif (found := _FIELD.match(node.text)) and found[1].lower() not in tree.FIELDS:
                yield f"There is no field {found[1]}: here, so “{node.text}” was searched as words."
        case tree.Field() if tree.FIELDS[node.name][0] == "text":
            yield from taken_as_words(query, node.part)
        case tree.Near():
            yield from taken_as_words(query, node.left)
            yield from taken_as_words(query, node.right)
        case tree.And() | tree.Or():
            for part in node.parts:
                yield from taken_as_words(query, part)
        case tree.Not():
            yield from taken_as_words(query, node.part)
        case _:
            pass
