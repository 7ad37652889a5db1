"""`restore` and `restored FILE`: after a backup was put back, ask the roots and go on (docs/restore.md)."""

from __future__ import annotations

import sys
from pathlib import Path

from app import factory
from app.audit import head, restores, sequencer, signer
from app.config import Config
from app.db import Store, make_engine, make_sessions
from app.errors import Refusal
from crypto.errors import SealError
from crypto.frame import unframe

FILE = "restore.alongside"


def make_restore(config: Config) -> int:
    """Write what is to be signed, and hold the log back until it is."""
    target = config.instance / FILE
    with factory.application(config) as app, app.extensions["alongside_sessions"]() as db:
        try:
            head.kept()
            thing = restores.make(db)
            if not behind(db) and not _meant():
                return _stop("Nothing was changed.")
        except Refusal as no:
            return _stop(no.words)
        except head.Damaged as damaged:
            return _stop(str(damaged))
        restores.hold_back(db)
        target.write_bytes(thing)
    told = unframe("restore", thing)
    print(
        f"This database has {told['size']} lines of log {told['log'] - 1}. The next log will be number {told['log']}."
    )
    print("Until that is signed, nothing goes into the log. People can read and write.")
    print(f"Wrote {target}. Take it to whoever holds a root sheet, away from this server:")
    print(f"  python -m crypto sign {FILE}")
    print("then go on here:")
    print(f"  .venv/bin/python -m app.cli restored {FILE}.signed")
    return 0


def declare_restore(config: Config, file: Path) -> int:
    """Take the signed file, and begin the next log."""
    with factory.application(config) as app, app.extensions["alongside_sessions"]() as db:
        try:
            head.kept()
            event = restores.declare(db, file.read_bytes())
        except Refusal as no:
            return _stop(no.words)
        except head.Damaged as damaged:
            return _stop(str(damaged))
        except SealError as wrong:
            return _stop(f"This is no signed file of a restore: {wrong}.")
        number = event.n
        db.commit()
        head.rise(head.Head(number, 0, restores.EMPTY))
        if behind(db):
            return _stop(
                "The log that was signed here went further still: it was put back before. Run restore once more."
            )
    print(f"Log {number} has begun. Whoever saw what is gone will be told so, and asked.")
    return 0


def why_behind(config: Config) -> str:
    """What to say when nothing goes into the log, as when the database is older than what was signed here; else ''."""
    signer.load(config.instance)
    engine = make_engine(config.database_url)
    try:
        with make_sessions(engine)() as db:
            return behind(db)
    finally:
        engine.dispose()


def behind(db: Store) -> str:
    """The same, asked through this session, which is rolled back."""
    db.rollback()  # nothing is held while somebody is asked
    try:
        sequencer.follow(db)
    except head.Behind as why:
        return str(why)
    finally:
        db.rollback()
    return ""


def _meant() -> bool:
    print(
        "This database fits what was signed on this machine. Declare a restore only if a backup was put back on a new"
    )
    print("machine, or log.head was lost. Was it? Type yes: ", end="", flush=True)
    return sys.stdin.readline().strip().lower() == "yes"


def _stop(words: str) -> int:
    print(words, file=sys.stderr)
    return 1
