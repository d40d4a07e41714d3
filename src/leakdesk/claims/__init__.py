"""Claims side by side: slots, comparison, checks against the letters, and a person's judgements.

- `terms`    content words of a phrase in a language-free form
- `times`    EDTF values as intervals of days
- `slots`    how one claim's slot stands to another's
- `align`    two reports side by side, row by row
- `fusions`  cause and effect that only one of two reports ties together
- `passages` sentences of letters, ready to be held against a claim
- `check`    a report's claims against the letters
- `quotes`   a report's quotations against the letters
- `review`   findings: what a person may do with them
"""
