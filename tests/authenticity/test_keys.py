"""Key tables from plain lists, zone files and dumps of archives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leakdesk.authenticity.keys import KeyTable, public_key, read_table

LINES = (
    "# selector, record, first and last seen, origin, private key\n"
    "s1._domainkey.depot.example\tv=DKIM1; p=AAAA\n"
    "s2._domainkey.Depot.Example.\tv=DKIM1; p=BBBB\t2016-02-03\t2019\tsnapshot X\t2020-05\n"
    "not a key\n"
    "s3._domainkey.depot.example\tp=CCCC\t\t\t\tyes\n"
)
ZONE = """$ORIGIN depot.example.
$TTL 3600
@ IN SOA ns hostmaster ( 1 2 3 4 5 ) ; serial
s1._domainkey  IN TXT ( "v=DKIM1; k=rsa; "   ; the first half
        "p=AAAA" "BBBB" )
            TXT "v=DKIM1; p="
s2._domainkey.other.example. 600 IN TXT "v=DKIM1; p=CC\\"DD"
www 600 IN A 192.0.2.1
"""
ARCHIVE = (
    '{"domain":"depot.example","selector":"s1","value":"v=DKIM1; p=AAAA","firstSeenAt":"2016-02-03T00:00:00Z",'
    '"lastSeenAt":"2019-01-01","source":"archive"}\n{"domain":"depot.example"}\n'
)
CSV = "domain,selector,p,first_seen,private_key_published\ndepot.example,s1,AAAA,2016-02-03,2020-01-01\n"


def test_plain_lines() -> None:
    read = read_table(LINES.encode())
    assert (read.format, len(read.records), [number for number, _ in read.left_out]) == ("lines", 3, [4])
    second = read.records[1]
    assert (second.name, second.first_seen, second.last_seen) == ("s2._domainkey.depot.example", "2016-02-03", "2019")
    assert (second.origin, second.private_published) == ("snapshot X", "2020-05")
    assert [one.private_published for one in read.records] == ["", "2020-05", "yes"]


def test_zone_files() -> None:
    read = read_table(ZONE.encode())
    assert read.format == "zone file"
    assert [(one.name, one.record) for one in read.records] == [
        ("s1._domainkey.depot.example", "v=DKIM1; k=rsa; p=AAAABBBB"),
        ("s1._domainkey.depot.example", "v=DKIM1; p="),
        ("s2._domainkey.other.example", 'v=DKIM1; p=CC"DD'),
    ]


def test_dumps_of_archives() -> None:
    for data in (ARCHIVE, '{"keys":[' + ARCHIVE.strip().replace("\n", ",") + "]}"):
        read = read_table(data.encode())
        assert (read.format, len(read.records), len(read.left_out)) == ("archive (JSON)", 1, 1)
        assert (read.records[0].first_seen, read.records[0].origin) == ("2016-02-03", "archive")
    read = read_table(CSV.encode())
    assert read.format == "archive (CSV)"
    assert (read.records[0].record, read.records[0].private_published) == ("v=DKIM1; k=rsa; p=AAAA", "2020-01-01")


def test_a_published_private_key_marks_every_record_of_it() -> None:
    table = KeyTable()
    table.add(read_table(b"s1._domainkey.depot.example\tv=DKIM1; p=AA AA\n").records)
    table.add(read_table(b"s1._domainkey.depot.example\tk=rsa; p=AAAA\t\t\tarchive\t2031-02-03\n").records)
    assert {one.private_published for one in table.of("S1", "depot.example")} == {"2031-02-03"}


def test_records_say_why_they_cannot_be_used() -> None:
    assert public_key("v=DKIM1; p=").revoked
    assert public_key("v=DKIM1; t=y:s; p=AAAA").testing
    assert public_key("k=ed25519; p=AAAA").problem == "an Ed25519 key has 32 bytes"
    assert public_key("p=AAAA; v=DKIM1").problem == "the record is not of version DKIM1"


@given(st.binary(max_size=500))
def test_no_table_raises(junk: bytes) -> None:
    for start in (b"", b"{", b"$ORIGIN a.\n", b"domain,selector\n", b"s._domainkey.d\t"):
        for one in read_table(start + junk).records:
            public_key(one.record)
