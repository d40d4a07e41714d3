"""When and how much: the time of an event as EDTF, its quantities with the role of the number (to, by, of, up to, at)."""

from __future__ import annotations

import itertools
import re
import tomllib
from functools import cache
from importlib.resources import files

from leakdesk.language.concepts import concept_of, concepts
from leakdesk.language.numbers import number_words, often, portions, scales, spelled
from leakdesk.mentions.quantities import currency
from leakdesk.model.claim import Quantity, TimeSlot
from leakdesk.model.entity import Mention
from leakdesk.reading.frame import Frame, is_temporal
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.spans import Range

#: Types of mention that are amounts of something.
AMOUNTS = frozenset({"money", "percent", "quantity"})
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_NUMBER = re.compile(r"\d+(?:[ ,.]\d{3})*(?:[.,]\d+)?|\d+")


def time_of(text: str, quote: Range, mentions: list[Mention], sentence: Sentence) -> TimeSlot | None:
    """The first date inside the clause, with its preposition; the year alone where that is all."""
    dated = [each for each in mentions if each.type == "date" and each.normal]
    if dated:
        first = dated[0]
        start = _with_preposition(sentence, first.start)
        return TimeSlot(text=text[start : first.end], edtf=first.normal)
    clause = text[quote[0] : quote[1]]
    year = _YEAR.search(clause)
    if year is None:
        return None
    before = clause[: year.start()].split()
    if not before or before[-1].lower().strip(",(") not in _words()["years"]["behind"]:
        return None
    at = quote[0] + year.start()
    return TimeSlot(text=text[_with_preposition(sentence, at) : quote[0] + year.end()], edtf=year.group())


def _with_preposition(sentence: Sentence, start: int) -> int:
    for token in sentence.tokens:
        if token.end <= start <= token.end + 1 and token.pos == "PREP":
            return token.start
    return start


def quantities_of(
    text: str, quote: Range, mentions: list[Mention], sentence: Sentence, frame: Frame
) -> tuple[Quantity, ...]:
    """Amounts, percentages and counts inside the clause; dates and designations are none, nor what is told aside ("the firm,
    which employs 340 people, fell"): that has a claim of its own, or tells of somebody and not of the event."""
    made: list[Quantity] = []
    changing = _changes(sentence, frame)
    covered: list[Range] = [
        (each.start, each.end)
        for each in mentions
        if each.type in ("date", "equipment", "identifier", "phone", "email", "url")
    ]
    for each in mentions:
        if each.type in AMOUNTS and _told_aside(sentence, frame, each.start):
            covered.append((each.start, each.end))
        elif each.type in AMOUNTS:
            role = _role(text, each.start, each.type, changing=changing)
            made += _between(each, changing=changing) or [_amount(each, role)]
            covered.append((each.start, each.end))
    for start, end, value, unit in _spelled(sentence):
        taken = any(a <= start < b for a, b in covered) or _told_aside(sentence, frame, start)
        if value is not None and quote[0] <= start < quote[1] and not taken:
            money = currency(unit) if unit else None
            role = _role(text, start, "money" if money else "count", changing=changing)
            made.append(Quantity(text=text[start:end], value=value, unit=money or unit, role=role))
        covered.append((start, end))
    for token in sentence.tokens:
        if not quote[0] <= token.start < quote[1] or any(a <= token.start < b for a, b in covered):
            continue
        counted = _counted(sentence, token) or _bare(sentence, token)
        counted = counted or _how_often(sentence, token)
        if counted is not None and not _told_aside(sentence, frame, token.start):
            value, unit = counted
            role = _role(text, token.start, "count", changing=changing)
            made.append(Quantity(text=text[token.start : token.end], value=value, unit=unit, role=role))
    return tuple(made)


def _told_aside(sentence: Sentence, frame: Frame, start: int) -> bool:
    """Whether what begins there stands in a clause of one of the participants, or tells who somebody is ("a mother of three")."""
    at = next((token.i for token in sentence.tokens if token.start <= start < token.end), -1)
    above: list[str] = []
    while at >= 0 and at not in frame.chain and len(above) < len(sentence.tokens):
        above.append(sentence.tokens[at].dep)
        at = sentence.tokens[at].head
    if at < 0:
        return False
    return not _ASIDE.isdisjoint(above) or any(pair == ("nmod", "appos") for pair in itertools.pairwise(above))


#: What hangs on a word as a clause.
_ASIDE = frozenset({"acl", "acl:relcl", "advcl"})


def _changes(sentence: Sentence, frame: Frame) -> bool:
    """Whether the event is a rise or a fall: only then "to 31" is a target and "by 5" a difference."""
    concept = concept_of(frame.lemma, sentence.language, verbal=True)
    return concept is not None and concepts()[concept].group.startswith("change")


def _amount(mention: Mention, role: str) -> Quantity:
    """ "240000 EUR" -> (240000, "EUR"); "12.5" percent -> (12.5, "%")."""
    match = re.match(r"\s*(-?\d+(?:\.\d+)?)\s*(.*)$", mention.normal)
    if match is None:
        found = _NUMBER.search(mention.text)
        return Quantity(text=mention.text, value=_number(found.group()) if found else 0.0, unit="", role=role)
    return Quantity(text=mention.text, value=float(match[1]), unit=_unit(match[2], mention), role=role)


def _between(mention: Mention, *, changing: bool) -> list[Quantity]:
    """Both ends of a range: of what rises or falls where it came from and went to, else the least and the most it is."""
    match = re.match(r"\s*(\d+(?:\.\d+)?)\.\.(\d+(?:\.\d+)?)\s*(.*)$", mention.normal)
    if match is None:
        return []
    roles = ("from", "to") if changing else ("at_least", "up_to")
    unit = _unit(match[3], mention)
    return [Quantity(text=mention.text, value=float(match[k]), unit=unit, role=role) for k, role in enumerate(roles, 1)]


def _unit(written: str, mention: Mention) -> str:
    return written.strip() or ("%" if mention.type == "percent" else "")


def _number(written: str) -> float:
    plain = re.sub(r"[ ,.](?=\d{3}(?:\D|$))", "", written).replace(",", ".")
    try:
        return float(plain)
    except ValueError:
        return 0.0


def _value(token: Token) -> float | None:
    """What a number word or a number in digits is worth; years and designations are none."""
    if token.text[0].isdigit():
        whole = re.fullmatch(r"[\d., ]+", token.text) is not None and not _YEAR.fullmatch(token.text)
        return _number(token.text) if whole else None
    return number_words().get(token.low)


def _counted(sentence: Sentence, token: Token) -> tuple[float, str] | None:
    """A number before a noun: "nine deliveries", «семь вертолётов»."""
    if token.dep not in ("nummod", "det", "compound", "amod") or token.head < 0:
        return None
    value = _value(token)
    if value is None or (token.dep == "compound" and not token.text[0].isdigit()):
        return None
    head = sentence.tokens[token.head]
    if head.lemma in portions():
        return None  # «две трети» are no two of anything
    if not any(char.isalpha() for char in head.text) or (is_temporal(head) and _is_ago(sentence, head.i)):
        return None
    if value < 1 and token.dep == "amod":
        return None  # "the third consignment"
    if head.pos not in ("N", "PN", "NUM"):
        return None
    if head.low.strip(".") in scales():
        return float(value) * scales()[head.low.strip(".")], _thing_behind(sentence, head.i + 1)
    return float(value), head.lemma


def _how_often(sentence: Sentence, token: Token) -> tuple[float, str] | None:
    """ "Flew there twice"; "twice as many" is a multiple, and told elsewhere."""
    value = often().get(token.low)
    behind = sentence.tokens[token.i + 1].low if token.i + 1 < len(sentence.tokens) else ""
    return (value, "times") if value is not None and behind != "as" else None


def _is_ago(sentence: Sentence, at: int) -> bool:
    """Whether a stretch of time says when: "three years ago", «пять лет назад»."""
    near = sentence.tokens[at : at + MOST_ADJECTIVES + 1]
    return any(token.low in _words()["ago"]["words"] for token in near)


def _spelled(sentence: Sentence) -> list[tuple[int, int, float | None, str]]:
    """Numbers of several words, and hundreds: where each begins and ends, its value (None: a year, or how long ago), and
    what it counts ("" for nothing said)."""
    found: list[tuple[int, int, float | None, str]] = []
    for number in spelled([token.low for token in sentence.tokens]):
        if not number.is_compound and number.value < 100:
            continue
        first, last = sentence.tokens[number.first], sentence.tokens[number.behind - 1]
        thing = _thing_behind(sentence, number.behind)
        if _is_ago(sentence, number.behind):
            found.append((first.start, last.end, None, thing))
            continue
        if not number.is_compound and not thing and first.low in scales():
            continue  # «миллион» by itself counts nothing
        is_year = not thing and 1900 <= number.value < 2100
        found.append((first.start, last.end, None if is_year else number.value, thing))
    return found


def _thing_behind(sentence: Sentence, at: int) -> str:
    """The noun that a number before place `at` counts, behind its adjectives; "" where none follows."""
    for token in sentence.tokens[at : at + MOST_ADJECTIVES + 1]:
        if token.pos in ("N", "PN"):
            return token.lemma
        if token.pos not in ("A", "PTCP"):
            return ""
    return ""


#: Adjectives between a number and what it counts.
MOST_ADJECTIVES = 2


def _bare(sentence: Sentence, token: Token) -> tuple[float, str] | None:
    """A number that stands for the things themselves: «отгрузили 45», "six of the pumps", «погибли двое», «ящиков уже семь»."""
    value = _value(token)
    if (
        value is None
        or not (token.pos == "NUM" or token.low in number_words())
        or not _stands_for_things(sentence, token)
    ):
        return None
    if token.i and sentence.tokens[token.i - 1].text in ("№", "#", "/", "-", ":"):
        return None
    of = sentence.child(token.i, "nmod", "obl", *(("nsubj",) if token.dep == "root" else ()))
    if (of is not None and is_temporal(of)) or (value < FEWEST and not token.text[0].isdigit() and of is None):
        return None
    if of is not None and of.pos in ("N", "PN"):
        return float(value), of.lemma
    return float(value), PEOPLE if token.low in _words()["people"]["words"] else ""


#: "One" and parts of one stand for nothing by themselves.
FEWEST = 2
#: The unit of words that count people: «двое».
PEOPLE = "people"


def _stands_for_things(sentence: Sentence, token: Token) -> bool:
    """Whether a number is a participant, what the clause says of its subject, or what something comes to ("rose to seven")."""
    if token.dep in ("obj", "nsubj", "nsubj:pass"):
        return True
    if token.dep == "root":
        return sentence.child(token.i, "nsubj") is not None
    case = sentence.child(token.i, "case") if token.dep == "obl" else None
    return case is not None and case.low in _words()["comes_to"]["words"]


def _role(text: str, start: int, kind: str, *, changing: bool = False) -> str:
    before = text[max(0, start - 24) : start].lower().rstrip()
    for role, phrases in _words()["roles"].items():
        for phrase in phrases:
            if before.endswith(" " + phrase) or before == phrase:
                return _fitting(role, phrase, kind, changing=changing)
    return {"money": "sum", "percent": "share", "quantity": "count"}.get(kind, "count")


def _fitting(role: str, phrase: str, kind: str, *, changing: bool) -> str:
    """What a preposition makes of a number depends on the event: "на 5" is a difference only of what rises or falls."""
    if changing and phrase in ("до", "да"):
        return "to"
    if role == "by" and not changing and kind != "percent":
        return {"money": "sum"}.get(kind, "count")
    return role


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((files("leakdesk.reading") / "values.toml").read_text("utf-8"))
