"""POST /research/row, /withdraw: from nobody. POST /research/rows, /standing: for stewards."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, current_app, request

from app import http
from app.http import b64, body, field_bytes, store
from app.people.access import needs
from app.research import release_routes
from app.research import service as research
from app.site import site

bp = Blueprint("research", __name__, url_prefix="/research")


@bp.post("/row")
@http.anonymous
def row() -> dict[str, Any]:
    db = store()
    research.keep_row(db, site=site(db), data=request.get_data(), batch=current_app.config["ALONGSIDE"].rows_batch)
    return {}  # no receipt: whoever kept it could show which row is hers


@bp.post("/withdraw")
@http.anonymous
def withdraw() -> dict[str, Any]:
    db, batch = store(), current_app.config["ALONGSIDE"].withdrawals_batch
    return {"stood": research.withdraw_row(db, site=site(db), data=request.get_data(), batch=batch)}


@bp.post("/rows")
@http.reads
@needs("steward")
def rows() -> dict[str, Any]:
    asked = body()
    after = field_bytes(asked, "after", 16) if asked.get("after") is not None else None
    found, last = research.taken(store(), after=after)
    return {"rows": [b64(mail) for mail in found], "after": b64(last) if last is not None else None}


@bp.post("/standing")
@http.reads
@needs("steward")
def standing() -> dict[str, Any]:
    body()  # nothing is asked in it, and what is no question is refused
    now = research.standing(store())
    counts = [{"instrument": name, "month": month, "count": count} for name, month, count in now.counts]
    return {"rows": counts, "waiting": now.waiting}


def register(app: Flask) -> None:
    app.register_blueprint(bp)
    release_routes.register(app)
