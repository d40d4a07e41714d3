"""When clients, programs and fonts first appeared: the dated table `products.tsv`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Kind = Literal["client", "font", "product"]


@dataclass(frozen=True, slots=True)
class Product:
    """Something with a first day: its kind, what it is called, and that day (ISO 8601)."""

    kind: str
    name: str
    released: str


@cache
def _table() -> tuple[tuple[re.Pattern[str], Product], ...]:
    rows: list[tuple[re.Pattern[str], Product]] = []
    for line in (files("leakdesk.authenticity") / "products.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, pattern, name, released = line.split("\t")
            rows.append(
                (
                    re.compile(pattern if kind != "font" else re.escape(pattern), re.IGNORECASE),
                    Product(kind, name, released),
                )
            )
    return tuple(rows)


@cache
def _fonts() -> dict[str, Product]:
    return {product.name.casefold(): product for _, product in _table() if product.kind == "font"}


def font(name: str) -> Product | None:
    """A font by its own name; None where its first day is not known."""
    return _fonts().get(" ".join(name.split()).casefold())


def program(text: str, kind: Kind) -> Product | None:
    """The newest product of a kind that a text names; None where it names none that is known."""
    found = [product for pattern, product in _table() if product.kind == kind and pattern.search(text[:300])]
    return max(found, key=lambda product: product.released, default=None)
