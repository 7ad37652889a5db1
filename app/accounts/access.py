"""Who is asking: the cookie, the signed header, and what a view may demand of them.

Cookie and nonce are settled before the view begins its own transaction: a nonce is used up even
when the request is then refused, and neither waits for a lock that this request holds.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, Response, current_app, g, request
from flask_login import LoginManager, current_user

from app import http
from app import site as ground
from app.accounts import service, sessions
from app.db import Store
from app.errors import Refusal
from app.limits import few_failures
from crypto import signing
from crypto.errors import SealError
from crypto.frame import H

COOKIE = "alongside"
COOKIE_HTTPS = "__Host-alongside"  # no neighbouring host, and nobody on the way, can plant one of this name
ZERO32 = bytes(32)
__all__ = ["begin_session", "few_failures", "signed_act", "signed_in"]


def register(app: Flask) -> None:
    app.config["REMEMBER_COOKIE_NAME"] = "no=cookie"  # a name that none can have: Flask-Login would ask for its own
    login = LoginManager()
    login.session_protection = None  # its cookie would hold a hash of address and browser (decisions 11)
    login.init_app(app)
    login.request_loader(lambda _request: _account())
    app.before_request(_come_in)


def live() -> sessions.Live | None:
    """This request's session, signed in or not."""
    return g.get("live")  # type: ignore[no-any-return]


def _account() -> service.Account | None:
    session = live()
    if session is None or session.fp is None or session.role is None:
        return None
    return service.Account(session.fp, session.role, session.submitted)


def _come_in() -> None:
    if request.method != "POST" or http.asked_by_nobody():
        return
    cookie = request.cookies.get(_cookie())
    if cookie is not None:
        g.live = _find(cookie)
    header = request.headers.get("Authorization", "")
    if header:
        g.nonce_was_fresh = _burn(header)


def _cookie() -> str:
    return COOKIE_HTTPS if _https() else COOKIE


def _https() -> bool:
    return bool(current_app.config["ALONGSIDE"].secure_cookie)


def _own(reads: bool = False) -> Store:
    """A transaction beside the request's own, over before that one begins."""
    db: Store = current_app.extensions["alongside_sessions"]()
    if reads:
        db.connection(execution_options={"reads": True})
    return db


def _find(cookie: str) -> sessions.Live | None:
    try:
        token = http.unb64(cookie)
    except Refusal:
        return None
    with _own(reads=True) as db:
        found = sessions.find(db, token)
    if found is None or not (found.idle or sessions.to_note(found)):
        return found
    with _own() as db:
        if found.idle:
            sessions.end(db, found.id_hash)
        else:
            sessions.see(db, found)
        db.commit()
    return None if found.idle else found


def _burn(header: str) -> bool:
    try:
        nonce = signing.read_authorization(header)["nonce"]
    except SealError:
        return False
    with _own() as db:
        fresh = sessions.burn_nonce(db, nonce)
        db.commit()
    return fresh


def signed_in(view: Callable[..., Any]) -> Callable[..., Any]:
    """Only for somebody whose session is live. Raises: Refusal 401 `locked`."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not current_user.is_authenticated:
            raise locked()
        return view(*args, **kwargs)

    return guarded


def locked() -> Refusal:
    return Refusal(401, "locked", "Locked, and nothing is lost. Unlock with your words to go on.")


def proven(act: bytes) -> tuple[bytes, bytes]:
    """(fp, locator) of whoever signed this request with a fresh nonce, for exactly this act.

    Raises: Refusal 401 `no-match`, `stale-nonce`, 409 `not-founded`; Malformed.
    """
    header = request.headers.get("Authorization", "")
    parts = signing.read_authorization(header)
    if not g.get("nonce_was_fresh"):
        raise Refusal(401, "stale-nonce", "That took longer than two minutes. Try again. Nothing is lost.")
    db = http.store()
    fp, locator = service.prove(db, ground.site(db), header)
    if not hmac.compare_digest(parts["act"], act):
        raise Refusal(401, "other-act", "This was signed for something else. Nothing was changed.")
    return fp, locator


def signed_act() -> bytes:
    """The locator with which this very request body was signed, by the person whose session this is.

    A stolen cookie alone does not get past this. Raises: Refusal 401, as `proven`; `locked` without a session.
    """
    if not current_user.is_authenticated:
        raise locked()
    body = request.get_data()
    if not request.headers.get("Authorization"):
        raise Refusal(401, "not-signed", "This needs your words again. Nothing was changed.")
    fp, locator = proven(H(body))
    if fp != current_user.fp:
        raise Refusal(401, "other-act", "This was signed for something else. Nothing was changed.")
    return locator


def begin_session(db: Store, account: service.Account) -> tuple[str, Callable[[Response], None]]:
    """A session for `account`: its share (base64url), and what puts the cookie on the answer.

    The session before it ends. Another tab of the same person keeps its share, and so stays unlocked.
    """
    before = live()
    kept = before.share if before and before.fp == account.fp else None
    return _begin(db, before, account.fp, kept)


def begin_nameless(db: Store) -> tuple[str, Callable[[Response], None]]:
    """A session before sign-in: its share, and what puts the cookie on the answer."""
    return _begin(db, None, None, None)


def _begin(
    db: Store, before: sessions.Live | None, fp: bytes | None, share: bytes | None
) -> tuple[str, Callable[[Response], None]]:
    if before is not None:
        sessions.end(db, before.id_hash)
    token, share = sessions.begin(db, fp, share=share)

    def set_cookie(response: Response) -> None:
        response.set_cookie(_cookie(), http.b64(token), httponly=True, samesite="Strict", secure=_https())

    return http.b64(share), set_cookie


def end_session(db: Store, response: Response) -> None:
    """End this request's session, if there is one, and take the cookie back."""
    session = live()
    if session is not None:
        sessions.end(db, session.id_hash)
    response.delete_cookie(_cookie(), httponly=True, samesite="Strict", secure=_https())
