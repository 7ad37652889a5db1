"""The ceremony: one link, once, and nothing half-done."""

import os
from typing import Any

import pytest

from app.http import unb64
from crypto import keys
from crypto.checkpoint import vkey
from crypto.directory import first_directory
from crypto.frame import H
from crypto.people import read_binding
from crypto.receipt import check_receipt
from crypto.signing import read_signed
from tests.support.organisation import Person, Site


def test_carl_founds_the_site_with_three_receipts(site: Site) -> None:
    carl, body = site.ceremony()
    answer = carl.device.ask("/setup", {"token": site.link(), **body})
    facts = site.facts()
    assert (facts["founded"], unb64(facts["site"])) == (True, carl.site)
    assert [unb64(root) for root in facts["roots"]] == [body["root"]]
    events = {name: check_receipt(unb64(r), carl.site, facts["log_vkey"]) for name, r in answer["receipts"].items()}
    root_pk = keys.ed_public(site.root_seeds[0])
    assert (events["root"]["object"], events["root"]["actor"]) == (carl.site, root_pk)
    assert events["directory"]["actor"] == root_pk
    assert (events["notebook"]["actor"], events["notebook"]["tag"]) == (carl.fp, carl.leaf_tag(1))
    assert carl.device.ask("/sign-in/share")["role"] == "staff"


def test_a_founding_link_works_once(site: Site) -> None:
    token = site.link()
    carl, body = site.ceremony()
    assert carl.device.ask("/setup/check", {"token": token}) == {"ok": True}
    carl.device.ask("/setup", {"token": token, **body})
    omar, other = site.ceremony("Omar")
    answer = omar.device.post("/setup", {"token": token, **other})
    assert (answer.status_code, answer.get_json()["error"]) == (410, "used")
    assert "Sign in" in answer.get_json()["words"]
    checked = omar.device.post("/setup/check", {"token": token})
    assert checked.status_code == 410
    assert unb64(site.facts()["site"]) == carl.site


def test_printing_a_new_link_voids_the_one_before(site: Site) -> None:
    old, new = site.link(), site.link()
    device = site.device()
    assert device.post("/setup/check", {"token": old}).get_json()["error"] == "no-such-link"
    assert device.post("/setup/check", {"token": new}).status_code == 200


def test_a_guessed_link_founds_nothing(site: Site) -> None:
    site.link()
    carl, body = site.ceremony()
    answer = carl.device.post("/setup", {"token": os.urandom(32), **body})
    assert (answer.status_code, answer.get_json()["error"]) == (404, "no-such-link")
    assert site.facts()["founded"] is False


def test_the_link_is_stored_as_a_hash(site: Site) -> None:
    token = site.link()
    with site.app.extensions["alongside_engine"].connect() as db:
        rows = [bytes(row[0]) for row in db.exec_driver_sql("select token_hash from founding")]
    assert rows == [H(token)]


def test_the_ceremony_whose_answer_was_lost_gets_it_again(site: Site) -> None:
    token = site.link()
    carl, body = site.ceremony()
    first, second = (carl.device.ask("/setup", {"token": token, **body}) for _ in range(2))
    assert first == second


def test_the_same_ceremony_under_another_link_is_no_way_in(site: Site) -> None:
    token = site.link()
    carl, body = site.ceremony()
    carl.device.ask("/setup", {"token": token, **body})
    answer = site.device().post("/setup", {"token": os.urandom(32), **body})
    assert answer.status_code == 404


def test_a_root_that_names_another_log_is_refused(site: Site) -> None:
    carl, body = site.ceremony(log_vkey=vkey("alongside", keys.ed_public(os.urandom(32))))
    answer = carl.device.post("/setup", {"token": site.link(), **body})
    assert (answer.status_code, answer.get_json()["error"]) == (409, "other-log-key")


def test_a_ceremony_that_is_refused_leaves_its_link_usable(site: Site) -> None:
    token = site.link()
    carl, body = site.ceremony()
    bad = {**body, "enrol_sig": os.urandom(64)}
    assert carl.device.post("/setup", {"token": token, **bad}).status_code == 400
    assert site.facts()["founded"] is False
    assert carl.device.post("/setup", {"token": token, **body}).status_code == 200


def _other_signer(site: Site, carl: Person, body: dict[str, Any]) -> dict[str, Any]:
    root = unsigned(body["root"])
    seed = os.urandom(32)
    return {**body, "root": keys.sign_thing(root, [(keys.ed_public(seed), seed)])}


def _other_keys_in_the_binding(site: Site, carl: Person, body: dict[str, Any]) -> dict[str, Any]:
    other = Person("Omar", carl.site, "staff", carl.device, roles="coordinator")
    binding = other.binding()
    first = first_directory(carl.site, carl.site, [read_binding(binding)["hash"]], site.clock.now_s())
    return {**body, "binding": binding, "directory": site.by_roots(first)}


def _binding_signed_by_another(site: Site, carl: Person, body: dict[str, Any]) -> dict[str, Any]:
    return {**body, "binding": keys.sign_thing(unsigned(body["binding"]), [(carl.fp, os.urandom(32))])}


def _directory_signed_by_carl_alone(site: Site, carl: Person, body: dict[str, Any]) -> dict[str, Any]:
    thing = unsigned(body["directory"])
    return {**body, "directory": keys.sign_thing(thing, [(carl.fp, carl.identity.ed_seed)])}


def _nobody_listed(site: Site, carl: Person, body: dict[str, Any]) -> dict[str, Any]:
    first = first_directory(carl.site, carl.site, [], site.clock.now_s())
    return {**body, "directory": site.by_roots(first)}


def _only_a_supporter(site: Site, carl: Person, body: dict[str, Any]) -> dict[str, Any]:
    carl.roles = "supporter"
    binding = carl.binding()
    first = first_directory(carl.site, carl.site, [read_binding(binding)["hash"]], site.clock.now_s())
    return {**body, "binding": binding, "directory": site.by_roots(first)}


def _an_account_of_a_peer(site: Site, carl: Person, body: dict[str, Any]) -> dict[str, Any]:
    peer = Person("Carl", carl.site, "peer", carl.device, identity=carl.identity)
    enrol, sig = peer.enrolment()
    return {**body, "enrol": enrol, "enrol_sig": sig}


def _text(site: Site, carl: Person, body: dict[str, Any]) -> dict[str, Any]:
    return {**body, "root": b"please let me in"}


@pytest.mark.parametrize(
    "spoil",
    [
        _other_signer, _other_keys_in_the_binding, _binding_signed_by_another, _directory_signed_by_carl_alone,
        _nobody_listed, _only_a_supporter, _an_account_of_a_peer, _text,
    ],
)  # fmt: skip
def test_a_ceremony_that_does_not_hold_together_founds_nothing(site: Site, spoil: Any) -> None:
    carl, body = site.ceremony()
    answer = carl.device.post("/setup", {"token": site.link(), **spoil(site, carl, body)})
    assert answer.status_code in (400, 415), answer.get_json()
    assert answer.get_json()["words"]
    assert site.facts()["founded"] is False
    assert carl.device.cookie is None


def test_before_the_ceremony_pages_are_told_so(site: Site) -> None:
    facts = site.facts()
    assert (facts["founded"], facts["site"], facts["roots"]) == (False, None, [])
    answer = site.device().post("/people/directory")
    assert (answer.status_code, answer.get_json()["error"]) == (409, "not-founded")


def test_site_facts_name_the_support_lines_and_when_they_were_checked(site: Site) -> None:
    facts = site.facts()
    assert {"988", "1-888-409-0141", "1-800-669-4000"} <= {line["shown"] for line in facts["lines"]}
    assert all(line["tel"].lstrip("+").isdigit() for line in facts["lines"])
    assert facts["lines_checked"]
    assert facts["offer"] == {"least": 4, "most": 6}


def unsigned(signed: bytes) -> bytes:
    return read_signed(signed)[0]
