"""The constructions of slavic_groups.toml: what stands as content beside a cue word, by its form."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from leakdesk.reading.frame import is_temporal
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.slavic_clause import Around
from leakdesk.reading.slavic_groups import Group, listed
from leakdesk.reading.spans import Range, extent

_ABOUT = frozenset({"о", "об", "обо", "про", "пра", "аб"})
_IN = frozenset({"в", "во", "у", "ў"})
_ON = frozenset({"на"})
_FROM = frozenset({"от", "ото", "від", "ад"})
_WITH = frozenset({"с", "со", "з", "із", "зі", "са"})
_AGAINST = frozenset({"против", "проти", "супраць"})
_FOR = frozenset({"за"})
_TO = frozenset({"к", "ко", "до", "да"})
_THAT = frozenset(
    {"что", "будто", "якобы", "що", "ніби", "нібито", "начебто", "буцімто", "што", "нібыта", "быццам", "нібы"}
)
_SO_THAT = frozenset({"чтобы", "чтоб", "щоб", "аби", "каб"})
#: Words that point ahead: «в том, что», «тим, що».
_AHEAD = frozenset({"том", "тем", "то", "этом", "тому", "тім", "тим", "те", "тым", "тое"})
_ASKING = listed("asking")
_ALL = frozenset({"всё", "все", "усё", "усе", "ўсё", "ўсе"})
_FEELINGS = tuple(listed("feelings"))
_THANKS = tuple(listed("thanks"))


def content_of(
    sentence: Sentence, cue: Token, clause: Around, frame: str, source: list[int], group: Group
) -> Range | None:
    """The content that a construction gives a cue word, or None where the words do not stand in it."""
    given = FRAMES[frame](_Case(sentence, cue, clause, source, group))
    run = sorted(given) if frame == "whether" else sentence.trim(sorted(given))
    while run and sentence.tokens[run[-1]].pos in ("PREP", "PUNCT"):
        run.pop()
    while run and run[0] in source:
        run.pop(0)
    return extent(sentence, run) if run else None


class _Case:
    """What a construction is asked about."""

    def __init__(self, sentence: Sentence, cue: Token, clause: Around, source: list[int], group: Group) -> None:
        self.tokens = sentence.tokens
        self.sentence = sentence
        self.cue = cue
        self.clause = clause
        self.source = frozenset(source)
        self.things = group.things
        self.after = [k for k in clause.inside if k > cue.i and k not in self.source]
        self.before = self._before()

    def _before(self) -> list[int]:
        run = [k for k in self.clause.inside if k < self.cue.i and k not in self.source]
        while run and (self.tokens[run[-1]].low in ("не", "ні") or self.tokens[run[-1]].pos == "ADV"):
            run.pop()
        while run and self.tokens[run[0]].pos in ("ADV", "CCONJ", "X", "PUNCT") and self.tokens[run[0]].text not in "«":
            run.pop(0)
        return run

    def rest(self, first: int) -> list[int]:
        """From a word to the end of the clause, the source left out where it closes it."""
        run = [k for k in self.clause.inside if k >= first]
        while run and run[-1] in self.source:
            run.pop()
        return run

    def bare(self, cases: str, where: list[int]) -> Token | None:
        """A noun, pronoun or number without a preposition that may stand in one of the cases."""
        for k in where:
            token = self.tokens[k]
            if token.pos not in ("N", "PN", "PRON", "NUM") or not set(token.cases or cases) & set(cases):
                continue
            if is_temporal(token) or self.governed(k) or token.low in ("себя", "себе", "сябе", "это", "це", "гэта"):
                continue
            return token
        return None

    def still(self, where: list[int]) -> Token | None:
        """A thing before the verb whose nominative and accusative look alike, where somebody else speaks."""
        found = self.bare("n", where) if self.source else None
        return found if found is not None and found.animate != "a" and found.pos == "N" else None

    def governed(self, k: int) -> bool:
        """Whether a preposition governs a noun: right before it or before its adjectives, or before the noun it belongs to."""
        j = k - 1
        while (
            j >= 0 and self.tokens[j].pos in ("A", "DET", "NUM", "PTCP", "PUNCT") and self.tokens[j].text not in _STOP
        ):
            j -= 1
        if j < 0:
            return False
        if self.tokens[j].pos == "PREP":
            return True
        return self.tokens[j].pos in ("N", "PN") and j > self.cue.i and "g" in self.tokens[k].cases and self.governed(j)


_STOP = frozenset({",", ";", ":", "—", "."})


def _subordinate(case: _Case, marks: frozenset[str], ahead: frozenset[str] | None = None) -> list[int]:
    """The clause behind a comma and one of the marks, right behind the verb's own clause."""
    tokens, comma = case.tokens, case.clause.end
    if comma + 2 >= len(tokens) or tokens[comma].text != "," or comma - case.cue.i > 10:
        return []
    mark = comma + 1
    if tokens[mark].low not in marks:
        return []
    pointer = tokens[comma - 1].low in _AHEAD and comma - 1 > case.cue.i
    before = tokens[comma - 2].low if comma > 1 else ""
    if ahead is not None and not (pointer and (before in ahead if ahead else tokens[comma - 2].pos != "PREP")):
        return []
    if ahead is None and pointer:
        return []
    return _to_end(case, mark + 1)


def _to_end(case: _Case, start: int) -> list[int]:
    """To the end of the sentence, not past a semicolon, «, и» with a verb, a gerund of saying, a closing bracket."""
    tokens = case.tokens
    depth = 0
    for k in range(start, len(tokens)):
        text = tokens[k].text
        depth += (text == "(") - (text == ")")
        if depth < 0 or text == ";" or (text in "»" and "«" not in [t.text for t in tokens[start:k]]):
            return list(range(start, k))
        if text == "," and k + 2 < len(tokens) and k > start + 1:
            joins = tokens[k + 1].low in ("и", "і", "й", "та", "ды", "но", "а", "але")
            if joins and tokens[k + 2].pos == "V":
                return list(range(start, k))
            if tokens[k + 1].pos == "CONV":
                return list(range(start, k))
    return list(range(start, len(tokens)))


def _comma(case: _Case) -> list[int]:
    """«Она уверена, документы подделали позже»: a clause with a verb behind a bare comma, the cue close before it."""
    tokens, comma = case.tokens, case.clause.end
    if comma + 3 >= len(tokens) or tokens[comma].text != "," or comma - case.cue.i > 2 or not case.source:
        return []
    opening = tokens[comma + 1]
    if opening.pos in ("SUB", "REL", "CCONJ", "CONV", "PTCP") or opening.low in _ASKING | _THAT | _SO_THAT:
        return []
    if min(case.source) > case.cue.i or any(t.text in (",", "—") for t in tokens[: min(case.source)]):
        return []
    run = _to_end(case, comma + 1)
    finite = any(tokens[k].pos in ("V", "AUX") or (tokens[k].pos == "PTCP" and tokens[k].passive) for k in run)
    return run if finite else []


def _colon(case: _Case) -> list[int]:
    tokens, at = case.tokens, case.clause.end
    if at + 1 >= len(tokens) or tokens[at].text != ":" or at - case.cue.i > 8 or tokens[at + 1].text in ("«", '"', "“"):
        return []
    run = _to_end(case, at + 1)
    return [k for k in run if tokens[k].low not in ("мол", "дескать", "мовляв", "маўляў") or k > at + 2]


def _behind(case: _Case, prepositions: frozenset[str], cases: str) -> list[int]:
    """From a preposition with its noun to the end of the clause; before the verb, the phrase alone."""
    tokens = case.tokens
    for k in case.after:
        if tokens[k].low in prepositions and (noun := _noun_behind(case, k)) is not None and _fits(noun, cases):
            return case.rest(k)
    for k in case.before:
        if tokens[k].low in prepositions and (noun := _noun_behind(case, k)) is not None and _fits(noun, cases):
            stop = min((j for j in (*case.source, case.cue.i) if j > k), default=case.cue.i)
            return [j for j in case.before if k <= j < stop]
    return []


def _noun_behind(case: _Case, at: int) -> Token | None:
    for token in case.tokens[at + 1 : at + 7]:
        if token.pos in ("N", "PN", "PRON", "NUM", "X"):
            return None if is_temporal(token) or token.low in _AHEAD | {"этот", "цей", "гэты"} else token
        if token.pos in ("V", "PREP", "SUB") or token.text in _STOP:
            return None
    return None


def _fits(token: Token, cases: str) -> bool:
    return not cases or not token.cases or bool(set(token.cases) & set(cases))


def _after_only(case: _Case, prepositions: frozenset[str], cases: str) -> list[int]:
    run = _behind(case, prepositions, cases)
    return run if run and run[0] > case.cue.i else []


def _inf(case: _Case) -> list[int]:
    """From the infinitive (and its «не») to the end of its clause and what hangs on it; the whole clause of a thing promised."""
    tokens = case.tokens
    first = next((k for k in case.after if tokens[k].pos == "INF" or _looks_infinitive(tokens[k])), None)
    if first is None:
        return []
    fronted = case.bare("a", case.before)
    if fronted is not None and not case.source and fronted.animate != "a":
        return [k for k in case.clause.inside if k >= case.before[0]]
    if tokens[first - 1].low in ("не", "ні"):
        first -= 1
    run = case.rest(first)
    end = case.clause.end
    if (
        end + 1 < len(tokens)
        and tokens[end].text == ","
        and (tokens[end + 1].pos in ("SUB", "REL") or tokens[end + 1].low in _ASKING)
    ):
        run = [*run, *_to_end(case, end)]
    return run


def _looks_infinitive(token: Token) -> bool:
    """A Belarusian infinitive that the tagger takes for a finite form: «згодны прадаць»."""
    return token.pos == "V" and token.low == token.lemma and token.low.endswith(("ць", "ти", "ть", "цца", "тися"))


def _object(case: _Case, cases: str) -> list[int]:
    """An object behind the verb with all up to the clause's end; before it, the object, or the clause where more follows."""
    tokens = case.tokens
    if any(tokens[k].pos == "INF" for k in case.after):
        return []
    found = case.bare(cases, case.after)
    if found is not None and found.i - case.cue.i <= 6 and _is_thing(case, found):
        return [k for k in case.after if k >= case.after[0]]
    found = case.bare(cases, case.before) or case.still(case.before)
    if found is None or not _is_thing(case, found):
        return []
    rest = [k for k in case.after if tokens[k].pos in ("N", "PN", "NUM", "A")]
    if rest:
        return [k for k in case.clause.inside if k >= case.before[0]]
    first = next((k for k in case.before if k <= found.i and tokens[k].pos != "PREP"), found.i)
    stop = min((j for j in (*case.source, case.cue.i) if j > found.i), default=case.cue.i)
    return [k for k in case.before if first <= k < stop]


def _is_thing(case: _Case, token: Token) -> bool:
    return (
        not case.things
        or token.lemma in case.things
        or any(case.tokens[k].lemma in case.things for k in range(token.i, min(token.i + 3, len(case.tokens))))
    )


def _instr(case: _Case) -> list[int]:
    found = case.bare("i", case.after)
    return case.rest(case.after[0]) if found is not None and "i" in found.cases else []


def _named(case: _Case) -> Token | None:
    """What something is called: a noun or adjective in the instrumental, beside the object."""
    for k in (*case.after, *case.before):
        token = case.tokens[k]
        if token.pos in ("N", "A", "PN", "PTCP") and token.cases and "i" in token.cases and not case.governed(k):
            return token
    return None


def _as(case: _Case) -> list[int]:
    named = _named(case)
    if named is None or (named.pos == "N" and len(named.cases) > 2):
        return []
    others = [k for k in (*case.after, *case.before) if k != named.i]
    found = case.bare("a", others) or case.bare("ng", [k for k in others if k > case.cue.i])
    return _whole(case) if found is not None and found.i != named.i else []


def _whole(case: _Case) -> list[int]:
    """All of the clause but its source: behind the verb alone where nothing of it stands before."""
    pre = [k for k in case.before if case.tokens[k].pos in ("N", "PN", "PRON")]
    if pre and not _only_place(case):
        return [k for k in case.clause.inside if k >= case.before[0]]
    return case.after


def _only_place(case: _Case) -> bool:
    """Whether what stands before the verb is but a place or a day: «В беседе он назвал ...»."""
    return case.tokens[case.before[0]].pos == "PREP"


def _value(case: _Case) -> list[int]:
    for k in case.after:
        if case.tokens[k].low not in _IN | {"до", "да", "под"}:
            continue
        behind = case.tokens[k + 1 : k + 4]
        if any(t.pos == "NUM" or t.text[0].isdigit() or t.low.startswith(_SUMS) for t in behind):
            return _whole(case)
    return []


_SUMS = tuple(listed("sums"))


def _count(case: _Case) -> list[int]:
    near = [case.tokens[k] for k in case.after[:2]]
    return case.after if any(t.pos == "NUM" or t.text[0].isdigit() for t in near) else []


def _onto(case: _Case) -> list[int]:
    """«Вину за срыв возлагает на поставщика»: an object of blame or «всё», and «на» with somebody."""
    tokens = case.tokens
    on = next((k for k in case.after if tokens[k].low == "на" and _noun_behind(case, k) is not None), None)
    others = (*case.before, *(k for k in case.after if on is not None and k < on))
    blamed = any(tokens[k].low in _ALL or tokens[k].low.startswith(_BLAME) for k in others)
    if on is None or not blamed:
        return []
    return _whole(case) if not any(tokens[k].low in _ALL for k in case.before) else case.rest(case.before[0])


_BLAME = tuple(listed("blame"))


def _against_object(case: _Case) -> list[int]:
    found = case.bare("an", case.after)
    beside = any(case.tokens[k].low in _WITH and _noun_behind(case, k) is not None for k in case.after)
    return case.after if found is not None and beside else []


def _by(case: _Case) -> list[int]:
    """«Задержку объясняют туманом»: an object and its cause in the instrumental."""
    cause = case.bare("i", case.after)
    if cause is None or "i" not in cause.cases or "a" in cause.cases:
        return []
    thing = case.bare("an", [k for k in (*case.before, *case.after) if k != cause.i])
    return _whole(case) if thing is not None else []


def _express(case: _Case) -> list[int]:
    """«выразить сожаление о случившемся»: what follows the feeling, or the feeling alone."""
    tokens = case.tokens
    feeling = next((k for k in case.after[:4] if tokens[k].low.startswith(_FEELINGS)), None)
    if feeling is None or tokens[feeling].low.startswith(_THANKS):
        return []
    end = case.clause.end
    if end + 1 < len(tokens) and tokens[end].text == "," and tokens[end + 1].low in _THAT:
        return _to_end(case, end + 2)
    rest = case.rest(feeling + 1)
    return rest or [feeling]


def _all(case: _Case) -> list[int]:
    return [k for k in case.clause.inside if case.tokens[k].low in _ALL][:1]


def _whether(case: _Case) -> list[int]:
    """A question word behind the comma, or behind its preposition, or «ли» behind the first word."""
    tokens, comma = case.tokens, case.clause.end
    if comma + 2 >= len(tokens) or tokens[comma].text != "," or comma - case.cue.i > 8:
        return []
    opening = [token.low for token in tokens[comma + 1 : comma + 3]]
    asks = (
        opening[0] in _ASKING
        or opening[1] in ("ли", "ль")
        or (tokens[comma + 1].pos == "PREP" and opening[1] in _ASKING)
    )
    return _to_end(case, comma + 1) if asks else []


FRAMES: Mapping[str, Callable[[_Case], list[int]]] = {
    "inf": _inf,
    "acc": lambda case: _object(case, "a"),
    "gen": lambda case: _object(case, "g"),
    "instr": _instr,
    "about": lambda case: _behind(case, _ABOUT, ""),
    "in": lambda case: _after_only(case, _IN, "l"),
    "on": lambda case: _after_only(case, _ON, "la"),
    "from": lambda case: _behind(case, _FROM, ""),
    "with": lambda case: _behind(case, _WITH, "i"),
    "against": lambda case: _behind(case, _AGAINST, ""),
    "for": lambda case: _after_only(case, _FOR, "ai"),
    "to": lambda case: _after_only(case, _TO, "dg"),
    "that": lambda case: _subordinate(case, _THAT),
    "in_that": lambda case: _subordinate(case, _THAT, _IN),
    "about_that": lambda case: _subordinate(case, _THAT, _ABOUT),
    "on_that": lambda case: _subordinate(case, _THAT, _ON),
    "with_that": lambda case: _subordinate(case, _THAT, _WITH),
    "for_that": lambda case: _subordinate(case, _THAT, _FOR),
    "by_that": lambda case: _subordinate(case, _THAT, frozenset()),
    "so_that": lambda case: _subordinate(case, _SO_THAT),
    "whether": _whether,
    "comma": _comma,
    "colon": _colon,
    "as": _as,
    "value": _value,
    "count": _count,
    "onto": _onto,
    "against_object": _against_object,
    "by": _by,
    "express": _express,
    "all": _all,
}
