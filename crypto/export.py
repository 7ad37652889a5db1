"""A case taken home in one file that opens offline, with the words or the sheet (SPEC 13).

Made in the browser; nothing in it is readable without the secret. Vectors: tests/vectors/export.json.
"""

import struct
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from crypto.account import method, open_bundle, unwrap
from crypto.errors import CannotOpen, Malformed, SealError
from crypto.frame import frame, tag_of, unframe
from crypto.identity import Identity
from crypto.letter import open_letter, read_mail
from crypto.notes import open_notebook
from crypto.people import ROLES, fingerprint, identity_of, read_binding, read_identity
from crypto.reading import read_case

GRANT = 1200


def make_export(
    *, site: bytes, role: str, kind: str, locator: bytes, fp: bytes, wrap: bytes, bundle: bytes,
    bindings: Iterable[bytes], entries: Iterable[bytes], grants: Mapping[int, bytes], notebook: tuple[int, bytes],
    mails: Iterable[bytes] = (), receipts: Iterable[bytes] = (),
) -> bytes:  # fmt: skip
    """Frame 'export'.

    Args: bindings: frames 'signed' around bindings, and frames 'identity' of those who have none (the peer).
        entries: from seq 1. grants: {epoch: 1200 bytes}. notebook: (version, box). The rest as in their own frames.
    """
    version, sealed = notebook
    return frame("export", {
        "site": site, "role": role, "kind": kind, "locator": locator, "fp": fp, "wrap": wrap, "bundle": bundle,
        "bindings": _pack(bindings), "entries": _pack(entries), "mails": _pack(mails), "receipts": _pack(receipts),
        "grants": _pack(e.to_bytes(8, "big") + grant for e, grant in sorted(grants.items())),
        "notebook": version.to_bytes(8, "big") + sealed,
    })  # fmt: skip


def read_export(data: bytes) -> dict[str, Any]:
    """The fields of frame 'export', its lists taken apart. grants: {epoch: 1200 bytes}; notebook: (version, box).

    `identities` {fp: frame} and `people` {fp: binding} are read from `bindings`. Raises: Malformed, BadSignature.
    """
    fields = unframe("export", data)
    for name in ("bindings", "entries", "mails", "receipts"):
        fields[name] = _unpack(fields[name])
    grants = _unpack(fields["grants"])
    if any(len(g) != 8 + GRANT for g in grants) or len(fields["notebook"]) < 8:
        raise Malformed("a grant or notebook that can't be one")
    fields["grants"] = {int.from_bytes(g[:8], "big"): g[8:] for g in grants}
    fields["notebook"] = (int.from_bytes(fields["notebook"][:8], "big"), fields["notebook"][8:])
    alone = [f for f in fields["bindings"] if tag_of(f) == "identity"]
    people = [read_binding(f) for f in fields["bindings"] if tag_of(f) != "identity"]
    fields["people"] = {person["fp"]: person for person in people}
    fields["identities"] = {fingerprint(f): f for f in alone} | {p["fp"]: identity_of(p) for p in people}
    return fields


def open_export(data: bytes, secret: bytes, revoked: Collection[bytes] = ()) -> dict[str, Any]:
    """Everything in the file, opened and proven.

    Args: secret: `words_secret(...)` or the sheet's 20 bytes, as the export's `kind` says; or a passkey's PRF output.
    Returns: site, role, fp, identity, notebook (dict), reading (`reading.Reading` or None without entries), letters
        ([{kind, from, to, about, day, payload or None, unreadable}]), receipts (frames), people {fp: binding}.
    Raises: CannotOpen: another secret. Malformed, WrongPlace, BadSignature, NotAllowed: the case is not what it says.
    """
    e = read_export(data)
    m = method(secret, e["site"], e["role"], e["kind"])
    if m.locator != e["locator"]:
        raise CannotOpen("does not open")
    account_key = unwrap(m, e["site"], e["role"], e["fp"], e["wrap"])
    identity = open_bundle(account_key, e["site"], e["role"], e["fp"], e["bundle"])
    identities = {**e["identities"], identity.fp: identity.frame}
    reading = None
    if e["entries"]:
        # An export is the past: who was revoked since then was not when these entries were written.
        reading = read_case(e["site"], e["entries"], identities, e["grants"], identity, revoked, new=False)
    return {
        "site": e["site"], "role": e["role"], "fp": e["fp"], "identity": identity, "people": e["people"],
        "notebook": open_notebook(account_key, e["site"], e["fp"], *e["notebook"]), "reading": reading,
        "letters": [_letter(mail, identity, identities, e["site"]) for mail in e["mails"]], "receipts": e["receipts"],
    }  # fmt: skip


def _letter(mail: bytes, identity: Identity, identities: Mapping[bytes, bytes], site: bytes) -> dict[str, Any]:
    fields = read_mail(mail)
    shown = {k: fields[k] for k in ("kind", "from", "to", "about", "day")}
    sender = identities.get(fields["from"])
    try:
        # Which roles its owner held is the directory's to say; whoever the letter was delivered to took it home.
        payload = open_letter(
            mail, identity, read_identity(sender)["ed_pk"] if sender else None, site=site, roles=ROLES
        )  # fmt: skip
    except SealError:
        return {**shown, "payload": None, "unreadable": "does not open"}
    return {**shown, "payload": payload, "unreadable": None}


def _pack(items: Iterable[bytes]) -> bytes:
    return b"".join(struct.pack(">I", len(item)) + item for item in items)


def _unpack(data: bytes) -> list[bytes]:
    at, items = 0, []
    while at < len(data):
        end = at + 4 + int.from_bytes(data[at : at + 4], "big")
        if at + 4 > len(data) or end > len(data):
            raise Malformed("a list cut short")
        items.append(data[at + 4 : end])
        at = end
    return items
