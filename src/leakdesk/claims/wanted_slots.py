"""A slot of a claim as something to look for: its content words, each with everything that another language may have for it, and
who a person is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from leakdesk.claims.figures import number_word
from leakdesk.claims.heads import is_person_word
from leakdesk.claims.keys import word_alternatives
from leakdesk.claims.kinds import narrower
from leakdesk.language.concepts import all_concepts, concepts_of_word
from leakdesk.language.words import WORD
from leakdesk.model.claim import Reading
from leakdesk.model.document import Language

Alternatives = frozenset[str]
"""Keys of which any one will do."""


Weigh = Callable[[Alternatives], float]
"""How telling a word is: rare words weigh more."""

#: Share of a slot's words that make it stand in a passage.
STANDS = 0.5
#: A word of the same wider class tells the deed less surely than its own.
RELATED = 0.6


def even(_: Alternatives) -> float:
    """Every word weighs the same: a `Weigh` where no other sentences are at hand."""
    return 1.0


def is_concept(word: Alternatives) -> bool:
    """Whether a word says what something is, not what it is called."""
    return any(key[:1] in "@%" for key in word)


def _is_actor(word: Alternatives) -> bool:
    known = all_concepts()
    told = [known[key[1:]] for key in word if key[0] == "@" and key[1:] in known]
    return bool(told) and all(each.kind == "actor" or each.group in KINDS_OF_BODIES for each in told)


def is_kind(word: Alternatives) -> bool:
    """Whether a word says what kind of body, place or thing something is ("station")."""
    known = all_concepts()
    return any(key[1:] in known and known[key[1:]].group in KINDS_OF_THINGS for key in word if key[0] == "@")


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedSlot:
    """Content words of a slot, each with its alternatives, and the same for every other name of its entity."""

    wordings: tuple[tuple[Alternatives, ...], ...]
    named: bool
    surname: Alternatives = frozenset()
    """Of a person, the last word of the name."""
    name: str = ""
    """A person's name."""
    proper: bool = False
    """Whether a word of it has a capital."""

    def share(self, keys: frozenset[str], weigh: Weigh) -> float:
        """How much of the best wording stands among some keys, 0..1, rare words counting more."""
        return max((_share(wording, keys, weigh) for wording in self.wordings), default=0.0)

    @property
    def is_somebody(self) -> bool:
        """Whether it is called a person or a body: every wording begins with what somebody is."""
        return bool(self.wordings) and all(_is_actor(wording[0]) for wording in self.wordings)

    def by_kind(self, here: frozenset[str], near: frozenset[str]) -> bool:
        """Whether a sentence names the kind of a thing ("the station") whose own name stands near it, in the letter or among its
        people: every word of a wording is there, and those that say of what kind it is are `here`."""
        for wording in self.wordings:
            kinds = [each for each in wording if is_kind(each)]
            names = [each for each in wording if not is_concept(each)]
            if kinds and names and all(each & here for each in kinds) and all(each & (here | near) for each in wording):
                return True
        return False

    def name_in(self, keys: frozenset[str]) -> bool:
        """Whether all words of a name stand among some keys, without those that say what it is."""
        names = ([word for word in wording if not is_concept(word)] for wording in self.wordings)
        return any(each and all(word & keys for word in each) for each in names)

    def only(self, keys: frozenset[str]) -> bool:
        """Whether some wording holds nothing but words of these keys ("the money")."""
        return any(all(each & keys for each in wording) for wording in self.wordings)

    def matched(self, keys: frozenset[str]) -> set[Alternatives]:
        """The words of any wording that stand among some keys."""
        return {each for wording in self.wordings for each in wording if each & keys}


#: Groups of concepts that say what kind of body or place a name names.
KINDS_OF_BODIES = frozenset({"org", "site", "place"})
#: And those that say what kind of thing it is.
KINDS_OF_THINGS = KINDS_OF_BODIES | {"vehicle", "equipment", "goods", "text"}


def _share(wording: Sequence[Alternatives], keys: frozenset[str], weigh: Weigh) -> float:
    whole = sum(weigh(each) for each in wording)
    return sum(weigh(each) for each in wording if each & keys) / whole if whole else 0.0


def slot_of(text: str, entity: str | None, reading: Reading, language: Language) -> WantedSlot | None:
    """What a slot would look like; None where its words say nothing by themselves ("it", "nothing")."""
    known = next((each for each in reading.entities if each.id == entity), None)
    texts = list(dict.fromkeys((text, *(known.names if known else ()))))
    wordings = tuple(w for each in texts for w in (wording_of(each, language), _name_alone(each, language)) if w)
    if not wordings:
        return None
    name = known.caption if known and known.schema == "Person" else _name_of_somebody(text, language)
    return WantedSlot(
        wordings=wordings, named=known is not None, surname=_surname(name, language), name=name, proper=_is_proper(text)
    )


def _is_proper(text: str) -> bool:
    return any(word[:1].isupper() for word in WORD.findall(text)[1:]) or any(mark in text for mark in '«“"')


def _name_of_somebody(text: str, language: Language) -> str:
    """The name in "judge Oleg Sazhin": words with a capital beside a word for what somebody is; "" for anything else."""
    words = WORD.findall(text)
    known = all_concepts()
    office = [word for word in words if any(known[each].kind == "actor" for each in concepts_of_word(word, language))]
    names = [word for word in words if word[:1].isupper() and word not in office]
    quoted = any(mark in text for mark in '«»“”"')
    return " ".join(names) if office and len(names) == FULL_NAME and not quoted else ""


#: A first name and a surname.
FULL_NAME = 2


def _surname(name: str, language: Language) -> Alternatives:
    words = [word for word in WORD.findall(name) if word[:1].isupper() and len(word) > 2]
    return word_alternatives(words[-1], language) if len(words) > 1 else frozenset()


def wording_of(text: str, language: Language) -> tuple[Alternatives, ...]:
    words = (
        word
        for word in WORD.findall(text)
        if not word.isdigit() and number_word(word) is None and not is_person_word(word, language)
    )
    found = (each for word in words if (each := word_alternatives(word, language)))
    return tuple(each.union(*(narrower()[key] for key in each if key in narrower())) for each in found)


def _name_alone(text: str, language: Language) -> tuple[Alternatives, ...]:
    """The name in a phrase without the word that says what kind of body or place it is ("the firm Harbuz-Trans"); () where
    anything else stands beside it: "the director's wife" is not the director."""
    words = [word for word in WORD.findall(text) if word_alternatives(word, language)]
    names = [word for word in words if word[:1].isupper() and not concepts_of_word(word, language)]
    rest = (concepts_of_word(word, language) for word in words if word not in names)
    known = all_concepts()
    kinds = all(any(known[each].group in KINDS_OF_BODIES for each in told) for told in rest)
    return wording_of(" ".join(names), language) if names and len(names) < len(words) and kinds else ()
