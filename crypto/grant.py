"""Who gets the key of an epoch: rosters made, grants and links opened (SPEC 7).

A grant carries no signature: `kc` in the signed roster fixes the key, so a forged grant fails.
Vectors: tests/vectors/grant.json.
"""

import hmac
from collections.abc import Sequence
from typing import Any

from crypto.box import box, unbox
from crypto.chain import Chain
from crypto.entry import LEAD, OWNER, ZEROS16, case_id
from crypto.errors import CannotOpen, WrongPlace
from crypto.frame import H, frame, unframe
from crypto.hkdf import hkdf
from crypto.identity import Identity, sign
from crypto.people import read_identity
from crypto.seal import open_seal, seal
from crypto.signing import ZEROS32


def kc(epoch_key: bytes, case: bytes, e: int) -> bytes:
    """32 bytes by which a roster fixes the key of epoch `e`."""
    return hkdf(epoch_key, frame("kc", {"case": case, "e": e}), 32)


def lane_key(epoch_key: bytes, case: bytes, e: int) -> bytes:
    """The key of the case's lanes in the log for epoch `e`: 32 bytes, given to the server with the roster."""
    return hkdf(epoch_key, frame("lane", {"case": case, "e": e}), 32)


def make_rekey(
    identity: Identity, chain: Chain | None, *, site: bytes, parent: bytes = ZEROS16, nonce: bytes, epoch_key: bytes,
    last_key: bytes | None, members: Sequence[dict[str, Any]], owner_fp: bytes, day: int, log_size: int = 0,
    log_root: bytes = ZEROS32, parent_roster: bytes = ZEROS32,
) -> dict[str, bytes]:  # fmt: skip
    """The next roster, signed, with one grant for each member.

    Args: chain: the case so far, None for a new one. epoch_key: 32 fresh random bytes. last_key: the key of the epoch
        before, None to give no history (an owner who could not open it may go on without). members: all of them, the
        owner too: {"identity": identity frame, "lead": bool}. nonce, parent: 16 bytes. day: UTC days since 1970.
    Returns: rekey (frame), entry (frame), roster (frame), lane_key (32 bytes).
    Raises: Malformed: no identity frame; ValueError. The rules of rosters are `Chain.accept`'s to say.
    """
    people = [(read_identity(m["identity"]), m["lead"]) for m in members]
    case = chain.case if chain else case_id(site, owner_fp, parent, nonce)
    e, last = (chain.epoch + 1, chain.roster_hash) if chain else (1, ZEROS32)
    roster = frame("roster", {
        "site": site, "case": case, "parent": parent, "nonce": nonce, "e": e, "last_roster": last, "day": day,
        "seq": chain.seq + 1 if chain else 1, "prev": chain.head if chain else ZEROS32, "issuer": identity.fp,
        "members": [p["fp"] + bytes([_flags(p["fp"], lead, owner_fp)]) for p, lead in people],
        "kc": kc(epoch_key, case, e), "parent_roster": parent_roster, "log_size": log_size, "log_root": log_root,
        "link": box(epoch_key, _link(site, case, e, last), last_key) if chain and last_key else b"",
    })  # fmt: skip
    entry = frame("entry", {"header": roster, "body": sign(identity.ed_seed, roster)})
    grants = [p["fp"] + seal(p["xwing_pk"], _grant(site, case, e, roster, p["fp"]), epoch_key) for p, _ in people]
    lane = lane_key(epoch_key, case, e)
    rekey = frame("rekey", {"entry": entry, "grants": grants, "lane_key": lane})
    return {"rekey": rekey, "entry": entry, "roster": roster, "lane_key": lane}


def open_grant(grant: bytes, roster: bytes, identity: Identity) -> bytes:
    """The epoch's key, 32 bytes, if it is the one that the roster (a frame, verified by the caller) fixes.

    Args: grant: fp and sealed key, 1200 bytes.
    Raises: WrongPlace: somebody else's grant. CannotOpen: not for this roster, or another key. Malformed.
    """
    r = unframe("roster", roster)
    if grant[:32] != identity.fp:
        raise WrongPlace("somebody else's grant")
    key = open_seal(identity.xwing_seed, _grant(r["site"], r["case"], r["e"], roster, identity.fp), grant[32:])
    return _checked(key, r)


def open_link(roster: bytes, epoch_key: bytes, last_roster: bytes) -> bytes:
    """The key of the epoch before `roster`, 32 bytes, checked against the kc of `last_roster` (a frame).

    Raises: WrongPlace: another roster came last. CannotOpen: no history was given, or not this key. Malformed.
    """
    r, last = unframe("roster", roster), unframe("roster", last_roster)
    if H(last_roster) != r["last_roster"]:
        raise WrongPlace("another roster came before this one")
    if not r["link"]:
        raise CannotOpen("this roster gives no history")
    return _checked(unbox(epoch_key, _link(r["site"], r["case"], r["e"], r["last_roster"]), r["link"]), last)


def _checked(key: bytes, roster: dict[str, Any]) -> bytes:
    if len(key) != 32 or not hmac.compare_digest(kc(key, roster["case"], roster["e"]), roster["kc"]):
        raise CannotOpen("not the key that the roster fixes")
    return key


def _flags(fp: bytes, lead: bool, owner_fp: bytes) -> int:
    return OWNER if fp == owner_fp else LEAD if lead else 0


def _grant(site: bytes, case: bytes, e: int, roster: bytes, grantee: bytes) -> bytes:
    return frame("grant", {"site": site, "case": case, "e": e, "roster": H(roster), "grantee": grantee})


def _link(site: bytes, case: bytes, e: int, last_roster: bytes) -> bytes:
    return frame("link", {"site": site, "case": case, "e": e, "last_roster": last_roster})
