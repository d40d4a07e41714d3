"""Screening beside nomenklatura's matcher: time, memory, false alarms on unrelated names, planted spellings found.

    python -m bench.screening                         sizes for a busy machine, with the slope to the full size
    python -m bench.screening --entities 20000 --names 250000
    python -m bench.screening --list ../shared/real/lists     false alarms against a real list

All names are composed here from tables of given names and invented surnames; a name that the list holds is left out of the
unrelated ones by its letters alone, so that whoever is found anyway is a false alarm.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from leakdesk.language.romanise import sounds
from leakdesk.screening.entry import Entry, ListHead, Record
from leakdesk.screening.identify import lists_in
from leakdesk.screening.screen import Screened, Subject, screen
from leakdesk.screening.snapshot import Snapshot
from leakdesk.work.lists import files_of

_ONSETS = (*"бвгджзклмнпрстхчш", "бр", "гр", "др", "кр", "пр", "тр", "ск", "ст", "кл", "вл", "сл", "см")
_VOWELS = tuple("аеиоуяюы")
_CODAS = (*"шкнрлтмвдбж", "зн", "рт", "лк", "нд")
_ENDINGS = ("ов", "ев", "ин", "ский", "енко", "ук", "ович", "ич", "ко", "цев")
_FATHERS = ("Иванович", "Петрович", "Олегович", "Сергеевич", "Викторович", "Андреевич", "Степанович", "Борисович")


def surname(dice: random.Random) -> str:
    """An invented surname of two or three syllables."""
    made = "".join(dice.choice(_ONSETS) + dice.choice(_VOWELS) for _ in range(dice.choice((1, 2))))
    return (made + dice.choice(_CODAS) + dice.choice(_ENDINGS)).capitalize()


def _given() -> list[tuple[str, str]]:
    text = resources.files("leakdesk.entities").joinpath("tables", "given_names.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines()[1:] if line and not line.startswith("#")]
    return [
        (row[1].split()[0], row[4].split()[0]) for row in rows if row[0] == "m" and row[1] and len(row) > 4 and row[4]
    ]


def people(dice: random.Random, count: int, *, common: float = 0.5) -> Iterator[str]:
    """Men's names, half of them with a frequent surname, half with a patronymic."""
    given = _given()
    text = resources.files("leakdesk.entities").joinpath("tables", "common_surnames.txt").read_text("utf-8")
    frequent = [word for line in text.splitlines() if not line.startswith("#") for word in line.split()]
    for _ in range(count):
        last = dice.choice(frequent) if dice.random() < common else surname(dice)
        first = dice.choice(given)[0]
        yield f"{last} {first} {dice.choice(_FATHERS)}" if dice.random() < 0.5 else f"{first} {last}"


def bodies(dice: random.Random, count: int) -> Iterator[str]:
    """Firms with invented own names."""
    kinds = ("ООО «{}»", "ОАО «{}»", "Завод «{}»", "{} Trading LLC", "АО «{}-Сервис»", "{} машиностроительный завод")
    for _ in range(count):
        yield dice.choice(kinds).format(surname(dice))


def synthetic(dice: random.Random, names: int) -> Iterator[Record | ListHead]:
    """A list of so many names: entries with two to four spellings each."""
    made = 0
    number = 0
    while made < names:
        number += 1
        if dice.random() < 0.6:
            name = next(people(dice, 1, common=0.1))
            spelled = " ".join(sounds(word)[0].key.capitalize() for word in name.split())
            born = (str(dice.randint(1940, 1990)),)
            yield Entry(id=f"p{number}", schema="Person", name=name, aliases=(spelled, name.upper()), birth_dates=born)
            made += 3
        else:
            name = next(bodies(dice, 1))
            yield Entry(id=f"b{number}", schema="Organization", name=name, aliases=(name.upper(),))
            made += 2
    yield ListHead(format="own.csv", title="synthetic", date="2024-01-01")


def unrelated(dice: random.Random, count: int, snapshot: Snapshot) -> list[Subject]:
    """Names that no entry has letter by letter (sorted words)."""
    known = {_plain(name) for entry in snapshot.entries() for name in (entry.name, *entry.aliases, *entry.weak)}
    wanted = [*people(dice, count * 2 // 3), *bodies(dice, count - count * 2 // 3)]
    kinds = ["Person"] * (count * 2 // 3) + ["Organization"] * (count - count * 2 // 3)
    return [
        Subject(id=f"u{at}", schema=kind, names=(name,))
        for at, (name, kind) in enumerate(zip(wanted, kinds, strict=True))
        if _plain(name) not in known
    ]


def _plain(name: str) -> str:
    return " ".join(sorted(name.casefold().replace(",", " ").split()))


def measured(subjects: list[Subject], snapshot: Snapshot) -> tuple[Screened, float]:
    """Screen and time."""
    start = time.process_time()
    found = screen(subjects, snapshot)
    return found, time.process_time() - start


def aliases_found(path: Path) -> str:
    """Published aliases against a list of the primary names alone: how many are found, and how many hits are on others."""
    head, *rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    at = {name: head.index(name) for name in head}
    entries: dict[str, Entry] = {}
    wanted: dict[str, str] = {}
    subjects: list[Subject] = []
    for row in rows:
        number, name, alias = row[at["ent_num"]], row[at["primary_name"]], row[at["alias_name"]]
        schema = "Person" if row[at["sdn_type"]] == "individual" else "Organization"
        entries.setdefault(number, Entry(id=number, schema=schema, name=name))
        subjects.append(Subject(id=f"a{len(subjects)}", schema=schema, names=(alias,)))
        wanted[subjects[-1].id] = number
    found = screen(subjects, Snapshot.build(entries.values()))
    right = {hit.entity for hit in found.hits if hit.entry == wanted[hit.entity]}
    wrong = sum(hit.entry != wanted[hit.entity] for hit in found.hits)
    return f"published aliases: {len(right)} of {len(subjects)} found, {wrong} hits on other entries"


def peer(subjects: list[Subject], snapshot: Snapshot, found: Screened, most: int) -> str:
    """nomenklatura's logic-v2 on the pairs (subject, entry) that were hits here, where it is installed."""
    try:
        from followthemoney import model
        from nomenklatura.matching import get_algorithm
    except ImportError:
        return "nomenklatura: not installed (pip install leakdesk[peers])"
    algorithm = get_algorithm("logic-v2")
    config = algorithm.default_config()

    def proxy(own: str, schema: str, names: tuple[str, ...]) -> object:
        return model.get_proxy({"id": own, "schema": schema, "properties": {"name": list(names)}})

    by_id = {each.id: each for each in subjects}
    pairs = [(by_id[hit.entity], snapshot.entry(hit.entry), hit) for hit in found.hits][:most]
    start, agree = time.process_time(), 0
    for at, (subject, entry, hit) in enumerate(pairs):
        assert entry is not None
        left = proxy(f"l{at}", subject.schema, subject.names)
        right = proxy(f"r{at}", entry.schema, (entry.name, *entry.aliases))
        agree += (algorithm.compare(left, right, config).score >= 0.7) == (hit.verdict == "same")
    seconds = time.process_time() - start
    return f"nomenklatura logic-v2 on {len(pairs)} of the same pairs: {seconds:.1f} s, same verdict in {agree}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--entities", type=int, default=2000)
    parser.add_argument("--names", type=int, default=20000)
    parser.add_argument("--list", type=Path)
    parser.add_argument("--aliases", type=Path)
    parser.add_argument("--show", type=int, default=0)
    chosen = parser.parse_args()
    dice = random.Random(20240711)
    start = time.process_time()
    if chosen.list:
        found_lists = [one for one in lists_in(files_of([chosen.list])) if one.format == "ofac.csv"]
        snapshot = Snapshot.build(found_lists[0].read())
    else:
        snapshot = Snapshot.build(synthetic(dice, chosen.names))
    built = time.process_time() - start
    subjects = unrelated(dice, chosen.entities, snapshot)
    screened, seconds = measured(subjects, snapshot)
    counts = snapshot.counts()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    same = sum(hit.verdict == "same" for hit in screened.hits)
    alarmed = len({hit.entity for hit in screened.hits})
    print(f"list: {counts.names} names, taken in in {built:.1f} s")
    print(f"screened {len(subjects)} names in {seconds:.1f} s, {memory:.0f} MB")
    print(
        f"false alarms: {alarmed} of {len(subjects)} names ({1000 * alarmed / len(subjects):.2f} in 1,000), same: {same}"
    )
    for hit in screened.hits[: chosen.show]:
        print(f"  {hit.verdict:8} {hit.score:.2f} {hit.spelling} = {hit.name} ({hit.entry}): {'; '.join(hit.reasons)}")
    if chosen.aliases:
        print(aliases_found(chosen.aliases))
    print(peer(subjects, snapshot, screened, 2000))


if __name__ == "__main__":
    main()
