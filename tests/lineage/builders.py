"""Small reports for tests of the lineage: texts with a few annotated names and claims."""

from __future__ import annotations

from leakdesk.lineage.texts import ReportText
from leakdesk.model.anchor import Span
from leakdesk.model.claim import Attribution, Claim, Predicate, Quantity, Quote, Reading, Slot
from leakdesk.model.comparison import SourceText
from leakdesk.model.document import Language, Role, Segment
from leakdesk.model.entity import Entity, Mention
from leakdesk.model.ids import text_sha256


def text_of(
    name: str,
    text: str,
    *,
    language: Language = "en",
    names: dict[str, str] | None = None,
    claims: tuple[str, ...] = (),
    numbers: dict[str, float] | None = None,
    deeds: dict[str, str] | None = None,
    cites: str = "",
    roles: dict[str, Role] | None = None,
    **meta: object,
) -> ReportText:
    """A report. `names`: words -> entity common to all texts; `claims`: words that are a claim each; `numbers` and `deeds`:
    claim -> its count and its predicate class; `cites`: words of the only source; `roles`: words -> role of their line."""
    mentions = tuple(
        Mention(id=f"m{n}", start=at, end=at + len(word), text=word, type="organization", normal=word, rules=("t",),
                confidence="likely", entity=f"e{n}")
        for n, word in enumerate(names or {}) if (at := text.index(word)) >= 0
    )  # fmt: skip
    entities = tuple(
        Entity(id=f"e{n}", schema="Organization", caption=word, names=(word,)) for n, word in enumerate(names or {})
    )
    attributions: tuple[Attribution, ...] = ()
    if cites:
        at = text.index(cites)
        named = next((m.entity for m in mentions if at <= m.start < at + len(cites)), None)
        attributions = (
            Attribution(id="a1", type="according_to", source=Span(start=at, end=at + len(cites), text=cites), cue=None,
                        content=None, resolved_source=named, hedged=False, parent=None, rule="t"),
        )  # fmt: skip
    reading = Reading(
        text=text, sha256=text_sha256(text), languages=(language,), segments=_segments(text, roles or {}), mentions=mentions,
        entities=entities, references=(), attributions=attributions,
        claims=tuple(_claim(n, words, text, mentions, (numbers or {}).get(words), (deeds or {}).get(words, "burn"), attributions)
                     for n, words in enumerate(claims)),
    )  # fmt: skip
    identity = {f"e{n}": common for n, common in enumerate((names or {}).values())}
    return ReportText(reading=reading, meta=SourceText(name=name, **meta), identity=identity)  # type: ignore[arg-type]


def _segments(text: str, roles: dict[str, Role]) -> tuple[Segment, ...]:
    found: list[Segment] = []
    at = 0
    for words, role in roles.items():
        start = text.index(words)
        if start > at:
            found.append(Segment(start=at, end=start, role=Role.BODY))
        found.append(Segment(start=start, end=start + len(words), role=role))
        at = start + len(words)
    if at < len(text):
        found.append(Segment(start=at, end=len(text), role=Role.BODY))
    return tuple(found)


def _claim(
    number: int,
    words: str,
    text: str,
    mentions: tuple[Mention, ...],
    count: float | None,
    deed: str,
    attributions: tuple[Attribution, ...],
) -> Claim:
    at = text.index(words)
    who = next((m for m in mentions if at <= m.start < at + len(words)), None)
    return Claim(
        id=f"c{number}", quote=Quote(exact=words, prefix="", suffix="", start=at, end=at + len(words)),
        subject=Slot(text=who.text, start=who.start, end=who.end, entity=who.entity, head=who.text) if who else None,
        predicate=Predicate(text=deed, lemma=deed, class_=deed), object=None,
        quantities=(Quantity(text=str(count), value=count, unit="barge", role="of"),) if count is not None else (),
        attributions=tuple(each.id for each in attributions),
    )  # fmt: skip
