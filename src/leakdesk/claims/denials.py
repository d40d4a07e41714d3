"""Denials that tell more than that one thing was not done: there are no dealings with somebody, only another thing is meant.

"Nobody has sold the mill" denies every sale of it; "no contracts with Lumen" denies what is said to have been sold to Lumen;
"only the orchard is yours" denies it of the house.
"""

from __future__ import annotations

from leakdesk.claims.keys import word_alternatives
from leakdesk.claims.passages import Window
from leakdesk.claims.quotes import meaning_words
from leakdesk.claims.wanted import Wanted, predicate_share
from leakdesk.claims.wanted_slots import RELATED, STANDS, even
from leakdesk.language.concepts import all_concepts
from leakdesk.language.words import WORD

#: What two parties have with one another where they have dealings.
DEALINGS = frozenset({"@contract", "@partner_n", "@cooperate", "@trade_n"})
#: Groups of deeds that take dealings between two parties.
TAKE_DEALINGS = frozenset({"transfer", "agree", "join"})
#: A word that says there is none stands this near to what there is none of.
REACH = 4


def no_dealings(wish: Wanted, window: Window) -> str | None:
    """That there are no dealings with somebody whom the claim says to have taken part in a transfer or an agreement."""
    known = all_concepts()
    deed = known.get(wish.predicate)
    if wish.denied or deed is None or deed.group not in TAKE_DEALINGS or not window.keys & DEALINGS:
        return None
    parties = [each for each in (wish.subject, wish.object, *wish.others) if each is not None]
    if not any(each.name_in(window.keys) for each in parties):
        return None
    return "polarity: the letter says that there are no dealings with them" if _none_of(DEALINGS, window) else None


def _none_of(things: frozenset[str], window: Window) -> bool:
    words = WORD.findall(window.text)
    folded = [word.casefold() for word in words]
    for index, word in enumerate(words):
        if word_alternatives(word, window.language) & things:
            before = meaning_words(folded[max(0, index - REACH) : index], window.language, ("negation", "not_there"))
            behind = meaning_words(folded[index + 1 :], window.language, ("not_there",))
            if before or (behind and window.language != "en"):
                return True
    return False


#: "Only if", "only when": no thing is limited.
LIMITS_A_TIME = ("condition", "when")


def only_another(wish: Wanted, window: Window, predicate: float) -> str | None:
    """That the deed is told of another thing only: one participant of the claim stands there, and the other does not."""
    if wish.denied or predicate < RELATED or "limit" not in window.cues:
        return None
    sides = [each for each in (wish.subject, wish.object, *wish.others) if each is not None]
    there = [each for each in sides if each.share(window.keys, even) >= STANDS]
    absent = [each for each in sides if not each.matched(window.keys)]
    if not there or not absent:
        return None
    words = WORD.findall(window.text)
    for index, word in enumerate(words[:-1]):
        if meaning_words([word.casefold()], window.language, ("only",)):
            if meaning_words(
                [each.casefold() for each in words[index + 1 : index + 3]], window.language, LIMITS_A_TIME
            ):
                continue
            limited = frozenset().union(
                *(word_alternatives(each, window.language) for each in words[index + 1 : index + 3])
            )
            if limited and not any(each.matched(limited) for each in there) and predicate_share(wish, limited) == 0:
                return "object: the letter says it of another thing only"
    return None


#: Deeds that come to nothing where the thing is refused, and the words for that.
GRANTED = frozenset({"receive", "give", "issue_v", "allow", "accept", "approve", "buy", "sell", "grant_n"})
REFUSALS = frozenset({"@refuse", "@reject", "@refusal", "@ban", "@deny"})


def is_refused(wish: Wanted, window: Window) -> bool:
    """Whether a sentence says that what is to be granted or received is refused ("The licence is refused")."""
    return (
        wish.predicate in GRANTED
        and bool(window.keys & REFUSALS)
        and not window.cues & {"negation", "plan", "condition"}
    )
