"""Slavic trees put right: what tells the event, be it a participle, a dash, or a verb that the parser hung on a noun."""

from __future__ import annotations

from leakdesk.reading.sentence import NOMINAL, Sentence, Token
from leakdesk.reading.words import word_list

_STOPS = frozenset({",", ";", ":", "—", "–", "(", ")", "«", "»", '"', ".", "!", "?"})


def have_not(sentence: Sentence) -> None:
    """«Ліцензії немає»: there is not is a verb, whatever table of small words it stands in."""
    for token in sentence.tokens:
        if token.pos == "NEG" and token.low in ("немає", "нема", "няма", "нет", "нету"):
            token.pos, token.number, token.tense = "V", "s", "pres"
            if token.dep == "neg" and token.head >= 0:
                token.dep = "conj" if sentence.tokens[token.head].pos in ("V", "INF") else token.dep


def infinitives(sentence: Sentence) -> None:
    """«каб абысці санкцыі»: a Belarusian verb in -ці that is its own base form is no finite one."""
    for token in sentence.tokens:
        if (
            token.pos == "V"
            and token.tense != "past"
            and token.low == token.lemma
            and token.low.endswith(("сці", "зці", "чы"))
        ):
            token.pos, token.tense, token.number = "INF", "", ""


def _segment(sentence: Sentence, at: int) -> range:
    """The stretch between punctuation marks that holds a word."""
    left = next((k for k in range(at - 1, -1, -1) if sentence.tokens[k].text in _STOPS), -1)
    right = next(
        (k for k in range(at + 1, len(sentence.tokens)) if sentence.tokens[k].text in _STOPS), len(sentence.tokens)
    )
    return range(left + 1, right)


def predicates(sentence: Sentence) -> None:
    """«Кантракт падпісаны 4 сакавіка», «Міст закритий»: in a stretch without a verb, the participle behind its noun is one."""
    for token in sentence.tokens:
        if token.pos != "PTCP" or not token.passive or "n" not in (token.cases or ""):
            continue
        inside = _segment(sentence, token.i)
        if any(sentence.tokens[k].pos in ("V", "AUX", "INF", "REL", "SUB") for k in inside):
            continue
        if _belongs_to_next(sentence, token):
            continue
        noun = _told_of(sentence, token, inside)
        if noun is None or noun.dep in ("appos", "nmod", "flat") or _outside_verb(sentence, noun, inside):
            continue
        top, label = noun.head, noun.dep
        if token.i in (top, noun.i) or label.startswith("nsubj"):
            top, label = -1, "root"
        token.head, token.dep = top, label if label in ("conj", "parataxis", "ccomp") and top >= 0 else "root"
        if token.dep == "root":
            token.head = -1
        for k in inside:
            other = sentence.tokens[k]
            if other.head == noun.i and other.i > token.i:
                other.head = token.i
        noun.head, noun.dep = token.i, "nsubj:pass"
        token.pos = "V"
        sentence.changed()


def _belongs_to_next(sentence: Sentence, participle: Token) -> bool:
    after = sentence.tokens[participle.i + 1] if participle.i + 1 < len(sentence.tokens) else None
    return (
        after is not None
        and after.pos in ("N", "PN", "A", "PTCP")
        and after.text.isalpha()
        and "n" in (after.cases or "n")
    )


def _told_of(sentence: Sentence, participle: Token, inside: range) -> Token | None:
    """The first noun before a participle in its stretch that agrees with it and can be a subject."""
    for k in inside:
        noun = sentence.tokens[k]
        if k >= participle.i or noun.pos not in ("N", "PN") or "n" not in (noun.cases or ""):
            continue
        agrees = noun.number == participle.number or (sentence.language == "be" and participle.low.endswith("ы"))
        if agrees and sentence.child(k, "case") is None:
            return noun
    return None


def _outside_verb(sentence: Sentence, noun: Token, inside: range) -> bool:
    """Whether a noun takes part in an event told outside its stretch: «Фірма, заснована 2019 року, не має»."""
    above = sentence.tokens[noun.head] if noun.head >= 0 else None
    return above is not None and above.i not in inside and above.pos in ("V", "AUX", "INF") and noun.dep != "conj"


def dashes(sentence: Sentence) -> None:
    """«завод — исполнитель, заказчик — министерство»: the second of two such pairs."""
    for token in sentence.tokens:
        if token.dep != "orphan" or token.pos not in NOMINAL or not 0 <= token.head < token.i:
            continue
        left = sentence.tokens[token.head]
        between = sentence.tokens[left.i + 1 : token.i]
        if left.pos not in ("N", "PN") or not any(each.text in ("—", "–", "-") for each in between):
            continue
        if any(each.pos in ("V", "AUX") for each in sentence.tokens):
            continue
        if "n" in (token.cases or "n") and "n" in (left.cases or "n"):
            token.head, token.dep = left.head, left.dep
            left.head, left.dep = token.i, "nsubj"


_LOWER = frozenset({"nmod", "amod", "obl", "obj", "iobj", "appos", "nummod", "flat", "nsubj"})


def verb_below(sentence: Sentence) -> None:
    """«Ремонт заводом обошёлся в 40 млн»: a finite verb that hangs on a noun like a noun is the verb of its sentence."""
    for verb in sentence.tokens:
        if verb.pos != "V" or verb.tense not in ("past", "pres", "fut") or verb.dep not in _LOWER or verb.head < 0:
            continue
        if verb.passive and verb.low.endswith(("но", "то")):
            noun = sentence.tokens[verb.head]
            if noun.pos in ("N", "PN") and noun.head < 0 and noun.i < verb.i:
                verb.head, verb.dep = -1, "root"
                noun.head, noun.dep = verb.i, "obj"
                sentence.changed()
            continue
        top = sentence.tokens[verb.head]
        while top.head >= 0 and top.pos in ("N", "PN", "A", "NUM", "PTCP") and top.i != verb.i:
            top = sentence.tokens[top.head]
        if top.head >= 0 or top.pos not in ("N", "PN") or top.i > verb.i:
            continue
        marks = [each.text for each in sentence.tokens[top.i : verb.i] if each.text in _STOPS]
        if set(marks) - {","} or len(marks) % 2 or top.number != verb.number:
            continue
        if verb.tense == "past" and verb.gender and top.gender and verb.gender != top.gender:
            continue
        if sentence.child(verb.i, "nsubj", "nsubj:pass") is not None:
            continue
        verb.head, verb.dep = -1, "root"
        top.head, top.dep = verb.i, "nsubj"
        sentence.changed()


def impersonal(sentence: Sentence) -> None:
    """«Губернатору предстоит отчитаться», «Пожара удалось избежать»: who has to is told in the dative; what stands beside the
    impersonal verb belongs to the infinitive."""
    for verb in sentence.tokens:
        if verb.pos not in ("V", "ADV", "A", "X") or _plain(verb.low) not in word_list("impersonal"):
            continue
        below = next(
            (
                each
                for each in sentence.children(verb.i)
                if each.pos == "INF" and each.dep in ("csubj", "csubj:pass", "xcomp", "ccomp", "nsubj", "conj", "advcl")
            ),
            None,
        )
        if below is None:
            continue
        verb.pos = "V"
        below.dep = "xcomp"
        for each in sentence.children(verb.i):
            if (
                each.dep in ("iobj", "obl", "nsubj")
                and each.cases == "d"
                and each.pos in ("N", "PN", "PRON")
                and sentence.child(each.i, "case") is None
            ):
                each.dep = "nsubj"
            elif (
                each.dep in ("obj", "nsubj", "iobj")
                and each.pos in ("N", "PN")
                and sentence.child(below.i, "obj") is None
            ):
                each.head, each.dep = below.i, "obj"


def _plain(low: str) -> str:
    """A Belarusian word as it stands behind a consonant: «ўдалося» as «удалося»."""
    return "у" + low[1:] if low.startswith("ў") else low


def two_roots(sentence: Sentence) -> None:
    """«Трос был новый»: what the parser leaves beside the copula belongs to it."""
    for verb in sentence.tokens:
        if verb.lemma not in ("быть", "бути", "быць") or verb.pos not in ("AUX", "V") or verb.head >= 0:
            continue
        after = next((each for each in sentence.tokens[verb.i + 1 : verb.i + 4] if each.pos in ("A", "PTCP")), None)
        if after is None or after.head >= 0 or after.dep != "root":
            continue
        after.head, after.dep, after.cases = verb.i, "xcomp", "i"
        for each in sentence.tokens[: verb.i]:
            if each.head == after.i and each.dep.startswith("nsubj"):
                each.head = verb.i
        verb.pos = "V"
        sentence.changed()


def standing(sentence: Sentence) -> None:
    """«стоит в ремонте», «стоит на складе»: with a place and no price it stands, and costs nothing."""
    if sentence.language != "ru":
        return
    for verb in sentence.tokens:
        if verb.low not in ("стоит", "стоят") or sentence.child(verb.i, "obj", "xcomp", "csubj") is not None:
            continue
        below = [each for each in sentence.children(verb.i) if each.dep == "obl" and each.cases == "l"]
        if any(sentence.child(each.i, "case") is not None for each in below):
            verb.lemma = "стоять"
