"""An invented leak, the reports about it, and what is true in them.

    from leakdesk.demo.build import build_parcel
    files = build_parcel(Path("out"))

Reading order: `cast` (who plays), `wording` (names, numbers and dates in a sentence), `sources` (the readable texts), `story`
(the letters), `clients` and `mail` (a letter becomes a message of some program), `signing`, `papers` (attachments, as `office`,
`pdf` and `raster` write them), `parcel` (two mailboxes in one zip, `stored`), `reports` and `screenshot` (what was published),
`listed` (an invented list), `gold` and `truth` (what a careful reader would mark), `build` (everything, in one call), `walk`
(the whole way over it, told step by step).
"""
