"""Whom to call now: the support lines that stand on every page, with the day they were last checked."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any


@cache
def support_lines() -> dict[str, Any]:
    """`checked` (YYYY-MM-DD) and `lines`: name, before, tel (what is dialled), shown, after."""
    facts: dict[str, Any] = json.loads(Path(__file__).with_name("lines.json").read_text("utf-8"))
    return facts
