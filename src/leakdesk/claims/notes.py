"""What should be said about one report before it is held against another: sentences, each with its reason.

A report without claims or in a language that is not read, a headline that nothing below carries, a caption that names what the
text lacks: none of it is a conflict between two reports, and all of it misleads who does not see it.
"""

from __future__ import annotations

from collections.abc import Iterator

from leakdesk.claims.pairing import told_once
from leakdesk.claims.wanted import SHOWING
from leakdesk.language.concepts import LANGUAGES
from leakdesk.model.claim import Claim, Reading
from leakdesk.model.document import SPEAKING_ROLES, Role
from leakdesk.model.entity import Mention

#: Mentions that a caption may name on its own.
_NAMED = frozenset({"person", "organization", "equipment"})
_TITLES = frozenset({Role.HEADLINE, Role.STANDFIRST})


def notes(reading: Reading, name: str) -> tuple[str, ...]:
    """Sentences about one report; `name` is what it is called ("A")."""
    return (*_unread(reading, name), *_lone_headlines(reading, name), *_captions(reading, name))


def _unread(reading: Reading, name: str) -> Iterator[str]:
    if not reading.text.strip():
        yield f"{name[:1].upper()}{name[1:]} is empty."
    elif not reading.claims:
        known = [each for each in reading.languages if each in LANGUAGES]
        why = (
            "" if known else ": it is in none of the languages that are read (English, Russian, Ukrainian, Belarusian)"
        )
        yield f"No claim was found in {name}{why}."


def _lone_headlines(reading: Reading, name: str) -> Iterator[str]:
    in_body = [claim for claim in reading.claims if _role(reading, claim) not in _TITLES]
    if not in_body:
        return
    for group in told_once(reading):
        if all(_role(reading, claim) in _TITLES and not _merely_shows(claim) for claim in group):
            quote = group[0].quote.exact
            yield f"The headline of {name} says more than its body: nothing below it says “{quote}”."


def _merely_shows(claim: Claim) -> bool:
    """Whether a headline's clause only says that letters show the rest of it."""
    return claim.predicate.class_ in SHOWING or len(claim.quote.exact.split()) < FEWEST_WORDS


#: A shorter clause of a headline says nothing by itself.
FEWEST_WORDS = 2


def _captions(reading: Reading, name: str) -> Iterator[str]:
    told = {_who(each) for each in reading.mentions if _role_at(reading, each.start) in SPEAKING_ROLES}
    words = {each.text.casefold() for each in reading.mentions if _role_at(reading, each.start) in SPEAKING_ROLES}
    shown: set[str] = set()
    for mention in reading.mentions:
        if mention.type not in _NAMED or _role_at(reading, mention.start) != Role.CAPTION:
            continue
        if _who(mention) in told or mention.text.casefold() in words or _who(mention) in shown:
            continue
        shown.add(_who(mention))
        yield f"A caption of {name} names “{mention.text}”, of which its text says nothing."


def _who(mention: Mention) -> str:
    return mention.entity or mention.normal


def _role(reading: Reading, claim: Claim) -> Role | None:
    return _role_at(reading, claim.quote.start)


def _role_at(reading: Reading, offset: int) -> Role | None:
    return next((segment.role for segment in reading.segments if segment.start <= offset < segment.end), None)
