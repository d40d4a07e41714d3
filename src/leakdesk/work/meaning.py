"""Search by meaning in a case: vectors for texts that have none, and questions answered by words and meaning together."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from leakdesk.errors import UsageError
from leakdesk.language.detect import detect
from leakdesk.model.document import Role, Segment
from leakdesk.search import meaning, tree
from leakdesk.search.asked import Spelling
from leakdesk.search.grammar import parse
from leakdesk.search.meaning import Model, Near, Passage, Vectors
from leakdesk.search.results import Hit, Results, TextForSearch, TextMatch
from leakdesk.search.searcher import Filters, Searcher
from leakdesk.store.case import CaseStore
from leakdesk.store.rows import chunks, from_json
from leakdesk.store.tables import documents, text_layers
from leakdesk.work.searching import texts_for_search

#: Text layers whose vectors are made and kept together: what an interruption costs.
_AT_ONCE = 20
#: Passages near a question that are looked at, and documents of each of the two rankings that are fused.
MOST_NEAR, MOST_RANKED = 1_000, 200
#: Documents that nothing but their meaning brought, at most.
MOST_BY_MEANING = 50
#: Words of a question that are looked for as such have so many letters at least.
SHORTEST = 4
_NOTHING = "id:none"
_NOTE = "Search by meaning: a model finds what is likely about the same thing. Read each hit before you believe it."


def prepare(
    store: CaseStore, say: Callable[[int, int], None] | None = None, *, model: Model | None = None
) -> dict[str, Any]:
    """Make the vectors that are missing; what is done stays when this is interrupted. Raises MeaningMissingError."""
    began = time.monotonic()
    using = model or meaning.SmallMultilingual()
    vectors = Vectors(store.layout.vectors, using, writing=True)
    made = 0
    try:
        waiting = _waiting(store, vectors)
        for some in chunks(waiting, _AT_ONCE):
            made += _take_in(store, vectors, using, some)
            if say is not None:
                say(min(len(waiting), made), len(waiting))
        return {
            "documents": made,
            "passages": len(vectors),
            "seconds": round(time.monotonic() - began, 3),
        }
    finally:
        vectors.close()


def _waiting(store: CaseStore, vectors: Vectors) -> list[str]:
    """The current text layers without vectors."""
    known = vectors.layers()
    with store.connect() as connection:
        rows = connection.execute(select(documents.c.layer).where(documents.c.layer.is_not(None)))
        return [str(layer) for (layer,) in rows if layer not in known]


def _take_in(store: CaseStore, vectors: Vectors, model: Model, layers: Sequence[str]) -> int:
    passages: list[Passage] = []
    texts: list[str] = []
    for document, layer, text, segments in _texts(store, layers):
        for start, end in meaning.passages_of(text, segments):
            passages.append(Passage(document, layer, start, end, detect(text[start:end])))
            texts.append(text[start:end])
    vectors.add(layers, passages, model.passages(texts) if texts else None)
    return len(layers)


def _texts(store: CaseStore, layers: Sequence[str]) -> Iterator[tuple[str, str, str, tuple[Segment, ...]]]:
    asked = select(documents.c.id, text_layers.c.id, text_layers.c.text, text_layers.c.segments)
    joined = asked.join(text_layers, text_layers.c.id == documents.c.layer)
    with store.connect() as connection:
        for row in connection.execute(joined.where(text_layers.c.id.in_(layers)).order_by(documents.c.seq)):
            document, layer, text, segments = row
            runs = tuple(Segment(start=s, end=e, role=Role(role)) for s, e, role, _ in from_json(segments) or ())
            yield document, layer, text or "", runs


# ---- asking


def search(
    store: CaseStore,
    searcher: Searcher,
    query: str,
    *,
    spelling: Spelling = "variants",
    limit: int = 20,
    offset: int = 0,
    model: Model | None = None,
    filters: Filters | None = None,
) -> Results:
    """One page of what words and meaning find together. `total` counts the documents listed: a ranking has an end where
    likeness says nothing more. Fields and options narrow both. Raises MeaningMissingError, QueryError."""
    began = time.perf_counter()
    words, within = _taken_apart(query)
    using = model or meaning.SmallMultilingual()
    vectors = Vectors(store.layout.vectors, using)
    try:
        if not vectors.ready:
            raise UsageError(
                "this case is not prepared for search by meaning", try_="Prepare it with: leakdesk meaning CASE"
            )
        near = vectors.nearest(using.question(words), MOST_NEAR)
        missing = len(_waiting(store, vectors))
    finally:
        vectors.close()
    nearest = meaning.one_a_document(near, _layers(store, [each.passage.document for each in near]))
    allowed = searcher.narrowed(list(nearest), within, **(filters or {}))
    by_meaning = [document for document in nearest if document in allowed][:MOST_BY_MEANING]
    terms = list(dict.fromkeys(filter(_is_telling, words.split())))
    by_words = searcher.any_of(terms, MOST_RANKED, spelling=spelling) if terms else []
    inside = searcher.narrowed([document for document, _ in by_words], within, **(filters or {}))
    ranking = meaning.fused([by_meaning, [document for document, _ in by_words if document in inside]])
    page = ranking[offset : offset + limit]
    texts = texts_for_search(store, [document for document, _ in page])
    hits = searcher.shown(page, " OR ".join(map(_quoted, terms)) or _NOTHING, spelling=spelling)
    found = tuple(
        _labelled(hit, nearest[hit.document], words, texts[hit.document]) if hit.document in by_meaning else hit
        for hit in hits
    )
    notes = (_NOTE, *((f"{missing:,} documents are not prepared yet: leakdesk meaning CASE",) if missing else ()))
    took = round((time.perf_counter() - began) * 1000, 3)
    return Results(query=query, total=len(ranking), took_ms=took, hits=found, notes=notes)


def _taken_apart(query: str) -> tuple[str, str]:
    """The words of a question, and what narrows it (fields, NOT, ranges), as a query of its own. Raises UsageError."""
    node = parse(query)
    parts = node.parts if isinstance(node, tree.And) else (node,)
    words: list[str] = []
    marks: list[tuple[int, int]] = []
    for part in parts:
        match part:
            case tree.Word(exact=False, fuzzy=0):
                words.append(part.text)
                marks.append((part.at, part.at + len(part.text)))
            case tree.Field() | tree.Not() | tree.Range():
                pass
            case _:
                raise UsageError(
                    "a question for its meaning is written in plain words",
                    try_="Write words, and fields such as lang: or date: to narrow them; no phrases, OR or NEAR.",
                )
    text = " ".join(words)
    if not any(map(str.isalpha, text)):
        raise UsageError("this question has no words", try_="Write what you look for, as in: who paid for the kiln")
    rest = "".join(char for at, char in enumerate(query) if not any(start <= at < end for start, end in marks))
    return text, " ".join(part for part in rest.split() if part != "AND")


def _is_telling(word: str) -> bool:
    """Whether a word of a question is looked for as such: who, the and to are not."""
    return sum(map(str.isalpha, word)) >= SHORTEST or any(char.isupper() or char.isdigit() for char in word[1:])


def _quoted(term: str) -> str:
    return '"' + term.replace('"', " ") + '"'


def _layers(store: CaseStore, wanted: Sequence[str]) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    with store.connect() as connection:
        for some in chunks(sorted(set(wanted)), 400):
            rows = connection.execute(select(documents.c.id, documents.c.layer).where(documents.c.id.in_(some)))
            found.update((str(own), layer) for own, layer in rows)
    return found


def _labelled(hit: Hit, near: Near, words: str, shown: TextForSearch) -> Hit:
    """A hit with the passage that is near, and the sentence that says so."""
    start, end = near.passage.start, near.passage.end
    passage = TextMatch(start=start, end=end, text=shown.text[start:end], term=words, rule=meaning.RULE)
    return replace(
        hit,
        matches=(*hit.matches, passage),
        snippet=shown.text[start:end],
        snippet_start=start,
        snippet_end=end,
        in_quoted=False,
        written_in=None,
    )
