"""Rich text: what it says, decoded run by run; HTML that was wrapped into it is unwrapped; compressed RTF of Outlook.

A small reader of our own: control words, groups, code pages per font, Unicode escapes. Pictures and embedded objects are
skipped as text (objects become parts). Deleted (tracked) and hidden text is left out of the flow and kept beside.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field

from leakdesk.documents.charsets import without_surrogates
from leakdesk.documents.hints import ReaderHints
from leakdesk.documents.layers import Completeness
from leakdesk.documents.sections import Sections
from leakdesk.model.document import Extract, Kind, Part, State

NAME = "leakdesk-rtf 1"
MEDIA_TYPE = "application/rtf"

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
#: Destinations whose contents are no running text.
_SKIPPED = frozenset(
    b"fonttbl colortbl stylesheet info pict objdata themedata colorschememapping datastore latentstyles listtable listoverridetable "
    b"rsidtbl generator xmlnstbl filetbl revtbl mmathPr fldinst wgrffmtfilter panose shpinst pgptbl atnid atnref atndate atntime atnparent atnicn".split()
) - {b"shpinst"}
#: Groups without running text: property names and values of shapes, pictures for older programs.
_SILENT = frozenset((b"sn", b"sv", b"nonshppict", b"mhtmltag"))
_SILENT_STARRED = frozenset((b"bkmkstart", b"bkmkend", b"background"))
#: Starred groups are skipped where a program does not know them; these are known.
_READ_THOUGH_STARRED = frozenset((b"shppict", b"shptxt", b"cs", b"shpinst", b"xe", b"tc", b"htmltag"))
_BESIDE = {b"header": "margins", b"headerl": "margins", b"headerr": "margins", b"headerf": "margins", b"footer": "margins", b"footerl": "margins",
           b"footerr": "margins", b"footerf": "margins", b"footnote": "notes", b"annotation": "comments", b"atnauthor": "comments"}  # fmt: skip
_GLYPHS = {b"tab": "\t", b"par": "\n", b"line": "\n", b"sect": "\n", b"page": "\n", b"cell": "\t", b"row": "\n", b"emdash": "—", b"endash": "–",
           b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•", b"emspace": " ", b"enspace": " ", b"nestcell": "\t", b"nestrow": "\n"}  # fmt: skip
#: \fcharset numbers to code pages.
_CHARSETS = {0: "cp1252", 1: "cp1252", 77: "mac-roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5", 161: "cp1253", 162: "cp1254", 163: "cp1258",
             177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 255: "cp437"}  # fmt: skip


@dataclass(slots=True)
class _Group:
    """The state that a brace saves: what is skipped, where text goes, how bytes are read."""

    target: str = "body"
    skip: bool = False
    hidden: bool = False
    deleted: bool = False
    html: bool = False
    codec: str = "cp1252"
    after_unicode: int = 1


@dataclass(slots=True)
class Rich:
    """What RTF says: texts by their place, the HTML that was wrapped in it (or None), its embedded objects as hex."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    html: str | None = None
    objects: list[bytes] = field(default_factory=list)

    def body(self) -> str:
        """The running text."""
        return "".join(self.texts.get("body", []))


def parse(data: bytes) -> Rich:  # noqa: C901, PLR0912, PLR0915 - a table of control words reads best in one piece
    """Read RTF. Never raises: what is no RTF gives its characters."""
    rich = Rich()
    fonts: dict[int, str] = {}
    stack: list[_Group] = []
    group = _Group()
    pending = bytearray()
    skip_bytes = 0
    wrapped = b"\\fromhtml" in data[:4096]
    in_fonts = star = False
    font = default_font = 0
    default = "cp1252"
    object_data: bytearray | None = None

    def target() -> list[str]:
        key = (
            "html"
            if wrapped and group.target == "body"
            else "hidden"
            if group.hidden
            else "deleted"
            if group.deleted
            else group.target
        )
        return rich.texts.setdefault(key, [])

    def flush() -> None:
        if pending:
            target().append(bytes(pending).decode(group.codec, "replace"))
            pending.clear()

    for match in _TOKEN.finditer(data):
        word, number, hexed, symbol, brace, plain = match.groups()
        if brace == b"{":
            flush()
            stack.append(group)
            group = _Group(
                group.target, group.skip, group.hidden, group.deleted, group.html, group.codec, group.after_unicode
            )
            star = False
        elif brace == b"}":
            flush()
            if object_data is not None and group.target == "objdata":
                rich.objects.append(bytes(object_data))
                object_data = None
            group = stack.pop() if stack else _Group(codec=default)
            if in_fonts and len(stack) <= 1:
                in_fonts = False
                group.codec = default
        elif word is not None:
            value = int(number) if number else None
            if word == b"u" and value is not None:
                if not group.skip:
                    flush()
                    target().append(chr(value % 0x10000))
                skip_bytes = group.after_unicode
                continue
            if word == b"bin" and value:
                continue
            flush()
            skip_bytes = 0
            if word == b"fonttbl":
                in_fonts, group.skip = True, True
            elif word == b"objdata":
                group.skip, group.target, object_data = True, "objdata", bytearray()
            elif word in _SKIPPED:
                group.skip = True
            elif word in _BESIDE:
                group.target = _BESIDE[word]
            elif word == b"htmltag" and wrapped:
                group.html, group.skip = True, False
            elif (star and word not in _READ_THOUGH_STARRED) or word in _SILENT or (star and word in _SILENT_STARRED):
                group.skip = True
            elif word == b"htmlrtf" and wrapped:
                group.skip = value != 0
            elif word == b"ansicpg" and value:
                default = group.codec = _codec(f"cp{value}")
            elif word == b"mac":
                default = group.codec = "mac-roman"
            elif word == b"pca":
                default = group.codec = "cp850"
            elif word == b"deff" and value is not None:
                default_font = value
            elif word == b"f" and value is not None:
                font = value
                if not in_fonts:
                    group.codec = fonts.get(value, default)
            elif word == b"fcharset" and in_fonts and value is not None:
                fonts[font] = default if value in (0, 1) else _CHARSETS.get(value, default)
            elif word == b"cpg" and in_fonts and value:
                fonts[font] = _codec(f"cp{value}")
            elif word == b"plain":
                group.codec, group.hidden = fonts.get(default_font, default), False
            elif word == b"uc" and value is not None:
                group.after_unicode = max(0, min(value, 10))
            elif word == b"v":
                group.hidden = value != 0
            elif word == b"deleted":
                group.deleted = value != 0
            elif word in _GLYPHS and not group.skip:
                target().append(_GLYPHS[word] if not wrapped else "\r\n" if _GLYPHS[word] == "\n" else _GLYPHS[word])
            star = False
        elif hexed is not None:
            if skip_bytes:
                skip_bytes -= 1
            elif not group.skip:
                pending += bytes.fromhex(hexed.decode("ascii"))
        elif symbol is not None:
            if symbol == b"*":
                star = True
            elif not group.skip:
                if symbol in b"{}\\":
                    pending += symbol
                else:
                    flush()
                    target().append(
                        {b"~": "\u00a0", b"_": "\u2011", b"-": "", b"\n": "\n", b"\r": "\n"}.get(symbol, "")
                    )
        elif plain is not None:
            if object_data is not None and group.target == "objdata":
                object_data += plain
            if not group.skip:
                if skip_bytes:
                    cut = min(skip_bytes, len(plain))
                    skip_bytes -= cut
                    plain = plain[cut:]
                pending += plain
    flush()
    for key, pieces in rich.texts.items():
        rich.texts[key] = [without_surrogates(_paired("".join(pieces)))]
    if wrapped:
        rich.html = "".join(rich.texts.pop("html", []))
    return rich


def _paired(text: str) -> str:
    """Surrogate pairs written as two escapes become one character."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _codec(name: str) -> str:
    import codecs

    try:
        return codecs.lookup(
            {"cp0": "cp1252", "cp10000": "mac-roman", "cp10007": "mac-cyrillic", "cp65001": "utf-8"}.get(name, name)
        ).name
    except LookupError:
        return "cp1252"


def read(data: bytes, hints: ReaderHints) -> Extract:
    """Read an .rtf file."""
    rich = parse(data)
    complete, sections = Completeness(), Sections()
    if rich.html is not None:
        from leakdesk.documents.web import visible

        sections.pages.append(visible(rich.html).text)
    else:
        sections.pages.append(re.sub(r"\t\n", "\n", rich.body()).strip("\n"))
    for key, texts in rich.texts.items():
        if key not in ("body", "objdata"):
            sections.aside(key, "".join(texts))
    parts = tuple(part for number, raw in enumerate(rich.objects, 1) if (part := _object(raw, number)) is not None)
    if not data.rstrip(b"\0\r\n \t").endswith(b"}"):
        complete.partial("truncated: the end of the file is missing")
    return Extract(
        kind=Kind.DOCUMENT,
        schema="Document",
        media_type=MEDIA_TYPE,
        layer=sections.layer(NAME, complete, hints.limits.text_chars),
        parts=parts,
        state=complete.state,
        stage="" if complete.state is State.READ else "read",
        reason=complete.reason,
        limit=complete.limit,
        notes=tuple(complete.notes),
    )


def _object(raw: bytes, number: int) -> Part | None:
    """An embedded object (OLE 1 in hexadecimal digits): the file inside it, by its name where it has one."""
    from leakdesk.documents.compound import package_file

    digits = re.sub(rb"[^0-9a-fA-F]", b"", raw)
    content = bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))
    native = _ole1_data(content)
    if not native:
        return None
    name, inner = package_file(native)
    return Part(name=name or f"object-{number}.bin", data=inner)


def _ole1_data(content: bytes) -> bytes:
    """The native data of an OLE 1 object: version, format, three length-prefixed strings, length, data."""
    try:
        at = 8
        for _ in range(3):
            (length,) = struct.unpack_from("<I", content, at)
            at += 4 + length
        (length,) = struct.unpack_from("<I", content, at)
        return content[at + 4 : at + 4 + length]
    except struct.error:
        return content


# --- compressed RTF of Outlook ([MS-OXRTFCP]) --------------------------------------------------------------------------

_PRELOAD = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArial"
    b"Times New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_LARGEST = 64 << 20


def decompress(data: bytes) -> bytes:
    """Compressed RTF as plain RTF; as far as it goes where it is cut off; b"" where it is none."""
    if len(data) < 16:
        return b""
    size, raw_size, kind = struct.unpack_from("<II4s", data)
    body = data[16 : size + 4]
    if kind == b"MELA":
        return body[:raw_size]
    if kind != b"LZFu":
        return data if data.startswith(b"{\\rtf") else b""
    window = bytearray(4096)
    window[: len(_PRELOAD)] = _PRELOAD
    at, out, index = len(_PRELOAD), bytearray(), 0
    most = min(raw_size, _LARGEST)
    while index < len(body) and len(out) < most:
        control = body[index]
        index += 1
        for bit in range(8):
            if index >= len(body):
                break
            if not control >> bit & 1:
                window[at % 4096] = body[index]
                out.append(body[index])
                at, index = at + 1, index + 1
                continue
            if index + 1 >= len(body):
                return bytes(out)
            pair = body[index] << 8 | body[index + 1]
            index += 2
            offset, length = pair >> 4, (pair & 15) + 2
            if offset == at % 4096:
                return bytes(out[:raw_size])
            for step in range(length):
                byte = window[(offset + step) % 4096]
                window[at % 4096] = byte
                out.append(byte)
                at += 1
    return bytes(out[:raw_size])
