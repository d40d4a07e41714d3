"""One thin function a verb: each verb is one file, loaded only when it is called.

- `app`      the table of verbs, and the one place where errors become sentences and exit codes
- `render`   the only file that prints
- `options`  options that several verbs share
"""
