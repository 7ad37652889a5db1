"""Everything about one person's keys under one name, as the JavaScript twin has it (SPEC 4, 5, 12)."""

from crypto.account import (
    Method,
    authorization,
    make_enrol,
    method,
    new_account_key,
    open_bundle,
    passkey_input,
    seal_bundle,
    unwrap,
    wrap,
)
from crypto.hkdf import hkdf
from crypto.identity import Identity, ed_public, lane_account, new_identity, sign, sign_note, sign_thing
from crypto.notes import (
    notebook_save,
    open_draft,
    open_notebook,
    open_tab,
    seal_draft,
    seal_notebook,
    seal_tab,
)
from crypto.sheet import new_sheet, read_root_sheet, read_sheet, root_seed, root_sheet_text, sheet_text
from crypto.words import new_words, read_words, suggest, words_secret

__all__ = [
    "Identity", "Method", "authorization", "ed_public", "hkdf", "lane_account", "make_enrol", "method",
    "new_account_key", "new_identity", "new_sheet", "new_words", "notebook_save", "open_bundle", "open_draft",
    "open_notebook", "open_tab", "passkey_input", "read_root_sheet", "read_sheet", "read_words", "root_seed",
    "root_sheet_text", "seal_bundle", "seal_draft", "seal_notebook", "seal_tab", "sheet_text", "sign", "sign_note",
    "sign_thing", "suggest", "unwrap", "words_secret", "wrap",
]  # fmt: skip
