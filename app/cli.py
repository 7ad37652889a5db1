"""The command line: `python -m app.cli build | migrate | serve | ...`; `--help` lists all.

Each says in words what is wrong and what to do; a wrong setting ends with status 2.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from alembic import command as alembic
from alembic.config import Config as Alembic
from flask_babel import format_date
from sqlalchemy.exc import OperationalError

from app import clock, releases, restoring, rooting, serving, shells
from app import site as ground
from app.accounts import service as accounts
from app.accounts import sessions
from app.audit import service as audit
from app.audit import signer
from app.config import ROOT, BadSetting, Config, from_environment
from app.db import empty_wal, make_engine, make_sessions
from app.http import b64
from app.instruments import service as instruments
from app.people import founding, joining
from app.people.lines import support_lines
from instruments.field import Instrument

# Pages whose template takes more than its name: the module's `facts()` gives it.
PAGE_FACTS = {"intake": "app.intake.questions"}


def build(config: Config) -> int:
    """Render the pages, once for everyone."""
    shells.render(page_facts, config.build, name=config.site_name, contact=config.contact)
    return 0


def own_pages(config: Config, into: Path | None = None) -> int:
    """Render what this site's own instruments change; its coordinators may have uploaded the next edition.

    into: another folder than the one that the server gives.
    """
    engine = make_engine(config.database_url)
    try:
        with make_sessions(engine)() as db:
            uploaded = instruments.own(db)
            newest = {name: instruments.newest(db, name) for name in {one.name for one in uploaded}}
    finally:
        engine.dispose()
    facts, own = partial(page_facts, asked=newest), into or config.own_pages
    shells.render_own(facts, own, uploaded, config.build, name=config.site_name, contact=config.contact)
    return 0


def page_facts(page: str, asked: Mapping[str, Instrument] = MappingProxyType({})) -> dict[str, Any]:
    """The template variables of one page. asked: this site's own editions, by name."""
    calls = support_lines()
    facts: dict[str, Any] = {
        "support_lines": calls["lines"],
        "support_checked": format_date(date.fromisoformat(calls["checked"]), "long"),
    }
    if page in PAGE_FACTS:
        facts |= importlib.import_module(PAGE_FACTS[page]).facts(asked.get(page))
    return facts


def make_manifest(config: Config) -> int:
    """Write the list of the pages as they are from the next start on; what a server gives meanwhile stays as it is."""
    with tempfile.TemporaryDirectory() as own:
        own_pages(config, Path(own))
        return releases.make_manifest(config, Path(own))


def publish_manifest(config: Config, file: Path) -> int:
    """Put the signed list in force."""
    with tempfile.TemporaryDirectory() as own:
        own_pages(config, Path(own))
        return releases.publish_manifest(config, Path(own), file)


def migrate(config: Config) -> int:
    """Bring the database to the newest migration."""
    settings = Alembic()
    settings.set_main_option("script_location", str(ROOT / "migrations").replace("%", "%%"))
    settings.attributes["url"] = config.database_url
    alembic.upgrade(settings, "head")
    return 0


def first_steps(config: Config) -> int:
    """Print what to do first: the one-time link of the founding coordinator, while the site is not founded."""
    engine = make_engine(config.database_url)
    try:
        with make_sessions(engine)() as db:
            token = founding.new_link(db)
            db.commit()
    finally:
        engine.dispose()
    address = f"http://localhost:{config.port}"
    if token is None:
        print(f"This site is set up. Sign in at {address}/sign-in")
    else:
        print("First, set up the organisation. This link works once, and only the newest one works:")
        print(f"  {address}/setup#{b64(token)}")
    sys.stdout.flush()
    return 0


def serve(config: Config) -> int:
    """Migrate, start the server, say when it answers, sweep each minute, end it when told to."""
    with serving.own_port(config) as listener:
        migrate(config)
        own_pages(config)
        return serving.run(config, listener, ready=ready, each_minute=sweep)


def ready(config: Config) -> int:
    """Say that the server answers, and what to do first."""
    print(f"Ready: http://localhost:{config.port}", flush=True)
    if releases.changed_pages(config):
        print("The pages are not the ones that the organisation has signed. To sign these: make manifest")
    if why := restoring.why_behind(config):
        print(why)
    return first_steps(config)


def sweep(config: Config) -> int:
    """Erase what has run out: sessions and shares, nonces, invitations, drafts, accounts never sent, files
    never published, tokens, old events."""
    signer.load(config.instance)  # what goes for good is on the log, with its promise
    engine = make_engine(config.database_url)
    try:
        with make_sessions(engine)() as db:
            sessions.sweep(db)
            joining.sweep(db)
            keep = importlib.import_module("app.intake.service").sweep(db)
            for part in ("pieces", "tokens"):
                importlib.import_module(f"app.research.{part}").sweep(db)
            site = ground.founded(db)
            if site is not None:
                accounts.erase_unsent(db, site=site, keep=keep)
                audit.forget_old(db, site=site)
            db.commit()
        empty_wal(engine)
    finally:
        engine.dispose()
    return 0


COMMANDS: dict[str, tuple[Callable[[Config], int], str]] = {
    "build": (build, "render the pages"),
    "own-pages": (own_pages, "render the pages that this site's own instruments change"),
    "migrate": (migrate, "bring the database to the newest migration"),
    "first-steps": (first_steps, "print the link that sets the site up"),
    "serve": (serve, "start the server"),
    "sweep": (sweep, "erase what has run out"),
    "manifest": (make_manifest, "list the pages, to be signed"),
    "new-log-key": (rooting.new_log_key, "make the log key that the next root is to name"),
    "for-roots": (rooting.for_roots, "print what the holders of root sheets need to sign the next root"),
    "restore": (restoring.make_restore, "after a backup was put back: write what is to be signed"),
}
ON_FILES: dict[str, tuple[Callable[..., int], str]] = {
    "publish-manifest": (publish_manifest, "put a signed list of pages in force"),
    "take-root": (rooting.take_root, "put the next root in force: log key, witnesses"),
    "restored": (restoring.declare_restore, "begin the next log, once the restore is signed"),
}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m app.cli")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, (_, about) in (COMMANDS | ON_FILES).items():
        command = commands.add_parser(name, help=about)
        if name in ON_FILES:
            command.add_argument("file", type=Path)
        if name == "take-root":
            command.add_argument("--anyway", action="store_true", help="though too few witnesses have signed yet")
    chosen = parser.parse_args(arguments)
    try:
        config = from_environment()
        clock.set_clock_file(config.clock_file)
        if chosen.command in ON_FILES:
            flags = {"anyway": chosen.anyway} if "anyway" in chosen else {}
            return ON_FILES[chosen.command][0](config, chosen.file, **flags)
        return COMMANDS[chosen.command][0](config)
    except (BadSetting, serving.CannotServe, FileNotFoundError) as wrong:
        print(wrong, file=sys.stderr)
        return 2
    except OperationalError as gone:
        # The driver's text may hold the address and its password.
        name = type(gone.orig).__name__
        print(f"The database does not answer ({name}). Start it, or check ALONGSIDE_DATABASE_URL.", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
