"""Patterns over trees, as data: which word introduces, who is the source, what is the content (patterns.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from leakdesk.language.concepts import fold
from leakdesk.reading.lexicon import Lexicon
from leakdesk.reading.patterns_needs import antecedent, is_met
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


_FROM = frozenset({"from", "из", "з", "із", "зі", "са"})
_ABOUT = frozenset({"о", "об", "обо", "про", "пра", "аб", "about", "of", "over", "against"})


#: What a child may stand behind, by the kind a path names.
_MARKS = {
    "of": frozenset({"of"}),
    "for": frozenset({"for"}),
    "in": _IN,
    "charge": frozenset({"for", "on", "of", "over"}),
}

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
    if end > cue.i and source is None:
        source, found = _source_inside(sentence, cue, end, pattern, words) or (source, found)
    if not found:
        return None
    written = papers and source is not None and source.low in _THEY
    needs = pattern.needs - ({"document-source"} if written else set[str]())
    if not all(is_met(sentence, cue, source, content, need, words) for need in needs):
        return None
    nominal = content.pos in ("N", "PN", "NUM") and content.dep in ("obj", "nsubj:pass", "acl:relcl", "nsubj")
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
        if kind == "ing" and any(each.low in ("having", "being") for each in sentence.children(token.i)):
            return token
        if not _of_kind(cue, token, kind, marks):
            continue
        if kind == "noun":
            if token.pos not in ("N", "PN", "NUM"):
                continue
        elif name in ("ccomp", "csubj", "nsubj", "advcl") and kind == "" and not _is_clause(sentence, token, marks):
            continue
        return token
    return None


def _of_kind(cue: Token, token: Token, kind: str, marks: list[str]) -> bool:
    """Whether a child is what a path asks for behind its "@"."""
    have = set(marks)
    if kind == "that":
        return bool(have & _THAT)
    if kind == "about":
        return _about(cue, marks)
    if kind == "by-means":
        return token.cases == "i" and not marks
    if kind == "ing":
        return token.pos == "CONV"
    return kind not in _MARKS or bool(have & _MARKS[kind])


def _about(cue: Token, marks: list[str]) -> bool:
    """Whether prepositions introduce a topic: "of", «про»; «на» and «в» behind few verbs only."""
    if set(marks) & _ABOUT:
        return True
    if "на" in marks:
        return cue.lemma in word_list("complaints") or cue.lemma in word_list("insisting")
    return bool(set(marks) & _IN) and cue.lemma in word_list("confessing")


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


def _source_inside(
    sentence: Sentence, cue: Token, end: int, pattern: Pattern, words: Lexicon
) -> tuple[Token, bool] | None:
    """The source of an idiom may hang on its last word: «стало известно из писем»."""
    for k in range(cue.i + 1, end + 1):
        source, _ = _first_source(sentence, sentence.tokens[k], pattern, words)
        if source is not None:
            return source, True
    return None


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
        quoted = cue.dep == "advcl" and above.lemma in ("quote", "cite", "report")
        path, at = path[1:] + ("@pass" if quoted else ""), above.i
    name, _, kind = path.partition("@")
    for token in sentence.children(at):
        if token.dep != name and not (name == "nsubj" and token.dep == "nsubj:pass" and kind == "pass"):
            continue
        cases = {each.low for each in sentence.children(token.i) if each.dep == "case"}
        if kind == "in" and not (cases & _IN and _place_speaks(cue, token, words)):
            continue
        if kind == "by" and "by" not in cases:
            continue
        if kind == "from" and not cases & _FROM:
            continue
        if name == "nsubj" and (cases or (token.i and sentence.tokens[token.i - 1].pos == "PREP")):
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
