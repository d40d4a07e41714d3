"""Which events say something that could be checked: silence is honest, invention is not."""

from __future__ import annotations

from collections.abc import Callable

from leakdesk.language.concepts import concept_of, fold
from leakdesk.reading.claims_aside import is_asked, is_side_remark, is_unreal
from leakdesk.reading.frame import Frame
from leakdesk.reading.frames_span import tells_how_much
from leakdesk.reading.letters import asks_reader
from leakdesk.reading.lexicon import Lexicon
from leakdesk.reading.sentence import Sentence
from leakdesk.reading.words import word_list


def is_worth(sentence: Sentence, frame: Frame, words: Lexicon) -> bool:
    """Whether a frame says something that could be checked: silence is honest, invention is not."""
    return not any(reason(sentence, frame, words) for reason in _REASONS)


def _has_nobody(sentence: Sentence, frame: Frame, words: Lexicon) -> bool:
    """Nobody acts and nothing is acted on: «рвонуло о 7:52» is told as an event, a bare verb is none."""
    del words
    first = sentence.tokens[frame.chain[0]]
    if frame.subject is None and frame.object is None:
        impersonal = sentence.language != "en" and first.pos == "V" and (first.gender == "n" or first.number == "p")
        return not (impersonal and frame.obliques and frame.kind in ("root", "conj", "ccomp", "parataxis"))
    if frame.subject is not None:
        return sentence.tokens[frame.subject].pos == "REL"
    if is_order(sentence, frame):
        return False
    return not (frame.passive or (first.pos == "V" and sentence.language != "en"))


def is_order(sentence: Sentence, frame: Frame) -> bool:
    """ "Keep my name off the website": an English order, at the start of a sentence or of a quotation."""
    first = sentence.tokens[frame.chain[0]]
    if sentence.language != "en" or frame.subject is not None or first.pos not in ("V", "AUX") or first.tense:
        return False
    if first.low != first.lemma or first.dep in ("aux", "conj") or sentence.child(first.i, "mark") is not None:
        return False
    helpers = {each.low for each in sentence.children(first.i) if each.dep == "aux"}
    near = sentence.tokens[max(0, first.i - 6) : first.i]
    before = [each for each in near if each.low not in _BEFORE_ORDERS]
    opens = not before or before[-1].text in ('"', "“", "«", "‘", ":")
    return opens and not helpers - {"do", "don't"}


_BEFORE_ORDERS = frozenset({"do", "not", "n't", "please", "never", "then", "just", "kindly"})


def _is_reader_asked(sentence: Sentence, frame: Frame, words: Lexicon) -> bool:
    del words
    return sentence.language != "en" and frame.subject is None and asks_reader(sentence, frame)


def _is_topic(sentence: Sentence, frame: Frame, words: Lexicon) -> bool:
    """«Речь идёт о»: names what is talked about."""
    del words
    return frame.subject is not None and (fold(sentence.tokens[frame.subject].lemma), frame.lemma) in _TOPIC_IDIOMS


_TOPIC_IDIOMS = frozenset({("речь", "идти"), ("мова", "йти"), ("мова", "йтися"), ("гаворка", "ісці")})
_EMPTY = frozenset({"be", "have", "do", "быть", "бути", "быць", "мати", "мець", "иметь"})


def _is_bare(sentence: Sentence, frame: Frame, words: Lexicon) -> bool:
    """ "He has." says nothing; «Папери є», «была ошибка банка» and "there is" say that something is there."""
    del words
    if frame.rule != "event" or frame.lemma not in _EMPTY or frame.object is not None or frame.obliques:
        return False
    if any(sentence.child(k, "expl") is not None for k in frame.chain):
        return False
    event = sentence.tokens[frame.event]
    subject = sentence.tokens[frame.subject] if frame.subject is not None else None
    if sentence.language == "en" or subject is None or subject.pos not in ("N", "PN") or frame.restored:
        return True
    return not (event.low in ("є", "есть", "ёсць", "нет", "немає", "няма") or subject.i > event.i)


def _only_describes(sentence: Sentence, frame: Frame, words: Lexicon) -> bool:
    """A participle behind a noun with nothing beside it, or one that only says where a paper is: "based in", "dated"."""
    del words
    event = sentence.tokens[frame.event]
    if frame.kind != "acl" or event.pos != "PTCP" or sentence.child(frame.event, "nsubj") is not None:
        return False
    return not frame.obliques or event.lemma in word_list("describing")


def _is_neither(sentence: Sentence, frame: Frame, words: Lexicon) -> bool:
    """ "neither confirm nor deny", «не подтверждают и не опровергают»: one event, told by its first verb."""
    del words
    first = sentence.tokens[frame.chain[0]]
    if frame.kind != "conj" or not 0 < first.i - first.head <= 4:
        return False
    between = sentence.tokens[first.head + 1 : first.i]
    if any(each.low == "nor" for each in between):
        return True
    above = sentence.tokens[first.head]
    own = sentence.child(frame.event, "obj")
    return (
        frame.negated
        and own is None
        and sentence.child(above.i, "neg") is not None
        and all(each.pos in ("CCONJ", "NEG", "ADV") for each in between)
    )


def _is_whether(sentence: Sentence, frame: Frame, words: Lexicon) -> bool:
    del sentence, words
    if frame.marker in ("whether", "ли", "чи", "ці") and frame.kind in ("ccomp", "advcl", "acl", "csubj", "dep"):
        return True
    return frame.marker == "if" and frame.kind == "ccomp"


def _is_bare_converb(sentence: Sentence, frame: Frame, words: Lexicon) -> bool:
    del words
    event = sentence.tokens[frame.event]
    if event.low in _JUDGING:
        return True
    return frame.kind == "advcl" and event.pos == "CONV" and frame.object is None and not frame.obliques


#: Converbs that say how the writer knows or what is counted in: «судя по отчёту», «включая склад».
_JUDGING = frozenset(
    {
        "судя", "судячи", "мяркуючы", "мяркуючи", "включая", "включаючи", "уключаючы", "несмотря", "незважаючи",
        "нягледзячы", "начиная", "починаючи", "пачынаючы", "исключая", "спустя", "кажучы", "кажучи", "говоря",
    }
)  # fmt: skip


def _opens_colon(sentence: Sentence, frame: Frame, words: Lexicon) -> bool:
    """«Проверка показала: свинец есть»: what is shown stands behind the colon; the showing alone says nothing."""
    token = sentence.tokens[frame.event]
    after = [
        each
        for each in sentence.tokens[frame.event + 1 : frame.event + 3]
        if each.low not in ("так", "следующее", "наступне", "наступнае")
    ]
    return (
        bool(after)
        and after[0].text == ":"
        and (frame.object is None or (frame.object == frame.event + 1 and not tells_how_much(sentence, frame.object)))
        and bool(
            words.classes_of(token.low, token.lemma) & {"say", "show", "learn", "think", "admit", "ask", "promise"}
        )
    )


_POINTING = frozenset(
    {
        "itself",
        "himself",
        "herself",
        "themselves",
        "себя",
        "себе",
        "сябе",
        "it",
        "so",
        "otherwise",
        "это",
        "це",
        "гэта",
        "иначе",
        "інакше",
        "інакш",
        "інше",
        "другое",
        "іншае",
    }
)


def _is_speech_shell(sentence: Sentence, frame: Frame, words: Lexicon) -> bool:
    """A verb of speech with a clause, or with nothing but a topic, tells of a telling: no claim of its own."""
    token = sentence.tokens[frame.event]
    classes = words.classes_of(token.low, token.lemma)
    nobody = frame.subject is None or sentence.tokens[frame.subject].low in _POINTING
    if nobody and token.low in word_list("seen"):
        return True
    if _points_back(sentence, frame, classes, words):
        return True
    if sentence.child(frame.event, "ccomp") is not None and classes:
        return True
    if frame.lemma in word_list("refusals") or (frame.negated and frame.subject is not None):
        return False
    if not classes & {"say", "think", "learn"} or classes & {"publish", "promise", "ask", "reject"}:
        return False
    strong = concept_of(token.lemma, sentence.language, verbal=True) in (
        "say",
        "think",
        "know",
        "show",
        "inform",
        "comment",
        "warn",
        "remind",
        None,
    )
    return strong and "say" in classes and frame.object is None and not _is_handed_in(sentence, frame)


def _is_handed_in(sentence: Sentence, frame: Frame) -> bool:
    """ "The request was filed on 3 June": the thing said is the subject of the passive. Counter-example: "it was said"."""
    if sentence.language != "en" or not frame.passive or frame.subject is None or frame.kind not in ("root", "conj"):
        return False
    thing = sentence.tokens[frame.subject]
    return thing.pos in ("N", "PN") and thing.i < frame.event and bool(frame.obliques)


def _points_back(sentence: Sentence, frame: Frame, classes: frozenset[str], words: Lexicon) -> bool:
    """ "put it bluntly", «повторил это», «Яго словы пацвярджае накладная»: what was said stands elsewhere."""
    if frame.object is None or frame.passive:
        return False
    thing = sentence.tokens[frame.object]
    if sentence.child(frame.event, "compound:prt") is not None:
        return False  # "paint it over", "put it off": done to it, and nothing said of it
    if classes & {"say", "think", "describe"} and thing.low in _POINTING:
        return True
    return (
        bool(classes & {"say", "show", "admit"})
        and not frame.negated
        and (words.is_saying(thing.low, thing.lemma) or thing.lemma in ("слово", "слова", "word"))
    )


def _is_attitude(sentence: Sentence, frame: Frame, words: Lexicon) -> bool:
    """ "is sure", «не согласен»: an attitude of somebody, no event."""
    del words
    if sentence.language == "en":
        return (
            frame.lemma == "be"
            and frame.object is not None
            and sentence.tokens[frame.object].low in word_list("attitudes")
        )
    return frame.lemma in word_list("attitudes")


#: Words an aside in brackets may have.
_ASIDE = 25


def _in_brackets(sentence: Sentence, frame: Frame, words: Lexicon) -> bool:
    """«(имя знаем, не публикуем)»: an aside without anybody who acts."""
    del words
    if frame.subject is not None and not frame.restored:
        return False
    before = [each.text for each in sentence.tokens[max(0, frame.event - _ASIDE) : frame.event]]
    return before.count("(") > before.count(")")


_REASONS: tuple[Callable[[Sentence, Frame, Lexicon], bool], ...] = (
    _has_nobody,
    _is_speech_shell,
    _opens_colon,
    is_asked,
    _is_reader_asked,
    _is_topic,
    _is_bare,
    _only_describes,
    is_unreal,
    _is_whether,
    _is_neither,
    is_side_remark,
    _is_bare_converb,
    _is_attitude,
    _in_brackets,
)
