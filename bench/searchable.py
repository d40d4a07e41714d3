"""Time to searchable: `leakdesk add --no-deep` beside `notmuch new` over the same invented messages, in one run.

    python bench/searchable.py                      10,000 messages, both programs, the ratio
    python bench/searchable.py --sizes 10000,30000,100000   cost against size: log-log slope, and memory
    python bench/searchable.py --no-notmuch         only leakdesk

leakdesk also seals, hashes, keys words across spellings and separates quotations; notmuch only indexes. Times are wall
clock; memory is the largest resident size of the main process, and of the whole process group, sampled every 0.1 s.
"""

from __future__ import annotations

import argparse
import base64
import json
import math
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

WORDS = {
    "ru": "договор поставка завод прибор встреча станок контракт оплата письмо директор самолёт турбина ремонт склад отгрузка "
    "чертёж инженер проверка доставка таможня партия срок счёт печь линия цех заказ покупатель образец",
    "be": "дамова пастаўка завод прыбор сустрэча станок кантракт аплата ліст дырэктар самалёт рамонт склад адгрузка чарцёж "
    "інжынер праверка дастаўка мытня партыя тэрмін рахунак печ лінія цэх заказ",
    "en": "contract delivery plant device meeting machine payment letter director aircraft turbine repair warehouse shipment "
    "drawing engineer inspection customs partner invoice deadline furnace line order buyer sample",
}
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def message(number: int, chance: random.Random) -> bytes:
    """One invented letter: three languages, four in ten with a quotation, one in ten with an attachment."""
    language = ("ru", "ru", "be", "en")[number % 4]
    words = WORDS[language].split()
    lines = [" ".join(_word(words, chance) for _ in range(chance.randint(4, 12))) for _ in range(chance.randint(5, 25))]
    if chance.random() < 0.4:
        lines += ["", "On Mon, 3 Apr 2023 at 10:00, Pavel Yurkevich <pavel@lathe.example> wrote:"]
        lines += ["> " + " ".join(chance.choice(words) for _ in range(8)) for _ in range(chance.randint(2, 10))]
    body = "\n".join(lines)
    charset = "koi8-r" if language == "ru" and number % 5 == 0 else "utf-8"
    day = number % 28 + 1
    one, two = chance.randrange(300), chance.randrange(300)
    head = (
        f"From: Clerk {one} <c{one}@lathe.example>\nTo: Clerk {two} <c{two}@kiln.example>\n"
        f"Date: {DAYS[number % 7]}, {day} Apr 2023 {number % 24:02d}:{number % 60:02d}:{number // 60 % 60:02d} +0300\n"
        f"Subject: {'Re: ' if number % 2 else ''}{chance.choice(words)} {chance.choice(words)} {number % 500}\n"
        f"Message-ID: <{number}.{chance.getrandbits(40)}@mx.lathe.example>\n"
        f"Received: from a (b [192.0.2.{number % 250}]) by mx.lathe.example; {day} Apr 2023 10:00:00 +0300\nMIME-Version: 1.0\n"
    )
    plain = f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n{body}\n"
    if number % 10 == 3:
        attached = base64.encodebytes(f"list {number} ".encode() * 40).decode()
        plain = (
            f'Content-Type: multipart/mixed; boundary="b{number}"\n\n--b{number}\n{plain}\n--b{number}\n'
            f'Content-Type: text/plain; name="list{number}.txt"\nContent-Disposition: attachment; filename="list{number}.txt"\n'
            f"Content-Transfer-Encoding: base64\n\n{attached}\n--b{number}--\n"
        )
    return (head + plain).encode(charset, "replace")


def _word(words: list[str], chance: random.Random) -> str:
    return chance.choice(words) + (str(chance.randint(1, 9999)) if chance.random() < 0.03 else "")


def write_mailbox(path: Path, count: int) -> None:
    """An mboxrd file of `count` messages, the same for the same count."""
    chance = random.Random(7)
    with path.open("wb") as file:
        for number in range(count):
            quoted = re.sub(rb"(?m)^(>*From )", rb">\1", message(number, chance))
            file.write(b"From c@lathe.example Mon Apr  3 10:00:00 2023\n" + quoted + b"\n")


def write_maildir(path: Path, count: int) -> None:
    """The same messages as a maildir, which is what notmuch reads."""
    chance = random.Random(7)
    for name in ("cur", "new", "tmp"):
        (path / name).mkdir(parents=True)
    for number in range(count):
        (path / "cur" / f"{number:07d}:2,S").write_bytes(message(number, chance))


@dataclass(slots=True)
class Cost:
    """Seconds by the clock and of all processors, and the largest resident sizes in MB: main, and with all its children."""

    seconds: float
    cpu: float = 0.0
    main_mb: float = 0.0
    group_mb: float = 0.0


def leakdesk(folder: Path, mailbox: Path, jobs: int) -> Cost:
    """Time and memory of `leakdesk add --no-deep`."""
    case = folder / "case"
    program = [sys.executable, "-m", "leakdesk"]
    subprocess.run([*program, "init", str(case)], check=True, stdout=subprocess.DEVNULL)
    started = time.monotonic()
    process = subprocess.Popen(
        [*program, "add", str(case), str(mailbox), "--no-deep", "--jobs", str(jobs), "--json", "--quiet"],
        stdout=subprocess.PIPE,
    )
    cost = Cost(0.0)
    watcher = threading.Thread(target=_watch, args=(process.pid, cost))
    watcher.start()
    out, _ = process.communicate()
    cost.seconds = time.monotonic() - started
    watcher.join()
    summary = json.loads(out)
    if process.returncode or summary["failed"] or summary["found"] != summary["read"]:
        raise SystemExit(f"not everything was read: {summary}")
    shutil.rmtree(case)
    return cost


def _watch(main: int, cost: Cost) -> None:
    spent: dict[int, float] = {}
    while True:
        sizes = _resident(main, spent)
        if main not in sizes:
            return
        cost.cpu = sum(spent.values())
        cost.main_mb = max(cost.main_mb, sizes[main])
        cost.group_mb = max(cost.group_mb, sum(sizes.values()))
        time.sleep(0.1)


def _resident(main: int, spent: dict[int, float]) -> dict[int, float]:
    """Resident MB of a process and all its descendants (a finished one has none); their processor seconds go to `spent`."""
    parents: dict[int, int] = {}
    sizes: dict[int, float] = {}
    cpu: dict[int, float] = {}
    tick = os.sysconf("SC_CLK_TCK")
    page = os.sysconf("SC_PAGE_SIZE")
    for path in Path("/proc").glob("[0-9]*"):
        try:
            stat = (path / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
            own = int(path.name)
            parents[own], sizes[own] = int(stat[1]), int(stat[21]) * page / 1e6
            cpu[own] = (int(stat[11]) + int(stat[12])) / tick
        except (OSError, ValueError, IndexError):
            continue
    family = {main}
    while grown := {own for own, parent in parents.items() if parent in family} - family:
        family |= grown
    spent.update({own: cpu[own] for own in family if own in cpu})
    return {own: sizes[own] for own in family if sizes.get(own)}


def notmuch(folder: Path, count: int) -> tuple[float, float]:
    """Seconds of `notmuch new` over the same messages, by the clock and of the processors."""
    mail = folder / "mail"
    write_maildir(mail, count)
    config = folder / "notmuch-config"
    config.write_text(
        f"[database]\npath={mail}\n[user]\nname=x\nprimary_email=x@lathe.example\n[new]\ntags=unread\n[maildir]\nsynchronize_flags=false\n"
    )
    started, before = time.monotonic(), _spent_by_children()
    subprocess.run(["notmuch", "new", "--quiet"], check=True, env={**os.environ, "NOTMUCH_CONFIG": str(config)})
    took, cpu = time.monotonic() - started, _spent_by_children() - before
    shutil.rmtree(mail)
    return took, cpu


def _spent_by_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def slope(points: list[tuple[int, float]]) -> float:
    """Log-log slope of cost against size (least squares)."""
    xs, ys = [math.log(size) for size, _ in points], [math.log(cost) for _, cost in points]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / sum((x - mean_x) ** 2 for x in xs)


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10000")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--no-notmuch", action="store_true")
    given = parser.parse_args()
    points: list[tuple[int, float]] = []
    work: list[tuple[int, float]] = []
    print(f"load before: {os.getloadavg()[0]:.2f} on {os.cpu_count()} processors")
    for size in map(int, given.sizes.split(",")):
        with tempfile.TemporaryDirectory(prefix="bench-") as name:
            folder = Path(name)
            mailbox = folder / "box.mbox"
            write_mailbox(mailbox, size)
            cost = leakdesk(folder, mailbox, given.jobs)
            points.append((size, cost.seconds))
            work.append((size, cost.cpu))
            line = f"{size:>7} messages  leakdesk {cost.seconds:7.1f} s ({size / cost.seconds:6.0f}/s)"
            line += f", {cost.cpu:6.1f} s of processors"
            line += f"  main {cost.main_mb:4.0f} MB  group {cost.group_mb:4.0f} MB"
            if not given.no_notmuch and shutil.which("notmuch"):
                other, other_cpu = notmuch(folder, size)
                line += f"  notmuch {other:7.1f} s, {other_cpu:6.1f} s of processors  ratio {cost.seconds / other:.2f}"
            print(line, flush=True)
    if len(points) > 1:
        print(f"log-log slope against size: {slope(points):.3f} by the clock, {slope(work):.3f} of processors")


if __name__ == "__main__":
    main()
