"""Ordinary words, greetings and points of a list are no people: they do not arise, or wait in "check"."""

from __future__ import annotations

import pytest

from leakdesk.mentions.names import find_mentions
from leakdesk.model.document import MailAddress, MessageHead, TextLayer

ORDINARY = {
    "ru": "Добрый день, коллеги!\nПросим Вас прислать Акт сверки. Ждём ответа. Счёт во вложении. Во вторник Приёмка.\n"
    "Просьба Срочно ответить. Ок. Ладно, отложим. А. Прошу подтвердить. Б. Отправьте копию. Благодарю.",
    "be": "Добры дзень, калегі!\nПросім Вас даслаць Акт. Чакаем адказу. Рахунак у дадатку. Не. Добра, адкладзём. Дзякуй.",
    "uk": "Добрий день, колеги!\nПросимо Вас надіслати Акт звірки. Чекаємо відповіді. Ні. Добре, відкладемо. Дякую.",
    "en": "Dear colleagues,\nPlease find attached the Act of reconciliation. Mark the boxes. Bill them later. Grant access.\n"
    "A. Please confirm. B. Kindly reply. Hope this helps. Frank answer. Rose to the occasion.",
}


@pytest.mark.parametrize("language", sorted(ORDINARY))
@pytest.mark.parametrize("parser_free", [True, False])
def test_no_likely_person_arises_from_ordinary_words(language: str, parser_free: bool) -> None:
    found = find_mentions(TextLayer(text=ORDINARY[language], extractor="test 1"), parser_free=parser_free).mentions
    assert not [(each.text, each.rules) for each in found if each.type == "person" and each.confidence == "likely"]
    if parser_free:
        assert not [(each.text, each.type) for each in found if each.type in ("person", "place")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Письмо подписал О. Гуляйко вчера.", "О. Гуляйко"),
        ("Ліст падпісаў Дз. Кавальчук.", "Дз. Кавальчук"),
        ("The letter was signed by Yu. Vellin.", "Yu. Vellin"),
        ("Тут був Дм. Грибенчук.", "Дм. Грибенчук"),
        ("Письмо подписал О. Коваль вчера.", "О. Коваль"),
    ],
)
def test_initials_of_one_and_two_letters_still_make_a_name(text: str, name: str) -> None:
    found = find_mentions(TextLayer(text=text, extractor="test 1"), parser_free=True).mentions
    assert name in [each.text for each in found if each.type == "person"]


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        ("Re: по поводу Лимасола\n\nДобрый день! Отвечу завтра.", "Лимасола", "place"),
        ("По поводу Королёва спросите вечером.", "Королёва", "person"),  # a town called like a man stays a man
    ],
)
def test_a_town_in_another_case_is_no_man(text: str, word: str, wanted: str) -> None:
    found = find_mentions(TextLayer(text=text, extractor="test 1")).mentions
    assert [each.type for each in found if word in each.text] == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "Спасибо! Водитель Машины ждёт.",
        "Уважаемый Покупатель, счёт готов.",
        "From: Механик <mech@hatvin.example>\n\nДа.",
    ],
)
def test_ordinary_nouns_behind_a_post_or_before_an_address_are_not_sure_to_be_people(text: str) -> None:
    found = find_mentions(TextLayer(text=text, extractor="test 1")).mentions
    assert not [each.text for each in found if each.type == "person" and each.confidence == "likely"]


def test_a_signature_of_an_office_is_nobody() -> None:
    text = "Документы готовы.\n\nС уважением,\nОтдел Снабжения\n"
    found = find_mentions(TextLayer(text=text, extractor="test 1"), parser_free=True).mentions
    assert not [each.text for each in found if each.type == "person"]


def _typed(name: str, address: str, body: str = "") -> list[tuple[str, str]]:
    head = MessageHead(sender=(MailAddress(name=name, address=address),))
    text = f"From: {name} <{address}>\n\n{body}"
    found = find_mentions(TextLayer(text=text, extractor="test 1"), head, parser_free=True).mentions
    return [(each.text, each.type) for each in found if each.type in ("person", "organization", "place")]


@pytest.mark.parametrize(
    ("name", "address", "kind"),
    [
        ("Sunway Tickets", "booking@sunway-tickets.example", "organization"),
        ("MetalExpo Rheinau", "news@mail.metalexpo-rheinau.example", "organization"),
        ("Oskar Vellin", "oskar@oskar-vellin.example", "person"),
        ("Tove Almgren", "tove@brewery.example", "person"),
    ],
)
def test_a_sender_called_like_the_domain_is_a_house_and_no_person(name: str, address: str, kind: str) -> None:
    assert (name, kind) in _typed(name, address)


def test_markup_in_a_name_is_no_name() -> None:
    found = _typed("<script>alert(1)</script> Иванов", "i@plant.example")
    assert not [text for text, _ in found if "script" in text]


@pytest.mark.parametrize("word", ["A" * 5000, "A" + "a" * 5000])
def test_a_word_of_thousands_of_letters_is_no_name(word: str) -> None:
    assert not _typed(word, "a@plant.example", f"Dear Mr {word}, he came to {word}.")
