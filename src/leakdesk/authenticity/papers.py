"""The history inside PDF, Office and picture files: earlier states, authors, prints, boxes that hide nothing, text that is not
shown, small pictures that show something else. Untrusted bytes and native parsers: only ever run in the box.

Each finding is an observation with the places inside the file: byte ranges of the file itself, or fields of its metadata.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from leakdesk.authenticity.headers import Place
from leakdesk.authenticity.observations import TESTERS
from leakdesk.authenticity.products import program

#: The form of these findings: a newer one is looked for again.
VERSION = "1"
PDF = "application/pdf"
#: Seconds by which two times of one file may be in the wrong order without a word: programs write them one by one.
SLACK = 3_600
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_OLD_OFFICE = frozenset({"application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"})
_PICTURES = frozenset({"image/jpeg", "image/tiff"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFinding:
    """A rule, its values, and the places: bytes of the file (part ""), or metadata fields (part: the field's name)."""

    rule: str
    values: Mapping[str, str | int]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFacts:
    """What was found in one file, and which rules could be looked at. `problem`: why it could not be looked at."""

    found: tuple[PaperFinding, ...] = ()
    looked: tuple[str, ...] = ()
    problem: str = ""


def is_paper(media_type: str) -> bool:
    """Whether files of this kind have a history that is looked at."""
    return media_type == PDF or media_type in _OLD_OFFICE | _PICTURES or media_type.startswith(_OPEN_XML)


def look_at_paper(data: bytes, media_type: str) -> PaperFacts:
    """Look at one file. The parsers of its kind may raise whatever they like: that is a problem of the file."""
    try:
        looked, found = _reader(media_type)(data)
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # native parsers raise kinds of their own
        return PaperFacts(problem=f"it could not be looked at ({type(error).__name__})")
    return PaperFacts(found=tuple(found), looked=tuple(looked))


_Read = Callable[[bytes], tuple[list[str], list[PaperFinding]]]


def _reader(media_type: str) -> _Read:
    if media_type == PDF:
        from leakdesk.authenticity.paper_pdf import look

        return look
    if media_type in _PICTURES:
        from leakdesk.authenticity.paper_pictures import look

        return look
    from leakdesk.authenticity.paper_office import look_old, look_open

    return look_old if media_type in _OLD_OFFICE else look_open


# --- what all kinds share -----------------------------------------------------------------------------------------------------


def field_place(name: str, text: str) -> Place:
    """A metadata field as a place."""
    return Place(start=0, end=0, text=text[:300], part=name)


def bytes_place(data: bytes, start: int, end: int) -> Place:
    """Bytes of the file as a place."""
    return Place(start=start, end=end, text=data[start : min(end, start + 120)].decode("latin-1"))


def moment_of(text: str) -> float | None:
    """A metadata time (ISO 8601, or PDF's D:20240203...) in seconds; None where it is none."""
    text = text.strip().strip("()").removeprefix("D:").replace("'", "")
    for candidate in (text, _from_digits(text)):
        try:
            moment = datetime.fromisoformat(candidate)
        except ValueError:
            continue
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    return None


def _from_digits(text: str) -> str:
    digits = text[:14]
    if not digits.isdigit() or len(digits) < 8:
        return ""
    digits = digits.ljust(14, "0")
    zone = text[14:]
    zone = "+00:00" if zone[:1] == "Z" else f"{zone[:3]}:{zone[3:5] or '00'}" if zone[:1] in ("+", "-") else ""
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}T{digits[8:10]}:{digits[10:12]}:{digits[12:14]}{zone}"


def times_and_people(fields: Mapping[str, str]) -> Iterator[tuple[str, PaperFinding | None]]:
    """Rules over a file's own fields: created, modified, printed, author, last_author, program."""
    made, changed = moment_of(fields.get("created", "")), moment_of(fields.get("modified", ""))
    printed = moment_of(fields.get("printed", ""))
    if made is not None and changed is not None:
        yield (
            "changed_before_made",
            _pair("changed_before_made", fields, "created", "modified") if made - changed > SLACK else None,
        )
    if printed is not None and changed is not None:
        late = 946_684_800 < printed < changed - SLACK
        yield "printed_after_change", _pair("printed_after_change", fields, "printed", "modified") if late else None
    author, last = fields.get("author", ""), fields.get("last_author", "")
    if author and last:
        yield "people_named", _pair("people_named", fields, "author", "last_author") if author != last else None
    product = program(fields.get("program", ""), "product")
    written = max((each for each in (made, changed) if each is not None), default=None)
    if product is not None and written is not None:
        when = "modified" if changed == written else "created"
        first = datetime.fromisoformat(product.released).replace(tzinfo=UTC).timestamp()
        values = {"said": product.name, "other": product.released, "date": fields[when]}
        places = (field_place("program", fields["program"]), field_place(when, fields[when]))
        one = PaperFinding(rule="product_later", values=values, places=places)
        yield "product_later", one if first - TESTERS > written else None


def _pair(rule: str, fields: Mapping[str, str], first: str, second: str) -> PaperFinding:
    values = {"said": fields[first][:100], "other": fields[second][:100]}
    return PaperFinding(
        rule=rule, values=values, places=(field_place(first, fields[first]), field_place(second, fields[second]))
    )


def gathered(pairs: Iterator[tuple[str, PaperFinding | None]]) -> tuple[list[str], list[PaperFinding]]:
    """Rules that were looked at, and what they found."""
    looked: dict[str, None] = {}
    found: list[PaperFinding] = []
    for rule, one in pairs:
        looked[rule] = None
        if one is not None:
            found.append(one)
    return list(looked), found
