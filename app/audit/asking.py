"""Ask one witness to cosign a checkpoint (C2SP tlog-witness). No database is held open meanwhile."""

from __future__ import annotations

import http.client
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from app.config import Witness
from crypto import cosign
from crypto.errors import SealError

TIMEOUT_S = 5.0
MOST_TRIES = 3


class NoAnswer(RuntimeError):
    """The witness is away, or says something that no witness says; it is asked again later."""


class Contradiction(RuntimeError):
    """The witness has seen another history of this log than ours. A person has to look at that."""


@dataclass(frozen=True)
class Signed:
    """The head of a log: its number, its size, and its note as the log signed it."""

    number: int
    size: int
    note: str


def ask(witness: Witness, head: Signed, known: int, prove: Callable[[int], list[bytes]]) -> list[str]:
    """The witness's cosignature lines, verified.

    Args: known: the size that the witness should know. prove: the proof from a size (from 1 up to head.size) to head.
    Raises: NoAnswer, Contradiction.
    """
    for _ in range(MOST_TRIES):
        proof = prove(known) if 0 < known < head.size else []
        status, text = _post(witness.url, cosign.write_request(known, proof, head.note))
        if status == 200:
            return _lines(witness, head, text)
        if status != 409:
            raise NoAnswer(f"it answered {status}")
        said = text.strip()
        if not (said.isascii() and said.isdigit()) or len(said) > 16:
            raise NoAnswer("it did not say which size it knows")
        if int(said) > head.size:
            raise Contradiction("it knows a longer log than this one; was a backup restored?")
        if int(said) == known:
            raise Contradiction("it knows another root of this size")
        known = int(said)
    raise NoAnswer("it says another size each time")


def _lines(witness: Witness, head: Signed, answer: str) -> list[str]:
    try:
        lines = cosign.good_lines(head.note, answer, cosign.witness_keys([witness.vkey]))
    except SealError:
        raise NoAnswer("its signature does not fit") from None
    if not lines:
        raise NoAnswer("it signed with another key")
    return lines


def _post(url: str, body: bytes) -> tuple[int, str]:
    """Status and text of the answer. No redirect is followed, no proxy asked. Raises: NoAnswer."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=TIMEOUT_S)
    try:
        connection.request("POST", f"{parts.path.rstrip('/')}/add-checkpoint", body, {"Content-Type": "text/plain"})
        answer = connection.getresponse()
        text = answer.read(cosign.MOST_BYTES).decode("utf-8")
    except (OSError, http.client.HTTPException, UnicodeDecodeError) as wrong:
        raise NoAnswer(type(wrong).__name__) from None
    finally:
        connection.close()
    return answer.status, text
