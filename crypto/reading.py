"""A whole case, as one member reads it (SPEC 7).

The chain is proven entry by entry. A record that does not open, or whose author may not write it, is shown in its
place as unreadable, and the chain goes on over it: one bad record must not close a case.
"""

import base64
import os
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from crypto.chain import Chain
from crypto.entry import read_header
from crypto.errors import CannotOpen, NotAllowed, SealError
from crypto.frame import unframe
from crypto.grant import make_rekey, open_grant, open_link
from crypto.identity import Identity
from crypto.people import read_identity
from crypto.record import KINDS, author_allowed, open_record, seal_record

ERASED = 32


class Reading:
    """A case being read: `chain`, `keys` {epoch: 32 bytes}, `left` (fps who wrote `leave`), `items` in order.

    An item is what `Chain.accept` gives; of a record also `payload` (or None) and `unreadable` (or None: one of
    'no key', 'does not open', 'not allowed', 'unknown kind', 'erased').
    """

    def __init__(self, site: bytes, case: bytes, identities: Mapping[bytes, bytes]) -> None:
        self.chain = Chain(site, case)
        self.identities = identities
        self.keys: dict[int, bytes] = {}
        self.left: set[bytes] = set()
        self.items: list[dict[str, Any]] = []

    def add_keys(self, rosters: Mapping[int, bytes], grants: Mapping[int, bytes], identity: Identity) -> None:
        """Open the grants, then follow the links down. A grant that fails leaves its epoch shut, and no other.

        Args: rosters: {epoch: frame}; kc in them fixes each key, and `take` proves them. grants: {epoch: 1200 bytes}.
        """
        for e in sorted(grants.keys() & rosters.keys(), reverse=True):
            try:
                self.keys[e] = open_grant(grants[e], rosters[e], identity)
            except SealError:
                continue
        for e in sorted(rosters, reverse=True):
            if e in self.keys and e - 1 in rosters and e - 1 not in self.keys:
                try:
                    self.keys[e - 1] = open_link(rosters[e], self.keys[e], rosters[e - 1])
                except SealError:
                    continue

    def take(self, entry: bytes, revoked: Collection[bytes] = (), new: bool = True) -> dict[str, Any]:
        """The next item. An erased record comes as frame 'entry' whose body is the hash of what stood there.

        Raises: as `Chain.accept`; a record that can't be read raises nothing.
        """
        before = {m["fp"] for m in self.chain.members}
        parts = unframe("entry", entry)
        if len(parts["body"]) == ERASED:
            erased = self.chain.accept_erased(parts["header"], parts["body"])
            self.items.append({**erased, "payload": None, "unreadable": "erased"})
            return self.items[-1]
        # Without the key of the epoch so far, nobody can say who wrote `leave` in it; removals alone get by.
        left = self.left if self.chain.epoch in self.keys else None
        item = self.chain.accept(entry, self.identities, revoked, left, new)
        if item["kind"] == "roster":
            self.left -= {m["fp"] for m in item["people"]} - before  # whoever was asked back has not left
        else:
            item |= self._open(entry, item)
            if item["payload"] and item["payload"]["kind"] == "leave":
                self.left.add(item["author_fp"])
        self.items.append(item)
        return item

    def write(self, identity: Identity, payload: dict[str, Any], *, day: int, record: bytes | None = None) -> bytes:
        """The next record, as frame 'entry'; `take` it when it has been accepted. Raises: ValueError, NotAllowed."""
        chain = self.chain
        place = [i for i, m in enumerate(chain.members) if m["fp"] == identity.fp]
        if not place:
            raise NotAllowed("not a member of this case")
        return seal_record(
            identity, site=chain.site, case=chain.case, seq=chain.seq + 1, prev=chain.head, e=chain.epoch,
            roster=chain.roster_hash, author=place[0], day=max(day, chain.day), epoch_key=self.keys[chain.epoch],
            payload=payload, record=record,
        )  # fmt: skip

    def rekey(
        self, identity: Identity, members: Sequence[dict[str, Any]], *, day: int, history: bool = True
    ) -> dict[str, bytes]:
        """The next roster under a fresh key, as `grant.make_rekey` gives it, and `epoch_key`.

        Args: members: {"identity": frame, "lead": bool}, the owner too. history: whether newcomers read what was.
        """
        chain, epoch_key = self.chain, os.urandom(32)
        made = make_rekey(
            identity, chain, site=chain.site, parent=chain.parent, nonce=chain.nonce, epoch_key=epoch_key,
            last_key=self.keys.get(chain.epoch) if history else None, members=members, owner_fp=chain.owner,
            day=max(day, chain.day),
        )  # fmt: skip
        return {**made, "epoch_key": epoch_key}

    def _open(self, entry: bytes, item: dict[str, Any]) -> dict[str, Any]:
        author = item["author_fp"]
        if item["e"] not in self.keys or author not in self.identities:
            return {"payload": None, "unreadable": "no key"}
        try:
            payload = open_record(entry, self.keys[item["e"]], read_identity(self.identities[author])["ed_pk"])
        except SealError:
            return {"payload": None, "unreadable": "does not open"}
        if payload["kind"] not in KINDS:
            return {"payload": None, "unreadable": "unknown kind"}
        if not author_allowed(payload["kind"], author == self.chain.owner, self._about_self(payload, author)):
            return {"payload": None, "unreadable": "not allowed"}
        return {"payload": payload, "unreadable": None}

    def _about_self(self, payload: dict[str, Any], author: bytes) -> bool:
        """`leave` and `read` speak of nobody else; `erase` names a record (hex) and its entry's hash (base64url)."""
        if payload["kind"] != "erase":
            return True
        named = (payload.get("record"), payload.get("entry"))
        return any(
            (i["record"].hex(), _b64(i["hash"])) == named and i["author_fp"] == author
            for i in self.items if i["kind"] == "record"
        )  # fmt: skip


def read_case(
    site: bytes, entries: Sequence[bytes], identities: Mapping[bytes, bytes], grants: Mapping[int, bytes],
    identity: Identity, revoked: Collection[bytes] = (), new: bool = True,
) -> Reading:  # fmt: skip
    """The case read to its end. Args: entries: from seq 1. grants: {epoch: the reader's 1200 bytes}.

    Raises: as `Chain.accept`. NotAllowed: the reader is in no roster. CannotOpen: no grant opens. ValueError: no entry.
    """
    if not entries:
        raise ValueError("a case has entries")
    heads = [read_header(unframe("entry", entry)["header"]) | unframe("entry", entry) for entry in entries]
    rosters = {h["e"]: h["header"] for h in heads if h["kind"] == "roster"}
    reading = Reading(site, heads[0]["case"], identities)
    reading.add_keys(rosters, grants, identity)
    for entry in entries:
        reading.take(entry, revoked, new)
    if not any(m["fp"] == identity.fp for r in heads if r["kind"] == "roster" for m in r["people"]):
        raise NotAllowed("not a member of this case")
    if not reading.keys:
        raise CannotOpen("no grant opens")
    return reading


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
