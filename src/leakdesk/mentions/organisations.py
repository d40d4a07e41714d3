"""Organisations by rule: legal forms, head nouns with their adjectives and what follows them, quoted and coined names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from leakdesk.mentions.described import describing
from leakdesk.mentions.found import CAP, LOWER, UPPER, Found, table

_ENDING = (
    r"(?:ый|ий|ой|ая|яя|ое|ее|ого|его|ому|ему|ым|им|ую|юю|ые|ие|ых|их|ыми|ими|"
    r"ої|єї|ій|ою|їй|ага|яга|аму|яму|ай|яй|ае|яе|ыя|ія|ім|скі|цкі"
    r"|(?<=[нквлрт])(?:ом|ем|ей|ы|і|а|е|у))"
)
_ADJ = rf"(?:[а-яёіїєґў'-]{{3,}}{_ENDING})"
_CAPADJ = rf"(?:[{UPPER}][{LOWER}'-]{{2,}}(?:-[{UPPER}]?[{LOWER}]+)?{_ENDING})"
#: Words in an oblique case that may follow a head noun: "... промышленности и торговли".
_GENITIVE = (
    r"(?:(?=[а-яёіїєґў']{3})(?!(?:два|две|дві|дзве|три|тры|раза|раз|сегодня|"
    r"вчера|вчора|учора|завтра|заўтра|тогда|тоді|тады|снова|также|также|після|"
    r"пасля|на|за|от|до|из|для|при|по|под|над|да|як|что|што|що|это|гэта|це|его|"
    r"яго|їх|ее|её|была|было|были|была|которая|котора|якая|после|около|перед|"
    r"против|была|щороку|щодня|щотижня|щомісяця|щоразу|одразу|відразу|адразу|сразу|сначала|"
    r"спочатку|спачатку|иногда|інколи|іноді|часам|всегда|завжди|заўсёды|никогда|ніколи|"
    r"ніколі|нині|сьогодні|сёння|теперь|пока|поки|куда|туда|сюда|почти|якобы|нібито|хотя|"
    r"хоча|хаця|опять|знову|весной|осенью|зимой|навесні|восени|взимку|вясной|зімой|"
    r"вечером|ночью|вранці|увечері|летась|лишь)\b)(?![а-яёіїєґў']+(?:ла|ло|ли|лся|лась|лось|лись|ила|ало|"
    r"ют|ут|ет|ит|ає|яє|ує|ала|яла|ілі|іла|ылі|алі|олі|аў|еў|іў|ыў|ўся|вся|ся|"
    r"сь|лася|ати|ити|іти|яти|ути|ть|ць|но|то)\b)[а-яёіїєґў'-]+(?:и|ы|і|ї|а|"
    r"я|ого|его|ага|яга|их|ых|іх|ой|ей|ай|яй|ої|єї|ов|ев|аў|яў|ів|їв|у|ю|ств|"
    r"ий|ень|ен)\b)"
)
_CYRILLIC_CAP = r"(?:[А-ЯЁІЇЄҐЎ][а-яёіїєґў']+(?:-[А-ЯЁІЇЄҐЎа-яёіїєґў']+)?)"
_QUOTED = r"(?:«[^«»\n]{2,60}(?:«[^«»\n]{1,40}»)?»?|\"[^\"\n]{2,60}\")"


@cache
def _words() -> dict[str, str]:
    rows = table("organisations")
    heads = rows["heads"]
    return {
        "before": "|".join(sorted(set(rows["forms"]["before"].split("|")), key=len, reverse=True)),
        "after": rows["forms"]["after"],
        "head": rf"(?:(?i:{heads['cyrillic']})[а-яёіїєґў']{{0,5}})",
        "Head": rf"(?:{heads['latin']})",
        "of": rf"(?:{rows['heads']['of']})",
        **rows["compounds"],
    }


@cache
def _patterns() -> tuple[tuple[str, float, re.Pattern[str]], ...]:
    w = _words()
    number = r"(?:№\s?\d{1,4}|\d{1,4}(?:-?(?:й|ый|ий|го|ого|му|ому|м|ым|ой|ая|ю|ы|і|га|ага|аму|е|ое|а|st|nd|rd|th)))"
    tail = rf"(?:\s(?:(?:и|і|й|та|ды)\s)?(?:{_GENITIVE}|наук|навук|{_CYRILLIC_CAP})){{1,5}}"
    latin_name = r"(?:[A-Z](?:[\w&'-]|\.(?=\w))*|\d{1,3}(?:st|nd|rd|th))"
    rules = (
        (
            "legal form and quoted name",
            0.97,
            rf"(?:(?:{w['before']})\s+)+(?:{_ADJ}\s){{0,3}}(?:{w['head']}\s)?{_QUOTED}",
        ),
        ("legal form and name", 0.85, rf"(?:{w['before']})\s+{CAP}(?:[ -]{CAP}){{0,2}}"),
        ("quoted name and legal form", 0.95, rf"{_QUOTED},?\s(?:{w['after']})(?!\w)"),
        (
            "name and legal form",
            0.95,
            rf"(?:{latin_name}\s(?:(?:&|and|of|de|for)\s)?){{1,6}}?(?:\(\w{{2,20}}\)\s)?,?\s?(?:{w['after']})"
            rf"(?![\w-])(?:,?\s(?:{w['after']})(?![\w-]))?",
        ),
        (
            "head noun and quoted name",
            0.95,
            rf"(?:{number}\s)?(?:(?:{_CAPADJ}|{_ADJ})\s){{0,4}}{w['head']}(?:\s{_GENITIVE}){{0,2}}\s(?:{number}\s)?{_QUOTED}",
        ),
        ("numbered head noun", 0.95, rf"(?<!\w){number}\s(?:{_ADJ}\s){{0,4}}(?:{w['head']})(?:\s{_QUOTED})?"),
        ("head noun and number", 0.85, rf"(?:(?:{_CAPADJ}|{_ADJ})\s){{0,3}}{w['head']}\s№\s?\d{{1,4}}"),
        ("adjective and head noun", 0.9, rf"{_CAPADJ}(?:[ -](?:{_CAPADJ}|{_ADJ})){{0,4}}\s{w['head']}(?:{tail})?"),
        ("capitalised head noun and what it is of", 0.85, rf"(?=[{UPPER}]){w['head']}{tail}"),
        (
            "english head noun of",
            0.93,
            rf"(?:{latin_name}\s){{0,4}}{w['of']}\s(?:of|for)\s(?:the\s)?{latin_name}(?:(?:,\s|"
            rf"\s|\s(?:and|of|for|&)\s(?:the\s)?){latin_name}){{0,5}}",
        ),
        (
            "english head noun",
            0.9,
            rf"(?:{latin_name}(?:\s(?:&|of)\s|\s)){{1,6}}{w['Head']}(?:\s(?:of|for)\s(?:the\s)?{latin_name}(?:\s(?:and\s)?{latin_name}){{0,3}})?(?!\w)",
        ),
        (
            "coined name",
            0.85,
            rf"(?:{w['begin']})[{LOWER}]{{0,12}}(?:{w['end']})(?!\w)|[{UPPER}][{LOWER}]{{2,12}}(?:экспорт\w{{0,2}}|"
            rf"трансмаш\w{{0,2}}|банк\w{{0,2}}|маш(?:а|у|ем|ам)?|прибор|энерго|энерга|"
            rf"енерго|пром\w{{0,2}}|флот\w{{0,2}})(?!\w)|[{UPPER}][{LOWER}]{{2,12}}(?:Банк|"
            rf"Бан|Маш|Пром|Трейд|Энерго|Строй|Авиа|Газ)[{LOWER}]{{0,6}}|(?:Мин|Мін)(?!истер|"
            rf"істер|істэр|ск|ск|ут|ск|имал|ераль|ін|ус)[{LOWER}]{{4,16}}",
        ),
        ("coined name, latin", 0.8, rf"(?:{w['latin']})(?!\w)"),
        ("acronym", 0.8, rf"(?:{w['acronyms']})(?!\w)"),
        ("press", 0.85, rf"(?:{w['press']})(?!\w)"),
        ("quoted name", 0.6, rf"(?:«[{UPPER}][^«»\n,.!?]{{1,40}}»|\"[{UPPER}][^\"\n,.!?]{{1,40}}\")"),
    )
    return tuple(
        (rule, weight, re.compile(rf"(?<![\w-])(?={_first(rule)})(?:{source})".replace(r"\s", "[ ]")))
        for rule, weight, source in rules
    )


#: Rules that begin with something other than a capital, so that most places of a text are passed at once.
_FIRST = {
    "quoted name and legal form": '[«"]',
    "quoted name": '[«"]',
    "numbered head noun": "[№0-9]",
    "head noun and quoted name": r"[\w№]",
}
_QUOTE, _LATIN, _CYRILLIC = re.compile('[«"]'), re.compile("[A-Za-z]{2}"), re.compile("[а-я]{3}")
#: What a text must hold for a rule to be tried at all.
_NEEDS = {
    "legal form and quoted name": _QUOTE,
    "quoted name and legal form": _QUOTE,
    "head noun and quoted name": _QUOTE,
    "quoted name": _QUOTE,
    "name and legal form": _LATIN,
    "english head noun of": _LATIN,
    "english head noun": _LATIN,
    "coined name, latin": _LATIN,
    "adjective and head noun": _CYRILLIC,
    "capitalised head noun and what it is of": _CYRILLIC,
    "coined name": _CYRILLIC,
    "head noun and number": re.compile("№"),
}


def _first(rule: str) -> str:
    digits = "0-9" if "english" in rule or rule == "name and legal form" else ""
    return _FIRST.get(rule, f"[{UPPER}{digits}]")


_CLAUSE = re.compile(r"(?<=[а-яёіїєґў])\s(?:и|і|й|та|ды)$|[\s,]+$")
_LEADING = re.compile(
    r"(?:The|A|An|In|On|At|By|From|For|With|And|But|When|As|That|This|Its|Our|"
    r"Your|Their|Dear|Under|After|Before|According|To|Of|If|Former|Mr|Mrs|Ms|"
    r"Dr)\s"
)


@cache
def _head() -> re.Pattern[str]:
    return re.compile(_words()["head"])


def is_head(word: str) -> bool:
    """Whether a word is a head noun of organisations (plant, institute, ministry ...), in any case."""
    return _head().fullmatch(word) is not None


def organisations(sheet: str) -> Iterator[Found]:
    """Candidates for organisations; the weighing decides between overlapping ones."""
    for rule, weight, pattern in _patterns():
        if rule in _NEEDS and _NEEDS[rule].search(sheet) is None:
            continue
        for match in pattern.finditer(sheet):
            start, end = match.span()
            lead = _LEADING.match(sheet, start, end)
            while lead:
                start = lead.end()
                lead = _LEADING.match(sheet, start, end)
            end -= len(sheet[start:end]) - len(_CLAUSE.sub("", sheet[start:end]))
            start += _undescribed(rule, sheet[start:end])
            if end - start > 2 and _plausible(rule, sheet[start:end]):
                yield Found(start, end, "organization", "", rule, weight)


#: Rules that take what has the endings of adjectives before a head noun, and whether a capital must be left of it.
_DESCRIBED = {"head noun and quoted name": False, "head noun and number": False, "adjective and head noun": True}


def _undescribed(rule: str, text: str) -> int:
    """How many characters stand before what describes the head noun; all of them where nothing is left of a name."""
    if rule not in _DESCRIBED:
        return 0
    pieces = list(re.finditer(r"[^ «\"]+", text))
    at = next((k for k, piece in enumerate(pieces) if is_head(piece[0])), 0)
    first = pieces[at - describing([piece[0] for piece in pieces[:at]], pieces[at][0])].start()
    return len(text) if _DESCRIBED[rule] and not text[first].isupper() else first


@cache
def _ordinary() -> re.Pattern[str]:
    words = table("organisations")["ordinary"]["words"]
    return re.compile(rf"(?i:{words})[а-яёіїєґў']{{0,4}}[ ]")


def _plausible(rule: str, text: str) -> bool:
    if rule == "adjective and head noun":
        return _ordinary().match(text) is None or any(char.isupper() for char in text[1:])
    if rule == "english head noun":
        return len(text.split()) > 1
    if rule == "quoted name":
        return len(text.split()) <= 4
    if rule == "name and legal form":
        return len(text.split()) > 1
    return True
