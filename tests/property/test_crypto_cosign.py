"""Requests to a witness and lines from it: what is written is read back; what is made up is refused."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey

from crypto import checkpoint, cosign
from crypto.errors import BadSignature, Malformed, SealError
from tests.support.witness import Log, history

LOG = Log()
NOTE = LOG.note(history(7))
TEXT = checkpoint.split_note(NOTE)[0]
WANDA, WILMA = SigningKey(b"w" * 32), SigningKey(b"v" * 32)


def line(key: SigningKey, when: int, name: str = "wanda.example", text: str = TEXT) -> str:
    signature = key.sign(checkpoint.cosigned_text(text, when).encode()).signature
    return cosign.cosignature_line(name, bytes(key.verify_key), when, signature)


def keys(*known: tuple[str, SigningKey]) -> checkpoint.Keys:
    return cosign.witness_keys([checkpoint.vkey(name, bytes(key.verify_key), 4) for name, key in known])


BOTH = keys(("wanda.example", WANDA), ("wilma.example", WILMA))


@given(st.integers(0, 10**16 - 1), st.lists(st.binary(min_size=32, max_size=32), max_size=63))
def test_a_request_is_read_as_it_was_written(old: int, proof: list[bytes]) -> None:
    assert cosign.read_request(cosign.write_request(old, proof, NOTE)) == (old, proof, NOTE)


@given(st.binary(max_size=400))
def test_bytes_are_refused_in_one_way_or_are_a_request(body: bytes) -> None:
    try:
        old, proof, note = cosign.read_request(body)
    except Malformed:
        return
    assert cosign.write_request(old, proof, note) == body


@given(st.text(max_size=200))
def test_an_answer_of_nonsense_gives_nothing(answer: str) -> None:
    with contextlib.suppress(SealError):
        assert cosign.good_lines(NOTE, answer, BOTH) == []


@given(st.integers(0, 2**53), st.integers(0, 2**53))
def test_of_one_witness_the_last_word_stays(first: int, second: int) -> None:
    note = cosign.add_lines(NOTE, [line(WANDA, first), line(WILMA, first, "wilma.example")])
    note = cosign.add_lines(note, [line(WANDA, second)])
    assert checkpoint.cosignatures(note, BOTH) == {"wanda.example": second, "wilma.example": first}
    assert checkpoint.open_note(note, LOG_KEYS) == TEXT
    assert note.count("— ") == 3


LOG_KEYS = {(LOG.origin, checkpoint.key_id(LOG.origin, bytes(LOG.key.verify_key))): bytes(LOG.key.verify_key)}


def test_a_word_about_another_checkpoint_is_refused() -> None:
    other = line(WANDA, 7, text=checkpoint.split_note(LOG.note(history(8)))[0])
    with pytest.raises(BadSignature):
        cosign.good_lines(NOTE, other, BOTH)
    assert checkpoint.cosignatures(NOTE + other, BOTH) == {}


def test_strangers_are_left_out() -> None:
    known = keys(("wanda.example", WANDA))
    assert cosign.good_lines(NOTE, line(WILMA, 7, "wilma.example") + line(WANDA, 8), known) == [line(WANDA, 8)]


def test_the_logs_own_signature_is_no_witness() -> None:
    assert cosign.good_lines(NOTE, NOTE.split("\n\n")[1], BOTH) == []
    with pytest.raises(Malformed):
        cosign.witness_keys([LOG.vkey])


def test_a_caller_is_told_of_its_mistakes() -> None:
    for wrong in ((-1, [], NOTE), (0, [b"short"], NOTE), (0, [bytes(32)] * 64, NOTE)):
        with pytest.raises(ValueError):
            cosign.write_request(*wrong)
    for name, when, signature in (("a b", 1, bytes(64)), ("a", -1, bytes(64)), ("a", 2**63, bytes(64)), ("a", 1, b"")):
        with pytest.raises(ValueError):
            cosign.cosignature_line(name, bytes(32), when, signature)
