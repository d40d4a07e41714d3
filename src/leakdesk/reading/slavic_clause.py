"""The clause around a cue word by its punctuation, and who speaks in it: for the sieve of governed constructions."""

from __future__ import annotations

from dataclasses import dataclass

from leakdesk.reading.attribution_found import phrase_head
from leakdesk.reading.frame import is_temporal
from leakdesk.reading.lexicon import Lexicon
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.slavic_groups import Group, listed

_STOPS = frozenset({",", ";", ":", "—", "–", "-", "(", ")", "?", "!", "…"})
_PLACE = frozenset({"в", "во", "у", "ў", "на"})
_THEY = listed("they")
_WHO = listed("who")


@dataclass(frozen=True, slots=True)
class Around:
    """A clause: `inside` its words without what stands between commas, `reach` with it, the word that opens it ("" for none),
    the end (index of the mark or word behind it), and whether a conjunction ties it to the clause before."""

    inside: tuple[int, ...]
    reach: frozenset[int]
    opener: str
    end: int
    joined: bool


def around(sentence: Sentence, cue: Token) -> Around:
    """The clause of a cue word."""
    left, opener, joined, aside = _left(sentence, cue)
    right = _right(sentence, cue)
    inside = tuple(k for k in range(left, right) if k not in aside)
    return Around(inside, frozenset(range(left, right)), opener, right, joined)


def _left(sentence: Sentence, cue: Token) -> tuple[int, str, bool, frozenset[int]]:
    tokens = sentence.tokens
    aside: set[int] = set()
    k = cue.i - 1
    while k >= 0:
        token = tokens[k]
        if token.text in (",", ")", "—"):
            start = _inserted(sentence, k)
            if start is None:
                return k + 1, "", False, frozenset(aside)
            aside |= set(range(start, k + 1))
            k = start - 1
            continue
        if token.text in _STOPS and not _hyphen(tokens, k):
            return k + 1, "", False, frozenset(aside)
        if token.pos in ("SUB", "REL") and token.low not in ("как", "як"):
            return k, token.low, False, frozenset(aside)
        if token.pos == "CCONJ" and any(t.pos in ("V", "AUX") for t in _clause_before(sentence, k)):
            return k + 1, "", True, frozenset(aside)
        k -= 1
    return 0, "", False, frozenset(aside)


def _hyphen(tokens: list[Token], k: int) -> bool:
    return tokens[k].text == "-" and 0 < k < len(tokens) - 1 and tokens[k - 1].end == tokens[k].start


def _clause_before(sentence: Sentence, at: int) -> list[Token]:
    start = next((j + 1 for j in range(at - 1, -1, -1) if sentence.tokens[j].text in _STOPS), 0)
    return sentence.tokens[start:at]


def _inserted(sentence: Sentence, close: int) -> int | None:
    """Where the insertion starts that a mark closes: a relative clause, a participle, an apposition; None for a clause end."""
    tokens = sentence.tokens
    mark = {")": "(", "—": "—"}.get(tokens[close].text, ",")
    start = next((j for j in range(close - 1, 0, -1) if tokens[j].text == mark), None)
    if start is None or close - start < 2 or close - start > 16:
        return None
    inner = tokens[start + 1 : close]
    if mark == "(":
        return start
    if any(token.pos == "REL" or token.low in _WHO for token in inner[:2]):
        return start
    participle = inner[0].low.endswith(_PARTICIPLES)
    if tokens[start - 1].pos not in ("N", "PN", "PUNCT") or any(
        t.pos in ("V", "AUX", "SUB", "CCONJ") for t in (inner[1:] if participle else inner)
    ):
        return None
    return start if (participle or inner[0].pos in ("PTCP", "A", "N", "PN")) and len(inner) <= 12 else None


_PARTICIPLES = tuple(listed("participles"))


def _right(sentence: Sentence, cue: Token) -> int:
    tokens = sentence.tokens
    quoted = 0
    for k in range(cue.i + 1, len(tokens)):
        token = tokens[k]
        if token.text in ("«", "„"):
            quoted += 1
        elif token.text in ("»", "“"):
            quoted = max(0, quoted - 1)
        if quoted:
            continue
        if (token.text in _STOPS and not _hyphen(tokens, k)) or token.text == ".":
            return k
        follows = [t for t in tokens[k + 1 : k + 3] if t.pos not in ("ADV", "NEG", "X")]
        if token.pos == "CCONJ" and follows and follows[0].pos in ("V", "AUX"):
            return k
    return len(tokens)


def speaker_of(sentence: Sentence, cue: Token, clause: Around, group: Group, words: Lexicon) -> int | None:
    """Index of the head of who speaks: a subject in the clause, the antecedent of its «который», the subject of the verb it
    is joined to, or a place where the plural stands alone; None for nobody."""
    subject = _subject(sentence, cue, clause, group, words)
    if group.written:
        paper = subject is not None and words.is_document(sentence.tokens[subject].low, sentence.tokens[subject].lemma)
        return subject if paper else _place(sentence, cue, clause, words, written=True)
    if subject is not None:
        return subject
    if clause.opener in _WHO - {"що", "што"} and cue.pos == "V" and clause.inside:
        nouns = [token for token in sentence.tokens[: clause.inside[0]] if token.pos in ("N", "PN")]
        noun = nouns[-1] if nouns else None
        if noun is not None and _can(noun, group, words) and _agrees(noun, cue):
            return phrase_head(sentence, noun.i) if phrase_head(sentence, noun.i) < cue.i else noun.i
        return None
    if clause.joined:
        above = next((t for t in reversed(sentence.tokens[: clause.inside[0]]) if t.pos in ("V", "AUX")), None)
        if above is not None and above.number == cue.number:
            other = around(sentence, above)
            return _subject(sentence, above, other, group, words)
        return None
    return _place(sentence, cue, clause, words, written=False) if cue.number == "p" else None


def _subject(sentence: Sentence, cue: Token, clause: Around, group: Group, words: Lexicon) -> int | None:
    fitting: list[Token] = []
    for k in clause.inside:
        token = sentence.tokens[k]
        if k == cue.i or token.pos not in ("N", "PN", "PRON", "NUM") or not _nominative(sentence, token):
            continue
        if token.pos == "PRON" and token.low not in _THEY:
            continue
        if token.pos == "NUM" and token.low not in _COLLECTIVE:
            continue
        if _in_quotes(sentence, k) or not _agrees(token, cue) or is_temporal(token):
            continue
        if token.pos == "NUM" or _can(token, group, words):
            fitting.append(token)
    if not fitting:
        return None
    named = [token for token in fitting if token.dep in ("nsubj", "nsubj:pass") and token.head == cue.i]
    before = [token for token in fitting if token.i < cue.i]
    chosen = before[-1] if before else fitting[0]
    if named and (named[0].pos != "PN" or chosen.pos == "PN"):
        chosen = named[0]
    for token in fitting:  # «контора порта Лебяжье»: the first noun of the run is its head
        if token.i < chosen.i and all(t.pos in _RUN for t in sentence.tokens[token.i : chosen.i]):
            return token.i
    return chosen.i


_RUN = frozenset({"N", "PN", "A", "DET"})


def somebody_else(sentence: Sentence, cue: Token, clause: Around) -> bool:
    """Whether a plural has a subject that can be no speaker of its group («мы», «факты»): then it is not "they" at large."""
    for k in clause.inside:
        token = sentence.tokens[k]
        if token.pos == "PRON" and token.low in _SELF:
            return True
        if token.pos in ("N", "PN") and token.dep == "nsubj" and token.head == cue.i and "n" in (token.cases or "n"):
            if token.number in ("", cue.number) and "a" not in token.cases:
                return True
            if token.number == "p" and cue.number == "p" and _nominative(sentence, token) and token.i < cue.i:
                return True
    return False


_SELF = listed("self")


def source_run(sentence: Sentence, head: int, inside: list[int], cue: Token, clause: Around) -> list[int]:
    """The phrase of a speaker without what stands before a preposition in front of it, with the genitives and names behind it."""
    tokens = sentence.tokens
    first = next((k for k in range(head, -1, -1) if tokens[k].pos == "PREP" and k in inside), None)
    run = [k for k in inside if first is None or k > first]
    while (
        run and run[0] < head and tokens[run[0]].cases and "n" not in tokens[run[0]].cases and tokens[run[0]].pos == "A"
    ):
        run.pop(0)
    while run and run[0] - 1 in clause.inside and tokens[head].pos == "PN" and _office(tokens[run[0] - 1]):
        run.insert(0, run[0] - 1)
    last = run[-1] if run else head
    if last != head and not all(tokens[k].pos in _RUN for k in range(head, last)):
        return run or [head]
    while last + 1 in clause.inside and last + 1 != cue.i and _belongs(tokens[last + 1]):
        last += 1
    if last + 1 < len(tokens) and tokens[last + 1].text == "«":
        close = next((k for k in range(last + 1, len(tokens)) if tokens[k].text == "»"), last)
        last = close if cue.i > close or cue.i < last else last
    return list(range(run[0] if run else head, last + 1))


def _office(token: Token) -> bool:
    """«Экспертка Тамара Вярбіла»: the office before a name."""
    return (
        token.pos == "N"
        and "n" in (token.cases or "n")
        and (token.animate == "a" or token.forms in ("", "ns as gs ds"))
    )


def _belongs(token: Token) -> bool:
    if token.pos == "PN" or (token.animate == "a" and token.pos == "N" and token.cases in ("a", "g", "ga", "ag")):
        return True
    return token.pos in ("N", "A") and "g" in token.cases and "i" not in token.cases


_COLLECTIVE = listed("collective")


def _nominative(sentence: Sentence, token: Token) -> bool:
    before = sentence.tokens[token.i - 1] if token.i else None
    if sentence.child(token.i, "case") is not None or (before is not None and before.pos == "PREP"):
        return False
    if (
        token.i > 1
        and before is not None
        and before.pos in ("A", "DET", "PTCP", "NUM")
        and sentence.tokens[token.i - 2].pos == "PREP"
    ):
        return False
    if token.pos == "PN" and (token.dep in ("nsubj", "root") or token.i == 0):
        return True
    if "n" in (token.cases or "n") or any(form[0] == "n" for form in token.forms.split()):
        return True
    # of things the accusative looks like the nominative, but for the feminine singular
    return "a" in token.cases and token.animate == "i" and (token.number == "p" or token.gender in ("m", "n"))


def _agrees(noun: Token, verb: Token) -> bool:
    if noun.pos in ("PN", "NUM") or not noun.number or not verb.number or _unknown(noun):
        return True
    return noun.number == verb.number


def _unknown(token: Token) -> bool:
    """A Ukrainian or Belarusian word that no dictionary has, large, in the place of a subject: a name or a trade of people."""
    large = token.lemma == token.low and token.text[0].isupper() and not token.low.endswith(_ABSTRACT)
    guessed = not token.forms or token.forms == "ns as gs ds"
    return large and guessed and token.dep == "nsubj"


_ABSTRACT = ("ість", "асць", "есць", "ость", "ння", "нне", "ние", "ття", "цце", "ція", "цыя", "ция", "ство", "тва")


def _can(token: Token, group: Group, words: Lexicon) -> bool:
    if group.any or token.pos == "PN" or token.low in _THEY or token.animate == "a":
        return True
    if _unknown(token) and not words.is_document(token.low, token.lemma):
        return True
    return words.speaks(token.low, token.lemma) or (group.paper and words.is_document(token.low, token.lemma))


def _in_quotes(sentence: Sentence, k: int) -> bool:
    opened = sum(token.text == "«" for token in sentence.tokens[:k]) - sum(
        token.text == "»" for token in sentence.tokens[:k]
    )
    return opened > 0 and not (k and sentence.tokens[k - 1].text == "«" and sentence.tokens[k].pos == "PN")


def _place(sentence: Sentence, cue: Token, clause: Around, words: Lexicon, *, written: bool) -> int | None:
    """«В министерстве подтвердили», «В графе стоит»: the place before the verb."""
    tokens = sentence.tokens
    for k in clause.inside:
        if k >= cue.i or tokens[k].low not in _PLACE:
            continue
        noun = next((t for t in tokens[k + 1 : k + 6] if t.pos in ("N", "PN") and t.i < cue.i), None)
        if noun is None or is_temporal(noun) or ("l" not in (noun.cases or "l") and noun.pos != "PN"):
            continue
        paper = words.is_document(noun.low, noun.lemma) or noun.low.startswith(_LINES)
        if (written and paper) or (not written and (paper or noun.pos == "PN" or words.speaks(noun.low, noun.lemma))):
            return noun.i
    return None


_LINES = tuple(listed("lines"))
