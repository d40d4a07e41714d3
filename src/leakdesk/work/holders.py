"""Who could have held a letter, as accounts: for the exposure figures, and for nothing else.

Accounts live inside one call of `exposure.measure`; they are neither returned to a caller that prints, nor stored.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, select

from leakdesk.publish.exposure import Letter, account_name, accounts_of
from leakdesk.store import records
from leakdesk.store.case import LEAK
from leakdesk.store.rows import from_json
from leakdesk.store.tables import documents, items, text_layers

#: A mailbox belongs to the account that stands in this share of its messages' headers, and in at least this many.
OWNS_SHARE, OWNS_AT_LEAST = 0.8, 5
#: Beginnings of addresses that are lists: their members are unknown.
LIST_WORDS = ("list", "all", "team", "staff", "office", "info", "group", "everyone", "rassylka", "vse", "otdel")


def letters(connection: Connection) -> Iterator[Letter]:
    """Every text of the leak with the accounts that held it; an attachment is held by whoever held its message."""
    owners = mailbox_owners(connection)
    held: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
    parents = _parents(connection)
    query = (
        select(documents.c.id, documents.c.head, text_layers.c.text)
        .join(text_layers, text_layers.c.id == documents.c.layer)
        .where(documents.c.dataset == LEAK)
        .order_by(documents.c.seq)
    )
    for row in connection.execute(query.execution_options(yield_per=200)):
        boxes = owners.get(row.id, frozenset())
        accounts, lists = accounts_of(records.head_of(from_json(row.head)), mailboxes=boxes, lists=_lists(row.head))
        for parent in parents.get(row.id, ()):
            above = held.get(parent, (frozenset(), frozenset()))
            accounts, lists = accounts | above[0], lists | above[1]
        held[row.id] = (accounts, lists)
        yield Letter(text=row.text, accounts=accounts, lists=lists)


def _lists(head: str | None) -> frozenset[str]:
    plain = from_json(head) or {}
    addresses = {each["address"] for name in ("to", "cc", "bcc") for each in plain.get(name, ())}
    return frozenset(each for each in addresses if account_name(each).partition("@")[0] in LIST_WORDS)


def _parents(connection: Connection) -> Mapping[str, set[str]]:
    """Document -> the documents it was found in."""
    above = items.alias("above")
    query = select(items.c.document, above.c.document.label("parent")).join(above, above.c.id == items.c.parent)
    found: dict[str, set[str]] = defaultdict(set)
    for row in connection.execute(query.where(items.c.document.is_not(None), above.c.document.is_not(None))):
        found[row.document].add(row.parent)
    return found


def mailbox_owners(connection: Connection) -> Mapping[str, frozenset[str]]:
    """Document -> accounts whose mailbox holds a copy. The owner of a mailbox is told by its own messages."""
    query = (
        select(items.c.parent, items.c.location, items.c.document, documents.c.head)
        .join(documents, documents.c.id == items.c.document)
        .where(documents.c.kind == "message", documents.c.dataset == LEAK)
    )
    members: dict[tuple[str, str], list[str]] = defaultdict(list)
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in connection.execute(query.execution_options(yield_per=500)):
        box = _box(row.parent, from_json(row.location))
        members[box].append(row.document)
        seen[box].update(_accounts(from_json(row.head) or {}))
    owners: dict[str, set[str]] = defaultdict(set)
    for box, inside in members.items():
        for account, count in seen[box].most_common(1):
            if count >= OWNS_AT_LEAST and count >= OWNS_SHARE * len(inside):
                for document in inside:
                    owners[document].add(account)
    return {document: frozenset(found) for document, found in owners.items()}


def _box(parent: str, location: list[str]) -> tuple[str, str]:
    """A mailbox: its container, and the folder inside it for mail that lies in files."""
    return parent, location[-1].rpartition("/")[0]


def _accounts(head: Mapping[str, list[Mapping[str, str]]]) -> set[str]:
    names = ("from", "to", "cc", "bcc")
    return {account_name(each["address"]) for name in names for each in head.get(name, ()) if each["address"]}
