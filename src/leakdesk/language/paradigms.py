"""Forms of known words, made by rule: enough inflection to find a listed word in running text without a dictionary.

English, Ukrainian and Belarusian verbs are conjugated by their endings, with an exception table (irregular.tsv). Nouns
are matched by stem and ending. Russian has a dictionary (pymorphy3); these rules stand in where it is missing.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

_VOWELS_EN = "aeiou"

#: (infinitive ending, stem + these) per language; the first matching line wins. "~" marks a rewritten stem vowel.
_VERB_ENDINGS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "uk": (
        (
            "увати",
            (
                "ую",
                "уєш",
                "ує",
                "уємо",
                "уєте",
                "ують",
                "ував",
                "увала",
                "увало",
                "ували",
                "уй",
                "уючи",
                "овано",
                "ований",
            ),
        ),
        ("ювати", ("юю", "юєш", "ює", "юємо", "юєте", "юють", "ював", "ювала", "ювало", "ювали", "юючи", "йовано")),
        ("авати", ("аю", "ає", "аємо", "ають", "авав", "авала", "авало", "авали", "аючи")),
        ("ати", ("аю", "аєш", "ає", "аємо", "аєте", "ають", "ав", "ала", "ало", "али", "аючи", "ано", "аний")),
        ("яти", ("яю", "яєш", "яє", "яємо", "яєте", "яють", "яв", "яла", "яло", "яли", "яючи", "ято", "ить", "ять")),
        ("їти", ("їть", "їв", "їла", "їли", "ять")),
        (
            "ити",
            (
                "лю",
                "иш",
                "ить",
                "имо",
                "ите",
                "ять",
                "ать",
                "лять",
                "ив",
                "ила",
                "ило",
                "или",
                "ено",
                "лено",
                "ений",
                "лений",
            ),
        ),
        ("іти", ("ію", "іє", "іють", "ить", "ять", "ів", "іла", "іло", "іли")),
        ("нути", ("ну", "не", "нуть", "нув", "нула", "нуло", "нули", "нуто")),
        ("сти", ("ла", "ло", "ли", "де", "дуть", "дено")),
        ("зти", ("з", "зла", "зло", "зли", "зе", "зуть", "зено")),
        ("гти", ("г", "гла", "гло", "гли", "же", "жуть")),
        ("ти", ("в", "ла", "ло", "ли")),
    ),
    "be": (
        (
            "аваць",
            ("ую", "уе", "уем", "уюць", "аваў", "авала", "авалі", "авана", "аваны", "ае", "аюць", "авае", "аваюць"),
        ),
        ("яваць", ("юю", "юе", "юем", "ююць", "яваў", "явала", "явалі", "явана", "яваны")),
        ("аць", ("аю", "ае", "аем", "аюць", "аў", "ала", "алі", "аючы", "ана", "аны")),
        ("яць", ("яю", "яе", "яем", "яюць", "яў", "яла", "ялі", "яючы", "іць", "яць")),
        ("іць", ("іць", "ім", "яць", "аць", "лю", "ляць", "іў", "іла", "іла", "ілі", "ена", "лена", "ены", "лены")),
        ("ыць", ("ыць", "ым", "аць", "ыў", "ыла", "ылі", "ана", "аны")),
        ("ець", ("ее", "еюць", "іць", "яць", "еў", "ела", "елі")),
        ("эць", ("іць", "аць", "эў", "эла", "элі")),
        ("нуць", ("ну", "не", "нуць", "нуў", "нула", "нулі")),
        ("сці", ("ў", "ла", "лі", "дзе", "дуць")),
        ("чы", ("г", "гла", "глі", "жа")),
    ),
    "ru": (
        (
            "овать",
            (
                "ую",
                "уешь",
                "ует",
                "уем",
                "уете",
                "уют",
                "овал",
                "овала",
                "овало",
                "овали",
                "уя",
                "ован",
                "овано",
                "овав",
            ),
        ),
        ("евать", ("юю", "юет", "юют", "евал", "евала", "евали", "евав")),
        (
            "ать",
            (
                "аю",
                "аешь",
                "ает",
                "аем",
                "аете",
                "ают",
                "ал",
                "ала",
                "ало",
                "али",
                "ая",
                "ан",
                "ана",
                "ано",
                "аны",
                "ав",
            ),
        ),
        ("ять", ("яю", "яет", "яем", "яют", "ял", "яла", "яло", "яли", "яя", "ят", "ив", "яв")),
        (
            "ить",
            (
                "ишь",
                "ит",
                "им",
                "ите",
                "ят",
                "ат",
                "ил",
                "ила",
                "ило",
                "или",
                "ив",
                "ен",
                "ена",
                "ено",
                "ены",
                "лен",
                "лено",
            ),
        ),
        ("еть", ("ею", "еет", "еют", "ит", "ят", "ел", "ела", "ело", "ели")),
        ("нуть", ("ну", "нет", "нут", "нул", "нула", "нуло", "нули", "нув")),
        ("ти", ("л", "ла", "ло", "ли", "ет", "ут")),
    ),
}
_REFLEXIVE = {"uk": ("ся", ("ся", "сь")), "be": ("цца", ("ся", "цца")), "ru": ("ся", ("ся", "сь"))}

#: Case endings of nouns; the empty ending is the bare stem. Longest first.
_NOUN_ENDINGS: dict[str, tuple[str, ...]] = {
    "uk": (
        "ових",
        "ами",
        "ями",
        "ові",
        "еві",
        "єві",
        "ою",
        "ею",
        "єю",
        "ів",
        "їв",
        "ей",
        "ам",
        "ям",
        "ах",
        "ях",
        "ом",
        "ем",
        "єм",
        "ої",
        "ій",
        "ий",
        "ого",
        "ому",
        "им",
        "их",
        "а",
        "я",
        "у",
        "ю",
        "і",
        "ї",
        "и",
        "е",
        "є",
        "о",
        "ь",
        "й",
        "",
    ),
    "be": (
        "амі",
        "ямі",
        "аў",
        "яў",
        "оў",
        "ёў",
        "ай",
        "яй",
        "ой",
        "ёй",
        "ам",
        "ям",
        "ах",
        "ях",
        "ом",
        "ем",
        "ём",
        "ага",
        "аму",
        "ым",
        "ых",
        "ую",
        "ы",
        "а",
        "я",
        "у",
        "ю",
        "і",
        "е",
        "э",
        "о",
        "ь",
        "й",
        "",
    ),
    "ru": (
        "иями",
        "ами",
        "ями",
        "ией",
        "ием",
        "иях",
        "иям",
        "ого",
        "ому",
        "ыми",
        "ими",
        "ов",
        "ев",
        "ёв",
        "ей",
        "ой",
        "ом",
        "ем",
        "ём",
        "ам",
        "ям",
        "ах",
        "ях",
        "ью",
        "ия",
        "ий",
        "ии",
        "ию",
        "ая",
        "ую",
        "ый",
        "ые",
        "ых",
        "ым",
        "а",
        "я",
        "у",
        "ю",
        "ы",
        "и",
        "е",
        "о",
        "ь",
        "й",
        "",
    ),
}
_FINAL = {"uk": "аяиіїоеєьйю", "be": "аяыіоеэьйю", "ru": "аяыиоеьйю"}


@lru_cache(maxsize=1)
def irregular() -> dict[str, dict[str, str]]:
    """language -> form -> lemma, from irregular.tsv."""
    table: dict[str, dict[str, str]] = {}
    for line in (files("leakdesk.language") / "irregular.tsv").read_text(encoding="utf-8").splitlines():
        language, base, forms = line.split("\t")
        entries = table.setdefault(language, {})
        for form in forms.split(","):
            entries.setdefault(form, base)
    return table


def english_forms(verb: str) -> set[str]:
    """Regular forms of an English verb or noun: "supply" -> supplies, supplied, supplying."""
    forms = {verb, verb + "s", verb + "ed", verb + "ing"}
    if verb.endswith("e"):
        forms |= {verb + "d", verb[:-1] + "ing"}
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        forms.add(verb + "es")
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS_EN:
        forms |= {verb[:-1] + "ies", verb[:-1] + "ied"}
    if (
        len(verb) > 2
        and verb[-1] not in "aeiouywx"
        and verb[-2] in _VOWELS_EN
        and verb[-3] not in _VOWELS_EN
        and len(verb) <= 5
    ):
        forms |= {verb + verb[-1] + "ed", verb + verb[-1] + "ing"}
    return forms


def slavic_forms(verb: str, language: str) -> set[str]:
    """Finite forms, participles in -но and converbs of a regular Ukrainian, Belarusian or Russian verb."""
    suffix, tails = _REFLEXIVE[language]
    stem, reflexive = verb, False
    if verb.endswith(suffix):
        reflexive = True
        stem = verb[: -len(suffix)] + ("ць" if language == "be" else "")
    forms = {stem}
    for ending, tails_of in _VERB_ENDINGS[language]:
        if stem.endswith(ending):
            forms |= {stem[: -len(ending)] + tail for tail in tails_of}
            forms |= _softened(stem[: -len(ending)], ending, language)
            break
    if not reflexive:
        return forms
    return {verb} | {_reflex(form, tail, language) for form in forms for tail in tails}


#: In verbs of this ending the last consonant of the stem changes before these endings: «сплатити» - «сплачу, сплачено».
_SOFTENING: dict[str, tuple[str, tuple[tuple[str, str], ...], tuple[str, ...]]] = {
    "uk": ("ити", (("ст", "щ"), ("д", "дж"), ("т", "ч"), ("з", "ж"), ("с", "ш")), ("у", "ено", "ений", "ена", "ені")),
    "be": (
        "іць",
        (("сц", "шч"), ("дз", "дж"), ("ц", "ч"), ("з", "ж"), ("с", "ш")),
        ("у", "ана", "аны", "аныя", "ена", "ены"),
    ),
    "ru": (
        "ить",
        (("ст", "щ"), ("д", "ж"), ("т", "ч"), ("т", "щ"), ("з", "ж"), ("с", "ш")),
        ("у", "ен", "ено", "ена", "ены"),
    ),
}


def _softened(stem: str, ending: str, language: str) -> set[str]:
    wanted, changes, tails = _SOFTENING[language]
    if ending != wanted:
        return set()
    hard = next((each for each, _ in changes if stem.endswith(each)), None)
    return {stem[: -len(a)] + b + tail for a, b in changes if a == hard for tail in tails}


def _reflex(form: str, tail: str, language: str) -> str:
    if language == "be" and tail == "цца":
        return form[:-2] + "цца" if form.endswith("ць") else form + "цца"
    return form + tail


def noun_stem(noun: str, language: str) -> str:
    """A noun without its nominative ending: "компанія" -> "компані"."""
    return noun[:-1] if len(noun) > 3 and noun[-1] in _FINAL.get(language, "") else noun


def stems_of(form: str, language: str) -> Iterable[str]:
    """Possible stems of a noun form, longest stem first."""
    for ending in sorted(_NOUN_ENDINGS.get(language, ()), key=len):
        if form.endswith(ending) and len(form) - len(ending) >= 2:
            yield form[: len(form) - len(ending)] if ending else form
