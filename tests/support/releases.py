"""Folders as `python -m release` writes them, small and made by hand, for tests of what becomes of them afterwards."""

from __future__ import annotations

import json
from typing import Any

from crypto.frame import H

KINDS = (
    "schema", "k", "l", "t", "km", "prosecutor", "journalist", "homogeneity", "skew", "exclusion", "differencing",
    "composition", "minimality", "lp", "metadata", "membership",
)  # fmt: skip
DATA = b"row,career_stage,changed_specialty\n00aa,res,yes\n01bb,res,no\n02cc,early,no\n"
CLASSES = b"career_stage,rows\nearly,26\nres,31\n"
CODEBOOK = (
    b'Variable / Field Name,Field Label,"Choices, Calculations, OR Slider Labels"\n'
    b'row,Row,\ncareer_stage,Career stage,"res, Resident | early, In practice, up to 5 years"\n'
    b'changed_specialty,Changed specialty?,"yes, Yes | no, No"\n'
)
LEVELS = {"form": 1, "instrument": "intake.v1", "columns": [
    {"field": "career_stage", "label": "Career stage", "many": False, "beside": "", "unstated": "", "several": "",
     "codes": {"res": "res", "early": "early"}, "labels": {"res": "Resident", "early": "In practice, up to 5 years"}}]}  # fmt: skip
TABLES = {
    "least": 11, "rounded_to": 5, "people": 40, "tables": [
        {"field": "degree", "label": "Medical degree", "many": False, "of": 40, "missing": None,
         "lines": [{"codes": ["md"], "label": "MD", "n": 25}, {"codes": ["do"], "label": "DO", "n": 15}]},
        {"field": "goals", "label": "Goals", "many": True, "of": 40, "missing": 5,
         "lines": [{"codes": ["safe"], "label": "To be safe", "n": 30, "kappa": 0.8125}, {"codes": ["oth"], "label": "Other", "n": None}]},
    ],
}  # fmt: skip
FIGURES = {
    "form": 1, "product": "public", "plan": {"id": "small.v1", "title": "A small study"}, "protocol": "IRB 7",
    "year": 2025, "epsilon": 1.0, "noise": "integer Laplace, scale 1", "ledger": "0" * 64,
    "histograms": [{"field": "gender", "label": "Gender", "bins": [
        {"code": "woman", "label": "Woman", "n": 171}, {"code": "man", "label": "Man", "n": 48},
        {"code": "", "label": "No answer", "n": 0}]}],
}  # fmt: skip


def folder(product: str = "microdata", *, caught: str = "", **instead: Any) -> dict[str, bytes]:
    """A whole folder: {name: bytes}. Args: caught: an attack that succeeds. instead: other lines of the manifest."""
    files = {
        "microdata": {"data.csv": DATA, "classes.csv": CLASSES, "levels.json": _json(LEVELS), "codebook.csv": CODEBOOK},
        "tables": {"tables.json": _json(TABLES), "tables.html": b"<!doctype html><title>Tables</title>"},
        "public": {"public.json": _json(FIGURES)},
    }[product]
    manifest: dict[str, Any] = {
        "form": 1, "product": product, "plan": {"id": "small.v1", "title": "A small study"}, "series": "peers" if product == "microdata" else product,
        "number": 1, "protocol": "IRB 7", "approved": "2020-01-01", "approved_until": "2099-12-31", "month": "2026-05",
        "instrument": "intake.v1", "files": {name: H(data).hex() for name, data in files.items()}, "previous": "",
    }  # fmt: skip
    if product == "microdata":
        levels = {"career_stage": 0}
        manifest |= {"rows": 57, "loss": 0.31, "targets": {"k": 11, "l": 3, "t": 0.35}, "scheme": {"levels": levels}}
    told = _json({**manifest, **instead})
    attacks = [
        {"kind": kind, "holds": kind != caught, "success": 0.1, "guess": 0.05, "words": "Nothing of note."}
        for kind in KINDS
    ]
    report = {"manifest": H(told).hex(), "holds": not caught, "attacks": attacks}
    page = b"<!doctype html><title>Attack report</title>"
    return {**files, "manifest.json": told, "attack-report.json": _json(report), "attack-report.html": page}


def _json(value: Any) -> bytes:
    return (json.dumps(value, indent=1) + "\n").encode()
