"""How a vector is run in Python: its function by name, its arguments out of JSON, its result back into JSON."""

import importlib
import inspect
from collections.abc import Callable
from typing import Any

from crypto import checkpoint, errors, export, keys, submission
from crypto import directory as directories
from crypto.chain import Chain
from crypto.frame import H
from crypto.people import fingerprint
from crypto.signing import read_signed

Json = Any


def from_json(value: Json) -> Any:
    if isinstance(value, dict):
        return bytes.fromhex(value["hex"]) if set(value) == {"hex"} else {k: from_json(v) for k, v in value.items()}
    return [from_json(v) for v in value] if isinstance(value, list) else value


def to_json(value: Any) -> Json:
    if isinstance(value, bytes):
        return {"hex": value.hex()}
    if isinstance(value, dict) and any(isinstance(k, bytes) for k in value):
        return [[to_json(k), to_json(v)] for k, v in sorted(value.items())]
    if isinstance(value, dict):
        return {k: to_json(v) for k, v in value.items()}
    if isinstance(value, set | frozenset):
        return [to_json(v) for v in sorted(value)]
    return [to_json(v) for v in value] if isinstance(value, list | tuple) else value


def error_class(name: str) -> type[Exception]:
    return ValueError if name == "ValueError" else getattr(errors, name)


def call(module: str, fn: str, arguments: dict[str, Json]) -> Json:
    """The result of one vector as JSON. Whatever the function raises, this raises."""
    given = from_json(arguments)
    if fn in SPECIAL:
        return to_json(SPECIAL[fn](**given))
    function = _function(module, fn)
    for name in ("identity", "steward"):
        if isinstance(given.get(name), dict):
            given[name] = keys.Identity(**given[name])
    if "method" in given:
        given["method"] = keys.Method(**given["method"])
    if fn in ("open_note", "cosignatures"):
        algorithm = checkpoint.ED25519 if fn == "open_note" else checkpoint.COSIGNATURE
        given["keys"] = {(n, checkpoint.key_id(n, pk, algorithm)): pk for n, pk in given["keys"]}
    elif "keys" in given:
        given["keys"] = dict(given["keys"])
    try:
        inspect.signature(function).bind(**given)
    except TypeError as wrong:  # the vector is wrong, not refused
        raise LookupError(f"{fn}: {wrong}") from None
    result = function(**given)
    if fn == "cosignatures":
        return sorted(to_json(pair) for pair in result.items())
    return None if fn in ("check_box", "check_chunk") else to_json(result)


def _function(module: str, fn: str) -> Callable:
    for name in (module, "keys", "submission", "posted", "mail", "root", "entry", "people"):
        found = importlib.import_module(f"crypto.{name}")
        if hasattr(found, fn):
            return getattr(found, fn)
    raise LookupError(fn)


def _start(given: dict[str, Any]) -> tuple[directories.Directory, dict[bytes, bytes]]:
    bindings = {H(b): b for b in given.pop("bindings", [])}
    start = directories.start(given.pop("site"), given.pop("roots"), given.pop("directories"), bindings)
    return start, bindings


def directory(accept: list | None = None, now: int | None = None, **given: Any) -> dict[str, Any]:
    state, bindings = _start(given)
    for signed in accept or []:
        state.accept(signed, bindings)
    if now is not None:
        state.check_fresh(now)
    return {k: getattr(state, k) for k in ("version", "hash", "bindings", "revoked", "rooted", "coordinators")}


def check_binding(binding: bytes, **given: Any) -> dict[str, Any]:
    return _start(given)[0].check_binding(binding)


def role_holders(role: str, **given: Any) -> list[bytes]:
    state, bindings = _start(given)
    return [person["hash"] for person in state.role_holders(role, bindings)]


def check_duty(signed: bytes, now_s: int, **given: Any) -> list[bytes]:
    state, bindings = _start(given)
    return state.check_duty(signed, bindings, now_s)


def next_directory(add: list, drop: list, revoke: list, now_s: int, **given: Any) -> bytes:
    return directories.next_directory(_start(given)[0], add, drop, revoke, now_s)


def chain(
    site: bytes, case: bytes, entries: list, identities: list, revoked: Any = (), left: Any = (), new: bool = True
) -> dict[str, Any]:
    state, kinds = Chain(site, case), []
    known = {fingerprint(i): i for i in identities}
    for entry in entries:
        if isinstance(entry, dict):
            kinds.append(state.accept_erased(entry["header"], entry["hash"])["kind"])
        else:
            gone = None if left is None else set(left)
            kinds.append(state.accept(entry, known, set(revoked), gone, new)["kind"])
    shown = ("seq", "head", "epoch", "roster_hash", "owner", "members")
    return {k: getattr(state, k) for k in shown} | {"kinds": kinds}


def identity(ed_seed: bytes, xwing_seed: bytes) -> dict[str, bytes]:
    who = keys.Identity(ed_seed, xwing_seed)
    return {k: getattr(who, k) for k in ("ed_pk", "xwing_pk", "frame", "fp")}


def method(secret: bytes, site: bytes, role: str, kind: str) -> dict[str, Any]:
    return dict(vars(keys.method(secret, site, role, kind)))


def open_bundle(**given: Any) -> dict[str, bytes]:
    who = keys.open_bundle(**given)
    return {"ed_seed": who.ed_seed, "xwing_seed": who.xwing_seed}


def read_submission(**given: Any) -> dict[str, Any]:
    parts = submission.read_submission(**given)
    return {"enrolled": parts["enrol"] is not None} | {k: parts[k] for k in ("case", "owner", "hash")}


def signed(data: bytes) -> dict[str, Any]:
    thing, sigs = read_signed(data)
    return {"thing": thing, "sigs": sigs}


def open_export(data: bytes, secret: bytes) -> dict[str, Any]:
    found = export.open_export(data, secret)
    records = [i for i in found["reading"].items if i["kind"] == "record"] if found["reading"] else []
    return {
        "site": found["site"], "role": found["role"], "fp": found["fp"], "notebook": found["notebook"],
        "letters": [letter["payload"] for letter in found["letters"]], "people": sorted(found["people"]),
        "items": [{k: i[k] for k in ("kind", "payload", "unreadable")} for i in records],
    }  # fmt: skip


SPECIAL: dict[str, Callable] = {
    "directory": directory, "check_binding": check_binding, "role_holders": role_holders, "check_duty": check_duty,
    "next_directory": next_directory, "chain": chain, "identity": identity, "method": method,
    "open_bundle": open_bundle, "read_submission": read_submission, "read_signed": signed, "open_export": open_export,
}  # fmt: skip
