"""Precision and recall of searches in every spelling, over families of names: one document a form, one query a nominative."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.search.families import Family
from tests.search.sentences import BYSTANDERS as OTHERS
from tests.search.sentences import SENTENCES as NAMED
from tests.search.shelf import Shelf

#: Sentences a form is put into, by language.
SENTENCES = {
    "ru": "Вчера об этом писали {}, ответа пока нет.",
    "be": "Учора пра гэта пісалі {}, адказу пакуль няма.",
    "uk": "Учора про це писали {}, відповіді поки немає.",
    "en": "Yesterday they wrote to {} and got no answer.",
}
#: Common words that look like names or like their stems, in documents that no family owns.
BYSTANDERS = (
    "Ударил мороз, дятлы молчат, гуси улетели, город пуст.",
    "Щука и ёрш в озере; журавль над полем; медведи в лесу.",
    "Холодно и тихо, лесник ушёл, мельник спит, бондарь пьёт.",
    "Холадна і ціха, ляснік пайшоў, млынар спіць.",
    "The cold evening, a hood, a cousin, the gardens of the city.",
)


@dataclass
class Score:
    """Counts over all queries, and what went wrong: (query, form, language)."""

    right: int = 0
    missed: list[tuple[str, str, str]] = field(default_factory=list)
    wrong: list[tuple[str, str, str]] = field(default_factory=list)
    queries: int = 0

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + len(self.missed))

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + len(self.wrong))


def shelf_of(folder: Path, families: Iterable[Family]) -> tuple[Shelf, dict[str, tuple[Family, str, str]]]:
    """A shelf with one document a form, and whose form each document is."""
    owners: dict[str, tuple[Family, str, str]] = {}
    texts: dict[str, str] = {}
    for number, family in enumerate(families):
        for place, (form, language) in enumerate(family.forms):
            document = f"f{number}x{place}"
            owners[document] = (family, form, language)
            texts[document] = SENTENCES[language].format(form)
    texts |= {f"by{number}": text for number, text in enumerate(BYSTANDERS)}
    return Shelf(folder).put(**texts), owners


def judge(shelf: Shelf, owners: dict[str, tuple[Family, str, str]], families: Iterable[Family]) -> Score:
    """Ask for every nominative of every family. A form that two families share (Горбатове) is nobody's mistake."""
    score = Score()
    searcher = shelf.searcher()
    for family in families:
        own = {form.casefold() for form, _ in family.forms}
        for query in family.nominatives:
            score.queries += 1
            found = {hit.document for hit in searcher.search(f'"{query}"', limit=2000)}
            for document, (owner, form, language) in owners.items():
                if owner is family:
                    if document in found:
                        score.right += 1
                    else:
                        score.missed.append((query, form, language))
                elif document in found and form.casefold() not in own:
                    score.wrong.append((query, form, language))
            score.wrong += [(query, document, "bystander") for document in found if document.startswith("by")]
    return score


def rules_told(
    shelf: Shelf, owners: dict[str, tuple[Family, str, str]], families: Iterable[Family]
) -> tuple[int, list[tuple[str, str, str]]]:
    """How many rules were told for forms of the family asked for, and those that say something false: (query, form, rule)."""
    searcher = shelf.searcher()
    told, false = 0, []
    for family in families:
        for query in family.nominatives:
            for hit in searcher.search(query, limit=2000):
                if hit.document not in owners or owners[hit.document][0] is not family:
                    continue
                form, rule = owners[hit.document][1], hit.matches[0].rule
                told += 1
                if not _is_true(query, form, rule, family):
                    false.append((query, form, rule))
    return told, false


def _is_true(query: str, form: str, rule: str, family: Family) -> bool:
    """What a school-book says of the two: one script or two, a nominative or a case."""
    if query == form:
        return rule == "exact"
    case = "inflection" in rule or "woman" in rule
    romanised = query.isascii() or form.isascii()
    return (
        ("romanisation" in rule or query.isascii() == form.isascii())
        and (romanised or "romanisation" not in rule)
        and case == (form not in family.nominatives)
    )


def worst(misses: Iterable[tuple[str, str, str]], most: int = 40) -> Iterator[str]:
    """Misses as lines, for a person."""
    for query, form, language in list(misses)[:most]:
        yield f"{query} -> {form} ({language})"


def judge_sentences(folder: Path) -> Score:
    """Ask for the names of `sentences`, each sentence a document of its own."""
    texts = {f"f{number}x{place}": text for number, (_, own) in enumerate(NAMED) for place, text in enumerate(own)}
    texts |= {f"by{number}": text for number, text in enumerate(OTHERS)}
    shelf = Shelf(folder).put(**texts)
    score = Score()
    for number, (asked, own) in enumerate(NAMED):
        wanted = {f"f{number}x{place}" for place in range(len(own))}
        for query in asked:
            score.queries += 1
            found = shelf.find(query)
            score.right += len(found & wanted)
            score.missed += [(query, texts[document], "") for document in sorted(wanted - found)]
            score.wrong += [(query, texts[document], "") for document in sorted(found - wanted)]
    return score
