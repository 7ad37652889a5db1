"""The notebook, and adding or removing a way to unlock."""

import os
from typing import Any

import pytest

from app.http import unb64
from crypto import keys
from crypto.frame import H, frame
from crypto.receipt import check_receipt
from tests.support.organisation import Person, Site


@pytest.fixture
def sara(site: Site, carl: Person) -> Person:
    return site.enrol()


def test_a_saved_notebook_is_the_next_version_on_the_log(site: Site, sara: Person) -> None:
    body = sara.notebook(2, {"pins": {"nora": "x"}})
    receipt = unb64(sara.save(body).get_json()["receipt"])
    event = check_receipt(receipt, site.site, site.facts()["log_vkey"])
    assert (event["tag"], event["object"], event["actor"]) == (sara.leaf_tag(2), H(body[40:]), sara.fp)
    answer = sara.device.ask("/sign-in/notebook")
    assert (answer["version"], unb64(answer["box"])) == (2, body[40:])


def test_the_second_of_two_tabs_is_told_what_the_first_saved(sara: Person) -> None:
    first, second = sara.notebook(2, {"tab": 1}), sara.notebook(2, {"tab": 2})
    sara.save(first)
    answer = sara.save(second)
    assert (answer.status_code, answer.get_json()["error"], answer.get_json()["version"]) == (409, "newer", 2)
    assert unb64(answer.get_json()["box"]) == first[40:]


def test_a_save_whose_answer_was_lost_gets_its_receipt_again(sara: Person) -> None:
    body = sara.notebook(2, {})
    first, again = sara.save(body), sara.save(body)
    assert first.status_code == again.status_code == 200
    assert first.get_json() == again.get_json()


def test_omar_does_not_get_sara_s_receipt_by_naming_her_tag(site: Site, sara: Person) -> None:
    omar = site.enrol("Omar")
    body = omar.notebook(2, {})
    omar.save(body)
    answer = omar.save(body[:8] + sara.tag(1) + body[40:])
    assert (answer.status_code, answer.get_json()["error"]) == (409, "other-tag")


def test_text_is_not_a_notebook(sara: Person) -> None:
    text = b"she said it in front of everybody ".ljust(328, b".")
    answer = sara.save(sara.notebook(2, {})[:40] + text)
    assert (answer.status_code, answer.get_json()["error"]) == (415, "not-sealed")
    assert sara.device.ask("/sign-in/notebook")["version"] == 1


@pytest.mark.parametrize("version", [0, 2**53, 2**64 - 1])
def test_a_version_that_cannot_be_is_refused(sara: Person, version: int) -> None:
    body = version.to_bytes(8, "big") + sara.notebook(2, {})[8:]
    assert sara.save(body).status_code == 400


def test_a_notebook_is_saved_only_by_somebody_signed_in(site: Site, sara: Person) -> None:
    answer = site.device().post("/sign-in/notebook/save", sara.notebook(2, {}))
    assert answer.get_json()["error"] == "locked"


def test_a_stolen_cookie_puts_nothing_in_the_notebook_s_place(sara: Person) -> None:
    body = sara.notebook(2, {})[:40] + os.urandom(328)
    answer = sara.device.post("/sign-in/notebook/save", body)
    assert (answer.status_code, answer.get_json()["error"]) == (401, "not-signed")
    assert sara.device.ask("/sign-in/notebook")["version"] == 1


def test_sara_adds_a_sheet_and_unlocks_with_it(site: Site, sara: Person) -> None:
    sheet = keys.method(keys.new_sheet(), site.site, "peer", "sheet")
    answer = sara.signed("/sign-in/methods", _methods(sara, sheet, version=2))
    event = check_receipt(unb64(answer.get_json()["receipt"]), site.site, site.facts()["log_vkey"])
    assert event["tag"] == sara.leaf_tag(2)
    sara.method = sheet
    back = sara.sign_in(site.device())
    assert (back["kind"], back["notebook"]["version"]) == ("sheet", 2)
    assert keys.unwrap(sheet, site.site, "peer", sara.fp, unb64(back["wrap"])) == sara.account_key


def test_a_stolen_cookie_alone_adds_no_way_to_unlock(site: Site, sara: Person) -> None:
    body = _methods(sara, keys.method(os.urandom(32), site.site, "peer", "words"), version=2)
    bare = sara.device.post("/sign-in/methods", body)
    assert (bare.status_code, bare.get_json()["error"]) == (401, "not-signed")
    own = sara.device.signed("/sign-in/methods", body, site.enrol("Omar").method, site.site)
    assert (own.status_code, own.get_json()["error"]) == (401, "other-act")
    assert sara.device.ask("/sign-in/notebook")["version"] == 1


def test_a_signed_act_cannot_be_turned_into_another(site: Site, sara: Person) -> None:
    asked, other = (_methods(sara, keys.method(os.urandom(32), site.site, "peer", "words"), version=2) for _ in "ab")
    answer = sara.device.post("/sign-in/methods", other, Authorization=sara.authorization(H(asked)))
    assert (answer.status_code, answer.get_json()["error"]) == (401, "other-act")


def test_a_signed_act_is_done_once(site: Site, sara: Person) -> None:
    body = _methods(sara, keys.method(os.urandom(32), site.site, "peer", "words"), version=2)
    header = sara.authorization(H(body))
    assert sara.device.post("/sign-in/methods", body, Authorization=header).status_code == 200
    assert sara.device.post("/sign-in/methods", body, Authorization=header).get_json()["error"] == "stale-nonce"


def test_a_signature_without_a_session_changes_nothing(site: Site, sara: Person) -> None:
    body = _methods(sara, keys.method(os.urandom(32), site.site, "peer", "words"), version=2)
    answer = site.device().signed("/sign-in/methods", body, sara.method, site.site)
    assert answer.get_json()["error"] == "locked"


def test_sara_removes_her_old_words_and_they_open_nothing(site: Site, sara: Person) -> None:
    old, new = sara.method, keys.method(os.urandom(32), site.site, "peer", "words")
    assert sara.signed("/sign-in/methods", _methods(sara, new, version=2)).status_code == 200
    assert sara.signed("/sign-in/methods", _methods(sara, old, version=3, wrap=b"")).status_code == 200
    assert sara.device.post("/sign-in", Authorization=sara.authorization(bytes(32))).status_code == 401
    sara.method = new
    assert sara.sign_in()["notebook"]["version"] == 3


def test_removing_words_ends_every_session_that_may_have_come_in_by_them(site: Site, sara: Person) -> None:
    here, thief, old = sara.device, site.device(), sara.method
    sara.sign_in(thief)
    sara.device, new = here, keys.method(os.urandom(32), site.site, "peer", "words")
    assert sara.signed("/sign-in/methods", _methods(sara, new, version=2)).status_code == 200
    assert thief.post("/sign-in/notebook").status_code == 200
    assert sara.signed("/sign-in/methods", _methods(sara, old, version=3, wrap=b"")).status_code == 200
    assert thief.post("/sign-in/notebook").get_json()["error"] == "locked"
    assert here.post("/sign-in/notebook").status_code == 200


def test_the_last_way_to_unlock_stays(sara: Person) -> None:
    answer = sara.signed("/sign-in/methods", _methods(sara, sara.method, version=2, wrap=b""))
    assert (answer.status_code, answer.get_json()["error"]) == (409, "last-method")
    assert sara.device.ask("/sign-in/notebook")["version"] == 1, "the notebook did not change by halves"


def test_omar_cannot_remove_or_take_sara_s_way_to_unlock(site: Site, sara: Person) -> None:
    omar = site.enrol("Omar")
    taken = omar.signed("/sign-in/methods", _methods(omar, sara.method, version=2))
    assert (taken.status_code, taken.get_json()["error"]) == (409, "taken")
    extra = keys.method(os.urandom(32), site.site, "peer", "words")
    assert omar.signed("/sign-in/methods", _methods(omar, extra, version=2)).status_code == 200
    gone = omar.signed("/sign-in/methods", _methods(omar, sara.method, version=3, wrap=b""))
    assert (gone.status_code, gone.get_json()["error"]) == (404, "no-such-method")
    assert sara.sign_in()["fp"]


@pytest.mark.parametrize("other", [{"fp": bytes(32)}, {"site": bytes(32)}, {"kind": "magic"}])
def test_a_change_for_another_account_site_or_kind_is_refused(site: Site, sara: Person, other: dict[str, Any]) -> None:
    body = _methods(sara, keys.method(os.urandom(32), site.site, "peer", "words"), version=2, **other)
    assert sara.signed("/sign-in/methods", body).status_code == 400


def test_a_change_over_an_older_notebook_is_told_what_stands(site: Site, sara: Person) -> None:
    sara.save(sara.notebook(2, {}))
    body = _methods(sara, keys.method(os.urandom(32), site.site, "peer", "words"), version=2)
    answer = sara.signed("/sign-in/methods", body)
    assert (answer.status_code, answer.get_json()["version"]) == (409, 2)


def _methods(who: Person, method: keys.Method, *, version: int, **other: Any) -> bytes:
    fields = {
        "site": who.site, "fp": who.fp, "version": version, "tag": who.tag(version),
        "notebook": who.notebook(version, {"methods": []})[40:], "kind": method.kind, "locator": method.locator,
        "login_pk": method.login_pk, "wrap": keys.wrap(method, who.site, who.role, who.fp, who.account_key), **other,
    }  # fmt: skip
    return frame("methods", fields)
