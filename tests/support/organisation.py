"""People with keys of their own, and devices that talk to the application as the browser does.

The opening half of `crypto` is their side. `Site` is one application on one database, with a clock that stands still.
"""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from flask import Flask
from werkzeug.test import TestResponse

from app import clock
from app.config import Config
from app.http import b64, unb64
from app.people import founding
from crypto import directory as directories
from crypto import keys
from crypto.directory import first_directory, next_directory
from crypto.frame import H, frame
from crypto.log import account_tag, lane_tag
from crypto.people import read_binding
from crypto.signing import read_signed
from tests.support import applications
from tests.support.clock import Clock
from tests.support.databases import Database
from tests.support.kept import Stages

Made = TypeVar("Made")
ORIGIN = "http://localhost"
ZEROS = bytes(32)
ITS_OWN = ("site", "root_code", "root_seeds", "directory", "bindings")  # what a Site knows once it is founded


class Device:
    """One browser: its cookie, and the two ways in which it posts."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()

    def post(self, path: str, body: dict[str, Any] | bytes | None = None, **headers: str) -> TestResponse:
        """JSON, or octets when `body` is bytes; bytes in JSON are written in base64url."""
        octets = isinstance(body, bytes)
        data = body if octets else json.dumps(_plain(body or {}))
        mimetype = "application/octet-stream" if octets else "application/json"
        return self.client.post(path, data=data, content_type=mimetype, headers={"Origin": ORIGIN, **headers})

    def ask(self, path: str, body: dict[str, Any] | bytes | None = None, **headers: str) -> dict[str, Any]:
        """The answer, which must be a good one."""
        response = self.post(path, body, **headers)
        assert response.status_code == 200, f"{path}: {response.status_code} {response.get_data(as_text=True)}"
        return response.get_json()  # type: ignore[no-any-return]

    def nonce(self) -> bytes:
        return unb64(self.ask("/sign-in/nonce")["nonce"])

    def signed(self, path: str, body: dict[str, Any] | bytes, method: keys.Method, site: bytes) -> TestResponse:
        """Post with a fresh nonce and a signature over this very body."""
        data = body if isinstance(body, bytes) else json.dumps(_plain(body)).encode()
        header = keys.authorization(method, site, self.nonce(), H(data))
        if isinstance(body, bytes):
            return self.post(path, body, Authorization=header)
        headers = {"Origin": ORIGIN, "Authorization": header}
        return self.client.post(path, data=data, content_type="application/json", headers=headers)

    @property
    def cookie(self) -> str | None:
        found = self.client.get_cookie("alongside")
        return found.value if found else None


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return b64(value)
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list) else value


@dataclass
class Person:
    """Somebody with an identity, one way to unlock, and a device. Random secrets stand for words: no Argon2 here."""

    name: str
    site: bytes
    role: str  # peer or staff
    device: Device
    identity: keys.Identity = field(default_factory=keys.new_identity)
    account_key: bytes = field(default_factory=keys.new_account_key)
    version: int = 1
    share: bytes = b""
    person: bytes = field(default_factory=lambda: os.urandom(16))
    roles: str = ""

    def __post_init__(self) -> None:
        self.method = keys.method(os.urandom(32), self.site, self.role, "words")

    @property
    def fp(self) -> bytes:
        return self.identity.fp

    def enrolment(self) -> tuple[bytes, bytes]:
        """(frame enrol, signature) with a notebook of its own."""
        return keys.make_enrol(
            self.identity, self.method, self.account_key, site=self.site, role=self.role, notebook={"pins": {}}
        )

    def binding(self, **other: Any) -> bytes:
        """Her binding, signed by her own key."""
        fields = {
            "site": self.site, "person": self.person, "seq": 1, "prev": ZEROS, "roles": self.roles, "name": self.name,
            "ed_pk": self.identity.ed_pk, "xwing_pk": self.identity.xwing_pk, "day": clock.today(), **other,
        }  # fmt: skip
        return keys.sign_thing(frame("binding", fields), [(self.fp, self.identity.ed_seed)])

    def sign_in(self, device: Device | None = None) -> dict[str, Any]:
        """Sign in on this device (or another, which then becomes hers)."""
        self.device = device or self.device
        answer = self.device.ask("/sign-in", Authorization=self.authorization(ZEROS))
        self.share, self.version = unb64(answer["share"]), answer["notebook"]["version"]
        return answer

    def authorization(self, act: bytes) -> str:
        return keys.authorization(self.method, self.site, self.device.nonce(), act)

    def notebook(self, version: int, content: dict[str, Any]) -> bytes:
        """The body of a save."""
        box = keys.seal_notebook(self.account_key, self.site, self.fp, version, content)
        return version.to_bytes(8, "big") + self.tag(version) + box

    def tag(self, version: int) -> bytes:
        return lane_tag(keys.lane_account(self.identity), "account", version)

    def leaf_tag(self, version: int) -> bytes:
        """What the log makes of her tag."""
        return account_tag(self.fp, self.tag(version))

    def signed(self, path: str, body: dict[str, Any] | bytes) -> TestResponse:
        return self.device.signed(path, body, self.method, self.site)

    def act(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """The answer to a signed request, which must be a good one."""
        response = self.signed(path, body)
        assert response.status_code == 200, f"{path}: {response.status_code} {response.get_data(as_text=True)}"
        return response.get_json()  # type: ignore[no-any-return]

    def save(self, body: bytes) -> TestResponse:
        """Put the next version of her notebook there, as `notebook` made it."""
        return self.signed("/sign-in/notebook/save", body)


class Site:
    """The application on one database."""

    def __init__(self, database: Database, home: Path, **settings: Any) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self.clock = Clock(home / "now")
        self.config = Config(
            instance=home, database_url=database.url, testing=True, clock_file=self.clock.file, **settings
        )
        self.app = applications.take(self.config)
        self.stages = Stages(f"site on {database.kind}", self.app, self.clock)
        self.site = b""
        self.root_code = b""  # what a root sheet has printed on it
        self.root_seeds: list[bytes] = []
        self.directory: directories.Directory | None = None
        self.bindings: dict[bytes, bytes] = {}

    def close(self) -> None:
        applications.give_back(self.app)

    def device(self) -> Device:
        return Device(self.app)

    def store(self) -> Any:
        """A way into the database as the services have it."""
        return self.app.extensions["alongside_sessions"]()

    def facts(self) -> dict[str, Any]:
        return self.device().client.get("/static/site.json").get_json()  # type: ignore[no-any-return]

    def link(self) -> bytes:
        """The secret of a fresh founding link."""
        with self.store() as db:
            token = founding.new_link(db)
            db.commit()
        assert token is not None
        return token

    def ceremony(self, name: str = "Carl", **other: Any) -> tuple[Person, dict[str, Any]]:
        """Carl, and what his page would post to /setup (less the token). `other` replaces fields of the root."""
        self.root_code = keys.new_sheet()
        self.root_seeds = [keys.root_seed(self.root_code, 0)]
        fields = {
            "version": 1, "prev": ZEROS, "threshold": 1, "root_pks": [keys.ed_public(s) for s in self.root_seeds],
            "coordinators": 1, "log_vkey": self.facts()["log_vkey"], "witnesses": "", "quorum": 0, **other,
        }  # fmt: skip
        root = frame("root", fields)
        carl = Person(name, H(root), "staff", self.device(), roles="coordinator")
        binding, (enrol, sig) = carl.binding(), carl.enrolment()
        first = first_directory(H(root), H(root), [read_binding(binding)["hash"]], self.clock.now_s())
        body = {
            "root": self.by_roots(root), "enrol": enrol, "enrol_sig": sig, "binding": binding,
            "directory": self.by_roots(first),
        }  # fmt: skip
        return carl, body

    def by_roots(self, thing: bytes) -> bytes:
        return keys.sign_thing(thing, [(keys.ed_public(seed), seed) for seed in self.root_seeds])

    def found(self, **other: Any) -> Person:
        """Found the site; Carl, signed in."""
        carl, body = self.ceremony(**other)
        answer = carl.device.ask("/setup", {"token": self.link(), **body})
        carl.share = unb64(answer["share"])
        self.site = carl.site
        self.take(body["binding"])
        self.directory = directories.start(self.site, [body["root"]], [body["directory"]], self.bindings)
        return carl

    def step(self, name: str, make: Callable[[], Made]) -> Made:
        """What `make` gives, once it was done here: anew, or as a test before this one did it (kept.py)."""
        made, own = self.stages.reach(name, lambda: (make(), {one: vars(self)[one] for one in ITS_OWN}))
        vars(self).update(own)
        return made

    def take(self, binding: bytes) -> bytes:
        digest: bytes = read_binding(binding)["hash"]
        self.bindings[digest] = read_signed(binding)[0]
        return digest

    def enrol(self, name: str = "Sara") -> Person:
        """A peer with an account, signed in on a device of her own."""
        person = Person(name, self.site, "peer", self.device())
        enrol, sig = person.enrolment()
        person.share = unb64(person.device.ask("/sign-in/enrol", {"enrol": enrol, "sig": sig})["share"])
        return person

    def join(self, carl: Person, name: str, roles: str) -> tuple[Person, bytes]:
        """Somebody who followed an invitation by Carl, not listed yet: (the person, the binding)."""
        token = os.urandom(32)
        carl.act("/people/invite", {"token_hash": H(token), "roles": roles.split(",")})
        person = Person(name, self.site, "staff", self.device(), roles=roles)
        binding, (enrol, sig) = person.binding(), person.enrolment()
        body = {"token": token, "enrol": enrol, "enrol_sig": sig, "binding": binding}
        person.share = unb64(person.device.ask("/people/join", body)["share"])
        return person, binding

    def next(
        self, *, add: tuple[bytes, ...] = (), drop: tuple[bytes, ...] = (), revoke: tuple[bytes, ...] = ()
    ) -> bytes:
        """The frame of the next directory, unsigned."""
        assert self.directory is not None
        return next_directory(self.directory, add, drop, revoke, self.clock.now_s())

    def publish(self, carl: Person, signed: bytes) -> dict[str, Any]:
        """Put a directory in force, here and there."""
        assert self.directory is not None
        answer = carl.device.ask("/people/publish", {"directory": signed})
        self.directory.accept(signed, self.bindings)
        return answer

    def staff(self, carl: Person, name: str, roles: str) -> Person:
        """Somebody who joined and was listed, by roots where only roots may."""
        person, binding = self.join(carl, name, roles)
        thing = self.next(add=(self.take(binding),))
        rooted = {"coordinator", "steward"} & set(roles.split(","))
        self.publish(carl, self.by_roots(thing) if rooted else by(thing, carl))
        return person


def by(thing: bytes, *people: Person) -> bytes:
    """`thing`, signed by these people."""
    return keys.sign_thing(thing, [(person.fp, person.identity.ed_seed) for person in people])


__all__ = ["Device", "Person", "Site", "by"]
