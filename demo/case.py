"""A case as a member's browser has it: the chain proven, the keys of its epochs, what could be opened."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crypto import log
from crypto.chain import Chain
from crypto.entry import ZEROS16
from crypto.errors import CannotOpen, SealError, WrongPlace
from crypto.frame import H, unframe
from crypto.grant import lane_key, make_rekey, open_grant, open_link
from crypto.people import read_identity
from crypto.record import open_record, seal_record
from demo.wire import Refused, b64, unb64

if TYPE_CHECKING:
    from demo.client import Person

TRIES = 5


@dataclass
class OpenCase:
    """What `person` knows of one case. `records` are payloads with seq, author and record16; None in `payload` where
    an entry would not open, or was erased."""

    person: Person
    case: bytes
    chain: Chain
    identities: dict[bytes, bytes] = field(default_factory=dict)
    epoch_keys: dict[int, bytes] = field(default_factory=dict)
    records: list[dict[str, Any]] = field(default_factory=list)
    acts: list[dict[str, Any]] = field(default_factory=list)
    entries: list[bytes] = field(default_factory=list)
    _raw: list[tuple[dict[str, Any], bytes]] = field(default_factory=list)

    @classmethod
    def load(cls, person: Person, case: bytes) -> OpenCase:
        opened = cls(person, case, Chain(person.site, case))
        opened.read_on()
        return opened

    def read_on(self) -> None:
        """Fetch what came since, prove it, open it. Raises: Refused, SealError."""
        more = True
        self.person.log.follow(self.person)
        while more:
            answer = self.person.post("/cases/open", case=self.case, after=self.chain.seq)
            for frame in answer["identities"]:
                self.identities[self.person.meet(unb64(frame))] = unb64(frame)
            for entry in answer["entries"]:
                self._take(entry)
            more = answer["more"]
            self._keys({grant["epoch"]: unb64(grant["grant"]) for grant in answer["grants"]})
            self._check_events(answer["entry_events"])
        if (answer["head"]["seq"], unb64(answer["head"]["hash"])) != (self.chain.seq, self.chain.head):
            raise WrongPlace("the case ends elsewhere than it was said to")
        self.acts = [self._act(act) for act in answer["acts"]]
        self.records = [self._open(fields, entry) for fields, entry in self._raw if fields["kind"] == "record"]

    def _take(self, entry: dict[str, Any]) -> None:
        if entry.get("erased"):
            fields = self.chain.accept_erased(unb64(entry["header"]), unb64(entry["hash"]))
            self._raw.append((fields, b""))
            return
        data = unb64(entry["entry"])
        fields = self.chain.accept(data, self.identities, left=None)
        self._raw.append((fields, data))
        self.entries.append(data)

    def _keys(self, grants: dict[int, bytes]) -> None:
        """The keys of every epoch that this person was given, and of those before by their links."""
        for epoch, grant in grants.items():
            if epoch in self.chain.rosters and epoch not in self.epoch_keys:
                self.epoch_keys[epoch] = open_grant(grant, self.chain.rosters[epoch], self.person.identity)
        for epoch in sorted(self.chain.rosters, reverse=True):
            if epoch in self.epoch_keys and epoch - 1 in self.chain.rosters and epoch - 1 not in self.epoch_keys:
                roster, last = self.chain.rosters[epoch], self.chain.rosters[epoch - 1]
                if unframe("roster", roster)["link"]:
                    self.epoch_keys[epoch - 1] = open_link(roster, self.epoch_keys[epoch], last)

    def _check_events(self, events: list[dict[str, Any]]) -> None:
        """Each entry's leaf is numbered in the lane of the epoch before it, and names it."""
        hashes = {fields["seq"]: (fields["hash"], fields) for fields, _ in self._raw}
        for event in events:
            digest, fields = hashes[event["seq"]]
            before = max(fields["e"] - 1, 1) if fields["kind"] == "roster" else fields["e"]
            told = unframe("event", unb64(event["event"]))
            if told["object"] != digest:
                raise WrongPlace("an event of another entry")
            if before in self.epoch_keys:
                self._check_tag("entry", before, event["seq"], event)

    def _check_tag(self, lane: str, epoch: int, n: int, event: dict[str, Any]) -> None:
        key = lane_key(self.epoch_keys[epoch], self.case, epoch)
        if log.lane_tag(key, lane, n) != unb64(event["tag"]):
            raise WrongPlace("a leaf under another number")

    def _act(self, act: dict[str, Any]) -> dict[str, Any]:
        if act["epoch"] in self.epoch_keys:
            self._check_tag("act", act["epoch"], act["n"], act)
        told = unframe("event", unb64(act["event"])) if "event" in act else {}
        return {**told, "epoch": act["epoch"], "n": act["n"], "told": bool(told)}

    def _open(self, fields: dict[str, Any], entry: bytes) -> dict[str, Any]:
        """A record's payload; an entry that does not open stays in its place, with None for its payload."""
        about = {name: fields[name] for name in ("seq", "record", "hash")} | {"author": fields["author_fp"]}
        if not entry:
            return {**about, "payload": None, "erased": True}
        key = self.epoch_keys.get(fields["e"])
        author = read_identity(self.identities[fields["author_fp"]])["ed_pk"]
        try:
            payload = open_record(entry, key, author) if key else None
        except SealError:
            payload = None
        return {**about, "payload": payload, "erased": False}

    # -- writing

    @property
    def key(self) -> bytes:
        """The key of the epoch in force. Raises: CannotOpen."""
        try:
            return self.epoch_keys[self.chain.epoch]
        except KeyError:
            raise CannotOpen("no key of the epoch in force") from None

    @property
    def position(self) -> int:
        return [member["fp"] for member in self.chain.members].index(self.person.fp)

    @property
    def day(self) -> int:
        return max(self.person.today, self.chain.day)

    def seal(self, payload: dict[str, Any], *, record: bytes | None = None, **otherwise: Any) -> bytes:
        """A record for the next place. Args: otherwise: header fields to lie about, in tests."""
        chain = self.chain
        place: dict[str, Any] = {
            "site": chain.site, "case": self.case, "seq": chain.seq + 1, "prev": chain.head, "e": chain.epoch,
            "roster": chain.roster_hash, "author": self.position, "day": self.day, "epoch_key": self.key,
        }  # fmt: skip
        said = {"seen": self.person.log.seen, **payload}
        return seal_record(self.person.identity, payload=said, record=record, **{**place, **otherwise})

    def append(self, payload: dict[str, Any], *, record: bytes | None = None) -> dict[str, Any]:
        """Add a record; resealed with the same record16 when others came first."""
        record = record or os.urandom(16)
        said = {"leaves": True} if payload["kind"] == "leave" else {}
        for _ in range(TRIES):
            try:
                entry = self.seal(payload, record=record)
                send = self.person.act if said else self.person.post
                return send("/cases/append", case=self.case, entry=entry, **said)
            except Refused as refused:
                if refused.code != "stale":
                    raise
            self.read_on()
        raise TimeoutError("others kept writing first")

    def make_rekey(self, members: list[dict[str, Any]], *, history: bool = True) -> dict[str, bytes]:
        """The next roster. Args: members: {"identity": frame, "lead": bool} of each, the owner too."""
        last = self.epoch_keys.get(self.chain.epoch)
        return make_rekey(
            self.person.identity, self.chain, site=self.chain.site, parent=ZEROS16, nonce=self.chain.nonce,
            epoch_key=os.urandom(32), last_key=last if history else None, members=members,
            owner_fp=self.chain.owner, day=self.day, log_size=self.person.log.size, log_root=self.person.log.root,
        )  # fmt: skip

    def members(self) -> list[dict[str, Any]]:
        return [{"identity": self.identities[m["fp"]], "lead": m["lead"]} for m in self.chain.members]

    def add(self, *people: dict[str, Any]) -> dict[str, Any]:
        """Approve people: {"identity", "lead"}. That is the grant."""
        rekey = self.make_rekey([*self.members(), *people])
        return self.hand_in(rekey, [person["identity"] for person in people])

    def remove(self, *fps: bytes) -> dict[str, Any]:
        kept = [m for m in self.members() if H(m["identity"]) not in fps]
        return self.hand_in(self.make_rekey(kept))

    def hand_in(self, rekey: dict[str, bytes], identities: list[bytes] | None = None) -> dict[str, Any]:
        """Put a roster into force; the case is read on afterwards."""
        answer = self.person.act("/cases/rekey", rekey=rekey["rekey"], identities=identities or [])
        self.read_on()
        return answer

    def erase(self, entry_hash: bytes) -> dict[str, Any]:
        """Have one record's body dropped, and say so in the case."""
        (named,) = [record for record in self.records if record["hash"] == entry_hash]
        payload = {"kind": "erase", "record": named["record"].hex(), "entry": b64(entry_hash)}
        return self.person.act("/cases/erase", case=self.case, entry=self.seal(payload), names=entry_hash)
