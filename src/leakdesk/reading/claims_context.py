"""What claims of a text are made with: its sentences, attributions and names, by place."""

from __future__ import annotations

from dataclasses import dataclass, field

from leakdesk.model.claim import Attribution, Claim
from leakdesk.model.entity import Mention
from leakdesk.reading.attribution_found import Found
from leakdesk.reading.frame import Frame
from leakdesk.reading.letters import Parties
from leakdesk.reading.nearby import Nearby
from leakdesk.reading.sentence import Sentence
from leakdesk.reading.spans import Range


@dataclass(slots=True)
class Draft:
    """A claim in the making, with the frame it came from."""

    sentence: int
    frame: Frame
    quote: Range
    claim: Claim | None = None


class Index:
    """The context by place and by sentence, so that long texts take time in proportion."""

    def __init__(self, context: Context) -> None:
        by_span = {
            ((each.content.start, each.content.end), (each.cue.start, each.cue.end) if each.cue else None): each
            for each in context.attributions
            if each.content is not None
        }
        known = [
            (each, by_span[each.content, each.cue])
            for each in context.found
            if each.content and (each.content, each.cue) in by_span
        ]
        self.attributions = Nearby((*pair[0].content, pair) for pair in known if pair[0].content is not None)
        self.made = {each.id: each for each in context.attributions}
        self.types = {each.entity: each.type for each in context.mentions if each.entity}
        self.mentions = Nearby((each.start, each.end, each) for each in context.mentions)
        self.entities = Nearby((span[0], span[1], (span, entity)) for span, entity in context.entities)
        self.found: dict[int, list[Found]] = {}
        self.pointing: dict[int, list[tuple[Found, Attribution]]] = {}
        for each in context.found:
            self.found.setdefault(each.sentence, []).append(each)
        for each, made in known:
            if each.points_at is not None:
                self.pointing.setdefault(each.points_at, []).insert(0, (each, made))


@dataclass(slots=True)
class Context:
    """What claims of a text are made with."""

    text: str
    sha256: str
    sentences: list[Sentence]
    found: list[Found]
    attributions: tuple[Attribution, ...]
    mentions: tuple[Mention, ...]
    entities: list[tuple[Range, str]]
    captions: dict[str, str]
    published: str | None = None
    document_source: str | None = None
    parties: Parties | None = None
    index: Index = field(init=False)

    def __post_init__(self) -> None:
        self.index = Index(self)
