"""The only place where a sentence about signatures, observations and marks comes from.

The table is `wording.toml`: id -> language -> template. A sentence says what was checked and stops there; which words never
stand in one is in `NEVER`, and a test looks for them in every page, answer and report.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from leakdesk.authenticity.arc import ArcChecked
from leakdesk.authenticity.observations import Observation
from leakdesk.authenticity.seal_facts import SealedChecked
from leakdesk.authenticity.states import Checked, UsedKey
from leakdesk.authenticity.variants import EVERYDAY

Language = Literal["en", "ru", "uk", "be"]
LANGUAGES: tuple[Language, ...] = ("en", "ru", "uk", "be")
#: Words that no sentence about a letter uses, in any language of the table (whole words, case folded).
NEVER: tuple[str, ...] = (
    "authentic", "genuine", "verified e-mail", "verified email", "proven", "partially authentic", "failed", "fake",
    "forged", "forgery", "tampered", "confidence", "suspicious", "trustworthy",
    "подлинное", "подлинный", "подлинность", "подделка", "поддельное", "поддельный", "доказано", "фальшивка",
    "справжній", "автентичний", "підробка", "підроблений", "доведено", "сапраўдны", "падробка", "падроблены", "даказана",
)  # fmt: skip
#: Fields that a sentence names; of the others it says how many there are.
NAMED = ("from", "sender", "reply-to", "to", "cc", "bcc", "subject", "date", "message-id")
_WRITTEN = {"message-id": "Message-ID", "reply-to": "Reply-To", "mime-version": "MIME-Version"}
#: A key shorter than this is said to be short (RFC 8301, 3.2).
SHORT_KEY = 1024


@cache
def table() -> Mapping[str, Mapping[str, str]]:
    """The whole table."""
    return tomllib.loads((files("leakdesk.authenticity") / "wording.toml").read_text("utf-8"))


def say(name: str, language: Language = "en", **values: object) -> str:
    """One sentence of the table with its values put in."""
    return table()[name][language].format_map({key: _shown(value) for key, value in values.items()})


def _shown(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def listed(words: Sequence[str], language: Language = "en") -> str:
    """A list as one reads it aloud."""
    if len(words) < 2:
        return "".join(words)
    return say("and", language, first=", ".join(words[:-1]), last=words[-1])


def field_name(name: str) -> str:
    """A header field as people write it."""
    return _WRITTEN.get(name) or "-".join(part.capitalize() for part in name.split("-"))


def fields_named(names: Sequence[str], language: Language = "en") -> str:
    """The fields that a reader of mail knows, by name, and how many others there are."""
    known = [field_name(name) for name in NAMED if name in names]
    others = sum(name not in NAMED for name in names)
    return listed([*known, *([say("more_fields", language, count=others)] if others else [])], language)


def signature_sentence(one: Checked, shown_domain: str = "", language: Language = "en") -> str:
    """What can be said about one signature."""
    values = {"domain": one.domain, "selector": one.selector}
    if one.state != "verifies":
        return " ".join([_other_state(one, language), *_repairs(one, language)])
    key = one.key
    said = [
        say(
            "verifies", language, algorithm=one.algorithm, bits=str(key.bits if key else 0),
            covers=fields_named(one.covers, language), body=_body(one, language), **values,
        )
    ]  # fmt: skip
    if one.not_covered:
        said.append(say("not_covered", language, fields=fields_named(one.not_covered, language)))
    if one.body[1] < one.body[2]:
        said.append(say("text_after", language, end=one.body[1]))
    if one.aligned == "differs":
        said.append(say("domain_differs", language, shown=shown_domain))
    said += _repairs(one, language)
    said += _key(key, language) if key else []
    if one.expires:
        said.append(say("expires", language, when=one.expires[:10]))
    return " ".join([*said, say("only_domain", language)])


def _other_state(one: Checked, language: Language) -> str:
    values = {"domain": one.domain, "selector": one.selector}
    if one.state == "malformed" or not one.domain:
        return say("malformed", language)
    if one.state == "no_key" and one.key is not None:
        return say("no_usable_key", language, **values)
    if one.state == "signature_differs" and one.reason:
        return say("second_from", language, **values)
    return say(one.state, language, **values)


def _body(one: Checked, language: Language) -> str:
    start, end, of = one.body
    if end < of:
        return say("body_part", language, start=start, end=end, of=of) if end else say("body_none", language)
    return say("body_whole", language)


def _repairs(one: Checked, language: Language) -> list[str]:
    if not one.repairs or one.state in ("malformed", "rebuilt"):
        return []
    named = [say("repair_" + repair.lower().replace(" ", "_").replace("-", "_"), language) for repair in one.repairs]
    return [say("repaired", language, repairs=listed(named, language))]


def _key(key: UsedKey, language: Language) -> list[str]:
    first, last = key.first_seen or "?", key.last_seen or "?"
    origin = key.origin or say("source_unknown", language)
    if key.first_seen or key.last_seen:
        bare = origin.removeprefix("from ") if language == "en" else origin
        source = say("source_dated", language, origin=bare, first=first, last=last)
    else:
        source = say("source_undated", language, origin=key.origin) if key.origin else origin
    when = key.private_published if key.private_published != "yes" else say("undated", language)
    said = [
        say("key_private", language, source=source, when=when)
        if key.private_published
        else say("key_seen", language, source=source)
    ]
    if key.kind == "rsa" and key.bits < SHORT_KEY:
        said.append(say("short_key", language, bits=key.bits))
    return [*said, *([say("testing", language)] if key.testing else [])]


def arc_sentence(one: ArcChecked, language: Language = "en") -> str:
    """What can be said about the ARC chain; "" where there is none."""
    if one.cv == "none":
        return ""
    return say(f"arc_{one.cv}", language, sets=one.sets, domain=one.domains[0] if one.domains else "")


def sealed_sentence(one: SealedChecked, language: Language = "en") -> str:
    """What can be said about an S/MIME or OpenPGP signature."""
    names = {
        "verifies": "verifies",
        "signature_differs": "differs",
        "no_key": "structure",
        "malformed": "malformed",
        "needs": "needs",
    }
    signer = one.signer or say("signer_unknown", language)
    return say(f"sealed_{names[one.state]}", language, kind=one.kind, signer=signer, needs=one.needs)


def observation_sentence(one: Observation, language: Language = "en") -> str:
    """What does not go together, in one sentence. Values that are themselves words of the table are said in the language."""
    values = {name: _value(name, value, language) for name, value in one.values.items()}
    return say(one.rule, language, **values)


def _value(name: str, value: str | int, language: Language) -> str | int:
    if isinstance(value, int):
        return value
    if name == "fields":
        words = [
            say("field_body", language) if word == "body" else field_name(word) for word in value.split(",") if word
        ]
        return listed(words, language)
    if name == "what" and f"what_{value}" in table():
        return say(f"what_{value}", language)
    return value


def mark_sentences(marks: Mapping[str, Any], language: Language = "en") -> list[str]:
    """What in a letter can identify its recipient: marks in the text, wordings, what it fetches or asks for."""
    said: list[str] = []
    kinds: Mapping[str, int] = marks.get("kinds", {})
    telling = {kind: count for kind, count in kinds.items() if kind not in EVERYDAY}
    if telling:
        named = listed([f"{kind}: {count}" for kind, count in telling.items()], language)
        said.append(say("marks_found", language, kinds=named))
    if marks.get("wordings"):
        said.append(say("wordings_differ", language, **marks["wordings"]))
    said += [say("tracking_pixel", language, said=host) for host in dict.fromkeys(marks.get("pixels", ()))]
    said += [say("read_receipt", language)] if marks.get("receipt") else []
    said += [say("personal_link", language, count=marks["links"])] if marks.get("links") else []
    return said


def copies_sentence(marks: Mapping[str, Any], language: Language = "en") -> str:
    """What copies with the same words can and cannot exclude."""
    copies = marks.get("copies", 1)
    return say("one_copy", language) if copies < 2 else say("wordings_same", language, copies=copies)
