"""Which characters some bytes are, how that was decided, and how sure it is.

The order of belief: a byte-order mark; bytes that are valid UTF-8 (other encodings almost never are by accident); the
declared charset, unless what it yields does not look like any text; detection among the encodings this material really
comes in. A text that is UTF-8 read as windows-1251 and written again is undone last. Nothing is dropped: bytes that fit
nowhere become U+FFFD, and the decision says so.
"""

from __future__ import annotations

import codecs
import re

from leakdesk.documents.charset_labels import SEVEN_BIT, codec_of, is_wide, shown
from leakdesk.documents.decoding import Decoded, forced, strict
from leakdesk.documents.misread import CYRILLIC, by_lines, repaired
from leakdesk.documents.natural_text import CJK, NATURAL, SAMPLE, beyond_ascii, looks_like_text, naturalness

_WIDE = (
    *CYRILLIC,
    "utf-8",
    "cp1252",
    "cp1250",
    "gb18030",
    "big5",
    "shift_jis",
    "euc-jp",
    "euc-kr",
    "cp949",
    "iso2022_jp_2",
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Where koi8-u has letters, koi8-r has frames: frames between letters are Ukrainian or Belarusian letters.
_UKRAINIAN_IN_KOI8 = re.compile("[А-яЁё][╕╖╓╜╔\u2557\u2568\u255d]|[╕╖╓╜][а-яё]")
#: The two encodings have the same small letters, but for the last one; capitals of the one are rare letters of the other.
_MAC_AS_1251 = re.compile("[ЂЃѓ†‡€‰Љ‹ЊЌЋЏђ•™љ›њќћџ][а-я]|[а-яё]Я(?![А-Я])|ґ[^ґ]{0,40}ґ")
#: How much more natural another reading must be than the declared one. Two encodings differ in capitals and one letter only.
_MARGIN, _TWIN_MARGIN = 0.1, 0.02
_TWINS = {"cp1251", "mac-cyrillic"}


def decode(data: bytes, declared: str | None = None, *, expected: str | None = None) -> Decoded:
    """Decode bytes; `declared` is the label that came with them, `expected` the charset of neighbouring text (a guide
    for short pieces only). Never raises; lone surrogates never come out."""
    marked = _by_mark(data)
    if marked is not None:
        return marked
    codec = codec_of(declared) if declared else None
    wide = _wide_by_zeros(data) if not is_wide(codec) else None
    if wide is not None:
        return wide
    if data.isascii() and (codec is None or codec not in SEVEN_BIT) and not is_wide(codec):
        return Decoded(data.decode("ascii"), "ascii", "seven-bit", "certain")
    return by_lines(data, repaired(_by_label_or_look(data, declared, codec, expected)))


def _by_mark(data: bytes) -> Decoded | None:
    for mark, codec in _BOMS:
        if data.startswith(mark):
            text, lossy = forced(data[len(mark) :], codec)
            return Decoded(text, codec, "byte-order mark", "certain", lossy)
    return None


def _wide_by_zeros(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: the upper byte of nearly every pair is 0 (Latin) or 4 (Cyrillic)."""
    # Pairs of zeros are no letters: torn files are filled up with them.
    sample = data[:4000].rstrip(b"\0")
    sample += b"\0" * (len(sample) % 2)
    if len(sample) < 8 or (b"\0" not in sample and b"\x04" not in sample):
        return None
    empty = sample.count(b"\0\0")
    for codec, upper in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if (upper.count(0) + upper.count(4) - empty) * 10 >= len(upper) * 8 and strict(
            data[: len(data) // 2 * 2], codec
        ) is not None:
            text, lossy = forced(data, codec)
            return Decoded(text, codec, "the upper byte of every pair is that of Latin or Cyrillic", "likely", lossy)
    return None


def _by_label_or_look(data: bytes, declared: str | None, codec: str | None, expected: str | None) -> Decoded:
    if codec is None or not is_wide(codec):
        utf8 = strict(data, "utf-8")
        if utf8 is not None and codec not in SEVEN_BIT:
            named = codec in (None, "utf-8", "ascii")
            return Decoded(
                utf8,
                "utf-8",
                "declared"
                if codec == "utf-8"
                else "valid UTF-8"
                if named
                else f"valid UTF-8, though declared {shown(declared)}",
                "certain" if named else "likely",
            )
    if codec is not None and codec not in ("utf-8", "ascii"):
        text = strict(data, codec)
        if text is not None and codec == "koi8-r" and _UKRAINIAN_IN_KOI8.search(text):
            ukrainian = data.decode("koi8-u")
            if naturalness(ukrainian) >= NATURAL:
                return Decoded(ukrainian, "koi8-u", "declared koi8-r, with letters of koi8-u", "likely")
        if text is not None and codec == "cp1251" and _MAC_AS_1251.search(text):
            twin = data.decode("mac-cyrillic")
            if naturalness(twin) > max(naturalness(text), NATURAL):
                return Decoded(
                    twin, "mac-cyrillic", f"more natural than {shown(declared)}, as which it is declared", "likely"
                )
        if text is not None and looks_like_text(text, codec):
            return Decoded(text, codec, "declared", "certain")
        if text is not None:
            return _label_or_better(data, text, declared, codec, expected)
    if codec == "utf-8":
        almost = _almost_utf8(data)
        if almost is not None:
            return almost
    return _detected(data, declared, codec, expected)


def _label_or_better(data: bytes, text: str, declared: str | None, codec: str, expected: str | None) -> Decoded:
    """The declared reading looks odd: detect, and believe the label unless something reads clearly better."""
    other = _detected(data, declared, codec, expected)
    margin = _TWIN_MARGIN if {codec, other.charset} == _TWINS else _MARGIN
    if codec in CYRILLIC and (other.charset == codec or naturalness(text) >= naturalness(other.text) - margin):
        return Decoded(text, codec, "declared", "certain" if other.charset == codec else "likely")
    if CJK.search(text) and naturalness(other.text) < NATURAL:
        return Decoded(text, codec, "declared", "certain" if other.charset == codec else "likely")
    return other


def _almost_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with a few damaged bytes (cut in the middle of a letter) stays UTF-8, damage shown."""
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    good = beyond_ascii(text) - damaged
    if damaged * 10 <= good:
        return Decoded(text, "utf-8", "declared", "likely", lossy=True)
    return None


def _detected(data: bytes, declared: str | None, codec: str | None, expected: str | None) -> Decoded:
    label = f", though declared {shown(declared)}" if declared else ""
    if expected and expected in CYRILLIC:
        text = strict(data, expected)
        if text is not None and looks_like_text(text, expected):
            return Decoded(text, expected, f"like the text beside it{label}", "likely")
    found, confidence = detect(data)
    if found is not None:
        text, lossy = forced(data, found)
        return Decoded(text, found, f"detected{label}", "likely" if confidence >= 0.2 else "guess", lossy)
    fallback = codec if codec not in (None, "ascii", "utf-8") else "cp1251"
    text, lossy = forced(data, fallback)
    return Decoded(text, fallback, f"nothing fits better{label}", "guess", lossy)


_TAGS = re.compile(rb"<[a-zA-Z/!?][^>]*>")


def detect(data: bytes) -> tuple[str | None, float]:
    """The most likely of the encodings this material comes in, and chardet's confidence (0..1, low for short text)."""
    import chardet

    sample = data[:SAMPLE]
    if b"<" in sample:  # tags are ASCII and may carry the label in question
        sample = _TAGS.sub(b" ", sample)
    answer = chardet.detect(sample, include_encodings=_WIDE, compat_names=False)
    name, confidence = answer["encoding"], answer["confidence"] or 0.0
    codec = codec_of(name) if name else None
    if codec in ("ascii", "utf-8"):
        return None, 0.0
    return codec, confidence
