"""Whoever signs for the organisation is proven from its id on; and what it showed is what stands in the log."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.http import unb64
from crypto import checkpoint, directory, log
from crypto.frame import H, frame
from crypto.signing import read_signed
from tests.support.exported import WANDA, Exported, b64, some_leaves, wanda, witnessed
from tests.unit.auditor.conftest import verdict, wrong
from tests.unit.crypto.cast import CARL, CORA, NORA, NOW, OMAR, STAN, by, fixed, root_fields


def renewed(site: Exported, *signers, add=(), drop=(), revoke=(), now: int = NOW + 60) -> bytes:
    """The next list of people, signed by these."""
    chain = [unb64(one["signed"]) for one in site.lanes["directory"]]
    state = directory.start(site.site, site.roots, chain, site.org.bindings)
    return by(directory.next_directory(state, add, drop, revoke, now), *signers)


@pytest.fixture
def site() -> Exported:
    """Three lists: the first, one that Carl renewed, one on which Carl and Cora took Nora in."""
    site = Exported()
    site.logs[0] += some_leaves(20)
    site.put("directory", 2, renewed(site, CARL))
    site.put("directory", 3, renewed(site, CARL, CORA, add=[site.org.of["Nora"]]))
    site.logs[0] += some_leaves(20, "later")
    return site


def change(folder: Path, how: Callable[[dict], object]) -> Path:
    told = json.loads((folder / "public.json").read_text())
    how(told)
    (folder / "public.json").write_text(json.dumps(told))
    return folder


def test_a_site_with_three_lists_is_found_well(site: Exported, tmp_path: Path) -> None:
    status, words = verdict(site.write(tmp_path), "--site", site.site.hex())
    assert status == 0, words
    assert "Lists of people: 3, each allowed. Bindings shown: 3." in words


def test_another_site_is_not_the_one_that_was_asked_for(site: Exported, tmp_path: Path) -> None:
    assert wrong(site.write(tmp_path), "--site", "00" * 32).startswith("This is another site")
    status, words = verdict(tmp_path, "--site", "nonsense")
    assert status == 1 and "64 hex digits" in words


def test_a_list_left_out_in_the_middle_is_missed(site: Exported, tmp_path: Path) -> None:
    folder = change(site.write(tmp_path), lambda told: told["lanes"]["directory"].pop(1))
    assert wrong(folder) == "Version 2 of the list of people is not shown."


def test_the_newest_list_left_out_is_found_in_the_log(site: Exported, tmp_path: Path) -> None:
    folder = change(site.write(tmp_path), lambda told: told["lanes"]["directory"].pop())
    said = wrong(folder)
    assert said == "The log holds number 3 of the list of people, at leaf 23 of log 1, but it is not shown."


def test_a_list_that_is_shown_and_not_logged_is_named(site: Exported, tmp_path: Path) -> None:
    _, told = site.event("directory", 4, renewed(site, CARL, now=NOW + 120))
    site.lanes["directory"].append({**told, "log": 1, "position": 30})
    assert wrong(site.write(tmp_path)) == "The site shows number 4 of the list of people, but it is not in the log."


def test_a_list_that_waits_for_its_place_is_a_note_in_an_export(site: Exported, tmp_path: Path) -> None:
    _, told = site.event("directory", 4, renewed(site, CARL, now=NOW + 120))
    site.lanes["directory"].append({**told, "log": None, "position": None})
    status, words = verdict(site.write(tmp_path))
    assert status == 0 and "Number 4 of the list of people was not in the log yet." in words


def test_another_list_than_the_logged_one_is_named(site: Exported, tmp_path: Path) -> None:
    other = renewed(Exported(), CARL, now=NOW + 70)
    _, told = site.event("directory", 2, other)

    def swap(all_told: dict) -> None:
        del all_told["lanes"]["directory"][2:]
        all_told["lanes"]["directory"][1] |= {"signed": b64(other)}

    assert (
        wrong(change(site.write(tmp_path), swap))
        == "The event of number 2 of the list of people tells of something else."
    )
    change(tmp_path, lambda all_told: all_told["lanes"]["directory"][1].update(event=told["event"]))
    said = wrong(tmp_path)
    assert said == "The site shows number 2 of the list of people as something else than what is in the log."


@pytest.mark.parametrize("signers", [(CARL,), (OMAR,), (NORA, STAN)])
def test_somebody_added_by_too_few_is_named(tmp_path: Path, signers) -> None:
    site = Exported()
    site.put("directory", 2, renewed(site, *signers, add=[site.org.of["Nora"]]))
    assert wrong(site.write(tmp_path)) == "Version 2 of the list of people is refused: too few coordinators signed."


def test_a_coordinator_whom_coordinators_made_is_named(tmp_path: Path) -> None:
    site = Exported()
    ghost = site.org.bind(OMAR, "Omar", "coordinator")
    site.org.bindings[H(ghost)] = ghost
    site.bindings.append(by(ghost, OMAR))
    site.put("directory", 2, renewed(site, CARL, CORA, add=[H(ghost)]))
    assert "only roots name coordinators" in wrong(site.write(tmp_path))


def test_a_binding_that_no_list_names_is_named(site: Exported, tmp_path: Path) -> None:
    site.bindings.append(by(site.org.bind(OMAR, "Omar", "coordinator"), OMAR))
    assert wrong(site.write(tmp_path)) == "The binding of Omar is shown, but no list of people names it."


def test_a_binding_that_its_own_key_did_not_sign_is_refused(site: Exported, tmp_path: Path) -> None:
    site.bindings[0] = by(site.org.bindings[site.org.of["Carl"]], OMAR)
    assert wrong(site.write(tmp_path)).startswith("A binding that is shown is refused")


def test_a_binding_of_another_site_is_refused(site: Exported, tmp_path: Path) -> None:
    foreign = frame("binding", {
        "site": bytes(32), "person": bytes(16), "seq": 1, "prev": bytes(32), "roles": "steward", "name": "Omar",
        "ed_pk": OMAR.ed_pk, "xwing_pk": OMAR.xwing_pk, "day": 1,
    })  # fmt: skip
    site.bindings.append(by(foreign, OMAR))
    assert wrong(site.write(tmp_path)) == "The binding of Omar is of another site."


def next_root(site: Exported, **changes) -> bytes:
    fields = root_fields(version=len(site.roots) + 1, prev=H(site.org.root), **changes)
    return frame("root", fields)


def test_a_root_that_too_few_signed_is_named(site: Exported, tmp_path: Path) -> None:
    lone = site.org.by_roots(next_root(site), 1)
    site.roots.append(lone)
    site.put("root", 2, lone)
    assert wrong(site.write(tmp_path)).startswith("Version 2 of the root is refused")


def test_a_hidden_root_is_found_in_the_log(site: Exported, tmp_path: Path) -> None:
    signed = site.org.by_roots(next_root(site, coordinators=1))
    leaf, _ = site.event("root", 2, signed)
    site.logs[0].append(leaf)
    assert "holds number 2 of the root" in wrong(site.write(tmp_path))


def test_lists_under_a_later_root_are_followed(site: Exported, tmp_path: Path) -> None:
    root = next_root(site, coordinators=1)
    site.roots.append(site.org.by_roots(root))
    site.put("root", 2, site.roots[-1])
    assert verdict(site.write(tmp_path / "before"))[0] == 0
    fields = {"site": site.site, "version": 4, "prev": H(_thing(site)), "root": H(root), "issued": NOW + 90,
              "expires": NOW + 90 + directory.WEEK_S, "bindings": [site.org.of["Carl"]], "revoked": []}  # fmt: skip
    site.put("directory", 4, site.org.by_roots(frame("directory", fields)))
    status, words = verdict(site.write(tmp_path / "after"))
    assert status == 0 and "Roots: 2. Lists of people: 4" in words, words
    fields |= {"version": 5, "prev": H(_thing(site)), "root": H(site.org.root), "issued": NOW + 95}
    site.put("directory", 5, site.org.by_roots(frame("directory", fields)))
    assert wrong(site.write(tmp_path / "back")).startswith("Version 5 of the list of people is refused")


def _thing(site: Exported) -> bytes:
    return read_signed(unb64(site.lanes["directory"][-1]["signed"]))[0]


def test_the_log_key_that_roots_changed_signs_from_then_on(site: Exported, tmp_path: Path) -> None:
    site.roots.append(site.org.by_roots(next_root(site, log_vkey=checkpoint.vkey("alongside", OMAR.ed_pk))))
    site.put("root", 2, site.roots[-1])
    assert wrong(site.write(tmp_path / "old key")).startswith("The checkpoint of log 1 is refused")
    told = site.public()
    told["logs"][0]["checkpoint"] = site.signed(1, OMAR.ed_seed)
    (tmp_path / "old key" / "public.json").write_text(json.dumps(told))
    assert verdict(tmp_path / "old key")[0] == 0


@pytest.mark.parametrize("how", [
    lambda told: told.pop("lanes"), lambda told: told["lanes"].pop("restore"), lambda told: told.update(roots=[7]),
    lambda told: told.update(bindings=["?"]), lambda told: told["logs"][0].update(size=-1), lambda told: told.update(logs=7),
    lambda told: told["lanes"]["root"][0].update(salt=None), lambda told: told["lanes"]["root"][0].update(n="1"),
])  # fmt: skip
def test_facts_of_another_form_are_refused(site: Exported, tmp_path: Path, how) -> None:
    assert "has not the form" in wrong(change(site.write(tmp_path), how))


def test_a_site_without_roots_or_logs_is_said_in_words(site: Exported, tmp_path: Path) -> None:
    assert "shows no root" in wrong(change(site.write(tmp_path), lambda told: told.update(roots=[])))
    status, words = verdict(change(tmp_path, lambda told: told.update(logs=[])))
    assert status == 1 and "no log yet" in words


def quorum(count: int, *more: str) -> Exported:
    site = Exported(witnesses="\n".join([wanda(), *more]), quorum=count)
    site.logs[0] += some_leaves(5)
    return site


def test_a_log_without_its_quorum_of_witnesses_is_named(tmp_path: Path) -> None:
    site = quorum(1)
    assert wrong(site.write(tmp_path)) == "1 witnesses must stand behind the log; 0 of them cosigned."
    site.notes[1] = witnessed(site.signed(1), key=type(WANDA)(fixed("somebody else")))
    assert "0 of them" in wrong(site.write(tmp_path))


def test_a_witness_is_told_with_its_time(tmp_path: Path) -> None:
    site = quorum(1)
    site.notes[1] = witnessed(site.signed(1))
    status, words = verdict(site.write(tmp_path))
    assert status == 0 and "Witness wanda.example: 2026-11-22 00:00 UTC" in words
    assert "no witness" not in words


def test_a_cosigned_checkpoint_of_another_tree_is_named(tmp_path: Path) -> None:
    site = quorum(1)
    other = quorum(1)
    other.logs[0][-1] = (bytes(32), bytes(32))
    site.notes[1] = witnessed(other.signed(1))
    assert "of another tree" in wrong(site.write(tmp_path))


def test_a_smaller_cosigned_checkpoint_will_do(tmp_path: Path) -> None:
    site = quorum(1)
    site.notes[1] = witnessed(site.signed(1))
    site.logs[0] += some_leaves(300, "after that")
    assert verdict(site.write(tmp_path))[0] == 0


def frozen(tmp_path: Path, size: int, days: int) -> Path:
    """An export in which the witness signed the first `size` leaves, so many days after the list of people."""
    site = quorum(1)
    leaves, site.logs[0] = site.logs[0], site.logs[0][:size]
    site.notes[1] = witnessed(site.signed(1), NOW + days * 86_400)
    site.logs[0] = leaves
    return site.write(tmp_path / f"{size} {days}")


def test_a_fresh_signature_under_an_old_head_is_named(tmp_path: Path) -> None:
    assert wrong(frozen(tmp_path, 0, 0)) == "The witnesses signed an empty log 1, which has 7 leaves."
    said = wrong(frozen(tmp_path, 1, 3))
    assert said.startswith(
        "The witnesses' last word is about a head without number 1 of the list of people, which was 3"
    )


def test_a_list_that_witnesses_have_not_signed_yet_is_told(tmp_path: Path) -> None:
    status, words = verdict(frozen(tmp_path, 1, 0))
    assert status == 0 and "The witnesses have not signed number 1 of the list of people yet." in words
    status, words = verdict(frozen(tmp_path, 2, 30))
    assert status == 0 and "have not signed" not in words


def test_a_release_is_checked_like_the_rest(site: Exported, tmp_path: Path) -> None:
    fields = {"site": site.site, "version": 1, "prev": bytes(32), "manifest": bytes(32), "day": 1}
    site.put("release", 1, by(frame("release", fields), STAN))
    assert verdict(site.write(tmp_path))[0] == 0
    leaf, _ = site.event("release", 2, by(frame("release", {**fields, "version": 2}), STAN))
    site.logs[0].append(leaf)
    assert "number 2 of the releases" in wrong(site.write(tmp_path))


def test_the_tags_of_the_lanes_are_those_of_the_protocol(site: Exported) -> None:
    key = log.site_lane_key(site.site, "directory")
    assert log.lane_tag(key, "directory", 1) == site.logs[0][1][0]
