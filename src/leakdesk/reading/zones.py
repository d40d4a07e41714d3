"""What each block of a report is: headline, dateline, caption, label, boilerplate ... Nothing is deleted, roles are assigned.

A block is a paragraph (or a line of a text without blank lines). Rules are data (zones.toml); position, repetition and
shape decide the rest. The result covers the text without gaps, and every label (`Source:`) is a segment of its own.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from leakdesk.language.canvas import canvas
from leakdesk.language.detect import detect
from leakdesk.model.document import Language, Role, Segment
from leakdesk.reading.tagging import tag, tokenise

#: Longest text a headline has (code points); longer first paragraphs are body.
HEADLINE_LIMIT = 220
#: Beyond this length a block is prose whatever its first word: captions and credits are short.
CAPTION_LIMIT = 260
_LABEL = re.compile(r"^\W*([^\W\d_][\w '-]{1,40}?\s*:)\s*")
_DATE_WORDS = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|"
    r"января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|"
    r"січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня|"
    r"студзеня|лютага|сакавіка|красавіка|мая|траўня|чэрвеня|ліпеня|жніўня|верасня|кастрычніка|лістапада|снежня"
)
_DATE = re.compile(
    rf"(\b\d{{1,2}}(?:st|nd|rd|th)?\.? (?:of )?(?:{_DATE_WORDS})\b\.?,?(?: \d{{4}})?"
    rf"|\b(?:{_DATE_WORDS})\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    r"|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b)",
    re.I,
)
_DATE_EXTRA = re.compile(
    r"\b\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?"
    r"|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b"
    r"|\b(?:posted|published|updated|last|modified|first|date|on|at|"
    r"gmt|utc|est|edt|cet|cest|eet|msk|bst|time|read|min|mins|minutes?|views?|год[ау]?|року|г\.|р\.|в|о|а|у|"
    r"опубликовано|обновлено|дата|обновлён|размещено|опубліковано|оновлено|"
    r"апублікавана|абноўлена|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|понеділок|вівторок|середа|четвер|п'ятниця|субота|неділя|"
    r"панядзелак|аўторак|серада|чацвер|пятніца|субота|нядзеля|просмотров|просмотры|перегляди|переглядів|прагляды)\b",
    re.I,
)
_NAME_LINE = re.compile(r"^[A-ZА-ЯЁІЇЄҐЎ][\w'’.-]+(?: [A-ZА-ЯЁІЇЄҐЎ][\w'’.-]*){1,3}(?:, [^.!?]{3,40})?$")
_OUTLET_DATE = re.compile(r"^[^.!?]{2,60}[,|·•—-]\s*$")
_TERMINAL = re.compile(r"[.!?…][\"'»”)\]]*$")
_NAVIGATION = re.compile(r"(\s[|›»·•>/]\s.*){2,}|^(\w+\s){0,3}\w+\s[|›»>]\s|^[|›»>]")


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of zones.toml."""

    id: str
    zone: str
    weight: int
    pattern: re.Pattern[str]
    example: str
    counter: str


@dataclass(slots=True)
class Block:
    """A paragraph: its span in the text (surrounding space excluded) and what it is taken for, with the rule that said so."""

    start: int
    end: int
    text: str
    role: Role = Role.BODY
    rule: str = "body"
    label_end: int = 0


@lru_cache(maxsize=1)
def zone_rules() -> tuple[Rule, ...]:
    """The rules of zones.toml, compiled."""
    raw = tomllib.loads((files("leakdesk.reading") / "zones.toml").read_text("utf-8"))["rule"]
    return tuple(
        Rule(
            each["id"],
            each["zone"],
            int(each["weight"]),
            re.compile(each["pattern"], re.I),
            each["example"],
            each["counter"],
        )
        for each in raw
    )


def report_segments(text: str, language: Language = "und") -> tuple[Segment, ...]:
    """Segments that cover `text` without gaps: a role for every block, labels cut off from the line they introduce."""
    blocks = classify(text)
    return tuple(_cover(text, blocks, language))


def classify(text: str) -> list[Block]:
    """The blocks of a report in order, each with its role and the rule that decided it."""
    blocks = _blocks(canvas(text))
    for block in blocks:
        _by_words(block)
    _by_shape(blocks)
    _by_position(blocks)
    return blocks


def _blocks(sheet: str) -> list[Block]:
    """Paragraphs; lines of a text that has no blank lines; wrapped lines are joined."""
    pieces: list[tuple[int, int]] = []
    for match in re.finditer(r"[^\n\f]+", sheet):
        start, end = match.span()
        while start < end and sheet[start].isspace():
            start += 1
        while end > start and sheet[end - 1].isspace():
            end -= 1
        if start == end:
            continue
        if pieces and _wrapped(sheet, pieces[-1], start):
            pieces[-1] = (pieces[-1][0], end)
        else:
            pieces.append((start, end))
    return [Block(start, end, sheet[start:end]) for start, end in pieces]


def _wrapped(sheet: str, before: tuple[int, int], start: int) -> bool:
    """Whether a line goes on the line before it: a hard-wrapped paragraph, never across a blank line."""
    between = sheet[before[1] : start]
    if between.count("\n") != 1 or "\f" in between:
        return False
    line_start = sheet.rfind("\n", before[0], before[1]) + 1 if "\n" in sheet[before[0] : before[1]] else before[0]
    last = sheet[line_start : before[1]]
    if not 50 <= len(last) <= 100 or _LABEL.match(last[-30:]):
        return False
    following = sheet[start : start + 1]
    return following.islower() or (not _TERMINAL.search(last) and not following.isupper()) or last.endswith((",", "-"))


def _by_words(block: Block) -> None:
    scores: dict[str, int] = {}
    best: dict[str, str] = {}
    low = block.text.lower()
    for rule in zone_rules():
        if rule.zone in ("caption", "credit", "byline") and len(low) > CAPTION_LIMIT:
            continue
        if rule.weight and rule.pattern.search(low):
            scores[rule.zone] = scores.get(rule.zone, 0) + rule.weight
            best.setdefault(rule.zone, rule.id)
    if not scores:
        return
    zone = max(scores, key=lambda name: (scores[name], name))
    needed = 2 if len(low) < 400 else 3
    if zone == "boilerplate" and scores[zone] < needed:
        return
    if zone == "label":
        found = _LABEL.match(block.text)
        if block.start == 0 or not found:
            return  # "Source: depot hid its sand" at the very top is a headline
        block.label_end = block.start + found.end(1)
        block.rule = best[zone]
        return
    if zone == "byline" and _TERMINAL.search(low) and not low.endswith("."):
        return
    if scores[zone] >= 2:
        block.role, block.rule = Role(zone), best[zone]


def _by_shape(blocks: list[Block]) -> None:
    """Datelines, quotation blocks, navigation: told by their form."""
    for block in blocks:
        if block.role != Role.BODY or block.label_end:
            continue
        if block.text.startswith(">"):
            block.role, block.rule = Role.QUOTED, "quote-mark"
        elif _is_dateline(block.text):
            block.role, block.rule = Role.DATELINE, "dateline"
        elif len(block.text) < 160 and _NAVIGATION.search(block.text) and not _TERMINAL.search(block.text):
            block.role, block.rule = Role.BOILERPLATE, "navigation"


def _is_dateline(text: str) -> bool:
    """A line that holds a date and little else: a place, a weekday, an hour, an outlet, "Published"."""
    if len(text) > 120 or not (_DATE.search(text) or re.search(r"\b\d{1,2}:\d{2}\b", text)):
        return False
    rest = _DATE_EXTRA.sub(" ", _DATE.sub(" ", text))
    words = re.findall(r"[^\W\d_]{2,}", rest)
    if _TERMINAL.search(text) and len(words) > 4:
        return False
    return len(words) <= 5 and not any(word.islower() and len(word) > 3 for word in words)


def _by_position(blocks: list[Block]) -> None:
    """The headline and what stands around it; what follows a "related" heading; short lines between paragraphs."""
    headline = _find_headline(blocks)
    if headline is not None:
        blocks[headline].role, blocks[headline].rule = Role.HEADLINE, "first-line"
        _mark_repeats(blocks, headline)
        _mark_above(blocks, headline)
        _mark_below(blocks, headline)
    _mark_names(blocks)
    _mark_after_related(blocks)
    _mark_captions(blocks, headline)


def _find_headline(blocks: list[Block]) -> int | None:
    """The first short block that is not navigation, date or label, with something to follow it."""
    candidates = [number for number, block in enumerate(blocks[:12]) if block.role == Role.BODY and not block.label_end]
    if not candidates or len(blocks) < 2:
        return None
    texts = [_key(block.text) for block in blocks]
    for number in candidates:  # a line that is repeated near the top is the title of page and article
        if texts[number] in texts[number + 1 : number + 8] and len(texts[number].split()) >= 3:
            return number
    for number in candidates:
        block = blocks[number]
        words = len(block.text.split())
        if len(block.text) > HEADLINE_LIMIT:
            return None
        if words >= 3:
            full_stop = block.text.endswith(".") and not block.text.endswith("..")
            return None if full_stop and words > 14 else number
    return None


def _key(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


def _mark_repeats(blocks: list[Block], headline: int) -> None:
    title = _key(blocks[headline].text)
    for block in blocks[headline + 1 :]:
        key = _key(block.text)
        if key == title or (
            len(title) > 25
            and key.startswith(title)
            and len(key) - len(title) < 30
            and not _TERMINAL.search(block.text)
        ):
            block.role, block.rule, block.label_end = Role.BOILERPLATE, "headline-repeated", 0


def _mark_above(blocks: list[Block], headline: int) -> None:
    """Above the headline: the outlet's name, menus."""
    for block in blocks[:headline]:
        if block.role == Role.BODY and not block.label_end:
            block.role, block.rule = Role.BOILERPLATE, "above-headline"


def _mark_below(blocks: list[Block], headline: int) -> None:
    """Right below the headline: byline, a standfirst before date or byline, an outlet's name."""
    end = headline + 1
    while end < len(blocks) and end <= headline + 5 and not _is_prose(blocks[end]):
        end += 1
    for number in range(headline + 1, min(end + 1, len(blocks))):
        block = blocks[number]
        if block.role != Role.BODY or block.label_end:
            continue
        if len(block.text) < 80 and _NAME_LINE.match(block.text) and not _TERMINAL.search(block.text):
            block.role, block.rule = Role.BYLINE, "name-line"
        elif len(block.text.split()) <= 3 and not _TERMINAL.search(block.text):
            block.role, block.rule = Role.BOILERPLATE, "outlet-line"
        elif len(block.text) <= 400 and _furniture_follows(blocks, number):
            block.role, block.rule = Role.STANDFIRST, "before-date"


#: Blocks from the top among which a bare name is a byline.
_TOP = 10


def _mark_names(blocks: list[Block]) -> None:
    """A line that is a name and nothing else, beside the date, the picture or the standfirst: a byline."""
    for number, block in enumerate(blocks[:_TOP]):
        if block.role != Role.BODY or block.label_end or len(block.text) > 80 or _TERMINAL.search(block.text):
            continue
        around = {blocks[k].role for k in (number - 1, number + 1) if 0 <= k < len(blocks)}
        if _NAME_LINE.match(block.text) and around & {Role.DATELINE, Role.CREDIT, Role.CAPTION, Role.HEADLINE}:
            block.role, block.rule = Role.BYLINE, "name-line"
            before = blocks[number - 1] if number else None
            if (
                before is not None
                and before.role == Role.BODY
                and number >= 2
                and blocks[number - 2].role == Role.HEADLINE
            ):
                before.role, before.rule = Role.STANDFIRST, "before-date"


def _is_prose(block: Block) -> bool:
    return block.role == Role.BODY and (len(block.text) > 160 or bool(_TERMINAL.search(block.text)))


def _furniture_follows(blocks: list[Block], number: int) -> bool:
    """A standfirst stands between the headline and the date, byline or picture."""
    if number + 1 >= len(blocks):
        return False
    return blocks[number + 1].role in (Role.DATELINE, Role.BYLINE) and blocks[number - 1].role == Role.HEADLINE


def _mark_after_related(blocks: list[Block]) -> None:
    """Lines after "Related": links look like headlines; a full paragraph ends the list. Fundraising runs to its end."""
    tail = False
    begging = False
    for number, block in enumerate(blocks):
        if block.role == Role.BOILERPLATE and block.rule.startswith("related"):
            tail = True
            continue
        begging = begging or (block.role == Role.BOILERPLATE and block.rule.startswith(("donate", "thanks")))
        if block.role != Role.BODY or block.label_end:
            continue
        prose = bool(_TERMINAL.search(block.text)) and len(block.text) > 60
        if tail and not prose:
            block.role, block.rule = Role.BOILERPLATE, "after-related"
        elif prose:
            tail = False
            if begging and _pleads(block.text) and _only_furniture_after(blocks, number):
                block.role, block.rule = Role.BOILERPLATE, "fundraising-goes-on"


_WE = re.compile(r"\b(we|our|us|you|your|мы|нам|нас|наш\w*|вы|вас|вам|ваш\w*|ми|ви|вы)\b", re.I)
_REPORTS = re.compile(
    r"[\"«“]|\b(said|says|told|according|сказал\w*|сообщ\w+|заяви\w*|повідом\w+|паведам\w+|по данным|за даними|паводле)\b",
    re.I,
)


def _pleads(text: str) -> bool:
    """Speaks to the reader in the first or second person, and quotes nobody."""
    return len(_WE.findall(text)) >= 1 and not _REPORTS.search(text)


def _only_furniture_after(blocks: list[Block], number: int) -> bool:
    return all(
        block.role != Role.BODY or _pleads(block.text) or len(block.text) < 120 for block in blocks[number + 1 :]
    )


def _mark_captions(blocks: list[Block], headline: int | None) -> None:
    """A short line without a full stop between full paragraphs, before a credit, or last: no sentence of the report.

    Subheadings stay body (they may carry claims); a phrase directly above a credit line is its caption.
    """
    for number, block in enumerate(blocks):
        if block.role != Role.BODY or block.label_end or number == headline:
            continue
        follows = blocks[number + 1].role if number + 1 < len(blocks) else None
        short = len(block.text) < 140 and not _TERMINAL.search(block.text)
        before = blocks[number - 1].role if number else None
        if short and before in (Role.DATELINE, Role.BYLINE, Role.CREDIT) and len(block.text.split()) <= 12:
            block.role, block.rule = Role.CAPTION, "below-date"
        elif short and follows == Role.CREDIT:
            block.role, block.rule = Role.CAPTION, "above-credit"
        elif short and number > 0 and len(block.text.split()) <= 14 and _verbless(block.text):
            block.role, block.rule = Role.CAPTION, "no-verb"
        elif short and number == len(blocks) - 1 and number > 2 and len(block.text.split()) <= 6:
            block.role, block.rule = Role.BOILERPLATE, "last-line"


def _verbless(text: str) -> bool:
    """A line in which nothing happens: no word of it can be a finite verb. A picture's caption (or a subheading)."""
    language = detect(text)
    if language == "und" or (text[:1] in '—«"' and text[-1:] in '»"'):
        return False
    tokens = tokenise(text, 0, len(text))
    tag(tokens, language, text, deep=False)
    return not any(token.pos in ("V", "AUX", "INF") for token in tokens)


def _cover(text: str, blocks: list[Block], language: Language) -> list[Segment]:
    """Segments without gaps: the space after a block belongs to it, leading space to the first."""
    cuts: list[tuple[int, Role]] = []
    for block in blocks:
        if block.label_end:
            cuts += [(block.start, Role.LABEL), (block.label_end, block.role)]
        else:
            cuts.append((block.start, block.role))
    if not cuts:
        return [Segment(start=0, end=len(text), role=Role.BODY, language=language)] if text else []
    cuts[0] = (0, cuts[0][1])
    ends = [start for start, _ in cuts[1:]] + [len(text)]
    return [
        Segment(start=start, end=end, role=role, language=language)
        for (start, role), end in zip(cuts, ends, strict=True)
        if end > start
    ]
