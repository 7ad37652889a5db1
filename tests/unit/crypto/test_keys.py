"""Keys are made, kept and shown to nobody."""

from pathlib import Path

import pytest

from crypto import keys, people
from crypto.errors import BadSignature, Malformed, UnknownWords
from crypto.frame import H, frame
from crypto.grant import make_rekey
from crypto.letter import seal_letter
from crypto.record import seal_record
from crypto.seal import seal
from crypto.signing import verify
from crypto.submission import check_enrol
from tests.unit.crypto.cast import NORA, SARA, STAN, TODAY, approved, fixed

SITE = fixed("site")
X = frame("sig", {"hash": bytes(32)})


@pytest.mark.parametrize(
    "small",
    [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    ],
)
def test_a_key_under_which_one_signature_fits_all_is_refused(small: str) -> None:
    pk = bytes.fromhex(small)
    for sig in (bytes.fromhex("01" + "00" * 63), pk + bytes(32), bytes(64)):
        with pytest.raises(BadSignature):
            verify(pk, X, sig)


def test_no_secret_is_in_what_a_log_would_print() -> None:
    m = keys.method(fixed("secret"), SITE, "peer", "words")
    shown = repr(m) + repr(SARA)
    for secret in (m.kek, m.login_seed, SARA.ed_seed, SARA.xwing_seed):
        assert repr(secret) not in shown and secret.hex() not in shown


def test_new_words_are_of_the_list_and_new_each_time() -> None:
    made = {keys.new_words(7) for _ in range(20)}
    assert len(made) == 20
    assert all(len(w.split(" ")) == 7 and keys.read_words(w) == w for w in made)


def test_the_list_is_the_one_in_the_protocol() -> None:
    assert len(people.WORDS) == len(set(people.WORDS)) == 7776
    assert list(people.WORDS) == sorted(people.WORDS)
    folder = Path(people.__file__).parent
    assert H((folder / "words.txt").read_bytes()).hex() in (folder / "SPEC.md").read_text("utf-8")
    assert (folder.parent / "static/words.txt").read_bytes() == (folder / "words.txt").read_bytes()


def test_unknown_words_are_pointed_out() -> None:
    with pytest.raises(UnknownWords) as refused:
        keys.read_words("abacus Qwerty zoom  ASDF")
    assert (refused.value.positions, refused.value.words) == ([1, 3], ["qwerty", "asdf"])
    assert "qwerty" not in str(refused.value)


def test_an_enrolment_is_what_a_server_takes() -> None:
    m = keys.method(fixed("secret"), SITE, "peer", "words")
    enrol, sig = keys.make_enrol(SARA, m, fixed("ak"), site=SITE, role="peer", notebook={"methods": []})
    fields = check_enrol(enrol, sig, SITE)
    assert fields["fp"] == SARA.fp and fields["locator"] == m.locator
    ak = keys.unwrap(m, SITE, "peer", SARA.fp, fields["wrap"])
    assert keys.open_bundle(ak, SITE, "peer", SARA.fp, fields["bundle"]) == SARA
    assert keys.open_notebook(ak, SITE, SARA.fp, 1, fields["notebook"]) == {"methods": []}


def test_a_notebook_that_is_too_full_is_not_sealed() -> None:
    with pytest.raises(ValueError, match="64 KiB"):
        keys.seal_notebook(fixed("ak"), SITE, SARA.fp, 1, {"a": "x" * 66_000})


def test_a_save_says_its_version_and_carries_the_log_s_tag() -> None:
    body = keys.notebook_save(SARA, fixed("ak"), site=SITE, version=9, notebook={"a": 1})
    assert int.from_bytes(body[:8], "big") == 9 and len(body[8:40]) == 32
    assert keys.open_notebook(fixed("ak"), SITE, SARA.fp, 9, body[40:]) == {"a": 1}


def test_a_public_key_that_is_none_is_refused_when_sealing() -> None:
    with pytest.raises(Malformed):
        seal(b"\xff" * 1216, X, bytes(32))
    with pytest.raises(Malformed):
        seal(SARA.xwing_pk[:1184] + bytes(32), X, bytes(32))


def test_a_record_without_a_kind_is_the_writer_s_mistake() -> None:
    c = approved().chain
    with pytest.raises(ValueError, match="kind"):
        seal_record(
            NORA, site=c.site, case=c.case, seq=1, prev=c.head, e=2, roster=c.roster_hash, author=0, day=TODAY,
            epoch_key=bytes(32), payload={"text": "x"},
        )  # fmt: skip


def test_every_row_has_one_length() -> None:
    to = [{"fp": STAN.fp, "xwing_pk": STAN.xwing_pk}]
    common = {"site": SITE, "kind": "row", "to": STAN.fp, "about": bytes(16), "day": TODAY, "recipients": to}
    sizes = {len(seal_letter(None, payload={"a": "x" * n}, **common)) for n in (0, 700, 8000)}
    assert len(sizes) == 1
    for wrong in ({"sender": SARA}, {"payload": {"a": "x" * 8200}}, {"about": b"c" * 16}, {"recipients": []}):
        with pytest.raises(ValueError, match="letter"):
            seal_letter(**{"sender": None, "payload": {}, **common, **wrong})


def test_two_rekeyings_of_one_roster_have_nothing_in_common_but_their_members() -> None:
    def made() -> dict[str, bytes]:
        return make_rekey(
            SARA, None, site=SITE, nonce=fixed("n", 16), epoch_key=fixed("k"), last_key=None, owner_fp=SARA.fp, day=TODAY,
            members=[{"identity": SARA.frame, "lead": False}],
        )  # fmt: skip

    one, two = made(), made()
    assert one["roster"] == two["roster"] and one["rekey"] != two["rekey"]
