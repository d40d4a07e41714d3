"""Text that somebody read by a wrong charset before us: UTF-8 stored as what it looked like, and lines of several charsets."""

from __future__ import annotations

import re

from leakdesk.documents.decoding import Decoded, forced, strict
from leakdesk.documents.natural_text import HUMP, JUDGED, LETTER_RUN, NATURAL, SAMPLE, UPPER, beyond_ascii, naturalness

#: The single-byte encodings of Russian, Belarusian and Ukrainian text.
CYRILLIC = ("cp1251", "koi8-r", "koi8-u", "cp866", "iso8859-5", "mac-cyrillic")

#: What UTF-8 Cyrillic looks like when read as windows-1251: Р or С, then one letter or sign from the upper half.
_MOJIBAKE_1251 = re.compile("[РС][\u0080-\u00bfЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—™љ›њќћџЎўЈ¤Ґ¦§Ё©Є«¬®Ї°±Ііґµ¶·ё№є»јЅѕї]")
#: ... and when read as windows-1252: Ð or Ñ, then the like.
_MOJIBAKE_1252 = re.compile("[ÐÑ][\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")


def repaired(decoded: Decoded) -> Decoded:
    """The same, with text that was UTF-8 read as windows-1251 or -1252 put right; unchanged where that is not so."""
    for pattern, codec, leads in ((_MOJIBAKE_1251, "cp1251", "РС"), (_MOJIBAKE_1252, "cp1252", "ÐÑ")):
        if sum(map(decoded.text[:JUDGED].count, leads)) < 4:
            continue
        hits = len(pattern.findall(decoded.text[:SAMPLE]))
        if hits < 4 or hits * 4 < beyond_ascii(decoded.text[:SAMPLE]):
            continue
        text = _undo(decoded.text, codec)
        if text is not None:
            how = f"{decoded.how}; it was UTF-8 read as {codec} and stored so, undone"
            return Decoded(text, decoded.charset, how, "likely", decoded.lossy)
    return decoded


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
    good = strict(bytes(raw), "utf-8")
    if good is not None:
        return good
    text = bytes(raw).decode("utf-8", "replace")
    return text if text.count("\ufffd") * 20 <= len(LETTER_RUN.findall(text)) else None


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
    letters = sum(map(len, LETTER_RUN.findall(decoded.text)))
    signs = beyond_ascii(decoded.text) - letters
    humps, capitals = len(HUMP.findall(decoded.text)), len(UPPER.findall(decoded.text))
    return decoded.lossy or humps * 50 > letters or signs * 20 > letters or capitals * 6 > letters


def _line(line: bytes, codec: str, used: dict[str, None]) -> str:
    if line.isascii():
        return line.decode("ascii")
    text, _ = forced(line, codec)
    if beyond_ascii(text) < _LINE_JUDGED:
        return text
    best, chosen = (0.0 if codec == "utf-8" and "\ufffd" in text else naturalness(text)) + _LINE_MARGIN, codec
    for other in ("utf-8", *CYRILLIC):
        trial = strict(line, other) if other != codec else None
        if trial is not None and naturalness(trial) >= max(best, NATURAL):
            best, chosen, text = naturalness(trial), other, trial
            if other == "utf-8":
                break
    used[chosen] = None
    return text
