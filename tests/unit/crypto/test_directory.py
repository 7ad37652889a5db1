"""Who may change the list of people, told over several versions."""

from copy import deepcopy

import pytest

from crypto import directory
from crypto.errors import Expired, NotAllowed, WrongPlace
from crypto.frame import H, frame
from tests.unit.crypto.cast import CARL, CORA, NORA, NOW, OMAR, STAN, by, fixed, organisation, root_fields


@pytest.fixture
def org():
    return organisation()


def next_of(state, add=(), drop=(), revoke=()):
    return directory.next_directory(state, add, drop, revoke, NOW + 60)


def test_a_refused_version_changes_nothing(org):
    state = org.start()
    before = deepcopy(vars(state))
    with pytest.raises(NotAllowed):
        state.accept(by(next_of(state, [org.of["Nora"]]), CARL), org.bindings)
    assert vars(state) == before


def test_two_keys_of_one_person_count_once(org):
    twin = org.bind(OMAR, "Carl", "coordinator")
    org.bindings[H(twin)] = twin
    state = org.start()
    state.accept(org.by_roots(next_of(state, [H(twin)])), org.bindings)
    with pytest.raises(NotAllowed):
        state.accept(by(next_of(state, [org.of["Nora"]]), CARL, OMAR), org.bindings)
    state.accept(by(next_of(state, [org.of["Nora"]]), CARL, CORA, OMAR), org.bindings)


def test_a_coordinator_dropped_and_brought_back_by_coordinators_is_none(org):
    state = org.start()
    state.accept(by(next_of(state, drop=[org.of["Stan"]]), CARL), org.bindings)
    unseen = {h: b for h, b in org.bindings.items() if h != org.of["Stan"]}
    state.accept(by(next_of(state, [org.of["Stan"]]), CARL, CORA), unseen)
    with pytest.raises(NotAllowed):
        state.check_binding(org.bindings[org.of["Stan"]])
    assert state.role_holders("steward", org.bindings) == []
    state.accept(org.by_roots(next_of(state)), org.bindings)
    assert [p["fp"] for p in state.role_holders("steward", org.bindings)] == [STAN.fp]


def test_a_coordinator_with_a_binding_for_more_than_one_role_needs_roots(org):
    mixed = org.bind(OMAR, "Omar", "coordinator,supporter")
    org.bindings[H(mixed)] = mixed
    state = org.start()
    with pytest.raises(NotAllowed):
        state.accept(by(next_of(state, [H(mixed)]), CARL, CORA), org.bindings)


def test_after_a_new_root_the_roots_sign_first(org):
    state = org.start()
    second = frame("root", root_fields(version=2, prev=org.site, coordinators=1))
    state.accept_root(org.by_roots(second))
    with pytest.raises(Expired):
        state.check_fresh(NOW)
    with pytest.raises(NotAllowed):
        state.accept(by(next_of(state), CARL), org.bindings)
    state.accept(org.by_roots(next_of(state)), org.bindings)
    state.check_fresh(NOW + 60)
    state.accept(by(next_of(state, [org.of["Nora"]]), CARL), org.bindings)
    assert state.check_binding(org.bindings[org.of["Nora"]])["name"] == "Nora"


def test_a_root_that_skips_a_version_is_refused(org):
    state = org.start()
    with pytest.raises(WrongPlace):
        state.accept_root(org.by_roots(frame("root", root_fields(version=3, prev=org.site))))


def test_a_binding_of_another_site_counts_for_nothing(org):
    foreign = frame("binding", {**_fields(org), "site": fixed("elsewhere")})
    state = org.start()
    state.accept(org.by_roots(next_of(state, [H(foreign)])), org.bindings)
    with pytest.raises(WrongPlace):
        state.check_binding(foreign)


def test_a_release_is_a_steward_s_and_a_manifest_the_roots(org):
    state, thing = org.start(), frame("sig", {"hash": bytes(32)})
    assert state.signed_by_role(by(thing, STAN, NORA), "steward", org.bindings)["binding"]["fp"] == STAN.fp
    assert state.signed_by_roots(org.by_roots(thing)) == thing
    for refused in (by(thing, CARL), org.by_roots(thing, 1)):
        with pytest.raises(NotAllowed):
            state.signed_by_role(refused, "steward", org.bindings)
        with pytest.raises(NotAllowed):
            state.signed_by_roots(refused)


def _fields(org):
    from crypto.frame import unframe

    return unframe("binding", org.bindings[org.of["Nora"]])
