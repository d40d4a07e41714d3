"""The same labelled pairs, judged by screening and by nomenklatura's logic-v2: accuracy and processor time in one table.

    python -m bench.screening_pairs [--people 60] [--shared PATH]

A pair is a subject of a case and an entry of a list. Four sets:

aliases      each alias that OFAC publishes for a person or body of Russia or Ukraine against the primary name of its entry, and
             against the two entries whose names look most like it by their letters (distractors)
spellings    invented people whose entry is the passport form, in twelve spellings
namesakes    the same spellings with another date of birth; another patronymic; the sister; another surname of the same stem
bodies       bench/data/listed_bodies.tsv: the English name of a list against Russian, Belarusian and Ukrainian ones, and
             against a body that sounds alike

Screening gets the whole list of each set and finds its own candidates in it; the peer is handed the pairs. `same` and `possible`
count as an alarm, as does a score of .70 and more of the peer, which is its own threshold.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import starmap
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from bench.spelled import press_rows
from leakdesk.screening.entry import Entry
from leakdesk.screening.screen import Subject, screen
from leakdesk.screening.snapshot import Snapshot

DATA = Path(__file__).parent / "data"
SEED = 20221103
#: The peer's own threshold.
THRESHOLD = 0.7
#: Entries that look most like an alias.
DISTRACTORS = 2
#: Spellings of an invented person (their keys in `bench.spelled`), besides the three of the passports.
SYSTEMS = (
    "ru",
    "other",
    "English ru",
    "English other",
    "German ru",
    "German other",
    "French ru",
    "French other",
    "Polish other",
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A subject and an entry, and whether they are one."""

    subject: Subject
    entry: Entry
    same: bool


def aliases(shared: Path) -> Iterator[Pair]:
    """Published aliases and their distractors."""
    path = shared / "real" / "names" / "ofac_ru_ua_aliases.tsv"
    if not path.exists():
        return
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()[1:]]
    entries = {row[0]: Entry(id=row[0], schema=_schema(row[1]), name=row[3]) for row in rows}
    for at, row in enumerate(rows):
        own = entries[row[0]]
        subject = Subject(id=f"a{at}", schema=own.schema, names=(row[5],))
        yield Pair(subject, own, same=True)
        others = {key: one.name for key, one in entries.items() if key != row[0] and one.schema == own.schema}
        near = process.extract(row[5], others, scorer=fuzz.token_sort_ratio, limit=DISTRACTORS)
        yield from (Pair(subject, entries[key], same=False) for *_, key in near)


def _schema(kind: str) -> str:
    return "Person" if kind == "individual" else "Organization"


def _people(count: int) -> list[tuple[Entry, list[str], list[str]]]:
    """(entry, cells of the row, twelve spellings) of invented people."""
    rows = [line.split("\t") for line in (DATA / "people.tsv").read_text("utf-8").splitlines()[1:]][:count]
    dice = random.Random(SEED)
    found: list[tuple[Entry, list[str], list[str]]] = []
    for cells, (_, press) in zip(rows, press_rows(rows, count), strict=True):
        other = {"by": "be", "ua": "uk"}[cells[2]]
        born = f"{dice.randint(1950, 1990)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
        entry = Entry(id=cells[0], schema="Person", name=cells[6], birth_dates=(born,), countries=(cells[2],))
        names = [cells[3], cells[4], cells[5], *(press[each.replace("other", other)] for each in SYSTEMS)]
        found.append((entry, cells, names))
    return found


def spellings(count: int) -> Iterator[Pair]:
    """Listed people in twelve spellings, their date of birth unknown to the letters."""
    for entry, _, names in _people(count):
        for at, name in enumerate(names):
            yield Pair(Subject(id=f"{entry.id}-{at}", schema="Person", names=(name,)), entry, same=True)


def namesakes(count: int) -> Iterator[Pair]:
    """Other people who sound like the listed one."""
    people = _people(count)
    fathers = [cells[3].split(" ", 2)[1] for _, cells, _ in people]
    for number, (entry, cells, names) in enumerate(people):
        given, father, surname = cells[3].split(" ", 2)
        born = f"{int(entry.birth_dates[0][:4]) - 11}{entry.birth_dates[0][4:]}"
        for at, name in enumerate(names):
            subject = Subject(id=f"n{entry.id}-{at}", schema="Person", names=(name,), birth_dates=(born,))
            yield Pair(subject, entry, same=False)
        same_sex = (one for at, one in enumerate(fathers) if at != number and one[-1] == father[-1] and one != father)
        others = {next(same_sex, father): f"{given} {next(same_sex, father)} {surname}"}
        other_given = next(
            each[1][3].split(" ", 1)[0]
            for each in people
            if each[1][1] == cells[1] and each[1][3].split(" ", 1)[0] != given
        )
        others["given"] = f"{other_given} {father} {surname}"
        others["surname"] = f"{given} {father} {_cousin(surname)}"
        for key, name in others.items():
            yield Pair(Subject(id=f"n{entry.id}-{key}", schema="Person", names=(name,)), entry, same=False)


def _cousin(surname: str) -> str:
    """Another surname of the same stem: Павлов, Павленко."""
    stem = (
        surname[:-2]
        if surname.endswith(("ов", "ев", "ин"))
        else surname[:-3]
        if surname.endswith(("ова", "ева", "ина"))
        else surname
    )
    return f"{stem}юк" if stem.endswith("енк") or surname.endswith("ко") else f"{stem}енко"


def bodies() -> Iterator[Pair]:
    """Invented bodies of a list, in the languages of letters, and what sounds alike."""
    for line in (DATA / "listed_bodies.tsv").read_text("utf-8").splitlines()[1:]:
        key, listed, *names, near = line.split("\t")
        entry = Entry(id=key, schema="Organization", name=listed)
        for at, name in enumerate(names):
            yield Pair(Subject(id=f"{key}-{at}", schema="Organization", names=(name,)), entry, same=True)
        yield Pair(Subject(id=f"{key}-near", schema="Organization", names=(near,)), entry, same=False)


@dataclass(frozen=True, slots=True)
class Judged:
    """Which pairs raised an alarm, and the processor time it took."""

    alarms: tuple[bool, ...]
    seconds: float


def ours(pairs: Sequence[Pair]) -> Judged:
    """Screening against the whole list of a set; taking the list in is part of the time."""
    start = time.process_time()
    snapshot = Snapshot.build({each.entry.id: each.entry for each in pairs}.values())
    subjects = {each.subject.id: each.subject for each in pairs}
    hits = {(hit.entity, hit.entry) for hit in screen(list(subjects.values()), snapshot).hits}
    alarms = tuple((each.subject.id, each.entry.id) in hits for each in pairs)
    return Judged(alarms, time.process_time() - start)


def peer(pairs: Sequence[Pair]) -> Judged | None:
    """The peer on the pairs, warm; None where it is not installed. Ids are unique, since it caches by id."""
    try:
        from followthemoney import model
        from nomenklatura.matching import LogicV2
    except ImportError:
        return None
    config = LogicV2.default_config()

    def proxy(identity: str, schema: str, names: Sequence[str], births: Sequence[str], countries: Sequence[str]) -> Any:
        made = model.make_entity(schema)
        made.id = identity
        made.add("name", list(names))
        if schema == "Person":
            made.add("birthDate", list(births))
        made.add("country", list(countries))
        return made

    def score(subject: Subject, entry: Entry) -> float:
        left = proxy(f"s-{subject.id}", subject.schema, subject.names, subject.birth_dates, subject.countries)
        right = proxy(f"e-{entry.id}", entry.schema, (entry.name, *entry.aliases), entry.birth_dates, entry.countries)
        return LogicV2.compare(left, right, config).score

    score(pairs[0].subject, pairs[0].entry)  # its tables
    start = time.process_time()
    scores = list(starmap(score, ((each.subject, each.entry) for each in pairs)))
    return Judged(tuple(each >= THRESHOLD for each in scores), time.process_time() - start)


def _line(label: str, who: str, pairs: Sequence[Pair], judged: Judged | None) -> str:
    if judged is None:
        return f"{label:24} {who:10} not installed: pip install leakdesk[peers]"
    true = [alarm for alarm, pair in zip(judged.alarms, pairs, strict=True) if pair.same]
    false = [alarm for alarm, pair in zip(judged.alarms, pairs, strict=True) if not pair.same]
    return (
        f"{label:24} {who:10} found {sum(true):5} of {len(true):5}   false alarms {sum(false):4} of {len(false):5}   "
        f"{judged.seconds:7.2f} s  {1e6 * judged.seconds / len(pairs):7.0f} µs a pair"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared")
    chosen = parser.parse_args()
    published = list(aliases(chosen.shared))
    sets = {
        "aliases, people": [each for each in published if each.entry.schema == "Person"],
        "aliases, bodies": [each for each in published if each.entry.schema != "Person"],
        "twelve spellings": list(spellings(chosen.people)),
        "namesakes": list(namesakes(chosen.people)),
        "bodies, misses read": [each for each in bodies() if each.entry.id.startswith("l")],
        "bodies, kept aside": [each for each in bodies() if each.entry.id.startswith("u")],
    }
    for label, pairs in sets.items():
        if pairs:
            print(_line(label, "screening", pairs, ours(pairs)), flush=True)
            print(_line(label, "logic-v2", pairs, peer(pairs)), flush=True)
    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
