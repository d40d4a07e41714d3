"""Who says what by the constructions Slavic verbs govern (slavic_groups.toml), read from the order and the forms of the words.

The last sieve: it looks only at cue words that no pattern of the tree has used. A construction is a verb, a subject in its
clause (or a place, or nobody where the plural stands alone) and what the verb governs: «винят в пожаре», «божится, что».
"""

from __future__ import annotations

from leakdesk.model.claim import AttributionType
from leakdesk.reading import spans
from leakdesk.reading.attribution_found import Found, Text, is_gerund, overlap
from leakdesk.reading.attribution_tags import speaker_phrase
from leakdesk.reading.letters_words import verb_person
from leakdesk.reading.lexicon import Lexicon
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.slavic_clause import Around, around, somebody_else, source_run, speaker_of
from leakdesk.reading.slavic_constructions import content_of
from leakdesk.reading.slavic_groups import LANGUAGES, Group, groups_of, listed

#: Verbs that an infinitive of saying may stand behind: «успел пообещать».
_BEFORE_INFINITIVE = listed("before_infinitive")
#: Conjunctions whose clause tells of nothing said: conditions, wishes.
_SUPPOSED = frozenset({"если", "чтобы", "якщо", "якби", "щоб", "аби", "калі", "каб", "бы", "би", "б"})
_NOBODY = frozenset({"никто", "ніхто", "некому", "нікому"})


def by_government(text: Text, number: int, sentence: Sentence, words: Lexicon, found: list[Found]) -> list[Found]:
    """Attributions of the cue words that no earlier sieve has used. `found` are those of this sentence so far."""
    made: list[Found] = []
    if sentence.language not in LANGUAGES:
        return made
    for cue in sentence.tokens:
        if cue.start in text.used or text.in_speech(cue.start) or cue.pos in ("PUNCT", "PREP", "PN", "NUM", "CCONJ"):
            continue
        rows = groups_of(cue, sentence.language)
        if not rows or not _may_speak(sentence, cue, rows):
            continue
        clause = around(sentence, cue)
        one = next((each for group in rows if (each := _read(sentence, cue, clause, group, words))), None)
        if one is None or any(_same(one, other) for other in (*found, *made)):
            continue
        text.used.add(cue.start)
        one.sentence = number
        made.append(one)
    return made


def _same(one: Found, other: Found) -> bool:
    """Whether another attribution already tells the same content of the same cue, or holds the cue in its own cue."""
    if other.cue is not None and one.cue is not None and overlap(one.cue, other.cue) > 0:
        return True
    return other.content is not None and one.content == other.content


def _may_speak(sentence: Sentence, cue: Token, rows: tuple[Group, ...]) -> bool:
    """A finite verb of the third person, a predicate, or an infinitive behind «успел»."""
    if any(token.low in ("бы", "би", "б") for token in sentence.tokens[max(0, cue.i - 2) : cue.i + 3]):
        return False
    before = sentence.tokens[max(0, cue.i - 3) : cue.i]
    if cue.pos == "INF":
        return any(token.lemma in _BEFORE_INFINITIVE for token in before[-2:])
    if is_gerund(sentence, cue) or cue.pos == "CONV":
        return False
    if any(group.words for group in rows):
        return cue.pos in ("A", "V", "PTCP", "X", "ADV", "N") and not _describes(sentence, cue)
    finite = cue.pos in ("V", "AUX") or (cue.pos in ("N", "X") and cue.low.endswith(_FINITE) and not cue.forms)
    return finite and not cue.low.endswith(_FIRST_OR_SECOND) and verb_person(cue, sentence.language) is None


_FINITE = tuple(listed("finite"))

_FIRST_OR_SECOND = tuple(listed("first_or_second"))


def _describes(sentence: Sentence, cue: Token) -> bool:
    """«короткий перерыв»: an adjective right before its noun is no predicate."""
    after = sentence.tokens[cue.i + 1] if cue.i + 1 < len(sentence.tokens) else None
    return after is not None and after.pos in ("N", "PN") and cue.pos in ("A", "PTCP") and "n" in (after.cases or "")


def _negated(sentence: Sentence, cue: Token) -> bool:
    return any(token.low in ("не", "ні", "ни") for token in sentence.tokens[max(0, cue.i - 1) : cue.i])


def _read(sentence: Sentence, cue: Token, clause: Around, group: Group, words: Lexicon) -> Found | None:
    if _negated(sentence, cue) != group.negated or clause.opener in _SUPPOSED:
        return None
    if cue.i and sentence.tokens[cue.i - 1].low in ("стал", "стала", "стали", "стало"):
        return None
    if any(sentence.tokens[k].low in _NOBODY for k in clause.inside):
        return None
    speaker = speaker_of(sentence, cue, clause, group, words)
    if speaker is None and not group.restored and not (group.nobody and _nobody(cue)):
        return None
    if speaker is None and (clause.opener or somebody_else(sentence, cue, clause)):
        return None
    source: list[int] = []
    if speaker is not None:
        source = [k for k in speaker_phrase(sentence, speaker, words) if (k < cue.i) == (speaker < cue.i)]
        source = [k for k in source if k in clause.reach] or [speaker]
        source = source_run(sentence, speaker, source, cue, clause)
    for frame in group.frames:
        if speaker is None and group.restored and frame != "colon":
            continue
        content = content_of(sentence, cue, clause, frame, source, group)
        if content is not None and content[1] - content[0] > 1:
            return _made(sentence, cue, group, words, speaker, source, content)
    return None


def _nobody(cue: Token) -> bool:
    """A plural without a subject: «обещают», «обвинили»."""
    return cue.number == "p" and cue.pos == "V" and not cue.passive


def _made(
    sentence: Sentence,
    cue: Token,
    group: Group,
    words: Lexicon,
    speaker: int | None,
    source: list[int],
    content: spans.Range,
) -> Found:
    paper = speaker is not None and words.is_document(sentence.tokens[speaker].low, sentence.tokens[speaker].lemma)
    type_: AttributionType = group.type  # type: ignore[assignment]
    if type_ == "indirect" and paper:
        type_ = "evidential"
    elif type_ == "indirect" and speaker is None and not group.restored:
        type_ = "agentless"
    return Found(
        type_,
        "governed-" + group.id,
        source=spans.extent(sentence, source) if source else None,
        cue=(cue.start, cue.end),
        content=content,
        cue_class=group.cue_class,
        source_head=speaker if speaker is not None else -1,
        hedged=type_ == "agentless",
        # Without an event of its own the saying is the event («обещают зарплату»).
        nominal=not spans.holds_verb(sentence, content, (cue.start, cue.end), (*spans.VERBAL, "PTCP")),
    )
