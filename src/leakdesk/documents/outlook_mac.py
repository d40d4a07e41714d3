"""OLM, the archive of Outlook for Mac: a zip of message_*.xml files with their attachments beside them."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from leakdesk.documents import mapi
from leakdesk.documents.mapi import Attachment, Item, Properties
from leakdesk.documents.packages import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_MESSAGE = re.compile(r"(?:^|/)message_(\d+)\.xml$")
_LARGEST = 1 << 30


def messages(archive: zipfile.ZipFile) -> Iterator[tuple[tuple[str, ...], int, str]]:
    """(folders, number in the folder, member name) of each message, in the archive's order of names."""
    counts: dict[tuple[str, ...], int] = {}
    for name in sorted(info.filename for info in archive.infolist()):
        if _MESSAGE.search(name):
            folder = tuple(
                step
                for step in name.split("/")[:-1]
                if step and not step.startswith("com.microsoft.__") and step != "Local"
            )
            counts[folder] = counts.get(folder, 0) + 1
            yield folder, counts[folder], name


def item(archive: zipfile.ZipFile, name: str) -> Item | str:
    """The item in one member, or why it cannot be read."""
    content = _member(archive, name)
    root = parse_xml(content) if content is not None else None
    email = root.find(".//email") if root is not None else None
    if email is None:
        return "damaged: the message cannot be read"
    made = Item(_properties(email))
    for tag, number in (
        ("OPFMessageCopyToAddresses", 1),
        ("OPFMessageCopyCCAddresses", 2),
        ("OPFMessageCopyBCCAddresses", 3),
    ):
        for person in email.iterfind(f"{tag}/emailAddress"):
            made.recipients.append(_person(person, number))
    for each in email.iterfind("OPFMessageCopyAttachmentList/messageAttachment"):
        made.attachments.append(_attachment(archive, each))
        if made.attachments[-1].data is None:
            made.missing = "an attachment is missing from the archive"
    return made


def _member(archive: zipfile.ZipFile, name: str) -> bytes | None:
    try:
        with archive.open(name) as stream:
            content = stream.read(_LARGEST + 1)
    except (KeyError, zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError):
        return None
    return content if len(content) <= _LARGEST else None


def _set(properties: Properties, each: int, text: str | None) -> None:
    if text:
        properties.values[each] = (mapi.UNICODE, text.encode("utf-16-le", "replace"))


_FIELDS = {
    "OPFMessageCopySubject": mapi.SUBJECT,
    "OPFMessageCopyMessageID": mapi.MESSAGE_ID,
    "OPFMessageCopyInReplyTo": mapi.IN_REPLY_TO,
    "OPFMessageCopyReferences": mapi.REFERENCES,
    "OPFMessageCopySource": mapi.HEADERS,
}


def _properties(email: _Element) -> Properties:
    properties = Properties()
    for tag, each in _FIELDS.items():
        _set(properties, each, email.findtext(tag))
    body = email.findtext("OPFMessageCopyBody") or email.findtext("OPFMessageCopyHTMLBody") or ""
    markup = email.findtext("OPFMessageCopyHTMLBody") or (
        body if re.match(r"\s*<(?:html|!doctype|div|p|body|head)\b", body, re.IGNORECASE) else ""
    )
    _set(properties, mapi.HTML, markup)
    if body != markup:
        _set(properties, mapi.BODY, body)
    for tag in ("OPFMessageCopySenderAddress", "OPFMessageCopyFromAddresses"):
        person = email.find(f"{tag}/emailAddress")
        if person is not None:
            _set(properties, mapi.SENT_NAME, person.get("OPFContactEmailAddressName"))
            _set(properties, mapi.SENT_SMTP, person.get("OPFContactEmailAddressAddress"))
    for tag in ("OPFMessageCopySentTime", "OPFMessageCopyReceivedTime", "OPFMessageCopyModDate"):
        stamp = _time(email.findtext(tag))
        if stamp:
            properties.values.setdefault(mapi.SUBMITTED, (mapi.TIME, stamp))
    return properties


def _time(text: str | None) -> bytes:
    """OLM times have no zone; they are UTC (seen against transport headers in the sample)."""
    from datetime import UTC, datetime

    try:
        when = datetime.fromisoformat((text or "").strip()[:19]).replace(tzinfo=UTC)
    except ValueError:
        return b""
    ticks = int((when - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000
    return ticks.to_bytes(8, "little") if ticks > 0 else b""


def _person(person: _Element, number: int) -> Properties:
    properties = Properties()
    _set(properties, mapi.NAME, person.get("OPFContactEmailAddressName"))
    _set(properties, mapi.SMTP, person.get("OPFContactEmailAddressAddress"))
    properties.values[mapi.RECIPIENT_TYPE] = (mapi.LONG, number.to_bytes(4, "little"))
    return properties


def _attachment(archive: zipfile.ZipFile, each: _Element) -> Attachment:
    properties = Properties()
    _set(properties, mapi.ATTACH_NAME, each.get("OPFAttachmentName"))
    _set(properties, mapi.ATTACH_MIME, each.get("OPFAttachmentContentType"))
    _set(properties, mapi.ATTACH_ID, each.get("OPFAttachmentContentID"))
    url = each.get("OPFAttachmentURL")
    return Attachment(properties, data=_member(archive, url) if url else None)
