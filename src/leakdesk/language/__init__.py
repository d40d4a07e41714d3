"""What scripts, words and spellings are: pure functions and data tables.

- `detect`      which language a text, a line or a word is in
- `scripts`     letters that look alike, wrong keyboard layouts, broken encodings
- `romanise`    how a word sounds, whichever alphabet and standard it was written in; the `standards` by name; `press`
- `inflect`     base forms, as sets; `base_forms`: from a list; `paradigms`, `declension`: forms made by rule
- `words`       what one word of running text is; `folding`: words folded for tables
- `spelling`    the cross-spelling key, and why two words are one
- `concepts`    what a word means across languages, coarsely; `wider` for comparing and checking, `things` for nouns
- `numbers`     what numbers written as words are worth
- `sentences`   where sentences end; `clean` and `canvas` make a text fit for rules without losing a place of it
- `gazetteer`   places by any of their names
- `syntax`      parsers, loaded when needed; `apertium` for Ukrainian and Belarusian
- `reuse`       shingles, near-duplicates, aligned runs
- `canonical`   a text made plain, and the invisible marks in it
"""
