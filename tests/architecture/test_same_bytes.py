"""A page is the same bytes for everybody: a server that gives one person another script can be caught by any two who compare."""

import pytest
import requests

from app.shells import ERRORS, SHELLS, error_path, given
from tests.support.addresses import static
from tests.support.databases import ROOT, one_database
from tests.support.server import Server
from tests.support.stage import Stage, cookies_of

pytestmark = [one_database, pytest.mark.slow]

ODD: dict[str, dict[str, str]] = {
    "nothing": {},
    "another language": {"Accept-Language": "es-MX,es;q=0.9"},
    "a language that there is not": {"Accept-Language": "tlh, *;q=0.1"},
    "a phone": {"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)", "Sec-CH-UA-Mobile": "?1"},
    "a crawler": {"User-Agent": "Googlebot/2.1", "Accept": "*/*"},
    "from somewhere": {"X-Forwarded-For": "203.0.113.9", "Forwarded": "for=203.0.113.9", "X-Real-IP": "203.0.113.9"},
    "from a link": {"Referer": "https://clinic.example/staff", "Origin": "https://clinic.example"},
    "another name": {"Host": "elsewhere.example", "X-Forwarded-Host": "elsewhere.example", "X-Forwarded-Proto": "https"},
    "somebody's cookies": {"Cookie": "alongside=AAAA; __Host-alongside=BBBB; lang=es; theme=dark"},
    "a signature": {"Authorization": "AL1 AAAA"},
    "one that has an older page": {"If-None-Match": '"0-0"', "If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
    "a worker": {"Sec-Fetch-Dest": "worker", "Sec-Fetch-Mode": "same-origin", "Accept": "application/json"},
    "one who wants less data": {"Save-Data": "on", "DNT": "1", "Sec-GPC": "1"},
}  # fmt: skip
SCRIPTS = ("js/worker/main.js", "js/pages/log.js", "css/app.css")
OWN = {"Date", "Connection", "Transfer-Encoding"}  # of the answer, not of the page


@pytest.fixture
def stage(server: Server) -> Stage:
    return Stage(server)


def ask(url: str, path: str, headers: dict[str, str], cookies: dict[str, str]) -> tuple[bytes, dict[str, str]]:
    answer = requests.get(
        url + path,
        headers={"Accept-Encoding": "identity", **headers},
        cookies=cookies,
        timeout=10,
        allow_redirects=False,
    )
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    assert "Set-Cookie" not in answer.headers and "Vary" in answer.headers
    return answer.content, {name: value for name, value in answer.headers.items() if name not in OWN}


def test_a_page_is_the_same_for_any_session_role_language_and_device(stage: Stage) -> None:
    sara, nora = stage.together()
    people = {"nobody": {}, **{one.name: dict(cookies_of(one)) for one in (sara, nora, stage.carl)}}
    assert all(people[name] for name in list(people)[1:]), "somebody has no cookie"
    signed = given(ROOT / "build", stage.server.instance / "pages")
    for path in (*SHELLS, *map(static, SCRIPTS)):
        first = ask(stage.server.url, path, {}, {})
        assert first[0] == signed[path], f"{path} is not what was built"
        for who, cookies in people.items():
            assert ask(stage.server.url, path, {}, cookies) == first, f"{path} as {who}"
        for how, headers in ODD.items():
            assert ask(stage.server.url, path, headers, {}) == first, f"{path} with {how}"
            assert ask(stage.server.url, f"{path}?utm_source=mail&lang=es", headers, {}) == first, f"{path} with {how}"


def test_a_page_is_the_same_packed_or_not(server: Server) -> None:
    for path in SHELLS:
        answers = [
            requests.get(server.url + path, headers={"Accept-Encoding": how}, timeout=10).content
            for how in ("br", "gzip", "identity", "br, gzip, zstd")
        ]
        assert len(set(answers)) == 1, path


def test_the_page_for_a_wrong_address_is_the_same_for_everybody(stage: Stage) -> None:
    page = error_path(ROOT / "build", 404).read_bytes()
    assert 404 in ERRORS
    for cookies in ({}, dict(cookies_of(stage.carl))):
        for headers in ODD.values():
            asked = {**headers, "Accept": "text/html"}
            answer = requests.get(f"{stage.server.url}/no-such-page", headers=asked, cookies=cookies, timeout=10)
            assert (answer.status_code, answer.content) == (404, page)
