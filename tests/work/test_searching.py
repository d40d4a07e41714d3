"""Searching a case: fields that the tables answer, facets of the case, saved searches, notes and tags, what duplicates do."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from leakdesk.cli.app import run
from leakdesk.desk import Desk
from leakdesk.errors import NotFound, UsageError
from leakdesk.search.tree import QueryError
from leakdesk.store.case import CaseStore
from leakdesk.store.tables import custody, entities, mentions
from tests.work.parcels import add_to, letter, mbox, new_case

PEOPLE = (
    ("e1", "Person", "Aleh Harbachou", ("Олег Горбачёв", "Алегам Гарбачовым")),
    ("e2", "Person", "Анна Сидорова", ()),
    ("p1", "Address", "Брест", ("Брэст", "Brest")),
)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve letters in a mailbox; three entities, e3 merged into e1."""
    folder = tmp_path_factory.mktemp("searching")
    home = folder / "box.mbox"
    home.write_bytes(mbox([letter(n, text=f"Печь номер {n}. " + ("Склад. " if n % 2 else "")) for n in range(12)]))
    made = new_case(folder / "case")
    add_to(made, home)
    with CaseStore.open(made, write=True) as store, store.writing() as writer:
        ids = _letters(made)
        for own, schema, caption, names in PEOPLE:
            writer.insert(entities, [_entity(own, schema, caption, names)])
        writer.insert(entities, [{**_entity("e3", "Person", "Горбачёв", ()), "redirect": "e1", "shown": 0}])
        for at, document in enumerate(ids):
            for own in ("e1", "p1") if at < 5 else ("e2",) if at < 7 else ():
                writer.insert(mentions, [_mention(document, f"{own}-{at}", own)])
    return made


def _entity(own: str, schema: str, caption: str, names: tuple[str, ...]) -> dict[str, object]:
    listed = json.dumps([{"text": each, "count": 1, "language": "ru"} for each in names], ensure_ascii=False)
    return {"id": own, "schema": schema, "caption": caption, "names": listed, "countries": "[]", "shown": 1,
            "redirect": None, "suggestions": "[]", "data": None}  # fmt: skip


def _mention(document: str, own: str, entity: str) -> dict[str, object]:
    return {"document": document, "id": own, "layer": "t", "start": 0, "end": 1, "text": "x", "type": "person",
            "normal": "x", "rules": "[]", "confidence": "likely", "entity": entity}  # fmt: skip


def _letters(case: Path) -> list[str]:
    with Desk.open(case) as desk:
        return sorted(one["id"] for one in desk.documents.list("message"))


@pytest.fixture
def desk(case: Path) -> Iterator[Desk]:
    with Desk.open(case, write=True) as opened:
        yield opened


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("entity:e1", 5),
        ("entity:e3", 5),  # merged: it leads to what it became
        ('entity:"Aleh Harbachou"', 5),
        ('entity:"Олег Горбачёв"', 5),
        ("entity:Gorbachev", 5),
        ("entity:Горбачёвым", 5),
        ("entity:Брест", 5),
        ("place:Brest", 5),
        ("place:Бресте", 5),
        ("place:Gorbachev", 0),
        ("entity:(Gorbachev OR Сидорова)", 7),
        ("печь -entity:Gorbachev", 7),
        ("entity:Gorbatov", 0),
        ("entity:Sidorov", 2),  # whoever looks for a surname looks for the family
    ],
)
def test_entities_are_found_by_id_and_by_name_in_any_spelling(desk: Desk, query: str, count: int) -> None:
    assert desk.search(query).total == count


def test_a_name_nobody_has_is_said(desk: Desk) -> None:
    assert "names CASE" in desk.search("entity:Nobody").notes[0]


def test_facets_of_the_case_are_true_counts(desk: Desk) -> None:
    found = desk.search("печь", limit=1, facets=("entity", "place", "day", "container")).facets
    assert [(each.value, each.label, each.count) for each in found["entity"]] == [
        ("e1", "Aleh Harbachou", 5),
        ("e2", "Анна Сидорова", 2),
    ]
    assert [(each.value, each.count) for each in found["place"]] == [("p1", 5)]
    assert [(each.value, each.count) for each in found["day"]] == [("2023-04-03", 12)]
    assert [(each.value, each.count) for each in found["container"]] == [("box.mbox", 12)]
    narrowed = desk.search("склад entity:e1", facets=("entity",))
    assert {each.value: each.count for each in narrowed.facets["entity"]} == {"e1": narrowed.total}


def test_counts_of_every_facet_are_what_narrowing_finds(desk: Desk) -> None:
    fields = {"entity": "entity", "place": "place", "language": "lang", "kind": "kind", "sender": "sender", "year": "date",
              "month": "date", "day": "date", "container": "in"}  # fmt: skip
    found = desk.search("", facets=fields).facets
    for name, field in fields.items():
        assert found[name], name
        for each in found[name]:
            assert desk.search(f'{field}:"{each.value}"').total == each.count, (name, each.value)


def test_tags_and_notes_are_fields_and_lines_of_the_custody_log(case: Path, desk: Desk) -> None:
    one, two, *_ = _letters(case)
    made = desk.notes.tag(one, "Relevant")
    assert desk.notes.tag(one, "relevant") == made  # once is enough
    desk.notes.tag(two, "money  trail")
    noted = desk.notes.add(one, "Спросить о печи", (0, 5))
    assert noted["anchor"]["exact"] == desk.documents.text(one)[:5]
    assert [hit.document for hit in desk.search("tag:relevant")] == [one]
    assert [hit.document for hit in desk.search('tag:"Money Trail"')] == [two]
    assert [hit.document for hit in desk.search("note:печи")] == [one]
    assert desk.search("has:tag").total == 2
    assert desk.search("has:note").total == 1
    assert {each.value: each.count for each in desk.search("", facets=("tag",)).facets["tag"]} == {
        "Relevant": 1,
        "money trail": 1,
    }
    assert desk.search("печь -tag:relevant").total == 11
    desk.notes.untag(one, "RELEVANT")
    desk.notes.withdraw(noted["number"], one)
    assert desk.search("tag:relevant OR has:note").total == 0
    with desk.store.connect() as connection:
        lines = connection.execute(select(custody).where(custody.c.verb.in_(["noted", "tagged"]))).all()
    assert [(line.verb, line.object_id, line.note) for line in lines] == [
        ("tagged", one, ""),
        ("tagged", two, ""),
        ("noted", one, ""),
        ("tagged", one, "withdrawn"),
        ("noted", one, "withdrawn"),
    ]


@pytest.mark.parametrize("value", ["", " ", "x" * 61, 'a"b', "a\x07b"])
def test_what_is_no_tag_is_refused(case: Path, desk: Desk, value: str) -> None:
    with pytest.raises(UsageError):
        desk.notes.tag(_letters(case)[0], value)


def test_notes_on_what_is_not_there_are_refused(case: Path, desk: Desk) -> None:
    for change in (
        lambda: desk.notes.add("nothing", "x"),
        lambda: desk.notes.tag("nothing", "x"),
        lambda: desk.notes.untag(_letters(case)[0], "never"),
        lambda: desk.notes.withdraw(999),
    ):
        with pytest.raises(NotFound):
            change()
    with pytest.raises(UsageError):
        desk.notes.add(_letters(case)[0], "x", (5, 10**8))


def test_a_saved_search_says_what_is_new(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    for number in (1, 2):
        (tmp_path / f"{number}.eml").write_bytes(letter(number, text="Печь готова."))
    add_to(case, tmp_path / "1.eml")
    with Desk.open(case, write=True) as desk:
        assert desk.saved.save("печи", "печью")["total"] == 1
    add_to(case, tmp_path / "2.eml")
    with Desk.open(case, write=True) as desk:
        assert [(one["name"], one["total"], one["new"]) for one in desk.saved.list()] == [("печи", 2, 1)]
        assert desk.search("saved:печи new:печи").total == 1
        assert desk.search("saved:ПЕЧИ").total == 2
        desk.saved.look("печи")
        assert [one["new"] for one in desk.saved.list()] == [0]
        desk.saved.save("Печи", "печь OR склад", "exact")  # in place of the earlier one
        assert [(one["query"], one["spelling"]) for one in desk.saved.list()] == [("печь OR склад", "exact")]
        assert desk.search("saved:печи").total == 2
        desk.saved.save("a", "saved:b")
        desk.saved.save("b", "saved:a")
        with pytest.raises(QueryError, match="circle"):
            desk.search("saved:a")
        assert "circle" in next(one for one in desk.saved.list() if one["name"] == "a")["error"]
        desk.saved.forget("печи")
        with pytest.raises(QueryError, match="leakdesk saved"):
            desk.search("new:печи")
        with pytest.raises(QueryError):
            desk.saved.save("c", "(open")


def test_more_like_this(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    texts = ("Муфта трансмиссии сломалась на стенде.", "Новая муфта трансмиссии придёт.", "Отпуск летом в горах.")
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
    add_to(case, *sorted(tmp_path.glob("*.txt")))
    with Desk.open(case) as desk:
        ids = {one["locations"][0][-1]: one["id"] for one in desk.documents.list()}
        hits = list(desk.search(f"like:{ids['0.txt']}"))
        assert [hit.document for hit in hits] == [ids["1.txt"]]
        assert {match.rule for match in hits[0].matches} == {"shared word"}
        assert {match.text for match in hits[0].matches} == {"муфта", "трансмиссии"}
        with pytest.raises(QueryError, match="no document"):
            desk.search("like:nothing")


def test_orders_keep_every_hit(desk: Desk) -> None:
    for sort in ("relevance", "recent", "newest", "oldest", "thread"):
        pages = [hit.document for at in range(0, 12, 5) for hit in desk.search("печь", sort=sort, limit=5, offset=at)]
        assert len(pages) == len(set(pages)) == 12, sort


def _run(capfd: pytest.CaptureFixture[str], *words: object) -> tuple[int, str]:
    code = run([str(word) for word in words])
    return code, capfd.readouterr().out


def test_all_hits_can_be_taken_along(case: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, out = _run(capfd, "search", case, "печь", "--format", "csv", "--kind", "message")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert (code, len(rows)) == (0, 12)
    assert all(row["text"].casefold() == "печь" for row in rows)
    code, out = _run(capfd, "search", case, "печь entity:e1", "--format", "lines")
    assert [json.loads(line)["matches"][0]["text"] for line in out.splitlines()] == ["Печь"] * 5
    code, out = _run(capfd, "search", case, "печь", "--format", "lines", "--limit", "3")
    assert len(out.splitlines()) == 3


def test_the_verbs_print_what_they_did(case: Path, capfd: pytest.CaptureFixture[str]) -> None:
    own = _letters(case)[3]
    code, out = _run(capfd, "note", case, own, "О складе", "--json")
    note = json.loads(out)
    assert (code, note["document"], note["kind"], note["value"]) == (0, own, "note", "О складе")
    assert json.loads(_run(capfd, "tag", case, own, "privileged", "--json")[1])["value"] == "privileged"
    assert len(_run(capfd, "tag", case, own, "a", "b", "--json")[1].splitlines()) == 2
    assert [json.loads(line)["value"] for line in _run(capfd, "tag", case, own, "--json")[1].splitlines()] == [
        "privileged",
        "a",
        "b",
    ]
    assert "О складе" in _run(capfd, "note", case)[1]
    assert json.loads(_run(capfd, "note", case, own, "--remove", note["number"], "--json")[1])["withdrawn"]
    assert _run(capfd, "tag", case, own, "a", "--remove")[0] == 0
    assert _run(capfd, "tag", case, own, "a", "--remove")[0] == 2
    assert _run(capfd, "search", case, "склад", "--save", "store")[0] == 0
    assert json.loads(_run(capfd, "saved", case, "--json")[1])["new"] == 0
    looked = json.loads(_run(capfd, "saved", case, "store", "--json")[1])
    assert (looked["saved"]["name"], looked["total"]) == ("store", 6)
    assert _run(capfd, "saved", case, "store", "--forget")[0] == 0
    assert _run(capfd, "saved", case, "store")[0] == 2


def test_a_duplicate_at_a_second_place_is_found_in_both_containers(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    (tmp_path / "first.mbox").write_bytes(mbox([letter(1, text="Печь."), letter(2, text="Печь.")]))
    (tmp_path / "second.mbox").write_bytes(mbox([letter(1, text="Печь.")]))
    add_to(case, tmp_path / "first.mbox", tmp_path / "second.mbox")
    add_to(case, tmp_path / "second.mbox")
    with Desk.open(case) as desk:
        assert desk.search("in:first.mbox").total == 2
        assert desk.search("in:second.mbox").total == 1
        counts = {each.value: each.count for each in desk.search("печь", facets=("container",)).facets["container"]}
        assert counts == {"first.mbox": 2, "second.mbox": 1}


def test_what_is_read_again_is_found_by_its_new_text(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    (tmp_path / "1.eml").write_bytes(letter(1, text="Печь."))
    add_to(case, tmp_path / "1.eml")
    assert run(["reread", str(case), _letters(case)[0]]) == 0
    with Desk.open(case) as desk:
        assert desk.search("печь").total == 1
        assert desk.search("").total == 1


def test_what_was_read_is_searchable_while_the_rest_is_being_added(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from leakdesk.work import indexing

    case = new_case(tmp_path / "case")
    (tmp_path / "box.mbox").write_bytes(mbox([letter(n, text="Печь.") for n in range(5)]))
    seen: list[int] = []
    whole = indexing.Indexing.finish

    def watched(self: indexing.Indexing) -> None:
        with Desk.open(case) as reader:  # another process reads while this one holds the case's lock
            seen.append(reader.search("печь").total)
        whole(self)

    monkeypatch.setattr(indexing, "_SECONDS", 0.0)
    monkeypatch.setattr(indexing.Indexing, "finish", watched)
    add_to(case, tmp_path / "box.mbox")
    assert seen[0] > 0
    with Desk.open(case) as desk:
        assert desk.search("печь").total == 5
