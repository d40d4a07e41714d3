"""Who did what: every event of a sentence as a verb with its participants, from the tree alone.

A chain of verbs ("has offered to repay") is one event: its last verb. A light verb and its noun are one ("carry out repairs").
Subjects are restored: of a second verb, of a relative clause, of an infinitive, of "despite selling ...".
"""

from __future__ import annotations

from dataclasses import dataclass, field

from leakdesk.language.concepts import concept_of, concepts, fold
from leakdesk.reading import spans
from leakdesk.reading.lexicon import Lexicon
from leakdesk.reading.patterns import antecedent
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.words import word_list

_CLAUSE = frozenset({"V", "INF", "CONV", "PTCP", "AUX"})
_COPULA = frozenset({"be", "remain", "become", "быть", "бути", "быць", "являться", "з'яўляцца", "є"})
_SEPARATE = frozenset({"ccomp", "advcl", "acl", "acl:relcl", "parataxis", "csubj"})


@dataclass(slots=True)
class Frame:
    """An event: indices into its sentence. `chain` runs from the first verb to the one that names the event; `event` is its
    last; `restored` says that the subject stands elsewhere; `kind` is how the clause hangs in the sentence."""

    chain: list[int]
    event: int
    lemma: str
    subject: int | None
    object: int | None
    kind: str
    restored: bool = False
    light: int | None = None
    obliques: list[tuple[str, int]] = field(default_factory=lambda: [])
    negated: bool = False
    passive: bool = False
    above: int | None = None
    marker: str = ""
    rule: str = "event"


def frames(
    sentence: Sentence, words: Lexicon, shells: frozenset[int], cues: tuple[tuple[int, int], ...] = ()
) -> list[Frame]:
    """Events of a sentence. `shells` are start offsets of cue words whose content is read instead of them; `cues` spans of
    cue phrases, whose verbs are no events either."""
    made: list[Frame] = []
    taken: set[int] = set()
    for token in sentence.tokens:
        if token.i in taken or not _heads_clause(sentence, token):
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
    made += _verbless(sentence)
    made += _apposed(sentence, words)
    return made


def _heads_clause(sentence: Sentence, token: Token) -> bool:
    if token.pos not in _CLAUSE or token.dep in (
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
    if token.pos == "AUX" and token.lemma not in _COPULA and token.dep != "root":
        return False
    if token.pos == "PTCP" and token.dep in ("amod", "obj", "nsubj", "obl", "attr"):
        return False
    return not (
        token.pos == "CONV"
        and token.dep in ("nsubj", "obj", "obl", "nmod", "compound", "pobj", "attr", "conj")
        and not _has_argument(sentence, token)
    )


def _has_argument(sentence: Sentence, token: Token) -> bool:
    return sentence.child(token.i, "obj", "nsubj", "ccomp", "xcomp", "aux") is not None


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
        if sentence.child(at.i, "obj") is not None and nested.i > at.i and at.lemma not in words.modality["phase"]:
            break  # "sold sand to pay debts", "asked the depot to pay": two events
        chain.append(nested.i)
        at = nested
    return chain


def _modal_complement(sentence: Sentence, at: Token, words: Lexicon) -> Token | None:
    """ "is ready to sell", "has a plan to buy", "мае намер купіць": the event hangs on an adjective or noun."""
    for child in sentence.children(at.i):
        if child.dep in ("attr", "obj", "oprd", "acomp", "obl") and child.pos in ("A", "N", "V", "PTCP", "ADV"):
            for below in sentence.children(child.i):
                if below.dep in ("xcomp", "acl", "advcl") and below.pos == "INF" and _plans(child, words):
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
    )
    return token.lemma in nouns or any(
        words.has_modality(kind, token.low, token.lemma) for kind in ("planned", "intended", "possible", "predicted")
    )


def _frame(sentence: Sentence, chain: list[int], words: Lexicon) -> Frame | None:
    first, event = sentence.tokens[chain[0]], sentence.tokens[chain[-1]]
    there = _existential(sentence, chain)
    subject, restored = (there, False) if there is not None else _subject(sentence, first, chain)
    obj = next(
        (found for k in reversed(chain) if (found := _object(sentence, sentence.tokens[k], words)) is not None), None
    )
    if there is not None:
        obj = None
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
    if (
        event.pos == "PTCP"
        and first.dep in ("acl", "acl:relcl")
        and first.head >= 0
        and sentence.child(event.i, "nsubj") is None
    ):
        frame.passive, frame.subject, frame.restored = True, first.head, True
        if event.low.endswith(
            ("щий", "щая", "щие", "щего", "щих", "вший", "вшая", "вшие", "вших", "вшего")
        ) or event.low.endswith("ing"):
            frame.passive = False
    if frame.subject is None and sentence.language != "en":
        frame.subject = _they_at(sentence, event, words)
    _lighten(sentence, frame, words)
    if sentence.language != "en":
        _they_did(sentence, frame)
        _was_done(sentence, frame)
        _there_is_none(sentence, frame)
    frame.obliques = _obliques(sentence, frame)
    if frame.object is None:
        _object_from_oblique(sentence, frame)
    return frame


def _lemma(sentence: Sentence, event: Token) -> str:
    particle = sentence.child(event.i, "compound:prt")
    return f"{event.lemma} {particle.low}" if particle is not None else event.lemma


def _existential(sentence: Sentence, chain: list[int]) -> int | None:
    """ "There were three motors": what there is, is the subject."""
    for k in chain:
        if sentence.child(k, "expl") is not None:
            there = sentence.child(k, "attr", "obj")
            return there.i if there is not None else None
    return None


def _subject(sentence: Sentence, first: Token, chain: list[int]) -> tuple[int | None, bool]:
    """Index of the subject's head, and whether it stands outside the clause of the verb."""
    for k in chain:
        own = sentence.child(k, "nsubj", "nsubj:pass", "csubj")
        if own is not None and own.dep != "csubj":
            top = antecedent(sentence, own)
            return top.i, top.i != own.i
    return _inherited(sentence, first, 0)


def _they_did(sentence: Sentence, frame: Frame) -> None:
    """«Деньги перевели через фирму»: money does not transfer; a thing before a plural verb of doing is its object."""
    if frame.subject is None or frame.restored or frame.object is not None or frame.passive:
        return
    event, subject = sentence.tokens[frame.chain[0]], sentence.tokens[frame.subject]
    if (
        event.number != "p"
        or event.pos != "V"
        or "a" not in (subject.cases or "a")
        or event.low.endswith(("ся", "сь", "цца"))
    ):
        return
    act = concept_of(sentence.tokens[frame.event].lemma, sentence.language, verbal=True)
    thing = concept_of(subject.lemma, sentence.language, verbal=False)
    if (
        act
        and thing
        and concepts()[act].group in ("transfer", "money", "make", "move", "upkeep", "conceal", "discover")
        and concepts()[thing].kind == "thing"
    ):
        frame.object, frame.subject = frame.subject, None


def _was_done(sentence: Sentence, frame: Frame) -> None:
    """«Было переведено 255 тыс. гривен», «оформлено партію»: an impersonal passive has an object and no subject."""
    event = sentence.tokens[frame.event]
    if (
        not frame.passive
        or frame.subject is None
        or frame.object is not None
        or frame.restored
        or not event.low.endswith(("но", "то"))
    ):
        return
    subject = sentence.tokens[frame.subject]
    counted = any(child.pos == "NUM" for child in sentence.children(subject.i))
    if counted or (subject.gender and subject.gender != "n") or subject.number == "p":
        frame.object, frame.subject = frame.subject, None


def _there_is_none(sentence: Sentence, frame: Frame) -> None:
    """«У нас нет стенда»: who has not, and what."""
    if sentence.tokens[frame.event].low not in ("нет", "немає", "няма"):
        return
    what = frame.subject if frame.subject is not None else frame.object
    owner = next((t for t in sentence.children(frame.event) if _preposition(sentence, t) in ("у", "в", "ў")), None)
    frame.object = what
    frame.subject = owner.i if owner is not None else None


def _they_at(sentence: Sentence, event: Token, words: Lexicon) -> int | None:
    """«В министерстве не ответили»: a plural verb without subject; the body it happens at acts."""
    if event.number != "p" or event.pos != "V" or sentence.child(event.i, "nsubj") is not None:
        return None
    for token in sentence.children(event.i):
        if (
            token.dep == "obl"
            and token.i < event.i
            and _preposition(sentence, token) in ("в", "во", "у", "ў", "на")
            and (words.speaks(token.low, token.lemma) or (token.pos == "N" and not is_temporal(token)))
        ):
            return token.i
    return None


def _inherited(sentence: Sentence, token: Token, depth: int) -> tuple[int | None, bool]:
    """The subject a verb without one takes over: of the verb it is joined to, of the clause it depends on."""
    if depth > 6 or token.head < 0:
        return None, True
    above = sentence.tokens[token.head]
    if token.dep in ("acl", "acl:relcl") and above.pos in ("N", "PN", "PRON", "NUM"):
        return (above.i, True) if token.pos in ("CONV", "PTCP") else (None, True)
    if token.dep in ("conj", "advcl", "xcomp", "parataxis", "ccomp", "dep", "oprd"):
        if token.dep == "xcomp":
            controlled = sentence.child(above.i, "obj", "iobj")
            if controlled is not None and controlled.i < token.i and token.pos == "INF":
                return controlled.i, True
        own = sentence.child(above.i, "nsubj", "nsubj:pass")
        if own is not None:
            if token.dep in ("ccomp", "parataxis") and token.pos == "V":
                return None, True
            return antecedent(sentence, own).i, True
        return _inherited(sentence, above, depth + 1)
    return None, True


def _object(sentence: Sentence, event: Token, words: Lexicon) -> int | None:
    token = sentence.child(event.i, "obj", "attr", "dobj", "oprd")
    if token is not None and token.pos not in ("V", "INF", "CONV"):
        if token.low in ("that", "which", "who", "whom") or token.pos == "REL":
            above = antecedent(sentence, token)
            return above.i if above.i != token.i else None
        return token.i
    del words
    return None


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
    for child in sentence.children(event):
        if child.dep in ("nsubj", "obj", "nsubj:pass", "attr") and any(
            each.low in ("no", "neither", "никакой", "жодний", "жодного", "ніякі", "никаких", "жодних")
            for each in sentence.children(child.i)
        ):
            count += 1
            break
    if sentence.language == "en" and any(
        child.dep in ("nsubj", "obj") and child.low in ("nothing", "nobody", "none")
        for child in sentence.children(event)
    ):
        count += 1
    if sentence.tokens[event].low in ("нет", "немає", "няма"):
        count += 1
    return count % 2 == 1


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


def _lighten(sentence: Sentence, frame: Frame, words: Lexicon) -> None:
    """ "carry out repairs of trams" -> repair(trams); "провели ремонт трамваев" -> отремонтировать(трамваев)."""
    for k in (frame.object, *(child.i for child in sentence.children(frame.event))):
        meant = _MEANT.get((frame.lemma, sentence.tokens[k].low)) if k is not None else None
        if meant is not None and k is not None:
            frame.lemma, frame.rule = meant, "light-verb"
            frame.object = None if frame.object == k else frame.object
            return
    if (
        "deny" in words.classes_of(sentence.tokens[frame.event].low, sentence.tokens[frame.event].lemma)
        and frame.object is not None
    ):
        _denied_act(sentence, frame)
        return
    nouns = words.light.get(fold(frame.lemma))
    if not nouns or frame.object is None:
        return
    noun = sentence.tokens[frame.object]
    meant = nouns.get(fold(noun.lemma)) or nouns.get(fold(noun.low))
    if meant is None:
        return
    frame.light = noun.i
    frame.lemma = meant
    target = next(
        (t for t in sentence.children(noun.i) if t.dep in ("nmod", "compound") and t.pos in ("N", "PN")), None
    )
    target = target or next(
        (
            t
            for t in sentence.children(frame.event)
            if t.dep == "obl" and _preposition(sentence, t) in ("of", "on", "to", "for")
        ),
        None,
    )
    frame.object = target.i if target is not None else noun.i
    frame.rule = "light-verb"


#: Endings of nouns that name an act.
_ACT_ENDINGS = ("ние", "ння", "нне", "ття", "тие", "цце", "tion", "ment", "ing", "sale", "dealing")


def _denied_act(sentence: Sentence, frame: Frame) -> None:
    """ "denies the sale of brakes": the act named by the noun is what is denied."""
    noun = sentence.tokens[frame.object or 0]
    concept = concept_of(noun.lemma, sentence.language, verbal=False)
    named = noun.low.endswith(_ACT_ENDINGS) or noun.lemma.endswith(_ACT_ENDINGS)
    if not named and (concept is None or concepts()[concept].kind != "event"):
        return
    target = sentence.child(noun.i, "nmod", "compound")
    frame.light, frame.lemma, frame.rule = noun.i, noun.lemma, "denied-act"
    frame.object = target.i if target is not None else None
    frame.negated = not frame.negated


def _preposition(sentence: Sentence, token: Token) -> str:
    return " ".join(child.low for child in sentence.children(token.i) if child.dep == "case" and child.i < token.i)


def _label(sentence: Sentence, token: Token, frame: Frame) -> str:
    """The preposition of an oblique; "@by", "@to", "@time" where its place or case says as much."""
    label = _preposition(sentence, token)
    if token.dep == "obl:agent":
        return "@by"
    if token.dep == "obl:tmod":
        return "@time"
    if label:
        return label
    if token.dep == "iobj" or token.cases == "d":
        return "@to"
    return "@by" if token.cases == "i" and frame.passive else ""


def _obliques(sentence: Sentence, frame: Frame) -> list[tuple[str, int]]:
    """(preposition, head) of everything beside subject and object, in order; "" for bare dative or instrumental."""
    found: list[tuple[str, int]] = []
    for k in dict.fromkeys([*frame.chain, frame.light if frame.light is not None else frame.event]):
        for token in sentence.children(k):
            if token.i in (frame.object, frame.subject) or token.i in frame.chain:
                continue
            if token.dep in ("obl", "iobj", "obl:agent", "obl:tmod", "nmod"):
                label = _label(sentence, token, frame)
                found.append((label, token.i))
    if frame.object is not None:
        for token in sentence.children(frame.object):
            label = _preposition(sentence, token)
            if token.dep == "nmod" and label and label not in ("of",):
                found.append((label, token.i))
    return found


_LINKING = frozenset(
    {"стать", "быть", "являться", "стати", "бути", "стаць", "быць", "з'яўляцца", "оказаться", "виявитися", "аказацца"}
)


def _object_from_oblique(sentence: Sentence, frame: Frame) -> None:
    """ "arrived in nine deliveries", "turn to a maker": without an object, the first participant after the verb stands in;
    a bare dative or a noun before a linking verb where there is no other."""
    later: list[int] = []
    for label, head in frame.obliques:
        token = sentence.tokens[head]
        linked = token.cases == "i" and frame.lemma in _LINKING
        if (label in ("@by", "@time") and not linked) or token.pos not in ("N", "PN", "NUM") or is_temporal(token):
            continue
        if frame.passive and label not in ("to", "into", "@to"):
            continue
        if label == "@to" or token.i < frame.event:
            if linked or token.i > frame.event:
                later.append(head)
            continue
        frame.object = head
        return
    if later:
        frame.object = later[0]


def is_temporal(token: Token) -> bool:
    """A noun (or a year) that says when, not who or what."""
    if token.lemma in word_list("temporal") or token.low in word_list("temporal"):
        return True
    return len(token.text) == 4 and token.text.isdigit() and token.text[:2] in ("18", "19", "20")


# ---------------------------------------------------------------- without a verb


def _verbless(sentence: Sentence) -> list[Frame]:
    """«Марчук — директор завода»: a nominal predicate with a subject, joined by a dash or a particle."""
    made: list[Frame] = []
    if sentence.language == "en":
        return made
    for token in sentence.tokens:
        if token.pos not in ("N", "PN", "A", "NUM") or token.dep not in ("root", "ccomp", "conj", "parataxis", "dep"):
            continue
        subject = sentence.child(token.i, "nsubj")
        if subject is None or subject.pos not in ("N", "PN", "PRON") or subject.i > token.i:
            continue
        between = [sentence.tokens[k] for k in range(subject.i + 1, token.i)]
        if not any(
            each.text in ("—", "-") or each.low in ("это", "це", "гэта") or each.dep == "cop" for each in between
        ):
            continue
        if any(each.pos == "V" and each.dep != "cop" for each in between):
            continue
        lemma = {"ru": "быть", "uk": "бути", "be": "быць"}[
            sentence.language if sentence.language in ("ru", "uk", "be") else "ru"
        ]
        made.append(
            Frame(
                chain=[token.i],
                event=token.i,
                lemma=lemma,
                subject=subject.i,
                object=token.i,
                kind=token.dep,
                rule="nominal-predicate",
            )
        )
    return made


def _apposed(sentence: Sentence, words: Lexicon) -> list[Frame]:
    """ "Oskar Vellin, director of the depot, ...": an office held, said in passing; only with a complement that names where."""
    del words
    made: list[Frame] = []
    for token in sentence.tokens:
        if token.dep != "appos" or token.pos != "N" or token.head < 0:
            continue
        head = sentence.tokens[token.head]
        if (
            head.pos != "PN"
            or token.i < head.i
            or sentence.tokens[token.i - 1].text == "("
            or sentence.tokens[head.i - 1].low in ("of", "from")
        ):
            continue
        complements = [
            child for child in sentence.children(token.i) if child.dep in ("nmod", "nmod:poss") and child.i > head.i
        ]
        article = sentence.child(token.i, "det") is not None and sentence.child(token.i, "amod", "compound") is not None
        if not complements and not article:
            continue
        lemma = {"en": "be", "ru": "быть", "uk": "бути", "be": "быць"}.get(sentence.language, "be")
        made.append(
            Frame(
                chain=[token.i],
                event=token.i,
                lemma=lemma,
                subject=head.i,
                object=token.i,
                kind="appos",
                restored=False,
                rule="office-in-apposition",
            )
        )
    return made


# ---------------------------------------------------------------- the clause as a span


_MEANT = {
    ("make", "public"): "publish",
    ("make", "known"): "announce",
    ("take", "place"): "happen",
    ("go", "missing"): "disappear",
    ("go", "bankrupt"): "fail",
}


def clause_indices(sentence: Sentence, frame: Frame, banned: frozenset[int]) -> list[int]:
    """Words of the smallest clause that carries an event: verb chain, participants inside the clause, modifiers."""
    if frame.rule in ("nominal-predicate", "office-in-apposition"):
        subject = spans.phrase(sentence, frame.subject or 0, appositions=False)
        return list(range(min(subject[0], frame.event), max(spans.phrase(sentence, frame.event)[-1], subject[-1]) + 1))
    core: set[int] = set(frame.chain)
    for k in frame.chain:
        for child in sentence.children(k):
            if (
                child.i in frame.chain
                or child.dep in ("punct", "cc", "mark", "dislocated", "conj")
                or child.i in banned
            ):
                continue
            if child.dep in _SEPARATE or (child.dep == "xcomp" and child.pos in _CLAUSE):
                continue
            if child.dep in ("nsubj", "nsubj:pass", "csubj") and child.pos in ("REL",):
                continue
            core |= {i for i in _argument(sentence, child) if i not in banned}
        core |= {
            child.i
            for child in sentence.children(k)
            if child.low == "to" and child.dep in ("aux", "mark") and child.i > frame.chain[0]
        }
    kept = sorted(core)
    run = _without_islands(sentence, kept, frame, banned)
    return sentence.trim(run)


def _argument(sentence: Sentence, child: Token) -> list[int]:
    """A participant's words with its preposition, without its relative clauses at the edge."""

    def outside(token: Token) -> bool:
        return token.dep in ("acl:relcl", "parataxis", "ccomp", "advcl") or (
            token.dep == "conj" and token.pos in ("V", "AUX")
        )

    return sentence.subtree(child.i, outside)


def _without_islands(sentence: Sentence, indices: list[int], frame: Frame, banned: frozenset[int]) -> list[int]:
    """One run from first to last word; a far, detached piece (beyond a comma and a verb that is not ours) is cut off."""
    if not indices:
        return []
    first, last = indices[0], indices[-1]
    have = set(indices)
    event = frame.event
    start = event
    for k in range(event, first - 1, -1):
        if k in have:
            start = k
        elif (
            k not in banned
            and sentence.tokens[k].pos == "V"
            and sentence.tokens[k].dep not in ("acl:relcl", "acl", "aux")
        ):
            break
    stop = event
    for k in range(event, last + 1):
        if k in have:
            stop = k
        elif (
            k not in banned
            and sentence.tokens[k].pos == "V"
            and sentence.tokens[k].dep not in ("acl:relcl", "acl", "aux")
        ):
            break
    return list(range(start, stop + 1))
