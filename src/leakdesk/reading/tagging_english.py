"""English word classes by table and neighbours."""

from __future__ import annotations

from leakdesk.language.concepts import concept_of
from leakdesk.reading.lexicon import Lexicon
from leakdesk.reading.sentence import Token
from leakdesk.reading.tagging_reading import Reading

_ENGLISH_NOUN = (
    "tion",
    "sion",
    "ment",
    "ness",
    "ity",
    "ship",
    "ance",
    "ence",
    "ism",
    "ist",
    "ers",
    "ors",
    "age",
    "ery",
    "ology",
    "er",
    "or",
)


_ENGLISH_ADJ = ("ous", "ful", "less", "able", "ible", "ical", "ic", "ive", "ish", "al", "ary", "ese", "ian")


def english_reading(token: Token, low: str, words: Lexicon, *, proper: bool, opens: bool) -> Reading:
    if proper:
        return Reading("PN", low)
    if low in ("is", "are", "was", "were", "be", "been", "being", "am", "'s", "'re"):
        return Reading("V", "be", tense="past" if low in ("was", "were") else "pres")
    if low in ("has", "have", "had", "having", "do", "does", "did"):
        return Reading("V", {"h": "have", "d": "do"}[low[0]])
    if low in words.closed["aux"]:
        return Reading("AUX", low)
    bases = words.bases(token.text)
    base = bases[0]
    verbal = low in words.forms or concept_of(base, "en", verbal=True) is not None
    nominal = (
        concept_of(base, "en", verbal=False) is not None
        or concept_of(low, "en", verbal=False) is not None
        or words.is_document(low)
        or words.is_people(low)
    )
    if low.endswith("ly") and len(low) > 4 and low not in words.forms:
        return Reading("ADV", low)
    if low.endswith("ing") and (verbal or len(low) > 5) and not nominal:
        return Reading("CONV", base)
    past = low.endswith("ed") or (verbal and base != low and not low.endswith(("s", "ing")))
    if past and (verbal or low.endswith("ed")) and len(low) > 3:
        return Reading("V", base, tense="past")
    if verbal and not nominal:
        return Reading("V" if low.endswith("s") and base != low else "VBASE", base, tense="pres")
    if verbal and nominal:
        return Reading("VN", base, number="p" if low.endswith("s") else "s")
    if low.endswith(_ENGLISH_ADJ) and not low.endswith(_ENGLISH_NOUN):
        return Reading("A", low)
    return Reading("N", base if base else low, number="p" if low.endswith("s") and not low.endswith("ss") else "s")


def english_context(tokens: list[Token], words: Lexicon) -> None:
    """Settle words that may be verb or noun by their neighbours."""
    del words
    for number, token in enumerate(tokens):
        before = tokens[number - 1] if number else None
        after = tokens[number + 1] if number + 1 < len(tokens) else None
        if token.low == "to" and after is not None and after.pos in ("VBASE", "VN"):
            token.pos, after.pos = "X", "INF"
        if token.pos in ("VBASE", "VN"):
            token.pos = _verb_or_noun(token, before, after)
        if token.pos == "V" and token.tense == "past" and before is not None:
            _past_form(token, before, after)
        if token.pos == "V" and token.lemma in ("be", "have", "do") and after is not None:
            _auxiliary(token, tokens[number + 1 : number + 4])
        if token.low == "that":
            token.pos = "PRON" if before is not None and before.pos == "PREP" else "SUB"


def _past_form(token: Token, before: Token, after: Token | None) -> None:
    """ "was sold" is passive, "the sold sand" an adjective, "the sand sold by" a participle."""
    if before.lemma == "be" and before.pos in ("V", "AUX"):
        before.pos, token.passive = "AUX", True
    elif before.pos == "PREP" or (before.pos == "DET" and after is not None and after.pos in ("N", "PN", "VN")):
        token.pos = "A"
    elif before.pos in ("N", "PN") and after is not None and after.low == "by":
        token.pos = "PTCP"


def _auxiliary(token: Token, window: list[Token]) -> None:
    """be, have, do before another verb."""
    if window[0].pos not in ("V", "VBASE", "CONV", "ADV", "NEG"):
        return
    following = next((each for each in window if each.pos not in ("ADV", "NEG")), None)
    if following is None or following.pos not in ("V", "CONV", "VBASE"):
        return
    if following.lemma == "be":
        token.pos = "AUX" if token.lemma == "have" else token.pos
        return
    token.pos = "AUX"
    if following.pos == "CONV":
        following.pos = "V"
    elif token.lemma == "be":
        following.passive = True


def settle_verbless(tokens: list[Token]) -> None:
    """A sentence needs a verb: without one, the first plural-looking word after a noun that may be a verb is it."""
    if any(token.pos in ("V", "AUX") for token in tokens):
        return
    for number, token in enumerate(tokens[1:], 1):
        before = tokens[number - 1]
        closes = (
            before.text == "," and any(each.text == "," for each in tokens[: number - 1]) and token.low.endswith("s")
        )
        if (
            token.pos == "N"
            and (before.pos in ("N", "PN") or closes)
            and concept_of(token.lemma, "en", verbal=True) is not None
        ):
            token.pos = "V"
            for later in range(number + 1, min(len(tokens) - 1, number + 3)):
                if tokens[later].pos == "CCONJ" and concept_of(tokens[later + 1].lemma, "en", verbal=True) is not None:
                    tokens[later + 1].pos = "V"
            return


def _verb_or_noun(token: Token, before: Token | None, after: Token | None) -> str:
    if before is not None and before.pos in ("DET", "A", "PREP", "NUM") and before.low != "to":
        return "N"
    if before is not None and (before.pos == "AUX" or before.low in ("to", "not", "n't")):
        return "V"
    if (
        before is not None
        and before.pos in ("N", "PN", "PRON", "REL")
        and after is not None
        and after.pos in ("DET", "N", "PN", "PRON", "SUB", "NUM", "A", "PREP", "PUNCT", "CONV")
    ):
        return (
            "V"
            if token.pos == "VBASE" or token.low.endswith("s") or before.pos in ("PRON", "REL") or before.number == "p"
            else "N"
        )
    return "N" if token.pos == "VN" else "V"
