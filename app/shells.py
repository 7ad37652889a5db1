"""Pages as files: rendered once at build, the same bytes for everyone, answered ahead of Flask.

A shell that differed from person to person could carry a script for one of them. So no session is
touched on this path, and nothing in a shell comes from a request (decisions 1).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from flask import Flask, render_template
from whitenoise import WhiteNoise

from app import catalogues, kept
from app.config import ROOT
from app.http import HEADERS
from instruments.editions import editions, every_edition, load
from instruments.field import Instrument
from instruments.questions import as_json

# address: (template, short name of the page's script)
SHELLS = {
    "/": ("intake/landing.html", "landing"),
    "/intake": ("intake/intake.html", "intake"),
    "/sign-in": ("accounts/sign_in.html", "sign_in"),
    "/exit": ("accounts/exit.html", "exit"),
    "/case": ("cases/case.html", "case"),
    "/desk": ("desk/desk.html", "desk"),
    "/supporter": ("desk/supporter.html", "supporter"),
    "/people": ("people/people.html", "people"),
    "/setup": ("people/setup.html", "setup"),
    "/instruments": ("instruments/instruments.html", "instruments"),
    "/research": ("research/research.html", "research"),
    "/log": ("audit/log.html", "log"),
    "/privacy": ("about/privacy.html", "about"),
    "/accessibility": ("about/accessibility.html", "about"),
}
# Pages that ask an instrument: rendered anew when the site has an edition of its own.
INSTRUMENT_PAGES = {"intake": ("/intake",)}
# What a browser shows when an address has no page or no answer; no address of their own.
ERRORS = {
    404: ("errors/not_found.html", "not_found"),
    429: ("errors/too_many.html", "too_many"),
    500: ("errors/server_error.html", "server_error"),
    503: ("errors/offline.html", "offline"),
}


def render(facts: Callable[[str], dict[str, Any]], build: Path, *, name: str, contact: str = "") -> list[Path]:
    """Write every shell and static file, with a `.br` beside each, into `build`.

    facts: the template variables of a page beyond its name (the intake's questions). name: the site's, for the bar.
    contact: how else its people can be reached, in plain text; empty shows none.
    """
    written = _write_static(build)
    shown = {shell_path(build, address): SHELLS[address] for address in SHELLS}
    shown |= {error_path(build, status): ERRORS[status] for status in ERRORS}
    return written + _render(shown, facts, build, name, contact)


def render_own(
    facts: Callable[[str], dict[str, Any]],
    own: Path,
    instruments: list[Instrument],
    build: Path,
    *,
    name: str,
    contact: str = "",
) -> None:
    """Write into `own` what the instruments of this site make otherwise than `build` has it, and nothing else.

    instruments: every edition that was uploaded here. facts: as for `render`, with the newest of them asked.
    """
    newest = {one.name for one in instruments} & INSTRUMENT_PAGES.keys()
    pages = {shell_path(own, address): SHELLS[address] for name in newest for address in INSTRUMENT_PAGES[name]}
    written = _write_sheets(own / "static", instruments) + _render(pages, facts, build, name, contact)
    kept.remove_others(own, written)


def _render(
    shown: dict[Path, tuple[str, str]], facts: Callable[[str], dict[str, Any]], build: Path, name: str, contact: str
) -> list[Path]:
    asset = partial(kept.address, build)
    maker = Flask("build", template_folder=str(ROOT / "templates"))
    from flask_babel import Babel

    Babel(maker, default_locale="en")
    written = []
    with maker.test_request_context("/"):
        for path, (template, page) in shown.items():
            ours = {"page": page, "asset": asset, "site_name": name, "contact": contact, **facts(page)}
            html = render_template(template, lang="en", **ours)
            written.append(kept.write(path, html.encode()))
    return written


def _write_sheets(static: Path, instruments: list[Instrument]) -> list[Path]:
    """Each edition as pages read it (docs/instruments.md): what was sealed under an older one is still understood."""
    return [kept.write(static / "instruments" / f"{one.id}.json", as_bytes(one)) for one in instruments]


def as_bytes(instrument: Instrument) -> bytes:
    return json.dumps(as_json(instrument), separators=(",", ":"), ensure_ascii=False).encode()


def _write_static(build: Path) -> list[Path]:
    static = build / "static"
    written = kept.write_build(build, kept.sources())
    written += [kept.write(static / path, (ROOT / "static" / path).read_bytes()) for path in kept.STAYS]
    written += [kept.write(path, data) for path, data in catalogues.of_scripts(static / "catalogue").items()]
    written += _write_sheets(static, [load(name, edition) for name, edition in every_edition()])
    kept.remove_others(static, written)
    return written


def shell_path(build: Path, address: str) -> Path:
    return build / "shells" / "en" / f"{address.strip('/') or 'landing'}.html"


def error_path(build: Path, status: int) -> Path:
    return build / "shells" / "en" / "errors" / f"{status}.html"


def given(build: Path, own: Path) -> dict[str, bytes]:
    """All that is answered ahead of Flask to whoever comes now, as a browser gets it: {address: plain bytes}."""
    shells = {address: _shell(build, own, address).read_bytes() for address in SHELLS}
    files = _files(build / "static") | _files(own / "static")
    return {path: data for path, data in files.items() if kept.is_of_now(build, path)} | shells


def _files(static: Path) -> dict[str, bytes]:
    files = [path for path in sorted(static.rglob("*")) if path.is_file() and path.suffix != ".br"]
    return {f"/static/{path.relative_to(static).as_posix()}": path.read_bytes() for path in files}


def _shell(build: Path, own: Path, address: str) -> Path:
    """The page of an address: this site's own where there is one."""
    path = shell_path(own, address)
    return path if path.is_file() else shell_path(build, address)


def asked(own: Path) -> dict[str, str]:
    """{instrument: the id of the edition that its pages ask}, as they were rendered."""
    newest, shipped = dict(sorted(_numbers(own / "static" / "instruments"))), editions()
    return {name: f"{name}.v{max(newest.get(name, 0), shipped[name])}" for name in INSTRUMENT_PAGES}


def _numbers(folder: Path) -> Iterator[tuple[str, int]]:
    for path in folder.glob("*.v*.json"):
        name, _, number = path.name.removesuffix(".json").partition(".v")
        yield name, int(number)


def _headers(headers: Headers, path: str, url: str) -> None:
    for name, value in HEADERS.items():
        headers.add_header(name, value)  # none of them is there yet
    # A page comes anew each time and says where its scripts are. What has no name of its own is asked for each time.
    named = kept.FOR_GOOD if kept.NAMED.match(url) else "no-cache"
    headers["Cache-Control"] = "no-store" if path.endswith(".html") else named


class Front(WhiteNoise):
    """Files first; whatever is not a question for a page goes on, since `/sign-in` is a page and a view."""

    def __call__(self, environ: Any, start_response: Any) -> Any:
        if environ.get("REQUEST_METHOD") not in ("GET", "HEAD"):
            return self.application(environ, start_response)
        return super().__call__(environ, start_response)


def in_front_of(app: Flask, build: Path, own: Path) -> WhiteNoise:
    """`app` behind the pages and static files of `build`; where the site has some of its `own`, those are given."""
    if not (build / "shells").is_dir():
        raise FileNotFoundError("The pages are not built. Run: python -m app.cli build")
    front = Front(app, max_age=0, allow_all_origins=False, charset="utf-8", add_headers_function=_headers)
    for pages in (build, own):
        if (pages / "static").is_dir():
            front.add_files(str(pages / "static"), prefix="static/")
    for address in SHELLS:
        front.add_file_to_dictionary(address, str(_shell(build, own, address)))
    app.config["ALONGSIDE_ASKED"] = asked(own)
    app.config["ALONGSIDE_ERROR_PAGES"] = {status: error_path(build, status).read_bytes() for status in ERRORS}
    return front
