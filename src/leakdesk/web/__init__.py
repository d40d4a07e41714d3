"""The desk in a browser, on loopback only.

- `security`  who may ask, and what every answer forbids
- `app`       the routes; `changes`: those that write
- `contexts`  what every page has; what each page shows is a file a family: `parcel`, `searching` (`narrowing`), `documents`
              (`pieces`, `marks`, `technical`), `names`, `reports`, `beside`, `findings`, `screening`, `technical_page`
- `server`    `leakdesk serve`
"""
