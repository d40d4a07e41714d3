"""The parts of a question to the index, each a line of tantivy's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from leakdesk.search.patterns import pattern_error

if TYPE_CHECKING:
    import tantivy


def any_of(queries: Sequence[tantivy.Query], least: int | None = None) -> tantivy.Query:
    """One of them, or `least` of them; scores add up."""
    import tantivy

    if not queries:
        return tantivy.Query.empty_query()
    if len(queries) == 1:
        return queries[0]
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, each) for each in queries], least)


def all_of(must: Iterable[tantivy.Query], banned: Iterable[tantivy.Query] = ()) -> tantivy.Query:
    """All of `must` (everything, if there is none) and nothing of `banned`."""
    import tantivy

    clauses = [(tantivy.Occur.Must, each) for each in must] or [(tantivy.Occur.Must, everything())]
    clauses += [(tantivy.Occur.MustNot, each) for each in banned]
    return clauses[0][1] if len(clauses) == 1 else tantivy.Query.boolean_query(clauses)


def best_of(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    """One of them; the best one's score counts."""
    import tantivy

    if not queries:
        return tantivy.Query.empty_query()
    return queries[0] if len(queries) == 1 else tantivy.Query.disjunction_max_query(queries)


def everything() -> tantivy.Query:
    """Every document, without a score."""
    import tantivy

    return scoreless(tantivy.Query.all_query())


def scoreless(query: tantivy.Query) -> tantivy.Query:
    """A question that chooses and does not rank."""
    import tantivy

    return tantivy.Query.const_score_query(query, 0.0)


def boosted(query: tantivy.Query, weight: float) -> tantivy.Query:
    """A question whose score weighs more or less."""
    import tantivy

    return query if weight == 1.0 else tantivy.Query.boost_query(query, weight)


def term(schema: tantivy.Schema, name: str, value: str) -> tantivy.Query:
    """A term of a field."""
    import tantivy

    return tantivy.Query.term_query(schema, name, value)


def one_of_ids(schema: tantivy.Schema, documents: Sequence[str]) -> tantivy.Query:
    """These documents."""
    import tantivy

    if not documents:
        return tantivy.Query.empty_query()
    return scoreless(tantivy.Query.term_set_query(schema, "id", documents))


def between(schema: tantivy.Schema, name: str, low: float | None, high: float | None) -> tantivy.Query:
    """A number from `low` to `high`, both included; None is no end."""
    import tantivy

    kind = tantivy.FieldType.Float if name == "number" else tantivy.FieldType.Integer
    return scoreless(tantivy.Query.range_query(schema, name, kind, low, high))


def checked(make: Callable[..., tantivy.Query], *arguments: object, at: int | None = None) -> tantivy.Query:
    """A question that the index may find too large; raises QueryError."""
    try:
        return make(*arguments)
    except ValueError as problem:
        raise pattern_error(str(problem), at) from None


def in_a_row(schema: tantivy.Schema, name: str, terms: Sequence[str]) -> tantivy.Query:
    """These terms one after the other, as they are."""
    import tantivy

    if len(terms) == 1:
        return term(schema, name, terms[0])
    return tantivy.Query.phrase_query(schema, name, list(enumerate(terms)))
