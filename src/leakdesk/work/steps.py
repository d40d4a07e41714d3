"""The table of deep steps: what is read in each document once everything is searchable.

A step is a line in `STEPS`. `think` is "module:function": a function from a document's plain description (see `describe` in
`deep`) to JSON, run in a parsing process that keeps its models loaded; it raises `MissingPart("needs X")` where an optional
part is absent. `write` is "module:function": (writer, description, result) -> None, run here within the transaction that
also notes the job as finished; it replaces what it wrote before. Steps over the whole case have `scope` "case": their
`think` is (store, say) -> None, run once after the others, if any of those did something.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


class MissingPart(Exception):
    """An optional part is absent; the message says "needs X"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One deep step. Its results are kept in `readings` under (document, name); a new version reads all again."""

    name: str
    version: str
    says: str
    think: str
    write: str = ""
    scope: Literal["document", "case"] = "document"
    kinds: tuple[str, ...] = ()
    keep: bool = True


#: In the order in which they run.
STEPS: tuple[Step, ...] = (
    Step(
        name="reading",
        version="8",
        says="reading deeply",
        think="leakdesk.work.thinking:read",
        write="leakdesk.work.thinking:keep",
        keep=False,
    ),
    Step(
        name="second view",
        version="1",
        says="reading a second time",
        think="leakdesk.work.second_views:run",
        scope="case",
    ),
    Step(name="names", version="2", says="who is who", think="leakdesk.work.resolving:resolve", scope="case"),
    Step(
        name="authenticity",
        version="1",
        says="what can be said technically",
        think="leakdesk.work.technical:step",
        scope="case",
    ),
)
