"""POST /instruments/list, /show, /dictionary, /check, /try, /store: for coordinators."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, current_app
from flask_login import current_user

from app import http
from app.accounts.access import signed_act
from app.errors import Refusal
from app.http import b64, body, field_bytes, store
from app.instruments import service
from app.instruments.shown import shown, shown_differences
from app.people.access import needs
from instruments.dictionary import write_dictionary

bp = Blueprint("instruments", __name__, url_prefix="/instruments")
ASKED = "ALONGSIDE_ASKED"  # {name: id of the edition that the pages of this process ask}


def register(app: Flask) -> None:
    app.config.setdefault(ASKED, {})
    app.register_blueprint(bp)


def _text(value: dict[str, Any], name: str) -> str:
    text = value.get(name)
    if not isinstance(text, str) or len(text) > 64:
        raise Refusal(400, "malformed", "This could not be read. Nothing was stored.")
    return text


@bp.post("/list")
@http.reads
@needs("coordinator")
def list_editions() -> dict[str, Any]:
    asked = current_app.config[ASKED].values()
    every = [
        {
            "id": one.id, "name": one.name, "edition": one.edition, "day": one.day,
            "by": b64(one.by) if one.by else None, "asked": one.id in asked,
        }
        for one in service.known(store())
    ]  # fmt: skip
    return {"editions": every}


@bp.post("/show")
@http.reads
@needs("coordinator")
def show() -> dict[str, Any]:
    return shown(service.find(store(), _text(body(), "id")))


@bp.post("/dictionary")
@http.reads
@needs("coordinator")
def dictionary() -> dict[str, Any]:
    """The edition as REDCap loads it."""
    return {"dictionary": b64(write_dictionary(service.find(store(), _text(body(), "id"))).encode())}


@bp.post("/check")
@http.reads
@needs("coordinator")
def check() -> dict[str, Any]:
    asked = body()
    after, changes = service.look_at(store(), _text(asked, "name"), field_bytes(asked, "dictionary"))
    return {**shown(after), "differences": shown_differences(changes), "nothing": changes.nothing}


@bp.post("/try")
@http.reads
@needs("coordinator")
def try_out() -> dict[str, Any]:
    return shown(service.try_out(field_bytes(body(), "dictionary")))


@bp.post("/store")
@needs("coordinator")
def keep() -> dict[str, Any]:
    signed_act()
    given = body()
    kept = service.store(
        store(), _text(given, "name"), field_bytes(given, "dictionary"), after=_text(given, "after"), by=current_user.fp
    )
    return {"id": kept}
