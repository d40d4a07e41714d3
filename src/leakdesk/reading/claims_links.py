"""Ties between claims: cause, purpose and condition, as the clauses themselves say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from leakdesk.model.claim import Claim, Link
from leakdesk.reading.claims_context import Context, Draft
from leakdesk.reading.frame import Frame
from leakdesk.reading.sentence import Sentence

_CAUSE = frozenset(
    {"because", "since", "as", "так", "потому", "поскольку", "из-за", "бо", "оскільки", "через", "паколькі", "тому"}
)


_PURPOSE = frozenset({"to", "чтобы", "щоб", "аби", "каб", "in order"})


_CONDITION = frozenset({"if", "unless", "если", "якщо", "калі"})


def linked(context: Context, drafts: list[Draft]) -> tuple[Claim, ...]:
    """Cause, purpose and condition, as the clauses themselves say."""
    by_event = {(draft.sentence, draft.frame.event): draft for draft in drafts}
    by_first = {(draft.sentence, draft.frame.chain[0]): draft for draft in drafts}
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_sentence.setdefault(draft.sentence, []).append(draft)
    links: dict[int, list[Link]] = {}
    for draft in drafts:
        sentence, frame = context.sentences[draft.sentence], draft.frame
        if frame.above is None or draft.claim is None:
            continue
        main = (
            by_event.get((draft.sentence, frame.above))
            or by_first.get((draft.sentence, frame.above))
            or _governing(draft, sentence, by_sentence[draft.sentence])
        )
        if main is None or main.claim is None or main is draft:
            continue
        token = sentence.tokens[frame.chain[0]]
        if frame.kind == "advcl" and frame.marker in _CAUSE:
            links.setdefault(id(main), []).append(Link(relation="cause", to=draft.claim.id))
        elif frame.kind == "advcl" and frame.marker in _CONDITION:
            links.setdefault(id(main), []).append(Link(relation="condition", to=draft.claim.id))
        elif frame.kind in ("advcl", "xcomp") and (frame.marker in _PURPOSE or token.pos == "INF"):
            links.setdefault(id(main), []).append(Link(relation="purpose", to=draft.claim.id))
        elif frame.kind in ("conj", "parataxis") and _therefore(sentence, frame):
            links.setdefault(id(draft), []).append(Link(relation="cause", to=main.claim.id))
    return tuple(_with_links(draft.claim, links.get(id(draft), ())) for draft in drafts if draft.claim is not None)


def _governing(draft: Draft, sentence: Sentence, drafts: list[Draft]) -> Draft | None:
    above = {token.i for token in sentence.ancestors(draft.frame.chain[0])}
    near = [each for each in drafts if set(each.frame.chain) & above]
    return near[0] if near else None


def _therefore(sentence: Sentence, frame: Frame) -> bool:
    return any(
        child.low in ("so", "therefore", "thus", "hence", "поэтому", "тому", "таму", "отже")
        for child in sentence.children(frame.chain[0])
    )


def _with_links(claim: Claim, links: Iterable[Link]) -> Claim:
    made = tuple(links)
    if not made:
        return claim
    return replace(claim, links=made)
