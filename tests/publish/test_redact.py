"""Masks: every spelling, inflection, address and signature; and what stops the pack."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from leakdesk.cli.pack import why_blocked
from leakdesk.model.document import Role, Segment, TextLayer
from leakdesk.publish.inputs import CasePerson, ExposureFigures, PublicText
from leakdesk.publish.names import NameIndex
from leakdesk.publish.pack import build
from leakdesk.publish.private import private_values, rules
from leakdesk.publish.redact import NO_ROLE, Block, Redactor, names_somebody
from leakdesk.publish.roles import REASON, PersonRole, RoleDecision, RoleUnusable, decide
from tests.publish.house import LETTER, document, finding, letter, mention, pack_input, people


def _sentence(text: str, **options: bool) -> str:
    return Redactor(people(), **options).sentence(text, "note").text


@pytest.mark.parametrize(
    "form",
    [
        "Volha Kravets",
        "Ольги Кравец",
        "Ольгой",
        "Olga",
        "Вольга Кравец",
        "Вольгі",
        "Оля",
        "Олечке",
        "Kraviec",
        "KRAVETS",
        "Kra\u200bvets",
        "Крaвец",
    ],
)
def test_every_form_of_a_protected_name_is_masked(form: str) -> None:
    assert _sentence(f"They asked {form} again.") == "They asked [masked] again."


@pytest.mark.parametrize("near", ["Кравиц", "Kravits", "Karvets"])
def test_a_form_that_no_mask_knows_stops_the_pack(near: str) -> None:
    masked = Redactor(people()).sentence(f"They asked {near} again.", "note")
    assert [block.reason for block in masked.blocks] == ["a word close to a protected person's name that no mask knows"]
    start = "They asked ".__len__()
    cleared = Redactor(people(), cleared=frozenset({("note", start, start + len(near))}))
    assert cleared.sentence(f"They asked {near} again.", "note").blocks == ()


def test_ordinary_words_are_left_alone() -> None:
    text = "The second lathe went by road; the invoice was paid twice. Договор подписан, станок отправлен, деньги получены."
    assert _sentence(text) == text
    assert Redactor(people()).sentence(text, "note").blocks == ()


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_each_rule_finds_its_example_and_not_its_counter_example(rule: object) -> None:
    each = next(known for known in rules() if known is rule)
    assert [
        each.example[value.start : value.end] for value in private_values(each.example) if value.rule == each.id
    ] == [each.finds]
    assert [value for value in private_values(each.counter) if value.rule == each.id] == []


def test_numbers_for_people_only_when_asked_for() -> None:
    text = "Volha Kravets met Stsiapan Karatkou; Volha left +375 29 555-01-02."
    roles = people(e1="protected")
    assert Redactor(roles).sentence(text, "note").text == "[masked] met [masked] left [masked]"
    numbered = Redactor(roles, number_people=True).sentence(text, "note").text
    assert numbered == "[person 01] met [person 02] [person 01] left [masked]"


def test_the_width_of_a_mask_says_nothing() -> None:
    assert _sentence("a Volha b") == _sentence("a Volha Kravets Volha Kravets b") == "a [masked] b"


def test_signature_blocks_and_address_lines_are_masked_and_the_subject_is_not() -> None:
    body, sign = LETTER.index("Dear"), LETTER.index("-- ")
    layer = TextLayer(
        text=LETTER,
        extractor="test",
        segments=(
            Segment(start=0, end=body, role=Role.HEADER),
            Segment(start=body, end=sign, role=Role.BODY),
            Segment(start=sign, end=len(LETTER), role=Role.SIGNATURE),
        ),
    )
    made = document(LETTER, mentions=letter().mentions, layer=layer)
    pack = build(pack_input([finding("x", [(made, LETTER[: body - 2]), (made, LETTER[sign - 30 :])])], [made]))
    assert not pack.blocked, pack.blocked
    page = pack.files["index.html"].decode()
    assert "[masked] Subject: The lathe" in page
    assert "invoice says 240 000 euros.\n\n[masked]</blockquote>" in page
    assert "plant director" not in page


def test_a_shared_surname_is_masked_unless_it_is_clearly_the_other_person() -> None:
    persons = (*people(), CasePerson(entity="e3", names=("Piotr Kravets",), role=decide("official")))
    redactor = Redactor(persons)
    assert redactor.sentence("Minister Piotr Kravets signed.", "note").text == "Minister Piotr Kravets signed."
    assert redactor.sentence("Kravets signed.", "note").text == "[masked] signed."


def test_a_mention_decides_before_a_spelling_does() -> None:
    text = "Yesterday Kravets came and signed the paper for the plant."
    persons = (*people(), CasePerson(entity="e3", names=("Piotr Kravets",), role=decide("official")))
    for entity, shown in (("e3", True), ("e2", False)):
        made = document(text, mentions=[mention(text, "Kravets", entity=entity)])
        pack = build(pack_input([finding("Signed.", [(made, text)])], [made], persons=persons))
        assert not pack.blocked
        assert (b"Yesterday Kravets" in pack.files["index.html"]) is shown


# ---- roles ----


def test_roles_and_their_reasons() -> None:
    assert decide("professional", "kept the books").reason == "kept the books"
    with pytest.raises(RoleUnusable, match="needs --reason") as caught:
        decide("professional")
    assert caught.value.exit_code == 2
    with pytest.raises(RoleUnusable, match="takes no reason"):
        decide("protected", "a cousin")
    with pytest.raises(RoleUnusable, match="villain"):
        decide("villain")
    assert set(REASON) == set(PersonRole)


def _reasons(**changed: object) -> list[str]:
    return [block.reason for block in build(pack_input(**changed)).blocked]  # type: ignore[arg-type]


def test_somebody_without_a_role_stops_the_pack() -> None:
    assert "somebody is named who has no role" in _reasons(persons=people(e1=""))


def test_a_named_person_nobody_linked_stops_the_pack() -> None:
    text = "Then Ihar Dudko took the keys and drove the lorry away at night."
    made = document(text, mentions=[mention(text, "Ihar Dudko")])
    blocked = build(pack_input([finding("Keys.", [(made, text)])], [made])).blocked
    assert [(block.reason, block.text) for block in blocked] == [("somebody is named who has no role", "Ihar Dudko")]
    place = (made.document, text.index("Ihar"), text.index("Ihar") + len("Ihar Dudko"))
    assert not build(pack_input([finding("Keys.", [(made, text)])], [made], cleared=frozenset({place}))).blocked


def test_a_sentence_of_ours_is_held_to_the_same_rules() -> None:
    made = letter()
    quoted = [(made, "The invoice says  240 000 euros.")]
    assert (
        "[masked] paid."
        in build(pack_input([finding("Volha Kravets paid.", quoted)], [made])).files["index.html"].decode()
    )
    unsettled = people(e1="")
    blocked = build(pack_input([finding("Stsiapan Karatkou paid.", quoted)], [made], persons=unsettled)).blocked
    assert {block.reason for block in blocked} == {"somebody is named who has no role"}
    assert {block.people for block in blocked} == {("e1",)}


def test_who_blocks_a_pack_is_told_once_with_the_command_that_settles_it() -> None:
    blocks = [
        Block(reason=NO_ROLE, document="f1:sentence", start=0, end=9, text="Stsiapan", people=("e1", "e4")),
        Block(reason=NO_ROLE, document="f1:sentence", start=10, end=18, text="Karatkou", people=("e1",)),
        Block(reason=NO_ROLE, document="d1", start=4, end=21, text="Stsiapan Karatkou", people=("e1",)),
        Block(reason="this text is not what was sealed", document="d1"),
    ]
    assert why_blocked(blocks, {"e1": "Stsiapan Karatkou"}.__getitem__, Path("case")) == [
        "blocked: this text is not what was sealed  [d1]",
        "blocked: Stsiapan Karatkou (e1) is named and has no role; settle it with leakdesk roles case e1 ROLE"
        "  [f1:sentence:0-9]  [f1:sentence:10-18]  [d1:4-21]",
    ]


# ---- what else stops a pack ----


def test_an_empty_pack_is_refused() -> None:
    unmeasured = ExposureFigures(lowest=None, all_of_them=0, largest_share=0.0, reason="")
    assert _reasons(findings=(), exposure=unmeasured) == ["there is no accepted finding to publish"]


def test_a_text_that_is_not_what_was_sealed_is_refused() -> None:
    from dataclasses import replace

    made = letter()
    other = replace(made, key=bytes(32))
    assert "this text is not what was sealed" in _reasons(documents=(other,))


def test_a_superseded_document_is_refused_when_the_quotation_is_gone() -> None:
    made = letter()
    newer = document(LETTER.replace("second lathe left", "second machine left"), message=made.head)
    quoted = finding("x", [(made, "the second lathe left Minsk")])
    from dataclasses import replace

    blocked = build(pack_input([quoted], [replace(newer, document=made.document)])).blocked
    assert "a quotation no longer stands in its document (quotation absent)" in [block.reason for block in blocked]


@pytest.mark.parametrize(
    ("figures", "says"),
    [
        (ExposureFigures(lowest=4, all_of_them=4, largest_share=0.1), "fewer than 5"),
        (ExposureFigures(lowest=9, all_of_them=1, largest_share=0.5), "0.50 of the suspicion"),
        (ExposureFigures(lowest=None, all_of_them=0, largest_share=0.0), "not measured"),
        (ExposureFigures(lowest=1, all_of_them=1, largest_share=0.9, reason="Volha agreed"), "names somebody"),
        (ExposureFigures(lowest=1, all_of_them=1, largest_share=0.9, reason="ask a@b.example"), "names somebody"),
    ],
)
def test_too_few_holders_stop_the_pack(figures: ExposureFigures, says: str) -> None:
    reasons = _reasons(exposure=figures)
    assert len(reasons) == 1
    assert says in reasons[0]


def test_an_editor_s_reason_lets_it_pass_and_stays_out_of_it() -> None:
    figures = ExposureFigures(
        lowest=1, all_of_them=1, largest_share=0.9, reason="the letter was read out in parliament"
    )
    pack = build(pack_input(exposure=figures))
    assert not pack.blocked
    assert not any(b"parliament" in data for data in pack.files.values())


def test_reasons_that_name_nobody() -> None:
    assert not names_somebody("All recipients have since left the country and agreed in writing.", people())
    assert names_somebody("as Ольга asked", people())


# ---- P3: the same passage, readable elsewhere ----


def test_a_mask_that_a_published_report_undoes_is_refused() -> None:
    report = PublicText(name="report 1", text="He wrote: ask Volha Kravets by telephone, or write to the plant.")
    reasons = _reasons(public=(report,))
    assert reasons == []  # other words on one side of the mask: not the same passage
    report = PublicText(name="report 1", text="Stsiapan signed for it. Please ask Volha Kravets, phone")
    assert _reasons(public=(report,)) == [
        "what is masked here can be read in report 1: leave the passage out, or name the person"
    ]


def test_a_mask_that_a_quoted_reply_in_the_pack_undoes_is_refused() -> None:
    first = letter()
    text = "On Thursday he wrote:\n> signed for it. Please ask Vievalovich, phone me, before you write to the plant.\nI will.\n"
    reply = document(text)
    quoted = LETTER[LETTER.index("Stsiapan Karatkou signed") : LETTER.index(" The invoice")]
    findings = [finding("One.", [(first, quoted)]), finding("Two.", [(reply, text.strip())])]
    reasons = {block.reason for block in build(pack_input(findings, [first, reply])).blocked}
    assert reasons == {"what is masked here can be read in this pack: leave the passage out, or name the person"}


@pytest.mark.parametrize("said", ["it", "It", "more", "More", "with", "were", "said", "яна", "але"])
def test_an_ordinary_word_that_sounds_like_a_name_stays_readable(said: str) -> None:
    """A key of a name's tender form may be a word of any language; masking it hides the sentence and protects nobody."""
    person = CasePerson(entity="e1", names=("Marina Voleva", "ИТ Служба"), role=RoleDecision(role=PersonRole.PROTECTED))
    assert not list(NameIndex([person]).hits(f"and {said} of"))


def test_a_name_that_is_also_an_ordinary_word_is_masked_in_small_letters_too() -> None:
    person = CasePerson(entity="e1", names=("Will Harte",), role=RoleDecision(role=PersonRole.PROTECTED))
    assert list(NameIndex([person]).hits("ask will about it"))
    foreign = CasePerson(entity="e2", names=("Билл Харт",), role=RoleDecision(role=PersonRole.PROTECTED))
    assert list(NameIndex([foreign]).hits("Bill came."))


def test_a_country_in_any_case_is_close_to_nobodys_name() -> None:
    child = Redactor(tuple(replace(each, names=("Кіра Ланская",)) for each in people()[1:]))
    assert child.sentence("Ён быў на Кіпры.", "note").blocks == ()
    assert child.sentence("Ён быў з Кірай.", "note").text != "Ён быў з Кірай."
