"""The history inside files: earlier states, boxes over text, hidden text, times, people, small pictures."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from leakdesk.authenticity import wording
from leakdesk.authenticity.observations import Observation
from leakdesk.authenticity.papers import PaperFacts, look_at_paper

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def pdf(content: str, info: str = "") -> bytes:
    """One page with a content stream, and an information dictionary."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 300] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< {info} >>",
    ]
    out, places = b"%PDF-1.5\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{each}\nendobj\n".encode("latin-1")
    table = "".join(f"{at:010} 00000 n \n" for at in places)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode() + b""
    return out + f"trailer\n<< /Size 7 /Root 1 0 R /Info 6 0 R >>\nstartxref\n{out.index(b'xref')}\n%%EOF\n".encode()


def updated(data: bytes, content: str) -> bytes:
    """The same file with its page's content replaced by an incremental update."""
    before = data.rindex(b"startxref\n")
    previous = data[before:].split()[1].decode()
    made = data + f"4 0 obj\n<< /Length {len(content)} >>\nstream\n{content}\nendstream\nendobj\n".encode()
    table = f"xref\n4 1\n{len(data):010} 00000 n \ntrailer\n<< /Size 7 /Root 1 0 R /Info 6 0 R /Prev {previous} >>\n"
    return made + table.encode() + f"startxref\n{len(made)}\n%%EOF\n".encode()


def docx(document: str = "", core: str = "", app: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="urn:w"><w:body>{document}</w:body></w:document>')
        archive.writestr("docProps/core.xml", f'<c:p xmlns:c="urn:c">{core}</c:p>')
        archive.writestr("docProps/app.xml", f'<p xmlns="urn:a">{app}</p>')
    return out.getvalue()


def rules(facts: PaperFacts) -> set[str]:
    for one in facts.found:
        assert one.places
        assert wording.observation_sentence(Observation(rule=one.rule, values=one.values, spots=()))
    assert not facts.problem
    return {one.rule for one in facts.found}


TEXT = "BT /F1 18 Tf 40 200 Td (Oskar Vellin signed) Tj ET"
BOX = "0 0 0 rg 30 190 250 30 re f"


def test_a_box_drawn_over_text_hides_nothing() -> None:
    facts = look_at_paper(pdf(f"{TEXT}\n{BOX}"), "application/pdf")
    (one,) = [each for each in facts.found if each.rule == "bad_redaction"]
    assert one.values["count"] == len("OskarVellinsigned")
    assert one.places[0].text == "Oskar Vellin signed"
    white = look_at_paper(pdf(f"{TEXT}\n{BOX.replace('0 0 0 rg', '1 1 1 rg')}"), "application/pdf")
    assert "bad_redaction" in rules(white)


@pytest.mark.parametrize(
    "content", [f"{BOX.replace('0 0 0 rg', '.8 .9 .8 rg')}\n{TEXT}", TEXT, f"{TEXT}\n0 0 0 rg 30 100 250 30 re f"]
)
def test_tables_and_letterheads_are_no_redactions(content: str) -> None:
    assert rules(look_at_paper(pdf(content), "application/pdf")) == set()


def test_earlier_states_are_read() -> None:
    data = updated(pdf(TEXT), "BT /F1 18 Tf 40 200 Td (Nobody signed) Tj ET")
    facts = look_at_paper(data, "application/pdf")
    assert rules(facts) == {"earlier_revisions", "revision_text"}
    told = next(each for each in facts.found if each.rule == "revision_text")
    assert told.values["count"] == 2
    assert all(data[place.start : place.end].startswith(b"startxref") for place in told.places)


def test_text_that_is_not_shown() -> None:
    assert rules(look_at_paper(pdf(f"BT 3 Tr /F1 18 Tf 40 200 Td (between us) Tj ET\n{TEXT}"), "application/pdf")) == {
        "hidden_text"
    }


def test_times_of_a_pdf() -> None:
    info = "/CreationDate (D:20310303094000Z) /ModDate (D:20310301094000Z) /Producer (LibreOffice 7.4)"
    assert rules(look_at_paper(pdf(TEXT, info), "application/pdf")) == {"changed_before_made"}
    early = "/CreationDate (D:20120303094000Z) /Producer (LibreOffice 7.4)"
    assert rules(look_at_paper(pdf(TEXT, early), "application/pdf")) == {"product_later"}


def test_people_prints_changes_and_hidden_text_of_a_letter() -> None:
    core = (
        "<creator>Ilse Morrant</creator><lastModifiedBy>Oskar Vellin</lastModifiedBy><lastPrinted>2031-03-01T09:00:00Z"
        "</lastPrinted><created>2031-02-01T09:00:00Z</created><modified>2031-03-03T09:00:00Z</modified>"
    )
    body = "<w:del><w:r><w:delText>nine valves</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>quietly</w:t></w:r>"
    facts = look_at_paper(docx(body, core), DOCX)
    assert rules(facts) == {"people_named", "printed_after_change", "tracked_changes", "hidden_text"}
    assert next(each for each in facts.found if each.rule == "tracked_changes").values["count"] == 2
    assert rules(look_at_paper(docx("<w:r><w:t>nine valves</w:t></w:r>"), DOCX)) == set()


def test_a_hidden_sheet() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "xl/workbook.xml", '<w xmlns="urn:x"><sheet name="Prices"/><sheet name="True prices" state="hidden"/></w>'
        )
    assert rules(look_at_paper(out.getvalue(), XLSX)) == {"hidden_text"}


def _jpeg(colour: int, thumbnail: int | None) -> bytes:
    out, small = io.BytesIO(), io.BytesIO()
    picture = Image.new("L", (200, 100), colour)
    if thumbnail is None:
        picture.save(out, "JPEG")
        return out.getvalue()
    Image.new("L", (40, 20), thumbnail).save(small, "JPEG")
    # A TIFF header, an empty main directory, and one that points at the small picture.
    size = len(small.getvalue())
    entries = b"\x02\x01\x04\x00\x01\x00\x00\x00" + (44).to_bytes(4, "little")
    entries = (
        b"\x01\x02\x04\x00\x01\x00\x00\x00"
        + (44).to_bytes(4, "little")
        + b"\x02\x02\x04\x00\x01\x00\x00\x00"
        + size.to_bytes(4, "little")
    )
    tiff = b"II*\x00\x08\x00\x00\x00" + b"\x00\x00" + (14).to_bytes(4, "little") + b"\x02\x00" + entries + b"\0\0\0\0"
    exif = b"Exif\0\0" + tiff.ljust(44, b"\0") + small.getvalue()
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_a_small_picture_that_shows_something_else() -> None:
    assert rules(look_at_paper(_jpeg(20, 230), "image/jpeg")) == {"thumbnail_differs"}
    assert rules(look_at_paper(_jpeg(120, 125), "image/jpeg")) == set()
    assert rules(look_at_paper(_jpeg(120, None), "image/jpeg")) == set()


@given(st.binary(max_size=300), st.integers(0, 900))
def test_damaged_files_are_a_problem_and_no_exception(junk: bytes, at: int) -> None:
    for data, kind in ((pdf(TEXT), "application/pdf"), (docx(), DOCX), (_jpeg(20, 230), "image/jpeg")):
        facts = look_at_paper(data[:at] + junk + data[at + 40 :], kind)
        assert isinstance(facts, PaperFacts)
