"""bench/results.json and the table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).with_name("results.json")


def read(path: Path = RESULTS) -> list[dict[str, Any]]:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else []


def keep(result: dict[str, Any], order: list[str], path: Path = RESULTS) -> None:
    """Put one row in, in place of its last one; the others stay. Args: order: all names, as the file lists them."""
    rows = {row["name"]: row for row in read(path)} | {result["name"]: result}
    known = [name for name in order if name in rows]
    listed = [rows[name] for name in [*known, *(name for name in rows if name not in order)]]
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(listed, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    beside.replace(path)


def table(results: list[dict[str, Any]], machine: str) -> str:
    """The rows as a person reads them."""
    head = ("", "measured", "limit", "ratio", "target", "")
    lines = [head, *(_cells(row) for row in results)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(head))]
    told = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    more = [f"  {row['name']}: {_facts(row)}" for row in results if row["facts"] or row["why"]]
    return "\n".join([machine, "", *told, "", *more])


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    limit = "" if row["limit"] is None else _number(row["limit"])
    ratio = "" if row["ratio"] is None else f"{row['ratio']:.2f}"
    measured = f"{_number(row['value'])} {row['unit']}"
    return row["name"], measured, limit, ratio, row["target"], "met" if row["met"] else "MISSED"


def _facts(row: dict[str, Any]) -> str:
    facts = [f"{name.replace('_', ' ')} {_number(value)}" for name, value in row["facts"].items()]
    return ". ".join([", ".join(facts), *([f"Missed because: {row['why']}"] if row["why"] else [])])


def _number(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.1f}"
