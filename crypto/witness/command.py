"""`python -m crypto witness`: its arguments, its first words, its end."""

import argparse
import errno
import logging
import signal
import sys
import threading
from pathlib import Path

from crypto.errors import Malformed
from crypto.witness.judge import Witness
from crypto.witness.memory import BadMemory, Memory, open_memory
from crypto.witness.serving import Server


def add_arguments(command: argparse.ArgumentParser) -> None:
    """What may be said on the command line."""
    command.add_argument("--state", type=Path, required=True, help="the folder of the witness's key and memory")
    command.add_argument("--name", default="", help="what it calls itself, at the first start: witness.example.org")
    command.add_argument("--bind", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    command.add_argument("--port", type=int, default=7380, help="the port to listen on (7380)")
    command.add_argument(
        "--origin", action="append", default=[], help="a log to follow from now on: alongside/.../log/1"
    )
    command.add_argument(
        "--log-vkey",
        action="append",
        default=[],
        help="that log's key: alongside+...; one an --origin, or several of one",
    )
    command.add_argument(
        "--drop-log-vkey", action="append", default=[], help="a key that it has no longer, or that leaked"
    )


def run(chosen: argparse.Namespace) -> int:
    """Serve until told to end. Returns: 0, or 1 with words on the error output."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(message)s")
    try:
        memory = open_memory(chosen.state, chosen.name)
        _follow(memory, chosen.origin, chosen.log_vkey)
        _drop(memory, chosen.drop_log_vkey)
        server = _listen(chosen.bind, chosen.port, Witness(memory))
    except BadMemory as wrong:
        return _stop(str(wrong))
    except OSError as wrong:
        return _stop(f"The witness can't start: {wrong.strerror or wrong}.")
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
    print(f"Key of this witness, to hand to the organisation:\n  {memory.vkey}")
    print("Logs it follows:" if memory.logs else "It follows no log yet: start it with --origin and --log-vkey.")
    for origin, seen in sorted(memory.logs.items()):
        print(f"  {origin}, {seen.size} leaves{', ended' if memory.ended(origin) else ''}")
        for vkey in seen.vkeys:
            print(f"    under {vkey}")
    print(f"Ready: http://{_host(chosen.bind)}:{server.server_address[1]}", flush=True)
    with server:
        server.serve_forever(poll_interval=0.1)
    return 0


def _follow(memory: Memory, origins: list[str], vkeys: list[str]) -> None:
    if len(origins) == 1 < len(vkeys):  # a log whose key is about to change has two
        origins = origins * len(vkeys)
    if len(origins) != len(vkeys):
        raise BadMemory("Give one --log-vkey for each --origin, in the same order; or several of one --origin.")
    for origin, vkey in zip(origins, vkeys, strict=True):
        try:
            memory.follow(origin, vkey)
        except Malformed as wrong:
            raise BadMemory(
                f"This log can't be followed: {wrong}. Copy origin and key as the organisation gave them."
            ) from None


def _drop(memory: Memory, vkeys: list[str]) -> None:
    for vkey in vkeys:
        if not memory.drop(vkey):
            raise BadMemory(f"This key can't be dropped: no log has it, or has no other. Add the new one first: {vkey}")


def _listen(host: str, port: int, witness: Witness) -> Server:
    try:
        return Server((host, port), witness)
    except OverflowError:
        raise BadMemory("A port is a number up to 65535.") from None
    except OSError as wrong:
        if wrong.errno == errno.EADDRINUSE:
            raise BadMemory(
                f"Port {port} is taken by another program. End that one, or choose another: --port {port + 1}"
            ) from None
        if wrong.errno == errno.EACCES:
            raise BadMemory(
                f"Port {port} needs more rights than you have. Choose one above 1023: --port 7380"
            ) from None
        raise


def _host(bind: str) -> str:
    return f"[{bind}]" if ":" in bind else bind


def _stop(words: str) -> int:
    print(words, file=sys.stderr)
    return 1
