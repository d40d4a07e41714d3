"""Slavic trees put right after parsing, on the words of the text itself: counted objects that hang on a place, predicates
without a verb, impersonal verbs with an infinitive, quantities. Each rule changes only what a parser could not know.
"""

from __future__ import annotations

from leakdesk.reading import letters_trees, slavic_agreement
from leakdesk.reading.frame import is_temporal
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.words import word_list

_NOMINAL = ("N", "PN", "PRON", "NUM")
_STOPS = frozenset({",", ";", ":", "—", "–", "(", ")", "«", "»", '"', ".", "!", "?"})


def settle(sentence: Sentence) -> None:
    """All repairs, in place, for Russian, Ukrainian and Belarusian; of a tree made by rule, only words are."""
    if sentence.language not in ("ru", "uk", "be"):
        return
    _have_not(sentence)
    if not sentence.parsed:
        return
    heads = [token.head for token in sentence.tokens]
    for rule in (
        _infinitives,
        _nouns_before_genitives,
        _pronouns,
        _antecedents,
        _relatives,
        _counted,
        _quantities,
        _numbers,
        _predicates,
        _dashes,
        _verb_below,
        _impersonal,
        _disagreeing,
        _nominatives,
        _two_roots,
        _standing,
    ):
        rule(sentence)
        now = [token.head for token in sentence.tokens]
        if now != heads:
            heads = now
            sentence.changed()
    slavic_agreement.agree(sentence)
    if sentence.language in ("ru", "uk"):
        letters_trees.persons(sentence)
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
        if token.head == counted.i:
            verb = next((each for each in sentence.tokens[counted.i + 1 :] if each.pos == "V"), None)
            if verb is None or sentence.child(verb.i, "nsubj") is not None:
                continue
            token.head, token.dep = verb.i, "nsubj"
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


def _lacks_object(sentence: Sentence, verb: Token) -> bool:
    return verb.pos in ("V", "INF") and sentence.child(verb.i, "obj") is None and verb.transitive != "i"


def _numbers(sentence: Sentence) -> None:
    """«увеличилось с 340 до 512»: a number with a preposition counts nothing: it is where a change starts or ends."""
    for token in sentence.tokens:
        if token.pos != "NUM" or token.dep not in ("nummod", "dep"):
            continue
        above = sentence.tokens[token.head] if token.head >= 0 else None
        if _case_mark(sentence, token) is None:
            if above is not None and token.dep == "nummod" and _lacks_object(sentence, above) and token.i > above.i:
                token.dep = "obj"  # «ми знайшли трьох»: the number stands for what is counted
            continue
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
                and (
                    sentence.tokens[k].number == token.number or (sentence.language == "be" and token.low.endswith("ы"))
                )
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


_I = frozenset(
    {
        "я",
        "ты",
        "он",
        "она",
        "оно",
        "мы",
        "вы",
        "они",
        "ти",
        "він",
        "вона",
        "воно",
        "ми",
        "ви",
        "вони",
        "ён",
        "яна",
        "яно",
        "яны",
    }
)


def _pronouns(sentence: Sentence) -> None:
    """«Подлинность писем мы проверить не смогли»: a pronoun that can only be nominative is the subject of the finite verb."""
    for token in sentence.tokens:
        if token.low not in _I or token.dep not in ("obj", "iobj", "obl", "nmod", "dep") or token.head < 0:
            continue
        verb = sentence.tokens[token.head]
        if _case_mark(sentence, token) is not None or verb.pos not in ("V", "INF"):
            continue
        if verb.pos == "INF" and verb.dep in ("xcomp", "csubj") and sentence.tokens[verb.head].pos == "V":
            for each in sentence.children(verb.i):
                if each.dep == "nsubj" and "a" in (each.cases or "a"):
                    each.dep = "obj"
            verb = sentence.tokens[verb.head]
        other = sentence.child(verb.i, "nsubj")
        if other is not None and "a" not in (other.cases or "a"):
            continue
        if other is not None:
            other.dep = "obj"
        token.head, token.dep = verb.i, "nsubj"
        sentence.changed()


def _relatives(sentence: Sentence) -> None:
    """«протокол, які складала перекладчыца»: where another noun agrees with the verb, the relative pronoun is its object."""
    for token in sentence.tokens:
        if token.pos != "REL" or token.dep != "nsubj" or token.head < 0:
            continue
        verb = sentence.tokens[token.head]
        if verb.pos != "V" or verb.passive or verb.tense != "past" or token.number != "s":
            continue
        if verb.number == "s" and (not token.gender or verb.gender in ("", token.gender)):
            continue
        actor = next(
            (each for each in sentence.children(verb.i) if each.i > verb.i and _may_act(sentence, each, verb)), None
        )
        if actor is not None:
            token.dep, actor.dep = "obj", "nsubj"


def _may_act(sentence: Sentence, noun: Token, verb: Token) -> bool:
    return (
        noun.pos in ("N", "PN")
        and noun.number == verb.number
        and (verb.number == "p" or noun.gender == verb.gender)
        and "n" in (noun.cases or "n")
        and _case_mark(sentence, noun) is None
    )


def _nouns_before_genitives(sentence: Sentence) -> None:
    """«повторює каталог німецького виробника»: a noun is no adjective of the genitive behind it."""
    for token in sentence.tokens:
        if token.pos != "N" or token.dep != "amod" or token.head <= token.i:
            continue
        noun = sentence.tokens[token.head]
        if noun.pos not in ("N", "PN") or noun.cases != "g" or "g" in (token.cases or ""):
            continue
        if any(each.dep == "case" and each.i < token.i for each in sentence.children(noun.i)):
            continue
        token.head, token.dep = noun.head, noun.dep
        noun.head, noun.dep = token.i, "nmod"
        sentence.changed()


def _disagreeing(sentence: Sentence) -> None:
    """«Дюжева вызывали дважды»: one person does not act in the plural: what stands there is acted on."""
    for token in sentence.tokens:
        if token.dep != "nsubj" or token.pos not in ("N", "PN") or token.number != "s" or token.head < 0:
            continue
        verb = sentence.tokens[token.head]
        if verb.pos != "V" or verb.number != "p" or verb.passive or verb.transitive != "t":
            continue
        if token.lemma in word_list("many") or any(
            each.dep in ("conj", "nummod") for each in sentence.children(token.i)
        ):
            continue
        if set(token.cases or "") & {"g", "a"} and sentence.child(verb.i, "obj") is None:
            token.dep = "obj"


def _nominatives(sentence: Sentence) -> None:
    """«больше, чем стоил сам ремонт»: what can only be nominative and agrees is no object of a verb without a subject."""
    for token in sentence.tokens:
        if token.dep != "obj" or token.pos not in ("N", "PN") or token.cases != "n" or token.head < 0:
            continue
        verb = sentence.tokens[token.head]
        sure = any(each.pos in ("A", "DET", "PTCP") and each.cases == "n" for each in sentence.children(token.i))
        sure = sure or (verb.dep == "advcl" and token.i < verb.i and verb.tense == "pres")
        if not sure or verb.pos != "V" or verb.number != token.number or token.gender != "m":
            continue
        if sentence.child(verb.i, "nsubj", "nsubj:pass") is None and verb.gender in ("", token.gender):
            token.dep = "nsubj"


def _antecedents(sentence: Sentence) -> None:
    """«обе стороны спора о вертолётах, которые вернулись»: a relative clause belongs to a noun that its pronoun agrees with."""
    for token in sentence.tokens:
        if token.pos != "REL" or not token.number or token.low.startswith(("чий", "чь", "чы", "чию")):
            continue
        verb = next((each for each in sentence.ancestors(token.i) if each.dep == "acl:relcl"), None)
        if verb is None or verb.head < 0 or verb.i < token.i or _could_mean(token, sentence.tokens[verb.head]):
            continue
        comma = next((k for k in range(token.i - 1, max(-1, token.i - 4), -1) if sentence.tokens[k].text == ","), None)
        near = sentence.tokens[max(0, (comma or 0) - 8) : comma or 0]
        other = next((each for each in reversed(near) if each.pos in ("N", "PN") and _could_mean(token, each)), None)
        if comma is not None and other is not None and other.head != verb.i:
            verb.head = other.i
            sentence.changed()


def _could_mean(pronoun: Token, noun: Token) -> bool:
    if noun.pos not in ("N", "PN", "PRON", "NUM") or not noun.number:
        return True
    if pronoun.number != noun.number:
        return False
    return pronoun.number == "p" or not pronoun.gender or not noun.gender or pronoun.gender == noun.gender


def _two_roots(sentence: Sentence) -> None:
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


def _standing(sentence: Sentence) -> None:
    """«стоит в ремонте», «стоит на складе»: with a place and no price it stands, and costs nothing."""
    if sentence.language != "ru":
        return
    for verb in sentence.tokens:
        if verb.low not in ("стоит", "стоят") or sentence.child(verb.i, "obj", "xcomp", "csubj") is not None:
            continue
        below = [each for each in sentence.children(verb.i) if each.dep == "obl" and each.cases == "l"]
        if any(_case_mark(sentence, each) is not None for each in below):
            verb.lemma = "стоять"
