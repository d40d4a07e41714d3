"""A claim's own words in a letter: whoever writes them says so, whatever tables make of them."""

from __future__ import annotations

from leakdesk.claims.against import CLAUSES, FEWEST_WORDS
from leakdesk.claims.passages import Window, cues_of
from leakdesk.claims.quotes import words_of
from leakdesk.claims.shares import DENYING, Shares
from leakdesk.claims.wanted import Wanted


def says_word_for_word(wish: Wanted, window: Window, shares: Shares) -> bool:
    """Whether whole clauses of a sentence are the claim's own words, so that no table is asked what they mean."""
    claim = words_of(wish.claim.quote.exact)
    if len(claim) < FEWEST_WORDS or shares.numbers not in (None, "equal"):
        return False
    clauses = [words_of(clause) for clause in CLAUSES.split(window.text)]
    runs = (clauses[first:last] for first in range(len(clauses)) for last in range(first + 1, len(clauses) + 1))
    stands = any([word for clause in run for word in clause] == claim for run in runs)
    return stands and _says_what_it_claims(wish)


def _says_what_it_claims(wish: Wanted) -> bool:
    """Whether a claim's slots are those of its words: who holds another deed or a denial against the letters has changed them."""
    claim, quote = wish.claim, wish.claim.quote
    inside = [each.text for each in (claim.subject, claim.object) if each and quote.start <= each.start < quote.end]
    denies_ = bool(cues_of(quote.exact, wish.language) & DENYING)
    return denies_ == (claim.polarity == "-") and all(each in quote.exact for each in (claim.predicate.text, *inside))
