"""E-mail addresses, links, telephone numbers and identifiers; where an identifier has a check digit, it is verified.

A labelled identifier whose check digit is wrong is kept with the rule "... (check digit wrong)" and a low weight: a typing
error in a tax number is worth seeing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from leakdesk.mentions.found import Found

_EMAIL = re.compile(r"[\w.+%'-]{1,64}@(?:[\w-]{1,63}\.)+[\w-]{2,24}")
_URL = re.compile(r"(?:https?://|ftp://|www\.)[^\s<>\"'«»]{3,400}")
_PHONE_LABEL = (
    r"(?:тел(?:ефон\w*)?|тэл(?:ефон\w*)?|моб(?:ильн\w*|ільн\w*)?|маб|факс|tel(?:ephone)?|"
    r"phone|mobile|mob|cell|fax|call)"
)
_PHONE = re.compile(
    rf"(?<![\w+])(?:\+\d{{1,3}}[ ()./-]{{0,3}}(?:\d[ ()./-]{{0,2}}){{6,12}}\d|"
    rf"(?i:{_PHONE_LABEL})[.:№\s]{{1,3}}(?P<bare>\+?\(?\d(?:[ ()/-]{{0,2}}\d){{4,12}})"
    rf"|\(0?\d{{2,4}}\) ?\d{{1,3}}(?:[ -]?\d{{2,3}}){{1,3}})(?!\w)"
)
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?!\w)")
_LETTERS = "A-ZА-ЯЁІЇЄҐЎ"
#: Labels before a number of a document; the number is what is kept.
_DOCUMENT = (
    r"договор\w*|контракт\w*|кантракт\w*|дагавор\w*|договір|договор[уі]|сч[её]т\w*(?:-фактур\w*)?|"
    r"рахун\w+|рахунк\w*|накладн\w+|наклад\w+|акт\w*|письм\w+|лист\w*|ліст\w*|"
    r"заявк\w+|спецификаци\w+|специфікаці\w+|спецыфікацы\w+|лицензи\w+|ліцензі\w+|"
    r"ліцэнзі\w+|сертификат\w*|сертифікат\w*|сертыфікат\w*|приказ\w*|наказ\w*|"
    r"загад\w*|указ\w*|деклараци\w+|декларац\w+|дэклараци\w+|рейс\w*|исх|вх|"
    r"вих|зых|тендер\w*|закупк\w+|протокол\w*|пратакол\w*|дел\w+|справ\w+|"
    r"contract|agreement|invoice|order|licen[cs]e|certificate|declaration|tender|"
    r"waybill|bill|letter|ref|reference|protocol|flight|case|decree|lot|account"
)
_NUMBER = r"(?=[\w./-]{0,30}\d)[\w][\w./-]{0,30}[\w]|\d"
_NUMBERED = re.compile(rf"(?i:\b(?:{_DOCUMENT}))\.?\s{{1,3}}(?P<id>(?:№|N[o°]?\.?|No\.|#)\s?(?:{_NUMBER}))")
_SIGNED = re.compile(rf"(?P<id>№ ?(?:{_NUMBER}))")
_FLIGHT = re.compile(r"(?i:\b(?:рейс\w*|flight)\s)(?P<id>[A-ZА-Я0-9]{2}[- ]?\d{2,4}[A-Z]?)(?!\w)")
_SERIAL = re.compile(
    r"(?i:\b(?:зав(?:одской|одскі|одський|\.)?\s?(?:номер|№|нумар)|сер(?:ийный|"
    r"ійний|ыйны|\.)\s?(?:номер|нумар|№)|serial\s(?:number|no\.?)|s/n|p/n|part\s(?:number|"
    r"no\.?)|инв(?:\.|ентарный)\s?(?:номер|№)))\W{0,3}(?P<id>[\w][\w./-]{2,30}\w)"
)
_DRAWING = re.compile(
    rf"(?<!\w)[{_LETTERS}]{{3,5}}\.\d{{5,7}}(?:\.\d{{2,4}})(?:-\d{{2}})?(?!\w)"
    rf"|(?<!\w)\d{{1,4}}[-.]\d{{4}}[-.]\d{{2,4}}(?:-\d{{1,3}})?(?!\w|[.-]\d)"
)
_STANDARD = re.compile(
    r"(?<!\w)(?:ГОСТ|ДСТУ|СТБ|ТУ|ОСТ|ISO|DIN|EN|MIL-STD)(?:\s(?:Р|ISO|IEC|EN))?[ -]?\d[\d.:-]{1,18}\d(?!\w)"
)
_PLATES = (
    (
        re.compile(r"(?<!\w)[АВЕКМНОРСТУХABEKMHOPCTYX]\s?\d{3}\s?[АВЕКМНОРСТУХABEKMHOPCTYX]{2}\s?\d{2,3}(?!\w)"),
        "vehicle plate ru",
    ),
    (
        re.compile(r"(?<!\w)[АВСЕНІКМОРТХABCEHIKMOPTX]{2}\s?\d{4}\s?[АВСЕНІКМОРТХABCEHIKMOPTX]{2}(?!\w)"),
        "vehicle plate ua",
    ),
    (re.compile(r"(?<!\w)\d{4}\s?[АВЕІКМНОРСТХABEIKMHOPCTX]{2}-[1-8](?!\w)"), "vehicle plate by"),
)
_AIRCRAFT = re.compile(
    r"(?<![\w-])(?:(?:RA|RF)-\d{5}|UR-(?:\d{5}|[A-Z]{3,4})|EW-\d{3,5}[A-Z]{0,2}|"
    r"(?:EP|TC|A6|A7|UP|4L|UK|EK|EX|EY|EZ|LY|YL|ES|SP|D|G|F|OK|HA|LZ|YR|HB|OE)"
    r"-[A-Z]{3}[A-Z0-9]?[A-Z0-9]?|N\d{3,5}[A-Z]{1,2})(?![\w-])"
)
_PASSPORT = re.compile(r"(?<!\w)(?:AB|BM|HB|KH|MP|MC|KB|PP|SP|DP)\d{7}(?!\w)")
_VIN = re.compile(r"(?<!\w)(?=[A-Z0-9]{0,16}\d)(?=[A-Z0-9]{0,16}[A-Z])[A-HJ-NPR-Z0-9]{17}(?!\w)")
_IMO = re.compile(r"(?<!\w)IMO\s?(?:№|No\.?)?\s?(?P<id>\d{7})(?!\w)")
_ACCOUNT = re.compile(r"(?<!\w)(?:[34]0[1278]\d{2}\d{3}\d{12})(?!\w)")


def contacts(sheet: str) -> Iterator[Found]:
    """E-mail addresses, links and telephone numbers."""
    for match in _URL.finditer(sheet):
        end = match.end() - (len(match.group()) - len(match.group().rstrip(".,;:!?)]}…")))
        yield Found(match.start(), end, "url", sheet[match.start() : end], "url", 1.0)
    if "@" in sheet:
        for match in _EMAIL.finditer(sheet):
            start = match.start() + (len(match.group()) - len(match.group().lstrip(".'-+%")))
            yield Found(start, match.end(), "email", sheet[start : match.end()].lower(), "e-mail", 1.0)


def phones(sheet: str) -> Iterator[Found]:
    """Telephone numbers: international ones, labelled ones, ones with an area code in brackets."""
    for match in _PHONE.finditer(sheet):
        group = "bare" if match["bare"] else 0
        digits = re.sub(r"\D", "", match.group(group))
        if 5 <= len(digits) <= 15:
            plus = "+" if match.group(group).startswith("+") else ""
            yield Found(match.start(group), match.end(group), "phone", plus + digits, "phone", 1.0)


def identifiers(sheet: str) -> Iterator[Found]:
    """Identifiers, the certain ones first."""
    for match in _IBAN.finditer(sheet):
        compact = match.group().replace(" ", "")
        if iban_holds(compact):
            yield Found(match.start(), match.end(), "identifier", compact, "iban", 1.0)
    yield from _labelled(sheet)
    for pattern, rule in _SIMPLE:
        for match in pattern.finditer(sheet):
            group = "id" if "id" in pattern.groupindex else 0
            end = match.end(group) - (len(match.group(group)) - len(match.group(group).rstrip(".-/")))
            yield Found(match.start(group), end, "identifier", _compact(sheet[match.start(group) : end]), rule, 0.9)


_SIMPLE: tuple[tuple[re.Pattern[str], str], ...] = (
    (_ACCOUNT, "bank account ru"),
    (_IMO, "imo number"),
    (_VIN, "vin"),
    (_AIRCRAFT, "aircraft registration"),
    (_PASSPORT, "passport by"),
    *_PLATES,
    (_DRAWING, "drawing number"),
    (_STANDARD, "standard"),
    (_SERIAL, "serial number"),
    (_FLIGHT, "flight number"),
    (_NUMBERED, "document number"),
    (_SIGNED, "number sign"),
)


def _compact(text: str) -> str:
    bare = re.sub(r"^(?:№|N[o°]?\.?\s|No\.|#)\s?", "", text.strip())
    return re.sub(r"\s+", "", bare).upper()


def _weighted(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def iban_holds(iban: str) -> bool:
    """ISO 13616: the number modulo 97 is 1."""
    if not 15 <= len(iban) <= 34 or not iban[2:4].isdigit() or not iban.isalnum() or not iban.isascii():
        return False
    moved = iban[4:] + iban[:4]
    return int("".join(str(int(char, 36)) for char in moved)) % 97 == 1


def inn_holds(digits: str) -> bool:
    """Russian tax number: 10 digits (firms) or 12 (people), with check digits modulo 11 modulo 10."""
    if len(digits) == 10:
        return _weighted(digits, (2, 4, 10, 3, 5, 9, 4, 6, 8)) % 11 % 10 == int(digits[9])
    if len(digits) == 12:
        first = _weighted(digits, (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)) % 11 % 10 == int(digits[10])
        return first and _weighted(digits, (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)) % 11 % 10 == int(digits[11])
    return False


def ogrn_holds(digits: str) -> bool:
    """Russian registration number: 13 digits modulo 11, or 15 (sole traders) modulo 13; the last digit of the rest."""
    if len(digits) not in (13, 15):
        return False
    return int(digits[:-1]) % (len(digits) - 2) % 10 == int(digits[-1])


def unp_holds(digits: str) -> bool:
    """Belarusian payer's number: nine digits, weights 29 23 19 17 13 7 5 3, modulo 11 (10 never occurs)."""
    return len(digits) == 9 and _weighted(digits, (29, 23, 19, 17, 13, 7, 5, 3)) % 11 == int(digits[8])


def edrpou_holds(digits: str) -> bool:
    """Ukrainian register number: eight digits, two rounds of weights, modulo 11."""
    if len(digits) != 8:
        return False
    middle = 30000000 <= int(digits) <= 60000000
    first = (7, 1, 2, 3, 4, 5, 6) if middle else (1, 2, 3, 4, 5, 6, 7)
    rest = _weighted(digits, first) % 11
    if rest == 10:
        rest = _weighted(digits, tuple(weight + 2 for weight in first)) % 11 % 10
    return rest == int(digits[7])


def _always(_digits: str) -> bool:
    return True


#: Label, digits it may have, check, rule id. Example: "ИНН 7707083893". Counter-example: "УНП ООО" (no digits).
LABELLED: tuple[tuple[str, tuple[int, ...], Callable[[str], bool], str], ...] = (
    (r"ИНН|INN|ІПН|РНОКПП", (10, 12), inn_holds, "inn ru"),
    (r"КПП|KPP", (9,), _always, "kpp ru"),
    (r"ОГРН(?:ИП)?|OGRN", (13, 15), ogrn_holds, "ogrn ru"),
    (r"УНП|УНН|UNP", (9,), unp_holds, "unp by"),
    (r"(?:код\s)?(?:ЄДРПОУ|ЕГРПОУ|EDRPOU|USREOU)", (8,), edrpou_holds, "edrpou ua"),
    (r"ОКПО|АКПА|OKPO", (8, 10, 12), _always, "okpo"),
    (r"БИК|BIC|МФО|MFO", (6, 9), _always, "bank code"),
)
_LABELLED = [
    (re.compile(rf"(?<!\w)(?:{label})(?:[ :№/-]|\s){{0,4}}(?P<id>\d[\d ]{{5,18}}\d)(?!\d)"), lengths, check, rule)
    for label, lengths, check, rule in LABELLED
]
_SWIFT = re.compile(r"(?:SWIFT|BIC|СВІФТ|БІК|БИК)\W{0,3}(?P<id>[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)(?!\w)")
_TAX_EU = re.compile(r"(?i:\bVAT(?:\s(?:no\.?|number|id))?)\W{0,3}(?P<id>[A-Z]{2}[A-Z0-9]{7,12})(?!\w)")


def _labelled(sheet: str) -> Iterator[Found]:
    for pattern, lengths, check, rule in _LABELLED:
        for match in pattern.finditer(sheet):
            digits = match["id"].replace(" ", "")
            if len(digits) not in lengths:
                continue
            holds = check(digits)
            said = rule if holds else f"{rule} (check digit wrong)"
            yield Found(match.start("id"), match.end("id"), "identifier", digits, said, 1.0 if holds else 0.4)
    for pattern, rule in ((_SWIFT, "swift"), (_TAX_EU, "vat number")):
        for match in pattern.finditer(sheet):
            yield Found(match.start("id"), match.end("id"), "identifier", match["id"], rule, 0.9)
