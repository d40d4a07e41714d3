"""Persons by rule: initials, patronymics, given names, posts and forms of address before a name, verbs of saying."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from leakdesk.language.gazetteer import find_place
from leakdesk.language.inflect import base_forms, is_common_word
from leakdesk.language.sentences import openers
from leakdesk.mentions.found import CAP, LOWER, UPPER, Found, table

# "Yu." and "Ch." are initials; "No.", "Co." and the like after a word are not.
_INITIAL = rf"(?:[{UPPER}]|Y[aeou]|I[aeou]|J[aou]|[ZCSK]h|Ts|D[zm]|Vl|Al|Th|Ph|Дж|Дз|Дм|Вл|Вс|Ал|Ан|Ев|Ек|Кс|Яў|Юр)\."
_INITIALS = rf"{_INITIAL}(?:[ -]?{_INITIAL})?"
_NOBLE = r"(?:(?:de|da|von|van|der|den|bin|ibn|al|el|оглы|кызы|фон|ван|дер|де)\s)?"
_PATRONYMIC = (
    rf"[{UPPER}][{LOWER}']+(?:(?:ович|евич|йович|ьович|авіч|евіч|ёвіч|овіч)(?:а|"
    rf"у|ем|е|і|ем|еві|ам|у)?|ич(?:а|у|ем|ом|е)|(?:овн|евн|івн|ївн|аўн|еўн|ёўн|"
    rf"инична|їчн|ичн)(?:а|ы|и|е|у|і|ой|ою|ай|аю|ої|о)?)"
)
_LATIN_PATRONYMIC = (
    r"[A-Z][a-z]+(?:ovich|evich|yevich|avich|ovych|evych|iyovych|ovna|evna|yevna|ivna|auna|euna|ovitch|ich)"
)
_STOP = re.compile(r"[.!?:\n]\s*$|^\s*$")


@cache
def _listed(key: str) -> frozenset[str]:
    return frozenset(table("persons")[key]["words"].split())


@cache
def given_names() -> dict[str, str]:
    """Given names in small letters (ё as е), each "m", "f" or "-"."""
    rows = table("given_names")
    return {name: gender for key, gender in (("men", "m"), ("women", "f"), ("both", "-")) for name in rows[key].split()}


@cache
def _latin_keys() -> frozenset[str]:
    from leakdesk.language.romanise import sound

    return frozenset(sound(name).key for name in given_names())


@lru_cache(maxsize=1 << 16)
def given(word: str) -> str | None:
    """The nominative of a given name as it stands in a text, or None where the word is no known given name."""
    plain = word.casefold().replace("ё", "е")
    if plain in given_names():
        return word
    if word[:1] < "\u0400":
        return word if len(word) > 3 and not word.isupper() and _sounds_given(word) else None
    for form in sorted(base_forms(word)):
        if form.text.casefold().replace("ё", "е") in given_names():
            return form.text
    vocative = _VOCATIVE.sub("", plain)
    return next(
        (
            word[: len(vocative)] + end
            for end in ("", "о", "а", "я", "ій", "й", "ь")
            if vocative != plain and vocative + end in given_names()
        ),
        None,
    )


_VOCATIVE = re.compile(r"(?:ію|ю|е|у|о|єві|еві|ові)$")


def _sounds_given(word: str) -> bool:
    from leakdesk.language.romanise import sound

    return sound(word).key in _latin_keys()


@cache
def _patterns() -> tuple[tuple[str, float, re.Pattern[str]], ...]:
    rows = table("persons")
    latin, cyrillic = rows["address"]["latin"], rows["address"]["cyrillic"]
    rules = (
        ("surname and initials", 0.92, rf"(?P<p>{_NOBLE}{CAP}\s{_INITIALS}(?![{LOWER}]))"),
        ("initials and surname", 0.92, rf"(?P<p>{_INITIALS}\s?{_NOBLE}{CAP})"),
        (
            "name with patronymic",
            0.97,
            rf"(?P<p>(?:{CAP}\s){{1,2}}(?:{_PATRONYMIC}|{_LATIN_PATRONYMIC})(?![{LOWER}])(?:\s{CAP})?)",
        ),
        (
            "form of address or post",
            0.85,
            rf"(?:(?i:{cyrillic})|(?:{latin})),?\s(?P<p>{_NOBLE}{CAP}(?:\s{_INITIALS})?(?:\s{_NOBLE}{CAP}){{0,2}})",
        ),
    )
    honorific = rows["honorific"]["words"]
    rules = (
        *rules,
        ("form of address", 0.88, rf"(?i:{honorific})\s(?P<p>{_NOBLE}{CAP}(?:\s{_INITIALS})?(?:\s{CAP}){{0,2}})"),
    )
    said = rows["speech"]
    return (
        *(
            (rule, weight, re.compile(rf"(?<![\w.-])(?:{source})(?![\w-])".replace(r"\s", "[ ]")))
            for rule, weight, source in rules
        ),
        (
            "name and speech verb",
            0.55,
            re.compile(rf"(?<![\w-])(?P<p>{CAP}(?:[ ]{CAP}){{0,2}})[ ](?=(?:{said['cyrillic']}|{said['latin']})\b)"),
        ),
    )


_PAIR = re.compile(
    rf"(?<![\w-])(?P<a>{CAP})[ ](?P<b>(?:[A-Z]\.[ ])?{_NOBLE.replace(chr(92) + 's', '[ ]')}{CAP})(?![\w-])"
)
_HELLO = frozenset(("Hello", "Hi", "Dear", "Hey"))
_SURNAME = re.compile(rf"^[{UPPER}][{LOWER}'-]+$")


@cache
def _endings() -> tuple[re.Pattern[str], re.Pattern[str]]:
    rows = table("persons")["surname"]
    return re.compile(rf"(?:{rows['cyrillic']})$"), re.compile(rf"(?:{rows['latin']})$")


@lru_cache(maxsize=1 << 16)
def surname_shaped(word: str) -> bool:
    """Whether a capitalised word ends as surnames do (in any of the four languages)."""
    cyrillic, latin = _endings()
    return len(word) > 3 and (cyrillic if word[0] >= "\u0400" else latin).search(word) is not None


def persons(sheet: str) -> Iterator[Found]:
    """Candidates for persons."""
    for rule, weight, pattern in _patterns():
        for match in pattern.finditer(sheet):
            start, end = _trimmed(sheet, *match.span("p"))
            if _is_name(sheet[start:end], rule) and not _is_point(sheet, start, end, rule):
                yield Found(start, end, "person", "", rule, weight)
    for match in _SINGLE.finditer(sheet):
        if surname_shaped(match.group()) and not opens_sentence(sheet, match.start()):
            strong = _STRONG.search(match.group()) is not None
            if match.group()[0] < "\u0400" and not strong:
                continue
            weight = 0.62 if strong else 0.4
            yield Found(match.start(), match.end(), "person", "", "ending of a surname", weight)
    at = 0
    while (match := _PAIR.search(sheet, at)) is not None:
        at = match.start("b")
        first, second = match["a"], match["b"].split()[-1]
        if first.lower() in openers() or first in _HELLO or second in _listed("greeted"):
            continue
        if given(first) and not given_only_word(first) and _SURNAME.match(second):
            weight = 0.9 if surname_shaped(second) else 0.75
            yield Found(match.start(), match.end(), "person", "", "given name and surname", weight)
        elif given(second) and surname_shaped(first) and first[0] >= "\u0400":
            yield Found(match.start(), match.end(), "person", "", "surname and given name", 0.85)


_SINGLE = re.compile(rf"(?<![\w.«\"-])[{UPPER}][{LOWER}'-]{{3,}}(?:-{CAP})?(?![\w-])")


#: Latin endings that hardly anything but a Slavic surname has.
_STRONG = re.compile(r"[a-z]{2}(?:ov|ova|ev|eva|enko|chuk|yuk|vich|sky|skaya|tsky|nko|nkov)$")


def opens_sentence(sheet: str, at: int) -> bool:
    """Whether a sentence, a line or a quotation begins here, so that a capital says nothing."""
    before = sheet[max(0, at - 3) : at].rstrip(" ")
    return not before or before[-1] in '.!?\n:—-•*"'


@cache
def _leading() -> re.Pattern[str]:
    rows = table("persons")["address"]
    return re.compile(rf"(?:(?i:{rows['cyrillic']})|(?:{rows['latin']}))[ ]")


def _trimmed(sheet: str, start: int, end: int) -> tuple[int, int]:
    """Forms of address and places at the head of a candidate are no part of it."""
    while True:
        lead = _leading().match(sheet, start, end)
        first = re.match(rf"{CAP}[ ](?={CAP})", sheet[start:end])
        if lead and lead.end() < end:
            start = lead.end()
        elif first and not given(first.group().strip()) and _country(first.group().strip()):
            start += first.end()
        else:
            return start, end


@lru_cache(maxsize=1 << 14)
def _country(word: str) -> bool:
    found = find_place(word)
    return found is not None and found[1][0].kind == "country"


def given_only_word(word: str) -> bool:
    """Given names that are first of all ordinary words at the head of a sentence."""
    return word in _listed("ordinary")


_WEEKDAYS = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|"
    r"November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
    r"\b"
)
_HEAD = re.compile(
    r"(?:Служб|Камітэт|Комитет|Комітет|Министерств|Міністэрств|Міністерств|Департамент|"
    r"Дэпартамент|Управлен|Упраўлен|Управлін|Нацыянальн|Национальн|Національн|"
    r"Государственн|Дзяржаўн|Державн|Верховн|Вярхоўн|Федеральн|Суд|Суда|Совет|"
    r"Рад[иы]|Агентств|Институт|Інститут|Інстытут|Фонд|Центр|Цэнтр|Банк|Завод|"
    r"Союз|Саюз)"
)


#: One initial and one word may be a point of a list: "А. Прошу подтвердить".
_SINGLE_INITIAL = re.compile(rf"{_INITIAL}[ ]?(?P<w>{CAP})$")


def _is_point(sheet: str, start: int, end: int, rule: str) -> bool:
    """Whether an initial and a word begin a sentence as a point of a list does: the word is an ordinary one."""
    found = _SINGLE_INITIAL.match(sheet[start:end]) if rule == "initials and surname" else None
    if found is None or not opens_sentence(sheet, start):
        return False
    word = found["w"]
    if word.lower() in openers() or word in _listed("points"):
        return True
    return not surname_shaped(word) and word[0] >= "\u0400" and is_common_word(word)


def _is_name(text: str, rule: str) -> bool:
    words = re.findall(rf"{CAP}", text)
    if (
        words
        and rule == "form of address or post"
        and ((len(words) == 1 and not (surname_shaped(words[0]) or given(words[0]))) or _HEAD.match(words[0]))
    ):
        return False
    if not words or words[0] in _listed("greeted") or _WEEKDAYS.match(text):
        return False
    return rule != "name and speech verb" or all(surname_shaped(word) or given(word) for word in words)
