"""What a person opens at home: an exported case, or any sealed file to see what it is. Offline, without a server."""

import argparse
import datetime
import getpass
import json
import os
import sys
import unicodedata
from pathlib import Path
from typing import Any

from crypto.errors import CannotOpen, SealError, UnknownWords
from crypto.export import open_export, read_export
from crypto.frame import FRAMES, tag_of, unframe
from crypto.sheet import read_sheet
from crypto.words import words_secret


def add_arguments(command: argparse.ArgumentParser) -> None:
    """What may be said on the command line."""
    command.add_argument("file", type=Path)


def run(chosen: argparse.Namespace) -> int:
    """Open or inspect one file. Returns: 0, or 1 when the file or the words are refused, in words."""
    try:
        data = chosen.file.read_bytes()
        print(_open(data) if chosen.command == "open" else _inspect(data), flush=True)
    except BrokenPipeError:  # whoever reads it has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as wrong:
        return _stop(f"The file can't be read: {wrong.strerror}.")
    except UnknownWords as wrong:
        places = ", ".join(str(i + 1) for i in wrong.positions)
        return _stop(f"Not in the word list: number {places}. Check the spelling and try again.")
    except CannotOpen:
        return _stop("This does not open. Check the words or the sheet, and that they belong to this account.")
    except (SealError, ValueError) as wrong:
        return _stop(f"This file is refused: {wrong}.")
    return 0


def _open(data: bytes) -> str:
    export = read_export(data)
    found = open_export(data, ask(export))
    names = {fp: person["name"] for fp, person in found["people"].items()} | {found["fp"]: "You"}
    lines = [f"Site {found['site'].hex()}", "Chain and signatures: checked."]
    for item in found["reading"].items if found["reading"] else []:
        lines += _entry(item, names, found["reading"].chain.owner)
    for letter in found["letters"]:
        who = names.get(letter["from"], "somebody")
        lines += ["", f"Letter, {letter['kind']}, {_day(letter['day'])}, from {who}", _text(letter)]
    return "\n".join(lines)


def ask(export: dict[str, Any]) -> bytes:
    """The secret that opens what somebody took home, typed by its owner. Args: export: its kind, site and role."""
    if export["kind"] == "passkey":
        raise ValueError("it was made with a passkey; export it again with your words or your sheet")
    ask = getpass.getpass if sys.stdin.isatty() else _line
    if export["kind"] == "sheet":
        return read_sheet(ask("The forty characters of your sheet: "), export["site"])
    email = ask("Your e-mail: ") if export["role"] == "staff" else ""
    return words_secret(ask("Your words: "), export["site"], export["role"], email)


def _entry(item: dict[str, Any], names: dict[bytes, str], owner: bytes) -> list[str]:
    head = f"{item['seq']}. {_day(item['day'])}, "
    if item["kind"] == "roster":
        people = [names.get(m["fp"], "The peer" if m["fp"] == owner else "somebody") for m in item["people"]]
        return ["", head + "who can read from here on: " + ", ".join(people)]
    author = names.get(item["author_fp"], "The peer" if item["author_fp"] == owner else "somebody")
    kind = item["payload"]["kind"] if item["payload"] else "record"
    return ["", f"{head}{kind}, by {author}", _text(item)]


def _text(item: dict[str, Any]) -> str:
    if item["payload"] is None:
        return f"   unreadable: {item['unreadable']}"
    payload = {k: v for k, v in item["payload"].items() if k not in ("kind", "seen", "at", "at_ms")}
    text = _told(payload) or _words(payload) or json.dumps(payload, ensure_ascii=False, indent=3)
    # What somebody else wrote must not steer this terminal.
    return "".join(c if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf") else f"\\u{ord(c):04x}" for c in text)


def _told(payload: dict[str, Any]) -> str:
    """An account as the questions and answers that its page showed; '' when it has none."""
    told = payload.get("told")
    lines = [line for line in told if isinstance(line, dict)] if isinstance(told, list) else []
    if not lines:
        return ""
    rest = {name: value for name, value in payload.items() if name not in ("told", "answers", "card") and value}
    asked = [f"   {line.get('label', '')}\n   {_indented(line.get('text', ''))}" for line in lines]
    return "\n\n".join([*asked, json.dumps(rest, ensure_ascii=False, indent=3)])


def _words(payload: dict[str, Any]) -> str:
    """A payload that is words alone; '' when there is more to it, so that nothing goes unshown."""
    text = payload.get("text")
    return f"   {_indented(text)}" if isinstance(text, str) and set(payload) == {"text"} else ""


def _indented(text: object) -> str:
    return str(text).replace("\n", "\n   ")


def _day(day: int) -> str:
    try:
        return (datetime.date(1970, 1, 1) + datetime.timedelta(days=day)).isoformat()
    except OverflowError:
        return f"day {day}"


def _inspect(data: bytes, indent: str = "") -> str:
    tag = tag_of(data)
    lines = [f"{indent}{tag}, {len(data)} bytes"]
    fields = unframe(tag, data)
    for name, kind in FRAMES[tag]:
        value = fields[name]
        lines.append(f"{indent}  {name}: {_shown(kind, value)}")
        if isinstance(value, bytes) and value[:3] == b"AL1":
            lines.append(_inspect(value, indent + "    "))
    return "\n".join(lines)


def _shown(kind: str, value: Any) -> str:
    if isinstance(value, list):
        return f"{len(value)} items of {kind[1:]} bytes"
    if isinstance(value, bytes):
        return value.hex() if len(value) <= 64 else f"{len(value)} bytes"
    return json.dumps(value)


def _line(prompt: str) -> str:
    print(prompt, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().rstrip("\n")


def _stop(words: str) -> int:
    print(words, file=sys.stderr)
    return 1
