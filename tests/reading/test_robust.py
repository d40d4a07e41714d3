"""The same document in other clothes gives the same reading: four languages, reports and letters, with and without parsers."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import Literal

import pytest

from leakdesk.language.clean import clean
from leakdesk.model.anchor import Span
from leakdesk.model.claim import Reading, Slot
from leakdesk.model.document import TextLayer
from leakdesk.model.ids import text_sha256
from leakdesk.reading.read import read_text

REPORTS = {
    "en": (
        "Depot hid wet sand\n\n3 March 2031\n\nThe Lindmoor depot paid the brewery 240,000 florins for sand in 2029, according to an audit. "
        "The ledgers show that the sand arrived in nine deliveries.\n\n\"We will sell the rest by June,\" storekeeper Oskar Vellin said. "
        "The brewery denies selling wet sand to the \"Amber\" firm.\n"
    ),
    "ru": (
        "Депо скрыло мокрый песок\n\n3 марта 2031 года\n\nДепо заплатило пивоварне 240 тысяч рублей за песок, говорится в отчёте аудиторов. "
        "Накладные показывают, что песок пришёл девятью партиями.\n\n\"Остальное мы продадим к июню\", - сказал кладовщик Оскар Веллин. "
        "Пивоварня отрицает, что продавала песок фирме \"Янтарь\".\n"
    ),
    "uk": (
        "Депо приховало мокрий пісок\n\n3 березня 2031 року\n\nДепо заплатило броварні 240 тисяч гривень за пісок, свідчать документи. "
        "Накладні показують, що пісок надійшов дев'ятьма партіями.\n\n\"Решту ми продамо до червня\", - сказав комірник Остап Велін. "
        "Броварня заперечує, що продавала пісок фірмі \"Бурштин\".\n"
    ),
    "be": (
        "Дэпо схавала мокры пясок\n\n3 сакавіка 2031 года\n\nДэпо заплаціла бровару 240 тысяч рублёў за пясок, сведчаць дакументы. "
        "Накладныя паказваюць, што пясок прыйшоў дзевяццю партыямі.\n\n\"Астатняе мы прададзім да чэрвеня\", - сказаў кладаўшчык Астап Велін. "
        "Бровар адмаўляе, што прадаваў пясок фірме \"Бурштын\".\n"
    ),
}  # fmt: skip
LETTERS = {
    "en": (
        "From: Nora Quist <n.quist@ferries.example>\nTo: Elias Storm <storm@dock.example>\nDate: Thu, 8 Apr 2032 11:05:00 +0200\n\n"
        "Dear Elias,\n\nWe ordered two shafts, drawing PS-118/4. Please send the \"Marl\" contract by 20 May. "
        "Our yard won't pay 31,500 euros.\n\nItem\tQty\tPrice\nShaft\t2\t1200 EUR\n\nNora Quist\n\n> We sold the shafts.\n"
    ),
    "ru": (
        "From: Захар Лычков <lychkov@lift.example>\nTo: Инесса Громова <gromova@dom.example>\nDate: Wed, 15 Sep 2032 14:30:00 +0300\n\n"
        "Уважаемая Инесса Павловна!\n\nПросим оплатить счёт № 318 на сумму 84 600 рублей до 1 октября. Наша бригада заменила тросы \"Витязь\". "
        "Ваше предприятие не вернуло лебёдку.\n\nЗахар Лычков\n\n> Мы заменили тросы.\n"
    ),
    "uk": (
        "From: Остап Веремій <veremii@drukar.example>\nTo: Лідія Сорока <soroka@knyha.example>\nDate: Mon, 21 Feb 2033 16:10:00 +0200\n\n"
        "Шановна пані Лідіє!\n\nПросимо забрати книги до кінця місяця. Наша друкарня закінчила палітурки \"Мрія\". "
        "Ми відмовляємося друкувати додаток: п'ять аркушів.\n\nОстап Веремій\n\n> Ми надрукували книги.\n"
    ),
    "be": (
        "From: Зося Карніцкая <karn@syr.example>\nTo: Кірыл Шэмет <shemet@mal.example>\nDate: Thu, 9 Mar 2034 07:45:00 +0300\n\n"
        "Добры дзень, Кірыл!\n\nПросім вярнуць 1800 рублёў да 20 сакавіка. Наш завод аплаціў дзве цыстэрны \"Бусел\". "
        "Ваша гаспадарка прывезла толькі адну.\n\nЗося Карніцкая\n\n> Мы прывезлі малако.\n"
    ),
}  # fmt: skip
_LATIN, _CYRILLIC = "aceopxyABCEHKMOPTX", "асеорхуАВСЕНКМОРТХ"
_TO_CYRILLIC, _TO_LATIN = str.maketrans(_LATIN, _CYRILLIC), str.maketrans(_CYRILLIC, _LATIN)


def body(change: Callable[[str], str]) -> Callable[[str], str]:
    """A change of everything below the header lines of a letter."""

    def changed(text: str) -> str:
        if not text.startswith("From:"):
            return change(text)
        head, _, rest = text.partition("\n\n")
        return f"{head}\n\n{change(rest)}"

    return changed


def look_alikes(text: str) -> str:
    """In every word one look-alike letter of the other script, where the word has another letter that tells."""
    made: list[str] = []
    for word in text.split(" "):
        latin = any(char in "bdfghjklmnqrstuvwz" for char in word.lower())
        table = _TO_CYRILLIC if latin else _TO_LATIN
        at = next((k for k, char in enumerate(word) if ord(char) in table), None)
        made.append(word if at is None or "@" in word else word[:at] + word[at].translate(table) + word[at + 1 :])
    return " ".join(made)


def all_look_alikes(text: str) -> str:
    """Every look-alike letter of a text in the other script."""
    return text.translate(_TO_LATIN if any("а" <= char <= "я" for char in text) else _TO_CYRILLIC)


def curly(text: str) -> str:
    opened = False
    made: list[str] = []
    for char in text:
        if char == '"':
            opened = not opened
        made.append(("“" if opened else "”") if char == '"' else "’" if char == "'" else char)
    return "".join(made)


def soft(text: str) -> str:
    """A soft hyphen in the middle of every longer word."""
    return " ".join(
        word[: len(word) // 2] + "\u00ad" + word[len(word) // 2 :] if word.isalpha() and len(word) > 5 else word
        for word in text.split(" ")
    )


CLOTHES: dict[str, Callable[[str], str]] = {
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "old line ends": lambda text: text.replace("\n", "\r"),
    "no-break spaces": body(lambda text: text.replace(" ", "\u00a0")),
    "thin spaces": body(lambda text: text.replace(" ", "\u2009")),
    "curly quotes": curly,
    "low quotes": lambda text: curly(text).replace("“", "„").replace("”", "“"),
    "soft hyphens": body(soft),
    "zero width": body(lambda text: text.replace("о", "о\u200b").replace("t", "t\u200b")),
    "direction marks": body(lambda text: text.replace(" ", " \u200e").replace(".", "\u200f.")),
    "decomposed letters": lambda text: unicodedata.normalize("NFD", text),
    "look-alikes in every word": body(look_alikes),
    "all look-alikes": body(all_look_alikes),
    "everything": body(lambda text: soft(look_alikes(curly(text))).replace(" ", "\u00a0").replace("\n", "\r\n")),
}


def at(text: str, start: int, end: int) -> str:
    return " ".join(clean(text[start:end]).text.translate(_TO_CYRILLIC).split())


def words(reading: Reading, part: Span | Slot | None) -> str | None:
    return None if part is None else at(reading.text, part.start, part.end)


def signature(reading: Reading) -> dict[str, object]:
    """All that a reading says, without its places."""
    return {
        "claims": [
            (
                at(reading.text, each.quote.start, each.quote.end), words(reading, each.subject), each.predicate.lemma,
                each.predicate.class_, words(reading, each.object), each.modality, each.polarity, each.origin, each.hedged,
                each.time and each.time.edtf, [(one.value, one.unit, one.role) for one in each.quantities],
                [one.role for one in each.others], len(each.attributions), each.rule,
            )
            for each in reading.claims
        ],
        "attributions": [
            (each.type, each.rule, words(reading, each.source), words(reading, each.cue), words(reading, each.content))
            for each in reading.attributions
        ],
        "mentions": [(each.type, at(each.normal, 0, 999)) for each in reading.mentions],
        "segments": [(each.role, each.language) for each in reading.segments],
    }  # fmt: skip


Kind = Literal["report", "message"]


@cache
def read(text: str, kind: Kind, *, free: bool) -> Reading:
    return read_text(TextLayer(text=text, extractor="test"), as_=kind, parser_free=free)


CASES = [
    *((kind, language, False) for kind in ("report", "message") for language in REPORTS),
    *((kind, language, True) for kind in ("report", "message") for language in REPORTS),
]


#: Without parsers, the clothes that would show there first.
FREE = ("everything", "soft hyphens", "CRLF")


@pytest.mark.parametrize(
    ("name", "kind", "language", "free"),
    [(name, *case) for name in CLOTHES for case in CASES if not case[2] or name in FREE],
)
def test_the_same_document_in_other_clothes(name: str, kind: Kind, language: str, free: bool) -> None:
    text = (REPORTS if kind == "report" else LETTERS)[language]
    plain, other = read(text, kind, free=free), read(CLOTHES[name](text), kind, free=free)
    assert signature(other) == signature(plain)


@pytest.mark.parametrize("name", CLOTHES)
@pytest.mark.parametrize(("kind", "language"), [case[:2] for case in CASES[:8]])
def test_words_and_places_are_the_documents_own(name: str, kind: Kind, language: str) -> None:
    text = CLOTHES[name]((REPORTS if kind == "report" else LETTERS)[language])
    reading = read(text, kind, free=False)
    assert (reading.text, reading.sha256) == (text, text_sha256(text))
    spans = [(each.start, each.end, each.text) for each in (*reading.mentions, *reading.references)]
    spans += [(one.start, one.end, one.text) for each in reading.attributions for one in (each.source, each.cue, each.content) if one]  # fmt: skip
    spans += [(one.start, one.end, one.text) for each in reading.claims for one in (each.subject, each.object) if one]
    spans += [(each.quote.start, each.quote.end, each.quote.exact) for each in reading.claims]
    assert all(text[start:end] == said for start, end, said in spans)
    places = [(each.start, each.end) for each in reading.segments]
    assert places[0][0] == 0
    assert places[-1][1] == len(text)
    assert all(left[1] == right[0] for left, right in pairwise(places))
    ids = [each.id for each in (*reading.claims, *reading.attributions, *reading.mentions)]
    assert len(set(ids)) == len(ids)
    known = {each.id for each in reading.attributions}
    assert all(set(each.attributions) <= known for each in reading.claims)


@pytest.mark.parametrize(("kind", "language", "free"), CASES)
def test_there_is_something_to_compare(kind: Kind, language: str, free: bool) -> None:
    reading = read((REPORTS if kind == "report" else LETTERS)[language], kind, free=free)
    assert len(reading.claims) >= (2 if free else 3)
    assert len(reading.attributions) >= 1
    assert not any("sold the shafts" in each.quote.exact for each in reading.claims)


def test_a_sentence_that_breaks_off_behind_that_is_read() -> None:
    text = "The director of the plant in Halm said that\n\nThe pumps came on Monday."
    assert read_text(TextLayer(text=text, extractor="test"), as_="report", parser_free=True).claims
