"""An independent look at every byte of a finished pack: is anything still there that should be gone?

Nothing here knows how a pack is made. Each file is opened as deep as it goes (zip, tar, gzip, zlib anywhere, PNG and
PDF parts, base64 and hexadecimal runs), each stream is read in every text encoding, each text in several disguises
(entities, escapes, percent, quoted-printable, markup inside words, backwards), and all of it is compared with
letters and digits only, accents, case, spaces and hyphens aside. Images are read by tesseract where it is installed;
where not, that is said.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import html
import io
import re
import shutil
import subprocess
import tarfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from quopri import decodestring
from urllib.parse import unquote_to_bytes

from leakdesk.publish.inputs import CasePerson
from leakdesk.publish.names import NameIndex, name_parts
from leakdesk.publish.roles import PersonRole

#: How deep streams are opened inside streams, and how many bytes at most come out of one file.
MAX_DEPTH, MAX_OUT = 6, 64 << 20
_LONG_RUN = 256
#: A string of fewer letters and digits is looked for as a word of its own; longer ones anywhere.
SHORT = 5
_OLD = ("latin-1", "cp1251", "koi8-r")
_NO_LETTERS = bytes(byte for byte in range(128) if not chr(byte).isalnum())
_NOT_WORD = re.compile(r"[\W_]+")
#: Wide encodings, and what three letters in a row of an alphabet below U+0600 look like in them.
_WIDE = (
    ("utf-16-le", re.compile(rb"(?:[\x00-\xff][\x00-\x05]){3}", re.S)),
    ("utf-16-be", re.compile(rb"(?:[\x00-\x05][\x00-\xff]){3}", re.S)),
    ("utf-32-le", re.compile(rb"(?:[\x00-\xff][\x00-\x05]\x00\x00){2}", re.S)),
    ("utf-32-be", re.compile(rb"(?:\x00\x00[\x00-\x05][\x00-\xff]){2}", re.S)),
)
_ZLIB = re.compile(b"\x78[\x01\x5e\x9c\xda]")
_BASE64 = re.compile(rb"(?:[A-Za-z0-9+/_-]{4}[\r\n]{0,2}){4,}[A-Za-z0-9+/_=-]{0,4}")
_HEX = re.compile(rb"(?:[0-9A-Fa-f]{2}\s{0,2}){6,}")
_IMAGE = re.compile(rb"\A(?:\x89PNG\r\n|\xff\xd8\xff|GIF8|II\*\x00|MM\x00\*|BM|RIFF....WEBP)", re.S)
_JPEG = re.compile(rb"\xff\xd8\xff.*?\xff\xd9", re.S)
_TAGS = re.compile(r"<[^<>]{0,400}>")
_ESCAPES = re.compile(r"\\u\{?([0-9a-fA-F]{4,6})\}?|\\x([0-9a-fA-F]{2})|\\U([0-9a-fA-F]{8})|\\([0-7]{3})")
_ALLOWED = re.compile(r"(?:[A-Za-z.]+|documents/\d+|facsimiles/\d+-\d+)\.(?:txt|json|html|py|sig|tsq|tsr|png)\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Residue:
    """Something that should be gone and is not: the file, the stream inside it, how it was disguised, and which of the
    strings looked for (by number, so that a report of residue is none itself)."""

    file: str
    stream: str
    disguise: str
    needle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """The answer: what was found, files of a kind that no pack has, and what could not be looked at."""

    residues: tuple[Residue, ...]
    foreign: tuple[str, ...]
    not_read: tuple[str, ...]

    @property
    def clean(self) -> bool:
        """Nothing found, and no file that should not be there."""
        return not self.residues and not self.foreign


def scan(files: Mapping[str, bytes], needles: Iterable[str]) -> Scan:
    """Look for the needles in every stream of every file. `needles` come from `needles_for`, and any others."""
    wanted = _Needles(needles)
    found: dict[Residue, None] = {}
    not_read: dict[str, None] = {}
    for name, data in files.items():
        for stream, content in _streams(name, data, not_read):
            for needle, disguise in wanted.inside(content):
                found[Residue(file=name, stream=stream, disguise=disguise, needle=needle)] = None
    foreign = tuple(name for name in files if not _ALLOWED.match(name))
    return Scan(residues=tuple(found), foreign=foreign, not_read=tuple(not_read))


def needles_for(masked: Iterable[str], people: Iterable[CasePerson], internal: Iterable[str] = ()) -> tuple[str, ...]:
    """What must be gone from a pack: masked stretches, protected people's names and everybody's values, internal marks.

    `internal`: case id, document ids, text-layer hashes, hashes of originals, Message-IDs, paths. A protected name, or a part
    of one, that somebody with another role shares is left out: it may be there lawfully.
    """
    everyone = list(people)
    settled = NameIndex(each for each in everyone if _may_be_named(each))
    lawful = {_squeeze(name) for each in everyone if _may_be_named(each) for name in each.names}
    wanted = {text for text in masked if len(text.split()) > 1 or any(char.isdigit() or char == "@" for char in text)}
    wanted.update(value for person in everyone for value in person.values)
    for person in everyone:
        if person.role and person.role.role is PersonRole.PROTECTED:
            parts = {part for name in person.names for part in name_parts(name)}
            wanted.update(part for part in parts if len(part) > 3 and not settled.people_of(part))
            wanted.update(name for name in person.names if len(name.split()) > 1 and _squeeze(name) not in lawful)
    wanted.update(internal)
    return tuple(sorted(text for text in wanted if _squeeze(text)))


def _may_be_named(person: CasePerson) -> bool:
    return person.role is not None and person.role.role is not PersonRole.PROTECTED


class _Needles:
    def __init__(self, needles: Iterable[str]) -> None:
        self._long: dict[str, list[int]] = {}
        self._words: dict[str, list[int]] = {}
        for number, needle in enumerate(map(_squeeze, needles)):
            if needle:
                table = self._long if len(needle) >= SHORT else self._words
                table.setdefault(needle, []).append(number)
                table.setdefault(needle[::-1], []).append(number)

    def inside(self, data: bytes) -> Iterator[tuple[int, str]]:
        for encoding, text in _texts(data):
            for disguise, view in _views(text):
                called = encoding if disguise == "" else f"{encoding}, {disguise}"
                yield from ((number, called) for number in self._in_text(view))

    def _in_text(self, text: str) -> Iterator[int]:
        plain = _squeeze(text)
        for needle, numbers in self._long.items():
            if needle in plain:
                yield from numbers
        if self._words:
            for word in re.findall(r"[^\W_]+", unicodedata.normalize("NFKD", text).casefold()):
                yield from self._words.get(_squeeze(word), ())


def _squeeze(text: str) -> str:
    """Letters and digits only, without case and accents."""
    if text.isascii():
        return text.encode().lower().translate(None, _NO_LETTERS).decode()
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return _NOT_WORD.sub("", plain)


def _texts(data: bytes) -> Iterator[tuple[str, str]]:
    """The bytes read in every encoding in which they can hold words."""
    try:
        yield "utf-8", data.decode("utf-8")
    except UnicodeDecodeError:
        # Old code pages only matter where the bytes are no UTF-8 throughout.
        yield "utf-8", data.decode("utf-8", "replace")
        for encoding in _OLD:
            yield encoding, data.decode(encoding, "replace")
    for encoding, looks_like in _WIDE:
        if looks_like.search(data):
            for offset in range(4 if "32" in encoding else 2):
                yield encoding, data[offset:].decode(encoding, "ignore")


def _views(text: str) -> Iterator[tuple[str, str]]:
    yield "", text
    if "<" in text:
        yield "markup", _TAGS.sub("", text)
    if "&" in text:
        yield "entities", html.unescape(_TAGS.sub("", text))
    if "\\" in text:
        yield "escapes", _ESCAPES.sub(_unescaped, text)
    if "%" in text:
        yield "percent", unquote_to_bytes(text.encode("utf-8", "replace")).decode("utf-8", "replace")
    if "=" in text:
        yield "quoted-printable", decodestring(text.encode("utf-8", "replace")).decode("utf-8", "replace")


def _unescaped(match: re.Match[str]) -> str:
    code = int(match[4], 8) if match[4] else int(match[1] or match[2] or match[3], 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else ""


def _streams(name: str, data: bytes, not_read: dict[str, None]) -> Iterator[tuple[str, bytes]]:
    """The name, the bytes, and everything that can be opened inside them, as (path, bytes)."""
    yield "name", name.encode("utf-8", "surrogateescape")
    budget = [MAX_OUT]
    seen: set[bytes] = set()
    waiting: list[tuple[str, bytes, int]] = [("bytes", data, 0)]
    while waiting:
        path, content, depth = waiting.pop()
        if content in seen:
            continue
        seen.add(content)
        yield path, content
        if depth >= MAX_DEPTH:
            not_read[f"{name}: deeper than {MAX_DEPTH} streams"] = None
            continue
        for kind, inner in _inside(content, name, not_read):
            budget[0] -= len(inner)
            if budget[0] < 0:
                not_read[f"{name}: more than {MAX_OUT} bytes inside"] = None
                return
            waiting.append((f"{path} > {kind}", inner, depth + 1))


def _inside(data: bytes, name: str, not_read: dict[str, None]) -> Iterator[tuple[str, bytes]]:
    for opener in _OPENERS:
        yield from opener(data)
    if _IMAGE.match(data):
        yield from _image_texts(data, name, not_read)


def _zips(data: bytes) -> Iterator[tuple[str, bytes]]:
    if b"PK\x05\x06" not in data:
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield "zip comment", archive.comment
            for member in archive.infolist():
                yield "zip member's name", member.filename.encode() + b"\n" + member.comment + b"\n" + member.extra
                yield "zip member", _bounded(archive.open(member).read)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, zlib.error, EOFError):
        return  # not a zip after all, or damaged: its bytes and zlib streams are looked at anyway


def _tars(data: bytes) -> Iterator[tuple[str, bytes]]:
    if data[257:262] != b"ustar":
        return
    try:
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            for member in archive:
                said = [member.name, member.uname, member.gname, member.linkname, *member.pax_headers.values()]
                yield "tar header", "\n".join(said).encode("utf-8", "surrogateescape")
                content = archive.extractfile(member)
                if content is not None:
                    yield "tar member", _bounded(content.read)
    except (tarfile.TarError, OSError, EOFError):
        return


def _gzips(data: bytes) -> Iterator[tuple[str, bytes]]:
    if data.startswith(b"\x1f\x8b"):
        try:
            yield "gzip", _bounded(gzip.GzipFile(fileobj=io.BytesIO(data)).read)
        except (OSError, EOFError, zlib.error):
            return


def _inflated(data: bytes) -> Iterator[tuple[str, bytes]]:
    """zlib streams wherever they begin: PDF streams, PNG text chunks, and anything else."""
    for match in _ZLIB.finditer(data):
        engine = zlib.decompressobj()
        try:
            out = engine.decompress(data[match.start() :], MAX_OUT)
        except zlib.error:
            continue
        if len(out) > 8:
            yield "zlib", out
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.S):
        yield from _pdf_coded(match.group(1))


def _pdf_coded(data: bytes) -> Iterator[tuple[str, bytes]]:
    text = data.strip()
    if text.endswith(b"~>"):
        try:
            yield "ASCII85", base64.a85decode(text.removeprefix(b"<~").removesuffix(b"~>"))
        except ValueError:
            return


def _decoded_runs(data: bytes) -> Iterator[tuple[str, bytes]]:
    for kind, found in (("base64", _base64_runs(data)), ("hexadecimal", _hex_runs(data))):
        # A pack is full of hashes: short runs are looked at together, long ones may hold a file each.
        short: list[bytes] = []
        for run in found:
            if len(run) > _LONG_RUN:
                yield kind, run
            else:
                short.append(run)
        if short:
            yield f"{kind} runs", b"\x00\x00\x00\x00".join(short)


def _base64_runs(data: bytes) -> Iterator[bytes]:
    for match in _BASE64.finditer(data):
        run = re.sub(rb"[\r\n=]", b"", match.group()).replace(b"-", b"+").replace(b"_", b"/")
        if not run.lower().translate(None, b"0123456789abcdef"):
            continue  # a hash: sixteen characters of base64 that are all hexadecimal happen to no words
        for offset in range(4):
            # Four characters are three bytes; a rest of one character says nothing.
            piece = run[offset : len(run) - (len(run) - offset) % 4 if (len(run) - offset) % 4 == 1 else None]
            try:
                yield base64.b64decode(piece + b"==")
            except binascii.Error:
                continue


def _hex_runs(data: bytes) -> Iterator[bytes]:
    for match in _HEX.finditer(data):
        digits = re.sub(rb"\s", b"", match.group()).decode()
        yield bytes.fromhex(digits[: len(digits) // 2 * 2])
        yield bytes.fromhex(digits[1 : 1 + (len(digits) - 1) // 2 * 2])


def _pictures(data: bytes) -> Iterator[tuple[str, bytes]]:
    """JPEG pictures inside other files: thumbnails in EXIF, images in PDFs."""
    for match in _JPEG.finditer(data, 1):
        yield "picture", match.group()


def _pdf_text(data: bytes) -> Iterator[tuple[str, bytes]]:
    if not data.startswith(b"%PDF"):
        return
    import pypdfium2

    # Each revision of the file is a file of its own: an incremental update only covers what came before.
    for end in [match.end() for match in re.finditer(rb"%%EOF\s?", data)][:16]:
        try:
            pages = pypdfium2.PdfDocument(data[:end])
            for page in pages:
                yield "PDF text", page.get_textpage().get_text_range().encode("utf-8", "replace")
                yield "PDF page picture", _png_of(page.render(scale=2).to_pil())
            said = pages.get_metadata_dict()
            yield "PDF properties", "\n".join(said.values()).encode("utf-8", "replace")
        except (pypdfium2.PdfiumError, ValueError, OSError):
            continue


def _png_of(picture: object) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    if isinstance(picture, Image.Image):
        picture.convert("L").save(out, "PNG")
    return out.getvalue()


_OPENERS: tuple[Callable[[bytes], Iterator[tuple[str, bytes]]], ...] = (
    _zips,
    _tars,
    _gzips,
    _inflated,
    _decoded_runs,
    _pictures,
    _pdf_text,
)


def _image_texts(data: bytes, name: str, not_read: dict[str, None]) -> Iterator[tuple[str, bytes]]:
    """What is written in a picture and in its properties."""
    from PIL import Image, UnidentifiedImageError

    try:
        picture = Image.open(io.BytesIO(data))
        picture.load()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return
    said = [str(value) for value in picture.info.values() if isinstance(value, str | bytes)]
    said.extend(str(value) for value in picture.getexif().values())
    yield "picture's properties", "\n".join(said).encode("utf-8", "replace")
    if shutil.which("tesseract") is None:
        not_read[f"{name}: a picture, needs tesseract"] = None
        return
    yield (
        "text in a picture",
        _ocr(_png_of(picture.resize((picture.width * 2, picture.height * 2)) if picture.width < 1200 else picture)),
    )


def _ocr(png: bytes) -> bytes:
    languages = subprocess.run(
        ["tesseract", "--list-langs"], capture_output=True, text=True, check=False
    ).stdout.split()
    chosen = "+".join(each for each in ("eng", "rus", "bel", "ukr") if each in languages) or "eng"
    done = subprocess.run(
        ["tesseract", "-", "-", "-l", chosen, "--psm", "11"], input=png, capture_output=True, timeout=120, check=False
    )
    return done.stdout


def _bounded(read: Callable[[int], bytes]) -> bytes:
    return read(MAX_OUT)
