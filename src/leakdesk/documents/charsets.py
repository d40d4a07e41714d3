"""Which characters some bytes are, how that was decided, and how sure it is.

The order of belief: a byte-order mark; bytes that are valid UTF-8 (other encodings almost never are by accident); the
declared charset, unless what it yields does not look like any text; detection among the encodings this material really
comes in. A text that is UTF-8 read as windows-1251 and written again is undone last. Nothing is dropped: bytes that fit
nowhere become U+FFFD, and the decision says so.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Certainty = Literal["certain", "likely", "guess"]

#: The single-byte encodings of Russian, Belarusian and Ukrainian text.
CYRILLIC = ("cp1251", "koi8-r", "koi8-u", "cp866", "iso8859-5", "mac-cyrillic")
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
#: Labels seen in mail that Python does not know, and labels that are always meant wider than they say.
_ALIASES = {
    "win-1251": "cp1251",
    "win1251": "cp1251",
    "windows1251": "cp1251",
    "cp-1251": "cp1251",
    "x-cp1251": "cp1251",
    "ansi-1251": "cp1251",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-mac-ukrainian": "mac-cyrillic",
    "koi8": "koi8-r",
    "koi-8": "koi8-r",
    "koi8r": "koi8-r",
    "koi8-ru": "koi8-u",
    "dos": "cp866",
    "ibm866": "cp866",
    "x-cp866": "cp866",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "unicode-1-1-utf-7": "utf-7",
    "utf8": "utf-8",
    "x-user-defined": "cp1252",
    "iso-8859-8-i": "iso8859-8",
    "x-unknown": "",
    "unknown-8bit": "",
    "default": "",
    "binary": "",
    "us-ascii": "ascii",
}
#: Encodings whose every byte is seven bits wide: ASCII bytes do not prove ASCII text under these labels.
_SEVEN_BIT = frozenset(
    {"utf-7", "iso2022_jp", "iso2022_kr", "hz", "iso2022_jp_2", "iso2022_jp_1", "iso2022_jp_3", "iso2022_jp_ext"}
)
_NOT_TEXT = frozenset(
    {
        "base64",
        "bz2",
        "hex",
        "quopri",
        "rot13",
        "uu",
        "zlib",
        "idna",
        "punycode",
        "unicode_escape",
        "raw_unicode_escape",
        "undefined",
        "mbcs",
        "oem",
    }
)
#: How much is looked at to judge a decoding, and to detect one.
_SAMPLE = 20_000
#: How much of a text is judged by its letters: enough for certainty, and cheap.
_JUDGED = 800

_LETTER_RUN = re.compile(r"[Ѐ-ӿ]+")
_COMMON_RUN = re.compile("[А-яЁёІіЎўЇїЄєҐґ]+")
_HUMP = re.compile("[а-яёіўїєґ][А-ЯЁІЎЇЄҐ]")
_UPPER = re.compile("[А-ЯЁІЎЇЄҐ]")
_HIGH = re.compile("[\u0080-\uffff]")
_HIGH_RUN = re.compile("[\u00a8\u00b8\u00c0-\u00ff]{3,}")
_LATIN_SIGNS = re.compile("[\u0080-\u00bf\u2018-\u2122]")
_ASCII_LETTERS = re.compile("[A-Za-z]")
_LATIN_WORD = re.compile("[A-Za-z\u00c0-\u00ff]{3,}")
#: Where koi8-u has letters, koi8-r has frames: frames between letters are Ukrainian or Belarusian letters.
_UKRAINIAN_IN_KOI8 = re.compile("[А-яЁё][╕╖╓╜╔\u2557\u2568\u255d]|[╕╖╓╜][а-яё]")
#: The two encodings have the same small letters, but for the last one; capitals of the one are rare letters of the other.
_MAC_AS_1251 = re.compile("[ЂЃѓ†‡€‰Љ‹ЊЌЋЏђ•™љ›њќћџ][а-я]|[а-яё]Я(?![А-Я])|ґ[^ґ]{0,40}ґ")
_CJK = re.compile("[\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the charset it was decoded with, how that was decided, how sure it is, and whether anything was lost."""

    text: str
    charset: str
    how: str
    certainty: Certainty
    lossy: bool = False

    def sentence(self) -> str:
        """The decision as one sentence for a note."""
        lost = "; some bytes fit nowhere and became U+FFFD" if self.lossy else ""
        return f"read as {self.charset} ({self.how}), {self.certainty}{lost}"

    @property
    def plain(self) -> bool:
        """True where nothing is worth a note: ASCII, or UTF-8 or the declared charset without doubt."""
        return self.certainty == "certain" and not self.lossy


@lru_cache(maxsize=1024)
def codec_of(label: str) -> str | None:
    """Python's codec for a charset label as found in the wild, or None for one that is unknown or not a text charset."""
    name = label.strip().strip("\"'<>").strip().lower()
    name = _ALIASES.get(name, name)
    if not name or "\0" in name or not name.isascii():
        return None
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return _codec_by_number(name)
    return None if found in _NOT_TEXT else found


def _codec_by_number(name: str) -> str | None:
    digits = re.search(r"(?:windows|cp|ibm|win)[-_ ]*(\d{3,4})|^(\d{3,5})$", name)
    if digits is None:
        return None
    try:
        return codecs.lookup("cp" + (digits[1] or digits[2])).name
    except LookupError:
        return None


def decode(data: bytes, declared: str | None = None, *, expected: str | None = None) -> Decoded:
    """Decode bytes; `declared` is the label that came with them, `expected` the charset of neighbouring text (a guide
    for short pieces only). Never raises; lone surrogates never come out."""
    marked = _by_mark(data)
    if marked is not None:
        return marked
    codec = codec_of(declared) if declared else None
    wide = _wide_by_zeros(data) if not _wide_label(codec) else None
    if wide is not None:
        return wide
    if data.isascii() and (codec is None or codec not in _SEVEN_BIT) and not _wide_label(codec):
        return Decoded(data.decode("ascii"), "ascii", "seven-bit", "certain")
    return by_lines(data, repaired(_by_label_or_look(data, declared, codec, expected)))


def _wide_label(codec: str | None) -> bool:
    return codec is not None and (codec.startswith(("utf-16", "utf-32")) or codec in ("cp037", "cp500", "cp1140"))


def _by_mark(data: bytes) -> Decoded | None:
    for mark, codec in _BOMS:
        if data.startswith(mark):
            text, lossy = _forced(data[len(mark) :], codec)
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
        if (upper.count(0) + upper.count(4) - empty) * 10 >= len(upper) * 8 and _strict(
            data[: len(data) // 2 * 2], codec
        ) is not None:
            text, lossy = _forced(data, codec)
            return Decoded(text, codec, "the upper byte of every pair is that of Latin or Cyrillic", "likely", lossy)
    return None


def _by_label_or_look(data: bytes, declared: str | None, codec: str | None, expected: str | None) -> Decoded:
    if codec is None or not _wide_label(codec):
        utf8 = _strict(data, "utf-8")
        if utf8 is not None and codec not in _SEVEN_BIT:
            named = codec in (None, "utf-8", "ascii")
            return Decoded(
                utf8,
                "utf-8",
                "declared"
                if codec == "utf-8"
                else "valid UTF-8"
                if named
                else f"valid UTF-8, though declared {_safe(declared)}",
                "certain" if named else "likely",
            )
    if codec is not None and codec not in ("utf-8", "ascii"):
        text = _strict(data, codec)
        if text is not None and codec == "koi8-r" and _UKRAINIAN_IN_KOI8.search(text):
            ukrainian = data.decode("koi8-u")
            if naturalness(ukrainian) >= _NATURAL:
                return Decoded(ukrainian, "koi8-u", "declared koi8-r, with letters of koi8-u", "likely")
        if text is not None and codec == "cp1251" and _MAC_AS_1251.search(text):
            twin = data.decode("mac-cyrillic")
            if naturalness(twin) > max(naturalness(text), _NATURAL):
                return Decoded(
                    twin, "mac-cyrillic", f"more natural than {_safe(declared)}, as which it is declared", "likely"
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
    if _CJK.search(text) and naturalness(other.text) < _NATURAL:
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
    label = f", though declared {_safe(declared)}" if declared else ""
    if expected and expected in CYRILLIC:
        text = _strict(data, expected)
        if text is not None and looks_like_text(text, expected):
            return Decoded(text, expected, f"like the text beside it{label}", "likely")
    found, confidence = detect(data)
    if found is not None:
        text, lossy = _forced(data, found)
        return Decoded(text, found, f"detected{label}", "likely" if confidence >= 0.2 else "guess", lossy)
    fallback = codec if codec not in (None, "ascii", "utf-8") else "cp1251"
    text, lossy = _forced(data, fallback)
    return Decoded(text, fallback, f"nothing fits better{label}", "guess", lossy)


_TAGS = re.compile(rb"<[a-zA-Z/!?][^>]*>")


def detect(data: bytes) -> tuple[str | None, float]:
    """The most likely of the encodings this material comes in, and chardet's confidence (0..1, low for short text)."""
    import chardet

    sample = data[:_SAMPLE]
    if b"<" in sample:  # tags are ASCII and may carry the label in question
        sample = _TAGS.sub(b" ", sample)
    answer = chardet.detect(sample, include_encodings=_WIDE, compat_names=False)
    name, confidence = answer["encoding"], answer["confidence"] or 0.0
    codec = codec_of(name) if name else None
    if codec in ("ascii", "utf-8"):
        return None, 0.0
    return codec, confidence


def looks_like_text(text: str, codec: str) -> bool:
    """Whether a decoding by a label looks like text at all: the test that finds labels which lie."""
    sample = text[:_JUDGED]
    high = beyond_ascii(sample)
    if high < 3 and len(text) > _JUDGED:
        sample = text[:_SAMPLE]
        high = beyond_ascii(sample)
    if high < 3:
        return True
    if codec in _LATIN_LABELS:
        return not _cyrillic_in_latin(sample)
    if _CJK.search(sample):
        return not _cyrillic_in_cjk(sample)
    letters = "".join(_COMMON_RUN.findall(sample))
    if not letters:
        return "\x98" not in sample or high > 40
    written = sum(map(len, _LETTER_RUN.findall(sample)))
    if written * 10 < high * 6 or written > len(letters) + len(letters) // 50:
        return False
    return _case_is_natural(sample, letters) and _vowels_are_natural(letters.lower())


def beyond_ascii(text: str) -> int:
    """How many characters of a text are not ASCII."""
    return len(text) - len(text.encode("ascii", "ignore"))


#: Letters by how common they are in Russian, Belarusian and Ukrainian text taken together, most common first.
_BY_FREQUENCY = "оаеинтсрвлкдмпуяызьйбгчіхжёшюцщэфўїєъґ"
_RANK = {letter: rank for rank, letter in enumerate(_BY_FREQUENCY)}


#: How much more natural another reading must be than the declared one. Two encodings differ in capitals and one letter only.
_MARGIN, _TWIN_MARGIN = 0.1, 0.02
_TWINS = {"cp1251", "mac-cyrillic"}
#: Real Russian, Belarusian and Ukrainian text reaches .65 to .75; bytes of other scripts read as Cyrillic stay below .5.
_NATURAL = 0.6


def naturalness(text: str) -> float:
    """How natural the Cyrillic letters of a text are: 1 is all of the commonest letter, 0 all of the rarest; capitals
    inside words, and signs that are no letters, count against it."""
    letters = _LETTER_RUN.findall(text[:_SAMPLE])
    count = sum(map(len, letters))
    if not count:
        return 0.0
    worst = len(_BY_FREQUENCY)
    score = sum(1 - _RANK.get(letter, 2 * worst) / worst for word in letters for letter in word.lower()) / count
    foreign = max(0, beyond_ascii(text[:_SAMPLE]) - count) / (count + 1)
    humps = len(_HUMP.findall(text[:_SAMPLE])) / count
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
    ideographs = len(_CJK.findall(sample))
    blanks = sample.count(" ") + sample.count(",")
    other = re.search("[\u3000-\u30ff\uac00-\ud7af\uff00-\uffef]", sample) is not None
    return not other and ideographs >= 3 and blanks * 6 >= ideographs and not re.search("[А-я]{3}", sample)


def _case_is_natural(sample: str, letters: str) -> bool:
    lower = sum(map(letters.count, _COMMONEST))
    if lower * 4 >= len(letters):  # the seven commonest letters, small, make up half of any natural text
        return len(_HUMP.findall(sample)) * 12 <= len(letters)
    upper = len(_UPPER.findall(letters))
    return len(_HUMP.findall(sample)) * 12 <= len(letters) and (upper * 2 <= len(letters) or len(letters) < 5)


_COMMONEST = "оаеинтр"
_VOWELS = "аеиоуыэюяіїєё"


def _vowels_are_natural(letters: str) -> bool:
    """The vowels' share of letters lies between a third and a half in any real Slavic text."""
    if len(letters) < 12:
        return True
    return 0.22 <= sum(map(letters.count, _VOWELS)) / len(letters) <= 0.62


# --- UTF-8 that was read as a single-byte charset and stored again -----------------------------------------------

#: What UTF-8 Cyrillic looks like when read as windows-1251: Р or С, then one letter or sign from the upper half.
_MOJIBAKE_1251 = re.compile("[РС][\u0080-\u00bfЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—™љ›њќћџЎўЈ¤Ґ¦§Ё©Є«¬®Ї°±Ііґµ¶·ё№є»јЅѕї]")
#: ... and when read as windows-1252: Ð or Ñ, then the like.
_MOJIBAKE_1252 = re.compile("[ÐÑ][\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")


def repaired(decoded: Decoded) -> Decoded:
    """The same, with text that was UTF-8 read as windows-1251 or -1252 put right; unchanged where that is not so."""
    for pattern, codec, leads in ((_MOJIBAKE_1251, "cp1251", "РС"), (_MOJIBAKE_1252, "cp1252", "ÐÑ")):
        if sum(map(decoded.text[:_JUDGED].count, leads)) < 4:
            continue
        hits = len(pattern.findall(decoded.text[:_SAMPLE]))
        if hits < 4 or hits * 4 < beyond_ascii(decoded.text[:_SAMPLE]):
            continue
        text = _undo(decoded.text, codec)
        if text is not None:
            how = f"{decoded.how}; it was UTF-8 read as {codec} and stored so, undone"
            return Decoded(text, decoded.charset, how, "likely", decoded.lossy)
    return decoded


# --- lines of several encodings in one text ---------------------------------------------------------------------------------

#: Bytes beyond ASCII that a line must have to be judged alone.
_LINE_JUDGED = 8
#: A line is read otherwise if that is more natural by so much.
_LINE_MARGIN = 0.15


def by_lines(data: bytes, decoded: Decoded) -> Decoded:
    """The same, with lines that are clearly in another encoding than the rest read by that one: letters quoted by a program
    that did not convert them. Looked at only where the whole has capitals inside words, many capitals, many signs, or damage."""
    if not (decoded.charset in CYRILLIC or (decoded.lossy and decoded.charset == "utf-8")) or not _uneven(decoded):
        return decoded
    used: dict[str, None] = {}
    lines = [_line(line, decoded.charset, used) for line in data.split(b"\n")]
    if len(used) < 2:
        return decoded
    text = "\n".join(lines)
    return Decoded(text, decoded.charset, f"line by line: {', '.join(used)}", "likely", "\ufffd" in text)


def _uneven(decoded: Decoded) -> bool:
    letters = sum(map(len, _LETTER_RUN.findall(decoded.text)))
    signs = beyond_ascii(decoded.text) - letters
    humps, capitals = len(_HUMP.findall(decoded.text)), len(_UPPER.findall(decoded.text))
    return decoded.lossy or humps * 50 > letters or signs * 20 > letters or capitals * 6 > letters


def _line(line: bytes, codec: str, used: dict[str, None]) -> str:
    if line.isascii():
        return line.decode("ascii")
    text, _ = _forced(line, codec)
    if beyond_ascii(text) < _LINE_JUDGED:
        return text
    best, chosen = (0.0 if codec == "utf-8" and "\ufffd" in text else naturalness(text)) + _LINE_MARGIN, codec
    for other in ("utf-8", *CYRILLIC):
        trial = _strict(line, other) if other != codec else None
        if trial is not None and naturalness(trial) >= max(best, _NATURAL):
            best, chosen, text = naturalness(trial), other, trial
            if other == "utf-8":
                break
    used[chosen] = None
    return text


def _undo(text: str, codec: str) -> str | None:
    raw = bytearray()
    for character in text:
        if ord(character) < 0x80 or 0x80 <= ord(character) < 0xA0:
            raw.append(ord(character))
            continue
        try:
            raw += character.encode(codec)
        except UnicodeEncodeError:
            return None
    good = _strict(bytes(raw), "utf-8")
    if good is not None:
        return good
    text = bytes(raw).decode("utf-8", "replace")
    return text if text.count("\ufffd") * 20 <= len(_LETTER_RUN.findall(text)) else None


def _strict(data: bytes, codec: str) -> str | None:
    try:
        text = data.decode(codec)
    except (UnicodeError, LookupError, ValueError):
        return None
    if codec in ("utf-8", "cp1251", "koi8-r", "cp1252", "cp866"):
        return text
    return without_surrogates(text)


def _forced(data: bytes, codec: str) -> tuple[str, bool]:
    good = _strict(data, codec)
    if good is not None:
        return good, False
    try:
        text = data.decode(codec, "replace")
    except (UnicodeError, LookupError, ValueError):
        text = data.decode("latin-1")
    return without_surrogates(text), True


_SURROGATE = re.compile("[\ud800-\udfff]")


def without_surrogates(text: str) -> str:
    """Lone surrogates replaced by U+FFFD: a text layer must be storable as UTF-8."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def _safe(label: str | None) -> str:
    return re.sub(r"[^A-Za-z0-9._:+-]", "?", label or "")[:40]
