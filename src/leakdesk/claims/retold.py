"""A claim in the form in which claims are compared: deeds that are told without their verb get it.

"The buyer is Lumen" becomes Lumen bought; "the money came from the clinic's account" becomes the clinic paid; "it gives the price
as 31 million" becomes that something costs 31 million; "wrote the order" and "gave the order" become one deed. retold.toml holds
the words. Nothing is guessed: a side that the words leave open stays open.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from leakdesk.claims.quotes import meaning_words
from leakdesk.claims.terms import content_terms, content_words, head_term
from leakdesk.claims.units import is_money
from leakdesk.claims.views import MONEY, ClaimView, Side, converse
from leakdesk.language.concepts import all_concepts
from leakdesk.language.words import WORD
from leakdesk.model.document import Language

#: Predicates that only join a subject to what it is.
COPULAS = frozenset({"exist", "be"})


def retold(one: ClaimView) -> ClaimView:
    """A claim with its deed told by a verb, and every side told once."""
    one = _phrasal(_owner_in_to(_told_once(_nobody(one))))
    for rule in (_by_role, _price, _money_goes, _with_support):
        one = rule(one)
    return one


def _nobody(one: ClaimView) -> ClaimView:
    """That nobody did it tells no doer."""
    said = one.subject.text.strip() if one.subject and " " not in one.subject.text.strip() else ""
    none = said and one.claim.polarity == "-" and meaning_words([said.casefold()], one.language, ("none",))
    return replace(one, subject=None) if none else one


def _told_once(one: ClaimView) -> ClaimView:
    """Readers may give one phrase as the object and as a further side: it is told once."""
    if one.object is None:
        return one
    twice = any(_bare(side.text) == _bare(one.object.text) for side in one.others.values())
    return replace(one, object=None) if twice else one


def _bare(text: str) -> str:
    words = text.casefold().split()
    return " ".join(words[1:] if len(words) > 1 and len(words[0]) <= _SHORT else words)


#: Prepositions have so many letters at most.
_SHORT = 3


def _owner_in_to(one: ClaimView) -> ClaimView:
    """What belongs *to* somebody is owned by them."""
    flipped = one.claim.predicate.lemma.casefold() in converse()["flips"].get(one.language, ())
    if not flipped or "to" not in one.others or (one.subject and one.subject.entity):
        return one
    others = {role: side for role, side in one.others.items() if role != "to"}
    return replace(one, subject=one.others["to"], object=one.object or one.subject, others=others)


def _phrasal(one: ClaimView) -> ClaimView:
    """A verb with the word behind it that makes another verb of it ("switched off")."""
    if one.language != "en" or not one.claim.predicate.text:
        return one
    verbs = "|".join(map(re.escape, one.claim.predicate.text.split()))
    found = re.search(rf"\b(?:{verbs})\s+({_PARTICLES})\b", one.claim.quote.exact, re.IGNORECASE)
    lemma = one.claim.predicate.lemma.split(" ")[0]
    deed = _phrases().get(f"{lemma} {found[1].casefold()}") if found else None
    if deed is None or deed == one.predicate_class:
        return one
    return replace(one, predicate=frozenset({f"@{deed}"}), predicate_class=deed)


_PARTICLES = "off|out|up|down|over|on|away|back|in|through"


@cache
def _phrases() -> dict[str, str]:
    """English verbs of two words -> their deed."""
    return {
        word: each.id
        for each in all_concepts().values()
        if each.verbal
        for word in each.words.get("en", ())
        if re.fullmatch(rf"\w+ (?:{_PARTICLES})", word)
    }


# ---------------------------------------------------------------- roles


def _is_copula(one: ClaimView) -> bool:
    """Whether a claim only says what its subject is: with "is", or with no verb at all."""
    verbless = one.object is not None and bool(one.predicate) and one.predicate <= one.object.terms
    return one.predicate_class in COPULAS or verbless


def _by_role(one: ClaimView) -> ClaimView:
    if one.subject is None or one.object is None or not _is_copula(one):
        return one
    found = _role(one.subject, one.language)
    if found and not _role(one.object, one.language):
        return _does(one, one.object, *found)
    found = _role(one.object, one.language)
    known = found and found[1] is not None and found[0] in _table()["said_of"]["deeds"]
    if found and known and (one.subject.entity or _names(one.subject.text)):
        return _does(one, one.subject, *found)
    return one


def _does(one: ClaimView, who: Side, deed: str, thing: Side | None) -> ClaimView:
    return replace(
        one,
        subject=who,
        object=thing,
        predicate=frozenset({f"@{deed}"}),
        predicate_class=deed,
        events=one.events | {deed},
    )


def _names(text: str) -> bool:
    return any(word[:1].isupper() or word[:1] in "«“" for word in text.split())


def _role(side: Side, language: Language) -> tuple[str, Side | None] | None:
    """The deed that a phrase's head tells as a role ("the buyer of the plant"), and of what; None for any other phrase."""
    found = [(match, deed) for match in WORD.finditer(side.text) if (deed := _deed_of_role(match[0], language))]
    if not found:
        return None
    match, deed = found[0]
    before, after = side.text[: match.start()], side.text[match.end() :]
    if _names(WORD.sub(lambda m: m[0] if m.start() else "", before)):
        return None  # "Lumen, the buyer": somebody with a name is no mere role
    if _SOMEWHERE.match(after):
        return None  # "the largest supplier in the valley" has supplied nobody in particular
    tail = _part(after, language)
    if tail is None and language == "en":
        tail = _part(before, language)
    if tail is not None and side.entity:
        tail = replace(tail, entity=side.entity)
    return deed, tail


_SOMEWHERE = re.compile(r"\s*(?:in|within|across|в|во|у|на)\s", re.IGNORECASE)


def _part(text: str, language: Language) -> Side | None:
    """A side of a part of a phrase; None where it names nothing."""
    bare = re.sub(r"^\W*(?:of|for|для)\s+", "", text.strip(" ,"), flags=re.IGNORECASE)
    terms = frozenset(content_terms(bare, language))
    if not terms:
        return None
    return Side(
        entity=None, text=bare, head=head_term(bare, language), terms=terms, words=content_words(bare, language)
    )


@cache
def _deed_of_role(word: str, language: Language) -> str:
    folded = word.casefold()
    listed = next((deed for deed, pattern in _role_words() if pattern.match(folded)), "")
    if listed:
        return listed
    told = {term[1:] for words in content_words(word, language) for term in words if term[:1] == "@"}
    deeds: Mapping[str, str] = _table()["roles"]
    return next((deeds[each] for each in sorted(told) if each in deeds), "")


@cache
def _role_words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (deed, re.compile(rf"(?:{'|'.join(words)})\w{{0,3}}$")) for deed, words in _table()["role_words"].items()
    )


# ---------------------------------------------------------------- prices and payments


def _price(one: ClaimView) -> ClaimView:
    """What something costs, however it is told: with what costs as the subject, and the sum as a number only."""
    if not any(is_money(quantity.unit) for quantity in one.quantities):
        return one
    table = _table()["price"]
    head = one.subject.words if one.subject else ()
    if one.predicate_class == "cost":
        return replace(one, object=None) if one.object and _is_sum(one.object) else one
    if one.subject and (one.predicate_class in table["told"] or _is_copula(one)) and _is_price(head, one):
        return _costs(one, _without(one.subject, one.language))
    if one.object and one.predicate_class in table["said"] and _is_price(one.object.words, one):
        return _costs(one, _without(one.object, one.language))
    return one


def _is_price(words: tuple[frozenset[str], ...], one: ClaimView) -> bool:
    table = _table()["price"]
    sure = {f"@{each}" for each in table["words"]}
    maybe = {f"@{each}" for each in table["maybe"]}
    if any(word & sure for word in words):
        return True
    # "The sum of the deal is ...": a mere sum is a price only where nothing but a number is said of it.
    return bool(words) and all(word & maybe for word in words) and (one.object is None or _is_sum(one.object))


def _costs(one: ClaimView, thing: Side | None) -> ClaimView:
    return replace(one, subject=thing, object=None, predicate=frozenset({"@cost"}), predicate_class="cost")


def _is_sum(side: Side) -> bool:
    return all(word & MONEY or any(term.isdigit() or term[:1] != "@" for term in word) for word in side.words)


def _without(side: Side, language: Language) -> Side | None:
    """What a price is of, where the phrase says so."""
    table = _table()["price"]
    drop = {f"@{each}" for each in (*table["words"], "money_n")}
    words = tuple(word for word in side.words if not word & (drop | MONEY) and not any(t.isdigit() for t in word))
    if not words:
        return None
    terms = frozenset(term for term in side.terms if any(term in word for word in words))
    head = side.head if side.head in terms else next(iter(sorted(terms)), "")
    return replace(side, words=words, terms=terms, head=head)


def _money_goes(one: ClaimView) -> ClaimView:
    """Money that comes, goes or leaves is paid by whom it comes from."""
    table = _table()["money"]
    moved = one.claim.predicate.class_ in table["goes"] or one.predicate_class in table["goes"]
    money = next((side for side in (one.subject, one.object) if side and _is_money(side)), None)
    if not moved or money is None or (money is one.object and one.subject is not None):
        return one
    payer = one.others.get("from")
    others = {role: side for role, side in one.others.items() if role != "from"}
    if one.object and one.object is not money and "to" not in others:
        others["to"] = one.object
    return replace(
        one,
        subject=_account_holder(payer) if payer else None,
        object=money,
        others=others,
        predicate=frozenset({"@pay"}),
        predicate_class="pay",
        events=one.events | {"pay"},
    )


def _is_money(side: Side) -> bool:
    return any(word & MONEY for word in side.words)


def _account_holder(side: Side) -> Side | None:
    drop = {f"@{each}" for each in _table()["money"]["account"]}
    words = tuple(word for word in side.words if not word & drop)
    if not words and not side.entity:
        return None
    terms = frozenset(term for term in side.terms if any(term in word for word in words))
    return replace(side, words=words, terms=terms, head=side.head if side.head in terms else min(terms, default=""))


# ---------------------------------------------------------------- deeds told with a noun


def _with_support(one: ClaimView) -> ClaimView:
    if one.object is None:
        return one
    for row in _table()["support"]:
        things = {f"@{each}" for each in row["things"]}
        verb = one.predicate_class in row["verbs"] or one.claim.predicate.lemma.casefold() in row["words"]
        if verb and any(word & things for word in one.object.words[:2]):
            return replace(one, predicate=one.predicate | {f"@{row['deed']}"}, predicate_class=row["deed"])
    return one


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("leakdesk.claims").joinpath("retold.toml").read_text("utf-8"))
