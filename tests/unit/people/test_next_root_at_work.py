"""The log's key changes while two processes write: whoever knows the new root never meets a head under the old key."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from crypto import checkpoint
from crypto.receipt import note_keys
from tests.support.rotation import at_server, new_key, signed
from tests.support.server import Server
from tests.support.stage import Stage
from tests.support.tree import check_tree, wait_until_all_are_in

pytestmark = pytest.mark.slow  # a server of its own


def test_no_head_under_the_old_key_meets_the_new_root(make_server: Callable[..., Server], tmp_path: Path) -> None:
    server = make_server(workers=2)
    stage = Stage(server)
    sara, carl = stage.peer(), stage.carl
    file = signed(server, tmp_path / "away", carl.root_code, "--log-vkey", new_key(server))
    done, seen, wrong = threading.Event(), set[str](), list[str]()

    def write() -> None:
        while not done.is_set():
            sara.save_notebook()

    def look() -> None:
        wire = carl.wire.another()
        while not done.is_set():
            vkey = wire.get("/static/site.json").json()["log_vkey"]
            note = wire.post("/log/proofs", b'{"leaves": []}', {"Content-Type": "application/json"}).json()[
                "checkpoint"
            ]
            seen.add(vkey)
            keys = note_keys(vkey, note.split("\n")[0])
            if not keys.keys() & {(name, kid) for name, kid, _ in checkpoint.split_note(note)[1]} and len(seen) > 1:
                wrong.append(note)

    threads = [threading.Thread(target=one) for one in (write, look)]
    for thread in threads:
        thread.start()
    taken = at_server(server, "take-root", file)
    end = time.monotonic() + 15
    while len(seen) < 2 and time.monotonic() < end:
        time.sleep(0.02)
    done.wait(1.5)
    done.set()
    for thread in threads:
        thread.join()
    assert taken.returncode == 0, taken.stderr
    assert len(seen) == 2 and wrong == []
    wait_until_all_are_in(server.database)
    check_tree(server.database)
