"""A person at a browser, in Python: an account, letters, and cases, with every check that a page makes.

`Person` is anybody; demo/people.py has the peer, the supporter and the coordinator.
"""

from __future__ import annotations

import functools
import os
import time
from typing import Any

from crypto import keys
from crypto.directory import start
from crypto.errors import WrongPlace
from crypto.frame import H, frame, unframe
from crypto.identity import Identity
from crypto.letter import open_letter, role_address, seal_letter
from crypto.mail import read_mail
from crypto.people import identity_of, read_identity
from crypto.receipt import check_receipt
from crypto.signing import read_signed
from demo.case import OpenCase
from demo.log import Followed
from demo.shown import Letter, Listed
from demo.wire import Answer, Refused, Wire, as_json, b64, unb64

ZERO16, ZERO32 = bytes(16), bytes(32)
_words_secret = functools.cache(keys.words_secret)  # these words are no secret, and the same come in again
DAY_S = 86_400
PAST = 64


class Person:
    """Somebody with an identity, a way to unlock it, and a connection."""

    role = "peer"

    def __init__(self, wire: Wire, name: str = "", identity: Identity | None = None, now_s: Any = time.time) -> None:
        self.wire, self.name = wire, name
        self.identity = identity or keys.new_identity()
        self.account_key = keys.new_account_key()
        self.notebook: dict[str, Any] = {"methods": [], "pins": {}, "log": {"log": 1, "size": 0, "root": "A" * 43}}
        self.version, self.box_hash = 1, ZERO32
        self._now_s = now_s
        self._facts: dict[str, Any] | None = None
        self.method: keys.Method | None = None
        self.words, self.email = "", ""
        self.log = Followed()
        self.known_desk: list[dict[str, Any]] = []  # coordinators' bindings, if the directory was read already

    # -- the wire

    def post(self, path: str, **body: Any) -> dict[str, Any]:
        """One request; bytes travel as base64url. Raises: Refused."""
        return self.send(path, as_json(body), "application/json").json()

    def octets(self, path: str, data: bytes) -> dict[str, Any]:
        return self.send(path, data, "application/octet-stream").json()

    def act(self, path: str, **body: Any) -> dict[str, Any]:
        """One request that is signed with the words, not with the cookie alone."""
        data = as_json(body)
        return self.send(path, data, "application/json", {"Authorization": self.authorize(H(data))}).json()

    def octets_act(self, path: str, data: bytes) -> dict[str, Any]:
        return self.send(path, data, "application/octet-stream", {"Authorization": self.authorize(H(data))}).json()

    def send(self, path: str, data: bytes, mime: str, headers: dict[str, str] | None = None) -> Answer:
        return self.wire.post(path, data, {"Content-Type": mime, **(headers or {})})

    def authorize(self, act: bytes) -> str:
        assert self.method is not None, "without words there is no signing"
        nonce = unb64(self.post("/sign-in/nonce")["nonce"])
        return keys.authorization(self.method, self.site, nonce, act)

    # -- the site

    @property
    def facts(self) -> dict[str, Any]:
        if self._facts is None:
            self._facts = self.wire.get("/static/site.json").json()
        return self._facts

    @property
    def site(self) -> bytes:
        return unb64(self.facts["site"])

    @property
    def fp(self) -> bytes:
        return self.identity.fp

    @property
    def today(self) -> int:
        return int(self._now_s()) // DAY_S

    def now_s(self) -> int:
        return int(self._now_s())

    def directory(self, *, ended: bool = False) -> Listed:
        """The people of the site, checked from the roots on. Args: ended: also a list past its seven days."""
        given = self.post("/people/directory")
        frames = [read_signed(unb64(signed))[0] for signed in given["bindings"]]
        bindings = {H(frame): frame for frame in frames}
        roots, lists = ([unb64(signed) for signed in given[name]] for name in ("roots", "directories"))
        state = start(self.site, roots, lists, bindings)
        if not ended:
            state.check_fresh(self.now_s())
        return Listed(state, bindings)

    def check_receipt(self, receipt: str) -> dict[str, Any]:
        """What the log has signed. Raises: SealError."""
        return check_receipt(unb64(receipt), self.site, self.facts["log_vkey"])

    # -- the account

    def use_words(self, words: str | None = None, email: str = "") -> str:
        """Choose words (made here unless given); they cost a quarter of a second, as they should, once in a process."""
        self.words, self.email = words or keys.new_words(7 if self.role == "peer" else 6), email
        secret = _words_secret(self.words, self.site, self.role, email)
        self.method = keys.method(secret, self.site, self.role, "words")
        return self.words

    def use_passkey(self) -> None:
        """A way to unlock without Argon2: 32 random bytes, as a passkey gives them."""
        self.method = keys.method(os.urandom(32), self.site, self.role, "passkey")

    def make_enrol(self, site: bytes | None = None) -> tuple[bytes, bytes]:
        if self.method is None:
            self.use_passkey()
        assert self.method is not None
        self.notebook["methods"] = [
            {"kind": self.method.kind, "locator": b64(self.method.locator),
             "login_seed": b64(self.method.login_seed), "day": self.today}
        ]  # fmt: skip
        enrol, sig = keys.make_enrol(
            self.identity, self.method, self.account_key, site=site or self.site, role=self.role,
            notebook=self.notebook,
        )  # fmt: skip
        self.box_hash = H(unframe("enrol", enrol)["notebook"])
        return enrol, sig

    def enrol(self) -> dict[str, Any]:
        enrol, sig = self.make_enrol()
        return self.post("/sign-in/enrol", enrol=enrol, sig=sig)

    def sign_in(self) -> dict[str, Any]:
        """Come back with the words. Raises: Refused, CannotOpen, WrongPlace."""
        header = {"Authorization": self.authorize(ZERO32)}
        answer: dict[str, Any] = self.send("/sign-in", b"{}", "application/json", header).json()
        fp, method = unb64(answer["fp"]), self.method
        assert method is not None
        self.account_key = keys.unwrap(method, self.site, self.role, fp, unb64(answer["wrap"]))
        self.identity = keys.open_bundle(self.account_key, self.site, self.role, fp, unb64(answer["bundle"]))
        self._take_notebook(answer["notebook"])
        return answer

    def read_notebook(self) -> dict[str, Any]:
        """The notebook as it stands: another device may have saved since. Raises: Refused, CannotOpen."""
        kept = self.post("/sign-in/notebook")
        self._take_notebook(kept)
        return kept

    def _take_notebook(self, kept: dict[str, Any]) -> None:
        box, self.version = unb64(kept["box"]), kept["version"]
        self.notebook = keys.open_notebook(self.account_key, self.site, self.fp, self.version, box)
        self.box_hash = H(box)

    def save_notebook(self) -> dict[str, Any]:
        before = self.notebook, self.version, self.box_hash
        body = self.next_notebook()
        try:
            return self.octets_act("/sign-in/notebook/save", body)
        except Refused:
            self.notebook, self.version, self.box_hash = before
            raise

    def next_notebook(self) -> bytes:
        """The body of a save. It names the newest 64 versions before it, so that every device sees that it goes on."""
        past = [*self.notebook.get("past", []), [self.version, b64(self.box_hash)]][-PAST:]
        notebook = {**self.notebook, "past": past}
        body = keys.notebook_save(
            self.identity, self.account_key, site=self.site, version=self.version + 1, notebook=notebook
        )
        self.notebook, self.version, self.box_hash = notebook, self.version + 1, H(body[40:])
        return body

    # -- letters

    @property
    def desk(self) -> bytes:
        return role_address(self.site, "coordinator")

    def seal(self, kind: str, payload: dict[str, Any], *, about: bytes = ZERO16, to: bytes | None = None) -> bytes:
        """A letter to a person, or to the desk: frame 'mail'. The sender keeps a copy."""
        if to is None or to == self.desk:
            to, recipients = self.desk, self.known_desk or self.directory().holders("coordinator")
        else:
            recipients = [self.key_of(to)]
        mine = [] if any(r["fp"] == self.fp for r in recipients) else [read_identity(self.identity.frame)]
        return seal_letter(
            self.identity, site=self.site, kind=kind, to=to, about=about, day=self.today,
            payload={"kind": kind, "at_ms": int(self._now_s() * 1000), **payload}, recipients=[*recipients, *mine],
        )  # fmt: skip

    def key_of(self, fp: bytes) -> dict[str, Any]:
        """Where to seal for a person: a binding of the directory, or an identity that this client has met."""
        known = self.notebook.setdefault("identities", {})
        if b64(fp) in known:
            return read_identity(unb64(known[b64(fp)]))
        return self.directory().person(fp)

    def meet(self, identity: bytes) -> bytes:
        """Keep somebody's identity frame, found in a sealed payload or a roster; its fingerprint."""
        fp = read_identity(identity)["fp"]
        self.notebook.setdefault("identities", {})[b64(fp)] = b64(identity)
        return fp

    def write(self, kind: str, payload: dict[str, Any], **where: Any) -> dict[str, Any]:
        """Send a letter; {receipt, hash}."""
        return self.post("/letters", mail=self.seal(kind, payload, **where))

    def letters(self, *kinds: str) -> list[Letter]:
        """This person's letters of these kinds, opened and verified; oldest first."""
        listed, found, after = self.directory(), [], None
        while True:
            page = self.post("/letters/mine", kinds=list(kinds), after=after)
            for identity in page["identities"]:
                self.meet(unb64(identity))
            found += [self.open_letter(letter, listed) for letter in page["letters"]]
            if not page["more"]:
                return sorted(found, key=lambda letter: (letter.day, letter.payload.get("at_ms", 0)))
            after = page["letters"][-1]["hash"]

    def open_letter(self, given: dict[str, str], listed: Listed) -> Letter:
        """Raises: SealError; LookupError for a sender whose key is not known."""
        parts = {name: unb64(given[name]) for name in ("header", "body", "stanza")}
        mail = frame_mail(parts["header"], parts["body"], [parts["stanza"]])
        fields = read_mail(mail)
        if fields["hash"] != unb64(given["hash"]):
            raise WrongPlace("another letter than the one that was named")
        sender = {self.fp: self.identity.ed_pk}.get(fields["from"])
        payload = open_letter(
            mail, self.identity, sender or self._sender_key(fields["from"], listed), site=self.site,
            roles=[role for role in ("coordinator", "steward") if self.holds(role, listed)],
        )  # fmt: skip
        return Letter(
            fields["kind"],
            fields["from"],
            fields["about"],
            fields["hash"],
            payload,
            fields["day"],
            parts["header"],
            parts["body"],
        )

    def _sender_key(self, fp: bytes, listed: Listed) -> bytes:
        known = self.notebook.get("identities", {})
        frame = unb64(known[b64(fp)]) if b64(fp) in known else identity_of(listed.person(fp))
        return bytes(read_identity(frame)["ed_pk"])

    def holds(self, role: str, listed: Listed) -> bool:
        return any(holder["fp"] == self.fp for holder in listed.holders(role))

    # -- cases

    def open(self, case: bytes) -> OpenCase:
        """A case with its entries verified and, where this person has the key, opened."""
        return OpenCase.load(self, case)

    def cases(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.post("/cases/mine")["cases"]
        return found

    def say(self, case: bytes, payload: dict[str, Any], *, record: bytes | None = None) -> dict[str, Any]:
        """Add a record to a case; when others came first, verify up to them and seal anew, five times at most."""
        return self.open(case).append(payload, record=record)


def frame_mail(header: bytes, body: bytes, stanzas: list[bytes]) -> bytes:
    return frame("mail", {"header": header, "body": body, "stanzas": stanzas})
