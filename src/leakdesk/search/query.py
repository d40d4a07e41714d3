"""From a query's tree to what the index is asked, and to the finders that show the same places in a text.

Each part of a query gives both at once, from the same alternatives, so that what is counted and what is shown agree.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from itertools import product
from typing import TYPE_CHECKING, Literal

import regex

from leakdesk.model.document import Kind
from leakdesk.search import dates, grammar
from leakdesk.search.codes import asked_folds, number_values
from leakdesk.search.entry import MENDED
from leakdesk.search.grammar import FIELDS, QueryError
from leakdesk.search.highlight import Alternatives, Broken, Designation, Finder, Nearby, NumberBetween
from leakdesk.search.highlight import Sequence as Words
from leakdesk.search.patterns import Expression, letters_apart, pattern_error
from leakdesk.search.spellings import Spellings, exact
from leakdesk.search.words import WORD, bare, both_cases, term_of

if TYPE_CHECKING:
    import tantivy

Spelling = Literal["exact", "variants"]
Resolver = Callable[[str], Iterable[str]]
"""A case's answer to tag:, entity: or place: -> the ids of the documents that have it."""

#: Where a word is looked for when no field is named, and what a place there weighs.
DEFAULT_FIELDS: Mapping[str, float] = {"body": 1.0, "subject": 1.6, "header": 0.7, "quoted": 0.6, "filename": 1.0}
#: What a place in mended words weighs; only a search in every spelling of all fields looks there.
MENDED_WEIGHT = 0.8
#: What a hit by another spelling weighs against one as written.
VARIANT_WEIGHT = 0.9
#: A phrase whose positions allow at most so many combinations is asked as that many phrases, else by an automaton ...
MOST_PHRASES = 32
#: ... of at most so many bytes a position (tantivy refuses 1,000 states); longer lists are split.
AUTOMATON_BYTES = 600
#: At most so many automata, or exact positions of NEAR, for one part of a query.
MOST_SPLITS = 400
_LANGUAGES = ("ru", "be", "uk", "en", "und")
_VALUES = {"lang": _LANGUAGES, "kind": tuple(str(kind) for kind in Kind), "has": ("attachment",)}
_FOLDED_VALUES = frozenset({"lang", "kind", "has", "sender", "in"})


@dataclass(frozen=True, slots=True)
class Asked:
    """One part of a query: what the index is asked, and the finders for the texts of the hits."""

    query: tantivy.Query
    finders: tuple[Finder, ...] = ()


@dataclass(slots=True)
class Asker:
    """Translates trees for one state of the index. `notes` collects what a person should know of the answer."""

    schema: tantivy.Schema
    searcher: tantivy.Searcher
    spellings: Spellings
    spelling: Spelling = "variants"
    zone: tzinfo = UTC
    resolvers: Mapping[str, Resolver] = field(default_factory=dict[str, Resolver])
    notes: list[str] = field(default_factory=list[str])
    #: (field, term) -> documents that have it, remembered for one state of the index.
    counts: dict[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])

    def ask(self, node: grammar.Node, fields: tuple[str, ...] = ()) -> Asked:
        """The question for a node; `fields` are those a field prefix named, () for the default ones."""
        match node:
            case grammar.Word():
                return self._word(node, fields)
            case grammar.Pattern():
                return self._sequence(node.text, (Expression.of(node),), fields)
            case grammar.Phrase():
                return self._phrase(node, fields)
            case grammar.Range():
                return self._numbers(node.low, node.high, node.at, f"{node.low}..{node.high}")
            case grammar.Field():
                return self._field(node)
            case grammar.Near():
                return self._near(node, fields)
            case grammar.And():
                return self._all(node.parts, fields)
            case grammar.Or():
                asked = [self.ask(part, fields) for part in node.parts]
                return Asked(
                    self._any([each.query for each in asked]),
                    tuple(finder for each in asked for finder in each.finders),
                )
            case grammar.Not():
                return self._all((node,), fields)
            case grammar.Everything():
                return Asked(self._everything())

    # ---- words and phrases

    def _word(self, word: grammar.Word, fields: tuple[str, ...]) -> Asked:
        pieces = WORD.findall(word.text)
        if not pieces:
            raise QueryError(
                f"“{word.text[:20]}” has no letter or digit",
                word.at,
                try_="Only words and numbers can be searched; leave it out.",
            )
        if word.fuzzy:
            return self._fuzzy(word, pieces, fields)
        variants = self.spelling == "variants" and not word.exact
        asked = self._sequence(word.text, tuple(self._alternatives(piece, variants) for piece in pieces), fields)
        if not variants or (fields and "body" not in fields):
            return asked
        extra = [*self._codes(word.text, fields), *self._same_number(word, fields)]
        if not extra:
            return asked
        return Asked(
            self._any([asked.query, *(each.query for each in extra)]),
            (*asked.finders, *(f for each in extra for f in each.finders)),
        )

    def _alternatives(self, piece: str, variants: bool) -> Alternatives:
        return Alternatives(self.spellings.of(piece) if variants else exact(piece), loose=variants)

    def _codes(self, text: str, fields: tuple[str, ...]) -> list[Asked]:
        found = asked_folds(text)
        if not found:
            return []
        queries = [self._term("code", fold) for fold in found]
        return [Asked(self._any(queries), (Designation(text, frozenset(found), fields),))]

    def _same_number(self, word: grammar.Word, fields: tuple[str, ...]) -> list[Asked]:
        if not any(char.isdigit() for char in word.text):
            return []
        values = number_values(word.text) if re.fullmatch(r"[\d.,]+", word.text) else ()
        if not values:
            return []
        value = values[0]
        return [Asked(self._between("number", value, value), (NumberBetween(word.text, value, value, fields),))]

    def _phrase(self, phrase: grammar.Phrase, fields: tuple[str, ...]) -> Asked:
        positions = tuple(self._positions(phrase.words))
        if not positions:
            raise QueryError(
                "this phrase has no letter or digit", phrase.at, try_="Write words between the quotation marks."
            )
        return self._sequence(" ".join(each.text for each in phrase.words), positions, fields)

    def _positions(self, words: Iterable[grammar.Word | grammar.Pattern]) -> Iterable[Alternatives]:
        for word in words:
            if isinstance(word, grammar.Pattern):
                yield Expression.of(word)
            else:
                variants = self.spelling == "variants" and not word.exact
                yield from (self._alternatives(piece, variants) for piece in WORD.findall(word.text))

    def _sequence(self, term: str, positions: tuple[Alternatives, ...], fields: tuple[str, ...]) -> Asked:
        weights = dict.fromkeys(fields, 1.0) or DEFAULT_FIELDS
        finders: tuple[Finder, ...] = (Words(term, positions, fields),)
        if not fields and self._is_mended(positions):
            weights = {**weights, MENDED: MENDED_WEIGHT}
            finders += (Broken(term, positions),)
        if len(positions) == 1:
            query = self._one_of(positions[0], weights)
        else:
            query = self._any([self._in_a_row(name, positions) for name in weights])
        return Asked(query, finders)

    def _is_mended(self, positions: tuple[Alternatives, ...]) -> bool:
        """Whether these words, in spellings other than exact ones, stand among the mended words."""
        return self.spelling == "variants" and all(
            each.loose and not isinstance(each, Expression) and self._present(MENDED, each.rules) for each in positions
        )

    def _one_of(self, alternatives: Alternatives, weights: Mapping[str, float]) -> tantivy.Query:
        import tantivy

        queries: list[tantivy.Query] = []
        for name, weight in weights.items():
            if isinstance(alternatives, Expression):
                queries.append(
                    self._checked(
                        tantivy.Query.regex_query, self.schema, name, alternatives.pattern, at=alternatives.at
                    )
                )
                continue
            present = self._present(name, alternatives.rules)
            usual = _rarity(sum(count for _, count in present), self.searcher.num_docs)
            for term, count in present:
                # One idf for all spellings of a word: a rare romanisation is not a better answer than the usual one.
                share = weight * usual / _rarity(count, self.searcher.num_docs)
                share *= 1.0 if alternatives.rules[term] == "exact" else VARIANT_WEIGHT
                queries.append(self._boosted(self._term(name, term), share))
        return self._best(queries)

    def _present(self, name: str, terms: Iterable[str]) -> list[tuple[str, int]]:
        present: list[tuple[str, int]] = []
        for term in terms:
            count = self.counts.get((name, term))
            if count is None:
                count = self.counts[name, term] = self.searcher.doc_freq(name, term)
            if count:
                present.append((term, count))
        return present

    def _in_a_row(
        self, name: str, positions: Sequence[Alternatives], slop: int = 0, gaps: Sequence[int] = ()
    ) -> tantivy.Query:
        """A phrase in one field: `slop` words may stand between; `gaps` are exact positions instead of 0, 1, 2 ..."""
        import tantivy

        places = list(gaps) or list(range(len(positions)))
        if not any(isinstance(each, Expression) for each in positions):
            present = [[term for term, _ in self._present(name, each.rules)] for each in positions]
            if not all(present):
                return tantivy.Query.empty_query()
            if math.prod(map(len, present)) <= MOST_PHRASES:
                phrases = [
                    tantivy.Query.phrase_query(self.schema, name, list(zip(places, terms, strict=True)), slop)
                    for terms in product(*present)
                ]
                return self._best(phrases)
            splits = [_automata(terms) for terms in present]
        else:
            splits = [
                [each.pattern]
                if isinstance(each, Expression)
                else _automata([term for term, _ in self._present(name, each.rules)])
                for each in positions
            ]
        if math.prod(map(len, splits)) > MOST_SPLITS:
            raise QueryError(
                "this phrase has too many spellings",
                try_='Write some of its words as they are written, with =, as in "Олег" =Горбачёв.',
            )
        return self._best(
            [
                self._checked(
                    tantivy.Query.regex_phrase_query, self.schema, name, list(zip(places, parts, strict=True)), slop
                )
                for parts in product(*splits)
            ]
        )

    # ---- patterns

    def _fuzzy(self, word: grammar.Word, pieces: list[str], fields: tuple[str, ...]) -> Asked:
        import tantivy

        if len(pieces) > 1:
            raise QueryError("~ follows a single word", word.at, try_="Write for example: Harbachou~1.")
        term = bare(term_of(pieces[0]))
        if len(term) < 3:
            raise QueryError("~ needs a word of three letters or more", word.at, try_="Write more of the word.")
        rules = self._alternatives(pieces[0], self.spelling == "variants" and not word.exact).rules
        weights = dict.fromkeys(fields, 1.0) or DEFAULT_FIELDS
        queries = [self._one_of(Alternatives(rules), weights)]
        for name, weight in weights.items():
            for each in both_cases(term):
                fuzzy = tantivy.Query.fuzzy_term_query(self.schema, name, each, word.fuzzy, True)
                queries.append(self._boosted(fuzzy, weight * VARIANT_WEIGHT / (1 + word.fuzzy)))
        alternatives = Alternatives(rules, letters_apart(term, word.fuzzy))
        return Asked(self._any(queries), (Words(word.text, (alternatives,), fields),))

    # ---- NEAR

    def _near(self, node: grammar.Near, fields: tuple[str, ...]) -> Asked:
        lefts, rights = self._operand(node.left, node, fields), self._operand(node.right, node, fields)
        names = fields or tuple(DEFAULT_FIELDS)
        queries: list[tantivy.Query] = []
        for left, right in product(lefts, rights):
            for name in names:
                queries += self._near_in(name, left.positions, right.positions, node)
        return Asked(self._any(queries), (Nearby(tuple(lefts), tuple(rights), node.distance, fields),))

    def _near_in(
        self, name: str, left: tuple[Alternatives, ...], right: tuple[Alternatives, ...], node: grammar.Near
    ) -> list[tantivy.Query]:
        if len(left) == len(right) == 1 and not _overlap(left[0], right[0]):
            return [self._in_a_row(name, (*pair,), node.distance - 1) for pair in ((*left, *right), (*right, *left))]
        if 2 * node.distance > MOST_SPLITS // 8:
            raise QueryError(
                "NEAR with a phrase, or with words that can be the same one, takes at most 25 words of distance",
                node.at,
                try_="Write for example: NEAR/10.",
            )
        return [
            self._in_a_row(
                name,
                (*first, *second),
                gaps=[*range(len(first)), *range(len(first) - 1 + gap, len(first) - 1 + gap + len(second))],
            )
            for first, second in ((left, right), (right, left))
            for gap in range(1, node.distance + 1)
        ]

    def _operand(self, node: grammar.Node, near: grammar.Near, fields: tuple[str, ...]) -> list[Words]:
        match node:
            case grammar.Word(fuzzy=0):
                positions = tuple(self._positions((node,)))
                if positions:
                    return [Words(node.text, positions, fields)]
            case grammar.Pattern():
                return [Words(node.text, (Expression.of(node),), fields)]
            case grammar.Phrase():
                return [Words(" ".join(each.text for each in node.words), tuple(self._positions(node.words)), fields)]
            case grammar.Or():
                return [each for part in node.parts for each in self._operand(part, near, fields)]
            case _:
                pass
        raise QueryError(
            "NEAR stands between words, phrases, or (words OR words)",
            near.at,
            try_="Write for example: Harbachou NEAR/5 (plant OR завод).",
        )

    # ---- fields

    def _field(self, node: grammar.Field) -> Asked:
        kind, name = FIELDS[node.name]
        if kind == "text":
            return self.ask(node.part, (name,))
        return self._valued(node.part, node, name)

    def _valued(self, part: grammar.Node, node: grammar.Field, name: str) -> Asked:
        match part:
            case grammar.Or():
                return Asked(self._any([self._valued(each, node, name).query for each in part.parts]))
            case grammar.Word() | grammar.Range() if FIELDS[node.name][0] == "date":
                return Asked(self._dated(part, node))
            case grammar.Range():
                return self._numbers(part.low, part.high, part.at, f"{part.low}..{part.high}")
            case grammar.Word() if FIELDS[node.name][0] == "number":
                return self._numbers(part.text, part.text, part.at, part.text)
            case grammar.Word():
                return Asked(self._value(part.text, node, name))
            case grammar.Pattern():
                return Asked(self._value(part.text, node, name))
            case _:
                raise QueryError(
                    f"{node.name}: takes one value, or (value OR value)",
                    node.at,
                    try_=f"Write for example: {node.name}:value.",
                )

    def _value(self, text: str, node: grammar.Field, name: str) -> tantivy.Query:
        import tantivy

        if not name:
            return self._resolved(text, node)
        value = text.lower() if name in _FOLDED_VALUES else text
        if name in _VALUES and value not in _VALUES[name]:
            raise QueryError(
                f"{node.name}: does not take “{text[:20]}”",
                node.at,
                try_=f"It takes one of: {', '.join(_VALUES[name])}.",
            )
        if "*" in value or "?" in value:
            wild = "".join(".*" if char == "*" else "." if char == "?" else regex.escape(char) for char in value)
            return self._checked(tantivy.Query.regex_query, self.schema, name, wild)
        return self._term(name, value)

    def _resolved(self, text: str, node: grammar.Field) -> tantivy.Query:
        import tantivy

        resolver = self.resolvers.get(node.name)
        if resolver is None:
            raise QueryError(
                f"{node.name}: can only be asked in a case", node.at, try_="Leave it out, or search with the case open."
            )
        documents = list(resolver(text))
        return (
            self._scoreless(tantivy.Query.term_set_query(self.schema, "id", documents))
            if documents
            else tantivy.Query.empty_query()
        )

    def _dated(self, part: grammar.Word | grammar.Range, node: grammar.Field) -> tantivy.Query:
        low, high = (part.low, part.high) if isinstance(part, grammar.Range) else (part.text, part.text)
        if node.name != "date":
            low, high = (low, "") if node.name == "since" else ("", high)
        return self.between_dates(low, high, part.at)

    def between_dates(self, low: str, high: str, at: int | None = None) -> tantivy.Query:
        """Documents dated from the beginning of `low` to the end of `high`; either may be ""."""
        try:
            start = dates.span(low, self.zone)[0] if low else None
            end = dates.span(high, self.zone)[1] - 1 if high else None
        except (ValueError, OverflowError):
            raise QueryError(
                "this is no date",
                at,
                try_="Write 2023, 2023-07, 2023-Q3 or 2023-07-11, or two of them with .. between.",
            ) from None
        if start is None and end is None:
            raise QueryError(
                "a range needs at least one end", at, try_="Write for example: date:2023.. or date:..2023."
            )
        return self._between("date", start, end)

    def _numbers(self, low: str, high: str, at: int, written: str) -> Asked:
        bounds: list[float | None] = []
        for end in (low, high):
            values = (
                number_values(end.replace("\u00a0", "").lstrip("+")) if re.fullmatch(r"\+?[\d.,\u00a0]+", end) else ()
            )
            if end and not values:
                raise QueryError(
                    f"“{end[:20]}” is no number",
                    at,
                    try_="Write for example: number:1000..5000, or date:2023-07..2023-09.",
                )
            bounds.append(values[0] if values else None)
        if bounds == [None, None]:
            raise QueryError(
                "a range needs at least one end", at, try_="Write for example: number:1000.. or number:..5000."
            )
        first, last = bounds
        finder = NumberBetween(written, -math.inf if first is None else first, math.inf if last is None else last)
        return Asked(self._between("number", first, last), (finder,))

    # ---- logic

    def _all(self, parts: Sequence[grammar.Node], fields: tuple[str, ...]) -> Asked:
        import tantivy

        must: list[Asked] = []
        banned: list[tantivy.Query] = []
        for part in parts:
            if isinstance(part, grammar.Not):
                banned.append(self.ask(part.part, fields).query)
            elif not (isinstance(part, grammar.Word) and not WORD.search(part.text)):
                must.append(self.ask(part, fields))
        if not must and not banned:
            return self._word(next(part for part in parts if isinstance(part, grammar.Word)), fields)
        clauses = [(tantivy.Occur.Must, each.query) for each in must] or [(tantivy.Occur.Must, self._everything())]
        clauses += [(tantivy.Occur.MustNot, each) for each in banned]
        return Asked(tantivy.Query.boolean_query(clauses), tuple(finder for each in must for finder in each.finders))

    def _any(self, queries: Sequence[tantivy.Query]) -> tantivy.Query:
        import tantivy

        return (
            queries[0]
            if len(queries) == 1
            else tantivy.Query.boolean_query([(tantivy.Occur.Should, each) for each in queries])
        )

    def _best(self, queries: Sequence[tantivy.Query]) -> tantivy.Query:
        import tantivy

        if not queries:
            return tantivy.Query.empty_query()
        return queries[0] if len(queries) == 1 else tantivy.Query.disjunction_max_query(queries)

    def _everything(self) -> tantivy.Query:
        import tantivy

        return self._scoreless(tantivy.Query.all_query())

    def _scoreless(self, query: tantivy.Query) -> tantivy.Query:
        import tantivy

        return tantivy.Query.const_score_query(query, 0.0)

    def _boosted(self, query: tantivy.Query, weight: float) -> tantivy.Query:
        import tantivy

        return query if weight == 1.0 else tantivy.Query.boost_query(query, weight)

    def _term(self, name: str, value: str) -> tantivy.Query:
        import tantivy

        return tantivy.Query.term_query(self.schema, name, value)

    def _between(self, name: str, low: float | None, high: float | None) -> tantivy.Query:
        import tantivy

        kind = tantivy.FieldType.Float if name == "number" else tantivy.FieldType.Integer
        return self._scoreless(tantivy.Query.range_query(self.schema, name, kind, low, high))

    def _checked(self, make: Callable[..., tantivy.Query], *arguments: object, at: int | None = None) -> tantivy.Query:
        try:
            return make(*arguments)
        except ValueError as problem:
            raise pattern_error(str(problem), at) from None


def _overlap(left: Alternatives, right: Alternatives) -> bool:
    """Whether one word can be both: then a phrase that may be loose would find it near itself."""
    if isinstance(left, Expression) and isinstance(right, Expression):
        return True
    return any(right.rule(term) is not None for term in left.rules) or any(
        left.rule(term) is not None for term in right.rules
    )


def _rarity(count: int, total: int) -> float:
    return math.log(1 + (total - min(count, total) + 0.5) / (min(count, total) + 0.5))


def _automata(terms: Sequence[str]) -> list[str]:
    """Terms as alternations, none longer than an automaton may be."""
    parts: list[list[str]] = [[]]
    size = 0
    for term in terms:
        length = len(term.encode())
        if size + length > AUTOMATON_BYTES and parts[-1]:
            parts.append([])
            size = 0
        parts[-1].append(regex.escape(term))
        size += length
    return ["(?:" + "|".join(part) + ")" for part in parts if part]
