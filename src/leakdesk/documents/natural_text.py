"""Whether what a charset yields looks like a text at all, and how natural its Cyrillic letters are."""

from __future__ import annotations

import re

#: How much is looked at to judge a decoding, and to detect one.
SAMPLE = 20_000
#: How much of a text is judged by its letters: enough for certainty, and cheap.
JUDGED = 800

LETTER_RUN = re.compile(r"[Ѐ-ӿ]+")
_COMMON_RUN = re.compile("[А-яЁёІіЎўЇїЄєҐґ]+")
HUMP = re.compile("[а-яёіўїєґ][А-ЯЁІЎЇЄҐ]")
UPPER = re.compile("[А-ЯЁІЎЇЄҐ]")
_HIGH = re.compile("[\u0080-\uffff]")
_HIGH_RUN = re.compile("[\u00a8\u00b8\u00c0-\u00ff]{3,}")
_LATIN_SIGNS = re.compile("[\u0080-\u00bf\u2018-\u2122]")
_ASCII_LETTERS = re.compile("[A-Za-z]")
_LATIN_WORD = re.compile("[A-Za-z\u00c0-\u00ff]{3,}")
CJK = re.compile("[\u3400-\u9fff\uac00-\ud7af]")


def looks_like_text(text: str, codec: str) -> bool:
    """Whether a decoding by a label looks like text at all: the test that finds labels which lie."""
    sample = text[:JUDGED]
    high = beyond_ascii(sample)
    if high < 3 and len(text) > JUDGED:
        sample = text[:SAMPLE]
        high = beyond_ascii(sample)
    if high < 3:
        return True
    if codec in _LATIN_LABELS:
        return not _cyrillic_in_latin(sample)
    if CJK.search(sample):
        return not _cyrillic_in_cjk(sample)
    letters = "".join(_COMMON_RUN.findall(sample))
    if not letters:
        return "\x98" not in sample or high > 40
    written = sum(map(len, LETTER_RUN.findall(sample)))
    if written * 10 < high * 6 or written > len(letters) + len(letters) // 50:
        return False
    return _case_is_natural(sample, letters) and _vowels_are_natural(letters.lower())


def beyond_ascii(text: str) -> int:
    """How many characters of a text are not ASCII."""
    return len(text) - len(text.encode("ascii", "ignore"))


#: Letters by how common they are in Russian, Belarusian and Ukrainian text taken together, most common first.
_BY_FREQUENCY = "оаеинтсрвлкдмпуяызьйбгчіхжёшюцщэфўїєъґ"
_RANK = {letter: rank for rank, letter in enumerate(_BY_FREQUENCY)}


#: Real Russian, Belarusian and Ukrainian text reaches .65 to .75; bytes of other scripts read as Cyrillic stay below .5.
NATURAL = 0.6


def naturalness(text: str) -> float:
    """How natural the Cyrillic letters of a text are: 1 is all of the commonest letter, 0 all of the rarest; capitals
    inside words, and signs that are no letters, count against it."""
    letters = LETTER_RUN.findall(text[:SAMPLE])
    count = sum(map(len, letters))
    if not count:
        return 0.0
    worst = len(_BY_FREQUENCY)
    score = sum(1 - _RANK.get(letter, 2 * worst) / worst for word in letters for letter in word.lower()) / count
    foreign = max(0, beyond_ascii(text[:SAMPLE]) - count) / (count + 1)
    humps = len(HUMP.findall(text[:SAMPLE])) / count
    return score - 0.5 * min(foreign, 1.0) - humps


_LATIN_LABELS = frozenset(
    {"cp1252", "iso8859-1", "iso8859-15", "iso8859-2", "cp1250", "iso8859-9", "cp1254", "cp437", "cp850", "mac-roman"}
)


def _cyrillic_in_latin(sample: str) -> bool:
    """Words made of accented letters only, or of letters and signs mixed: Cyrillic bytes under a Western label."""
    high = beyond_ascii(sample)
    if high >= 8 and len(_LATIN_SIGNS.findall(sample)) * 4 >= high and len(_ASCII_LETTERS.findall(sample)) < high:
        return True
    runs = sum(map(len, _HIGH_RUN.findall(sample)))
    words = sum(map(len, _LATIN_WORD.findall(sample)))
    accented = sum(1 for letter in sample if "\u00c0" <= letter <= "\u00ff")
    return runs >= 4 and runs * 10 >= accented * 6 and runs * 20 >= words


def _cyrillic_in_cjk(sample: str) -> bool:
    """Ideographs with Latin punctuation and blanks between every few of them: single-byte text under an Asian label."""
    ideographs = len(CJK.findall(sample))
    blanks = sample.count(" ") + sample.count(",")
    other = re.search("[\u3000-\u30ff\uac00-\ud7af\uff00-\uffef]", sample) is not None
    return not other and ideographs >= 3 and blanks * 6 >= ideographs and not re.search("[А-я]{3}", sample)


def _case_is_natural(sample: str, letters: str) -> bool:
    lower = sum(map(letters.count, _COMMONEST))
    if lower * 4 >= len(letters):  # the seven commonest letters, small, make up half of any natural text
        return len(HUMP.findall(sample)) * 12 <= len(letters)
    upper = len(UPPER.findall(letters))
    return len(HUMP.findall(sample)) * 12 <= len(letters) and (upper * 2 <= len(letters) or len(letters) < 5)


_COMMONEST = "оаеинтр"
_VOWELS = "аеиоуыэюяіїєё"


def _vowels_are_natural(letters: str) -> bool:
    """The vowels' share of letters lies between a third and a half in any real Slavic text."""
    if len(letters) < 12:
        return True
    return 0.22 <= sum(map(letters.count, _VOWELS)) / len(letters) <= 0.62
