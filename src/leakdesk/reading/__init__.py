"""Reading: who says what, and what can be checked, in reports and letters; each with its exact quotation.

- `read`         one text layer in, one Reading out, read from top to bottom; `original`: of an unclean text in its own places
- `zones`        headline, caption, label, boilerplate: what each block of a report is; `tables`, `tables_claims`: tables

Text to sentences with trees:

- `parse`        the best parser that is there, else by rule; `endless` cuts what has no end; `sentence` is what comes out
- `english`, `russian`, `pivot`   trees of one shape from three parsers; `pivot_forms`, `russian_words` help the third
- `english_repairs`, `english_attachments`, `russian_repairs`, `slavic_repairs`   what parsers get wrong in a regular way,
                 put right (`slavic_counts`, `slavic_nouns`, `slavic_predicates`, `slavic_agreement`, `slavic_segments`,
                 `slavic_bare`, `slavic_copulas`, `slavic_stretches`, `slavic_dashes`, `slavic_across`, `slavic_actors`)
- `tagging`      word classes without a parser (`tagging_context`, `tagging_dictionary`, `tagging_doubtful`, `tagging_endings`,
                 `tagging_english`, `tagging_kindred`, `tagging_lookup`, `tagging_reading`)
- `shallow`      trees without a parser: `shallow_phrases`, `shallow_clauses`

Who says what:

- `lexicon`      the words that introduce what somebody says, per language (lexicons/*.toml); `words`: small lists
- `attribution`  source, cue and content: every sieve in turn, from certain patterns to loose ones; `attribution_found` is what
                 they make, `spans` and `attribution_shapes` where it begins and ends
- `attribution_quotes`   quotations (`quotes`), their tags (`attribution_quote_tags`) and speakers (`attribution_speakers`)
- `attribution_trees`    patterns over trees (`patterns`, `patterns_needs`): what they make content
                 (`attribution_tree_contents`) and what they leave alone (`attribution_tree_silence`)
- `attribution_frames`, `attribution_slavic`   what English and Slavic verbs of saying govern (`slavic_groups`,
                 `slavic_constructions`, `slavic_clause`)
- `attribution_clauses`, `attribution_colons`, `attribution_comments`, `attribution_hearsay`, `attribution_nouns`,
  `attribution_sources`, `attribution_tags`, `attribution_tellings`   a sieve for each other construction
- `attribution_names`    sources end where names end

What can be checked:

- `frames`       who did what: events (`frame`) as a verb with its participants (`frames_subject`, `frames_roles`,
                 `frames_verbless`, `frames_dashes`, `frames_span`, `frames_edges`); `modality`: planned, possible, alleged,
                 denied; `values`: when, how much
- `names`, `references`   who is named, and who "the plant" or "they" is (`speaker`: "I" and "we" of a quotation); `nearby`
                 finds spans by place
- `claims`       one claim an event, with quote, roles, time and quantities: `claims_context`, `claims_slots`, `claims_roles`,
                 `claims_worth` (silence is honest), `claims_aside`, `claims_links`, `claims_naming`
- `letters`      who "I" and "you" are in a letter: `letters_frame`, `letters_trees`, `letters_acts`, `letters_words`
- `outside/`     what models outside the house propose, held to the text word for word
"""
