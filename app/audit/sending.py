"""A long file goes out to a few at once, one an address, and to nobody for ever: who does not read is cut off.

A thread writes to one reader until the last byte. Without a bound a handful of connections that read nothing would hold
every thread of the server. Who it is goes to is known while it goes out, and written nowhere.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import IO

from app.errors import Refusal

MOST = 3  # of the threads of a process
STALL_S = 20.0
LEAST_BYTES_S = 16_384
PIECE = 1 << 16

_to: set[str | None] = set()
_one_at_a_time = threading.Lock()


def take_place(address: str | None) -> Callable[[], None]:
    """A place among those that are sent to; what gives it back. Raises: Refusal 503."""
    with _one_at_a_time:
        if address in _to or len(_to) >= MOST:
            raise Refusal(503, "busy", "Others are saving the log right now. Try again in some minutes.")
        _to.add(address)

    def give_back() -> None:
        with _one_at_a_time:
            _to.discard(address)

    return give_back


def pieces(file: IO[bytes], length: int, cut: Callable[[], object]) -> Iterator[bytes]:
    """The file piece by piece, to be sent.

    Args: cut: ends the connection. It is called when a piece (64 KiB) is not taken in 20 s, or all of it not at 16 KiB
        a second with 20 s to begin with.
    """
    done, last_s = threading.Event(), time.monotonic() + STALL_S + length / LEAST_BYTES_S
    due_s = [0.0]

    def watch() -> None:
        while not done.wait(max(0.0, due_s[0] - time.monotonic())):
            if time.monotonic() >= due_s[0]:
                cut()
                return

    def by_now() -> None:
        due_s[0] = min(time.monotonic() + STALL_S, last_s)

    by_now()
    threading.Thread(target=watch, daemon=True).start()
    try:
        while piece := file.read(PIECE):
            by_now()
            yield piece
    finally:
        done.set()
