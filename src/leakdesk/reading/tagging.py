"""Word classes without a parser: closed-class tables, the dictionary where one is installed, endings where none is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

from leakdesk.language import apertium
from leakdesk.language.concepts import concept_of, dictionary, fold, lemmas
from leakdesk.language.paradigms import irregular
from leakdesk.model.document import Language
from leakdesk.reading.lexicon import Lexicon, lexicon
from leakdesk.reading.sentence import Token
from leakdesk.reading.words import number_table

_WORD = re.compile(
    r"\d+(?:[.,:/]\d+)*(?:-?(?:[^\W\d_]{1,3}))?(?![^\W_])|[^\W_]+(?:[-'./](?=[^\W_])[^\W_]+)*(?:\.(?=[^\W_]))?|[^\w\s]|_",
    re.UNICODE,
)
_CASES = {
    "nomn": "n",
    "gent": "g",
    "datv": "d",
    "accs": "a",
    "ablt": "i",
    "loct": "l",
    "gen2": "g",
    "loc2": "l",
    "voct": "",
}
_APERTIUM_CASES = {"nom": "n", "gen": "g", "dat": "d", "acc": "a", "ins": "i", "loc": "l"}
_QUOTES = '"«»'


@dataclass(frozen=True, slots=True)
class Reading:
    """One word's class and features, as `Token` has them."""

    pos: str
    lemma: str
    cases: str = ""
    number: str = ""
    gender: str = ""
    tense: str = ""
    passive: bool = False


def tokenise(sheet: str, start: int, end: int) -> list[Token]:
    """Words and marks of [start, end); hyphens, inner dots and apostrophes stay inside words ("D-20", "п'ять", "2,000")."""
    return [
        Token(
            i=number,
            start=match.start(),
            end=match.end(),
            text=match.group(),
            low=match.group().casefold(),
            lemma=match.group().casefold(),
        )
        for number, match in enumerate(_WORD.finditer(sheet, start, end))
    ]


def tag(tokens: list[Token], language: Language, sheet: str, *, deep: bool) -> None:
    """Fill in class, base form and features of every token. `deep` allows Apertium for Ukrainian and Belarusian."""
    words = lexicon(language)
    known = _apertium(tokens, language, sheet) if deep and language in ("uk", "be") else {}
    for number, token in enumerate(tokens):
        before = tokens[number - 1] if number else None
        reading = _choose(token, known.get(token.start), before, language, words)
        token.pos, token.lemma, token.cases = reading.pos, reading.lemma, reading.cases
        token.number, token.gender, token.tense, token.passive = (
            reading.number,
            reading.gender,
            reading.tense,
            reading.passive,
        )
    if language == "en":
        _english_context(tokens, words)
        _settle_verbless(tokens)
    else:
        _slavic_context(tokens, language)


#: Endings of past tenses that the analyser takes for participles («загинула»).
_FINITE = ("в", "ла", "ло", "ли", "ў", "лі")
_MEASURES = frozenset({"%", "млн", "млрд", "тыс", "тис", "трлн"})


def _choose(token: Token, known: Reading | None, before: Token | None, language: Language, words: Lexicon) -> Reading:
    """Closed classes first, then the analyser, but a listed verb of saying in a verb's form stays a verb."""
    low = fold(token.low)
    if token.low in _MEASURES:
        return Reading("NUM", token.low, "ngdail")
    if language != "en" and low in number_table("numbers"):
        return Reading("NUM", low, "na")
    if language in ("uk", "be") and low in irregular().get(language, {}):
        verb = _verb(low, irregular()[language][low], language, known=True)
        if verb is not None:
            return replace(verb, lemma=irregular()[language][low])
    if known is not None and known.pos == "PTCP" and low.endswith(_FINITE):
        verb = _verb(low, known.lemma, language, known=True)
        return replace(verb, lemma=known.lemma, pos="V") if verb is not None else known
    if known is None:
        return _reading(token, before, language, words)
    closed = _closed(low, words)
    if closed is not None and not (closed.pos == "PRON" and known.cases):
        return closed
    listed = low in words.forms and (not known.cases or concept_of(known.lemma, language, verbal=False) is None)
    if known.pos not in ("V", "INF", "CONV", "PTCP") and listed:
        verb = _verb(low, words.bases(token.text)[0], language, known=True)
        if verb is not None:
            return verb
    if token.text[0].isupper() and before is not None and before.text not in '.!?…:"«»' and known.pos == "N":
        return replace(known, pos="PN", cases=_syncretic(low, known))
    return replace(known, cases=_syncretic(low, known)) if known.pos in ("N", "PN", "A") else known


def _syncretic(low: str, known: Reading) -> str:
    """Nominative and accusative look alike but for feminine singulars: the analyser's choice of one is a guess."""
    if known.cases == "g" and low[-1:] in "иіы" and known.gender == "f":
        return "gna"
    if known.lemma[-1:] in "оаея" and low[-1:] not in "аяоеиіїыюуєьйэё" and known.cases in ("a", "n", "na"):
        return "g"
    if known.cases == "n" and not (known.gender == "f" and low[-1:] in "ая"):
        return "na"
    if known.cases == "a" and low[-1:] not in "ую":
        return "na"
    return known.cases


def _reading(token: Token, before: Token | None, language: Language, words: Lexicon) -> Reading:
    low = fold(token.low)
    if not token.text[0].isalnum():
        return Reading("PUNCT", token.text)
    if token.text[0].isdigit():
        return Reading("NUM", token.low) if not re.search(r"[^\W\d_]", token.text) else Reading("PN", token.low)
    closed = _closed(low, words)
    if closed is not None:
        return closed
    opens = before is None or before.text in ".!?…:" or before.text in _QUOTES
    proper = token.text[0].isupper() and not opens
    if language == "en":
        return _english(token, low, words, proper=proper, opens=opens)
    if language == "ru" and dictionary("ru") is not None:
        return _russian(token.text, proper=proper, words=words)
    return _by_ending(token, language, words, proper=proper, opens=opens)


def _closed(low: str, words: Lexicon) -> Reading | None:
    table = words.closed
    for key, pos in (
        ("neg", "NEG"),
        ("rel", "REL"),
        ("prep", "PREP"),
        ("sub", "SUB"),
        ("conj", "CCONJ"),
        ("pron", "PRON"),
        ("det", "DET"),
        ("adv", "ADV"),
    ):
        if low in table.get(key, ()):
            if key == "neg" and low in table["prep"]:
                continue
            if key == "rel" and low == "that":
                continue
            return Reading(pos, low)
    return None


# ---------------------------------------------------------------- Russian, by dictionary


def _russian(text: str, *, proper: bool, words: Lexicon) -> Reading:
    return (
        _russian_cached(text, proper)
        if not words.closed["pron"].__contains__(fold(text))
        else Reading("PRON", fold(text))
    )


@lru_cache(maxsize=50_000)
def _russian_cached(text: str, proper: bool) -> Reading:
    parses = dictionary("ru").parse(text.lower())
    best = parses[0]
    if proper:
        best = next((each for each in parses if each.tag.POS == "NOUN"), best)
    pos = str(best.tag.POS or "")
    same = [each for each in parses if each.tag.POS == best.tag.POS and each.score > 0.02]
    cases = "".join(dict.fromkeys(_CASES.get(str(each.tag.case), "") for each in same if each.tag.case))
    number = {"sing": "s", "plur": "p"}.get(str(best.tag.number), "")
    gender = {"masc": "m", "femn": "f", "neut": "n"}.get(str(best.tag.gender), "")
    tense = {"past": "past", "pres": "pres", "futr": "fut"}.get(str(best.tag.tense), "")
    kind = {
        "NOUN": "PN" if proper else "N",
        "ADJF": "A",
        "ADJS": "V",
        "VERB": "V",
        "INFN": "INF",
        "PRTF": "PTCP",
        "PRTS": "V",
        "GRND": "CONV",
        "NUMR": "NUM",
        "ADVB": "ADV",
        "COMP": "ADV",
        "NPRO": "PRON",
        "PRED": "V",
        "PREP": "PREP",
        "CONJ": "CCONJ",
        "PRCL": "X",
        "INTJ": "X",
    }.get(pos, "PN" if proper else "X")
    return Reading(kind, str(best.normal_form), cases, number, gender, tense, passive=pos == "PRTS")


# ---------------------------------------------------------------- Ukrainian and Belarusian, by Apertium


def _apertium(tokens: list[Token], language: Language, sheet: str) -> dict[int, Reading]:
    """start -> reading for every word Apertium knows; {} where it is not installed."""
    if not tokens or language not in ("uk", "be") or not apertium.available(language):
        return {}
    at, end = tokens[0].start, tokens[-1].end
    found: dict[int, Reading] = {}
    for word in apertium.analyse(sheet[at : min(end, at + apertium.BLOCK)], language):
        reading = _from_apertium(word.lemma, word.tags) if word.known else None
        if reading is not None:
            found[at + word.start] = reading
    return found


def _from_apertium(base: str, tags: tuple[str, ...]) -> Reading | None:
    have = set(tags)
    kind = tags[0] if tags else ""
    base = re.sub(r"[¹²³⁴]$", "", base).lower()
    cases = "".join(code for name, code in _APERTIUM_CASES.items() if name in have)
    number = "s" if "sg" in have else "p" if "pl" in have else ""
    gender = "m" if "m" in have else "f" if "f" in have else "n" if "nt" in have else ""
    tense = "past" if "past" in have else "fut" if "fut" in have else "pres" if "pres" in have else ""
    if kind in ("vblex", "vbser", "vbmod", "vbhaver"):
        if "inf" in have:
            return Reading("INF", base)
        if "pp" in have or "pprs" in have:
            short = "short" in have or "pred" in have
            return Reading("V" if short else "PTCP", base, cases, number, gender, "past", passive="pasv" in have)
        if "ger" in have or "gna_adv" in have or "gerund" in have or "adv" in have:
            return Reading("CONV", base)
        return Reading("V", base, "", number, gender, tense)
    if kind == "num" and "ord" in have:
        kind = "adj"
    table = {"n": "N", "np": "PN", "adj": "A", "num": "NUM", "adv": "ADV"}
    return Reading(table[kind], base, cases, number, gender) if kind in table else None


# ---------------------------------------------------------------- by ending


@cache
def _endings(language: Language, kind: str) -> tuple[tuple[str, ...], ...]:
    """Rows of endings.toml for a language and a kind (verb, adjective, noun), longest ending first."""
    raw = tomllib.loads((files("leakdesk.reading") / "endings.toml").read_text("utf-8"))
    rows: list[list[str]] = raw[f"{language}_{kind}"]
    return tuple(sorted((tuple(row) for row in rows), key=lambda row: -len(row[0])))


def _by_ending(token: Token, language: Language, words: Lexicon, *, proper: bool, opens: bool) -> Reading:
    low = fold(token.low)
    bases = words.bases(token.text)
    base = bases[0]
    known_verb = low in words.forms or concept_of(base, language, verbal=True) is not None
    known_noun = concept_of(base, language, verbal=False) is not None or words.is_document(low) or words.is_people(low)
    if known_noun and not known_verb:
        return _noun(
            low,
            next((each for each in bases if concept_of(each, language, verbal=False)), base),
            language,
            proper=proper,
        )
    if not proper:
        verb = _verb(low, base, language, known=known_verb)
        if verb is not None and not (known_noun and verb.pos in ("INF", "V") and not known_verb):
            return verb
        for ending, cases in _endings(language, "adjective"):
            if low.endswith(ending) and len(low) > len(ending) + 1:
                return Reading("A", low, cases)
    return _noun(
        low,
        base,
        language,
        proper=proper or (opens and token.text[0].isupper() and base == low and len(token.text) > 3 and False),
    )


_PLURAL = ("ли", "лі", "ть", "ць", "лися", "ліся", "ються", "яться", "юцца", "яцца", "ют", "ят", "ут")
_SINGULAR = ("ить", "іць", "ыць", "ать", "аць", "еть")


def _verb(low: str, base: str, language: Language, *, known: bool) -> Reading | None:
    for ending, pos, infinitive in _endings(language, "verb"):
        if low.endswith(ending) and len(low) > len(ending) + 1:
            if pos.endswith("?") and not known:
                return None
            lemma = base if known else low[: -len(ending)] + infinitive
            number = "p" if ending.endswith(_PLURAL) and ending not in _SINGULAR else "s"
            gender = (
                "f"
                if ending.endswith(("ла", "лася"))
                else "n"
                if ending.endswith("ло")
                else "m"
                if ending.endswith(("в", "ў", "вся", "ўся"))
                else ""
            )
            tense = "past" if gender or ending.endswith(("ли", "лі", "лися", "ліся", "но", "на")) else "pres"
            passive = ending in ("овано", "ано", "ено", "ана", "ена")
            return Reading(pos.rstrip("?"), lemma, "", number if not passive else "", gender, tense, passive)
    return Reading("V", base) if known else None


def _noun(low: str, base: str, language: Language, *, proper: bool) -> Reading:
    kind = "PN" if proper else "N"
    for ending, cases, number in _endings(language, "noun"):
        if low.endswith(ending) and len(low) > len(ending) + 1:
            gender = ""
            if number != "p" and "n" in cases:
                gender = (
                    "n"
                    if ending in ("о", "е", "є", "ння", "нне", "ття", "ство", "ства", "э")
                    else "f"
                    if ending in ("а", "я", "ість", "асць")
                    else ""
                )
            return Reading(kind, base, cases, number, gender)
    return Reading(kind, base, "na", "s", "m")


# ---------------------------------------------------------------- English, by table

_ENGLISH_NOUN = (
    "tion",
    "sion",
    "ment",
    "ness",
    "ity",
    "ship",
    "ance",
    "ence",
    "ism",
    "ist",
    "ers",
    "ors",
    "age",
    "ery",
    "ology",
    "er",
    "or",
)
_ENGLISH_ADJ = ("ous", "ful", "less", "able", "ible", "ical", "ic", "ive", "ish", "al", "ary", "ese", "ian")


def _english(token: Token, low: str, words: Lexicon, *, proper: bool, opens: bool) -> Reading:
    if proper:
        return Reading("PN", low)
    if low in ("is", "are", "was", "were", "be", "been", "being", "am", "'s", "'re"):
        return Reading("V", "be", tense="past" if low in ("was", "were") else "pres")
    if low in ("has", "have", "had", "having", "do", "does", "did"):
        return Reading("V", {"h": "have", "d": "do"}[low[0]])
    if low in words.closed["aux"]:
        return Reading("AUX", low)
    bases = words.bases(token.text)
    base = bases[0]
    verbal = low in words.forms or concept_of(base, "en", verbal=True) is not None
    nominal = (
        concept_of(base, "en", verbal=False) is not None
        or concept_of(low, "en", verbal=False) is not None
        or words.is_document(low)
        or words.is_people(low)
    )
    if low.endswith("ly") and len(low) > 4:
        return Reading("ADV", low)
    if low.endswith("ing") and (verbal or len(low) > 5) and not nominal:
        return Reading("CONV", base)
    past = low.endswith("ed") or (verbal and base != low and not low.endswith(("s", "ing")))
    if past and (verbal or low.endswith("ed")) and len(low) > 3:
        return Reading("V", base, tense="past")
    if verbal and not nominal:
        return Reading("V" if low.endswith("s") and base != low else "VBASE", base, tense="pres")
    if verbal and nominal:
        return Reading("VN", base, number="p" if low.endswith("s") else "s")
    if low.endswith(_ENGLISH_ADJ) and not low.endswith(_ENGLISH_NOUN):
        return Reading("A", low)
    return Reading("N", base if base else low, number="p" if low.endswith("s") and not low.endswith("ss") else "s")


def _english_context(tokens: list[Token], words: Lexicon) -> None:
    """Settle words that may be verb or noun by their neighbours."""
    del words
    for number, token in enumerate(tokens):
        before = tokens[number - 1] if number else None
        after = tokens[number + 1] if number + 1 < len(tokens) else None
        if token.low == "to" and after is not None and after.pos in ("VBASE", "VN"):
            token.pos, after.pos = "X", "INF"
        if token.pos in ("VBASE", "VN"):
            token.pos = _verb_or_noun(token, before, after)
        if token.pos == "V" and token.tense == "past" and before is not None:
            _past_form(token, before, after)
        if token.pos == "V" and token.lemma in ("be", "have", "do") and after is not None:
            _auxiliary(token, tokens[number + 1 : number + 4])
        if token.low == "that":
            token.pos = "PRON" if before is not None and before.pos == "PREP" else "SUB"


def _past_form(token: Token, before: Token, after: Token | None) -> None:
    """ "was sold" is passive, "the sold sand" an adjective, "the sand sold by" a participle."""
    if before.lemma == "be" and before.pos in ("V", "AUX"):
        before.pos, token.passive = "AUX", True
    elif before.pos == "PREP" or (before.pos == "DET" and after is not None and after.pos in ("N", "PN", "VN")):
        token.pos = "A"
    elif before.pos in ("N", "PN") and after is not None and after.low == "by":
        token.pos = "PTCP"


def _auxiliary(token: Token, window: list[Token]) -> None:
    """be, have, do before another verb."""
    if window[0].pos not in ("V", "VBASE", "CONV", "ADV", "NEG"):
        return
    following = next((each for each in window if each.pos not in ("ADV", "NEG")), None)
    if following is None or following.pos not in ("V", "CONV", "VBASE"):
        return
    if following.lemma == "be":
        token.pos = "AUX" if token.lemma == "have" else token.pos
        return
    token.pos = "AUX"
    if following.pos == "CONV":
        following.pos = "V"
    elif token.lemma == "be":
        following.passive = True


def _settle_verbless(tokens: list[Token]) -> None:
    """A sentence needs a verb: without one, the first plural-looking word after a noun that may be a verb is it."""
    if any(token.pos in ("V", "AUX") for token in tokens):
        return
    for number, token in enumerate(tokens[1:], 1):
        before = tokens[number - 1]
        if token.pos == "N" and before.pos in ("N", "PN") and concept_of(token.lemma, "en", verbal=True) is not None:
            token.pos = "V"
            for later in range(number + 1, min(len(tokens) - 1, number + 3)):
                if tokens[later].pos == "CCONJ" and concept_of(tokens[later + 1].lemma, "en", verbal=True) is not None:
                    tokens[later + 1].pos = "V"
            return


def _verb_or_noun(token: Token, before: Token | None, after: Token | None) -> str:
    if before is not None and before.pos in ("DET", "A", "PREP", "NUM") and before.low != "to":
        return "N"
    if before is not None and (before.pos == "AUX" or before.low in ("to", "not", "n't")):
        return "V"
    if (
        before is not None
        and before.pos in ("N", "PN", "PRON", "REL")
        and after is not None
        and after.pos in ("DET", "N", "PN", "PRON", "SUB", "NUM", "A", "PREP", "PUNCT", "CONV")
    ):
        return (
            "V"
            if token.pos == "VBASE" or token.low.endswith("s") or before.pos in ("PRON", "REL") or before.number == "p"
            else "N"
        )
    return "N" if token.pos == "VN" else "V"


def _slavic_context(tokens: list[Token], language: Language) -> None:
    """Cases that a preposition forbids; participles before nouns; pronouns that are determiners."""
    for number, token in enumerate(tokens):
        before = tokens[number - 1] if number else None
        if before is not None and before.pos == "PREP" and token.pos in ("N", "PN", "A", "PTCP", "NUM", "PRON"):
            token.cases = token.cases.replace("n", "") or token.cases
        after = tokens[number + 1] if number + 1 < len(tokens) else None
        if token.pos == "REL":
            token.number = _REL_NUMBER.get(token.low, "")
        if token.low in _POINTING and after is not None and after.pos in ("N", "A", "NUM"):
            token.pos, token.cases = "DET", ""
        if token.low in _OWNERS and after is not None and after.pos in ("N", "PN", "A"):
            token.pos, token.cases = "DET", ""
        if (
            (
                token.pos == "A"
                and "n" in token.cases
                and (after is None or after.pos in ("PUNCT", "V", "PREP", "CCONJ", "NEG", "ADV"))
            )
            and token.low.endswith(("ыя", "ія", "ие", "ые", "і", "ні", "чы", "чий", "ный", "вой", "вы"))
            and (before is None or before.pos in ("V", "PUNCT", "DET", "A"))
        ):
            token.pos = "N"
        if token.low in ("как", "як") and not _verb_follows(tokens, number):
            token.pos = "PREP"
        if token.pos == "PRON" and not token.cases:
            token.cases = _PRONOUN_CASES.get(token.low, "na")


_REL_NUMBER = {
    "які": "",
    "якія": "p",
    "которые": "p",
    "которых": "p",
    "який": "s",
    "яка": "s",
    "яке": "s",
    "якая": "s",
    "якое": "s",
    "который": "s",
    "которая": "s",
    "которое": "s",
}
_POINTING = frozenset(
    {
        "цей",
        "ця",
        "це",
        "ці",
        "цього",
        "цієї",
        "цих",
        "той",
        "та",
        "те",
        "ті",
        "этот",
        "эта",
        "это",
        "эти",
        "тот",
        "гэты",
        "гэтая",
        "гэта",
        "гэтыя",
        "тая",
        "тое",
        "тыя",
        "кожен",
        "кожна",
        "кожний",
        "каждый",
        "каждая",
        "кожны",
        "кожная",
        "усі",
        "всі",
        "усе",
        "все",
        "такий",
        "така",
        "такі",
        "такой",
        "такая",
        "такие",
        "такія",
        "наш",
        "наша",
        "наші",
        "ваш",
        "свій",
        "свой",
    }
)
_OWNERS = frozenset({"его", "её", "ее", "их", "його", "її", "їх", "яго", "яе", "іх", "їхній", "їхня", "їхні"})


def _verb_follows(tokens: list[Token], at: int) -> bool:
    """Whether a finite verb stands before the next punctuation mark."""
    for token in tokens[at + 1 :]:
        if token.pos == "PUNCT":
            return False
        if token.pos == "V":
            return True
    return False


_PRONOUN_CASES = {
    **dict.fromkeys(
        (
            "он",
            "она",
            "оно",
            "они",
            "мы",
            "вы",
            "я",
            "ты",
            "він",
            "вона",
            "воно",
            "вони",
            "ми",
            "ви",
            "ён",
            "яна",
            "яно",
            "яны",
        ),
        "n",
    ),
    **dict.fromkeys(
        (
            "его",
            "её",
            "ее",
            "их",
            "його",
            "її",
            "їх",
            "яго",
            "яе",
            "іх",
            "нас",
            "вас",
            "мене",
            "меня",
            "мяне",
            "ничего",
            "нічого",
            "нічога",
            "никого",
            "нікого",
            "нікога",
        ),
        "ga",
    ),
    **dict.fromkeys(("ему", "ей", "им", "йому", "їй", "їм", "яму", "ёй", "ім", "нам", "вам", "мне", "мені"), "d"),
}


def bases_of(word: str, language: Language) -> Iterable[str]:
    """Base forms of a word (concepts first)."""
    return lemmas(word, language)
