"""POST /letters, /letters/mine, /letters/stanzas."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask
from flask_login import current_user

from app import http
from app.accounts import service as accounts
from app.accounts.access import signed_act, signed_in
from app.audit import service as audit
from app.errors import Refusal
from app.http import b64, body, field_bytes, field_list, store, unb64
from app.letters import service as letters
from app.site import site
from crypto.mail import KINDS

bp = Blueprint("letters", __name__, url_prefix="/letters")


@bp.post("")
@signed_in
def send() -> dict[str, Any]:
    db = store()
    letter_hash, event = letters.send(db, site=site(db), fp=current_user.fp, mail=field_bytes(body(), "mail"))
    return {"receipt": b64(audit.receipt(event)), "hash": b64(letter_hash)}


@bp.post("/mine")
@http.reads
@signed_in
def mine() -> dict[str, Any]:
    db, asked = store(), body()
    kinds = field_list(asked, "kinds")
    if not KINDS.issuperset(kinds):
        raise Refusal(400, "malformed", "There is no such kind of letter.")
    after = field_bytes(asked, "after", 32) if asked.get("after") is not None else None
    about = field_bytes(asked, "about", 16) if asked.get("about") is not None else None
    found, more = letters.mine(db, site=site(db), fp=current_user.fp, kinds=kinds, after=after, about=about)
    senders = accounts.identities(db, {letter.sender for letter in found})
    return {
        "letters": [delivered(letter) for letter in found],
        "identities": [b64(identity) for identity in senders.values()],
        "more": more,
    }


def delivered(letter: letters.Delivered) -> dict[str, str]:
    """A letter in the shape that pages open it from."""
    return {
        "header": b64(letter.header), "body": b64(letter.body), "stanza": b64(letter.stanza),
        "hash": b64(letter.hash), "receipt": b64(audit.receipt(letter.event)),
    }  # fmt: skip


@bp.post("/stanzas")
@signed_in
def stanzas() -> dict[str, Any]:
    """Signed: with a cookie alone somebody could put random bytes where the key of a letter should be."""
    signed_act()
    db, given = store(), body()
    stanzas = [unb64(stanza) for stanza in field_list(given, "stanzas")]
    letter_hash = field_bytes(given, "hash", 32)
    added = letters.share(db, site=site(db), fp=current_user.fp, letter_hash=letter_hash, stanzas=stanzas)
    return {"added": [b64(to) for to in added]}


def register(app: Flask) -> None:
    app.register_blueprint(bp)

    def keep_profile(db: Any, site: bytes, fp: bytes, mail: bytes) -> None:
        letters.send(db, site=site, fp=fp, mail=mail, joining=True)

    app.extensions.setdefault("alongside_on_join", []).append(keep_profile)
    app.extensions.setdefault("alongside_concerns", []).append(letters.writers_to)
