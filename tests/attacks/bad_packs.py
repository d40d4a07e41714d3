"""Deliberately bad packs: a string that should be gone, hidden in the ways that real publications have left it behind."""

from __future__ import annotations

import base64
import gzip
import html
import io
import json
import random
import tarfile
import unicodedata
import urllib.parse
import zipfile
import zlib
from collections.abc import Callable, Mapping
from quopri import encodestring

from PIL import Image, ImageDraw, ImageFont, PngImagePlugin

from tests.publish.house import good_pack

Files = dict[str, bytes]
SECRETS = ("Halina Vishneuskaya", "Ilya Barysevich", "Галина Вишневская", "+375 29 777-88-99", "Zoya Kastsiukevich")
LATIN = tuple(secret for secret in SECRETS if secret.isascii())


def _page(files: Files, extra: str) -> Files:
    return {**files, "index.html": files["index.html"].replace(b"</body>", extra.encode() + b"</body>")}


def _pdf(contents: list[bytes], info: bytes = b"", extra: list[bytes] | None = None) -> bytes:
    """A PDF with one page; `contents` are drawn one after the other."""
    stream = zlib.compress(b"\n".join(contents))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>/XObject<</Im1 7 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<<" + info + b">>",
        *(extra or []),
    ]
    out = io.BytesIO(b"%PDF-1.5\n")
    out.seek(0, 2)
    places: list[int] = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    out.write(b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table))
    out.write(b"trailer<</Size %d/Root 1 0 R/Info 6 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def _shown(secret: str, colour: bytes = b"0 g") -> bytes:
    return b"BT %s /F1 18 Tf 40 100 Td (%s) Tj ET" % (colour, secret.encode("latin-1"))


def _letters(secret: str, size: int = 28) -> Image.Image:
    picture = Image.new("L", (30 * len(secret) // 2 * 2, 80), 255)
    ImageDraw.Draw(picture).text((20, 20), secret, fill=0, font=ImageFont.load_default(size))
    return picture


def _jpeg(picture: Image.Image, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=92, **options)
    return out.getvalue()


def _png(picture: Image.Image, info: PngImagePlugin.PngInfo | None = None) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", pnginfo=info)
    return out.getvalue()


def _office(members: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return out.getvalue()


def _black_box(files: Files, secret: str) -> Files:
    return {**files, "letter.pdf": _pdf([_shown(secret), b"0 g 30 90 300 30 re f"])}


def _white_text(files: Files, secret: str) -> Files:
    return {**files, "letter.pdf": _pdf([_shown(secret, b"1 g")])}


def _hidden_layer(files: Files, secret: str) -> Files:
    return {**files, "letter.pdf": _pdf([b"/OC /MC0 BDC 3 Tr", _shown(secret), b"EMC"])}


def _pdf_properties(files: Files, secret: str) -> Files:
    return {**files, "letter.pdf": _pdf([_shown("nothing here")], b"/Author(%s)" % secret.encode("latin-1"))}


def _updated_pdf(files: Files, secret: str) -> Files:
    first = _pdf([_shown(secret)])
    stream = zlib.compress(_shown("redacted"))
    place = len(first)
    update = b"4 0 obj\n<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream\nendobj\n" % (len(stream), stream)
    update += b"xref\n4 1\n%010d 00000 n \ntrailer<</Size 7/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        place,
        int(first.rsplit(b"startxref\n", 1)[1].split()[0]),
        place + len(update),
    )
    return {**files, "letter.pdf": first + update}


def _small_picture(files: Files, secret: str) -> Files:
    raw = _letters(secret)
    data = zlib.compress(raw.tobytes())
    image = (
        b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream"
        % (
            raw.width,
            raw.height,
            len(data),
            data,
        )
    )
    return {**files, "letter.pdf": _pdf([b"q 300 0 0 60 40 60 cm /Im1 Do Q"], extra=[image])}


def _doc_properties(files: Files, secret: str) -> Files:
    return {
        **files,
        "letter.docx": _office(
            {"docProps/core.xml": f"<dc:creator>{secret}</dc:creator>", "word/document.xml": "<w:t>x</w:t>"}
        ),
    }


def _tracked_change(files: Files, secret: str) -> Files:
    first, _, rest = secret.partition(" ")
    deleted = f"<w:del w:author='a'><w:r><w:delText>{first[:3]}</w:delText></w:r><w:r><w:delText>{first[3:]} {rest}</w:delText></w:r></w:del>"
    return {**files, "letter.docx": _office({"word/document.xml": deleted})}


def _exif(files: Files, secret: str) -> Files:
    tags = Image.Exif()
    tags[0x013B] = secret
    return {**files, "scan.jpg": _jpeg(Image.new("L", (60, 60), 200), exif=tags)}


def _thumbnail(files: Files, secret: str) -> Files:
    small = _jpeg(_letters(secret))
    outer = _jpeg(Image.new("L", (200, 60), 255))
    segment = b"Exif\x00\x00" + small
    return {**files, "scan.jpg": outer[:2] + b"\xff\xe1" + (len(segment) + 2).to_bytes(2, "big") + segment + outer[2:]}


def _picture(files: Files, secret: str) -> Files:
    return {**files, "documents/1.png": _png(_letters(secret))}


def _png_chunk(files: Files, secret: str, *, packed: bool) -> Files:
    info = PngImagePlugin.PngInfo()
    info.add_itxt("Comment", secret, zip=packed)
    return {**files, "documents/1.png": _png(Image.new("L", (8, 8)), info)}


def _in_page(change: Callable[[str], str]) -> Callable[[Files, str], Files]:
    return lambda files, secret: _page(files, change(secret))


def _as_bytes(name: str, change: Callable[[str], bytes]) -> Callable[[Files, str], Files]:
    return lambda files, secret: {**files, name: files.get(name, b"") + change(secret)}


def _tar(files: Files, secret: str) -> Files:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        member = tarfile.TarInfo("a.txt")
        member.uname = secret.encode("ascii", "ignore").decode()[:30]
        member.pax_headers = {"comment": secret}
        archive.addfile(member)
    return {**files, "more.tar": out.getvalue()}


def _zip_comment(files: Files, secret: str) -> Files:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.comment = secret.encode()
        archive.writestr("a.txt", "nothing")
    return {**files, "more.zip": out.getvalue()}


def _nested(files: Files, secret: str) -> Files:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("deep.txt", "x" * 99 + secret)
    return {**files, "more.gz": gzip.compress(gzip.compress(inner.getvalue(), mtime=0), mtime=0)}


def _base64_at(offset: int) -> Callable[[str], str]:
    return lambda secret: (
        "<!-- " + base64.b64encode(b"z" * (offset + 9) + secret.encode() + b" and more").decode() + " -->"
    )


#: Ways that need no eyes, by name.
TEXT_WAYS: dict[str, tuple[Callable[[Files, str], Files], bool]] = {
    "black box over text in a PDF": (_black_box, True),
    "white text in a PDF": (_white_text, True),
    "hidden layer in a PDF": (_hidden_layer, True),
    "PDF properties": (_pdf_properties, True),
    "earlier revision of a PDF": (_updated_pdf, True),
    "document properties": (_doc_properties, False),
    "tracked change": (_tracked_change, False),
    "EXIF": (_exif, True),
    "PNG text chunk": (lambda files, secret: _png_chunk(files, secret, packed=False), False),
    "packed PNG text chunk": (lambda files, secret: _png_chunk(files, secret, packed=True), False),
    "comment in the page": (_in_page(lambda secret: f"<!-- {secret} -->"), False),
    "attribute in the page": (_in_page(lambda secret: f'<p title="{secret}">x</p>'), False),
    "markup inside the name": (
        _in_page(lambda secret: f"<p>{secret[:4]}<b>{secret[4:7]}</b><span style='x'>{secret[7:]}</span></p>"),
        False,
    ),
    "entities": (_in_page(lambda secret: "".join(f"&#{ord(char)};" for char in secret)), False),
    "named entities": (_in_page(lambda secret: html.escape(secret).replace(" ", "&nbsp;")), False),
    "other case": (_in_page(str.upper), False),
    "decomposed": (_in_page(lambda secret: unicodedata.normalize("NFD", secret)), False),
    "no spaces": (_in_page(lambda secret: secret.replace(" ", "").replace("-", "")), False),
    "hyphens": (_in_page("-".join), False),
    "backwards": (_in_page(lambda secret: secret[::-1]), False),
    "percent": (_in_page(lambda secret: "".join(f"%{byte:02X}" for byte in secret.encode())), False),
    "percent where needed": (_in_page(urllib.parse.quote), False),
    "JSON escapes": (_as_bytes("findings.json", lambda secret: json.dumps(secret).encode()), False),
    "escapes of every letter": (
        _as_bytes("README.txt", lambda secret: "".join(f"\\u{ord(char):04x}" for char in secret).encode()),
        False,
    ),
    "quoted-printable": (
        _as_bytes(
            "README.txt", lambda secret: encodestring(secret.encode() + b" = " + secret.encode(), quotetabs=True)
        ),
        False,
    ),
    "base64, first offset": (_in_page(_base64_at(0)), False),
    "base64, second offset": (_in_page(_base64_at(1)), False),
    "base64, third offset": (_in_page(_base64_at(2)), False),
    "hexadecimal": (_as_bytes("README.txt", lambda secret: secret.encode().hex().encode()), False),
    "hexadecimal in upper case": (
        _as_bytes("README.txt", lambda secret: secret.encode().hex(" ").upper().encode()),
        False,
    ),
    "UTF-16": (_as_bytes("README.txt", lambda secret: secret.encode("utf-16-le")), False),
    "UTF-16, other order, odd place": (
        _as_bytes("README.txt", lambda secret: b"." + secret.encode("utf-16-be")),
        False,
    ),
    "UTF-32": (_as_bytes("README.txt", lambda secret: b".." + secret.encode("utf-32-le")), False),
    "old Cyrillic code page": (_as_bytes("README.txt", lambda secret: secret.encode("cp1251")), False),
    "file name": (lambda files, secret: {**files, f"documents/{secret}.json": b"{}\n"}, False),
    "tar header": (_tar, False),
    "zip comment": (_zip_comment, False),
    "zip in gzip in gzip": (_nested, False),
    "zlib": (_as_bytes("README.txt", lambda secret: zlib.compress(b"abcdefgh " + secret.encode())), False),
}
#: Ways that only tesseract sees.
PICTURE_WAYS: dict[str, Callable[[Files, str], Files]] = {
    "thumbnail": _thumbnail,
    "picture of a name": _picture,
    "large picture shown small": _small_picture,
}


def bad_pack(seed: int, ways: tuple[str, ...] = tuple(TEXT_WAYS)) -> tuple[str, str, Files]:
    """The way, the secret and the files of bad pack number `seed`; every way comes up in turn."""
    chance = random.Random(seed)
    way = ways[seed % len(ways)]
    make, latin_only = TEXT_WAYS[way]
    secret = chance.choice(LATIN if latin_only else SECRETS)
    return way, secret, make(dict(good_pack().files), secret)
