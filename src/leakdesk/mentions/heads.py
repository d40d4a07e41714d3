"""The best sources of all: names in headers, address lines and signatures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from leakdesk.language.inflect import is_common_word
from leakdesk.mentions.found import CAP, UPPER, Found
from leakdesk.mentions.organisations import organisations
from leakdesk.mentions.persons import given, surname_shaped
from leakdesk.model.document import MessageHead, Role, Segment

_ADDRESS = re.compile(r"[<\[(](?:mailto:)?[\w.+%-]{1,64}@[\w.-]{1,80}[>\])]")
_NAME_BEFORE = re.compile(r"(?P<n>[^\W\d_][^<>\n,;:\"@]{2,60}?)[\"']?[ ]{0,3}$")
_CLOSING = re.compile(
    r"(?im)^[ >]*(?:с (?:глубоким |искренним )?уважением|з повагою|з павагай|"
    r"с наилучшими пожеланиями|з найкращими побажаннями|best regards|kind regards|"
    r"regards|yours (?:sincerely|faithfully|truly)|sincerely|best wishes|thanks|"
    r"thank you|many thanks|спасибо|дякую|дзякуй|best|cheers)[,.!]?[ ]*\n"
)
_LINE_NAME = re.compile(
    rf"^[ >]*(?P<n>(?:{CAP}|[{UPPER}]\.)(?:[ ](?:{CAP}|[{UPPER}]\.(?:[ ]?[{UPPER}]\.)?)){{0,3}})[ ,.]*$"
)
#: Lines below a closing formula that may hold the signer's name.
_SIGNATURE_LINES = 5


def header_names(sheet: str, head: MessageHead | None) -> Iterator[Found]:
    """Display names of the header wherever they stand in the text."""
    if head is None:
        return
    names = {
        each.name.strip(): each.address
        for each in (*head.sender, *head.to, *head.cc, *head.bcc)
        if len(each.name.strip()) > 3
    }
    for name, address in names.items():
        if "@" in name:
            continue
        kind = _kind(name, address)
        at = sheet.find(name)
        while at >= 0 and kind:
            yield Found(at, at + len(name), kind, "", "mail header", 0.97)
            at = sheet.find(name, at + len(name))


def _kind(name: str, address: str) -> Literal["person", "organization"] | None:
    if next(organisations(name), None) is not None:
        return "organization"
    if any(char.isdigit() or char in "<>{}=" for char in name):
        return None  # a shop, a list, markup ("Shop 4 Petrov P."): the name in it is found by its own shape
    words = re.findall(CAP, name)
    if _is_the_house(name, address) and not any(given(word) for word in name.split()):
        return "organization"
    if len(words) >= 2 or any(surname_shaped(word) or given(word) for word in words):
        return "person"
    return None


def _is_the_house(name: str, address: str) -> bool:
    """Whether a name is what the domain of its address is called: Sunway Tickets <booking@sunway-tickets.example>."""
    domain = address.rpartition("@")[2].casefold().replace("-", "")
    return "".join(name.casefold().split()).replace("-", "") in domain.split(".")[:-1]


def _is_office(line: str) -> bool:
    """Whether every word of a line is an ordinary one: Отдел Снабжения; counter-example: Олег Мельник."""
    words = line.split()
    return words[0][:1] >= "\u0400" and all(is_common_word(word) and not given(word) for word in words)


def _is_trade(name: str) -> bool:
    """Whether a name in front of an address is one ordinary word (or begins as one, before a hyphen): a post, a firm."""
    first = name.split("-", maxsplit=1)[0]
    return " " not in name and first[:1] >= "\u0400" and not given(first) and is_common_word(first)


def address_lines(sheet: str) -> Iterator[Found]:
    """`Name <address>` in headers, quoted headers and address books."""
    if "@" not in sheet:
        return
    for match in _ADDRESS.finditer(sheet):
        ahead = max(0, match.start() - 70)
        before = _NAME_BEFORE.search(sheet[ahead : match.start()])
        kind = _kind(before["n"].strip(), match[0].strip("<>[]()")) if before else None
        if before and kind:
            # "Механик <...>" may be a Mr Mechanic, or the mechanic of a ship
            weight = 0.7 if kind == "person" and _is_trade(before["n"].strip()) else 0.95
            yield Found(ahead + before.start("n"), ahead + before.end("n"), kind, "", "address line", weight)


def signatures(sheet: str, segments: tuple[Segment, ...]) -> Iterator[Found]:
    """A line that is a name, below a closing formula or inside a signature."""
    starts = [(match.end(), min(len(sheet), match.end() + 400)) for match in _CLOSING.finditer(sheet)]
    starts += [(each.start, each.end) for each in segments if each.role == Role.SIGNATURE]
    for start, end in starts:
        at = start
        for line in sheet[start:end].split("\n")[: _SIGNATURE_LINES + 1]:
            match = _LINE_NAME.match(line)
            if (
                match
                and (len(match["n"].split()) > 1 or given(match["n"]))
                and not _is_office(match["n"])
                and next(organisations(match["n"]), None) is None
            ):
                yield Found(at + match.start("n"), at + match.end("n"), "person", "", "signature", 0.93)
                break
            at += len(line) + 1
