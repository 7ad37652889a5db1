"""What either side seals, a reader written from crypto/SPEC.md alone opens."""

import ast
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.vectors import decoder, decoder_rules
from tests.vectors.run import from_json

HERE = Path(__file__).parent


def vectors(fn: str) -> list[Any]:
    found = []
    for path in sorted(HERE.glob("*.json")):
        for v in json.loads(path.read_text("utf-8"))["vectors"]:
            if v["fn"] == fn:
                found.append(pytest.param(from_json(v["in"]), v, id=f"{v['by']}: {v['name']}"))
    assert found
    return found


@pytest.mark.parametrize(
    ("file", "beside"), [("decoder.py", set()), ("decoder_rules.py", {"tests.vectors", "tests.vectors.decoder"})]
)
def test_the_decoder_imports_neither_side(file: str, beside: set[str]) -> None:
    tree = ast.parse((HERE / file).read_text("utf-8"))
    names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    names |= {n.module or "." for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    ours = {name for name in names if name.split(".")[0] in ("crypto", "app", "tests", ".")}
    assert ours == beside


REFUSED = (LookupError, *decoder.UNREADABLE)


def agrees(v: dict[str, Any], read: Callable[[], Any]) -> None:
    """The decoder gives what both sides give, and refuses what they refuse."""
    if "out" in v:
        assert read() == from_json(v["out"])
    else:
        with pytest.raises(REFUSED):
            read()


def without(found: list[Any], *expects: str) -> list[Any]:
    """Refusals of a caller's mistakes, or for reasons that a decoder without a directory can't know, are left out."""
    return [p for p in found if p.values[1].get("expect") not in expects]


@pytest.mark.parametrize(("given", "v"), without(vectors("open_grant"), "WrongPlace"))
def test_a_grant(given: dict[str, Any], v: dict[str, Any]) -> None:
    agrees(v, lambda: decoder.open_grant(given["grant"], given["roster"], given["identity"]["xwing_seed"]))


@pytest.mark.parametrize(("given", "v"), vectors("open_link"))
def test_a_link(given: dict[str, Any], v: dict[str, Any]) -> None:
    agrees(v, lambda: decoder.open_link(given["roster"], given["epoch_key"], given["last_roster"]))


@pytest.mark.parametrize(("given", "v"), without(vectors("unbox"), "ValueError"))
def test_a_box(given: dict[str, Any], v: dict[str, Any]) -> None:
    agrees(v, lambda: decoder.unbox(given["key"], given["x"], given["sealed"]))


@pytest.mark.parametrize(("given", "v"), without(vectors("open_seal"), "ValueError"))
def test_a_seal(given: dict[str, Any], v: dict[str, Any]) -> None:
    agrees(v, lambda: decoder.unseal(given["xwing_seed"], given["x"], given["sealed"]))


@pytest.mark.parametrize(("given", "v"), without(vectors("open_record"), "Malformed"))
def test_a_record(given: dict[str, Any], v: dict[str, Any]) -> None:
    agrees(v, lambda: decoder_rules.open_record(given["entry"], given["epoch_key"], given["author_ed_pk"]))


@pytest.mark.parametrize(("given", "v"), without(vectors("open_letter"), "NotAllowed", "WrongPlace", "Malformed"))
def test_a_letter(given: dict[str, Any], v: dict[str, Any]) -> None:
    ed, xwing = given["identity"]["ed_seed"], given["identity"]["xwing_seed"]
    if given["sender_ed_pk"] is not None or "out" in v:  # whose letter nobody's may be, the caller says
        agrees(
            v,
            lambda: decoder_rules.open_mail(
                given["mail"], decoder_rules.public(ed, xwing)[1], xwing, given["sender_ed_pk"]
            ),
        )


@pytest.mark.parametrize(("given", "v"), [p for p in vectors("open_posted") if "out" in p.values[1]])
def test_a_row(given: dict[str, Any], v: dict[str, Any]) -> None:
    ed, xwing = given["steward"]["ed_seed"], given["steward"]["xwing_seed"]
    agrees(v, lambda: decoder_rules.open_mail(given["mail"], decoder_rules.public(ed, xwing)[1], xwing, None))


@pytest.mark.parametrize(("given", "v"), [p for p in vectors("words_secret") if "out" in p.values[1]])
def test_the_secret_of_words(given: dict[str, Any], v: dict[str, Any]) -> None:
    words, email = " ".join(given["words"].lower().split()), given["email"].strip().lower()
    agrees(v, lambda: decoder.from_words(words, given["site"], given["role"], email))


@pytest.mark.parametrize(("given", "v"), [p for p in vectors("open_export") if "out" in p.values[1]])
def test_a_whole_case(given: dict[str, Any], v: dict[str, Any]) -> None:
    items = from_json(v["out"])["items"]
    found = decoder_rules.open_case(given["data"], given["secret"])
    assert len(found) == len(items)
    for payload, item in zip(found, items, strict=True):
        if item["unreadable"] not in ("not allowed", "unknown kind"):  # the decoder has no table of kinds
            assert payload == item["payload"]


def test_a_case_told_otherwise_is_refused() -> None:
    for given, v in (p.values for p in vectors("open_export")):
        if v.get("expect") == "WrongPlace":  # who is a member, the decoder does not ask
            with pytest.raises(REFUSED):
                decoder_rules.open_case(given["data"], given["secret"])
