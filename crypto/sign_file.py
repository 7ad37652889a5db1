"""`python -m crypto sign FILE`: what only the holder of a root sheet may put into force, signed away from the server.

The file holds a frame `root`, `directory`, `manifest` or `restore`, bare or in `signed` by others already; or what
`next-root` wrote: a root and the list of people under it, which are signed together.
"""

import argparse
import datetime
import getpass
import sys
from pathlib import Path
from typing import Any

from crypto.errors import Malformed, SealError
from crypto.frame import H, frame, tag_of, unframe
from crypto.identity import ed_public, sign
from crypto.root_pair import is_pair, read_pair, write_pair
from crypto.sheet import read_root_sheet, root_seed
from crypto.signing import read_signed

KINDS = {
    "root": "the organisation's root keys, log key and witnesses",
    "directory": "the list of people",
    "manifest": "the list of pages and scripts",
    "restore": "the site put back from a backup",
}
SHOWN = ("version", "log", "size", "day")
SUFFIX = ".signed"


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, help="as the server's command wrote it, or as another holder signed it")
    command.add_argument("--index", type=int, default=0, help="which root key this sheet is, from 0")
    command.add_argument("--yes", action="store_true", help="do not ask whether this is what is meant")


def run(chosen: argparse.Namespace) -> int:
    """Show what would be signed, ask, sign. Returns: 0, or 1 with words."""
    try:
        data = chosen.file.read_bytes()
        print("\n".join(described(opened(part)[0]) for part in _parts(data)))
        if not chosen.yes and ask("Is this what you want to sign? Type yes: ").strip().lower() != "yes":
            return stop("Nothing was signed.")
        code = read_root_sheet(secret("The forty characters of the root sheet: "))
        target = chosen.file if chosen.file.suffix == SUFFIX else chosen.file.with_name(chosen.file.name + SUFFIX)
        seed = root_seed(code, chosen.index)
        signed = [with_signature(part, seed) for part in _parts(data)]
        target.write_bytes(write_pair(*signed) if is_pair(data) else signed[0])
    except OSError as wrong:
        return stop(f"The file can't be read or written: {wrong.strerror}.")
    except SealError as wrong:
        return stop(f"Nothing was signed: {wrong}.")
    print(f"Signed. Hand this file on: {target}")
    return 0


def _parts(data: bytes) -> list[bytes]:
    """What is to be signed in this file. Raises: Malformed."""
    return list(read_pair(data).values()) if is_pair(data) else [data]


def opened(data: bytes) -> tuple[bytes, dict[bytes, bytes]]:
    """The frame to sign, and the signatures that are on it. Raises: Malformed: nothing that roots sign."""
    thing, sigs = read_signed(data) if tag_of(data) == "signed" else (data, {})
    if tag_of(thing) not in KINDS:
        raise Malformed("this is nothing that the holder of a root sheet signs")
    unframe(tag_of(thing), thing)
    return thing, sigs


def with_signature(data: bytes, ed_seed: bytes) -> bytes:
    """Frame `signed` with one more signature, by the root key of this 32-byte seed. Raises: Malformed."""
    thing, sigs = opened(data)
    mine = {ed_public(ed_seed): sign(ed_seed, thing)}
    return frame("signed", {"thing": thing, "sigs": [who + sig for who, sig in {**sigs, **mine}.items()]})


def described(thing: bytes) -> str:
    """What is about to be signed, in words, with numbers to read to somebody on the phone."""
    tag = tag_of(thing)
    fields = unframe(tag, thing)
    lines = [f"This is {KINDS[tag]}."]
    lines += [f"  {name}: {fields[name]}" for name in SHOWN if name in fields]
    if "site" in fields:
        lines.append(f"  site: {groups(fields['site'][:16])}")
    if "time" in fields:
        when = datetime.datetime.fromtimestamp(fields["time"], datetime.UTC)
        lines.append(f"  time: {when:%Y-%m-%d %H:%M} UTC")
    lines += _more(tag, fields)
    return "\n".join([*lines, f"  hash: {groups(H(thing)[:16])}"])


def _more(tag: str, fields: dict[str, Any]) -> list[str]:
    if tag == "root":
        witnesses = fields["witnesses"].replace("\n", ", ") or "none"
        return [
            f"  log key: {fields['log_vkey']}",
            f"  signatures needed: {fields['threshold']} of {len(fields['root_pks'])}",
            f"  witnesses: {witnesses}; needed: {fields['quorum']}",
        ]
    if tag == "directory":
        return [f"  people: {len(fields['bindings'])}, suspended: {len(fields['revoked'])}"]
    return [f"  files: {len(fields['files'].splitlines())}"] if tag == "manifest" else []


def groups(data: bytes) -> str:
    text = data.hex()
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


def ask(prompt: str) -> str:
    print(prompt, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().rstrip("\n")


def secret(prompt: str) -> str:
    return getpass.getpass(prompt) if sys.stdin.isatty() else ask(prompt)


def stop(words: str) -> int:
    print(words, file=sys.stderr)
    return 1
