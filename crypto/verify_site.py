"""`python -m crypto verify-site URL`: whether the pages that a server gives are those that the organisation signed.

Run from several places: a server that gives one person another page gives it to that address. No server code is used,
nothing is asked but the address given, and nothing is stored. Source: SPEC 6, 9; docs/code-transparency.md.
"""

import argparse
import base64
import functools
import hashlib
import json
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from typing import Any

from crypto import checkpoint, log
from crypto.auditor.public import read_whole
from crypto.auditor.wrong import Wrong
from crypto.errors import Malformed, SealError, WrongPlace
from crypto.frame import unframe
from crypto.manifest import next_manifest, read_manifest
from crypto.people import safety_words
from crypto.receipt import note_keys
from crypto.root import read_roots
from crypto.signing import ZEROS32, read_signed

TIMEOUT_S = 30
MOST_BYTES = 16 * 1024 * 1024
CSP = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; "
    "worker-src 'self'; img-src 'self' blob:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html alongside"
)
Say = Callable[[str], None]


class Difference(Exception):
    """What the server gives is not what was signed; its text is the first thing that differs, in words."""


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("url", help="the address of the site, such as https://alongside.example")
    command.add_argument("--site", help="the site's number as printed on a sheet, or all 64 hexadecimal digits of it")


def run(chosen: argparse.Namespace) -> int:
    """Compare, and say what was found. Returns: 0, or 1 with the first difference."""
    try:
        words = verify_site(chosen.url.rstrip("/"), chosen.site, print)
    except (Difference, Wrong) as found:
        print(f"STOP. {found}", file=sys.stderr)
        return 1
    except SealError as found:
        print(f"STOP. What the organisation signed does not hold together: {found}.", file=sys.stderr)
        return 1
    except (OSError, ValueError) as wrong:
        print(f"The site could not be read: {wrong}.", file=sys.stderr)
        return 1
    print(f"All is as signed. Seen from here: {' '.join(words)}")
    print("Whoever runs this from another place at the same time should see the same words.")
    return 0


def verify_site(url: str, site_hex: str | None, say: Say) -> list[str]:
    """Six words for all that was seen, once every file is what the newest manifest says.

    Raises: Difference; Wrong; SealError: signatures; OSError: no connection; ValueError: answers in another shape.
    """
    facts, public = _json(url, "/static/site.json"), read_whole(lambda body: _json(url, "/log/public", body))
    site = _site(facts, site_hex, say)
    root = read_roots(site, [_unb64(one) for one in public["roots"]])
    manifest, shown = _manifest(public, site, root)
    say(f"Manifest {manifest['version']}, signed by the roots, lists {len(manifest['files'])} files.")
    _check_logged(url, public, manifest, shown, root)
    for number, (path, digest) in enumerate(sorted(manifest["files"].items()), 1):
        _check_file(url, path, digest)
        if number % 50 == 0:
            say(f"{number} files are as signed.")
    say(f"{len(manifest['files'])} files are as signed.")
    return safety_words(manifest["hash"])


def _site(facts: dict[str, Any], site_hex: str | None, say: Say) -> bytes:
    if not facts.get("founded"):
        raise Difference("This site is not set up yet: nobody has signed anything.")
    site = _unb64(facts["site"])
    groups = " ".join(site.hex()[i : i + 4] for i in range(0, 32, 4))
    if site_hex is None:
        say(f"The site says that its number is {groups}. Compare it with a printed sheet, or give it with --site.")
    elif len(wanted := site_hex.replace(" ", "").lower()) < 16 or not site.hex().startswith(wanted):
        raise Difference(f"This is another site: its number is {groups}.")
    return site


def _manifest(public: dict[str, Any], site: bytes, root: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The newest manifest, and how it stands on the log. An older one need not verify under today's roots."""
    shown = public["lanes"]["manifest"]
    if not shown or not all(one["signed"] for one in shown):
        raise Difference("The organisation has signed no list of its pages, so nothing can be compared.")
    before: dict[str, Any] | None = None
    for one in shown[:-1]:
        before = _follows(before, _unb64(one["signed"]))
    manifest = next_manifest(before, _unb64(shown[-1]["signed"]), root)
    if manifest["site"] != site:
        raise WrongPlace("a manifest of another site")
    return manifest, shown[-1]


def _follows(before: dict[str, Any] | None, signed: bytes) -> dict[str, Any]:
    found = read_manifest(read_signed(signed)[0])
    if (found["version"], found["prev"]) != ((before["version"] + 1, before["hash"]) if before else (1, ZEROS32)):
        raise WrongPlace("a manifest that does not follow")
    return found


def _check_logged(
    url: str, public: dict[str, Any], manifest: dict[str, Any], shown: dict[str, Any], root: dict[str, Any]
) -> None:
    """The manifest is in the log for all to see, under its own number. Raises: Difference."""
    tag = log.lane_tag(log.site_lane_key(manifest["site"], "manifest"), "manifest", manifest["version"])
    event = _unb64(shown["event"])
    said = unframe("event", event)
    if _unb64(shown["tag"]) != tag or (said["type"], said["object"]) != ("manifest", manifest["hash"]):
        raise Difference("The list of pages stands on the log as something else.")
    leaf = log.leaf_hash(log.leaf(tag, log.commit(_unb64(shown["salt"]), event)))
    answer = _json(url, "/log/proofs", {"leaves": [_b64(leaf)]})
    proof = answer["proofs"][0]
    if proof is None:
        raise Difference("The list of pages is not in the log yet. Try again in a minute.")
    head = next((one for one in public["logs"] if one["number"] == proof["log"]), None)
    note = answer["checkpoint"] if proof["log"] == answer["log"] else (head or {}).get("checkpoint", "")
    origin = checkpoint.origin(manifest["site"], proof["log"])
    tree = checkpoint.read_checkpoint(checkpoint.open_note(note, note_keys(root["log_vkey"], origin)))
    if tree["origin"] != origin:
        raise WrongPlace("a log of another site")
    log.verify_inclusion(leaf, proof["index"], tree["size"], [_unb64(one) for one in proof["proof"]], tree["root"])


def _check_file(url: str, path: str, digest: bytes) -> None:
    data, headers = _fetch(url + path)
    if hashlib.sha256(data).digest() != digest:
        raise Difference(f"{path} is not what the organisation signed. Keep a copy, and tell them by phone.")
    if headers.get("Content-Security-Policy") != CSP:
        raise Difference(f"{path} comes with other rules for scripts than it should (Content-Security-Policy).")


def _fetch(url: str, body: bytes | None = None) -> tuple[bytes, Any]:
    headers = {"Accept-Encoding": "identity", "Cache-Control": "no-cache"}
    if body is not None:
        scheme, _, rest = url.partition("://")
        headers |= {"Content-Type": "application/json", "Origin": f"{scheme}://{rest.split('/', 1)[0]}"}
    if not url.startswith(("http://", "https://")):
        raise ValueError("an address begins with https://")
    request = urllib.request.Request(url, data=body, headers=headers)  # noqa: S310  the scheme is checked above
    try:
        with _opener().open(request, timeout=TIMEOUT_S) as answer:
            return answer.read(MOST_BYTES), answer.headers
    except urllib.error.HTTPError as no:
        raise Difference(f"{urllib.parse.urlsplit(url).path} was not given: the server answered {no.code}.") from None


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Somewhere else is not this site."""

    def redirect_request(self, *_: Any) -> None:
        return None


@functools.cache
def _opener() -> urllib.request.OpenerDirector:
    """One for all files: making it reads the machine's certificates, which takes longer than most answers."""
    return urllib.request.build_opener(_NoRedirect)


def _json(url: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    data, _ = _fetch(url + path, None if body is None else json.dumps(body).encode())
    found = json.loads(data)
    if not isinstance(found, dict):
        raise ValueError("an answer in another shape")
    return found


def _unb64(text: object) -> bytes:
    if not isinstance(text, str):
        raise Malformed("a value is missing")
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        raise Malformed("not base64url") from None


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
