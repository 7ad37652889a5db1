"""Whether a folder may be published: whole, attacked and approved. Knows no database; the browser asks the same."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeGuard

from app.errors import Refusal
from crypto.frame import H

MANIFEST, REPORT = "manifest.json", "attack-report.json"
BESIDE = {MANIFEST, REPORT, "attack-report.html"}  # named by no manifest: it is one, or speaks of it
PUBLIC = "public"  # of no series: each year is counted once
PRODUCTS = ("microdata", "tables", PUBLIC)
CLASSES, LEVELS, FIGURES = "classes.csv", "levels.json", "public.json"
# What a page shows of a release, and what everybody's browser reads; the rest is downloaded.
SHOWN = (MANIFEST, REPORT, "tables.json", CLASSES, "codebook.csv", FIGURES)
READ = (*SHOWN, LEVELS)
MOST_SHOWN = 8 << 20  # bytes of such a file
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Told:
    """What a manifest says of its release, as far as the site needs it."""

    product: str
    series: str
    previous: str | None  # SHA-256 of the manifest before in hex, "" of the first; none: not one of a series
    protocol: str


def check(files: Mapping[str, bytes], texts: Mapping[str, bytes], today: int) -> Told:
    """What the manifest tells, once the folder may be published.

    Args: files: {name: SHA-256} of the whole folder. texts: what READ names of it. today: days since 1970.
    Raises: Refusal 409 `not-whole`, `not-readable`, `not-attacked`, `not-approved`.
    """
    told = _object(texts[MANIFEST])
    named, product = told.get("files"), told.get("product")
    if not isinstance(named, dict) or product not in PRODUCTS:
        raise _not_whole()
    if {name: digest.hex() for name, digest in files.items() if name not in BESIDE} != named:
        raise _not_whole()
    _check_texts(texts, product)
    _check_report(_object(texts[REPORT]), H(texts[MANIFEST]))
    _check_approval(told, date(1970, 1, 1) + timedelta(days=today))
    series, previous = _place(told) if product != PUBLIC else ("", None)
    return Told(product, series, previous, told["protocol"])


def _place(told: dict[str, Any]) -> tuple[str, str]:
    """(series, previous) of a release that is one of a series."""
    series, previous = told.get("series"), told.get("previous")
    if not isinstance(previous, str) or not isinstance(series, str) or not 0 < len(series) <= 64:
        raise _not_readable()
    if not series.isprintable():
        raise _not_readable()
    return series, previous


def _check_texts(texts: Mapping[str, bytes], product: str) -> None:
    """A text that a browser can't read stays for good, and stops the page of everybody. So it is asked here."""
    if (FIGURES in texts) != (product == PUBLIC):
        raise _not_readable()
    for name, text in texts.items():
        _text(text)
        if name.endswith(".json"):
            _object(text)
    if product == PUBLIC and not _are_figures(_object(texts[FIGURES]).get("histograms")):
        raise _not_readable()
    if LEVELS in texts and not _are_objects(_object(texts[LEVELS]).get("columns")):
        raise _not_readable()


def _are_figures(told: object) -> bool:
    return _are_objects(told) and all(_are_objects(one.get("bins")) for one in told)


def _are_objects(told: object) -> TypeGuard[list[dict[str, Any]]]:
    return isinstance(told, list) and all(isinstance(one, dict) for one in told)


def _text(text: bytes) -> str:
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        raise _not_readable() from None


def _object(text: bytes) -> dict[str, Any]:
    """A JSON object as every browser reads it, too: in UTF-8, and NaN is no number."""
    try:
        value = json.loads(_text(text), parse_constant=_no_number)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise _not_readable()
    return value


def _no_number(told: str) -> None:
    raise ValueError(told)


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
        first, last = (_day(told[name]) for name in ("approved", "approved_until"))
        good = isinstance(told["protocol"], str) and told["protocol"].strip() and first <= today <= last
    except (KeyError, TypeError, ValueError):
        good = False
    if not good:
        words = "The manifest names no protocol, or no approval that is in force today. Nothing was published."
        raise Refusal(409, "not-approved", words)


def _day(told: str) -> date:
    """A day as a page reads it, too: Python reads weeks as well. Raises: ValueError, TypeError."""
    if not DAY.fullmatch(told):
        raise ValueError
    return date.fromisoformat(told)


def _not_readable() -> Refusal:
    words = "A file of the folder can’t be read as the release tool writes it. Nothing was published."
    return Refusal(409, "not-readable", words)


def _not_whole() -> Refusal:
    words = "A file of the folder is missing, changed or not in its manifest. Nothing was published."
    return Refusal(409, "not-whole", words)
