"""Sources behind a preposition: "according to X", «по словам», «ссылаясь на»; what belongs to such a source and what does not."""

from __future__ import annotations

from leakdesk.language.concepts import fold
from leakdesk.reading import spans
from leakdesk.reading.attribution_found import Found, Text, phrase_at, phrase_head, rest_of
from leakdesk.reading.lexicon import Lexicon
from leakdesk.reading.sentence import Sentence
from leakdesk.reading.words import word_list


def named_sources(text: Text, number: int, sentence: Sentence, words: Lexicon) -> list[Found]:
    found: list[Found] = []
    at = 0
    while at < len(sentence.tokens):
        size = according_size(sentence, at, words)
        hearsay = phrase_at(sentence, at, words.hearsay)
        if not size or hearsay > size or sentence.tokens[at].start in text.used:
            at += 1
            continue
        made = _according_at(sentence, at, size, words)
        if made is not None:
            made.sentence = number
            found.append(made)
            text.used.update(token.start for token in sentence.tokens[at : at + size])
        at += size
    return found


def according_size(sentence: Sentence, at: int, words: Lexicon) -> int:
    """Words of a source phrase's opening, an adjective inside it allowed: «по собственному признанию»."""
    size = phrase_at(sentence, at, words.according) or _by_paper(sentence, at, words)
    if (
        size
        or sentence.language == "en"
        or at + 2 >= len(sentence.tokens)
        or sentence.tokens[at + 1].pos not in ("A", "DET")
    ):
        return size
    first, noun = fold(sentence.tokens[at].low), fold(sentence.tokens[at + 2].low)
    return 3 if (first, noun) in words.according.get(first, ()) else 0


#: «по договору»: papers by which something is so.
_BY = {"по": "d", "за": "i", "па": "ld"}


def _by_paper(sentence: Sentence, at: int, words: Lexicon) -> int:
    """1 where «по», «за», «па» stand before a paper that tells or rules the clause: at its start, behind a comma or a verb."""
    tokens = sentence.tokens
    case = _BY.get(tokens[at].low)
    if case is None or sentence.language == "en":
        return 0
    noun = next((t for t in tokens[at + 1 : at + 4] if t.pos not in ("A", "DET")), None)
    if (
        noun is None
        or noun.pos != "N"
        or not set(noun.cases or case) & set(case)
        or noun.lemma not in word_list("by_papers")
    ):
        return 0
    before = tokens[at - 1] if at else None
    free = before is None or before.pos in ("PUNCT", "V", "AUX", "ADV", "PRON") or before.cases == "i"
    return 1 if free and not any(t.low in ("иск", "спор", "долг") for t in tokens[max(0, at - 2) : at]) else 0


def _according_at(sentence: Sentence, at: int, size: int, words: Lexicon) -> Found | None:
    tokens = sentence.tokens
    start = at + size
    if start >= len(tokens):
        return None
    head = _next_noun(sentence, start)
    if head is None or not _can_speak(sentence, at, size, head, words):
        return None
    inside = [k for k in spans.phrase(sentence, head) if k >= start]
    inside = _own_run(sentence, inside, start)
    source = spans.extent(sentence, inside)
    if source is None:
        return None
    inside = with_participle(sentence, head, inside)
    source = spans.extent(sentence, inside)
    past = past_relative(sentence, inside[-1])
    if past > inside[-1] and tokens[inside[-1] + 1].pos == "REL":
        source = (tokens[inside[0]].start, tokens[past].end)
    if past == inside[-1] and _only_names(sentence, at, past):
        past = len(tokens) - 1 - (tokens[-1].pos == "PUNCT")
    content = rest_of(sentence, _before_tag(sentence, at, words), past)
    if content is None:
        return None
    last = tokens[start - 1]
    paper = words.is_document(tokens[head].low, tokens[head].lemma)
    return Found(
        "according_to",
        "according-to",
        source=source,
        cue=(tokens[at].start, last.end),
        content=content,
        cue_class="say",
        source_head=head,
        on_paper=paper,
        cue_text=" ".join(token.low for token in tokens[at : at + size]),
    )


def _only_names(sentence: Sentence, at: int, last: int) -> bool:
    """ "..., according to the institute, a group of auditors.": behind a source stands who it is, and nothing of what it says."""
    told, rest = sentence.tokens[:at], sentence.tokens[last + 1 :]
    verbs = ("V", "AUX", "INF", "CONV")
    while rest and rest[0].text in (")", "»", '"', "”"):
        rest = rest[1:]
    if len(rest) < 2 or rest[0].text not in (",", "(", "—", "–"):
        return False
    return any(token.pos in verbs for token in told) and not any(token.pos in verbs for token in rest)


def with_participle(sentence: Sentence, head: int, inside: list[int]) -> list[int]:
    """ "two people briefed on the matter": a participle right behind the noun, without a comma, belongs to who speaks."""
    tokens = sentence.tokens
    if not inside or inside[-1] + 1 >= len(tokens) or sentence.language != "en":
        return inside
    following = tokens[inside[-1] + 1]
    if following.dep != "acl" or following.pos not in ("PTCP", "CONV", "V") or following.head not in inside:
        return inside
    stop = next(
        (
            k
            for k in range(following.i + 1, len(tokens))
            if tokens[k].pos in _ENDS or tokens[k].text in (",", ";", "—", ")")
        ),
        len(tokens),
    )
    branch = [k for k in sentence.subtree(following.i) if following.i <= k < stop]
    run = [k for n, k in enumerate(branch) if k == following.i + n]
    return sentence.trim([*inside, *run]) if not any(tokens[k].pos in ("V", "SUB") for k in run[1:]) else inside


_SAME = frozenset(
    {
        "тому",
        "той",
        "того",
        "тех",
        "тем",
        "тої",
        "тій",
        "тих",
        "таго",
        "тых",
        "тым",
        "те",
        "это",
        "этой",
        "этому",
        "цій",
        "цьому",
        "гэтай",
        "гэтаму",
    }
)
AS = frozenset({"as", "как", "як"})
_ENDS = frozenset({"SUB", "REL"})


def past_relative(sentence: Sentence, last: int) -> int:
    """Index of the last word of the relative clause or the participle that a comma opens right behind a source, else `last`."""
    tokens = sentence.tokens
    if last + 2 < len(tokens) and tokens[last + 1].pos == "REL" and tokens[last + 1].low in ("who", "that", "which"):
        close = next((k for k in range(last + 2, len(tokens)) if tokens[k].text == ","), None)
        return close - 1 if close is not None and any(t.pos in ("V", "AUX") for t in tokens[close:]) else last
    if last + 2 >= len(tokens) or tokens[last + 1].text != ",":
        return last
    opening = tokens[last + 2]
    if opening.pos == "PREP" and last + 3 < len(tokens):
        opening = tokens[last + 3]
    relative = opening.pos == "REL" or opening.low in _RELATIVE
    participle = opening.dep in ("acl", "acl:relcl") and opening.pos in ("PTCP", "A", "V")
    if not relative and not participle:
        return last
    close = next((k for k in range(last + 3, len(tokens)) if tokens[k].text == ","), None)
    if close is None or not any(tokens[k].pos in ("V", "AUX", "PTCP") for k in range(close, len(tokens))):
        return last
    return close - 1


_RELATIVE = frozenset(
    {
        "which",
        "who",
        "whose",
        "whom",
        "який",
        "яка",
        "яке",
        "які",
        "якого",
        "якої",
        "яких",
        "што",
        "якая",
        "якое",
        "якія",
        "якога",
        "якой",
        "якіх",
    }
)


def _before_tag(sentence: Sentence, at: int, words: Lexicon) -> int:
    """ "..., the Post writes, citing files": what is cited is what the Post writes, not the tag."""
    tokens = sentence.tokens
    comma = next((k for k in reversed(range(at)) if tokens[k].text in (",", "—") and k != at - 1), None)
    if comma is None:
        return at
    between = tokens[comma + 1 : at]
    verbs = [token for token in between if token.pos == "V"]
    if len(verbs) == 1 and words.classes_of(verbs[0].low, verbs[0].lemma) & {"say", "admit"} and len(between) <= 12:
        return comma
    return at


POSSESSIVE = frozenset(
    {
        "его",
        "её",
        "ее",
        "их",
        "його",
        "її",
        "їх",
        "їхню",
        "їхнім",
        "їхніми",
        "яго",
        "яе",
        "іх",
        "моему",
        "моим",
        "моими",
        "моих",
        "нашим",
        "нашему",
        "наших",
        "нашими",
        "вашим",
        "вашему",
        "нашої",
        "нашою",
        "нашому",
        "моїми",
        "моїх",
        "моїм",
        "маіх",
        "маім",
        "маімі",
        "нашых",
        "нашымі",
        "нашым",
        "ейных",
        "ягоных",
        "ягонымі",
    }
)


#: Prepositions that introduce a source only before somebody or something that can say it.
_WEAK = frozenset(
    {
        "per",
        "based on",
        "on the basis of",
        "citing",
        "quoting",
        "to hear",
        "from what",
        "на основании",
        "на підставі",
        "на падставе",
        "исходя из",
        "виходячи з",
        "зыходзячы з",
        "with reference to",
        "referring to",
        "drawing on",
        "relying on",
        "ссылаясь на",
        "сославшись на",
        "опираясь на",
        "посилаючись на",
        "пославшись на",
        "спираючись на",
        "спасылаючыся на",
        "спаслаўшыся на",
        "абапіраючыся на",
    }
)


def _can_speak(sentence: Sentence, at: int, size: int, head: int, words: Lexicon) -> bool:
    """Something that says or holds what is said: a document, a person, a body, a name."""
    token = sentence.tokens[head]
    phrase = " ".join(each.low for each in sentence.tokens[at : at + size])
    if phrase in _WEAK and sentence.language == "en" and at and sentence.tokens[at - 1].pos == "PREP":
        return False  # "accused them of relying on stolen files"
    if phrase not in _WEAK:
        return token.lemma not in ("plan", "schedule", "law", "rule", "план", "закон", "график", "графік", "закону")
    return (
        token.pos in ("PN", "PRON")
        or words.is_document(token.low, token.lemma)
        or words.is_people(token.low, token.lemma)
    )


def _own_run(sentence: Sentence, inside: list[int], start: int) -> list[int]:
    """From the preposition on, without a gap and not past a verb or a clause comma."""
    run: list[int] = []
    for k in range(start, len(sentence.tokens)):
        token = sentence.tokens[k]
        if (
            k in inside
            or (token.pos in ("PUNCT", "PREP", "CCONJ", "DET", "A") and any(i > k for i in inside))
            or not run
        ):
            run.append(k)
        else:
            break
    return sentence.trim(run)


def _next_noun(sentence: Sentence, start: int) -> int | None:
    for k in range(start, min(len(sentence.tokens), start + 9)):
        token = sentence.tokens[k]
        owner = (sentence.language == "en" and token.dep == "nmod:poss") or (
            token.low in POSSESSIVE and k + 1 < len(sentence.tokens) and sentence.tokens[k + 1].pos in ("N", "A", "PN")
        )
        alone = token.low in POSSESSIVE and k + 1 < len(sentence.tokens) and sentence.tokens[k + 1].pos == "PUNCT"
        if alone:
            return k
        if token.low in _SAME and any(t.pos in ("N", "A") for t in sentence.tokens[k + 1 : k + 3]):
            continue
        if token.pos in ("N", "PN", "PRON", "REL") and not owner:
            head = phrase_head(sentence, k)
            return head if head >= start else k
        if token.pos in ("V", "SUB") or token.text in (",", ";"):
            return None
    return None
