"""Roads of goods against gold: steps, countries, amounts and flags of the chains of invented cases.

    python -m bench.roads                 every case that holds its own letters
    python -m bench.roads gobetween --show

A step is right where letter, kind and status are; a chain is found where its goods are the gold's. What a chain has that no
gold chain has counts against it.
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Iterable
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from leakdesk.model.ids import text_sha256
from leakdesk.screening.routes import Chain, chains
from leakdesk.screening.steps import Letter

GOLD = Path(__file__).parents[1] / "tests" / "screening" / "routes"
PARTS = ("steps", "flags", "countries", "amounts")


def written(name: str) -> tuple[list[Letter], list[dict[str, Any]]]:
    """The letters and the gold chains of one case."""
    gold = tomllib.loads((GOLD / f"{name}.toml").read_text("utf-8"))
    letters = [
        letter(row["key"], row["thread"], row["date"], row["from"], row["to"], row["subject"], row["body"])
        for row in gold.get("letters", ())
    ]
    return letters, gold["chains"]


def letter(
    key: str, thread: str, day: str, sender: str, to: Iterable[str], subject: str, body: str, moment: str = ""
) -> Letter:
    """A letter of one body, as a case would hold it."""
    text = f"Subject: {subject}\n\n{body}"
    return Letter(
        document=key, text=text, text_sha256=text_sha256(text), own=((len(text) - len(body), len(text)),), subject=subject,
        thread=thread, day=day, sender=parseaddr(sender)[1], houses_from=_houses([sender]), houses_to=_houses(to), moment=moment,
    )  # fmt: skip


def _houses(people: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({parseaddr(each)[1].partition("@")[2] for each in people}))


def _said(chain: Chain) -> dict[str, set[Any]]:
    return {
        "steps": {(step.document, step.kind, step.status) for step in chain.steps},
        "flags": {flag.id for flag in chain.flags},
        "countries": set(chain.countries),
        "amounts": set(chain.amounts),
    }


def _gold(chain: dict[str, Any]) -> dict[str, set[Any]]:
    return {part: {tuple(each[:3]) if part == "steps" else each for each in chain[part]} for part in PARTS}


def score(name: str, *, show: bool) -> None:
    """Print found of gold, and how many were said that are none, for each part."""
    letters, gold = written(name)
    said = {chain.goods: _said(chain) for chain in chains(letters)}
    wanted = {chain["goods"]: _gold(chain) for chain in gold}
    met, others = said.keys() & wanted.keys(), sorted(said.keys() - wanted.keys())
    print(f"{name}: {len(letters)} letters, chains {len(met)} of {len(wanted)}, others {others}")
    for part in PARTS:
        mine = {(goods, each) for goods, one in said.items() for each in one[part]}
        theirs = {(goods, each) for goods, one in wanted.items() for each in one[part]}
        print(f"  {part:10} {len(mine & theirs)} of {len(theirs)} found, {len(mine - theirs)} said that are none")
        if show:
            print(*(f"    missed {each}" for each in sorted(theirs - mine)), sep="\n")
            print(*(f"    wrong  {each}" for each in sorted(mine - theirs)), sep="\n")


def main() -> None:
    """Score the cases named, or all that hold letters."""
    parser = argparse.ArgumentParser()
    parser.add_argument("cases", nargs="*")
    parser.add_argument("--show", action="store_true")
    chosen = parser.parse_args()
    for name in chosen.cases or sorted(path.stem for path in GOLD.glob("*.toml") if written(path.stem)[0]):
        score(name, show=chosen.show)


if __name__ == "__main__":
    main()
