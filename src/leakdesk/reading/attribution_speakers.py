"""Who speaks a quotation: the subject beside its cue word, a name before a colon, whom the clause before a colon is about."""

from __future__ import annotations

from leakdesk.language.concepts import fold
from leakdesk.reading import spans
from leakdesk.reading.attribution_found import Found, Text, phrase_head
from leakdesk.reading.lexicon import Lexicon
from leakdesk.reading.patterns_needs import antecedent
from leakdesk.reading.quotes import Quotation, is_speech
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.words import word_list


def any_verb(text: Text, sentence: Sentence, window: list[Token], quotation: Quotation, words: Lexicon) -> list[Token]:
    """«...», — бросил, выходя, истец: whatever the one verb right behind a speech is, it tells how it was said."""
    tail = text.sheet[quotation.inner_end : quotation.end + 3]
    if not any(mark in tail for mark in (",", "?", "!", "—", "…")):
        return []
    stop = next(
        (n for n, token in enumerate(window) if token.text in (".", ";", ":", "«", '"', "—") and n > 1), len(window)
    )
    near = window[:stop]
    verbs = [token for token in near if token.pos == "V" and token.dep not in ("acl:relcl", "acl", "advcl")]
    if len(verbs) != 1 or verbs[0].i - near[0].i > 5:
        return []
    verb = verbs[0]
    nouns = [
        t
        for t in near
        if t.pos in ("N", "PN", "PRON") and "n" in (t.cases or "n") and sentence.child(t.i, "case") is None
    ]
    human = [t for t in nouns if t.pos in ("PN", "PRON") or t.animate == "a" or words.speaks(t.low, t.lemma)]
    object_ = sentence.child(verb.i, "obj")
    if not human or (sentence.language == "en" and object_ is not None and near[0].low not in ("thus", "so")):
        return []
    return verbs if abs(human[0].i - verb.i) <= 5 and human[0] is not object_ else []


def was_the_word(
    sentence: Sentence, window: list[Token], quotation: Quotation, number: int, words: Lexicon
) -> Found | None:
    """ "“Not on my watch,” was the minister's reply": a noun of saying behind "was", with its owner or its paper."""
    if sentence.language != "en" or not window or window[0].lemma != "be":
        return None
    noun = next(
        (
            t
            for t in window[1:7]
            if t.pos == "N" and (words.is_saying(t.low, t.lemma) or t.lemma in word_list("saying_more"))
        ),
        None,
    )
    if noun is None:
        return None
    who = sentence.child(noun.i, "nmod:poss") or next((t for t in sentence.children(noun.i) if t.dep == "nmod"), None)
    if who is None:
        who = next((t for t in window if t.i > noun.i and words.is_document(t.low, t.lemma)), None)
    if who is None:
        return None
    inside = [k for k in spans.phrase(sentence, who.i) if sentence.tokens[k].text not in ("'s", "’s", "'", "’")]
    return Found(
        "evidential" if words.is_document(who.low, who.lemma) else "direct",
        "was-the-word",
        source=spans.extent(sentence, inside),
        cue=(window[0].start, noun.end),
        content=(quotation.inner_start, quotation.inner_end),
        cue_class="say",
        source_head=who.i,
        sentence=number,
    )


def within_clause(sheet: str, quotation: Quotation, low: int, sentence: Sentence, cue: Token) -> bool:
    """«Рядок цей, переконує Верес, «вирвано з контексту»»: a small letter behind the comma of a tag: a part of what is said."""
    lead = sheet[low : quotation.start].rstrip()
    small = sheet[quotation.inner_start : quotation.inner_start + 1].islower()
    tagged = any(token.text == "," and token.start >= low for token in sentence.tokens[max(0, cue.i - 5) : cue.i])
    return sentence.language != "en" and small and lead.endswith(",") and tagged


def just_before(text: Text, cue: Token, quotation: Quotation) -> bool:
    """Between cue and opening mark no other clause of its own stands, unless a colon introduces the quotation."""
    between = text.sheet[cue.end : quotation.start]
    return ":" in between or len(between) < 60


#: Words before a colon that only say that a quotation follows; and how many words a name may have there.
_LABELS = frozenset({"quote", "цитата", "цытата", "пряма мова", "прямая речь", "дослівно", "дословно"})
_LABEL_WORDS = 7


def colon_name(
    text: Text, window: list[Token], quotation: Quotation, sentence: Sentence, number: int, words: Lexicon
) -> Found | None:
    """`Vellin: "..."`: a name and a colon."""
    tail = text.sheet[max(0, quotation.start - 3) : quotation.start]
    if ":" not in tail or not window:
        return None
    if any(token.pos == "V" for token in window):
        return _clause_colon(text, window, quotation, sentence, number, words)
    nouns = [token for token in window if token.pos in ("N", "PN")]
    first = [token for token in window if token.pos != "PUNCT"]
    if not nouns or len(first) > _LABEL_WORDS:
        return None
    paper = _paper_of(sentence, first, words)
    if paper is not None:
        inside = [k for k in spans.phrase(sentence, paper.i) if k > first[0].i]
        return Found(
            "evidential",
            "paper-colon-quote",
            source=spans.extent(sentence, inside),
            content=(quotation.inner_start, quotation.inner_end),
            sentence=number,
            source_head=paper.i,
        )
    if words.is_saying(nouns[-1].low) or fold(text.sheet[first[0].start : first[-1].end]) in _LABELS:
        return None
    return Found(
        "direct",
        "name-colon-quote",
        source=(first[0].start, first[-1].end),
        content=(quotation.inner_start, quotation.inner_end),
        sentence=number,
        source_head=nouns[-1].i,
    )


def _paper_of(sentence: Sentence, first: list[Token], words: Lexicon) -> Token | None:
    """«В письме: "..."»: the paper in whose words something stands."""
    if first[0].low not in _PLACE or sentence.language == "en":
        return None
    paper = next((t for t in first[1:4] if t.pos == "N"), None)
    return paper if paper is not None and words.is_document(paper.low, paper.lemma) else None


def subject_of(sentence: Sentence, cue: Token, words: Lexicon, window: list[Token]) -> int | None:
    """The head of who speaks: the subject of the cue, of its conjunct, or the nearest name beside the cue."""
    subject = sentence.child(cue.i, "nsubj", "nsubj:pass", "obl:agent")
    if subject is None and cue.dep in ("conj", "xcomp", "advcl") and cue.head >= 0:
        subject = sentence.child(cue.head, "nsubj")
    inside = {token.i for token in window}
    if subject is not None:
        subject = antecedent(sentence, subject)
        if subject.i in inside or subject.pos != "PRON" or subject.i < cue.i:
            return subject.i
    near = _nearest_speaker(sentence, cue, inside, words)
    if near is not None:
        return near
    for step in (1, -1):
        k = cue.i + step
        while k in inside and sentence.tokens[k].pos in ("DET", "A", "ADV", "N", "PN", "PRON", "NUM", "AUX"):
            token = sentence.tokens[k]
            if token.pos in ("N", "PN", "PRON") and not _hears(sentence, token):
                return phrase_head(sentence, k)
            k += step
    return None


def _hears(sentence: Sentence, token: Token) -> bool:
    """«ответили нам в канцелярии»: a pronoun that can be no subject."""
    return sentence.language != "en" and token.pos == "PRON" and bool(token.cases) and "n" not in token.cases


def _nearest_speaker(sentence: Sentence, cue: Token, inside: set[int], words: Lexicon) -> int | None:
    """The nearest nominative that can speak, first behind the cue word, then before it; no adverb, no hearer."""
    if sentence.language == "en":
        return None
    for side in (range(cue.i + 1, cue.i + 9), range(cue.i - 1, cue.i - 9, -1)):
        for k in side:
            if k not in inside:
                break
            token = sentence.tokens[k]
            speaks = token.pos in ("PN", "PRON") or token.animate == "a" or words.speaks(token.low, token.lemma)
            if (
                token.pos in ("N", "PN", "PRON")
                and "n" in token.cases
                and (speaks or words.is_document(token.low, token.lemma))
            ):
                return phrase_head(sentence, k) if phrase_head(sentence, k) in inside else k
    return None


def _clause_colon(
    text: Text, window: list[Token], quotation: Quotation, sentence: Sentence, number: int, words: Lexicon
) -> Found | None:
    """«Счёт утвердил директор: "Проводите".»: a whole speech behind a colon is spoken by whom the clause is about."""
    colon = next((token for token in reversed(window) if token.text == ":"), None)
    first = text.sheet[quotation.inner_start : quotation.inner_start + 1]
    if colon is None or quotation.start - colon.end > 2 or not first.isupper() or not is_speech(text.sheet, quotation):
        return None
    inside = {token.i for token in window}
    speakers = [
        token
        for token in window
        if token.pos in ("N", "PN", "PRON")
        and (token.dep in ("nsubj", "nsubj:pass") or (sentence.language != "en" and token.cases == "n"))
        and (
            token.pos in ("PN", "PRON")
            or token.animate == "a"
            or words.speaks(token.low, token.lemma)
            or words.is_document(token.low, token.lemma)
        )
    ]
    people = [t for t in speakers if not words.is_document(t.low, t.lemma)]
    head = (people or speakers)[0].i if speakers else None
    top = sentence.tokens[head] if head is not None else None
    return Found(
        "evidential" if top is not None and words.is_document(top.low, top.lemma) else "direct",
        "clause-colon-quote",
        source=spans.extent(sentence, [k for k in spans.phrase(sentence, head) if k in inside])
        if head is not None
        else None,
        cue=(colon.start, colon.end),
        content=(quotation.inner_start, quotation.inner_end),
        cue_class="say",
        source_head=head if head is not None else -1,
        sentence=number,
    )


#: Prepositions of the paper or place that speaks: «говорится в ответе», «подчеркнули в мэрии».
_PLACE = frozenset({"в", "во", "у", "ў", "на", "из", "з", "із", "зі", "са", "со"})


def place_of(sentence: Sentence, cue: Token, window: list[Token], words: Lexicon) -> int | None:
    """The paper or place behind a preposition, where a Slavic cue word has no subject."""
    if sentence.language == "en" or (
        cue.number == "s" and not cue.low.endswith(("ся", "сь", "цца")) and cue.pos == "V"
    ):
        return None
    inside = {token.i for token in window}
    for token in window:
        if token.i == 0 or token.i - 1 not in inside or abs(token.i - cue.i) > 6 or token.pos not in ("N", "PN", "A"):
            continue
        if sentence.tokens[token.i - 1].low not in _PLACE:
            continue
        head = next((t for t in sentence.tokens[token.i : token.i + 4] if t.pos in ("N", "PN")), None)
        if head is not None and (words.is_document(head.low, head.lemma) or cue.number == "p"):
            return phrase_head(sentence, head.i)
    return None
