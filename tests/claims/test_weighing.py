"""What ties two claims together: names, days and telling numbers; a code in both is a word like any other."""

from __future__ import annotations

from dataclasses import replace

from leakdesk.claims.views import view
from leakdesk.claims.weighing import rarity, ties_of
from tests.claims.test_align import claim, reading


def _ties(left: str, right: str) -> tuple[bool, bool]:
    views = []
    for words in (left, right):
        base = claim()
        quote = replace(base.quote, exact=words, end=len(words))
        one = replace(base, quote=quote, subject=None, object=None, others=(), time=None, quantities=())
        views.append(view(one, replace(reading(one), text=words), {}))
    ties = ties_of(views[0], views[1], rarity(views))
    return ties.dated, ties.near > 0


def test_a_code_in_both_is_no_number() -> None:
    assert _ties("paid for lot 17/АР", "sold lot 17/АР") == (False, True)
    assert _ties("paid under KB-30/117", "signed KB-30/117") == (False, True)
