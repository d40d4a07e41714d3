"""The constructions of slavic_groups.toml: every group reads its example and nothing in its counter-example."""

from __future__ import annotations

import pytest

from leakdesk.reading.sentence import Token
from leakdesk.reading.slavic_constructions import FRAMES
from leakdesk.reading.slavic_groups import Group, groups, groups_of, listed
from tests.reading.test_sentences import read


@pytest.mark.parametrize("group", groups(), ids=lambda group: group.id)
def test_a_group_reads_its_example(group: Group) -> None:
    found = [
        (
            each.source.text if each.source else "",
            each.cue.text if each.cue else "",
            each.content.text if each.content else "",
        )
        for each in read(group.example, group.language).attributions  # type: ignore[arg-type]
    ]
    wanted = group.expect
    assert any(
        source == wanted[0]
        and wanted[1] in (cue, cue.split()[-1], f"{cue} {wanted[1].split()[-1]}")
        and content == wanted[2]
        for source, cue, content in found
    ), found


@pytest.mark.parametrize("group", groups(), ids=lambda group: group.id)
def test_a_group_reads_nothing_in_its_counter_example(group: Group) -> None:
    found = read(group.counter, group.language).attributions  # type: ignore[arg-type]
    assert not [each.rule for each in found if each.rule == f"governed-{group.id}"]


def test_groups_name_known_constructions_and_words_of_three_languages() -> None:
    for group in groups():
        assert set(group.frames) <= set(FRAMES), group.id
        assert all(group.members[language] for language in ("ru", "uk", "be")), group.id
    assert listed("asking") and listed("feelings")


def test_a_word_is_found_by_form_and_by_belarusian_short_u() -> None:
    word = Token(i=0, start=0, end=8, text="ўскладае", low="ўскладае", lemma="ўскладаць", pos="V")
    assert [group.id for group in groups_of(word, "be")] == ["shifts-the-blame"]
    assert groups_of(word, "en") == ()
