"""The desk in a browser, on loopback only.

- `security`  who may ask, and what every answer forbids
- `contexts`  what each page shows
- `app`       the routes
- `server`    `leakdesk serve`
"""
