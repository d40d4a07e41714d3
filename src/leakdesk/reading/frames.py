"""Who did what: every event of a sentence as a verb with its participants, from the tree alone.

A chain of verbs ("has offered to repay") is one event: its last verb. A light verb and its noun are one ("carry out repairs").
Subjects are restored: of a second verb, of a relative clause, of an infinitive, of "despite selling ...".
"""

from __future__ import annotations

from leakdesk.reading.frame import CLAUSE, COPULA, Frame
from leakdesk.reading.frames_roles import (
    lighten,
    object_behind_both,
    object_from_oblique,
    object_of,
    obliques_of,
    says_how_long,
)
from leakdesk.reading.frames_subject import (
    done_to,
    existential,
    lacks,
    nothing_is_done_to,
    shared_object,
    subject_of,
    there_is_none,
    they_at,
    they_did,
    was_done,
)
from leakdesk.reading.frames_verbless import nominal_predicates, offices_in_passing, verbless
from leakdesk.reading.lexicon import Lexicon
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.words import word_list


def frames(
    sentence: Sentence, words: Lexicon, shells: frozenset[int], cues: tuple[tuple[int, int], ...] = ()
) -> list[Frame]:
    """Events of a sentence. `shells` are start offsets of cue words whose content is read instead of them; `cues` spans of
    cue phrases, whose verbs are no events either."""
    made: list[Frame] = []
    taken: set[int] = set()
    for token in sentence.tokens:
        if token.i in taken or token.low in _PARTICLES or not _heads_clause(sentence, token):
            continue
        chain = _chain(sentence, token, words)
        taken.update(chain)
        if (token.start in shells and len(chain) == 1) or any(
            a <= sentence.tokens[chain[-1]].start < b
            for a, b in cues
            if b - a > sentence.tokens[chain[-1]].end - sentence.tokens[chain[-1]].start
        ):
            continue
        frame = _frame(sentence, chain, words)
        if frame is not None:
            made.append(frame)
    made += nominal_predicates(sentence)
    taken_too = {each.object for each in made}
    subjects = {each.subject for each in made}
    made += [
        each
        for each in verbless(sentence)
        if each.object not in taken_too and not (each.rule == "verbless-dash" and each.subject in subjects)
    ]
    made += offices_in_passing(sentence, words)
    return made


#: Particles of hearsay that end like verbs.
_PARTICLES = frozenset({"мовляв", "маўляў", "мол", "дескать", "бач"})


def _before_noun(sentence: Sentence, token: Token) -> bool:
    """«Простаивающий с весны завод»: a participle with words of its own before its noun tells an event."""
    if sentence.language == "en" or token.pos != "PTCP" or token.dep != "amod" or token.head <= token.i + 1:
        return False
    return any(
        each.dep in ("obl", "obj", "obl:agent", "iobj") and token.i < each.i < token.head and each.pos in ("N", "PN")
        for each in sentence.children(token.i)
    )


def _heads_clause(sentence: Sentence, token: Token) -> bool:
    if _before_noun(sentence, token):
        return True
    if token.pos not in CLAUSE or token.dep in (
        "aux",
        "aux:pass",
        "cop",
        "amod",
        "compound",
        "case",
        "flat",
        "det",
        "punct",
        "mark",
        "nummod",
        "nmod",
        "fixed",
    ):
        return False
    if token.pos == "AUX" and token.lemma not in COPULA and token.dep != "root":
        return False
    if token.pos == "PTCP" and token.dep in ("amod", "obj", "nsubj", "obl", "attr"):
        return False
    if (
        token.pos == "CONV"
        and token.dep == "conj"
        and token.head >= 0
        and sentence.tokens[token.head].pos in ("N", "PN")
    ):
        return False
    return not (
        token.pos == "CONV"
        and token.dep in ("nsubj", "obj", "obl", "nmod", "compound", "pobj", "attr", "conj")
        and not _has_argument(sentence, token)
    )


def _has_argument(sentence: Sentence, token: Token) -> bool:
    return sentence.child(token.i, "obj", "nsubj", "ccomp", "xcomp", "aux") is not None


_MUST = frozenset({"мати", "мець", "мусити", "мусіць", "могти", "магчы", "мочь", "смочь", "змогти", "змагчы"})


def _chain(sentence: Sentence, first: Token, words: Lexicon) -> list[int]:
    """From a verb down its infinitives to the one that names the event."""
    chain = [first.i]
    at = first
    while len(chain) < 5:
        nested = next(
            (
                t
                for t in sentence.children(at.i)
                if t.dep in ("xcomp", "oprd")
                and t.pos in ("INF", "V", "CONV", "PTCP", "AUX")
                and sentence.child(t.i, "nsubj") is None
            ),
            None,
        )
        nested = nested or _modal_complement(sentence, at, words)
        if nested is None or nested.i in chain:
            break
        own = sentence.child(at.i, "obj")
        shared = own is not None and own.i < at.i and at.lemma in _MUST  # «Нову дорогу мають відкрити»
        named = own is not None and nested.head == own.i  # «має намір продати»: the object itself names the plan
        if own is not None and nested.i > at.i and not (shared or named) and at.lemma not in words.modality["phase"]:
            break  # "sold sand to pay debts", "asked the depot to pay": two events
        chain.append(nested.i)
        at = nested
    return chain


def _modal_complement(sentence: Sentence, at: Token, words: Lexicon) -> Token | None:
    """ "is ready to sell", "has a plan to buy", "мае намер купіць": the event hangs on an adjective or noun."""
    for child in sentence.children(at.i):
        if child.dep in ("attr", "obj", "oprd", "acomp", "obl") and child.pos in ("A", "N", "V", "PTCP", "ADV"):
            for below in sentence.children(child.i):
                if below.dep in ("xcomp", "acl", "advcl", "nmod") and below.pos == "INF" and _plans(child, words):
                    return below
    return None


def _plans(token: Token, words: Lexicon) -> bool:
    nouns = (
        "plan",
        "intention",
        "offer",
        "promise",
        "attempt",
        "decision",
        "right",
        "намерение",
        "план",
        "намір",
        "намер",
        "plans",
        "попытка",
        "спроба",
        "возможность",
        "право",
        "можливість",
        "змога",
        "магчымасць",
    )
    return token.lemma in nouns or any(
        words.has_modality(kind, token.low, token.lemma) for kind in ("planned", "intended", "possible", "predicted")
    )


_ACTIVE_PARTICIPLES = ("щий", "щая", "щие", "щего", "щих", "вший", "вшая", "вшие", "вших", "вшего", "ing")


def _frame(sentence: Sentence, chain: list[int], words: Lexicon) -> Frame | None:
    first, event = sentence.tokens[chain[0]], sentence.tokens[chain[-1]]
    there = existential(sentence, chain)
    subject, restored = (there, False) if there is not None else subject_of(sentence, first, chain)
    objects = (object_of(sentence, sentence.tokens[k], words) for k in reversed(chain))
    obj = next((found for found in objects if found is not None), None) if there is None else None
    act = next((sentence.tokens[k] for k in chain[:-1] if sentence.tokens[k].lemma in word_list("refusals")), None)
    frame = Frame(
        chain=chain,
        event=event.i,
        lemma=_lemma(sentence, act or event),
        subject=subject,
        object=obj,
        kind=first.dep,
        restored=restored,
        negated=_negated(sentence, chain, words),
        passive=_passive(sentence, event),
        above=first.head if first.head >= 0 else None,
        marker=_marker(sentence, first),
    )
    _of_its_noun(sentence, frame, first, event)
    if frame.subject is None and sentence.language != "en":
        frame.subject = they_at(sentence, event, words)
    lighten(sentence, frame, words)
    if sentence.language != "en":
        they_did(sentence, frame, words)
        was_done(sentence, frame)
        there_is_none(sentence, frame)
        lacks(sentence, frame)
        nothing_is_done_to(sentence, frame)
        shared_object(sentence, frame, first)
    if frame.object is None and sentence.language == "en":
        frame.object = object_behind_both(sentence, event)
    frame.obliques = obliques_of(sentence, frame)
    if frame.object is None:
        object_from_oblique(sentence, frame)
    if frame.object is not None and says_how_long(sentence, frame):
        frame.object = None
    return frame


def _of_its_noun(sentence: Sentence, frame: Frame, first: Token, event: Token) -> None:
    """ "the bridge opened in May": a participle without a subject of its own tells of the noun that it hangs on."""
    if event.pos != "PTCP" or first.head < 0 or sentence.child(event.i, "nsubj") is not None:
        return
    if first.dep not in ("acl", "acl:relcl") and not _before_noun(sentence, first):
        return
    frame.passive, frame.subject, frame.restored = True, first.head, True
    if event.low.endswith(_ACTIVE_PARTICIPLES):
        frame.passive = False
    elif sentence.language != "en":
        done_to(sentence, frame, first.head)


def _lemma(sentence: Sentence, event: Token) -> str:
    particle = sentence.child(event.i, "compound:prt")
    return f"{event.lemma} {particle.low}" if particle is not None else event.lemma


def _negated(sentence: Sentence, chain: list[int], words: Lexicon) -> bool:
    """Negation on the chain, counted: "did not refuse to sell" is a sale; "no" before a participant counts as one."""
    count = 0
    for k in chain:
        token = sentence.tokens[k]
        if any(child.dep == "neg" and child.low not in ("only",) for child in sentence.children(k)):
            count += 1
        if (
            k != chain[-1]
            and words.has_modality("negative", token.low, token.lemma)
            and token.lemma not in word_list("refusals")
        ):
            count += 1
    event = chain[-1]
    for child in sentence.children(event) if sentence.language == "en" else ():
        if child.dep in ("nsubj", "obj", "nsubj:pass", "attr") and any(
            each.low in ("no", "neither", "not") and each.i < child.i
            for below in (child, *sentence.children(child.i))
            for each in sentence.children(below.i)
        ):
            count += 1
            break
    if sentence.language == "en" and any(
        child.dep in ("nsubj", "nsubj:pass", "obj") and child.low in ("nothing", "nobody", "none")
        for child in sentence.children(event)
    ):
        count += 1
    if sentence.language == "en" and any(
        child.low == "neither" and child.dep in ("cc", "advmod", "dep") for child in sentence.children(event)
    ):
        count += 1
    if len(chain) > 1 and any(child.low == "yet" for k in chain for child in sentence.children(k)):
        count += sentence.tokens[chain[0]].lemma in ("have", "be") and sentence.tokens[event].pos in ("INF", "V")
    if sentence.tokens[event].low in ("нет", "немає", "няма"):
        count += 1
    return (count + _barred(sentence, chain)) % 2 == 1


def _barred(sentence: Sentence, chain: list[int]) -> bool:
    """Whether one word beside an infinitive says that the deed must not be («принимать ткань нельзя»)."""
    around = {*chain, sentence.tokens[chain[0]].head, *(each.i for k in chain for each in sentence.children(k))}
    return any(sentence.tokens[at].low in word_list("barring") for at in around)


def _passive(sentence: Sentence, event: Token) -> bool:
    return event.passive or sentence.child(event.i, "aux:pass", "nsubj:pass") is not None


def _marker(sentence: Sentence, first: Token) -> str:
    """The word that opens the clause: "because", "despite", "with", "to"."""
    marks = [
        token.low
        for token in sentence.children(first.i)
        if token.dep in ("mark", "case", "advmod") and token.i < first.i
    ]
    return marks[0] if marks else ""
