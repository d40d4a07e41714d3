"""Names of a case against one version of a list: verdict, score, and every sentence that led there.

Candidates come by sound (`keys`); `entities.match` compares the names; dates of birth, numbers and countries then confirm or
refuse. A contradicted date of birth or number is a refusal, whatever the names say. What the list itself calls weak, and
what differs in a letter, is never more than possible unless something besides the name agrees. A surname alone finds
nobody: such names are counted, not compared. Nothing here ever says that somebody is clean: only that a list of a day
holds no match.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from leakdesk.entities import compare_people, organisations, people
from leakdesk.entities.match import compare, verdict_of
from leakdesk.entities.name_parts import Level
from leakdesk.model.entity import NameKind, Verdict
from leakdesk.screening.entry import Entry
from leakdesk.screening.keys import LONG_OWN, LONG_STEM, GivenFilter, asked_keys, kinds_of, own_sounds
from leakdesk.screening.near import near_keys
from leakdesk.screening.ownership import Part, owned_by_listed
from leakdesk.screening.particulars import Told, compare_births, compare_numbers, number_key
from leakdesk.screening.snapshot import ListedName, Snapshot

#: Spellings of one entity that are compared, its caption first.
MOST_SPELLINGS = 10
#: Score of a hit by its number alone, and the most that names without any other particular can reach.
BY_NUMBER, BY_NAME_ALONE = 0.9, 0.93
CONFIRMED = 0.99
#: Below this a possible name says nothing by itself: a shared surname, half of a long name.
WORTH_SAYING = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Somebody or something of the case, as far as its texts tell: `names` with the caption first."""

    id: str
    schema: str
    names: tuple[str, ...]
    birth_dates: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A subject that is, or may be, an entry of a list. `name`: the listed name that fits best; `spelling`: the case's."""

    entity: str
    spelling: str
    entry: str
    name: str
    verdict: Verdict
    score: float
    reasons: tuple[str, ...]
    kind: str
    since: str = ""
    until: str = ""
    owned: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """All hits against one version of a list; `bare`: subjects too bare to compare (a surname alone)."""

    hits: tuple[Hit, ...]
    compared: int
    bare: tuple[str, ...]

    @property
    def without_match(self) -> int:
        """Subjects that were compared and fit no entry."""
        return self.compared - len({hit.entity for hit in self.hits})


def screen(subjects: Sequence[Subject], snapshot: Snapshot) -> Screened:
    """Every subject against every name of a list, in the order of the subjects, best hits first."""
    bare = tuple(each.id for each in subjects if is_bare(each))
    usable = [each for each in subjects if each.id not in set(bare)]
    near = near_keys(_asked_by_people(usable), snapshot.distinct_keys())
    hits: list[Hit] = []
    for subject in usable:
        found = sorted(_hits(subject, snapshot, near), key=lambda hit: (-hit.score, hit.entry))
        hits.extend(found)
    return Screened(hits=tuple(hits), compared=len(usable), bare=bare)


def is_bare(subject: Subject) -> bool:
    """Whether nothing but a surname, a given name or initials is known of a person: that would find everybody."""
    if "person" not in kinds_of(subject.schema) or len(kinds_of(subject.schema)) > 1 or subject.identifiers:
        return False
    return all(_is_bare(name) for name in subject.names[:MOST_SPELLINGS])


def _is_bare(name: str) -> bool:
    person = people.parse(name)
    return not any(each.given is not None and each.surnames for each in person.readings) and len(person.words) < 2


def _asked_by_people(subjects: Iterable[Subject]) -> set[str]:
    return {
        key
        for subject in subjects
        if "person" in kinds_of(subject.schema)
        for name in subject.names[:MOST_SPELLINGS]
        for key in asked_keys(name, "person")
    }


# --- one subject ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Best:
    """The best pair of names so far for one entry."""

    verdict: Verdict = "different"
    score: float = 0.0
    left: str = ""
    right: str = ""
    weak: bool = False
    kind: NameKind = "person"
    by_number: bool = False
    seen: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])


def _hits(subject: Subject, snapshot: Snapshot, near: Mapping[str, Sequence[str]]) -> Iterator[Hit]:
    best: dict[str, _Best] = {}
    for kind in kinds_of(subject.schema):
        for name in subject.names[:MOST_SPELLINGS]:
            _look_up(best, name, kind, snapshot, near)
    for number in {key for each in subject.identifiers if (key := number_key(each))}:
        for kind in kinds_of(subject.schema):
            for candidate in snapshot.candidates([f"№{number}"], kind):
                known = best.setdefault(candidate.entry, _Best(left=subject.names[0], right=candidate.text, kind=kind))
                known.by_number = True
    for identity, one in best.items():
        entry = snapshot.entry(identity) if one.verdict != "different" or one.by_number else None
        hit = _judged(subject, entry, one, snapshot) if entry is not None else None
        if hit is not None:
            yield hit


def _look_up(
    best: dict[str, _Best], name: str, kind: NameKind, snapshot: Snapshot, near: Mapping[str, Sequence[str]]
) -> None:
    """Compare one name with its candidates; people's with those besides whose surname is one sound away."""
    keys = asked_keys(name, kind)
    given = GivenFilter(name) if kind == "person" else None
    for candidate in snapshot.candidates(keys, kind):
        if given is None or given.lets(candidate.text):
            _compare(best, name, candidate, kind, is_near=False)
    if given is None:
        return
    further = {other for key in keys for other in near.get(key, ())} - keys
    for candidate in snapshot.candidates(further, kind):
        if given.lets(candidate.text):
            _compare(best, name, candidate, kind, is_near=True)


def _compare(best: dict[str, _Best], name: str, candidate: ListedName, kind: NameKind, *, is_near: bool) -> None:
    one = best.setdefault(candidate.entry, _Best(kind=kind))
    if (name, candidate.text) in one.seen or one.score >= CONFIRMED:
        return
    one.seen.add((name, candidate.text))
    verdict, score = verdict_of(name, candidate.text, kind)
    if verdict == "different":
        return
    if candidate.weak or (is_near and kind == "person"):
        verdict, score = "possible", min(score, 0.7)
    if (score, verdict == "same") > (one.score, one.verdict == "same"):
        one.verdict, one.score, one.left, one.right = verdict, score, name, candidate.text
        one.weak, one.kind = candidate.weak, kind


#: How births, numbers and countries are put into a sentence.
_SAID: Mapping[tuple[str, Told], str] = {
    ("birth", "agrees"): "date of birth agrees: {left} and {right}",
    ("birth", "contradicts"): "another date of birth: {left}, on the list {right}",
    ("number", "agrees"): "the same number: {left}",
    ("number", "contradicts"): "another number of the same kind: {left}, on the list {right}",
}


def _judged(subject: Subject, entry: Entry, one: _Best, snapshot: Snapshot) -> Hit | None:
    births = compare_births(subject.birth_dates, entry.birth_dates)
    numbers = compare_numbers(subject.identifiers, entry.identifiers)
    if (births == "contradicts" and numbers != "agrees") or numbers == "contradicts":
        return None
    verdict, score, why = _weighed(subject, entry, one, births, numbers)
    if one.kind == "person" and "agrees" not in (births, numbers) and (against := _fathers(subject, entry)):
        full, sentence = against
        lower: Verdict = "different" if full or verdict != "same" else "possible"
        verdict, score, why = lower, min(score, 0.7), [*why, sentence]
    if verdict == "different":
        return None
    reasons = [*compare(one.left, one.right, one.kind).reasons, *why]
    reasons += _particulars("birth", births, subject.birth_dates, entry.birth_dates)
    reasons += _particulars("number", numbers, subject.identifiers, entry.identifiers)
    kind, parts = entry.kind, tuple[Part, ...]()
    if not entry.listed:
        owned = owned_by_listed(snapshot, entry.id)
        if owned is None:
            return None  # the list holds it only as somebody's neighbour
        kind, verdict = "ownership", verdict if owned.blocked else "possible"
        reasons += owned.sentences
        parts = owned.parts
    reasons += [f"office on the list: {'; '.join(entry.positions[:2])}"] if entry.positions else []
    return Hit(
        entity=subject.id,
        spelling=one.left,
        entry=entry.id,
        name=one.right,
        verdict=verdict,
        score=round(score, 3),
        reasons=tuple(dict.fromkeys(reasons)),
        kind=kind,
        since=entry.since,
        until=entry.until,
        owned=parts,
    )


def _fathers(subject: Subject, entry: Entry) -> tuple[bool, str] | None:
    """What the fathers' names of all spellings say against a hit that a spelling without one made: whether one of them is
    written out, and the sentence. None where one agrees, or none is known on both sides."""
    against: tuple[bool, str] | None = None
    for left in subject.names[:MOST_SPELLINGS]:
        for right in (entry.name, *entry.aliases[:MOST_SPELLINGS]):
            judged = compare_people.judge(people.parse(left), people.parse(right))
            if judged.surname.level < Level.NEAR or judged.given.level is Level.CONTRADICTED:
                continue
            full = "." not in left and "." not in right
            if judged.patronymic.level >= Level.NEAR and (full or judged.patronymic.level is not Level.INITIAL):
                return None
            if judged.patronymic.level is Level.CONTRADICTED and (against is None or full > against[0]):
                against = (full, f"another father's name: {left}, on the list {right}")
    return against


def _particulars(what: str, told: Told, left: Sequence[str], right: Sequence[str]) -> list[str]:
    sentence = _SAID.get((what, told))
    return [sentence.format(left=", ".join(left), right=", ".join(right))] if sentence else []


def _weighed(
    subject: Subject, entry: Entry, one: _Best, births: Told, numbers: Told
) -> tuple[Verdict, float, list[str]]:
    """The verdict of the names, raised or lowered by what else is known."""
    if numbers == "agrees":
        alike = one.verdict != "different"
        why = [] if alike else ["only the number is the same; the names differ"]
        return ("same" if alike else "possible"), CONFIRMED if alike else BY_NUMBER, why
    exact_birth = births == "agrees" and _same_day(subject.birth_dates, entry.birth_dates)
    if exact_birth and one.score >= WORTH_SAYING:
        return "same", CONFIRMED, []
    if one.verdict == "possible" and births != "agrees":
        if one.score < WORTH_SAYING or _is_stretched(one):
            return "different", one.score, []
        return "possible", one.score, ["a name that the list itself calls weak"] if one.weak else []
    if one.verdict == "possible":
        return "possible", max(one.score, 0.7), []
    if one.kind == "organization" and not bodies_share(one.left, one.right, same=True):
        return "different", one.score, []
    return _by_name(subject, entry, one, births)


def _by_name(subject: Subject, entry: Entry, one: _Best, births: Told) -> tuple[Verdict, float, list[str]]:
    ours, theirs = {each.lower() for each in subject.countries}, set(entry.countries)
    abroad = bool(ours and theirs and not ours & theirs)
    if births == "agrees" or not abroad:
        alone = births != "agrees" and not ours & theirs
        why = ["nothing but the name is known on both sides"] if alone else []
        why += [f"country agrees: {', '.join(sorted(ours & theirs))}"] if ours & theirs else []
        return "same", min(one.score, BY_NAME_ALONE) if alone else one.score, why
    return (
        "possible",
        min(one.score, 0.7),
        [f"another country: {', '.join(sorted(ours))}, on the list {', '.join(sorted(theirs))}"],
    )


def _same_day(left: Iterable[str], right: Iterable[str]) -> bool:
    return bool({each for each in left if len(each) == 10} & set(right))


def _is_stretched(one: _Best) -> bool:
    """Whether a possible name rests on too little to be said: thousands of names are screened, and few may be alarms."""
    if one.kind == "person":
        return _stretched_people(one)
    return one.kind == "organization" and not bodies_share(one.left, one.right, same=False)


def _stretched_people(one: _Best) -> bool:
    """Only a letter's difference, or only an initial besides a short or weak surname."""
    a, b = people.parse(one.left), people.parse(one.right)
    judged = compare_people.judge(a, b)
    if judged.patronymic.level in (Level.AGREES, Level.NEAR):
        return False
    if judged.surname.level in (Level.NEAR, Level.OMITTED) or judged.left is None:
        return True
    if judged.given.level is Level.INITIAL and judged.patronymic.level is not Level.INITIAL:
        return one.weak or max((len(word.key) for word in judged.left.surnames), default=0) < LONG_SURNAME
    return judged.given.level in (Level.NEAR, Level.DOUBTFUL, Level.OMITTED)


#: With an initial only, a surname of fewer sounds is too common to be said.
LONG_SURNAME = 6
#: Sounds that two bodies' own words must share together, where one name says more than the other.
LONG_TOGETHER = 7


def bodies_share(left: str, right: str, *, same: bool) -> bool:
    """Whether two bodies share a number, or enough of their own words: a cut ending alone makes СТОРТКО a star."""
    a, b = organisations.parse(left), organisations.parse(right)
    if a.numbers & b.numbers:
        return True
    stems = {stem for x in a.own for stem in x.stems} & {stem for x in b.own for stem in x.stems}
    whole = {key.removeprefix("=") for key in own_sounds(a) & own_sounds(b)}
    shared = {key for key in stems if len(key) >= LONG_STEM} | whole
    if same:
        return bool(shared) or not (a.own and b.own)
    written = {each.text.casefold() for each in a.own} & {each.text.casefold() for each in b.own}
    if any(len(word) >= LONG_OWN for word in written):
        return True  # letter by letter the same word, and a rare one: KARST, TAATTA
    return sum(len(key) for key in _apart(shared)) >= LONG_TOGETHER


def _apart(keys: set[str]) -> list[str]:
    """A word's stem and the whole word count once: of keys with one beginning, the longest."""
    longest: dict[str, str] = {}
    for key in sorted(keys, key=len):
        longest[key[:4]] = key
    return list(longest.values())
