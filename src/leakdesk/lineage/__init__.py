"""Who had it from whom, and how many independent sources that makes.

- `derive`       the graph (`graph`): reports, publications, documents, witnesses; edges stated, inferred or possible
- `corroborate`  roots, and how many independent ones stand behind a claim: `resting` (what one claim rests on), `voices` (who
                 speaks for it), `reach` (walking the graph), `sets` (which documents are one)
- `texts`        a report as the lineage sees it; `order`: which of two appeared first

Edges and what they are told by:

- `stated`, `citing`   words of a text: whom it cites, which documents it rests on; `sources`, `words`, `outlets`, `speakers`:
                 what a source is, and which report a name means
- `marked`, `marks`    agency tags, links, photo credits, translator's notes
- `reuse_edges`, `reuse_many`   aligned runs of words, between two texts and among very many
- `traces`, `numbers`, `trace_edges`   shared errors, wrong numbers, odd spellings, the order of things; `ties`: where they
                 say nothing new
- `pictures`     the same picture in two reports
- `versions`, `withdrawn`   texts of one outlet that follow each other; claims that an outlet took back, and who repeats them
"""
