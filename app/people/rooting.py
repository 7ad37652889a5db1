"""The next root: other log key, witnesses, quorum. It comes with a list of people under it, in one transaction.

Both are signed away from here (`python -m crypto next-root`). What they may change, the roots before say.
"""

from __future__ import annotations

import copy
from typing import Any

from sqlalchemy import select

from app import clock
from app.audit import rotation
from app.audit import service as audit
from app.audit.models import Log
from app.db import Store
from app.errors import Refusal
from app.people import service
from app.people.models import Directory
from app.sealed import only_sealed
from app.site import Root
from crypto import checkpoint
from crypto.errors import NotAllowed, WrongPlace
from crypto.frame import H
from crypto.root import count_roots, read_root
from crypto.signing import read_signed, verify_signed

DAY_S = 86_400


def take_root(db: Store, root: bytes, directory: bytes) -> bool:
    """Put the next root and the list under it in force; False when they are already, and nothing was changed.

    From here on this process signs with the key that the root names. The caller commits, then `rotation.put_in_place`.
    Args: root, directory: frames `signed`.
    Raises: Refusal 409 `newer`, `clock`, `unknown-binding`, `other-log-key`; 403 `too-few-signed`; Malformed,
        BadSignature.
    """
    heads = rotation.hold_heads(db)  # first: whoever signs a head looks at the root after that
    now = service.known(db).state
    with only_sealed():
        fields, listed = read_root(read_signed(root)[0]), service.read_directory(directory)
    if fields["hash"] == now.root["hash"] and _is_kept(db, directory):
        rotation.take_up(fields["log_vkey"])
        return False
    state = _follow(db, copy.deepcopy(now), root, directory)
    if not service.in_time(listed["issued"]):
        raise Refusal(409, "clock", "These were signed too long ago, or under a wrong date. Make and sign them again.")
    if not rotation.take_up(fields["log_vkey"]):
        raise Refusal(409, "other-log-key", "The new root names a log key that is not here. Nothing was changed.")
    if fields["log_vkey"] != now.root["log_vkey"]:
        rotation.sign_anew(db, state.site, heads, now.root["log_vkey"])
    _keep(db, state.site, root, fields, now.root)
    by = verify_signed(directory, {pk: pk for pk in fields["root_pks"]})[0]
    service.keep_directory(db, state.site, directory, listed, by, rooted=True)
    return True


def unwatched(db: Store, root: bytes) -> int:
    """How many more witnesses must sign the newest head before nobody would be kept from approving under this root."""
    fields = read_root(read_signed(root)[0])
    keys = {(one["name"], one["key_id"]): one["ed_pk"] for one in fields["witnesses"]}
    note = db.scalar(select(Log.cosigned).order_by(Log.number.desc()).limit(1))
    seen = checkpoint.cosignatures(note, keys) if note else {}
    fresh = [when for when in seen.values() if clock.now_s() - when < DAY_S]
    return max(0, int(fields["quorum"]) - len(fresh))


def _follow(db: Store, state: Any, root: bytes, directory: bytes) -> Any:
    """The list as it will be. Raises: Refusal 409, 403."""
    frames = service.binding_frames(db)
    if not set(service.read_directory(directory)["bindings"]) <= frames.keys():
        raise Refusal(409, "unknown-binding", "The list names somebody whose keys we don't have. Nothing was changed.")
    try:
        state.accept_root(root)
        if not count_roots(directory, state.root):
            raise NotAllowed("too few of the roots signed the list under them")
        state.accept(directory, frames)
    except NotAllowed:
        words = "Not enough holders of root sheets have signed. Nothing was changed."
        raise Refusal(403, "too-few-signed", words) from None
    except WrongPlace:
        words = "The root or the list of people was changed since this was made. Nothing was changed. Make it again."
        raise Refusal(409, "newer", words) from None
    return state


def _is_kept(db: Store, directory: bytes) -> bool:
    digest = H(read_signed(directory)[0])
    return db.scalar(select(Directory.version).where(Directory.hash == digest)) is not None


def _keep(db: Store, at: bytes, signed: bytes, root: dict[str, Any], before: dict[str, Any]) -> None:
    if not db.put_new(Root, {"version": root["version"], "hash": root["hash"], "signed": signed}):
        raise service.newer()
    first = verify_signed(signed, {pk: pk for pk in before["root_pks"]})[0]
    lane = audit.site_lane(at, "root", root["version"])
    audit.append(db, "root", site=at, actor=first, object=root["hash"], lane=lane)
