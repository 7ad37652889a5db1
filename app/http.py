"""Everything that is true of every request: its transaction, its origin, its headers.

A route never commits. `settle` commits once, after a good answer, so that the receipt leaves the
server only when the change is on the disk.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, request
from sqlalchemy.orm import sessionmaker

from app.db import Store
from app.errors import Refusal

CSP = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; "
    "worker-src 'self'; img-src 'self' blob:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html alongside"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=(), interest-cohort=()",
}
BODIES = ("application/json", "application/octet-stream")
MOST_BYTES = 2_600_000  # a submission frame in base64url, and its neighbours


def reads(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view that asks by POST (so that no id stands in an address) but changes nothing."""
    vars(view)["reads"] = True
    return view


def writes(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view that answers a GET and leaves a line of it on the log."""
    vars(view)["writes"] = True
    return view


def anonymous(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view that must not know who asks: no session is looked at, even if a cookie comes with the request."""
    vars(view)["anonymous"] = True
    return view


def asked_by_nobody() -> bool:
    """Whether this request is for a view that must not know who asks."""
    view = current_app.view_functions.get(request.endpoint or "")
    return bool(getattr(view, "anonymous", False))


def store() -> Store:
    """This request's transaction."""
    if "store" not in g:
        make: sessionmaker[Store] = current_app.extensions["alongside_sessions"]
        g.store = make()
        view = current_app.view_functions.get(request.endpoint or "")
        looks = request.method in ("GET", "HEAD") and not getattr(view, "writes", False)
        if looks or getattr(view, "reads", False):
            g.store.connection(execution_options={"reads": True})
    return g.store  # type: ignore[no-any-return]


def settle(response: Response) -> None:
    """Commit this request's transaction after a good answer, undo it after any other."""
    open_store: Store | None = g.get("store")
    if open_store is None:
        return
    if response.status_code < 400:
        open_store.commit()
    else:
        open_store.rollback()


def register(app: Flask) -> None:
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES

    @app.before_request
    def same_origin() -> None:
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return
        if not _from_here() or request.headers.get("Sec-Fetch-Site") not in (None, "same-origin"):
            raise Refusal(403, "other-site", "This came from another site. Nothing was done.")
        sent = request.content_length or "Transfer-Encoding" in request.headers
        if sent and request.mimetype not in BODIES:
            raise Refusal(415, "not-sealed", "Only sealed data is taken here. Nothing was stored.")

    @app.after_request
    def headers(response: Response) -> Response:
        response.headers.update(HEADERS)
        response.headers.setdefault("Cache-Control", "no-store")
        if current_app.config["ALONGSIDE"].secure_cookie:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        return response

    @app.teardown_request
    def close(_error: BaseException | None) -> None:
        open_store: Store | None = g.pop("store", None)
        if open_store is not None:
            open_store.close()


def _from_here() -> bool:
    """Whether the page that sends this is one of ours. `null` and nonsense are nobody's."""
    try:
        origin = urlsplit(request.headers.get("Origin", ""))
    except ValueError:
        return False
    schemes = ("https",) if current_app.config["ALONGSIDE"].secure_cookie else ("http", "https")
    return origin.scheme in schemes and origin.netloc == request.host != ""


def b64(data: bytes) -> str:
    """base64url without padding, as every value beside a frame is written."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def unb64(text: object) -> bytes:
    """Raises: Refusal 400 for anything that is not canonical base64url."""
    try:
        if not isinstance(text, str):
            raise ValueError
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        if b64(data) != text:
            raise ValueError
    except (ValueError, binascii.Error):
        raise Refusal(400, "malformed", "This could not be read. Nothing was stored.") from None
    return data


def body() -> dict[str, Any]:
    """The request's JSON object. Raises: Refusal 400 when it is something else."""
    try:
        value = request.get_json(silent=True)
    except RecursionError:  # ten thousand brackets
        value = None
    if not isinstance(value, dict):
        raise Refusal(400, "malformed", "This could not be read. Nothing was stored.")
    return value


def field_bytes(value: dict[str, Any], name: str, length: int | None = None) -> bytes:
    """One base64url value of the body, of `length` bytes when that is given."""
    data = unb64(value.get(name))
    if length is not None and len(data) != length:
        raise Refusal(400, "malformed", "This could not be read. Nothing was stored.")
    return data


def field_list(value: dict[str, Any], name: str, most: int = 64) -> list[str]:
    """A list of at most `most` texts in the body. Raises: Refusal 400 when it is something else."""
    items = value.get(name)
    if not isinstance(items, list) or len(items) > most or not all(isinstance(item, str) for item in items):
        raise Refusal(400, "malformed", "This could not be read. Nothing was stored.")
    return items


def field_count(value: dict[str, Any], name: str, default: int | None = None) -> int:
    """A whole number from 0 in the body, `default` if it may be left out. Raises: Refusal 400."""
    number = value.get(name, default)
    if type(number) is not int or not 0 <= number < 2**31:
        raise Refusal(400, "malformed", "This could not be read. Nothing was stored.")
    return number
