"""POST /desk/queue, /standing, /loads, /card, /claim, /state: coordinators only."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask
from flask_login import current_user

from app import http
from app.audit import service as audit
from app.desk import service as desk
from app.http import b64, body, field_bytes, store
from app.people.access import needs
from app.site import site

bp = Blueprint("desk", __name__, url_prefix="/desk")


@bp.post("/queue")
@http.reads
@needs("coordinator")
def queue() -> dict[str, Any]:
    asked = body()
    after = field_bytes(asked, "after", 16) if asked.get("after") is not None else None
    db = store()
    cards, more = desk.queue(db, site=site(db), fp=current_user.fp, after=after, over=asked.get("over") is True)
    return {"cards": [_line(card) for card in cards], "more": more}


@bp.post("/standing")
@http.reads
@needs("coordinator")
def standing() -> dict[str, Any]:
    db, case = store(), field_bytes(body(), "case", 16)
    line = _line(desk.standing(db, site=site(db), fp=current_user.fp, case=case))
    others = desk.sent_by_others(db, site=site(db), fp=current_user.fp, case=case)
    wrote = [b64(fp) for fp in desk.who_wrote(db, case=case)]
    told = [{"kind": o.kind, "by": b64(o.by), "day": o.day, "count": o.count} for o in others]
    return {**line, "others": told, "wrote": wrote}


def _line(card: desk.Card) -> dict[str, Any]:
    claimed_by = b64(card.claimed_by) if card.claimed_by else None
    return {
        "case": b64(card.case), "day": card.day, "state": card.state, "claimed_by": claimed_by,
        "sent": card.sent, "heard": card.heard, "over": card.over, "mine": card.mine,
    }  # fmt: skip


@bp.post("/loads")
@http.reads
@needs("coordinator")
def loads() -> dict[str, Any]:
    body()  # nothing is asked in it, and what is no question is refused
    return {"loads": [{"fp": b64(fp), "count": count} for fp, count in desk.loads(store()).items()]}


@bp.post("/card")
@needs("coordinator")
def fetch_card() -> dict[str, Any]:
    db = store()
    case = field_bytes(body(), "case", 16)
    card, identity = desk.fetch_card(db, site=site(db), fp=current_user.fp, case=case)
    return {
        "header": b64(card.header), "body": b64(card.body), "stanza": b64(card.stanza), "hash": b64(card.hash),
        "receipt": b64(audit.receipt(card.event)), "identity": b64(identity),
    }  # fmt: skip


@bp.post("/claim")
@needs("coordinator")
def claim() -> dict[str, Any]:
    asked = body()
    case = field_bytes(asked, "case", 16)
    (desk.release if asked.get("release") is True else desk.claim)(store(), fp=current_user.fp, case=case)
    return {}


@bp.post("/state")
@needs("coordinator")
def set_state() -> dict[str, Any]:
    asked = body()
    state = str(asked.get("state"))
    db = store()
    desk.set_state(db, site=site(db), fp=current_user.fp, case=field_bytes(asked, "case", 16), state=state)
    return {}


def register(app: Flask) -> None:
    app.register_blueprint(bp)
