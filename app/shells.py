"""Pages as files: rendered once at build, the same bytes for everyone, answered ahead of Flask.

A shell that differed from person to person could carry a script for one of them. So no session is
touched on this path, and nothing in a shell comes from a request (decisions 1).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from flask import Flask, render_template
from whitenoise import WhiteNoise

from app import catalogues, kept, loads
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
NAMES = re.compile(r"/static/[0-9a-f]{16}/[^\"'\s]+")


def render(facts: Callable[[str], dict[str, Any]], build: Path, *, name: str, contact: str = "") -> None:
    """Write every shell and static file, with a `.br` beside each, into `build`.

    facts: the template variables of a page beyond its name (the intake's questions). name: the site's, for the bar.
    contact: how else its people can be reached, in plain text; empty shows none.
    """
    _write_unnamed(build / "static")
    shown = {_path(address): SHELLS[address] for address in SHELLS}
    shown |= {_error(status): ERRORS[status] for status in ERRORS}
    kept.write_build(build, kept.sources(), lambda static: _render(shown, facts, static, name, contact))


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
    shown = {_path(address): SHELLS[address] for name in newest for address in INSTRUMENT_PAGES[name]}
    pages = _render(shown, facts, kept.current(build).static, name, contact)
    written = [kept.write(own / "shells" / path, html) for path, html in pages.items()]
    kept.remove_others(own, written + _write_sheets(own / "static", instruments))


def _render(
    shown: dict[str, tuple[str, str]], facts: Callable[[str], dict[str, Any]], static: str, name: str, contact: str
) -> kept.Files:
    maker = Flask("build", template_folder=str(ROOT / "templates"))
    from flask_babel import Babel

    Babel(maker, default_locale="en")
    maker.jinja_env.globals["modules"] = loads.modules
    made = {}
    with maker.test_request_context("/"):
        for path, (template, page) in shown.items():
            asset = partial(kept.address, static)
            ours = {"page": page, "asset": asset, "site_name": name, "contact": contact, **facts(page)}
            made[path] = render_template(template, lang="en", **ours).encode()
    return made


def _write_unnamed(static: Path) -> None:
    """What has an address of its own, each file in place of the one before."""
    written = [kept.write(static / path, (ROOT / "static" / path).read_bytes()) for path in kept.STAYS]
    written += [kept.write(path, data) for path, data in catalogues.of_scripts(static / "catalogue").items()]
    written += _write_sheets(static, [load(name, edition) for name, edition in every_edition()])
    named = [path for folder in static.iterdir() if kept.NAME.fullmatch(folder.name) for path in folder.rglob("*")]
    kept.remove_others(static, written + named)


def _write_sheets(static: Path, instruments: list[Instrument]) -> list[Path]:
    """Each edition as pages read it (docs/instruments.md): what was sealed under an older one is still understood."""
    return [kept.write(static / "instruments" / f"{one.id}.json", as_bytes(one)) for one in instruments]


def as_bytes(instrument: Instrument) -> bytes:
    return json.dumps(as_json(instrument), separators=(",", ":"), ensure_ascii=False).encode()


def _path(address: str) -> str:
    return f"en/{address.strip('/') or 'landing'}.html"


def _error(status: int) -> str:
    return f"en/errors/{status}.html"


def shell_path(build: Path, address: str) -> Path:
    """The page of the current build for this address."""
    return build / "shells" / kept.current(build).shells / _path(address)


def error_path(build: Path, status: int) -> Path:
    return build / "shells" / kept.current(build).shells / _error(status)


def given(build: Path, own: Path) -> dict[str, bytes]:
    """All that is answered ahead of Flask to whoever comes now, as a browser gets it: {address: plain bytes}.

    Raises: FileNotFoundError: a page names what is not among it.
    """
    pages = {address: _shell(build, own, address).read_bytes() for address in SHELLS}
    files = {address: path.read_bytes() for address, path in _files(build, own).items()}
    for address, page in pages.items():
        if lost := set(NAMES.findall(page.decode())) - files.keys():
            raise FileNotFoundError(f"{address} names {min(lost)}, which this build has not. Start the server anew.")
    return files | pages


def _files(build: Path, own: Path) -> dict[str, Path]:
    static = own / "static"
    sheets = (path for path in static.rglob("*") if path.is_file() and path.suffix != ".br")
    return kept.given(build) | {f"/static/{path.relative_to(static).as_posix()}": path for path in sheets}


def _shell(build: Path, own: Path, address: str) -> Path:
    """The page of an address: this site's own where there is one."""
    path = own / "shells" / _path(address)
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

    build: Path

    def __call__(self, environ: Any, start_response: Any) -> Any:
        if environ.get("REQUEST_METHOD") not in ("GET", "HEAD"):
            return self.application(environ, start_response)
        path = environ.get("PATH_INFO", "")
        if path not in self.files and (file := kept.older(self.build, path)):  # of a page that was open meanwhile
            self.add_file_to_dictionary(path, str(file))
        try:
            return super().__call__(environ, start_response)
        except FileNotFoundError:  # it has been there: many builds ago
            self.files.pop(path, None)
            return self.application(environ, start_response)


def in_front_of(app: Flask, build: Path, own: Path) -> WhiteNoise:
    """`app` behind the pages and static files of `build`; where the site has some of its `own`, those are given."""
    front = Front(app, max_age=0, allow_all_origins=False, charset="utf-8", add_headers_function=_headers)
    front.build = build
    for address, path in _files(build, own).items():
        front.add_file_to_dictionary(address, str(path))
    for address in SHELLS:
        front.add_file_to_dictionary(address, str(_shell(build, own, address)))
    app.config["ALONGSIDE_ASKED"] = asked(own)
    app.config["ALONGSIDE_ERROR_PAGES"] = {status: error_path(build, status).read_bytes() for status in ERRORS}
    return front
