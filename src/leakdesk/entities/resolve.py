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

# ruff: noqa: E501, SIM905 (lists of words read best a row a line)
from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from hashlib import sha256
from importlib import resources
from itertools import pairwise
from typing import Literal, NamedTuple

from leakdesk.entities import candidates, organisations, people, places, things
from leakdesk.entities.match import compare, verdict_of
from leakdesk.language.inflect import base_forms
from leakdesk.language.scripts import plain_text
from leakdesk.model.anchor import Anchor
from leakdesk.model.entity import NAMED_TYPES, Entity, Judgement, Match, Mention, NameKind, Suggestion, Verdict

MentionKey = tuple[str, str]
"""(document id, mention id)."""
RoleName = Literal["protected"]

#: Suggestions kept for one entity, the most consequential first.
MOST_SUGGESTIONS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A person's judgement about two places in texts: are the names there the same?"""

    left: Anchor
    right: Anchor
    judgement: Judgement


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


class _Node(NamedTuple):
    kind: NameKind
    text: str
    scope: str
    """The document a partial name belongs to; "" for a full name."""


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
    where, nodes = _nodes(mentions, judgements)
    decided, lost = _decided(judgements, mentions, where)
    graph = _compared(sorted(nodes), nodes, mentions, where)
    clusters, conflicts = _clustered(sorted(nodes), graph, decided)
    return _resolution(clusters, graph, decided, conflicts, lost, mentions, where, earlier, protected, hide_weak)


# ---- 1. nodes


def _nodes(
    mentions: Mapping[str, Sequence[Mention]], judgements: Sequence[Decision]
) -> tuple[dict[MentionKey, _Node], dict[_Node, list[MentionKey]]]:
    divided = {plain_text(each.left.exact) for each in judgements if each.judgement is Judgement.NEGATIVE}
    divided |= {plain_text(each.right.exact) for each in judgements if each.judgement is Judgement.NEGATIVE}
    where: dict[MentionKey, _Node] = {}
    nodes: dict[_Node, list[MentionKey]] = defaultdict(list)
    for document, found in mentions.items():
        for mention in found:
            kind = _kind(mention)
            if kind is None:
                continue
            text = _settled_text(mention, kind)
            scope = document if _is_partial(text, kind) or text in divided else ""
            node = _Node(kind, text, scope)
            where[document, mention.id] = node
            nodes[node].append((document, mention.id))
    return where, dict(nodes)


def _settled_text(mention: Mention, kind: NameKind) -> str:
    """The text a mention is compared by: as it stands, or its base form where the text alone may be a man or a woman."""
    text, normal = plain_text(mention.text) or mention.text, plain_text(mention.normal)
    if kind != "person" or not normal or normal.casefold() == text.casefold() or not _is_partial(text, kind):
        return text
    options = {form.text.casefold() for word in text.split() for form in base_forms(word)}
    return normal if all(word.casefold() in options for word in normal.split()) else text


def _kind(mention: Mention) -> NameKind | None:
    for kind in ("person", "organization", "place", "equipment"):
        if mention.type == kind and kind in NAMED_TYPES:
            return kind
    return None


@lru_cache(maxsize=1 << 15)
def _is_partial(text: str, kind: NameKind) -> bool:
    """Whether a name alone does not say who: a surname, initials, an acronym."""
    if kind == "person":
        readings = people.parse(text).readings
        return not readings or readings[0].given is None or readings[0].given.is_initial or not readings[0].surnames
    if kind == "organization":
        body = organisations.parse(text)
        return bool(body.own) and all(each.capitals for each in body.own) and not body.concepts
    return False


# ---- 2. comparison


class _Graph(NamedTuple):
    same: dict[tuple[_Node, _Node], float]
    possible: dict[tuple[_Node, _Node], float]
    reasons: dict[tuple[_Node, _Node], str]


def _pair(a: _Node, b: _Node) -> tuple[_Node, _Node]:
    return (a, b) if a <= b else (b, a)


@lru_cache(maxsize=1 << 18)
def _verdict(left: str, right: str, kind: NameKind) -> tuple[Verdict, float]:
    if left == right:
        return "same", 1.0
    return verdict_of(left, right, kind)


def _compared(
    ordered: list[_Node],
    nodes: dict[_Node, list[MentionKey]],
    mentions: Mapping[str, Sequence[Mention]],
    where: Mapping[MentionKey, _Node],
) -> _Graph:
    graph = _Graph({}, {}, {})
    by_kind: dict[NameKind, dict[str, list[_Node]]] = defaultdict(lambda: defaultdict(list))
    for node in ordered:
        by_kind[node.kind][node.text].append(node)
    for kind, texts in by_kind.items():
        names = sorted(texts)
        pairs = [*((at, at) for at in range(len(names))), *candidates.pairs(names, kind)]
        for a, b in pairs:
            verdict, score = _verdict(names[a], names[b], kind)
            if verdict != "different":
                _link(graph, texts[names[a]], texts[names[b]], verdict, score)
    _define_acronyms(graph, mentions, where)
    _attach_partials(graph, ordered, nodes)
    _drop_ambiguous(graph)
    return graph


def _link(graph: _Graph, left: list[_Node], right: list[_Node], verdict: Verdict, score: float) -> None:
    for a in left:
        for b in right:
            if a == b:
                continue
            partial = _is_partial(a.text, a.kind) or _is_partial(b.text, b.kind)
            one_text_here = a.scope == b.scope and verdict == "same"
            table = graph.same if verdict == "same" and (not partial or one_text_here) else graph.possible
            if partial and a.scope and b.scope and a.scope != b.scope and a.kind == "person" and verdict == "possible":
                continue
            pair = _pair(a, b)
            table[pair] = max(score, table.get(pair, 0.0))


#: An acronym stands at most so many code points behind the name it abbreviates: " (".
_NEAREST = 3


def _define_acronyms(
    graph: _Graph, mentions: Mapping[str, Sequence[Mention]], where: Mapping[MentionKey, _Node]
) -> None:
    """A name followed at once by its acronym in brackets defines it, in that document."""
    for document, found in mentions.items():
        bodies = sorted((each for each in found if each.type == "organization"), key=lambda each: each.start)
        for left, right in pairwise(bodies):
            if not 0 < right.start - left.end <= _NEAREST:
                continue
            a, b = where[document, left.id], where[document, right.id]
            if a != b and compare(a.text, b.text, "organization", defined=True).verdict == "same":
                graph.same[_pair(a, b)] = 0.9
                graph.reasons[_pair(a, b)] = f"the text introduces {right.text} as the short name of {left.text}"


def _attach_partials(graph: _Graph, ordered: list[_Node], nodes: dict[_Node, list[MentionKey]]) -> None:
    """A short form joins the only full name of its document that it fits."""
    documents = {node: {document for document, _ in keys} for node, keys in nodes.items()}
    near: dict[_Node, list[_Node]] = defaultdict(list)
    for a, b in (*graph.possible, *graph.same):
        near[a].append(b)
        near[b].append(a)
    for node in ordered:
        if not _is_partial(node.text, node.kind):
            continue
        full = {each for each in near[node] if not _is_partial(each.text, each.kind) and node.scope in documents[each]}
        fitting = sorted(each for each in full if _fits(node, each))
        if not fitting or any(_verdict(a.text, b.text, node.kind)[0] != "same" for a in fitting for b in full):
            continue
        for each in fitting:
            pair = _pair(node, each)
            score = graph.possible.pop(pair, graph.same.get(pair, 0.6))
            graph.same[pair] = max(score, 0.75)
            graph.reasons[pair] = f"the only full name in this document that {node.text} fits"


def _fits(partial: _Node, full: _Node) -> bool:
    if partial.kind != "person":
        return True
    from leakdesk.entities.compare_people import Level, judge

    found = judge(people.parse(partial.text), people.parse(full.text))
    if found.why == "ambiguous gender":  # Горбачёва may be his wife
        return False
    return found.surname.level is Level.AGREES and found.given.level in (
        Level.OMITTED,
        Level.INITIAL,
        Level.AGREES,
        Level.SHORT,
    )


def _drop_ambiguous(graph: _Graph) -> None:
    """A name that is the same as two names which contradict each other is neither; both become suggestions."""
    near: dict[_Node, set[_Node]] = defaultdict(set)
    for a, b in graph.same:
        near[a].add(b)
        near[b].add(a)
    for node in sorted(near):
        others = sorted(near[node])
        if not any(_contradict(a, b) for at, a in enumerate(others) for b in others[at + 1 :]):
            continue
        less_said = [each for each in others if _says_more(each, node)]
        for each in less_said if len(less_said) > 1 else []:
            pair = _pair(node, each)
            if pair in graph.same:
                graph.possible[pair] = min(graph.same.pop(pair), 0.7)
                graph.reasons[pair] = f"{node.text} fits several names that contradict each other"


def _contradict(a: _Node, b: _Node) -> bool:
    return _verdict(a.text, b.text, a.kind)[0] == "different"


def _says_more(a: _Node, b: _Node) -> bool:
    """Whether a name has more parts than another: a full name with patronymic says more than one without."""
    return len(a.text.split()) > len(b.text.split())


# ---- judgements


class _Decided(NamedTuple):
    together: list[tuple[_Node, _Node]]
    apart: set[tuple[_Node, _Node]]
    unsure: set[tuple[_Node, _Node]]


def _decided(
    judgements: Sequence[Decision], mentions: Mapping[str, Sequence[Mention]], where: Mapping[MentionKey, _Node]
) -> tuple[_Decided, tuple[Decision, ...]]:
    decided = _Decided([], set(), set())
    lost: list[Decision] = []
    latest: dict[tuple[_Node, _Node], Judgement] = {}
    for each in judgements:
        left, right = _located(each.left, mentions, where), _located(each.right, mentions, where)
        if left is None or right is None:
            lost.append(each)
        elif left != right:
            latest[_pair(left, right)] = each.judgement  # the last word counts: a judgement can be taken back
    for pair, judgement in latest.items():
        if judgement is Judgement.POSITIVE:
            decided.together.append(pair)
        elif judgement is Judgement.NEGATIVE:
            decided.apart.add(pair)
        elif judgement is Judgement.UNSURE:
            decided.unsure.add(pair)
    return decided, tuple(lost)


def _located(
    anchor: Anchor, mentions: Mapping[str, Sequence[Mention]], where: Mapping[MentionKey, _Node]
) -> _Node | None:
    """The node of the mention an anchor points at: at its own offsets, else the nearest mention of the same text in the document."""
    found = [each for each in mentions.get(anchor.document, ()) if (anchor.document, each.id) in where]
    exact = [
        each for each in found if each.start == anchor.start and each.end == anchor.end and each.text == anchor.exact
    ]
    same_text = sorted(
        (each for each in found if each.text == anchor.exact),
        key=lambda each: (abs(each.start - anchor.start), each.start),
    )
    around = [
        each
        for each in found
        if each.start < anchor.end
        and anchor.start < each.end
        and (each.text in anchor.exact or anchor.exact in each.text)
    ]
    for each in (*exact, *same_text, *around):
        return where[anchor.document, each.id]
    return None


# ---- 3. clusters


def _clustered(
    ordered: list[_Node], graph: _Graph, decided: _Decided
) -> tuple[list[list[_Node]], list[tuple[_Node, _Node]]]:
    cluster_of: dict[_Node, int] = {node: number for number, node in enumerate(ordered)}
    members: dict[int, list[_Node]] = {number: [node] for number, node in enumerate(ordered)}
    conflicts: list[tuple[_Node, _Node]] = []

    def join(a: _Node, b: _Node) -> None:
        keep, drop = sorted((cluster_of[a], cluster_of[b]))
        for node in members[drop]:
            cluster_of[node] = keep
        members[keep] += members.pop(drop)

    for a, b in sorted(decided.together):
        if cluster_of[a] == cluster_of[b]:
            continue
        if _kept_apart(members[cluster_of[a]], members[cluster_of[b]], decided.apart):
            conflicts.append((a, b))
        else:
            join(a, b)
    judged = {_pair(a, b) for a, b in decided.together}
    for a, b in sorted(graph.same, key=lambda pair: (-graph.same[pair], pair)):
        left, right = cluster_of[a], cluster_of[b]
        if left == right or _pair(a, b) in decided.unsure:
            continue
        if _kept_apart(members[left], members[right], decided.apart) or _vetoed(
            members[left], members[right], judged, graph
        ):
            continue
        join(a, b)
    return [sorted(found) for _, found in sorted(members.items())], conflicts


def _kept_apart(left: list[_Node], right: list[_Node], apart: set[tuple[_Node, _Node]]) -> bool:
    return bool(apart) and any(_pair(a, b) in apart for a in left for b in right)


def _vetoed(left: list[_Node], right: list[_Node], judged: set[tuple[_Node, _Node]], graph: _Graph) -> bool:
    """Complete link: no name of one side may be different from a name of the other, unless a person or the text said so."""
    return any(
        _pair(a, b) not in judged
        and _pair(a, b) not in graph.reasons
        and _verdict(a.text, b.text, a.kind)[0] == "different"
        and not _bridged(a, b)
        for a in left
        for b in right
    )


def _bridged(a: _Node, b: _Node) -> bool:
    """An acronym is different from most words; only numbers and own names of full names veto."""
    return a.kind == "organization" and (_is_partial(a.text, a.kind) or _is_partial(b.text, b.kind))


# ---- 4. the answer


def _resolution(  # noqa: PLR0913, PLR0917 - the parts of one run, gathered once
    clusters: list[list[_Node]],
    graph: _Graph,
    decided: _Decided,
    conflicts: list[tuple[_Node, _Node]],
    lost: tuple[Decision, ...],
    mentions: Mapping[str, Sequence[Mention]],
    where: Mapping[MentionKey, _Node],
    earlier: Mapping[MentionKey, str] | None,
    protected: frozenset[MentionKey],
    hide_weak: bool,
) -> Resolution:
    place = {node: number for number, nodes in enumerate(clusters) for node in nodes}
    keys: dict[int, list[MentionKey]] = defaultdict(list)
    by_key: dict[MentionKey, Mention] = {}
    order: dict[int, int] = {}
    for document, found in mentions.items():
        for mention in sorted(found, key=lambda each: (each.start, each.end, each.id)):
            key = (document, mention.id)
            if key in where:
                number = place[where[key]]
                order.setdefault(number, len(order))
                keys[number].append(key)
                by_key[key] = mention
    numbers = sorted(order, key=lambda number: order[number])
    ids, redirects = _ids(numbers, keys, earlier)
    links = _suggested(graph, decided, place, keys)
    entities = tuple(
        _entity(ids[number], [by_key[key] for key in keys[number]], links[number], ids, hide_weak) for number in numbers
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


class _Link(NamedTuple):
    other: int
    verdict: Verdict
    score: float
    weight: float
    left: str
    right: str
    kind: NameKind
    extra: str


def _suggested(
    graph: _Graph, decided: _Decided, place: dict[_Node, int], keys: dict[int, list[MentionKey]]
) -> dict[int, list[_Link]]:
    best: dict[tuple[int, int], _Link] = {}
    apart = {tuple(sorted((place[a], place[b]))) for a, b in decided.apart}
    for table, verdict in ((graph.same, "same"), (graph.possible, "possible")):
        for (a, b), score in table.items():
            x, y = place[a], place[b]
            if x == y or tuple(sorted((x, y))) in apart:
                continue
            extra = graph.reasons.get((a, b), "")
            extra = "a person was unsure" if _pair(a, b) in decided.unsure else extra
            if verdict == "same" and not extra:
                extra = "other names of the two contradict each other"
            weight = score * min(len(keys[x]), len(keys[y]))
            for one, other, left, right in ((x, y, a, b), (y, x, b, a)):
                link = _Link(other, "possible", min(score, 0.7), weight, left.text, right.text, a.kind, extra)
                if (one, other) not in best or (link.score, link.left) > (
                    best[one, other].score,
                    best[one, other].left,
                ):
                    best[one, other] = link
    found: dict[int, list[_Link]] = defaultdict(list)
    for (one, _), link in sorted(best.items()):
        found[one].append(link)
    return found


def _entity(entity_id: str, found: list[Mention], links: list[_Link], ids: dict[int, str], hide_weak: bool) -> Entity:
    counts = Counter(plain_text(each.text) or each.text for each in found)
    bases = Counter(each.normal for each in found if each.normal)
    kind = _kind(found[0]) or "person"
    names = tuple(sorted(counts, key=lambda name: (-counts[name], name)))
    weak = len(found) == 1 and found[0].confidence == "check"
    ordered = sorted(links, key=lambda link: (-link.weight, -link.score, ids[link.other]))[:MOST_SUGGESTIONS]
    return Entity(
        id=entity_id,
        schema=schema_of(kind, names),
        caption=_caption(kind, counts, bases),
        names=names,
        countries=_countries(kind, names),
        shown=not (hide_weak and weak),
        suggestions=tuple(
            Suggestion(
                with_=ids[link.other], verdict=link.verdict, score=round(link.score, 3), reasons=_link_reasons(link)
            )
            for link in ordered
        ),
    )


def _link_reasons(link: _Link) -> tuple[str, ...]:
    found = compare(link.left, link.right, link.kind).reasons
    return (link.extra, *found) if link.extra else found


def _caption(kind: NameKind, counts: Counter[str], bases: Counter[str]) -> str:
    """The fullest base form: most words, then most frequent, then first in the alphabet."""
    pool = bases or counts
    if kind in ("person", "organization"):
        return min(
            pool, key=lambda name: (-min(sum(len(word.strip(".")) > 1 for word in name.split()), 4), -pool[name], name)
        )
    return min(pool, key=lambda name: (-pool[name], name))


_PUBLIC = frozenset(
    """ministry committee commission inspectorate department directorate council parliament government presidency court prosecutor customs police
    embassy consulate regiment brigade division battalion army corps unit service agency""".split()
)
_COMPANY = frozenset(
    "plant enterprise company corporation concern holding trust bank airline shipyard mine refinery farm shop hotel group".split()
)
#: Letters before the number of an aircraft's type, folded.
_AIRCRAFT = frozenset("mi ka su mig tu il an yak be f b c ec aw uh ah ch md".split())
_VEHICLES = frozenset("t bmp btr brdm bmd mtlb kamaz maz uaz gaz zil kraz ural belaz amkodor leopard".split())


def schema_of(kind: NameKind, names: tuple[str, ...]) -> str:
    """The FollowTheMoney schema of an entity."""
    if kind == "person":
        return "Person"
    if kind == "place":
        return "Address"
    if kind == "equipment":
        letters = {things.parse(name).type.rstrip("0123456789-") for name in names}
        return "Airplane" if letters & _AIRCRAFT else "Vehicle" if letters & _VEHICLES else "Asset"
    bodies = [organisations.parse(name) for name in names]
    heads = frozenset(head for body in bodies for head in body.heads)
    if heads & _PUBLIC:
        return "PublicBody"
    return "Company" if heads & _COMPANY or any(body.legal - {"institution"} for body in bodies) else "Organization"


def _countries(kind: NameKind, names: tuple[str, ...]) -> tuple[str, ...]:
    found: set[str] = set()
    if kind == "place":
        for name in names[:3]:
            country = places.parse(name).country
            best = places.candidates(name)[:1]
            found |= {country.lower()} if country else {place.country.lower() for place in best}
            if found:
                break
    if kind == "organization":
        found = {
            each.removeprefix("country-").lower()
            for name in names
            for each in organisations.parse(name).concepts
            if each.startswith("country-")
        }
    return tuple(sorted(found))


# ---- family words


@cache
def _family() -> tuple[str, ...]:
    text = resources.files("leakdesk.entities").joinpath("tables", "family_words.txt").read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


#: A word of family counts up to so many code points before a name, or right behind it.
FAMILY_BEFORE, FAMILY_AFTER = 40, 24


def is_beside_family_word(text: str, start: int, end: int) -> bool:
    """Whether the name at [start, end) stands beside a word such as wife, сын, дачка, дружина, in the same sentence."""
    before = text[max(0, start - FAMILY_BEFORE) : start]
    for stop in (". ", "! ", "? ", "\n", ";"):
        before = before.rpartition(stop)[2]
    after = text[end : end + FAMILY_AFTER]
    for stop in (".", "!", "?", "\n", ";"):
        after = after.partition(stop)[0]
    words = _plain_words(before)[-3:] + (
        _plain_words(after)[:2] if after.lstrip()[:1] in (",", "(", "—", "–", "-") else []
    )
    return any(_is_family(word) for word in words)


def _plain_words(text: str) -> list[str]:
    return ["".join(char for char in word if char.isalpha() or char == "-") for word in text.lower().split()]


@lru_cache(maxsize=1 << 14)
def _is_family(word: str) -> bool:
    if not word:
        return False
    plural = word.removesuffix("s") if word.isascii() else word
    return any(
        each in {word, plural} or (len(each) >= 5 and not each.isascii() and word.startswith(each))
        for each in _family()
    )


# ---- two entities, two readings

_KIND_OF_SCHEMA: dict[str, NameKind] = {
    "Person": "person", "Company": "organization", "Organization": "organization", "PublicBody": "organization", "LegalEntity": "organization",
    "Address": "place", "Airplane": "equipment", "Vehicle": "equipment", "Asset": "equipment", "Vessel": "equipment",
}  # fmt: skip


def explain(left: Entity, right: Entity) -> Match:
    """Compare two entities by all their names; the pair that speaks loudest, with a veto where full names contradict each other."""
    kind = _KIND_OF_SCHEMA.get(left.schema)
    if kind is None or kind != _KIND_OF_SCHEMA.get(right.schema):
        return Match(
            left=left.caption,
            right=right.caption,
            verdict="different",
            score=0.0,
            reasons=(f"a {left.schema} is no {right.schema}",),
        )
    compared = [
        (a, b, *_verdict(a, b, kind)) for a in left.names or (left.caption,) for b in right.names or (right.caption,)
    ]
    scored = sorted(compared, key=lambda each: (-each[3], each[0], each[1]))
    best = compare(scored[0][0], scored[0][1], kind)
    full_left, full_right = (any(not _is_partial(name, kind) for name in each.names) for each in (left, right))
    if (
        best.verdict == "same"
        and kind == "person"
        and (full_left or full_right)
        and (_is_partial(best.left, kind) or _is_partial(best.right, kind))
    ):
        return Match(
            left=best.left, right=best.right, verdict="possible", score=min(best.score, 0.7), reasons=best.reasons
        )
    against = next(
        (
            (a, b)
            for a, b, verdict, _ in scored
            if verdict == "different" and not _is_partial(a, kind) and not _is_partial(b, kind)
        ),
        None,
    )
    if best.verdict == "same" and against is not None and kind != "place":
        doubt = compare(against[0], against[1], kind)
        return Match(
            left=best.left,
            right=best.right,
            verdict="possible",
            score=min(best.score, 0.7),
            reasons=(*best.reasons, *doubt.reasons),
        )
    return best


Aligned = tuple[tuple[str, ...], tuple[str, ...], Verdict, tuple[str, ...]]
"""(ids of the first reading, ids of the second, verdict, reasons)."""


def align_entities(a: Sequence[Entity], b: Sequence[Entity]) -> list[Aligned]:
    """Which entities of one reading are which of another. Same ones are grouped; possible ones stand pair by pair."""
    found = {
        (x.id, y.id): explain(x, y)
        for x in a
        for y in b
        if _KIND_OF_SCHEMA.get(x.schema) == _KIND_OF_SCHEMA.get(y.schema)
    }
    same = [pair for pair, match in found.items() if match.verdict == "same"]
    rows: list[Aligned] = []
    for left, right in _components(same):
        reasons = tuple(
            dict.fromkeys(
                reason for pair in same if pair[0] in left and pair[1] in right for reason in found[pair].reasons
            )
        )
        rows.append((tuple(sorted(left, key=_natural)), tuple(sorted(right, key=_natural)), "same", reasons))
    settled = {each for pair in same for each in (("a", pair[0]), ("b", pair[1]))}
    for (x, y), match in found.items():
        if match.verdict == "possible" and not (("a", x) in settled and ("b", y) in settled):
            rows.append(((x,), (y,), "possible", match.reasons))
    return rows


def _components(pairs: list[tuple[str, str]]) -> list[tuple[set[str], set[str]]]:
    found: list[tuple[set[str], set[str]]] = []
    for x, y in pairs:
        touching = [each for each in found if x in each[0] or y in each[1]]
        left, right = {x}, {y}
        for each in touching:
            left |= each[0]
            right |= each[1]
            found.remove(each)
        found.append((left, right))
    return found


def _natural(entity_id: str) -> tuple[int, str]:
    digits = entity_id.lstrip("en")
    return (int(digits) if digits.isdecimal() else 0, entity_id)
