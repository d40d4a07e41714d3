"""Events without a verb: nominal predicates and offices told in passing."""

from __future__ import annotations

from leakdesk.reading.frame import Frame
from leakdesk.reading.lexicon import Lexicon
from leakdesk.reading.sentence import Sentence


def nominal_predicates(sentence: Sentence) -> list[Frame]:
    """«Марчук — директор завода»: a nominal predicate with a subject, joined by a dash or a particle."""
    made: list[Frame] = []
    if sentence.language == "en":
        return made
    for token in sentence.tokens:
        if token.pos not in ("N", "PN", "A", "PTCP", "NUM") or token.dep not in (
            "root",
            "ccomp",
            "conj",
            "parataxis",
            "dep",
        ):
            continue
        subject = sentence.child(token.i, "nsubj")
        if subject is None or subject.pos not in ("N", "PN", "PRON"):
            continue
        if subject.i > token.i and not (token.cases == "i" and sentence.child(token.i, "cop") is not None):
            continue
        counted = token.pos == "NUM" and sentence.parsed and "g" in subject.cases
        between = [sentence.tokens[k] for k in range(subject.i + 1, token.i)]
        if (
            token.pos not in ("A", "PTCP")
            and not counted
            and subject.i < token.i
            and not any(
                each.text in ("—", "-") or each.low in ("это", "це", "гэта") or each.dep == "cop" for each in between
            )
        ):
            continue
        if token.pos in ("A", "PTCP") and not (
            sentence.parsed and "n" in (token.cases or "n") and "n" in (subject.cases or "n")
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
                negated=sentence.child(token.i, "neg") is not None,
            )
        )
    return made


def offices_in_passing(sentence: Sentence, words: Lexicon) -> list[Frame]:
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
