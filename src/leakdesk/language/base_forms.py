"""Lists of words (simplemma, MIT): base forms of Ukrainian words that no paradigm by rule reaches («назове», «доведуть»), and
whether a word is an English one.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

#: Words that are their own base form: what is not there is told by no verb.
_OWN = frozenset({"немає", "нема"})


@lru_cache(maxsize=50_000)
def base_of(low: str, language: str) -> str | None:
    """The base form that the list gives for a Ukrainian word in lower case; None where it has none, for other languages, and
    where no list is installed."""
    listed = _listed("uk") if language == "uk" and low not in _OWN else None
    found = listed.get(low.replace("'", "’")) or listed.get(low) if listed is not None else None
    return str(found) if found is not None else None


def is_english(low: str) -> bool | None:
    """Whether a word in lower case is one of English, names apart; None where no list is installed."""
    listed = _listed("en")
    return low in listed if listed is not None else None


@cache
def _listed(language: str) -> Any:
    try:
        from simplemma.strategies.dictionaries import DefaultDictionaryFactory
    except ImportError:
        return None
    return DefaultDictionaryFactory().get_dictionary(language)
