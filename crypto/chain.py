"""A case as everybody can check it, without a key: one hash chain of rosters and records (SPEC 7).

Nobody but the owner adds. Vectors: tests/vectors/chain.json.
"""

from collections.abc import Collection, Mapping
from typing import Any

from crypto.entry import ZEROS16, case_id, check_grants, read_entry, read_header, read_rekey
from crypto.errors import BadSignature, Malformed, NotAllowed, WrongPlace
from crypto.frame import H
from crypto.people import read_identity
from crypto.signing import ZEROS32, verify

__all__ = ["Chain", "case_id", "check_grants", "read_entry", "read_rekey"]


class Chain:
    """What is proven of a case so far. A refused entry changes nothing.

    seq: the last entry's number. head: its hash. epoch, roster (frame), roster_hash, members ([{fp, owner, lead}] in
    order), owner (fp), parent and nonce (16 bytes), day: those in force. rosters: {epoch: roster frame}.
    erased: {record16: hash of an entry whose body is gone}; the caller must find the `erase` record that names it.
    """

    def __init__(self, site: bytes, case: bytes) -> None:
        if len(site) != 32 or len(case) != 16:
            raise ValueError("a site is 32 bytes, a case 16")
        self.site, self.case = site, case
        self.seq, self.head, self.epoch, self.day = 0, ZEROS32, 0, 0
        self.roster, self.roster_hash, self.owner = b"", ZEROS32, ZEROS32
        self.parent, self.nonce = ZEROS16, ZEROS16
        self.members: list[dict[str, Any]] = []
        self.rosters: dict[int, bytes] = {}
        self.erased: dict[bytes, bytes] = {}

    @classmethod
    def at(cls, site: bytes, case: bytes, *, seq: int, head: bytes, roster: bytes, day: int) -> "Chain":
        """Go on from a place that the caller has proven before and kept. Args: roster: the frame in force there."""
        chain = cls(site, case)
        chain._enact(roster, read_header(roster))
        chain.seq, chain.head, chain.day = seq, head, day
        return chain

    def accept(
        self, entry: bytes, identities: Mapping[bytes, bytes], revoked: Collection[bytes] = (),
        left: Collection[bytes] | None = (), new: bool = True,
    ) -> dict[str, Any]:  # fmt: skip
        """The entry's header fields, `kind`, `header`, `body` and `hash`, once it is proven to come next.

        A record's also has `author_fp`; that its author wrote it is proven by opening it (`record.open_record`).
        Args: identities: {fp: identity frame}. revoked: fps in the directory. left: fps whose `leave` the reader has
            opened, on a server of those who said so; None where that can't be known, and then anybody may leave anybody
            out. new: False up to the place
            that the reader has pinned, or the roster that added the reader: who was revoked later was not then.
        Raises: Malformed; WrongPlace; NotAllowed: a rule of rosters; BadSignature: also no identity for the issuer.
        """
        fields = read_entry(entry)
        self._check_place(fields)
        if fields["kind"] == "roster":
            self._check_roster(fields, revoked, left, new)
            self._check_issuer(fields, identities)
            self._enact(fields["header"], fields)
        else:
            self._check_record(fields)
        self.seq, self.head, self.day = fields["seq"], fields["hash"], fields["day"]
        return fields

    def accept_erased(self, header: bytes, entry_hash: bytes) -> dict[str, Any]:
        """As `accept`, for a record whose body was erased: the next entry's `prev` binds `entry_hash`.

        Raises: Malformed, WrongPlace, NotAllowed.
        """
        fields = read_header(header)
        if fields["kind"] != "record" or len(entry_hash) != 32:
            raise Malformed("only a record can be erased")
        self._check_place(fields)
        self._check_record(fields)
        self.erased[fields["record"]] = entry_hash
        self.seq, self.head, self.day = fields["seq"], entry_hash, fields["day"]
        return {**fields, "header": header, "hash": entry_hash, "erased": True}

    def check_team_room(self, parent: "Chain") -> None:
        """Nothing, if this team room still belongs to the parent case as it stands.

        Its owner leads there, its members are in the parent's roster in force, less the peer, and it names that roster.
        Raises: WrongPlace, NotAllowed.
        """
        if self.parent != parent.case or self.site != parent.site:
            raise WrongPlace("a team room of another case")
        if read_header(self.roster)["parent_roster"] != parent.roster_hash:
            raise WrongPlace("the team has changed since")
        team = {m["fp"]: m for m in parent.members if not m["owner"]}
        if not team.get(self.owner, {}).get("lead") or not team.keys() >= {m["fp"] for m in self.members}:
            raise NotAllowed("a team room is for the team of its case")

    def _check_place(self, fields: dict[str, Any]) -> None:
        if (fields["site"], fields["case"]) != (self.site, self.case):
            raise WrongPlace("an entry of another case")
        if (fields["seq"], fields["prev"]) != (self.seq + 1, self.head):
            raise WrongPlace("an entry that does not come next")
        if fields["day"] < self.day:
            raise NotAllowed("a day before the entry before")

    def _check_record(self, fields: dict[str, Any]) -> None:
        if not self.roster or (fields["e"], fields["roster"]) != (self.epoch, self.roster_hash):
            raise WrongPlace("a record under another roster than the one in force")
        if fields["author"] >= len(self.members):
            raise NotAllowed("an author who is not a member")
        fields["author_fp"] = self.members[fields["author"]]["fp"]

    def _check_roster(
        self, fields: dict[str, Any], revoked: Collection[bytes], left: Collection[bytes] | None, new: bool
    ) -> None:
        if (fields["e"], fields["last_roster"]) != (self.epoch + 1, self.roster_hash):
            raise WrongPlace("a roster that does not follow the last")
        (owner,) = (m["fp"] for m in fields["people"] if m["owner"])
        # Owner, parent and nonce are hashed into the id, so they stay what they were in roster 1.
        if case_id(self.site, owner, fields["parent"], fields["nonce"]) != self.case:
            raise NotAllowed("a case of another owner")
        if (fields["parent"] == ZEROS16) != (fields["parent_roster"] == ZEROS32):
            raise NotAllowed("a team room names its parent's roster, a case names none")
        if new and fields["issuer"] in revoked:
            raise NotAllowed("an issuer who is revoked")
        if fields["issuer"] not in {m["fp"] for m in fields["people"]}:
            raise NotAllowed("an issuer who is not a member")
        if not self.roster and fields["link"]:
            raise NotAllowed("the first roster links to nothing")
        if fields["issuer"] != owner:
            self._check_only_removes(fields, revoked, left)

    def _check_only_removes(
        self, fields: dict[str, Any], revoked: Collection[bytes], left: Collection[bytes] | None
    ) -> None:
        before = set(read_header(self.roster)["members"]) if self.roster else set()
        after = set(fields["members"])
        if not after < before:  # a strict subset of 33-byte items: nobody new, no flag changed
            raise NotAllowed("only the owner adds members")
        leads = any(m["fp"] == fields["issuer"] and m["lead"] for m in self.members)
        gone = {item[:32] for item in before - after}
        if not leads and left is not None and not gone <= set(revoked) | set(left):
            raise NotAllowed("somebody is left out who neither left nor was revoked")

    def _check_issuer(self, fields: dict[str, Any], identities: Mapping[bytes, bytes]) -> None:
        if fields["issuer"] not in identities:
            raise BadSignature("the issuer's identity was not given")
        identity = read_identity(identities[fields["issuer"]])
        if identity["fp"] != fields["issuer"]:
            raise WrongPlace("an identity under another's fingerprint")
        verify(identity["ed_pk"], fields["header"], fields["body"])

    def _enact(self, roster: bytes, fields: dict[str, Any]) -> None:
        self.roster, self.roster_hash, self.epoch = roster, H(roster), fields["e"]
        self.members, self.parent, self.nonce = fields["people"], fields["parent"], fields["nonce"]
        (self.owner,) = (m["fp"] for m in self.members if m["owner"])
        self.rosters[self.epoch] = roster
