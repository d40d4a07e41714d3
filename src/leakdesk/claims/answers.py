"""Answers that tell what was asked or ordered: "Could you ship the jars?" - "Agreed."; "Stop the fans" - "Fans are off".

An answer names little of what it speaks of. It takes over the sentences of the letter it answers that it agrees to, turns down or
carries out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from leakdesk.claims.replies import answer_of, asking_sentences, asks, grants, tells_a_state
from leakdesk.language.concepts import VERBAL, all_concepts
from leakdesk.language.words import WORD
from leakdesk.model.document import Role

if TYPE_CHECKING:
    from leakdesk.claims.passages import Window

#: An answer says that it is done in one of its first sentences, and in few words.
FIRST, FEW_WORDS = 2, 9
#: Cues of a sentence that does not say that anything was done.
NOT_DONE = frozenset({"negation", "lack", "not_there", "plan", "condition", "denied next"})


def answering(cut: list[Window], asked: Sequence[Window]) -> list[Window]:
    """The sentences of an answer, its first ones with what they take over from the letter that they answer (its `asked` body)."""
    places = [index for index, window in enumerate(cut) if window.role == Role.BODY]
    if not places or not asked:
        return cut
    asking = [asked[index] for index in asking_sentences([each.text for each in asked], asked[0].language)]
    said = answer_of(cut[places[0]].text, cut[places[0]].language)
    if said is not None:
        denied = frozenset({"denied next"}) if said == "refusal" else frozenset[str]()
        cut[places[0]] = _taking_over(cut[places[0]], asking, denied)
        return cut
    for place in places[:FIRST]:
        if carried := _carried_out(cut[place], asking):
            cut[place] = _taking_over(cut[place], carried, frozenset({"carried out"}))
    return cut


def _taking_over(window: Window, asking: Sequence[Window], cues: frozenset[str]) -> Window:
    return replace(
        window,
        keys=window.keys.union(*(each.keys for each in asking)),
        numbers=(*window.numbers, *(number for each in asking for number in each.numbers)),
        bare=window.bare.union(*(each.bare for each in asking)),
        cues=window.cues | cues,
        taken=tuple((each.letter.document, each.start) for each in asking),
    )


def _carried_out(window: Window, asking: Sequence[Window]) -> list[Window]:
    """The sentences that a short answer says are done: it tells their deed again, or the state of their thing, or grants them."""
    short = len(WORD.findall(window.text)) <= FEW_WORDS
    if not short or window.cues & NOT_DONE or asks(window.text, window.language):
        return []
    deeds = _deeds(window.keys)
    again = [each for each in asking if deeds & _deeds(each.keys)]
    if again:
        return again
    if tells_a_state(window.text, window.language):
        return [each for each in asking if _things(window.keys) & _things(each.keys)]
    granted = grants(window.text, window.language)
    return [each for each in asking if granted and asks(each.text, each.language)]


def _deeds(keys: frozenset[str]) -> frozenset[str]:
    known = all_concepts()
    return frozenset(key for key in keys if key[1:] in known and known[key[1:]].kind in {"act", "change"})


def _things(keys: frozenset[str]) -> frozenset[str]:
    known = all_concepts()
    return frozenset(key for key in keys if key[1:] not in known or known[key[1:]].kind not in VERBAL)
