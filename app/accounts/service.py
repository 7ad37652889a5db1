"""Accounts: enrol, prove, keep the notebook, add and remove ways to unlock.

Everything here is a public key, a hash or a sealed box; nothing opens anything.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from nacl.signing import SigningKey
from sqlalchemy import delete, select, update

from app import clock
from app.accounts import sessions
from app.accounts.models import Enrolment, Identity, LiveSession, Method, Notebook
from app.audit import service as audit
from app.audit.events import Lane
from app.audit.models import Event
from app.db import Store
from app.errors import Refusal
from app.sealed import only_sealed, sealed_box
from crypto import log, signing
from crypto.errors import BadSignature, Malformed
from crypto.frame import MAX_INT, H, unframe
from crypto.submission import METHOD_KINDS, check_enrol

NOTEBOOK_MOST = 65_536
UNSENT_DAYS = 30
# A locator that nobody has is checked against this key, so that it takes as long. Its secret is thrown away.
NOBODY_PK = bytes(SigningKey.generate().verify_key)


@dataclass(frozen=True)
class Account:
    """Who is signed in, as Flask-Login asks for it."""

    fp: bytes = field(repr=False)
    role: str  # peer or staff
    submitted: bool
    event: Event | None = field(default=None, compare=False, repr=False)  # the enrolment's, just after it

    is_authenticated = is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        return self.fp.hex()


def enrol(db: Store, *, site: bytes, enrol: bytes, sig: bytes, role: str = "peer", submitted: bool = False) -> Account:
    """Make an account, with version 1 of its notebook on the log. The same bytes again: the same account.

    Raises: Refusal 409 `taken`; Malformed, WrongPlace, BadSignature.
    """
    with only_sealed():
        fields = check_enrol(enrol, sig, site)
    if fields["role"] != role:
        raise Refusal(400, "wrong-role", "This page makes another kind of account. Reload it and try again.")
    fp, digest = fields["fp"], H(enrol)
    row = {"fp": fp, "role": role, "submitted": submitted or role == "staff", "bundle": fields["bundle"],
           "frame_hash": digest, "day": clock.today()}  # fmt: skip
    if not db.put_new(Enrolment, row):
        return _enrolled(db, fp, digest, fields["tag"])
    method = {"locator": fields["locator"], "fp": fp, "kind": fields["kind"], "login_pk": fields["login_pk"],
              "wrap": fields["wrap"]}  # fmt: skip
    if not db.put_new(Method, method):
        raise _taken()
    keep_identity(db, fields["identity"])
    db.put(Notebook, {"fp": fp, "version": 1, "box": fields["notebook"]})
    return Account(fp, role, bool(row["submitted"]), _log_notebook(db, site, fp, 1, fields["tag"], fields["notebook"]))


def _enrolled(db: Store, fp: bytes, digest: bytes, tag: bytes) -> Account:
    """The account that these very bytes made, while it is new: later they are no way in."""
    query = select(Enrolment.role, Enrolment.submitted, Notebook.version).join(Notebook, Notebook.fp == Enrolment.fp)
    row = db.execute(query.where(Enrolment.fp == fp, Enrolment.frame_hash == digest)).one_or_none()
    if row is None or row.version != 1:
        raise _taken()
    return Account(fp, row.role, row.submitted, _event_of(db, tag, fp))


def prove(db: Store, site: bytes, header: str) -> tuple[bytes, bytes]:
    """(fp, locator) of whoever signed this Authorization header; an unknown locator takes the same steps.

    Raises: Refusal 401 `no-match`; Malformed.
    """
    locator = signing.read_authorization(header)["locator"]
    row = db.execute(select(Method.fp, Method.login_pk).where(Method.locator == locator)).one_or_none()
    fp, login_pk = row or (None, NOBODY_PK)
    try:
        signing.check_login(login_pk, site, header)
    except BadSignature:
        fp = None
    if fp is None:
        raise Refusal(401, "no-match", "These words did not open anything. Check their order.")
    return fp, locator


def account(db: Store, fp: bytes) -> Account:
    row = db.execute(select(Enrolment.role, Enrolment.submitted).where(Enrolment.fp == fp)).one()
    return Account(fp, row.role, row.submitted)


def unlocking(db: Store, fp: bytes, locator: bytes) -> tuple[str, bytes]:
    """What a signed-in client needs to open its account: (kind, wrap) of the method it used."""
    row = db.execute(select(Method.kind, Method.wrap).where(Method.locator == locator, Method.fp == fp)).one()
    return row.kind, row.wrap


@dataclass(frozen=True)
class Kept:
    """What is sealed under the account key: bundle 328 bytes, and the notebook's newest version."""

    bundle: bytes = field(repr=False)
    version: int
    box: bytes = field(repr=False)


def kept(db: Store, fp: bytes) -> Kept:
    query = select(Enrolment.bundle, Notebook.version, Notebook.box).join(Notebook, Notebook.fp == Enrolment.fp)
    return Kept(*db.execute(query.where(Enrolment.fp == fp)).one())


def save_notebook(db: Store, *, site: bytes, fp: bytes, version: int, tag: bytes, box: bytes) -> Event:
    """The next version of a notebook, if nobody was faster. The same version and box again: its event.

    Raises: Refusal 409 `newer` with the version that stands, 415 for what is not a box.
    """
    if not 1 <= version <= MAX_INT:
        raise Malformed("a notebook's versions count from 1")
    sealed_box(box, most=NOTEBOOK_MOST)
    turned = update(Notebook).where(Notebook.fp == fp, Notebook.version == version - 1)
    if db.change(turned.values(version=version, box=box)) == 1:
        return _log_notebook(db, site, fp, version, tag, box)
    now = kept(db, fp)
    if (now.version, now.box) == (version, box):
        return _event_of(db, tag, fp)
    raise Newer(now.version, now.box)


class Newer(Exception):
    """Another tab saved first; the client merges with what stands."""

    def __init__(self, version: int, box: bytes) -> None:
        super().__init__("newer")
        self.version, self.box = version, box


def change_methods(db: Store, *, site: bytes, fp: bytes, session: bytes, body: bytes) -> Event:
    """Add a way to unlock, or remove one (its wrap is empty), with the notebook that lists them.

    Removing one ends every session of this person but `session`.

    Raises: Newer; Refusal 409 `taken`, `last-method`, 404 `no-such-method`, 403; Malformed.
    """
    with only_sealed():
        fields = unframe("methods", body)
    if (fields["site"], fields["fp"]) != (site, fp) or fields["kind"] not in METHOD_KINDS:
        raise Malformed("a method of another account, or of no known kind")
    event = save_notebook(db, site=site, fp=fp, version=fields["version"], tag=fields["tag"], box=fields["notebook"])
    if fields["wrap"]:
        sealed_box(fields["wrap"], most=328, plain_length=32)
        _add_method(db, fp, fields)
    else:
        _remove_method(db, fp, fields)
        sessions.end_others(db, fp, session)
    return event


def _add_method(db: Store, fp: bytes, fields: dict[str, bytes]) -> None:
    row = {name: fields[name] for name in ("locator", "kind", "login_pk", "wrap")} | {"fp": fp}
    if not db.put_new(Method, row):
        there = db.execute(select(Method.fp, Method.wrap).where(Method.locator == fields["locator"])).one()
        if there != (fp, fields["wrap"]):
            raise _taken()


def _remove_method(db: Store, fp: bytes, fields: dict[str, Any]) -> None:
    # The notebook's row is held since its save, so two removals of one account come one after the other.
    kinds = {row.locator: row.kind for row in db.execute(select(Method.locator, Method.kind).where(Method.fp == fp))}
    if kinds.get(fields["locator"]) != fields["kind"]:
        raise Refusal(404, "no-such-method", "This way to unlock is gone already.")
    if len(kinds) == 1:
        raise Refusal(409, "last-method", "This is the only way left to unlock. Add another first.")
    db.change(delete(Method).where(Method.fp == fp, Method.locator == fields["locator"]))


def mark_submitted(db: Store, fp: bytes) -> None:
    """The peer has sent her account: her enrolment stays.

    Raises: Refusal 409 `already-sent` when another request of hers was faster, 401 when the enrolment was erased.
    """
    sent = update(Enrolment).where(Enrolment.fp == fp, Enrolment.submitted.is_(False)).values(submitted=True)
    if db.change(sent) != 1:
        if db.scalar(select(Enrolment.submitted).where(Enrolment.fp == fp)):
            raise Refusal(409, "already-sent", "You have sent an account already. Write to your case instead.")
        raise Refusal(
            401, "locked", "This account lay unsent for thirty days and is erased. Let the page make a new one."
        )


def keep_identity(db: Store, frame: bytes) -> None:
    """Keep a public identity under its own hash, once."""
    unframe("identity", frame)
    db.put_new(Identity, {"fp": H(frame), "frame": frame})


def identities(db: Store, fps: Collection[bytes]) -> dict[bytes, bytes]:
    """{fp: identity frame} of those that are known."""
    rows = db.execute(select(Identity.fp, Identity.frame).where(Identity.fp.in_(list(fps))))
    return {row.fp: row.frame for row in rows}


def erase_unsent(db: Store, *, site: bytes, keep: Collection[bytes]) -> int:
    """Erase peers' accounts that sent nothing in 30 days, unless in `keep`; how many went. Each is on the log."""
    old = select(Enrolment.fp).where(
        Enrolment.submitted.is_(False), Enrolment.role == "peer", Enrolment.day < clock.today() - UNSENT_DAYS
    )
    # Locked: whoever sends her account at this moment is waited for, and then is not old any more.
    gone = [fp for fp in db.scalars(old.with_for_update()) if fp not in keep]
    for fp in gone:
        for model in (LiveSession, Method, Notebook, Identity, Enrolment):
            db.change(delete(model).where(model.fp == fp))
        # A random tag: this account's lane has no reader any more.
        audit.append(db, "erased", site=site, lane=Lane("act", tag=secrets.token_bytes(32)))
    if gone:
        _forget_notebooks(db, set(gone))
    return len(gone)


def _forget_notebooks(db: Store, fps: set[bytes]) -> None:
    """Take salt and payload from these accounts' leaves; the leaves stay."""
    told = (Event.case.is_(None), Event.salt.is_not(None), Event.type == "notebook")
    rows = db.execute(select(Event.leaf, Event.payload).where(*told))
    audit.forget(db, [leaf for leaf, payload in rows if unframe("event", payload or b"")["actor"] in fps])


def _log_notebook(db: Store, site: bytes, fp: bytes, version: int, tag: bytes, box: bytes) -> Event:
    lane = Lane("account", n=version, tag=log.account_tag(fp, tag))
    return audit.append(db, "notebook", site=site, actor=fp, object=H(box), lane=lane)


def _event_of(db: Store, tag: bytes, fp: bytes) -> Event:
    """The event that this account handed in under this tag: under its own fingerprint, so never another's."""
    event = db.scalars(select(Event).where(Event.tag == log.account_tag(fp, tag))).one_or_none()
    if event is None or event.payload is None:
        raise Refusal(409, "other-tag", "This was saved under another number. Reload the page. Nothing is lost.")
    return event


def _taken() -> Refusal:
    return Refusal(409, "taken", "These words are in use already. Let the page make new ones.")
