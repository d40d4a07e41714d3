"""Time to searchable: `leakdesk add --no-deep` beside `notmuch new` over the same invented messages, in one run.

    python -m bench.searchable                      10,000 messages, both programs, the ratio
    python -m bench.searchable --sizes 10000,30000,100000   cost against size: log-log slope, and memory
    python -m bench.searchable --no-notmuch         only leakdesk

leakdesk also seals, hashes, keys words across spellings and separates quotations; notmuch only indexes. Times are wall
clock; memory is the largest resident size of the main process, and of the whole process group, sampled every 0.05 s.
"""

from __future__ import annotations

import argparse
import base64
import math
import os
import random
import re
import shutil
import tempfile
from pathlib import Path

from bench.cost import Cost, leakdesk
from bench.cost import notmuch as indexed

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


def notmuch(folder: Path, count: int) -> Cost:
    """Cost of `notmuch new` over the same messages."""
    mail = folder / "mail"
    write_maildir(mail, count)
    cost = indexed(mail, folder / "notmuch-config")
    shutil.rmtree(mail)
    return cost


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
                other = notmuch(folder, size)
                line += f"  notmuch {other.seconds:7.1f} s, {other.cpu:6.1f} s of processors"
                line += f"  ratio {cost.seconds / other.seconds:.2f}, of processors {cost.cpu / other.cpu:.2f}"
            print(line, flush=True)
    if len(points) > 1:
        print(f"log-log slope against size: {slope(points):.3f} by the clock, {slope(work):.3f} of processors")


if __name__ == "__main__":
    main()
