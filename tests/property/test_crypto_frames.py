"""Whatever is in a frame, it has one encoding, one reading, and no other frame's reading."""

import unicodedata
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.errors import Malformed
from crypto.frame import FRAMES, MAX_INT, frame, tag_of, unframe


def _text(most: int) -> st.SearchStrategy[str]:
    anything = st.text(st.characters(exclude_categories=("Cs",)), max_size=most)
    composed = anything.map(lambda s: unicodedata.normalize("NFC", s).lstrip("\ufeff"))
    return composed.filter(lambda s: len(s.encode()) <= most and unicodedata.is_normalized("NFC", s))


def _value(kind: str) -> st.SearchStrategy[Any]:
    if kind == "u":
        return st.integers(0, MAX_INT)
    size = int(kind[1:])
    item = (
        st.binary(min_size=size, max_size=size)
        if size <= 96
        else st.binary(max_size=8).map(lambda b: b.ljust(size, b"."))
    )
    return {
        "b": item, "v": st.binary(max_size=min(size, 80)), "t": _text(min(size, 20)), "o": st.lists(item, max_size=4),
        "l": st.lists(item, max_size=4, unique=True).map(sorted),
    }[kind[0]]  # fmt: skip


any_frame = st.sampled_from(sorted(FRAMES)).flatmap(
    lambda tag: st.tuples(st.just(tag), st.fixed_dictionaries({name: _value(kind) for name, kind in FRAMES[tag]}))
)


@given(any_frame)
@settings(max_examples=200, deadline=None)
def test_every_frame_comes_back_as_it_was(case: tuple[str, dict[str, Any]]) -> None:
    tag, fields = case
    data = frame(tag, fields)
    assert tag_of(data) == tag
    assert unframe(tag, data) == fields
    assert frame(tag, unframe(tag, data)) == data


@given(any_frame, st.data())
@settings(max_examples=200, deadline=None)
def test_a_frame_cut_short_or_made_longer_is_refused(case: tuple[str, dict[str, Any]], data: st.DataObject) -> None:
    tag, fields = case
    whole = frame(tag, fields)
    cut = data.draw(st.integers(0, len(whole) - 1))
    assert _refused(tag, whole[:cut])
    assert _refused(tag, whole + data.draw(st.binary(min_size=1, max_size=4)))


@given(any_frame, st.sampled_from(sorted(FRAMES)))
@settings(max_examples=200, deadline=None)
def test_no_frame_reads_as_another(case: tuple[str, dict[str, Any]], other: str) -> None:
    tag, fields = case
    assert _refused(other, frame(tag, fields)) == (other != tag)


@given(any_frame, st.data())
@settings(max_examples=200, deadline=None)
def test_a_byte_changed_is_refused_or_means_something_else(
    case: tuple[str, dict[str, Any]], data: st.DataObject
) -> None:
    tag, fields = case
    whole = frame(tag, fields)
    at = data.draw(st.integers(0, len(whole) - 1))
    changed = whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :]
    try:
        read = unframe(tag, changed)
    except Malformed:
        return
    assert read != fields and frame(tag, read) == changed


@given(st.sampled_from(sorted(FRAMES)), st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_noise_is_refused_and_nothing_else_happens(tag: str, noise: bytes) -> None:
    head = frame(tag, {n: _least(k) for n, k in FRAMES[tag]})[: 5 + len(tag)]
    for data in (noise, head + noise):
        try:
            assert frame(tag, unframe(tag, data)) == data
        except Malformed:
            continue


def _least(kind: str) -> Any:
    return {"u": 0, "t": "", "l": [], "o": [], "v": b"", "b": bytes(int(kind[1:] or 0))}[kind[0]]


def _refused(tag: str, data: bytes) -> bool:
    try:
        unframe(tag, data)
    except Malformed:
        return True
    return False
