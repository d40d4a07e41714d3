"""... are someone: whether two names are one, and why; which mentions are the same person, body, place or thing.

- `people`         a person's name taken apart: given name, patronymic, surname, in every reading it allows
- `organisations`  words of four languages, legal forms, numbers, acronyms
- `places`         the gazetteer
- `things`         designations of equipment
- `match`          the comparison: same, possible or different, with the sentences that led there
- `candidates`     which of many names are worth comparing; nothing true may be lost here
- `resolve`        from mentions to entities, with people's judgements
"""
