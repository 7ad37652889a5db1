"""Every answer, good or bad, page or file, carries the headers that keep a person's words in her page."""

from collections.abc import Callable
from pathlib import Path

import pytest
import requests

from tests.support.addresses import static
from tests.support.browser import Visit
from tests.support.server import Server
from tests.support.static_site import CSP

ROOT = Path(__file__).resolve().parents[2]
REQUIRED = {
    "Content-Security-Policy": CSP,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
ASKED = [
    ("GET", "/"),
    ("GET", "/sign-in"),
    ("GET", "/intake"),
    ("HEAD", "/"),
    ("GET", "/no-such-page"),
    ("GET", "/log"),
    ("GET", "/research"),
    ("GET", static("css/app.css")),
    ("GET", static("js/worker/main.js")),
    ("GET", static("vendor/libsodium/libsodium-wrappers.mjs")),
    ("GET", static("vendor/libsodium/libsodium.mjs")),
    ("GET", static("vendor/lit-html/lit-html.js")),
    ("GET", "/static/no-such-file.js"),
    ("GET", "/static/../wsgi.py"),
    ("POST", "/"),
    ("POST", static("css/app.css")),
    ("PUT", "/no-such-page"),
    ("OPTIONS", "/"),
    ("TRACE", "/"),
    ("POST", "/sessions"),
]


def test_every_answer_carries_every_header(shared_server: Server) -> None:
    missing = []
    for method, path in ASKED:
        for encoding in ("br", "gzip", "identity"):
            answer = requests.request(
                method, shared_server.url + path, headers={"Accept-Encoding": encoding}, timeout=10
            )
            missing += [
                f"{method} {path} ({encoding}, {answer.status_code}): {name} is {answer.headers.get(name)}"
                for name, value in REQUIRED.items()
                if answer.headers.get(name) != value
            ]
    assert missing == []


def test_a_bad_body_gets_the_same_headers(shared_server: Server) -> None:
    for kind in ("application/json", "application/octet-stream", "text/plain", "application/x-www-form-urlencoded"):
        for body in (b"", b"{", b"\xff" * 1000):
            answer = requests.post(
                shared_server.url + "/no-such-page", data=body, headers={"Content-Type": kind}, timeout=10
            )
            assert 400 <= answer.status_code < 500
            assert {name: answer.headers.get(name) for name in REQUIRED} == REQUIRED


@pytest.mark.parametrize("path", ["/", static("css/app.css"), "/no-such-page"], ids=["page", "style", "nothing"])
def test_an_answer_says_nothing_of_the_software_and_sets_no_cookie(shared_server: Server, path: str) -> None:
    answer = requests.get(shared_server.url + path, timeout=10)
    assert "Set-Cookie" not in answer.headers
    assert not [name for name in answer.headers if name.lower().startswith(("x-ratelimit", "x-powered"))]


def test_what_is_only_for_builders_is_not_served(shared_server: Server) -> None:
    for path in (
        "vendor.py",
        "vendor/lit-html/lit-html.d.ts",
        "vendor/libsodium/libsodium-wrappers.d.mts",
    ):
        assert (ROOT / "static" / path).exists(), "look at something that exists"
        for address in (f"/static/{path}", static(path)):
            assert requests.get(shared_server.url + address, timeout=10).status_code == 404


@pytest.mark.slow
@pytest.mark.parametrize(
    "bad",
    [
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = 1'}))",
        "document.body.innerHTML = '<p>x</p>'",
        "document.body.setAttribute('onclick', 'window.ran = 1'), document.body.click()",
        "eval('window.ran = 1')",
        "new Function('window.ran = 1')()",
        "fetch('http://example.org/').catch(() => 0)",
        "document.body.append(Object.assign(document.createElement('img'), {src: 'http://example.org/x.png'}))",
        "trustedTypes.createPolicy('mine', {createHTML: x => x})",
        "document.body.append(Object.assign(document.createElement('iframe'), {src: '/'}))",
    ],
)
def test_the_browser_refuses_what_the_headers_forbid(
    shared_server: Server, visit: Callable[..., Visit], bad: str
) -> None:
    here = visit(shared_server.url, watched=True)
    here.go("/")
    assert here.complaints() == []
    here.expect(".")
    # Later, since what the developer tools run at once is let past the CSP.
    here.page.evaluate(f"() => {{ setTimeout(() => {{ {bad} }}) }}")
    here.until(lambda: bool(here.record.complaints))
    assert here.page.evaluate("window.ran") is None
