"""How the server says no: one exception for a declined request, one shape for its answer.

The words are for the person; the code is for the page. Neither ever holds an id or a value.
"""

from __future__ import annotations

import logging
import re
from typing import Any

from flask import Flask, Response, current_app, jsonify, request
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException

from crypto.errors import SealError

log = logging.getLogger("alongside")


class Refusal(Exception):
    """A request that is declined: HTTP status, a code for the page, words for the person."""

    def __init__(self, status: int, code: str, words: str, **facts: Any) -> None:
        super().__init__(code)
        self.status, self.code, self.words, self.facts = status, code, words, facts


class StaleChain(Refusal):
    """Somebody else's entry came first; the client verifies up to the new head and reseals."""

    def __init__(self, seq: int) -> None:
        super().__init__(409, "stale", "Others wrote before you. Your words are kept.", seq=seq)


class NotAMember(Refusal):
    """The case is not one that this person can open, or there is none: told apart for nobody."""

    def __init__(self) -> None:
        super().__init__(404, "no-such-case", "There is nothing here that you can open.")


def answer(status: int, code: str, words: str, **facts: Any) -> Response:
    """The refusal as JSON for a page's worker, or as a page for somebody who typed the address."""
    page = _page(status)
    if page is not None:
        return Response(page, status, mimetype="text/html")
    response = jsonify({"error": code, "words": words, **facts})
    response.status_code = status
    return response


def _page(status: int) -> bytes | None:
    """The built page of this status, if it is a person's browser that asks to see one."""
    wants = request.method in ("GET", "HEAD") and "text/html" in request.headers.get("Accept", "")
    pages: dict[int, bytes] = current_app.config.get("ALONGSIDE_ERROR_PAGES", {})
    return pages.get(status, pages.get(500) if status > 500 else None) if wants else None


WORDS = {
    400: ("malformed", "This could not be read. Nothing was stored. Reload the page and try again."),
    404: ("not-found", "There is no page at this address."),
    405: ("not-allowed", "This address does not take that kind of request."),
    413: ("too-large", "This is too large to send. Shorten it and try again. Nothing is lost."),
    415: ("not-sealed", "Only sealed data is taken here. Nothing was stored."),
    429: ("too-many", "Too many tries in a short time. Wait a minute, then try again."),
    503: ("busy", "The site is busy. Nothing is lost. Try again in a moment."),
}


def register(app: Flask) -> None:
    """Turn every way of failing into a kind answer, and keep values out of the log."""

    @app.errorhandler(Refusal)
    def refused(error: Refusal) -> Response:
        return answer(error.status, error.code, _(error.words), **error.facts)

    @app.errorhandler(SealError)
    def unsealed(error: SealError) -> Response:
        code, words = WORDS[400]
        return answer(400, code, _(words), kind=type(error).__name__)

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        status = error.code or 500
        code, words = WORDS.get(status, ("failed", "This did not work. Nothing is lost."))
        return answer(status, code, _(words))

    @app.errorhandler(OperationalError)
    def database(error: OperationalError) -> Response:
        # A full disk and a database that went away both end here; the driver's text may hold values.
        log.error("database: %s", type(error.orig).__name__)
        full = _no_room(error.orig)
        words = (
            "The server has no room left. Nothing was stored, and your draft is kept. Tell us, and try later."
            if full
            else WORDS[503][1]
        )
        return answer(507 if full else 503, "full" if full else "busy", _(words))

    @app.errorhandler(IntegrityError)
    def collided(error: IntegrityError) -> Response:
        log.warning("two at once: %s", _constraint(error.orig))
        return answer(409, "collided", _("Somebody else did this at the same moment. Try again."))

    @app.errorhandler(Exception)
    def broken(error: Exception) -> Response:
        log.error("failed: %s at %s", type(error).__name__, _where(error))
        return answer(500, "failed", _("This did not work. That is our fault. Your draft is kept."))


def _no_room(error: BaseException | None) -> bool:
    """Whether the database could not write: SQLite on a full disk or past a quota, PostgreSQL on a full disk."""
    in_sqlite = getattr(error, "sqlite_errorname", "")
    return in_sqlite in ("SQLITE_FULL", "SQLITE_IOERR_WRITE") or getattr(error, "sqlstate", "") == "53100"


def _constraint(error: BaseException | None) -> str:
    """Which rule of the database said no: names of tables and columns, never a value."""
    named = getattr(getattr(error, "diag", None), "constraint_name", None)
    found = re.fullmatch(r"(?:UNIQUE|NOT NULL|FOREIGN KEY|CHECK) constraint failed(?:: [\w., ]+)?", str(error))
    return named or (found.group() if found else type(error).__name__)


def _where(error: BaseException) -> str:
    """File and line alone: a traceback's text may quote what a person sent."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    if trace is None:
        return "unknown"
    name = trace.tb_frame.f_code.co_filename.rsplit("/", 2)
    return f"{'/'.join(name[-2:])}:{trace.tb_lineno}"
