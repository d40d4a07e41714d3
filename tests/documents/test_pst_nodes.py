"""Our own reader of a store's nodes: agrees with libpff where both read, and never raises what is not caught."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from leakdesk.documents import outlook
from leakdesk.documents.pst_nodes import Nodes
from tests.documents.old_stores import as_new, as_old
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


_OLD, _NEW = "the format of Outlook 97 to 2002", "the format of Outlook 2013 and later, with pages of 4,096 bytes"


@pytest.mark.parametrize(("rewritten", "said"), [(as_old, _OLD), (as_new, _NEW)])
def test_stores_of_other_years_give_the_same_items(
    tmp_path: Path, rewritten: Callable[[bytes], bytes], said: str
) -> None:
    """By libpff, by lspst where it is there, and by our own reader for what is inside attached messages."""
    other = tmp_path / "other.pst"
    other.write_bytes(rewritten(_store().read_bytes()))
    assert outlook.generation(other) == said
    wanted, found = list(outlook.iter_store(_store())), list(outlook.iter_store(other))
    assert len(found) > 50
    assert [(item.folder, item.number, item.data, item.missing) for item in found] == [
        (item.folder, item.number, item.data, item.missing) for item in wanted
    ]
    assert outlook.second_count(other) == outlook.second_count(_store())


def test_items_of_folders_that_libpff_does_not_reach_are_found_in_the_stores_own_tree(tmp_path: Path) -> None:
    small = shared_path("real/mail/outlook/aspose/Outlook__PersonalStorageFile1.pst")
    place = tmp_path / "packed.ost"
    place.write_bytes(as_new(small.read_bytes(), packed=True))
    found = list(outlook.iter_store(place))
    assert len(found) == len(list(outlook.iter_store(small)))
    assert all(item.data for item in found)
    assert {item.folder for item in found} == {("(in no folder that can be reached)",)}


def test_a_store_that_cannot_be_opened_names_its_format(tmp_path: Path) -> None:
    place = tmp_path / "new.ost"
    data = bytearray(_store().read_bytes())
    data[10] = 36
    place.write_bytes(data)
    with pytest.raises(outlook.NotAStore, match="Outlook 2013 and later"):
        assert not [item for item in outlook.iter_store(place) if item.data]


def test_a_store_that_libpff_cannot_open_gives_the_items_of_its_own_tree(tmp_path: Path) -> None:
    place = tmp_path / "damaged.pst"
    data = bytearray(_store().read_bytes())
    data[8:10] = b"\0\0"  # what says that this is a store for Outlook
    place.write_bytes(data)
    found: list[outlook.StoreItem] = []
    with pytest.raises(outlook.NotAStore):
        found.extend(outlook.iter_store(place))  # extend keeps what came before the error
    assert sum(item.data is not None for item in found) > 50


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
