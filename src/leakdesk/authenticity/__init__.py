"""What can be said technically about a letter, and never a word more.

- `fields`        a message as its header fields and body, by byte ranges, and the two canonical forms of RFC 6376
- `keys`          the offline table of published keys: plain lists, zone files, dumps of key archives; nothing is looked up
- `rsa`           the arithmetic of a signature, for keys of every age
- `signatures`    DKIM: what a signature covers, taken down without a key; `states`: its state under the keys known now
- `arc`           the chain of ARC sets
- `sealed`        signatures around parts (`seal_facts`), and their state where certificates or keys are supplied: `smime`,
                  `openpgp`
- `headers`       what the header lines of one letter say about time, host and client; `bodies`: fonts, pixels, links
- `letter`        all of that for one letter: the step that runs in the box
- `observations`  conflicts inside one letter; `corpus`: conflicts between letters, and how often each occurs here
- `clocks`        zones that a sender's clock should show; `quotes`: a quoted letter beside the letter itself
- `products`      when clients, programs and fonts first appeared: a dated table
- `papers`        the history inside files (`paper_pdf`, `paper_office`, `paper_pictures`); untrusted bytes, so only
                  run in the box
- `variants`      marks and wordings that identify a recipient, described in our own text before publication
- `wording`       the only place where a sentence about any of this comes from

Everything here is pure: bytes and tables in, nouns out. A signature "verifies" or does not; nothing is ever called by a
word about truth, and no number stands for confidence.
"""

from __future__ import annotations
