"""What is sealed for one place opens there and nowhere else, whatever it says."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto import payload
from crypto.box import box, pad, unbox, unpad
from crypto.errors import CannotOpen, Malformed, SealError
from crypto.frame import frame, unframe
from crypto.outer import check_box, padme
from crypto.record import open_record
from tests.unit.crypto.cast import NORA, SARA, approved

key = st.binary(min_size=32, max_size=32)
place = st.builds(
    lambda site, fp, draft: frame("draft", {"site": site, "fp": fp, "draft": draft}), key, key,
    st.binary(min_size=16, max_size=16),
)  # fmt: skip
leaf = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=("Cs",)))
)
tree = st.recursive(
    leaf,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text('abc\u00e9"', max_size=3), inner, max_size=3),
)
STORY = approved()
NOTE = STORY.say(NORA, "message", text="hello")


@given(st.integers(0, 2**40))
def test_padding_costs_at_most_an_eighth(n: int) -> None:
    padded = padme(n)
    assert n <= padded == padme(padded)
    assert padded == 256 or padded <= n * 1.12


@given(st.binary(max_size=3000))
def test_padding_comes_off_again(plain: bytes) -> None:
    assert unpad(pad(plain)) == plain


@given(key, place, st.binary(max_size=600), st.data())
@settings(deadline=None)
def test_a_box_opens_in_its_place_and_nowhere_else(k: bytes, x: bytes, plain: bytes, data: st.DataObject) -> None:
    sealed = check_box(box(k, x, plain), len(plain))
    assert unbox(k, x, sealed) == plain
    elsewhere, other = data.draw(place.filter(lambda y: y != x)), data.draw(key.filter(lambda j: j != k))
    at = data.draw(st.integers(0, len(sealed) - 1))
    changed = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
    for args in ((k, elsewhere, sealed), (other, x, sealed), (k, x, changed), (k, x, sealed[:at])):
        with pytest.raises(CannotOpen):
            unbox(*args)


@given(st.sampled_from(["site", "case", "record", "seq", "prev", "e", "roster", "author", "day"]))
@settings(deadline=None)
def test_a_record_moved_elsewhere_does_not_open(field: str) -> None:
    entry = unframe("entry", NOTE)
    header = unframe("record", entry["header"])
    value = header[field]
    moved = {**header, field: value + 1 if isinstance(value, int) else bytes(len(value) - 1) + b"\x01"}
    with pytest.raises(CannotOpen):
        open_record(frame("entry", {**entry, "header": frame("record", moved)}), STORY.keys[2], NORA.ed_pk)


@given(st.binary(max_size=4))
@settings(deadline=None)
def test_a_record_damaged_anywhere_is_refused_by_name(noise: bytes) -> None:
    for at in range(0, len(NOTE), 61):
        damaged = NOTE[:at] + noise + NOTE[at + 1 :]
        if damaged != NOTE:
            with pytest.raises(SealError):
                open_record(damaged, STORY.keys[2], NORA.ed_pk)
    with pytest.raises(SealError):
        open_record(NOTE, STORY.keys[2], SARA.ed_pk)


@given(st.dictionaries(st.text(max_size=4).filter(lambda s: s.isprintable()), tree, max_size=4))
def test_json_comes_back_as_it_was(value: dict[str, Any]) -> None:
    try:
        data = payload.to_json(value)
    except ValueError:
        assert _levels(value) > 8
        return
    assert payload.from_json(data) == value


@given(st.binary(max_size=40) | st.text('{}[]":,0123456789.eE-ntrufalse \\ud8', max_size=24).map(str.encode))
def test_json_is_read_once_or_refused(data: bytes) -> None:
    try:
        value = payload.from_json(data)
    except Malformed:
        return
    assert payload.from_json(payload.to_json(value)) == value


def _levels(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(_levels, inner), default=0)
