"""From words of a tree to exact spans of the text: noun phrases as sources and participants, clauses as contents and quotes."""

from __future__ import annotations

from leakdesk.reading.sentence import Sentence, Token

#: Dependents that do not belong to a noun phrase as a participant.
_OUTSIDE_PHRASE = frozenset(
    {
        "acl:relcl",
        "acl",
        "advcl",
        "parataxis",
        "ccomp",
        "punct",
        "cc",
        "conj",
        "dislocated",
        "cop",
        "nsubj",
        "mark",
        "neg",
        "case",
        "advmod:out",
    }
)
Range = tuple[int, int]


def phrase(sentence: Sentence, head: int, *, conjuncts: bool = True, appositions: bool = True) -> list[int]:
    """Indices of the noun phrase of a head: with determiners, adjectives, genitives and "of" phrases; without its
    preposition and relative clauses."""

    def outside(token: Token) -> bool:
        if token.dep == "conj":
            return not conjuncts or token.pos in ("V", "INF", "AUX") or sentence.child(token.i, "nsubj") is not None
        if token.dep == "appos":
            return not appositions
        if token.dep == "nmod" and token.head == head:
            return not _belongs(sentence, token)
        if token.dep == "case":
            return token.head == head
        if token.dep in ("acl:relcl", "acl", "advcl", "parataxis", "ccomp", "mark", "neg", "dislocated"):
            return True
        return token.dep in ("cop", "nsubj", "nsubj:pass", "aux", "obl", "obj") and token.head == head

    inside = sentence.subtree(head, outside)
    run = [k for k in sentence.run(inside, head) if k in set(inside) or sentence.tokens[k].pos == "PUNCT"]
    relative = next((k for k in run if k > head and sentence.tokens[k].pos == "REL"), None)
    if relative is not None:
        run = [k for k in run if k < relative]
    return sentence.trim(_balanced(sentence, run, head))


def _belongs(sentence: Sentence, token: Token) -> bool:
    """Whether a prepositional phrase is part of the noun phrase it hangs on (not across a comma)."""
    between = range(min(token.i, token.head) + 1, max(token.i, token.head))
    return not any(sentence.tokens[k].text in (",", ";", "—", "(") for k in between)


def _balanced(sentence: Sentence, run: list[int], head: int) -> list[int]:
    """Cut after a lone comma or bracket that nothing inside the phrase needs; quotation marks of names stay."""
    texts = {k: sentence.tokens[k].text for k in run}
    if "(" in texts.values() and ")" not in texts.values():
        opening = next(k for k in run if texts[k] == "(")
        run = [k for k in run if k < opening] if opening > head else [k for k in run if k > opening]
    return run


def extent(sentence: Sentence, indices: list[int]) -> Range | None:
    """Code points from the first to the last word of the indices; None for no words. Closing quotes of names are kept."""
    if not indices:
        return None
    first, last = indices[0], indices[-1]
    tokens = sentence.tokens
    inside = [tokens[k].text for k in range(first, last + 1)]
    if (
        last + 1 < len(tokens)
        and tokens[last + 1].text in ("»", '"')
        and (inside.count("«") > inside.count("»") or (tokens[last + 1].text == '"' and inside.count('"') % 2 == 1))
    ):
        last += 1
    if last + 1 < len(tokens) and tokens[last + 1].text == ")" and inside.count("(") > inside.count(")"):
        last += 1
    return tokens[first].start, tokens[last].end


def clause(
    sentence: Sentence, head: int, *, without: frozenset[int] = frozenset(), side: tuple[int, int] | None = None
) -> list[int]:
    """Indices of a clause as content: the subtree of its verb in one run, without the branches in `without`, inside `side`
    (first, last index), without complementiser and edge punctuation, without a trailing participial comment."""
    inside = [
        k for k in sentence.subtree(head, lambda token: token.i in without) if side is None or side[0] <= k <= side[1]
    ]
    if head not in inside:
        return []
    gapless = sentence.run(inside, head)
    return sentence.trim(without_tail(sentence, sentence.trim(gapless), head))


def without_tail(sentence: Sentence, indices: list[int], head: int) -> list[int]:
    """Cut ", casting doubt on ...": a participle after a comma at the end is the writer's own."""
    have = set(indices)
    for k in indices:
        token = sentence.tokens[k]
        trails = token.pos == "CONV" or (token.low == "meaning" and token.dep == "advcl")
        if not trails or token.dep not in ("advcl", "xcomp", "acl") or k <= head or token.i == head:
            continue
        branch = sentence.subtree(k)
        first = branch[0]
        if (
            first - 1 in have
            and sentence.tokens[first - 1].text == ","
            and branch[-1] >= indices[-1]
            and sentence.child(k, "nsubj", "mark", "case") is None
        ):
            return [i for i in indices if i < first - 1]
    return indices


#: Classes of words that tell an event.
VERBAL = ("V", "INF", "CONV", "AUX")


def holds_verb(sentence: Sentence, content: Range, cue: Range, kinds: tuple[str, ...] = VERBAL) -> bool:
    """Whether a content has a verb of its own beside the cue: "asked to pay", not "asked for the originals"."""
    return any(
        content[0] <= token.start < content[1] and not cue[0] <= token.start < cue[1] and token.pos in kinds
        for token in sentence.tokens
    )
