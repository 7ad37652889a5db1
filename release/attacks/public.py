"""The public page: what noise promises, whether the page keeps to it, and whether the ledger knows of it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from math import exp
from typing import Any

from release.attacks.result import EDGE, Result
from release.published import PUBLIC_PAGE, Published

LIFETIME = 1.0
KEYS = {"form", "product", "plan", "protocol", "year", "epsilon", "noise", "ledger", "histograms"}
HISTOGRAM, BIN = {"field", "label", "bins"}, {"code", "label", "n"}
CELL = re.compile(r'<td class="number">(.*?)</td>')
AGREES = ("year", "epsilon", "ledger", "plan", "protocol")


def faults(release: Published) -> Iterator[str]:
    """What on the page nobody approved, in words."""
    told = release.public or {}
    if set(told) != KEYS or any(set(one) != HISTOGRAM for one in told["histograms"]):
        yield "public.json says other things than a public page does"
        return
    if any(told[key] != release.manifest[key] for key in AGREES):
        yield "public.json says other things than the manifest"
    bins = [one for histogram in told["histograms"] for one in histogram["bins"]]
    if any(set(one) != BIN or type(one["n"]) is not int or one["n"] < 0 for one in bins):
        yield "a bin of public.json is no count"
    if any(len({one["code"] for one in h["bins"]}) != len(h["bins"]) for h in told["histograms"]):
        yield "two bins of public.json are of one answer"
    page = release.folder / PUBLIC_PAGE
    if not page.exists() or CELL.findall(page.read_text(encoding="utf-8")) != [str(one["n"]) for one in bins]:
        yield f"{PUBLIC_PAGE} says other numbers than public.json"


def membership(release: Published, previous: Sequence[Published]) -> Result:
    """Somebody who knows all others' answers wants to know whether she is in it, or what she said."""
    told, epsilon = release.public or {}, float(release.manifest["epsilon"])
    success = exp(epsilon) / (1 + exp(epsilon))
    wrong = [*_noise(told, epsilon), *(_ledger(release, told) if release.ledger is not None else ())]
    words = f"Noise at epsilon {epsilon:g}: whoever knows everybody else is right about her in at most {success:.0%}."
    if release.ledger is None:
        words += " The ledger was not at hand."
    return Result(not wrong, success, 0.5, "; ".join(wrong) + "." if wrong else words)


def _noise(told: dict[str, Any], epsilon: float) -> Iterator[str]:
    if not 0 < epsilon <= LIFETIME + EDGE:
        yield f"epsilon {epsilon:g} is more than a person's lifetime allows"
    scale = re.fullmatch(r"integer Laplace, scale ([0-9.]+)", str(told.get("noise")))
    if not scale or abs(float(scale[1]) * epsilon - len(told.get("histograms", ()))) > 0.01:
        yield "the noise is not what this epsilon and so many histograms ask for"


def _ledger(release: Published, told: dict[str, Any]) -> Iterator[str]:
    """The line of the ledger that this page was spent by is there, in an unbroken file, and no cohort overdrawn."""
    lines, before, spent = (release.ledger or b"").splitlines(keepends=True), "", []
    for line in lines:
        one = json.loads(line)
        if one["before"] != before:
            yield "the ledger was changed"
            return
        before = hashlib.sha256(line).hexdigest()
        spent.append((before, one))
    mine = [one for number, one in spent if number == told["ledger"]]
    if not mine:
        yield "this page is not on the ledger"
        return
    of_year = [one for _, one in spent if one["year"] == told["year"]]
    fields = [name for one in of_year for name in one["fields"]]
    if mine[0]["year"] != told["year"] or set(mine[0]["fields"]) != {one["field"] for one in told["histograms"]}:
        yield "the ledger tells of another page"
    if len(set(fields)) != len(fields) or sum(one["epsilon"] for one in of_year) > LIFETIME + EDGE:
        yield "the ledger tells that this cohort was sampled too often"
