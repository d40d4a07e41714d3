"""Where the quotation of an English event begins and ends: with the noun its participle or relative clause tells of, without
tails that tell a further fact.

"The quarry belongs to Anton Brisk, a cousin of the governor" says two things, and so does "bought lathes from a dealer owned by
the minister's wife". "Nobody needs a bridge that closes every winter" says one: its clause tells which.
"""

from __future__ import annotations

from leakdesk.reading import spans
from leakdesk.reading.frame import Frame, is_temporal
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.words import word_list

_NOUNS = ("N", "PN", "NUM", "PRON")
_FINITE = ("V", "AUX", "INF")
_TELLING = ("V", "AUX", "INF", "CONV", "PTCP")
#: Words that open, alone or behind an adverb, what a number is set against: ", roughly double the list price".
_NEAR_THE_COMMA = 3
#: A tail of its own is this much of the words it hangs on, at least; a shorter one only says which.
_WEIGHS = 0.6


def edges(sentence: Sentence, frame: Frame, run: list[int]) -> list[int]:
    """The run of an event's words, opened at the noun it tells of and ended before what tells another thing."""
    if sentence.language != "en" or not run or frame.rule not in ("event", "light-verb"):
        return run
    kept = _from_its_noun(sentence, frame, run)
    kept = _to_its_end(sentence, frame, kept)
    kept = _without_another(sentence, frame, kept)
    if frame.kind == "advcl" and kept and sentence.tokens[kept[0]].low == "when":
        kept = kept[1:]
    return sentence.trim(kept) if kept else run


# ---------------------------------------------------------------- the beginning


def _from_its_noun(sentence: Sentence, frame: Frame, run: list[int]) -> list[int]:
    """ "minutes obtained by the paper", "a bridge that closes": the noun belongs to its clause; behind a comma, "which resold
    them", the pronoun is enough. Counter-example: "the way in which they heard", where the noun only joins."""
    if frame.kind in ("xcomp", "ccomp") and sentence.tokens[frame.chain[0]].pos == "INF":
        return _with_who_is_to(sentence, frame, run)
    if frame.kind not in ("acl", "acl:relcl") or frame.above is None:
        return _without_what_stands_before(sentence, frame, run)
    noun = sentence.tokens[frame.above]
    first = run[0]
    if noun.pos not in _NOUNS or noun.i >= first:
        return run
    between = sentence.tokens[noun.i + 1 : first]
    pronoun = next((each for each in reversed(between) if each.pos == "REL"), None)
    if frame.kind == "acl:relcl":
        opening = pronoun or sentence.tokens[first]
        before = sentence.tokens[opening.i - 1]
        if before.text == ",":
            return [*range(opening.i, first), *run] if pronoun is not None else run
        if "PREP" in (before.pos, opening.pos) or opening.pos in ("ADV", "SUB") or is_temporal(noun):
            return run  # "the letters on which it rests", "the summer when they met"
    if any(each.pos in _FINITE and each.i not in frame.chain and each.dep != "aux" for each in between):
        return run
    start = spans.phrase(sentence, noun.i, conjuncts=False)[0]
    return [*range(start, first), *run]


def _with_who_is_to(sentence: Sentence, frame: Frame, run: list[int]) -> list[int]:
    """ "asked the depot to pay": who is to do it stands right before. Counter-example: "the depot promised to pay"."""
    if frame.subject is None or not (frame.above or 0) < frame.subject < run[0]:
        return run
    inside = spans.phrase(sentence, frame.subject)
    if inside[-1] + 1 not in (run[0], run[0] - 1) or sentence.tokens[run[0] - 1].text == ",":
        return run
    return [*range(inside[0], run[0]), *run]


def _without_what_stands_before(sentence: Sentence, frame: Frame, run: list[int]) -> list[int]:
    """ "Under a lease signed in May it is to pay 40": a phrase before the subject that tells an event of its own is left out."""
    if frame.subject is None or frame.restored or frame.subject > frame.chain[0]:
        return run
    subject = spans.phrase(sentence, frame.subject)[0]
    before = [sentence.tokens[k] for k in run if k < subject]
    if any(each.dep in ("acl", "acl:relcl") and each.pos in _TELLING for each in before):
        return [k for k in run if k >= subject]
    return run


# ---------------------------------------------------------------- the end


def _to_its_end(sentence: Sentence, frame: Frame, run: list[int]) -> list[int]:
    """With a clause behind it that says which or what for: "needs no bridge that closes", "was sent to count the crates"."""
    last = run[-1]
    if last + 1 >= len(sentence.tokens) or sentence.tokens[last + 1].pos == "PUNCT":
        return run
    for top in sentence.tokens[last + 1 : last + 6]:
        tree = sentence.subtree(top.i)
        if tree[0] != last + 1 or tree != list(range(tree[0], tree[-1] + 1)):
            continue
        purpose = top.dep == "advcl" and top.pos == "INF" and top.head in frame.chain
        if not purpose and not _says_which(sentence, frame, top, run):
            continue
        return [*run, *tree]
    return run


def _says_which(sentence: Sentence, frame: Frame, top: Token, run: list[int]) -> bool:
    """A relative clause without a comma behind a kind of things, or behind a thing that is denied."""
    if top.dep != "acl:relcl" or top.head not in run or top.head <= frame.event:
        return False
    return _is_a_kind(sentence, sentence.tokens[top.head]) or frame.negated or _nobody(sentence, frame)


def _is_a_kind(sentence: Sentence, noun: Token) -> bool:
    """ "people", "those", "toys": a plural without article, number or owner."""
    if noun.low in ("those", "anyone", "someone", "anything", "something", "nothing", "nobody"):
        return True
    return (
        noun.pos == "N"
        and noun.number == "p"
        and not any(each.dep in ("det", "nummod", "nmod:poss") for each in sentence.children(noun.i))
    )


def _nobody(sentence: Sentence, frame: Frame) -> bool:
    return frame.subject is not None and sentence.tokens[frame.subject].low in ("nobody", "none", "nothing", "no-one")


def _without_another(sentence: Sentence, frame: Frame, run: list[int]) -> list[int]:
    """Ended before an apposition, a comparison or a participle with words of its own, at the end of the run."""
    for comma in reversed([k for k in run if sentence.tokens[k].text == "," and k > frame.event]):
        tail = [k for k in run if k > comma]
        if any(sentence.tokens[k].text in (",", "(", '"', "“") for k in tail):
            break
        if tail and (_compares(sentence, tail) or _is_further_name(sentence, tail, run)):
            run = [k for k in run if k < comma]
    circumstance = next((k for k in run if k > frame.event and _is_a_circumstance(sentence, frame, k)), None)
    if circumstance is not None:
        run = [k for k in run if k < circumstance - 1]
    participle = next((k for k in run if k > frame.event and _is_a_further_deed(sentence, frame, k, run)), None)
    return [k for k in run if k < participle] if participle is not None else run


def _is_a_circumstance(sentence: Sentence, frame: Frame, k: int) -> bool:
    """ ", with 40 per cent going to the mill": behind "with", a clause with its own subject. Counter-example: ", with 12 men"."""
    if sentence.tokens[k].low != "with" or k == 0 or sentence.tokens[k - 1].text != ",":
        return False
    verb = sentence.tokens[sentence.tokens[k].head]
    if verb.i not in frame.chain and verb.pos in ("CONV", "PTCP") and verb.i > k:
        return sentence.child(verb.i, "nsubj", "nsubj:pass") is not None
    later = sentence.subtree(verb.i) if verb.pos in _NOUNS and verb.i > k else []
    return any(sentence.tokens[j].pos == "PTCP" and sentence.tokens[j].dep in ("acl", "nmod") for j in later)


def _compares(sentence: Sentence, tail: list[int]) -> bool:
    """ ", against 41 in the old contract", ", nearly twice the shop price". Counter-example: ", with 12 wounded"."""
    opening = [sentence.tokens[k] for k in tail[:_NEAR_THE_COMMA]]
    at = next((k for k, each in enumerate(opening) if each.low in word_list("comparing")), None)
    if at is None or any(each.pos not in ("ADV", "DET", "NUM", "A", "PREP", "X") for each in opening[:at]):
        return False
    return not any(sentence.tokens[k].pos in ("V", "AUX") and sentence.tokens[k].dep == "conj" for k in tail)


def _is_further_name(sentence: Sentence, tail: list[int], run: list[int]) -> bool:
    """ "Orlitsa, a town near the border": what a name is, behind it. Counter-example: "its director, Pavel Orsk"."""
    inside = set(tail)
    tops = [sentence.tokens[k] for k in tail if sentence.tokens[k].head not in inside]
    if len(tops) != 1 or tops[0].dep != "appos" or tops[0].pos != "N" or tops[0].head not in run:
        return False
    below = sentence.children(tops[0].i)
    if sentence.tokens[tops[0].head].pos not in ("PN", "N") or any(each.dep == "cc" for each in below):
        return False
    return any(each.dep in ("det", "nmod", "amod", "nmod:poss", "compound") for each in below)


def _is_a_further_deed(sentence: Sentence, frame: Frame, k: int, run: list[int]) -> bool:
    """ "a dealer owned by the wife of the mayor": a long participle, with a participant, behind one certain thing."""
    token = sentence.tokens[k]
    if token.dep != "acl" or token.pos != "PTCP" or token.i in frame.chain or token.head not in run:
        return False
    noun = sentence.tokens[token.head]
    tree = sentence.subtree(k)
    if noun.i < frame.event or tree[-1] != run[-1] or tree[0] != k or _is_a_kind(sentence, noun) or frame.negated:
        return False
    if not any(each.dep in ("obl", "obl:agent", "obj") and each.pos in _NOUNS for each in sentence.children(k)):
        return False
    told = sentence.tokens[k - 1].end - sentence.tokens[run[0]].start
    return sentence.tokens[tree[-1]].end - token.start > _WEIGHS * told
