"""The sealed formats: bytes in, bytes out. SPEC.md beside this file is the protocol.

Two halves. A server may import PUBLIC; it never needs OPENING, and walls in `app/` keep it from that.
"""

PUBLIC = (
    "errors", "frame", "outer", "signing", "people", "root", "directory", "entry", "chain", "log", "tree", "checkpoint",
    "receipt", "mail", "submission", "manifest",
)  # fmt: skip
OPENING = (
    "hkdf", "keys", "identity", "words", "sheet", "account", "notes", "box", "seal", "payload", "grant", "record",
    "letter", "file", "reading", "export", "sign_file", "verify_site", "__main__",
)  # fmt: skip
