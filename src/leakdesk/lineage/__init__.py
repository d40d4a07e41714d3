"""Who had it from whom, and how many independent sources that makes.

- `derive`       the graph: reports, publications, documents, witnesses; edges stated, inferred or possible
- `corroborate`  roots, and how many independent ones stand behind a claim
"""
