"""How mail programs leave their mark: header lines, reply openings, quotation, forwards, telephone signatures.

Written from the look of real mail; each program is one row of a table, so a new one is a new row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from leakdesk.demo.sources import calendar_words


@dataclass(frozen=True, slots=True)
class Sent:
    """What a reply knows of the letter it answers."""

    name: str
    address: str
    to: str
    moment: datetime
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Client:
    """One mail program."""

    mailer: tuple[str, str] | None
    identity: str  # shape of its Message-IDs: {hash} and {domain}
    reply: str  # opening of a reply, by style name
    forward: str
    prefix: str  # what stands before quoted lines
    re: str = "Re: "
    fwd: str = "Fwd: "


CLIENTS: Mapping[str, Client] = {
    "outlook": Client(
        ("X-Mailer", "Microsoft Outlook 16.0"), "{hash}$00c1$@{domain}", "block", "block", "", "RE: ", "FW: "
    ),
    "gmail": Client(None, "CA+{hash}@mail.gmail.example", "gmail", "gmail", "> "),
    "mailru": Client(("X-Mailer", "Mail.Ru Mailer 1.0"), "{hash}.f2.mail.ru.example", "mailru", "mailru", "> "),
    "yandex": Client(
        ("X-Mailer", "Yamail [ http://yandex.ru ] 5.0"), "{hash}@web.yandex.example", "yandex", "yandex", "> "
    ),
    "thunderbird": Client(
        ("User-Agent", "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:78.0) Thunderbird/78.7.1"),
        "{hash}@{domain}",
        "thunderbird",
        "thunderbird",
        "> ",
    ),
    "thebat": Client(
        ("X-Mailer", "The Bat! (v9.4) Professional"), "{hash}@{domain}", "thebat", "thebat", "{initials}> "
    ),
    "apple": Client(("X-Mailer", "Apple Mail (2.3654)"), "{hash}@{domain}", "apple", "apple", "> "),
    "iphone": Client(("X-Mailer", "iPhone Mail (18D52)"), "{hash}@{domain}", "apple", "apple", "> "),
    "foxmail": Client(("X-Mailer", "Foxmail 7.2.25.179[cn]"), "{hash}@{domain}", "foxmail", "foxmail", ""),
    "server": Client(None, "{hash}@{domain}", "none", "block", ""),
}

PHONE_SIGNATURES = {
    "ru": "Отправлено с iPhone",
    "be": "Адпраўлена з iPhone",
    "uk": "Надіслано з iPhone",
    "en": "Sent from my iPhone",
}

_BLOCK_WORDS = {
    "ru": ("От", "Отправлено", "Кому", "Тема"),
    "be": ("Ад", "Адпраўлена", "Каму", "Тэма"),
    "uk": ("Від", "Надіслано", "Кому", "Тема"),
    "en": ("From", "Sent", "To", "Subject"),
}
_WRITES = {"ru": "пишет", "be": "піша", "uk": "пише", "en": "wrote"}


def _long_date(moment: datetime, language: str) -> str:
    month = calendar_words("of_month", language)[moment.month - 1]
    if language == "en":
        return f"{moment.day} {month} {moment.year}"
    return f"{moment.day} {month} {moment.year} {'р.' if language == 'uk' else 'г.'}"


def _block(sent: Sent, language: str) -> str:
    who, when, whom, what = _BLOCK_WORDS[language]
    day = (
        calendar_words("long_days", language)[moment.weekday()] if (moment := sent.moment) and language == "en" else ""
    )
    date = f"{day}, {_long_date(moment, language)}" if day else _long_date(moment, language)
    return (
        f"{who}: {sent.name} <{sent.address}>\n{when}: {date} {moment.hour}:{moment.minute:02}\n"
        f"{whom}: {sent.to}\n{what}: {sent.subject}\n"
    )


def _gmail(sent: Sent, language: str) -> str:
    moment, who = sent.moment, f"{sent.name} <{sent.address}>"
    day, month = (
        calendar_words("days", language)[moment.weekday()],
        calendar_words("short_months", language)[moment.month - 1],
    )
    clock = f"{moment.hour:02}:{moment.minute:02}"
    if language == "en":
        half = moment.strftime("%I:%M ").lstrip("0") + ("AM" if moment.hour < 12 else "PM")
        return f"On {day}, {month} {moment.day}, {moment.year} at {half} {who} wrote:"
    year, at = {"ru": ("г.", "в"), "be": ("г.", "у"), "uk": ("р.", "о")}[language]
    colon = "" if language == "ru" else f" {_WRITES[language]}"
    return f"{day}, {moment.day} {month} {moment.year} {year} {at} {clock}, {who}{colon}:"


def _mailru(sent: Sent, language: str) -> str:
    moment = sent.moment
    day = calendar_words("long_days", language)[moment.weekday()]
    month = calendar_words("of_month", language)[moment.month - 1]
    when = f"{moment.day} {month} {moment.year}, {moment.hour}:{moment.minute:02}"
    return f"{day}, {when} {moment:%z}"[:-2] + f":00 от {sent.name} <{sent.address}>:"


def _yandex(sent: Sent, _language: str) -> str:
    return f'{_clock_date(sent.moment, ", ")}, "{sent.name}" <{sent.address}>:'


def _thunderbird(sent: Sent, language: str) -> str:
    if language == "en":
        return f"On {sent.moment:%d/%m/%Y %H:%M}, {sent.name} wrote:"
    return f"{_clock_date(sent.moment, ' ')}, {sent.name} {_WRITES[language]}:"


def _thebat(sent: Sent, language: str) -> str:
    moment = sent.moment
    when = f"{_long_date(moment, language)}, {moment.hour}:{moment.minute:02}:{(moment.day * 7) % 60:02}"
    return {"uk": f"Ви писали {when}:", "en": f"You wrote on {when}:"}.get(language, f"Вы писали {when}:")


def _apple(sent: Sent, language: str) -> str:
    clock = f"{sent.moment.hour}:{sent.moment.minute:02}"
    date = _long_date(sent.moment, language)
    if language == "en":
        return f"On {date}, at {clock}, {sent.name} <{sent.address}> wrote:"
    at, wrote = {"ru": ("в", "написал(а)"), "be": ("у", "напісаў(ла)"), "uk": ("о", "написав(ла)")}[language]
    return f"{date}, {at} {clock}, {sent.name} <{sent.address}> {wrote}:"


def _foxmail(sent: Sent, _language: str) -> str:
    return f"\nFrom: {sent.name}\nDate: {sent.moment:%Y-%m-%d %H:%M}\nTo: {sent.to}\nSubject: {sent.subject}\n"


def _clock_date(moment: datetime, between: str) -> str:
    return f"{moment:%d.%m.%Y}{between}{moment:%H:%M}"


_OPENINGS: Mapping[str, Callable[[Sent, str], str]] = {
    "block": lambda sent, language: "\n-----Original Message-----\n" * (language == "en") + _block(sent, language),
    "gmail": _gmail,
    "mailru": _mailru,
    "yandex": _yandex,
    "thunderbird": _thunderbird,
    "thebat": _thebat,
    "apple": _apple,
    "foxmail": _foxmail,
    "none": lambda _sent, _language: "",
}

_FORWARD_LINES: Mapping[str, Mapping[str, str]] = {
    "thunderbird": {
        "ru": "-------- Перенаправленное сообщение --------",
        "be": "-------- Перасланае паведамленне --------",
        "uk": "-------- Переслане повідомлення --------",
        "en": "-------- Forwarded Message --------",
    },
    "gmail": dict.fromkeys(("ru", "be", "uk", "en"), "---------- Forwarded message ---------"),
    "mailru": dict.fromkeys(("ru", "be", "uk", "en"), "-------- Пересылаемое сообщение --------"),
    "yandex": dict.fromkeys(("ru", "be", "uk", "en"), "-------- Пересылаемое сообщение --------"),
    "thebat": dict.fromkeys(("ru", "be", "uk", "en"), "===8<==============Исходный текст сообщения==============="),
    "apple": {"ru": "Начало переадресованного сообщения:", "en": "Begin forwarded message:"},
    "block": {"en": "-----Original Message-----"},
}
_FORWARD_ENDS = {
    "yandex": "-------- Конец пересылаемого сообщения --------",
    "mailru": "----------------------------------------------------------------------",
    "thebat": "===8<===========Конец исходного текста сообщения===========",
}


def quoted(client: Client, sent: Sent, language: str) -> str:
    """The opening of a reply and the older letter, as this program writes them under the answer."""
    if client.reply in ("block", "foxmail"):
        return f"{_OPENINGS[client.reply](sent, language)}\n{sent.body}"
    return f"{_OPENINGS[client.reply](sent, language)}\n\n{with_prefix(client, sent)}"


def opening(client: Client, sent: Sent, language: str) -> str:
    """Only the opening line, for answers written between the quoted lines."""
    return _OPENINGS[client.reply](sent, language)


def with_prefix(client: Client, sent: Sent) -> str:
    """The older letter with the program's mark before every line."""
    initials = "".join(word[0] for word in sent.name.replace("(", "").split() if word[0].isalpha())[:2]
    prefix = client.prefix.replace("{initials}", initials)
    lines = sent.body.split("\n")
    return "\n".join(f">{line}" if line.startswith(">") else f"{prefix}{line}".rstrip() for line in lines)


def forwarded(client: Client, sent: Sent, language: str) -> str:
    """An older letter passed on, unprefixed, between the program's lines."""
    line = _FORWARD_LINES.get(client.forward, {}).get(language, "")
    end = _FORWARD_ENDS.get(client.forward, "")
    parts = (line, _block(sent, language), sent.body, end)
    return "\n".join(part for part in parts if part)
