"""POST /cases/mine, /open, /append, /rekey, /erase, /export. Which case is in the body: no id stands in an address."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, request
from flask_login import current_user
from sqlalchemy import Row

from app import http
from app.accounts import service as accounts
from app.accounts.access import signed_act, signed_in
from app.audit import service as audit
from app.audit.models import Event
from app.cases import reading
from app.cases import service as cases
from app.errors import Refusal
from app.http import b64, body, field_bytes, field_count, field_list, store, unb64
from app.site import site
from crypto.frame import frame

bp = Blueprint("cases", __name__, url_prefix="/cases")


@bp.post("/mine")
@http.reads
@signed_in
def mine() -> dict[str, Any]:
    asked = body()
    after = field_bytes(asked, "after", 16) if asked.get("after") is not None else b""
    found, more = reading.mine(store(), fp=current_user.fp, after=after)
    whose = current_user.fp
    listed = [
        {"case": b64(row.id), "seq": row.seq, "epoch": row.epoch, "owner": row.owner == whose, "left": row.has_left}
        for row in found
    ]
    return {"cases": listed, "more": more}


@bp.post("/open")
@signed_in
def open_case() -> dict[str, Any]:
    db, asked = store(), body()
    since = asked.get("after_act") or {}
    if not isinstance(since, dict):
        raise Refusal(400, "malformed", "This could not be read. Nothing was stored.")
    opened = reading.open_case(
        db, site=site(db), fp=current_user.fp, case=field_bytes(asked, "case", 16),
        after=field_count(asked, "after", 0), after_act=(field_count(since, "epoch", 0), field_count(since, "n", 0)),
    )  # fmt: skip
    answer = {
        "entries": [_entry(row) for row in opened.entries],
        "more": opened.more,
        "grants": [{"epoch": row.epoch, "grant": b64(row.sealed)} for row in opened.grants],
        "identities": [b64(frame) for frame in opened.identities],
        "entry_events": [{"seq": event.n, **_told(event)} for event in opened.entry_events],
        "head": {"seq": opened.seq, "hash": b64(opened.head)},
    }
    if opened.acts is not None:
        answer["acts"] = [_act(event, opened.ends) for event in opened.acts]
        answer["more_acts"] = opened.more_acts
    return answer


def _entry(row: Row[Any]) -> dict[str, Any]:
    if row.body is None:
        return {"seq": row.seq, "header": b64(row.header), "hash": b64(row.hash), "erased": True}
    return {"seq": row.seq, "entry": b64(frame("entry", {"header": row.header, "body": row.body}))}


def _told(event: Event) -> dict[str, Any]:
    """What proves an event to somebody who may know it; of an erased one, the leaf alone."""
    if event.salt is None or event.payload is None:
        return _hidden(event)
    return {"salt": b64(event.salt), "event": b64(event.payload), "tag": b64(event.tag), **_place(event)}


def _hidden(event: Event) -> dict[str, Any]:
    return {"tag": b64(event.tag), "commit": b64(event.commit), **_place(event)}


def _place(event: Event) -> dict[str, Any]:
    """Where its leaf is, which is nothing yet in the first moments; the promise stands for it until then."""
    return {"promise": event.promise, "log": event.log, "position": event.position}


def _act(event: Event, ends: set[bytes] | None) -> dict[str, Any]:
    """A letter is told in full to its two ends and to the owner; others see that there was something."""
    about_others = event.type == "letter" and ends is not None and not ends & {event.sender, event.recipient}
    return {"epoch": event.epoch, "n": event.n, **(_hidden(event) if about_others else _told(event))}


@bp.post("/append")
@signed_in
def append() -> dict[str, Any]:
    db, given = store(), body()
    leaves = given.get("leaves") is True
    if leaves:
        signed_act()
    seq, event = cases.append(
        db, site=site(db), fp=current_user.fp, case=field_bytes(given, "case", 16), entry=field_bytes(given, "entry"),
        leaves=leaves,
    )  # fmt: skip
    return {"receipt": b64(audit.receipt(event)), "seq": seq}


@bp.post("/rekey")
@signed_in
def rekey() -> dict[str, Any]:
    signed_act()
    db, given = store(), []
    if request.mimetype == "application/octet-stream":
        data = request.get_data()
    else:
        value = body()
        data = field_bytes(value, "rekey")
        given = [unb64(frame) for frame in field_list(value, "identities")] if "identities" in value else []
    event = cases.rekey(db, site=site(db), fp=current_user.fp, rekey=data, given=given)
    return {"receipt": b64(audit.receipt(event))}


@bp.post("/erase")
@signed_in
def erase() -> dict[str, Any]:
    signed_act()
    db, given = store(), body()
    event = cases.erase(
        db, site=site(db), fp=current_user.fp, case=field_bytes(given, "case", 16),
        entry=field_bytes(given, "entry"), names=field_bytes(given, "names", 32),
    )  # fmt: skip
    return {"receipt": b64(audit.receipt(event))}


@bp.post("/export")
@signed_in
def export() -> dict[str, Any]:
    """What a sealed copy needs beyond the case: the way to unlock that signed this, and what it unlocks."""
    locator = signed_act()
    db = store()
    cases.note_export(db, site=site(db), fp=current_user.fp, case=field_bytes(body(), "case", 16))
    kind, wrap = accounts.unlocking(db, current_user.fp, locator)
    kept = accounts.kept(db, current_user.fp)
    return {
        "role": current_user.role, "kind": kind, "locator": b64(locator), "wrap": b64(wrap),
        "bundle": b64(kept.bundle), "notebook": {"version": kept.version, "box": b64(kept.box)},
    }  # fmt: skip


def register(app: Flask) -> None:
    app.register_blueprint(bp)
    app.extensions.setdefault("alongside_concerns", []).append(reading.companions)
