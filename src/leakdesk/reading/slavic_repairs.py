"""Slavic trees put right after parsing, on the words of the text itself: counted objects that hang on a place, predicates
without a verb, impersonal verbs with an infinitive, quantities. Each rule changes only what a parser could not know.
"""

from __future__ import annotations

from leakdesk.reading.frame import is_temporal
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.words import word_list

_NOMINAL = ("N", "PN", "PRON", "NUM")
_STOPS = frozenset({",", ";", ":", "—", "–", "(", ")", "«", "»", '"', ".", "!", "?"})


def settle(sentence: Sentence) -> None:
    """All repairs, in place, for Russian, Ukrainian and Belarusian."""
    if sentence.language not in ("ru", "uk", "be"):
        return
    for rule in (
        _have_not,
        _infinitives,
        _counted,
        _quantities,
        _numbers,
        _predicates,
        _dashes,
        _verb_below,
        _impersonal,
    ):
        rule(sentence)
        sentence.changed()


def _plain(low: str) -> str:
    """A Belarusian word as it stands behind a consonant: «ўдалося» as «удалося»."""
    return "у" + low[1:] if low.startswith("ў") else low


def _case_mark(sentence: Sentence, token: Token) -> Token | None:
    return next((each for each in sentence.children(token.i) if each.dep == "case"), None)


def _have_not(sentence: Sentence) -> None:
    """«Ліцензії немає»: there is not is a verb, whatever table of small words it stands in."""
    for token in sentence.tokens:
        if token.pos == "NEG" and token.low in ("немає", "нема", "няма", "нет", "нету"):
            token.pos, token.number, token.tense = "V", "s", "pres"
            if token.dep == "neg" and token.head >= 0:
                token.dep = "conj" if sentence.tokens[token.head].pos in ("V", "INF") else token.dep


def _infinitives(sentence: Sentence) -> None:
    """«каб абысці санкцыі»: a Belarusian verb in -ці that is its own base form is no finite one."""
    for token in sentence.tokens:
        if (
            token.pos == "V"
            and token.tense != "past"
            and token.low == token.lemma
            and token.low.endswith(("сці", "зці", "чы"))
        ):
            token.pos, token.tense, token.number = "INF", "", ""


def _counted(sentence: Sentence) -> None:
    """«задержала на границе двух мужчин»: a counted noun hangs on no noun; behind a verb without object it is the object."""
    for token in sentence.tokens:
        if token.pos not in ("N", "PN") or token.dep not in ("nmod", "appos") or token.head < 0 or token.head > token.i:
            continue
        number = next((each for each in sentence.children(token.i) if each.dep == "nummod" and each.i < token.i), None)
        above = sentence.tokens[token.head]
        if number is None or _case_mark(sentence, token) is not None or _case_mark(sentence, above) is None:
            continue
        verb = sentence.tokens[above.head] if above.head >= 0 else None
        if verb is None or verb.pos not in ("V", "INF", "CONV") or above.dep != "obl" or above.i < verb.i:
            continue
        between = sentence.tokens[above.i + 1 : number.i]
        if any(each.pos not in ("A", "ADV", "PTCP", "NUM") and each.head != above.i for each in between):
            continue
        if sentence.child(verb.i, "obj") is None and verb.transitive != "i" and not is_temporal(token):
            token.head, token.dep = verb.i, "obj"
        elif verb.transitive == "i" and sentence.child(verb.i, "nsubj") is None:
            token.head, token.dep = verb.i, "nsubj"


_MORE = frozenset(
    {
        "больше",
        "более",
        "меньше",
        "менее",
        "свыше",
        "около",
        "понад",
        "більше",
        "менше",
        "близько",
        "больш",
        "менш",
        "каля",
        "звыш",
    }
)


def _quantities(sentence: Sentence) -> None:
    """«Больше половины трамваев не работает»: what is counted takes part, not the word for how much."""
    for token in sentence.tokens:
        if token.low not in _MORE or token.dep not in ("nsubj", "nsubj:pass", "obj", "obl", "nummod", "advmod", "dep"):
            continue
        if _more_than(sentence, token):
            continue
        counted = next(
            (each for each in sentence.children(token.i) if each.i > token.i and each.pos in ("N", "NUM")), None
        )
        if counted is None and token.dep in ("obj", "obl"):
            # «Понад половина трамваїв не працює»: next to the noun it measures
            after = sentence.tokens[token.i + 1] if token.i + 1 < len(sentence.tokens) else None
            if after is not None and after.pos in ("N", "NUM") and after.head == token.head:
                token.head, token.dep = after.i, "advmod"
            continue
        if counted is None:
            continue
        counted.head, counted.dep = token.head, token.dep
        counted.cases = "n" if token.dep.startswith("nsubj") else counted.cases
        token.head, token.dep = counted.i, "advmod"


def _more_than(sentence: Sentence, token: Token) -> bool:
    """«Больш за палову трамваяў не працуе»: what stands behind "than" takes part."""
    than = sentence.tokens[token.i + 1] if token.i + 1 < len(sentence.tokens) else None
    if (
        than is None
        or than.low not in ("за", "чем", "чым", "ніж")
        or than.head < 0
        or than.dep not in ("case", "mark", "cc")
    ):
        return False
    noun = sentence.tokens[than.head]
    verb = sentence.tokens[noun.head] if noun.head >= 0 else None
    if (
        noun.pos not in ("N", "NUM")
        or verb is None
        or verb.pos != "V"
        or noun.dep not in ("obl", "nmod", "obj", "nsubj")
    ):
        return False
    if sentence.child(verb.i, "nsubj") is None and noun.i < verb.i:
        noun.dep, noun.cases = "nsubj", "n"
        token.head, token.dep = noun.i, "advmod"
        than.dep = "advmod"
        return True
    return False


def _numbers(sentence: Sentence) -> None:
    """«увеличилось с 340 до 512»: a number with a preposition counts nothing: it is where a change starts or ends."""
    for token in sentence.tokens:
        if token.pos != "NUM" or token.dep not in ("nummod", "dep") or _case_mark(sentence, token) is None:
            continue
        above = sentence.tokens[token.head] if token.head >= 0 else None
        if above is not None and above.pos in ("V", "CONV", "INF", "PTCP"):
            token.dep = "obl"
        elif above is None or above.head == token.i:
            # «в дев'яти з дванадцяти колодязів»: number and noun hang on each other
            verb = next((each for each in reversed(sentence.tokens[: token.i]) if each.pos in ("V", "INF")), None)
            if verb is not None:
                token.head, token.dep = verb.i, "obl"


def _segment(sentence: Sentence, at: int) -> range:
    """The stretch between punctuation marks that holds a word."""
    left = next((k for k in range(at - 1, -1, -1) if sentence.tokens[k].text in _STOPS), -1)
    right = next(
        (k for k in range(at + 1, len(sentence.tokens)) if sentence.tokens[k].text in _STOPS), len(sentence.tokens)
    )
    return range(left + 1, right)


def _predicates(sentence: Sentence) -> None:
    """«Кантракт падпісаны 4 сакавіка», «Міст закритий»: in a stretch without a verb, the participle behind its noun is one."""
    for token in sentence.tokens:
        if token.pos != "PTCP" or not token.passive or "n" not in (token.cases or ""):
            continue
        inside = _segment(sentence, token.i)
        if any(sentence.tokens[k].pos in ("V", "AUX", "INF", "REL", "SUB") for k in inside):
            continue
        after = sentence.tokens[token.i + 1] if token.i + 1 < len(sentence.tokens) else None
        if (
            after is not None
            and after.pos in ("N", "PN", "A", "PTCP")
            and after.text.isalpha()
            and "n" in (after.cases or "n")
        ):
            continue
        noun = next(
            (
                sentence.tokens[k]
                for k in inside
                if k < token.i
                and sentence.tokens[k].pos in ("N", "PN")
                and "n" in (sentence.tokens[k].cases or "")
                and sentence.tokens[k].number == token.number
                and _case_mark(sentence, sentence.tokens[k]) is None
            ),
            None,
        )
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


def _outside_verb(sentence: Sentence, noun: Token, inside: range) -> bool:
    """Whether a noun takes part in an event told outside its stretch: «Фірма, заснована 2019 року, не має»."""
    above = sentence.tokens[noun.head] if noun.head >= 0 else None
    return above is not None and above.i not in inside and above.pos in ("V", "AUX", "INF") and noun.dep != "conj"


def _dashes(sentence: Sentence) -> None:
    """«завод — исполнитель, заказчик — министерство»: the second of two such pairs."""
    for token in sentence.tokens:
        if token.dep != "orphan" or token.pos not in _NOMINAL or not 0 <= token.head < token.i:
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


def _verb_below(sentence: Sentence) -> None:
    """«Ремонт заводом обошёлся в 40 млн»: a finite verb that hangs on a noun like a noun is the verb of its sentence."""
    for verb in sentence.tokens:
        if verb.pos != "V" or verb.tense not in ("past", "pres", "fut") or verb.dep not in _LOWER or verb.head < 0:
            continue
        top = sentence.tokens[verb.head]
        while top.head >= 0 and top.pos in ("N", "PN", "A", "NUM", "PTCP") and top.i != verb.i:
            top = sentence.tokens[top.head]
        if top.head >= 0 or top.pos not in ("N", "PN") or top.i > verb.i:
            continue
        if any(each.text in _STOPS for each in sentence.tokens[top.i : verb.i]) or top.number != verb.number:
            continue
        if verb.tense == "past" and verb.gender and top.gender and verb.gender != top.gender:
            continue
        if sentence.child(verb.i, "nsubj", "nsubj:pass") is not None:
            continue
        verb.head, verb.dep = -1, "root"
        top.head, top.dep = verb.i, "nsubj"
        sentence.changed()


def _impersonal(sentence: Sentence) -> None:
    """«Губернатору предстоит отчитаться», «Пожара удалось избежать»: who has to is told in the dative; what stands beside the
    impersonal verb belongs to the infinitive."""
    for verb in sentence.tokens:
        if verb.pos not in ("V", "ADV", "A", "X") or _plain(verb.low) not in word_list("impersonal"):
            continue
        below = next(
            (
                each
                for each in sentence.children(verb.i)
                if each.pos == "INF" and each.dep in ("csubj", "xcomp", "ccomp", "nsubj", "conj", "advcl")
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
                and _case_mark(sentence, each) is None
            ):
                each.dep = "nsubj"
            elif (
                each.dep in ("obj", "nsubj", "iobj")
                and each.pos in ("N", "PN")
                and sentence.child(below.i, "obj") is None
            ):
                each.head, each.dep = below.i, "obj"
