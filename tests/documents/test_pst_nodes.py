"""Our own reader of a store's nodes: agrees with libpff where both read, and never raises what is not caught."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from leakdesk.documents import outlook
from leakdesk.documents.pst_nodes import Nodes
from tests.documents.old_stores import as_old
from tests.shared import shared_path

pytestmark = pytest.mark.real


def _store() -> Path:
    return Path(shared_path("real/mail/outlook/aspose/Outlook__Chunks__Test_part1.pst"))


def test_items_of_a_folder_stand_in_the_order_that_libpff_gives() -> None:
    import pypff

    store = pypff.file()
    store.open(str(_store()))
    nodes = Nodes.open(_store())
    assert nodes is not None
    folders = [store.root_folder.get_sub_folder(1)]
    compared = 0
    while folders:
        folder = folders.pop()
        folders += [folder.get_sub_folder(n) for n in range(folder.number_of_sub_folders)]
        items = nodes.items_of(folder.identifier)
        assert len(items) == folder.number_of_sub_messages
        for number, node in enumerate(items[:9]):
            assert folder.get_sub_message(number).identifier == node
            compared += 1
    nodes.close()
    store.close()
    assert compared > 20


def test_a_store_of_outlook_97_gives_the_same_items_as_the_one_it_was_made_from(tmp_path: Path) -> None:
    """By libpff, by lspst where it is there, and by our own reader for what is inside attached messages."""
    old = tmp_path / "old.pst"
    old.write_bytes(as_old(_store().read_bytes()))
    assert outlook.generation(old) == "the format of Outlook 97 to 2002"
    wanted, found = list(outlook.iter_store(_store())), list(outlook.iter_store(old))
    assert len(found) > 50
    assert [(item.folder, item.number, item.data, item.missing) for item in found] == [
        (item.folder, item.number, item.data, item.missing) for item in wanted
    ]
    assert outlook.second_count(old) == outlook.second_count(_store())


def test_a_store_that_cannot_be_opened_names_its_format(tmp_path: Path) -> None:
    place = tmp_path / "new.ost"
    data = bytearray(_store().read_bytes())
    data[10] = 36
    place.write_bytes(data)
    with pytest.raises(outlook.NotAStore, match="Outlook 2013 and later"):
        list(outlook.iter_store(place))


@pytest.mark.parametrize("old", [False, True])
def test_a_torn_store_raises_nothing(tmp_path: Path, old: bool) -> None:
    data = as_old(_store().read_bytes()) if old else _store().read_bytes()
    chance = random.Random(4)
    for number in range(6):
        torn = bytearray(data)
        for _ in range(400):
            torn[chance.randrange(564, len(torn))] ^= 1 << chance.randrange(8)
        path = tmp_path / f"{number}.pst"
        path.write_bytes(torn[: chance.randrange(len(torn) // 2, len(torn))] if number % 2 else torn)
        try:
            assert all(item.data is not None or item.reason for item in outlook.iter_store(path))
        except outlook.NotAStore:
            continue


def test_other_files_are_not_read_here(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"!BDN" + b"\0" * 600)
    assert Nodes.open(tmp_path / "x") is None
