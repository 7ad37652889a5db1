"""Where an audit reads from: a site, at the address given and nowhere else, or a folder that was taken from one.

A folder holds `public.json` (what `POST /log/public` answers, its pages put together), `log/<k>/checkpoint` and
`log/<k>/tile/...`.
"""

import http.client
import json
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from crypto.auditor.public import read_whole
from crypto.auditor.wrong import Unreadable

TIMEOUT_S = 30
MOST_BYTES = 64 * 1024
MOST_PUBLIC_BYTES = 256 * 1024 * 1024


class Source(Protocol):
    """What an audit asks for. live: whether this is how things stand now, or how they stood."""

    live: bool

    def read(self, path: str) -> bytes:
        """A file of at most 64 KiB, by its path below the site. Raises: Unreadable."""
        ...

    def public(self) -> dict[str, Any]:
        """Roots, lists of people, their events, bindings, heads of the logs. Raises: Unreadable."""
        ...

    def close(self) -> None:
        """Nothing more is read."""
        ...


def source(place: str) -> Source:
    """A site for an address that begins with http:// or https://, else a folder. Raises: Unreadable."""
    return Site(place) if place.startswith(("http://", "https://")) else Folder(Path(place))


class Folder:
    live = False

    def __init__(self, path: Path) -> None:
        self._path = path
        if not path.is_dir():
            raise Unreadable(f"{path} is no folder. Give a site's address, or the folder of an export.")

    def read(self, path: str) -> bytes:
        return self._bytes(path, MOST_BYTES)

    def public(self) -> dict[str, Any]:
        return _object(self._bytes("public.json", MOST_PUBLIC_BYTES), "public.json")

    def close(self) -> None:
        """Nothing is held open."""

    def _bytes(self, path: str, most: int) -> bytes:
        try:
            # A log of 10^6 leaves is eight thousand files: Path.open would take twice as long.
            with open(f"{self._path}/{path}", "rb", buffering=0) as file:  # noqa: PTH123
                data = file.read(most + 1)
        except OSError as wrong:
            raise Unreadable(f"{path} can't be read: {wrong.strerror}.") from None
        return _bounded(data, most, path)


class Site:
    """One connection, kept open; no redirect is followed and no proxy asked."""

    live = True

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._prefix = parts.path.rstrip("/")
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        try:
            if parts.username or parts.query or parts.fragment or not parts.hostname:
                raise ValueError
            self._connection = kind(parts.hostname, parts.port, timeout=TIMEOUT_S)
        except ValueError:
            raise Unreadable(f"{address} is no address of a site, such as https://alongside.example") from None

    def read(self, path: str) -> bytes:
        return self._ask("GET", path, MOST_BYTES)

    def public(self) -> dict[str, Any]:
        left = MOST_PUBLIC_BYTES

        def ask(body: dict[str, Any]) -> dict[str, Any]:
            nonlocal left
            data = self._ask("POST", "log/public", left, json.dumps(body).encode())
            left -= len(data)
            return _object(data, "log/public")

        return read_whole(ask)

    def close(self) -> None:
        self._connection.close()

    def _ask(self, method: str, path: str, most: int, body: bytes | None = None) -> bytes:
        """The answer's body. A connection that the site has closed meanwhile is opened once more."""
        head = {"Origin": self._origin, "Content-Type": "application/json"} if body else {}
        for last in (False, True):
            try:
                self._connection.request(method, f"{self._prefix}/{path}", body, head)
                answer = self._connection.getresponse()
                data = answer.read(most + 1)
                break
            except (OSError, http.client.HTTPException) as wrong:
                self._connection.close()
                if last:
                    raise Unreadable(f"The site does not answer ({type(wrong).__name__} at /{path}).") from None
        if answer.status != 200:
            raise Unreadable(f"The site answers {answer.status} where /{path} should be.")
        return _bounded(data, most, path)


def _bounded(data: bytes, most: int, path: str) -> bytes:
    if len(data) > most:
        raise Unreadable(f"{path} is longer than it can be.")
    return data


def _object(data: bytes, path: str) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Unreadable(f"{path} holds no such facts.")
    return found
