"""Invitations, and what a person who follows one brings: an account and a binding signed by its own key.

Joining gives no authority. That comes when the directory lists the binding.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import delete, or_, select, update

from app import clock
from app.accounts import service as accounts
from app.db import Store
from app.errors import Refusal
from app.people.models import Binding, StaffInvitation
from app.sealed import only_sealed
from crypto.errors import BadSignature, WrongPlace
from crypto.frame import H, tag_of
from crypto.people import identity_of, read_binding

VALID_S = 7 * 86_400
Keeper = Callable[[Store, bytes, bytes, bytes], None]


def invite(db: Store, token_hash: bytes, roles: Sequence[str]) -> int:
    """Keep an invitation for these roles; when it ends, in Unix seconds. Raises: Refusal 409 for a used hash."""
    expires_s = clock.now_s() + VALID_S
    row = {"token_hash": token_hash, "roles": ",".join(sorted(set(roles))), "expires_s": expires_s, "used_by": None}
    if not db.put_new(StaffInvitation, row):
        raise Refusal(409, "collided", "This link exists already. Make a new one.")
    return expires_s


def invitation(db: Store, token: bytes) -> StaffInvitation:
    """An invitation that can be used. Raises: Refusal 404 `no-such-link`, 410 `used`, `expired`."""
    found = _find(db, token)
    if found.used_by is not None:
        raise _used()
    if found.expires_s <= clock.now_s():
        raise Refusal(
            410, "expired", "This invitation ended after seven days. Ask the person who sent it for a new one."
        )
    return found


def _find(db: Store, token: bytes) -> StaffInvitation:
    found = db.get(StaffInvitation, H(token))
    if found is None:
        raise Refusal(
            404, "no-such-link", "This invitation is not known here. Check that the whole link was copied, or ask anew."
        )
    return found


def join(
    db: Store, site: bytes, token: bytes, *, enrol: bytes, sig: bytes, binding: bytes, mail: bytes | None,
    keepers: Sequence[Keeper],
) -> accounts.Account:  # fmt: skip
    """Follow an invitation. The same bytes again, while the account is new: the same account.

    Raises: Refusal 404, 409 `other-roles`, `taken`, 410; Malformed, WrongPlace, BadSignature.
    """
    person = check_binding(binding, site)
    used_by = _find(db, token).used_by
    if used_by is not None and used_by == person["fp"]:
        return accounts.enrol(db, site=site, enrol=enrol, sig=sig, role="staff")
    asked = invitation(db, token)
    if ",".join(person["roles"]) != asked.roles:
        raise Refusal(409, "other-roles", "The roles are not those of the invitation. Reload the page and try again.")
    use = update(StaffInvitation).where(StaffInvitation.token_hash == H(token), StaffInvitation.used_by.is_(None))
    if db.change(use.values(used_by=person["fp"])) != 1:
        raise _used()
    account = accounts.enrol(db, site=site, enrol=enrol, sig=sig, role="staff")
    keep_binding(db, person, binding, account)
    if mail is not None:
        for keep in keepers:
            keep(db, site, account.fp, mail)
    return account


def check_binding(signed: bytes, site: bytes) -> dict[str, Any]:
    """A newcomer's binding: of this site, the first of its person, signed by its own key.

    Raises: Malformed (as Refusal 415), BadSignature, WrongPlace.
    """
    with only_sealed():
        person = read_binding(signed)
    if tag_of(signed) != "signed":
        raise BadSignature("a binding that nobody signed")
    if person["site"] != site or person["seq"] != 1:
        raise WrongPlace("a binding of another site or of another time")
    return person


def keep_binding(db: Store, person: dict[str, Any], signed: bytes, account: accounts.Account) -> None:
    """Keep a newcomer's binding, whose keys are those of the account.

    Raises: WrongPlace for other keys; Refusal 409 when the person's number is somebody's already.
    """
    if H(identity_of(person)) != account.fp:
        raise WrongPlace("a binding with other keys than the account's")
    taken = select(Binding.hash).where(or_(Binding.person == person["person"], Binding.fp == person["fp"]))
    if db.scalar(taken.limit(1)) is not None:
        raise Refusal(409, "taken", "This name tag is in use already. Reload the page and try again.")
    row = {name: person[name] for name in ("hash", "fp", "person", "seq")} | {"signed": signed, "listed": None}
    db.put(Binding, row)


def sweep(db: Store) -> int:
    """Delete invitations that ended unused; how many went."""
    old = delete(StaffInvitation).where(
        StaffInvitation.expires_s <= clock.now_s() - VALID_S, StaffInvitation.used_by.is_(None)
    )
    return db.change(old)


def _used() -> Refusal:
    return Refusal(410, "used", "This invitation was used. Sign in with your words, or ask for a new one.")
