"""Bytes become frozen text.

A reader takes bytes and hints and returns an `Extract`: a text layer, the parts found inside, and how complete that is.
Readers never recurse (the loop over parts lives in work/pipeline.py), never open a connection, and never raise for bad
input: what could not be read is said in `state`, `stage`, `reason`, `limit` and `notes`.

- `readers`      the table media type -> reader, and the one function `read`
- `hints`        what a reader is told besides the bytes: name, charset, passwords, limits
- `charsets`     which characters some bytes are, and how sure that is: `charset_labels`, `decoding`, `natural_text`, `misread`
- `layers`, `sections`   a text layer put together piece by piece, what stands beside the flow included

Mail:

- `mime`         a message cut into parts by byte offsets, without decoding anything
- `headers`      what header lines say, in all their real-world brokenness; `header_dates`
- `mail`         messages: their head (`mail_head`), parts (`mail_parts`, `transfer`, `inline_files`), text (`mail_layer`)
- `sealed_mail`  S/MIME and OpenPGP; `emlx` Apple's kind
- `outlook`      Outlook's stores (`pst_nodes`, `pst_items`, `heap`, `outlook_mac`), `outlook_message` one message, `tnef` its
                 envelope; `mapi`: all of them as properties, rebuilt as a message
- `two_views`    the same message by a second, independent reader; disagreements become a record
- `quoting`      letters cut into body, quoted (`older_mail`), signature (`letter_endings`), by `quoting_rules`
- `letters`      the language of a body by its letters alone
- `threads`, `copies`   relate letters to each other

All other kinds:

- `word`, `slides`, `open_document`, `sheets`, `books`   packages of office programs, on what `office` and `packages` give them;
                 `number_formats`, `sheet_formats`; `locked`, `locked_odf`: under a password; `salvage`: cut off
- `old_office`   programs before 2007: `word_binary`, `slides_binary`, `compound`; `rtf`
- `paged`, `page_places`, `djvu`   pages; `pictures`, `ocr`, `fingerprint`, `facsimile`, `drawings`   pictures
- `text`, `web`, `cards`   the rest
"""
