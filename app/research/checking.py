"""Whether a folder may be published: whole, attacked and approved. Knows no database; the browser asks the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.errors import Refusal
from crypto.frame import H

MANIFEST, REPORT = "manifest.json", "attack-report.json"
BESIDE = {MANIFEST, REPORT, "attack-report.html"}  # named by no manifest: it is one, or speaks of it
PUBLIC = "public"  # of no series: each year is counted once
PRODUCTS = ("microdata", "tables", PUBLIC)


@dataclass(frozen=True)
class Told:
    """What a manifest says of its release, as far as the site needs it."""

    product: str
    series: str
    previous: str | None  # SHA-256 of the manifest before in hex, "" of the first; none: not one of a series
    protocol: str


def check(files: Mapping[str, bytes], manifest: bytes, report: bytes, today: int) -> Told:
    """What the manifest tells, once the folder may be published.

    Args: files: {name: SHA-256} of the whole folder. today: days since 1970.
    Raises: Refusal 409 `not-whole`, `not-attacked`, `not-approved`.
    """
    told = _object(manifest)
    named = told.get("files")
    if not isinstance(named, dict) or told.get("product") not in PRODUCTS:
        raise _not_whole()
    if {name: digest.hex() for name, digest in files.items() if name not in BESIDE} != named:
        raise _not_whole()
    _check_report(_object(report), H(manifest))
    _check_approval(told, date(1970, 1, 1) + timedelta(days=today))
    previous = told.get("previous") if told["product"] != PUBLIC else None
    return Told(str(told["product"]), str(told.get("series", ""))[:64], previous, told["protocol"])


def _object(text: bytes) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise _not_whole()
    return value


def _check_report(report: dict[str, Any], manifest: bytes) -> None:
    attacks = report.get("attacks")
    held = (
        isinstance(attacks, list) and attacks and all(isinstance(a, dict) and a.get("holds") is True for a in attacks)
    )
    if report.get("manifest") != manifest.hex() or report.get("holds") is not True or not held:
        words = "The attack report is of another release, or an attack succeeded. Nothing was published."
        raise Refusal(409, "not-attacked", words)


def _check_approval(told: dict[str, Any], today: date) -> None:
    try:
        first, last = (date.fromisoformat(told[name]) for name in ("approved", "approved_until"))
        good = isinstance(told["protocol"], str) and told["protocol"].strip() and first <= today <= last
    except (KeyError, TypeError, ValueError):
        good = False
    if not good:
        words = "The manifest names no protocol, or no approval that is in force today. Nothing was published."
        raise Refusal(409, "not-approved", words)


def _not_whole() -> Refusal:
    words = "A file of the folder is missing, changed or not in its manifest. Nothing was published."
    return Refusal(409, "not-whole", words)
