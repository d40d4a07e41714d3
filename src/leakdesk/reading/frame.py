"""An event of a sentence: its verbs, who takes part, how its clause hangs in the sentence."""

from __future__ import annotations

from dataclasses import dataclass, field

from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.words import word_list

CLAUSE = frozenset({"V", "INF", "CONV", "PTCP", "AUX"})


#: What stands in no clause without a verb: verbs, and words that open another clause.
WITH_VERB = frozenset({"V", "AUX", "INF", "CONV", "REL", "SUB"})


COPULA = frozenset({"be", "remain", "become", "быть", "бути", "быць", "являться", "з'яўляцца", "є"})


SEPARATE = frozenset({"ccomp", "advcl", "acl", "acl:relcl", "parataxis", "csubj"})


#: The rule of a frame that tells what somebody is: "Jan Kroll, the head of the mill".
APPOSITION = "office-in-apposition"


@dataclass(slots=True)
class Frame:
    """An event: indices into its sentence. `chain` runs from the first verb to the one that names the event; `event` is its
    last; `restored` says that the subject stands elsewhere; `kind` is how the clause hangs in the sentence."""

    chain: list[int]
    event: int
    lemma: str
    subject: int | None
    object: int | None
    kind: str
    restored: bool = False
    light: int | None = None
    obliques: list[tuple[str, int]] = field(default_factory=lambda: [])
    negated: bool = False
    passive: bool = False
    above: int | None = None
    marker: str = ""
    rule: str = "event"


def preposition_of(sentence: Sentence, token: Token) -> str:
    return " ".join(child.low for child in sentence.children(token.i) if child.dep == "case" and child.i < token.i)


def is_temporal(token: Token) -> bool:
    """A noun (or a year) that says when, not who or what."""
    if token.lemma in word_list("temporal") or token.low in word_list("temporal"):
        return True
    return len(token.text) == 4 and token.text.isdigit() and token.text[:2] in ("18", "19", "20")
