"""How a number in a sheet is shown: with its unit, its percent sign, its leading zeros ([ECMA-376] 18.8.30, 18.8.31).

Nothing is rounded and digits are not grouped: decimals are only added up to what the format shows, so that the text says
what a person sees and loses nothing that is stored. Dates are not done here (they stand as ISO 8601), nor are fractions and
powers of ten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

#: Formats that every workbook has without defining them, where they show more than the bare number.
BUILT_IN = {
    2: "0.00", 4: "#,##0.00", 5: '"$"#,##0', 6: '"$"#,##0', 7: '"$"#,##0.00', 8: '"$"#,##0.00', 9: "0%", 10: "0.00%",
    39: "#,##0.00", 40: "#,##0.00", 42: '"$"#,##0', 44: '"$"#,##0.00',
}  # fmt: skip
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]|[_*].|(?P<percent>%)|(?P<point>\.[0#?]+)'
    r"|(?P<digits>[0#?][0#?,]*)|(?P<other>.)",
    re.DOTALL,
)
#: Whole numbers below this are exact in a sheet.
_EXACT = 1e16
_NOT_NUMBERS = re.compile(r"[dmyhsDMYHSG@/Ee]")
_WITHOUT_TEXT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].')


def shows_more(code: str) -> bool:
    """Whether a format shows more than the bare number, and is one that is written here."""
    bare = _WITHOUT_TEXT.sub("", code)
    if _NOT_NUMBERS.search(bare) or not re.search("[0#?]", bare):
        return False
    return any(
        kind in ("percent", "quoted", "currency", "other", "escaped", "point")
        or (kind == "digits" and text.startswith("00"))
        for kind, text in _tokens(code.split(";", maxsplit=1)[0])
    )


def written(value: float, code: str) -> str:
    """A number as its format shows it; "" where the format hides it."""
    sections = _sections(code)
    negative = value < 0
    own = negative and len(sections) > 1
    section = sections[1] if own else sections[2] if value == 0 and len(sections) > 2 else sections[0]
    tokens = _tokens(section)
    whole_number = float(value).is_integer() and abs(value) < _EXACT
    number = abs(Decimal(int(value)) if whole_number else Decimal(format(value, ".15g"))).normalize()
    number = number.scaleb(2 * sum(kind == "percent" for kind, _ in tokens))
    whole, _, rest = format(number, "f").partition(".")
    shown = "".join(_piece(kind, text, whole, rest, tokens) for kind, text in _numbered(tokens))
    return ("-" if negative and not own else "") + " ".join(shown.split())


@lru_cache(maxsize=512)
def _sections(code: str) -> list[str]:
    """Up to four: positive, negative, zero, text."""
    return re.findall(r'(?:"[^"]*"|\\.|[^;"\\])+', code) or [code]


@lru_cache(maxsize=512)
def _tokens(section: str) -> tuple[tuple[str, str], ...]:
    found = [(match.lastgroup or "", match[match.lastgroup or 0]) for match in _TOKEN.finditer(section)]
    return tuple((kind, text) for kind, text in found if kind)


def _numbered(tokens: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, str]]:
    """The tokens with later groups of digits left out: a number is written once."""
    written_already = False
    for kind, text in tokens:
        if kind == "digits":
            if not written_already:
                yield kind, text
            written_already = True
        else:
            yield kind, text


def _piece(kind: str, text: str, whole: str, rest: str, tokens: tuple[tuple[str, str], ...]) -> str:
    if kind == "digits":
        digits = whole.rjust(text.replace(",", "").count("0"), "0")
        return digits if any(k == "point" for k, _ in tokens) else digits + (f".{rest}" if rest else "")
    if kind == "point":
        decimals = rest.ljust(text.count("0"), "0")
        return f".{decimals}" if decimals else ""
    return text
