"""What scripts, words and spellings are: pure functions and data tables.

- `detect`      which language a text, a line or a word is in
- `scripts`     letters that look alike, wrong keyboard layouts, broken encodings
- `romanise`    how a word sounds, whichever alphabet and standard it was written in; the standards by name
- `inflect`     base forms, as sets
- `spelling`    the cross-spelling key, and why two words are one
- `syntax`      parsers, loaded when needed
- `reuse`       shingles, near-duplicates, aligned runs
- `canonical`   a text made plain, and the invisible marks in it
"""
