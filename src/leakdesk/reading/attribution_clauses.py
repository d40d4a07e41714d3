"""A verb of saying and the clause behind its "that", read from the words alone: a second opinion where the tree is wrong.

Trees of Ukrainian and Belarusian come from a stand-in, trees of English go astray behind an addressee ("told a news
conference that ..."). The order of the words is plainer: a speaker, a verb that introduces, a comma, «що».
"""

from __future__ import annotations

from leakdesk.reading import spans
from leakdesk.reading.attribution_found import (
    Found,
    Text,
    class_of,
    has_verb,
    is_gerund,
    is_negated,
    phrase_head,
    unconfirmed,
    undisputed,
    without_contrast,
)
from leakdesk.reading.attribution_tags import speaker_phrase
from leakdesk.reading.frame import is_temporal
from leakdesk.reading.lexicon import Lexicon
from leakdesk.reading.patterns_needs import antecedent
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.words import word_list

_THAT = {
    "en": ("that",),
    "ru": ("что", "будто", "якобы"),
    "uk": ("що", "ніби", "нібито", "начебто", "мовби"),
    "be": ("што", "нібыта", "быццам", "нібы"),
}
#: The word that points ahead at the clause: «о том, что», «у тому, що», «пра тое, што».
_AHEAD = frozenset({"том", "тому", "тем", "того", "те", "тім", "тым", "тое", "таго"})
_INTRODUCE = frozenset({"say", "admit", "learn", "think", "show", "deny"})
#: Words between the verb and "that": an addressee, a day, a place.
_FARTHEST = 9
_FROM = frozenset({"из", "з", "із", "зі", "са", "со"})
_WITHIN = frozenset({"в", "во", "у", "ў"})
_NOT = frozenset({"not", "n't", "never", "не", "ні", "ни"})
_STOPS = frozenset({"V", "SUB", "REL", "CCONJ"})
_NO_SPEAKER = frozenset({"it", "this", "це", "это", "гэта"})


def that_clauses(text: Text, number: int, sentence: Sentence, words: Lexicon) -> list[Found]:
    """Cue words that no earlier sieve has used, each with the clause behind its "that"."""
    found: list[Found] = []
    for cue in sentence.tokens:
        if cue.start in text.used or not (cue.pos in ("V", "PTCP", "INF", "CONV") or _plain(cue)):
            continue
        if not (_plain(cue) or words.classes_of(cue.low, cue.lemma) & _introducing(sentence, cue)) or _denied(
            sentence, cue
        ):
            continue
        made = _behind(sentence, cue, words, text.tagged.get(number))
        if made is not None:
            text.used.add(cue.start)
            made.sentence = number
            found.append(made)
    return found


def _introducing(sentence: Sentence, cue: Token) -> frozenset[str]:
    """Classes that may open the clause: accusations only behind «в том, что»."""
    mark = next(
        (t.i for t in sentence.tokens[cue.i + 1 : cue.i + _FARTHEST] if t.low in _THAT.get(sentence.language, ())), 0
    )
    ahead = mark > 1 and sentence.tokens[mark - 2].low in _AHEAD
    return _INTRODUCE | {"accuse", "promise"} if ahead else _INTRODUCE


def _denied(sentence: Sentence, cue: Token) -> bool:
    if undisputed(sentence, cue) or unconfirmed(sentence, cue):
        return False
    before = sentence.tokens[max(0, cue.i - 3) : cue.i]
    return is_negated(sentence, cue) or any(token.pos == "NEG" or token.low in _NOT for token in before)


def _behind(sentence: Sentence, cue: Token, words: Lexicon, last: int | None) -> Found | None:
    tokens = sentence.tokens
    mark = _that(sentence, cue, words)
    if mark is None:
        return None
    clause = _till_main(sentence, without_contrast(sentence, sentence.trim(_to_end(sentence, mark + 1))))
    if last is not None and sentence.language == "en":
        clause = [k for k in clause if k <= last]  # what a tag at the end says of it is not in it
    if len(clause) < 2 or (sentence.language == "en" and not has_verb(sentence, clause)):
        return None
    head = _speaker(sentence, cue, mark, words)
    if head is None and not (_nobody(cue) or _is_told(sentence, cue) or _somebody(sentence, cue)):
        return None
    if head is None and cue.low.endswith(("ся", "сь", "цца")):
        head = next(
            (
                t.i
                for t in sentence.tokens[: cue.i]
                if t.pos == "PRON" and t.i and sentence.tokens[t.i - 1].low in _WITHIN
            ),
            None,
        )
    source = None
    if head is not None:
        inside = [k for k in speaker_phrase(sentence, head, words) if k < cue.i or k > cue.i]
        source = spans.extent(sentence, [k for k in inside if (k < cue.i) == (head < cue.i) and k < mark])
    evidential = head is not None and words.is_document(tokens[head].low, tokens[head].lemma)
    return Found(
        "evidential" if evidential else "indirect" if source else "agentless",
        "clause-behind-that",
        source=source,
        cue=(cue.start, cue.end),
        content=spans.extent(sentence, clause),
        cue_class="say"
        if undisputed(sentence, cue)
        else "open"
        if unconfirmed(sentence, cue)
        else class_of(words, cue),
        source_head=head if head is not None else -1,
        hedged=source is None,
    )


def _that(sentence: Sentence, cue: Token, words: Lexicon) -> int | None:
    """Index of the "that" which the verb opens: behind a comma in the Slavic languages, behind an audience in English."""
    tokens = sentence.tokens
    marks = _THAT.get(sentence.language, ())
    if sentence.language == "en" and (aside := _past_aside(sentence, cue)) is not None:
        return aside
    for k in range(cue.i + 1, min(cue.i + _FARTHEST, len(tokens))):
        if tokens[k].low in marks:
            if sentence.language != "en":
                return k if tokens[k - 1].text == "," and not _relative(sentence, cue, k) else None
            return (
                k
                if _has_audience(tokens[cue.i + 1 : k], cue, words)
                and k + 1 < len(tokens)
                and tokens[k + 1].pos not in ("V", "AUX")
                else None
            )
        if tokens[k].pos in _STOPS or (
            tokens[k].text == "," and k + 1 < len(tokens) and tokens[k + 1].low not in marks
        ):
            return None
    return None


def _past_aside(sentence: Sentence, cue: Token) -> int | None:
    """ "reported in July, citing shipping records, that": the "that" behind an aside between two commas."""
    tokens = sentence.tokens
    opening = next((k for k in range(cue.i + 1, min(cue.i + 6, len(tokens))) if tokens[k].text == ","), None)
    if opening is None or any(t.pos in _STOPS for t in tokens[cue.i + 1 : opening]):
        return None
    close = next((k for k in range(opening + 1, min(opening + 14, len(tokens) - 2)) if tokens[k].text == ","), None)
    if close is None or tokens[close + 1].low != "that" or tokens[close + 2].pos in ("V", "AUX"):
        return None
    return close + 1 if not any(t.pos == "V" for t in tokens[opening:close]) else None


def _relative(sentence: Sentence, cue: Token, mark: int) -> bool:
    """«видно з декларації, що опинилася в нас»: a noun, a comma, «що» and at once a verb: a relative clause."""
    tokens = sentence.tokens
    if sentence.language == "ru" or mark + 1 >= len(tokens) or mark - 2 <= cue.i:
        return False
    return tokens[mark - 2].pos == "N" and tokens[mark + 1].pos == "V" and tokens[mark + 1].low not in word_list("seen")


def _has_audience(between: list[Token], cue: Token, words: Lexicon) -> bool:
    nouns = [token for token in between if token.pos in ("N", "PN", "PRON") and not is_temporal(token)]
    if not nouns:
        return True
    if cue.lemma not in word_list("addressing"):
        return False
    last = nouns[-1]
    return last.pos in ("PN", "PRON") or words.speaks(last.low, last.lemma) or last.lemma in word_list("audiences")


def _to_end(sentence: Sentence, start: int) -> list[int]:
    stop = next((k for k in range(start, len(sentence.tokens)) if sentence.tokens[k].text == ";"), len(sentence.tokens))
    return list(range(start, stop))


def _till_main(sentence: Sentence, clause: list[int]) -> list[int]:
    """Up to «, і пообіцяла ...»: a comma before "and" and a verb closes a Slavic clause."""
    tokens = sentence.tokens
    for k in clause[2:-1] if sentence.language != "en" else ():
        joins = tokens[k].low in ("и", "і", "й", "та", "ды") and tokens[k - 1].text == ","
        if joins and tokens[k + 1].pos == "V" and any(tokens[i].pos in ("V", "AUX") for i in clause if i < k):
            return sentence.trim([i for i in clause if i < k])
    return clause


def _nobody(cue: Token) -> bool:
    """A form that needs no subject: «зазначається», «говорят»."""
    return _plain(cue) or (cue.low.endswith(("ся", "сь", "цца")) and cue.number != "p")


def _plain(cue: Token) -> bool:
    """«видно», «известно»: no speaker, only a paper it is seen from."""
    return cue.low in word_list("seen") and cue.pos != "SUB"


def _speaker(sentence: Sentence, cue: Token, mark: int, words: Lexicon) -> int | None:
    """The subject of the verb, else the nearest noun beside it in the form of a subject."""
    if _plain(cue):
        return _paper(sentence, cue, words)
    if cue.pos == "INF":
        return _managing(sentence, cue)
    if _is_told(sentence, cue):
        agent = sentence.child(cue.i, "obl:agent")
        return agent.i if agent is not None else None
    if is_gerund(sentence, cue):
        return adding_speaker(sentence, cue, words)
    subject = sentence.child(cue.i, "nsubj", "nsubj:pass", "obl:agent")
    if subject is not None and sentence.language == "en":
        subject = antecedent(sentence, subject)
    if subject is not None and subject.i < mark and subject.low not in _NO_SPEAKER:
        return subject.i
    return _beside(sentence, cue, mark, words)


def _beside(sentence: Sentence, cue: Token, mark: int, words: Lexicon) -> int | None:
    """The nearest noun before the verb, else behind it, in the form of a subject."""
    aside = _relative_clauses(sentence, cue.i)
    for k in (*reversed(range(cue.i)), *range(cue.i + 1, mark)):
        token = sentence.tokens[k]
        if k in aside:
            continue
        if token.pos in ("V", "SUB", "REL") or token.text in (";", ":"):
            if k < cue.i:
                continue
            return None
        if token.pos in ("N", "PN", "PRON") and sentence.child(k, "case") is None and token.low not in _NO_SPEAKER:
            head = phrase_head(sentence, k)
            token = sentence.tokens[head]
            if "n" in (token.cases or "n") and (token.pos in ("PN", "PRON") or words.speaks(token.low, token.lemma)):
                return head
            if words.is_document(token.low, token.lemma) and "n" in (token.cases or "n"):
                return head
    return None


def _is_told(sentence: Sentence, cue: Token) -> bool:
    """ "Residents were told that": the subject hears."""
    return (
        sentence.language == "en"
        and cue.lemma in word_list("addressing")
        and sentence.child(cue.i, "aux:pass") is not None
    )


def _somebody(sentence: Sentence, cue: Token) -> bool:
    """«Нам казалі, што»: a plural verb of saying that no noun before it can be the subject of."""
    if sentence.language == "en" or cue.pos != "V" or cue.number != "p":
        return False
    return not any(t.pos in ("N", "PN", "PRON", "NUM") and "n" in (t.cases or "n") for t in sentence.tokens[: cue.i])


def adding_speaker(sentence: Sentence, cue: Token, words: Lexicon) -> int | None:
    """«Мэр отверг обвинения, заявив, что»: whoever the sentence is about speaks in its gerund as well."""
    before = [
        t
        for t in sentence.tokens[: cue.i]
        if t.pos in ("N", "PN", "PRON") and "n" in (t.cases or "n") and sentence.child(t.i, "case") is None
    ]
    for fits in (lambda t: t.pos in ("PN", "PRON") or words.speaks(t.low, t.lemma), lambda t: t.dep == "nsubj"):
        chosen = next((t for t in before if fits(t)), None)
        if chosen is not None:
            return phrase_head(sentence, chosen.i)
    return phrase_head(sentence, before[0].i) if before else None


def _relative_clauses(sentence: Sentence, stop: int) -> frozenset[int]:
    """Indices of relative clauses between two commas before a word: «рахунки, які оприлюднив депутат, показують»."""
    found: set[int] = set()
    tokens = sentence.tokens
    for k in range(stop):
        if tokens[k].text != "," or not any(each.pos == "REL" for each in tokens[k + 1 : k + 3]):
            continue
        close = next((j for j in range(k + 2, stop) if tokens[j].text == ","), None)
        if close is not None:
            found |= set(range(k, close + 1))
    return frozenset(found)


def _paper(sentence: Sentence, cue: Token, words: Lexicon) -> int | None:
    """«Из писем видно»: the paper before the word, behind a preposition."""
    for token in reversed(sentence.tokens[: cue.i]):
        if token.text in (",", ";", ":"):
            return None
        before = sentence.tokens[token.i - 1] if token.i else token
        case = sentence.child(token.i, "case") or (before if before.low in _FROM else None)
        if case is not None and (
            words.is_document(token.low, token.lemma) or (case.low in _FROM and (token.pos == "PRON" or _follows(cue)))
        ):
            return token.i
    return None


def _follows(cue: Token) -> bool:
    return cue.low in word_list("follows")


def _managing(sentence: Sentence, cue: Token) -> int | None:
    """«Журналистам удалось выяснить»: the speaker stands in the dative before a verb of managing."""
    before = sentence.tokens[: cue.i]
    if not any(token.low in word_list("managed") for token in before[-3:]):
        return None
    return next((phrase_head(sentence, t.i) for t in before if t.pos in ("N", "PN", "PRON") and "d" in t.cases), None)
