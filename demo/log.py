"""The site's log as a person's program follows it: from where it stood at the first look, proven each time.

It keeps the few hashes that stand for all lines so far. What it has seen goes into what the person signs next.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crypto import checkpoint, log, tree
from crypto.errors import WrongPlace
from crypto.frame import unframe
from crypto.receipt import note_keys
from crypto.root import count_roots, read_roots
from crypto.signing import read_signed
from demo.wire import Refused, b64, unb64

if TYPE_CHECKING:
    from demo.client import Person

PAIR = 64  # tag and commitment


@dataclass
class Followed:
    """The log as one person has seen it. `size` 0: nothing is in it yet."""

    number: int = 1
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
                answer = person.post("/log/since", log=self.number, size=self.size)
                if answer["newest"] > self.number:
                    self._cross(person)
                    continue
                self._take(unb64(answer["leaves"]))
                more = answer["more"]
                if not more:
                    self._check(person, answer["checkpoint"])
        except Refused as refused:
            if refused.code != "no-log":
                raise

    def _begin(self, person: Person) -> None:
        """Where the log stands now: of a person who was not here before, nothing is in it yet."""
        answer = person.post("/log/proofs", leaves=[])
        self.number = answer["log"]
        head = _read(person, answer["checkpoint"], self.number)
        if head["size"]:
            given = unb64(person.post("/log/since", log=self.number, size=head["size"])["frontier"])
            frontier = [given[at : at + 32] for at in range(0, len(given), 32)]
            if tree.frontier_root(frontier, head["size"]) != head["root"]:
                raise WrongPlace("hashes that do not make up the log")
            self.size, self.root, self.frontier = head["size"], head["root"], frontier

    def _cross(self, person: Person) -> None:
        """Go on in the next log, which roots declared. Raises: WrongPlace: lines that were seen are gone."""
        told = person.post("/log/public")
        (signed,) = [one["signed"] for one in told["lanes"]["restore"] if one["n"] == self.number + 1]
        root = read_roots(person.site, [unb64(one) for one in told["roots"]])
        end = unframe("restore", read_signed(unb64(signed))[0])
        if not count_roots(unb64(signed), root) or (end["site"], end["log"]) != (person.site, self.number + 1):
            raise WrongPlace("a log that roots did not begin")
        while self.size < end["size"]:
            pairs = unb64(person.post("/log/since", log=self.number, size=self.size)["leaves"])
            self._take(pairs[: PAIR * (end["size"] - self.size)])
        if self.size > end["size"] or tree.frontier_root(self.frontier, self.size) != end["root"]:
            raise WrongPlace("another log than the one that roots ended")
        self.number, self.size, self.root, self.frontier = self.number + 1, 0, bytes(32), []

    def _take(self, pairs: bytes) -> None:
        leaves = [pairs[at : at + PAIR] for at in range(0, len(pairs), PAIR)]
        hashes = [log.leaf_hash(log.leaf(one[:32], one[32:])) for one in leaves]
        self.frontier, self.size = tree.extend(self.frontier, self.size, hashes)

    def _check(self, person: Person, note: str) -> None:
        head = _read(person, note, self.number)
        self.root = tree.frontier_root(self.frontier, self.size)
        if (head["size"], head["root"]) != (self.size, self.root):
            raise WrongPlace("another log than the one that was signed")


def _read(person: Person, note: str, number: int) -> dict[str, Any]:
    """A checkpoint of this site's log of that number. Raises: Malformed, BadSignature."""
    name = checkpoint.origin(person.site, number)
    return checkpoint.read_checkpoint(checkpoint.open_note(note, note_keys(person.facts["log_vkey"], name)))
