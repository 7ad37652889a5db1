"""A site that says it was put back: log 1 ends at `cut`, and log 2 begins. Whoever has the log's key can tell that to one browser."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any

from crypto import checkpoint, keys, log, tree
from crypto.frame import H, frame
from crypto.log import site_lane_key
from demo.client import Person
from demo.wire import b64, unb64
from tests.hostile_server.forked import MOST, ForkedLog, Pair


class PutBack(ForkedLog):
    """The real log's first `cut` lines are log 1. Log 2 holds the restore, and what came since this was made."""

    def __init__(
        self, carl: Person, seed: bytes, *, gone: int = 0, by: bytes | None = None, more: Sequence[Pair] = (), **otherwise: Any
    ) -> None:  # fmt: skip
        """Args: gone: how many lines from the end of what was there count for nothing. by: in place of the root's seed.
        more: lines that only this log 1 has, at its end. otherwise: what the roots signed, other than it should be."""
        super().__init__(carl, seed)
        self.add(*more)
        self.shown = len(self.lines)  # of log 1, to whoever asks
        self.cut = self.shown - gone
        self.line_instead: dict[int, Pair] = {}  # in log 1, as it is handed out
        self.never_used = False  # the roots signed it once, and it is in no log
        honest = log.root(self.hashes()[: self.cut])
        fields = {"site": carl.site, "log": 2, "size": self.cut, "root": honest, "time": carl.now_s()}
        self.restore = frame("restore", {**fields, **otherwise})
        root_seed = by or keys.root_seed(carl.root_code, 0)  # type: ignore[attr-defined]
        self.signed = keys.sign_thing(self.restore, [(keys.ed_public(root_seed), root_seed)])
        event, salt = log.make_event("restore", carl.today, bytes(16), bytes(32), H(self.restore)), os.urandom(32)
        tag = log.lane_tag(site_lane_key(carl.site, "restore"), "restore", 2)
        self.first: Pair = (tag, log.commit(salt, event))
        told = {"signed": self.signed, "salt": salt, "event": event, "tag": tag, "commit": self.first[1]}
        self._told = {"n": 2, **{name: b64(one) for name, one in told.items()}, "log": 2, "position": 0}

    def public(self) -> dict[str, Callable[[Any, Any], None]]:
        """For the wire: the restore, as it would be shown to everybody."""

        def change(_asked: Any, answer: Any) -> None:
            answer["lanes"]["restore"] = [self._told]

        return {"/log/public": change}

    def _pairs(self, number: int) -> list[Pair]:
        if number == 2:
            return [*([] if self.never_used else [self.first]), *self.lines[self.shown :]]
        return [self.line_instead.get(at, pair) for at, pair in enumerate(self.lines[: self.shown])]

    def _note(self, number: int) -> str:
        hashes = _hashes(self._pairs(2) if number == 2 else self.lines[: self.cut])
        text = checkpoint.checkpoint_text(self.person.site, number, len(hashes), log.root(hashes))
        return keys.sign_note(text, checkpoint.origin(self.person.site, number), self.seed)

    def _head(self, root: bytes = b"") -> dict[str, Any]:
        return {"log": 2, "newest": 2, "checkpoint": self._note(2), "cosigned": None}

    def _since(self, asked: dict[str, Any]) -> dict[str, Any] | None:
        number, size = asked["log"], asked["size"]
        pairs = self._pairs(number)
        if size > len(pairs):
            return None
        frontier, _ = tree.extend([], 0, _hashes(self.lines[:size] if number == 1 else pairs[:size]))
        leaves = b"".join(tag + committed for tag, committed in pairs[size : size + MOST])
        more = size + MOST < len(pairs)
        told = {"frontier": b64(b"".join(frontier)), "leaves": b64(leaves), "more": more}
        return {**told, "log": number, "checkpoint": self._note(number)}

    def _proofs(self, asked: dict[str, Any]) -> dict[str, Any]:
        lists = {number: _hashes(self.lines[: self.cut] if number == 1 else self._pairs(2)) for number in (1, 2)}
        return {"proofs": [_proof(lists, leaf) for leaf in map(unb64, asked["leaves"])]}

    def _consistency(self, asked: dict[str, Any]) -> dict[str, Any] | None:
        number, size = asked["log"], asked["from"]
        hashes = _hashes(self.lines[: self.cut] if number == 1 else self._pairs(2))
        if size > len(hashes):
            return None
        proof = [b64(one) for one in log.consistency(hashes, size)]
        return {"log": number, "checkpoint": self._note(number), "proof": proof}


def _hashes(pairs: list[Pair]) -> list[bytes]:
    return [log.leaf_hash(log.leaf(tag, committed)) for tag, committed in pairs]


def _proof(lists: dict[int, list[bytes]], leaf: bytes) -> dict[str, Any] | None:
    for number, hashes in lists.items():
        if leaf in hashes:
            at = hashes.index(leaf)
            return {"log": number, "index": at, "proof": [b64(one) for one in log.inclusion(hashes, at)]}
    return None
