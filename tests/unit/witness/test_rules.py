"""What a witness refuses, what it cosigns, and what it tells: C2SP tlog-witness over a real connection."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from crypto import checkpoint, cosign
from tests.support.witness import Log, Running, Start, history

pytestmark = pytest.mark.slow  # processes of their own


def test_another_history_of_the_same_size_is_refused_and_kept_as_evidence(
    wanda: Running, log: Log, tmp_path: Path
) -> None:
    assert wanda.ask(log.request(history(5), 0)).status_code == 200
    answer = wanda.ask(log.request(history(5, turn=3), 5))
    assert (answer.status_code, answer.text, answer.headers["Content-Type"]) == (409, "5\n", "text/x.tlog.size")
    (evidence,) = (tmp_path / "state" / "evidence").iterdir()
    first, second = (log.note(history(5)), log.note(history(5, turn=3)))
    assert first.split("\n\n")[0] in evidence.read_text() and second in evidence.read_text()


def test_a_longer_log_with_another_past_is_refused(wanda: Running, log: Log) -> None:
    wanda.ask(log.request(history(5), 0))
    assert wanda.ask(log.request(history(9, turn=3), 5)).status_code == 422
    assert wanda.ask(log.request(history(9), 5)).status_code == 200


def test_a_log_that_shrank_is_refused(wanda: Running, log: Log) -> None:
    wanda.ask(log.request(history(9), 0))
    for old in (0, 5):
        answer = wanda.ask(log.request(history(5), old))
        assert (answer.status_code, answer.text) == (409, "9\n")


def test_a_log_that_pretends_to_be_new_is_refused(wanda: Running, log: Log) -> None:
    wanda.ask(log.request(history(5), 0))
    answer = wanda.ask(log.request(history(9, turn=0), 0))
    assert (answer.status_code, answer.text) == (409, "5\n")


def test_a_proof_where_none_belongs_is_refused(wanda: Running, log: Log) -> None:
    extra = [bytes(32)]
    assert wanda.ask(cosign.write_request(0, extra, log.note(history(5)))).status_code == 422
    wanda.ask(log.request(history(5), 0))
    assert wanda.ask(cosign.write_request(5, extra, log.note(history(5)))).status_code == 422


def test_an_empty_log_has_the_empty_root_alone(wanda: Running, log: Log) -> None:
    note = log.note([]).replace(checkpoint.to_base64(checkpoint.read_checkpoint(log.note([]))["root"]), "A" * 43 + "=")
    text = checkpoint.split_note(note)[0]
    signature = log.key.sign(text.encode()).signature
    other = checkpoint.signed_note(text, log.origin, bytes(log.key.verify_key), signature)
    assert wanda.ask(cosign.write_request(0, [], other)).status_code == 409
    assert wanda.ask(log.request([], 0)).status_code == 200
    assert wanda.ask(log.request(history(3), 0)).status_code == 200


def test_a_log_that_it_does_not_follow_is_refused(wanda: Running) -> None:
    assert wanda.ask(Log("another").request(history(3), 0)).status_code == 404


def test_a_log_that_goes_on_under_the_next_number_is_cosigned_there_alone(
    start: Start, wanda: Running, log: Log
) -> None:
    """After a restore: a browser that is to hear nothing of it is shown log 1, longer, and Wanda has not signed that."""
    next_log = Log()
    next_log.origin = log.origin.removesuffix("1") + "2"
    assert wanda.ask(log.request(history(5), 0)).status_code == 200
    assert wanda.ask(next_log.request([], 0)).status_code == 404, "nobody told Wanda of a restore"
    wanda.stop()
    again = start(
        "--origin", next_log.origin, "--log-vkey", log.vkey, "--origin", Log("another").origin, "--log-vkey", log.vkey
    )
    assert f"{log.origin}, 5 leaves, ended" in again.said and f"{next_log.origin}, 0 leaves\n" in again.said
    for hidden in (log.request(history(9), 5), log.request(history(5), 5)):
        answer = again.ask(hidden)
        assert answer.status_code == 404 and "ended" in answer.text
    assert again.ask(next_log.request(history(3), 0)).status_code == 200
    assert "5\n" in requests.get(f"{again.url}/{log.origin}/checkpoint", timeout=10).text, (
        "what it saw stays to be read"
    )


def test_omars_signature_is_refused(wanda: Running, log: Log) -> None:
    omars = log.note(history(3), key=Log("omar").key)
    assert wanda.ask(cosign.write_request(0, [], omars)).status_code == 403
    broken = log.note(history(3)).replace("\n3\n", "\n4\n")
    assert wanda.ask(cosign.write_request(0, [], broken)).status_code == 403


@pytest.mark.parametrize(
    "change",
    [
        lambda body: b"",
        lambda body: b"old 00" + body[5:],
        lambda body: b"old -1" + body[5:],
        lambda body: b"new 0" + body[5:],
        lambda body: b"old 0\nnot base64\n\n" + body[7:],
        lambda body: b"old 0\nAAAA\n\n" + body[7:],
        lambda body: b"old 0\n" + b"A" * 43 + b"=\n" * 64 + body[6:],
        lambda body: body[:-1],
        lambda body: body.replace(b"\n\n", b"\n"),
        lambda body: b"\xff" + body,
        lambda body: b"old 4" + body[5:],
    ],
)
def test_what_is_no_request_is_refused(wanda: Running, log: Log, change) -> None:
    assert wanda.ask(change(log.request(history(3), 0))).status_code == 400


def test_a_body_that_is_too_long_or_has_no_length_is_not_read(wanda: Running) -> None:
    assert wanda.ask(b"x" * (cosign.MOST_BYTES + 1)).status_code == 413
    unsized = requests.post(f"{wanda.url}/add-checkpoint", data=iter([b"old 0"]), timeout=10)
    assert unsized.status_code == 411
    assert requests.post(f"{wanda.url}/elsewhere", data=b"x", timeout=10).status_code == 404


def test_a_log_that_grows_is_cosigned_each_time(wanda: Running, log: Log) -> None:
    old = 0
    for size in (1, 1, 2, 7, 64, 65, 300):
        answer = wanda.ask(log.request(history(size), old))
        assert (answer.status_code, old) == (200, old)
        note = log.note(history(size))
        (line,) = cosign.good_lines(note, answer.text, wanda.keys)
        when = checkpoint.cosignatures(cosign.add_lines(note, [line]), wanda.keys)["wanda.example"]
        assert abs(when - time.time()) < 60
        old = size


def test_anybody_may_read_what_it_saw(wanda: Running, log: Log) -> None:
    where = f"{wanda.url}/{log.origin}/checkpoint"
    assert requests.get(where, timeout=10).status_code == 404
    stranger = "— omar.example AAAAAAAAAAA=\n"
    body = log.request(history(5), 0) + stranger.encode()
    assert wanda.ask(body).status_code == 200
    note = requests.get(where, timeout=10).text
    assert checkpoint.cosignatures(note, wanda.keys).keys() == {"wanda.example"}
    assert "omar" not in note
    about = requests.get(wanda.url, timeout=10).text
    assert wanda.vkey in about and f"{log.origin}  5 leaves" in about


def test_of_two_futures_asked_at_once_one_is_cosigned(start: Start, wanda: Running, log: Log) -> None:
    wanda.ask(log.request(history(5), 0))
    ours, theirs = log.request(history(9), 5), log.request(history(9, turn=5), 5)
    with ThreadPoolExecutor(16) as many:
        answers = list(many.map(wanda.ask, [ours, theirs] * 16))
    assert sorted({answer.status_code for answer in answers}) == [200, 409]
    won = {number % 2 for number, answer in enumerate(answers) if answer.status_code == 200}
    assert len(won) == 1


def test_a_second_key_of_the_log_is_taken_beside_the_first(start: Start, wanda: Running, log: Log) -> None:
    wanda.ask(log.request(history(5), 0))
    wanda.stop()
    new = Log("one, its next key")
    again = start("--origin", log.origin, "--log-vkey", new.vkey)
    body = cosign.write_request(5, [], log.note(history(5), key=new.key))
    assert again.ask(body).status_code == 200
    assert again.ask(log.request(history(5), 5)).status_code == 200


def test_both_keys_are_given_at_once_and_the_old_one_is_dropped_later(start: Start, wanda: Running, log: Log) -> None:
    wanda.stop()
    new = Log("one, its next key")
    both = start("--origin", log.origin, "--log-vkey", log.vkey, "--log-vkey", new.vkey)
    assert f"under {log.vkey}" in both.said and f"under {new.vkey}" in both.said
    assert both.ask(log.request(history(5), 0)).status_code == 200
    both.stop()
    again = start("--drop-log-vkey", log.vkey)
    assert f"under {log.vkey}" not in again.said
    assert again.ask(log.request(history(9), 5)).status_code == 403
    assert again.ask(cosign.write_request(5, [], log.note(history(5), key=new.key))).status_code == 200
    again.stop()
    assert "can't be dropped" in start("--drop-log-vkey", new.vkey).refusal
