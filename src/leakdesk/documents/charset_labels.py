"""Labels of charsets as they are found in the wild, and the codecs that are meant."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

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
SEVEN_BIT = frozenset(
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


def is_wide(codec: str | None) -> bool:
    """True for charsets under which ASCII bytes are no ASCII text."""
    return codec is not None and (codec.startswith(("utf-16", "utf-32")) or codec in ("cp037", "cp500", "cp1140"))


def shown(label: str | None) -> str:
    """A label as it may stand in a sentence."""
    return re.sub(r"[^A-Za-z0-9._:+-]", "?", label or "")[:40]
