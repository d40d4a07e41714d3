"""Threads from headers, and where those are missing from subjects, people and quotations; each with its reason."""

from __future__ import annotations

import random

import pytest

from leakdesk.documents.threads import Letter, bare_subject, by_thread, is_reply, thread
from leakdesk.model.document import MailAddress, MessageHead

ALENA, SIARHEI, DARIA = "alena@example.org", "siarhei@example.org", "daria@example.org"


def letter(name: str, subject: str, sender: str, to: str, day: int, **more: str) -> Letter:
    head = MessageHead(
        subject=subject,
        sender=(MailAddress(address=sender),),
        to=(MailAddress(address=to),),
        date=f"2024-06-{day:02}T09:00:00+03:00",
        date_utc=f"2024-06-{day:02}T06:00:00Z",
        message_id=more.get("id"),
        in_reply_to=more.get("answers"),
        references=tuple(more.get("references", "").split()),
    )
    return Letter(id=name, head=head, body=more.get("body", ""), quoted=more.get("quoted", ""))


@pytest.mark.parametrize(
    "subject",
    [
        "Re: График",
        "RE[2]: График",
        "НА: График",
        "Отв: График",
        "Ответ: График",
        "Fwd: Re: График",
        "FW: График",
        "Пересл: График",
        "Адказ: График",
        "Відп: График",
        "Від: График",
        "ПД: График",
        "[EXT] Re: График",
        "  re:re: График ",
    ],
)
def test_prefixes_in_four_languages(subject: str) -> None:
    assert bare_subject(subject) == "график"
    assert is_reply(subject)


@pytest.mark.parametrize("subject", ["График", "Результаты: график", "Наш график", "Ответственный: Страль"])
def test_words_that_only_look_like_prefixes_stay(subject: str) -> None:
    assert bare_subject(subject) == subject.casefold()
    assert not is_reply(subject)


def test_headers_decide_first() -> None:
    letters = [
        letter("a", "График", ALENA, SIARHEI, 1, id="<1@x>"),
        letter("b", "Совсем другое", SIARHEI, ALENA, 2, id="<2@x>", answers="<1@x>"),
        letter("c", "И третье", ALENA, SIARHEI, 3, id="<3@x>", references="<1@x> <2@x>"),
    ]
    placed = {each.id: each for each in thread(letters)}
    assert (placed["b"].parent, placed["b"].reason) == ("a", "In-Reply-To")
    assert (placed["c"].parent, placed["c"].reason) == ("b", "References")
    assert len({each.thread for each in placed.values()}) == 1


def test_answers_to_a_letter_that_is_missing_belong_together() -> None:
    letters = [
        letter("a", "Re: График", ALENA, SIARHEI, 2, id="<2@x>", answers="<1@x>"),
        letter("b", "Re: График", DARIA, SIARHEI, 3, id="<3@x>", references="<1@x>"),
    ]
    placed = thread(letters)
    assert placed[0].thread == placed[1].thread
    assert {each.reason for each in placed} == {"answers a letter that is not here"}


def test_without_headers_subject_people_and_quotation_decide() -> None:
    body = "Сколько машин выйдет на погрузку в понедельник утром и кто их встретит на месте?"
    letters = [
        letter("a", "Погрузка", ALENA, SIARHEI, 1, body=body),
        letter("b", "НА: Погрузка", SIARHEI, ALENA, 2, quoted=body),
        letter("c", "Re: Погрузка", ALENA, SIARHEI, 3),
    ]
    placed = {each.id: each for each in thread(letters)}
    assert (placed["b"].parent, placed["b"].reason) == ("a", "same subject, quotes it, shares people")
    assert (placed["c"].parent, placed["c"].reason) == ("b", "same subject with a reply's prefix, shares people")


def test_a_subject_alone_joins_nothing() -> None:
    letters = [
        letter("a", "Отчёт", ALENA, SIARHEI, 1),
        letter("b", "Отчёт", DARIA, "else@example.org", 2),
        letter("c", "Re: Отчёт", "other@example.org", "more@example.org", 3),
    ]
    assert len({each.thread for each in thread(letters)}) == 3


def test_a_weekly_report_of_the_same_people_is_no_thread() -> None:
    letters = [letter(str(day), "Отчёт", ALENA, SIARHEI, day) for day in (1, 8, 15)]
    assert len({each.thread for each in thread(letters)}) == 3


def test_loops_of_references_end() -> None:
    letters = [
        letter("a", "x", ALENA, SIARHEI, 1, id="<1@x>", answers="<2@x>"),
        letter("b", "y", SIARHEI, ALENA, 2, id="<2@x>", answers="<1@x>"),
    ]
    assert len({each.thread for each in thread(letters)}) == 1


def test_the_order_of_the_input_does_not_matter() -> None:
    letters = [
        letter(
            str(n),
            f"Re: Тема {n % 3}",
            (ALENA, SIARHEI)[n % 2],
            (SIARHEI, ALENA)[n % 2],
            n + 1,
            id=f"<{n}@x>",
            answers=f"<{n - 3}@x>" if n % 4 else "",
        )
        for n in range(20)
    ]
    expected = thread(letters)
    for seed in range(5):
        shuffled = letters[:]
        random.Random(seed).shuffle(shuffled)
        assert thread(shuffled) == expected
    assert sum(len(ids) for ids in by_thread(expected).values()) == len(letters)
