"""What English verbs of saying govern beside a clause: a thing, "against ...", a thing "as ..." (attribution_frames.toml).

The frames are few and hold for whole classes of verbs. What is said begins with the object or the preposition and runs to the
end of its clause; who says it is the subject, or whom the clause is about, or whoever stands behind "by".
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from leakdesk.model.claim import AttributionType
from leakdesk.reading import spans
from leakdesk.reading.attribution_found import Found, Text, class_of, is_negated
from leakdesk.reading.attribution_shapes import SHAPES, clause_end
from leakdesk.reading.attribution_tags import speaker_phrase
from leakdesk.reading.attribution_tree_silence import decides
from leakdesk.reading.lexicon import Lexicon
from leakdesk.reading.patterns_needs import antecedent
from leakdesk.reading.sentence import Sentence, Token


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame of attribution_frames.toml."""

    id: str
    shape: str
    verbs: frozenset[str]
    preps: frozenset[str]
    nouns: frozenset[str]
    source: str
    content: str
    early: bool
    thing: bool
    number: bool
    type: str
    example: str
    expect: tuple[str, str, str]
    counter: str


@lru_cache(maxsize=1)
def frames() -> tuple[Frame, ...]:
    """The frames of attribution_frames.toml, in order."""
    raw = tomllib.loads((files("leakdesk.reading") / "attribution_frames.toml").read_text("utf-8"))["frame"]
    return tuple(
        Frame(
            id=each["id"],
            shape=each["shape"],
            verbs=frozenset(each["verbs"]),
            preps=frozenset(each.get("preps", ())),
            nouns=frozenset(each.get("nouns", ())),
            source=each["source"],
            content=each["content"],
            early=each.get("early", False),
            thing=each.get("thing", False),
            number=each.get("number", False),
            type=each.get("type", "indirect"),
            example=each["example"],
            expect=tuple(each["expect"]),
            counter=each["counter"],
        )
        for each in raw
    )


@lru_cache(maxsize=2)
def _by_verb(early: bool) -> Mapping[str, tuple[Frame, ...]]:
    table: dict[str, list[Frame]] = {}
    for frame in frames():
        if frame.early == early:
            for verb in frame.verbs:
                table.setdefault(verb, []).append(frame)
    return {verb: tuple(each) for verb, each in table.items()}


def framed(
    text: Text, number: int, sentence: Sentence, words: Lexicon, *, early: bool, papers: bool = False
) -> list[Found]:
    """Attributions of the frames: those that take more than the patterns do first (`early`), the others on what these left.
    `papers`: the sentence before is about something written, so "they" may be it."""
    if sentence.language != "en" or (sentence.tokens and sentence.tokens[-1].text == "?"):
        return []
    found: list[Found] = []
    for cue in sentence.tokens:
        known = _by_verb(early).get(cue.lemma)
        if known is None or cue.start in text.used or not _is_told(sentence, cue):
            continue
        for frame in known:
            made = _fit(sentence, cue, frame, words, papers=papers)
            if made is not None:
                made.sentence = number
                text.used.add(cue.start)
                if frame.shape == "noun" and (noun := sentence.child(cue.i, "obj")) is not None:
                    text.used.add(noun.start)
                found.append(made)
                break
    return found


_UNREAL = frozenset({"may", "might", "could", "should", "must", "would", "to"})


def _is_told(sentence: Sentence, cue: Token) -> bool:
    """Whether the verb tells of something done: no infinitive, no "might", no "after saying", nothing negated."""
    if cue.pos not in ("V", "CONV", "PTCP") or (is_negated(sentence, cue) and cue.lemma != "plead"):
        return False
    if cue.pos == "CONV" and sentence.child(cue.i, "mark", "case") is not None:
        return False
    return not any(child.dep == "aux" and child.low in _UNREAL for child in sentence.children(cue.i))


def _fit(sentence: Sentence, cue: Token, frame: Frame, words: Lexicon, *, papers: bool) -> Found | None:
    passive = sentence.child(cue.i, "aux:pass") is not None
    source = _source(sentence, cue, words, passive=passive)
    if source is None or not _may_speak(source, frame, words, papers=papers):
        return None
    if frame.shape in ("np", "number") and (
        decides(sentence, cue, source.i) or (cue.lemma == "count" and cue.tense != "pres")
    ):
        return None
    turned = passive and frame.shape != "np-inf"
    inside = _turned_content(sentence, cue, frame) if turned else _content(sentence, cue, frame)
    if not inside or (frame.thing and not passive and _is_person(sentence, cue, words)):
        return None
    last = inside[0] - 1 if not turned and _with_cue(frame) else cue.i
    paper = words.is_document(source.low, source.lemma)
    type_: AttributionType = "evidential" if paper else "speech_act" if frame.type == "speech_act" else "indirect"
    who = [k for k in speaker_phrase(sentence, source.i, words) if (k < cue.i) == (source.i < cue.i)]
    if passive:
        who = _before_value(sentence, who)
    return Found(
        type_,
        frame.id,
        source=spans.extent(sentence, who),
        cue=(cue.start, sentence.tokens[max(last, cue.i)].end),
        content=spans.extent(sentence, inside),
        cue_class=class_of(words, cue) or "say",
        source_head=source.i,
        nominal=frame.shape in ("np", "noun", "number", "phrasal"),
    )


def _before_value(sentence: Sentence, who: list[int]) -> list[int]:
    """ "estimated by auditors at nine million": the value is not who estimates."""
    at = next((k for k in who if sentence.tokens[k].low in ("at", "as", "for", "on")), None)
    return [k for k in who if at is None or k < at]


def _with_cue(frame: Frame) -> bool:
    """Whether the preposition or particle belongs to the cue ("hints at", "ruled out")."""
    return frame.shape == "phrasal" or (frame.shape == "pp" and frame.content == "behind")


# ---------------------------------------------------------------- who


def _source(sentence: Sentence, cue: Token, words: Lexicon, *, passive: bool) -> Token | None:
    """The subject; of a second verb that of the first; of a participle whom it hangs on; of a passive who stands behind "by"."""
    if passive:
        return sentence.child(cue.i, "obl:agent")
    at = cue
    for _ in range(5):
        subject = sentence.child(at.i, "nsubj")
        if subject is not None:
            subject = antecedent(sentence, subject)
            return None if subject.low in _NOBODY or subject is cue else subject
        above = sentence.tokens[at.head] if at.head >= 0 else None
        if at.dep == "acl" and at.pos == "CONV" and above is not None and above.pos in ("N", "PN", "PRON"):
            if words.is_document(above.low, above.lemma) or above.head < 0 or above.dep.startswith("nsubj"):
                return above
            at = next((t for t in sentence.ancestors(above.i) if t.pos in ("V", "AUX")), above)
            if at is above:
                return above
            continue  # "wrote to all holders reminding them": whoever wrote
        joined = at.dep == "conj" or (at is cue and cue.pos == "CONV" and at.dep in ("advcl", "xcomp"))
        if not joined or above is None or above.pos not in ("V", "AUX", "CONV", "PTCP", "A"):
            return None
        at = above
    return None


_NOBODY = frozenset({"nobody", "none", "what", "nothing", "neither", "no-one", "there", "that", "this"})


def _may_speak(source: Token, frame: Frame, words: Lexicon, *, papers: bool) -> bool:
    if frame.source == "any":
        return True
    paper = words.is_document(source.low, source.lemma)
    if frame.source == "paper":
        return paper or (papers and source.low in ("they", "it", "these"))
    return (
        paper
        or source.pos in ("PN", "PRON", "DET", "NUM")
        or source.number == "p"
        or words.speaks(source.low, source.lemma)
        or source.lemma.endswith(_DOERS)
    )


#: Endings of nouns that name persons by what they do or belong to.
_DOERS = ("er", "or", "ist", "man", "woman", "person", "ian", "ant", "ee", "eer", "ship", "ate")


def _is_person(sentence: Sentence, cue: Token, words: Lexicon) -> bool:
    """Whether what is told of is somebody: "fears the captain", "recalls him", "named a new coach"."""
    thing = sentence.child(cue.i, "obj")
    if thing is None or thing.pos not in ("N", "PN", "PRON"):
        return False
    return thing.pos == "PN" or thing.low in _THEM or words.is_people(thing.low, thing.lemma)


_THEM = frozenset({"him", "her", "them", "me", "us", "you", "himself", "herself", "themselves", "itself"})


# ---------------------------------------------------------------- what


def _content(sentence: Sentence, cue: Token, frame: Frame) -> list[int]:
    start = SHAPES[frame.shape](sentence, cue, frame)
    if start is None:
        return []
    stop = clause_end(sentence, cue, start)
    if frame.shape == "plea":
        stop = start + (sentence.tokens[start].low in ("not", "no"))
    elif frame.shape == "np" and sentence.tokens[start].pos == "PRON" and sentence.tokens[start].dep != "nmod:poss":
        stop = start
    return sentence.trim(list(range(start, stop + 1)))


def _turned_content(sentence: Sentence, cue: Token, frame: Frame) -> list[int]:
    """ "The claim was denied by the firm": what is denied is the subject; with "as" or "at" the whole clause."""
    if frame.shape not in ("np", "np-pp"):
        return []
    subject = sentence.child(cue.i, "nsubj:pass")
    if subject is None or subject.pos not in ("N", "PN", "PRON"):
        return []
    inside = spans.phrase(sentence, subject.i) or [subject.i]
    if frame.shape == "np":
        return inside
    tokens = sentence.tokens
    end = clause_end(sentence, cue, cue.i)
    behind = next((t for t in tokens[cue.i + 1 : end + 1] if t.low in frame.preps), None)
    if behind is None or (frame.number and not any(t.pos == "NUM" for t in tokens[behind.i : end + 1])):
        return []
    return sentence.trim(list(range(inside[0], end + 1)))
