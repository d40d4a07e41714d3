"""A case for the tests of exports: the letter, a reply with a hostile subject, entities, a finding, a lineage."""

from __future__ import annotations

from collections.abc import Iterable

from leakdesk.exports.given import ExportDocument, ExportInput, Held
from leakdesk.model.claim import Claim, Predicate, Quote
from leakdesk.model.derivation import Certainty, Derivation, Lineage, Node
from leakdesk.model.document import MailAddress, MessageHead, Role, Segment, TextLayer
from leakdesk.model.entity import Entity
from tests.publish.house import LETTER, finding, head, letter, mention, people

HOSTILE = '=HYPERLINK("http://x.example";"<script>alert(1)</script>")\r\nBcc: all@plant.example'
REPLY = "From: x\n\n+1+1 and @SUM(A1)\nFrom now on write to Volha Kravets.\n\ttab\n"


def _layer(text: str) -> TextLayer:
    end = text.index("\n\n") + 2
    return TextLayer(
        text=text,
        extractor="test",
        segments=(Segment(start=0, end=end, role=Role.HEADER), Segment(start=end, end=len(text), role=Role.BODY)),
    )


def case() -> ExportInput:
    """Everything an export can hold."""
    source = letter()
    at = LETTER.index("the second lathe")
    exact = LETTER[at : at + 50]
    claim = Claim(
        id="c77",
        quote=Quote(exact=exact, prefix="", suffix="", start=at, end=at + 50),
        subject=None,
        predicate=Predicate(text="left", lemma="leave", class_="move"),
        object=None,
        sentence="Volha Kravets says the second lathe left Minsk.",
    )
    place = mention(LETTER, "Minsk", "place", "e9")
    first = ExportDocument(
        document=source.document,
        schema="Email",
        layer=_layer(LETTER),
        head=head(),
        media_type="message/rfc822",
        languages=("en", "ru"),
        sha256="ab" * 32,
        location=("parcel.zip", "s.karatkou.mbox", "1"),
        mentions=(*source.mentions, place),
        claims=(claim,),
    )
    second = ExportDocument(
        document="dff0",
        schema="Email",
        layer=_layer(REPLY),
        head=MessageHead(
            subject=HOSTILE,
            sender=(MailAddress(name="Volha Kravets", address="o.kravets@home.example"),),
            to=(MailAddress(name="Stsiapan Karatkou", address="s.karatkou@plant.example"),),
            date="2021-05-07T10:00:00+03:00",
            message_id="<88bb@home.example>",
            in_reply_to="<77aa@plant.example>",
        ),
        parent=source.document,
        sha256="cd" * 32,
        mentions=(mention(REPLY, "Volha Kravets", entity="e2"),),
    )
    entities = (
        Entity(
            id="e1",
            schema="Person",
            caption="Stsiapan Karatkou",
            names=("Stsiapan Karatkou", "Степан Коротков"),
            countries=("by",),
        ),
        Entity(
            id="e2",
            schema="Person",
            caption="Volha Kravets",
            names=("Volha Kravets", "Ольга Кравец"),
            countries=("by",),
        ),
        Entity(id="e9", schema="Address", caption="Minsk", names=("Minsk",)),
    )
    nodes = (
        Node(id="n1", kind="report", name="Report of Volha Kravets"),
        Node(id="n2", kind="documents", name="the letters"),
    )
    edge = Derivation(
        source="n1", target="n2", relation="obtainedVia", certainty=Certainty.STATED, reasons=("says so",)
    )
    return ExportInput(
        documents=Held((first, second)),
        entities=entities,
        people=people(),
        findings=(finding("Volha Kravets wrote of a lathe.", [(source, exact)]),),
        lineage=Lineage(nodes=nodes, edges=(edge,), roots=("n2",), at_least=1, at_most=1),
    )


def whole(pieces: Iterable[tuple[str, bytes]]) -> dict[str, bytes]:
    """The files of an export."""
    files: dict[str, bytes] = {}
    for name, piece in pieces:
        files[name] = files.get(name, b"") + piece
    return files
