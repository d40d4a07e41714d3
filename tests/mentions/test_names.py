"""Mentions of a text: complete, in order, in place, the same however the text is typed, and never a crash."""

from __future__ import annotations

import itertools
import re
import time

import pytest
from bench.mentions import gold, scored
from hypothesis import given, settings
from hypothesis import strategies as st

from leakdesk.language import apertium
from leakdesk.mentions.doubts import second_thoughts
from leakdesk.mentions.found import Found
from leakdesk.mentions.names import MentionsFound, find_mentions
from leakdesk.mentions.weigh import Settled
from leakdesk.model.document import MailAddress, MessageHead, Role, Segment, TextLayer


def read(text: str, *, parser_free: bool = True, **more: object) -> MentionsFound:
    return find_mentions(TextLayer(text=text, extractor="test 1"), parser_free=parser_free, **more)  # type: ignore[arg-type]


def names(text: str, kind: str, *, parser_free: bool = True) -> list[str]:
    return [each.text for each in read(text, parser_free=parser_free).mentions if each.type == kind]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("Акт подписал Гуляйко О. В. вчера.", "person", ["Гуляйко О. В."]),
        ("Звернення до пані Грибенчук лишилося без відповіді.", "person", ["Грибенчук"]),
        ("Ліст ад спадара Дразданкі атрыманы.", "person", ["Дразданкі"]),
        ("Dear Ms Vellin, thank you.", "person", ["Vellin"]),
        ("ОАО «Тулинский завод прессов» закрыто.", "organization", ["ОАО «Тулинский завод прессов»"]),
        ("Письмо из 77-го ремонтного завода.", "organization", ["77-го ремонтного завода"]),
        ("ТОВ «Ремпорт» і ПрАТ «Сокира» мовчать.", "organization", ["ТОВ «Ремпорт»", "ПрАТ «Сокира»"]),
        ("Вэльхаў працуе ў ТАА «Рэмпорт».", "organization", ["ТАА «Рэмпорт»"]),
        ("An invoice of Tannick Brake Sand GmbH came.", "organization", ["Tannick Brake Sand GmbH"]),
        ("The Ministry of River Transport agreed.", "organization", ["Ministry of River Transport"]),
        ("Вагоны стоят в Гродно и Вильнюсе.", "place", ["Гродно", "Вильнюсе"]),
        ("Завод у м. Тулинськ зупинено.", "place", ["Тулинськ"]),
        ("Склад у горадзе Лазоўску пусты.", "place", ["Лазоўску"]),
    ],
)
def test_rules_alone(text: str, kind: str, expected: list[str]) -> None:
    assert names(text, kind) == expected


def test_numbered_plants_keep_their_numbers() -> None:
    found = read("121-й ремонтный завод и 122-й ремонтный завод").mentions
    assert [each.text[:3] for each in found] == ["121", "122"]


def test_normal_forms_are_nominatives() -> None:
    text = "Договор с Олегом Викторовичем Марчуком и с Анной Рыжовой, письмо из Лозовского агрегатного завода в Минске."
    found = {each.type + " " + each.normal for each in read(text).mentions}
    assert {"person Олег Викторович Марчук", "person Анна Рыжова", "place Минск"} <= found
    assert "organization Лозовский агрегатный завод" in found


def test_headers_signatures_and_address_lines_are_the_best_source() -> None:
    text = "From: Ola Quist <ola@port.example>\nTo: Depot\n\nHi,\nfine. Quist agrees.\nBest regards,\nOla Quist\n"
    head = MessageHead(
        sender=(MailAddress(name="Ola Quist", address="ola@port.example"),), date="2031-03-05T10:00:00+02:00"
    )
    end = text.index("Hi,")
    layer = TextLayer(
        text=text,
        extractor="test 1",
        segments=(Segment(start=0, end=end, role=Role.HEADER), Segment(start=end, end=len(text), role=Role.BODY)),
    )
    found = [each for each in find_mentions(layer, head, parser_free=True).mentions if each.type == "person"]
    assert [each.text for each in found if each.text == "Ola Quist"] == ["Ola Quist", "Ola Quist"]
    assert all(each.confidence == "likely" for each in found)


def test_the_date_of_a_message_resolves_its_words() -> None:
    head = MessageHead(date="2031-03-05T10:00:00+02:00")
    (only,) = find_mentions(TextLayer(text="Приеду завтра", extractor="test 1"), head, parser_free=True).mentions
    assert only.normal == "2031-03-06"


def test_every_segment_gives_mentions() -> None:
    text = "Фото: Олег Марчук\nПодпишитесь: +375 17 222-33-44\n"
    cut = text.index("Подп")
    segments = (Segment(start=0, end=cut, role=Role.CREDIT), Segment(start=cut, end=len(text), role=Role.BOILERPLATE))
    layer = TextLayer(text=text, extractor="test 1", segments=segments)
    assert {each.type for each in find_mentions(layer, parser_free=True).mentions} == {"person", "phone"}


def test_a_missing_program_is_a_note(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setenv("LEAKDESK_APERTIUM", str(tmp_path))
    apertium._chain.cache_clear()
    try:
        found = read("Лист надіслав Олег Марчук, директор ТОВ «Ремпорт».", parser_free=False)
    finally:
        apertium._chain.cache_clear()
    assert found.notes == ("mentions in uk found by rules only: needs apertium-rus-ukr",)
    assert {each.type for each in found.mentions} == {"person", "organization"}


def _spans(found: MentionsFound) -> list[tuple[int, int, str, str]]:
    return [(each.start, each.end, each.type, each.normal) for each in found.mentions]


_TWIN = str.maketrans("аеорсхaeopcx", "aeopcxаеорсх")


def _one_twin(match: re.Match[str]) -> str:
    word = match.group()
    at = next((index for index, char in enumerate(word) if index and char in "аеорсхaeopcx"), 0)
    return word[:at] + word[at].translate(_TWIN) + word[at + 1 :] if at else word


@pytest.mark.parametrize("language", ["ru", "uk", "be", "en"])
def test_typing_does_not_matter(language: str) -> None:
    for text in [text for each, text, _ in gold("development") if each == language][::3]:
        plain = _spans(read(text))
        assert _spans(read(text.replace(" ", "\u00a0"))) == plain
        assert _spans(read(text.replace("'", "’"))) == plain
        assert _spans(read(re.sub(r"(?<![@./\w])[^\W\d_]{5,}(?![@./\w])", _one_twin, text))) == plain
        moved = [(a + text[:a].count("\n"), b + text[:b].count("\n"), kind, normal) for a, b, kind, normal in plain]
        assert _spans(read(text.replace("\n", "\r\n"))) == moved


_PIECES = st.sampled_from(
    ["Олег Марчук", "«", "»", '"', "ОАО", "завод", "№", "12", ".", "\n", "\r\n", " ", "Мі-8", "@", "a@b.cd", "%", "млн", "Mr", "\u202e", "😀", "\x00", "-", "І. П.", "Гродне", "the", "\u00ad"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(_PIECES | st.text(max_size=6), max_size=25).map("".join))
def test_mentions_are_in_place_in_order_and_apart(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode("utf-8")
    found = read(text).mentions
    assert all(text[each.start : each.end] == each.text and each.text for each in found)
    assert all(before.end <= after.start for before, after in itertools.pairwise(found))
    assert len({each.id for each in found}) == len(found)


@settings(max_examples=15, deadline=None)
@given(st.lists(_PIECES, max_size=20).map(" ".join))
def test_models_do_not_crash_either(text: str) -> None:
    found = read(text, parser_free=False).mentions
    assert all(text[each.start : each.end] == each.text for each in found)


@pytest.mark.parametrize(
    "piece",
    ["слово ", "А", "«а ", "12 ", "Завод ", "1.2.", "a@", "Plant of ", "\n", "+7 ", "Олег Марчук ", "А. В. ", "Ми-8 "],
)
def test_a_long_paragraph_takes_linear_time(piece: str) -> None:
    text = piece * (120_000 // len(piece))
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 20


def test_the_development_set_stays_where_it_is() -> None:
    if not (apertium.available("uk") and apertium.available("be")):
        pytest.skip("needs apertium-rus-ukr and apertium-bel-rus")
    counts = scored("development", parser_free=False, show=False)["overlap"]
    for language, least in (("ru", 0.95), ("en", 0.93), ("uk", 0.93), ("be", 0.93)):
        table = counts[language]
        precision, recall = table["all right"] / table["all found"], table["all hit"] / table["all gold"]
        assert 2 * precision * recall / (precision + recall) >= least, language


def test_a_surname_alone_is_the_person_named_in_full_whatever_its_shape() -> None:
    assert names("Martin Hesk signed the order. Hesk left in June.", "person") == ["Martin Hesk", "Hesk"]
    # An ordinary word is not found again by that alone.
    assert names("Martin Paper signed the order. Paper is dear.", "person") == ["Martin Paper"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Martin Hesk signed. Hesk left.", "person"),  # the text tells of him
        ("Somebody signed. Hesk left.", "organization"),  # the model's word stands
        ("Martin Hesk signed for Hesk Ltd. Hesk left.", "organization"),  # a body bears his name
    ],
)
def test_what_only_a_model_takes_for_a_body_may_be_somebodys_surname(text: str, kind: str) -> None:
    at = text.rindex("Hesk")
    settled = [Settled(Found(at, at + 4, "organization", "", "spacy", 0.7), ("spacy",), sure=False)]
    if "Ltd" in text:
        body = text.index("Hesk Ltd")
        settled.insert(
            0, Settled(Found(body, body + 8, "organization", "", "legal form", 0.9), ("legal form",), sure=True)
        )
    in_full = {"Hesk"} if "Martin" in text else set[str]()
    assert second_thoughts(text, settled, lambda _: "en", set(), in_full)[-1].found.type == kind
