"""Who writes a letter and whom it addresses: "I", "we" and «вас» are told by its head alone.

A letter seldom names its own ends: "I signed the lease" is told of whoever stands in From, "the boat is yours" of whoever
stands in To. persons.toml holds the words and endings that point to the one or the other.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from leakdesk.claims.keys import word_alternatives
from leakdesk.language.concepts import VERBAL, all_concepts, concepts_of_word
from leakdesk.language.words import WORD
from leakdesk.model.document import Language, Role

if TYPE_CHECKING:
    from leakdesk.claims.passages import Letter

End = Literal["From", "To"]

#: Parts of an address that name nobody.
_COMMON = frozenset(
    [
        "com",
        "org",
        "net",
        "gov",
        "edu",
        "info",
        "biz",
        "example",
        "test",
        "invalid",
        "www",
        "mail",
        "email",
        "post",
        "office",
        "info",
    ]
)


@lru_cache(maxsize=1 << 13)
def end_keys(letter: Letter, end: End) -> frozenset[str]:
    """The keys of the names and telling parts of the addresses at one end of a letter; () where it has no head."""
    words = WORD.findall(end_text(letter, end).replace(".", " ").replace("@", " "))
    telling = [word for word in words if len(word) > 2 and word.casefold() not in _COMMON]
    known = {key for word in telling for key in word_alternatives(word, _language(letter))}
    return frozenset(known)


def end_text(letter: Letter, end: End) -> str:
    """One end of a letter as its head has it."""
    return line_of(letter, end)


def line_of(letter: Letter, name: str) -> str:
    """One line of a letter's head ("Subject"); "" where it has none."""
    head = next((each for each in letter.segments if each.role == Role.HEADER), None)
    found = re.compile(rf"^{name}: (.+)$", re.MULTILINE).search(letter.text, head.start, head.end) if head else None
    return found[1] if found else ""


def _language(letter: Letter) -> Language:
    body = next((each for each in letter.segments if each.role == Role.BODY), None)
    return body.language if body and body.language != "und" else letter.language


def persons_in(text: str, language: Language) -> frozenset[End]:
    """Which ends of a letter a sentence speaks of: its writer (I, we, "signed it myself"), its addressee (you, «на вас»)."""
    words = [word.casefold() for word in WORD.findall(text)]
    table = _table().get(language) or _table()["en"]
    found: set[End] = set()
    if any(word in table["first"] for word in words) or any(_first_person(word, language) for word in words):
        found.add("From")
    if any(word in table["second"] for word in words):
        found.add("To")
    return frozenset(found)


def is_person_word(word: str, language: Language) -> bool:
    """Whether a word only points to the writer or the addressee («наши»)."""
    table = _table().get(language) or _table()["en"]
    return word.casefold() in table["first"] or word.casefold() in table["second"]


@lru_cache(maxsize=1 << 14)
def _first_person(word: str, language: Language) -> bool:
    """Whether a verb is in the first person by its ending («замовляємо», «обещаю»)."""
    endings = tuple((_table().get(language) or {}).get("endings", ()))
    if not endings or len(word) < SHORTEST or not word.endswith(endings):
        return False
    known = all_concepts()
    return any(known[each].kind in VERBAL for each in concepts_of_word(word, language))


#: A shorter word with such an ending is seldom a verb.
SHORTEST = 5


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("leakdesk.claims").joinpath("persons.toml").read_text("utf-8"))
