"""Found in every spelling: an index of words as they are written, and a query language that knows how else they are written.

- `entry`       what a worker makes of a document for the index (pure)
- `index`       the index on disk and its one writer
- `searcher`    its readers
- `grammar`, `tree`    from a line of text to a tree; `taken_as_words` says what of it was no operator or field
- `query`, `values`, `clauses`   from a tree to what the index is asked; `asked` is what only the case can answer
- `facets`, `orders`   true counts, and the order of hits
- `likeness`, `origins`   what a document is about, and which message wrote what another one quotes
- `vocabulary`, `spellings`   which written words are spellings of one word, and why
- `misread`, `mended`, `systems`   what scanners misread, what is broken, and by which system a Latin spelling was made
- `words`, `codes`, `zones`   words, designations and numbers, and parts of a text
- `patterns`    wildcards, regular expressions, letters of difference; `dates`: spans of time; `limits`: how much a query may hold
- `keys`, `declension`, `neighbours`   under which keys a word stands, and which are asked for another
- `finders`, `highlight`, `snippets`, `results`   where a text matches, what is shown of it, and what a search gives
- `batch`       many terms in one go; `meaning`: passages by their vectors, an optional part
- `pair_reader` the same part's network with changes of our own: does one sentence tell another? `e5_pack`: the file it comes in
"""
