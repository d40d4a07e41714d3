"""The written words that a queried word stands for, each with the rule; from the vocabulary, judged by the spelling rules."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock

from leakdesk.language.concepts import concept_of_word
from leakdesk.language.gazetteer import places_named
from leakdesk.language.inflect import base_forms, is_common_word
from leakdesk.language.scripts import script_of
from leakdesk.language.spelling import query_keys, relation, spelling_rules, stem_keys
from leakdesk.search import misread
from leakdesk.search.declension import nominatives
from leakdesk.search.keys import asked_keys
from leakdesk.search.misread import has_digit_inside, meant
from leakdesk.search.neighbours import keys_in_small_letters
from leakdesk.search.systems import abroad
from leakdesk.search.vocabulary import Vocabulary, has_spellings
from leakdesk.search.words import CAPITAL, bare, both_cases, surface, term_of

#: A queried word stands for at most so many written words (those that differ least come first).
MOST_SPELLINGS = 400
#: Answers remembered, at most.
REMEMBERED = 2_000
#: Written forms of a name, and nominatives, from which further ones are looked for.
MOST_LOOKED_AT, MOST_NOMINATIVES = 40, 8
EXACT = "exact"
#: What the spelling rules call letters of the other script that look the same, and what a match calls them.
_LOOK_ALIKE, HOMOGLYPH = "look-alike letters", "homoglyph"
INFLECTION, OTHER_LETTERS = "inflection", "uk/be/ru letters"
#: Letters of the three languages for one sound: what differs in them only is a spelling, and no case (Гречаный, Гречаний).
_ONE_SOUND = str.maketrans("ўіїыєэёґ", "виииееег")
#: Endings that are cases of a name, unless the name asked for ends so itself (Трубецкой).
_ONLY_CASES = ("ву", "ської", "цької", "ській", "цькій", "ской", "цкой")
_SUCH_NAMES = ("ву", "vu", "ої", "ой", "ій", "oy", "oi", "oj")
WOMAN = "woman's form"
#: Endings of the genitive plural that are also endings of towns.
_OF_MANY = ("ів", "їв", "ов", "ев", "ёв", "оў", "еў", "ёў", "аў")
#: Endings of a man's surname and of the woman's: whoever looks for a surname looks for the family.
WOMANS_ENDINGS = (
    ("ов", "ова"), ("ев", "ева"), ("ёв", "ёва"), ("єв", "єва"), ("ин", "ина"), ("ын", "ына"), ("ін", "іна"), ("їн", "їна"),
    ("оў", "ова"), ("еў", "ева"), ("ёў", "ёва"), ("аў", "ава"), ("ський", "ська"), ("цький", "цька"), ("ский", "ская"),
    ("цкий", "цкая"), ("скі", "ская"), ("цкі", "цкая"),
    ("ov", "ova"), ("ev", "eva"), ("in", "ina"), ("yn", "yna"), ("ou", "ova"), ("au", "ava"), ("eu", "eva"),
    ("sky", "skaya"), ("skyi", "ska"), ("skiy", "skaya"), ("skij", "skaja"), ("ski", "skaya"), ("skii", "skaia"),
    ("tsky", "tskaya"), ("tskiy", "tskaya"), ("tski", "tskaya"),
)  # fmt: skip
#: Letters a surname has at least before such an ending (Лев is no family of Лева).
SHORTEST_STEM = 3


class Spellings:
    """Other spellings of words, remembered until the vocabulary changes. Safe to ask from several threads."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._lock = Lock()
        self._remembered: dict[str, dict[str, str]] = {}
        self._version = -1
        # The dictionary is loaded now, and a damaged vocabulary is found now, not with the first search.
        vocabulary.forms(asked_keys("Слово"))

    def of(self, word: str) -> dict[str, str]:
        """Terms of the index -> rule, for a word as a person typed it; the word itself is among them ("exact")."""
        with self._lock:
            version = self._vocabulary.version()
            if version != self._version or len(self._remembered) > REMEMBERED:
                self._remembered.clear()
                self._version = version
            if word not in self._remembered:
                self._remembered[word] = self._found(word)
            return self._remembered[word]

    def _found(self, word: str) -> dict[str, str]:
        term = term_of(word)
        found = exact(word)
        if not has_spellings(term):
            return found
        asked = as_asked(word)
        self._take(asked, found, "")
        for woman in sorted(womans_forms(asked)):
            self._take(woman, found, WOMAN)
        if is_name(asked):
            self._take_further(asked, found)
        return found

    def _take_further(self, asked: str, found: dict[str, str]) -> None:
        """What no key leads to: cases in small letters, and the spellings of papers abroad; both by the name's nominatives."""
        bases = self._nominatives(asked, found)
        for form in self._vocabulary.forms(keys_in_small_letters(bases)):
            if form in found or form.startswith(CAPITAL) or is_common_word(form):
                continue
            rule = rule_between(asked, form)
            if rule is not None and len(found) < MOST_SPELLINGS:
                found[form] = rule
        spelled = {
            term: f"romanisation {language}"
            for base in bases
            for form, language in abroad(base).items()
            for term in both_cases(form)
            if term not in found
        }
        known = sorted(self._vocabulary.known(list(spelled)))
        found.update((term, spelled[term]) for term in known[: MOST_SPELLINGS - len(found)])

    def _nominatives(self, asked: str, found: Mapping[str, str]) -> list[str]:
        """The name asked for and its nominatives in other languages, as far as the index has a form of them."""
        bases = {asked: None} if script_of(asked) == "Cyrillic" else {}
        written = [surface(term) for term in found if term.startswith(CAPITAL)][:MOST_LOOKED_AT]
        for form in written:
            if script_of(form) == "Cyrillic":
                for base in base_forms(form):
                    if base.text not in bases and spelling_rules(asked, base.text) is not None:
                        bases[base.text] = None
        return list(bases)[:MOST_NOMINATIVES]

    def _take(self, asked: str, found: dict[str, str], prefix: str) -> None:
        others: list[tuple[int, str, str]] = []
        for form in self._vocabulary.forms(asked_keys(asked)):
            if form not in found and (rule := rule_between(asked, form)) is not None:
                others.append(
                    (rule.count("+"), form, rule if not prefix else prefix if rule == EXACT else f"{prefix} + {rule}")
                )
        chosen = sorted(others)[: MOST_SPELLINGS - len(found)]
        small_twins = self._vocabulary.known([bare(form) for _, form, _ in chosen if bare(form) != form])
        for _, form, rule in chosen:
            found[form] = rule
            small = bare(form)
            if small in small_twins and small not in found and not is_common_word(small):
                found[small] = rule


def is_name(asked: str) -> bool:
    """Whether a queried word may be a name: it has a capital, or is no word of the dictionary."""
    return asked[:1].isupper() or any(key[:1] not in "=#" for key in query_keys(asked))


def exact(word: str) -> dict[str, str]:
    """The terms of a word as it is written, in small letters and with a capital."""
    return dict.fromkeys(both_cases(term_of(word)), EXACT)


def as_asked(word: str) -> str:
    """A queried word as the spelling rules should see it: ВСЕ CAPITALS are one capital, small letters stay small."""
    term = term_of(word)
    return surface(term) if term != bare(term) else (word.capitalize() if word[:1].isupper() else word)


def womans_forms(asked: str) -> set[str]:
    """The woman's nominative of a man's surname, whatever case and language it was asked in; empty for other words."""
    if all(key.startswith("=") for key in query_keys(asked)):
        return set()
    nominatives = {asked, *(form.text for form in base_forms(asked) if form.gender == "m")}
    return {
        nominative[: len(nominative) - len(man)] + woman
        for nominative in nominatives
        for man, woman in WOMANS_ENDINGS
        if nominative.endswith(man) and len(nominative) - len(man) >= SHORTEST_STEM
    }


def rule_between(asked: str, form: str) -> str | None:
    """Why a written word (a term of the index) is a spelling of the word asked for, or None."""
    written = surface(form)
    if has_digit_inside(written) or (asked[:1].isupper() and written.isascii()):
        restored = meant(written)
        if restored is not None:
            rule = _rule_between(asked, restored)
            if rule is not None:
                return misread.RULE if rule == EXACT else f"{misread.RULE} + {rule}"
    return _rule_between(asked, written)


def _rule_between(asked: str, written: str) -> str | None:
    if _is_no_genitive_plural(asked, written) or _is_no_genitive_plural(written, asked):
        return None
    rule = relation(asked, written)
    if asked.isascii() and asked.islower() and _is_english(asked, written, rule):
        # Found in its own inflections only: deliver is no spelling of delivery.
        return EXACT if rule == "same" else "inflection" if set(stem_keys(asked)) & set(stem_keys(written)) else None
    if rule is None and (asked.islower() or written.islower()):
        # Whoever types a surname in small letters means the name; the vocabulary gave it a name's keys.
        rule = relation(asked.capitalize(), written.capitalize())
    if rule is None:
        rule = _by_declension(asked.capitalize(), written.capitalize())
    return EXACT if rule == "same" else _said(asked, written, rule) if rule else None


def _is_no_genitive_plural(place: str, stem: str) -> bool:
    """Whether the first word is a known place in the nominative that only looks like "of many" of the other: Харків is no
    case of Харк, nor Ростов of Рост. (Horbachiv, which is no place, may be one of Horbach.)"""
    low = place.lower()
    ending = next((each for each in _OF_MANY if low == stem.lower() + each), None)
    return ending is not None and place[:1].isupper() and bool(places_named(place))


def _said(asked: str, written: str, rule: str) -> str:
    """A rule as a match says it."""
    if rule == INFLECTION and asked.translate(_ONE_SOUND) == written.translate(_ONE_SOUND):
        return "в and ў" if asked.replace("ў", "в") == written.replace("ў", "в") else OTHER_LETTERS
    if INFLECTION not in rule and written.endswith(_ONLY_CASES) and not asked.endswith(_SUCH_NAMES):
        rule = f"{rule} + {INFLECTION}"
    return rule.replace(_LOOK_ALIKE, HOMOGLYPH)


def _is_english(asked: str, written: str, rule: str | None) -> bool:
    """Whether small Latin letters are a common English word here: its concept is known, or the two would be a name and its
    case in Latin letters, which hardly anybody writes."""
    return concept_of_word(asked, "en") is not None or (
        written.isascii() and rule is not None and rule.endswith("inflection")
    )


def _by_declension(asked: str, written: str) -> str | None:
    """The rule where `written` is a case of a spelling of `asked`, by the wide table of endings."""
    best: tuple[str, ...] | None = None
    for nominative in nominatives(written):
        rules = ("same",) if nominative == asked else spelling_rules(asked, nominative)
        if rules is not None and (best is None or len(rules) < len(best)):
            best = rules
    if best is None:
        return None
    return " + ".join([*(rule for rule in best if rule != "same"), "inflection"])
