"""News sentences of many domains, each with who says what and its claims: no language may fall below what it reached."""

from __future__ import annotations

from pathlib import Path

import pytest

from leakdesk.model.claim import Attribution, Claim, Reading
from leakdesk.model.document import Language, Role, Segment, TextLayer
from leakdesk.reading.read import read_text
from tests.reading.scorer import Count, iou, one_to_one, same_word

HERE = Path(__file__).parent / "sentences"
#: language -> least F of claim hits, of three heads, of attributions.
FLOORS: dict[Language, tuple[float, float, float]] = {
    "en": (0.87, 0.78, 0.78),
    "ru": (0.94, 0.88, 0.92),
    "uk": (0.94, 0.84, 0.88),
    "be": (0.90, 0.78, 0.88),
}
Gold = tuple[str, list[list[str]], list[list[list[str]]]]


def sentences(language: str) -> list[Gold]:
    """(sentence, attributions, claims) of a file."""
    found: list[Gold] = []
    for line in (HERE / f"{language}.txt").read_text("utf-8").splitlines():
        kind, rest = line[0], line[2:]
        if kind == "S":
            found.append((rest, [], []))
        elif kind == "A":
            found[-1][1].append(rest.split("|"))
        else:
            found[-1][2].append([each.split(",") for each in rest.split("|")])
    return found


def read(text: str, language: Language) -> Reading:
    standing = Segment(start=0, end=len(text), role=Role.STANDFIRST, language=language)
    return read_text(TextLayer(text=text, extractor="test", segments=(standing,)), language=language)


def head_right(mine: str | None, wanted: list[str], language: str) -> bool:
    if mine is None:
        return "-" in wanted
    return any(each != "-" and same_word(mine, each, language) for each in wanted)


def heads(claim: Claim, gold: list[list[str]], language: str) -> int:
    return (
        head_right(claim.subject.head if claim.subject else None, gold[0], language)
        + any(same_word(claim.predicate.lemma, each, language) for each in gold[1])
        + head_right(claim.object.head if claim.object else None, gold[2], language)
    )


def attribution_right(mine: Attribution, gold: list[str], text: str) -> float:
    def overlap(span: object, wanted: str) -> float:
        places = [None if each == "-" else (text.find(each), text.find(each) + len(each)) for each in wanted.split("~")]
        own = (span.start, span.end) if span is not None else None  # type: ignore[attr-defined]
        return max(1.0 if place is None and own is None else iou(own, place) for place in places)

    source, content = overlap(mine.source, gold[0]), overlap(mine.content, gold[2])
    return source + content if source >= 0.6 and content >= 0.8 else 0.0


@pytest.mark.parametrize("language", FLOORS)
def test_sentences_of_new_domains_are_read(language: Language) -> None:
    hit, three, said = Count(), Count(), Count()
    for text, attributions, claims in sentences(language):
        reading = read(text, language)

        def enough(mine: Claim, gold: list[list[str]]) -> float:
            return count if (count := heads(mine, gold, language)) >= 2 else 0

        pairs = one_to_one(list(reading.claims), claims, enough)
        whole = sum(heads(mine, gold, language) == 3 for mine, gold in pairs)
        hit.add(Count(len(pairs), len(reading.claims), len(claims)))
        three.add(Count(whole, len(reading.claims), len(claims)))
        right = one_to_one(
            list(reading.attributions), attributions, lambda mine, gold, text=text: attribution_right(mine, gold, text)
        )
        said.add(Count(len(right), len(reading.attributions), len(attributions)))
    for least, count in zip(FLOORS[language], (hit, three, said), strict=True):
        assert count.f >= least, f"{count.f:.3f} below {least}"
