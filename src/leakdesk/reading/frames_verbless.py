"""Events without a verb: nominal predicates and offices told in passing."""

from __future__ import annotations

import itertools

from leakdesk.reading.frame import APPOSITION, Frame, is_temporal
from leakdesk.reading.frames_dashes import TO_BE, behind_colon, cases_of, dashes
from leakdesk.reading.lexicon import Lexicon
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.words import word_list

_NOMINAL = ("N", "PN", "A", "PTCP", "NUM")
_TOP = ("root", "ccomp", "conj", "parataxis", "dep")


def nominal_predicates(sentence: Sentence) -> list[Frame]:
    """«Марчук — директор завода»: a nominal predicate with a subject, joined by a dash or a particle."""
    if sentence.language == "en":
        return []
    made: list[Frame] = []
    for token in sentence.tokens:
        if token.pos not in _NOMINAL or token.dep not in _TOP:
            continue
        subject = sentence.child(token.i, "nsubj")
        if subject is None or not _is_predicate_of(sentence, token, subject):
            continue
        made.append(
            Frame(
                chain=[token.i],
                event=token.i,
                lemma=TO_BE.get(sentence.language, TO_BE["ru"]),
                subject=subject.i,
                object=token.i,
                kind=token.dep,
                rule="nominal-predicate",
                negated=sentence.child(token.i, "neg") is not None,
            )
        )
    return made


def _is_predicate_of(sentence: Sentence, token: Token, subject: Token) -> bool:
    if subject.pos not in ("N", "PN", "PRON"):
        return False
    if subject.i > token.i and not (token.cases == "i" and sentence.child(token.i, "cop") is not None):
        return False
    between = [sentence.tokens[k] for k in range(subject.i + 1, token.i)]
    if any(each.pos == "V" and each.dep != "cop" for each in between):
        return False
    if token.pos in ("A", "PTCP"):
        return sentence.parsed and "n" in (token.cases or "n") and "n" in (subject.cases or "n")
    counted = token.pos == "NUM" and sentence.parsed and "g" in subject.cases
    joined = any(each.text in ("—", "-") or each.low in ("это", "це", "гэта") or each.dep == "cop" for each in between)
    return counted or subject.i > token.i or joined


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
        lemma = TO_BE.get(sentence.language, "be")
        made.append(
            Frame(
                chain=[token.i],
                event=token.i,
                lemma=lemma,
                subject=head.i,
                object=token.i,
                kind="appos",
                restored=False,
                rule=APPOSITION,
            )
        )
    return made


_AT = frozenset({"в", "во", "на", "у", "ў", "под", "за", "під", "пад", "без"})
_THIS = frozenset({"это", "це", "гэта"})


def verbless(sentence: Sentence) -> list[Frame]:
    """«Он на пенсии», «У нас только розы», «это единственный счёт», «Опіки сорок відсотків»: stretches that leave out "is"."""
    if sentence.language not in TO_BE:
        return []
    made: list[Frame] = []
    for stretch in _stretches(sentence):
        inside = [sentence.tokens[k] for k in stretch]
        if len(inside) < 2 or any(each.pos in ("V", "AUX", "INF", "CONV", "REL", "SUB", "PTCP") for each in inside):
            continue
        behind = sentence.tokens[stretch.stop].text if stretch.stop < len(sentence.tokens) else ""
        pair = (
            _possession(sentence, inside)
            or _counted_there(sentence, inside)
            or _in_a_state(sentence, inside)
            or (_where(sentence, inside) if behind != ":" else None)
            or _this_is(sentence, inside)
            or _amount(sentence, inside)
            or _there(sentence, inside)
        )
        if pair is None:
            continue
        subject, said = pair
        made.append(
            Frame(
                chain=[said.i],
                event=said.i,
                lemma=TO_BE[sentence.language],
                subject=subject.i,
                object=said.i if said is not subject else None,
                kind="root",
                rule="verbless",
                negated=any(each.pos == "NEG" and each.i < said.i for each in inside),
            )
        )
    return made + dashes(sentence) + behind_colon(sentence)


_THERE = frozenset(
    {
        "внутри", "вокруг", "рядом", "там", "здесь", "внизу", "наверху", "снаружи", "кругом", "поблизости",
        "всередині", "довкола", "навколо", "поруч", "поряд", "тут", "знизу", "згори", "зовні", "неподалік",
        "унутры", "усярэдзіне", "вакол", "побач", "навокал", "знутры", "звонку", "паблізу",
    }
)  # fmt: skip


def _there(sentence: Sentence, inside: list[Token]) -> tuple[Token, Token] | None:
    """«Всередині 900 кіло ведмедів», «довкола люди у формі»: what is where, told by an adverb of place."""
    if inside[0].low not in _THERE or len(inside) < 2:
        return None
    rest = inside[1:]
    thing = next((each for each in rest if each.pos in ("N", "PN")), None)
    if thing is None or any(each.pos not in ("A", "NUM", "DET", "ADV", "X") for each in rest if each.i < thing.i):
        return None
    counted = any(each.pos == "NUM" for each in rest if each.i < thing.i)
    if not counted and "n" not in cases_of(thing):
        return None
    after = sentence.tokens[inside[-1].i + 1] if inside[-1].i + 1 < len(sentence.tokens) else None
    return (thing, thing) if after is None or after.text in (",", ";", ".", "—", "–", "!", "»") else None


def _stretches(sentence: Sentence) -> list[range]:
    """Runs of words between marks that end clauses; only where the run is a clause of its own: at the start, behind a dash,
    a colon, a semicolon or a quotation mark, up to the end of the sentence or a comma with a verb behind it."""
    cuts = [-1]
    for token in sentence.tokens:
        if token.text in (",", ";", ":", "—", "–", "«", "»", '"', ".", "!", "?", "(", ")") or (
            token.pos == "CCONJ" and token.low in ("а", "но", "але", "аднак", "однак")
        ):
            cuts.append(token.i)
    cuts.append(len(sentence.tokens))
    return [range(a + 1, b) for a, b in itertools.pairwise(cuts) if b - a > 2]


def _subject_like(token: Token) -> bool:
    return token.pos in ("N", "PN", "PRON") and "n" in (token.cases or "") and token.low not in _THIS


def _marked(sentence: Sentence, token: Token) -> Token | None:
    return next((each for each in sentence.children(token.i) if each.dep == "case" and each.i < token.i), None)


def _possession(sentence: Sentence, inside: list[Token]) -> tuple[Token, Token] | None:
    """«У нас тільки троянди»: who has, and what."""
    first = inside[0]
    if first.low not in ("у", "ў", "в") or len(inside) < 3:
        return None
    owner = inside[1]
    if owner.pos == "PRON" and owner.cases in ("g", "ga"):
        thing = next((each for each in inside[2:] if each.pos == "N" and _marked(sentence, each) is None), None)
        return (owner, thing) if thing is not None and "n" in (thing.cases or "n") else None
    return _of_a_body(inside)


def _of_a_body(inside: list[Token]) -> tuple[Token, Token] | None:
    """«У районной больницы один рентгеновский аппарат»: a noun that has, and how many of what it has, up to the end."""
    owner = next((each for each in inside[1:4] if each.pos in ("N", "PN")), None)
    if owner is None or "g" not in owner.cases or inside[0].i != 0:
        return None
    number = next((each for each in inside if each.i > owner.i and each.pos == "NUM"), None)
    if number is None or any(
        each.pos not in ("N", "PN", "A", "ADV", "X") for each in inside if owner.i < each.i < number.i
    ):
        return None
    thing = next((each for each in inside if each.i > number.i and each.pos == "N" and each.text.isalpha()), None)
    return (owner, thing) if thing is not None else None


def _in_a_state(sentence: Sentence, inside: list[Token]) -> tuple[Token, Token] | None:
    """«Документы на груз в порядке», «підрядник у розшуку»: at the end of a stretch, what state something is in."""
    state, preposition = inside[-1], inside[-2]
    if state.lemma not in word_list("states") or preposition.low not in _AT or "l" not in (state.cases or "l"):
        return None
    opening = [each for each in inside[:3] if each.pos not in ("DET", "A", "CCONJ")]
    if not opening or opening[0] is state or opening[0].pos not in ("N", "PN", "PRON"):
        return None
    if not set("na") & set(opening[0].cases or "n"):
        return None
    preposition.head, preposition.dep = state.i, "case"
    state.head, state.dep, opening[0].head, opening[0].dep = -1, "root", state.i, "nsubj"
    sentence.changed()
    return opening[0], state


def _counted_there(sentence: Sentence, inside: list[Token]) -> tuple[Token, Token] | None:
    """«В очереди на операцию 212 человек»: a place, and at the end of the sentence how many are there."""
    first, last = inside[0], inside[-1]
    if first.i != 0 or first.pos != "PREP" or first.low not in _AT or last.i + 2 < len(sentence.tokens):
        return None
    place = next((each for each in inside[1:4] if each.pos in ("N", "PN")), None)
    number = next((each for each in inside if each.pos == "NUM"), None)
    if place is None or number is None or number.i < place.i or is_temporal(place) or "l" not in place.cases:
        return None
    rest = [each for each in inside if each.i > number.i]
    thing = next((each for each in rest if each.pos == "N"), None)
    if thing is None or is_temporal(thing) or any(each.pos not in ("N", "A", "NUM") for each in rest):
        return None
    return thing, place


def _where(sentence: Sentence, inside: list[Token]) -> tuple[Token, Token] | None:
    """«Он на пенсии», «Партия уже на таможне»: a subject, and right behind it where it is."""
    if not _subject_like(inside[0]) and not (
        inside[0].pos in ("A", "DET") and len(inside) > 1 and _subject_like(inside[1])
    ):
        return None
    subject = next(each for each in inside if _subject_like(each))
    preposition = next((each for each in inside if each.pos == "PREP" and each.low in _AT and each.i > subject.i), None)
    if preposition is None:
        return None
    between = [each for each in inside if subject.i < each.i < preposition.i]
    if any(
        each.pos not in ("ADV", "X", "N", "PN", "A", "NEG") or ("n" in each.cases and each.pos == "N")
        for each in between
    ):
        return None
    place = next((each for each in inside if each.i > preposition.i and each.pos in ("N", "PN")), None)
    if place is None or not set(place.cases or "") & {"l", "i", "g"} or is_temporal(place):
        return None
    short = subject.pos == "PRON" or any(each.pos == "ADV" for each in between)
    if not short and not (inside[0].i == 0 and sentence.tokens[-1].text == "." and len(sentence.tokens) <= 9):
        return None
    return subject, place


def _this_is(sentence: Sentence, inside: list[Token]) -> tuple[Token, Token] | None:
    """«это обязанность заказчика»: pointed at, and what it is."""
    this = next((each for each in inside[:6] if each.low in _THIS), None)
    if this is None or any(
        each.pos not in ("PREP", "N", "PN", "NUM", "ADV", "PUNCT", "X") for each in inside if each.i < this.i
    ):
        return None
    noun = next((each for each in inside if each.i > this.i and each.pos == "N"), None)
    if noun is None or _marked(sentence, noun) is not None or "n" not in (noun.cases or "n"):
        return None
    if any(each.pos not in ("A", "ADV", "DET", "X", "NUM") for each in inside if this.i < each.i < noun.i):
        return None
    return this, noun


def _amount(sentence: Sentence, inside: list[Token]) -> tuple[Token, Token] | None:
    """«Опіки сорок відсотків»: a thing, and right behind it how much."""
    del sentence
    if (
        len(inside) < 3
        or not _subject_like(inside[0])
        or inside[1].pos != "NUM"
        or (inside[1].text.isdigit() and len(inside[1].text) == 4)
    ):
        return None
    if inside[1].low.startswith(("один", "одн", "адзін", "адн")):
        return None
    unit = next((each for each in inside[2:5] if each.pos in ("N", "NUM")), None)
    return (inside[0], unit) if unit is not None and unit.pos == "N" and "g" in (unit.cases or "g") else None
