"""Found in every spelling: an index of words as they are written, and a query language that knows how else they are written.

- `entry`       what a worker makes of a document for the index (pure)
- `index`       the index on disk and its one writer
- `searcher`    its readers
- `grammar`, `query`   from a line of text to a tree, and to what the index is asked
- `vocabulary`, `spellings`   which written words are spellings of one word, and why
- `words`, `codes`, `zones`   words, designations and numbers, and parts of a text
- `highlight`, `results`      where a text matches, and what a search gives
"""
