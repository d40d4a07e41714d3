"""Claims side by side: slots, comparison, checks against the letters, and a person's judgements.

What a claim says, in a form that can be compared:

- `terms`, `keys`   content words of a phrase in a language-free form, and by what one word may meet another
- `times`, `dates`  EDTF values as intervals of days, and how one date stands to another
- `units`, `figures`, `fractions`, `sums`   numbers: what they count, in which role, said in words, and what they come to
- `views`, `retold`, `facing`, `other_end`   a claim made ready; a deed told without its verb, or from its other end
- `deeds`, `kinds`, `manner`, `held`   classes of deeds and of things, ways of doing that exclude each other, whose a thing is

Two reports:

- `slots`, `sides`  how one claim's slots and participants stand to another's
- `who`            who is who in two reports, as far as rows need it
- `weighing`, `acquaintance`   what ties two claims together or sets them apart, and how much two reports have in common
- `slips`           numbers and days that differ by one slip of the pen
- `likeness`        how likely two claims tell one event, by weights fitted to marked rows (likeness.toml)
- `nearness`        how near the words of two reports' claims are in meaning, where a model is installed
- `pairing`         claims of two reports held against each other, pair by pair
- `align`           two reports side by side, row by row; `questions`: a difference as a reporter would ask about it
- `fusions`         cause and effect that only one of two reports ties together
- `notes`           what should be said about one report before it is held against another

A report and the letters:

- `check`           a report's claims against the letters
- `telling`         how likely a sentence tells a claim in other words, by weights fitted to marked passages (telling.toml)
- `likely`          the sentences that no rule finds and that are likely to tell it; how near they are in meaning
- `together`        what a model says that reads a claim and a sentence at once, where it is installed
- `wanted`          a claim as something to look for (`wanted_slots`, `search_words`)
- `passages`, `heads`, `labels`   sentences of letters, ready to be held against it
- `judge`           how it stands to a claim: `shares` of its slots, `against`, `verbatim`, `denials`, `replies`, `answers`
- `circle`, `unmentioned`   whose letters the matter lies in, and those that the report never uses
- `quotations`      everything between quotation marks: `quotes` word for word, `translated` from another language
- `screenshots`     which letter a screenshot shows, and what it leaves out

- `review`          findings: what a person may do with them
"""
