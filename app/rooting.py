"""`new-log-key`, `for-roots`, `take-root`: what the operator does when the log's key or its witnesses change.

docs/rotation.md walks through it. The signing in between is done away from the server: `python -m crypto next-root`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from app import factory, http, restoring
from app.audit import head, rotation, signer
from app.audit.export import Source, public_facts
from app.audit.routes import BINDINGS, SIGNED
from app.config import Config
from app.db import Store
from app.errors import Refusal
from app.people import rooting, service
from crypto.errors import SealError
from crypto.root_pair import read_pair


def new_log_key(config: Config) -> int:
    """Make `log.key.next` and print it as the root is to name it. The same again as long as it lies there."""
    signer.load(config.instance)
    vkey = rotation.make_next(config.instance)
    print(f"The next log key lies in {config.instance / rotation.NEXT}. Nothing is signed with it yet. Its name:")
    print(f"  {vkey}")
    print("Give this line to each witness, and wait until they follow it. Then:")
    print("  .venv/bin/python -m app.cli for-roots > for-roots.json")
    print("and, away from this server, whoever holds a root sheet:")
    print(f"  python -m crypto next-root for-roots.json --log-vkey {vkey}")
    return 0


def for_roots(config: Config) -> int:
    """Print what is public of this site, and the list's people, whom the holders of root sheets vouch for."""
    with factory.application(config) as app, app.extensions["alongside_sessions"]() as db:
        try:
            facts = public_facts(
                Source(app.extensions["alongside_sessions"], app.extensions[SIGNED], app.extensions[BINDINGS])
            )
        except Refusal as no:
            return _stop(no.words)
        facts["people"] = [http.b64(one) for one in service.in_force(db)]
    print(json.dumps(facts))
    return 0


def take_root(config: Config, file: Path, *, anyway: bool = False) -> int:
    """Check what was signed, put it in force, and sign with the log key that it names.

    A database that is behind takes none before its restore is declared, with one exception: the key that its own roots
    name is gone, so that nothing could declare it. Then the heads that it has are signed anew, and none is added.
    """
    with factory.application(config) as app, app.extensions["alongside_sessions"]() as db:
        behind = restoring.behind(db)
        if behind and (behind != head.BEHIND or _has_its_key(db)):
            return _stop(behind)
        try:
            root, directory = read_pair(file.read_bytes()).values()
            new = rooting.take_root(db, root, directory)
            if new and not anyway and (missing := rooting.unwatched(db, root)):
                return _stop(_too_early(missing))
            db.commit()
        except Refusal as no:
            return _stop(no.words)
        except SealError as wrong:
            return _stop(f"This is no signed root with a list of people under it: {wrong}. Nothing was changed.")
        rotation.put_in_place()
        _tell(db, config, new=new)
        if behind:
            print("Nothing goes into the log before the restore is declared. Now: .venv/bin/python -m app.cli restore")
    return 0


def _has_its_key(db: Store) -> bool:
    """Whether the log key that this database's newest root names lies here."""
    found = rotation.follow(rotation.named(db))
    db.rollback()
    return found


def _too_early(missing: int) -> str:
    return (
        f"Nothing was changed: {missing} more witnesses must have signed this log first, or nobody could be let into a "
        "case until they do. Set ALONGSIDE_WITNESSES, restart, look whether the newest log's checkpoint has their "
        "lines, and try again. If it can't wait (docs/rotation.md): take-root FILE --anyway"
    )


def _tell(db: Store, config: Config, *, new: bool) -> None:
    root = service.known(db).state.root
    print(f"Root {root['version']} is in force." if new else f"Root {root['version']} was in force already.")
    print("Every server process takes up the log key that it names within a second. Other machines need a copy of")
    print(f"{config.instance / signer.KEY}; until they have it, their log says so.")
    asked = {one.name for one in config.witnesses}
    for name in sorted({one["name"] for one in root["witnesses"]} - asked):
        print(f"Nobody asks the witness {name} yet: put it into ALONGSIDE_WITNESSES and restart.")
    print("The pages' own facts have changed with it. If you publish a list of pages: make manifest, sign, publish.")


def _stop(words: str) -> int:
    print(words, file=sys.stderr)
    return 1
