"""Real mail, where it is on this computer: every fact stated about it is met, or listed here with the reason.

The expected results beside the messages are another parser's opinion. Where ours differs, `KNOWN` says why.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from leakdesk.documents import mime, outlook
from leakdesk.documents.quoting import segment_letter
from leakdesk.documents.readers import read
from leakdesk.documents.two_views import disagreements
from leakdesk.model.document import Extract, Role, State
from tests.documents.parcels import HINTS, rules_of
from tests.shared import shared_path

pytestmark = pytest.mark.real

#: Messages where the places of parts differ from the other parser's, and why ours stand.
KNOWN = {
    "malformed/000": "its boundary begins with a colon and four parts follow; the other parser gives up",
    "malformed/001": "a delimiter ends the part before it; the other parser counts the line break to the part",
    "malformed/003": "an empty multipart; the other parser counts the next part's text to it",
    "malformed/004": "a multipart without a delimiter line is read as text, so that nothing is hidden in it",
    "malformed/005": "a boundary that ends in dashes: its lines are delimiters, as the standard says, not the closing one",
    "malformed/007": "header lines go on after a line that is none",
    "malformed/008": "the boundary of the part inside begins the one outside; the outer delimiter ends the inner part",
    "malformed/009": "a part inside that is never closed ends where the part around it does; a third part is found",
    "malformed/011": "as 009",
    "malformed/012": "as 009; three attached messages are found, not two",
    "malformed/013": "an empty part is a part, and ends before the line break of the delimiter",
    "malformed/014": "an empty part after a delimiter at the end of the file is found and said",
    "malformed/016": "as 009",
    "malformed/019": "a fuzzer's message, its headers torn; all of its parts are found",
    "malformed/020": "the header of the part inside goes on into the next one's; the torn parts are all found",
    "malformed/021": "as 020",
    "malformed/022": "a delimiter ends an attached message that has no header lines; the other parser reads on",
    "thirdparty/005": "the last part ends with the file; the other parser stops at a mark inside its text",
    "thirdparty/011": "a delimiter ends the part before it; the other parser counts the line break to the part",
    "thirdparty/015": "three attached messages stand beside each other; the other parser takes them for one",
}


def stalwart() -> list[Path]:
    folder = Path(shared_path("real/mail/stalwart"))
    return sorted(folder.glob("*/*.eml"))


def every_message() -> list[Path]:
    return sorted(Path(shared_path("real/mail")).rglob("*.eml"))


def mail(path: Path) -> Extract:
    return read(path.read_bytes(), "message/rfc822", HINTS)


def places(message: dict[str, Any]) -> Counter[tuple[int, int, int]]:
    return Counter((part["offset_header"], part["offset_body"], part["offset_end"]) for part in message["parts"])


def own_places(data: bytes) -> Counter[tuple[int, int, int]]:
    found: Counter[tuple[int, int, int]] = Counter()
    stack = [mime.cut(data).root]
    while stack:
        piece = stack.pop()
        found[piece.start, piece.body, piece.end] += 1
        stack.extend(piece.children)
    return found


def test_places_of_parts_agree_with_the_other_parser_or_are_explained() -> None:
    differing = set()
    for path in stalwart():
        name = f"{path.parent.name}/{path.stem}"
        expected = places(json.loads(path.with_suffix(".json").read_text("utf-8")))
        data = path.read_bytes()
        # Eight files have CRLF here, though the expected places count LF.
        if own_places(data) != expected and own_places(data.replace(b"\r\n", b"\n")) != expected:
            differing.add(name)
    assert differing <= set(KNOWN), differing - set(KNOWN)


def test_subjects_people_and_dates_agree_with_the_other_parser() -> None:
    for path in stalwart():
        headers = {
            h["name"]: h["value"]
            for h in json.loads(path.with_suffix(".json").read_text("utf-8"))["parts"][0]["headers"]
            if isinstance(h["name"], str)
        }
        made = mail(path)
        assert made.head is not None
        subject = headers.get("subject")
        assert (made.head.subject or None) == ((subject.get("Text") or None) if isinstance(subject, dict) else None), (
            path
        )
        for name, ours in (("from", made.head.sender), ("to", made.head.to)):
            value = headers.get(name)
            if not isinstance(value, dict) or "Address" not in value:
                continue
            people = value["Address"].get("List") or [
                each for group in value["Address"]["Group"] for each in group["addresses"]
            ]
            assert [(each.name, each.address) for each in ours] == [
                (p.get("name") or "", p.get("address") or "") for p in people
            ], path
        date = headers.get("date")
        if isinstance(date, dict) and "DateTime" in date:
            when = date["DateTime"]
            sign = "-" if when["tz_before_gmt"] else "+"
            stamp = "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}".format(**when)
            assert made.head.date == f"{stamp}{sign}{when['tz_hour']:02}:{when['tz_minute']:02}", path


def test_every_real_message_is_read() -> None:
    failed = [path.name for path in every_message() if mail(path).state is State.FAILED]
    assert failed == []


def test_faults_that_the_file_names_state_are_reported() -> None:
    folder = Path(shared_path("real/mail/ruby-mail"))
    for name, rule in {
        "error_emails/bad_date_header.eml": "date",
        "error_emails/bad_date_header2.eml": "date",
        "plain_emails/raw_email_with_bad_date.eml": "date",
        "error_emails/multiple_content_types.eml": "structure",
        "error_emails/multiple_invalid_content_dispositions.eml": "structure",
        "error_emails/content_transfer_encoding_spam.eml": "transfer encoding",
        "mime_emails/raw_email_with_binary_encoded.eml": "repeated header",
        "error_emails/must_supply_encoding.eml": "structure",
    }.items():
        assert rule in rules_of(mail(folder / name)), name


def test_delivery_reports_keep_their_reports() -> None:
    folder = Path(shared_path("real/mail/ruby-mail/multipart_report_emails"))
    for path in folder.glob("*.eml"):
        assert "message/delivery-status" in [part.media_type for part in mail(path).parts], path.name


def test_names_in_japanese_and_german_come_out() -> None:
    folder = Path(shared_path("real/mail/ruby-mail"))
    assert mail(folder / "multi_charset/japanese_attachment.eml").parts[0].name == "てすと.txt"
    assert (
        mail(folder / "attachment_emails/attachment_with_quoted_filename.eml").parts[0].name == "Eelanalüüsi päring.jpg"
    )


def test_ordinary_list_mail_is_never_flagged_as_ambiguous() -> None:
    raw = Path(shared_path("real/mail/mbox/httpd-users-2020-07.mbox")).read_bytes()
    messages = list(raw.split(b"\nFrom ")[1:])
    assert len(messages) > 100
    flagged = sum(bool(disagreements(piece.partition(b"\n")[2])) for piece in messages)
    assert flagged == 0


# --- replies ------------------------------------------------------------------------------------------------------------


def reply(name: str) -> dict[Role, str]:
    path = Path(shared_path("real/mail/replies")) / name
    text = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    found: dict[Role, str] = {}
    for segment in segment_letter(text):
        found[segment.role] = found.get(segment.role, "") + text[segment.start : segment.end]
    return found


def test_the_russian_reply_is_cut_where_it_is_said_to_be() -> None:
    found = reply("email_russian.txt")
    assert found[Role.HEADER].startswith("ср, 30 апр. 2025")
    assert found[Role.QUOTED] == "привет"


#: Reply texts whose quotation is not found, and why.
NOT_CUT = {
    "email_custom_quote_header.txt": "a Hungarian introduction stays body; its marked lines are quoted",
    "email_9.txt": "the first line of a French header block stays body",
    "email_danish_dash_separator.txt": "nothing follows the header block",
}


def test_no_trap_loses_its_body() -> None:
    traps = [
        "1_on_false_positive",
        "2_url_with_wrote",
        "3_code_block",
        "4_from_in_body",
        "6_regards_in_sentence",
        "7_multiple_dashes",
        "8_sent_from_in_content",
        "13_timestamp_variations",
    ]
    for trap in traps:
        found = reply(f"email_tricky_{trap}.txt")
        assert Role.QUOTED not in found, trap
        assert Role.HEADER not in found, trap


def test_every_reply_with_an_introduction_is_cut() -> None:
    folder = Path(shared_path("real/mail/replies"))
    uncut = []
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text("utf-8").lower()
        introduced = any(
            word in text
            for word in (
                "wrote:",
                "schrieb",
                "a écrit",
                "ha scritto",
                "escreveu:",
                "napisał",
                "пишет:",
                "kirjoitti",
                "forwarded message -",
                "original message-",
            )
        )
        found = reply(path.name)
        if introduced and "tricky" not in path.name and not (Role.QUOTED in found or Role.HEADER in found):
            uncut.append(path.name)
    assert uncut == []


# --- Outlook --------------------------------------------------------------------------------------------------------------


def test_stores_give_every_item_or_say_why_not() -> None:
    folder = Path(shared_path("real/mail/outlook/aspose"))
    chunks = list(outlook.iter_store(folder / "Outlook__Chunks__Test_part1.pst"))
    kinds = Counter(item.kind for item in chunks)
    assert kinds["ipm.note"] == 31
    assert kinds["ipm.appointment"] == 9
    # readpst reads 19 contacts and skips two; libpff cannot open 12 of the 21: our own reader of nodes does.
    assert kinds["ipm.contact"] == 21
    assert all(item.data is not None for item in chunks)
    rescued = [read(item.data or b"", "message/rfc822", HINTS) for item in chunks if item.folder[-1] == "Contacts"]
    assert len({made.title for made in rescued}) > 6
    assert all(made.title for made in rescued)
    assert len(list(outlook.iter_store(folder / "Outlook__PersonalStorageFile1.pst"))) == 72
    assert list(outlook.iter_store(folder / "Outlook__PersonalStorage1.pst")) == []
    assert list(outlook.iter_store(folder / "Outlook__PersonalStorageFile.ost")) == []
    assert len(list(outlook.iter_store(folder / "Outlook__SampleOLM.olm"))) == 22


def test_a_store_read_twice_gives_the_same_bytes() -> None:
    path = Path(shared_path("real/mail/outlook/aspose/Outlook__Chunks__Test_part1.pst"))
    assert [item.data for item in outlook.iter_store(path)] == [item.data for item in outlook.iter_store(path)]


def test_messages_inside_messages_of_a_store_are_kept() -> None:
    path = Path(shared_path("real/mail/outlook/aspose/Outlook__Chunks__Test_part1.pst"))
    items = list(outlook.iter_store(path))
    assert not [item for item in items if item.missing]
    holding = [item for item in items if item.data and item.data.count(b"Content-Type: message/rfc822") == 2]
    assert holding
    made = read(holding[0].data or b"", "message/rfc822", HINTS)
    assert [part.media_type for part in made.parts] == ["message/rfc822", "message/rfc822"]
    inner = read(made.parts[0].data or b"", "message/rfc822", HINTS)
    assert inner.head is not None
    assert inner.head.subject == "message 1"


MSG = {
    "aspose/Outlook__MsgWithAtt.msg": ["attachment_1.doc"],
    "aspose/Outlook__outputAttachments.msg": ["1.txt", "1.jpg", "1.doc", "1.rar", "1.pdf"],
    "aspose/Outlook__WithEmbeddedMsg.msg": ["Weekly report.eml"],
    "tika/testMSG_att_msg.msg": ["Test Attachment.eml", "smbprn.00009008.KdcPjl.pdf"],
    "tika/testMSG_att_doc.msg": ["test-unicode.doc", "pj1.txt"],
}


@pytest.mark.parametrize("name", MSG)
def test_attachments_of_msg_files(name: str) -> None:
    path = Path(shared_path("real/mail/outlook")) / name
    assert [part.name for part in read(path.read_bytes(), "application/vnd.ms-outlook", HINTS).parts] == MSG[name]


def test_every_msg_file_is_read_with_a_text() -> None:
    for path in Path(shared_path("real/mail/outlook")).rglob("*.msg"):
        made = read(path.read_bytes(), "application/vnd.ms-outlook", HINTS)
        assert made.state is State.READ, path.name
        assert made.layer is not None
        assert made.layer.text.strip(), path.name
        assert "rebuilt" in rules_of(made)


def test_chinese_headers_of_a_msg_file_are_chinese() -> None:
    path = Path(shared_path("real/mail/outlook/tika/testMSG_chinese.msg"))
    made = read(path.read_bytes(), "application/vnd.ms-outlook", HINTS)
    assert made.head is not None
    assert any("\u4e00" <= letter <= "\u9fff" for letter in made.head.subject or "")


@pytest.mark.parametrize(
    ("name", "parts"),
    [("tnefEml1", ["1.jpg", "Embedded MSG.msg", "image001.jpg"]), ("tnefWithMsgInside", ["case 2a.eml"])],
)
def test_winmail_dat_of_real_mail(name: str, parts: list[str]) -> None:
    made = mail(Path(shared_path("real/mail/outlook/aspose")) / f"Email__{name}.eml")
    inside = read(made.parts[0].data or b"", "application/vnd.ms-tnef", HINTS)
    assert [part.name for part in inside.parts] == parts
