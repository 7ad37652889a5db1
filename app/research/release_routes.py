"""POST /research/public, /release, /agree, /download, /files, /publish, …; GET /research/releases/<version>/<name>."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, Response, current_app, request
from flask_login import current_user

from app import http
from app.accounts import service as accounts
from app.accounts.access import few_failures, signed_act
from app.audit import service as audit
from app.audit.routes import SIGNED
from app.errors import Refusal
from app.http import b64, body, field_bytes, field_count, store
from app.people import service as people
from app.people.access import needs
from app.research import agreement, downloads, pieces, publishing, releases, tokens
from app.research.publishing import MOST_FILES

bp = Blueprint("releases", __name__, url_prefix="/research")
RECEIPT = "Alongside-Receipt"


@bp.post("/public")
@http.reads
def public() -> dict[str, Any]:
    body()
    return {"releases": releases.public(store())}


@bp.post("/release")
@http.reads
@needs("researcher", "steward")
def release() -> dict[str, Any]:
    db = store()
    if "steward" not in people.roles(db, current_user.fp):
        agreement.require(db, current_user.fp)
    return {"shown": releases.shown(db, field_count(body(), "version"))}


@bp.post("/agreement")
@http.reads
@needs("researcher")
def standing() -> dict[str, Any]:
    body()
    signed = agreement.agreed(store(), current_user.fp)
    return {"module": agreement.MODULE, "signed": signed and b64(signed)}


@bp.post("/agree")
@needs("researcher")
def agree() -> dict[str, Any]:
    event = agreement.agree(store(), current_user.fp, field_bytes(body(), "signed"))
    return {"receipt": b64(audit.receipt(event))}


@bp.post("/download")
@needs("researcher")
def download() -> Response:
    asked = body()
    version, name = field_count(asked, "version"), str(asked.get("name"))
    return _send(downloads.take(store(), fp=current_user.fp, version=version, name=name))


@bp.get("/releases/<int:version>/<path:name>")
@http.writes
@few_failures
def fetch(version: int, name: str) -> Response:
    """For scripts: `Authorization: Bearer` and a token, and no cookie."""
    if request.method == "HEAD":  # it would leave a line for nothing
        raise Refusal(405, "not-allowed", "Fetch the file itself. SHA256SUMS tells what there is.")
    db = store()
    fp = tokens.holder(db, _bearer())
    return _send(downloads.take(db, fp=fp, version=version, name=name))


def _bearer() -> bytes:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    try:
        return http.unb64(token) if kind == "Bearer" else b""
    except Refusal:
        return b""


def _send(taken: downloads.Taken) -> Response:
    make = current_app.extensions["alongside_sessions"]
    response = Response(downloads.sending(make, taken), mimetype="application/octet-stream")
    response.content_length = taken.size
    response.headers["Content-Disposition"] = f'attachment; filename="{taken.name}"'
    response.headers[RECEIPT] = b64(audit.receipt(taken.event))
    return response


@bp.post("/token")
@needs("researcher")
def make_token() -> dict[str, Any]:
    signed_act()
    return {"expires_s": tokens.make(store(), current_user.fp, field_bytes(body(), "token_hash", 32))}


@bp.post("/tokens")
@http.reads
@needs("researcher")
def my_tokens() -> dict[str, Any]:
    body()
    mine = tokens.mine(store(), current_user.fp)
    return {"tokens": [{"token_hash": b64(one.hash), "day": one.day, "expires_s": one.expires_s} for one in mine]}


@bp.post("/revoke")
@needs("researcher")
def revoke() -> dict[str, Any]:
    signed_act()
    tokens.revoke(store(), current_user.fp, field_bytes(body(), "token_hash", 32))
    return {}


@bp.post("/files")
@needs("steward")
def stage() -> dict[str, Any]:
    asked = body()
    pieces.stage(store(), field_bytes(asked, "hash", 32), field_count(asked, "place"), field_bytes(asked, "data"))
    return {}


@bp.post("/publish")
@needs("steward")
def publish() -> dict[str, Any]:
    signed_act()
    asked = body()
    event = publishing.publish(
        store(), fp=current_user.fp, signed=field_bytes(asked, "release"), listed=field_bytes(asked, "listed"),
        files=_files(asked.get("files")),
    )  # fmt: skip
    return {"receipt": b64(audit.receipt(event))}


def _files(told: object) -> dict[str, tuple[bytes, int]]:
    """Raises: Refusal 400."""
    if not isinstance(told, list) or len(told) > MOST_FILES or not all(isinstance(one, dict) for one in told):
        raise Refusal(400, "malformed", "This could not be read. Nothing was stored.")
    return {str(one.get("name")): (field_bytes(one, "hash", 32), field_count(one, "size")) for one in told}


@bp.post("/unlocking")
@needs("steward")
def unlocking() -> dict[str, Any]:
    """What `open-rows` needs beside the rows: the way to unlock that signed this, and what it unlocks."""
    locator = signed_act()
    body()  # nothing is asked in it, and what is no question is refused
    db = store()
    kind, wrap = accounts.unlocking(db, current_user.fp, locator)
    bundle = accounts.kept(db, current_user.fp).bundle
    return {"role": current_user.role, "kind": kind, "locator": b64(locator), "wrap": b64(wrap), "bundle": b64(bundle)}


def register(app: Flask) -> None:
    app.extensions[SIGNED]["release"] = releases.signed
    app.register_blueprint(bp)
