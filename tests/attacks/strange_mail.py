"""Mail of odd make, with known answers: what a stranger may put through `add`. Everything here is invented.

`every()` gives name -> (bytes, Want): how many messages there are, which words must stand in a text, which attachment
names and which exact bytes must be items, and which state or reason must be seen.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """What must be found in one file."""

    messages: int = 1
    texts: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    files: tuple[bytes, ...] = ()
    state: str = ""
    reason: str = ""


Case = tuple[str, bytes, Want]

RU = "Прошу срочно подтвердить отгрузку фрезерного станка на завод. Оплата поступит в пятницу, договор у директора."
UK = "Прошу терміново підтвердити відвантаження верстата на завод. Оплата надійде у п'ятницю, її підпише директор."
BE = "Прашу тэрмінова пацвердзіць адгрузку станка на завод. Аплата паступіць у пятніцу, дамову падпіша дырэктар ўчора."
BLOB = bytes(range(256)) * 9
FROM = b"From p@lathe.example Mon Apr  3 10:00:00 2023\n"
_numbers = iter(range(1, 10_000))


def head(subject: str = "Delivery", more: str = "") -> bytes:
    """Header lines, each message's its own."""
    number = next(_numbers)
    return (
        f"From: Pavel Yurkevich <p@lathe.example>\nTo: i@kiln.example\nSubject: {subject} {number}\n"
        f"Date: Mon, 3 Apr 2023 10:00:00 +0300\nMessage-ID: <s{number}@lathe.example>\n{more}"
    ).encode()


def letter(body: bytes | str, more: str = "", subject: str = "Delivery") -> bytes:
    """A message of one part."""
    return head(subject, more) + b"\n" + (body.encode() if isinstance(body, str) else body)


def multi(*parts: bytes, kind: str = "mixed", mark: str = "cut") -> bytes:
    """A multipart message."""
    made = head(more=f'MIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary="{mark}"\n') + b"\n"
    return made + b"".join(b"--%s\n%s\n" % (mark.encode(), part) for part in parts) + f"--{mark}--\n".encode()


def words(text: str | bytes = "see below", kind: str = "plain", charset: str = "utf-8") -> bytes:
    """A text part."""
    head_lines = f"Content-Type: text/{kind}; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n".encode()
    return head_lines + (text if isinstance(text, bytes) else text.encode(charset))


def file(*lines: str, data: bytes = BLOB, encoding: str = "base64") -> bytes:
    """A file part."""
    body = base64.encodebytes(data) if encoding == "base64" else data
    return "\n".join((*lines, f"Content-Transfer-Encoding: {encoding}")).encode() + b"\n\n" + body


def typed(kind: str, encoding: str = "8bit") -> str:
    """Header lines that say what the one part is."""
    return f"MIME-Version: 1.0\nContent-Type: {kind}\nContent-Transfer-Encoding: {encoding}\n"


# --- mailboxes -------------------------------------------------------------------------------------------------------------

_SEPARATORS = {
    "netscape": b"From - Mon Apr 03 10:00:00 2023\nX-Mozilla-Status: 0001\n",
    "eudora": b"From ???@??? Mon Apr 03 10:00:00 2023\n",
    "takeout": b"From 1762119123456789012@xxx Mon Apr 03 10:00:00 +0000 2023\nX-Gmail-Labels: Inbox\n",
    "one word": b"From pavel\n",
    "iso date": b"From p@lathe.example 2023-04-03T10:00:00\n",
    "no date": b"From p@lathe.example\n",
    "no sender": b"From  Mon Apr  3 10:00:00 2023\n",
    "at in words": b"From p at lathe.example  Mon Apr  3 10:00:00 2023\n",
    "remote": b"From p Mon Apr  3 10:00:00 2023 remote from lathe\n",
    "zone by name": b"From p@l.example Mon Apr  3 10:00:00 MSK 2023\n",
}


def mailboxes() -> Iterator[Case]:
    """Mailboxes whose messages are kept apart in every way we know."""
    three = [letter(f"letter {n} body\n") for n in "abc"]
    plain = b"".join(FROM + each + b"\n" for each in three)
    said = ("letter a body", "letter b body", "letter c body")
    for name, separator in _SEPARATORS.items():
        yield f"{name}.mbox", b"".join(separator + each + b"\n" for each in three), Want(messages=3, texts=said)
    made: dict[str, bytes] = {
        "plain.mbox": plain,
        "no ending": plain,
        "crlf.mbox": plain.replace(b"\n", b"\r\n"),
        "no empty lines.mbox": b"".join(FROM + each for each in three),
        "no empty lines, crlf.mbox": b"".join(FROM + each for each in three).replace(b"\n", b"\r\n"),
        "both line ends.mbox": FROM + three[0] + b"\n" + (FROM + three[1]).replace(b"\n", b"\r\n") + b"\n" + FROM + three[2],
        "empty lines first.mbox": b"\n\n" + plain,
        "empty lines first, crlf.mbox": b"\r\n" + plain.replace(b"\n", b"\r\n"),
        "byte-order mark.mbox": b"\xef\xbb\xbf" + plain,
        "old Macintosh.mbox": plain.replace(b"\n", b"\r"),
        "mmdf": b"".join(b"\1\1\1\1\n" + each + b"\1\1\1\1\n" for each in three),
    }  # fmt: skip
    for name, data in made.items():
        yield name, data, Want(messages=3, texts=said)
    yield from _quoting(three)
    yield from _broken(three)


def _quoting(three: list[bytes]) -> Iterator[Case]:
    quoted = letter("A\n\n>From the start\n>>From twice\nFromage\n From one\n")
    texts = ("\nFrom the start", "\n>From twice", "Fromage", "\n From one")
    yield "quoted.mbox", FROM + quoted + b"\n" + FROM + three[1] + b"\n", Want(messages=2, texts=texts)
    said = "A\n\nFrom now on we meet at ten.\nMore\n\nFrom 2019 to 2021 we paid.\nthen: this\n\nFrom here: nothing\n"
    wanted = Want(messages=2, texts=("From now on", "From 2019 to 2021", "From here"))
    yield "sentences.mbox", FROM + letter(said) + b"\n" + FROM + three[1] + b"\n", wanted
    bodies = (b"before\n\n" + FROM + letter("inner mail body\n") + b"after\n", b"plain\n")
    counted = [FROM + head(more=f"Content-Length: {len(body)}\n") + b"\n" + body + b"\n" for body in bodies]
    yield "lengths.mbox", b"".join(counted), Want(messages=2, texts=("before\n\nFrom p@lathe", "plain"))
    both = FROM + head(more="Content-Length: 27\n") + b"\n>From the very start here.\n\n" + FROM + three[0]
    yield "lengths and quoting.mbox", both, Want(messages=2, texts=("\nFrom the very start",))
    wrong = FROM + head(more="Content-Length: 9999\n") + b"\nshort one\n\n" + FROM + three[0] + b"\n" + FROM + three[1]
    yield "wrong length.mbox", wrong, Want(messages=3, texts=("short one",))


def _broken(three: list[bytes]) -> Iterator[Case]:
    yield "no header.mbox", FROM + b"\nonly a body here\n\n" + FROM + three[0], Want(messages=2, texts=("only a body",))
    yield "empty messages.mbox", FROM + b"\n" + FROM + three[0] + b"\n" + FROM + b"\n", Want(messages=3)
    cut = multi(words(), file('Content-Type: application/pdf; name="a.pdf"'))[:-1500]
    yield "cut off.mbox", FROM + three[0] + b"\n" + FROM + cut, Want(messages=2, names=("a.pdf",), reason="truncated")
    yield "zeros at the end.mbox", FROM + three[0] + b"\n" + FROM + three[1] + b"\0" * 4096, Want(messages=2)
    inside = FROM + b">" + FROM + three[0] + b"\n" + FROM + three[1]
    yield "quoted separator in the header.mbox", inside, Want(messages=2, texts=("letter a body",))
    yield "two separators.mbox", FROM + FROM + three[0] + b"\n", Want(messages=2, texts=("letter a body",))
    long = FROM + letter("x" * 300_000 + " tailword\n") + b"\n" + FROM + three[1]
    yield "one long line.mbox", long, Want(messages=2, texts=("tailword",))
    older = b"".join(FROM + letter(f"older {n}\n") + b"\n" for n in "xy")
    box = multi(words(), file('Content-Type: application/mbox; name="old.mbox"', data=older))
    wanted = Want(messages=4, texts=("older x", "older y"), names=("old.mbox",))
    yield "mailbox in a mailbox.mbox", FROM + box + b"\n" + FROM + three[0], wanted


# --- letters that were saved in odd ways -------------------------------------------------------------------------------------


def saved() -> Iterator[Case]:
    """Single letters as files: marks, line ends, maildir, Apple Mail."""
    one = letter("one\ntwo\n", subject="Saved")
    for name, data in {
        "byte-order mark.eml": b"\xef\xbb\xbf" + one,
        "empty lines first.eml": b"\n\r\n" + one,
        "carriage returns.eml": one.replace(b"\n", b"\r"),
        "both line ends.eml": one.replace(b"\nTo", b"\r\nTo"),
        "doubled carriage returns.eml": one.replace(b"\n", b"\r\r\n"),
        "utf-16.eml": one.decode().encode("utf-16"),
        "a separator first.eml": FROM + one,
        "cur/1680505200.M1P2.host:2,RS": letter("one\ntwo\n", subject="Saved"),
        "cur/1680505203.M4P2.host,S=500,W=510:2,DFPRSTab": letter("one\ntwo\n", subject="Saved"),
        "new/1680505201.M2P2.host": letter("one\ntwo\n", subject="Saved"),
        "tmp/1680505202.M3P2.host": letter("one\ntwo\n", subject="Saved"),
        ".Sent/cur/1680505204.V1:2,": b"Received: by x; Mon, 3 Apr 2023\n" + letter("one\ntwo\n", subject="Saved"),
    }.items():
        yield name, data, Want(texts=("one\ntwo", "Subject: Saved", "From: Pavel"))
    yield "no end of the header.eml", head(), Want(texts=("Subject: Delivery",))
    yield "cur/bounce:2,S", b"Return-Path: <>\nDelivered-To: a@b.example\n\nbounce only\n", Want(texts=("bounce only",))
    apple = letter("apple body\n", subject="Apple")
    listed = b'<?xml version="1.0"?><plist version="1.0"><dict/></plist>\n'
    yield "1.emlx", str(len(apple)).encode() + b"\n" + apple + listed, Want(texts=("apple body", "Subject: Apple"))
    far = 'Content-Type: application/pdf; name="far.pdf"\nX-Apple-Content-Length: 3200'
    split = multi(words("partial body"), file(far, data=b""))
    wanted = Want(texts=("partial body", "far.pdf"), reason="stands beside the message")
    yield "2.partial.emlx", str(len(split)).encode() + b"      \n" + split + listed, wanted
    kept = base64.encodebytes(b"the far text that stands beside the letter\n" * 5)
    yield "2.2.emlxpart", kept, Want(messages=0, texts=("the far text that stands beside",))


# --- structure ---------------------------------------------------------------------------------------------------------------


def structures() -> Iterator[Case]:
    """Messages in messages, reports, bodies in odd places, encodings that are broken or lie."""
    nested = letter("deepest words\n")
    for level in range(6):
        inner = b'Content-Type: message/rfc822\nContent-Disposition: attachment; filename="n.eml"\n\n' + nested
        nested = multi(words(f"level {level}"), inner, mark=f"b{level}")
    yield "nested.eml", nested, Want(messages=7, texts=("deepest words", "level 0", "level 5"))
    yield from _attached()
    yield from _reports()
    yield from _bodies()
    yield from _encodings()


def _attached() -> Iterator[Case]:
    kinds: dict[str, bytes] = {
        "attached in base64.eml": file("Content-Type: message/rfc822", data=letter("inner letter\n")),
        "attached as octets.eml": file('Content-Type: application/octet-stream; name="f.eml"', data=letter("inner letter\n")),
        "attached in quoted-printable.eml": b"Content-Type: message/rfc822\nContent-Transfer-Encoding: quoted-printable\n\n"
        + quopri.encodestring(letter("inner letter\n")),
    }  # fmt: skip
    for name, part in kinds.items():
        yield name, multi(words(), part), Want(messages=2, texts=("inner letter",))
    both = multi(b"\n" + letter("digest one\n"), b"\n" + letter("digest two\n"), kind="digest")
    yield "digest.eml", both, Want(messages=3, texts=("digest one", "digest two"))


def _reports() -> Iterator[Case]:
    status = b"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.kiln.example\n\nFinal-Recipient: rfc822; i@k.example\n"
    back = b"Content-Type: message/rfc822\n\n" + letter("bounced original\n")
    kind = "report; report-type=delivery-status"
    texts = ("not delivered", "Final-Recipient", "bounced original")
    yield "delivery report.eml", multi(words("not delivered"), status, back, kind=kind), Want(messages=2, texts=texts)
    lines = b"Content-Type: text/rfc822-headers\n\n" + head("Headersonly")
    yield "report, header only.eml", multi(words("no"), status, lines, kind=kind), Want(texts=("Headersonly",))
    seen = b"Content-Type: message/disposition-notification\n\nReporting-UA: x\nDisposition: manual-action; displayed\n"
    kind = "report; report-type=disposition-notification"
    wanted = Want(texts=("was displayed", "Disposition: manual"))
    yield "read report.eml", multi(words("was displayed"), seen, kind=kind), wanted


def _bodies() -> Iterator[Case]:
    page = f"<html><body><p>{RU}</p></body></html>".encode("cp1251")
    yield "only html.eml", letter(page, more=typed("text/html; charset=windows-1251")), Want(texts=(RU,))
    noted = typed("text/plain; charset=utf-8") + 'Content-Disposition: attachment; filename="note.txt"\n'
    wanted = Want(names=("note.txt",), texts=("attached words only",))
    yield "only an attached text.eml", letter("attached words only\n", more=noted), wanted
    meeting = words(
        "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nSUMMARY:Kiln meeting\nEND:VEVENT\nEND:VCALENDAR\n", "calendar"
    )
    three = multi(words("meeting text"), words("<p>meeting html</p>", "html"), meeting, kind="alternative")
    yield "invitation.eml", three, Want(texts=("meeting text", "Kiln meeting"))
    lost = letter("--x\nContent-Type: text/plain\n\nboundaryless words\n--x--\n", more=typed("multipart/mixed"))
    yield "no boundary.eml", lost, Want(texts=("boundaryless words",))
    same = [file('Content-Type: application/octet-stream; name="same.bin"', data=BLOB + bytes([n])) for n in range(3)]
    yield "equal names.eml", multi(words(), *same), Want(files=tuple(BLOB + bytes([n]) for n in range(3)))


def _encodings() -> Iterator[Case]:
    torn = base64.encodebytes(b"words of a broken file " * 30)[:-7] + b"*"
    part = file('Content-Type: application/pdf; name="c.pdf"', data=torn, encoding="8bit").replace(b"8bit", b"base64")
    yield "torn base64.eml", multi(words(), part), Want(names=("c.pdf",), reason="base64")
    yield (
        "koi8-r in base64.eml",
        letter(base64.encodebytes(RU.encode("koi8-r")), more=typed("text/plain; charset=koi8-r", "BASE64")),
        Want(texts=(RU,)),
    )
    lie = "This is plain text although base64 is declared, and it must stay readable.\n"
    yield (
        "no base64 at all.eml",
        letter(lie, more=typed("text/plain; charset=utf-8", "base64")),
        Want(texts=(lie.strip(),)),
    )
    eight = letter(RU + "\n", more=typed("text/plain; charset=utf-8", "quoted-printable"))
    yield "eight-bit, though quoted-printable.eml", eight, Want(texts=(RU,))


# --- files written into a text ---------------------------------------------------------------------------------------------


def uu(data: bytes, name: bytes = b"u.bin") -> bytes:
    """uuencode."""
    lines = b"".join(binascii.b2a_uu(data[at : at + 45]) for at in range(0, len(data), 45))
    return b"begin 644 " + name + b"\n" + lines + b"`\nend\n"


def yenc(data: bytes, name: bytes = b"y.bin") -> bytes:
    """yEnc, lines of 128."""
    out, column = bytearray(), 0
    for byte in data:
        value = (byte + 42) & 255
        escaped = value in (0, 10, 13, 61)
        out += bytes((61, (value + 64) & 255)) if escaped else bytes((value,))
        column += 1 + escaped
        if column >= 128:
            out += b"\n"
            column = 0
    start = b"=ybegin line=128 size=%d name=%s\n" % (len(data), name)
    return start + bytes(out) + b"\n=yend size=%d crc32=%08x\n" % (len(data), zlib.crc32(data))


def written_in() -> Iterator[Case]:
    """uuencode and yEnc."""
    whole = Want(names=("u.bin",), files=(BLOB,), texts=("before", "after"))
    for name, body in {
        "uu.eml": uu(BLOB),
        "uu, blanks.eml": uu(BLOB).replace(b"`", b" "),
    }.items():
        yield name, letter(b"before\n\n" + body + b"\nafter\n"), whole
    yield "uu, crlf.eml", letter(b"before\n" + uu(BLOB) + b"after\n").replace(b"\n", b"\r\n"), whole
    two = letter(b"t\n" + uu(b"first file", b"one.txt") + b"mid words\n" + uu(b"second file", b"two words.txt"))
    texts = ("first file", "second file", "mid words")
    yield "two uu.eml", two, Want(names=("one.txt", "two words.txt"), texts=texts)
    named = letter(uu(b"third file", "отчёт.txt".encode("cp1251")), more=typed("text/plain; charset=windows-1251"))
    yield "uu, a Russian name.eml", named, Want(names=("отчёт.txt",), texts=("third file",))
    wanted = Want(names=("u.bin",), reason="uuencoded file breaks off")
    yield "uu cut off.eml", letter(b"t\n" + uu(BLOB)[:-200]), wanted
    declared = file('Content-Type: application/octet-stream; name="v.bin"', data=uu(BLOB), encoding="x-uuencode")
    yield "uu as transfer encoding.eml", multi(words(), declared), Want(names=("v.bin",), files=(BLOB,))
    second = multi(words("first text"), words(b"second text\n" + uu(b"in the second part", b"w.txt")))
    yield "uu in a second text.eml", second, Want(texts=("first text", "second text", "in the second part"))
    wanted = Want(names=("y.bin",), files=(BLOB,), texts=("before", "after"))
    yield "yenc.eml", letter(b"before\n\n" + yenc(BLOB) + b"\nafter\n"), wanted
    yield (
        "yenc, damaged.eml",
        letter(yenc(BLOB).replace(b"crc32=", b"crc32=0")),
        Want(names=("y.bin",), reason="checksum"),
    )


# --- names of attachments ---------------------------------------------------------------------------------------------------

NAME = "Акт приёмки №5.pdf"
PLAIN_NAME = NAME.replace("№", "N")


def encoded(text: str, charset: str, kind: str = "B") -> str:
    """An encoded word."""
    raw = text.encode(charset)
    body = base64.b64encode(raw).decode() if kind == "B" else "".join(f"={byte:02X}" for byte in raw)
    return f"=?{charset}?{kind}?{body}?="


def names() -> Iterator[Case]:
    """The name of an attachment in every encoding, standard or not."""
    filename = "Content-Disposition: attachment; filename"
    bytes_of_name = NAME.encode()
    halves = [f"=?utf-8?B?{base64.b64encode(half).decode()}?=" for half in (bytes_of_name[:9], bytes_of_name[9:])]
    made: dict[str, tuple[bytes, str]] = {
        "extended": (f"{filename}*=utf-8''{quote(NAME)}".encode(), NAME),
        "extended, windows-1251": (f"{filename}*=windows-1251'ru'{quote(NAME.encode('cp1251'))}".encode(), NAME),
        "extended, koi8-r": (f"{filename}*=koi8-r''{quote(PLAIN_NAME.encode('koi8-r'))}".encode(), PLAIN_NAME),
        "in pieces": (f'{filename}*0*=utf-8\'\'{quote(NAME[:6])};\n filename*1*={quote(NAME[6:12])};\n filename*2="z.pdf"'.encode(), NAME[:12] + "z.pdf"),
        "pieces in disorder": (f"{filename}*1*={quote(NAME[6:])};\n filename*0*=utf-8''{quote(NAME[:6])}".encode(), NAME),
        "encoded word": (f'{filename}="{encoded(NAME, "utf-8")}"'.encode(), NAME),
        "encoded word, quoted": (f'{filename}="{encoded(NAME, "windows-1251", "Q")}"'.encode(), NAME),
        "encoded word, bare": (f"{filename}={encoded(NAME, 'utf-8')}".encode(), NAME),
        "two encoded words": (f'{filename}="{encoded(NAME[:7], "utf-8")}\n {encoded(NAME[7:], "utf-8")}"'.encode(), NAME),
        "a letter split": (f'{filename}="{halves[0]}\n {halves[1]}"'.encode(), NAME),
        "raw utf-8": (f'{filename}="{NAME}"'.encode(), NAME),
        "raw windows-1251": (f'{filename}="{NAME}"'.encode("cp1251"), NAME),
        "raw koi8-r": (f'{filename}="{PLAIN_NAME}"'.encode("koi8-r"), PLAIN_NAME),
        "raw, bare": (f"{filename}={NAME.replace(' ', '_')}".encode("cp1251"), NAME.replace(" ", "_")),
        "percent signs": (f'{filename}="{quote(NAME)}"'.encode(), NAME),
        "of the type only": (f'Content-Disposition: attachment\nContent-Type: application/pdf; name="{encoded(NAME, "utf-8")}"'.encode(), NAME),
    }  # fmt: skip
    for name, (line, wanted) in made.items():
        kind = b"" if b"Content-Type" in line else b"Content-Type: application/octet-stream\n"
        part = kind + line + b"\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(BLOB)
        yield f"{name}.eml", multi(words(RU), part), Want(names=(wanted,), files=(BLOB,))


# --- charsets ----------------------------------------------------------------------------------------------------------------

_CHARSETS = ("koi8-r", "koi8-u", "windows-1251", "cp866", "iso8859-5", "mac-cyrillic", "utf-8")
_LABELS = (
    "",
    "us-ascii",
    "iso-8859-1",
    "gb2312",
    "utf-8",
    "windows-1251",
    "koi8-r",
    "windows-1252",
    "unknown-8bit",
    "iso-8859-5",
)
_ODD_LABELS = {
    "cp-1251": "cp1251", "win-1251": "cp1251", "WINDOWS1251": "cp1251", "koi-8": "koi8-r", "koi8": "koi8-r", "ibm866": "cp866",
    "dos-866": "cp866", "x-mac-cyrillic": "mac-cyrillic", "utf8": "utf-8", '"utf-8"': "utf-8", "utf-7": "utf-7",
}  # fmt: skip


def charsets() -> Iterator[Case]:
    """Every charset under every label, letters that were converted wrongly, and two charsets in one text."""
    for language, text in (("ru", RU), ("uk", UK), ("be", BE)):
        for charset in _CHARSETS:
            try:
                raw = text.encode(charset)
            except UnicodeEncodeError:
                continue
            for label in _LABELS:
                more = typed(f"text/plain; charset={label}") if label else ""
                yield (
                    f"{language} {charset} as {label or 'nothing'}.eml",
                    letter(raw + b"\n", more),
                    Want(texts=(text,)),
                )
        wrong = text.encode().decode("latin-1").encode()
        yield f"{language} twice.eml", letter(wrong + b"\n", typed("text/plain; charset=utf-8")), Want(texts=(text,))
    wrong = RU.encode().decode("cp1251", "ignore").encode()
    yield "ru twice, 1251.eml", letter(wrong + b"\n", typed("text/plain; charset=utf-8")), Want(texts=("отгрузку",))
    for number, (label, charset) in enumerate(_ODD_LABELS.items()):
        made = letter(RU.encode(charset) + b"\n", typed(f"text/plain; charset={label}"))
        yield f"label {number}.eml", made, Want(texts=(RU,))
    for one, two in (("cp1251", "koi8-r"), ("utf-8", "cp1251"), ("koi8-r", "cp866")):
        mixed = (RU + "\n").encode(one) * 3 + ("> " + RU + "\n").encode(two) * 3
        yield (
            f"{one} quoting {two}.eml",
            letter(mixed, typed(f"text/plain; charset={one}")),
            Want(texts=(RU, "> " + RU)),
        )
    for charset in ("cp1251", "koi8-r", "utf-8", "cp866"):
        lines = "Subject: Договор поставки станка\nFrom: Павел Юркевич <p@lathe.example>\nTo: i@kiln.example\n\n"
        wanted = Want(texts=("Subject: Договор поставки станка", "From: Павел Юркевич"))
        yield f"raw header {charset}.eml", (lines + RU + "\n").encode(charset), wanted
    lie = encoded("Договор поставки", "cp1251", "Q").replace("cp1251", "iso-8859-1")
    yield (
        "a header that lies.eml",
        f"Subject: {lie}\nFrom: a@b.example\n\nx\n".encode(),
        Want(texts=("Договор поставки",)),
    )


# --- what is locked ----------------------------------------------------------------------------------------------------------

_PGP = "-----BEGIN PGP MESSAGE-----\nVersion: x\n\nhQEMA5vJ6\n=abcd\n-----END PGP MESSAGE-----\n"
_ENVELOPE = bytes.fromhex("308006092a864886f70d010703a080040361626300000000")


def locked() -> Iterator[Case]:
    """Encrypted mail: never empty, never "read"."""
    shut = Want(state="partial", reason="encrypted")
    yield "pgp in the text.eml", letter(_PGP), shut
    other = file('Content-Type: application/octet-stream; name="a.pdf.pgp"', data=b"\x85\x01\x0c\x03" + BLOB)
    yield "pgp in a part.eml", multi(words(_PGP), other), shut
    control = b"Content-Type: application/pgp-encrypted\n\nVersion: 1\n"
    body = b'Content-Type: application/octet-stream; name="encrypted.asc"\n\n' + _PGP.encode()
    yield "pgp/mime.eml", multi(control, body, kind='encrypted; protocol="application/pgp-encrypted"'), shut
    for kind in (
        "application/pkcs7-mime; smime-type=enveloped-data",
        "application/x-pkcs7-mime",
        "application/octet-stream",
    ):
        named = typed(f'{kind}; name="smime.p7m"', "base64") + 'Content-Disposition: attachment; filename="smime.p7m"\n'
        yield f"{kind.partition('/')[2].partition(';')[0]}.eml", letter(base64.encodebytes(_ENVELOPE), named), shut
    clear = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nclear words\n-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----\n"
    yield "signed.eml", letter(clear), Want(state="read", texts=("clear words",))
    yield "file.asc", _PGP.encode(), Want(messages=0, reason="encrypted")
    yield "file.gpg", b"\x85\x02\x0c\x03" + BLOB, Want(messages=0, reason="encrypted")


def cards() -> Iterator[Case]:
    """Calendars and cards."""
    event = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:Встреча на заводе\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    yield "a.ics", event.encode(), Want(messages=0, texts=("Встреча на заводе",))
    name = "".join(f"={byte:02X}" for byte in "Юркевич;Павел".encode("cp1251"))
    old = f"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=WINDOWS-1251;ENCODING=QUOTED-PRINTABLE:{name}\r\nEND:VCARD\r\n"
    yield "old.vcf", old.encode(), Want(messages=0, texts=("Юркевич",))


FAMILIES: dict[str, Callable[[], Iterator[Case]]] = {
    "mailboxes": mailboxes,
    "saved": saved,
    "structures": structures,
    "written in": written_in,
    "names": names,
    "charsets": charsets,
    "locked": locked,
    "cards": cards,
}
