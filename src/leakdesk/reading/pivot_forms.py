"""Which case and number a Ukrainian or Belarusian noun stands in, where its ending leaves several: by preposition, by the noun
before it, by the number before it. Adjectives follow their noun. Only for choosing a stand-in for the parser."""

from __future__ import annotations

from leakdesk.reading.sentence import Token

#: Preposition -> cases it may govern.
_GOVERNS = {
    **dict.fromkeys(
        ("до", "від", "од", "без", "для", "після", "біля", "проти", "крім", "окрім", "коло", "серед", "навколо", "щодо",
         "да", "ад", "пасля", "каля", "супраць", "апроч", "сярод", "вакол", "замест", "замість", "напярэдадні", "напередодні",
         "паводле", "упродовж", "протягом", "падчас", "під час", "наконт", "ля", "поблизу", "всупереч"),
        "g",
    ),
    **dict.fromkeys(("у", "в", "ў", "на"), "lag"),
    **dict.fromkeys(("при", "пры"), "l"),
    **dict.fromkeys(("о", "об", "аб"), "la"),
    **dict.fromkeys(("по", "па"), "lda"),
    **dict.fromkeys(("про", "пра", "через", "праз", "крізь", "скрозь"), "a"),
    **dict.fromkeys(("з", "із", "зі", "са", "зо"), "gia"),
    **dict.fromkeys(("за", "під", "пад", "над", "перед", "перад"), "ia"),
    **dict.fromkeys(("між", "паміж", "поміж"), "ig"),
    **dict.fromkeys(("завдяки", "дзякуючы", "наперекір", "к"), "d"),
}  # fmt: skip
#: Numbers after which a noun stands in the plural of its own case; after higher ones it stands in the genitive plural.
_FEW = frozenset(
    {"2", "3", "4", "два", "дві", "три", "чотири", "обидва", "обидві", "дзве", "тры", "чатыры", "абодва", "абедзве"}
)
_MODIFIERS = frozenset({"A", "PTCP", "DET"})


def settled_forms(tokens: list[Token]) -> dict[int, str]:
    """Index -> case and number ("gs") of every noun and of the adjectives that belong to it."""
    chosen: dict[int, str] = {}
    for token in tokens:
        if token.pos in ("N", "PN") and not token.forms and token.cases and token.cases != "na":
            token.forms = " ".join(case + (token.number or "s") for case in token.cases)
            if not token.number and token.low.endswith(("і", "ї", "и", "ы")):
                token.forms = " ".join(case + ("p" if case in "na" else "s") for case in token.cases)
            if token.number == "p" and "g" in token.cases and "n" in token.cases:
                token.forms += " gs"
        if token.pos in ("N", "PN") and token.forms:
            chosen[token.i] = _of_noun(tokens, token)
            for k in range(token.i - 1, -1, -1):
                if tokens[k].pos not in _MODIFIERS:
                    break
                chosen[k] = chosen[token.i]
    return chosen


def _of_noun(tokens: list[Token], token: Token) -> str:
    options = token.forms.split()
    k = token.i - 1
    number: Token | None = None
    while k >= 0 and tokens[k].pos in ("A", "PTCP", "DET", "ADV", "NUM"):
        number = tokens[k] if tokens[k].pos == "NUM" else number
        k -= 1
    options = _agreeing(tokens, token, options)
    before = tokens[k] if k >= 0 else None
    governed = _GOVERNS.get(before.low, "") if before is not None and before.pos == "PREP" else ""
    if governed:
        return next((each for case in governed for each in options if each[0] == case), options[0])
    options = [each for each in options if each[0] != "l"] or options
    if number is not None:
        wanted = ("np", "ap", "gs", "ns") if number.low in _FEW else ("gp", "ip", "dp", "lp", "gs", "as", "ns")
        return next((each for each in wanted if each in options), options[0])
    if before is not None and before.pos in ("N", "PN") and k == token.i - 1 - _between(tokens, k, token.i):
        options = [each for each in options if each[0] == "g"] or options
    order = ("ns", "np", "as", "ap")
    return next((each for each in order if each in options), options[0])


def _between(tokens: list[Token], k: int, i: int) -> int:
    return sum(tokens[j].pos != "ADV" for j in range(k + 1, i))


def _agreeing(tokens: list[Token], token: Token, options: list[str]) -> list[str]:
    """What the adjectives right before a noun allow."""
    for k in range(token.i - 1, -1, -1):
        if tokens[k].pos not in _MODIFIERS:
            break
        if tokens[k].forms:
            allowed = set(tokens[k].forms.split())
            options = [each for each in options if each in allowed] or options
        elif tokens[k].cases:
            options = [each for each in options if each[0] in tokens[k].cases] or options
    return options
