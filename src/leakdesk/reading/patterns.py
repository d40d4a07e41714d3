"""Patterns over trees, as data: which word introduces, who is the source, what is the content (patterns.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from leakdesk.language.concepts import fold
from leakdesk.reading.lexicon import Lexicon
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.words import word_list

_THAT = frozenset(
    {
        "that",
        "что",
        "що",
        "што",
        "чтобы",
        "щоб",
        "аби",
        "каб",
        "будто",
        "ніби",
        "нібыта",
        "нібито",
        "мол",
        "мовляв",
        "маўляў",
        "як",
    }
)
_IN = frozenset({"в", "во", "у", "ў", "из", "з", "із", "зі", "са", "со", "на"})


_ABOUT = frozenset({"о", "об", "обо", "про", "пра", "аб", "about", "of", "over", "against"})
_COMPLAINTS = frozenset(
    {"жаловаться", "пожаловаться", "скаржитися", "поскаржитися", "нарікати", "скардзіцца", "паскардзіцца", "наракаць"}
)
_THEY = frozenset({"they", "it", "these", "они", "вони", "яны"})


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern of patterns.toml."""

    id: str
    languages: frozenset[str]
    classes: frozenset[str]
    labels: frozenset[str]
    source: tuple[str, ...]
    content: tuple[str, ...]
    needs: frozenset[str]
    type: str
    confidence: str
    language: str
    example: str
    expect: tuple[str, str, str]
    counter: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A pattern that fits: the indices of cue, source head (None for none) and content head."""

    pattern: Pattern
    cue: int
    source: int | None
    content: int
    above: bool
    cue_end: int
    nominal: bool = False


@lru_cache(maxsize=1)
def patterns() -> tuple[Pattern, ...]:
    """The patterns of patterns.toml, in order."""
    raw = tomllib.loads((files("leakdesk.reading") / "patterns.toml").read_text("utf-8"))["pattern"]
    return tuple(
        Pattern(
            each["id"],
            frozenset(each["languages"]),
            frozenset(each["classes"]),
            frozenset(each.get("labels", ())),
            tuple(each["source"]),
            tuple(each["content"]),
            frozenset(each.get("needs", ())),
            each["type"],
            each["confidence"],
            each["language"],
            each["example"],
            tuple(each["expect"]),
            each["counter"],
        )
        for each in raw
    )


def hits(sentence: Sentence, words: Lexicon, *, papers: bool = False) -> Iterator[Hit]:
    """Every cue word of a sentence with the first pattern that fits it, left to right."""
    for token in sentence.tokens:
        classes = _classes(token, words)
        end = _idiom(sentence, token, words)
        if end > token.i:
            classes = frozenset({"say", "show"})
        if not classes:
            continue
        for pattern in patterns():
            if sentence.language not in pattern.languages or not classes & pattern.classes:
                continue
            found = _fit(sentence, token, pattern, words, end, papers=papers)
            if found is not None:
                yield found
                break


def _idiom(sentence: Sentence, token: Token, words: Lexicon) -> int:
    """Index of the last word of an idiom that starts at a verb ("make clear", «стало известно»); the verb's own without one."""
    if token.pos not in ("V", "INF", "CONV", "PTCP"):
        return token.i
    following = [each for each in sentence.tokens[token.i + 1 : token.i + 6] if each.pos != "ADV"]
    for phrase in (*words.idioms.get(fold(token.lemma), ()), *words.idioms.get(fold(token.low), ())):
        if len(phrase) < 2:
            continue
        rest = phrase[1:]
        if len(following) >= len(rest) and all(
            following[k].low == word or following[k].lemma == word for k, word in enumerate(rest)
        ):
            return following[len(rest) - 1].i
    return token.i


def _classes(token: Token, words: Lexicon) -> frozenset[str]:
    if token.pos == "INF" and token.dep == "advcl":
        return frozenset()
    if token.pos in ("V", "CONV", "PTCP", "INF", "AUX"):
        return words.classes_of(token.low, token.lemma)
    if token.pos == "N" and words.is_saying(token.low, token.lemma):
        return frozenset({"noun"})
    if token.pos in ("A", "X", "ADV", "N") and token.lemma in words.classes and words.language != "en":
        return words.classes[token.lemma]
    return frozenset()


def _fit(sentence: Sentence, cue: Token, pattern: Pattern, words: Lexicon, end: int, *, papers: bool) -> Hit | None:
    if pattern.labels and not any(_label(sentence, cue, each) for each in pattern.labels):
        return None
    content = next((token for path in pattern.content if (token := _content(sentence, cue, path)) is not None), None)
    if content is None and end > cue.i:
        content = next(
            (
                token
                for k in range(cue.i + 1, end + 1)
                for path in pattern.content
                if (token := _content(sentence, sentence.tokens[k], path)) is not None
            ),
            None,
        )
    if content is None or content.i == cue.i:
        return None
    source, found = _first_source(sentence, cue, pattern, words)
    if not found:
        return None
    written = papers and source is not None and source.low in _THEY
    needs = pattern.needs - ({"document-source"} if written else set[str]())
    if not all(_need(sentence, cue, source, content, need, words) for need in needs):
        return None
    nominal = content.pos in ("N", "PN", "NUM") and content.dep in ("obj", "nsubj:pass", "acl:relcl")
    if content.pos == "REL":
        content = antecedent(sentence, content)
        nominal = True
    return Hit(
        pattern,
        cue.i,
        source.i if source is not None else None,
        content.i,
        above=content.i == cue.head and not nominal,
        cue_end=end,
        nominal=nominal,
    )


def _label(sentence: Sentence, cue: Token, label: str) -> bool:
    name, _, kind = label.partition("@")
    if cue.dep != name:
        return False
    return kind != "tag" or sentence.child(cue.i, "obj", "ccomp") is None


def _content(sentence: Sentence, cue: Token, path: str) -> Token | None:
    if path == "^":
        return sentence.tokens[cue.head] if cue.head >= 0 else None
    if "/" in path:
        first, _, rest = path.partition("/")
        middle = sentence.child(cue.i, first)
        return _content(sentence, middle, rest) if middle is not None else None
    name, _, kind = path.partition("@")
    for token in sentence.children(cue.i):
        if token.dep != name:
            continue
        marks = [each.low for each in sentence.children(token.i) if each.dep in ("mark", "case")]
        if kind == "that" and not any(mark in _THAT for mark in marks):
            continue
        if kind == "of" and "of" not in marks:
            continue
        if kind == "about" and not (set(marks) & _ABOUT or ("на" in marks and cue.lemma in _COMPLAINTS)):
            continue
        if kind == "by-means" and (token.cases != "i" or marks):
            continue
        if kind == "ing" and token.pos != "CONV":
            continue
        if name in ("ccomp", "csubj", "nsubj", "advcl") and kind == "" and not _is_clause(sentence, token, marks):
            continue
        return token
    return None


def _is_clause(sentence: Sentence, token: Token, marks: list[str]) -> bool:
    """A verb with a subject or a complementiser of its own, or a nominal predicate; never a question word's clause."""
    if any(mark in ("whether", "if", "ли", "чи", "ці") for mark in marks):
        return False
    if token.pos in ("V", "AUX", "INF", "PTCP", "CONV"):
        return True
    return any(child.dep in ("nsubj", "cop", "nsubj:pass", "mark") for child in sentence.children(token.i))


def _first_source(sentence: Sentence, cue: Token, pattern: Pattern, words: Lexicon) -> tuple[Token | None, bool]:
    for path in pattern.source:
        if path == "-":
            return None, True
        token = _source(sentence, cue, path, words)
        if token is not None:
            return token, True
    return None, False


def _source(sentence: Sentence, cue: Token, path: str, words: Lexicon) -> Token | None:
    at = cue.i
    if path.startswith("^"):
        if cue.dep not in ("conj", "xcomp", "advcl", "acl") or cue.head < 0:
            return None
        above = sentence.tokens[cue.head]
        if cue.dep == "acl":
            return above
        if (
            cue.dep == "advcl"
            and above.lemma in ("quote", "cite", "report", "describe")
            and above.dep == "acl"
            and above.head >= 0
        ):
            return sentence.tokens[above.head]
        path, at = path[1:], above.i
    name, _, kind = path.partition("@")
    for token in sentence.children(at):
        if token.dep != name and not (name == "nsubj" and token.dep == "nsubj:pass" and kind == "pass"):
            continue
        cases = {each.low for each in sentence.children(token.i) if each.dep == "case"}
        if kind == "in" and not (cases & _IN and _place_speaks(cue, token, words)):
            continue
        if kind == "by" and "by" not in cases:
            continue
        if name == "nsubj" and cases:
            continue
        return antecedent(sentence, token)
    return None


def _place_speaks(cue: Token, token: Token, words: Lexicon) -> bool:
    """«В мэрии подчеркнули»: a document, a body, or any place where an impersonal verb speaks."""
    if token.pos == "PRON" and cue.i > token.i:
        return True
    if words.is_document(token.low, token.lemma) or words.speaks(token.low, token.lemma) or token.pos == "PN":
        return True
    return cue.number == "p" and cue.i > token.i


def antecedent(sentence: Sentence, token: Token) -> Token:
    """A relative pronoun stands for the noun its clause hangs on."""
    if token.pos == "REL" or (
        token.low in ("that", "який", "які", "які", "который", "що", "што") and token.pos in ("PRON", "REL", "DET")
    ):
        for above in sentence.ancestors(token.i):
            if above.dep == "acl:relcl" and above.head >= 0:
                return sentence.tokens[above.head]
    return token


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


def _need(sentence: Sentence, cue: Token, source: Token | None, content: Token, need: str, words: Lexicon) -> bool:
    return _NEEDS[need](_Case(sentence, cue, source, content, words))


def _document_source(case: _Case) -> bool:
    return case.source is not None and case.words.is_document(case.source.low, case.source.lemma)


def _speaker_source(case: _Case) -> bool:
    source = case.source
    if source is None:
        return False
    named = source.pos in ("PN", "PRON") or (source.pos == "N" and case.cue.i > source.i)
    return named or case.words.speaks(source.low, source.lemma)


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
        if child.dep in ("obl", "nmod") and child.i > case.content.i
        for mark in case.sentence.children(child.i)
        if mark.dep == "case"
    ]
    return _verb_listed("valuing")(case) and any(mark in ("at", "в", "во", "у", "ў") for mark in marks)


def _impersonal(case: _Case) -> bool:
    cue = case.cue
    if case.sentence.child(cue.i, "nsubj", "nsubj:pass") not in (None, case.content):
        return False
    return cue.low.endswith(("ся", "сь", "цца", "но", "то", "на", "мо")) or cue.pos != "V" or cue.number == "p"


def _saying_content(case: _Case) -> bool:
    meant = antecedent(case.sentence, case.content) if case.content.pos == "REL" else case.content
    return case.words.is_saying(meant.low, meant.lemma)


def _document_content(case: _Case) -> bool:
    return case.words.is_document(case.content.low, case.content.lemma) and _verb_listed("publishing")(case)


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


#: A tag has at most this many words.
_LONGEST_TAG = 22
_NEEDS: Mapping[str, Callable[[_Case], bool]] = {
    "document-source": _document_source,
    "speaker-source": _speaker_source,
    "act-verb": _verb_listed("acts"),
    "telling-verb": _verb_listed("telling"),
    "listing": _verb_listed("listing"),
    "not-commenting": lambda case: case.content.lemma not in _COMMENTING,
    "plain-object": _plain_object,
    "at-value": _at_value,
    "impersonal": _impersonal,
    "saying-content": _saying_content,
    "document-content": _document_content,
    "deny-verb": lambda case: case.cue.lemma in _DENIALS,
    "naming": _naming,
    "after-comma": _after_comma,
}
