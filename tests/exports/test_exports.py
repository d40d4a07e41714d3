"""Exports: masked and hash-free by default, INTERNAL on request, and valid in the tools they are made for."""

from __future__ import annotations

import csv
import importlib
import io
import json
import mailbox as stdlib_mailbox
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakdesk.exports import ach, annotations, dossier, ftm, mailbox, prov, tables
from leakdesk.exports.given import ExportDocument, Held
from leakdesk.exports.seen import View
from leakdesk.exports.view import view
from leakdesk.publish.residue import needles_for, scan
from tests.exports.parcel import case, whole
from tests.publish.house import people

FORMATS: dict[str, Callable[[View], Iterator[tuple[str, bytes]]]] = {
    "ftm": ftm.export,
    "annotations": annotations.export,
    "prov": prov.export,
    "csv": tables.export,
    "mbox": mailbox.export,
    "dossier": dossier.export,
    "ach": ach.export,
}


@pytest.mark.parametrize("name", FORMATS)
def test_masked_exports_hold_nothing_that_should_stay(name: str) -> None:
    files = whole(FORMATS[name](view(case())))
    internal = (
        "abab",
        "ab" * 32,
        "cd" * 32,
        "<77aa@plant.example>",
        "<88bb@home.example>",
        "parcel.zip",
        "09:12:44",
        *(each.document for each in case().documents),
    )
    found = scan(
        files,
        [
            *needles_for([], people()),
            *internal,
            *(each.layer.sha256 for each in case().documents),
            "c77",
            "phone: +375 29 555-01-02",
        ],
    )
    assert [(each.file, each.needle) for each in found.residues] == []
    assert b"INTERNAL" not in b"".join(files.values())


@pytest.mark.parametrize("name", FORMATS)
def test_internal_exports_say_so_in_name_and_content(name: str) -> None:
    files = whole(FORMATS[name](view(case(), internal=True)))
    assert all("INTERNAL" in file and b"INTERNAL" in data for file, data in files.items())
    if name in ("ftm", "csv", "mbox"):
        assert b"Volha Kravets" in b"".join(files.values())


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_case_gives_the_same_bytes(name: str) -> None:
    assert whole(FORMATS[name](view(case()))) == whole(FORMATS[name](view(case())))


def _lines(*, internal: bool) -> list[dict[str, object]]:
    (data,) = whole(ftm.export(view(case(), internal=internal))).values()
    return [json.loads(line) for line in data.decode().splitlines()]


def test_private_persons_are_nodes_without_names() -> None:
    persons = [line for line in _lines(internal=False) if line["schema"] == "Person"]
    assert sorted(str(line["properties"]) for line in persons) == [
        "{'alias': ['Степан Коротков'], 'country': ['by'], 'name': ['Stsiapan Karatkou']}",
        "{}",
    ]


@pytest.mark.parametrize("internal", [False, True])
def test_the_real_package_takes_every_entity_and_every_value(internal: bool) -> None:
    try:
        package = importlib.import_module("followthemoney")
    except ImportError:
        pytest.skip("followthemoney is not installed (extra `peers`): entities were not validated")
    for line in _lines(internal=internal):
        schema = package.model.get(line["schema"])
        assert schema is not None
        assert set(line["properties"]) <= set(schema.properties), "every property is the schema's own"  # type: ignore[call-overload]
        schema.validate({"properties": line["properties"]})
        entity = package.model.get_proxy(line, cleaned=False)
        cleaned = package.EntityProxy(schema, {**line}, cleaned=False)
        assert isinstance(line["properties"], dict)
        for prop, values in line["properties"].items():
            assert len(entity.get(prop)) == len(set(values)), (prop, values)
            assert len(cleaned.get(prop)) == len(set(values)), (prop, values)


def _rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_the_matrix_holds_each_passage_against_each_finding() -> None:
    rows = _rows(whole(ach.export(view(case())))["matrix.csv"])
    seen = list(view(case()).findings)
    assert [each.split(":")[0] for each in rows[0][2:]] == [each.id for each in seen]
    stances = {stance for each in seen for *_, stance in each.quotes}
    assert {cell for row in rows[1:-1] for cell in row[2:] if cell} == {ach.CELLS[s] for s in stances if s in ach.CELLS}
    assert rows[-1][1] == "speaks against it"


def test_no_cell_is_a_formula() -> None:
    for internal in (False, True):
        for data in whole(tables.export(view(case(), internal=internal))).values():
            cells = [cell for row in _rows(data) for cell in row]
            assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
            assert [cell for cell in cells if "\n" in cell or "\r" in cell] == []


@given(st.text(max_size=20))
def test_no_text_becomes_a_formula_or_a_second_row(text: str) -> None:
    (row,) = _rows(tables.table(["a"], [[text]]))[1:]
    assert row[0].lstrip(" \u00a0\"'")[:1] not in ("=", "+", "-", "@") or row[0].startswith("'")
    assert tables.safe_cell("=1") == "'=1"


def test_documents_go_by_one_after_another() -> None:
    """A format takes the next document only when it has let go of the last: memory does not grow with the case."""
    taken: list[str] = []

    class Watched(Held):
        def __iter__(self) -> Iterator[ExportDocument]:
            for each in super().__iter__():
                taken.append(each.document)
                yield each

    watched = replace(case(), documents=Watched(list(case().documents)))
    for export in (ftm.export, tables.export, mailbox.export, annotations.export):
        taken.clear()
        pieces = export(view(watched))
        for _ in pieces:
            if taken:
                break
        assert len(taken) == 1


@pytest.mark.slow
def test_libreoffice_finds_no_formula(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed: cells were not opened")
    (tmp_path / "a.csv").write_bytes(tables.table(["a"], [[sign + "1+1"] for sign in "=+-@\t\r"]))
    subprocess.run(
        [office, "--headless", "--convert-to", "fods", "--outdir", str(tmp_path), str(tmp_path / "a.csv")],
        check=True,
        timeout=120,
    )
    assert "table:formula" not in (tmp_path / "a.fods").read_text()


def _messages(tmp_path: Path, *, internal: bool) -> list[stdlib_mailbox.mboxMessage]:
    (data,) = whole(mailbox.export(view(case(), internal=internal))).values()
    (tmp_path / "m.mbox").write_bytes(data)
    return list(stdlib_mailbox.mbox(tmp_path / "m.mbox"))


def test_the_mbox_is_read_by_others_and_a_subject_stays_a_subject(tmp_path: Path) -> None:
    found = _messages(tmp_path, internal=False)
    assert len(found) == 2
    assert all(message["Bcc"] is None for message in found)
    assert {message["Message-ID"] for message in found} == {None}
    bodies = [message.get_payload(decode=True).decode() for message in found]  # type: ignore[union-attr]
    assert any("From now on write to [masked]" in body for body in bodies)


def test_an_internal_mbox_keeps_the_text_and_is_marked_as_rebuilt(tmp_path: Path) -> None:
    found = _messages(tmp_path, internal=True)
    assert [message["X-Leakdesk"] for message in found] == ["INTERNAL: rebuilt"] * 2
    assert {message["Message-ID"] for message in found} == {"<77aa@plant.example>", "<88bb@home.example>"}
    bodies = [message.get_payload(decode=True).decode() for message in found]  # type: ignore[union-attr]
    assert any("\n>From now on write to Volha Kravets." in body for body in bodies)


def test_annotations_are_of_the_standard_s_form() -> None:
    for internal in (False, True):
        (data,) = whole(annotations.export(view(case(), internal=internal))).values()
        collection = json.loads(data)
        assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
        items = collection["first"]["items"]
        assert collection["total"] == len(items) == 2
        for item in items:
            assert item["type"] == "Annotation"
            assert item["target"]["selector"][0]["type"] == "TextQuoteSelector"
            assert any(each["type"] == "TextPositionSelector" for each in item["target"]["selector"]) is (
                internal and "c77" in item["id"]
            )


def test_lineage_speaks_prov() -> None:
    (data,) = whole(prov.export(view(case()))).values()
    graph = json.loads(data)["@graph"]
    assert graph[0]["rdfs:label"] == "Report of [masked]"
    assert graph[0]["prov:wasDerivedFrom"] == [{"@id": "urn:leakdesk:node-2"}]
    assert graph[0]["prov:qualifiedDerivation"][0]["leakdesk:certainty"] == "stated"
