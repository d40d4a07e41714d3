"""Plain newspaper sentences by an author who knew no rule: what each tells is read, with who did it and to what.

plain/*.tsv: sentence, predicate, subject, object ("-" for none), construction; all invented; *_clauses.tsv: sentences of two or
three events. Half of the sentences (by their hash) were never looked at while rules were written. A line is right when one claim has its predicate and names both participants,
in whichever slot.
"""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import pytest

from leakdesk.model.claim import Claim, Reading
from leakdesk.model.document import Language, Role, Segment, TextLayer
from leakdesk.reading.read import read_text

HERE = Path(__file__).parent / "plain"
#: (language, half) -> least share of lines that are right.
FLOORS: dict[tuple[Language, str, str], float] = {
    ("be", "", "seen"): 0.78,
    ("be", "", "kept"): 0.69,
    ("uk", "", "seen"): 0.72,
    ("uk", "", "kept"): 0.74,
    ("ru", "", "seen"): 0.82,
    ("ru", "", "kept"): 0.78,
    ("en", "", "seen"): 0.71,
    ("en", "", "kept"): 0.82,
    ("be", "_clauses", "seen"): 0.62,
    ("be", "_clauses", "kept"): 0.58,
    ("uk", "_clauses", "seen"): 0.78,
    ("uk", "_clauses", "kept"): 0.64,
    ("ru", "_clauses", "seen"): 0.52,
    ("ru", "_clauses", "kept"): 0.78,
    ("en", "_clauses", "seen"): 0.82,
    ("en", "_clauses", "kept"): 0.78,
}
_COPULAS = frozenset({"быть", "бути", "быць", "be", "иметь", "мати", "мець", "have"})


def lines(language: Language, part: str, half: str) -> list[list[str]]:
    with (HERE / f"{language}{part}.tsv").open(encoding="utf-8") as table:
        rows = list(csv.reader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
    kept = [row for row in rows if (int(hashlib.sha256(row[0].encode()).hexdigest(), 16) % 2 == 1) == (half == "kept")]
    assert all(len(row) == 5 for row in kept)
    return kept


def read(text: str, language: Language) -> Reading:
    standing = Segment(start=0, end=len(text), role=Role.BODY, language=language)
    return read_text(TextLayer(text=text, extractor="test", segments=(standing,)), language=language)


def tells(claim: Claim, predicate: str) -> bool:
    said_of = claim.object.text if claim.object and claim.predicate.lemma in _COPULAS else ""
    return predicate.casefold() in f"{claim.predicate.text} {said_of}".casefold()


def names(claim: Claim, word: str) -> bool:
    slots = (claim.subject, claim.object, *claim.others, claim.time, *claim.quantities)
    texts = (claim.predicate.text, claim.place or "", *(each.text for each in slots if each))
    return word == "-" or any(word.casefold() in text.casefold() for text in texts)


def is_right(row: list[str], reading: Reading) -> bool:
    _, predicate, subject, acted_on, _ = row
    return any(tells(c, predicate) and names(c, subject) and names(c, acted_on) for c in reading.claims)


@pytest.mark.parametrize(("language", "part", "half"), FLOORS)
def test_plain_sentences_are_read(language: Language, part: str, half: str) -> None:
    rows = lines(language, part, half)
    right = sum(is_right(row, read(row[0], language)) for row in rows)
    assert right / len(rows) >= FLOORS[language, part, half], f"{right} of {len(rows)}"


#: language, sentence, quotation, subject, object ("" for none).
RULES: list[tuple[Language, str, str, str, str]] = [
    # a value that somebody puts on a thing is an event
    ("en", "The auditors put the shortfall at 3 million euros.", "", "The auditors", "the shortfall"),
    # behind a place and a verb of being there stands what is there
    ("en", "Behind the boiler house stood two unmarked lorries.", "", "two unmarked lorries", ""),
    # a gerund acts
    ("en", "Selling the pumps cost the works its permit.", "", "Selling", "its permit"),
    # done to a thing, and nothing said of it
    ("en", "The clerks were told to cross it out.", "", "The clerks", "it"),
    # behind a name between commas a plural is the verb
    (
        "en",
        "The foreman's brother, Aldis Verk, supplies the canteen.",
        "",
        "The foreman's brother, Aldis Verk",
        "the canteen",
    ),
    # across the tag of a quotation
    ("en", '"The ledger," the cashier told us, "vanished in June."', "vanished in June", "The ledger", ""),
    ("ru", "Баркас с грузом сел на камни.", "", "Баркас", "камни"),
    ("ru", "На складе были три ящика без накладных.", "", "три ящика без накладных", ""),
    ("ru", "В цехе 40 рабочих.", "", "40 рабочих", "цехе"),
    ("ru", "Причина аварии на пароме: старый насос.", "", "Причина аварии на пароме", "старый насос"),
    ("ru", "«Ведомости перепишем», — ответил кладовщик.", "Ведомости перепишем", "", "Ведомости"),
    ("ru", "Завод отрицает, что кто-либо пострадал.", "кто-либо пострадал", "кто-либо", ""),
    ("be", "Завод скідваў адходы ў раку.", "", "Завод", "адходы ў раку"),
    ("be", "Пра гэты ліст дырэктар змаўчаў.", "", "дырэктар", ""),
    ("be", "Імпартны помпавы вузел зламаўся ў маі.", "", "Імпартны помпавы вузел", ""),
    ("be", "Камбінат два гады адпраўляў вугаль за мяжу.", "", "Камбінат", "вугаль"),
    ("be", "Дырэктар завода і бухгалтарка падрабілі акты.", "", "Дырэктар завода і бухгалтарка", "акты"),
    # the clause of the first noun goes on behind what commas put in
    ("be", "Фірма, якая пяць гадоў прадавала помпы, збанкрутавала ў чэрвені.", "", "Фірма", ""),
    (
        "be",
        "Тэхнолаг Ганна Кот, якая пярэчыла супраць пакупкі, у маі страціла працу.",
        "",
        "Тэхнолаг Ганна Кот",
        "працу",
    ),
    ("uk", "Мати сторожа, Марія Клен, живе навпроти складу.", "", "Мати сторожа, Марія Клен", "навпроти складу"),
    ("en", "Tarkov, which denies everything, applied for a licence.", "", "Tarkov", "a licence"),
    # who speaks in one clause and acts in the other stands in the quotation of what he does
    ("en", "The union denied wrongdoing in a letter.", "", "The union", "a letter"),
    ("be", "Фірма паведаміла, што прыпынак быў планавы.", "прыпынак быў планавы", "прыпынак", "планавы"),
    ("be", "Мэр прызнаў памылку і адклікаў указ.", "адклікаў указ", "Мэр", "указ"),
    ("uk", "Буран, що 2 серпня налетів на порт, зірвав дах.", "що 2 серпня налетів на порт", "Буран", "порт"),
    ("uk", "Насіння було торішнє.", "", "Насіння", "торішнє"),
    ("uk", "Ревізор підрахував збитки: 700 тисяч гривень.", "", "Ревізор", "збитки"),
    ("ru", "Документы на груз в порядке.", "", "Документы на груз", "порядке"),
    ("ru", "Школе не хватает учителей.", "", "Школе", "учителей"),
    ("be", "Завод вінен пастаўшчыку за вугаль 48 тысяч рублёў.", "", "Завод", "48 тысяч рублёў"),
    ("uk", "Рахунки фірми «Тополя» заморожені через борги.", "", "Рахунки фірми «Тополя»", ""),
    ("uk", "За словами лаборантки, борошно прострочене.", "борошно прострочене", "борошно", ""),
    ("uk", "Ревізори будуть вивчати всі договори.", "", "Ревізори", "всі договори"),
]


@pytest.mark.parametrize(("language", "sentence", "quote", "subject", "acted_on"), RULES)
def test_each_construction_gives_its_claim(
    language: Language, sentence: str, quote: str, subject: str, acted_on: str
) -> None:
    wanted = quote or sentence.rstrip(".")
    found = [
        (c.quote.exact, c.subject.text if c.subject else "", c.object.text if c.object else "")
        for c in read(sentence, language).claims
    ]
    assert (wanted, subject, acted_on) in found


def test_what_a_headline_says_will_be_is_planned() -> None:
    text = "Tractor plant to shed 900 jobs"
    head = Segment(start=0, end=len(text), role=Role.HEADLINE, language="en")
    (claim,) = read_text(TextLayer(text=text, extractor="test", segments=(head,)), language="en").claims
    assert (claim.quote.exact, claim.modality) == (text, "planned")
    assert claim.subject and claim.object and (claim.subject.text, claim.object.text) == ("Tractor plant", "900 jobs")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The treasurer embezzled donations meant for the orphanage."),
        ("en", "The privacy policy of the clinic was copied from a bank."),
        ("ru", "Реквизиты подрядчика подделал бухгалтер, следует из писем."),
        ("uk", "Розсилка листів коштувала заводу 40 тисяч."),
        ("be", "Дырэктар фонду прысвоіў ахвяраванні на 2 мільёны рублёў."),
    ],
)
def test_what_is_told_of_donations_and_bank_details_is_no_appeal(language: Language, sentence: str) -> None:
    text = f"{sentence}\n\n{sentence} {sentence}\n\n{sentence}"
    assert len(read_text(TextLayer(text=text, extractor="test"), language=language, as_="report").claims) >= 3


#: Sentences that only look like those above: language, sentence, what must not be a claim's subject and object.
COUNTER: list[tuple[Language, str, str, str]] = [
    ("ru", "Паром «Зоряна»", "Паром", "Зоряна"),
    ("ru", "В палате врач и больной.", "врач", "больной"),
    ("uk", "Дані прикордонників про пороми.", "Дані", "прикордонників"),
    ("be", "Спіс дакументаў.", "Спіс", ""),
    ("be", "Завод купіў сто станкоў і прыбораў для цэха.", "Завод", ""),
    ("be", "Завод купіў рухавік і прыбораў для цэха.", "прыбораў", ""),
    ("en", "The director, Aldis Verk, and his plans.", "The director", ""),
    ("ru", "Причина взрыва на складе: искра.", "Причина взрыва", "складе"),
]


@pytest.mark.parametrize(("language", "sentence", "subject", "acted_on"), COUNTER)
def test_what_only_looks_like_a_clause_gives_none(
    language: Language, sentence: str, subject: str, acted_on: str
) -> None:
    found = [
        (c.subject.text if c.subject else "", c.object.text if c.object else "")
        for c in read(sentence, language).claims
    ]
    assert (subject, acted_on) not in found
