"""A sentence as words with their grammar: one tree shape for every language and every parser.

Labels follow Universal Dependencies where they matter to reading (nsubj, nsubj:pass, obj, iobj, obl, obl:agent, nmod, case,
mark, ccomp, xcomp, advcl, acl, acl:relcl, appos, conj, cc, aux, aux:pass, cop, neg, amod, nummod, det, parataxis, punct, root).
A copula that is a word is the head of its clause (`attr` is what it says of its subject).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from leakdesk.model.document import Language, Role

#: Word classes by the names that Universal Dependencies gives them.
WORD_CLASSES = {
    "NOUN": "N",
    "PROPN": "PN",
    "PRON": "PRON",
    "ADJ": "A",
    "VERB": "V",
    "AUX": "AUX",
    "ADV": "ADV",
    "ADP": "PREP",
    "SCONJ": "SUB",
    "CCONJ": "CCONJ",
    "NUM": "NUM",
    "DET": "DET",
    "PUNCT": "PUNCT",
    "PART": "X",
}
#: Word classes that can stand as participants.
NOMINAL = frozenset({"N", "PN", "PRON", "NUM"})
VERBAL = frozenset({"V", "INF", "CONV", "PTCP"})


@dataclass(slots=True)
class Token:
    """A word: its place in the text, base form, class (N PN A PRON V INF CONV PTCP ADV PREP CCONJ SUB REL NUM DET AUX NEG
    PUNCT X), possible cases (letters of "ngdail", "" unknown), number ("s", "p", ""), tense ("past", "pres", "fut", ""),
    `forms` (cases with numbers, "gs np ap", where a dictionary leaves several), `animate` ("a", "i", ""), `transitive` ("t",
    "i", "": a verb's, where it is known),
    and its place in the tree (`head` is an index in the sentence, -1 for the root)."""

    i: int
    start: int
    end: int
    text: str
    low: str
    lemma: str
    pos: str = "X"
    cases: str = ""
    number: str = ""
    gender: str = ""
    tense: str = ""
    passive: bool = False
    head: int = -1
    dep: str = "dep"
    forms: str = ""
    animate: str = ""
    transitive: str = ""


def dependents(tokens: list[Token], token: Token) -> list[Token]:
    """Direct dependents, in order, in a tree whose heads are still being changed."""
    return [each for each in tokens if each.head == token.i]


@dataclass(slots=True)
class Sentence:
    """Words of one sentence; `parsed` is False where the tree was made by rule."""

    start: int
    end: int
    language: Language
    tokens: list[Token]
    role: Role = Role.BODY
    parsed: bool = False
    paragraph: int = 0
    #: A question of a letter that asks for an act ("Could you send the act?").
    request: bool = False
    _children: list[list[int]] | None = field(default=None, repr=False)

    def changed(self) -> None:
        """To be called after heads were changed: dependents are looked up anew."""
        self._children = None

    def children(self, index: int) -> list[Token]:
        """Direct dependents in order."""
        if self._children is None:
            self._children = [[] for _ in self.tokens]
            for token in self.tokens:
                if 0 <= token.head < len(self.tokens) and token.head != token.i:
                    self._children[token.head].append(token.i)
        return [self.tokens[i] for i in self._children[index]]

    def child(self, index: int, *deps: str) -> Token | None:
        """The first dependent with one of these labels, in the order of the labels."""
        found = self.children(index)
        for dep in deps:
            for token in found:
                if token.dep == dep:
                    return token
        return None

    def subtree(self, index: int, skip: Callable[[Token], bool] | None = None) -> list[int]:
        """Indices of a word and all below it, in order; branches whose top word `skip` accepts are left out."""
        seen: set[int] = set()
        stack = [index]
        while stack:
            at = stack.pop()
            if at in seen:
                continue
            seen.add(at)
            stack += [token.i for token in self.children(at) if skip is None or not skip(token)]
        return sorted(seen)

    def ancestors(self, index: int) -> Iterator[Token]:
        """The words above, nearest first."""
        seen = {index}
        at = self.tokens[index].head
        while 0 <= at < len(self.tokens) and at not in seen:
            seen.add(at)
            yield self.tokens[at]
            at = self.tokens[at].head

    def trim(self, indices: list[int]) -> list[int]:
        """Indices without punctuation, conjunctions and complementisers at the edges."""
        kept = list(indices)
        while kept and (self.tokens[kept[0]].pos in ("PUNCT", "CCONJ") or self.tokens[kept[0]].dep in ("mark", "cc")):
            kept.pop(0)
        while kept and (self.tokens[kept[-1]].pos in ("PUNCT", "CCONJ")):
            kept.pop()
        return kept

    def run(self, indices: list[int], around: int) -> list[int]:
        """The unbroken run of indices that holds `around` (punctuation inside does not break it)."""
        have = set(indices)
        left = right = around
        while left - 1 in have or (left - 1 >= 0 and self.tokens[left - 1].pos == "PUNCT" and left - 2 in have):
            left -= 1
        while right + 1 in have or (
            right + 1 < len(self.tokens) and self.tokens[right + 1].pos == "PUNCT" and right + 2 in have
        ):
            right += 1
        return list(range(left, right + 1))
