"""Redact, protect, seal, pack, verify: what leaves the house, and what must not.

- `inputs`      the nouns the pipeline hands over: pure data, no store
- `facsimile`   what the words of a passage look like on their page, without the page
- `merkle`      RFC 9162 trees
- `seal`        the sealed tree of a document and of a case
- `disclosure`  which leaves are opened, which hidden; passages as parts
- `names`       every form of a name that a mask must know
- `private`     addresses, telephones, account numbers, birth dates
- `roles`       subject, official, professional, protected
- `redact`      what is masked and what blocks
- `differencing` the same passage, unmasked, somewhere else
- `exposure`    how many people could have held a passage: numbers, never names
- `wordings`    per-recipient wordings of one letter
- `signing`     Ed25519 in OpenSSH's formats
- `timestamps`  RFC 3161 requests made offline, replies attached later
- `pages`       the pack's page
- `pack`        all of it together: input to files, or the reasons why not
- `residue`     an independent look at every byte of the finished pack
- `verifier`    standard library only; travels in the pack
- `audit`       with the sealed archive at hand, everything in a pack is computed again

A text layer made plain, and the positions of what was not, is `language.canonical`.
"""
