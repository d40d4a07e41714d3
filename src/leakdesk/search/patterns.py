"""Wildcards, regular expressions and letters of difference: what the index is asked, and the test for words of a text.

The index walks an automaton, which takes no longer for a clever expression than for a plain one; what is too large for it is
refused. Words of the few texts that are shown are tested with a limit on time, since Python's expressions can be made to hang.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import regex

from leakdesk.search import tree
from leakdesk.search.finders import Alternatives
from leakdesk.search.tree import QueryError
from leakdesk.search.words import CAPITAL, bare

#: The time an expression may take on the texts of a page, in seconds.
PATTERN_SECONDS = 1.0
#: So many letters of a wildcard, side by side, are looked for first.
TELLING = 3
#: Letters and classes an expression may have, its repetitions written out: the index would take 300 MB to refuse a larger one.
MOST_ATOMS = 5_000
_TOO_LONG = "this regular expression takes too long"


class Expression(Alternatives):
    """The alternatives of a pattern: for the index's automaton (`pattern`), and as a test; `at` is its place in the query."""

    __slots__ = ("at", "beginning", "pattern")
    pattern: str
    at: int
    beginning: str
    """Small letters, where the pattern is only "what begins with them"."""

    @classmethod
    def of(cls, node: tree.Pattern) -> Expression:
        """The expression of a pattern; raises QueryError where it cannot be understood."""
        small = _small(node.text if node.regex else _as_regex(node.text))
        if node.regex and written_out(small) > MOST_ATOMS:
            raise pattern_error("size limit", node.at)
        runs = [] if node.regex else re.split(r"[*?]+", _small(node.text))
        longest = max(runs, key=len, default="")
        made = cls({}, _matching(small, node), literal=longest if len(longest) >= TELLING else "")
        object.__setattr__(made, "beginning", runs[0] if _is_beginning(node) else "")
        object.__setattr__(made, "pattern", rf"(?:\{CAPITAL})?(?:{_plain_classes(small, node.at)})")
        object.__setattr__(made, "at", node.at)
        return made


_ATOM = re.compile(r"\\.|\[(?:\\.|[^\]])*\]|\(|\)|\{(\d*),?(\d*)\}|[*+?|]|.", re.DOTALL)


def written_out(pattern: str) -> int:
    """How many letters and classes a regular expression has when its counted repetitions are written out."""
    sizes, last = [0], 0
    for found in _ATOM.finditer(pattern):
        piece = found.group()
        if piece == "(":
            sizes.append(0)
        elif piece == ")" and len(sizes) > 1:
            last = sizes.pop()
            sizes[-1] += last
        elif piece[0] == "{" and found.group(1) is not None:
            times = max(int(each[:9] or 0) for each in found.groups())
            sizes[-1] += last * (max(times, 1) - 1)
        elif piece not in ("*", "+", "?", "|"):
            last = 1
            sizes[-1] += last
    return sum(sizes)


def _is_beginning(node: tree.Pattern) -> bool:
    return not node.regex and node.text.endswith("*") and node.text[:-1].isalnum()


def _matching(pattern: str, node: tree.Pattern) -> Callable[[str], str | None]:
    rule = "regular expression" if node.regex else "wildcard"
    try:
        compiled = regex.compile(pattern, regex.V0)
    except (regex.error, OverflowError, RecursionError, MemoryError):
        raise pattern_error("", node.at) from None
    known: dict[str, str | None] = {}
    left = PATTERN_SECONDS

    def test(term: str) -> str | None:
        nonlocal left
        word = bare(term)
        if word not in known:
            began = time.perf_counter()
            try:
                known[word] = rule if left > 0 and compiled.fullmatch(word, timeout=left) else None
            except TimeoutError:
                left = 0
            left -= time.perf_counter() - began
            if left <= 0:
                raise QueryError(_TOO_LONG, node.at, try_="Write it without nested repetitions.")
        return known[word]

    return test


def pattern_error(problem: str, at: int | None = None) -> QueryError:
    """What the index says about an expression, for a person."""
    if "size limit" in problem:
        return QueryError(
            "this regular expression is too large", at, try_="Use shorter repetitions, or a wildcard: Горб*."
        )
    if "Empty match" in problem or "Lazy" in problem:
        return QueryError(
            r"^, $, \b and lazy repetitions are not needed: an expression always matches a whole word",
            at,
            try_="Leave them out.",
        )
    return QueryError(
        "this regular expression cannot be read", at, try_="Check brackets and *, or search with a wildcard: Горб*."
    )


def _as_regex(wildcard: str) -> str:
    return "".join(".*" if char == "*" else "." if char == "?" else regex.escape(char) for char in wildcard)


def _small(pattern: str) -> str:
    r"""A pattern in small letters, as the index has them; escapes such as \W and \p{L} stay as they are."""
    return re.sub(
        r"\\[pP]\{[^}]*\}|\\.|.",
        lambda found: found.group() if found.group()[0] == "\\" else found.group().lower(),
        pattern,
    )


_CLASSES = {r"\w": ".", r"\d": "[0-9]"}
_REFUSED_CLASS = re.compile(r"\\[WDSsbBpPxuUAzQE]")


def _plain_classes(pattern: str, at: int) -> str:
    r"""A pattern for the index's automata: all of Unicode's letters as a class would take seconds to build, and words have
    nothing but letters and digits anyway."""
    if _REFUSED_CLASS.search(pattern.replace(r"\\", "")):
        raise QueryError(
            r"of the classes only \w and \d are known", at, try_="Write the letters in brackets, as in /горб[аоу].*/."
        )
    return re.sub(r"\\.", lambda found: _CLASSES.get(found.group(), found.group()), pattern)


def letters_apart(term: str, distance: int) -> Callable[[str], str | None]:
    """A test for words that differ from a term in at most `distance` letters (a swap of neighbours counts one)."""
    from rapidfuzz.distance import OSA

    def test(other: str) -> str | None:
        if abs(len(other) - len(term)) > distance + 1:
            return None
        apart = OSA.distance(term, bare(other), score_cutoff=distance)
        return (
            f"{apart} letter{'s' if apart > 1 else ''} apart"
            if 0 < apart <= distance
            else ("exact" if apart == 0 else None)
        )

    return test
