"""The log for everybody: GET /log/<k>/checkpoint, /log/<k>/tile/..., /log/export.tar; POST /log/since, /proofs, ...

All of it is public: hashes, commitments, and what the organisation itself signed. No salt and no event of a person.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any

from flask import Blueprint, Flask, Response, current_app, request

from app import http
from app.audit import manifests, reading, restores, saved, sending, signer
from app.audit import public as shown
from app.audit.export import Source
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
TAR = "application/x-tar"
FOR_GOOD = "public, max-age=31536000, immutable"


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
    """All of the log in one file. Who only asks how long it is gets no answer to that while it is not written yet."""
    app = current_app.extensions
    source = Source(app["alongside_sessions"], app[SIGNED], app[BINDINGS])
    if request.method == "HEAD":
        return _how_long(saved.standing(source, signer.home()))
    give_back = sending.take_place(request.remote_addr)
    try:
        response = _tar(saved.saved(source, signer.home()))
    except BaseException:
        give_back()
        raise
    response.call_on_close(give_back)
    return response


def _how_long(file: IO[bytes] | None) -> Response:
    response = Response(iter(()), content_type=TAR)
    if file:
        with file:
            response.content_length = os.fstat(file.fileno()).st_size
    return response


def _tar(file: IO[bytes]) -> Response:
    length = os.fstat(file.fileno()).st_size
    response = Response(sending.pieces(file, length, _cutter(request.environ.get("gunicorn.socket"))), content_type=TAR)
    response.content_length = length  # so that a file cut short is noticed
    response.headers["Content-Disposition"] = 'attachment; filename="log.tar"'
    response.call_on_close(file.close)
    return response


def _cutter(connection: socket.socket | None) -> Callable[[], None]:
    """What makes a thread that waits for somebody to read go on, and fail. Within tests there is no connection."""

    def cut() -> None:
        if connection is not None:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    return cut


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
