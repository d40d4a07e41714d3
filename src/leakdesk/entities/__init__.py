"""... are someone: whether two names are one, and why; which mentions are the same person, body, place or thing.

- `people`         a person's name taken apart: given name, patronymic, surname, in every reading it allows (`name_words`,
                   `given_names`); compared part by part (`compare_people`, `name_parts`, `people_reasons`)
- `organisations`  words of four languages, legal forms, numbers, acronyms (`org_words`, `org_tables`, `org_towns`,
                   `org_acronyms`); compared by what is shared and left over (`compare_organisations`, `org_tally`, `org_reasons`)
- `places`         the gazetteer; `compare_places`
- `things`         designations of equipment; `compare_things`
- `match`          the comparison: same, possible or different, with the sentences that led there; `align`: of whole entities
- `candidates`     which of many names are worth comparing; nothing true may be lost here
- `resolve`        from mentions to entities, with people's `judgements`: `nodes` are names, `graph` is who may be who,
                   `clusters` joins them without transitive nonsense, `described` says what each one is
- `rarity`, `relatives`   how rare a surname is here; who is somebody's family, and so protected
"""
