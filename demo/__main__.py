"""`make demo`: the server with a fictional organisation in it, made once, in a folder of its own.

Prints `Ready:` when everybody is there, then who has which words. TERM ends it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from urllib.error import URLError

from app import cli, serving
from app.config import ROOT, BadSetting, Config, from_environment
from app.db import make_engine, make_sessions
from app.people import founding
from demo import keeping
from demo.seeding import Entry, renew, seed

# A demo never touches the site that the other settings speak of.
NOT_OURS = ("ALONGSIDE_DATABASE_URL", "ALONGSIDE_HTTPS", "ALONGSIDE_PROXIES", "ALONGSIDE_NOW", "ALONGSIDE_TESTING",
            "ALONGSIDE_RATE_LIMIT_STORAGE", "ALONGSIDE_OFFER_LEAST", "ALONGSIDE_OFFER_MOST")  # fmt: skip


def main() -> int:
    """Serve until told to end. Returns: 0, or 2 when it can't start, in words."""
    for name in NOT_OURS:
        os.environ.pop(name, None)
    os.environ["ALONGSIDE_ROWS_BATCH"] = "1"  # seven people are too few to hide each other
    os.environ["ALONGSIDE_INSTANCE"] = os.environ.get("ALONGSIDE_DEMO") or str(ROOT / "instance" / "demo")
    try:
        config = from_environment()
        with serving.own_port(config) as listener, keeping.own(config.instance):
            cli.migrate(config)
            cli.own_pages(config)
            return serving.run(config, listener, ready=ready, each_minute=cli.sweep)
    except (BadSetting, serving.CannotServe, keeping.CannotUse, FileNotFoundError) as wrong:
        print(str(wrong).replace("make run", "make demo"), file=sys.stderr)
        return 2
    except (URLError, ConnectionError):
        print("The demo was ended before it was whole. The next start makes it anew.", file=sys.stderr)
        return 2


def ready(config: Config) -> int:
    """Make the organisation, or find it made; then say where and who."""
    url, people = f"http://localhost:{config.port}", keeping.read(config.instance)
    if people is None:
        print("Making a fictional organisation, once. It takes some seconds.", flush=True)
        seeded = seed(url, _link(config))
        keeping.write(config.instance, seeded)
        people = seeded.people
    else:
        renew(url, next(one for one in people if one.role == "coordinator"))
    print(f"Ready: {url}\n\n{told(url, people, config.instance)}", flush=True)
    return 0


def _link(config: Config) -> bytes:
    """The one-time link of the founding coordinator, as `make run` prints it."""
    engine = make_engine(config.database_url)
    try:
        with make_sessions(engine)() as db:
            token = founding.new_link(db)
            db.commit()
    finally:
        engine.dispose()
    assert token is not None, "a demo without its words was cleared before this"
    return token


def told(url: str, people: list[Entry], folder: Path) -> str:
    """What is printed: who, what they see when they sign in, and their words."""
    peers = [line for one in people if not one.email for line in _of(one)]
    staff = [line for one in people if one.email for line in _of(one)]
    home, rows = keeping.home(folder), keeping.rows(folder)
    owner = next(one for one in people if one.name.lower() == home.stem)
    steward = next(one for one in people if one.role == "steward")
    return "\n".join([
        "Nobody here exists, and these words are no secret: use them for nothing else.",
        f"Sign in at {url}/sign-in", "",
        "Peers. Their words alone.", *peers, "",
        "Staff. Choose “I am a volunteer or on staff”; e-mail, then words.", *staff, "",
        f"{owner.name} took a copy of the case home. It opens without this server, with {owner.name}’s words:",
        f"  {_python()} -m crypto open {_short(home)}", "",
        f"{steward.name} took the sealed research rows home. They open with the e-mail and words of {steward.name}:",
        f"  {_python()} -m crypto open-rows {_short(rows)} --out rows.csv --comments comments.csv",
    ])  # fmt: skip


def _of(one: Entry) -> list[str]:
    role, email = (f"{one.role}, ", f"{one.email}   ") if one.email else ("", "")
    return [f"  {one.name:<13} {role}sees {one.looks}", f"  {'':<13} {email}{one.words}"]


def _python() -> str:
    return _short(Path(sys.executable)) if Path(sys.executable).is_relative_to(Path.cwd()) else "python"


def _short(path: Path) -> str:
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


if __name__ == "__main__":
    sys.exit(main())
