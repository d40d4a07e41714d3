"""Reading: who says what, and what can be checked, in reports and letters; each with its exact quotation.

- `read`         one text layer in, one Reading out
- `zones`        headline, caption, label, boilerplate: what each block of a report is
- `lexicon`      the words that introduce what somebody says, per language (lexicons/*.toml)
- `sentence`     sentences as words with their grammar: parsed, or by rule where no parser is there
- `shallow`      word classes and noun phrases without a parser
- `attribution`  source, cue and content, from certain patterns to loose ones
- `frames`       who did what: events as a verb with its participants
- `references`   "the plant", "they": the entity meant, or the candidates
- `modality`     planned, possible, alleged, denied
- `claims`       one claim an event, with quote, roles, time and quantities
"""
