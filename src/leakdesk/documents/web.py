"""HTML as the text a person sees, in reading order: block ends as line feeds, cells parted by tabs, nothing fetched.

Scripts, styles, templates and what is styled away are left out (hidden text is counted, because hiding is a fact); link
targets are not text. In letters the walk also marks what a mail program wrapped as quotation or signature.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from leakdesk.documents.charsets import decode
from leakdesk.documents.decoding import Decoded, without_surrogates
from leakdesk.documents.hints import ReaderHints
from leakdesk.model.document import Extract, Kind, Note, Part, State, TextLayer

NAME = "leakdesk-web 2"

_DROPPED = frozenset(
    {
        "script",
        "style",
        "template",
        "head",
        "title",
        "meta",
        "link",
        "object",
        "embed",
        "applet",
        "iframe",
        "frame",
        "noframes",
        "svg",
        "math",
        "select",
        "datalist",
        "audio",
        "video",
        "canvas",
        "map",
    }
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
        "caption",
    ]
)
_CELLS = frozenset({"td", "th"})
_KEEPS_BLANKS = frozenset({"pre", "textarea", "listing", "xmp"})
_QUOTE_CLASS = re.compile(
    r"(?:^|\s)(?:gmail_quote|gmail_extra|gmail_attr|yahoo_quoted|moz-cite-prefix|moz-forward-container|moz-email-headers-table"
    r"|protonmail_quote|zmail_extra|mail-quote-collapse|js-helper|OutlookMessageHeader|WordSection-quoted|tutanota_quote)(?:\s|$|_)"
)
_QUOTE_ID = re.compile(
    r"divRplyFwdMsg|^x?_?mailQuote|OLK_SRC_BODY_SECTION|reply-intro|mail-editor-reference-message-container|yahoo_quoted|replySplit|style_\d+_BODY"
)
_SIGNATURE_CLASS = re.compile(
    r"(?:^|\s)(?:gmail_signature|moz-signature|mail-signature|js-signature|email-signature|protonmail_signature_block)"
)
_SIGNATURE_ID = re.compile(
    r"^(?:x_)*(?:Signature|ms-outlook-mobile-signature|AppleMailSignature|lineBreakAtBeginningOfSignature)$"
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:px|pt|em)?\s*(?:;|!|$)",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
#: What stands before the two slashes of an address that a browser would ask for by itself.
_ASKED_FOR = re.compile(r"""(?:\b(?:src|srcset|background|poster|data|action)\s*=|url\()\s*["']?\s*(?:https?:)?$""")
_BEFORE = 48
"""Characters before the slashes that are looked at."""

#: Lexbor's tree is walked by us, iteratively; deeper nesting than this is read as flat.
_DEEPEST = 2_000


@dataclass(slots=True)
class Visible:
    """The visible text of a page or an HTML body; where it is marked as quotation or signature; what was left out."""

    text: str
    title: str | None = None
    quoted: tuple[tuple[int, int], ...] = ()
    signatures: tuple[tuple[int, int], ...] = ()
    hidden: int = 0


@dataclass(slots=True)
class _Writer:
    """Collects text the way a browser lays it out: runs of blanks shrink to one, a block ends a line once."""

    out: list[str] = field(default_factory=list)
    length: int = 0
    #: Whether the last character written is a line feed (or nothing is written yet), and whether a blank waits.
    fresh: bool = True
    blank: bool = False
    tab: bool = False

    def words(self, text: str) -> None:
        shrunk = _BLANKS.sub(" ", text)
        if shrunk == " ":
            self.blank = not self.fresh or self.blank
            return
        lead = shrunk[0] == " "
        trail = shrunk[-1] == " "
        core = shrunk.strip(" \t\r\n\f") if lead or trail else shrunk
        if not core:
            return
        if self.tab:
            core = "\t" + core
        elif (lead or self.blank) and not self.fresh:
            core = " " + core
        self._put(core)
        self.tab = False
        self.blank = trail

    def exact(self, text: str) -> None:
        if text:
            self._put(text.replace("\r\n", "\n").replace("\r", "\n"))
            self.blank = self.tab = False
            self.fresh = text.endswith("\n")

    def line_end(self) -> None:
        if not self.fresh:
            self._put("\n")
            self.fresh = True
        self.blank = self.tab = False

    def line_break(self) -> None:
        self._put("\n")
        self.fresh = True
        self.blank = self.tab = False

    def cell(self) -> None:
        if not self.fresh:
            self.tab = True

    def _put(self, text: str) -> None:
        self.out.append(text)
        self.length += len(text)
        self.fresh = False


def visible(html: str, *, letter: bool = False) -> Visible:
    """The visible text of HTML. With `letter`, quotations and signatures marked by mail programs are reported."""
    from selectolax.lexbor import LexborHTMLParser

    if _opened_without_end(html):
        return _flat(html)
    tree = LexborHTMLParser(html)
    root = tree.root
    if root is None:
        return Visible("")
    title_node = tree.css_first("title")
    title = _BLANKS.sub(" ", title_node.text(deep=True)).strip() if title_node is not None else ""
    result = _walk(root, letter)
    result.title = without_surrogates(title) or None
    return result


#: The parser's time grows with the square of the depth; a page with more elements left open than this is read flat.
_LEFT_OPEN = 5_000
_NEEDS_NO_END = re.compile(
    r"<(?!(?:br|img|p|li|td|tr|th|hr|input|meta|link|option|dt|dd|source|wbr|col|area)\b)[a-zA-Z]", re.IGNORECASE
)
_TAG = re.compile(r"<(?:script|style)\b.*?</(?:script|style)\s*>|<[^>]*>?", re.IGNORECASE | re.DOTALL)


def _opened_without_end(html: str) -> bool:
    return html.count("<") > _LEFT_OPEN and len(_NEEDS_NO_END.findall(html)) - html.count("</") > _LEFT_OPEN


def _flat(html: str) -> Visible:
    """The text between tags, each tag a line break: for pages built to stop parsers."""
    from html import unescape

    lines = (" ".join(line.split()) for line in _TAG.sub("\n", html).split("\n"))
    return Visible(without_surrogates(unescape("\n".join(line for line in lines if line))) + "\n")


def _walk(root: Any, letter: bool) -> Visible:  # noqa: C901, PLR0912, PLR0915 - one walk, no helper calls: this is the hot loop
    writer = _Writer()
    quoted: list[tuple[int, int]] = []
    signatures: list[tuple[int, int]] = []
    hidden = 0
    #: Elements entered: (node, block, keeps blanks, mark, where its text began).
    stack: list[tuple[Any, bool, bool, str, int]] = []
    keeps = 0
    node: Any = root
    while node is not None:
        tag = node.tag
        down = False
        if tag == "-text":
            content = node.text_content
            if content:
                if keeps:
                    writer.exact(content)
                else:
                    writer.words(content)
        elif tag == "br":
            writer.line_break()
        elif tag not in _DROPPED and tag[0] not in "-!":
            attributes = node.attributes
            if attributes and _is_hidden(attributes):
                hidden += len(_BLANKS.sub(" ", node.text(deep=True)).strip())
            else:
                block = tag in _BLOCKS
                if block:
                    writer.line_end()
                elif tag in _CELLS:
                    writer.cell()
                if node.first_child is not None and len(stack) < _DEEPEST:
                    mark = _mark(tag, attributes) if letter and (attributes or tag == "blockquote") else ""
                    keep = tag in _KEEPS_BLANKS
                    keeps += keep
                    stack.append((node, block, keep, mark, writer.length))
                    down = True
                elif node.first_child is not None:
                    writer.words(node.text(deep=True, separator=" "))
        if down:
            node = node.first_child
            continue
        while node is not None and node.next is None:
            if not stack:
                node = None
                break
            node, block, keep, mark, began = stack.pop()
            keeps -= keep
            if block:
                writer.line_end()
            if mark and writer.length > began:
                (quoted if mark == "quoted" else signatures).append((began, writer.length))
        if node is not None:
            node = node.next
    text = "".join(writer.out)
    return Visible(without_surrogates(text), None, tuple(quoted), tuple(signatures), hidden)


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    return bool(style) and _HIDDEN.search(style) is not None  # type: ignore[arg-type]


def _mark(tag: str, attributes: dict[str, str | None]) -> str:
    if tag == "blockquote":
        return "quoted"
    name, ident = attributes.get("class") or "", attributes.get("id") or ""
    if (name and _QUOTE_CLASS.search(name)) or (ident and _QUOTE_ID.search(ident)):
        return "quoted"
    if (name and _SIGNATURE_CLASS.search(name)) or (ident and _SIGNATURE_ID.search(ident)):
        return "signature"
    return ""


# --- bytes -------------------------------------------------------------------------------------------------------

_META = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.+-]+)|<\?xml[^>]{0,100}encoding\s*=\s*["']([A-Za-z0-9_:.+-]+)""",
    re.IGNORECASE,
)


def decode_html(data: bytes, declared: str | None = None, *, expected: str | None = None) -> Decoded:
    """Decode HTML bytes; a charset told from outside goes before the page's own."""
    label = declared
    if not label:
        found = _META.search(data, 0, 8192)
        if found is not None:
            label = (found[1] or found[2]).decode("ascii")
            if label.lower().startswith("utf-16"):
                label = "utf-8"  # a readable "utf-16" cannot be true (HTML standard, 13.2.3.2)
    return decode(data, label, expected=expected)


def remote_references(html: str) -> int:
    """How many references would make a browser ask a server (pictures, styles, forms): shown, never followed."""
    if "//" not in html:
        return 0
    lower = html.lower()
    count, at = lower.count("<link"), lower.find("//")
    while at >= 0:
        count += _ASKED_FOR.search(lower, max(0, at - _BEFORE), at) is not None
        at = lower.find("//", at + 2)
    return count


def read(data: bytes, hints: ReaderHints) -> Extract:
    """Read an HTML page."""
    decoded = decode_html(data, hints.declared_charset)
    seen = visible(decoded.text)
    notes = [] if decoded.plain else [Note(rule="charset", sentence=decoded.sentence())]
    if seen.hidden:
        notes.append(
            Note(
                rule="hidden text",
                sentence=f"{seen.hidden} characters are styled to be invisible and are not in the text",
            )
        )
    remote = remote_references(decoded.text)
    if remote:
        notes.append(Note(rule="remote content", sentence=f"{remote} references to other servers; none was followed"))
    notes += [Note(rule="link", sentence=address) for address in links(decoded.text)]
    layer = TextLayer(text=seen.text[: hints.limits.text_chars], extractor=NAME)
    cut = len(seen.text) > hints.limits.text_chars
    return Extract(
        kind=Kind.DOCUMENT,
        schema="HyperText",
        media_type="text/html",
        layer=layer,
        title=seen.title,
        parts=embedded_pictures(decoded.text),
        state=State.PARTIAL if cut else State.READ,
        stage="read" if cut else "",
        reason="longer than the limit" if cut else "",
        limit="text_chars" if cut else "",
        notes=tuple(notes),
    )


#: Addresses of a page that are kept: enough for a report, bounded for a directory of links.
MOST_LINKS = 200


def links(html: str) -> tuple[str, ...]:
    """Addresses that the page's links lead to, in order, each once. They are evidence of who had it from whom; nothing
    ever follows them."""
    from selectolax.lexbor import LexborHTMLParser

    if _opened_without_end(html):
        return ()
    found = (node.attributes.get("href") or "" for node in LexborHTMLParser(html).css("a[href]"))
    absolute = (address.strip() for address in found if address.strip().lower().startswith(("http://", "https://")))
    return tuple(dict.fromkeys(absolute))[:MOST_LINKS]


_DATA_URL = re.compile(
    r"""["'(]\s*data:([a-z]+/[a-z0-9.+-]+)(?:;[a-z0-9=_-]+)*;base64,([A-Za-z0-9+/=\s%]{64,})""", re.IGNORECASE
)


def embedded_pictures(html: str, limit: int = 1_000) -> tuple[Part, ...]:
    """Files carried inside the page as data URLs."""
    from leakdesk.documents.headers import lenient_base64

    if "data:" not in html:
        return ()
    parts: list[Part] = []
    for match in _DATA_URL.finditer(html):
        if len(parts) >= limit:
            break
        payload, whole = lenient_base64(
            match[2].replace("%2B", "+").replace("%2F", "/").replace("%3D", "=").encode("ascii")
        )
        kind = match[1].lower()
        parts.append(
            Part(
                name=f"embedded-{len(parts) + 1}.{kind.rpartition('/')[2].split('+')[0]}",
                data=payload,
                media_type=kind,
                inline=True,
                state=State.READ if whole else State.PARTIAL,
                reason="" if whole else "the base64 text ends early",
            )
        )
    return tuple(parts)
