"""What a letter does by saying so: it asks, offers, orders, confirms, promises, refuses. Source (if said), verb, and what.

«Просим оплатить счёт», "We can offer you 400 sacks", "Please quote a price". The act is an attribution; what is asked or
offered stays a claim of its own.
"""

from __future__ import annotations

from leakdesk.reading import spans
from leakdesk.reading.attribution_found import Found
from leakdesk.reading.letters import Parties, asks_reader_here
from leakdesk.reading.letters_words import asks, base_of, is_act, verb_person
from leakdesk.reading.lexicon import lexicon
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.spans import Range

_CLASSES = frozenset({"ask", "promise", "reject"})
_CLAUSAL = ("xcomp", "ccomp", "obj", "advcl", "acl")


def with_acts(sentences: list[Sentence], known: list[Found], parties: Parties) -> list[Found]:
    """What is known and the speech acts of a letter, in order of their place."""
    every = [*known, *find(sentences, known, parties)]
    return sorted(every, key=lambda each: ((each.cue or each.content or each.source or (0, 0))[0], each.rule))


def find(sentences: list[Sentence], known: list[Found], parties: Parties) -> list[Found]:
    """Speech acts that the general sieves did not see, in order of their place."""
    taken: dict[int, list[Range]] = {}
    for each in known:
        if each.cue is not None:
            taken.setdefault(each.sentence, []).append(each.cue)
    found: list[Found] = []
    for number, sentence in enumerate(sentences):
        if sentence.language not in ("en", "ru", "uk", "be"):
            continue
        for token in sentence.tokens:
            if any(a <= token.start < b for a, b in taken.get(number, [])):
                continue
            made = _act(sentence, token, parties)
            if made is not None:
                made.sentence = number
                found.append(made)
    return found


def _act(sentence: Sentence, token: Token, parties: Parties) -> Found | None:
    order = asks_reader_here(sentence, token) and token.low != "let"
    if not order and not _performs(sentence, token):
        return None
    content, clausal = _content(sentence, token)
    if content is None or (not clausal and not order and _refuses(sentence, token)):
        return None
    subject = sentence.child(token.i, "nsubj")
    words = lexicon(sentence.language)
    classes = words.classes_of(token.low, base_of(token)) & _CLASSES
    kind = (
        "ask" if order or asks(token) else next((each for each in ("promise", "reject") if each in classes), "promise")
    )
    return Found(
        "speech_act",
        "letter-order" if order else "letter-act",
        source=spans.extent(sentence, spans.phrase(sentence, subject.i)) if subject is not None else None,
        cue=(token.start, token.end),
        content=content,
        cue_class=kind if clausal else "noun",
        nominal=not clausal or order,
        source_head=subject.i if subject is not None else -1,
        spoken=_unsaid(sentence, token, parties) if subject is None else None,
    )


def _performs(sentence: Sentence, token: Token) -> bool:
    """A finite verb of an act, not denied, not asked about, not what somebody is told to do."""
    if token.pos not in ("V", "INF") or token.passive or not is_act(token, sentence.language):
        return False
    if sentence.child(token.i, "neg") is not None or sentence.child(token.i, "ccomp") is not None:
        return False
    if token.pos == "INF":
        above = sentence.tokens[token.head] if token.head >= 0 else None
        return above is not None and token.dep == "xcomp" and above.lemma in ("can", "мочь", "могти", "магчы")
    return sentence.tokens[-1].text != "?"


def _refuses(sentence: Sentence, token: Token) -> bool:
    return (lexicon(sentence.language).classes_of(token.low, base_of(token)) & _CLASSES) == frozenset({"reject"})


def _content(sentence: Sentence, token: Token) -> tuple[Range | None, bool]:
    """What is asked or offered, and whether it is a clause: the infinitive with all that is its own, else the object."""
    below = sentence.children(token.i)
    infinitive = next(
        (each for each in below if each.pos == "INF" and each.dep in _CLAUSAL and each.i > token.i),
        None,
    )
    if infinitive is not None:
        return _clause(sentence, token, infinitive), True
    thing = next((each for each in below if each.dep in ("obj", "attr", "dobj") and each.pos not in ("V", "INF")), None)
    if thing is None:
        said = next((each for each in below if each.dep == "ccomp" and each.i > token.i), None)
        return (_after_mark(sentence, said), True) if said is not None else (None, False)
    return _thing(sentence, thing.i), False


def _thing(sentence: Sentence, head: int) -> Range | None:
    """A noun phrase with the prepositional phrases that hang on it."""
    inside = spans.phrase(sentence, head)
    for child in sentence.children(head):
        if child.dep == "nmod" and child.i > head:
            branch = sentence.subtree(child.i)
            if inside and branch[0] <= inside[-1] + 1:
                inside = sorted({*inside, *branch})
    return spans.extent(sentence, sentence.trim(inside))


def _after_mark(sentence: Sentence, verb: Token) -> Range | None:
    """A clause without the word that opens it."""
    mark = sentence.child(verb.i, "mark")
    return spans.extent(sentence, sentence.trim([k for k in sentence.subtree(verb.i) if mark is None or k > mark.i]))


def _clause(sentence: Sentence, token: Token, infinitive: Token) -> Range | None:
    inside = [k for k in sentence.subtree(infinitive.i) if k > token.i]
    if sentence.language == "en":
        owner = sentence.child(token.i, "obj", "iobj")
        if owner is not None and token.i < owner.i < infinitive.i:
            inside = sorted({*spans.phrase(sentence, owner.i), *inside})
    fronted = [
        each for each in sentence.children(infinitive.i) if each.i < token.i and each.dep in ("obj", "obl", "iobj")
    ] + [
        each
        for each in sentence.children(token.i)
        if each.i < token.i and each.dep == "obj" and sentence.language != "en"
    ]
    run = sentence.run(inside, infinitive.i) if infinitive.i in inside else inside
    run = sentence.trim(run)
    if fronted:
        return sentence.tokens[min(each.i for each in fronted)].start, sentence.tokens[run[-1]].end
    return spans.extent(sentence, run)


def _unsaid(sentence: Sentence, token: Token, parties: Parties) -> Range | None:
    """Where the one who speaks stands in the letter, when the form of the verb says who it is."""
    party = parties.of("author" if verb_person(token, sentence.language) != "reader" else "reader")
    if party is None or (sentence.language == "en") or verb_person(token, sentence.language) is None:
        return None
    return party.start, party.end
