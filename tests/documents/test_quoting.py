"""Letters cut into segments: each rule by its own example and counter-example, and whole letters of many mail programs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakdesk.documents.quoting import segment_letter
from leakdesk.documents.quoting_rules import DATE_OR_TIME, Rule, rules
from leakdesk.model.document import Role, check_cover

ALL = [rule for family in rules().values() for rule in family]


def holds(rule: Rule, text: str) -> bool:
    if not rule.worth_trying(text.lower()):
        return False
    match = rule.pattern.match(text) if rule.family == "notice" else rule.pattern.fullmatch(text)
    if match is None or (rule.requires_date and not DATE_OR_TIME.search(text)):
        return False
    return not (match.groupdict().get("rest") or "")[:1].islower()


@pytest.mark.parametrize("rule", ALL, ids=[f"{rule.family}-{rule.id}" for rule in ALL])
def test_each_rule_finds_its_example_and_leaves_its_counter_example(rule: Rule) -> None:
    assert holds(rule, rule.example)
    if rule.family != "label":  # one label alone proves nothing: see test_one_label_is_no_header_block
        assert not holds(rule, rule.counter)


def cut(text: str) -> dict[Role, str]:
    found: dict[Role, str] = {}
    for segment in segment_letter(text):
        found[segment.role] = found.get(segment.role, "") + text[segment.start : segment.end]
    return found


INTRODUCTIONS = [
    "11.06.2024 09:14, Алена Страль пишет:",
    "11.06.24 9:14, Страль Алена <alena@example.org> пишет:",
    "вт, 11 июн. 2024 г. в 09:14, Алена Страль <alena@example.org>:",
    "вт, 11 июн. 2024\u202fг. в 09:14, Алена Страль <alena@example.org>:",
    "11 июня 2024 г. 9:14 пользователь Алена Страль <alena@example.org> написал:",
    '11.06.2024, 09:14, "Алена Страль" <alena@example.org>:',
    "11 июня 2024 г., в 9:14, Алена Страль <alena@example.org> написал(а):",
    "Вторник, 11 июня 2024, 9:14 +03:00 от Алена Страль <alena@example.org>:",
    "Вы писали 11 июня 2024 г., 9:14:32:",
    "вт, 11 черв. 2024 р. о 09:14 Олена Страль <olena@example.org> пише:",
    "11 червня 2024 р. 09:14, Олена Страль <olena@example.org> написав(ла):",
    "Вівторок, 11 червня 2024, 9:14 +03:00 від Олена Страль <olena@example.org>:",
    "11.06.2024 09:14, Олена Страль пише:",
    "аўт, 11 чэр 2024 г. у 09:14 Алена Страль <alena@example.org> піша:",
    "11.06.2024 09:14, Алена Страль піша:",
    "11 чэрвеня 2024 г. у 09:14 Алена Страль напісаў(ла):",
    "Аўторак, 11 чэрвеня 2024, 9:14 +03:00 ад Алена Страль <alena@example.org>:",
    "On Tue, Jun 11, 2024 at 9:14 AM Alena Stral <alena@example.org> wrote:",
    "On 11/06/2024 09:14, Alena Stral wrote:",
    "On 11 Jun 2024, at 09:14, Alena Stral <alena@example.org> wrote:",
    "Tuesday, June 11, 2024 9:14 AM +03:00 from Alena Stral <alena@example.org>:",
]


@pytest.mark.parametrize("line", INTRODUCTIONS)
def test_the_introduction_opens_the_quotation(line: str) -> None:
    found = cut(f"Согласен, отправляем.\n\n{line}\n\n> Отправляем в понедельник?\n> Жду ответа.\n")
    assert found[Role.BODY] == "Согласен, отправляем.\n\n"
    assert found[Role.HEADER].strip() == line
    assert "Жду ответа" in found[Role.QUOTED]


@pytest.mark.parametrize("line", INTRODUCTIONS)
def test_without_marks_everything_after_it_is_older(line: str) -> None:
    found = cut(f"Согласен.\n\n{line}\n\nОтправляем в понедельник?\nЖду ответа.\n")
    assert found[Role.BODY] == "Согласен.\n\n"
    assert found[Role.QUOTED] == "Отправляем в понедельник?\nЖду ответа.\n"


@pytest.mark.parametrize("line", [line for line in INTRODUCTIONS if "<" in line])
def test_a_wrapped_introduction(line: str) -> None:
    wrapped = line.replace(" <", "\n<", 1)
    found = cut(f"Да.\n\n{wrapped}\n\n> Когда?\n")
    assert found[Role.HEADER].strip() == wrapped


BLOCKS = [
    "From: Alena Stral <alena@example.org>\nSent: Tuesday, June 11, 2024 9:14 AM\nTo: Siarhei Lipen\nSubject: Schedule",
    "От: Алена Страль <alena@example.org>\nОтправлено: 11 июня 2024 г. 9:14\nКому: Сергей Липень\nТема: График",
    "От: Алена Страль [mailto:alena@example.org]\nДата: 11.06.2024\nКому: Сергей Липень\nКопия: склад\nТема: График",
    "Від: Олена Страль <olena@example.org>\nНадіслано: 11 червня 2024 р. 9:14\nКому: Сергій Липень\nТема: Графік",
    "Ад: Алена Страль <alena@example.org>\nАдпраўлена: 11 чэрвеня 2024 г. 9:14\nКаму: Сяргей Ліпень\nТэма: Графік",
    "*От:* Алена Страль <alena@example.org>\n*Отправлено:* 11 июня 2024 г. 9:14\n*Кому:* Сергей Липень\n*Тема:* График",
]


@pytest.mark.parametrize("block", BLOCKS)
@pytest.mark.parametrize(
    "before",
    [
        "",
        "-----Original Message-----\n",
        "________________________________\n",
        "-------- Пересылаемое сообщение --------\n",
    ],
)
def test_a_block_of_labels_opens_older_mail(block: str, before: str) -> None:
    found = cut(f"Для сведения.\n\n{before}{block}\n\nОтправляем в понедельник.\n")
    assert found[Role.BODY] == "Для сведения.\n\n"
    assert found[Role.HEADER].startswith(before + block)
    assert found[Role.QUOTED] == "Отправляем в понедельник.\n"


def test_one_label_is_no_header_block() -> None:
    text = "Тема: погода была плохая.\nКому это надо: никому.\nРаботаем дальше.\n"
    assert cut(text) == {Role.BODY: text}


@pytest.mark.parametrize(
    "ending",
    [
        "С уважением,\nАлена Страль\nначальник отдела\nтел. 123-45-67\n",
        "С уважением, Алена Страль\n",
        "З повагою,\nОлена Страль\n",
        "З павагай,\nАлена Страль\n",
        "Best regards,\nAlena Stral\nHead of supply\n",
        "-- \nАлена Страль\n",
        "Отправлено с iPhone\n",
        "Надіслано з iPhone\n",
        "Адпраўлена з iPhone\n",
        "Отправлено из мобильной Почты Mail.ru\n",
        "Sent from my iPhone\n",
        "Get Outlook for Android\n",
    ],
)
def test_endings_are_signatures(ending: str) -> None:
    found = cut(f"Машины вышли утром.\nДокументы у водителя.\n\n{ending}")
    assert found[Role.BODY] == "Машины вышли утром.\nДокументы у водителя.\n\n"
    assert found[Role.SIGNATURE] == ending


def test_a_postscript_after_the_signature_is_body_again() -> None:
    found = cut("Машины вышли.\n\nС уважением,\nАлена\n\nP.S. Счёт не оплачен.\n")
    assert "Счёт не оплачен" in found[Role.BODY]
    assert found[Role.SIGNATURE].startswith("С уважением")


def test_a_signature_before_the_quotation_is_found() -> None:
    found = cut("Да.\n\nС уважением,\nАлена\n\n11.06.2024 09:14, Сергей Липень пишет:\n> С уважением,\n> Сергей\n")
    assert found[Role.SIGNATURE] == "С уважением,\nАлена\n\n"
    assert "Сергей" in found[Role.QUOTED]


def test_answers_between_the_quoted_lines_are_body() -> None:
    found = cut("11.06.2024 09:14, Сергей Липень пишет:\n> Сколько машин?\nЧетыре.\n\n> Когда?\nВ понедельник.\n")
    assert found[Role.BODY] == "Четыре.\n\nВ понедельник.\n"


@pytest.mark.parametrize(
    "text",
    [
        "Газета пишет: завод стоит.\nЭто неправда.\n",
        "On the other hand, 3 of them wrote that all is well.\nI doubt it.\n",
        "Отправлено с базы четыре машины.\nОтправлено вчера: две.\n",
        "11 июня 2024 г. в 09:14 выехали две машины:\nодна на юг, другая на север.\n",
        "С уважением отношусь к вашему мнению, но платить не буду.\nИ другим не советую.\n",
        "Вот список:\n- первое\n-- второе\n--- третье\nи так далее, пока не кончится бумага, а кончится она не скоро, потому что её привезли вчера целый вагон с запасом.\n",
    ],
)
def test_traps_stay_body(text: str) -> None:
    assert cut(text) == {Role.BODY: text}


def test_notices_are_boilerplate() -> None:
    found = cut(
        "Машины вышли.\n\nДанное сообщение является конфиденциальным и предназначено только адресату.\nЕсли вы получили его по ошибке, удалите его.\n"
    )
    assert found[Role.BODY] == "Машины вышли.\n\n"
    assert "по ошибке" in found[Role.BOILERPLATE]


_PIECES = st.sampled_from(
    [
        *INTRODUCTIONS,
        *BLOCKS,
        "> да",
        ">> нет",
        "-- ",
        "С уважением,",
        "Алена",
        "",
        " ",
        "\r",
        "\x0b",
        "\u2028",
        "P.S. нет",
        "-----Original Message-----",
        "слово: дело",
        "🎉",
    ]
)


@given(st.lists(_PIECES, max_size=14).map("\n".join))
@settings(max_examples=200, deadline=None)
def test_segments_cover_any_text_without_gaps(text: str) -> None:
    check_cover(segment_letter(text), len(text)) if text else None
    assert "".join(text[s.start : s.end] for s in segment_letter(text)) == text


@pytest.mark.parametrize("who", ["JH> ", "JH>", "ИИ> ", "ИИ>> ", "Pavel> ", " ЮК > "])
def test_initials_before_the_marks_are_a_quotation(who: str) -> None:
    text = f"Good day.\n\n{who}we ship on Monday\n{who}and no later\n\nFine with me.\n"
    quoted = [text[s.start : s.end] for s in segment_letter(text) if s.role is Role.QUOTED]
    assert len(quoted) == 1
    assert quoted[0].strip() == f"{who}we ship on Monday\n{who}and no later".strip()


def test_a_comparison_is_no_quotation() -> None:
    text = "if A> B then stop\nuse C>> to go on\nTemperature > 900 is too hot.\n"
    assert [s.role for s in segment_letter(text)] == [Role.BODY]
