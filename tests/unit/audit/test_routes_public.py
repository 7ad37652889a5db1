"""What the organisation signed over the years: anybody gets it in pages, and finds it on the log."""

from __future__ import annotations

import base64
import copy
from typing import Any

import pytest

from app.audit.public import MOST
from app.http import unb64
from crypto import log
from crypto.auditor.public import read_whole
from crypto.frame import H, unframe
from crypto.people import read_binding
from tests.support.organisation import Device, Person, Site, by
from tests.support.tree import take_in
from tests.unit.audit.test_routes import leaf_hashes, refused


@pytest.fixture
def years(site: Site, carl: Person) -> None:
    """As many lists after the first as a page of the public log holds things."""

    def publish() -> None:
        for _ in range(MOST):
            site.publish(carl, by(site.next(), carl))

    site.step("years", publish)


def test_an_auditor_finds_what_was_signed_and_that_it_is_on_the_log(
    grown: int, site: Site, carl: Person, omar: Device
) -> None:
    nora, stan = site.staff(carl, "Nora", "supporter"), site.staff(carl, "Stan", "steward")
    site.publish(carl, site.by_roots(site.next(revoke=(stan.fp,), drop=(site.take(stan.binding()),))))
    take_in(site)
    told = omar.ask("/log/public")
    assert [one["n"] for one in told["lanes"]["directory"]] == [1, 2, 3, 4]
    assert [one["n"] for one in told["lanes"]["root"]] == [1]
    assert [told["lanes"][lane] for lane in ("manifest", "release", "restore")] == [[], [], []]
    leaves = leaf_hashes(unb64(omar.ask("/log/since", {"size": 0})["leaves"]))
    for lane in ("root", "directory"):
        for one in told["lanes"][lane]:
            event = unframe("event", unb64(one["event"]))
            assert event["object"] == H(unframe("signed", unb64(one["signed"]))["thing"])
            assert unb64(one["tag"]) == log.lane_tag(log.site_lane_key(carl.site, lane), lane, one["n"])
            assert unb64(one["commit"]) == log.commit(unb64(one["salt"]), unb64(one["event"]))
            leaf = log.leaf(unb64(one["tag"]), unb64(one["commit"]))
            assert leaves[one["position"]] == log.leaf_hash(leaf)
    assert told["roots"] == [one["signed"] for one in told["lanes"]["root"]]
    known = {read_binding(unb64(binding))["fp"] for binding in told["bindings"]}
    assert known == {carl.fp, stan.fp}, "a supporter's name is nobody's business; a steward who left is known"
    assert nora.fp not in known
    (one,) = told["logs"]
    assert one["number"] == 1 and one["size"] == len(leaves)
    assert base64.b64decode(one["checkpoint"].split("\n")[2]) == unb64(one["root"])


@pytest.mark.slow
def test_what_was_signed_over_the_years_comes_in_pages(site: Site, carl: Person, years: None, omar: Device) -> None:
    for _ in range(20):
        site.publish(carl, by(site.next(), carl))
    for name in ("Stan", "Rita", "Dana"):
        site.staff(carl, name, "steward")
    take_in(site)
    pages = list[dict[str, Any]]()

    def ask(body: dict[str, Any]) -> dict[str, Any]:
        pages.append(omar.ask("/log/public", body))
        return copy.deepcopy(pages[-1])

    whole = read_whole(ask)
    assert len(pages) == 2
    for page in pages:
        assert sum(map(len, [*page["lanes"].values(), page["bindings"]])) <= MOST
    assert (len(pages[0]["roots"]), len(pages[0]["logs"])) == (1, 1)
    assert (pages[1]["roots"], pages[1]["logs"], pages[1]["more"]) == ([], [], None)
    assert [one["n"] for one in whole["lanes"]["directory"]] == list(range(1, MOST + 25))
    assert len({unb64(one["signed"]) for one in whole["lanes"]["directory"]}) == MOST + 24
    assert all(one["position"] is not None for one in whole["lanes"]["directory"])
    assert len(whole["bindings"]) == 4
    assert omar.ask("/log/public", {"after": {"part": "bindings", "n": 3}})["bindings"] == whole["bindings"][3:]


@pytest.mark.slow
def test_what_came_into_the_log_between_two_pages_waits(site: Site, carl: Person, years: None, omar: Device) -> None:
    take_in(site)
    asked = list[dict[str, Any]]()

    def ask(body: dict[str, Any]) -> dict[str, Any]:
        if asked:
            site.publish(carl, by(site.next(), carl))
            take_in(site)
        asked.append(body)
        return omar.ask("/log/public", body)

    whole = read_whole(ask)
    *inside, newest = whole["lanes"]["directory"]
    assert (newest["n"], newest["log"], newest["position"]) == (MOST + 2, None, None)
    assert all(one["position"] < whole["logs"][0]["size"] for one in inside)


@pytest.mark.parametrize(
    "after", [[], "root", {}, {"part": "root"}, {"part": "people", "n": 0}, {"part": "root", "n": -1},
              {"part": "root", "n": 2**31}, {"part": "root", "n": True}, {"part": ["root"], "n": 0}],
)  # fmt: skip
def test_a_place_that_is_none_is_refused(carl: Person, omar: Device, after: Any) -> None:
    refused(omar.post("/log/public", {"after": after}), 400, "malformed")
