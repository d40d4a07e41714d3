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
from typing import TYPE_CHECKING, TypeVar

from leakdesk.search import clauses, tree, values
from leakdesk.search.asked import Asked, Remembered, Resolver, SavedSearches, Spelling
from leakdesk.search.codes import asked_folds, number_values
from leakdesk.search.entry import MENDED
from leakdesk.search.finders import Alternatives, Broken, Designation, Finder, Nearby, NumberBetween
from leakdesk.search.finders import Sequence as Words
from leakdesk.search.patterns import Expression, letters_apart
from leakdesk.search.spellings import Spellings, exact
from leakdesk.search.tree import FIELDS, QueryError
from leakdesk.search.words import CAPITAL, WORD, bare, both_cases, term_of

if TYPE_CHECKING:
    import tantivy

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
#: Pairs that one NEAR looks for, at most: each word on its left with each on its right (10 ms and 1 MB each).
MOST_PAIRS = 150
#: The mark of a capital in an expression: the only character of terms that means something there.
_CAPITAL = rf"\{CAPITAL}"


_Part = TypeVar("_Part", tree.Word, tree.Phrase)


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
    saved: SavedSearches | None = None
    #: What a document is about: its telling words (terms) with their weights; None for a document that is not there.
    telling_words: Callable[[str], Mapping[str, float] | None] | None = None
    #: How deep a saved search stands in others.
    depth: int = 0
    remembered: Remembered = field(default_factory=Remembered)

    def ask(self, node: tree.Node, fields: tuple[str, ...] = ()) -> Asked:
        """The question for a node; `fields` are those a field prefix named, () for the default ones."""
        match node:
            case tree.Word():
                return self._again((node.text, node.exact, node.fuzzy, self.spelling, fields), self._word, node, fields)
            case tree.Pattern():
                return self._sequence(node.text, (Expression.of(node),), fields)
            case tree.Phrase() if not any(isinstance(each, tree.Pattern) for each in node.words):
                words = tuple((each.text, each.exact) for each in node.words if isinstance(each, tree.Word))
                return self._again((words, self.spelling, fields), self._phrase, node, fields)
            case tree.Phrase():
                return self._phrase(node, fields)
            case tree.Range():
                return values.numbers(self, node.low, node.high, node.at, f"{node.low}..{node.high}")
            case tree.Field():
                return self._field(node)
            case tree.Near():
                return self._near(node, fields)
            case tree.And():
                return self._all(node.parts, fields)
            case tree.Or():
                asked = [self.ask(part, fields) for part in node.parts]
                return Asked(
                    clauses.any_of([each.query for each in asked]),
                    tuple(finder for each in asked for finder in each.finders),
                )
            case tree.Not():
                return self._all((node,), fields)
            case tree.Everything():
                return Asked(clauses.everything())

    def _again(
        self, key: object, make: Callable[[_Part, tuple[str, ...]], Asked], part: _Part, fields: tuple[str, ...]
    ) -> Asked:
        """What a part became before, in this state of the index, or becomes now."""
        known = self.remembered.asked.get(key)
        if known is None:
            known = self.remembered.asked[key] = make(part, fields)
        return known

    # ---- words and phrases

    def _word(self, word: tree.Word, fields: tuple[str, ...]) -> Asked:
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
            clauses.any_of([asked.query, *(each.query for each in extra)]),
            (*asked.finders, *(f for each in extra for f in each.finders)),
        )

    def _alternatives(self, piece: str, variants: bool) -> Alternatives:
        return Alternatives(self.spellings.of(piece) if variants else exact(piece), loose=variants)

    def _codes(self, text: str, fields: tuple[str, ...]) -> list[Asked]:
        found = asked_folds(text)
        if not found:
            return []
        queries = [clauses.term(self.schema, "code", fold) for fold in found]
        return [Asked(clauses.any_of(queries), (Designation(text, frozenset(found), fields),))]

    def _same_number(self, word: tree.Word, fields: tuple[str, ...]) -> list[Asked]:
        if not any(char.isdigit() for char in word.text):
            return []
        meant = number_values(word.text) if re.fullmatch(r"[\d.,]+", word.text) else ()
        if not meant:
            return []
        value = meant[0]
        return [
            Asked(
                clauses.between(self.schema, "number", value, value), (NumberBetween(word.text, value, value, fields),)
            )
        ]

    def _phrase(self, phrase: tree.Phrase, fields: tuple[str, ...]) -> Asked:
        positions = tuple(self._positions(phrase.words))
        if not positions:
            raise QueryError(
                "this phrase has no letter or digit", phrase.at, try_="Write words between the quotation marks."
            )
        return self._sequence(" ".join(each.text for each in phrase.words), positions, fields)

    def _positions(self, words: Iterable[tree.Word | tree.Pattern]) -> Iterable[Alternatives]:
        for word in words:
            if isinstance(word, tree.Pattern):
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
            query = clauses.any_of([self._in_a_row(name, positions) for name in weights])
        return Asked(query, finders)

    def _is_mended(self, positions: tuple[Alternatives, ...]) -> bool:
        """Whether these words, in spellings other than exact ones, stand among the mended words."""
        return self.spelling == "variants" and all(
            each.loose and not isinstance(each, Expression) and self._present(MENDED, each.rules) for each in positions
        )

    def _one_of(self, alternatives: Alternatives, weights: Mapping[str, float]) -> tantivy.Query:
        queries: list[tantivy.Query] = []
        for name, weight in weights.items():
            if isinstance(alternatives, Expression):
                queries.append(self._fitting(name, alternatives))
                continue
            present = self._present(name, alternatives.rules)
            usual = _rarity(sum(count for _, count in present), self.searcher.num_docs)
            for term, count in present:
                # One idf for all spellings of a word: a rare romanisation is not a better answer than the usual one.
                share = weight * usual / _rarity(count, self.searcher.num_docs)
                share *= 1.0 if alternatives.rules[term] == "exact" else VARIANT_WEIGHT
                queries.append(clauses.boosted(clauses.term(self.schema, name, term), share))
        return clauses.best_of(queries)

    def _present(self, name: str, terms: Iterable[str]) -> list[tuple[str, int]]:
        present: list[tuple[str, int]] = []
        counts = self.remembered.counts
        for term in terms:
            count = counts.get((name, term))
            if count is None:
                count = counts[name, term] = self.searcher.doc_freq(name, term)
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
                return clauses.best_of(phrases)
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
        return clauses.best_of(
            [
                clauses.checked(
                    tantivy.Query.regex_phrase_query, self.schema, name, list(zip(places, parts, strict=True)), slop
                )
                for parts in product(*splits)
            ]
        )

    # ---- patterns

    def _fitting(self, name: str, pattern: Expression) -> tantivy.Query:
        """Documents with a word that fits. A mere beginning is asked for as such: that needs no automaton of letters."""
        import tantivy

        if pattern.beginning:
            begun = (pattern.beginning, CAPITAL + pattern.beginning)
            return clauses.best_of(
                [tantivy.Query.fuzzy_term_query(self.schema, name, each, 0, prefix=True) for each in begun]
            )
        return clauses.checked(tantivy.Query.regex_query, self.schema, name, pattern.pattern, at=pattern.at)

    def _fuzzy(self, word: tree.Word, pieces: list[str], fields: tuple[str, ...]) -> Asked:
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
                queries.append(clauses.boosted(fuzzy, weight * VARIANT_WEIGHT / (1 + word.fuzzy)))
        alternatives = Alternatives(rules, letters_apart(term, word.fuzzy))
        return Asked(clauses.any_of(queries), (Words(word.text, (alternatives,), fields),))

    # ---- NEAR

    def _near(self, node: tree.Near, fields: tuple[str, ...]) -> Asked:
        lefts, rights = self._operand(node.left, node, fields), self._operand(node.right, node, fields)
        names = fields or tuple(DEFAULT_FIELDS)
        if len(lefts) * len(rights) > MOST_PAIRS:
            raise QueryError(
                f"NEAR joins {len(lefts)} and {len(rights)} words or phrases; at most {MOST_PAIRS} pairs are looked for",
                node.at,
                try_="Split the query into several.",
            )
        queries: list[tantivy.Query] = []
        for left, right in product(lefts, rights):
            for name in names:
                queries += self._near_in(name, left.positions, right.positions, node)
        return Asked(clauses.any_of(queries), (Nearby(tuple(lefts), tuple(rights), node.distance, fields),))

    def _near_in(
        self, name: str, left: tuple[Alternatives, ...], right: tuple[Alternatives, ...], node: tree.Near
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

    def _operand(self, node: tree.Node, near: tree.Near, fields: tuple[str, ...]) -> list[Words]:
        match node:
            case tree.Word(fuzzy=0):
                positions = tuple(self._positions((node,)))
                if positions:
                    return [Words(node.text, positions, fields)]
            case tree.Pattern():
                return [Words(node.text, (Expression.of(node),), fields)]
            case tree.Phrase():
                return [Words(" ".join(each.text for each in node.words), tuple(self._positions(node.words)), fields)]
            case tree.Or():
                return [each for part in node.parts for each in self._operand(part, near, fields)]
            case _:
                pass
        raise QueryError(
            "NEAR stands between words, phrases, or (words OR words)",
            near.at,
            try_="Write for example: Harbachou NEAR/5 (plant OR завод).",
        )

    # ---- fields

    def _field(self, node: tree.Field) -> Asked:
        kind, name = FIELDS[node.name]
        if kind == "text":
            return self.ask(node.part, (name,))
        return values.ask(self, node.part, node)

    # ---- logic

    def _all(self, parts: Sequence[tree.Node], fields: tuple[str, ...]) -> Asked:
        must: list[Asked] = []
        banned: list[tantivy.Query] = []
        for part in parts:
            if isinstance(part, tree.Not):
                banned.append(self.ask(part.part, fields).query)
            elif not (isinstance(part, tree.Word) and not WORD.search(part.text)):
                must.append(self.ask(part, fields))
        if not must and not banned:
            return self._word(next(part for part in parts if isinstance(part, tree.Word)), fields)
        query = clauses.all_of([each.query for each in must], banned)
        return Asked(query, tuple(finder for each in must for finder in each.finders))


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
        parts[-1].append(term.replace(CAPITAL, _CAPITAL))
        size += length
    return ["(?:" + "|".join(part) + ")" for part in parts if part]
