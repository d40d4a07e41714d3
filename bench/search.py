"""Search: time to index, size, and time to answer, beside SQLite FTS5, notmuch and recoll over the same invented messages.

    python bench/search.py                     100,000 messages: leakdesk and FTS5; 20,000: notmuch and recoll too
    python bench/search.py --large             1,000,000 as well
    python bench/search.py --sizes 5000 --peers 5000     small
    python bench/search.py --retrieval         precision and recall over the name families of tests/search
    python bench/search.py --strange           hostile and odd queries over 100,000 messages: time and memory of each, worst first
    python bench/search.py --processor         processor time of queries in place of wall clock (a computer with other work)

Messages have 60 words of four languages with names in every spelling and case. Times are of one process; queries are each
asked once for the first time ("first") and then again in another order ("again"); 20 hits with texts, matches and snippets,
and the true total. A ratio below 1 means leakdesk is the faster or the smaller one. notmuch and recoll are asked through their
programs; the time of starting the program (an impossible query) is taken off.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.search.families import KEPT_ASIDE, TUNED, Family, families
from tests.search.strange import ANSWERED, BOUNDED, REFUSED

from leakdesk.model.document import MailAddress, MessageHead, TextLayer
from leakdesk.search.entry import About, index_entry
from leakdesk.search.index import Indexer
from leakdesk.search.results import TextForSearch
from leakdesk.search.searcher import Searcher
from leakdesk.search.tree import QueryError

SYLLABLE_WORDS = (
    "ба го ра чо пе тро ми ко ле на со ва ди ши ку зе ло те ми ры ост ин ки вар дун шел пол сти гре мор жан тук"
)
LATIN_SYLLABLES = (
    "ba go ra cho pe tro mi ko le na so va di shi ku ze lo te ry ost in ki var dun shel pol sti gre mor ing ment"
)
SYLLABLES, LATIN = tuple(SYLLABLE_WORDS.split()), tuple(LATIN_SYLLABLES.split())
ENDINGS = ("", "ть", "ный", "а", "у", "ом", "ов", "ами", "ение", "ка")
WORDS_A_MESSAGE = 60
PAGE = 20


@dataclass(frozen=True)
class Message:
    number: int
    text: str
    sender: str
    date: str


def vocabulary(chance: random.Random) -> tuple[list[str], list[float]]:
    """120,000 invented words, as unequal in frequency as real ones."""
    words = {
        "".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) + chance.choice(ENDINGS) for _ in range(110_000)
    }
    words |= {"".join(chance.choices(LATIN, k=chance.randint(1, 4))) for _ in range(30_000)}
    order = sorted(words)
    chance.shuffle(order)
    return order, list(itertools.accumulate(1 / (rank + 5) for rank in range(len(order))))


def messages(count: int, names: Sequence[Family], words: tuple[list[str], list[float]]) -> Iterator[Message]:
    """Invented messages: 60 words, three names of families in some form; the same for the same count."""
    chance = random.Random(5)
    for number in range(count):
        body = chance.choices(words[0], cum_weights=words[1], k=WORDS_A_MESSAGE - 4)
        for _ in range(3):
            body.insert(chance.randrange(len(body)), chance.choice(chance.choice(names).forms)[0])
        if chance.random() < 0.1:
            body.insert(chance.randrange(len(body)), chance.choice(("МХ-14М", "MX-14M", "Су-27", "5 000")))
        body[0] = body[0].capitalize()
        day = number % 1500
        date = f"{2019 + day // 300}-{day // 25 % 12 + 1:02d}-{day % 25 + 1:02d}T10:00:00+00:00"
        yield Message(number, " ".join(body) + ".", f"clerk{chance.randrange(300)}@lathe.example", date)


def percentile(times: Sequence[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, math.floor(share * len(times)))]


def middle(times: Sequence[float]) -> float:
    return percentile(times, 0.5)


def slowest(times: Sequence[float]) -> float:
    """The 99th percentile."""
    return percentile(times, 0.99)


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> str:
    return f"{middle(ours) / middle(theirs):.2f} (p99 {slowest(ours) / slowest(theirs):.2f})"


#: What queries are timed by: the wall clock, or (--processor) the processor time of this thread.
CLOCK: list[Callable[[], float]] = [time.perf_counter]


def timed(ask: Callable[[str], object], queries: Sequence[str]) -> list[float]:
    times: list[float] = []
    for query in queries:
        began = CLOCK[0]()
        ask(query)
        times.append((CLOCK[0]() - began) * 1000)
    return times


def folder_size(folder: Path) -> int:
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())


# ---- leakdesk


@dataclass
class Built:
    seconds: float
    keying: float
    size: int
    texts: int


def build(folder: Path, found: Iterator[Message]) -> Built:
    """Index messages; their texts go to a small SQLite table, as in a case."""
    base = sqlite3.connect(folder / "texts.db")
    base.execute("CREATE TABLE texts (id TEXT PRIMARY KEY, text TEXT, date TEXT) WITHOUT ROWID")
    seconds = entries = 0.0
    size = 0
    with Indexer(folder / "index") as indexer:
        for number, message in enumerate(found):
            document = f"d{message.number:020x}"
            base.execute("INSERT INTO texts VALUES (?, ?, ?)", (document, message.text, message.date))
            layer = TextLayer(text=message.text, extractor="bench 1")
            head = MessageHead(sender=(MailAddress(address=message.sender),), date_utc=message.date)
            began = time.perf_counter()
            entry = index_entry(document, layer, head, About(kind="message", languages=("ru",)))
            made = time.perf_counter()
            indexer.add(entry)
            if number % 20_000 == 19_999:
                indexer.commit()
            entries += made - began
            seconds += time.perf_counter() - began
            size += len(message.text.encode())
        base.commit()
        began = time.perf_counter()
    seconds += time.perf_counter() - began
    return Built(seconds, entries, folder_size(folder / "index"), size)


def opened(folder: Path) -> Searcher:
    base = sqlite3.connect(folder / "texts.db", check_same_thread=False)
    base.execute("PRAGMA mmap_size = 1000000000")

    def fetch(document: str) -> TextForSearch:
        text, date = base.execute("SELECT text, date FROM texts WHERE id = ?", (document,)).fetchone()
        return TextForSearch(document=document, text=text, date=date, kind="message")

    def fetch_all(documents: Sequence[str]) -> dict[str, TextForSearch]:
        """The texts of a page in one question, as a case does it."""
        marks = ",".join("?" * len(documents))
        rows = base.execute(f"SELECT id, text, date FROM texts WHERE id IN ({marks})", tuple(documents))  # noqa: S608
        return {own: TextForSearch(document=own, text=text, date=date, kind="message") for own, text, date in rows}

    return Searcher(folder / "index", fetch, fetch_texts=fetch_all)


def questions(names: Sequence[Family], words: list[str], chance: random.Random) -> dict[str, list[str]]:
    """Queries by sort."""
    spelled = [name for family in names for name in family.nominatives]
    chance.shuffle(spelled)
    common = words[20:3000]
    pairs = [(chance.choice(spelled), chance.choice(common)) for _ in range(200)]
    return {
        "a name, every spelling": spelled[:400],
        "a name, exact": [f"={name}" for name in spelled[:200]],
        "a common word": chance.sample(common, 200),
        "two words": [f"{a} {b}" for a, b in pairs],
        "a phrase of two names": [f'"{chance.choice(spelled)} {chance.choice(spelled)}"' for _ in range(200)],
        "a phrase with a common word": [f'"{a} {b}"' for a, b in pairs],
        "NEAR": [f"{a} NEAR/5 {b}" for a, b in pairs[:100]],
        "ten names with OR": [" OR ".join(chance.sample(spelled, 10)) for _ in range(50)],
        "a designation": ["МХ-14М", "MX-14M", "Su-27", "5000"] * 10,
        "a name in a year, not a word": [f"{a} date:2021 NOT {b}" for a, b in pairs[:100]],
        "a beginning (wildcard)": [f"{name[:4]}*" for name in spelled[:100]],
        "one letter off (fuzzy)": [f"={name}~1" for name in spelled[:100]],
    }


HEADLINE = ("a name, every spelling", "a phrase of two names", "a phrase with a common word", "facets")


def ask_all(searcher: Searcher, names: Sequence[Family], words: list[str]) -> None:
    chance = random.Random(7)
    print(f"\n{'queries (ms)':34}{'first p50':>10}{'p99':>8}{'again p50':>11}{'p99':>8}{'mean hits':>11}")
    asked: dict[str, tuple[list[float], list[float]]] = {}
    sorts: dict[str, tuple[Callable[[str], Any], list[str]]] = {
        name: (lambda query: searcher.search(query, limit=PAGE), queries)
        for name, queries in questions(names, words, chance).items()
    }
    spelled = sorts["a name, every spelling"][1][:100]
    sorts["facets"] = (
        lambda query: searcher.search(query, limit=PAGE, facets=("sender", "year", "language", "kind", "month")),
        spelled,
    )
    for name, (ask, queries) in sorts.items():
        first = timed(ask, queries)
        shuffled = queries[:]
        chance.shuffle(shuffled)
        again = timed(ask, shuffled)
        asked[name] = (first, again)
        hits = sum(ask(query).total for query in queries[:20]) / len(queries[:20])
        print(
            f"{name:34}{middle(first):10.2f}{slowest(first):8.2f}{middle(again):11.2f}{slowest(again):8.2f}{hits:11.0f}"
        )
    for label, which in (("first", 0), ("again", 1)):
        whole = [each for name in HEADLINE for each in asked[name][which]]
        print(
            f"names, phrases, facets ({label}): p50 {middle(whole):.2f} ms, p99 {slowest(whole):.2f} ms (targets 2 and 30)"
        )


# ---- strange queries


def strange_queries(count: int) -> None:
    """Every strange query in a process of its own: processor time and what the process grew by, the worst first."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        build(folder, messages(count, families(TUNED), vocabulary(random.Random(3))))
        asked = REFUSED | ANSWERED | BOUNDED
        costs = [(*_alone(folder, query), name) for name, query in asked.items()]
    costs.sort(reverse=True)
    under = sum(seconds < 0.1 for seconds, _, _, _ in costs)
    print(f"{len(costs)} strange queries over {count:,} messages; {under} take under 0.1 s of a processor")
    print(f"most memory: {max(grown for _, grown, _, _ in costs)} MB; the slowest:")
    for seconds, grown, said, name in costs[:10]:
        print(f"  {name:40} {seconds:6.2f} s {grown:5} MB  {said}")


def _alone(folder: Path, query: str) -> tuple[float, int, str]:
    """Processor seconds, megabytes grown, and what came of a query, in a fork that has searched once before."""
    reading, writing = os.pipe()
    if child := os.fork():
        os.close(writing)
        with os.fdopen(reading) as pipe:
            seconds, grown, said = json.load(pipe)
        os.waitpid(child, 0)
        return seconds, grown, said
    searcher = opened(folder)
    searcher.search("слово")
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    try:
        said = f"{searcher.search(query, limit=PAGE).total:,} hits"
    except QueryError:
        said = "refused"
    cost = time.process_time() - began
    with os.fdopen(writing, "w") as pipe:
        json.dump((cost, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024, said), pipe)
    os._exit(0)


# ---- SQLite FTS5


def build_fts5(path: Path, found: Iterator[Message]) -> float:
    base = sqlite3.connect(path)
    base.execute("PRAGMA journal_mode=WAL")
    base.execute("CREATE VIRTUAL TABLE letters USING fts5(text, tokenize = 'unicode61 remove_diacritics 0')")
    seconds = 0.0
    for message in found:
        began = time.perf_counter()
        base.execute("INSERT INTO letters (rowid, text) VALUES (?, ?)", (message.number, message.text))
        seconds += time.perf_counter() - began
    began = time.perf_counter()
    base.execute("INSERT INTO letters (letters) VALUES ('optimize')")
    base.commit()
    return seconds + time.perf_counter() - began


def ask_fts5(path: Path, queries: Sequence[str]) -> list[float]:
    base = sqlite3.connect(path)

    def ask(query: str) -> None:
        quoted = '"' + query.replace('"', "") + '"'
        sql = "SELECT rowid, snippet(letters, 0, '[', ']', '...', 30) FROM letters WHERE letters MATCH ? ORDER BY rank LIMIT 20"
        base.execute(sql, (quoted,)).fetchall()
        base.execute("SELECT count(*) FROM letters WHERE letters MATCH ?", (quoted,)).fetchone()

    return timed(ask, queries)


# ---- notmuch and recoll


def write_maildir(folder: Path, found: Iterator[Message]) -> None:
    for part in ("cur", "new", "tmp"):
        (folder / "mail" / part).mkdir(parents=True)
    for message in found:
        head = (
            f"From: {message.sender}\nTo: all@lathe.example\nSubject: {message.number}\n"
            f"Message-ID: <{message.number}@lathe.example>\n"
            f"Date: {message.date[:10]}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
            f"Content-Transfer-Encoding: 8bit\n\n"
        )
        (folder / "mail" / "cur" / f"{message.number}.eml:2,S").write_text(head + message.text + "\n", "utf-8")


@dataclass
class Peer:
    """A program beside us: how it indexes, how it is asked, where its index lies."""

    name: str
    index: list[str]
    ask: Callable[[str], list[str]]
    where: Path
    env: dict[str, str]

    def run(self, command: list[str]) -> float:
        began = time.perf_counter()
        subprocess.run(command, env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        return time.perf_counter() - began


def peers(folder: Path) -> Iterator[Peer]:
    env = {"PATH": "/usr/bin:/bin:/usr/local/bin", "HOME": str(folder), "LANG": "C.UTF-8"}
    if shutil.which("notmuch"):
        config = folder / "notmuch.conf"
        config.write_text(
            f"[database]\npath={folder / 'mail'}\n[user]\nname=x\nprimary_email=x@lathe.example\n[new]\ntags=a\n",
            "utf-8",
        )
        env_notmuch = env | {"NOTMUCH_CONFIG": str(config)}
        yield Peer(
            "notmuch",
            ["notmuch", "new", "--quiet"],
            lambda query: ["notmuch", "search", "--limit=20", "--", query],
            folder / "mail" / ".notmuch",
            env_notmuch,
        )
    if shutil.which("recollindex"):
        home = folder / "recoll"
        home.mkdir()
        (home / "recoll.conf").write_text(
            f"topdirs = {folder / 'mail'}\nidxflushmb = 100\nthrQSizes = -1 -1 -1\n", "utf-8"
        )
        yield Peer(
            "recoll",
            ["recollindex", "-c", str(home)],
            lambda query: ["recollq", "-c", str(home), "-n", "20", query],
            home / "xapiandb",
            env,
        )


def beside_programs(count: int, names: Sequence[Family], words: tuple[list[str], list[float]]) -> None:
    """notmuch and recoll over `count` messages, against leakdesk reading and indexing the same files, one process each."""
    from leakdesk.documents import mail
    from leakdesk.documents.hints import NO_HINTS

    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        write_maildir(folder, messages(count, names, words))
        files = sorted((folder / "mail" / "cur").iterdir())
        own = folder / "own"
        own.mkdir()
        base = sqlite3.connect(own / "texts.db")
        base.execute("CREATE TABLE texts (id TEXT PRIMARY KEY, text TEXT, date TEXT) WITHOUT ROWID")
        began = time.perf_counter()
        reading = 0.0
        with Indexer(own / "index") as indexer:
            for number, path in enumerate(files):
                start = time.perf_counter()
                extract = mail.read(path.read_bytes(), NO_HINTS)
                reading += time.perf_counter() - start
                document = f"d{number:020x}"
                indexer.add(
                    index_entry(
                        document, extract.layer, extract.head, About(kind="message", languages=extract.languages)
                    )
                )
                base.execute(
                    "INSERT INTO texts VALUES (?, ?, '')", (document, extract.layer.text if extract.layer else "")
                )
        base.commit()
        ours = time.perf_counter() - began
        print(
            f"\n{count:,} message files: leakdesk read and indexed them in {ours:.1f} s (reading {reading:.1f} s of it)"
        )
        searcher = opened(own)
        chance = random.Random(9)
        queries = [family.nominatives[0] for family in chance.sample(list(names), 40)] + chance.sample(
            words[0][20:3000], 40
        )
        exact = timed(lambda query: searcher.search(query, spelling="exact", limit=PAGE), queries)
        variants = timed(lambda query: searcher.search(query, limit=PAGE), queries)
        for peer in peers(folder):
            seconds = peer.run(peer.index)
            start = percentile([peer.run(peer.ask("zqxzqxzqx")) * 1000 for _ in range(9)], 0.5)
            times = [max(0.01, peer.run(peer.ask(query)) * 1000 - start) for query in queries]
            size = folder_size(peer.where) / max(1, folder_size(own / "index"))
            print(
                f"  {peer.name}: indexed in {seconds:.1f} s, ratio {ours / seconds:.2f} "
                f"(without reading {(ours - reading) / seconds:.2f}); "
                f"index {size:.1f}x ours; a query p50 {middle(times):.2f} ms (start of {start:.0f} ms taken off), "
                f""
                f"ratio exact {ratio(exact, times)}, every spelling {ratio(variants, times)}"
            )


# ---- the run


def one_size(count: int, names: Sequence[Family], words: tuple[list[str], list[float]]) -> tuple[float, int]:
    print(f"\n=== {count:,} messages of {WORDS_A_MESSAGE} words ===")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        built = build(folder, messages(count, names, words))
        rate = count / built.seconds
        print(
            f"leakdesk: {built.seconds:.1f} s, {rate:,.0f} messages/s (entries {built.keying:.1f} s, "
            f"{count / built.keying:,.0f}/s: made in workers); "
            f"index {built.size / 1e6:.1f} MB = {built.size / built.texts:.2f} x text"
        )
        fts_seconds = build_fts5(folder / "fts.db", messages(count, names, words))
        fts_size = (folder / "fts.db").stat().st_size
        print(
            f"SQLite FTS5: {fts_seconds:.1f} s; time ratio {built.seconds / fts_seconds:.2f} (main process only "
            f"{(built.seconds - built.keying) / fts_seconds:.2f}); size ratio {built.size / fts_size:.2f}"
        )
        searcher = opened(folder)
        ask_all(searcher, names, words[0])
        chance = random.Random(11)
        queries = chance.sample(words[0][20:3000], 100) + [family.nominatives[0] for family in names]
        theirs = ask_fts5(folder / "fts.db", queries)
        exact = timed(lambda query: searcher.search(query, spelling="exact", limit=PAGE), queries)
        variants = timed(lambda query: searcher.search(query, limit=PAGE), queries)
        print(
            f"SQLite FTS5 one word: p50 {middle(theirs):.2f} ms, p99 {slowest(theirs):.2f} ms; ratio exact "
            f"{ratio(exact, theirs)}, "
            f"every spelling {ratio(variants, theirs)}"
        )
        return built.seconds, built.size


def retrieval() -> None:
    from tests.search.retrieval import judge, judge_sentences, rules_told, shelf_of

    for label, rows in (("tuned on", TUNED), ("kept aside", KEPT_ASIDE)):
        with tempfile.TemporaryDirectory() as temporary:
            asked = families(rows)
            shelf, owners = shelf_of(Path(temporary) / "index", asked)
            score = judge(shelf, owners, asked)
            told, false = rules_told(shelf, owners, asked)
        print(
            f"families {label}: {len(asked)} families, {len(owners)} forms, {score.queries} queries: "
            f"precision {score.precision:.4f}, recall {score.recall:.4f}; rules told {told}, true {1 - len(false) / told:.4f}"
        )
    with tempfile.TemporaryDirectory() as temporary:
        score = judge_sentences(Path(temporary) / "index")
    print(
        f"names in letters as they come: {score.queries} queries: precision {score.precision:.4f}, recall {score.recall:.4f}"
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sizes", default="10000,100000")
    options.add_argument("--large", action="store_true")
    options.add_argument("--peers", type=int, default=20_000)
    options.add_argument("--retrieval", action="store_true")
    options.add_argument("--strange", action="store_true")
    options.add_argument("--processor", action="store_true")
    chosen = options.parse_args()
    if chosen.strange:
        strange_queries(int(chosen.sizes.split(",")[-1]))
        return
    CLOCK[0] = time.thread_time if chosen.processor else time.perf_counter
    retrieval()
    if chosen.retrieval:
        return
    names = families(TUNED)
    words = vocabulary(random.Random(3))
    sizes = [int(each) for each in chosen.sizes.split(",")] + ([1_000_000] if chosen.large else [])
    costs = [(count, *one_size(count, names, words)) for count in sizes]
    for (low, low_seconds, low_size), (high, high_seconds, high_size) in itertools.pairwise(costs):
        step = math.log(high / low)
        print(
            f"\ncost from {low:,} to {high:,}: time grows with exponent {math.log(high_seconds / low_seconds) / step:.2f}, "
            f"size with {math.log(high_size / low_size) / step:.2f}"
        )
    if chosen.peers:
        beside_programs(chosen.peers, names, words)


if __name__ == "__main__":
    main()
