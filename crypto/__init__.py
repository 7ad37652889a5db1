"""The sealed formats: bytes in, bytes out. SPEC.md beside this file is the protocol.

Two halves. A server may import PUBLIC; it never needs OPENING, which opens or signs, and walls in `app/` keep it from
that. A witness is in the second half: a server that could cosign its own log would be watched by nobody.
"""

PUBLIC = (
    "errors", "frame", "outer", "signing", "people", "root", "directory", "entry", "chain", "log", "tree", "checkpoint",
    "cosign", "receipt", "mail", "posted", "submission", "manifest", "root_pair",
)  # fmt: skip
OPENING = (
    "hkdf", "keys", "identity", "words", "sheet", "account", "notes", "box", "seal", "payload", "grant", "record",
    "letter", "row", "file", "reading", "export", "rows_file", "open_rows", "at_home", "sign_file", "next_root",
    "verify_site", "witness", "auditor", "__main__",
)  # fmt: skip
