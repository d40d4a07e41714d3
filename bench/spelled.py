"""Spellings of Slavic names that no standard of passports covers: how the German, French, Polish, Spanish and Italian press,
Łacinka, everyday English and hasty typists write them. Written from the dictionaries' tables of each language, apart from
the rules that read such spellings, so that a benchmark made of them tests those rules.

    spelled("Кузьмин", "ru", "German") -> "Kusmin"
"""

from __future__ import annotations

import random
import re

VOWELS = "аеёєиіїоуўыэюя"

#: The letters that have one spelling in a system, in this order; ь, ъ and the apostrophe have none.
_ORDER = "абвгґдежзийіїклмнопрстуўфхцчшщыэ"


def _letters(spellings: str) -> dict[str, str]:
    return dict(zip(_ORDER, spellings.split(), strict=True)) | dict.fromkeys("ьъ'", "")


#: system -> language ("" all) -> letter -> spelling; what is missing is looked up under "".
_SYSTEMS: dict[str, dict[str, dict[str, str]]] = {
    "German": {
        "": _letters("a b w g g d e sch s i i i ji k l m n o p r s t u u f ch z tsch sch schtsch y e"),
        "be": {"г": "h"}, "uk": {"г": "h", "и": "y", "й": "j"},
    },
    "French": {
        "": _letters("a b v g g d e j z i ï i ï k l m n o p r s t ou ou f kh ts tch ch chtch y e"),
        "be": {"г": "h"}, "uk": {"г": "h", "и": "y"},
    },
    "Polish": {
        "": _letters("a b w g g d e ż z i j i ji k ł m n o p r s t u u f ch c cz sz szcz y e"),
        "be": {"г": "h"}, "uk": {"г": "h", "и": "y"},
    },
    "Spanish": {
        "": _letters("a b v g g d e zh z i i i yi k l m n o p r s t u u f j ts ch sh sch y e"),
        "be": {"г": "h"}, "uk": {"г": "h", "и": "y"},
    },
    "Italian": {
        "": _letters("a b v g g d e ž z i j i ji k l m n o p r s t u ŭ f ch c č š šč y e"),
        "be": {"г": "h"}, "uk": {"г": "h", "и": "y"},
    },
    "Łacinka": {
        "": _letters("a b v h g d e ž z i j i ji k ł m n o p r s t u ŭ f ch c č š šč y e"),
    },
    "English": {
        "": _letters("a b v g g d e zh z i y i yi k l m n o p r s t u u f kh ts ch sh shch y e"),
        "be": {"г": "h"}, "uk": {"г": "h", "и": "y"},
    },
}  # fmt: skip
SYSTEMS = tuple(_SYSTEMS)

#: (ё, ю, я) and е at the beginning or behind a vowel; then the same four behind a consonant.
_IOTATED = {
    "German": (("jo", "ju", "ja", "je"), ("jo", "ju", "ja", "e")),
    "French": (("io", "iou", "ia", "ie"), ("io", "iou", "ia", "e")),
    "Polish": (("jo", "ju", "ja", "je"), ("io", "iu", "ia", "ie")),
    "Spanish": (("yo", "yu", "ya", "ye"), ("io", "iu", "ia", "e")),
    "Italian": (("ë", "ju", "ja", "e"), ("ë", "ju", "ja", "e")),
    "Łacinka": (("jo", "ju", "ja", "je"), ("io", "iu", "ia", "ie")),
    "English": (("yo", "yu", "ya", "ye"), ("yo", "yu", "ya", "e")),
}
_AT = {"ё": 0, "ю": 1, "я": 2, "е": 3, "є": 3}


def spelled(name: str, language: str, system: str) -> str:
    """A name of one or more words in a system's spelling; `language` is that of the Cyrillic text (ru, be, uk)."""
    return " ".join(_word(each, language, system).capitalize() for each in name.split())


def _word(word: str, language: str, system: str) -> str:
    lower = _ended(word.lower(), system)
    table = _SYSTEMS[system][""] | _SYSTEMS[system].get(language, {})
    out = ""
    for at, char in enumerate(lower):
        if char == "л" and lower[at + 1 : at + 2] and lower[at + 1] in "еёєиіюяь" and system in ("Polish", "Łacinka"):
            out += "l"
            continue
        before = lower[at - 1 : at] if at else ""
        if char in _AT:
            out += _iotated(char, before, system, language)
        elif char == "ь":
            out = _soft(out) if system in ("Polish", "Łacinka") else out
        else:
            out += table.get(char, char) if not char.isascii() else char
    return _polished(out, lower, system)


def _ended(lower: str, system: str) -> str:
    """Endings that a system shortens before the letters are spelled."""
    if system in ("German", "English", "French", "Spanish", "Polish"):
        lower = re.sub(r"(?<=[сц]к)ий$|(?<=[сц]ьк)ий$", "и" if system != "English" else "ы", lower)
    if system in ("French", "German", "Spanish"):
        lower = re.sub(r"(?<=[бвгджзклмнпрстфхцчш])ий$", "и", lower)
    if system == "English":
        lower = re.sub(r"(?<=[бвгджзклмнпрстфхцчш])ий$", "ы", lower)
    return re.sub(r"ый$", "ы", lower) if system != "Italian" else lower


def _iotated(char: str, before: str, system: str, language: str) -> str:
    initial, inner = _IOTATED[system]
    at = _AT[char]
    behind_vowel = not before or before in VOWELS + "ьъ'й"
    if char == "е" and language == "uk":
        return "e"
    if char == "є" and system in ("German", "Spanish", "English", "Italian"):
        return initial[3] if system != "Italian" else "je"
    if system == "English" and char == "ё" and not behind_vowel:
        return "e"
    if behind_vowel:
        return initial[at]
    if char == "ё" and before in "жшчщ":
        return "o"
    if system == "Polish" and before in ("жшчщл" if language == "be" else "жшчщцл"):
        return {"ё": "o", "ю": "u", "я": "a"}.get(char, "e")
    if system == "Łacinka" and before == "л":
        return inner[at][1:]
    return inner[at]


def _soft(out: str) -> str:
    """ł before a soft sign is l; ń, ś, ź, ć where the system marks them."""
    marks = {"ł": "l", "n": "ń", "s": "ś", "z": "ź", "c": "ć"}
    return out[:-1] + marks.get(out[-1], out[-1]) if out and not out.endswith(("cz", "sz")) else out


def _polished(out: str, lower: str, system: str) -> str:
    if system == "German":
        return re.sub(r"ks", "x", _doubled(out, lower))
    if system == "French":
        out = out.replace("oou", "ou")
        out = re.sub(r"g(?=[eiy])", "gu", out)
        out = _doubled(out, lower)
        out = re.sub(r"(?<=[bdfgklmnprstvz])in$", "ine", out)
        return re.sub(r"^ï", "i", re.sub(r"(?<=[^aeou])ï", "i", out))
    if system == "Spanish":
        return re.sub(r"g(?=[ei])", "gu", out)
    return out.replace("łe", "le") if system in ("Polish", "Łacinka") else out


def _doubled(out: str, lower: str) -> str:
    """German and French write с between vowels as ss, so that it is not read as з."""
    for match in re.finditer(rf"(?<=[{VOWELS}])с(?=[{VOWELS}])", lower):
        place = _place(out, lower, match.start())
        if place >= 0:
            out = out[:place] + "s" + out[place:]
    return out


def _place(out: str, lower: str, at: int) -> int:
    """Where the s of the с at this position stands: counted among the single s between vowels that are no з."""
    rank = len(re.findall(rf"(?<=[{VOWELS}])[сз](?=[{VOWELS}])", lower[: at + 2])) - 1
    spots = [each.start() for each in re.finditer(r"(?<=[aeiouyï])[sz](?=[aeiouyjï])", out)]
    singles = [spot for spot in spots if out[spot] in "sz"]
    return singles[rank] if rank < len(singles) and out[singles[rank]] == "s" else -1


def mistyped(name: str, dice: random.Random) -> str:
    """The name with one slip in its longest word, not at its first letter: dropped, doubled, swapped or wrong."""
    words = name.split()
    which = max(range(len(words)), key=lambda number: (len(words[number]), number))
    word = words[which]
    at = dice.randrange(1, len(word) - 1)
    kind = dice.randrange(3)
    if kind == 0:
        word = word[:at] + word[at + 1 :]
    elif kind == 1:
        word = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    else:
        word = word[:at] + dice.choice([char for char in word if char != word[at]]).lower() + word[at + 1 :]
    words[which] = word
    return " ".join(words)


def press_rows(people: list[list[str]], count: int) -> list[tuple[str, dict[str, str]]]:
    """(id, spelling -> name) of the first people of `bench/data/people.tsv` (rows of cells), as given name and surname.

    Spellings: "ru" and "be" or "uk" in their own letters, and every system made from each of the two; Łacinka from be only.
    """
    found: list[tuple[str, dict[str, str]]] = []
    for cells in people[:count]:
        other = {"by": "be", "ua": "uk"}[cells[2]]
        names: dict[str, str] = {}
        for language, cell in (("ru", cells[3]), (other, cells[4])):
            given, _, surname = cell.split(" ", 2)
            names[language] = f"{given} {surname}"
            for system in SYSTEMS:
                if system != "Łacinka" or language == "be":
                    names[f"{system} {language}"] = spelled(names[language], language, system)
        found.append((cells[0], names))
    return found
