"""What the attacks found, for machines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from release.attacks.result import Result


def as_json(found: Mapping[str, Result], manifest: str) -> dict[str, Any]:
    """The findings. Args: manifest: SHA-256 of the manifest of the release that was attacked."""
    return {
        "manifest": manifest,
        "holds": all(one.holds for one in found.values()),
        "attacks": [{"kind": kind} | asdict(one) for kind, one in found.items()],
    }
