"""What models say is checked before it counts: labels, nations, first words of sentences and ordinary words are no names."""

from __future__ import annotations

import re
from dataclasses import replace

from leakdesk.language.gazetteer import find_place
from leakdesk.language.sentences import openers
from leakdesk.mentions.found import Found, Mask
from leakdesk.mentions.models import ordinary_word
from leakdesk.mentions.persons import given, given_only_word, surname_shaped
from leakdesk.model.document import Language

#: Labels and codes that models take for organisations.
_LABELS = frozenset(
    [
        "VAT",
        "IBAN",
        "SWIFT",
        "BIC",
        "INN",
        "KPP",
        "UNP",
        "EUR",
        "USD",
        "GBP",
        "RUB",
        "BYN",
        "UAH",
        "CEO",
        "CFO",
        "PDF",
        "FYI",
        "ASAP",
        "RE",
        "FW",
        "CC",
        "GMT",
        "UTC",
        "CET",
        "CCTV",
        "FAQ",
        "ID",
        "TV",
        "Captain",
        "Col",
        "Gen",
        "Lt",
        "Maj",
        "Sgt",
        "Snr",
        "Jr",
        "Sr",
        "Mr",
        "Mrs",
        "Ms",
        "Dr",
        "Prof",
        "President",
        "Minister",
        "Director",
        "Chairman",
        "Manager",
        "Dear",
        "Regards",
        "ИНН",
        "КПП",
        "УНП",
        "БИК",
        "ОГРН",
        "НДС",
        "ПДВ",
        "ЄДРПОУ",
        "МФО",
        "ТЗ",
        "КП",
        "ТТН",
        "ПДС",
    ]
)
_NATIONS = re.compile(
    r"(?:Russia|Ukraini|Belarusi|Germa|America|Europea|Chine|Japane|Turki|Poli|"
    r"Briti|Frenc|Spani|Irania?|Sovie|Lithuani)[a-z]{0,4}$"
)


def judged(sheet: str, found: Found, language: Language) -> Found:
    """What a model says about one word alone is checked: given names are people; a sentence's first word may be anything."""
    found = _without_opening(sheet, found, language)
    text = sheet[found.start : found.end].strip()
    if " " in text or not text:
        return found
    if found.rule == "spacy" and _NATIONS.match(text) and find_place(text, "en") is None:
        return replace(found, weight=0.0)
    if found.type == "place" and given(text) == text and find_place(text, language) is None:
        return replace(found, type="person", weight=0.6)
    if ordinary_word(text, language) and (
        language == "ru" or text.isupper() or not surname_shaped(text) or _opens(sheet, found.start)
    ):
        return replace(found, weight=0.0)
    if _opens(sheet, found.start) and not _supported(sheet, found.start, text, language):
        return replace(found, weight=0.0)
    if found.rule == "spacy" and found.type in ("organization", "place") and not find_place(text, "en"):
        return replace(found, weight=min(found.weight, 0.5))
    return found


def _without_opening(sheet: str, found: Found, language: Language) -> Found:
    """A person without the ordinary word that begins the sentence before the name: "Наконт Лімасола", "Звоните Ладутько"."""
    first, blank, _ = sheet[found.start : found.end].partition(" ")
    if found.type != "person" or not blank or first[:1] < "\u0400" or not _opens(sheet, found.start):
        return found
    if given(first) or surname_shaped(first) or "." in first or not ordinary_word(first, language):
        return found
    return replace(found, start=found.start + len(first) + 1)


def _opens(sheet: str, at: int) -> bool:
    line = sheet.rfind("\n", max(0, at - 60), at) + 1
    before = sheet[max(line, at - 60) : at].strip(" \"'«(>-—•*\t")
    return not before or before[-1] in ".!?:"


def _supported(sheet: str, at: int, word: str, language: Language) -> bool:
    """Whether something but its place in the sentence speaks for a capitalised word being a name."""
    if language == "en" and (
        word.lower() in openers() or (given_only_word(word) and not _seen_inside(sheet, at, word))
    ):
        return False
    if given(word) or not word[1:].islower() or ordinary_word(word, language) is False:
        return True
    if find_place(word, language) is not None and not ordinary_word(word, language):
        return True
    if _seen_inside(sheet, at, word):
        return True
    return bool(_TELLING.search(word)) or (
        language in ("ru", "en") and surname_shaped(word) and not ordinary_word(word, language)
    )


#: How far around a word (code points) the same word is looked for inside a sentence.
_NEAR = 8000


def _seen_inside(sheet: str, at: int, word: str) -> bool:
    near = sheet.find(word, max(0, at - _NEAR), at + _NEAR)
    while near >= 0:
        whole = not sheet[near - 1 : near].isalpha() and not sheet[near + len(word) : near + len(word) + 1].isalpha()
        if whole and not _opens(sheet, near):
            return True
        near = sheet.find(word, near + len(word), at + _NEAR)
    return False


#: Endings of surnames that no ordinary word of uk and be has.
_TELLING = re.compile(
    r"(?:енко|енка|енку|енком|энка|энкі|энку|чук\w{0,2}|юк\w?|ськ(?:ий|ого|ому|"
    r"им)|евич\w{0,2}|ович\w{0,2}|евіч\w{0,2}|овіч\w{0,2}|авіч\w{0,2}|[оаеє]ў|"
    r"оўскі|єв|йко|йка)$"
)


def clear(sheet: str, found: Found, mask: Mask) -> bool:
    text = sheet[found.start : found.end]
    return (
        text not in _LABELS
        and mask.free(found.start, found.end)
        and (found.type != "person" or not text.isupper() or " " in text)
    )
