"""The directory: whose signatures it takes, and who is shown whom."""

import os
from pathlib import Path

import pytest

from app.http import unb64
from app.people import service
from crypto import directory as directories
from crypto import keys
from crypto.frame import H, frame, unframe
from crypto.people import read_binding
from crypto.receipt import check_receipt
from crypto.signing import read_signed
from tests.support.databases import Database
from tests.support.organisation import Device, Person, Site, by


def test_carl_lists_nora_and_she_has_her_role(site: Site, carl: Person) -> None:
    nora, binding = site.join(carl, "Nora", "supporter")
    signed = by(site.next(add=(site.take(binding),)), carl)
    receipt = unb64(site.publish(carl, signed)["receipt"])
    event = check_receipt(receipt, site.site, site.facts()["log_vkey"])
    assert (event["type"], event["actor"]) == ("directory", carl.fp)
    assert carl.device.ask("/people/waiting")["waiting"] == []
    assert _roles(site, nora) == {"supporter"}


def test_what_the_server_hands_out_proves_itself_from_the_site_s_id(site: Site, carl: Person) -> None:
    site.staff(carl, "Nora", "supporter")
    site.staff(carl, "Dora", "coordinator")
    given = _directory(site.device())
    state = directories.start(site.site, given["roots"], given["directories"], _frames(given["bindings"]))
    assert site.directory is not None
    assert (state.hash, state.version) == (site.directory.hash, 3)


def test_roots_alone_name_a_coordinator(site: Site, carl: Person) -> None:
    dora, binding = site.join(carl, "Dora", "coordinator")
    thing = site.next(add=(site.take(binding),))
    answer = carl.device.post("/people/publish", {"directory": by(thing, carl)})
    assert (answer.status_code, answer.get_json()["error"]) == (403, "too-few-signed")
    assert _roles(site, dora) == set()
    site.publish(carl, site.by_roots(thing))
    assert _roles(site, dora) == {"coordinator"}


def test_a_directory_by_a_stranger_is_refused(site: Site, carl: Person) -> None:
    omar, binding = site.join(carl, "Omar", "supporter")
    thing = site.next(add=(site.take(binding),))
    for signed in (
        by(thing, omar),
        keys.sign_thing(thing, []),
        keys.sign_thing(thing, [(os.urandom(32), os.urandom(32))]),
    ):
        answer = carl.device.post("/people/publish", {"directory": signed})
        assert (answer.status_code, answer.get_json()["error"]) == (403, "too-few-signed")
    forged = keys.sign_thing(thing, [(carl.fp, os.urandom(32))])
    assert carl.device.post("/people/publish", {"directory": forged}).get_json()["kind"] == "BadSignature"
    assert _roles(site, omar) == set()


def test_a_revoked_person_has_no_role_and_does_not_come_back(site: Site, carl: Person) -> None:
    nora = site.staff(carl, "Nora", "supporter")
    site.publish(carl, by(site.next(revoke=(nora.fp,)), carl))
    assert _roles(site, nora) == set()
    assert nora.fp in _revoked(site)
    assert site.directory is not None
    fields = {**unframe("directory", site.next()), "revoked": []}
    answer = carl.device.post("/people/publish", {"directory": by(frame("directory", fields), carl)})
    assert answer.get_json()["error"] == "too-few-signed"


def test_the_second_of_two_coordinators_is_told_to_load_again(site: Site, carl: Person) -> None:
    nora, ana = site.join(carl, "Nora", "supporter"), site.join(carl, "Ana", "supporter")
    one, two = (by(site.next(add=(site.take(binding),)), carl) for _, binding in (nora, ana))
    carl.device.ask("/people/publish", {"directory": one})
    answer = carl.device.post("/people/publish", {"directory": two})
    assert (answer.status_code, answer.get_json()["error"]) == (409, "newer")


def test_a_directory_whose_answer_was_lost_gets_its_receipt_again(site: Site, carl: Person) -> None:
    signed = by(site.next(), carl)
    first, second = (carl.device.ask("/people/publish", {"directory": signed}) for _ in range(2))
    assert first == second


def test_a_directory_names_nobody_whose_keys_are_unknown(site: Site, carl: Person) -> None:
    answer = carl.device.post("/people/publish", {"directory": by(site.next(add=(os.urandom(32),)), carl)})
    assert (answer.status_code, answer.get_json()["error"]) == (409, "unknown-binding")


def test_a_directory_dated_by_a_clock_that_is_off_is_refused_in_words(site: Site, carl: Person) -> None:
    site.clock.move(days=2)
    thing = site.next()
    site.clock.move(days=-2)
    answer = carl.device.post("/people/publish", {"directory": by(thing, carl)})
    assert (answer.status_code, answer.get_json()["error"]) == (409, "clock")


def test_an_expired_directory_still_lets_a_coordinator_renew_it(site: Site, carl: Person) -> None:
    site.clock.move(days=30)
    carl.sign_in()
    site.publish(carl, by(site.next(), carl))
    assert _directory(site.device())["directories"]


@pytest.mark.parametrize("path", ["/people/publish", "/people/propose", "/people/proposed", "/people/waiting"])
def test_the_list_is_kept_by_coordinators_alone(site: Site, carl: Person, path: str) -> None:
    nora, sara = site.staff(carl, "Nora", "supporter"), site.enrol("Sara")
    signed = {"directory": by(site.next(), carl)}
    assert site.device().post(path, signed).get_json()["error"] == "locked"
    for person in (nora, sara):
        assert person.device.post(path, signed).get_json()["error"] == "not-yours"


def test_a_stranger_cannot_list_the_volunteers(site: Site, carl: Person) -> None:
    nora = site.staff(carl, "Nora", "supporter")
    site.staff(carl, "Rita", "researcher")
    stan = site.staff(carl, "Stan", "steward")
    sara = site.enrol("Sara")
    for device in (site.device(), sara.device):
        assert _fps(device) == {carl.fp, stan.fp}
    assert _fps(nora.device) == {carl.fp, stan.fp, nora.fp}
    assert len(_fps(carl.device)) == 4


def test_a_coordinator_who_left_is_still_shown_where_she_signed(site: Site, carl: Person) -> None:
    dora = site.staff(carl, "Dora", "coordinator")
    site.publish(dora, by(site.next(), dora))
    digest = next(h for h, one in site.bindings.items() if read_binding(one)["fp"] == dora.fp)
    site.publish(carl, by(site.next(drop=(digest,)), carl))
    given = _directory(site.device())
    directories.start(site.site, given["roots"], given["directories"], _frames(given["bindings"]))
    assert _roles(site, dora) == set()


def test_two_coordinators_sign_one_after_the_other(database: Database, tmp_path: Path) -> None:
    site = Site(database, tmp_path / "two")
    carl = site.found(coordinators=2)
    dora = site.staff(carl, "Dora", "coordinator")
    nora, binding = site.join(carl, "Nora", "supporter")
    thing = site.next(add=(site.take(binding),))
    alone = carl.device.post("/people/publish", {"directory": by(thing, carl)})
    assert alone.get_json()["error"] == "too-few-signed"
    carl.device.ask("/people/propose", {"directory": by(thing, carl)})
    half = unb64(dora.device.ask("/people/proposed")["directory"])
    assert half == by(thing, carl)
    site.publish(dora, by(thing, carl, dora))
    assert _roles(site, nora) == {"supporter"}
    assert dora.device.ask("/people/proposed") == {"directory": None}
    site.close()


def test_a_proposal_is_signed_by_whoever_makes_it_and_follows_what_stands(site: Site, carl: Person) -> None:
    dora = site.staff(carl, "Dora", "coordinator")
    thing = site.next()
    unsigned = dora.device.post("/people/propose", {"directory": by(thing, carl)})
    assert unsigned.get_json()["error"] == "too-few-signed"
    site.publish(carl, by(thing, carl))
    late = dora.device.post("/people/propose", {"directory": by(thing, dora)})
    assert (late.status_code, late.get_json()["error"]) == (409, "newer")


def test_a_proposal_leaves_nobody_out_whom_a_colleague_signed_for_unless_its_author_says_so(
    database: Database, tmp_path: Path
) -> None:
    site = Site(database, tmp_path / "two")
    carl = site.found(coordinators=2)
    dora = site.staff(carl, "Dora", "coordinator")
    nora, tomas = (site.take(site.join(carl, name, "supporter")[1]) for name in ("Nora", "Tomas"))
    both, one = by(site.next(add=(nora, tomas)), carl), by(site.next(add=(nora,)), dora)
    carl.device.ask("/people/propose", {"directory": both})
    answer = dora.device.post("/people/propose", {"directory": one})
    assert (answer.status_code, answer.get_json()["error"]) == (409, "drops")
    assert unb64(carl.device.ask("/people/proposed")["directory"]) == both
    dora.device.ask("/people/propose", {"directory": one, "drops": True})
    assert unb64(carl.device.ask("/people/proposed")["directory"]) == one
    site.clock.move(days=4)  # too old to be published: nothing is lost with it
    dora.sign_in()
    dora.device.ask("/people/propose", {"directory": by(site.next(), dora)})
    site.close()


def test_a_proposal_may_wait_some_days_for_the_second_signature(database: Database, tmp_path: Path) -> None:
    site = Site(database, tmp_path / "two")
    carl = site.found(coordinators=2)
    dora = site.staff(carl, "Dora", "coordinator")
    nora, binding = site.join(carl, "Nora", "supporter")
    thing = site.next(add=(site.take(binding),))
    site.clock.move(days=2)
    dora.sign_in()
    site.publish(dora, by(thing, carl, dora))
    assert _roles(site, nora) == {"supporter"}
    site.close()


def test_text_is_not_a_directory(site: Site, carl: Person) -> None:
    for text in (b"Nora Navigator, 555-0100", b"", by(b"not a frame", carl)):
        for path in ("/people/publish", "/people/propose"):
            answer = carl.device.post(path, {"directory": text})
            assert (answer.status_code, answer.get_json()["error"]) == (415, "not-sealed")


def _directory(device: Device) -> dict[str, list[bytes]]:
    return {name: [unb64(one) for one in items] for name, items in device.ask("/people/directory").items()}


def _fps(device: Device) -> set[bytes]:
    return {read_binding(one)["fp"] for one in _directory(device)["bindings"]}


def _frames(bindings: list[bytes]) -> dict[bytes, bytes]:
    return {H(read_signed(one)[0]): read_signed(one)[0] for one in bindings}


def _roles(site: Site, person: Person) -> set[str]:
    with site.store() as db:
        return service.roles(db, person.fp)


def _revoked(site: Site) -> set[bytes]:
    with site.store() as db:
        return service.revoked(db)
