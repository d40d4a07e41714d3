"""Second thoughts about names of one word: a person that is a town in an oblique case, or an ordinary noun with a capital letter;
an organisation that is somebody's surname.

"По поводу Лимасола" names no Лимасол, "водитель Машины" no Машин, and "Hallow stayed in Limassol" no firm where the text has
told of Edric Hallow. Only words that stand alone and for which nothing but a model, an ending or a post before them speaks are
looked at again; initials, a father's name, a given name, a mail header or a full name elsewhere in the text settle the matter.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from leakdesk.language import syntax
from leakdesk.language.gazetteer import find_place
from leakdesk.language.inflect import base_forms
from leakdesk.language.syntax import MissingPart
from leakdesk.mentions.models import ordinary_word
from leakdesk.mentions.persons import given, surname_shaped
from leakdesk.mentions.weigh import Settled, family
from leakdesk.model.document import Language

#: The rule by which a surname alone is the person of whom the text tells.
NAMED_IN_FULL = "named in full elsewhere"
#: Rules that say "person" by the look of a word, or by a post before it, only.
_LOOKS = frozenset(("ending of a surname", "form of address or post", "form of address"))
#: A town has at least so many inhabitants, to be believed against a model.
TOWN = 50_000


def second_thoughts(
    sheet: str,
    settled: list[Settled],
    language_at: Callable[[int], Language],
    known: Collection[str],
    in_full: Collection[str],
) -> list[Settled]:
    """The settled mentions with lone, weak names looked at again. `known`: surnames, by their shape, of people named in full;
    `in_full`: whatever stands beside a given name."""
    of_bodies = {
        word for each in settled if _is_body(each) for word in sheet[each.found.start : each.found.end].split()
    }
    people = [_as_person(sheet, each, {*known, *in_full}, of_bodies) for each in settled]
    return [
        kept
        for each in people
        if (kept := _again(sheet, each, language_at(each.found.start), known) if _is_weak(each) else each) is not None
    ]


def _is_body(each: Settled) -> bool:
    """An organisation for which more than a model speaks."""
    return each.found.type == "organization" and any(family(rule) != "model" for rule in each.rules)


def _as_person(sheet: str, each: Settled, known: Collection[str], of_bodies: Collection[str]) -> Settled:
    """What only a model takes for an organisation is the person of that surname, if the text names one in full and no body so."""
    word = sheet[each.found.start : each.found.end]
    if each.found.type != "organization" or _is_body(each) or " " in word or word in of_bodies:
        return each
    if not any(form.text in known for form in base_forms(word)):
        return each
    found = replace(each.found, type="person", normal="", rule=NAMED_IN_FULL)
    return Settled(found, (NAMED_IN_FULL,), sure=True)


def _is_weak(each: Settled) -> bool:
    return each.found.type == "person" and all(rule in _LOOKS or family(rule) == "model" for rule in each.rules)


def _again(sheet: str, each: Settled, language: Language, known: Collection[str]) -> Settled | None:
    text = sheet[each.found.start : each.found.end]
    if " " in text or text[:1] < "\u0400" or given(text) or any(form.text in known for form in base_forms(text)):
        return each
    posted = any(rule in _LOOKS and rule != "ending of a surname" for rule in each.rules)
    town = None if posted else _town(text, language)
    if town is not None:
        found = replace(each.found, type="place", normal=town, rule="gazetteer: town in another case")
        return replace(each, found=found, rules=(found.rule, *each.rules))
    if not mostly_ordinary(text, language):
        return each
    return None if each.rules == ("ending of a surname",) else replace(each, sure=False)


def _town(text: str, language: Language) -> str | None:
    """The nominative of a town of which this is another case; a town called like a man (Королёв, Чехов) stays a man."""
    found = find_place(text, language)
    if found is None or found[0] == text or surname_shaped(found[0]) or given(found[0]):
        return None
    return found[0] if found[1][0].kind == "city" and found[1][0].population >= TOWN else None


def mostly_ordinary(text: str, language: Language) -> bool:
    """Whether a dictionary knows a word above all as something else than a name: Машина, Кладовщик; not Лебедева."""
    if language != "ru":
        return ordinary_word(text, language) is True
    try:
        forms = syntax.russian_forms(text.lower())
    except MissingPart:
        return False
    names = ("Name", "Surn", "Patr", "Geox")
    return bool(forms) and forms[0].is_known and not any(tag in forms[0].tag for tag in names)
