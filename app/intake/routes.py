"""POST /intake/draft, /drafts, /drop, /submit."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Flask, Response, request
from flask_login import current_user

from app import http
from app.accounts.access import begin_session, signed_in
from app.audit import service as audit
from app.http import b64, body, field_bytes, store
from app.intake import drafts
from app.intake import service as intake
from app.site import site

bp = Blueprint("intake", __name__, url_prefix="/intake")


@bp.post("/draft")
@signed_in
def save_draft() -> dict[str, Any]:
    drafts.save(store(), current_user.fp, request.get_data())
    return {}


@bp.post("/drafts")
@http.reads
@signed_in
def list_drafts() -> dict[str, Any]:
    kept = drafts.of(store(), current_user.fp)
    return {"drafts": [{"draft": b64(row.draft), "box": b64(row.box)} for row in kept]}


@bp.post("/drop")
@signed_in
def drop_draft() -> dict[str, Any]:
    drafts.drop(store(), current_user.fp, field_bytes(body(), "draft", 16))
    return {}


@bp.post("/submit")
def submit() -> Response:
    db, given = store(), body()
    sent = intake.submit(
        db, site=site(db), who=current_user if current_user.is_authenticated else None,
        data=field_bytes(given, "submission"),
        enrol_sig=field_bytes(given, "enrol_sig", 64) if given.get("enrol_sig") is not None else b"",
    )  # fmt: skip
    if sent.account is None:
        return Response(sent.answer, mimetype="application/json")
    share, set_cookie = begin_session(db, sent.account)
    answer = {**json.loads(sent.answer), "share": share}
    if sent.account.event is not None:
        answer["receipts"]["notebook"] = b64(audit.receipt(sent.account.event))
    response = Response(json.dumps(answer, separators=(",", ":")), mimetype="application/json")
    set_cookie(response)
    return response


def register(app: Flask) -> None:
    app.register_blueprint(bp)
    app.extensions.setdefault("alongside_on_exit", []).append(drafts.save)
