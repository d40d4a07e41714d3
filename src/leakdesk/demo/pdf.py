"""A small PDF writer: pages of text with an embedded font, pages that are pictures, and a password if wanted.

Nothing is compressed by a library and no clock is asked, so a page is the same bytes on every computer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from leakdesk.demo.raster import Picture
from leakdesk.demo.sources import font_bytes

_WIDTH, _HEIGHT, _MARGIN = 595, 842, 64  # A4 in points
_SIZE, _LEADING = 10.5, 15
_LINES = (_HEIGHT - 2 * _MARGIN) // _LEADING
_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
_PERMISSIONS = -44  # reading and printing


@dataclass(slots=True)
class _Writer:
    """Numbered objects of one file; `key` encrypts streams (RC4, 128 bits) when there is one."""

    key: bytes = b""
    objects: list[bytes] = field(default_factory=list[bytes])

    def add(self, body: bytes) -> int:
        self.objects.append(body)
        return len(self.objects)

    def stream(self, data: bytes, extra: str = "") -> int:
        number = len(self.objects) + 1
        if self.key:
            salted = self.key + number.to_bytes(3, "little") + b"\0\0"
            data = rc4(_md5(salted)[:16], data)
        head = f"<< /Length {len(data)} {extra}>>\nstream\n".encode()
        return self.add(head + data + b"\nendstream")

    def file(self, root: int, trailer: str) -> bytes:
        out, places = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"), list[int]()
        for number, body in enumerate(self.objects, 1):
            places.append(len(out))
            out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
        start = len(out)
        out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode()
        out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
        identity = hashlib.sha256(bytes(out)).hexdigest()[:32] if not trailer else ""
        extra = trailer or f"/ID [<{identity}> <{identity}>]"
        out += f"trailer\n<< /Size {len(places) + 1} /Root {root} 0 R {extra} >>\nstartxref\n{start}\n%%EOF\n".encode()
        return bytes(out)


def text_pdf(text: str, password: str = "") -> bytes:
    """Pages of text; form feeds start a new page. With a password nothing can be read without it."""
    identity = _md5(text.encode())
    owner = _owner_entry(password) if password else b""
    writer = _Writer(_file_key(password, owner, identity) if password else b"")
    font = _add_font(writer)
    pages = [_text_page(lines) for lines in _paginate(text)]
    tree = len(writer.objects) + 2 * len(pages) + 1
    kids = [_add_page(writer, tree, writer.stream(page), f"/Font << /F1 {font} 0 R >>") for page in pages]
    root = _add_tree(writer, kids)
    if not password:
        return writer.file(root, "")
    lock = writer.add(_lock_entry(writer.key, owner, identity))
    return writer.file(root, f"/Encrypt {lock} 0 R /ID [<{identity.hex()}> <{identity.hex()}>]")


def picture_pdf(pictures: Sequence[Picture]) -> bytes:
    """Pages that are nothing but pictures, as an office scanner writes them."""
    writer = _Writer()
    tree, kids = 3 * len(pictures) + 1, list[int]()
    for picture in pictures:
        image = writer.stream(
            run_lengths(b"".join(picture.rows)),
            f"/Type /XObject /Subtype /Image /Width {picture.width} /Height {picture.height} "
            "/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /RunLengthDecode ",
        )
        content = writer.stream(f"q {_WIDTH} 0 0 {_HEIGHT} 0 0 cm /Im1 Do Q".encode())
        kids.append(_add_page(writer, tree, content, f"/XObject << /Im1 {image} 0 R >>"))
    return writer.file(_add_tree(writer, kids), "")


def _add_page(writer: _Writer, tree: int, content: int, resources: str) -> int:
    return writer.add(
        f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {_WIDTH} {_HEIGHT}] "
        f"/Resources << {resources} >> /Contents {content} 0 R >>".encode()
    )


def _add_tree(writer: _Writer, kids: Sequence[int]) -> int:
    names = " ".join(f"{kid} 0 R" for kid in kids)
    tree = writer.add(f"<< /Type /Pages /Kids [{names}] /Count {len(kids)} >>".encode())
    return writer.add(f"<< /Type /Catalog /Pages {tree} 0 R >>".encode())


# ---- text ----------------------------------------------------------------------------------------------------


@cache
def _glyphs() -> dict[str, tuple[int, int]]:
    rows = (line.split("\t") for line in font_bytes("letters.tsv").decode().splitlines()[1:])
    return {chr(int(code, 16)): (int(glyph), int(advance)) for code, glyph, advance, _at, _wide in rows}


def _points(text: str) -> float:
    return sum(_glyphs().get(char, _glyphs()["?"])[1] for char in text) * _SIZE / 1000


def _wrap(text: str) -> list[str]:
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and _points(longer) > _WIDTH - 2 * _MARGIN:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return lines


def _paginate(text: str) -> list[list[str]]:
    pages: list[list[str]] = []
    for part in text.strip("\n").split("\f"):
        lines = _wrap(part.strip("\n"))
        pages += [lines[at : at + _LINES] for at in range(0, len(lines), _LINES)]
    return pages


def _text_page(lines: Sequence[str]) -> bytes:
    shown = [f"BT /F1 {_SIZE} Tf {_LEADING} TL {_MARGIN} {_HEIGHT - _MARGIN} Td"]
    for line in lines:
        codes = "".join(f"{_glyphs().get(char, _glyphs()['?'])[0]:04X}" for char in line)
        shown.append(f"<{codes}> Tj T*" if line else "T*")
    return "\n".join([*shown, "ET"]).encode()


def _add_font(writer: _Writer) -> int:
    data = font_bytes("NotoSans-demo.ttf")
    file = writer.stream(data, f"/Length1 {len(data)} ")
    descriptor = writer.add(
        "<< /Type /FontDescriptor /FontName /DEMOAA+NotoSans /Flags 4 /FontBBox [-200 -300 1200 1100] /ItalicAngle 0 "
        f"/Ascent 1069 /Descent -293 /CapHeight 714 /StemV 80 /FontFile2 {file} 0 R >>".encode()
    )
    widths = " ".join(f"{glyph} [{advance}]" for glyph, advance in sorted(set(_glyphs().values())))
    descendant = writer.add(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /DEMOAA+NotoSans /CIDToGIDMap /Identity "
        "/CIDSystemInfo 4 0 R ".replace("4 0 R", f"{len(writer.objects) + 2} 0 R").encode()
        + f"/FontDescriptor {descriptor} 0 R /DW 500 /W [{widths}] >>".encode()
    )
    writer.add(_system_info(writer))
    unicode_map = writer.stream(_to_unicode())
    return writer.add(
        "<< /Type /Font /Subtype /Type0 /BaseFont /DEMOAA+NotoSans /Encoding /Identity-H "
        f"/DescendantFonts [{descendant} 0 R] /ToUnicode {unicode_map} 0 R >>".encode()
    )


def _system_info(writer: _Writer) -> bytes:
    """Strings are encrypted like streams, in their own object's name."""
    number = len(writer.objects) + 1
    words = [b"Adobe", b"Identity"]
    if writer.key:
        key = _md5(writer.key + number.to_bytes(3, "little") + b"\0\0")[:16]
        words = [rc4(key, word) for word in words]
    return f"<< /Registry <{words[0].hex()}> /Ordering <{words[1].hex()}> /Supplement 0 >>".encode()


def _to_unicode() -> bytes:
    pairs = [f"<{glyph:04X}> <{ord(char):04X}>" for char, (glyph, _advance) in _glyphs().items()]
    chunks = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]  # 100 is the limit of one list
    lists = "\n".join(f"{len(chunk)} beginbfchar\n" + "\n".join(chunk) + "\nendbfchar" for chunk in chunks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n/CMapName /Demo-UCS def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{lists}\nendcmap end end"
    ).encode()


# ---- pictures and passwords ------------------------------------------------------------------------------------


def run_lengths(data: bytes) -> bytes:
    """RunLengthDecode's encoding: runs for paper, literal bytes for letters."""
    out, at = bytearray(), 0
    while at < len(data):
        run = 1
        while at + run < len(data) and run < 128 and data[at + run] == data[at]:
            run += 1
        if run > 2:
            out += bytes([257 - run, data[at]])
            at += run
            continue
        end = at + run
        while end < len(data) and end - at < 128 and data[end : end + 3] != data[end : end + 1] * 3:
            end += 1
        out += bytes([end - at - 1]) + data[at:end]
        at = end
    return bytes(out + b"\x80")


def rc4(key: bytes, data: bytes) -> bytes:
    """The old stream cipher of PDF passwords; here it hides nothing but an invented price."""
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def _md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()


def _padded(password: str) -> bytes:
    return (password.encode("latin-1") + _PADDING)[:32]


def _owner_entry(password: str) -> bytes:
    """PDF 1.7, 7.6.3.4, algorithm 3; the owner's password is the same."""
    key = _padded(password)
    for _ in range(51):
        key = _md5(key)
    entry = _padded(password)
    for turn in range(20):
        entry = rc4(bytes(byte ^ turn for byte in key), entry)
    return entry


def _file_key(password: str, owner: bytes, identity: bytes) -> bytes:
    """Algorithm 2."""
    key = _md5(_padded(password) + owner + _PERMISSIONS.to_bytes(4, "little", signed=True) + identity)
    for _ in range(50):
        key = _md5(key)
    return key


def _lock_entry(key: bytes, owner: bytes, identity: bytes) -> bytes:
    """Algorithm 5, and the dictionary that says how the file is locked."""
    user = _md5(_PADDING + identity)
    for turn in range(20):
        user = rc4(bytes(byte ^ turn for byte in key), user)
    return (
        f"<< /Filter /Standard /V 2 /R 3 /Length 128 /P {_PERMISSIONS} "
        f"/O <{owner.hex()}> /U <{(user + bytes(16)).hex()}> >>"
    ).encode()
