"""A small invented case for the tests of publishing: documents, people, keys, findings; every random number from a seed."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping, Sequence
from functools import cache

from leakdesk.model.anchor import anchor_at
from leakdesk.model.claim import Finding, FindingState, Support
from leakdesk.model.document import MailAddress, MessageHead, TextLayer
from leakdesk.model.entity import Mention, MentionType
from leakdesk.model.ids import document_id, span_id
from leakdesk.publish.inputs import CasePerson, CaseSeal, ExposureFigures, PackDocument, PackInput, PublicText
from leakdesk.publish.pack import Pack, build
from leakdesk.publish.roles import RoleDecision, decide
from leakdesk.publish.seal import header_fields, seal_document
from leakdesk.publish.signing import SigningKey

SAFE = ExposureFigures(lowest=12, all_of_them=9, largest_share=0.1)
LETTER = (
    "From: Stsiapan Karatkou <s.karatkou@plant.example>\nTo: Volha Kravets <o.kravets@home.example>\nSubject: The lathe\n\n"
    "Dear Volha,\n\nthe second lathe left Minsk on 4 May by the road through Gomel. "
    "Stsiapan Karatkou signed for it. Please ask Ольгу Кравец, phone +375 29 555-01-02, before you write to the plant. "
    "The invoice says  240 000 euros.\n\n-- \nStsiapan Karatkou\nplant director\n"
)


def key_of(name: str) -> bytes:
    """32 bytes that depend on a word only."""
    return hashlib.sha256(b"test key " + name.encode()).digest()


def mention(text: str, words: str, type_: MentionType = "person", entity: str | None = None, at: int = 0) -> Mention:
    """The mention of `words` in `text`, from position `at` on."""
    start = text.index(words, at)
    layer = TextLayer(text=text, extractor="test")
    return Mention(
        id=span_id("m", layer.sha256, start, start + len(words), type_),
        start=start,
        end=start + len(words),
        text=words,
        type=type_,
        normal=words,
        rules=("test",),
        confidence="likely",
        entity=entity,
    )


def head() -> MessageHead:
    """The head of the letter."""
    return MessageHead(
        subject="The lathe",
        sender=(MailAddress(name="Stsiapan Karatkou", address="s.karatkou@plant.example"),),
        to=(MailAddress(name="Volha Kravets", address="o.kravets@home.example"),),
        date="2021-05-06T09:12:44+03:00",
        date_utc="2021-05-06T06:12:44Z",
        message_id="<77aa@plant.example>",
    )


def document(
    text: str,
    *,
    mentions: Sequence[Mention] = (),
    message: MessageHead | None = None,
    attachments: tuple[str, ...] = (),
    layer: TextLayer | None = None,
) -> PackDocument:
    """A sealed document with a key of its own."""
    layer = layer or TextLayer(text=text, extractor="test")
    key = key_of(layer.sha256)
    return PackDocument(
        document=document_id(layer.sha256),
        layer=layer,
        key=key,
        sealed=seal_document(text, header_fields(message), attachments, key),
        head=message,
        attachments=attachments,
        mentions=tuple(mentions),
    )


def finding(sentence: str, quotes: Sequence[tuple[PackDocument, str]], name: str = "") -> Finding:
    """An accepted finding that quotes the given words; further quotes than the first are support."""
    anchors = [
        anchor_at(
            each.layer.text,
            each.layer.text.index(words),
            each.layer.text.index(words) + len(words),
            document=each.document,
            text_sha256=each.layer.sha256,
        )
        for each, words in quotes
    ]
    return Finding(
        id=name or "f" + hashlib.sha256(sentence.encode()).hexdigest()[:12],
        state=FindingState.ACCEPTED,
        sentence=sentence,
        claim="c1",
        document=quotes[0][0].document if quotes else "",
        quotes=tuple(anchors[:1]),
        support=tuple(Support(anchor=anchor, stance="supports") for anchor in anchors[1:]),
    )


def people(**roles: str) -> tuple[CasePerson, ...]:
    """The director and the protected acquaintance of the letter; roles can be changed by entity id."""
    chosen = {"e1": "subject", "e2": "protected", **roles}

    def role(entity: str) -> RoleDecision | None:
        return (
            decide(chosen[entity], "did the books" if chosen[entity] == "professional" else "")
            if chosen[entity]
            else None
        )

    return (
        CasePerson(
            entity="e1",
            names=("Stsiapan Karatkou", "Степан Коротков"),
            role=role("e1"),
            values=("s.karatkou@plant.example",),
        ),
        CasePerson(
            entity="e2", names=("Volha Kravets", "Ольга Кравец"), role=role("e2"), values=("o.kravets@home.example",)
        ),
    )


def letter() -> PackDocument:
    """The letter, with its mentions."""
    return document(
        LETTER,
        mentions=(
            mention(LETTER, "Stsiapan Karatkou", entity="e1"),
            mention(LETTER, "Volha Kravets", entity="e2"),
            mention(LETTER, "Stsiapan Karatkou", entity="e1", at=LETTER.index("Gomel")),
            mention(LETTER, "Ольгу Кравец", entity="e2"),
            mention(LETTER, "+375 29 555-01-02", "phone"),
        ),
        message=head(),
        attachments=(hashlib.sha256(b"invoice.pdf").hexdigest(),),
    )


def pack_input(
    findings: Sequence[Finding] | None = None,
    documents: Sequence[PackDocument] | None = None,
    *,
    persons: tuple[CasePerson, ...] | None = None,
    exposure: ExposureFigures = SAFE,
    public: tuple[PublicText, ...] = (),
    number_people: bool = False,
    cleared: frozenset[tuple[str, int, int]] = frozenset(),
) -> PackInput:
    """Everything for a pack of the letter, unless other things are given."""
    documents = documents if documents is not None else (letter(),)
    if findings is None:
        quoted = "the second lathe left Minsk on 4 May by the road through Gomel. Stsiapan Karatkou signed for it. Please ask Ольгу Кравец, phone +375 29 555-01-02, before you write to the plant."
        findings = (
            finding(
                "A second lathe left Minsk on 4 May 2021.",
                [(documents[0], quoted), (documents[0], "The invoice says  240 000 euros.")],
            ),
        )
    by_id: Mapping[str, PackDocument] = {each.document: each for each in documents}
    return PackInput(
        findings=tuple(findings),
        documents=by_id,
        people=people() if persons is None else persons,
        case=CaseSeal(key=key_of("case"), commitments=tuple(each.sealed.commitment for each in documents) + others()),
        signing_key=SigningKey(secret=key_of("signing")),
        exposure=exposure,
        public=public,
        number_people=number_people,
        cleared=cleared,
    )


def others(count: int = 17) -> tuple[bytes, ...]:
    """Commitments of documents that are not in the pack."""
    return tuple(
        seal_document(f"letter number {number}", (), (), key_of(str(number))).commitment for number in range(count)
    )


@cache
def good_pack() -> Pack:
    """A pack of the letter."""
    pack = build(pack_input())
    assert not pack.blocked, pack.blocked
    return pack


_WORDS = [
    "the",
    "plant",
    "sent",
    "a",
    "lathe",
    "to",
    "a",
    "firm",
    "in",
    "May",
    "and",
    "the",
    "invoice",
    "named",
    "grinder",
    "Минск",
    "завод",
    "станок",
    "договор",
    "оплата",
    "через",
    "фірму",
]


def random_pack(seed: int) -> Pack:
    """A pack with one to three invented documents and findings, from a seed."""
    chance = random.Random(seed)
    documents: list[PackDocument] = []
    findings: list[Finding] = []
    for number in range(chance.randint(1, 3)):
        words = [chance.choice(_WORDS) for _ in range(chance.randint(20, 120))]
        words[chance.randrange(len(words))] = "Volha"
        text = chance.choice(["", "\ufeff\n"]) + chance.choice([" ", "\n", "  "]).join(words) + f" {seed}.{number}\n"
        made = document(text, message=head() if chance.random() < 0.5 else None)
        at = chance.randrange(len(words) - 8)
        start = text.index(" ".join(words[at : at + 1]), 0)
        stop = min(len(text) - 4, start + chance.randint(30, 160))
        documents.append(made)
        findings.append(finding(f"Finding {seed} number {number}.", [(made, text[start:stop])]))
    return build(pack_input(findings, documents))
