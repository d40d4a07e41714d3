"""Names and values in a text, each with its exact place, its base form, the rules that found it and a confidence.

- `found`          Found, and the shared readers of tables and words
- `patterns`       e-mail, links, telephone, identifiers with checksums
- `dates`          dates of every granularity, as EDTF
- `quantities`     percentages, money, quantities
- `equipment`      designations in four languages and two scripts, folded to one key
- `organisations`  legal forms, head nouns, quoted names; `described`: which words before a head noun belong to it
- `persons`        initials, patronymics, posts, name endings
- `places`         gazetteer, prepositions, shapes of town names
- `models`         the packaged models, by way of Russian for uk and be; `checks`: what they say is checked
- `heads`          names in headers, address lines and signatures: the best sources of all
- `normal`         base forms
- `weigh`, `doubts`   many extractors, one answer; second thoughts about people of one word
- `beside`         what a name is a name of, by the noun beside it
- `again`          names that stood in full once, found again by a part
- `names`          find_mentions: all of them together
"""
