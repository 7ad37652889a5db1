"""`python -m bench [NAME ...]`: measure, print the table, keep the rows.

A missed target is no failure; a row that can't be measured is.
"""

from __future__ import annotations

import argparse
import signal
import sys
import traceback
from collections.abc import Callable
from functools import partial
from importlib import import_module

from bench import results
from bench.machine import machine
from bench.rounds import Pace, Row


def _of(module: str, *given: object) -> Callable[[Pace], Row]:
    """A row's own module is loaded when it is measured: most need no browser."""
    return lambda pace: partial(import_module(f"bench.{module}").measure, *given)(pace)


ROWS: dict[str, Callable[[Pace], Row]] = {
    "intake_sqlite": _of("intake", "sqlite"),
    "intake_postgres": _of("intake", "postgres"),
    "shell": _of("shell"),
    "first_paint": _of("weight", "first_paint"),
    "page_weight": _of("weight", "page_weight"),
    "seal_to_receipt": _of("sending", "seal_to_receipt"),
    "receipt_in_log": _of("sending", "receipt_in_log"),
    "unlock": _of("unlocking"),
    "open_case_1000": _of("opening", 1000),
    "open_case_10000": _of("opening", 10_000),
    "log_append": _of("log", "append"),
    "log_verify_1e6": _of("verifying"),
    "log_proof_1e6": _of("log", "proof"),
    "release_search_1k": _of("release", 1_000),
    "release_search_10k": _of("release", 10_000),
    "release_search_100k": _of("release", 100_000),
    "release_search_1m": _of("release", 1_000_000),
    "release_verify_10k": _of("verifying_release"),
    "worker_memory": _of("memory"),
}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Speeds beside their limits.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=" ".join(ROWS))
    parser.add_argument("--rounds", type=int, default=Pace.rounds, help="how often limit and product take turns")
    parser.add_argument("--seconds", type=float, default=Pace.seconds, help="how long one turn of load lasts")
    asked = parser.parse_args(arguments)
    unknown = [name for name in asked.names if name not in ROWS]
    if unknown:
        parser.error(f"there is no row {' '.join(unknown)}. The rows are: {' '.join(ROWS)}")
    pace, broken = Pace(max(asked.rounds, 1), max(asked.seconds, 0.1)), []
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was started is ended too
    about = machine()
    measured = asked.names or list(ROWS)
    for name in measured:
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        try:
            results.keep(ROWS[name](pace).as_result(), list(ROWS))
        except Exception:
            traceback.print_exc()
            broken.append(name)
    print(
        results.table([row for row in results.read() if row["name"] in measured and row["name"] not in broken], about)
    )
    if broken:
        print(f"These rows could not be measured: {' '.join(broken)}", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
