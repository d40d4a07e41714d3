"""From mentions to entities, with people's judgements: pure, deterministic, and without transitive nonsense.

    group({"d1": mentions, "d2": mentions}, judgements=decisions) -> Resolution

1. Names that may be one are found by `candidates` and compared. A full name is one node everywhere; a surname alone, an
   initial or an acronym is one node a document, since Ivanov here is not Ivanov there.
2. A name that agrees with two names which contradict each other belongs to neither: it stays alone, with suggestions.
3. Judgements come first: "positive" joins, "negative" keeps apart, "unsure" only marks. Then the surest pairs join, if no
   name of one side is different from a name of the other (complete link). A short form joins the only full name of its
   document that it fits.
4. What stays possible becomes a suggestion, ordered by what it would change.

Judgements name mentions by anchor, so they survive re-reading. Nothing here reads a file, a clock or a database.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal

from leakdesk.entities.align import explain
from leakdesk.entities.clusters import clustered
from leakdesk.entities.described import Link, described
from leakdesk.entities.graph import Graph, compared
from leakdesk.entities.judgements import Decided, Decision, divided_texts, judged
from leakdesk.entities.nodes import MentionKey, Node, nodes_of, pair_of
from leakdesk.model.entity import Entity, Match, Mention

RoleName = Literal["protected"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Judgements that cannot all hold: two entities said to be one and to be apart. The negative one wins."""

    entities: tuple[str, str]
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Entities in order of first mention; the entity of every named mention; what became of earlier ids; roles; conflicts."""

    entities: tuple[Entity, ...]
    entity_of: Mapping[MentionKey, str]
    redirects: Mapping[str, str] = field(default_factory=dict[str, str])
    roles: Mapping[str, RoleName] = field(default_factory=dict[str, RoleName])
    conflicts: tuple[Conflict, ...] = ()
    lost_decisions: tuple[Decision, ...] = ()
    apart: frozenset[tuple[str, str]] = frozenset()

    def explain(self, left: str, right: str) -> Match:
        """Why two entities are or are not one: the pair of their names that speaks loudest. KeyError for an unknown id."""
        by_id = {entity.id: entity for entity in self.entities}
        left, right = self.redirects.get(left, left), self.redirects.get(right, right)
        found = explain(by_id[left], by_id[right])
        if (min(left, right), max(left, right)) not in self.apart:
            return found
        return Match(
            left=found.left,
            right=found.right,
            verdict="different",
            score=0.0,
            reasons=("kept apart by a person's judgement", *found.reasons),
        )


def group(
    mentions: Mapping[str, Sequence[Mention]],
    judgements: Sequence[Decision] = (),
    *,
    earlier: Mapping[MentionKey, str] | None = None,
    protected: frozenset[MentionKey] = frozenset(),
    hide_weak: bool = False,
) -> Resolution:
    """Group named mentions into entities.

    `mentions`: by document, in order of the documents. `earlier`: entity ids of an earlier run, kept where the cluster lives
    on (without it ids are local: e1, e2, ...). `protected`: mentions beside a word of family (`is_beside_family_word`).
    `hide_weak`: single mentions of confidence "check" get shown=False.
    """
    where, nodes = nodes_of(mentions, divided_texts(judgements))
    decided, lost = judged(judgements, mentions, where)
    graph = compared(sorted(nodes), nodes, mentions, where)
    clusters, conflicts = clustered(sorted(nodes), graph, decided)
    return _resolution(clusters, graph, decided, conflicts, lost, mentions, where, earlier, protected, hide_weak)


def _resolution(  # noqa: PLR0913, PLR0917 - the parts of one run, gathered once
    clusters: list[list[Node]],
    graph: Graph,
    decided: Decided,
    conflicts: list[tuple[Node, Node]],
    lost: tuple[Decision, ...],
    mentions: Mapping[str, Sequence[Mention]],
    where: Mapping[MentionKey, Node],
    earlier: Mapping[MentionKey, str] | None,
    protected: frozenset[MentionKey],
    hide_weak: bool,
) -> Resolution:
    place = {node: number for number, nodes in enumerate(clusters) for node in nodes}
    keys, by_key = _in_order(mentions, where, place)
    numbers = list(keys)
    ids, redirects = _ids(numbers, keys, earlier)
    links = _suggested(graph, decided, place, keys)
    entities = tuple(
        described(ids[number], [by_key[key] for key in keys[number]], links[number], ids, hide_weak)
        for number in numbers
    )
    return Resolution(
        entities=entities,
        entity_of={key: ids[number] for number in numbers for key in keys[number]},
        redirects=redirects,
        roles={ids[number]: "protected" for number in numbers if any(key in protected for key in keys[number])},
        conflicts=tuple(
            Conflict(
                entities=(ids[place[a]], ids[place[b]]),
                sentence=f"{a.text} and {b.text} are said to be one, and to be apart; apart wins",
            )
            for a, b in conflicts
        ),
        lost_decisions=lost,
        apart=frozenset(
            (min(x, y), max(x, y)) for a, b in decided.apart if (x := ids[place[a]]) != (y := ids[place[b]])
        ),
    )


def _in_order(
    mentions: Mapping[str, Sequence[Mention]], where: Mapping[MentionKey, Node], place: Mapping[Node, int]
) -> tuple[dict[int, list[MentionKey]], dict[MentionKey, Mention]]:
    """The mentions of each cluster, clusters and mentions in the order in which they are met; and each mention by its key."""
    keys: dict[int, list[MentionKey]] = defaultdict(list)
    by_key: dict[MentionKey, Mention] = {}
    for document, found in mentions.items():
        for mention in sorted(found, key=lambda each: (each.start, each.end, each.id)):
            key = (document, mention.id)
            if key in where:
                keys[place[where[key]]].append(key)
                by_key[key] = mention
    return keys, by_key


def _ids(
    numbers: list[int], keys: dict[int, list[MentionKey]], earlier: Mapping[MentionKey, str] | None
) -> tuple[dict[int, str], dict[str, str]]:
    if earlier is None:
        return {number: f"e{at}" for at, number in enumerate(numbers, 1)}, {}
    ids: dict[int, str] = {}
    redirects: dict[str, str] = {}
    taken: set[str] = set()
    wishes = sorted(
        (
            (-count, old, number)
            for number in numbers
            for old, count in Counter(earlier[key] for key in keys[number] if key in earlier).items()
        )
    )
    for _, old, number in wishes:
        if number not in ids and old not in taken:
            ids[number] = old
            taken.add(old)
    for _, old, number in wishes:
        if old not in taken and number in ids:
            redirects.setdefault(old, ids[number])
    for number in numbers:
        if number not in ids:
            ids[number] = _new_id(keys[number], taken)
            taken.add(ids[number])
    return ids, redirects


def _new_id(keys: list[MentionKey], taken: set[str]) -> str:
    """A new entity is named after its first mention, so that the same case gives the same ids."""
    text = "\x1f".join(keys[0])
    at = 0
    while (found := "n" + sha256(f"{text}\x1f{at}".encode()).hexdigest()[:16]) in taken:
        at += 1
    return found


def _suggested(
    graph: Graph, decided: Decided, place: dict[Node, int], keys: dict[int, list[MentionKey]]
) -> dict[int, list[Link]]:
    best: dict[tuple[int, int], Link] = {}
    apart = {tuple(sorted((place[a], place[b]))) for a, b in decided.apart}
    for table, verdict in ((graph.same, "same"), (graph.possible, "possible")):
        for (a, b), score in table.items():
            x, y = place[a], place[b]
            if x == y or tuple(sorted((x, y))) in apart:
                continue
            extra = graph.reasons.get((a, b), "")
            extra = "a person was unsure" if pair_of(a, b) in decided.unsure else extra
            if verdict == "same" and not extra:
                extra = "other names of the two contradict each other"
            weight = score * min(len(keys[x]), len(keys[y]))
            for one, other, left, right in ((x, y, a, b), (y, x, b, a)):
                link = Link(other, "possible", min(score, 0.7), weight, left.text, right.text, a.kind, extra)
                if (one, other) not in best or (link.score, link.left) > (
                    best[one, other].score,
                    best[one, other].left,
                ):
                    best[one, other] = link
    found: dict[int, list[Link]] = defaultdict(list)
    for (one, _), link in sorted(best.items()):
        found[one].append(link)
    return found
