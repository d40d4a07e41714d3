"""Tags between commas: ", officials said,", ", сообщил директор."; who the speaker of a tag is and how far it reaches."""

from __future__ import annotations

from leakdesk.reading import spans
from leakdesk.reading.attribution_found import (
    Found,
    Text,
    after_boundary,
    before_boundary,
    class_of,
    has_verb,
    inner_clause,
    is_negated,
    new_clause,
    phrase_at,
    phrase_head,
)
from leakdesk.reading.attribution_sources import AS, with_participle
from leakdesk.reading.frame import is_temporal
from leakdesk.reading.lexicon import Lexicon, lexicon
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.slavic_groups import groups_of
from leakdesk.reading.spans import Range
from leakdesk.reading.words import word_list

_THAT = frozenset({"что", "що", "што", "чтобы", "щоб", "каб"})
#: Prepositions of the place that speaks: «подчеркнули в мэрии», «говорится в заключении».
PLACE = frozenset({"в", "во", "у", "ў", "на", "из", "з", "із", "зі", "са", "со"})
_OWNERS = frozenset({"its", "his", "her", "their", "our", "my", "your"})
#: Verbs that take their hearer as an object: behind them a noun is no speaker.
_HEARD = frozenset(
    {
        "tell",
        "inform",
        "warn",
        "remind",
        "assure",
        "ask",
        "brief",
        "notify",
        "persuade",
        "convince",
        "teach",
        "show",
        "know",
        "see",
        "find",
        "hear",
        "read",
        "follow",
        "hold",
        "give",
        "carry",
        "bear",
        "contain",
        "include",
        "list",
        "name",
        "identify",
        "recognise",
        "recognize",
        "detect",
        "discover",
        "require",
        "provide",
        "record",
        "register",
        "leak",
        "deliver",
        "broadcast",
        "circulate",
        "confess",
        "grant",
        "trust",
        "judge",
        "figure",
        "expose",
    }
)
_TAG_WORDS = frozenset({"N", "PN", "PRON", "DET", "A", "ADV", "NUM", "AUX", "PREP", "X", "PUNCT", "PTCP", "CCONJ"})


def comma_tags(text: Text, number: int, sentence: Sentence, words: Lexicon) -> list[Found]:
    """ ", officials said," and ", сообщил директор." between commas or at the end: they speak for the rest of the sentence."""
    tokens = sentence.tokens
    found: list[Found] = []
    commas = [token.i for token in tokens if token.text in (",", "—")]
    last = len(tokens) - 1
    while last > 0 and tokens[last].pos == "PUNCT":
        last -= 1
    for comma in commas:
        end = next((k for k in commas if k > comma + 1), last + 1)
        if end > last:
            end = last + 1
        if end + 1 < len(tokens) and tokens[end].text == "," and tokens[end + 1].low in _THAT:
            continue  # «источник, клерк, сообщил, что»: what is said follows
        made = _tag(text, number, sentence, words, comma, end, final=end == last + 1)
        if made is not None:
            found.append(made)
    return found


def _tag(
    text: Text, number: int, sentence: Sentence, words: Lexicon, comma: int, end: int, *, final: bool
) -> Found | None:
    tokens = sentence.tokens
    inside = tokens[comma + 1 : end]
    cue = _cue_of(text, sentence, inside, words)
    if cue is None:
        return None
    head = _speaker_of(sentence, cue, inside, comma, words, final=final)
    if head is None or not comma < head < end:
        return None
    bounds = _reach(sentence, comma, end, cue, head, words, final=final)
    if bounds is None:
        return None
    content, source_end, final = bounds
    phrase = [k for k in speaker_phrase(sentence, head, words) if comma < k < end]
    phrase = [k for k in phrase if (k < cue.i) == (head < cue.i) and k != cue.i]
    source = spans.extent(sentence, phrase)
    if source is not None and source_end is not None:
        source = (source[0], source_end)
    text.used.add(cue.start)
    if final:
        text.tagged[number] = comma - 1
    evidential = words.is_document(tokens[head].low, tokens[head].lemma)
    return Found(
        "evidential" if evidential else "indirect",
        "speech-tag",
        source=source,
        cue=(cue.start, cue.end),
        content=content,
        cue_class=class_of(words, cue) or "say",
        source_head=head,
        sentence=number,
    )


def _cue_of(text: Text, sentence: Sentence, inside: list[Token], words: Lexicon) -> Token | None:
    """The one verb of saying in a tag; None where the words between the commas are no tag."""
    if not 2 <= len(inside) <= 16 or inside[0].pos == "CCONJ" or inside[0].low in AS:
        return None
    if any(t.pos in ("INF", "SUB", "REL", "CONV") or t.text == ":" or t.low in _NO_TAG for t in inside):
        return None
    turned = _plural_verb(sentence, inside, words) if sentence.language == "en" else None
    cues = [turned] if turned is not None else [t for t in inside if _tells(sentence, t, words)]
    if len(cues) != 1 or cues[0].start in text.used or text.in_speech(cues[0].start):
        return None
    cue = cues[0]
    if any(t.pos == "V" and t is not cue for t in inside):
        return None
    if any(phrase_at(sentence, t.i, words.hearsay) and not _has_place(sentence, cue, inside) for t in inside):
        return None
    if sentence.language != "en" and _is_about_a_thing(sentence, cue):
        return None
    if is_negated(sentence, cue) or (cue.lemma in _HEARING and sentence.child(cue.i, "obj", "iobj") is None):
        return None
    return None if sentence.language == "en" and sentence.child(cue.i, "aux:pass") is not None else cue


#: What something turned out to be is no tag; "as it turned out" is no verb with a subject.
_TURNED_OUT = frozenset({"оказаться", "виявитися", "аказацца", "выявіцца"})


def _is_about_a_thing(sentence: Sentence, cue: Token) -> bool:
    """«вибрация оказалась выше», «аблвыканкам паручыўся за завод»: what something turned out to be, whom somebody vouched for,
    is told and not said."""
    if cue.lemma in _TURNED_OUT:
        return True
    for each in sentence.children(cue.i):
        case = sentence.child(each.i, "case")
        if case is not None and case.low == "за" and each.cases == "a" and each.i > cue.i:
            return True
    return False


def _tells(sentence: Sentence, token: Token, words: Lexicon) -> bool:
    """A verb of saying, or «переконаний», «уверен» for one."""
    if token.pos == "V":
        return _says(sentence, token, words)
    return token.pos in ("A", "PTCP", "N", "X") and any(
        group.id == "is-sure" for group in groups_of(token, sentence.language)
    )


def _says(sentence: Sentence, token: Token, words: Lexicon) -> bool:
    if words.classes_of(token.low, token.lemma) & {"say", "admit", "think", "learn", "show"}:
        return True
    following = sentence.tokens[token.i + 1 : token.i + 2]
    return token.lemma == "go" and bool(following) and following[0].low == "on"


def _speaker_of(
    sentence: Sentence, cue: Token, inside: list[Token], comma: int, words: Lexicon, *, final: bool
) -> int | None:
    """Index of the head of who speaks in a tag."""
    nouns = [token for token in inside if token.pos in ("N", "PN", "PRON") and token.low not in _OWNERS | _ALL]
    obj = sentence.child(cue.i, "obj")
    if obj is not None and sentence.language == "en" and is_temporal(obj):
        obj = None  # "a source claimed last night"
        nouns = [token for token in nouns if not is_temporal(token)]
    if not nouns or (
        obj in inside
        and not _turned(sentence, cue, comma, final, words)
        and (sentence.language == "en" or (len(nouns) > 1 and "n" not in (obj.cases if obj else "")))
        and not _speaks_behind(sentence, cue, obj, words)
    ):
        return None
    near = _candidates(sentence, nouns, words)
    if not near or _governs(sentence, cue, near[0], inside, words):
        return None
    if near[0].i > cue.i and inside[0] is not cue and near[0].i - comma > 8:
        return None
    if near[0].i < cue.i and inside[-1].i - cue.i > 7:
        return None
    head = phrase_head(sentence, near[0].i)
    if head == cue.i:  # "council records show", its verb taken for a noun
        head = next((t.i for t in reversed(inside) if t.i < cue.i and t.pos in ("N", "PN", "PRON")), near[0].i)
    return head


def _speaks_behind(sentence: Sentence, cue: Token, obj: Token | None, words: Lexicon) -> bool:
    """«, переконаний співрозмовник у зміні»: who speaks, right behind a Slavic cue word, taken for its object."""
    return (
        sentence.language != "en"
        and obj is not None
        and obj.i == cue.i + 1
        and (obj.animate == "a" or "n" in obj.forms or obj.gender in ("m", "n"))
        and words.speaks(obj.low, obj.lemma)
    )


def _reach(
    sentence: Sentence, comma: int, end: int, cue: Token, head: int, words: Lexicon, *, final: bool
) -> tuple[Range, int | None, bool] | None:
    """What a tag speaks for; where its speaker ends, if behind the tag's comma; whether nothing of the content follows."""
    tokens = sentence.tokens
    before = after_boundary(sentence, sentence.trim(list(range(comma))))
    trailing = not final and (_trails(sentence, before, end, head > cue.i) or _cites(sentence, end, words))
    if not final and not trailing and _only_relative(sentence, end):
        return None
    final = final or trailing
    if not final:
        before = inner_clause(sentence, before)
    if sum(tokens[k].pos != "PUNCT" for k in before) < (2 if final and sentence.language == "en" else 1):
        return None
    inside = tokens[comma + 1 : end]
    if final and not has_main_verb(sentence, before) and not _says_without_verb(sentence, before, cue, inside, words):
        return None
    rest = sentence.trim(list(range(end, len(tokens))))
    source_end = tokens[rest[-1]].end if trailing and rest and not _cites(sentence, end, words) else None
    final = final or (new_clause(sentence, end, rest) and has_verb(sentence, before))
    after = [] if final else before_boundary(sentence, sentence.trim(list(range(end + 1, len(tokens)))))
    if not final and not after:
        return None
    return (tokens[before[0]].start, tokens[(after or before)[-1]].end), source_end, final


def _trails(sentence: Sentence, before: list[int], end: int, turned: bool) -> bool:
    """Whether what follows the tag's comma still belongs to the speaker: an age, an office, a relative clause."""
    tokens = sentence.tokens
    if not turned or len(before) < 3:
        return False
    bare = not any(t.pos in ("V", "AUX", "INF") for t in tokens[end:]) and len(tokens) - end <= 10
    return (bare and has_verb(sentence, before)) or _only_relative(sentence, end)


def has_main_verb(sentence: Sentence, indices: list[int]) -> bool:
    """A verb outside of relative clauses."""
    relative = False
    for k in indices:
        token = sentence.tokens[k]
        if token.text in (",", "—"):
            following = sentence.tokens[k + 1 : k + 3]
            relative = any(each.pos == "REL" for each in following)
        elif not relative and (token.pos in ("V", "AUX", "PTCP", "INF") or token.text == "—"):
            return True
    return any(sentence.tokens[k].text == "—" for k in indices)


def _plural_verb(sentence: Sentence, inside: list[Token], words: Lexicon) -> Token | None:
    """ ", the letters claim,": the last word of a tag, taken for a noun behind a plural that can speak, is its verb."""
    if len(inside) < 2 or inside[-1].pos != "N" or any(token.pos in ("V", "AUX") for token in inside):
        return None
    last = inside[-1]
    bases = lexicon("en").forms.get(last.low, ())
    subject = next((token for token in inside if token.pos in ("N", "PN") and token is not last), None)
    if last.low not in bases or subject is None or subject.number != "p" or inside[0].pos == "PREP":
        return None
    if not (words.speaks(subject.low, subject.lemma) or words.is_document(subject.low, subject.lemma)):
        return None
    return last if words.classes_of(last.low, last.low) & {"say", "show", "think", "admit"} else None


#: Everything says nothing: «у документах усе зазначено».
_ALL = frozenset({"все", "всё", "усе", "усё", "это", "це", "гэта"})
#: Nobody says nothing; a topic belongs to a telling of its own.
_NO_TAG = frozenset({"nobody", "none", "никто", "ніхто", "about", "о", "об", "про", "пра", "аб"})
#: English verbs that always name who hears: "ministers reassured" is no tag.
_HEARING = frozenset({"tell", "inform", "notify", "assure", "reassure", "remind", "brief", "persuade", "convince"})


def _has_place(sentence: Sentence, cue: Token, inside: list[Token]) -> bool:
    """«кажуць у райвыканкаме»: a place right behind a verb that could stand for hearsay."""
    behind = [token for token in inside if token.i > cue.i]
    return sentence.language != "en" and bool(behind) and behind[0].low in PLACE


def _candidates(sentence: Sentence, nouns: list[Token], words: Lexicon) -> list[Token]:
    """Nouns of a tag that may be who speaks: subjects first, then places («говорится в заключении», «подчеркнули в мэрии»)."""
    plain = [token for token in nouns if sentence.child(token.i, "case") is None]
    near = [token for token in plain if "n" in (token.cases or "n") or token.dep == "nsubj"]
    near = near or [
        t for t in plain if "a" in t.cases and (words.speaks(t.low, t.lemma) or words.is_document(t.low, t.lemma))
    ]
    if not near and sentence.language != "en":
        near = [t for t in plain if t.pos == "PN" and "d" not in t.cases]
    if near or sentence.language == "en":
        return near or plain or nouns
    return [
        token
        for token in nouns
        if (case := sentence.child(token.i, "case")) is not None and case.low in PLACE and token.dep in ("obl", "nmod")
    ] or [token for token in nouns if sentence.tokens[max(0, token.i - 1)].low in PLACE]


def _turned(sentence: Sentence, cue: Token, comma: int, final: bool, words: Lexicon) -> bool:
    """ ", argued engineers at the institute.": the verb right behind the comma, its speaker taken for an object."""
    tokens = sentence.tokens
    if sentence.language != "en" or not final or cue.i != comma + 1 or cue.lemma in _HEARD:
        return False
    obj = sentence.child(cue.i, "obj")
    if obj is None or not words.classes_of(cue.low, cue.lemma) & {"say", "admit", "think"}:
        return False
    before = [token for token in tokens[:comma] if token.pos != "PUNCT"]
    whole = any(t.dep in ("nsubj", "nsubj:pass") for t in before) and any(t.pos in ("V", "AUX") for t in before)
    return whole and (obj.pos == "PN" or words.speaks(obj.low, obj.lemma))


def _cites(sentence: Sentence, end: int, words: Lexicon) -> bool:
    """Whether what follows a tag names a further source: ", the agency reported, citing an official"."""
    rest = sentence.tokens[end + 1 : end + 3]
    if (
        rest
        and sentence.language == "en"
        and rest[0].pos == "CONV"
        and words.classes_of(rest[0].low, rest[0].lemma) & {"say"}
    ):
        return True  # ", the coastguard said, adding that"
    return bool(rest) and (
        rest[0].low in ("citing", "quoting", "ссылаясь", "посилаючись", "спасылаючыся")
        or [token.low for token in rest]
        in (["со", "ссылкой"], ["із", "посиланням"], ["з", "посиланням"], ["са", "спасылкай"])
    )


def _only_relative(sentence: Sentence, end: int) -> bool:
    """Whether a comma opens a relative clause that runs to the end of the sentence: «, свідчать листи, які отримала редакція»."""
    rest = [token for token in sentence.tokens[end:] if token.pos != "PUNCT"]
    commas = sum(token.text == "," for token in sentence.tokens[end:])
    return commas == 1 and len(rest) > 2 and any(token.pos == "REL" for token in rest[:2])


#: "With": whom or what somebody is with does not belong to who speaks.
_TOGETHER = frozenset({"с", "со", "з", "із", "зі", "са"})
#: "with reference to": what follows is another source.
_CITED = frozenset({"ссылкой", "посиланням", "спасылкай"})


def speaker_phrase(sentence: Sentence, head: int, words: Lexicon) -> list[int]:
    """A speaker without the letter it speaks in: "the bookkeeper (in one of the letters)"."""
    inside = with_participle(sentence, head, spans.phrase(sentence, head))
    top = sentence.tokens[head]
    while len(inside) > 1 and inside[-1] > head and sentence.tokens[inside[-1]].pos == "ADV":
        inside = inside[:-1]
    if sentence.language != "en":
        together = next(
            (
                k
                for k in inside
                if k > head and sentence.tokens[k].low in _TOGETHER and sentence.tokens[k].pos == "PREP"
            ),
            None,
        )
        inside = [k for k in inside if together is None or k < together]
    if words.is_document(top.low, top.lemma):
        return inside
    for child in sentence.children(head):
        if child.i > head and child.low in _CITED:
            inside = [k for k in inside if k < child.i - 1]
        if child.dep == "nmod" and child.i > head and (case := sentence.child(child.i, "case")) is not None:
            branch = [sentence.tokens[k] for k in sentence.subtree(child.i)]
            if case.low in ("in", "в", "у", "ў", "на") and any(
                words.is_document(token.low, token.lemma) or token.lemma in word_list("talks") for token in branch
            ):
                inside = [k for k in inside if k < case.i]
    return inside


def _governs(sentence: Sentence, cue: Token, near: Token, inside: list[Token], words: Lexicon) -> bool:
    """Whether the noun behind a Slavic cue word is what it governs and no speaker: «считает дело заказным»."""
    if sentence.language == "en" or near.i < cue.i or near.pos != "N" or "a" not in (near.cases or ""):
        return False
    if words.speaks(near.low, near.lemma) or words.is_document(near.low, near.lemma) or near.animate == "a":
        return False
    return near.cases == "a" or any(token.cases == "i" and token.i > near.i for token in inside)


def _says_without_verb(sentence: Sentence, before: list[int], cue: Token, inside: list[Token], words: Lexicon) -> bool:
    """«Погибших двое, сообщили в больнице»: a Slavic sentence may do without a verb; its tag begins with the verb of saying."""
    if sentence.language == "en" or inside[0] is not cue or not words.classes_of(cue.low, cue.lemma) & {"say", "admit"}:
        return False
    return any(sentence.tokens[k].pos in ("N", "PN", "PRON") for k in before)
