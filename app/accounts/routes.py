"""Sign in, enrol, come back, leave."""

from __future__ import annotations

import struct
from collections.abc import Callable

from flask import Blueprint, Flask, Response, current_app, jsonify, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import RequestEntityTooLarge

from app import clock, http
from app import site as ground
from app.accounts import access, service, sessions
from app.accounts.access import few_failures, signed_in
from app.audit import reading
from app.audit import service as audit
from app.audit.models import Event
from app.db import Store
from app.errors import Refusal, answer
from crypto.errors import SealError

bp = Blueprint("accounts", __name__)
ON_EXIT = "alongside_on_exit"  # rooms above put here: (db, fp, body) keeps what was being written


def register(app: Flask) -> None:
    access.register(app)
    app.extensions.setdefault(ON_EXIT, [])
    app.register_blueprint(bp)


def receipt(event: Event) -> str:
    return http.b64(audit.receipt(event))


@bp.post("/sign-in/nonce")
def give_nonce() -> Response:
    return jsonify(nonce=http.b64(sessions.new_nonce(http.store())), now=clock.now_s())


@bp.post("/sign-in")
@few_failures
def sign_in() -> Response:
    fp, locator = access.proven(access.ZERO32)
    db = http.store()
    account = service.account(db, fp)
    kind, wrap = service.unlocking(db, fp, locator)
    sealed = _sealed(db, fp)
    share, set_cookie = access.begin_session(db, account)
    response = jsonify(
        fp=http.b64(fp), role=account.role, submitted=account.submitted, share=share, **sealed,
        kind=kind, locator=http.b64(locator), wrap=http.b64(wrap),
    )  # fmt: skip
    set_cookie(response)
    return response


def _sealed(db: Store, fp: bytes) -> dict[str, object]:
    kept = service.kept(db, fp)
    notebook = {"version": kept.version, "box": http.b64(kept.box)}
    # A tab that has seen an earlier log asks what became of it before it believes older notes.
    return {"bundle": http.b64(kept.bundle), "notebook": notebook, "log": reading.newest_number(db)}


@bp.post("/sign-in/enrol")
@few_failures
def enrol() -> Response:
    body, db = http.body(), http.store()
    account = service.enrol(
        db, site=ground.site(db), enrol=http.field_bytes(body, "enrol"), sig=http.field_bytes(body, "sig", 64)
    )
    share, set_cookie = access.begin_session(db, account)
    assert account.event is not None
    response = jsonify(receipt=receipt(account.event), share=share)
    set_cookie(response)
    return response


@bp.post("/sign-in/share")
def give_share() -> Response:
    """The share of a live session, to itself alone; with `begin`, a session without a name if there is none."""
    session, db = access.live(), http.store()
    if session is None:
        if http.body().get("begin") is not True:
            raise access.locked()
        share, set_cookie = access.begin_nameless(db)
        response = jsonify(
            share=share, now=clock.now_s(), fp=None, role=None, submitted=False, bundle=None, notebook=None
        )
        set_cookie(response)
        return response
    sealed = _sealed(db, session.fp) if session.fp else {"bundle": None, "notebook": None}
    fp = http.b64(session.fp) if session.fp else None
    return jsonify(
        share=http.b64(session.share),
        now=clock.now_s(),
        fp=fp,
        role=session.role,
        submitted=session.submitted,
        **sealed,
    )


@bp.post("/sign-in/lock")
def lock() -> Response:
    response = jsonify({})
    access.end_session(http.store(), response)
    return response


@bp.post("/exit")
def leave() -> Response:
    """Always lets go. What was being written is kept if it can be; it was saved as it was typed anyway."""
    db = http.store()
    try:
        body = request.get_data()
    except RequestEntityTooLarge:
        body = b""
    if body and current_user.is_authenticated:
        keepers: list[Callable[[Store, bytes, bytes], None]] = current_app.extensions[ON_EXIT]
        for keep in keepers:
            try:
                with db.begin_nested():
                    keep(db, current_user.fp, body)
            except (Refusal, SealError):
                continue
    response = jsonify({})
    access.end_session(db, response)
    response.headers["Clear-Site-Data"] = '"cookies", "storage"'
    return response


@bp.post("/sign-in/notebook")
@http.reads
@signed_in
def read_notebook() -> Response:
    kept = service.kept(http.store(), current_user.fp)
    return jsonify(version=kept.version, box=http.b64(kept.box))


@bp.post("/sign-in/notebook/save")
@signed_in
def save_notebook() -> Response:
    """Signed: whoever has the cookie alone could put random bytes in its place, and nothing would open any more."""
    access.signed_act()
    data, db = request.get_data(), http.store()
    if len(data) < 40:
        raise Refusal(400, "malformed", _("This could not be read. Nothing was stored."))
    (version,) = struct.unpack_from(">Q", data)
    try:
        event = service.save_notebook(
            db, site=ground.site(db), fp=current_user.fp, version=version, tag=data[8:40], box=data[40:]
        )
    except service.Newer as newer:
        return _newer(newer)
    return jsonify(receipt=receipt(event))


@bp.post("/sign-in/methods")
@few_failures
def change_methods() -> Response:
    access.signed_act()
    db, session = http.store(), access.live()
    assert session is not None
    try:
        event = service.change_methods(
            db, site=ground.site(db), fp=current_user.fp, session=session.id_hash, body=request.get_data()
        )
    except service.Newer as newer:
        return _newer(newer)
    return jsonify(receipt=receipt(event))


def _newer(newer: service.Newer) -> Response:
    words = _("Another tab saved first. Nothing is lost.")
    return answer(409, "newer", words, version=newer.version, box=http.b64(newer.box))
