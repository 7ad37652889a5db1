"""Those who take part: the peer, the supporter, the coordinator."""

from __future__ import annotations

import os
from typing import Any

from crypto import keys
from crypto.checkpoint import read_vkey
from crypto.directory import first_directory, next_directory
from crypto.entry import case_id
from crypto.errors import WrongPlace
from crypto.frame import H, frame
from crypto.grant import make_rekey
from crypto.people import identity_of, read_binding
from crypto.record import make_submission, seal_record
from crypto.signing import read_signed
from demo.client import ZERO16, ZERO32, Person
from demo.shown import Letter
from demo.wire import b64, unb64


class Peer(Person):
    """Somebody to whom something happened; owns one case."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nonce = os.urandom(16)
        self.sent: dict[str, Any] = {}

    @property
    def case(self) -> bytes:
        return case_id(self.site, self.fp, ZERO16, self.nonce)

    def make_submission(
        self, account: dict[str, Any], card: dict[str, Any] | None = None, *, enrol: bytes = b"", day: int | None = None
    ) -> bytes:
        """Everything of a first submission, sealed: what is kept until the receipt is verified."""
        day = self.today if day is None else day
        key = os.urandom(32)
        self.log.follow(self)
        rekey = make_rekey(
            self.identity, None, site=self.site, nonce=self.nonce, epoch_key=key, last_key=None,
            members=[{"identity": self.identity.frame, "lead": False}], owner_fp=self.fp, day=day,
            log_size=self.log.size, log_root=self.log.root,
        )  # fmt: skip
        record = seal_record(
            self.identity, site=self.site, case=self.case, seq=2, prev=H(rekey["entry"]), e=1,
            roster=H(rekey["roster"]), author=0, day=day, epoch_key=key,
            payload={"kind": "account", "seen": self.log.seen, **account},
        )  # fmt: skip
        shown = {"case": b64(self.case), "nonce": b64(self.nonce), "identity": b64(self.identity.frame)}
        mail = self.seal("card", {**shown, "lines": [], **(card or {})}, about=self.case)
        return make_submission(rekey=rekey["rekey"], record=record, card=mail, enrol=enrol)

    def submit(self, account: dict[str, Any], card: dict[str, Any] | None = None) -> dict[str, Any]:
        """Send the account, by somebody who has enrolled; the receipts are checked."""
        return self.hand_in(self.make_submission(account, card))

    def hand_in(self, submission: bytes, enrol_sig: bytes | None = None) -> dict[str, Any]:
        beside = {"enrol_sig": enrol_sig} if enrol_sig else {}
        answer = self.post("/intake/submit", submission=submission, **beside)
        for name, lane_type in (("roster", "roster"), ("record", "record"), ("card", "letter")):
            told = self.check_receipt(answer["receipts"][name])
            if (told["type"], told["actor"], told["subject"]) != (lane_type, self.fp, self.case):
                raise WrongPlace("a receipt for something else")
        self.sent = answer
        return answer

    def offered(self) -> list[dict[str, Any]]:
        """Everybody whom a coordinator has offered by a signed letter: {fp, name, binding}."""
        listed = self.directory()
        coordinators = {holder["fp"] for holder in listed.holders("coordinator")}
        offers = [letter for letter in self.letters("offer") if letter.sender in coordinators]
        return [person for offer in offers for person in offer.payload["people"]]

    def approve(self, *fps: bytes) -> dict[str, Any]:
        """Let people into the case: only those offered, under the binding that was offered. That is the grant."""
        listed, offered = self.directory(), {unb64(person["fp"]): person for person in self.offered()}
        people = []
        for fp in fps:
            binding = listed.person(fp)
            if fp not in offered or unb64(offered[fp]["binding"]) != binding["hash"]:
                raise WrongPlace("nobody offered this person")
            people.append({"identity": identity_of(binding), "lead": False})
        return self.open(self.case).add(*people)


class Staff(Person):
    """Somebody whom the organisation has listed, or will."""

    role = "staff"
    roles = "supporter"
    person = b""  # the number that the binding gives; drawn when it is made

    def make_binding(self, site: bytes) -> bytes:
        """The signed binding of a newcomer."""
        binding = frame("binding", {
            "site": site, "person": self.person or os.urandom(16), "seq": 1, "prev": ZERO32, "roles": self.roles,
            "name": self.name, "ed_pk": self.identity.ed_pk, "xwing_pk": self.identity.xwing_pk, "day": self.today,
        })  # fmt: skip
        self.binding = keys.sign_thing(binding, [(self.fp, self.identity.ed_seed)])
        return self.binding

    def join(self, token: bytes, profile: dict[str, Any] | None = None) -> dict[str, Any]:
        """Follow an invitation; a coordinator lists the keys afterwards."""
        enrol, sig = self.make_enrol()
        body: dict[str, Any] = {
            "token": token, "enrol": enrol, "enrol_sig": sig, "binding": self.make_binding(self.site),
        }  # fmt: skip
        if profile is not None:
            body["mail"] = self.seal("profile", profile)
        return self.post("/people/join", **body)


class Supporter(Staff):
    """A volunteer physician."""

    def invitations(self) -> list[Letter]:
        """Invitations, each with the peer's identity met after its place was checked."""
        found = self.letters("invite")
        for letter in found:
            owner, nonce = self.meet(unb64(letter.payload["identity"])), unb64(letter.payload["nonce"])
            if case_id(self.site, owner, ZERO16, nonce) != letter.about:
                raise WrongPlace("an invitation to another case")
        return found

    def answer(self, case: bytes, conflict: str = "none", note: str = "") -> dict[str, Any]:
        return self.write("answer", {"case": b64(case), "conflict": conflict, "note": note}, about=case)

    def statement(self, invitation: Letter, text: str) -> dict[str, Any]:
        """Tell the peer who one is; sealed to the identity that the invitation names."""
        owner = H(unb64(invitation.payload["identity"]))
        payload = {"case": b64(invitation.about), "text": text, "name": self.name}
        return self.write("statement", payload, about=invitation.about, to=owner)


class Coordinator(Staff):
    """The desk. The first one founds the site and keeps its root key."""

    roles = "coordinator"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.root_code = b""

    def found(self, token: bytes, *, email: str = "", coordinators: int = 1) -> dict[str, Any]:
        """The ceremony, one root of one: the site's keys, the first coordinator, the first list of people.

        email: given, the account gets words; else a passkey's secret.
        coordinators: how many must sign to let somebody in.
        """
        self.root_code = keys.new_sheet()
        seed = keys.root_seed(self.root_code, 0)
        vkey = self.wire.get("/static/site.json").json()["log_vkey"]
        read_vkey(vkey)
        root = frame("root", {
            "version": 1, "prev": ZERO32, "threshold": 1, "root_pks": [keys.ed_public(seed)],
            "coordinators": coordinators, "log_vkey": vkey, "witnesses": "", "quorum": 0,
        })  # fmt: skip
        site, by_root = H(root), [(keys.ed_public(seed), seed)]
        self._facts = {"site": b64(site), "log_vkey": vkey}
        if email:
            self.use_words(email=email)
        binding = self.make_binding(site)
        listed = first_directory(site, site, [H(read_signed(binding)[0])], self.now_s())
        seen = {"directory": {"version": 1, "hash": b64(H(listed))}, "root": {"version": 1, "hash": b64(site)}}
        self.notebook["pins"] = {**seen, "people": {}, "cases": {}}  # its founder has seen this list begin
        enrol, sig = self.make_enrol(site)
        return self.post(
            "/setup", token=token, root=keys.sign_thing(root, by_root), enrol=enrol, enrol_sig=sig, binding=binding,
            directory=keys.sign_thing(listed, by_root),
        )  # fmt: skip

    def invite_staff(self, *roles: str) -> bytes:
        """A link for a newcomer: its token."""
        token = os.urandom(32)
        self.act("/people/invite", token_hash=H(token), roles=sorted(roles or ("supporter",)))
        return token

    def list_people(self, *, add: tuple[bytes, ...] = (), revoke: tuple[bytes, ...] = ()) -> dict[str, Any]:
        """Sign the next list of people; with the root key where only roots may. Args: add: signed bindings."""
        listed = self.directory(ended=True)
        bindings = [read_binding(binding) for binding in add]
        directory = next_directory(
            listed.state, [binding["hash"] for binding in bindings], (), revoke, max(self.now_s(), listed.state.issued)
        )
        signers = [(self.fp, self.identity.ed_seed)]
        if any({"coordinator", "steward"} & set(binding["roles"]) for binding in bindings):
            seed = keys.root_seed(self.root_code, 0)
            signers = [(keys.ed_public(seed), seed)]
        return self.post("/people/publish", directory=keys.sign_thing(directory, signers))

    def certify(self, *people: Staff) -> dict[str, Any]:
        """List newcomers whose safety words were compared."""
        return self.list_people(add=tuple(person.binding for person in people))

    def queue(self) -> list[dict[str, Any]]:
        """All cards, longest waiting first, those refused or closed at the end."""
        return [card for over in (False, True) for card in self._queue(over)]

    def _queue(self, over: bool) -> list[dict[str, Any]]:
        cards: list[dict[str, Any]] = []
        while True:
            page = self.post("/desk/queue", after=cards[-1]["case"] if cards else None, over=over)
            cards += page["cards"]
            if not page["more"]:
                return cards

    def card(self, case: bytes) -> Letter:
        """One card, opened; its sender is the owner of the case it names."""
        given = self.post("/desk/card", case=case)
        owner = self.meet(unb64(given["identity"]))
        letter = self.open_letter(given, self.directory())
        if letter.sender != owner or case_id(self.site, owner, ZERO16, unb64(letter.payload["nonce"])) != case:
            raise WrongPlace("a card of another case")
        return letter

    def claim(self, case: bytes, *, release: bool = False) -> dict[str, Any]:
        return self.post("/desk/claim", case=case, release=release)

    def invite(self, case: bytes, *supporters: bytes, summary: str = "", asks: str = "") -> None:
        """Ask supporters about a case, with a summary in the coordinator's words."""
        card = self.card(case).payload
        payload = {name: card[name] for name in ("case", "nonce", "identity")}
        for fp in supporters:
            said = {"summary": summary, "by": "coordinator", "asks": asks, "to": fp.hex()}
            self.write("invite", {**payload, **said}, about=case, to=fp)

    def offer(self, case: bytes, *supporters: bytes, note: str = "") -> dict[str, Any]:
        """Offer the peer a team by name."""
        listed = self.directory()
        people = [listed.person(fp) for fp in supporters]
        named = [{"fp": b64(p["fp"]), "name": p["name"], "binding": b64(p["hash"])} for p in people]
        owner = H(unb64(self.card(case).payload["identity"]))
        return self.write("offer", {"case": b64(case), "people": named, "note": note}, about=case, to=owner)
