"""Coming back by a signature: what a guesser, a replayer and a stranger get."""

import os
import sys
from collections.abc import Callable

import sqlalchemy as sa

from app.http import b64, unb64
from crypto import keys
from tests.support.organisation import ZEROS, Device, Person, Site


def test_sara_comes_back_and_gets_what_opens_her_account(site: Site, carl: Person) -> None:
    sara = site.enrol()
    answer = sara.sign_in(site.device())
    key = keys.unwrap(sara.method, site.site, "peer", sara.fp, unb64(answer["wrap"]))
    opened = keys.open_bundle(key, site.site, "peer", unb64(answer["fp"]), unb64(answer["bundle"]))
    notebook = keys.open_notebook(key, site.site, sara.fp, 1, unb64(answer["notebook"]["box"]))
    assert opened.fp == sara.fp
    assert notebook == {"pins": {}}
    assert (answer["role"], answer["kind"], answer["submitted"]) == ("peer", "words", False)


def test_an_unknown_locator_and_a_wrong_signature_look_alike(site: Site, carl: Person) -> None:
    sara, device = site.enrol(), site.device()
    unknown = device.post(
        "/sign-in", Authorization=_header(device, Person("Omar", site.site, "peer", device).method, site)
    )
    wrong = device.post("/sign-in", Authorization=_header(device, _with_other_key(sara.method), site))
    assert unknown.status_code == wrong.status_code == 401
    assert unknown.get_data() == wrong.get_data()
    assert list(unknown.headers) == list(wrong.headers)
    assert unknown.get_json()["error"] == "no-match"
    assert "Check their order" in unknown.get_json()["words"]


def test_an_unknown_locator_takes_the_same_steps_as_a_wrong_signature(site: Site, carl: Person) -> None:
    sara, device = site.enrol(), site.device()
    headers = [
        _header(device, method, site)
        for method in (_with_other_key(sara.method), Person("Omar", site.site, "peer", device).method) * 2
    ]
    walks = [_steps(lambda h=header: device.post("/sign-in", Authorization=h)) for header in headers]
    assert any(step.endswith("signing.py:verify_raw") for step in walks[2])
    assert walks[2] == walks[3]


def test_a_nonce_signs_once(site: Site, carl: Person) -> None:
    sara = site.enrol()
    header = sara.authorization(ZEROS)
    assert sara.device.post("/sign-in", Authorization=header).status_code == 200
    again = sara.device.post("/sign-in", Authorization=header)
    assert (again.status_code, again.get_json()["error"]) == (401, "stale-nonce")


def test_a_nonce_is_used_up_by_a_try_that_failed(site: Site, carl: Person) -> None:
    sara, device = site.enrol(), site.device()
    nonce = device.nonce()
    wrong = keys.authorization(_with_other_key(sara.method), site.site, nonce, ZEROS)
    assert device.post("/sign-in", Authorization=wrong).get_json()["error"] == "no-match"
    right = keys.authorization(sara.method, site.site, nonce, ZEROS)
    assert device.post("/sign-in", Authorization=right).get_json()["error"] == "stale-nonce"


def test_a_nonce_lives_two_minutes(site: Site, carl: Person) -> None:
    sara = site.enrol()
    in_time, too_late = sara.authorization(ZEROS), sara.authorization(ZEROS)
    site.clock.move(seconds=119)
    assert sara.device.post("/sign-in", Authorization=in_time).status_code == 200
    site.clock.move(seconds=1)
    assert sara.device.post("/sign-in", Authorization=too_late).get_json()["error"] == "stale-nonce"


def test_a_nonce_that_the_server_never_gave_signs_nothing(site: Site, carl: Person) -> None:
    sara = site.enrol()
    header = keys.authorization(sara.method, site.site, os.urandom(32), ZEROS)
    assert site.device().post("/sign-in", Authorization=header).get_json()["error"] == "stale-nonce"


def test_a_header_signed_for_an_act_does_not_sign_in(site: Site, carl: Person) -> None:
    sara = site.enrol()
    answer = site.device().post("/sign-in", Authorization=sara.authorization(os.urandom(32)))
    assert (answer.status_code, answer.get_json()["error"]) == (401, "other-act")


def test_a_signature_for_another_site_does_not_sign_in(site: Site, carl: Person) -> None:
    sara, device = site.enrol(), site.device()
    header = keys.authorization(sara.method, os.urandom(32), device.nonce(), ZEROS)
    assert device.post("/sign-in", Authorization=header).get_json()["error"] == "no-match"


def test_a_header_that_is_none_is_refused_in_words(site: Site, carl: Person) -> None:
    for header in ("", "AL1 ", "Basic abc", "AL1 " + "A" * 191, "AL1 " + "é" * 192):
        answer = site.device().post("/sign-in", Authorization=header)
        assert answer.status_code == 400, header
        assert answer.get_json()["words"].startswith("This could not be read")


def test_sign_in_before_the_site_is_set_up_says_so(site: Site) -> None:
    omar = Person("Omar", os.urandom(32), "peer", site.device())
    answer = omar.device.post("/sign-in", Authorization=omar.authorization(ZEROS))
    assert (answer.status_code, answer.get_json()["error"]) == (409, "not-founded")


def test_guessing_is_slowed_and_leaves_no_address_in_the_log(site: Site, carl: Person, caplog) -> None:
    caplog.set_level("DEBUG")
    device = site.device()
    method = Person("Omar", site.site, "peer", device).method
    codes = [device.post("/sign-in", Authorization=_header(device, method, site)).status_code for _ in range(31)]
    assert codes[:30] == [401] * 30
    assert codes[30] == 429
    assert "127.0.0.1" not in caplog.text


def test_signing_in_often_is_not_slowed(site: Site, carl: Person) -> None:
    sara = site.enrol()
    for _ in range(35):
        sara.sign_in()


def test_signing_in_logs_no_person(site: Site, carl: Person, caplog) -> None:
    caplog.set_level("DEBUG")
    sara = site.enrol()
    sara.sign_in()
    for secret in (sara.fp.hex(), b64(sara.fp), b64(sara.method.locator), b64(sara.share), str(sara.device.cookie)):
        assert secret not in caplog.text


def test_the_server_keeps_no_login_secret_and_no_cookie(site: Site, carl: Person) -> None:
    sara = site.enrol()
    sara.sign_in()
    held = b"".join(content for _table, content in _rows(site))
    assert sara.method.login_pk in held  # the search does look where they would be
    for secret in (sara.method.login_seed, sara.method.kek, sara.account_key, sara.identity.ed_seed):
        assert secret not in held
    assert unb64(str(sara.device.cookie)) not in held


def _rows(site: Site) -> list[tuple[str, bytes]]:
    engine = site.app.extensions["alongside_engine"]
    tables = sa.MetaData()
    tables.reflect(engine)
    with engine.connect() as db:
        return [
            (table.name, b"|".join(bytes(v) for row in db.execute(table.select()) for v in row if isinstance(v, bytes | memoryview)))
            for table in tables.sorted_tables
        ]  # fmt: skip


def _header(device: Device, method: keys.Method, site: Site) -> str:
    return keys.authorization(method, site.site, device.nonce(), ZEROS)


def _with_other_key(method: keys.Method) -> keys.Method:
    seed = os.urandom(32)
    return keys.Method(method.kind, method.locator, seed, keys.ed_public(seed), method.kek)


def _steps(do: Callable[[], object]) -> list[str]:
    """Every function of ours that was called, in order."""
    steps: list[str] = []

    def note(frame, event, _argument) -> None:
        file = frame.f_code.co_filename
        if event == "call" and ("/app/" in file or "/crypto/" in file):
            steps.append(f"{file}:{frame.f_code.co_name}")

    sys.setprofile(note)
    try:
        do()
    finally:
        sys.setprofile(None)
    return steps
