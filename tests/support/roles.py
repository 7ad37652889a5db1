"""One site with somebody of every role in it, and how each of them would ask for a thing.

A request is what the real client would send (`what_is_sent`), so that a refusal is about who asks.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa

from crypto import keys
from crypto.frame import H
from demo.client import ZERO32, Person
from demo.people import Peer, Staff, Supporter
from demo.releases import Researcher, Steward
from demo.wire import Answer, b64
from tests.support.databases import ROOT, Database
from tests.support.people import CastInside
from tests.support.releases import folder
from tests.support.tree import take_in

Kind = TypeVar("Kind", bound=Staff)
ROLES = ("nobody", "nameless", "lena", "sara", "greta", "nora", "omar", "ines", "pilar", "carl", "stan", "olga")
COME_AND_GO = {"sessions", "nonces", "alembic_version"}


@dataclass(frozen=True)
class Asked:
    """One request. `signed`: with a fresh nonce and the asker's own words; over nothing when `act` is given.

    `path`: the address, where the route has a place for something in it. `bearer`: the token beside a GET.
    """

    data: bytes = b"{}"
    mime: str = "application/json"
    signed: bool = False
    act: bytes | None = None
    path: str = ""
    bearer: str = ""


def octets(data: bytes, *, signed: bool = False) -> Asked:
    return Asked(data, "application/octet-stream", signed)


def asked(*, signed: bool = False, **body: Any) -> Asked:
    plain = {name: b64(value) if isinstance(value, bytes) else value for name, value in body.items()}
    return Asked(json.dumps(plain).encode(), signed=signed)


class _Caught(Exception):
    def __init__(self, asked: Asked) -> None:
        super().__init__("caught on its way")
        self.asked = asked


def what_is_sent(person: Person, path: str, do: Callable[[], Any]) -> Asked:
    """The request with which this person's client would do this; it is stopped on its way."""
    send = person.send

    def watch(to: str, data: bytes, mime: str, headers: dict[str, str] | None = None) -> Answer:
        if to == path:
            raise _Caught(Asked(data, mime, "Authorization" in (headers or {})))
        return send(to, data, mime, headers)

    person.send = watch  # type: ignore[method-assign,assignment]
    try:
        do()
    except _Caught as caught:
        return caught.asked
    finally:
        del person.send
    raise AssertionError(f"nothing was sent to {path}")


class Roles(CastInside):
    """Sara has a case with Nora and Pilar in it; Pilar was suspended since. Greta has one of her own, Lena none yet.

    Omar is a supporter in no case; Ines joined and is not listed; Carl coordinates; Stan is a steward, Olga an auditor and a
    researcher who has signed the terms. A release is published.
    Ruth became a coordinator after the cards were sealed.
    """

    def __init__(self, database: Database, home: Path) -> None:
        super().__init__(database, home)
        self.sara, self.greta, self.lena = self.sent("Sara"), self.sent("Greta"), self.peer("Lena")
        self.nora, self.omar, self.pilar = (self.supporter(name) for name in ("Nora", "Omar", "Pilar"))
        self.team(self.sara, self.nora, self.pilar)
        self.stan, self.olga = (
            self.newcomer("Stan", "steward", Steward),
            self.newcomer("Olga", "auditor,researcher", Researcher),
        )
        self.carl.certify(self.stan, self.olga)
        self.ines: Staff = self.newcomer("Ines", "supporter", Staff)
        self.ruth = self.coordinator("Ruth")
        self.carl.list_people(revoke=(self.pilar.fp,))
        self.stan.publish(folder())
        self.terms = (ROOT / "static" / "data-use.v1.txt").read_bytes()
        self.olga.agree(content=self.terms)
        self.token = self.olga.make_token()
        self._live: set[Person] = set()
        self._case: tuple[Peer, Supporter] | None = None
        tables = [table for table in database.tables() if table not in COME_AND_GO]
        self._counting = sa.text(
            " union all ".join(f"select '{table}' as name, count(*) from {table}" for table in tables)
        )
        take_in(self)

    def with_tomas(self) -> tuple[Peer, Supporter]:
        """Dario, and Tomas who was suspended and whom Nora has not taken out of Dario's case; others as soon as she has."""
        if self._case:
            dario, tomas = self._case
            if tomas.fp in {member["fp"] for member in self.nora.open(dario.case).chain.members}:
                return self._case
        dario, tomas = self.sent("Dario"), self.supporter("Tomas")
        self.team(dario, self.nora, tomas)
        self.carl.list_people(revoke=(tomas.fp,))
        self._case = dario, tomas
        return self._case

    def newcomer(self, name: str, role: str, kind: type[Kind]) -> Kind:
        """Somebody who joined and is not listed."""
        person = kind(self.wire.another(), name, now_s=self.clock.now_s)
        person.roles = role
        person.join(self.carl.invite_staff(*role.split(",")))
        return person

    def stranger(self) -> Peer:
        """A new browser with keys of its own that the site has never seen."""
        person = Peer(self.wire.another(), "Nobody", now_s=self.clock.now_s)
        person.use_passkey()
        return person

    def as_role(self, role: str) -> Person:
        """Whoever plays this role, with a live session where the role has one."""
        if role in ("nobody", "nameless"):
            stranger = self.stranger()
            if role == "nameless":
                stranger.post("/sign-in/share", begin=True)
            return stranger
        person: Person = getattr(self, role)
        header = {"Authorization": person.authorize(ZERO32)}
        answer = person.send("/sign-in", b"{}", "application/json", header).json()
        person.version = answer["notebook"]["version"]
        self._live.add(person)
        return person

    def still(self, role: str) -> Person:
        """The same, who signs in only if they have not yet: a request that is refused ends no session."""
        person = getattr(self, role, None)
        return person if person in self._live else self.as_role(role)

    def renew(self, role: str) -> None:
        """After a request that was served: it may have ended a session, or given Lena a case."""
        if role == "lena":
            self.lena = self.peer("Lena")
        if role not in ("nobody", "nameless"):
            self.as_role(role)

    def ask(self, person: Person, method: str, path: str, request: Asked) -> Answer:
        """Send a request as this person, signed with their own words if it has to be signed."""
        if method == "GET":
            headers = {"Authorization": f"Bearer {request.bearer}"} if request.bearer else {}
            return person.wire.get(request.path or path, headers)
        headers = {}
        if request.act is not None or request.signed:
            act = H(request.data) if request.act is None else request.act
            headers = {"Authorization": person.authorize(act)}
        return person.send(path, request.data, request.mime, headers)

    def counts(self) -> dict[str, int]:
        """How many rows each table has that does not come and go with a tab."""
        with self.database.engine.connect() as db:
            return {row[0]: row[1] for row in db.execute(self._counting)}

    def forgotten_link(self) -> bytes:
        """A founding link that was printed and never used, though the site stands."""
        token = os.urandom(32)
        with self.database.engine.begin() as db:
            db.execute(sa.text("insert into founding (token_hash, used) values (:h, false)"), {"h": H(token)})
        return token

    def draft(self, person: Person) -> bytes:
        """A draft as the browser seals it."""
        number = os.urandom(16)
        return number + keys.seal_draft(person.account_key, self.carl.site, person.fp, number, {"text": "half"})
