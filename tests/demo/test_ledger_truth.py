"""The counts of the truth add up, and agree with a count by other means."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage

from tests.demo.conftest import Built


def _leaves(message: EmailMessage) -> Iterator[str]:
    """What hangs on a message, messages inside it included."""
    for part in message.iter_attachments():
        yield str(part.get_filename())
        if part.get_content_type() == "message/rfc822":
            inner = part.get_content()
            assert isinstance(inner, EmailMessage)
            yield from _leaves(inner)


def test_found_is_read_partial_and_failed(demo: Built) -> None:
    ledger = demo.leak["ledger"]
    for row in [ledger["totals"], *ledger["containers"]]:
        assert row["found"] == row["read"] + row["partial"] + row["failed"]
    assert ledger["totals"]["failed"] == len(ledger["not_read"])
    assert {row["kind"] for row in ledger["not_read"]} == {"damaged", "password"}


def test_found_agrees_with_a_second_count(demo: Built) -> None:
    inside_archives = 2  # "specs" holds two files, and lies in two letters
    attached = [name for found in demo.messages for name in _leaves(found.message)]
    archives = sum("Креслення" in name for name in attached)
    given = 4  # the zip, the mbox, the tar.gz, the listing
    expected = given + len(demo.messages) + len(attached) + archives * inside_archives
    assert demo.leak["ledger"]["totals"]["found"] == expected


def test_root_container_counts_everything_below_it(demo: Built) -> None:
    ledger = demo.leak["ledger"]
    (root,) = (row for row in ledger["containers"] if row["location"] == ["parcel.zip"])
    assert root["found"] == ledger["totals"]["found"] - 1
