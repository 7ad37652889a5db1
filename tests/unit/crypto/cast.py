"""The cast, with fixed keys, and the organisation they stand in: what tests and vectors of crypto/ tell stories with."""

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from crypto import checkpoint, directory, keys
from crypto.chain import Chain
from crypto.frame import H, frame
from crypto.grant import make_rekey
from crypto.record import seal_record

TODAY = 20_779  # UTC days since 1970
NOW = TODAY * 86_400
ZEROS16, ZEROS32 = bytes(16), bytes(32)
LOG_SEED = hashlib.sha256(b"the log's key").digest()


def fixed(name: str, length: int = 32) -> bytes:
    """Bytes that are the same in every run."""
    return hashlib.shake_256(name.encode()).digest(length)


@cache
def person(name: str) -> keys.Identity:
    return keys.Identity(fixed(f"{name} ed"), fixed(f"{name} xwing"))


SARA, NORA, CARL, RITA, STAN, OMAR = (person(n) for n in ("Sara", "Nora", "Carl", "Rita", "Stan", "Omar"))
CORA = person("Cora")  # a second coordinator
EVERYBODY = {p.fp: p.frame for p in (SARA, NORA, CARL, RITA, STAN, OMAR, CORA)}


@dataclass
class Organisation:
    """Two roots of three, two coordinators."""

    site: bytes
    root: bytes
    roots: list[bytes]
    root_seeds: list[bytes]
    bindings: dict[bytes, bytes]
    of: dict[str, bytes]
    first: bytes

    def start(self, *more: bytes) -> directory.Directory:
        return directory.start(self.site, self.roots, [self.first, *more], self.bindings)

    def by_roots(self, thing: bytes, count: int = 2) -> bytes:
        return keys.sign_thing(thing, [(keys.ed_public(s), s) for s in self.root_seeds[:count]])

    def bind(self, who: keys.Identity, name: str, roles: str, seq: int = 1, prev: bytes = ZEROS32) -> bytes:
        return frame("binding", {
            "site": self.site, "person": fixed(f"person {name}", 16), "seq": seq, "prev": prev, "roles": roles,
            "name": name, "ed_pk": who.ed_pk, "xwing_pk": who.xwing_pk, "day": TODAY,
        })  # fmt: skip


def by(thing: bytes, *people: keys.Identity) -> bytes:
    """`thing` signed by people, under their fingerprints."""
    return keys.sign_thing(thing, [(p.fp, p.ed_seed) for p in people])


def root_fields(**changes: Any) -> dict[str, Any]:
    seeds = [fixed(f"root {i}") for i in range(3)]
    return {
        "version": 1, "prev": ZEROS32, "threshold": 2, "root_pks": [keys.ed_public(s) for s in seeds],
        "coordinators": 2, "log_vkey": checkpoint.vkey("alongside", keys.ed_public(LOG_SEED)), "witnesses": "",
        "quorum": 0, **changes,
    }  # fmt: skip


def organisation() -> Organisation:
    seeds = [fixed(f"root {i}") for i in range(3)]
    root = frame("root", root_fields())
    org = Organisation(H(root), root, [], seeds, {}, {}, b"")
    org.roots = [org.by_roots(root)]
    people = ((CARL, "Carl", "coordinator"), (CORA, "Cora", "coordinator"), (NORA, "Nora", "supporter"),
              (STAN, "Stan", "steward"), (RITA, "Rita", "researcher"))  # fmt: skip
    for who, name, roles in people:
        binding = org.bind(who, name, roles)
        org.bindings[H(binding)] = binding
        org.of[name] = H(binding)
    listed = [org.of["Carl"], org.of["Cora"], org.of["Stan"]]
    org.first = org.by_roots(directory.first_directory(org.site, H(root), listed, NOW))
    return org


class Story:
    """A case as it goes on: the entries, the chain that proves them, the keys of its epochs."""

    def __init__(
        self, owner: keys.Identity = SARA, site: bytes = b"S" * 32, random: Callable[[int], bytes] = os.urandom
    ):
        self.site, self.nonce, self.owner, self.random = site, random(16), owner, random
        self.chain: Chain | None = None
        self.entries: list[bytes] = []
        self.keys: dict[int, bytes] = {}
        self.grants: dict[int, dict[bytes, bytes]] = {}
        self.rekeys: list[bytes] = []

    def roster(self, *members: keys.Identity, by: keys.Identity | None = None, leads: tuple = (), history: bool = True,
               day: int = TODAY, **more: Any) -> bytes:  # fmt: skip
        """The next roster, made but not taken."""
        e = self.chain.epoch + 1 if self.chain else 1
        self.keys[e] = self.random(32)
        made = make_rekey(
            by or self.owner, self.chain, site=self.site, nonce=self.nonce, epoch_key=self.keys[e],
            last_key=self.keys.get(e - 1) if history else None, owner_fp=self.owner.fp, day=day,
            members=[{"identity": m.frame, "lead": m in leads} for m in members], **more,
        )  # fmt: skip
        from crypto.entry import read_rekey

        self.grants[e] = {fp: fp + sealed for fp, sealed in read_rekey(made["rekey"])["grants"].items()}
        self.rekeys.append(made["rekey"])
        return made["entry"]

    def say(self, author: keys.Identity, kind: str, day: int = TODAY, epoch_key: bytes | None = None, **payload: Any):
        """The next record, made but not taken."""
        chain = self.chain
        assert chain is not None
        place = [m["fp"] for m in chain.members].index(author.fp)
        return seal_record(
            author, site=self.site, case=chain.case, seq=chain.seq + 1, prev=chain.head, e=chain.epoch,
            roster=chain.roster_hash, author=place, day=day, epoch_key=epoch_key or self.keys[chain.epoch],
            payload={"kind": kind, **payload}, record=self.random(16),
        )  # fmt: skip

    def take(self, entry: bytes, **more: Any) -> bytes:
        if self.chain is None:
            from crypto.entry import read_entry

            self.chain = Chain(self.site, read_entry(entry)["case"])
        self.chain.accept(entry, EVERYBODY, **more)
        self.entries.append(entry)
        return entry


def approved() -> Story:
    """Sara has sent her account, approved Nora, and Carl leads."""
    story = Story()
    story.take(story.roster(SARA))
    story.take(story.say(SARA, "account", text="what happened"))
    story.take(story.roster(SARA, NORA, CARL, leads=(CARL,)))
    return story
