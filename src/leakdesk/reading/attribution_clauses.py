"""A verb of saying and the clause behind its "that", read from the words alone: a second opinion where the tree is wrong.

Trees of Ukrainian and Belarusian come from a stand-in, trees of English go astray behind an addressee ("told a news
conference that ..."). The order of the words is plainer: a speaker, a verb that introduces, a comma, «що».
"""

from __future__ import annotations

from leakdesk.reading import spans
from leakdesk.reading.attribution_found import Found, Text, class_of, has_verb, is_negated, phrase_head
from leakdesk.reading.attribution_tags import speaker_phrase
from leakdesk.reading.lexicon import Lexicon
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.words import word_list

_THAT = {"en": ("that",), "ru": ("что",), "uk": ("що",), "be": ("што",)}
_INTRODUCE = frozenset({"say", "admit", "learn", "think", "show", "deny"})
#: Words between the verb and "that": an addressee, a day, a place.
_FARTHEST = 9
_FROM = frozenset({"из", "з", "із", "зі", "са", "со"})
_NOT = frozenset({"not", "n't", "never", "не", "ні", "ни"})
_STOPS = frozenset({"V", "SUB", "REL", "CCONJ"})
_NO_SPEAKER = frozenset({"it", "this", "це", "это", "гэта"})


def that_clauses(text: Text, number: int, sentence: Sentence, words: Lexicon) -> list[Found]:
    """Cue words that no earlier sieve has used, each with the clause behind its "that"."""
    found: list[Found] = []
    for cue in sentence.tokens:
        if cue.start in text.used or not (cue.pos in ("V", "PTCP", "INF") or _plain(cue)):
            continue
        if not (_plain(cue) or words.classes_of(cue.low, cue.lemma) & _INTRODUCE) or _denied(sentence, cue):
            continue
        made = _behind(sentence, cue, words)
        if made is not None:
            text.used.add(cue.start)
            made.sentence = number
            found.append(made)
    return found


def _denied(sentence: Sentence, cue: Token) -> bool:
    before = sentence.tokens[max(0, cue.i - 3) : cue.i]
    return is_negated(sentence, cue) or any(token.pos == "NEG" or token.low in _NOT for token in before)


def _behind(sentence: Sentence, cue: Token, words: Lexicon) -> Found | None:
    tokens = sentence.tokens
    mark = _that(sentence, cue, words)
    if mark is None:
        return None
    clause = sentence.trim(_to_end(sentence, mark + 1))
    if len(clause) < 2 or (sentence.language == "en" and not has_verb(sentence, clause)):
        return None
    head = _speaker(sentence, cue, mark, words)
    if head is None and not _nobody(cue):
        return None
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
        cue_class=class_of(words, cue),
        source_head=head if head is not None else -1,
        hedged=source is None,
    )


def _that(sentence: Sentence, cue: Token, words: Lexicon) -> int | None:
    """Index of the "that" which the verb opens: behind a comma in the Slavic languages, behind an audience in English."""
    tokens = sentence.tokens
    marks = _THAT.get(sentence.language, ())
    for k in range(cue.i + 1, min(cue.i + _FARTHEST, len(tokens))):
        if tokens[k].low in marks:
            if sentence.language != "en":
                return k if tokens[k - 1].text == "," else None
            return (
                k
                if _has_audience(tokens[cue.i + 1 : k], cue, words) and tokens[k + 1].pos not in ("V", "AUX")
                else None
            )
        if tokens[k].pos in _STOPS or (
            tokens[k].text == "," and k + 1 < len(tokens) and tokens[k + 1].low not in marks
        ):
            return None
    return None


def _has_audience(between: list[Token], cue: Token, words: Lexicon) -> bool:
    nouns = [token for token in between if token.pos in ("N", "PN", "PRON")]
    if not nouns:
        return True
    if cue.lemma not in word_list("addressing"):
        return False
    last = nouns[-1]
    return last.pos in ("PN", "PRON") or words.speaks(last.low, last.lemma) or last.lemma in word_list("audiences")


def _to_end(sentence: Sentence, start: int) -> list[int]:
    stop = next((k for k in range(start, len(sentence.tokens)) if sentence.tokens[k].text == ";"), len(sentence.tokens))
    return list(range(start, stop))


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
    subject = sentence.child(cue.i, "nsubj", "nsubj:pass", "obl:agent")
    if subject is not None and subject.i < mark and subject.low not in _NO_SPEAKER:
        return subject.i
    for k in (*reversed(range(cue.i)), *range(cue.i + 1, mark)):
        token = sentence.tokens[k]
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
