"""The pipeline: read, think, write, record. The only chapter that calls the pure ones with bytes and writes what they say.

- `pipeline`     `add`, read from top to bottom; `run` holds what it was told and where it stands
- `receiving`    given files are sealed and wait; `restating` puts right what is stated of a report
- `taking_in`    what waits is taken in hand until nothing waits, with what is found inside: `mailboxes`, `unpacking`
                 (archives), `stores` (Outlook's), `volumes` (cut archives), `second_places` (a container seen twice),
                 `content_types`
- `batches`      items on their way through the parsing processes, written in the order in which they came
- `sighting`     one item before it is read
- `ledgerbook`   what was read becomes the ledger; `document_rows` its rows, `writing` one transaction for many of them
- `protocol`     what main process and parsing processes say to each other
- `worker`       a parsing process, inside the box
- `nursery`      the first process of a box in which each batch of native files is read by a process of its own
- `pool`         parsing processes: fed, watched, killed, retried
- `indexing`     documents into the full-text index, and again after an interruption
- `searching`, `naming`, `counting`   what the tables answer a search: who is meant by a name, facets of the case
- `meaning`      search by meaning, an optional part
- `marks`, `saved`   notes, tags, saved searches
- `letters`      threads and groups of copies; `second_views` other readers' opinions; `answering` which letter answers which
- `steps`        the table of deep steps; `deep` runs them as resumable jobs; `thinking` is the step over one document,
                 `deep_probe` three tiny ones for `testing`
- `resolving`    mentions of the whole case become entities
- `reports`, `comparing`, `together`   reports side by side, and their lineage; `claims_list`, `lineage_list` as verbs print them,
  `report_names` what to call each, `meaning_model` the model that helps
- `checking`     the case's letters behind the check; `pictures` those of reports; `loose` files without a case
- `findings`     drafted, accepted, graded; `dossiers` what the case says beside their quotations
- `lists`, `screening`, `goods`, `routes`, `offices`, `ties`   screening over a case
- `keys`, `technical`   what can be said technically: `technical_papers`, `technical_across`, `technical_lines`,
                 `technical_overview`
- `publishing`   from findings to a pack: `sealing`, `holders`, `wordings`, `facsimiles`; `pack_checking` looks at it again
- `exporting`    a case in other tools' formats
- `again`        retry, reread, rebuild
- `verifying`    `verify CASE` as numbered steps; `doctor` what is installed and where the case lies
- `dump`         everything in canonical order, without times
"""
