"""The goods that a case's texts name, against the built-in tables and the control lists that were added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from leakdesk.model.anchor import Anchor, anchor_at
from leakdesk.model.entity import Mention
from leakdesk.model.plain import to_plain
from leakdesk.screening.entry import EXPORT_CONTROL, Good
from leakdesk.screening.goods import NEAR_MODEL, Category, NamedGoods, dotted, goods_in
from leakdesk.screening.snapshot import Snapshot
from leakdesk.screening.ties import Tie
from leakdesk.store import found
from leakdesk.store.tables import documents, text_layers
from leakdesk.work.lists import KnownList
from leakdesk.work.ties import case_ties

Plain = dict[str, Any]
#: Places that a line shows; all are counted.
MOST_PLACES = 5
#: Sentences about who has to do with a model; `ties` has them all.
MOST_TIES = 4
#: How sure a recognition is, by how the goods were named. Never sure: a letter tells no parameters.
SCORES: Mapping[str, float] = {"customs code": 0.7, "plain name": 0.5}
WITH_MODEL = 0.6


@dataclass(slots=True)
class _Line:
    """One kind of goods under one category, with its places."""

    category: Category
    goods: NamedGoods
    entity: str | None
    model: str
    anchors: list[Anchor] = field(default_factory=list[Anchor])
    documents: set[str] = field(default_factory=set[str])
    spelled: dict[str, int] = field(default_factory=dict[str, int])
    places: int = 0


def goods_lines(connection: Connection, lists: Sequence[tuple[KnownList, Snapshot]], *, built_in: bool) -> list[Plain]:
    """A line for each kind of goods (and each model of it) under each category, then a summary for each list."""
    added: list[tuple[str, str, Sequence[Good]]] = [
        (one.label, one.date, held) for one, snapshot in lists if (held := snapshot.goods())
    ]
    if not added and not built_in:
        return []
    lines: dict[tuple[str, str, str, str | None], _Line] = {}
    for document, text, sha256, mentions in _texts(connection):
        named = goods_in(text, added)
        for goods in named:
            entity, model = _model(text, goods, mentions, named)
            for category in goods.categories:
                if not built_in and category.list not in {name for name, *_ in added}:
                    continue
                key = (category.list, category.code, goods.id, entity)
                one = lines.setdefault(key, _Line(category, goods, entity, model))
                _seen(one, goods, document, text, sha256)
    ties = case_ties(connection)
    made = [
        _plain(one, ties.get(one.entity or "", []))
        for _, one in sorted(
            lines.items(), key=lambda each: (each[0][0], each[0][1], -each[1].places, each[0][2], str(each[0][3]))
        )
    ]
    return [*made, *_summaries(made, added, built_in=built_in)]


def _texts(connection: Connection) -> Iterator[tuple[str, str, str, list[Mention]]]:
    by_document: dict[str, list[Mention]] = defaultdict(list)
    for document, mention in found.all_mentions(connection):
        if mention.type == "equipment":
            by_document[document].append(mention)
    layers = select(documents.c.id, text_layers.c.text, text_layers.c.sha256).join(
        text_layers, text_layers.c.id == documents.c.layer
    )
    for row in connection.execute(layers.order_by(documents.c.id).execution_options(yield_per=100)):
        yield row.id, row.text, row.sha256, by_document.get(row.id, [])


def _model(
    text: str, goods: NamedGoods, mentions: Sequence[Mention], named: Sequence[NamedGoods]
) -> tuple[str | None, str]:
    """The designation that stands nearest in the same line, if it is near and no other goods stand nearer to it."""
    for each in sorted(mentions, key=lambda each: (_gap(each, goods), each.start)):
        if _gap(each, goods) > NEAR_MODEL:
            break
        between = text[min(each.start, goods.start) : max(each.end, goods.end)]
        if "\n" not in between and _gap(each, goods) == min(_gap(each, other) for other in named):
            return each.entity, each.normal
    return None, ""


def _gap(mention: Mention, goods: NamedGoods) -> int:
    return max(mention.start - goods.end, goods.start - mention.end)


def _seen(one: _Line, goods: NamedGoods, document: str, text: str, sha256: str) -> None:
    one.places += 1
    one.documents.add(document)
    one.spelled[goods.text] = one.spelled.get(goods.text, 0) + 1
    if len(one.anchors) < MOST_PLACES and document not in {each.document for each in one.anchors}:
        one.anchors.append(anchor_at(text, goods.start, goods.end, document=document, text_sha256=sha256))


def _plain(one: _Line, ties: Sequence[Tie]) -> Plain:
    spelling = max(sorted(one.spelled), key=lambda each: one.spelled[each])
    score = max(SCORES.get(one.goods.rule, 0.5), WITH_MODEL if one.model else 0.0)
    how = f"{one.goods.rule}: “{' '.join(spelling.split())}”, {one.places} times in {len(one.documents)} documents"
    return {
        "entity": one.entity,
        "list": one.category.list,
        "list_date": one.category.date or None,
        "entry": dotted(one.category.code),
        "name": one.category.wording,
        "verdict": "possible",
        "score": score,
        "reasons": [
            one.category.sentence(),
            how,
            *([f"model named beside it: {one.model}"] if one.model else []),
            *(_tie(one.model, tie) for tie in ties[:MOST_TIES]),
        ],
        "kind": EXPORT_CONTROL,
        "spelling": " ".join(spelling.split()),
        "since": None,
        "until": None,
        "list_id": "",
        "goods": one.goods.id,
        "documents": sorted(one.documents),
        "anchors": to_plain(one.anchors),
        "ties": to_plain(list(ties)),
    }


def _tie(model: str, tie: Tie) -> str:
    how = "" if tie.modality == "asserted" else f" ({tie.modality})"
    return f"the letters say of {model}: {tie.says} {tie.name}{how}: “{' '.join(tie.anchor.exact.split())}”"


def _summaries(
    made: Sequence[Plain], added: Sequence[tuple[str, str, Sequence[Good]]], *, built_in: bool
) -> Iterator[Plain]:
    from leakdesk.screening.goods import regimes

    known = {one.name: one.date for one in regimes().values()} if built_in else {}
    known |= {name: date for name, date, _ in added}
    for name, date in known.items():
        kinds = {line["goods"] for line in made if line["list"] == name}
        dated = f"of {date}" if date else "(date unknown)"
        says = (
            f"{len(kinds)} kinds of goods named in the texts may fall under {name} {dated}; check each."
            if kinds
            else (f"No goods named in the texts were recognised as falling under {name} {dated}.")
        )
        yield {
            "kind": "summary", "list": name, "list_date": date or None, "without_match": 0, "says": says,
            "not_compared": 0, "list_id": "",
        }  # fmt: skip
