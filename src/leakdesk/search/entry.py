"""IndexEntry: what a worker makes of one document for the index. Pure; plain values that travel between processes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from leakdesk.model.document import Kind, Language, MailAddress, MessageHead, TextLayer
from leakdesk.search.codes import MOST_CODES, codes_in, numbers_in
from leakdesk.search.mended import mended_in
from leakdesk.search.words import TermLines
from leakdesk.search.zones import zones

#: The field of words that the text shows broken (see `mended`).
MENDED = "mended"
#: Values of one keyword field longer than this are cut (an address of 10 kB is an attack).
LONGEST_KEYWORD = 512
#: At most so many people of one field are indexed (a distribution list of 100,000 is found by its first).
MOST_PEOPLE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexEntry:
    """One document for the index: terms a field (one item a run of text), exact values, codes, numbers, and its date.

    `date` is in seconds since 1970 in UTC, None where it is unknown; `month` is 202307 and the year 2023. `fresh` are the
    terms that whoever made this entry did not tell before; None: any of its terms may be new.
    """

    document: str
    texts: tuple[tuple[str, str], ...]
    keywords: tuple[tuple[str, str], ...] = ()
    codes: tuple[str, ...] = ()
    numbers: tuple[float, ...] = ()
    date: int | None = None
    month: int | None = None
    fresh: Sequence[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is known of a document beside its text: for facets and fields. `containers` are ids and names, outermost first;
    `names` are other names under which it was seen."""

    kind: Kind | str = Kind.DOCUMENT
    title: str | None = None
    languages: tuple[Language | str, ...] = ()
    attachments: tuple[str, ...] = ()
    filename: str = ""
    containers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    date_utc: str | None = None


def index_entry(
    document: str,
    layer: TextLayer | None,
    head: MessageHead | None = None,
    about: About | None = None,
    lines: TermLines | None = None,
) -> IndexEntry:
    """The index entry of a document; a document without a text layer is found by its names and values.

    Whoever makes many entries hands in the same `lines`, tells their `fresh` terms with the entry, and calls `told`."""
    known = about or About()
    text = layer.text if layer else ""
    runs = zones(len(text), layer.segments if layer else ())
    writer = lines or TermLines()
    texts = [(field, writer.line(text[start:end])) for field, start, end in runs]
    texts += [(field, writer.line(value)) for field, value in _named(head, known)]
    for run in mended_in(text):
        texts.append((MENDED, " ".join(word.term for word in run)))
        writer.fresh += [word.term for word in run]
    stamp = _stamp((head.date_utc if head else None) or known.date_utc)
    return IndexEntry(
        document=document,
        texts=tuple(pair for pair in texts if pair[1]),
        keywords=tuple(dict.fromkeys(_keywords(head, known))),
        codes=tuple(islice(dict.fromkeys(fold for _, _, folds in codes_in(text) for fold in folds), MOST_CODES)),
        numbers=tuple(
            islice(dict.fromkeys(value for _, _, values in numbers_in(text) for value in values), MOST_CODES)
        ),
        date=int(stamp.timestamp()) if stamp else None,
        month=stamp.year * 100 + stamp.month if stamp else None,
        fresh=lines.fresh if lines else None,
    )


def _named(head: MessageHead | None, about: About) -> Iterable[tuple[str, str]]:
    subject = (head.subject if head else None) or about.title
    if subject:
        yield "subject", subject
    for name in dict.fromkeys((about.filename, *about.names, *about.attachments)):
        yield "filename", name
    if head:
        for field, people in (("from", head.sender), ("to", head.to), ("cc", head.cc), ("cc", head.bcc)):
            for each in people[:MOST_PEOPLE]:
                yield field, f"{each.name} {each.address}"


def _keywords(head: MessageHead | None, about: About) -> Iterable[tuple[str, str]]:
    yield "kind", str(about.kind)
    for language in about.languages or ("und",):
        yield "lang", str(language)
    for each in head.sender if head else ():
        yield "sender", sender_label(each)
    if about.attachments:
        yield "has", "attachment"
    for container in about.containers:
        yield "container", container[:LONGEST_KEYWORD]
        yield "in", container[:LONGEST_KEYWORD].lower()
    if head and head.message_id:
        yield "mid", head.message_id[:LONGEST_KEYWORD]


def sender_label(sender: MailAddress) -> str:
    """How a sender is counted: the address in small letters, or the name where there is none."""
    return (sender.address.lower() or sender.name)[:LONGEST_KEYWORD]


def _stamp(iso: str | None) -> datetime | None:
    if not iso:
        return None
    try:
        stamp = datetime.fromisoformat(iso)
    except ValueError:
        return None
    return stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC)
