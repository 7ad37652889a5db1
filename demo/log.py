"""The site's log as a person's program follows it: from where it stood at the first look, proven each time.

It keeps the few hashes that stand for all lines so far. What it has seen goes into what the person signs next.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crypto import checkpoint, log, tree
from crypto.errors import WrongPlace
from crypto.receipt import note_keys
from demo.wire import Refused, b64, unb64

if TYPE_CHECKING:
    from demo.client import Person

FIRST_LOG = 1
PAIR = 64  # tag and commitment


@dataclass
class Followed:
    """The log as one person has seen it. `size` 0: nothing is in it yet."""

    size: int = 0
    root: bytes = bytes(32)
    frontier: list[bytes] = field(default_factory=list)

    @property
    def seen(self) -> dict[str, Any]:
        """What a record says that its author has seen."""
        return {"size": self.size, "root": b64(self.root)}

    def follow(self, person: Person) -> None:
        """Take in every line since. Raises: SealError: another log than before, or one that nobody signed."""
        try:
            if not self.size:
                self._begin(person)
            more = bool(self.size)
            while more:
                answer = person.post("/log/since", log=FIRST_LOG, size=self.size)
                self._take(unb64(answer["leaves"]))
                more = answer["more"]
                if not more:
                    self._check(person, answer["checkpoint"])
        except Refused as refused:
            if refused.code != "no-log":
                raise

    def _begin(self, person: Person) -> None:
        """Where the log stands now: of a person who was not here before, nothing is in it yet."""
        head = _read(person, person.post("/log/proofs", leaves=[])["checkpoint"])
        if head["size"]:
            given = unb64(person.post("/log/since", log=FIRST_LOG, size=head["size"])["frontier"])
            frontier = [given[at : at + 32] for at in range(0, len(given), 32)]
            if tree.frontier_root(frontier, head["size"]) != head["root"]:
                raise WrongPlace("hashes that do not make up the log")
            self.size, self.root, self.frontier = head["size"], head["root"], frontier

    def _take(self, pairs: bytes) -> None:
        leaves = [pairs[at : at + PAIR] for at in range(0, len(pairs), PAIR)]
        hashes = [log.leaf_hash(log.leaf(one[:32], one[32:])) for one in leaves]
        self.frontier, self.size = tree.extend(self.frontier, self.size, hashes)

    def _check(self, person: Person, note: str) -> None:
        head = _read(person, note)
        self.root = tree.frontier_root(self.frontier, self.size)
        if (head["size"], head["root"]) != (self.size, self.root):
            raise WrongPlace("another log than the one that was signed")


def _read(person: Person, note: str) -> dict[str, Any]:
    """A checkpoint of this site's log. Raises: Malformed, BadSignature."""
    name = checkpoint.origin(person.site, FIRST_LOG)
    return checkpoint.read_checkpoint(checkpoint.open_note(note, note_keys(person.facts["log_vkey"], name)))
