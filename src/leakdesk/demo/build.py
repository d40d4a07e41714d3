"""Builds the demo: `build_parcel(out)` writes the parcel, what was published about it, and the truth.

Everything is made from the readable sources beside this file. The same seed gives the same bytes on every computer.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from leakdesk.demo.cast import canonical_cast, seeded_cast
from leakdesk.demo.mail import SELECTOR
from leakdesk.demo.papers import Papers
from leakdesk.demo.parcel import PARCEL, Packer
from leakdesk.demo.signing import key_record
from leakdesk.demo.story import Story
from leakdesk.demo.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoFiles:
    """Where everything was written."""

    parcel: Path
    keys: Path


def build_parcel(out: Path, seed: int | None = None) -> DemoFiles:
    """Writes the demo into `out`; with a seed every invented name, number, date and designation is another."""
    wording = Wording(canonical_cast() if seed is None else seeded_cast(seed))
    story = Story(wording)
    packer = Packer(story, Papers(wording))
    files = DemoFiles(parcel=out / PARCEL, keys=out / "keys.tsv")
    out.mkdir(parents=True, exist_ok=True)
    files.parcel.write_bytes(packer.pack().data)
    files.keys.write_text(_key_lines(story), encoding="utf-8", newline="\n")
    return files


def _key_lines(story: Story) -> str:
    """The public keys that were seen for the signing domains; one domain's is missing on purpose."""
    domains = (story.contact(key, "en").domain for key in ("cn", "de"))
    return "".join(f"{SELECTOR}._domainkey.{domain}\t{key_record()}\n" for domain in domains)
