"""Files of every other format, built here: each thing written into them comes out, in its place, and nothing is silent."""

from __future__ import annotations

import base64
import random
import shutil
from pathlib import Path

import pytest

from leakdesk.documents import mapi, outlook, rtf
from leakdesk.documents.ocr import installed_languages
from leakdesk.documents.readers import ReaderHints, ReaderLimits, read
from leakdesk.model.document import Extract, Kind, Role, State
from tests.documents.parcels import (
    HINTS,
    RUSSIAN,
    file_part,
    message,
    multipart,
    paragraph,
    pdf,
    roles,
    rules_of,
    text_part,
    tnef,
    word,
    zipped,
)

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
ODP = "application/vnd.oasis.opendocument.presentation"


def text_of(made: Extract) -> str:
    assert made.layer is not None, made.reason
    return made.layer.text


# --- text and HTML -----------------------------------------------------------------------------------------------------


def test_a_text_file_stays_as_it_is_but_for_the_mark() -> None:
    data = b"\xef\xbb\xbf" + "Привет\r\nмир\u00a0!\n\n".encode()
    assert text_of(read(data, "text/plain")) == "Привет\r\nмир\u00a0!\n\n"


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r", "cp866", "utf-16-le"])
def test_a_text_file_of_another_charset_says_so(charset: str) -> None:
    made = read(RUSSIAN.encode(charset), "text/plain")
    assert text_of(made) == RUSSIAN
    assert rules_of(made) == {"charset"}


def test_a_page_is_read_in_order() -> None:
    page = """<html><head><title>The depot</title><style>p{}</style></head><body><nav><a href=/>Home</a></nav><h1>The
    depot</h1><p>First <b>bo</b>ld.<br>Second.</p><ul><li>one<li>two</ul><table><tr><td>a</td><td>b</td></tr><tr><td>c<td>d</table>
    <pre>x\n  y</pre><script>no()</script><noscript>yes</noscript>&nbsp;end</body></html>"""
    made = read(page.encode(), "text/html")
    assert made.title == "The depot"
    assert text_of(made) == "Home\nThe depot\nFirst bold.\nSecond.\none\ntwo\na\tb\nc\td\nx\n  y\nyes\u00a0end\n"


def test_the_page_s_own_charset_counts_and_a_lie_is_seen_through() -> None:
    page = f"<meta charset=windows-1251><p>{RUSSIAN}</p>"
    assert RUSSIAN in text_of(read(page.encode("cp1251"), "text/html"))
    assert RUSSIAN in text_of(read(page.encode("koi8-r"), "text/html"))


def test_a_page_nested_without_end_is_read_in_time() -> None:
    assert "x" in text_of(read(b"<div>" * 100_000 + b"x", "text/html"))


def test_files_inside_a_page_are_parts() -> None:
    picture = base64.b64encode(b"\x89PNG" + b"x" * 100).decode()
    made = read(f'<p>a</p><img src="data:image/png;base64,{picture}">'.encode(), "text/html")
    assert [(part.name, part.media_type) for part in made.parts] == [("embedded-1.png", "image/png")]


# --- Word, slides, OpenDocument ----------------------------------------------------------------------------------------


def test_word_keeps_every_part() -> None:
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = (
        paragraph("The contract")
        + "<w:tbl><w:tr><w:tc>"
        + paragraph("unit")
        + "</w:tc><w:tc>"
        + paragraph("price")
        + "</w:tc></w:tr></w:tbl>"
        + '<w:p><w:r><w:t>costs </w:t></w:r><w:del w:author="A"><w:r><w:delText>100</w:delText></w:r></w:del><w:ins><w:r><w:t>900</w:t></w:r></w:ins></w:p>'
        + "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>a secret line</w:t></w:r></w:p>"
    )
    made = read(
        word(
            body,
            {
                "word/header1.xml": f"<w:hdr {w}>{paragraph('Works No. 7')}</w:hdr>",
                "word/footnotes.xml": f'<w:footnotes {w}><w:footnote w:type="separator">{paragraph("-")}</w:footnote><w:footnote>{paragraph("see the act")}</w:footnote></w:footnotes>',
                "word/comments.xml": f'<w:comments {w}><w:comment w:author="Alena">{paragraph("who pays?")}</w:comment></w:comments>',
                "word/media/image1.png": b"\x89PNG",
                "word/embeddings/oleObject1.bin": b"\xd0\xcf",
                "docProps/core.xml": '<c xmlns:dc="d"><dc:title>Contract 7</dc:title></c>',
            },
        ),
        WORD,
    )
    assert made.title == "Contract 7"
    assert roles(made)[Role.BODY].startswith("The contract\nunit\tprice\ncosts 900\n")
    assert "see the act" in roles(made)[Role.BODY]
    assert "Alena: who pays?" in roles(made)[Role.BODY]
    beside = roles(made)[Role.BOILERPLATE]
    assert all(words in beside for words in ("Works No. 7", "100", "a secret line"))
    assert {"comments", "footnotes", "headers and footers", "tracked deletions", "hidden text"} <= rules_of(made)
    assert [part.name for part in made.parts] == ["image1.png", "oleObject1.bin"]


def test_a_cut_off_word_file_gives_what_is_left() -> None:
    whole = word(
        paragraph("The contract " + "and more " * 2000), {"word/media/a.bin": random.Random(1).randbytes(20_000)}
    )
    made = read(whole[: len(whole) - 2000], WORD)
    assert (made.state, made.reason) == (State.PARTIAL, "truncated: the end of the file is missing")
    assert text_of(made).startswith("The contract")


def test_a_package_that_explodes_is_stopped() -> None:
    made = read(word(paragraph("x" * 4_000_000)), WORD, ReaderHints(limits=ReaderLimits(expansion=10)))
    assert made.state is State.PARTIAL
    assert made.limit == "expansion"


def test_entities_are_not_followed() -> None:
    bomb = '<!DOCTYPE w [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    document = f'{bomb}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{paragraph("a &b; &f; c")}</w:body></w:document>'
    made = read(zipped({"word/document.xml": document}), WORD)
    assert "xxxxxxxxxx" not in text_of(made)
    assert Path("/etc/hostname").read_text().strip() not in text_of(made) if Path("/etc/hostname").exists() else True


def test_slides_are_pages_in_their_order() -> None:
    a, r = 'xmlns:a="urn:a"', 'xmlns:r="urn:r"'

    def slide(text: str) -> str:
        return f"<s {a}><a:sp><a:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></a:txBody></a:sp></s>"

    made = read(
        zipped(
            {
                "ppt/presentation.xml": f'<p {r}><sldIdLst><sldId id="1" r:id="r2"/><sldId id="2" r:id="r1"/></sldIdLst></p>',
                "ppt/_rels/presentation.xml.rels": '<R><Rel Id="r1" Target="slides/slide1.xml"/><Rel Id="r2" Target="slides/slide2.xml"/></R>',
                "ppt/slides/slide1.xml": slide("second"),
                "ppt/slides/slide2.xml": slide("first"),
                "ppt/notesSlides/notesSlide1.xml": slide("say this"),
            }
        ),
        SLIDES,
    )
    assert text_of(made) == "first\x0csecond\nsay this\n"
    assert made.layer is not None
    assert [(page.start, page.end) for page in made.layer.pages] == [(0, 5), (6, 12)]


def test_open_document_keeps_comments_notes_and_deletions() -> None:
    names = 'xmlns:office="o" xmlns:text="t" xmlns:dc="d"'
    content = (
        f"<office:document {names}><office:body><office:text><text:tracked-changes><text:changed-region><text:deletion><text:p>taken out</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes><text:p>one<text:s text:c='2'/>two<text:tab/>three<office:annotation><dc:creator>Alena</dc:creator><text:p>why?</text:p></office:annotation> four</text:p>"
        "<text:p>five<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>a note</text:p></text:note-body></text:note></text:p></office:text></office:body></office:document>"
    )
    made = read(zipped({"mimetype": ODT, "content.xml": content}), ODT)
    assert text_of(made).startswith("one  two\tthree four\nfive\n")
    assert {"comments", "footnotes", "tracked deletions"} <= rules_of(made)
    assert "Alena: why?" in text_of(made)


def test_a_locked_open_document_is_locked_not_empty() -> None:
    made = read(zipped({"META-INF/manifest.xml": "<m><encryption-data/></m>", "content.xml": b"\x01\x02"}), ODT)
    assert (made.state, made.reason) == (State.FAILED, "locked: needs password")


# --- RTF ---------------------------------------------------------------------------------------------------------------


def test_rich_text_in_a_cyrillic_code_page() -> None:
    body = "".join(f"\\'{byte:02x}" for byte in "График".encode("cp1251"))
    data = (
        rb"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0\fcharset204 Arial;}{\f1\fcharset0 Times;}}\f0 "
        + body.encode()
        + rb"\par\u1110?\u1091?\tab x{\footnote a note}{\v hidden}{\*\generator no}\par}"
    )
    made = read(data, "application/rtf")
    assert roles(made)[Role.BODY].startswith("График\nіу\tx")
    assert "a note" in text_of(made)
    assert "hidden" in roles(made)[Role.BOILERPLATE]
    assert "Arial" not in text_of(made)


def test_html_wrapped_in_rich_text_is_unwrapped() -> None:
    data = rb"{\rtf1\ansi\ansicpg1251\fromhtml1 {\*\htmltag64 <p>}\htmlrtf \par \htmlrtf0 Hello{\*\htmltag72 </p>}}"
    assert rtf.parse(data).html == "<p>Hello</p>"


def test_compressed_rich_text() -> None:
    # The example of [MS-OXRTFCP] 3.1.1.
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af8e120687420 0962 756c".replace(" ", "")
    ) + bytes.fromhex("6c6b20")
    assert rtf.decompress(packed[:40]).startswith(b"{\\rtf1\\ansi\\ansicpg1252\\pard")
    raw = b"{\\rtf1 plain}"
    assert (
        rtf.decompress(
            len(raw + b"x" * 12).to_bytes(4, "little") + len(raw).to_bytes(4, "little") + b"MELA\0\0\0\0" + raw
        )
        == raw
    )


# --- PDF ---------------------------------------------------------------------------------------------------------------


def test_pages_are_joined_by_form_feeds_and_a_quote_has_its_place() -> None:
    data = pdf(["The first page\nhas two lines", "The second page"])
    made = read(data, "application/pdf", HINTS)
    assert text_of(made) == "The first page\nhas two lines\x0cThe second page"
    assert made.layer is not None
    words = [made.layer.text[box.start : box.end] for box in made.boxes]
    assert words == ["The", "first", "page", "has", "two", "lines", "The", "second", "page"]
    two, lines = made.boxes[4:6]
    assert 40 < two.left < two.right < lines.left < lines.right < 120
    assert 45 < two.top < two.bottom < 60
    assert [box.page for box in made.boxes] == [1] * 6 + [2] * 3
    assert {box.confidence for box in made.boxes} == {100.0}


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_places_on_a_turned_page_are_those_that_a_person_sees(turned: int) -> None:
    import io

    import pikepdf

    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(["Top left words"]))) as document:
        document.pages[0].Rotate = turned
        _, _, width, height = map(float, document.pages[0].MediaBox)
        document.save(stream)
    upright = read(pdf(["Top left words"]), "application/pdf", HINTS).boxes[0]
    box = read(stream.getvalue(), "application/pdf", HINTS).boxes[0]
    wanted = {
        90: (height - upright.bottom, upright.left),
        180: (width - upright.right, height - upright.bottom),
        270: (upright.top, width - upright.right),
    }[turned]
    assert (box.left, box.top) == pytest.approx(wanted, abs=0.3)


def test_a_locked_pdf_is_locked_and_opens_with_its_password() -> None:
    import io

    import pikepdf

    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(["secret"]))) as document:
        document.save(stream, encryption=pikepdf.Encryption(owner="o", user="пароль", R=6))
    made = read(stream.getvalue(), "application/pdf", HINTS)
    assert (made.state, made.reason) == (State.FAILED, "locked: needs password")
    assert (
        text_of(read(stream.getvalue(), "application/pdf", ReaderHints(ocr=False, passwords=("x", "пароль"))))
        == "secret"
    )


def test_files_attached_to_a_pdf_are_parts() -> None:
    import io

    import pikepdf

    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(["see the file"]))) as document:
        document.attachments["акт.txt"] = b"the act"
        document.save(stream)
    made = read(stream.getvalue(), "application/pdf", HINTS)
    assert [(part.name, part.data) for part in made.parts] == [("акт.txt", b"the act")]


def test_what_a_later_revision_took_out_is_a_part() -> None:
    import io

    import pikepdf

    first = pdf(["the price is 100"])
    with pikepdf.open(io.BytesIO(first)) as document:
        contents = document.pages[0].obj.Contents.objgen
    changed = b"BT /F1 12 Tf 20 160 Td (the price is 900) Tj ET"
    start = len(first)
    update = f"{contents[0]} 0 obj\n<</Length {len(changed)}>>\nstream\n".encode() + changed + b"\nendstream\nendobj\n"
    table = start + len(update)
    with pikepdf.open(io.BytesIO(first)) as document:
        root = document.Root.objgen[0]
        size = len(document.objects) + 1
    before = int(first.rsplit(b"startxref", 1)[1].split()[0])
    tail = f"xref\n{contents[0]} 1\n{start:010} 00000 n \ntrailer\n<</Size {size}/Root {root} 0 R/Prev {before}>>\nstartxref\n{table}\n%%EOF\n".encode()
    made = read(first + update + tail, "application/pdf", HINTS)
    assert text_of(made) == "the price is 900"
    assert "earlier revisions" in rules_of(made)
    assert text_of(read(made.parts[0].data or b"", "application/pdf", HINTS)) == "the price is 100"


def scan(text: str, turn: int = 0) -> bytes:
    import io

    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("L", (1400, 260), "white")
    ImageDraw.Draw(picture).text((40, 90), text, fill="black", font=ImageFont.load_default(size=56))
    stream = io.BytesIO()
    picture.rotate(turn, expand=True, fillcolor=255).save(stream, "PNG")
    return stream.getvalue()


def test_a_picture_waits_where_recognition_is_put_off() -> None:
    made = read(scan("Delivery schedule"), "image/png", HINTS)
    assert (made.state, made.reason) == (State.FAILED, "not read yet: waits for OCR")


def test_without_the_program_a_picture_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leakdesk.documents.ocr.installed_languages", frozenset)
    made = read(scan("Delivery schedule"), "image/png")
    assert (made.state, made.reason) == (State.FAILED, "needs tesseract")


@pytest.mark.skipif("eng" not in installed_languages(), reason="tesseract is not installed")
def test_a_picture_is_recognised_with_the_place_of_each_word() -> None:
    made = read(scan("Delivery schedule of July"), "image/png")
    assert text_of(made) == "Delivery schedule of July"
    assert made.kind is Kind.IMAGE
    word_box = made.boxes[1]
    assert text_of(made)[word_box.start : word_box.end] == "schedule"
    assert word_box.confidence > 80
    assert 200 < word_box.left < word_box.right < 700


@pytest.mark.skipif("osd" not in installed_languages(), reason="tesseract is not installed")
def test_a_picture_turned_by_a_few_degrees_is_levelled() -> None:
    assert "schedule" in text_of(read(scan("Delivery schedule of July for the works", turn=7), "image/png"))


@pytest.mark.skipif("eng" not in installed_languages(), reason="tesseract is not installed")
def test_a_scanned_page_in_a_pdf_is_recognised() -> None:
    import io

    from PIL import Image

    stream = io.BytesIO()
    Image.open(io.BytesIO(scan("Act of work"))).convert("RGB").save(stream, "PDF", resolution=200)
    made = read(stream.getvalue(), "application/pdf")
    assert text_of(made) == "Act of work"
    assert made.boxes
    waiting = read(stream.getvalue(), "application/pdf", HINTS)
    assert (waiting.state, waiting.reason) == (State.FAILED, "not read yet: waits for OCR")


def test_too_many_pixels_are_refused_by_their_limit() -> None:
    made = read(scan("x"), "image/png", ReaderHints(limits=ReaderLimits(pixels=1000)))
    assert (made.state, made.limit) == (State.FAILED, "pixels")


# --- Outlook, cards, books, sealed mail --------------------------------------------------------------------------------


def test_winmail_dat_gives_its_files() -> None:
    made = read(tnef([("акт.doc", b"one"), ("b.txt", b"two")], body="Смотрите вложения."), "application/vnd.ms-tnef")
    assert [(part.name, part.data) for part in made.parts] == [("акт.doc", b"one"), ("b.txt", b"two")]
    assert "Смотрите вложения." in text_of(made)
    cut = tnef([("a", b"x" * 500)])[:-100]
    assert read(cut, "application/vnd.ms-tnef").state is State.PARTIAL


def item(**texts: str) -> mapi.Item:
    ids = {
        "subject": mapi.SUBJECT,
        "body": mapi.BODY,
        "sender": mapi.SENT_NAME,
        "address": mapi.SENT_SMTP,
        "kind": mapi.CLASS,
    }
    values = {ids[key]: (mapi.UNICODE, value.encode("utf-16-le")) for key, value in texts.items()}
    return mapi.Item(mapi.Properties(values=values))


def test_the_rebuild_of_an_outlook_item_is_always_the_same_and_reads_well() -> None:
    made = item(subject="График", body="Машины вышли.", sender="Страль, Алена", address="alena@example.org")
    inside = item(subject="Внутри", body="Письмо в письме.")
    made.attachments = [
        mapi.Attachment(item().properties, data=b"x" * 500),
        mapi.Attachment(item().properties, item=inside),
    ]
    assert mapi.rebuild(made) == mapi.rebuild(made)
    seen = read(mapi.rebuild(made), "message/rfc822")
    assert seen.head is not None
    assert (seen.head.subject, seen.head.sender[0].name, seen.head.sender[0].address) == (
        "График",
        "Страль, Алена",
        "alena@example.org",
    )
    assert roles(seen)[Role.BODY] == "Машины вышли.\n"
    assert [part.name for part in seen.parts] == ["attachment-1.bin", "Внутри.eml"]
    assert seen.parts[0].data == b"x" * 500
    assert "Письмо в письме." in text_of(read(seen.parts[1].data or b"", "message/rfc822"))


def test_a_store_that_is_none_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "a.pst"
    broken.write_bytes(b"!BDN" + b"\0" * 600)
    with pytest.raises(outlook.NotAStore):
        list(outlook.iter_store(broken))


def test_an_archive_of_outlook_for_mac(tmp_path: Path) -> None:
    email = (
        "<emails><email><OPFMessageCopySubject>График</OPFMessageCopySubject><OPFMessageCopyBody>&lt;html&gt;&lt;p&gt;Да.&lt;/p&gt;&lt;/html&gt;</OPFMessageCopyBody>"
        '<OPFMessageCopyFromAddresses><emailAddress OPFContactEmailAddressAddress="alena@example.org" OPFContactEmailAddressName="Алена"/></OPFMessageCopyFromAddresses>'
        "<OPFMessageCopySentTime>2024-06-11T06:14:00</OPFMessageCopySentTime><OPFMessageCopyAttachmentList>"
        '<messageAttachment OPFAttachmentName="акт.txt" OPFAttachmentURL="Local/a.bin"/><messageAttachment OPFAttachmentName="b" OPFAttachmentURL="gone"/></OPFMessageCopyAttachmentList></email></emails>'
    )
    path = tmp_path / "a.olm"
    path.write_bytes(
        zipped(
            {
                "Local/com.microsoft.__Messages/Inbox/message_00000.xml": email,
                "Local/com.microsoft.__Messages/Inbox/message_00001.xml": "<x",
                "Local/a.bin": b"act",
            }
        )
    )
    first, second = outlook.iter_store(path)
    assert (first.folder, first.number, first.missing) == (("Inbox",), 1, "an attachment is missing from the archive")
    assert second.data is None
    assert second.reason
    seen = read(first.data or b"", "message/rfc822")
    assert seen.head is not None
    assert seen.head.date_utc == "2024-06-11T06:14:00Z"
    assert seen.parts[0].data == b"act"


def test_a_calendar_and_a_card() -> None:
    made = read(
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Погрузка\\, склад\r\nDTSTART:20240611T0600\r\n 00Z\r\nORGANIZER;CN=Алена:mailto:alena@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n".encode(),
        "text/calendar",
    )
    assert made.title == "Погрузка, склад"
    assert (
        text_of(made) == "SUMMARY: Погрузка, склад\nDTSTART: 20240611T060000Z\nORGANIZER: Алена <alena@example.org>\n"
    )
    card = read(
        b"BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE:=C0=EB=E5=ED=E0\nPHOTO;ENCODING=BASE64:QUJD\nEND:VCARD\n",
        "text/vcard",
    )
    assert card.title == "Алена"
    assert card.parts[0].data == b"ABC"


def test_a_saved_page_and_a_book() -> None:
    saved = multipart(
        text_part("<title>T</title><p>The page</p>", "html"), file_part(b"x", "p.png", "image/png"), kind="related"
    )
    made = read(saved, "multipart/related")
    assert text_of(made) == "The page\n"
    assert [part.name for part in made.parts] == ["p.png"]
    book = zipped(
        {
            "META-INF/container.xml": '<c><rootfile full-path="O/o.opf"/></c>',
            "O/o.opf": '<p><metadata><title>A book</title></metadata><item id="b" href="b.html"/><item id="a" href="a.html"/><itemref idref="a"/><itemref idref="b"/></p>',
            "O/a.html": "<p>one</p>",
            "O/b.html": "<p>two</p>",
            "O/i.jpg": b"\xff\xd8",
        }
    )
    made = read(book, "application/epub+zip")
    assert (made.title, text_of(made)) == ("A book", "one\x0ctwo")
    assert [part.name for part in made.parts] == ["i.jpg"]


def test_an_apple_message_is_its_bytes_without_the_frame() -> None:
    inner = message("Hello.\n").replace(b"\r\n", b"\n")
    made = read(f"{len(inner)}\n".encode() + inner + b"<?xml?><plist/>", "application/x-emlx")
    assert roles(made)[Role.BODY] == "Hello.\n"


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_a_signed_message_is_opened_and_an_enveloped_one_is_encrypted(tmp_path: Path) -> None:
    import subprocess

    key, certificate, plain = tmp_path / "k.pem", tmp_path / "c.pem", tmp_path / "m.txt"
    plain.write_bytes(b"Content-Type: text/plain\n\nThe trucks left.\n")
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-keyout",
            key,
            "-out",
            certificate,
            "-subj",
            "/CN=x",
            "-days",
            "2",
        ],
        check=True,
        capture_output=True,
    )
    signed = subprocess.run(
        [
            "openssl",
            "cms",
            "-sign",
            "-nodetach",
            "-in",
            plain,
            "-signer",
            certificate,
            "-inkey",
            key,
            "-outform",
            "DER",
            "-binary",
        ],
        check=True,
        capture_output=True,
    ).stdout
    made = read(signed, "application/pkcs7-mime")
    assert made.parts[0].data == plain.read_bytes()
    streamed = subprocess.run(
        [
            "openssl",
            "cms",
            "-sign",
            "-nodetach",
            "-stream",
            "-in",
            plain,
            "-signer",
            certificate,
            "-inkey",
            key,
            "-outform",
            "DER",
            "-binary",
        ],
        check=True,
        capture_output=True,
    ).stdout
    assert read(streamed, "application/pkcs7-mime").parts[0].data == plain.read_bytes()
    sealed = subprocess.run(
        ["openssl", "cms", "-encrypt", "-in", plain, "-outform", "DER", "-binary", certificate],
        check=True,
        capture_output=True,
    ).stdout
    made = read(sealed, "application/pkcs7-mime")
    assert (made.state, made.reason) == (State.FAILED, "encrypted: S/MIME")


def test_an_openpgp_message_is_encrypted_not_text() -> None:
    made = read(b"-----BEGIN PGP MESSAGE-----\n\nhQ\n-----END PGP MESSAGE-----\n", "application/pgp-encrypted")
    assert (made.state, made.reason) == (State.FAILED, "encrypted: OpenPGP")
    assert text_of(read(b"Version: 1\n", "application/pgp-encrypted")) == "Version: 1\n"
