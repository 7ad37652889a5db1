"""What an auditor remembers from one run to the next, in a file of theirs: which site, and how far each log was."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from crypto.auditor.wrong import Unreadable

FORMAT = "alongside-audit-1"


@dataclass(frozen=True)
class Remembered:
    """site: 32 bytes, None at first. logs: {number: (size, root)}."""

    site: bytes | None = None
    logs: dict[int, tuple[int, bytes]] = field(default_factory=dict)


def recall(path: Path | None) -> Remembered:
    """Raises: Unreadable: a file that is there and is not such a memory."""
    if path is None or not path.exists():
        return Remembered()
    try:
        told = json.loads(path.read_text("utf-8"))
        if told["format"] != FORMAT:
            raise ValueError
        logs = {int(k): (int(size), bytes.fromhex(root)) for k, (size, root) in told["logs"].items()}
        return Remembered(bytes.fromhex(told["site"]), logs)
    except (ValueError, KeyError, TypeError, AttributeError, OSError):
        raise Unreadable(f"{path} is no memory of an audit, or is damaged. Find out why before you go on.") from None


def remember(path: Path, found: Remembered) -> None:
    """Written whole before it takes the old one's place. Raises: OSError."""
    logs = {str(number): [size, root.hex()] for number, (size, root) in found.logs.items()}
    text = json.dumps({"format": FORMAT, "site": (found.site or b"").hex(), "logs": logs}, indent=1) + "\n"
    draft = path.with_name(path.name + ".new")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
