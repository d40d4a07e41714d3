"""Other tools' formats: masked and without hashes of originals by default, everything only with `--internal`.

- `view`         from what an export is `given` to what it may show (`seen`): made once, used by every format
- `ftm`          FollowTheMoney entities as JSON lines; `roads`: roads of goods and shares of owners
- `annotations`  W3C Web Annotations
- `prov`         PROV as JSON-LD: who had it from whom
- `tables`       CSV whose cells never become formulas
- `ach`          findings side by side, and what each passage is to them
- `mailbox`      messages rebuilt as an mbox
- `dossier`      the findings to read and print, with `drawing`: who had it from whom

Every format has one function: a view in, pieces of files out, each with the name of its file.
"""
