"""A parcel arrives: sealed, identified, unpacked, counted. Nothing of it is believed.

- `receive`    walks the paths that were given and seals every file, before anything looks inside
- `identify`   what some bytes are, by content; the name is only a hint
- `limits`     how far a hostile file may go (a table: small, default, big)
- `mailbox`    the messages of an mbox as byte ranges, and an independent count of them
- `unpack`     members of archives, streamed, counted against the archive's directory: `members` is what each kind gives (`zips`,
               `tars`, `streams`, `programs`; `aes_zip` for what is locked)
- `volumes`    which files are volumes of one archive; `split` opens them
- `sandbox`    the box that parsers live in, and how they are killed for good

That found = read + partial + failed, for every container and the case, is asked of the tables: `store.records.ledger`.
"""
