"""Copies of one message stay, are grouped, and their differences are listed; different messages stay apart."""

from __future__ import annotations

from leakdesk.documents.copies import Copy, compare_quote, group, similarity
from leakdesk.model.document import MailAddress, MessageHead

BODY = "Высылаю график поставок на третий квартал. Машины выйдут в понедельник утром, документы у водителя. Прошу подтвердить сроки и место."


def copy(
    name: str,
    *,
    ident: str | None = "<1@x>",
    body: str = BODY,
    to: str = "siarhei@example.org",
    at: str = "2024-06-11T06:14:00Z",
    attachments: tuple[str, ...] = (),
) -> Copy:
    head = MessageHead(
        subject="График",
        sender=(MailAddress(address="alena@example.org"),),
        to=(MailAddress(address=to),),
        date=at,
        date_utc=at,
        message_id=ident,
    )
    return Copy(id=name, head=head, body=body, attachments=attachments)


def test_two_mailboxes_hold_one_message() -> None:
    (found,) = group([copy("a"), copy("b", body=BODY.replace(". ", ".\n"))])
    assert found.members == ("a", "b")
    assert found.reason == "same Message-ID"
    assert found.differences == ()


def test_without_an_id_sender_time_and_body_decide() -> None:
    (found,) = group([copy("a", ident=None), copy("b", ident="<2@x>")])
    assert found.reason == "same sender, time and body"
    assert [difference.what for difference in found.differences] == ["message id"]


def test_the_same_id_over_another_body_is_another_message() -> None:
    assert (
        group(
            [
                copy("a"),
                copy("b", body="Совсем другие слова о другом деле, без всякой связи с прежним письмом и его сроками."),
            ]
        )
        == ()
    )


def test_an_edited_copy_is_grouped_and_its_change_is_the_news() -> None:
    (found,) = group(
        [copy("a"), copy("b", body=BODY.replace("понедельник", "вторник"), to="daria@example.org", attachments=("x",))]
    )
    assert [difference.what for difference in found.differences] == ["to", "body", "attachments"]
    assert "1 words of the first" in found.differences[1].sentence
    assert "вторник" not in found.differences[1].sentence


def test_similar_text_at_another_time_is_no_copy() -> None:
    assert group([copy("a", ident=None), copy("b", ident=None, at="2024-06-12T06:14:00Z")]) == ()


def test_groups_do_not_depend_on_order() -> None:
    copies = [copy("a"), copy("b"), copy("c", ident=None), copy("d", ident="<9@x>", at="2023-01-01T00:00:00Z")]
    assert group(copies) == group(copies[::-1])
    assert group(copies)[0].members == ("a", "b", "c")


def test_similarity_is_between_nothing_and_all() -> None:
    assert similarity("", "") == 1.0
    assert similarity("а б в", "") == 0.0
    assert similarity(BODY, BODY.upper()) == 1.0


def test_a_faithful_quotation_is_the_same() -> None:
    check = compare_quote("Машины выйдут в понедельник\nутром, документы у водителя.", BODY)
    assert check.same
    assert check.changes == ()


def test_an_altered_quotation_shows_where() -> None:
    quoted = "Машины не выйдут в понедельник утром, документы у Сергея."
    check = compare_quote(quoted, BODY)
    assert not check.same
    assert [quoted[a:b] for a, b, _, _ in check.changes] == ["не", "Сергея"]
    assert [BODY[c:d] for _, _, c, d in check.changes][1] == "водителя"


def test_a_quotation_of_something_else_is_not_the_same() -> None:
    check = compare_quote("ничего общего", "Совсем иное")
    assert (check.same, check.similarity) == (False, 0.0)
