"""The site says that it was put back twice. The first of the two restores was never used then: it is in no log but the third."""

from __future__ import annotations

import os
from typing import Any

from crypto import checkpoint, keys, log, tree
from crypto.frame import H, frame
from crypto.log import site_lane_key
from demo.wire import b64
from tests.hostile_server.at_the_log import check, checks, fits, open_log, refuses
from tests.hostile_server.forked import ForkedLog, Pair
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("worker/log_lanes.js", "if ((place && place.log !== n) || by", "if (by")


class ThreeLogs(ForkedLog):
    """The real log is the first. The second has two lines of nobody's. The third has both restores."""

    def __init__(self, liar: Liar) -> None:
        super().__init__(liar.stage.carl, liar.log_seed)
        self.freeze()
        self.logs: dict[int, list[Pair]] = {
            1: self.lines,
            2: [(os.urandom(32), os.urandom(32)) for _ in range(2)],
            3: [],
        }
        self.restores = [self._begin(liar, number) for number in (2, 3)]

    def _begin(self, liar: Liar, number: int) -> dict[str, Any]:
        before = _hashes(self.logs[number - 1])
        fields = {"site": liar.site, "log": number, "size": len(before), "root": log.root(before)}
        restore = frame("restore", {**fields, "time": self.person.now_s()})
        tag = log.lane_tag(site_lane_key(liar.site, "restore"), "restore", number)
        event, salt = log.make_event("restore", self.person.today, bytes(16), bytes(32), H(restore)), os.urandom(32)
        committed = log.commit(salt, event)
        self.logs[3].append((tag, committed))
        signed = keys.sign_thing(restore, [(keys.ed_public(liar.root_seed), liar.root_seed)])
        told = {"signed": signed, "salt": salt, "event": event, "tag": tag, "commit": committed}
        return {"n": number, **{name: b64(one) for name, one in told.items()}, "log": 3, "position": number - 2}

    def public(self, asked: Any, answer: Any) -> None:
        """For the wire."""
        after = asked.get("after") or {}
        n = after["n"] if after.get("part") == "restore" else 0
        answer["lanes"]["restore"] = [one for one in self.restores if one["n"] > n][: asked.get("most")]

    def _note(self, number: int) -> str:
        hashes = _hashes(self.logs[number])
        text = checkpoint.checkpoint_text(self.person.site, number, len(hashes), log.root(hashes))
        return keys.sign_note(text, checkpoint.origin(self.person.site, number), self.seed)

    def _head(self, root: bytes = b"") -> dict[str, Any]:
        return {"log": 3, "newest": 3, "checkpoint": self._note(3), "cosigned": None}

    def _since(self, asked: dict[str, Any]) -> dict[str, Any]:
        number, size = asked["log"], asked["size"]
        frontier, _ = tree.extend([], 0, _hashes(self.logs[number][:size]))
        leaves = b"".join(tag + committed for tag, committed in self.logs[number][size:])
        told = {"frontier": b64(b"".join(frontier)), "leaves": b64(leaves), "more": False}
        return {**told, "log": number, "checkpoint": self._note(number)}

    def _proofs(self, asked: dict[str, Any]) -> dict[str, Any]:
        return {"proofs": [None for _ in asked["leaves"]]}


def _hashes(pairs: list[Pair]) -> list[bytes]:
    return [log.leaf_hash(log.leaf(tag, committed)) for tag, committed in pairs]


def tell(liar: Liar) -> Visit:
    liar.stage.together()
    liar.until_logged()
    logs = ThreeLogs(liar)
    visit = liar.device()
    liar.tells(visit, {"/log/public": logs.public})
    check(open_log(visit, logs))
    return visit


def refused(visit: Visit) -> None:
    refuses(visit, "has not shown who allowed that")


def believed(visit: Visit) -> None:
    fits(visit)


test_a_restore_stands_in_no_later_log = told_twice(CHECK, tell, refused, believed, checks)
