"""Bytes become frozen text.

A reader takes bytes and hints and returns an `Extract`: a text layer, the parts found inside, and how complete that is.
Readers never recurse (the loop over parts lives in work/pipeline.py), never open a connection, and never raise for bad
input: what could not be read is said in `state`, `stage`, `reason`, `limit` and `notes`.

- `readers`      the table media type -> reader, and the one function `read`
- `hints`        what a reader is told besides the bytes: name, charset, passwords, limits
- `charsets`     which characters some bytes are, and how sure that is
- `mime`         a message cut into parts by byte offsets, without decoding anything
- `headers`      what header lines say, in all their real-world brokenness
- `mail`         messages: their head (`mail_head`), parts (`mail_parts`, `transfer`) and text (`mail_layer`)
- `sealed_mail`  S/MIME and OpenPGP; `tnef`, `outlook_message`, `outlook` Microsoft's kinds
- `two_views`    the same message by a second, independent reader; disagreements become a record
- `quoting`      letters cut into body, quoted (`older_mail`), signature (`letter_endings`), by `quoting_rules`
- `threads`, `copies`   relate letters to each other
- `word`, `slides`, `open_document`, `sheets`, `books`  packages of office programs, on what `office` gives them
- `text`, `web`, `paged`, `old_office`, `cards`, `pictures`, `ocr`  all other kinds
"""
