"""`make manifest` and `publish-manifest`: list the pages of this build, and take the list back once it is signed."""

from __future__ import annotations

import sys
from pathlib import Path

from flask import Flask

from app import factory, shells
from app.audit import manifests
from app.config import Config
from app.db import Store
from app.errors import Refusal
from crypto.errors import SealError
from crypto.manifest import differences

SITE_FACTS = "/static/site.json"


def make_manifest(config: Config, own: Path) -> int:
    """Write the list of what this build gives, for the roots to sign. own: pages as the next start makes them."""
    target = config.build / "manifest.alongside"
    with factory.application(config, routes=True) as app, app.extensions["alongside_sessions"]() as db:
        try:
            target.write_bytes(manifests.make(db, _files(app, config, own)))
        except Refusal as no:
            return _stop(no.words)
    print(f"Wrote {target}. Take it to whoever holds a root sheet, away from this server:")
    print("  python -m crypto sign manifest.alongside")
    print("then put it in force here:")
    print("  .venv/bin/python -m app.cli publish-manifest manifest.alongside.signed")
    return 0


def publish_manifest(config: Config, own: Path, file: Path) -> int:
    """Take a signed list, and put it on the log. own: pages as the next start makes them."""
    with factory.application(config, routes=True) as app, app.extensions["alongside_sessions"]() as db:
        try:
            manifests.publish(db, file.read_bytes())
        except Refusal as no:
            return _stop(no.words)
        except SealError as wrong:
            return _stop(f"This is no signed list of pages: {wrong}.")
        db.commit()
        other = _other(db, _files(app, config, own))
    print("The list is in force. Anybody can compare now: python -m crypto verify-site ADDRESS")
    return 0 if not other else _stop(f"But what this server gives is not what it lists: {other[0]} differs.")


def changed_pages(config: Config) -> list[str]:
    """What this build gives other than the list in force says; nothing while there is no list."""
    with factory.application(config, routes=True) as app, app.extensions["alongside_sessions"]() as db:
        return _other(db, _files(app, config, config.own_pages))


def _other(db: Store, files: dict[str, bytes]) -> list[str]:
    listed = manifests.newest(db)
    return differences(listed["files"], manifests.digests(files)) if listed else []


def _files(app: Flask, config: Config, own: Path) -> dict[str, bytes]:
    return {**shells.given(config.build, own), SITE_FACTS: app.test_client().get(SITE_FACTS).data}


def _stop(words: str) -> int:
    print(words, file=sys.stderr)
    return 1
