"""What a witness must never forget, in one file: its key, and the newest checkpoint of each log.

Key and memory lie together on purpose. Whoever loses the file loses the key with it, so a witness can't come back
under its old name having forgotten what it saw.
"""

import fcntl
import hashlib
import json
import os
import re
import secrets
import tempfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from nacl.signing import SigningKey

from crypto import checkpoint
from crypto.errors import Malformed, SealError
from crypto.frame import H

FORMAT = "alongside-witness-1"
FILE = "witness.json"
_ORIGIN = re.compile(r"(alongside/[0-9a-f]{64}/log/)([1-9][0-9]{0,15})")


class BadMemory(Exception):
    """The state can't be used; the text says what is wrong and what to do."""


@dataclass(frozen=True)
class Followed:
    """One log. vkeys: its verifier keys. size, root (hex), note: of the newest checkpoint that was cosigned."""

    vkeys: tuple[str, ...]
    size: int = 0
    root: str = H(b"").hex()
    note: str = ""

    def keys(self, origin: str) -> dict[tuple[str, bytes], bytes]:
        """As `checkpoint.open_note` wants them. The name `alongside` stands for the origin (SPEC 6)."""
        found = [checkpoint.read_vkey(text) for text in self.vkeys]
        named = [(origin if key["name"] == "alongside" else key["name"], key["ed_pk"]) for key in found]
        return {(name, checkpoint.key_id(name, ed_pk)): ed_pk for name, ed_pk in named}


class Memory:
    """The state of one witness. `remember` is on the disk before it returns."""

    def __init__(self, folder: Path, name: str, seed: bytes, logs: dict[str, Followed]) -> None:
        self.folder, self.name, self.logs = folder, name, logs
        self._seed = seed
        self.key = SigningKey(seed)

    @property
    def vkey(self) -> str:
        """What the organisation puts into its roots."""
        return checkpoint.vkey(self.name, bytes(self.key.verify_key), checkpoint.COSIGNATURE)

    def follow(self, origin: str, vkey: str) -> None:
        """Accept checkpoints of this origin that this key signed, from now on. Raises: Malformed."""
        if checkpoint.read_vkey(vkey)["algorithm"] != checkpoint.ED25519 or not origin or origin != origin.strip():
            raise Malformed("no log's name and key")
        known = self.logs.get(origin, Followed(()))
        if vkey not in known.vkeys:
            self._write({**self.logs, origin: replace(known, vkeys=(*known.vkeys, vkey))})

    def drop(self, vkey: str) -> bool:
        """Sign nothing under this key of a log any more; False when no log has it beside another."""
        having = {o: log for o, log in self.logs.items() if vkey in log.vkeys and len(log.vkeys) > 1}
        left = {o: replace(log, vkeys=tuple(k for k in log.vkeys if k != vkey)) for o, log in having.items()}
        if left:
            self._write({**self.logs, **left})
        return bool(left)

    def ended(self, origin: str) -> bool:
        """Whether a log of this site with a higher number is followed: who runs the witness was told of it."""
        this = _ORIGIN.fullmatch(origin)
        others = [found for found in map(_ORIGIN.fullmatch, self.logs) if found]
        return this is not None and any(one[1] == this[1] and int(one[2]) > int(this[2]) for one in others)

    def remember(self, origin: str, size: int, root: bytes, note: str) -> None:
        """Keep the newest checkpoint of a log. Raises: OSError: the one before stands, and nothing may be answered."""
        self._write({**self.logs, origin: replace(self.logs[origin], size=size, root=root.hex(), note=note)})

    def _write(self, logs: dict[str, Followed]) -> None:
        """Whole and synced before it takes the old file's name, so that a crash leaves one or the other."""
        told = {origin: asdict(log) for origin, log in logs.items()}
        text = _with_check({"format": FORMAT, "name": self.name, "seed": self._seed.hex(), "logs": told})
        handle, draft = tempfile.mkstemp(dir=self.folder, prefix=".new-")  # mode 0600
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(draft).replace(self.folder / FILE)
        except OSError:
            Path(draft).unlink(missing_ok=True)
            raise
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        self.logs = logs


def open_memory(folder: Path, name: str = "") -> Memory:
    """The memory in this folder, made at the first start. The folder stays locked until the process ends.

    Args: name: what the witness calls itself; needed at the first start.
    Raises: BadMemory: damaged, in use, of another name, or a folder in which something else lies; OSError.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _lock(folder)
    for draft in folder.glob(".new-*"):  # what a crash left half-written, and nobody was told
        draft.unlink()
    if (folder / FILE).exists():
        memory = _read(folder)
        if name not in ("", memory.name):
            raise BadMemory(f"This witness is called {memory.name}. Leave --name out, or give an empty folder.")
        return memory
    if any(folder.iterdir()):
        raise BadMemory(
            f"{folder} holds something, but no {FILE}. If the file was lost, this witness can't go on: its key was in "
            "it. Start a new one in an empty folder, and tell the organisation that the old one has ended."
        )
    if not name:
        raise BadMemory("Give the new witness a name: --name witness.example.org")
    memory = Memory(folder, name, secrets.token_bytes(32), {})
    try:
        _ = memory.vkey
    except ValueError:
        raise BadMemory("A witness's name has no space and no plus sign, such as witness.example.org.") from None
    memory._write({})
    return memory


def _lock(folder: Path) -> None:
    """Two witnesses on one memory could each cosign another future of a log."""
    handle = os.open(folder, os.O_RDONLY)  # left open: the lock ends with the process
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise BadMemory(f"Another witness is running on {folder}. End that one first.") from None


def _read(folder: Path) -> Memory:
    damaged = BadMemory(
        f"{folder / FILE} is damaged. Do not put back an older copy: this witness would cosign what it has already "
        "refused. Start a new one in an empty folder, and tell the organisation that the old one has ended."
    )
    try:
        told: dict[str, Any] = json.loads((folder / FILE).read_text("utf-8"))
        check = told.pop("check")
        if json.loads(_with_check(told))["check"] != check or told["format"] != FORMAT:
            raise damaged
        logs = {origin: Followed(**{**log, "vkeys": tuple(log["vkeys"])}) for origin, log in told["logs"].items()}
        for origin, log in logs.items():
            log.keys(origin)
        return Memory(folder, told["name"], bytes.fromhex(told["seed"]), logs)
    except (ValueError, KeyError, TypeError, AttributeError, SealError):
        raise damaged from None


def _with_check(told: dict[str, Any]) -> str:
    """The file's text. Its checksum finds what a disk or an editor did; who holds the key could make it anew."""
    text = json.dumps(told, sort_keys=True)
    return json.dumps({**told, "check": hashlib.sha256(text.encode()).hexdigest()}, indent=1) + "\n"
