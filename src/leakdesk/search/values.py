"""Fields that take a value: kinds, languages, dates, numbers, and what only the case can answer (tags, entities, threads)."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import regex

from leakdesk.model.document import Kind
from leakdesk.search import clauses, dates, tree
from leakdesk.search.asked import Asked, Asking, SavedSearch
from leakdesk.search.codes import number_values
from leakdesk.search.finders import Alternatives, NumberBetween
from leakdesk.search.finders import Sequence as Words
from leakdesk.search.tree import FIELDS, QueryError
from leakdesk.search.words import both_cases

if TYPE_CHECKING:
    import tantivy

_LANGUAGES = ("ru", "be", "uk", "en", "und")
#: Fields whose values are few -> the values.
_VALUES = {
    "lang": _LANGUAGES,
    "kind": tuple(str(kind) for kind in Kind),
    "has": ("attachment", "note", "tag"),
}
_FOLDED_VALUES = frozenset({"lang", "kind", "has", "sender", "in"})
#: Values of has: that the case answers, not the index.
_HAS_OF_CASE = frozenset({"note", "tag"})
#: A document is like another if it shares this part of its telling words.
LIKE_SHARE = 0.2
#: Saved searches may name each other, this deep.
DEEPEST_SAVED = 5


def ask(asker: Asking, part: tree.Node, node: tree.Field) -> Asked:
    """The question for one value of a field, or for (value OR value)."""
    kind, _ = FIELDS[node.name]
    match part:
        case tree.Or():
            asked = [ask(asker, each, node) for each in part.parts]
            return Asked(
                clauses.any_of([each.query for each in asked]), tuple(f for each in asked for f in each.finders)
            )
        case tree.Word() | tree.Range() if kind == "date":
            low, high = (part.low, part.high) if isinstance(part, tree.Range) else (part.text, part.text)
            if node.name != "date":
                low, high = (low, "") if node.name == "since" else ("", high)
            return Asked(between_dates(asker, low, high, part.at))
        case tree.Range():
            return numbers(asker, part.low, part.high, part.at, f"{part.low}..{part.high}")
        case tree.Word() if kind == "number":
            return numbers(asker, part.text, part.text, part.at, part.text)
        case tree.Word() | tree.Pattern():
            return _value(asker, part.text, node)
        case _:
            raise QueryError(
                f"{node.name}: takes one value, or (value OR value)",
                node.at,
                try_=f"Write for example: {node.name}:value.",
            )


def _value(asker: Asking, text: str, node: tree.Field) -> Asked:
    special = {"like": _like, "new": _new, "saved": _saved}.get(node.name)
    if special is not None:
        return special(asker, text, node)
    name = FIELDS[node.name][1]
    value = text.lower() if name in _FOLDED_VALUES else text
    if not name or (name == "has" and value in _HAS_OF_CASE):
        return Asked(_resolved(asker, node.name if not name else f"has:{value}", text, node))
    if name in _VALUES and value not in _VALUES[name]:
        raise QueryError(
            f"{node.name}: does not take “{text[:20]}”",
            node.at,
            try_=f"It takes one of: {', '.join(_VALUES[name])}.",
        )
    if "*" in value or "?" in value:
        import tantivy

        wild = "".join(".*" if char == "*" else "." if char == "?" else regex.escape(char) for char in value)
        return Asked(clauses.scoreless(clauses.checked(tantivy.Query.regex_query, asker.schema, name, wild)))
    return Asked(clauses.term(asker.schema, name, value))


# ---- what the case answers


def _resolved(asker: Asking, name: str, text: str, node: tree.Field) -> tantivy.Query:
    resolver = asker.resolvers.get(name)
    if resolver is None:
        raise _only_in_a_case(node)
    documents = list(resolver(text))
    if not documents and node.name in ("entity", "place"):
        asker.notes.append(
            f"No document names {node.name} “{text[:60]}”. Entities are listed with: leakdesk names CASE"
        )
    return clauses.one_of_ids(asker.schema, documents)


def _only_in_a_case(node: tree.Field) -> QueryError:
    return QueryError(
        f"{node.name}: can only be asked in a case", node.at, try_="Leave it out, or search with the case open."
    )


def _saved(asker: Asking, text: str, node: tree.Field) -> Asked:
    """saved:NAME stands for the query of that name."""
    from leakdesk.search.grammar import parse

    found = _named(asker, text, node)
    if asker.depth >= DEEPEST_SAVED:
        raise QueryError(
            "saved searches name each other in a circle", node.at, try_=f"Save “{text[:40]}” anew without saved:."
        )
    asker.depth, spelling, asker.spelling = asker.depth + 1, asker.spelling, found.spelling
    try:
        return asker.ask(parse(found.query))
    finally:
        asker.depth, asker.spelling = asker.depth - 1, spelling


def _new(asker: Asking, text: str, node: tree.Field) -> Asked:
    """new:NAME is what came in since that saved search was last looked at."""
    return Asked(clauses.between(asker.schema, "seq", _named(asker, text, node).seen + 1, None))


def _named(asker: Asking, text: str, node: tree.Field) -> SavedSearch:
    if asker.saved is None:
        raise _only_in_a_case(node)
    found = asker.saved(text)
    if found is None:
        raise QueryError(
            f"no search was saved as “{text[:40]}”", node.at, try_="List what was saved with: leakdesk saved CASE"
        )
    return found


def _like(asker: Asking, text: str, node: tree.Field) -> Asked:
    """like:ID is what shares telling words with a document, the most alike first; not the document itself."""
    words = asker.telling_words(text) if asker.telling_words else None
    if words is None:
        raise QueryError(
            f"there is no document “{text[:40]}”", node.at, try_="Give the id of a document that was found."
        )
    queries = [
        clauses.boosted(
            clauses.best_of(
                [clauses.term(asker.schema, name, case) for name in ("body", "subject") for case in both_cases(each)]
            ),
            weight,
        )
        for each, weight in words.items()
    ]
    alike = clauses.any_of(queries, max(1, math.ceil(LIKE_SHARE * len(queries))))
    finders = tuple(Words(each, (Alternatives(dict.fromkeys(both_cases(each), "shared word")),)) for each in words)
    return Asked(clauses.all_of([alike], [clauses.term(asker.schema, "id", text)]), finders)


# ---- dates and numbers


def between_dates(asker: Asking, low: str, high: str, at: int | None = None) -> tantivy.Query:
    """Documents dated from the beginning of `low` to the end of `high`; either may be ""."""
    try:
        start = dates.span(low, asker.zone)[0] if low else None
        end = dates.span(high, asker.zone)[1] - 1 if high else None
    except (ValueError, OverflowError):
        raise QueryError(
            "this is no date",
            at,
            try_="Write 2023, 2023-07, 2023-Q3 or 2023-07-11, or two of them with .. between.",
        ) from None
    if start is None and end is None:
        raise QueryError("a range needs at least one end", at, try_="Write for example: date:2023.. or date:..2023.")
    if start is not None and end is not None and start > end:
        raise _backwards(low, high, at)
    return clauses.between(asker.schema, "date", start, end)


def numbers(asker: Asking, low: str, high: str, at: int, written: str) -> Asked:
    """Numbers of the text in a range, ends included."""
    bounds: list[float | None] = []
    for end in (low, high):
        plain = end.replace("\u00a0", "").lstrip("+")
        values = number_values(plain) if re.fullmatch(r"\+?[\d.,\u00a0]+", end) else ()
        if end and not values:
            raise QueryError(
                f"“{end[:20]}” is no number",
                at,
                try_="Write for example: number:1000..5000, or date:2023-07..2023-09.",
            )
        bounds.append(values[0] if values else None)
    first, last = bounds
    if first is None and last is None:
        raise QueryError(
            "a range needs at least one end", at, try_="Write for example: number:1000.. or number:..5000."
        )
    if first is not None and last is not None and first > last:
        raise _backwards(low, high, at)
    finder = NumberBetween(written, -math.inf if first is None else first, math.inf if last is None else last)
    return Asked(clauses.between(asker.schema, "number", first, last), (finder,))


def _backwards(low: str, high: str, at: int | None) -> QueryError:
    return QueryError("the range runs backwards", at, try_=f"Write the smaller end first: {high[:20]}..{low[:20]}.")
