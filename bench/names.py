"""How well and how fast names are compared, beside nomenklatura's best matcher where it is installed. One run, one table.

    python -m bench.names [--peers] [--systems] [--all-pairs 20000] [--shared PATH]

Lists: bench/data/people.tsv and organisations.tsv (see make_names.py and make_orgs.py). Positives are all pairs of names of one
row, negatives all pairs across rows; identical texts across rows are left out (two people may share a name).

How far to trust it. People: of a third of the rows, drawn by a fixed seed ("held out"), no wrong or missed pair was read while
the rules were written, but the figures were printed after each change, so this is a check against rules made for single
names, not a sealed test. Organisations: all misses of the whole list were read and words were added to the table because of
them, so that figure says what the table covers, not what unseen names would give; the published aliases are the harder and
more honest figure, though their misses were read too. Nobody but the author of the rules made these lists.
"""

from __future__ import annotations

import argparse
import itertools
import random
import resource
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from bench.spelled import mistyped, press_rows
from leakdesk.entities import candidates, compare_organisations, compare_people, organisations, people
from leakdesk.entities.match import match_all
from leakdesk.language.spelling import word_keys

DATA = Path(__file__).parent / "data"
SEED = 7


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser()
    options.add_argument("--peers", action="store_true", help="nomenklatura's logic-v2 beside us (minutes)")
    options.add_argument("--systems", action="store_true", help="recall of press spellings by pair of systems")
    options.add_argument("--all-pairs", type=int, default=20000, help="how many composed names for the all-pairs time")
    options.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared")
    chosen = options.parse_args()
    print(f"{'list':42} {'P':>7} {'R':>7} {'F':>7} {'wrong':>6} {'missed':>7} {'pairs/s':>9}")
    for label, rows in _split(_table("people.tsv", 3)):
        _row(f"people, full, {label}", rows, _people)
        short = [(key, [_without_patronymic(name) for name in names]) for key, names in rows]
        _row(f"people, given + surname, {label}", short, _people)
        if chosen.peers and label == "held out":
            _beside("full", rows[:PEERS])
            _beside("given + surname", short[:PEERS])
    _untabled()
    _press(chosen.systems, chosen.peers)
    _row("organisations, composed (misses read)", _table("organisations.tsv", 1), _bodies)
    _row("organisations of public life (misses read)", _table("bodies.tsv", 1), _bodies)
    _aliases(chosen.shared)
    _recall_of_candidates()
    _speed(chosen.all_pairs)


Rows = list[tuple[str, list[str]]]
Judge = Callable[[str, str], bool]


def _table(name: str, first: int) -> Rows:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()[1:]
    return [(cells[0], cells[first:]) for cells in (line.split("\t") for line in lines)]


def _split(rows: Rows) -> list[tuple[str, Rows]]:
    names = [key for key, _ in rows]
    random.Random(SEED).shuffle(names)
    held_out = set(names[: len(names) // 3])
    return [
        ("tuning", [row for row in rows if row[0] not in held_out]),
        ("held out", [row for row in rows if row[0] in held_out]),
    ]


def _without_patronymic(name: str) -> str:
    given, _, surname = name.split(" ", 2)
    return f"{given} {surname}"


def _people(left: str, right: str) -> bool:
    return compare_people.judge(people.parse(left), people.parse(right)).verdict == "same"


def _bodies(left: str, right: str) -> bool:
    return compare_organisations.judge(organisations.parse(left), organisations.parse(right)).verdict == "same"


def _logic(left: str, right: str) -> bool:
    from nomenklatura.matching import LogicV2

    return LogicV2.compare(_entity(left), _entity(right), _config()).score >= 0.7


@cache
def _config() -> Any:
    from nomenklatura.matching import LogicV2

    return LogicV2.default_config()


@cache
def _entity(name: str) -> Any:
    """A person of this name as the peer wants it, made once; ids are unique, since nomenklatura caches by id."""
    from followthemoney import model

    entity = model.make_entity("Person")
    entity.id = name
    entity.add("name", name)
    return entity


def _row(label: str, rows: Rows, judge: Judge) -> None:
    names = [(key, name) for key, found in rows for name in found if name]
    for _, name in names:
        judge(name, names[0][1])
    start = time.perf_counter()
    right = wrong = missed = pairs = 0
    for (a, left), (b, other) in itertools.combinations(names, 2):
        pairs += 1
        same = judge(left, other)
        if a == b:
            right += same
            missed += not same
        else:
            wrong += same and left != other
    _print(label, right, wrong, missed, pairs / (time.perf_counter() - start))


def _print(label: str, right: int, wrong: int, missed: int, speed: float) -> None:
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    print(f"{label:42} {precision:7.4f} {recall:7.4f} {both:7.4f} {wrong:6} {missed:7} {speed:9.0f}")


def _untabled() -> None:
    """People whose given name and father's name stand in no table of ours: rare names, in the spellings of each language."""
    path = DATA / "people_untabled.tsv"
    if path.exists():
        rows = _table(path.name, 3)
        _row("people in no table, full", rows, _people)
        _row(
            "people in no table, given + surname",
            [(key, [_without_patronymic(name) for name in names]) for key, names in rows],
            _people,
        )


#: People whose names are spelled in all systems; all pairs of their spellings are compared.
PRESS = 120


#: So many people are compared beside the peer, which takes a hundred times as long; fewer where each has many spellings.
PEERS, PRESS_PEERS = 80, 20


def _beside(label: str, rows: Rows) -> None:
    _row(f"  ours, {len(rows)} people, {label}", rows, _people)
    _row(f"  logic-v2, {len(rows)} people, {label}", rows, _logic)


def _press(systems: bool, peers: bool) -> None:
    """People as the press of six languages, Łacinka and everyday English spell them; with `systems` recall by pair of them."""
    rows = press_rows([line.split("\t") for line in (DATA / "people.tsv").read_text("utf-8").splitlines()[1:]], PRESS)
    _row(
        "people in the press, given + surname",
        [(key, list(dict.fromkeys(names.values()))) for key, names in rows],
        _people,
    )
    if peers:
        _beside("press", [(key, list(dict.fromkeys(names.values()))) for key, names in rows[:PRESS_PEERS]])
    dice = random.Random(SEED)
    slips = [
        (key, [names["ru"], mistyped(names["ru"], dice), mistyped(names["English ru"], dice)]) for key, names in rows
    ]
    _row("people with one slip of the pen", slips, _people)
    if not systems:
        return
    counts: dict[tuple[str, str], list[bool]] = {}
    for _, names in rows:
        for (a, left), (b, right) in itertools.combinations(names.items(), 2):
            counts.setdefault((a, b), []).append(_people(left, right))
    for (a, b), hits in sorted(counts.items(), key=lambda each: sum(each[1]) / len(each[1])):
        print(f"  {a + ' ~ ' + b:40} {sum(hits) / len(hits):.3f} of {len(hits)}")


def _aliases(shared: Path) -> None:
    path = shared / "real" / "names" / "ofac_ru_ua_aliases.tsv"
    if not path.exists():
        print(f"{'published aliases':42} skipped: not on this computer")
        return
    lists: dict[str, dict[str, dict[str, None]]] = {"people": {}, "bodies": {}}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        cells = line.split("\t")
        kind = "people" if cells[1] == "individual" else "bodies"
        lists[kind].setdefault(cells[0], {}).update(dict.fromkeys((cells[3], cells[5])))
    _row("published aliases, people", [(key, list(names)) for key, names in lists["people"].items()], _people)
    _row("published aliases, organisations", [(key, list(names)) for key, names in lists["bodies"].items()], _bodies)


def _recall_of_candidates() -> None:
    rows = _table("people.tsv", 3)
    names = [name for _, found in rows for name in found]
    owner = [key for key, found in rows for _ in found]
    found = sum(owner[a] == owner[b] for a, b in candidates.pairs(names, "person"))
    true = sum(len(each) * (len(each) - 1) // 2 for _, each in rows)
    print(f"{'candidates: true pairs kept':42} {found / true:.4f}")


def _speed(count: int) -> None:
    rows = _table("people.tsv", 3)
    dice = random.Random(SEED)
    pool = [name.split(" ", 2) for _, found in rows for name in found]
    names = sorted({" ".join((dice.choice(pool)[0], dice.choice(pool)[1], dice.choice(pool)[2])) for _ in range(count)})
    start = time.perf_counter()
    found = sum(1 for _ in match_all(names, "person"))
    print(f"{'all pairs of ' + str(len(names)) + ' names':42} {time.perf_counter() - start:.1f} s, {found} pairs")
    words = sorted({word for name in names for word in name.split()})
    for word in words:
        word_keys(word)
    start = time.perf_counter()
    for _ in range(10):
        for word in words:
            word_keys(word)
    print(f"{'word keys, kept':42} {10 * len(words) / (time.perf_counter() - start):.0f} words/s")
    print(f"{'memory':42} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
