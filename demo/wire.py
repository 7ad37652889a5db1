"""How a client reaches a server: over HTTP, or into a Flask application in the same process."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookiejar import CookieJar
from typing import Any, Protocol
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, ProxyHandler, Request, build_opener

TIMEOUT_S = 60


class Refused(Exception):
    """The server said no: its status, code and words, and whatever else it said."""

    def __init__(self, status: int, facts: dict[str, Any]) -> None:
        super().__init__(f"{status} {facts.get('error')}: {facts.get('words')} {facts.get('kind', '')}")
        self.status, self.code, self.words, self.facts = status, facts.get("error"), facts.get("words"), facts


@dataclass(frozen=True)
class Answer:
    """What came back, whatever it says."""

    status: int
    data: bytes
    headers: Any  # by name, in any case

    def json(self) -> dict[str, Any]:
        """The JSON object inside. Raises: Refused when the server said no."""
        try:
            value = json.loads(self.data or b"{}")
        except ValueError:
            value = {"error": "not-json"}
        if self.status >= 400:
            raise Refused(self.status, value)
        return dict(value)


class Wire(Protocol):
    """One browser's connection: it keeps the cookie."""

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer: ...

    def post(self, path: str, data: bytes, headers: Mapping[str, str]) -> Answer: ...

    def another(self) -> Wire:
        """A connection of another browser to the same server."""


class Over:
    """Over HTTP, by no proxy. Args: url: `http://host:port`."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._opener = build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self._ask(Request(self.url + path, headers=dict(headers or {})))

    def post(self, path: str, data: bytes, headers: Mapping[str, str]) -> Answer:
        return self._ask(Request(self.url + path, data=data, headers={"Origin": self.url, **headers}))

    def another(self) -> Over:
        return Over(self.url)

    def _ask(self, request: Request) -> Answer:
        try:
            with self._opener.open(request, timeout=TIMEOUT_S) as response:
                return Answer(response.status, response.read(), response.headers)
        except HTTPError as refused:
            with refused:
                return Answer(refused.code, refused.read(), refused.headers)


class Inside:
    """Into a Flask application of this process. Args: app: what `create_app` gave."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self._client = app.test_client()

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self._answer(self._client.get(path, headers=dict(headers or {})))

    def post(self, path: str, data: bytes, headers: Mapping[str, str]) -> Answer:
        return self._answer(self._client.post(path, data=data, headers={"Origin": "http://localhost", **headers}))

    def another(self) -> Inside:
        return Inside(self.app)

    @staticmethod
    def _answer(response: Any) -> Answer:
        with response:
            return Answer(response.status_code, response.get_data(), response.headers)


def b64(data: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def as_json(body: dict[str, Any]) -> bytes:
    """A body. Bytes in it travel as base64url."""

    def plain(value: Any) -> Any:
        if isinstance(value, bytes):
            return b64(value)
        if isinstance(value, dict):
            return {name: plain(item) for name, item in value.items()}
        return [plain(item) for item in value] if isinstance(value, list | tuple) else value

    return json.dumps(plain(body)).encode()
