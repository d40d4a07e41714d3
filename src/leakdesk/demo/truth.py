"""What is true in the leak itself: letters and copies, people and spellings, what a ledger must count.

Only tests read this. Nothing here is typed twice: counts and places come from the parcel as it was packed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from leakdesk.demo.gold import Gold
from leakdesk.demo.mail import WATERMARK, changed_date
from leakdesk.demo.papers import Paper, Papers
from leakdesk.demo.parcel import Item, Packer, Parcel, walk
from leakdesk.demo.screenshot import SHOWN_LETTER, shown_text
from leakdesk.demo.sources import Table, source_table
from leakdesk.demo.story import Letter
from leakdesk.demo.wording import Use

Record = dict[str, Any]
_DKIM = {
    "dkim": ("verifies", []),
    "dkim-later-date": ("verifies", ["date"]),
    "dkim-body-changed": ("body_differs", []),
    "dkim-no-key": ("no_key", []),
}
_PRIVATE_LETTERS = frozenset({"travel-5"})  # a mother writes about her daughter
_PRIVATE_THREADS = frozenset({"family"})


class LeakTruth:
    """The truth about one parcel."""

    def __init__(self, packer: Packer, parcel: Parcel, papers: Papers) -> None:
        self._packer, self._story, self._papers = packer, packer.story, papers
        self._items = walk(parcel.tree)

    def record(self, gold: Gold, draft: str) -> Record:
        """Everything, ready for JSON."""
        return {
            "custodians": {"a": self._address("eng"), "b": self._address("coop")},
            "messages": [self._message(letter) for letter in self._held()],
            "ledger": self._ledger(),
            "entities": self._entities(),
            "claims": self._claims(gold),
            "quotations": self._quotations(draft),
            "dkim": self._dkim(),
            "wordings": self._wordings(),
            "watermark": self._watermark(),
            "tracking_pixels": [self._id(letter) for letter in self._held() if "pixel" in letter.tricks],
            "screenshot": self._screenshot(),
            "passwords": {paper.name: paper.password for paper in self._all_papers() if paper.password},
        }

    # ---- letters ---------------------------------------------------------------------------------------------------

    def _address(self, key: str) -> str:
        return self._story.contact(key, "en").address

    def _id(self, letter: Letter) -> str:
        return self._packer.post.message_id(letter)

    def _held(self) -> list[Letter]:
        """Every letter somebody holds, the one that exists only as an attachment included."""
        inside = {item.letter for _place, item in self._items if item.letter}
        return [letter for letter in self._story.letters.values() if letter.key in inside]

    def _message(self, letter: Letter) -> Record:
        places = [list(place) for place, item in self._items if item.letter == letter.key]
        digests = {item.digest for _place, item in self._items if item.letter == letter.key}
        shown = changed_date(letter) if "dkim-later-date" in letter.tricks else letter.moment
        return {
            "key": letter.key, "message_id": self._id(letter), "custodians": sorted(set(letter.hold) & {"a", "b"}),
            "places": places, "copies": len(places), "distinct_bytes": len(digests),
            "date": _utc_free(shown), "sent": _utc_free(letter.moment), "language": letter.language,
            "charset": letter.charset, "encoding": letter.encoding, "subject": letter.subject,
            "from": letter.sender.address, "to": [contact.address for contact in letter.to],
            "cc": [contact.address for contact in letter.cc], "bcc": [contact.address for contact in letter.bcc],
            "story": letter.thread, "thread": self._root(letter), "in_reply_to": self._link(letter.reply),
            "forward_of": self._link(letter.forward), "attachments": list(letter.attach), "own_text": letter.own,
            "signature": letter.signature, "quoted_text": letter.body.replace(letter.own, "", 1).strip("\n"),
            "private": _is_private(letter), "tricks": list(letter.tricks), "html": letter.html,
        }  # fmt: skip

    def _link(self, key: str) -> str | None:
        return self._id(self._story.letters[key]) if key else None

    def _root(self, letter: Letter) -> str:
        """The first letter of the chain of answers; a forward starts a new one."""
        while letter.reply:
            letter = self._story.letters[letter.reply]
        return self._id(letter)

    # ---- ledger ----------------------------------------------------------------------------------------------------

    def _ledger(self) -> Record:
        """Counts when every optional part is installed and no password is given."""
        documents = {item.digest for _place, item in self._items if not _is_container(item)}
        files = [item for _place, item in self._items if not _is_container(item)]
        return {
            "totals": _counts(item for _place, item in self._items),
            "distinct_documents": len(documents),
            "repeated_places": len(files) - len(documents),
            "containers": [
                {
                    "location": list(place),
                    "media_type": item.media_type,
                    **_counts(found for _p, found in walk(item)[1:]),
                }
                for place, item in self._items
                if item.members
            ],
            "not_read": [_item_record(place, item) for place, item in self._items if item.state != "read"],
            "needs": [_item_record(place, item) for place, item in self._items if item.reason.startswith("needs")],
            "open_question": "the damaged archive lost its list; a reader that salvages its whole members finds more",
        }

    # ---- people and things -------------------------------------------------------------------------------------------

    def _entities(self) -> list[Record]:
        cast, found = self._story.wording.cast, self._spellings()
        records: list[Record] = []
        for slot, row in source_table("people.toml").items():
            caption = cast.form(slot, "en", "gs" if slot in cast.people else "")
            spellings = [{"text": text, "letters": sorted(keys)} for text, keys in sorted(found.get(slot, {}).items())]
            records.append({"id": slot, "caption": caption, **row, "spellings": spellings})
        return records

    def _spellings(self) -> dict[str, dict[str, set[str]]]:
        """Slot -> spelling -> letters and papers in whose text it stands."""
        found: dict[str, dict[str, set[str]]] = {}
        for letter in self._held():
            names = " ".join(contact.name for contact in letter.everybody())
            _collect(found, letter.uses, letter.key, f"{names}\n{letter.subject}\n{letter.body}")
        for paper in self._all_papers():
            _collect(found, paper.uses, paper.key, paper.text)
        return found

    def _all_papers(self) -> list[Paper]:
        used = {item.paper for _place, item in self._items if item.paper}
        return [self._papers.paper(key) for key in self._papers.names() if key in used]

    # ---- what the letters say about claims and quotations --------------------------------------------------------------

    def _claims(self, gold: Gold) -> list[Record]:
        rows = [(claim, row) for letter in "AB" for claim, row in gold.claim_rows(letter)]
        return [
            {
                "claim": claim, "verdict": row["leak"], "accept": row.get("leak_accept", []),
                "note": row.get("leak_note", ""), "passages": [self._passage(*spot) for spot in row.get("passages", [])],
            }
            for claim, row in rows
        ]  # fmt: skip

    def _passage(self, key: str, words: str) -> Record:
        """Exact words of a letter or a paper; the build stops when they are not there."""
        if key in self._story.letters:
            letter = self._story.letters[key]
            place, text, source = {"message_id": self._id(letter)}, letter.own, letter.language
        else:
            paper = self._papers.paper(key)
            place, text, source = {"attachment": paper.name}, paper.text, paper.language
        exact = self._story.wording.fill(words, source)
        letter_like = exact.translate(_TYPED) if exact not in text else exact
        if letter_like not in text:
            raise ValueError(f"{key}: {exact!r} not found")
        return {**place, "key": key, "exact": letter_like}

    def _quotations(self, draft: str) -> list[Record]:
        return [self._quotation(draft, row) for row in source_table("draft_truth.toml")["quotation"]]

    def _quotation(self, draft: str, row: Table) -> Record:
        text = self._story.wording.fill(str(row["text"]), "en")
        start = draft.index(text)
        record: Record = {"start": start, "end": start + len(text), "text": text, "verdict": row["verdict"]}
        record["difference"] = row.get("difference", "")
        return record | ({"passage": self._passage(*row["passage"])} if "passage" in row else {})

    # ---- tricks ------------------------------------------------------------------------------------------------------

    def _dkim(self) -> list[Record]:
        return [
            {
                "message_id": self._id(letter), "state": state, "domain": letter.sender.domain, "not_covered": missing,
                "date_changed": "dkim-later-date" in letter.tricks,
            }
            for letter in self._held()
            for trick, (state, missing) in _DKIM.items()
            if trick in letter.tricks
        ]  # fmt: skip

    def _wordings(self) -> list[Record]:
        keys = [key for key in self._story.letters if key.startswith("wording-")]
        letters = [self._story.letters[key] for key in keys]
        return [{"message_id": self._id(letter), "to": letter.to[0].address, "text": letter.own} for letter in letters]

    def _watermark(self) -> list[Record]:
        marked = [letter for letter in self._held() if "watermark" in letter.tricks]
        return [{"message_id": self._id(letter), "bits": WATERMARK} for letter in marked]

    def _screenshot(self) -> Record:
        letter = self._story.letters[SHOWN_LETTER]
        shown, cropped = shown_text(letter)
        return {"message_id": self._id(letter), "shows": shown, "cropped": cropped}


# Quotation marks and signs as the old keyboard of a KOI8-R letter writes them.
_TYPED = str.maketrans({"«": '"', "»": '"', "№": "N", "—": "-", "–": "-"})


def _is_private(letter: Letter) -> bool:
    return letter.thread in _PRIVATE_THREADS or letter.key in _PRIVATE_LETTERS


def _is_container(item: Item) -> bool:
    return bool(item.members) and item.media_type != "message/rfc822"


def _counts(items: Iterable[Item]) -> Mapping[str, int]:
    states = Counter(item.state for item in items)
    return {
        "found": sum(states.values()),
        "read": states["read"],
        "partial": states["partial"],
        "failed": states["failed"],
    }


def _item_record(place: Sequence[str], item: Item) -> Record:
    return {"location": list(place), "media_type": item.media_type, "state": item.state, "kind": item.reason}


def _collect(found: dict[str, dict[str, set[str]]], uses: Sequence[Use], key: str, text: str) -> None:
    for use in uses:
        if use.text in text:
            found.setdefault(use.slot, {}).setdefault(use.text, set()).add(key)


def _utc_free(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
