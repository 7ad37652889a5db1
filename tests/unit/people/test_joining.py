"""Invitations: who may write one, who may follow one, and what it does not give."""

import os
from typing import Any

import pytest

from app.http import b64, unb64
from crypto.frame import H
from crypto.people import read_binding
from crypto.receipt import check_receipt
from crypto.signing import read_signed
from tests.support.organisation import Person, Site, by


def test_nora_follows_an_invitation_and_waits(site: Site, carl: Person) -> None:
    nora, binding = site.join(carl, "Nora", "supporter")
    assert [unb64(one) for one in carl.device.ask("/people/waiting")["waiting"]] == [binding]
    answer = nora.device.ask("/sign-in/share")
    assert (answer["role"], answer["submitted"]) == ("staff", True)
    assert nora.sign_in()["role"] == "staff"


def test_joining_gives_no_authority(site: Site, carl: Person) -> None:
    omar, _ = site.join(carl, "Omar", "coordinator")
    for path in ("/people/waiting", "/people/publish", "/people/invite", "/people/dismiss", "/people/proposed"):
        answer = omar.device.post(path, {})
        assert (answer.status_code, answer.get_json()["error"]) == (403, "not-yours"), path


def test_the_invitation_shows_its_roles_and_its_end(site: Site, carl: Person) -> None:
    token = os.urandom(32)
    carl.act("/people/invite", {"token_hash": H(token), "roles": ["supporter", "researcher"]})
    shown = site.device().ask("/people/invitation", {"token": token})
    assert shown == {"roles": ["researcher", "supporter"], "expires_s": site.clock.now_s() + 7 * 86400}


def test_an_invitation_ends_after_seven_days_and_says_so(site: Site, carl: Person) -> None:
    token = os.urandom(32)
    carl.act("/people/invite", {"token_hash": H(token), "roles": ["supporter"]})
    site.clock.move(days=7, seconds=-1)
    assert site.device().post("/people/invitation", {"token": token}).status_code == 200
    site.clock.move(seconds=1)
    for path, body in (("/people/invitation", {"token": token}), ("/people/join", _joining(site, token)[1])):
        answer = site.device().post(path, body)
        assert (answer.status_code, answer.get_json()["error"]) == (410, "expired")
        assert "seven days" in answer.get_json()["words"]


def test_an_invitation_works_once_and_says_so(site: Site, carl: Person) -> None:
    token = os.urandom(32)
    carl.act("/people/invite", {"token_hash": H(token), "roles": ["supporter"]})
    site.device().ask("/people/join", _joining(site, token)[1])
    for path, body in (("/people/invitation", {"token": token}), ("/people/join", _joining(site, token)[1])):
        answer = site.device().post(path, body)
        assert (answer.status_code, answer.get_json()["error"]) == (410, "used")


def test_an_unknown_invitation_says_so_and_guessing_is_slowed(site: Site, carl: Person) -> None:
    device = site.device()
    answers = [device.post("/people/invitation", {"token": os.urandom(32)}) for _ in range(31)]
    assert (answers[0].status_code, answers[0].get_json()["error"]) == (404, "no-such-link")
    assert answers[30].status_code == 429


def test_joining_whose_answer_was_lost_gets_it_again(site: Site, carl: Person) -> None:
    token = os.urandom(32)
    carl.act("/people/invite", {"token_hash": H(token), "roles": ["supporter"]})
    nora, body = _joining(site, token)
    first, second = (nora.device.ask("/people/join", body) for _ in range(2))
    assert first == second
    event = check_receipt(unb64(first["receipt"]), site.site, site.facts()["log_vkey"])
    assert (event["type"], event["actor"]) == ("notebook", nora.fp)


def _more_roles(site: Site, nora: Person, body: dict[str, Any]) -> dict[str, Any]:
    nora.roles = "coordinator,supporter"
    return {**body, "binding": nora.binding()}


def _other_site(site: Site, nora: Person, body: dict[str, Any]) -> dict[str, Any]:
    return {**body, "binding": nora.binding(site=os.urandom(32))}


def _other_keys(site: Site, nora: Person, body: dict[str, Any]) -> dict[str, Any]:
    return {**body, "binding": Person("Omar", site.site, "staff", nora.device, roles="supporter").binding()}


def _later_binding(site: Site, nora: Person, body: dict[str, Any]) -> dict[str, Any]:
    return {**body, "binding": nora.binding(seq=2, prev=os.urandom(32))}


def _unsigned(site: Site, nora: Person, body: dict[str, Any]) -> dict[str, Any]:
    return {**body, "binding": read_signed(body["binding"])[0]}


def _markup_for_a_name(site: Site, nora: Person, body: dict[str, Any]) -> dict[str, Any]:
    return {**body, "binding": nora.binding(name="<b>Nora</b>")}


def _peer_account(site: Site, nora: Person, body: dict[str, Any]) -> dict[str, Any]:
    enrol, sig = Person("Nora", site.site, "peer", nora.device, identity=nora.identity).enrolment()
    return {**body, "enrol": enrol, "enrol_sig": sig}


def _carl_s_number(site: Site, nora: Person, body: dict[str, Any]) -> dict[str, Any]:
    (carl,) = (read_binding(frame) for frame in site.bindings.values())
    return {**body, "binding": nora.binding(person=carl["person"])}


@pytest.mark.parametrize(
    "spoil",
    [
        _more_roles, _other_site, _other_keys, _later_binding, _unsigned, _markup_for_a_name, _peer_account,
        _carl_s_number,
    ],
)  # fmt: skip
def test_joining_that_does_not_hold_together_leaves_the_invitation_usable(site: Site, carl: Person, spoil: Any) -> None:
    token = os.urandom(32)
    carl.act("/people/invite", {"token_hash": H(token), "roles": ["supporter"]})
    nora, body = _joining(site, token)
    good = dict(body)
    answer = nora.device.post("/people/join", spoil(site, nora, body))
    assert answer.status_code in (400, 409, 415), answer.get_json()
    assert nora.device.cookie is None
    assert carl.device.ask("/people/waiting")["waiting"] == []
    assert nora.device.post("/people/join", good).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {"roles": ["supporter"]}, {"token_hash": "A" * 43}, {"token_hash": "A" * 43, "roles": []},
        {"token_hash": "A" * 43, "roles": ["owner"]}, {"token_hash": "A" * 42, "roles": ["supporter"]},
        {"token_hash": 5, "roles": ["supporter"]}, {"token_hash": "A" * 43, "roles": "supporter"},
        {"token_hash": "A" * 43, "roles": [{"a": 1}]},
    ],
)  # fmt: skip
def test_an_invitation_written_wrong_gets_kind_words(site: Site, carl: Person, body: dict[str, Any]) -> None:
    answer = carl.signed("/people/invite", body)
    assert answer.status_code == 400, answer.get_json()
    assert answer.get_json()["field"] in ("roles", "token_hash")


def test_only_coordinators_invite(site: Site, carl: Person) -> None:
    nora, sara = site.staff(carl, "Nora", "supporter"), site.enrol("Sara")
    body = {"token_hash": b64(os.urandom(32)), "roles": ["supporter"]}
    assert site.device().post("/people/invite", body).status_code == 401
    assert nora.device.post("/people/invite", body).status_code == 403
    assert sara.device.post("/people/invite", body).status_code == 403


def test_carl_drops_somebody_who_waits_and_nobody_who_is_listed(site: Site, carl: Person) -> None:
    _, waiting = site.join(carl, "Omar", "supporter")
    nora = site.staff(carl, "Nora", "supporter")
    carl.act("/people/dismiss", {"binding": read_binding(waiting)["hash"]})
    assert carl.device.ask("/people/waiting")["waiting"] == []
    listed = next(h for h, frame in site.bindings.items() if read_binding(frame)["fp"] == nora.fp)
    assert carl.signed("/people/dismiss", {"binding": listed}).get_json()["error"] == "not-waiting"


def test_somebody_who_was_dropped_does_not_wait_again(site: Site, carl: Person) -> None:
    nora = site.staff(carl, "Nora", "supporter")
    digest = next(h for h, frame in site.bindings.items() if read_binding(frame)["fp"] == nora.fp)
    site.publish(carl, by(site.next(drop=(digest,)), carl))
    assert carl.device.ask("/people/waiting")["waiting"] == []


def test_a_letter_that_comes_with_joining_is_kept_with_it_or_not_at_all(site: Site, carl: Person) -> None:
    token = os.urandom(32)
    carl.act("/people/invite", {"token_hash": H(token), "roles": ["supporter"]})
    nora, body = _joining(site, token)
    answer = nora.device.post("/people/join", {**body, "mail": b"I would like to help, here is my number"})
    assert answer.status_code in (400, 415)
    assert nora.device.post("/people/join", body).status_code == 200


def _joining(site: Site, token: bytes) -> tuple[Person, dict[str, Any]]:
    nora = Person("Nora", site.site, "staff", site.device(), roles="supporter")
    enrol, sig = nora.enrolment()
    return nora, {"token": token, "enrol": enrol, "enrol_sig": sig, "binding": nora.binding()}
