"""What a person is shown: the list of people, and a letter. Proven or opened by whoever made it (demo/client.py)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from crypto.directory import Directory
from crypto.people import read_binding


@dataclass
class Listed:
    """The directory as one person may see it, proven from the site's id."""

    state: Directory
    bindings: dict[bytes, bytes]  # hash: binding frame

    def holders(self, role: str) -> list[dict[str, Any]]:
        return self.state.role_holders(role, self.bindings)

    def person(self, fp: bytes) -> dict[str, Any]:
        """The binding in force of one person. Raises: LookupError: not listed, or not shown to this reader."""
        for digest, binding in self.bindings.items():
            found = read_binding(binding)
            if found["fp"] == fp and digest in self.state.bindings:
                return self.state.check_binding(binding)
        raise LookupError("this person is not in the directory")


@dataclass
class Letter:
    """A letter that was opened."""

    kind: str
    sender: bytes
    about: bytes
    hash: bytes
    payload: dict[str, Any]
    day: int
    header: bytes = field(repr=False)
    body: bytes = field(repr=False)
