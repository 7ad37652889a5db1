"""Another log than the real one, for one browser: whoever has the log's key can sign as many as they like."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from crypto import checkpoint, keys, log, tree
from demo.client import Person
from demo.wire import b64, unb64
from tests.hostile_server.doors import Answer, Asked, Door, Tell, answer

MOST = 4096
Pair = tuple[bytes, bytes]  # tag, commitment


class ForkedLog:
    """The real log, less some lines, or with others in their place. Lines that come later are taken over, until `freeze`."""

    def __init__(self, person: Person, seed: bytes) -> None:
        self.person, self.seed = person, seed
        self.hidden: set[bytes] = set()
        self.instead: dict[bytes, bytes] = {}  # another commitment under this tag
        self.lines: list[Pair] = []
        self.told: list[str] = []
        self.cosign: Callable[[str], str] | None = None  # what witnesses make of a signed head
        self.signs_another = False  # beside its lines it hands out the head of yet another log
        self._read, self._frozen = 0, False
        self._one_at_a_time = threading.RLock()  # the test reads on while browsers ask

    def without(self, *tags: bytes) -> ForkedLog:
        self.hidden |= set(tags)
        return self

    def add(self, *lines: Pair) -> ForkedLog:
        """Lines that only this log has, at its end."""
        self._take()
        self.lines += lines
        return self

    def freeze(self) -> ForkedLog:
        self._take()
        self._frozen = True
        return self

    def cut(self, lines: int) -> ForkedLog:
        """As a backup has it: without the last lines."""
        self.freeze()
        del self.lines[len(self.lines) - lines :]
        return self

    def serve(self, door: Door) -> None:
        """Whoever comes by this door reads this log from now on."""
        for name, find in self._answers().items():
            door.tell(f"/log/{name}", self._teller(name, find))

    def _answers(self) -> dict[str, Callable[[dict[str, Any]], dict[str, Any] | None]]:
        return {"since": self._since, "proofs": self._proofs, "consistency": self._consistency}

    def _teller(self, name: str, find: Callable[[dict[str, Any]], dict[str, Any] | None]) -> Tell:
        def tell(asked: Asked) -> Answer:
            self._take()
            found = find(asked.fields())
            self.told.append(name)
            if found is None:
                return answer({"error": "ahead", "words": "", "size": len(self.lines)}, 409)
            return answer({**self._head(), **found})

        return tell

    def _take(self) -> None:
        with self._one_at_a_time:
            self._take_all()

    def _take_all(self) -> None:
        while not self._frozen:
            news = self.person.post("/log/since", log=1, size=self._read)
            data = unb64(news["leaves"])
            for at in range(0, len(data), 64):
                tag, committed = data[at : at + 32], data[at + 32 : at + 64]
                if tag not in self.hidden:
                    self.lines.append((tag, self.instead.get(tag, committed)))
            self._read += len(data) // 64
            if not news["more"]:
                return

    def hashes(self) -> list[bytes]:
        return [log.leaf_hash(log.leaf(tag, committed)) for tag, committed in self.lines]

    def _head(self, root: bytes = b"") -> dict[str, Any]:
        site, hashes = self.person.site, self.hashes()
        text = checkpoint.checkpoint_text(site, 1, len(hashes), root or log.root(hashes))
        note = keys.sign_note(text, checkpoint.origin(site, 1), self.seed)
        return {"log": 1, "checkpoint": note, "cosigned": self.cosign(note) if self.cosign else None}

    def _since(self, asked: dict[str, Any]) -> dict[str, Any] | None:
        size = asked["size"]
        if size > len(self.lines):
            return None
        pairs = [tag + committed for tag, committed in self.lines[size : size + MOST]]
        frontier, _ = tree.extend([], 0, self.hashes()[:size])
        other = self._head(bytes(32)) if self.signs_another else {}
        return {
            **other,
            "frontier": b64(b"".join(frontier)),
            "leaves": b64(b"".join(pairs)),
            "more": size + MOST < len(self.lines),
        }

    def _proofs(self, asked: dict[str, Any]) -> dict[str, Any]:
        hashes = self.hashes()
        places = {one: index for index, one in enumerate(hashes)}
        found = []
        for leaf in map(unb64, asked["leaves"]):
            index = places.get(leaf)
            proof = None if index is None else [b64(one) for one in log.inclusion(hashes, index)]
            found.append(None if index is None else {"log": 1, "index": index, "proof": proof})
        return {"proofs": found}

    def _consistency(self, asked: dict[str, Any]) -> dict[str, Any] | None:
        size = asked["from"]
        if size > len(self.lines):
            return None
        return {"proof": [b64(one) for one in log.consistency(self.hashes(), size)]}
