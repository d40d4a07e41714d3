"""Who says what: source, cue and content, found by sieves from certain to loose; each result names its rule.

Order: labels (`Source:`), quotations, tree patterns, "according to", "as X reports", hearsay. A cue word is used once. What
is asked or denied to have been said becomes no claim. Attributions nest: a smaller content inside a larger one has the
larger as its parent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from leakdesk.model.anchor import span_of
from leakdesk.model.claim import Attribution
from leakdesk.model.document import Role, Segment
from leakdesk.model.ids import span_id
from leakdesk.reading.attribution_clauses import that_clauses
from leakdesk.reading.attribution_colons import colon_clauses, headline_source
from leakdesk.reading.attribution_comments import as_somebody_says
from leakdesk.reading.attribution_found import Found, Text, lies_inside
from leakdesk.reading.attribution_frames import framed
from leakdesk.reading.attribution_hearsay import hearsay_phrases, pointing_back
from leakdesk.reading.attribution_names import with_name
from leakdesk.reading.attribution_nouns import named_sayings
from leakdesk.reading.attribution_quotes import direct_speech
from leakdesk.reading.attribution_slavic import by_government
from leakdesk.reading.attribution_sources import named_sources
from leakdesk.reading.attribution_tags import comma_tags
from leakdesk.reading.attribution_tellings import in_their_words, own_account
from leakdesk.reading.attribution_trees import by_patterns, speaks_of_papers
from leakdesk.reading.lexicon import lexicon
from leakdesk.reading.nearby import Nearby
from leakdesk.reading.parse import READ
from leakdesk.reading.sentence import Sentence
from leakdesk.reading.spans import Range


def find(
    sheet: str, sentences: list[Sentence], segments: tuple[Segment, ...], people: Sequence[Range] = ()
) -> list[Found]:
    """All attributions of a text, in order of their place. `people` are spans of persons' names, in order: a source that ends
    inside one, or right before one that its office belongs to, holds the whole of it."""
    text = Text(sheet, sentences, segments)
    found = _labels(text)
    direct = direct_speech(text)
    found += direct
    by_sentence: dict[int, list[Found]] = {}
    for each in direct:
        by_sentence.setdefault(each.sentence, []).append(each)
    for number, sentence in enumerate(sentences):
        if sentence.language not in READ:
            continue
        words = lexicon(sentence.language)
        mine = by_sentence.get(number, [])
        here = list(mine)
        here += [
            each
            for each in headline_source(number, sentence, words)
            if not any(
                other.content and each.content and each.content[0] <= other.content[0] < each.content[1]
                for other in mine
            )
        ]
        here += own_account(text, number, sentence, words)
        here += named_sayings(text, number, sentence, words)
        here += in_their_words(text, number, sentence, words)
        here += named_sources(text, number, sentence, words)
        here += as_somebody_says(text, number, sentence, words)
        here += comma_tags(text, number, sentence, words)
        here += colon_clauses(text, number, sentence, words)
        papers = number > 0 and speaks_of_papers(sentences[number - 1], words)
        here += framed(text, number, sentence, words, early=True, papers=papers)
        here += by_patterns(text, number, sentence, words, mine, papers=papers)
        here += that_clauses(text, number, sentence, words)
        here += by_government(text, number, sentence, words, here)
        here += framed(text, number, sentence, words, early=False, papers=papers)
        _share_content(here)
        here += hearsay_phrases(text, number, sentence, words, here)
        here += pointing_back(text, number, sentence, words)
        found += here[len(mine) :]
    for each in found:
        if each.source is not None and people:
            each.source = with_name(text, each.source, each.cue, people)
    return sorted(_once(found), key=lambda each: ((each.cue or each.content or each.source or (0, 0))[0], each.rule))


_CITING = (
    "citing",
    "quoting",
    "referring",
    "со ссылкой",
    "ссылаясь",
    "із посиланням",
    "з посиланням",
    "посилаючись",
    "са спасылкай",
    "спасылаючыся",
)


def _share_content(mine: list[Found]) -> None:
    """ "The agency, citing a court, writes that C": the court, too, is the source of C."""
    for each in mine:
        if (
            each.rule != "according-to"
            or each.cue is None
            or each.content is None
            or each.cue_text is None
            or not each.cue_text.startswith(_CITING)
        ):
            continue
        for other in mine:
            if (
                other is not each
                and other.content is not None
                and other.rule != "according-to"
                and not lies_inside(each.cue, other.content)
            ):
                each.content = other.content
                break


def _once(found: list[Found]) -> list[Found]:
    """One attribution a cue and content; the first sieve wins."""
    kept: list[Found] = []
    seen: set[tuple[Range | None, Range | None]] = set()
    for each in found:
        key = (each.cue, each.content)
        if each.content is not None and each.content[0] >= each.content[1]:
            continue
        if key in seen:
            continue
        seen.add(key)
        kept.append(each)
    return kept


_SOURCE_LABEL = re.compile(r"^\W*(sources?|via|источник\w*|джерел\w+|крыніц\w+)\s*:", re.I)


def _labels(text: Text) -> list[Found]:
    """`Source: X, ...`: X stands for the whole text."""
    found: list[Found] = []
    for segment, following in zip(text.segments, text.segments[1:], strict=False):
        label = text.sheet[segment.start : segment.end]
        if segment.role != Role.LABEL or not _SOURCE_LABEL.match(label):
            continue
        line_end = text.sheet.find("\n", following.start)
        line_end = following.end if line_end < 0 else min(line_end, following.end)
        line = text.sheet[following.start : line_end]
        name = re.match(r"\s*((?:[^,;(\n]|\([^)]*\))+)", line)
        if name is None or not name.group(1).strip():
            continue
        start = following.start + name.start(1)
        content = name.group(1).rstrip(" .")
        found.append(Found("label", "label-source", source=(start, start + len(content))))
    return found


def as_attributions(text: str, sha256: str, found: list[Found], resolve: dict[Range, str]) -> tuple[Attribution, ...]:
    """Attributions with ids and parents; `resolve` maps a source's span to an entity id."""
    ordinals: dict[tuple[int, int, str], int] = {}
    made: list[Attribution] = []
    for each in found:
        place = each.content or each.cue or each.source
        if place is None:
            continue
        key = (place[0], place[1], each.type)
        ordinals[key] = ordinals.get(key, -1) + 1
        made.append(
            Attribution(
                id=span_id("a", sha256, place[0], place[1], each.type, ordinals[key]),
                type=each.type,
                source=span_of(text, *each.source) if each.source else None,
                cue=span_of(text, *each.cue) if each.cue else None,
                content=span_of(text, *each.content) if each.content else None,
                resolved_source=resolve.get(each.source or each.spoken or (-1, -1)),
                hedged=each.hedged,
                parent=None,
                rule=each.rule,
                cue_class=each.cue_class,
            )
        )
    near = Nearby((each.content.start, each.content.end, each) for each in made if each.content is not None)
    return tuple(
        replace(each, parent=_parent(each, near.at(each.content.start))) if each.content is not None else each
        for each in made
    )


def _parent(child: Attribution, all_: list[Attribution]) -> str | None:
    """The smallest content that holds the whole of another attribution (its cue or source, and its content)."""
    if child.content is None:
        return None
    marks = [span for span in (child.cue, child.source) if span is not None]
    best: Attribution | None = None
    for other in all_:
        if other is child or other.content is None:
            continue
        outer = (other.content.start, other.content.end)
        inner = (child.content.start, child.content.end)
        if (
            not lies_inside(inner, outer)
            or (marks and not any(lies_inside((span.start, span.end), outer) for span in marks))
            or inner == outer
        ):
            continue
        if (
            best is None
            or best.content is None
            or other.content.end - other.content.start < best.content.end - best.content.start
        ):
            best = other
    return best.id if best else None
