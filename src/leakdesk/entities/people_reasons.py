"""Why two people's names are one or are not, in sentences a reporter can read."""

from __future__ import annotations

from leakdesk.entities.compare_people import Judged
from leakdesk.entities.given_names import families
from leakdesk.entities.name_parts import Level, Part
from leakdesk.entities.people import Person, Reading
from leakdesk.language.inflect import base_forms

_RULES = {
    "akanie": "be/ru spelling",
    "yakanie": "be/ru spelling",
    "hardening": "be/ru spelling",
    "tsekanie": "be/ru spelling",
    "yo": "ё and е are one letter in print",
    "ikavism": "uk/ru spelling",
    "inflection": "inflected",
    "double surname": "one part of a double surname",
    "one sound": "differ by one sound",
    "slip": "one slip of the pen in a rare long surname",
}
_WHY = {
    "nothing to compare": "nothing to compare: one side has no letters of a name",
    "gender": "a man and a woman: the endings or given names contradict each other",
    "ambiguous gender": "one form may be a man in the genitive or a woman in the nominative",
    "stretched": "a word that has the shape of a patronymic may be the surname",
    "common surname": "the surname is too frequent for initials to settle it",
    "slip": "one slip of the pen in a long name that is no frequent one",
    "bare surnames": "both are a surname alone",
    "words": "compared word by word: too many words for given name and surname",
}


def reasons(left: Person, right: Person, found: Judged) -> tuple[str, ...]:
    """The comparison in sentences a reporter can read; at least one."""
    lines: list[str] = []
    if left.text.casefold() == right.text.casefold() and found.verdict == "same":
        lines.append("the same text")
    if found.why in _WHY:
        lines.append(_WHY[found.why])
    a, b = found.left, found.right
    if a is None or b is None:
        return tuple(lines) or (f"no shared surname: {_words(left)} / {_words(right)}",)
    if _is_given_alone(a) and _is_given_alone(b):
        return _given_alone(a, b, found, lines)
    lines += _surname_lines(a, b, found.surname)
    if found.why != "surname":
        lines += _given_lines(a, b, found.given)
        lines += _patronymic_lines(a, b, found.patronymic)
    return tuple(dict.fromkeys(lines)) or ("nothing to compare",)


def _is_given_alone(one: Reading) -> bool:
    """Whether a name is one word that is read as a surname for want of another, and is a known given name: Pavel."""
    return one.given is None and one.patronymic is None and len(one.surnames) == 1 and bool(one.surnames[0].families)


def _given_alone(a: Reading, b: Reading, found: Judged, lines: list[str]) -> tuple[str, ...]:
    if found.why == "bare surnames":
        lines.remove(_WHY["bare surnames"])
    named = [line.replace("surname", "given name") for line in _surname_lines(a, b, found.surname)]
    return tuple(dict.fromkeys([*lines, "both are a given name alone", *named]))


def _words(person: Person) -> str:
    return " ".join(each.text for each in person.words)


def _surname_lines(a: Reading, b: Reading, part: Part) -> list[str]:
    x, y = " ".join(each.text for each in a.surnames), " ".join(each.text for each in b.surnames)
    if part.level is Level.CONTRADICTED:
        return [f"surnames differ: {x} / {y}"]
    if part.level is Level.OMITTED:
        return [f"a surname stands on one side only: {x or y}"] if x or y else ["no surname to compare"]
    if part.level is Level.DOUBTFUL:
        return [f"surnames sound alike, but no rule of spelling explains the difference: {x} / {y}"]
    if part.level is Level.NEAR:
        return [f"surnames differ by one sound: {x} / {y}"]
    if x.casefold() == y.casefold():
        return [f"same surname: {x}"]
    return [f"same surname: {_spelling_line(x, y, part.rules)}"]


def _spelling_line(x: str, y: str, rules: frozenset[str]) -> str:
    from leakdesk.language.scripts import script_of

    named = sorted({_RULES[rule] for rule in rules if rule in _RULES})
    scripts = script_of(x), script_of(y)
    cyrillic, latin = (
        (x, y) if scripts == ("Cyrillic", "Latin") else (y, x) if scripts == ("Latin", "Cyrillic") else ("", "")
    )
    if cyrillic:
        from leakdesk.language.standards import hop

        for form in sorted(
            {each.text for each in base_forms(cyrillic)} | {cyrillic}, key=lambda each: each != cyrillic
        ):
            found = hop(form, latin)
            if found is not None:
                via = (
                    f"; {found.word} is {form} in Belarusian (be/ru spelling)"
                    if found.word.casefold() != form.casefold()
                    else ""
                )
                inflected = f"; {cyrillic} is {form} inflected" if form != cyrillic else ""
                return f"{latin} = {found.word} ({found.standard}){via}{inflected}"
        named = [*named, "romanisation"]
    elif scripts == ("Latin", "Latin"):
        named = named or ["two romanisations"]
    return f"{x} = {y} ({', '.join(named) or 'one sound in both spellings'})"


def _given_lines(a: Reading, b: Reading, part: Part) -> list[str]:
    if a.given is None or b.given is None:
        return [f"given name on one side only: {(a.given or b.given).text}"] if a.given or b.given else []  # type: ignore[union-attr]
    x, y = a.given.text, b.given.text
    if part.level is Level.CONTRADICTED:
        return [f"given names contradict each other: {x} / {y}"]
    if part.level is Level.INITIAL:
        return [f"initial agrees: {x} / {y}"]
    if part.level is Level.NEAR:
        return [f"given names are nearly alike: {x} / {y}"]
    shared = a.given.families & b.given.families
    name = families().captions[min(shared)] if shared else ""
    if part.level is Level.SHORT:
        return [f"short form of one given name: {x}, {y} ({name})"]
    if x.casefold() == y.casefold():
        return [f"same given name: {x}"]
    return [f"one given name in two languages or spellings: {x} = {y}{f' ({name})' if name else ''}"]


def _patronymic_lines(a: Reading, b: Reading, part: Part) -> list[str]:
    if a.patronymic is None or b.patronymic is None:
        only = a.patronymic or b.patronymic
        return [f"patronymic on one side only: {only.text}"] if only else []
    x, y = a.patronymic.text, b.patronymic.text
    if part.level is Level.CONTRADICTED:
        return [f"patronymics contradict each other: {x} / {y}"]
    if part.level is Level.INITIAL:
        return [f"initial of the patronymic agrees: {x} / {y}"]
    if part.level is Level.NEAR:
        return [f"patronymics are nearly alike: {x} / {y}"]
    if x.casefold() == y.casefold():
        return [f"same patronymic: {x}"]
    return [f"one patronymic: {x} = {y}"]
