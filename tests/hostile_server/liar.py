"""Whoever runs the server: the log's key and the database are theirs, and every answer passes through their hands.

They have no key of a peer or of a volunteer, unless a test says that one of those helps them.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from crypto import checkpoint, keys, log
from crypto.chain import read_entry, read_rekey
from crypto.frame import H, frame, tag_of, unframe
from crypto.grant import kc, lane_key, make_rekey
from crypto.record import seal_record
from crypto.seal import seal
from demo.client import Person
from demo.people import Peer, Supporter
from demo.wire import b64, unb64
from tests.hostile_server.devices import Device
from tests.hostile_server.doors import Answer, Asked, Tell
from tests.hostile_server.forked import ForkedLog
from tests.hostile_server.grounds import Ready
from tests.hostile_server.scripts import SOONER, Check, changed, hand_out
from tests.hostile_server.vouched import vouch
from tests.support.tree import NOT_YET

__all__ = ["Check", "Liar"]
READY = "document.body.dataset.ready !== undefined"


@dataclass
class Liar:
    stage: Ready
    begin: Callable[..., Device]
    off: Check | None = None  # the check that is switched off in every browser from now on
    sooner: tuple[str, ...] = ()  # the scripts that wait only for a moment from now on
    told: list[str] = field(default_factory=list)
    nonce: bytes = field(default_factory=lambda: os.urandom(16))

    # -- what people do

    def sit_down(
        self, person: Person, *, wire: dict[str, Callable[[Any, Any], None]] | None = None, visit: Device | None = None,
        fork: ForkedLog | None = None, vouched: bool = True, wait: bool = True, path: str = "/case",
    ) -> Device:  # fmt: skip
        """This person at a browser. Args: wire: by address, what becomes of an answer: fn(asked, answer) changes it.
        fork: the log that this browser is shown. vouched: a list that is changed stands in that log, too. wait: False where the page may go elsewhere before it is ready.
        path: the page that they come to."""
        visit = visit or self.begin()
        wire = wire or {}
        if vouched and "/people/directory" in wire:
            fork = fork or self.fork()
            wire = {**wire, **vouch(fork, wire["/people/directory"])}
        self.stand_between(visit, wire)
        if fork:
            fork.serve(visit.door)
        self.stage.sit_down(visit, person, path)
        if wait:
            visit.until(READY, timeout_s=30)
        return visit

    def again(self, visit: Device, check: Check) -> None:
        """The page that refused a lie is loaded anew without this check, and told what it was told before."""
        self.off = check
        self._change_scripts(visit)
        visit.page.reload()
        visit.until(READY, timeout_s=30)

    def stand_between(self, visit: Device, wire: dict[str, Callable[[Any, Any], None]]) -> None:
        """Change what this browser is told, and give it the script without the check that is off."""
        self._change_scripts(visit)
        self.tells(visit, wire)

    def device(self, *, watched: bool = False) -> Device:
        """A new browser with nobody at it yet."""
        visit = self.begin(watched=watched)
        self._change_scripts(visit)
        return visit

    def _change_scripts(self, visit: Device) -> None:
        words = {file: [SOONER[file]] for file in self.sooner}
        for file, off in self.off.words.items() if self.off else ():
            words[file] = [*words.get(file, []), *off]
        for file, changes in words.items():
            visit.give_up(hand_out(visit.door, file, changed(file, changes)))

    def tells(self, visit: Device, wire: dict[str, Callable[[Any, Any], None]]) -> None:
        """From now on this browser is told these answers: by address, fn(asked, answer) changes one."""
        for address, change in wire.items():
            visit.door.tell(address, self._changing(address, change))

    def _changing(self, address: str, change: Callable[[Any, Any], None]) -> Tell:
        def tell(asked: Asked) -> Answer:
            honest = asked.honest()
            if not honest.ok:
                return honest
            told = honest.json()
            change(asked.fields(), told)
            self.told.append(address)
            return honest.but(json.dumps(told))

        return tell

    # -- what only the server's operator can do

    @property
    def log_seed(self) -> bytes:
        return (self.stage.server.instance / "log.key").read_bytes()

    @property
    def root_seed(self) -> bytes:
        """Not theirs: for what the holder of the root sheet did."""
        return keys.root_seed(self.stage.carl.root_code, 0)

    @property
    def site(self) -> bytes:
        return self.stage.carl.site

    def promise(self, tag: bytes, commitment: bytes) -> str:
        """The log's signature for any leaf one likes."""
        text = checkpoint.promise_text(self.site, log.leaf_hash(log.leaf(tag, commitment)), int(time.time()))
        return keys.sign_note(text, text.split("\n", 1)[0], self.log_seed)

    def event(
        self, kind: str, *, tag: bytes, case: bytes, actor: bytes, digest: bytes, logged: bool = True
    ) -> dict[str, Any]:
        """An event as /cases/open tells it, promised, and in the log, as if it had happened."""
        event, salt = log.make_event(kind, self.stage.carl.today, case, actor, digest), os.urandom(32)
        commitment = log.commit(salt, event)
        promise = self.promise(tag, commitment)
        if logged:
            self.put_in_the_log(tag, commitment, promise)
        return {"salt": b64(salt), "event": b64(event), "tag": b64(tag), "promise": promise, "position": None}

    def put_in_the_log(self, tag: bytes, commitment: bytes, promise: str = "") -> None:
        """A line of one's own making; the sequencer takes it like any other. One whose tag is there already stays out."""
        row = {"leaf": log.leaf_hash(log.leaf(tag, commitment)), "tag": tag, "commit": commitment, "promise": promise}
        names = '"leaf", "tag", "commit", "promise", "type", "lane", "epoch", "n"'
        with self.stage.database.engine.begin() as db:
            if not db.execute(sa.text("select 1 from events where tag = :tag"), {"tag": tag}).first():
                values = ":leaf, :tag, :commit, :promise, 'mail', 'none', 0, 0"
                db.execute(sa.text(f"insert into events ({names}) values ({values})"), row)

    def tags(self, where: str, **values: Any) -> list[bytes]:
        """The tags of events, as the database has them."""
        return [bytes(row.tag) for row in self.rows(f"select tag from events where {where}", **values)]

    def notes_of(self, person: Person) -> list[bytes]:
        """The tags of somebody's notebooks, oldest first."""
        rows = self.rows("select tag, payload from events where lane = 'account' order by n")
        return [bytes(row.tag) for row in rows if person.fp in bytes(row.payload)]

    def fork(self, *hidden: bytes) -> ForkedLog:
        """Another log for one browser: the real one, less the lines under these tags."""
        return ForkedLog(self.stage.carl, self.log_seed).without(*hidden)

    def until_logged(self) -> None:
        """Everything that was done so far stands in the log."""
        deadline = time.monotonic() + 20
        while self.rows(f"select 1 {NOT_YET}"):
            assert time.monotonic() < deadline, "the sequencer does not take anything in"
            time.sleep(0.05)

    def lane_key(self, case: bytes) -> bytes:
        """Of the epoch in force: the server has it, since it numbers the log's leaves."""
        with self.stage.database.engine.connect() as db:
            return bytes(db.execute(sa.text("select key from lanes where case_id = :c"), {"c": case}).scalar_one())

    def slip_in(self, case: bytes, entry: bytes, *, actor: bytes, lane_key: bytes | None = None, grant: tuple[int, bytes] | None = None,
                identities: tuple[bytes, ...] = ()) -> Callable[[Any, Any], None]:  # fmt: skip
        """For the wire: the case as it stands, and this entry after it, under its right number in the log."""
        header = unframe("entry", entry)["header"]
        kind = tag_of(header)  # not by `read_entry`, which would refuse some lies
        fields = unframe(kind, header)
        tag = log.lane_tag(lane_key or self.lane_key(case), "entry", fields["seq"])
        told = self.event(kind, tag=tag, case=case, actor=actor, digest=H(entry))

        def change(asked: Any, answer: Any) -> None:
            if asked["case"] != b64(case) or asked["after"] >= fields["seq"]:
                return
            answer["entries"] = [one for one in answer["entries"] if one["seq"] < fields["seq"]]
            answer["entries"].append({"seq": fields["seq"], "entry": b64(entry)})
            events = [one for one in answer["entry_events"] if one["seq"] < fields["seq"]]
            answer["entry_events"] = [*events, {"seq": fields["seq"], **told}]
            answer["identities"] += [b64(one) for one in identities]
            if grant:
                answer["grants"].append({"epoch": grant[0], "grant": b64(grant[1])})

        return change

    def slip_in_roster(
        self, sara: Peer, issuer: Person, rekey: dict[str, bytes], *identities: bytes
    ) -> Callable[[Any, Any], None]:
        """For the wire, to Sara: a roster that the server would not take, with the grant that it holds for her."""
        epoch = unframe("roster", rekey["roster"])["e"]
        grant = sara.fp + read_rekey(rekey["rekey"])["grants"][sara.fp]
        return self.slip_in(sara.case, rekey["entry"], actor=issuer.fp, grant=(epoch, grant), identities=identities)

    def own_case(self, case: bytes, reader: Person, *, under: bool = True) -> dict[str, Any]:
        """What /cases/open would say of a case that the server made itself, with `reader` in it, under the number `case`."""
        ghost, key, day = self.stranger(), os.urandom(32), self.stage.carl.today
        members = [{"identity": one.identity.frame, "lead": False} for one in (ghost, reader)]
        made = make_rekey(
            ghost.identity, None, site=self.site, nonce=self.nonce, epoch_key=key, last_key=None, members=members,
            owner_fp=ghost.fp, day=day,
        )  # fmt: skip
        case = case if under else unframe("roster", made["roster"])["case"]
        fixed = {"case": case, "kc": kc(key, case, 1)}
        roster = frame("roster", {**unframe("roster", made["roster"]), **fixed})
        first = frame("entry", {"header": roster, "body": keys.sign(ghost.identity.ed_seed, roster)})
        author = [m["fp"] for m in read_entry(first)["people"]].index(ghost.fp)
        second = seal_record(
            ghost.identity, site=self.site, case=case, seq=2, prev=H(first), e=1, roster=H(roster), author=author, day=day,
            epoch_key=key, payload={"kind": "account", "text": "Tell me all you know"},
        )  # fmt: skip
        place = frame("grant", {"site": self.site, "case": case, "e": 1, "roster": H(roster), "grantee": reader.fp})
        lane = lane_key(key, case, 1)
        told = [
            {
                "seq": seq,
                **self.event(kind, tag=log.lane_tag(lane, "entry", seq), case=case, actor=ghost.fp, digest=H(entry)),
            }
            for seq, kind, entry in ((1, "roster", first), (2, "record", second))
        ]
        return {
            "entries": [{"seq": 1, "entry": b64(first)}, {"seq": 2, "entry": b64(second)}], "entry_events": told,
            "grants": [{"epoch": 1, "grant": b64(reader.fp + seal(reader.identity.xwing_pk, place, key))}], "acts": [],
            "identities": [b64(one.identity.frame) for one in (ghost, reader)], "more": False, "more_acts": False,
            "head": {"seq": 2, "hash": b64(H(second))},
        }  # fmt: skip

    @staticmethod
    def after(asked: Any, made: dict[str, Any]) -> dict[str, Any]:
        """What of a case made here is news to a browser that has some of it."""
        return {
            **made,
            "entries": [one for one in made["entries"] if one["seq"] > asked["after"]],
            "entry_events": [one for one in made["entry_events"] if one["seq"] > asked["after"]],
        }

    def whole_case(self, reader: Person) -> tuple[bytes, dict[str, Any]]:
        """The same under a number of its own, which its own owner's fingerprint gives."""
        made = self.own_case(bytes(16), reader, under=False)
        return read_entry(unb64(made["entries"][0]["entry"]))["case"], made

    def team(self) -> tuple[Peer, Supporter, Supporter, Supporter]:
        """Sara with Nora, who may leave people out, with Tomas, and with Uma."""
        return self.stage.four()

    def change(self, statement: str, **values: Any) -> None:
        """Edit the database by hand."""
        with self.stage.database.engine.begin() as db:
            assert db.execute(sa.text(statement), values).rowcount, statement

    def rows(self, statement: str, **values: Any) -> list[Any]:
        with self.stage.database.engine.connect() as db:
            return list(db.execute(sa.text(statement), values))

    # -- people who help them

    def stranger(self, name: str = "Omar Outsider") -> Supporter:
        """Somebody with an identity of the server's making, and no place in the organisation."""
        return Supporter(self.stage.wire.another(), name, now_s=self.stage.clock.now_s)
