"""What a pattern may ask of a cue, its source and its content beyond their place in the tree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from leakdesk.language.concepts import concept_of, concepts
from leakdesk.reading.frame import is_temporal
from leakdesk.reading.lexicon import Lexicon, lexicon
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.words import word_list

#: Endings of nouns that name an act.
ACT_ENDINGS = ("ние", "ння", "нне", "ття", "тие", "цце", "tion", "ment", "ing", "sale", "dealing")


def antecedent(sentence: Sentence, token: Token) -> Token:
    """A relative pronoun stands for the noun its clause hangs on."""
    if token.pos == "REL" or (
        token.low in ("that", "який", "які", "які", "который", "що", "што") and token.pos in ("PRON", "REL", "DET")
    ):
        for above in sentence.ancestors(token.i):
            if above.dep == "acl:relcl" and above.head >= 0:
                noun = sentence.tokens[above.head]
                while token.low == "who" and is_temporal(noun) and noun.head >= 0 and noun.dep in ("nmod", "obl:tmod"):
                    noun = sentence.tokens[noun.head]  # "a winchman for eleven years who left"
                return _who_it_is(sentence, token, noun) if token.low in ("who", "which") else noun
    return token


def _who_it_is(sentence: Sentence, token: Token, noun: Token) -> Token:
    """ "people familiar with the matter who asked": a thing behind a preposition is no "who"; what it belongs to is."""
    words = lexicon("en")
    at = noun
    based = sentence.tokens[at.head] if at.dep == "obl" and at.head >= 0 else None
    if based is not None and based.pos == "PTCP" and based.dep == "acl" and based.head >= 0:
        return sentence.tokens[based.head]  # "a group based in Vilnius, which"
    while (
        token.low == "who"
        and at.pos == "N"
        and not words.speaks(at.low, at.lemma)
        and at.dep in ("nmod", "obl")
        and at.head >= 0
    ):
        at = sentence.tokens[at.head]
        if at.pos == "A" and at.head >= 0:
            at = sentence.tokens[at.head]
    return at if at.pos in ("N", "PN", "PRON", "NUM") else noun


_DENIALS = frozenset(
    {
        "deny",
        "dispute",
        "refute",
        "rebut",
        "отрицать",
        "опровергать",
        "опровергнуть",
        "заперечувати",
        "заперечити",
        "спростувати",
        "спростовувати",
        "абвяргаць",
        "абвергнуць",
        "адмаўляць",
    }
)


_NAMING = frozenset(
    {
        "call",
        "label",
        "brand",
        "dub",
        "describe",
        "term",
        "назвать",
        "называть",
        "назвати",
        "називати",
        "назваць",
        "называць",
        "охарактеризовать",
        "охарактеризувати",
        "считать",
        "посчитать",
        "вважати",
        "лічыць",
        "палічыць",
        "consider",
        "deem",
    }
)


_COMMENTING = frozenset(
    {
        "comment",
        "answer",
        "speak",
        "respond",
        "say",
        "reply",
        "комментировать",
        "прокомментировать",
        "ответить",
        "отвечать",
        "говорить",
        "коментувати",
        "відповісти",
        "відповідати",
        "говорити",
        "каментаваць",
        "адказаць",
        "адказваць",
        "гаварыць",
    }
)


def _is_named(sentence: Sentence, cue: Token, content: Token) -> bool:
    """ "called the report a fabrication": a second noun or adjective after the first one."""
    if content.dep == "ccomp":
        return True
    if sentence.language == "en" and cue.lemma == "call":  # "called a press conference for noon" names nothing
        behind = sentence.tokens[cue.i + 1 : content.i + 8]
        return sentence.child(cue.i, "oprd") is not None or any(t.text in '"«' for t in behind)
    if cue.pos not in ("V", "AUX"):
        return False
    for token in sentence.tokens[content.i + 1 :]:
        if token.pos in ("PUNCT", "V", "SUB") and token.text not in '«»"':
            return False
        if token.pos in ("N", "A", "PN", "PTCP") and (sentence.language == "en" or "i" in token.cases):
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Case:
    """What a need is asked about: a cue word with its source and content."""

    sentence: Sentence
    cue: Token
    source: Token | None
    content: Token
    words: Lexicon


def is_met(sentence: Sentence, cue: Token, source: Token | None, content: Token, need: str, words: Lexicon) -> bool:
    return _NEEDS[need](_Case(sentence, cue, source, content, words))


def _document_source(case: _Case) -> bool:
    return case.source is not None and case.words.is_document(case.source.low, case.source.lemma)


def _no_speaker(case: _Case) -> bool:
    """No subject beside the paper that can speak: «В отчёте аудиторы отмечают» is what the auditors say."""
    subject = case.sentence.child(case.cue.i, "nsubj")
    if subject is None or subject is case.content:
        return True
    return not (subject.pos == "PN" or subject.animate == "a" or case.words.speaks(subject.low, subject.lemma))


def _speaker_source(case: _Case) -> bool:
    source = case.source
    if source is None:
        return False
    named = source.pos in ("PN", "PRON") or (source.pos == "N" and case.cue.i > source.i)
    return named or case.words.speaks(source.low, source.lemma)


def _human_source(case: _Case) -> bool:
    """A name, a pronoun of persons, a living being, or a noun that can speak; never a thing or a paper."""
    source = case.source
    if source is None or source.low in ("it", "this", "which", "that", "это", "це", "гэта"):
        return False
    if source.pos in ("PN", "PRON") or source.animate == "a" or case.words.speaks(source.low, source.lemma):
        return True
    return (
        case.sentence.language == "en"
        and source.lemma.endswith(_DOERS)
        and not case.words.is_document(source.low, source.lemma)
    )


#: Endings of English nouns that name persons by what they do.
_DOERS = ("ist", "man", "woman", "person", "ian", "eer", "keeper", "maker", "worker", "holder", "owner")
_ONESELF = frozenset({"itself", "himself", "herself", "themselves", "себя", "себе", "сябе"})


def _valued_passive(case: _Case) -> bool:
    """ "is estimated at 4 million": passive, a number behind "at", nobody named behind "by"."""
    behind = [child for child in case.sentence.children(case.cue.i) if child.dep == "obl"]
    cases = {mark.low for child in behind for mark in case.sentence.children(child.i) if mark.dep == "case"}
    return (
        case.cue.lemma in ("estimate", "value", "assess")
        and "at" in cases
        and "by" not in cases
        and any(token.pos == "NUM" for token in case.sentence.tokens[case.cue.i :])
    )


def _verb_listed(name: str) -> Callable[[_Case], bool]:
    """The cue's base form is in a list of words.toml."""

    def listed(case: _Case) -> bool:
        return any(base in word_list(name) for base in (case.cue.lemma, *case.words.bases(case.cue.low)))

    return listed


def _plain_object(case: _Case) -> bool:
    if case.content.pos in ("N", "PN"):
        return case.cue.dep != "conj"
    return case.content.pos != "PRON" and case.cue.dep != "xcomp" and case.sentence.child(case.cue.i, "aux") is None


def _at_value(case: _Case) -> bool:
    """ "the loss at 3 million": a value after "at" (в, у) beside the content."""
    beside = (*case.sentence.children(case.cue.i), *case.sentence.children(case.content.i))
    marks = [
        mark.low
        for child in beside
        if child.dep in ("obl", "nmod", "nummod") and child.i > case.content.i
        for mark in case.sentence.children(child.i)
        if mark.dep == "case"
    ]
    after = case.sentence.tokens[case.cue.i + 1 : case.cue.i + 2]
    if after and after[0].low in ("out", "up", "off", "down", "forward"):
        return False
    return _verb_listed("valuing")(case) and any(mark in ("at", "в", "во", "у", "ў") for mark in marks)


def _impersonal(case: _Case) -> bool:
    cue = case.cue
    if case.sentence.child(cue.i, "nsubj", "nsubj:pass") not in (None, case.content):
        return False
    before = case.sentence.tokens[: cue.i]
    if cue.number == "p" and any(
        case.words.is_document(t.low, t.lemma) and t.number == "p" for t in before if t.pos == "N"
    ):
        return False
    return cue.low.endswith(("ся", "сь", "цца", "но", "то", "на", "мо")) or cue.pos != "V" or cue.number == "p"


def _saying_content(case: _Case) -> bool:
    meant = antecedent(case.sentence, case.content) if case.content.pos == "REL" else case.content
    return case.words.is_saying(meant.low, meant.lemma)


def _document_content(case: _Case) -> bool:
    return case.words.is_document(case.content.low, case.content.lemma) and _verb_listed("publishing")(case)


def _act_noun(case: _Case) -> bool:
    """A noun that names something done: "the sale", «подписание»."""
    noun = case.content
    concept = concept_of(noun.lemma, case.sentence.language, verbal=False)
    return noun.pos == "N" and (
        noun.low.endswith(ACT_ENDINGS) or (concept is not None and concepts()[concept].kind == "event")
    )


def _thing_noun(case: _Case) -> bool:
    """A common noun that names no person and no group of them: "mistakes", "a link"."""
    noun = case.content
    return noun.pos == "N" and noun.animate != "a" and not case.words.speaks(noun.low, noun.lemma)


def _told_passive(case: _Case) -> bool:
    """ "was told by her lawyer not to speak": a passive of asking or telling."""
    listed = _verb_listed("acts")(case) or case.cue.lemma in ("tell", "warn", "advise")
    return listed and case.sentence.child(case.cue.i, "aux:pass") is not None


def _asks(case: _Case) -> bool:
    """Whether the cue asks others ("asked him to speak"), rather than refusing or agreeing to speak oneself."""
    kinds = case.words.classes_of(case.cue.low, case.cue.lemma)
    return "ask" in kinds and not kinds & {"promise", "reject"} and not _verb_listed("refusals")(case)


def _nobody_named(case: _Case) -> bool:
    """A Slavic verb of the plural without a subject («обвиняют»), or a reflexive one («обвиняется»)."""
    cue = case.cue
    if case.sentence.child(cue.i, "nsubj") is not None and not cue.low.endswith(("ся", "сь", "цца")):
        return False
    return cue.low.endswith(("ся", "сь", "цца")) or (cue.pos == "V" and cue.number == "p")


def _keeps_silent(case: _Case) -> bool:
    """ "declined to comment", "refused to give details"."""
    silent = case.content.lemma in _COMMENTING
    return silent or (case.cue.lemma in ("decline", "refuse") and case.content.lemma in _TELLING_MORE)


_TELLING_MORE = frozenset({"elaborate", "discuss", "give", "disclose", "specify", "identify", "name", "reveal"})


def _naming(case: _Case) -> bool:
    return case.cue.lemma in _NAMING and _is_named(case.sentence, case.cue, case.content)


def _after_comma(case: _Case) -> bool:
    """The cue's own words start right after a comma, behind the content."""
    tokens = case.sentence.tokens
    branch = [k for k in case.sentence.subtree(case.cue.i) if k != case.content.i]
    first = min(k for k in branch if tokens[k].pos != "PUNCT")
    if case.cue.i < case.content.i or len(branch) > _LONGEST_TAG or first == 0:
        return False
    return tokens[first - 1].text in (",", "—", "-", "»", '"') and (case.source is not None or first == case.cue.i)


#: What is denied stands this close behind its verb (words).
_CLOSE = 4
#: A tag has at most this many words.
_LONGEST_TAG = 22


_NEEDS: Mapping[str, Callable[[_Case], bool]] = {
    "document-source": _document_source,
    "no-speaker": _no_speaker,
    "speaker-source": _speaker_source,
    "act-verb": _verb_listed("acts"),
    "telling-verb": _verb_listed("telling"),
    "listing": _verb_listed("listing"),
    "not-commenting": lambda case: _asks(case) or not _keeps_silent(case),
    "right-behind": lambda case: (
        0 < case.content.i - case.cue.i <= _CLOSE
        and not any(t.text == "," for t in case.sentence.tokens[case.cue.i : case.content.i])
    ),
    "providing-verb": lambda case: case.cue.lemma in ("provide", "call", "allow", "ask"),
    "not-oneself": lambda case: case.content.low not in _ONESELF,
    "no-person": lambda case: case.content.pos != "PN" and not case.words.speaks(case.content.low, case.content.lemma),
    "plain-object": _plain_object,
    "at-value": _at_value,
    "impersonal": _impersonal,
    "saying-content": _saying_content,
    "document-content": _document_content,
    "relating-verb": _verb_listed("relating"),
    "human-source": _human_source,
    "valued-passive": _valued_passive,
    "accusing-verb": _verb_listed("accusing"),
    "professing-verb": _verb_listed("professing"),
    "deny-verb": lambda case: case.cue.lemma in _DENIALS,
    "naming": _naming,
    "thing-noun": _thing_noun,
    "told-passive": _told_passive,
    "nobody-named": _nobody_named,
    "standing-verb": _verb_listed("standing"),
    "conceding-verb": _verb_listed("conceding"),
    "document-put": lambda case: _document_source(case) or _speaker_source(case),
    "act-noun": _act_noun,
    "noun-content": lambda case: case.content.pos in ("N", "PN", "NUM"),
    "stating-verb": _verb_listed("stating"),
    "demanding-verb": _verb_listed("demanding"),
    "telling-document": lambda case: case.cue.pos in ("V", "X", "ADV", "A"),
    "after-comma": _after_comma,
}
