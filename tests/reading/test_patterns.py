"""The rules prove themselves: every pattern runs on its own example and counter-example, every lexicon is as large as promised."""

from __future__ import annotations

import pytest

from leakdesk.language.canvas import canvas
from leakdesk.language.concepts import fold
from leakdesk.model.document import Role, Segment, TextLayer
from leakdesk.reading import attribution
from leakdesk.reading.attribution_found import Found
from leakdesk.reading.lexicon import lexicon
from leakdesk.reading.parse import parse, pieces
from leakdesk.reading.patterns import Pattern, patterns
from leakdesk.reading.read import read_text
from leakdesk.reading.words import word_list


def found(text: str, language: str, *, parser_free: bool) -> list[Found]:
    sheet = canvas(text)
    segment = Segment(start=0, end=len(sheet), role=Role.BODY, language=language)  # type: ignore[arg-type]
    sentences, _ = parse(sheet, pieces(sheet, [segment], frozenset({Role.BODY})), parser_free=parser_free)
    return attribution.find(sheet, sentences, (segment,))


def shown(text: str, each: Found) -> list[str]:
    return [text[span[0] : span[1]] if span else "" for span in (each.source, each.cue, each.content)]


@pytest.mark.parametrize("pattern", patterns(), ids=lambda pattern: pattern.id)
def test_a_pattern_finds_its_example(pattern: Pattern) -> None:
    assert list(pattern.expect) in [
        shown(pattern.example, each) for each in found(pattern.example, pattern.language, parser_free=False)
    ]


@pytest.mark.parametrize("pattern", patterns(), ids=lambda pattern: pattern.id)
def test_a_pattern_leaves_its_counter_example_alone(pattern: Pattern) -> None:
    rules = {each.rule for each in found(pattern.counter, pattern.language, parser_free=False)}
    assert pattern.id not in rules


@pytest.mark.parametrize(("language", "least"), [("en", 400), ("ru", 150), ("uk", 150), ("be", 150)])
def test_a_lexicon_is_as_large_as_promised(language: str, least: int) -> None:
    words = lexicon(language)
    assert len(words.classes) >= least
    assert set(words.light), "light verbs"
    assert words.document
    assert words.hearsay


#: Forms that the rules of conjugation make beside the irregular one.
UNSAID = frozenset({"найли"})
SPEAKING = frozenset({"say", "admit", "show", "learn", "think"})


def form_of(base: str, language: str) -> str | None:
    """The form that fits the lexicon's examples: plural, present in English, past in the others."""
    if language == "en":
        return base if " " not in base else None
    endings = {"ru": ("ли", "лись"), "uk": ("ли", "лися"), "be": ("лі", "ліся")}[language]
    forms = {form for form, bases in lexicon(language).forms.items() if fold(base) in map(fold, bases)}
    past = (
        form for form in sorted(forms) if form.endswith(endings) and form + "лі" not in forms
    )  # «хвалі» is "praise!"
    return next((form for form in past if form not in UNSAID), None)


@pytest.mark.parametrize(("language", "least"), [("en", 320), ("ru", 160), ("uk", 160), ("be", 160)])
def test_every_verb_of_saying_is_found_in_its_example_and_not_in_its_counter_example(language: str, least: int) -> None:
    words = lexicon(language)
    verbs = {
        base: form for base, kinds in words.classes.items() if kinds & SPEAKING and (form := form_of(base, language))
    }
    assert len(verbs) >= least

    def cues(template: str, form: str) -> list[str]:
        text = words.examples[template].format(form)
        return [text[each.cue[0] : each.cue[1]] for each in found(text, language, parser_free=True) if each.cue]

    missed = [base for base, form in verbs.items() if form not in (*cues("that", form), *cues("quote", form))]
    telling_when_negated = {*word_list("undisputed"), *word_list("unconfirmed")}
    wrong = [base for base, form in verbs.items() if form in cues("counter", form) and base not in telling_when_negated]
    assert missed == []
    assert wrong == []


DIRECT = [
    ("en", '"We sold the sand," the storekeeper said. "It was dry."', ["the storekeeper", "said", "We sold the sand"]),
    ("ru", "«Мы продали песок», — сказал кладовщик.", ["кладовщик", "сказал", "Мы продали песок"]),
    ("uk", "«Ми продали пісок», — сказав комірник.", ["комірник", "сказав", "Ми продали пісок"]),
    ("be", "«Мы прадалі пясок», — сказаў кладаўшчык.", ["кладаўшчык", "сказаў", "Мы прадалі пясок"]),
    ("en", 'The storekeeper said: "We sold the sand in June."', ["The storekeeper", "said", "We sold the sand in June."]),
    ("ru", "По данным аудита, завод продал песок.", ["аудита", "По данным", "завод продал песок"]),
    ("uk", "Згідно з листами, завод продав пісок.", ["листами", "Згідно з", "завод продав пісок"]),
    ("be", "Паводле лістоў, завод прадаў пясок.", ["лістоў", "Паводле", "завод прадаў пясок"]),
    ("en", "The depot, officials said, was closed in May.", ["officials", "said", "The depot, officials said, was closed in May"]),
    ("en", "By its own account, the depot lost money.", ["the depot", "By its own account", "the depot lost money"]),
    ("uk", "Він додав, що винних покарають.", ["Він", "додав", "винних покарають"]),
    ("be", "З лістоў відаць, што завод прадаў пясок.", ["лістоў", "відаць", "завод прадаў пясок"]),
    ("ru", "Комиссия сообщила: «Песок продан».", ["Комиссия", "сообщила", "Песок продан"]),
    ("en", "The depot reportedly sold the sand.", ["", "reportedly", "The depot reportedly sold the sand"]),
]  # fmt: skip


@pytest.mark.parametrize("parser_free", [False, True], ids=["parser", "rules"])
@pytest.mark.parametrize(
    ("language", "text", "expect"), DIRECT, ids=lambda value: value if isinstance(value, str) else ""
)
def test_who_says_what_with_and_without_a_parser(
    language: str, text: str, expect: list[str], parser_free: bool
) -> None:
    assert expect in [shown(text, each) for each in found(text, language, parser_free=parser_free)]


NOTHING = [
    ("en", "The company did not say that it had sold the sand."),
    ("en", "The drivers found the ledgers beside a bin."),
    ("ru", "Завод не сообщил, что продал песок."),
    ("en", "The sale is planned for June."),
    ("en", "The crew put out a message at noon."),
    ("uk", "Він не додав, що винних покарають."),
    ("be", "Завод прадаў пясок, што ляжаў ля ракі."),
]


@pytest.mark.parametrize(("language", "text"), NOTHING)
def test_what_nobody_said_is_no_attribution(language: str, text: str) -> None:
    assert found(text, language, parser_free=False) == []


#: Frames of saying, by language: text, then source, cue and content.
FRAMES = [
    ("en", "In the words of one driver, the sand was wet.", ["one driver", "In the words of", "the sand was wet"]),
    ("en", "By Ms Tarrow's account, nobody had weighed the sand.", ["Ms Tarrow", "By", "nobody had weighed the sand"]),
    ("en", "As the foreman put it, the sand was wet.", ["the foreman", "put", "the sand was wet"]),
    ("en", "Residents were told that the sand was dry.", ["", "told", "the sand was dry"]),
    ("en", "It later transpired that the sand was wet.", ["", "It later transpired that", "the sand was wet"]),
    ("en", "The director admitted having sold the sand.", ["The director", "admitted", "having sold the sand"]),
    ("en", "The director does not dispute that the sand was sold.", ["The director", "dispute", "the sand was sold"]),
    ("en", "The ministry cannot confirm that the sand was sold.", ["The ministry", "confirm", "the sand was sold"]),
    (
        "en",
        "The depot lost money, per a ledger reviewed by the paper.",
        ["a ledger reviewed by the paper", "per", "The depot lost money"],
    ),
    (
        "en",
        "The depot, the minister said, was closed and would stay so.",
        ["the minister", "said", "The depot, the minister said, was closed and would stay so"],
    ),
    ("ru", "По данным реестра, который ведёт порт, склад продан.", ["реестра", "По данным", "склад продан"]),
    ("ru", "Как рассказал «Маяку» бывший лоцман, порт продан.", ["бывший лоцман", "рассказал", "порт продан"]),
    ("ru", "Погибших двое, сообщили в больнице.", ["больнице", "сообщили", "Погибших двое"]),
    ("ru", "Министр не исключил, что порт закроют.", ["Министр", "исключил", "порт закроют"]),
    ("ru", "Прокурор обвинил фирму в том, что она скрыла аварию.", ["Прокурор", "обвинил", "она скрыла аварию"]),
    ("ru", "Жители утверждают, будто слышали взрыв.", ["Жители", "утверждают", "слышали взрыв"]),
    ("uk", "«Човен продали», — зітхає сторож.", ["сторож", "зітхає", "Човен продали"]),
    ("uk", "Мер відкинув докори, заявивши, що міст цілий.", ["Мер", "заявивши", "міст цілий"]),
    ("uk", "Служба визнала, що папери зникли, і пообіцяла перевірку.", ["Служба", "визнала", "папери зникли"]),
    ("be", "Кіраўніцтва, паводле яго, ведала пра ўсё.", ["яго", "паводле", "Кіраўніцтва, паводле яго, ведала пра ўсё"]),
    ("be", "Нам казалі, што лодка патанула.", ["", "казалі", "лодка патанула"]),
]


@pytest.mark.parametrize(("language", "text", "expect"), FRAMES)
def test_frames_of_saying(language: str, text: str, expect: list[str]) -> None:
    assert expect in [shown(text, each) for each in found(text, language, parser_free=False)]


SILENT = [
    ("en", "The ministry would neither confirm nor deny this."),
    ("en", "Nobody in the port could know."),
    ("ru", "В порту говорить о причинах отказываются, ссылаясь на тайну следствия."),
    ("uk", "Лист не згадує про пісок."),
    ("be", "Партнёры, якія плацяць за пясок, чакаюць вясны."),
]


@pytest.mark.parametrize(("language", "text"), SILENT)
def test_silence_is_no_attribution(language: str, text: str) -> None:
    assert found(text, language, parser_free=False) == []


def test_what_is_not_confirmed_is_left_open() -> None:
    text = "The ministry cannot confirm that the depot sold the sand."
    reading = read_text(TextLayer(text=text, extractor="test"), language="en")
    (claim,) = [each for each in reading.claims if "sold" in each.quote.exact]
    assert claim.modality == "possible"
    assert claim.hedged


def test_a_dialogue_in_one_line_has_its_speakers() -> None:
    text = "— Чей это песок? — спросил судья. — Наш, — ответил директор завода."
    mine = [shown(text, each)[:2] for each in found(text, "ru", parser_free=False)]
    assert ["судья", "спросил"] in mine
    assert ["директор завода", "ответил"] in mine


def test_a_continued_quotation_keeps_its_speaker() -> None:
    text = '"We sold the sand," said Oskar Vellin. "It was dry and clean."'
    reading = read_text(TextLayer(text=text, extractor="test"))
    first, second = (each for each in reading.attributions if each.type == "direct")
    assert second.content is not None
    assert second.content.text == "It was dry and clean."
    assert second.source is None, "nothing beside it names the speaker"
    assert second.resolved_source == first.resolved_source is not None


def test_a_tag_inside_a_quotation_does_not_cut_it() -> None:
    text = "«Людей, — уточнил директор, — отправили домой на день»."
    assert ["директор", "уточнил", "Людей, — уточнил директор, — отправили домой на день"] in [
        shown(text, each) for each in found(text, "ru", parser_free=False)
    ]
