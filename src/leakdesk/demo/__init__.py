"""An invented leak, the reports about it, and what is true in them.

    from leakdesk.demo.build import build_parcel
    files = build_parcel(Path("out"))

Reading order: `cast` (who plays), `wording` (names, numbers and dates in a sentence), `story` (the letters),
`mail` (a letter becomes a message), `papers` (attachments), `parcel` (two mailboxes in one zip), `reports`
(what was published), `gold` and `truth` (what a careful reader would mark), `build` (everything, in one call).
"""
