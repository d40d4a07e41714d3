"""Lists come in whole or not at all, in every format, with a sentence for whatever is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakdesk.screening.entry import Entry, ListUnusable
from leakdesk.screening.identify import lists_in
from leakdesk.screening.particulars import compare_births, compare_numbers, country, iso_date, number_key
from leakdesk.screening.snapshot import Snapshot
from leakdesk.screening.streams import DEEPEST, ListFile
from leakdesk.store.case import CaseStore
from leakdesk.work.lists import add_lists, known_lists, snapshot_of
from tests.screening.samples import OFSI_CSV, OWN_CSV, SAMPLES, as_file, files_of
from tests.shared import shared_path


def _snapshot(*files: ListFile) -> Snapshot:
    found = lists_in(files)
    assert len(found) == 1
    return Snapshot.build(found[0].read())


@pytest.mark.parametrize("format_", SAMPLES)
def test_each_format_is_known_by_its_content_and_read_whole(format_: str) -> None:
    _, title, date, entries = SAMPLES[format_]
    files = [
        ListFile("list.bin" if len(files_of(format_)) == 1 else each.name, each.open) for each in files_of(format_)
    ]
    snapshot = _snapshot(*files)
    assert (snapshot.head.format, snapshot.head.title, snapshot.head.date) == (format_, title, date)
    assert snapshot.counts().entries == entries


@pytest.mark.parametrize("format_", [each for each in SAMPLES if each not in ("goods.csv",)])
def test_the_same_person_is_found_in_each_format_with_name_and_country(format_: str) -> None:
    entries = list(_snapshot(*files_of(format_)).entries())
    person = next(each for each in entries if each.schema == "Person")
    assert "kalu" in person.name.lower() or "калуг" in person.name.lower()
    assert "by" in person.countries
    assert (
        all(each.startswith(("1964", "1963/", "1960/", "1965")) for each in person.birth_dates) and person.birth_dates
    )
    if "Proba" in str(SAMPLES[format_][0]) and format_ not in ("own.csv", "canada.xml"):
        assert {each.casefold() for each in person.weak} == {"proba"}, "the list itself calls this name weak"


def test_the_older_uk_table_is_read_too() -> None:
    snapshot = _snapshot(as_file("ConList.csv", OFSI_CSV))
    person = next(snapshot.entries())
    assert (snapshot.head.title, snapshot.head.date) == ("OFSI consolidated list (UK)", "2024-09-21")
    assert (person.name, person.birth_dates, person.schema) == ("ARTSIOM KALUGIN-PROBNY", ("1964-08-30",), "Person")


def test_dates_of_listing_and_delisting_are_the_lists_own() -> None:
    swiss = {each.id: each for each in _snapshot(*files_of("swiss.xml")).entries()}
    assert (swiss["500"].since, swiss["500"].until) == ("2022-03-16", "")
    assert (swiss["501"].since, swiss["501"].until) == ("2020-01-01", "2023-05-05")
    assert swiss["501"].countries == ("by",)
    json = {each.id: each for each in _snapshot(*files_of("opensanctions.json")).entries()}
    assert json["Q1"].since == "2021-06-21" and json["Q1"].identifiers == ("passport AB1234567",)
    assert not json["C1"].listed


def test_tables_of_different_days_are_not_joined() -> None:
    files = [as_file("sdn.csv", SAMPLES["ofac.csv"][0]["sdn.csv"]), as_file("alt.csv", '4,1,"aka","SOMEBODY",-0- \n')]
    with pytest.raises(ListUnusable, match="are not in"):
        _snapshot(*files)


BAD = {
    "empty": ("own.csv", b"", "empty"),
    "no entries": ("own.csv", b"id,name\n", "no entries"),
    "too few columns": ("own.csv", b"id,name\n1\n", "line 2"),
    "open quotation mark": ("own.csv", b'id,name\n1,"Somebody\n2,Other\n', "line 2"),
    "another encoding": ("own.csv", "id,name\n1,Иван\n".encode("cp1251"), "line 2"),
    "zero bytes": ("own.csv", b"id,name\n1,A\0B\n", "zero"),
    "the same id twice": ("own.csv", b"id,name\n1,A\n2,B\n1,C\n", "stands twice"),
    "no name": ("own.csv", b"id,name\n1,\n", "line 2"),
    "a column twice": ("own.csv", b"id,name,name\n1,A,B\n", "twice"),
    "no list": ("letter.txt", b"Dear Sir,\nplease find attached\n", "known"),
    "no known XML": ("x.xml", b"<feed><entry/></feed>", "unknown kind"),
    "cut XML": ("un.xml", SAMPLES["un.xml"][0]["un.xml"][:600].encode(), "broken"),
    "a declared entity": (
        "un.xml",
        b'<!DOCTYPE CONSOLIDATED_LIST [<!ENTITY a "b">]><CONSOLIDATED_LIST dateGenerated="2024-01-01"><ENTITIES>&a;</ENTITIES></CONSOLIDATED_LIST>',
        "declares",
    ),
    "an outside file": (
        "un.xml",
        b'<!DOCTYPE CONSOLIDATED_LIST SYSTEM "file:///etc/passwd"><CONSOLIDATED_LIST/>',
        "declares",
    ),
    "too deep": ("un.xml", b"<CONSOLIDATED_LIST>" + b"<a>" * (DEEPEST + 2), "deep"),
    "a false count": (
        "sdn.xml",
        SAMPLES["ofac.xml"][0]["sdn.xml"].replace("<Record_Count>2", "<Record_Count>9").encode(),
        "9 records",
    ),
    "cut JSON": ("ua.json", SAMPLES["ukraine.json"][0]["ua.json"][:300].encode(), "broken"),
    "deep JSON": ("ua.json", b'{"sid":' + b"[" * 100_000, "broken"),
    "advanced XML": ("x.xml", b"<Sanctions xmlns='x'/>", "advanced"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_has_its_sentence_and_leaves_nothing_behind(case: str, tmp_path: Path) -> None:
    name, data, words = BAD[case]
    bad = tmp_path / name
    bad.write_bytes(data)
    good = tmp_path / "good.csv"
    good.write_text(OWN_CSV, "utf-8")
    with CaseStore.create(tmp_path / "case") as store:
        with pytest.raises(ListUnusable) as caught:
            add_lists(store, [good, bad])
        assert words in caught.value.sentence()
        with store.connect() as connection:
            assert known_lists(connection) == []
        assert not list(store.layout.lists.glob("*"))
        assert not list(store.layout.arriving.iterdir())


def test_a_list_is_a_sealed_dataset_of_its_own_and_no_item_of_the_ledger(tmp_path: Path) -> None:
    from leakdesk.store import records
    from leakdesk.work.verifying import verify_case

    own = tmp_path / "watched-2024-05.csv"
    own.write_text(OWN_CSV, "utf-8")
    with CaseStore.create(tmp_path / "case") as store:
        first = add_lists(store, [own])
        again = add_lists(store, [own], published="2024-05-01")
        assert (first["lists"][0]["new"], again["lists"][0]["new"], again["duplicates"]) == (True, False, 1)
        with store.connect() as connection:
            known = known_lists(connection)
            assert [(one.label, one.date, one.count) for one in known] == [("watched", "2024-05-01", 2)]
            assert records.ledger(connection)["totals"]["found"] == 0
        # What is derived can go: the snapshot is made anew from the sealed bytes.
        (store.layout.lists / f"{known[0].id}.sqlite").unlink()
        assert snapshot_of(store, known[0].id).counts().entries == 2
        assert verify_case(store)["ok"]


def test_versions_of_a_list_stand_side_by_side(tmp_path: Path) -> None:
    with CaseStore.create(tmp_path / "case") as store:
        for day, text in (("2023-01-01", OWN_CSV), ("2024-01-01", OWN_CSV + "p2,Person,Somebody Else,,,,,\n")):
            own = tmp_path / f"watched-{day}.csv"
            own.write_text(text, "utf-8")
            add_lists(store, [own], published=day)
        with store.connect() as connection:
            assert [(one.label, one.date, one.count) for one in known_lists(connection)] == [
                ("watched", "2023-01-01", 2),
                ("watched", "2024-01-01", 3),
            ]


@pytest.mark.real
def test_the_real_lists_come_in_whole(tmp_path: Path) -> None:
    folder = shared_path("real/lists")
    with CaseStore.create(tmp_path / "case") as store:
        shown = {one["format"]: one for one in add_lists(store, [folder])["lists"]}
        assert (shown["ofac.csv"]["count"], shown["ofac.csv"]["date"]) == (7379, None)
        assert (shown["un.xml"]["count"], shown["un.xml"]["date"]) == (322, "2026-02-27")
        entries = list(snapshot_of(store, shown["ofac.csv"]["id"]).entries())
        schemata = [each.schema for each in entries]
        assert [schemata.count(each) for each in ("Person", "Vessel", "Airplane", "Organization")] == [
            3845,
            323,
            217,
            2994,
        ]
        un = list(snapshot_of(store, shown["un.xml"]["id"]).entries())
        assert [[each.schema for each in un].count(each) for each in ("Person", "Organization")] == [49, 273]
        original = [name for each in un for name in each.aliases if any("\u0400" <= c <= "\u9fff" for c in name)]
        assert len(original) >= 40  # 42 names in original script, two of them given twice


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("30 Aug 1954", "1954-08-30"), ("1954", "1954"), ("circa 1961", "1960/1962"), ("1960 to 1965", "1960/1965"),
        ("00/00/1961", "1961"), ("02/05/1961", "1961-05-02"), ("Aug 1954", "1954-08"), ("30 августа 1954 г.", "1954-08-30"),
        ("1954-08-30T00:00:00", "1954-08-30"), ("", ""), ("unknown", ""),
    ],
)  # fmt: skip
def test_dates_are_read_as_exactly_as_they_are_written(written: str, read: str) -> None:
    assert iso_date(written) == read


@pytest.mark.parametrize(
    ("left", "right", "told"),
    [
        (["1964-08-30"], ["1964"], "agrees"), (["1964-08-30"], ["1964-03-08"], "contradicts"), (["1964"], ["1970"], "contradicts"),
        (["1964"], [], "open"), (["1964"], ["1960/1965"], "agrees"), (["1959"], ["1960/1965"], "contradicts"),
        (["1970"], ["1964", "1970-05"], "agrees"),
    ],
)  # fmt: skip
def test_dates_of_birth_agree_contradict_or_say_nothing(left: list[str], right: list[str], told: str) -> None:
    assert compare_births(left, right) == compare_births(right, left) == told


def test_numbers_tell_holders_apart_only_where_a_holder_has_one() -> None:
    assert compare_numbers(["УНП 100000016"], ["UNP 100000016"]) == "agrees"
    assert compare_numbers(["УНП 100000016"], ["UNP 200000024"]) == "contradicts"
    assert compare_numbers(["Passport AB1234567"], ["Passport MP7654321"]) == "open"
    assert number_key("12") == "" and number_key("Passport 71 7637093 (Russia)") == "717637093"
    assert country("Iran (Islamic Republic of)") == "ir" and country("Беларусь") == "by"


@settings(max_examples=40, deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from(["<CONSOLIDATED_LIST>", "<sdnList>", '[{"sid":', "id,name\n", '{"schema":"", "properties":', ""]),
)
def test_any_bytes_are_a_list_or_a_sentence(tail: bytes, start: str) -> None:
    try:
        for one in lists_in([as_file("any", start.encode() + tail)]):
            for record in one.read():
                assert not isinstance(record, Entry) or record.name
    except ListUnusable as error:
        assert "any" in error.sentence()
