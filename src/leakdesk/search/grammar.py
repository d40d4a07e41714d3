"""The query language: from a line of text to a tree. Pure; every error points at the character and suggests.

    query   := either
    either  := all ("OR" all)*
    all     := near (["AND"] near)*
    near    := not ("NEAR" ["/" distance] not)*
    not     := ("NOT" | "-") not | part
    part    := "(" either ")" | field ":" part | ["="] phrase | "/" regex "/" | range | ["="] word ["~" [1|2]]
    phrase  := '"' word* '"'            word := letters, digits, marks; "*" and "?" inside it are wildcards
    range   := [from] ".." [to]

Words side by side must all be there. Operators are written in capitals; in small letters they are words. The fields and what
each takes are the table `FIELDS` of `tree`.
"""

from __future__ import annotations

import difflib
import re

from leakdesk.search.limits import Limits
from leakdesk.search.tree import (
    DEFAULT_NEAR,
    FIELDS,
    LONGEST_PHRASE,
    LONGEST_QUERY,
    TWO_LETTERS,
    WIDEST_NEAR,
    And,
    Everything,
    Field,
    FieldKind,
    Near,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    QueryError,
    Range,
    Word,
)

_OPENERS = {'"': '"', "«": "»", "“": "”", "„": "“”"}
_FIELD = re.compile(r"([A-Za-z]{2,12}):")
_OPERATOR = re.compile(r"(AND|OR|NOT|NEAR)(?:/(\d*))?(?=[\s()\"«“„]|$)")
_RANGE = re.compile(r"([^\s()\"]*?)\.\.([^\s()\"]*)")
_RANGE_END = re.compile(r"[-+]?\d[\d\u00a0,.:TZ+-]*|\d{4}-Q[1-4]|")
_WORD_END = re.compile(r"[\s()\"«»“”„]")
_FUZZY = re.compile(r"~(\d*)$")
#: How like a known field an unknown one must be to be taken for a slip of the pen.
_SLIP = 0.75


def parse(query: str) -> Node:
    """The tree of a query; raises QueryError. An empty query is Everything."""
    if len(query) > LONGEST_QUERY:
        raise QueryError(
            f"the query has {len(query):,} characters, at most {LONGEST_QUERY:,} are read",
            try_="Search a list of terms with a CSV file instead (batch search).",
        )
    return _Parser(query).whole()


class _Parser:
    def __init__(self, query: str) -> None:
        self.query = query
        self.at = 0
        self.limits = Limits()

    # ---- what stands next

    def skip(self) -> None:
        while self.at < len(self.query) and self.query[self.at].isspace():
            self.at += 1

    def peek(self) -> str:
        self.skip()
        return self.query[self.at : self.at + 1]

    def operator(self, *names: str) -> re.Match[str] | None:
        """The operator that stands next, if it is one of the names; it stays unread."""
        self.skip()
        found = _OPERATOR.match(self.query, self.at)
        return (
            found
            if found and found.group(1) in names and (found.group(1) == "NEAR" or found.group(2) is None)
            else None
        )

    # ---- the grammar

    def whole(self) -> Node:
        if not self.peek():
            return Everything()
        node = self.either()
        if self.peek() == ")":
            raise QueryError(
                "a parenthesis is closed that was never opened", self.at, try_="Remove it, or open one before."
            )
        return node

    def either(self) -> Node:
        parts = [self.all()]
        while found := self.operator("OR"):
            self.at = found.end()
            self.expect_operand(found)
            parts.append(self.all())
        return parts[0] if len(parts) == 1 else Or(parts=tuple(parts))

    def all(self) -> Node:
        parts = [self.near()]
        while True:
            if found := self.operator("AND"):
                self.at = found.end()
                self.expect_operand(found)
            elif not self.peek() or self.peek() == ")" or self.operator("OR"):
                return parts[0] if len(parts) == 1 else And(parts=tuple(parts))
            parts.append(self.near())

    def near(self) -> Node:
        left = self.negated()
        pairs: list[Node] = []
        while found := self.operator("NEAR"):
            self.at = found.end()
            self.expect_operand(found)
            self.limits.near(found.start())
            right = self.negated()
            pairs.append(Near(left=left, right=right, distance=self.distance(found), at=found.start()))
            left = right
        if not pairs:
            return left
        return pairs[0] if len(pairs) == 1 else And(parts=tuple(pairs))

    def distance(self, found: re.Match[str]) -> int:
        if found.group(2) is None:
            return DEFAULT_NEAR
        number = int(found.group(2)[:6] or 0)
        if not 1 <= number <= WIDEST_NEAR:
            raise QueryError(
                f"NEAR/ takes a number from 1 to {WIDEST_NEAR}", found.start(), try_="Write for example: NEAR/5."
            )
        return number

    def expect_operand(self, operator: re.Match[str]) -> None:
        if self.peek() in ("", ")") or self.operator("AND", "OR", "NEAR"):
            name = operator.group(1)
            raise QueryError(
                f"nothing follows {name}",
                operator.start(),
                try_=f"Add a word after it, or put {name} in quotation marks to find the word.",
            )

    def negated(self) -> Node:
        found = self.operator("NOT")
        if found:
            self.at = found.end()
            self.expect_operand(found)
            return Not(part=self.limits.nested(self.negated, self.at))
        if self.peek() == "-" and self.query[self.at + 1 : self.at + 2] not in ("", " ", "-"):
            self.at += 1
            return Not(part=self.limits.nested(self.negated, self.at))
        if found := self.operator("AND", "OR", "NEAR"):
            name = found.group(1)
            raise QueryError(
                f"{name} stands where a word should",
                self.at,
                try_=f"Put a word before it, or put {name} in quotation marks to find the word.",
            )
        return self.part()

    def part(self) -> Node:
        start, char = self.at, self.peek()
        start = self.at
        if char == "(":
            return self.group(start)
        if char == ")":
            raise QueryError(
                "a parenthesis is closed before anything stands in it", start, try_="Put a word inside, or remove it."
            )
        self.limits.leaf(start)
        field = _FIELD.match(self.query, self.at)
        if field and (node := self.field(field)):
            return node
        if char == "=":
            return self.exact(start)
        if char in _OPENERS:
            return self.phrase(exact=False)
        if char == "/":
            return self.regex(start)
        return self.word(exact=False)

    def group(self, start: int) -> Node:
        self.at += 1
        if not self.peek():
            raise QueryError(
                "a parenthesis is opened and never closed", start, try_="Put a word inside and close it with )."
            )
        if self.peek() == ")":
            raise QueryError("these parentheses are empty", start, try_="Put a word inside, or remove them.")
        node = self.limits.nested(self.either, self.at)
        if self.peek() != ")":
            raise QueryError("a parenthesis is opened and never closed", start, try_="Close it with ).")
        self.at += 1
        return node

    def field(self, found: re.Match[str]) -> Node | None:
        name = found.group(1).lower()
        if name not in FIELDS:
            self.refuse_slip(name, found)
            return None
        self.at = found.end()
        if self.at >= len(self.query) or self.query[self.at].isspace() or self.query[self.at] == ")":
            raise QueryError(
                f"nothing follows {name}:",
                found.start(),
                try_=f"Write the value right after it, as in {_EXAMPLES.get(name, name + ':word')}.",
            )
        kind = FIELDS[name][0]
        if kind == "text" or self.query[self.at] == "(":
            return Field(name=name, part=self.limits.nested(self.part, self.at), at=found.start())
        return Field(name=name, part=self.value(kind), at=found.start())

    def refuse_slip(self, name: str, found: re.Match[str]) -> None:
        after = self.query[found.end() : found.end() + 1]
        near = difflib.get_close_matches(name, FIELDS, n=1, cutoff=_SLIP)
        if near and after and not after.isspace() and after != "/":
            raise QueryError(
                f"there is no field {name}:",
                found.start(),
                try_=f'Did you mean {near[0]}:? To find the word, write "{name}:".',
            )

    def value(self, kind: FieldKind) -> Node:
        start = self.at
        if self.query[start] in _OPENERS:
            return Word(text=self.quoted(), at=start, exact=True)
        text = self.run()
        if kind in ("date", "number") and ".." in text:
            low, _, high = text.partition("..")
            return Range(low=low, high=high, at=start)
        return Word(text=text, at=start, exact=True)

    def exact(self, start: int) -> Node:
        self.at += 1
        following = self.query[self.at : self.at + 1]
        if following in _OPENERS and following:
            return self.phrase(exact=True)
        if not following or following.isspace() or following in "()":
            raise QueryError("nothing follows =", start, try_="Write the word right after it, as in =Harbachou.")
        return self.word(exact=True)

    def quoted(self) -> str:
        start = self.at
        closers = _OPENERS[self.query[start]]
        end = next((at for at in range(start + 1, len(self.query)) if self.query[at] in closers), -1)
        if end < 0:
            raise QueryError(
                "a quotation mark is opened and never closed", start, try_=f"Close it with {closers[-1]}, or remove it."
            )
        self.at = end + 1
        return self.query[start + 1 : end]

    def phrase(self, *, exact: bool) -> Node:
        start = self.at
        inside = self.quoted()
        if self.at < len(self.query) and self.query[self.at] == "~":
            raise QueryError(
                "~ does not follow a phrase",
                self.at,
                try_="Write words that stand near each other as: word NEAR/5 word.",
            )
        words = [
            self.plain(found.group(), start + 1 + found.start(), exact=exact)
            for found in re.finditer(r"\S+", inside)
            if any(char.isalnum() or char in "*?" for char in found.group())
        ]
        if not words:
            raise QueryError("this phrase has no word in it", start, try_="Write words between the quotation marks.")
        if len(words) > LONGEST_PHRASE:
            raise QueryError(
                f"this phrase has more than {LONGEST_PHRASE} words", start, try_="Search for a part of it."
            )
        return words[0] if len(words) == 1 else Phrase(words=tuple(words), at=start)

    def regex(self, start: int) -> Node:
        end = start + 1
        while end < len(self.query) and self.query[end] != "/":
            end += 2 if self.query[end] == "\\" else 1
        inside = self.query[start + 1 : end]
        if end >= len(self.query):
            raise QueryError(
                "a regular expression is opened with / and never closed",
                start,
                try_='Close it with /, or put the text in "quotation marks".',
            )
        self.at = end + 1
        self.limits.pattern(start)
        if not inside:
            raise QueryError(
                "this regular expression is empty", start, try_="Write it between the slashes, as in /горб.ч[её]в/."
            )
        if any(char.isspace() for char in inside):
            raise QueryError(
                "a regular expression matches one word and has no blanks",
                start,
                try_="Put words in quotation marks, or join two with NEAR.",
            )
        return Pattern(text=inside, at=start, regex=True)

    def run(self) -> str:
        found = _WORD_END.search(self.query, self.at)
        end = found.start() if found else len(self.query)
        text, self.at = self.query[self.at : end], end
        return text

    def word(self, *, exact: bool) -> Node:
        start = self.at
        if self.query[start] in "»”":
            raise QueryError(
                "a quotation mark is closed that was never opened", start, try_="Remove it, or open one before."
            )
        text = self.run()
        if (
            ".." in text
            and text != ".."
            and (found := _RANGE.fullmatch(text))
            and all(_RANGE_END.fullmatch(end) for end in found.groups())
        ):
            return Range(low=found.group(1), high=found.group(2), at=start)
        return self.plain(text, start, exact=exact)

    def plain(self, text: str, at: int, *, exact: bool) -> Word | Pattern:
        fuzzy = _FUZZY.search(text)
        if fuzzy:
            distance = int(fuzzy.group(1)[:3] or 1)
            if distance not in (1, 2):
                raise QueryError(
                    "~ takes 1 or 2 letters of difference", at + fuzzy.start(), try_="Write for example: Harbachou~1."
                )
            self.limits.pattern(at, TWO_LETTERS if distance == 2 else 1)
            return Word(text=text[: fuzzy.start()], at=at, exact=exact, fuzzy=distance)
        # A question mark at the end is punctuation: people type questions.
        core = text.rstrip("?.,;:!…")
        if "*" in core or "?" in core:
            self.refuse_bare_wildcard(core, at)
            self.limits.pattern(at)
            return Pattern(text=core, at=at, regex=False)
        return Word(text=text, at=at, exact=exact)

    def refuse_bare_wildcard(self, text: str, at: int) -> None:
        if sum(char.isalnum() for char in text) < 2:
            raise QueryError(
                "a wildcard needs at least two letters beside it",
                at,
                try_="Write for example: Harb*. To list everything, leave the query empty.",
            )


_EXAMPLES = {
    "date": "date:2023-07..2023-09",
    "since": "since:2023-07",
    "until": "until:2023-09",
    "number": "number:1000..5000",
    "has": "has:attachment",
    "kind": "kind:message",
    "lang": "lang:be",
    "from": "from:Harbachou",
}
