"""Rich text: what it says, decoded run by run; HTML that was wrapped into it is unwrapped; compressed RTF of Outlook.

A small reader of our own: control words, groups, code pages per font, Unicode escapes. Pictures and embedded objects are
skipped as text (objects become parts). Deleted (tracked) and hidden text is left out of the flow and kept beside.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field, replace

from leakdesk.documents.decoding import without_surrogates
from leakdesk.documents.hints import ReaderHints
from leakdesk.documents.layers import Completeness
from leakdesk.documents.sections import Sections
from leakdesk.model.document import Extract, Kind, Part, State

NAME = "leakdesk-rtf 1"
MEDIA_TYPE = "application/rtf"

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)


def _words(text: str) -> frozenset[bytes]:
    return frozenset(text.encode("ascii").split())


#: Destinations whose contents are no running text.
_SKIPPED = _words(
    """fonttbl colortbl stylesheet info pict themedata colorschememapping datastore latentstyles listtable listoverridetable
    rsidtbl generator xmlnstbl filetbl revtbl mmathPr fldinst wgrffmtfilter panose pgptbl atnid atnref atndate atntime
    atnparent atnicn sn sv nonshppict mhtmltag"""
)
#: Starred groups are skipped where a program does not know them; these are known.
_READ_THOUGH_STARRED = _words("shppict shptxt cs shpinst xe tc htmltag")
#: Destinations whose text stands beside the body, and where.
_BESIDE = {
    **dict.fromkeys(_words("header headerl headerr headerf footer footerl footerr footerf"), "margins"),
    b"footnote": "notes",
    b"annotation": "comments",
    b"atnauthor": "comments",
}
#: Control words that are characters.
_GLYPHS = {
    **dict.fromkeys(_words("par line sect page row nestrow"), "\n"),
    **dict.fromkeys(_words("tab cell nestcell"), "\t"),
    **dict.fromkeys(_words("emspace enspace"), " "),
    b"emdash": "—",
    b"endash": "–",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"bullet": "•",
}
_SIGNS = {b"~": "\u00a0", b"_": "\u2011", b"-": "", b"\n": "\n", b"\r": "\n"}
#: Code pages by the number of a font's charset.
_CHARSETS = {
    **{
        77: "mac-roman",
        128: "cp932",
        129: "cp949",
        134: "gb18030",
        136: "big5",
        161: "cp1253",
        162: "cp1254",
        163: "cp1258",
    },
    **{177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 255: "cp437"},
}


@dataclass(slots=True)
class _Group:
    """The state that a brace saves: what is skipped, where text goes, how bytes are read."""

    target: str = "body"
    skip: bool = False
    hidden: bool = False
    deleted: bool = False
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


def parse(data: bytes) -> Rich:
    """Read RTF. Never raises: what is no RTF gives its characters."""
    return _Parser(data).run(data)


class _Parser:
    """Walks the tokens; the group on top says where text goes and how bytes are read."""

    def __init__(self, data: bytes) -> None:
        self.rich = Rich()
        self.wrapped = b"\\fromhtml" in data[:4096]
        self.stack: list[_Group] = []
        self.group = _Group()
        self.pending = bytearray()
        self.fonts: dict[int, str] = {}
        self.default = "cp1252"
        self.font = self.default_font = 0
        self.in_fonts = self.star = False
        #: Characters still to be dropped after a Unicode escape: they repeat it for older programs.
        self.to_drop = 0
        self.object: bytearray | None = None

    def run(self, data: bytes) -> Rich:
        """Read all tokens and hand over what they say."""
        for match in _TOKEN.finditer(data):
            word, number, hexed, symbol, brace, plain = match.groups()
            if plain is not None:
                self._plain(plain)
            elif hexed is not None:
                self._byte(hexed)
            elif word is not None:
                self._word(word, int(number) if number else None)
            elif brace is not None:
                self._brace(brace)
            elif symbol is not None:
                self._symbol(symbol)
        self._flush()
        rich = self.rich
        rich.texts = {key: [without_surrogates(_paired("".join(pieces)))] for key, pieces in rich.texts.items()}
        if self.wrapped:
            rich.html = "".join(rich.texts.pop("html", []))
        return rich

    def _target(self) -> list[str]:
        group = self.group
        key = "hidden" if group.hidden else "deleted" if group.deleted else group.target
        return self.rich.texts.setdefault("html" if self.wrapped and group.target == "body" else key, [])

    def _flush(self) -> None:
        if self.pending:
            self._target().append(bytes(self.pending).decode(self.group.codec, "replace"))
            self.pending.clear()

    def _brace(self, brace: bytes) -> None:
        self._flush()
        if brace == b"{":
            self.stack.append(self.group)
            self.group = replace(self.group)
            self.star = False
            return
        if self.object is not None and self.group.target == "objdata":
            self.rich.objects.append(bytes(self.object))
            self.object = None
        self.group = self.stack.pop() if self.stack else _Group(codec=self.default)
        if self.in_fonts and len(self.stack) <= 1:
            self.in_fonts = False
            self.group.codec = self.default

    def _plain(self, plain: bytes) -> None:
        if self.object is not None and self.group.target == "objdata":
            self.object += plain
        if not self.group.skip:
            dropped = min(self.to_drop, len(plain))
            self.to_drop -= dropped
            self.pending += plain[dropped:]

    def _byte(self, hexed: bytes) -> None:
        if self.to_drop:
            self.to_drop -= 1
        elif not self.group.skip:
            self.pending.append(int(hexed, 16))

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self.star = True
        elif not self.group.skip:
            if symbol in b"{}\\":
                self.pending += symbol
            else:
                self._flush()
                self._target().append(_SIGNS.get(symbol, ""))

    def _word(self, word: bytes, value: int | None) -> None:
        if word == b"u" and value is not None:
            if not self.group.skip:
                self._flush()
                self._target().append(chr(value % 0x10000))
            self.to_drop = self.group.after_unicode
            return
        self._flush()
        self.to_drop = 0
        if not (self._destination(word, value) or self._charset(word, value)):
            self._style(word, value)
        self.star = False

    def _destination(self, word: bytes, value: int | None) -> bool:
        """Words that say what a group is."""
        group = self.group
        if word == b"fonttbl":
            self.in_fonts = group.skip = True
        elif word == b"objdata":
            group.skip, group.target, self.object = True, "objdata", bytearray()
        elif word in _SKIPPED:
            group.skip = True
        elif word in _BESIDE:
            group.target = _BESIDE[word]
        elif word == b"htmltag" and self.wrapped:
            group.skip = False
        elif word == b"htmlrtf" and self.wrapped:
            group.skip = value != 0
        elif self.star and word not in _READ_THOUGH_STARRED:
            group.skip = True
        else:
            return False
        return True

    def _charset(self, word: bytes, value: int | None) -> bool:
        """Words that say which characters bytes are."""
        if word in (b"ansicpg", b"mac", b"pca"):
            named = {b"mac": "mac-roman", b"pca": "cp850"}.get(word, f"cp{value or 1252}")
            self.default = self.group.codec = _codec(named)
        elif word == b"deff":
            self.default_font = value or 0
        elif word == b"f" and value is not None:
            self.font = value
            if not self.in_fonts:
                self.group.codec = self.fonts.get(value, self.default)
        elif word == b"fcharset" and self.in_fonts:
            self.fonts[self.font] = _CHARSETS.get(value or 0, self.default)
        elif word == b"cpg" and self.in_fonts and value:
            self.fonts[self.font] = _codec(f"cp{value}")
        else:
            return False
        return True

    def _style(self, word: bytes, value: int | None) -> None:
        group = self.group
        if word == b"plain":
            group.codec, group.hidden = self.fonts.get(self.default_font, self.default), False
        elif word == b"uc":
            group.after_unicode = max(0, min(value or 0, 10))
        elif word == b"v":
            group.hidden = value != 0
        elif word == b"deleted":
            group.deleted = value != 0
        elif word in _GLYPHS and not group.skip:
            glyph = _GLYPHS[word]
            self._target().append("\r\n" if self.wrapped and glyph == "\n" else glyph)


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
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
    b"MS Sans SerifSymbolArial"
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
