"""The wall at run time: the opening half of `crypto/` can't be imported in the server's process.

import-linter reads source and is passed by `importlib`; this hook is not.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType

import crypto

OPENING = frozenset(f"crypto.{name}" for name in crypto.OPENING)


class Wall:
    """A finder that comes first and refuses the modules that open things."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name in OPENING:
            raise ImportError("The server may not load code that opens sealed data.")
        return None


def raise_walls() -> None:
    """Refuse the opening half from now on. Raises: ImportError if it is loaded already."""
    if OPENING & sys.modules.keys():
        raise ImportError("Code that opens sealed data is already loaded in the server.")
    if not any(isinstance(finder, Wall) for finder in sys.meta_path):
        sys.meta_path.insert(0, Wall())
