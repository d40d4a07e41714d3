"""P1 and P2: nothing redacted is left in any byte stream of a pack, and the scanner would find it if it were."""

from __future__ import annotations

import random
import shutil

import pytest

from leakdesk.publish.inputs import CasePerson
from leakdesk.publish.residue import needles_for, scan
from leakdesk.publish.roles import decide
from tests.attacks.bad_packs import LATIN, PICTURE_WAYS, TEXT_WAYS, bad_pack
from tests.publish.house import LETTER, good_pack, letter, people


def _needles() -> tuple[str, ...]:
    masked = [place.text for place in good_pack().masked]
    document = letter()
    internal = (document.document, document.layer.sha256, "<77aa@plant.example>", "09:12:44", *document.attachments)
    return needles_for(masked, people(), internal)


def test_a_good_pack_has_no_residue() -> None:
    found = scan(good_pack().files, _needles())
    assert found.residues == ()
    assert found.foreign == ()
    assert len(_needles()) >= 10


def _missed(count: int) -> list[tuple[str, str]]:
    missed: list[tuple[str, str]] = []
    for seed in range(count):
        way, secret, files = bad_pack(seed)
        changed = {name: data for name, data in files.items() if data != good_pack().files.get(name)}
        if not scan(changed, [secret]).residues:
            missed.append((way, secret))
    return missed


def test_one_bad_pack_of_every_kind_is_found() -> None:
    assert _missed(len(TEXT_WAYS)) == []


@pytest.mark.slow
def test_two_hundred_bad_packs_are_found() -> None:
    assert _missed(200) == []


@pytest.mark.parametrize("way", PICTURE_WAYS)
def test_names_in_pictures_are_read(way: str) -> None:
    if shutil.which("tesseract") is None:
        pytest.skip("tesseract is not installed: pictures were not read")
    secret = LATIN[1]
    assert scan(PICTURE_WAYS[way](dict(good_pack().files), secret), [secret]).residues


def test_without_tesseract_an_unread_picture_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    found = scan(PICTURE_WAYS["picture of a name"](dict(good_pack().files), LATIN[0]), [LATIN[0]])
    assert found.not_read == ("documents/1.png: a picture, needs tesseract",)


def test_a_foreign_file_is_residue_whatever_it_holds() -> None:
    found = scan({**good_pack().files, "letter.docx": b"PK"}, ["Nobody Atall"])
    assert (found.foreign, found.clean) == (("letter.docx",), False)


def test_a_report_of_residue_is_no_residue_itself() -> None:
    _, secret, files = bad_pack(10)
    assert secret not in repr(scan(files, [secret]))


def test_short_names_are_words_of_their_own() -> None:
    assert scan({"README.txt": b"signed by Li yesterday"}, ["Li"]).residues
    assert not scan({"README.txt": b"living in Berlin"}, ["Li"]).residues


def test_no_stretch_of_an_original_is_shared_but_what_is_shown() -> None:
    """P2: no 64 bytes in a row of the original stand in the pack, except inside a passage that is shown."""
    everything = b"\n".join(good_pack().files.values())
    shown = everything.decode("utf-8", "replace")
    raw = LETTER.encode()
    runs = [raw[at : at + 64] for at in range(len(raw) - 64)]
    shared = [run for run in runs if run in everything]
    passage = (
        "the second lathe left Minsk on 4 May by the road through Gomel. Stsiapan Karatkou signed for it. Please ask "
    )
    assert all(run.decode() in passage for run in shared)
    assert passage in shown


def test_planted_strings_in_unquoted_places_never_arrive() -> None:
    """P1: strings planted all over a case, outside the quotation, stand nowhere in the pack."""
    from leakdesk.model.document import MailAddress, MessageHead
    from leakdesk.publish.pack import build
    from tests.publish.house import document, finding, pack_input

    chance = random.Random(3)
    for number in range(12):
        planted = [f"planted{chance.randrange(10**9):09d}" for _ in range(8)]
        text = f"{planted[0]} before\nThe invoice says 240 000 euros for {number}.\nafter {planted[1]} {planted[2]}\n"
        head = MessageHead(
            subject=planted[3],
            sender=(MailAddress(name=planted[4], address=f"{planted[5]}@example.org"),),
            date="2021-05-06T01:02:03+03:00",
            message_id=f"<{planted[6]}@example.org>",
        )
        made = document(text, message=head, attachments=(planted[7].encode().hex().ljust(64, "0")[:64],))
        pack = build(pack_input([finding("An invoice.", [(made, "The invoice says 240 000 euros")])], [made]))
        assert not pack.blocked
        assert scan(pack.files, planted).residues == ()


def test_a_name_that_somebody_who_may_be_named_shares_is_no_residue() -> None:
    shared = CasePerson(entity="p1", names=("Полозняк В.А.",), role=decide("protected"))
    public = CasePerson(entity="p2", names=("Полозняк В.А.", "Виктор Полозняк"), role=decide("official"))
    alone = CasePerson(entity="p3", names=("Алёна Полозняк",), role=decide("protected"))
    needles = needles_for([], [shared, public, alone])
    assert "Полозняк В.А." not in needles
    assert "Алёна Полозняк" in needles
    # Where it was masked in the very passage, it must be gone.
    assert "Полозняк В.А." in needles_for(["Полозняк В.А."], [shared, public, alone])
