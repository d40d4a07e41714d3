"""Calendars (.ics) and address cards (.vcf): their lines unfolded and unescaped, their attached files as parts."""

from __future__ import annotations

import quopri
import re

from leakdesk.documents.charsets import decode
from leakdesk.documents.decoding import without_surrogates
from leakdesk.documents.headers import lenient_base64
from leakdesk.documents.hints import ReaderHints
from leakdesk.model.document import Extract, Kind, Note, Part, State, TextLayer

NAME = "leakdesk-cards 2"
#: Lines for machines only.
_TECHNICAL = frozenset(
    [
        "PRODID",
        "VERSION",
        "CALSCALE",
        "METHOD",
        "UID",
        "DTSTAMP",
        "SEQUENCE",
        "TRANSP",
        "CLASS",
        "PRIORITY",
        "REV",
        "TZID",
        "TZOFFSETFROM",
        "TZOFFSETTO",
        "TZNAME",
        "RRULE",
    ]
)
_SILENT_BLOCKS = frozenset({"VTIMEZONE", "STANDARD", "DAYLIGHT"})
_LINE = re.compile(r"(?:[\w-]+\.)?([\w-]+)((?:;[^:;\"]*(?:\"[^\"]*\"[^:;\"]*)*)*):(.*)", re.DOTALL)


def read_calendar(data: bytes, hints: ReaderHints) -> Extract:
    """Read an .ics file."""
    return _read(data, hints, "text/calendar", "Document", "SUMMARY")


def read_card(data: bytes, hints: ReaderHints) -> Extract:
    """Read a .vcf file with one or many cards."""
    return _read(data, hints, "text/vcard", "Document", "FN")


def _read(data: bytes, hints: ReaderHints, media_type: str, schema: str, titled: str) -> Extract:
    decoded = decode(data, hints.declared_charset)
    out: list[str] = []
    parts: list[Part] = []
    title: str | None = None
    silent = 0
    for line in _unfolded(decoded.text):
        match = _LINE.fullmatch(line)
        if match is None:
            if line.strip():
                out.append(line)
            continue
        name, parameters, value = match[1].upper(), match[2].upper(), match[3]
        if name in ("BEGIN", "END"):
            silent += (1 if name == "BEGIN" else -1) if value.strip().upper() in _SILENT_BLOCKS else 0
            if name == "END" and out and out[-1]:
                out.append("")
            continue
        if silent or name in _TECHNICAL or name.startswith("X-"):
            continue
        if "ENCODING=B" in parameters or value.startswith("data:"):
            parts.append(_part(name, value, len(parts) + 1))
            continue
        shown = _value(value, parameters)
        title = title or (shown if name == titled else None)
        out.append(f"{name}: {shown}" if shown else "")
    text = "\n".join(line for number, line in enumerate(out) if line or (number and out[number - 1])).strip("\n")
    return Extract(
        kind=Kind.DOCUMENT,
        schema=schema,
        media_type=media_type,
        layer=TextLayer(text=text[: hints.limits.text_chars] + ("\n" if text else ""), extractor=NAME),
        title=title,
        parts=tuple(parts),
        notes=() if decoded.plain else (Note(rule="charset", sentence=decoded.sentence()),),
    )


def _unfolded(text: str) -> list[str]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(r"\n[ \t]", "", text)
    return re.sub(r"=\n", "", text).split("\n") if "QUOTED-PRINTABLE" in text.upper() else text.split("\n")


def _value(value: str, parameters: str) -> str:
    if "QUOTED-PRINTABLE" in parameters:
        charset = re.search(r"CHARSET=([^;:]+)", parameters)
        value = decode(quopri.decodestring(value.encode("utf-8", "replace")), charset[1] if charset else None).text
    value = re.sub(r"\\([nN;,\\])", lambda m: "\n" if m[1] in "nN" else m[1], value)
    address = re.search(r'CN="?([^";:]+)"?', parameters)
    if value.lower().startswith("mailto:"):
        value = value[7:]
        if address:
            value = f"{address[1].title()} <{value}>" if address[1].isupper() else f"{address[1]} <{value}>"
    return without_surrogates(value.replace("\0", "")).strip("; ")


def _part(name: str, value: str, number: int) -> Part:
    payload, whole = lenient_base64(
        value.partition(",")[2].encode() if value.startswith("data:") else value.encode("utf-8", "replace")
    )
    return Part(
        name=f"{name.lower()}-{number}.bin",
        data=payload,
        state=State.READ if whole else State.PARTIAL,
        reason="" if whole else "the base64 text ends early",
    )
