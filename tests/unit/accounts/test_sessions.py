"""Sessions and shares: whose they are, and when they are over."""

import os
from pathlib import Path

import pytest

from app.http import unb64
from crypto import keys
from tests.support.databases import Database
from tests.support.organisation import Device, Person, Site


def test_a_share_goes_to_its_own_session_alone(site: Site, carl: Person) -> None:
    sara, omar = site.enrol("Sara"), site.enrol("Omar")
    assert unb64(sara.device.ask("/sign-in/share")["share"]) == sara.share
    assert unb64(omar.device.ask("/sign-in/share")["share"]) == omar.share != sara.share
    stranger = site.device().post("/sign-in/share")
    assert (stranger.status_code, stranger.get_json()["error"]) == (401, "locked")


def test_a_resumed_page_gets_bundle_and_notebook_beside_the_share(site: Site, carl: Person) -> None:
    sara = site.enrol()
    answer = sara.device.ask("/sign-in/share")
    assert (unb64(answer["fp"]), answer["role"], answer["notebook"]["version"]) == (sara.fp, "peer", 1)
    keys.open_bundle(sara.account_key, site.site, "peer", sara.fp, unb64(answer["bundle"]))


def test_a_session_before_sign_in_has_a_share_that_sign_in_replaces(site: Site, carl: Person) -> None:
    sara, device = site.enrol(), site.device()
    before = device.ask("/sign-in/share", {"begin": True})
    assert (before["fp"], before["role"]) == (None, None)
    assert device.ask("/sign-in/share") == before
    planted = device.cookie
    after = sara.sign_in(device)
    assert after["share"] != before["share"]
    thief = site.device()
    _give_cookie(thief, planted)
    assert thief.post("/sign-in/share").status_code == 401


def test_a_nameless_session_is_not_signed_in(site: Site, carl: Person) -> None:
    device = site.device()
    device.ask("/sign-in/share", {"begin": True})
    assert device.post("/sign-in/notebook").get_json()["error"] == "locked"


def test_two_tabs_of_one_person_stay_unlocked(site: Site, carl: Person) -> None:
    sara = site.enrol()
    first = sara.share
    sara.sign_in()
    assert sara.share == first


def test_another_person_on_the_same_device_gets_another_share(site: Site, carl: Person) -> None:
    sara, omar = site.enrol("Sara"), site.enrol("Omar")
    before = sara.share
    omar.sign_in(sara.device)
    assert omar.share != before


@pytest.mark.parametrize("door", ["/sign-in/lock", "/exit"])
def test_signing_out_ends_the_session_for_every_copy_of_its_cookie(site: Site, carl: Person, door: str) -> None:
    sara, thief = site.enrol(), site.device()
    _give_cookie(thief, sara.device.cookie)
    assert thief.post("/sign-in/notebook").status_code == 200
    sara.device.ask(door)
    for device in (sara.device, thief):
        assert device.post("/sign-in/share").get_json()["error"] == "locked"
        assert device.post("/sign-in/notebook").get_json()["error"] == "locked"


def test_ten_idle_minutes_end_a_session_and_its_share(site: Site, carl: Person) -> None:
    sara = site.enrol()
    site.clock.move(minutes=9, seconds=59)
    assert sara.device.post("/sign-in/notebook").status_code == 200
    site.clock.move(minutes=10)
    assert sara.device.post("/sign-in/share").get_json()["error"] == "locked"
    site.clock.move(minutes=-10)
    assert sara.device.post("/sign-in/share").status_code == 401, "the share itself is gone"


def test_somebody_who_keeps_working_is_not_locked(site: Site, carl: Person) -> None:
    sara = site.enrol()
    for _ in range(5):
        site.clock.move(minutes=9)
        assert sara.device.post("/sign-in/notebook").status_code == 200


def test_the_cookie_is_kept_from_scripts_and_other_sites(site: Site, carl: Person) -> None:
    answer = site.device().post("/sign-in/share", {"begin": True})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Path=/" in cookie
    assert "Max-Age" not in cookie and "Expires" not in cookie


def test_exit_asks_the_browser_to_forget_and_always_lets_go(site: Site, carl: Person) -> None:
    for body in (b"", b"short", os.urandom(400)):
        sara = site.enrol()
        answer = sara.device.post("/exit", body)
        assert answer.status_code == 200
        assert answer.headers["Clear-Site-Data"] == '"cookies", "storage"'
        assert sara.device.post("/sign-in/share").status_code == 401
    assert site.device().post("/exit").status_code == 200


def test_exit_keeps_the_draft_that_was_being_written(site: Site, carl: Person) -> None:
    sara, draft = site.enrol(), os.urandom(16)
    box = keys.seal_draft(sara.account_key, site.site, sara.fp, draft, {"text": "half a sentence"})
    sara.device.ask("/exit", draft + box)
    sara.sign_in()
    kept = sara.device.ask("/intake/drafts")["drafts"]
    assert [(unb64(one["draft"]), unb64(one["box"])) for one in kept] == [(draft, box)]


def test_another_site_cannot_post_with_sara_s_cookie(site: Site, carl: Person) -> None:
    sara = site.enrol()
    for origin in ("https://evil.example", "null", "http://localhost.evil.example"):
        answer = sara.device.post("/sign-in/lock", Origin=origin)
        assert answer.status_code == 403
    assert sara.device.post("/sign-in/share").status_code == 200


def test_a_cookie_of_nonsense_is_no_session(site: Site, carl: Person) -> None:
    for cookie in ("x", "A" * 43, "é", "A" * 4000, "%00"):
        device = site.device()
        _give_cookie(device, cookie)
        assert device.post("/sign-in/share").status_code == 401


def test_what_was_signed_stays_valid_only_for_its_session_s_person(site: Site, carl: Person) -> None:
    sara, omar = site.enrol("Sara"), site.enrol("Omar")
    answer = sara.device.signed("/sign-in/methods", b"x", omar.method, site.site)
    assert (answer.status_code, answer.get_json()["error"]) == (401, "other-act")


def _give_cookie(device: Device, value: str | None) -> None:
    assert value
    device.client.set_cookie("alongside", value)


def test_a_stolen_cookie_that_is_kept_in_use_ends_after_twelve_hours(site: Site, carl: Person) -> None:
    sara = site.enrol()
    for _ in range(12 * 6 + 6):
        site.clock.move(minutes=9)
        used = sara.device.post("/sign-in/share").status_code
    site.clock.move(minutes=9)
    assert (used, sara.device.post("/sign-in/share").status_code) == (200, 200)
    site.clock.move(minutes=9)
    assert sara.device.post("/sign-in/share").status_code == 401


def test_over_https_the_cookie_is_of_this_host_alone_and_a_page_without_https_is_another_site(
    database: Database, tmp_path: Path
) -> None:
    site = Site(database, tmp_path / "secure", secure_cookie=True)
    client = site.app.test_client()
    ask = {"json": {"begin": True}, "base_url": "https://localhost"}
    refused = client.post("/sign-in/share", headers={"Origin": "http://localhost"}, **ask)
    assert (refused.status_code, refused.get_json()["error"]) == (403, "other-site")
    answer = client.post("/sign-in/share", headers={"Origin": "https://localhost"}, **ask)
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-alongside=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"} == set(cookie.split("; ")[1:])
    assert answer.headers["Strict-Transport-Security"]
    planted = cookie.split(";")[0].removeprefix("__Host-")
    headers = {"Origin": "https://localhost", "Cookie": planted}
    assert (
        site.app.test_client()
        .post("/sign-in/share", headers=headers, base_url="https://localhost", json={})
        .status_code
        == 401
    )
    site.close()


def test_a_cookie_that_flask_login_knows_of_means_nothing_here(site: Site, carl: Person) -> None:
    sara = site.enrol()
    sara.device.client.set_cookie("remember_token", f"{carl.fp.hex()}|{'0' * 128}")
    assert unb64(sara.device.ask("/sign-in/share")["share"]) == sara.share
    sara.device.ask("/sign-in/notebook")
