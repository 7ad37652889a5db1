"""What is no sealed frame of the right kind is refused in words, stores nothing, and breaks nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.http import MOST_BYTES
from app.limits import limiter
from demo.wire import b64, unb64
from tests.support.asked_by_route import MAKE
from tests.support.counts import DATABASES
from tests.support.databases import Databases
from tests.support.outside import OCTETS, OPTIONAL, POSTS, WITH_BODY, as_json, asker, assert_kind, path_of
from tests.support.roles import Asked, Roles

pytestmark = pytest.mark.slow
TEXT = b"My name is Sara and this is what they did to me in March."
JSONS = [row for row in WITH_BODY if row not in OCTETS]


class Door:
    """One route, somebody whom it lets in, and a request that it would serve.

    Where each request `with` it was refused, nothing is stored of any.
    """

    def __init__(self, site: Roles, row: str) -> None:
        self.site, self.row = site, row
        self.who = site.still(asker(row))
        self.good = MAKE[row](site, self.who)
        self.before, self.served = site.counts(), False

    def __enter__(self) -> Door:
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        if self.served:
            self.site.renew(asker(self.row))
        elif error is None:
            assert self.site.counts() == self.before, f"{self.row} stored something of what it refused"

    def refuses(self, request: Asked) -> None:
        limiter.reset()
        answer = self.site.ask(self.who, "POST", path_of(self.row), request)
        assert_kind(answer, f"{self.row} {request.data[:120]!r}")

    def answers(self, request: Asked) -> None:
        """Whatever it says, it is no fault of ours, and nothing is half-said."""
        limiter.reset()
        answer = self.site.ask(self.who, "POST", path_of(self.row), request)
        assert answer.status < 500, f"{self.row} {request.data[:200]!r}: {answer.data!r}"
        if answer.status >= 400:
            assert_kind(answer, self.row)
        else:
            self.served = True


@pytest.fixture(scope="module", params=DATABASES)
def site(request: pytest.FixtureRequest, databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Roles]:  # fmt: skip
    home = tmp_path_factory.mktemp("outside")
    database = databases.fresh(request.param, home / "database")
    site = Roles(database, home / "site")
    yield site
    site.close()
    database.close()


@pytest.fixture(autouse=True)
def no_fault_in_the_log(
    site: Roles, caplog: pytest.LogCaptureFixture, record_property: Callable[[str, object], None]
) -> Iterator[None]:
    record_property("database", site.database.kind)
    yield
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []


@pytest.mark.parametrize("row", WITH_BODY)
def test_what_is_no_json_object_or_no_frame_is_refused(site: Roles, row: str) -> None:
    with Door(site, row) as door:
        empty_is_fine = row in OPTIONAL
        for data in (
            b"",
            b"{",
            b"\xff\xfe\x00",
            b"[]",
            b"null",
            b"3",
            b'"text"',
            b"[" * 20_000,
            b'{"a":' * 20_000,
            TEXT,
        ):
            if row == "POST /sign-in/share":
                door.answers(replace(door.good, data=data))
            elif not (empty_is_fine and data == b"{}"):
                door.refuses(replace(door.good, data=data))


@pytest.mark.parametrize("row", JSONS)
def test_each_field_left_out_or_of_another_type_is_refused(site: Roles, row: str) -> None:
    with Door(site, row) as door:
        body = json.loads(door.good.data)
        for name, value in body.items():
            wrong: list[Any] = [5, True, [], {}, [[]], "not base64url!", "é", "\ud800", "AA==", b64(b"x") + "\n", TEXT.decode(), -1, 1e400]  # fmt: skip
            if isinstance(value, str) and len(value) > 20:
                wrong += [value[:-4], value + "AAAA", value[4:], b64(TEXT), b64(b""), b64(unb64(value) * 2)]
            for other in wrong:
                if (other is True and name == "release") or _may_be(row, name, other):
                    continue
                door.refuses(as_json({**body, name: other}, door.good))
            if not _may_be(row, name, None):
                door.refuses(as_json({key: one for key, one in body.items() if key != name}, door.good))
                door.refuses(as_json({**body, name: None}, door.good))


def _may_be(row: str, name: str, value: Any) -> bool:
    """Where a field may be left out, or nothing at all is a good list."""
    if name == "identities" and value is None:
        return True  # the server may know everybody
    if name in ("mail", "after"):
        return value is None or (name == "mail" and not value) or (name == "after" and value == 5)
    if row.startswith("POST /log/"):  # the newest log, a smaller size, the head alone, a page
        small = (("log", None), ("size", 5), ("from", 5), ("leaves", []), ("most", None), ("most", 5))
        return (name, value) in small
    if row == "POST /research/files":  # any piece of any file may wait for the others
        return (name, value) == ("place", 5) or (name == "data" and isinstance(value, str))
    return value == [] and name in ("kinds", "stanzas", "identities")


@pytest.mark.parametrize("row", POSTS)
def test_another_site_no_site_and_another_kind_of_body_are_refused(site: Roles, row: str) -> None:
    with Door(site, row) as door:
        for headers in (
            {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": "http://["}, {"Origin": ""},
            {"Origin": "http://localhost.evil.example"}, {"Origin": "http://localhost:81"}, {"Origin": "ftp://localhost"},
            {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "none"},
        ):  # fmt: skip
            answer = door.who.send(path_of(row), door.good.data, door.good.mime, headers)
            assert (answer.status, assert_kind(answer, row)["error"]) == (403, "other-site"), headers
        for mime in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/html"):
            door.refuses(replace(door.good, data=door.good.data or b"x", mime=mime))


@pytest.mark.parametrize("row", [row for row in WITH_BODY if row != "POST /sign-in/share"])  # which then reads nothing
def test_what_is_too_large_is_refused_before_it_is_read(site: Roles, row: str) -> None:
    with Door(site, row) as door:
        answer = site.ask(
            door.who, "POST", path_of(row), Asked(b" " * (MOST_BYTES + 1), door.good.mime, door.good.signed)
        )
        assert (answer.status, assert_kind(answer, row)["error"]) == (413, "too-large")


@pytest.mark.parametrize("row", sorted(OCTETS))
def test_octets_cut_anywhere_or_changed_in_their_form_are_refused(site: Roles, row: str) -> None:
    with Door(site, row) as door:
        data = door.good.data
        for cut in (1, 7, 8, 15, 16, 39, 40, 41, 84, len(data) // 2, len(data) - 1):
            assert cut < len(data)
            door.refuses(replace(door.good, data=data[:cut]))
        for other in (data + b"\0", data * 2, TEXT, data[:16] + TEXT, b"\0" * len(data)):
            door.refuses(replace(door.good, data=other))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=60)
    | st.binary(max_size=80).map(b64),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)  # fmt: skip


@cache
def spoilt(names: tuple[str, ...]) -> list[dict[str, Any]]:
    """What may stand in a body with these fields: the same wherever it is sent."""
    drawn: list[dict[str, Any]] = []

    @settings(
        max_examples=15, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )  # fmt: skip
    @given(st.dictionaries(st.sampled_from([*names, "other"]), VALUES, min_size=1))
    def draw(one: dict[str, Any]) -> None:
        drawn.append(one)

    draw()
    return drawn


@pytest.mark.parametrize("row", JSONS)
def test_whatever_stands_in_a_body_is_answered(site: Roles, row: str) -> None:
    with Door(site, row) as door:
        body = json.loads(door.good.data)
        assert len(spoilt(tuple(body))) == 15
        for one in spoilt(tuple(body)):
            door.answers(as_json({**body, **one}, door.good))


@pytest.mark.parametrize("row", [row for row in JSONS if row.startswith(("POST /people", "POST /letters", "POST /cases", "POST /intake", "POST /setup"))])  # fmt: skip
def test_a_frame_with_any_byte_changed_is_answered(site: Roles, row: str) -> None:
    with Door(site, row) as door:
        body = json.loads(door.good.data)
        frames = [name for name, value in body.items() if isinstance(value, str) and len(value) > 100]

        @settings(
            max_examples=15, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        )  # fmt: skip
        @given(st.data())
        def answered(data: st.DataObject) -> None:
            name = data.draw(st.sampled_from(frames))
            good = bytearray(unb64(body[name]))
            at = data.draw(st.integers(0, min(len(good), 400) - 1))
            good[at] ^= data.draw(st.integers(1, 255))
            door.answers(as_json({**body, name: b64(bytes(good))}, door.good))

        if frames:
            answered()


def test_leaving_lets_go_even_of_what_is_too_large_to_keep(site: Roles) -> None:
    sara = site.as_role("sara")
    assert sara.send("/exit", b"x" * (MOST_BYTES + 1), "application/octet-stream").status == 200
    assert sara.send("/sign-in/share", b"{}", "application/json").status == 401
    site.renew("sara")
