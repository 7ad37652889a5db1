"""A witness as an outsider runs it, and a log that asks it."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import requests
from nacl.signing import SigningKey

from crypto import checkpoint, cosign, log
from tests.support.databases import ROOT

STOP_TIMEOUT_S = 10


class Log:
    """A log with a key of its own that can show any history: each is a list of leaf hashes."""

    def __init__(self, name: str = "one") -> None:
        self.key = SigningKey(log.leaf_hash(name.encode()))
        self.origin = checkpoint.origin(log.leaf_hash(b"site of " + name.encode()), 1)

    @property
    def vkey(self) -> str:
        return checkpoint.vkey("alongside", bytes(self.key.verify_key))

    def note(self, hashes: list[bytes], *, origin: str = "", key: SigningKey | None = None) -> str:
        origin, key = origin or self.origin, key or self.key
        text = f"{origin}\n{len(hashes)}\n{checkpoint.to_base64(log.root(hashes))}\n"
        return checkpoint.signed_note(text, origin, bytes(key.verify_key), key.sign(text.encode()).signature)

    def request(self, hashes: list[bytes], old: int) -> bytes:
        proof = log.consistency(hashes, old) if 0 < old < len(hashes) else []
        return cosign.write_request(old, proof, self.note(hashes))


def history(size: int, turn: int | None = None) -> list[bytes]:
    """Leaf hashes; those from `turn` on are of another history."""
    return [log.leaf_hash(f"{i}{'' if turn is None or i < turn else ' otherwise'}".encode()) for i in range(size)]


class Running:
    """One witness process. Given `code`, that runs in place of `python -m crypto`."""

    def __init__(self, state: Path, *arguments: str, code: str = "") -> None:
        command = [sys.executable, *(["-c", code] if code else ["-m", "crypto"]), "witness", "--state", str(state)]
        if "--port" not in arguments:
            command += ["--port", "0"]
        self.process = subprocess.Popen(
            [*command, *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip
        self.said, self.url = "", ""
        assert self.process.stdout
        for line in self.process.stdout:
            self.said += line
            if ready := re.match(r"Ready: (\S+)", line):
                self.url = ready[1]
                break
        if not self.url:
            self.refusal = self.process.communicate(timeout=STOP_TIMEOUT_S)[1]
            return
        self._words: list[str] = []
        threading.Thread(target=lambda: self._words.extend(self.process.stderr or []), daemon=True).start()

    @property
    def vkey(self) -> str:
        return next(line.strip() for line in self.said.splitlines() if line.startswith("  "))

    @property
    def keys(self) -> checkpoint.Keys:
        return cosign.witness_keys([self.vkey])

    def ask(self, body: bytes) -> requests.Response:
        return requests.post(f"{self.url}/add-checkpoint", data=body, timeout=10)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(STOP_TIMEOUT_S)


Start = Callable[..., Running]


@contextmanager
def starting(folder: Path) -> Iterator[Start]:
    """Starts witnesses, on this folder unless another is named, and ends them."""
    running: list[Running] = []

    def begin(*arguments: str, state: Path | None = None, code: str = "") -> Running:
        running.append(Running(state or folder, *arguments, code=code))
        return running[-1]

    try:
        yield begin
    finally:
        for one in running:
            one.stop()
            for stream in (one.process.stdout, one.process.stderr):
                if stream:
                    stream.close()
