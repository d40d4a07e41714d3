"""Extractors from outside: a local model may propose, the text decides.

- `proposals`  what an extractor may propose, and the interface it fills
- `verbatim`   what stands in the text word for word is kept, labelled; the rest is counted and dropped
- `endpoint`   an OpenAI-compatible server on this computer
- `gliner`     a GLiNER model in a directory
- `choose`     which ones the user turned on (none by default)
"""
