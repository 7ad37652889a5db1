"""The log for everybody: GET /log/<k>/checkpoint, /log/<k>/tile/..., /log/export.tar; POST /log/since, /proofs, ...

All of it is public: hashes, commitments, and what the organisation itself signed. No salt and no event of a person.
"""

from __future__ import annotations

from threading import BoundedSemaphore
from typing import Any

from flask import Blueprint, Flask, Response, current_app

from app import http
from app.audit import manifests, reading, restores
from app.audit import public as shown
from app.audit.export import Source, export
from app.audit.models import Log
from app.db import Store
from app.errors import Refusal
from app.http import b64, body, field_count, field_list, store, unb64
from app.site import site
from crypto import tree
from crypto.errors import Malformed

bp = Blueprint("audit", __name__, url_prefix="/log")
SIGNED = "alongside_signed"  # rooms above: {site lane: (db, first n, last n) -> {n: frame `signed`}}
BINDINGS = "alongside_public_bindings"  # rooms above: (db) -> signed bindings that everybody may see
MOST_PROOFS = 100
MOST_EXPORTS = 2
FOR_GOOD = "public, max-age=31536000, immutable"
_exporting = BoundedSemaphore(MOST_EXPORTS)


@bp.get("/<int:number>/checkpoint")
def checkpoint(number: int) -> Response:
    """The last one that witnesses signed, too; without witnesses the newest (C2SP tlog-tiles)."""
    head = reading.head(store(), number)
    return Response(head.cosigned or head.checkpoint, content_type="text/plain; charset=utf-8")


@bp.get("/<int:number>/tile/<path:place>")
def tile(number: int, place: str) -> Response:
    try:
        level, n, width = tree.read_path(f"tile/{place}")
    except Malformed:
        raise Refusal(404, "no-tile", "There is no such part of the log.") from None
    response = Response(reading.tile(store(), number, level, n, width), content_type="application/octet-stream")
    if width == tree.WIDTH:  # it never changes again
        response.headers["Cache-Control"] = FOR_GOOD
    return response


@bp.get("/export.tar")
def give_export() -> Response:
    """All of the log in one file. Each takes a thread for as long as it is fetched, so a few at once."""
    if not _exporting.acquire(blocking=False):
        raise Refusal(503, "busy", "Others are saving the log right now. Try again in some minutes.")
    try:
        app = current_app.extensions
        made = export(Source(app["alongside_sessions"], app[SIGNED], app[BINDINGS]))
    except BaseException:
        _exporting.release()
        raise
    response = Response(made.pieces, content_type="application/x-tar")
    response.content_length = made.length  # so that a file cut short is noticed
    response.headers["Content-Disposition"] = 'attachment; filename="log.tar"'
    response.call_on_close(made.close)
    response.call_on_close(_exporting.release)
    return response


@bp.post("/since")
@http.reads
def since() -> dict[str, Any]:
    """Tags and commitments of the leaves from number `size` on, and what it takes to compute the root with them.

    newest: the number of the log that grows. After a restore that is another.
    """
    db, asked = store(), body()
    head, size = _asked_log(db, asked), _size(asked, "size")
    reading.check_reach(size, head)
    end = min(head.size, size + reading.MOST_LEAVES)
    return {
        **_head(head),
        "newest": reading.newest_number(db),
        "frontier": b64(b"".join(tree.frontier(reading.read_tiles(db, head.number), size))),
        "leaves": b64(reading.leaves_since(db, head.number, size, end)),
        "more": end < head.size,
    }


@bp.post("/proofs")
@http.reads
def proofs() -> dict[str, Any]:
    """Where leaves are, by their hash; null for one that is in no tree yet."""
    db = store()
    leaves = [unb64(leaf) for leaf in field_list(body(), "leaves", MOST_PROOFS)]
    if any(len(leaf) != 32 for leaf in leaves):
        raise Refusal(400, "malformed", "This could not be read. Nothing was stored.")
    head = reading.newest(db)
    found = reading.proofs(db, leaves, head)
    return {**_head(head), "proofs": [_proof(one) if one else None for one in found]}


@bp.post("/consistency")
@http.reads
def consistency() -> dict[str, Any]:
    """The proof that the log begins with the `from` leaves that somebody saw."""
    db, asked = store(), body()
    head, size = _asked_log(db, asked), _size(asked, "from")
    reading.check_reach(size, head)
    if size == 0:
        raise Refusal(400, "malformed", "Every log begins with nothing: there is nothing to prove.")
    return {**_head(head), "proof": _b64s(reading.grown_from(db, head, size))}


@bp.post("/public")
@http.reads
def public() -> dict[str, Any]:
    """What the organisation signed for everybody, a page at a time; roots and heads of all logs with the first."""
    db, asked = store(), body()
    site(db)
    after = shown.read_place(asked.get("after"))
    first = shown.heads(db) if after == shown.Place() else {"roots": [], "logs": []}  # before what they are heads of
    most = min(field_count(asked, "most", shown.MOST), shown.MOST) or 1
    page = shown.page(db, current_app.extensions[SIGNED], current_app.extensions[BINDINGS], after, most)
    more = page.more and {"part": page.more.part, "n": page.more.n}
    return {**first, "lanes": page.lanes, "bindings": page.bindings, "more": more}


def _asked_log(db: Store, asked: dict[str, Any]) -> Log:
    number = asked.get("log")
    return reading.newest(db) if number is None else reading.head(db, field_count(asked, "log"))


def _size(asked: dict[str, Any], name: str) -> int:
    """A size may pass what `field_count` takes: a log outgrows 2**31 sooner than a list does."""
    size = asked.get(name)
    if type(size) is not int or not 0 <= size < 2**53:
        raise Refusal(400, "malformed", "This could not be read. Nothing was stored.")
    return size


def _head(head: Log) -> dict[str, Any]:
    return {"log": head.number, "checkpoint": head.checkpoint, "cosigned": head.cosigned}


def _proof(found: reading.Proven) -> dict[str, Any]:
    return {"log": found.log, "index": found.index, "proof": _b64s(found.proof)}


def _b64s(items: list[bytes]) -> list[str]:
    return [b64(item) for item in items]


def register(app: Flask) -> None:
    signed = {"root": shown.roots, "manifest": manifests.signed, "restore": restores.signed}
    app.extensions.setdefault(SIGNED, {}).update(signed)
    app.extensions.setdefault(BINDINGS, [])
    app.register_blueprint(bp)
