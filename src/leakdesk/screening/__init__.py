"""... stand on which list: sanctions, export control, and the road the goods took. Offline, dated, explained.

- `entry`        the nouns: an entry of a list, what the list says of its listing, who owns what
- `formats/`     one file a public format: a stream of entries out of a file that may be two gigabytes
- `identify`     which format a file has, by its content
- `streams`      text, rows and XML records out of untrusted files, with sentences for what is wrong with them
- `particulars`  dates of birth, countries and identifiers in one form, and whether two of them contradict each other
- `snapshot`     one version of a list, searchable by the sound of its names (`keys`), misprints included (`near`)
- `screen`       names against snapshots: verdict, reasons, entry, date; "no match in", never "clean"; `told`: what letters tell
                 of somebody besides the name
- `ownership`    who is owned by somebody listed; `changes`: what changed between two versions of a list
- `goods`        codes and plain names of goods in four languages: "may fall under ..., check"; `control`: tables of such goods
- `steps`        requests, offers, orders, payments, shipments, end uses in letters; `routes` links them to chains; `sums`: what
                 their tables come to
- `ties`         who has to do with an aircraft, an engine, a machine, as claims say
- `flags`        red flags of a chain: a table of rules, each with its reference and a counter-example
- `offices`      offices, citizenships and trips of office holders, by country and month
"""
