"""Sentences of letters, ready to be held against a claim of a report.

A letter is cut into sentences; each becomes a Passage-to-be with the language-free terms, names' keys and numbers that stand
in it. Quoted history is left out where the message that wrote it is among the letters: a reply is no second witness.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from importlib.resources import files

from leakdesk.claims.quotes import meaning_words
from leakdesk.claims.terms import stopwords
from leakdesk.entities.organisations import word_concepts
from leakdesk.language.concepts import concept_of_word, concepts_of_phrases, lemma
from leakdesk.language.sentences import sentence_spans
from leakdesk.language.spelling import word_keys
from leakdesk.mentions.quantities import number
from leakdesk.model.claim import Quantity, Reading
from leakdesk.model.document import Language, Role, Segment
from leakdesk.model.entity import Mention
from leakdesk.reading.words import number_table

_WORD = re.compile(r"\w+(?:[-’'ʼ]\w+)*")
#: Segments of a letter that speak; `quoted` only where nobody else holds the original (see `windows`).
_SPEAKS = frozenset({Role.BODY, Role.HEADLINE, Role.STANDFIRST})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Letter:
    """A leaked document as the check sees it: its text layer, what was found in it, and who wrote to whom.

    Equal only to itself, so that its sentences are cut once and kept."""

    document: str
    text: str
    language: Language
    segments: tuple[Segment, ...] = ()
    mentions: tuple[Mention, ...] = ()
    people: tuple[str, ...] = ()
    date: str | None = None
    reading: Reading | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """One sentence of a letter: its place, the keys of its words, its numbers, and whether it denies or plans."""

    letter: Letter
    start: int
    end: int
    role: Role
    keys: frozenset[str]
    numbers: tuple[Quantity, ...]
    cues: frozenset[str]
    folded: str
    people: frozenset[str] = field(default_factory=frozenset[str])
    around: frozenset[str] = field(default_factory=frozenset[str])
    bare: frozenset[float] = field(default_factory=frozenset[float])

    @property
    def in_letter(self) -> frozenset[str]:
        """The keys of everything in the letter, its subject line included."""
        return _letter_keys(self.letter)

    @property
    def text(self) -> str:
        """The sentence itself."""
        return self.letter.text[self.start : self.end]


@lru_cache(maxsize=4_000)
def _letter_keys(letter: Letter) -> frozenset[str]:
    return keys_of(letter.text[:LONGEST], letter.language)


#: Code points of a letter that tell what it is about.
LONGEST = 20_000


def keys_of(text: str, language: Language) -> frozenset[str]:
    """All keys of a text's content words: concepts ("@repair") and every cross-spelling key of each word."""
    words = _WORD.findall(text)
    found = {f"@{concept}" for concept in concepts_of_phrases(words, language)}
    for word in words:
        found |= word_alternatives(word, language)
    return frozenset(found)


@lru_cache(maxsize=1 << 17)
def word_alternatives(word: str, language: Language) -> frozenset[str]:
    """Every key under which one word may meet another language's or spelling's word; () for a function word."""
    folded = word.casefold()
    if folded in stopwords().get(language, frozenset()):
        return frozenset()
    named = {concept_of_word(word, language, verbal=verbal) for verbal in (True, False)} - {None}
    keys = set(word_keys(word))
    if not word[:1].isupper():
        keys |= set(word_keys(lemma(word, language)))
    # Countries and kinds of bodies meet across languages too ("Russian", «российского»).
    bodies = {f"%{concept}" for concept in word_concepts(folded)}
    return frozenset(keys | {f"@{concept}" for concept in named} | bodies)


def windows(letters: Iterable[Letter]) -> list[Window]:
    """Every sentence of some letters, each once: a quoted one only where no letter has it as its own words, and one that
    stands in several copies only in the first."""
    cut = [window for letter in letters for window in _cut(letter)]
    own = {window.folded for window in cut if window.role != Role.QUOTED}
    found: dict[str, Window] = {}
    for window in cut:
        if window.role != Role.QUOTED or window.folded not in own:
            found.setdefault(window.folded, window)
    return list(found.values())


def _folded(text: str) -> str:
    return " ".join(word.casefold() for word in _WORD.findall(text))


#: Letters whose sentences are kept: neighbouring claims of a report ask for the same ones.
KEPT = 4_000


@lru_cache(maxsize=KEPT)
def _cut(letter: Letter) -> tuple[Window, ...]:
    segments = letter.segments or (Segment(start=0, end=len(letter.text), role=Role.BODY),)
    found: list[Window] = []
    for segment in segments:
        if segment.role not in _SPEAKS and segment.role != Role.QUOTED:
            continue
        language = segment.language if segment.language != "und" else letter.language
        for start, end in clauses(letter.text[segment.start : segment.end]):
            window = _window(letter, segment, segment.start + start, segment.start + end, language)
            if window:
                found.append(window)
    return tuple(_with_neighbours(found))


#: Where a sentence turns: what is denied before it is not denied after it.
_TURN = re.compile(r";\s|[,–—]\s(?=(?:но|однако|але|однак|проте|аднак|but|yet|however)\b)", re.IGNORECASE)


def clauses(text: str) -> Iterator[tuple[int, int]]:
    """Sentences, cut where they turn round ("..., but ...")."""
    for start, end in sentence_spans(text):
        at = start
        for turn in _TURN.finditer(text, start, end):
            yield at, turn.end()
            at = turn.end()
        yield at, end


def _window(letter: Letter, segment: Segment, start: int, end: int, language: Language) -> Window | None:
    text = letter.text[start:end]
    stripped = text.strip()
    if not stripped:
        return None
    start += len(text) - len(text.lstrip())
    end = start + len(stripped)
    return Window(
        letter=letter,
        start=start,
        end=end,
        role=segment.role,
        keys=keys_of(stripped, language),
        numbers=numbers_in(letter, start, end, language),
        cues=cues_of(stripped, language),
        folded=_folded(stripped),
        people=_people_keys(letter.people),
        bare=bare_numbers(letter, start, end),
    )


#: Parts of an address that name nobody.
_NO_NAMES = frozenset(
    {
        "com",
        "org",
        "net",
        "gov",
        "edu",
        "info",
        "biz",
        "example",
        "test",
        "invalid",
        "www",
        "mail",
        "email",
        "gmail",
        "post",
    }
    | {"yandex", "rambler", "yahoo", "hotmail", "outlook", "proton", "icloud", "inbox", "list"}
)


def participants(addresses: Iterable[tuple[str | None, str | None]]) -> tuple[str, ...]:
    """Who takes part in a letter, from its (name, address) pairs: the names, and the telling parts of the addresses, since a
    house often stands in its letters by its domain alone."""
    found: list[str] = []
    for name, address in addresses:
        if name:
            found.append(name)
        parts = [
            part for part in re.split(r"[^\w]+", (address or "").casefold()) if len(part) > 3 and part not in _NO_NAMES
        ]
        if parts:
            found.append(" ".join(parts))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=1 << 14)
def _people_keys(people: tuple[str, ...]) -> frozenset[str]:
    return frozenset(key for name in people for word in _WORD.findall(name) for key in word_alternatives(word, "und"))


def _with_neighbours(cut: list[Window]) -> list[Window]:
    """Give each sentence the keys of the sentence before and after it: subjects and objects are often named there."""
    found: list[Window] = []
    for index, window in enumerate(cut):
        near = frozenset[str]().union(*(cut[i].keys for i in (index - 1, index + 1) if 0 <= i < len(cut)))
        found.append(replace(window, cues=window.cues | _denied_next(cut, index), around=near))
    return found


def _denied_next(cut: list[Window], index: int) -> frozenset[str]:
    """Whether the next sentence takes this one back: it is short, points back and negates ("This did not happen.")."""
    if index + 1 >= len(cut):
        return frozenset()
    following = cut[index + 1]
    words = [word.casefold() for word in _WORD.findall(following.text)]
    short = len(words) <= 6 and "negation" in following.cues
    back = short and meaning_words(words[:2], following.letter.language, ("takes_back",))
    return frozenset({"denied next"}) if back else frozenset()


def cues_of(text: str, language: Language) -> frozenset[str]:
    """Which meaning-bearing classes stand in a sentence: negation, lack, plan, condition, limit."""
    words = [word.casefold() for word in _WORD.findall(text)]
    classes = ("negation", "lack", "not_there", "plan", "condition", "limit")
    return frozenset(each for each in classes if meaning_words(words, language, (each,)))


def numbers_in(letter: Letter, start: int, end: int, language: Language) -> tuple[Quantity, ...]:
    """The numbers of a sentence: from the claims read there (they know the role), else from the mentions."""
    from_claims = [
        quantity
        for claim in (letter.reading.claims if letter.reading else ())
        if claim.quote.start < end and start < claim.quote.end
        for quantity in claim.quantities
    ]
    known = {(quantity.value, quantity.unit) for quantity in from_claims}
    from_mentions = [
        quantity
        for mention in letter.mentions
        if start <= mention.start < end and (quantity := quantity_of(mention, letter.text, language))
        if (quantity.value, quantity.unit) not in known
    ]
    return (*from_claims, *from_mentions)


def bare_numbers(letter: Letter, start: int, end: int) -> frozenset[float]:
    """Every number of a sentence, in figures or words, whatever it counts; parts of dates, designations and addresses are
    none."""
    taken = [(m.start, m.end) for m in letter.mentions if m.type in _NO_NUMBERS and m.start < end and start < m.end]
    text = letter.text
    found: set[float] = set()
    for match in _FIGURES.finditer(text, start, end):
        if any(a <= match.start() < b for a, b in taken) or _is_label(text, start, match):
            continue
        if (value := number(match[0])) is not None:
            scale = re.match(r"[\s\u00a0]*(\w+)", text[match.end() : match.end() + 12])
            found.add(value * number_table("scale").get(scale[1].casefold() if scale else "", 1.0))
    for match in _WORD.finditer(text, start, end):
        if (value := number_word(match[0])) is not None:
            found.add(value)
    return frozenset(found)


_NO_NUMBERS = frozenset({"date", "equipment", "identifier", "phone", "email", "url"})
_FIGURES = re.compile(
    r"(?<![\w.,:-])\d{1,3}(?:[ \u00a0\u202f,.']\d{3})+(?:[.,]\d{1,2})?(?!\w)|(?<![\w.,:-])\d+(?:[.,]\d+)?(?!\w)"
)


def _is_label(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a number only tells things apart: "point 4", "№ 4", or "4." at the beginning of a line."""
    before = text[max(start, match.start() - 24) : match.start()].casefold()
    if re.match(r"[.)]\s", text[match.end() : match.end() + 2]) and not before.rpartition("\n")[2].strip():
        return True
    word = re.search(r"([\w]+)[.\s\u00a0]*$", before)
    return before.rstrip().endswith(("№", "#")) or bool(word and word[1] in _labels())


@cache
def _labels() -> frozenset[str]:
    table = tomllib.loads(files("leakdesk.claims").joinpath("number_words.toml").read_text("utf-8"))
    return frozenset(table["labels"]["before"])


@lru_cache(maxsize=1 << 14)
def number_word(word: str) -> float | None:
    """The value of a number written as a word in any case form; None for other words."""
    folded = word.casefold().replace("ё", "е").replace("’", "'").replace("ʼ", "'")
    return next((value for pattern, value in _number_words() if pattern.fullmatch(folded)), None)


@cache
def _number_words() -> tuple[tuple[re.Pattern[str], float], ...]:
    table = tomllib.loads(files("leakdesk.claims").joinpath("number_words.toml").read_text("utf-8"))["values"]
    return tuple((re.compile(pattern), float(value)) for pattern, value in table.items())


def quantity_of(mention: Mention, text: str, language: Language) -> Quantity | None:
    """A money, percent or quantity mention as a number with unit and role; None for other mentions."""
    if mention.type not in ("money", "percent", "quantity"):
        return None
    value, _, unit = mention.normal.partition(" ")
    try:
        number = float(value)
    except ValueError:
        return None
    unit = "percent" if mention.type == "percent" else unit
    return Quantity(text=mention.text, value=number, unit=unit, role=role_before(text, mention.start, language))


def role_before(text: str, at: int, language: Language) -> str:
    """The role that the words in front of a number give it ("by", "to", "up_to", ...), or ""."""
    before = text[max(0, at - 40) : at].casefold().rstrip()
    for role, pattern in _role_patterns(language):
        if pattern.search(before):
            return role
    return ""


@cache
def _role_patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = tomllib.loads(files("leakdesk.claims").joinpath("number_words.toml").read_text("utf-8"))
    return tuple(
        (role, re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + ")$"))
        for role, words in table.get(language, {}).items()
    )


def names_keys(names: Sequence[str], language: Language = "und") -> list[frozenset[str]]:
    """For each name, one alternative-set per content word is too strict for short forms; the rarest word decides: the
    keys of every word of the name, longest word first."""
    found: list[frozenset[str]] = []
    for name in names:
        for word in sorted(_WORD.findall(name), key=len, reverse=True):
            if len(word) >= 3 and (keys := frozenset(word_keys(word, name=True))):
                found.append(keys)
    return found
