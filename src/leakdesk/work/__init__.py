"""The pipeline: read, think, write, record. The only chapter that calls the pure ones with bytes and writes what they say.

- `pipeline`     `add`: receive, then read until everything is accounted for
- `writing`      what a reading becomes in the tables
- `protocol`     what main process and parsing processes say to each other
- `worker`       a parsing process, inside the box
- `nursery`      the first process of a box in which each batch of native files is read by a process of its own
- `volumes`      volumes of an archive among what was received
- `pool`         parsing processes: fed, watched, killed, retried
- `indexing`     documents into the full-text index, and again after an interruption
- `searching`, `naming`, `counting`   what the tables answer a search: who is meant by a name, facets of the case
- `marks`, `saved`   notes, tags, saved searches
- `steps`        the table of deep steps; `deep` runs them as resumable jobs
- `again`        retry, reread, rebuild
- `verifying`    `verify CASE` as numbered steps
- `dump`         everything in canonical order, without times
"""
