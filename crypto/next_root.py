"""`python -m crypto next-root FILE`: another log key, other witnesses or another number of them, signed with a sheet.

FILE is what the server's `for-roots` printed. Nothing in it is believed: the roots are followed from the first, and
every list of people under them. Whom roots list, they vouch for: so each binding in the list has to be shown, and no
coordinator or steward slips in whom no root named before.
"""

import argparse
import base64
import copy
import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crypto.auditor.facts import read_facts
from crypto.auditor.organisation import prove
from crypto.auditor.wrong import Wrong
from crypto.checkpoint import read_vkey
from crypto.directory import Directory, next_directory
from crypto.errors import Malformed, SealError
from crypto.frame import H, frame, unframe
from crypto.identity import ed_public, sign_thing
from crypto.people import ROOT_ROLES, read_binding
from crypto.root import read_root
from crypto.root_pair import write_pair
from crypto.sheet import read_root_sheet, root_seed
from crypto.sign_file import ask, groups, secret, stop
from crypto.signing import read_signed

TARGET = "next-root.alongside"
Signer = tuple[bytes, bytes]


@dataclass(frozen=True)
class Standing:
    """How things are. newest: frame `root` in force. state: the list in force. people: the bindings in it."""

    newest: bytes
    state: Directory
    people: list[dict[str, Any]]

    @property
    def root(self) -> dict[str, Any]:
        return self.state.root


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, help="what `app.cli for-roots` printed")
    command.add_argument("--log-vkey", default="", help="the log's new key: alongside+..., as new-log-key printed it")
    command.add_argument("--witness", action="append", default=[], help="a witness to add: its key, NAME+ID+KEY")
    command.add_argument("--no-witness", action="append", default=[], help="the name of a witness to leave out")
    command.add_argument("--quorum", type=int, help="how many witnesses must have signed the log")
    command.add_argument("--coordinators", type=int, help="how many coordinators must sign to let somebody in")
    command.add_argument("--yes", action="store_true", help="do not ask whether this is what is meant")


def run(chosen: argparse.Namespace) -> int:
    """Say what would change, ask, sign root and list. Returns: 0, or 1 with words."""
    try:
        standing = proven(_told(chosen.file))
        root = next_version(standing, chosen)
        print("\n".join(described(standing, root)))
        if not chosen.yes and ask("Is this what you want to sign? Type yes: ").strip().lower() != "yes":
            return stop("Nothing was signed.")
        signers = _signers(standing.root)
        target = chosen.file.with_name(TARGET)
        target.write_bytes(signed_pair(standing, root, signers, int(time.time())))
    except OSError as wrong:
        return stop(f"The file can't be read or written: {wrong.strerror}.")
    except Wrong as wrong:
        return stop(f"Nothing was signed. What the server says of itself does not hold together: {wrong}")
    except SealError as wrong:
        return stop(f"Nothing was signed: {wrong}.")
    missing = standing.root["threshold"] - len(signers)
    if missing > 0:
        print(f"Signed. {missing} more must sign, each by: python -m crypto sign {TARGET}. Hand this file on: {target}")
    else:
        print(f"Signed. Take this file to the server, within three days: {target}")
    return 0


def proven(told: dict[str, Any]) -> Standing:
    """Args: told: what the server printed. Raises: Wrong, SealError: it does not prove what it says."""
    facts = read_facts({**told, "bindings": [*told.get("bindings", []), *told["people"]]})
    state = prove(facts, None).state
    if state is None:
        raise Malformed("this site has no list of people")
    shown = {one["hash"]: one for one in (read_binding(_bytes(text)) for text in told["people"])}
    if shown.keys() != state.bindings:
        raise Malformed("the list holds somebody whom the file does not show; make it again with `app.cli for-roots`")
    for one in shown.values():
        if ROOT_ROLES & set(one["roles"]) and one["hash"] not in state.rooted:
            raise Malformed(f"the list holds {one['name']}, whom no root named; take them off the list first")
    people = sorted(shown.values(), key=lambda one: (one["roles"], one["name"]))
    return Standing(read_signed(facts.roots[-1])[0], state, people)


def next_version(standing: Standing, chosen: argparse.Namespace) -> bytes:
    """Frame `root` that follows. Raises: Malformed: what can't be, or changes nothing."""
    fields = unframe("root", standing.newest)
    quorum = fields["quorum"] if chosen.quorum is None else chosen.quorum
    coordinators = fields["coordinators"] if chosen.coordinators is None else chosen.coordinators
    new = {
        "log_vkey": chosen.log_vkey.strip() or fields["log_vkey"], "quorum": quorum, "coordinators": coordinators,
        "witnesses": _witnesses(fields["witnesses"], chosen.witness, chosen.no_witness),
    }  # fmt: skip
    if all(fields[name] == value for name, value in new.items()):
        raise Malformed("this root would change nothing; say what is to be other with --log-vkey, --witness, --quorum")
    following = {"version": fields["version"] + 1, "prev": H(standing.newest)}
    try:
        root = frame("root", {**fields, **new, **following})
    except ValueError:
        raise Malformed("a number or a key that can't be") from None
    read_root(root)
    return root


def _witnesses(lines: str, add: list[str], leave_out: list[str]) -> str:
    kept = {read_vkey(line)["name"]: line for line in lines.split("\n") if line}
    for name in leave_out:
        if kept.pop(name, None) is None:
            raise Malformed(f"the root names no witness {name}")
    for line in add:
        name = read_vkey(line.strip())["name"]
        if kept.setdefault(name, line.strip()) != line.strip():
            raise Malformed(f"{name} has another key so far; leave that out with --no-witness {name}")
    return "\n".join(kept.values())


def described(standing: Standing, root: bytes) -> list[str]:
    """What would be signed and what changes by it, in words."""
    old, new, state = standing.root, read_root(root), standing.state
    lines = [f"This is version {new['version']} of the organisation's root, for site {groups(state.site[:16])}."]
    if old["log_vkey"] != new["log_vkey"]:
        lines += ["  The log's key changes", f"    from {old['log_vkey']}", f"    to   {new['log_vkey']}"]
    were, are = ({f"{one['name']}+{one['key_id'].hex()}" for one in root["witnesses"]} for root in (old, new))
    lines += [f"  Witness left out: {one}" for one in sorted(were - are)]
    lines += [f"  Witness added: {one}" for one in sorted(are - were)]
    lines += _number("Witnesses that must have signed the log", old["quorum"], new["quorum"])
    lines += _number("Coordinators who must sign to let somebody in", old["coordinators"], new["coordinators"])
    lines.append(f"With it the list of people as it is, as version {state.version + 1}, for seven days. You vouch for:")
    for one in standing.people:
        gone = ", suspended" if one["fp"] in state.revoked else ""
        lines.append(f"  {one['name']} ({', '.join(one['roles'])}){gone}")
    return [*lines, f"  hash of the root: {groups(H(root)[:16])}"]


def _number(what: str, old: int, new: int) -> list[str]:
    return [f"  {what}: {new} ({old} so far)"] if old != new else []


def signed_pair(standing: Standing, root: bytes, signers: list[Signer], now_s: int) -> bytes:
    """The file to hand on. Args: signers: (public key, seed) of root keys."""
    under = copy.copy(standing.state)
    under.root = read_root(root)
    directory = next_directory(under, (), (), (), now_s)
    return write_pair(sign_thing(root, signers), sign_thing(directory, signers))


def _signers(root: dict[str, Any]) -> list[Signer]:
    """The keys of the sheets that are typed in, as many as must sign; an empty line ends it after the first."""
    found: dict[bytes, bytes] = {}
    while len(found) < root["threshold"]:
        ends = ", or Enter to hand on to another holder" if found else ""
        text = secret(f"The forty characters of a root sheet{ends}: ")
        if found and not text.strip():
            break
        code = read_root_sheet(text)
        seeds = {ed_public(seed): seed for seed in (root_seed(code, i) for i in range(len(root["root_pks"])))}
        mine = {pk: seed for pk, seed in seeds.items() if pk in root["root_pks"]}
        if not mine:
            raise Malformed("this is no root sheet of this site")
        found |= mine
    return list(found.items())


def _told(file: Path) -> dict[str, Any]:
    """Raises: Malformed, OSError."""
    try:
        told = json.loads(file.read_bytes())
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or not isinstance(told.get("people"), list):
        raise Malformed(f"{file} is not what `app.cli for-roots` prints")
    return told


def _bytes(text: object) -> bytes:
    """Of a value whose form `read_facts` has looked at."""
    return base64.urlsafe_b64decode(f"{text}===")
