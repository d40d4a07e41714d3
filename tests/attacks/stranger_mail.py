"""More mail and parcels of odd make, with known answers, beside `strange_mail`. Everything here is invented.

What programs of thirty years really write and what transport does to it: torn parameters, mixed line ends, boundaries
that begin like others, names in every alphabet, archives made by other systems.
"""

from __future__ import annotations

import base64
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator

from tests.attacks.strange_mail import (
    BE,
    BLOB,
    FROM,
    RU,
    UK,
    Case,
    Want,
    encoded,
    file,
    head,
    letter,
    multi,
    typed,
    words,
)

NOTE = "Ведомость отгрузки печей за март, подписана кладовщиком.\n"


# --- boxes -----------------------------------------------------------------------------------------------------------------


def boxes() -> Iterator[Case]:
    """Mailboxes that programs left torn, counted by someone else's rule, or kept beside files of their own."""
    three = [letter(f"box {n} body\n") for n in "abc"]
    said = ("box a body", "box b body", "box c body")
    mixed = b"".join(FROM.replace(b"\n", b"\r\n") + each + b"\n" for each in three)
    yield "separators in crlf.mbox", mixed, Want(messages=3, texts=said)
    short = [
        head(more=f"Content-Length: {len(body) - 1}\n") + b"\n" + body for body in (b"box a body\n", b"box b body\n")
    ]
    yield "lengths off by one.mbox", b"".join(FROM + each + b"\n" for each in short), Want(messages=2, texts=said[:2])
    nothing = b"".join(FROM + each.replace(b"\n", b"\nContent-Length: 0\n", 1) + b"\n" for each in three)
    yield "lengths of nothing.mbox", nothing, Want(messages=3, texts=said)
    yield (
        "a separator at the end.mbox",
        b"".join(FROM + each + b"\n" for each in three) + FROM,
        Want(messages=4, texts=said),
    )
    zeros = FROM + three[0] + b"\n" + b"\0" * 512 + b"\n\n" + FROM + three[1]
    yield "zeros between.mbox", zeros, Want(messages=2, texts=said[:2])
    many = b"".join(FROM + letter(f"many {n}\n") + b"\n" * (n % 5) for n in range(40))
    yield "empty lines of any number.mbox", many, Want(messages=40, texts=("many 0\n", "many 39\n"))
    packed = gzip.compress(b"".join(FROM + each + b"\n" for each in three))
    yield "inbox.mbox.gz", packed, Want(messages=3, texts=said)
    yield "cur/1690.M1.h,S=9:2,Sab", letter("with keywords\n"), Want(texts=("with keywords",))
    yield "cur/dovecot-uidlist", b"3 V1690 N2 G01\n1 :1690.M1.h\n", Want(messages=0, texts=("3 V1690",))
    yield "cur/dovecot-keywords", b"0 $label1\n1 NonJunk\n", Want(messages=0, texts=("NonJunk",))
    apple = letter("apple counted wrongly\n")
    yield "9.emlx", b"99999\n" + apple, Want(texts=("apple counted wrongly",))
    yield "10.emlx", b"12\n" + apple + b'<?xml version="1.0"?><plist/>\n', Want(texts=("apple counted wrongly",))


# --- header lines ------------------------------------------------------------------------------------------------------------


def lines() -> Iterator[Case]:
    """Header lines as broken programs write them."""
    yield (
        "blanks before the colon.eml",
        b"Subject : Spaced out\nFrom : p@l.example\n\nbody\n",
        Want(texts=("Subject: Spaced out",)),
    )
    small = b"FROM: p@l.example\nsUBJECT: Shouted\n\nbody\n"
    yield "any letters.eml", small, Want(texts=("Subject: Shouted",))
    folded = head().replace(b"Subject: ", b"Subject:\n\tin\n  three\n\t") + b"\nbody\n"
    yield "folded thrice.eml", folded, Want(texts=("in  three",))
    many = b"".join(b"Received: from h%d by mx; Mon, 3 Apr 2023 10:00:00 +0300\n" % n for n in range(6000))
    yield "six thousand relays.eml", many + letter("body after relays\n"), Want(texts=("body after relays",))
    long = letter("short body\n").replace(b"Subject: ", b"Subject: " + b"long " * 60_000)
    yield "a huge subject.eml", long, Want(texts=("short body", "long long"))
    people = b"To: " + b",\n ".join(b"Clerk %d <c%d@kiln.example>" % (n, n) for n in range(3000)) + b"\n"
    yield "three thousand people.eml", people + letter("to all\n"), Want(texts=("to all", "c2999@kiln.example"))
    yield "zeros.eml", letter(b"before\0after\0\0 end\n"), Want(texts=("before", "end"))
    zeros = letter("body here\n").replace(b"Subject: ", b"Subject: a\0b ")
    yield "zeros in the header.eml", zeros, Want(texts=("body here",))
    yield "zeros at the end.eml", letter("body here\n") + b"\0" * 2000, Want(texts=("body here",))
    junk = head() + b"this line is none\nX-More: 1\n\nbody after junk\n"
    yield "a line that is none.eml", junk, Want(texts=("body after junk", "From: Pavel"))
    split = f"Subject: =?utf-8?B?{base64.b64encode('Договор'.encode()).decode()}?=\n =?utf-8?Q?_=D0=BF=D0=BE?=\n\nx\n"
    yield "two ways in one subject.eml", split.encode(), Want(texts=("Договор по",))
    bare = "Subject: =?windows-1251?Q?Договор?=\nFrom: a@b.example\n\nx\n".encode("cp1251")
    yield "eight-bit in an encoded word.eml", bare, Want(texts=("Договор",))
    inside = f'From: "{encoded("Павел Юркевич", "koi8-r")}" <p@l.example>\n\nx\n'.encode()
    yield "encoded inside quotation marks.eml", inside, Want(texts=("Павел Юркевич",))
    middle = f"Subject: Re: {encoded('Акт', 'utf-8')} v2 {encoded('приёмки', 'utf-8')}\n\nx\n".encode()
    yield "encoded words among others.eml", middle, Want(texts=("Re: Акт v2 приёмки",))


# --- parameters --------------------------------------------------------------------------------------------------------------

#: Charset labels as they are found in the wild, and what is meant.
_LABELS = {
    '"windows-1251': "cp1251",
    "=windows-1251": "cp1251",
    "3Dwindows-1251": "cp1251",
    "windows-1251charset=windows-1251": "cp1251",
    "ru_RU.KOI8-R": "koi8-r",
    "Windows-1251; format=flowed": "cp1251",
    "'koi8-r'": "koi8-r",
    "koi8-r (Russian)": "koi8-r",
    "cp1251;": "cp1251",
    "Cyrillic (Windows-1251)": "cp1251",
    "x-koi8-r": "koi8-r",
    "_iso-2022-jp$ESC": "utf-8",
    "ansi": "cp1251",
    "unicode": "utf-8",
    "866": "cp866",
}


def parameters() -> Iterator[Case]:
    """Labels, names and boundaries that are torn or lie."""
    for number, (label, charset) in enumerate(_LABELS.items()):
        made = letter(RU.encode(charset) + b"\n", typed(f"text/plain; charset={label}"))
        yield f"torn label {number}.eml", made, Want(texts=(RU,))
    disposition = "Content-Disposition: attachment; filename"
    kind = "Content-Type: application/octet-stream\n"
    for name, (line, wanted) in {
        "a piece is missing": (f"{disposition}*0=Act;\n filename*2=.pdf", "Act.pdf"),
        "no charset": (f"{disposition}*=%D0%90%D0%BA%D1%82.pdf", "Акт.pdf"),
        "one quotation mark": (f"{disposition}*=utf-8'%D0%90%D0%BA%D1%82.pdf", "Акт.pdf"),
        "encoded in the middle": (f'{disposition}="Act {encoded("приёмки", "utf-8")} v2.pdf"', "Act приёмки v2.pdf"),
        "encoded word inside an extended one": (f"{disposition}*=utf-8''{encoded('Акт.pdf', 'utf-8')}", "Акт.pdf"),
        "both ways": (f"{disposition}=\"Akt.pdf\";\n filename*=utf-8''%D0%90%D0%BA%D1%82.pdf", "Акт.pdf"),
        "never closed": (f'{disposition}="Act 5.pdf', "Act 5.pdf"),
        "blanks around the sign": (f'{disposition} = "Act 6.pdf"', "Act 6.pdf"),
        "no sign between": (f'{disposition}="Act 7.pdf" size=5', "Act 7.pdf"),
        "pieces with encoded words": (
            f'{disposition}*0="{encoded("Акт", "utf-8")}";\n filename*1=".pdf"',
            "Акт.pdf",
        ),
    }.items():
        part = (kind + line + "\nContent-Transfer-Encoding: base64\n\n").encode() + base64.encodebytes(BLOB)
        yield f"name, {name}.eml", multi(words(RU), part), Want(names=(wanted,), files=(BLOB,))
    path = file('Content-Type: application/octet-stream; name="..\\..\\evil.exe"', data=BLOB)
    yield "name, a path.eml", multi(words(), path), Want(files=(BLOB,))
    long = file(f'Content-Type: application/octet-stream; name="{"n" * 5000}.bin"', data=BLOB)
    yield "name, five thousand letters.eml", multi(words(), long), Want(files=(BLOB,))


# --- parts -----------------------------------------------------------------------------------------------------------------


def _cut_by(mark: str, *parts: bytes, kind: str = "mixed", closing: bool = True) -> bytes:
    made = f"Content-Type: multipart/{kind}; boundary={mark}\n\n".encode()
    bare = mark.strip('"').encode()
    return made + b"".join(b"--%s\n%s\n" % (bare, part) for part in parts) + (b"--%s--\n" % bare if closing else b"")


def parts() -> Iterator[Case]:
    """Boundaries that begin like others, parts without ends, encodings within encodings."""
    inner = _cut_by("cutinner", words("inner plain"), words("<p>inner html</p>", "html"), kind="alternative")
    yield (
        "a boundary that begins like another.eml",
        (head() + _cut_by("cut", inner, words("last words"))),
        Want(texts=("inner plain", "last words")),
    )
    outer = _cut_by("cut", words("inner plain"), words("<p>inner html</p>", "html"), kind="alternative")
    yield (
        "a boundary that ends inside another.eml",
        (head() + _cut_by("cutouter", outer, words("last words"))),
        Want(texts=("inner plain", "last words")),
    )
    open_end = head() + _cut_by(
        "cut", words("first words"), file('Content-Type: application/pdf; name="o.bin"'), closing=False
    )
    yield "never closed.eml", open_end, Want(texts=("first words",), names=("o.bin",), files=(BLOB,))
    unclosed = _cut_by("in", words("inner plain"), closing=False)
    yield (
        "an inner one never closed.eml",
        head() + _cut_by("out", unclosed, words("last words")),
        Want(texts=("inner plain", "last words")),
    )
    yield (
        "signs in a boundary.eml",
        head() + _cut_by('"=_(a)+[b].*?"', words("first words"), words("last words")),
        Want(texts=("first words", "last words")),
    )
    padded = (head() + _cut_by("cut", words("first words"), words("last words"))).replace(b"--cut\n", b"--cut  \t\n")
    yield "blanks after a boundary.eml", padded, Want(texts=("first words", "last words"))
    crlf = (head() + _cut_by("cut", words("first words"), words("last words"))).replace(b"\n--cut", b"\r\n--cut")
    yield "boundaries in crlf.eml", crlf, Want(texts=("first words", "last words"))
    yield "no header in a part.eml", head() + _cut_by("cut", b"\nbare words"), Want(texts=("bare words",))
    yield (
        "words for a header in a part.eml",
        head() + _cut_by("cut", b"bare words without a header\n"),
        Want(texts=("bare words",)),
    )
    empty = multi(words(""), words(f"<p>{RU}</p>", "html"), kind="alternative")
    yield "an empty plain body.eml", empty, Want(texts=(RU,))
    page = f'<html><head><meta charset="koi8-r"></head><body><p>{RU}</p></body></html>'.encode("cp1251")
    yield "a page that lies.eml", letter(page, typed("text/html; charset=windows-1251")), Want(texts=(RU,))
    lying = letter(f"<html><body><p>{RU}</p></body></html>\n", typed("text/plain; charset=utf-8"))
    yield "a page called plain.eml", lying, Want(texts=(RU,))
    rich = letter("<bold>rich</bold> words stay\n", typed("text/enriched"))
    yield "enriched.eml", rich, Want(texts=("words stay",))
    flowed = letter(RU + " \n" + BE + "\n", typed("text/plain; charset=utf-8; format=flowed; delsp=yes"))
    yield "flowed.eml", flowed, Want(texts=(RU, BE))
    again = base64.encodebytes(b"".join(base64.encodebytes(NOTE.encode()[at : at + 10]) for at in range(0, 90, 10)))
    twice = file('Content-Type: text/plain; name="t.txt"', data=base64.decodebytes(again))
    yield "base64 in base64.eml", multi(words("outer words"), twice), Want(texts=("outer words",), names=("t.txt",))
    joined = base64.b64encode(b"first half, ") + b"\n" + base64.b64encode(b"second half of it") + b"\n"
    glued = letter(joined, typed("text/plain; charset=utf-8", "base64"))
    yield "base64, closed in the middle.eml", glued, Want(texts=("first half, second half of it",))
    single = b"\n".join(bytes((byte,)) for byte in base64.b64encode(NOTE.encode()))
    yield (
        "base64, a letter a line.eml",
        letter(single, typed("text/plain; charset=utf-8", "base64")),
        Want(texts=(NOTE.strip(),)),
    )
    remark = letter(base64.encodebytes(UK.encode()), typed("text/plain; charset=utf-8", "Base64 (so they say)"))
    yield "an encoding with a remark.eml", remark, Want(texts=(UK,))
    partial = typed('message/partial; number=1; total=2; id="x@l.example"')
    yield (
        "a part of a message.eml",
        letter("From: p@l.example\nSubject: First half\n\nhalf of the words\n", partial),
        Want(messages=2, texts=("half of the words",)),
    )
    away = multi(
        words("the file is elsewhere"),
        b'Content-Type: message/external-body; access-type=anon-ftp; name="far"\n\nContent-Type: text/plain\n\n',
    )
    yield "a body elsewhere.eml", away, Want(texts=("the file is elsewhere",))
    armour = f"Hello words\n\n-----BEGIN PGP MESSAGE-----\n\nhQEMA5vJ6\n=abcd\n-----END PGP MESSAGE-----\n\n{RU}\n"
    yield (
        "a locked block among words.eml",
        letter(armour),
        Want(state="partial", reason="encrypted", texts=("Hello words", RU)),
    )
    opaque = letter(
        base64.encodebytes(_signed(b"Content-Type: text/plain\n\nwords inside a signature\n")),
        typed("application/pkcs7-mime; smime-type=signed-data; name=smime.p7m", "base64"),
    )
    yield "signed and closed.eml", opaque, Want(messages=2, texts=("words inside a signature",))
    forwarded = multi(words("see what came"), b"Content-Type: message/rfc822\n\n" + _outlook_letter())
    yield (
        "winmail in a forwarded letter.eml",
        forwarded,
        Want(messages=2, names=("winmail.dat", "list.txt"), texts=("see what came", NOTE.strip())),
    )
    calendar = words(_EVENT, "calendar; method=REQUEST")
    yield "an invitation with odd zones.eml", multi(words("come"), calendar), Want(texts=("come", "Совещание о печах"))
    yield (
        "odd zones.ics",
        _EVENT.replace("\n", "\r\n").encode(),
        Want(messages=0, texts=("Совещание о печах", "линия два")),
    )


_EVENT = (
    "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VTIMEZONE\nTZID:(UTC+03:00) Минск\nBEGIN:STANDARD\nDTSTART:16010101T000000\n"
    'TZOFFSETFROM:+0300\nTZOFFSETTO:+0300\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\nDTSTART;TZID="(UTC+03:00) Минск":20230403T100000\n'
    "DTEND;TZID=Nowhere/Never:20230403T110000\nSUMMARY:Совещание о пе\n чах\nDESCRIPTION:линия два\\, печь три\nEND:VEVENT\nEND:VCALENDAR\n"
)


def _tlv(tag: int, *inner: bytes) -> bytes:
    body = b"".join(inner)
    size = bytes((len(body),)) if len(body) < 128 else bytes((0x82,)) + len(body).to_bytes(2)
    return bytes((tag,)) + size + body


def _signed(inner: bytes) -> bytes:
    """A CMS signed-data structure around a message, without any signer."""
    data = _tlv(0x06, bytes.fromhex("2a864886f70d010701"))
    held = _tlv(0x30, data, _tlv(0xA0, _tlv(0x04, inner)))
    signed = _tlv(0x30, _tlv(0x02, b"\1"), _tlv(0x31), held, _tlv(0x31))
    return _tlv(0x30, _tlv(0x06, bytes.fromhex("2a864886f70d010702")), _tlv(0xA0, signed))


def tnef(name: str, data: bytes) -> bytes:
    """A winmail.dat with one attachment."""
    out = struct.pack("<IH", 0x223E9F78, 1)
    title = name.encode("cp1251") + b"\0"
    for level, kind, value in (
        (1, 0x00089006, struct.pack("<I", 0x10000)),
        (2, 0x00069002, b"\1\0" + b"\0" * 12),
        (2, 0x00018010, title),
        (2, 0x0006800F, data),
    ):
        out += struct.pack("<BII", level, kind, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)
    return out


def _outlook_letter() -> bytes:
    part = file('Content-Type: application/ms-tnef; name="winmail.dat"', data=tnef("list.txt", NOTE.encode()))
    return multi(words("from Outlook"), part, mark="tnef")


# --- texts and archives of other systems -----------------------------------------------------------------------------------


def _zip(*members: tuple[str, bytes]) -> bytes:
    """A zip of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def _tar(kind: int, *members: tuple[str, bytes], encoding: str = "utf-8") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=kind, encoding=encoding) as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def _named(name: str, data: bytes, codec: str) -> bytes:
    """A zip with one member whose name stands in a code page."""
    stand_in = "n" * len(name.encode(codec))
    return _zip((stand_in, data)).replace(stand_in.encode(), name.encode(codec))


def others() -> Iterator[Case]:
    """Texts and archives made by other systems: code pages, long names, several members in a row, torn ends."""
    note = NOTE.encode()
    for codec, name in (("cp866", "Отчёт.txt"), ("cp1251", "Ведомость отгрузки.txt"), ("koi8-r", "Склад.txt")):
        yield f"names in {codec}.zip", _named(name, note, codec), Want(messages=0, texts=(NOTE,))
    letters = _zip(*[(f"in/{n}.eml", letter(f"zipped {n}\n")) for n in range(5)])
    yield "letters.zip", letters, Want(messages=5, texts=("zipped 0", "zipped 4"))
    yield "something before.zip", b"MZ" + b"\0" * 998 + letters, Want(messages=5, texts=("zipped 0",))
    yield "something after.zip", letters + b"\0" * 100, Want(messages=5, texts=("zipped 0",))
    yield (
        "no list of members.zip",
        letters[: letters.rfind(b"PK\1\2") - 150],
        Want(messages=5, texts=("zipped 0",), state="partial"),
    )
    bad = bytearray(_zip(("a.txt", note * 50), ("b.txt", note)))
    bad[60] ^= 0xFF
    yield "a member damaged.zip", bytes(bad), Want(messages=0, texts=(NOTE,), state="read")
    long = "папка/" * 30 + "ведомость.txt"
    yield "long names.tar", _tar(tarfile.PAX_FORMAT, (long, note)), Want(messages=0, texts=(NOTE,))
    yield "long names, gnu.tar", _tar(tarfile.GNU_FORMAT, (long, note)), Want(messages=0, texts=(NOTE,))
    yield (
        "names in cp1251.tar",
        _tar(tarfile.USTAR_FORMAT, ("ведомость.txt", note), encoding="cp1251"),
        Want(messages=0, texts=(NOTE,)),
    )
    two = _tar(tarfile.GNU_FORMAT, ("a.txt", note)) + _tar(tarfile.GNU_FORMAT, ("b.txt", b"second archive behind it\n"))
    yield "one behind another.tar", two, Want(messages=0, texts=(NOTE,))
    torn = _tar(tarfile.GNU_FORMAT, ("a.txt", note), ("b.bin", BLOB * 9))
    yield "cut off.tar", torn[:6000], Want(messages=0, texts=(NOTE,), state="partial")
    yield (
        "several in a row.txt.gz",
        gzip.compress(note) + gzip.compress(b"second member\n"),
        Want(messages=0, texts=(NOTE, "second member")),
    )
    yield "junk behind.txt.gz", gzip.compress(note) + b"\0" * 600, Want(messages=0, texts=(NOTE,))
    yield "cut off.txt.gz", gzip.compress(note * 400, 1)[:-60], Want(messages=0, texts=(NOTE,), reason="")
    yield (
        "several in a row.txt.xz",
        lzma.compress(note) + lzma.compress(b"second member\n"),
        Want(messages=0, texts=(NOTE, "second member")),
    )
    for name, data in {
        "utf-16, no mark.txt": NOTE.encode("utf-16-le"),
        "utf-16, the other way.txt": NOTE.encode("utf-16-be"),
        "utf-16 with a mark.txt": NOTE.encode("utf-16"),
        "utf-32.txt": NOTE.encode("utf-32"),
        "cp866.txt": (NOTE * 3).encode("cp866"),
        "koi8-r.txt": (NOTE * 3).encode("koi8-r"),
        "mac.txt": (NOTE * 3).encode("mac-cyrillic"),
        "old Macintosh.txt": ("x\r" + NOTE.replace("\n", "\r") * 3).encode(),
    }.items():
        yield name, data, Want(messages=0, texts=(NOTE.strip(),))
    yield "raw.zz", zlib.compress(note), Want(messages=0)


FAMILIES: dict[str, Callable[[], Iterator[Case]]] = {
    "boxes": boxes,
    "lines": lines,
    "parameters": parameters,
    "parts": parts,
    "others": others,
}
