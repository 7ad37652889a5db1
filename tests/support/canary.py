"""Search everything a server and a browser left behind for words that a person typed into a sealed field.

A canary is a text with a rare word in it. It is looked for plain and in every encoding that software puts
text into by accident. A place that was not really read must not count as clean, so each has a control:
bytes that are known to be in it, and that the search has to find first.
"""

import base64
import gzip
import html
import json
import re
import secrets
import urllib.parse
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import brotli

LETTERS = "bcdfghjklmnpqrstvwxz"
EMPTY_PAGES = re.compile(rb"\0{256,}")  # a database's files are mostly these, and nothing hides in them
SHORTEST = 8  # a shorter word is found by chance in random bytes


class LookedAtNothing(AssertionError):
    """The search proves nothing: no canary, no place, or a place without its control."""


class CanaryFound(AssertionError):
    """Sealed words, readable where nobody but the people named should read."""


@dataclass(frozen=True)
class Place:
    """Somewhere that text may have got to: its name, what it must contain, and its pieces by name."""

    name: str
    control: bytes
    pieces: Mapping[str, bytes]


def rare_word() -> str:
    return f"ca{''.join(secrets.choice(LETTERS) for _ in range(12))}"


def new_canary(about: str = "", word: str = "") -> str:
    """A text to type: a rare word, with a space, a quotation mark and an accent that encodings differ on.

    Args: word: one that further texts of a test have too: it is then looked for once, and not once for each of them.
    """
    return f"{word or rare_word()} “{about}” & né"


def word_of(canary: str) -> str:
    """The part that is searched for: the longest run of ASCII letters and digits."""
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in canary).split()
    word = max(words, key=len, default="")
    if len(word) < SHORTEST:
        raise LookedAtNothing(f"A canary needs a word of at least {SHORTEST} letters.")
    return word


def base64_forms(data: bytes) -> Iterator[bytes]:
    """What base64 makes of `data` at each of the three places it can stand in a longer text."""
    for before in range(3):
        text = base64.b64encode(bytes(before) + data)
        first = -(-before * 8 // 6)
        last = (before + len(data)) * 8 // 6
        yield text[first:last]
        yield text[first:last].replace(b"+", b"-").replace(b"/", b"_")


def forms(canary: str) -> dict[str, bytes]:
    """Each encoding's name and the bytes that betray the canary in it."""
    found: dict[str, bytes] = {}
    for case, word in {
        "": word_of(canary),
        "upper ": word_of(canary).upper(),
        "lower ": word_of(canary).lower(),
    }.items():
        data = word.encode()
        found |= {
            f"{case}utf-8": data,
            f"{case}utf-16-le": word.encode("utf-16-le"),
            f"{case}utf-16-be": word.encode("utf-16-be"),
            f"{case}utf-32": word.encode("utf-32-le"),
            f"{case}hex": data.hex().encode(),
            f"{case}HEX": data.hex().upper().encode(),
            f"{case}reversed": data[::-1],
            f"{case}percent": "".join(f"%{b:02x}" for b in data).encode(),
            f"{case}PERCENT": "".join(f"%{b:02X}" for b in data).encode(),
            f"{case}json escape": "".join(f"\\u{b:04x}" for b in data).encode(),
            f"{case}list of bytes": ",".join(map(str, data)).encode(),
            f"{case}spaced list of bytes": ", ".join(map(str, data)).encode(),
            f"{case}entity": "".join(f"&#{b};" for b in data).encode(),
        }
        found |= {f"{case}base64 {n}": form for n, form in enumerate(base64_forms(data))}
        for n, form in enumerate(base64_forms(word.encode("utf-16-le"))):
            found[f"{case}base64 of utf-16 {n}"] = form
    for name, text in {
        "whole": canary,
        "whole percent": urllib.parse.quote(canary, safe=""),
        "whole form": urllib.parse.quote_plus(canary),
        "whole json": json.dumps(canary)[1:-1],
        "whole html": html.escape(canary),
    }.items():
        found[name] = text.encode()
    return {name: form for form, name in {form: name for name, form in found.items()}.items()}  # each form once


def unpacked(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The bytes themselves, and what they hold when they are compressed."""
    yield "", EMPTY_PAGES.sub(bytes(64), data)
    for name, unpack in (
        ("gzip", gzip.decompress),
        ("zlib", zlib.decompress),
        ("deflate", lambda packed: zlib.decompress(packed, -15)),
        ("brotli", brotli.decompress),
    ):
        try:
            inside = unpack(data)
        except (OSError, EOFError, zlib.error, brotli.error):
            continue
        yield f" inside {name}", inside


def search(canaries: Iterable[str], places: Iterable[Place]) -> None:
    """Read every place and say where a canary is.

    Raises: LookedAtNothing, CanaryFound.
    """
    wanted = {needle: f"{word_of(canary)} as {form}" for canary in canaries for form, needle in forms(canary).items()}
    places = list(places)
    if not wanted or not places:
        raise LookedAtNothing("Give at least one canary and one place to look.")
    found: list[str] = []
    for place in places:
        if not place.control:
            raise LookedAtNothing(f"{place.name}: say what must be in it, to prove that it was read.")
        control_seen = False
        for piece, packed in place.pieces.items():
            for how, data in unpacked(packed):
                control_seen = control_seen or place.control in data
                found += [f"{what} in {place.name}: {piece}{how}" for needle, what in wanted.items() if needle in data]
        if not control_seen:
            raise LookedAtNothing(f"{place.name}: what is known to be there was not found, so it was not really read.")
    if found:
        raise CanaryFound("\n".join(sorted(set(found))))


def folder(name: str, path: Path, control: bytes) -> Place:
    """Every file under `path`, by its name; names count as text too. Unix sockets and pipes are left alone.

    A server at work renames files meanwhile: where one is gone, what has come in its place is read, too.
    """
    names, read, all_there = set[str](), dict[str, bytes](), False
    while not all_there:
        all_there = True
        for file in sorted(path.rglob("*")):
            if (piece := str(file.relative_to(path))) in read or not file.is_file():
                continue
            names.add(piece)
            try:
                read[piece] = file.read_bytes()
            except FileNotFoundError:
                all_there = False
    return Place(name, control, {"names of files": "\n".join(sorted(names)).encode(), **read})
