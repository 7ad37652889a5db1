"""Making an account: what is checked, what goes on the log, and what the same bytes get twice."""

import os

import pytest

from app.http import b64, unb64
from crypto import keys
from crypto.frame import H, frame, unframe
from crypto.receipt import check_receipt
from tests.support.organisation import Person, Site


def test_enrolling_puts_version_one_of_the_notebook_on_the_log_under_sara_s_own_tag(site: Site, carl: Person) -> None:
    sara = Person("Sara", site.site, "peer", site.device())
    enrol, sig = sara.enrolment()
    answer = sara.device.ask("/sign-in/enrol", {"enrol": enrol, "sig": sig})
    event = check_receipt(unb64(answer["receipt"]), site.site, site.facts()["log_vkey"])
    assert (event["type"], event["actor"]) == ("notebook", sara.fp)
    assert event["object"] == H(unframe("enrol", enrol)["notebook"])
    assert event["tag"] == sara.leaf_tag(1)
    assert event["subject"] == bytes(16)


def test_an_enrolment_signed_by_another_key_is_refused(site: Site, carl: Person) -> None:
    sara = Person("Sara", site.site, "peer", site.device())
    enrol, _ = sara.enrolment()
    answer = sara.device.post("/sign-in/enrol", {"enrol": enrol, "sig": keys.sign(os.urandom(32), enrol)})
    assert (answer.status_code, answer.get_json()["kind"]) == (400, "BadSignature")


def test_an_enrolment_for_another_site_is_refused(site: Site, carl: Person) -> None:
    sara = Person("Sara", os.urandom(32), "peer", site.device())
    enrol, sig = sara.enrolment()
    answer = sara.device.post("/sign-in/enrol", {"enrol": enrol, "sig": sig})
    assert (answer.status_code, answer.get_json()["kind"]) == (400, "WrongPlace")


def test_nobody_enrols_as_staff_without_an_invitation(site: Site, carl: Person) -> None:
    omar = Person("Omar", site.site, "staff", site.device())
    enrol, sig = omar.enrolment()
    answer = omar.device.post("/sign-in/enrol", {"enrol": enrol, "sig": sig})
    assert (answer.status_code, answer.get_json()["error"]) == (400, "wrong-role")


def test_the_same_bytes_again_are_the_same_account(site: Site, carl: Person) -> None:
    sara = Person("Sara", site.site, "peer", site.device())
    enrol, sig = sara.enrolment()
    first, second = (sara.device.ask("/sign-in/enrol", {"enrol": enrol, "sig": sig}) for _ in range(2))
    assert first == second


def test_bytes_of_an_enrolment_that_was_seen_are_no_way_in_later(site: Site, carl: Person) -> None:
    sara = Person("Sara", site.site, "peer", site.device())
    enrol, sig = sara.enrolment()
    sara.device.ask("/sign-in/enrol", {"enrol": enrol, "sig": sig})
    assert sara.save(sara.notebook(2, {"pins": {}})).status_code == 200
    omar = site.device()
    answer = omar.post("/sign-in/enrol", {"enrol": enrol, "sig": sig})
    assert (answer.status_code, answer.get_json()["error"]) == (409, "taken")
    assert omar.cookie is None


def test_two_accounts_cannot_share_a_way_to_unlock(site: Site, carl: Person) -> None:
    sara = site.enrol()
    omar = Person("Omar", site.site, "peer", site.device())
    omar.method = sara.method
    enrol, sig = omar.enrolment()
    answer = omar.device.post("/sign-in/enrol", {"enrol": enrol, "sig": sig})
    assert (answer.status_code, answer.get_json()["error"]) == (409, "taken")
    assert sara.sign_in()["fp"]


@pytest.mark.parametrize("part", ["wrap", "bundle", "notebook"])
def test_text_where_a_box_belongs_is_not_stored(site: Site, carl: Person, part: str) -> None:
    sara = Person("Sara", site.site, "peer", site.device())
    fields = unframe("enrol", sara.enrolment()[0])
    fields[part] = b"the chair said it again. ".ljust(328, b"x")
    enrol = frame("enrol", fields)
    answer = sara.device.post("/sign-in/enrol", {"enrol": enrol, "sig": keys.sign(sara.identity.ed_seed, enrol)})
    assert (answer.status_code, answer.get_json()["error"]) == (415, "not-sealed")
    assert sara.device.post("/sign-in", Authorization=sara.authorization(bytes(32))).status_code == 401


def test_a_login_key_that_every_signature_fits_does_not_sign_in(site: Site, carl: Person) -> None:
    sara = Person("Sara", site.site, "peer", site.device())
    fields = {**unframe("enrol", sara.enrolment()[0]), "login_pk": bytes([1]) + bytes(31)}
    enrol = frame("enrol", fields)
    sara.device.ask("/sign-in/enrol", {"enrol": enrol, "sig": keys.sign(sara.identity.ed_seed, enrol)})
    forged = bytes([1]) + bytes(63)  # under the neutral point this fits every message, if a verifier allows it
    header = sara.authorization(bytes(32))
    parts = unb64(header.removeprefix("AL1 "))[:-64] + forged
    assert site.device().post("/sign-in", Authorization="AL1 " + b64(parts)).status_code == 401


def test_a_request_that_is_no_json_object_gets_kind_words(site: Site, carl: Person) -> None:
    for body in ('["enrol"]', "{", '{"enrol": 5, "sig": "AA"}', '{"enrol": "A", "sig": "AA"}'):
        answer = site.device().client.post(
            "/sign-in/enrol", data=body, content_type="application/json", headers={"Origin": "http://localhost"}
        )
        assert (answer.status_code, answer.get_json()["error"]) == (400, "malformed")
