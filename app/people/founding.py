"""The ceremony: the one-time link, and what it brings in one commit.

Root, first coordinator and first directory become the site; its id is the hash of that root.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select, update

from app.accounts import service as accounts
from app.audit import service as audit
from app.audit import signer
from app.audit.models import Event
from app.db import Store
from app.errors import Refusal
from app.people import service
from app.people.joining import check_binding, keep_binding
from app.people.models import Founding
from app.sealed import only_sealed
from app.site import Root, founded
from crypto import directory as signed_directory
from crypto.frame import H, unframe
from crypto.root import read_root
from crypto.signing import read_signed, verify_signed


@dataclass(frozen=True)
class Ceremony:
    """What the founding page sends, as signed."""

    root: bytes
    enrol: bytes
    enrol_sig: bytes
    binding: bytes
    directory: bytes


def new_link(db: Store) -> bytes | None:
    """32 bytes for a new link; the ones before stop working. None once the site is founded."""
    if founded(db) is not None:
        return None
    token = secrets.token_bytes(32)
    db.change(delete(Founding))
    db.put(Founding, {"token_hash": H(token), "used": False})
    return token


def check_link(db: Store, token: bytes) -> None:
    """Nothing, while the link can be used. Raises: Refusal 404 `no-such-link`, 410 `used`."""
    used = db.scalar(select(Founding.used).where(Founding.token_hash == H(token)))
    if used is None:
        words = "This link is not known here. Ask the person who runs the site for a new one."
        raise Refusal(404, "no-such-link", words)
    if used or founded(db) is not None:
        raise Refusal(410, "used", "This link was used. Sign in with your words instead.")


def found(db: Store, token: bytes, ceremony: Ceremony) -> tuple[accounts.Account, dict[str, Event]]:
    """Found the site. The same bytes again, while the account is new: the same answer.

    Raises: Refusal 404, 409 `other-log-key`, 410; Malformed, WrongPlace, BadSignature, NotAllowed.
    """
    with only_sealed():
        root = read_root(read_signed(ceremony.root)[0])
        fields = unframe("directory", read_signed(ceremony.directory)[0])
    site = root["hash"]
    if founded(db) == site:
        return _again(db, token, site, ceremony)
    check_link(db, token)
    if root["log_vkey"] != signer.vkey():
        raise Refusal(409, "other-log-key", "This page is older than the server's log key. Reload it and start again.")
    binding = check_binding(ceremony.binding, site)
    signed_directory.start(site, [ceremony.root], [ceremony.directory])
    if "coordinator" not in binding["roles"] or binding["hash"] not in fields["bindings"] or fields["version"] != 1:
        raise Refusal(400, "no-coordinator", "The first list of people must name you as a coordinator. Start again.")
    _use_link(db, token)
    if not db.put_new(Root, {"version": 1, "hash": site, "signed": ceremony.root}):
        raise Refusal(410, "used", "This site is set up already. Sign in with your words instead.")
    account = accounts.enrol(db, site=site, enrol=ceremony.enrol, sig=ceremony.enrol_sig, role="staff")
    keep_binding(db, binding, ceremony.binding, account)
    return account, _log(db, site, ceremony, root, fields, account)


def _log(
    db: Store, site: bytes, ceremony: Ceremony, root: dict[str, Any], fields: dict[str, Any],
    account: accounts.Account,
) -> dict[str, Event]:  # fmt: skip
    keys = {pk: pk for pk in root["root_pks"]}
    lane = audit.site_lane(site, "root", 1)
    by_root = verify_signed(ceremony.root, keys)[0]
    rooted = audit.append(db, "root", site=site, actor=by_root, object=site, lane=lane)
    first = verify_signed(ceremony.directory, keys)[0]
    listed = service.keep_directory(db, site, ceremony.directory, fields, first, rooted=True)
    assert account.event is not None
    return {"root": rooted, "notebook": account.event, "directory": listed}


def _use_link(db: Store, token: bytes) -> None:
    use = update(Founding).where(Founding.token_hash == H(token), Founding.used.is_(False)).values(used=True)
    if db.change(use) != 1:
        raise Refusal(410, "used", "This link was used. Sign in with your words instead.")


def _again(db: Store, token: bytes, site: bytes, ceremony: Ceremony) -> tuple[accounts.Account, dict[str, Event]]:
    if db.scalar(select(Founding.used).where(Founding.token_hash == H(token))) is None:
        check_link(db, token)
    account = accounts.enrol(db, site=site, enrol=ceremony.enrol, sig=ceremony.enrol_sig, role="staff")
    if account.event is None or service.known(db).state.version != 1:
        raise Refusal(410, "used", "This link was used. Sign in with your words instead.")
    root, directory = (service.site_event(db, lane, 1) for lane in ("root", "directory"))
    return account, {"root": root, "notebook": account.event, "directory": directory}
