"""What "the plant", "they", «завод», «он» stand for: the one entity that fits, or the candidates where several do.

Rules over what came before in the text, word by word. A definite head noun takes the entity whose name or description holds the
same noun, a noun of the same concept, or, for "the company", the firm that the text is about. A pronoun takes what agrees with it
in gender and number, was named lately, and acted: a subject before an object, never both of one verb (the order of preferences is
that of Lappin and Leass 1994, much shortened). Where two entities fit about equally, neither is chosen and both are listed.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from leakdesk.language.concepts import concept_of, fold
from leakdesk.mentions.persons import given, given_names
from leakdesk.model.claim import Reference
from leakdesk.model.entity import Mention
from leakdesk.reading import spans
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.spans import Range

#: How many sentences back a noun may point, and a pronoun.
REACH, NEAR = 12, 2
#: What is chosen is better than the next by this much.
CLEAR = 0.5
#: What it adds that a gender is known to agree.
KNOWN = 0.3
#: Nouns that belong to the one they stand beside.
_BESIDE = ("flat", "compound", "appos", "nmod:name")
_NAMED = ("person", "organization", "place", "equipment")
_WOMAN = re.compile(r"(?:[оеё]ва|[иі]на|ына|[сц]ька|[сц]кая|ая|яя|ова|ева|ina|skaya|ska|eva|ova|aya)$")
_MAN = re.compile(r"(?:[оеё]в|[оеё]ў|ев|[иі]н|ын|[сц]кий|[сц]ький|[сц]кі|ый|ий|sky|skyi|ov|ev|in)$")
_TITLES = {"mr": "m", "ms": "f", "mrs": "f", "miss": "f"}


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("leakdesk.reading") / "pronouns.toml").read_text("utf-8"))


@cache
def _listed(table: str) -> frozenset[str]:
    return frozenset(_words()[table]["words"].split())


@dataclass(slots=True)
class Seen:
    """An entity as it was last seen: where, how it acted, its nouns (concept ids and base forms), its type, what it may be in
    gender ("m", "f", "n", several, "" unknown), and how often it was seen."""

    entity: str
    type: str
    sentence: int = -1
    subject: bool = False
    verb: int = -1
    nouns: set[str] = field(default_factory=set)
    gender: str = ""
    times: int = 0


def find(text: str, sentences: list[Sentence], mentions: tuple[Mention, ...]) -> tuple[Reference, ...]:
    """References in order of their place. Mentions are names and never references."""
    seen: dict[str, Seen] = {}
    found: list[Reference] = []
    ordered = sorted((each for each in mentions if each.entity), key=lambda each: each.start)
    starts = [each.start for each in ordered]
    for number, sentence in enumerate(sentences):
        mine = ordered[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        found += _in_sentence(text, sentence, number, mine, seen)
    return tuple(found)


def _in_sentence(
    text: str, sentence: Sentence, number: int, mine: list[Mention], seen: dict[str, Seen]
) -> Iterator[Reference]:
    named = {k for k, token in enumerate(sentence.tokens) if any(each.start <= token.start < each.end for each in mine)}
    waiting = list(mine)
    for token in sentence.tokens:
        while waiting and waiting[0].start <= token.start:
            _remember(sentence, waiting.pop(0), number, seen)
        if token.i in named or token.dep in ("compound", "flat"):
            continue
        made = _reference(text, sentence, token, number, seen, named)
        if made is not None:
            yield made
            if made.entity is not None:
                _met(seen[made.entity], sentence, token, number)
    for each in waiting:
        _remember(sentence, each, number, seen)


def _met(entry: Seen, sentence: Sentence, top: Token, number: int) -> None:
    subject = _acts(sentence, top)
    entry.subject = subject or (entry.subject and entry.sentence == number)
    entry.sentence, entry.verb = number, top.head
    entry.times += 1


def speaks_for(word: str) -> bool | None:
    """Whether a pronoun of the first person stands for several ("we"); None for any other word."""
    low = word.lower()
    one, several = (low in _words()["speaker"][each].split() for each in ("one", "several"))
    return several if one or several else None


def _acts(sentence: Sentence, top: Token) -> bool:
    """Whether a word is a subject, or stands beside one: "Kroll and Lund"."""
    first = top
    while first.dep == "conj" and 0 <= first.head < first.i:
        first = sentence.tokens[first.head]
    return first.dep.startswith("nsubj")


# ---------------------------------------------------------------- what was named


def _remember(sentence: Sentence, mention: Mention, number: int, seen: dict[str, Seen]) -> None:
    if mention.type not in _NAMED or mention.entity is None:
        return
    inside = [token for token in sentence.tokens if mention.start <= token.start < mention.end]
    entry = seen.setdefault(mention.entity, Seen(mention.entity, mention.type))
    if not inside:
        return
    top = _top(sentence, inside)
    entry.nouns |= {noun for token in _about(sentence, inside, top) for noun in _nouns(token, sentence)}
    entry.gender = entry.gender or _gender(sentence, mention, inside, top)
    _met(entry, sentence, top, number)


def _top(sentence: Sentence, inside: list[Token]) -> Token:
    """The head of the phrase that a name stands in: of "the supplier Quillmar" the supplier."""
    top = inside[0]
    for above in sentence.ancestors(top.i):
        if above not in inside and not (above.pos in ("N", "PN") and top.dep in _BESIDE):
            break
        top = above
    return top


def _about(sentence: Sentence, inside: list[Token], top: Token) -> Iterator[Token]:
    """The words of a name, and the nouns that tell what it is: beside it, and of which it is said to be one."""
    yield from inside
    yield top
    for token in {each.i: each for each in (*inside, top)}.values():
        beside = (child for child in sentence.children(token.i) if child.dep in ("appos", "compound"))
        yield from (child for child in beside if child.pos == "N" or _is_noun(child, sentence))
    above = sentence.tokens[top.head] if top.head >= 0 and top.dep.startswith("nsubj") else None
    if above is not None and above.pos == "N":
        yield above
    if above is not None:
        yield from (child for child in sentence.children(above.i) if child.dep == "attr" and child.pos == "N")


def _is_noun(token: Token, sentence: Sentence) -> bool:
    """Whether a word with a capital is a noun of the language: "Director Edda Kroll"."""
    return token.pos == "PN" and concept_of(token.low, sentence.language, verbal=False) is not None


def _nouns(token: Token, sentence: Sentence) -> set[str]:
    if token.pos not in ("N", "PN"):
        return set()
    concept = concept_of(token.lemma.lower(), sentence.language, verbal=False)
    return {fold(token.lemma), fold(token.low), *([concept] if concept else [])}


def _gender(sentence: Sentence, mention: Mention, inside: list[Token], top: Token) -> str:
    if mention.type == "person":
        return _of_person(sentence, inside, top)
    if sentence.language == "en":
        return "n"
    return "p" if top.number == "p" else top.gender if top.pos == "N" or top.i == inside[0].i else ""


def _of_person(sentence: Sentence, inside: list[Token], top: Token) -> str:
    """A person's gender: by the form of address, a given name, the verb that agrees, the surname's ending."""
    before = sentence.tokens[inside[0].i - 1].low.rstrip(".") if inside[0].i else ""
    if before in _TITLES:
        return _TITLES[before]
    for token in inside:
        known = given_names().get((given(token.text) or "").casefold().replace("ё", "е"), "")
        if known in ("m", "f"):
            return known
    verb = sentence.tokens[top.head] if top.head >= 0 and top.dep.startswith("nsubj") else None
    if verb is not None and verb.pos == "V" and verb.tense == "past" and verb.gender in ("m", "f"):
        return verb.gender
    last = inside[-1].low
    return "f" if _WOMAN.search(last) else "m" if _MAN.search(last) else ""


# ---------------------------------------------------------------- what points back


def _reference(
    text: str, sentence: Sentence, token: Token, number: int, seen: dict[str, Seen], named: set[int]
) -> Reference | None:
    if token.pos == "PRON" and _agreeing(token) is not None and not token.dep.startswith("nmod"):
        candidates, place = _for_pronoun(token, number, seen), (token.start, token.end)
    elif token.pos == "N" and _definite(sentence, token):
        inside = list(spans.phrase(sentence, token.i, conjuncts=False, appositions=False))
        span = spans.extent(sentence, inside)
        if span is None or any(k in named for k in inside):
            return None
        candidates, place = _for_noun(sentence, token, number, seen), span
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
    if any(child.low in _listed("definite") for child in children):
        return True
    return sentence.language != "en" and not any(
        child.dep in ("amod", "nmod", "flat", "nummod", "appos") for child in children
    )


def _for_noun(sentence: Sentence, token: Token, number: int, seen: dict[str, Seen]) -> list[str]:
    wanted = _nouns(token, sentence)
    exact = {fold(token.lemma), fold(token.low)}
    near = [each for each in seen.values() if each.times and number - each.sentence <= REACH]
    for names in (exact, wanted):
        fitting = [each for each in near if each.nouns & names]
        if fitting:
            return _latest(fitting)
    if wanted & _listed("firms"):
        firms = [each for each in near if each.type == "organization" and not each.nouns & _listed("no_firms")]
        return _clearly((_weight(each, number) + 0.5 * min(each.times, 6), each) for each in firms)
    return []


def _latest(fitting: list[Seen]) -> list[str]:
    """The one last seen; of two in the same sentence the subject; else both."""
    last = max(each.sentence for each in fitting)
    recent = [each for each in fitting if each.sentence == last]
    if len(recent) > 1 and sum(each.subject for each in recent) == 1:
        recent = [each for each in recent if each.subject]
    return sorted(each.entity for each in recent)


def _agreeing(token: Token) -> tuple[str, str] | None:
    """The table of a pronoun (people, things, any) and its genders."""
    for table in ("people", "things", "any"):
        found = _words()[table].get(token.low)
        if found is not None:
            return table, found
    return None


def _for_pronoun(token: Token, number: int, seen: dict[str, Seen]) -> list[str]:
    near = [each for each in seen.values() if each.times and 0 <= number - each.sentence <= NEAR]
    return _clearly(
        (_weight(each, number) + agrees, each)
        for each in near
        if (agrees := _agrees(token, each)) is not None
        and not (each.sentence == number and each.verb == token.head and each.verb >= 0)
    )


def _agrees(token: Token, each: Seen) -> float | None:
    """How well an entity agrees with a pronoun; None where it does not."""
    table, genders = _agreeing(token) or ("", "")
    person = each.type == "person"
    if (table == "people" and not person) or (table == "things" and person):
        return None
    if genders == "p":
        return 0.0 if each.type == "organization" or each.gender == "p" else None
    if each.type == "place" and table == "any":
        return None
    if not each.gender:
        return 0.0
    return KNOWN if each.gender in genders else None


def _weight(each: Seen, number: int) -> float:
    return float(each.subject) + 0.1 * min(each.times, 5) - 1.0 * (number - each.sentence)


def _clearly(weighed: Iterable[tuple[float, Seen]]) -> list[str]:
    """The one that weighs most by a clear margin; all that are within it else."""
    ranked = sorted(weighed, key=lambda pair: -pair[0])
    return sorted(each.entity for weight, each in ranked if weight > ranked[0][0] - CLEAR)


def entity_index(mentions: tuple[Mention, ...], references: tuple[Reference, ...]) -> list[tuple[Range, str]]:
    """(span, entity) of everything that names or stands for an entity, longest first."""
    table: list[tuple[Range, str]] = [
        ((each.start, each.end), each.entity) for each in mentions if each.entity and each.type in _NAMED
    ]
    table += [((each.start, each.end), each.entity) for each in references if each.entity]
    return sorted(table, key=lambda row: (row[0][0] - row[0][1], row[0][0]))
