"""How many messages a second the mail reader reads on one core, beside what the standard library needs to parse alone.

    python bench/mail.py

Reading means: cut, decode, head, layer with segments, parts. The messages are made here: a third each in UTF-8, koi8-r and
windows-1251, with a signature and a quotation; a tenth has an HTML body too, every twenty-fifth a file of 40 kB.
"""

from __future__ import annotations

import email
import email.policy
import random
import time
from email.message import EmailMessage

from leakdesk.documents import mail
from leakdesk.documents.hints import ReaderHints

WORDS = (
    *("поставка", "график", "договор", "завод", "редуктор", "письмо", "машины", "отгрузка"),
    *("склад", "счет", "оплата", "срок", "директор", "совещание", "отчет"),
)


def messages(count: int = 1_000) -> list[bytes]:
    """Made messages, always the same."""
    generator = random.Random(1)

    def lines(number: int) -> list[str]:
        return [" ".join(generator.choice(WORDS) for _ in range(9)) for _ in range(number)]

    made: list[bytes] = []
    for number in range(count):
        text = [
            "Добрый день!",
            "",
            *lines(6),
            "",
            "С уважением,",
            "Алена",
            "",
            "11.06.2024 09:14, Сергей Липень пишет:",
        ]
        text += [f"> {line}" for line in lines(6)]
        message = EmailMessage()
        message["From"] = "Алена Страль <alena@example.org>"
        message["To"] = "Сергей Липень <siarhei@example.org>, store@example.org"
        message["Date"] = f"Tue, 11 Jun 2024 09:{number % 60:02}:00 +0300"
        message["Message-ID"] = f"<{number}@example.org>"
        message["Subject"] = f"Re: График поставок {number}"
        message.set_content("\n".join(text) + "\n", charset=("utf-8", "koi8-r", "windows-1251")[number % 3])
        if number % 10 == 0:
            message.add_alternative("".join(f"<p>{line}</p>" for line in text), subtype="html")
        if number % 25 == 0:
            message.add_attachment(bytes(range(256)) * 160, maintype="application", subtype="pdf", filename="акт.pdf")
        made.append(message.as_bytes())
    return made


def rate(work: list[bytes], read: object) -> float:
    """Messages a second of this process's own time, the best of three rounds."""
    best = 0.0
    for _ in range(3):
        start = time.process_time()
        for data in work:
            read(data)  # type: ignore[operator]
        best = max(best, len(work) / (time.process_time() - start))
    return best


def main() -> None:
    """Measure and print."""
    work = messages()
    hints = ReaderHints()
    ours = rate(work, lambda data: mail.read(data, hints))
    bare = rate(work, lambda data: email.message_from_bytes(data, policy=email.policy.compat32))
    size = sum(map(len, work)) // len(work)
    print(f"{len(work)} messages of {size} bytes: read {ours:,.0f}/s, standard library parse alone {bare:,.0f}/s")


if __name__ == "__main__":
    main()
