"""What "the plant", "they", «завод», «он» stand for: the one entity that fits, or the candidates where several do.

Rules over what came before in the text: a definite head noun takes the last entity whose names or description hold the same
noun (or a noun of the same concept); a pronoun takes the last fitting subject. Where two different entities fit equally,
neither is chosen and both are listed.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from leakdesk.language.concepts import concept_of, fold
from leakdesk.model.claim import Reference
from leakdesk.model.entity import Mention
from leakdesk.reading import spans
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.spans import Range

_PERSON_PRONOUNS = {
    "he": "m",
    "she": "f",
    "him": "m",
    "his": "m",
    "her": "f",
    "он": "m",
    "она": "f",
    "його": "m",
    "він": "m",
    "вона": "f",
    "ён": "m",
    "яна": "f",
    "яго": "m",
}
_GROUP_PRONOUNS = frozenset({"they", "them", "их", "они", "вони", "яны"})
_THING_PRONOUNS = frozenset({"it", "оно", "воно", "яно"})
_DEFINITE = frozenset(
    {
        "the",
        "this",
        "that",
        "these",
        "those",
        "its",
        "этот",
        "эта",
        "это",
        "эти",
        "тот",
        "цей",
        "ця",
        "це",
        "ці",
        "той",
        "гэты",
        "гэтая",
        "гэта",
        "гэтыя",
    }
)
_PERSON_CONCEPTS = frozenset(c.id for c in ())  # filled lazily by _is_person_concept
#: How many sentences back a reference may point.
REACH = 12


@dataclass(slots=True)
class Seen:
    """An entity as it was last seen: where, its nouns (concept ids and base forms), its type, its gender if known."""

    entity: str
    sentence: int
    subject: bool
    type: str
    nouns: set[str] = field(default_factory=set)
    number: str = "s"


def find(text: str, sentences: list[Sentence], mentions: tuple[Mention, ...]) -> tuple[Reference, ...]:
    """References in order of their place. Mentions are names and never references."""
    seen: dict[str, Seen] = {}
    found: list[Reference] = []
    ordered = sorted((each for each in mentions if each.entity), key=lambda each: each.start)
    starts = [each.start for each in ordered]
    for number, sentence in enumerate(sentences):
        first = bisect_left(starts, sentence.start)
        mine = ordered[first : bisect_left(starts, sentence.end, first)]
        named = {
            k for k, token in enumerate(sentence.tokens) if any(each.start <= token.start < each.end for each in mine)
        }
        for token in sentence.tokens:
            if token.i in named or token.dep in ("compound", "flat"):
                continue
            made = _reference(text, sentence, token, number, seen, named)
            if made is not None:
                found.append(made)
                if made.entity is not None:
                    seen[made.entity].sentence = number
                    seen[made.entity].subject = token.dep.startswith("nsubj")
        for each in mine:
            _remember(sentence, each, number, seen)
    return tuple(found)


def _remember(sentence: Sentence, mention: Mention, number: int, seen: dict[str, Seen]) -> None:
    if mention.type not in ("person", "organization", "place", "equipment") or mention.entity is None:
        return
    inside = [token for token in sentence.tokens if mention.start <= token.start < mention.end]
    entry = seen.setdefault(mention.entity, Seen(mention.entity, number, False, mention.type))
    entry.sentence = number
    for token in inside:
        entry.nouns |= _nouns(token, sentence)
        top = token
        for above in sentence.ancestors(token.i):
            if above.pos not in ("N", "PN") or top.dep not in ("flat", "compound", "appos", "nmod:name"):
                break
            top = above
            entry.nouns |= _nouns(above, sentence)
        entry.subject = entry.subject or top.dep.startswith("nsubj") or token.dep.startswith("nsubj")
        for child in sentence.children(token.i):
            if child.dep == "appos" and child.pos == "N":
                entry.nouns |= _nouns(child, sentence)


def _nouns(token: Token, sentence: Sentence) -> set[str]:
    if token.pos not in ("N", "PN"):
        return set()
    concept = concept_of(token.lemma, sentence.language, verbal=False)
    return {fold(token.lemma), fold(token.low), *([concept] if concept else [])}


def _reference(
    text: str, sentence: Sentence, token: Token, number: int, seen: dict[str, Seen], named: set[int]
) -> Reference | None:
    if token.pos == "PRON" and token.low in (*_PERSON_PRONOUNS, *_GROUP_PRONOUNS, *_THING_PRONOUNS):
        candidates = _for_pronoun(token, number, seen)
        place = (token.start, token.end)
    elif token.pos == "N" and _definite(sentence, token):
        candidates = _for_noun(sentence, token, number, seen)
        inside = list(spans.phrase(sentence, token.i, conjuncts=False, appositions=False))
        if not candidates or any(k in named for k in inside):
            return None
        span = spans.extent(sentence, inside)
        if span is None:
            return None
        place = span
    else:
        return None
    if not candidates:
        return None
    chosen = candidates[0] if len(candidates) == 1 else None
    return Reference(
        start=place[0],
        end=place[1],
        text=text[place[0] : place[1]],
        entity=chosen,
        candidates=tuple(candidates) if chosen is None else (),
    )


def _definite(sentence: Sentence, token: Token) -> bool:
    """Definite by its article; Slavic nouns without adjectives or complements of their own count."""
    children = sentence.children(token.i)
    if any(child.low in _DEFINITE for child in children):
        return True
    return sentence.language != "en" and not any(
        child.dep in ("amod", "nmod", "flat", "nummod", "appos") for child in children
    )


def _for_noun(sentence: Sentence, token: Token, number: int, seen: dict[str, Seen]) -> list[str]:
    wanted = _nouns(token, sentence)
    exact = {fold(token.lemma), fold(token.low)}
    near = [each for each in seen.values() if number - each.sentence <= REACH]
    for names in (exact, wanted):
        fitting = [each for each in near if each.nouns & names]
        if fitting:
            return _latest(fitting)
    return []


def _for_pronoun(token: Token, number: int, seen: dict[str, Seen]) -> list[str]:
    near = [each for each in seen.values() if 0 <= number - each.sentence <= 2]
    if token.low in _PERSON_PRONOUNS:
        kind = ("person",) if token.low in ("he", "she", "him", "his", "her") else ("person", "organization")
        fitting = [each for each in near if each.type in kind]
    elif token.low in _GROUP_PRONOUNS:
        fitting = [each for each in near if each.type == "organization"]
    else:
        fitting = [each for each in near if each.type in ("organization", "equipment", "place")]
    return _latest(fitting)


def _latest(fitting: list[Seen]) -> list[str]:
    """The one last seen; of two in the same sentence the subject; else both."""
    if not fitting:
        return []
    last = max(each.sentence for each in fitting)
    recent = [each for each in fitting if each.sentence == last]
    if len(recent) > 1 and sum(each.subject for each in recent) == 1:
        recent = [each for each in recent if each.subject]
    return sorted(each.entity for each in recent)


def entity_index(mentions: tuple[Mention, ...], references: tuple[Reference, ...]) -> list[tuple[Range, str]]:
    """(span, entity) of everything that names or stands for an entity, longest first."""
    table: list[tuple[Range, str]] = [
        ((each.start, each.end), each.entity)
        for each in mentions
        if each.entity and each.type in ("person", "organization", "place", "equipment")
    ]
    table += [((each.start, each.end), each.entity) for each in references if each.entity]
    return sorted(table, key=lambda row: (row[0][0] - row[0][1], row[0][0]))
