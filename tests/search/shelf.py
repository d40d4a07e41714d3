"""A small case for search tests: documents in memory, an index on disk."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from leakdesk.model.document import MailAddress, MessageHead, Role, Segment, TextLayer
from leakdesk.search.entry import About, index_entry
from leakdesk.search.index import Indexer
from leakdesk.search.results import TextForSearch
from leakdesk.search.searcher import Searcher


@dataclass
class Shelf:
    """Texts by id, indexed under `folder`."""

    folder: Path
    texts: dict[str, TextForSearch] = field(default_factory=dict)

    def put(self, **texts: str) -> Shelf:
        """Index plain texts under the given ids."""
        with Indexer(self.folder) as indexer:
            for document, text in texts.items():
                self.texts[document] = TextForSearch(document=document, text=text, title=document)
                indexer.add(index_entry(document, TextLayer(text=text, extractor="test 1")))
        return self

    def put_message(
        self,
        document: str,
        body: str,
        *,
        quoted: str = "",
        sender: str = "",
        to: str = "",
        subject: str = "",
        date: str = "",
        about: About | None = None,
    ) -> Shelf:
        """Index a message with a header block, a body and quoted mail."""
        head = MessageHead(
            subject=subject or None,
            sender=(MailAddress(name=sender, address=""),) if sender else (),
            to=(MailAddress(name=to, address=""),) if to else (),
            date_utc=date or None,
        )
        header = f"From: {sender}\nTo: {to}\nSubject: {subject}\n\n"
        text = header + body + quoted
        ends = [len(header), len(header) + len(body), len(text)]
        roles = [Role.HEADER, Role.BODY, Role.QUOTED]
        segments = tuple(
            Segment(start=start, end=end, role=role) for start, end, role in zip([0, *ends], ends, roles, strict=False)
        )
        layer = TextLayer(text=text, extractor="test 1", segments=segments)
        self.texts[document] = TextForSearch(
            document=document, text=text, title=subject, date=date, kind="message", segments=segments
        )
        with Indexer(self.folder) as indexer:
            indexer.add(index_entry(document, layer, head, about or About(kind="message")))
        return self

    def searcher(self) -> Searcher:
        """A reader of what was put."""
        return Searcher(self.folder, self.texts.__getitem__)

    def find(self, query: str, **options: object) -> set[str]:
        """The ids a query finds."""
        return {hit.document for hit in self.searcher().search(query, limit=1000, **options)}  # type: ignore[arg-type]
