"""How likely it is that two claims of two reports tell one event: a weighted sum over what their slots have in common.

What counts how much is no opinion: likeness.toml is fitted by bench/fit_rows.py to the rows that readers marked in the opened
scenarios (logistic regression; each scenario is judged by weights that have not seen it). Every feature is something a person
can see in the slot table, so that a row can be explained. Where a model of meaning is installed, how near the words are has its
say beside them, with weights of their own; a row that it alone brings about says so.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from leakdesk.claims.slots import SlotTable
from leakdesk.claims.views import ClaimView
from leakdesk.claims.weighing import SAME, Ties, is_plain, same_words

Way = Literal["slots", "wording"]
"""What is weighed: slots alone, or slots and how near the words are in meaning."""
WAYS: tuple[Way, ...] = ("slots", "wording")
#: Roles beside subject and object.
ROLES = ("with", "from", "to", "for", "by")
#: With most of the names in common that the report with fewer names has, two reports are about one matter.
ACQUAINTED = 0.6
#: Things in common beyond this many say no more.
MOST_THINGS = 3


def features(a: ClaimView, b: ClaimView, table: SlotTable, ties: Ties, met: float) -> dict[str, float]:
    """What the slots of two claims have in common and what sets them apart, by the names in likeness.toml; what is absent is 0.

    `met`: the share, 0..1, of the names of one report that the other has as well (`acquaintance`)."""
    slots = table.slots
    found = {
        "predicate equal": slots["predicate"] == "equal",
        "predicate variant": slots["predicate"] == "variant" and not table.loosely,
        "predicate loosely": slots["predicate"] == "variant" and table.loosely,
        "roles same": sum(slots.get(role) in SAME for role in ROLES),
        "roles apart": sum(slots.get(role) == "disjoint" for role in ROLES),
        "place same": slots.get("place") in SAME,
        "place apart": slots.get("place") == "disjoint",
        "time same": slots.get("time") in SAME,
        "time apart": slots.get("time") == "disjoint",
        "quantity equal": slots.get("quantity") == "equal",
        "quantity near": slots.get("quantity") in SAME[1:],
        "quantity apart": slots.get("quantity") == "disjoint",
        "time slip": slots.get("time") == "disjoint" and "time" in ties.slips,
        "quantity slip": slots.get("quantity") == "disjoint" and "quantity" in ties.slips,
        "polarity apart": slots.get("polarity") == "disjoint",
        "modality apart": slots.get("modality") == "disjoint",
        "swapped": table.swapped,
        "closeness": ties.near,
        "named": ties.named,
        "dated": ties.dated,
        "things": min(MOST_THINGS, ties.things),
        "one number": ties.one_number,
        "one deed": ties.one_deed,
        "same words": same_words(a, b) > 0,
        "plain": is_plain(a, b, table),
        "strangers": max(0.0, 1 - met / ACQUAINTED),
        **_side("subject", table),
        **_side("object", table),
    }
    return {name: float(value) for name, value in found.items() if value}


def _side(name: str, table: SlotTable) -> dict[str, bool]:
    relation = table.slots.get(name)
    known = name in table.known
    says = not known and name not in table.blank | table.anybody
    return {
        f"{name} known": known,
        f"{name} equal": says and relation == "equal",
        f"{name} variant": says and relation in SAME[1:],
        f"{name} apart": relation == "disjoint",
        f"{name} rivals": name in table.rivals,
        f"{name} two": name in table.two or name in table.apart,
    }


def likelihood(found: Mapping[str, float], by: Way = "slots") -> float:
    """How likely it is, 0..1, that two claims with these features tell one event. What has not been fitted yet counts nothing."""
    weights, bias = _weights()[by]
    return 1 / (1 + math.exp(-bias - sum(weights.get(name, 0.0) * value for name, value in found.items())))


@cache
def _weights() -> Mapping[Way, tuple[Mapping[str, float], float]]:
    table = tomllib.loads(files("leakdesk.claims").joinpath("likeness.toml").read_text("utf-8"))
    return {by: (table[by]["weights"], table[by]["bias"]) for by in WAYS}
