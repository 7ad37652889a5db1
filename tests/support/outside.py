"""Requests that nobody's client would send, and what every answer to one must be."""

from __future__ import annotations

import json
from typing import Any

from tests.support.asked_by_route import MAKE
from tests.support.roles import Asked

# Row by row the role that it lets in, so that nothing but the body can be what is wrong.
ASKER = {
    "people": "carl", "desk": "carl", "cases": "sara", "letters": "sara", "intake": "lena",
    "sign-in": "lena", "exit": "lena", "setup": "nobody", "log": "nobody", "research": "stan",
    "instruments": "carl",
}  # fmt: skip
NO_BODY = {
    "POST /sign-in/nonce", "POST /sign-in", "POST /sign-in/lock", "POST /exit", "POST /sign-in/notebook",
    "POST /people/directory", "POST /people/proposed", "POST /people/waiting", "POST /intake/drafts",
    "POST /log/counts", "POST /instruments/list",
}  # fmt: skip
OLGAS = {
    "POST /log/counts",
    *(f"POST /research/{one}" for one in ("agreement", "agree", "download", "token", "tokens", "revoke")),
}
OPTIONAL = {"POST /sign-in/share", "POST /cases/mine", "POST /desk/queue", "POST /log/public", "POST /research/rows"}
OCTETS = {
    "POST /sign-in/notebook/save", "POST /sign-in/methods", "POST /intake/draft", "POST /research/row",
    "POST /research/withdraw",
}  # fmt: skip
POSTS = [row for row in MAKE if row.startswith("POST") and "(" not in row] + ["POST /letters (word)"]
WITH_BODY = [row for row in POSTS if row not in NO_BODY]


def path_of(row: str) -> str:
    return row.split()[1]


def asker(row: str) -> str:
    return "olga" if row in OLGAS else ASKER[path_of(row).split("/")[1]]


def assert_kind(answer: Any, row: str) -> dict[str, Any]:
    """A refusal in words, that is nobody's fault but the request's."""
    assert 400 <= answer.status < 500, f"{row}: {answer.status} {answer.data[:200]!r}"
    told: dict[str, Any] = json.loads(answer.data)
    assert told["error"] and len(told["words"]) >= 20, told
    assert "Traceback" not in answer.data.decode()
    return told


def as_json(value: Any, like: Asked) -> Asked:
    return Asked(json.dumps(value).encode(), "application/json", like.signed, like.act)


__all__ = ["OCTETS", "OPTIONAL", "POSTS", "WITH_BODY", "as_json", "asker", "assert_kind", "path_of"]
