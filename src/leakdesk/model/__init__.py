"""The nouns: frozen, checked at birth, without files, clocks or networks.

- `evidence`    Original, Sighting, CustodyEvent: what was received and what became of it
- `document`    Document, TextLayer, Segment, Page, Extract: bytes turned into frozen text
- `anchor`      Anchor: an exact place in a frozen text, and how it is found again
- `entity`      Mention, Entity, Statement, Judgement, Match: names, and who they are
- `claim`       Attribution, Claim, Reading, Finding: who says what, with which words
- `derivation`  Node, Derivation: who had it from whom
- `comparison`  Row, Comparison, Checking: two texts side by side
- `pictures`    the same picture elsewhere, and the letter that a screenshot shows
- `ids`         the hashes that give mentions, attributions and claims their names
- `plain`       nouns as plain JSON values, in the contract's field names
"""
