"""Each byte of a log that is changed is found, and named as what it is."""

import json
from pathlib import Path

import pytest

from crypto import log, tree
from tests.support.exported import Exported, put, some_leaves
from tests.unit.auditor.conftest import verdict, wrong
from tests.unit.crypto.cast import OMAR

SIZE = 600


@pytest.fixture(scope="module")
def site() -> Exported:
    site = Exported()
    site.logs[0] += some_leaves(SIZE - len(site.logs[0]))
    return site


@pytest.fixture
def folder(site: Exported, tmp_path: Path) -> Path:
    return site.write(tmp_path / "export")


def flip(folder: Path, path: str, at: int) -> None:
    file = folder / "log" / "1" / path
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    file.write_bytes(bytes(data))


def test_a_whole_log_is_found_well(folder: Path) -> None:
    status, words = verdict(folder)
    assert status == 0, words
    assert "Log 1: 600 leaves, every one checked" in words and words.rstrip().endswith("All is well.")
    assert "no witness" in words


@pytest.mark.parametrize(("bundle", "leaf"), [("000", 17), ("001", 256), ("002.p/88", 599)])
def test_a_changed_leaf_is_named(folder: Path, bundle: str, leaf: int) -> None:
    flip(folder, f"tile/entries/{bundle}", (leaf % 256) * 83 + 82)
    assert wrong(folder) == f"Leaf {leaf} of log 1 was changed: the tree has another hash for it."


@pytest.mark.parametrize(("tile", "leaf"), [("000", 17), ("001", 256), ("002.p/88", 599)])
def test_a_changed_hash_is_named(folder: Path, tile: str, leaf: int) -> None:
    flip(folder, f"tile/0/{tile}", (leaf % 256) * 32)
    assert wrong(folder) == f"The stored hash of leaf {leaf} of log 1, in tile/0/{tile}, was changed."


def test_a_leaf_changed_with_its_hash_is_found_at_the_tile_above(folder: Path) -> None:
    other = log.leaf(bytes(32), bytes(32))
    file = folder / "log/1/tile/entries/000"
    own = tree.read_bundle(file.read_bytes())
    own[17] = other
    file.write_bytes(tree.bundle(own))
    hashes = folder / "log/1/tile/0/000"
    hashes.write_bytes(b"".join(log.leaf_hash(one) for one in own))
    assert "in tile/1/000.p/2 are not those of the hashes below" in wrong(folder)


def test_a_changed_tile_above_the_leaves_is_named(folder: Path) -> None:
    flip(folder, "tile/1/000.p/2", 33)
    assert "tile/1/000.p/2" in wrong(folder)


def test_a_history_rewritten_down_to_the_tiles_is_found_at_the_root(site: Exported, folder: Path) -> None:
    other = Exported()
    other.logs[0] += some_leaves(SIZE - 2, "otherwise")
    other.notes[1] = site.signed(1)
    told = site.public()
    other.write(folder)
    (folder / "public.json").write_text(json.dumps(told))
    assert wrong(folder) == "The leaves of log 1 do not give the root that its checkpoint signs."


@pytest.mark.parametrize("change", [lambda d: d[:-1], lambda d: d + d[-83:], lambda d: d[:5] + b"x" + d[6:]])
def test_what_is_no_bundle_of_leaves_is_named(folder: Path, change) -> None:
    file = folder / "log/1/tile/entries/001"
    file.write_bytes(change(file.read_bytes()))
    assert wrong(folder) == "Log 1 has no 256 whole leaves in tile/entries/001."


def test_a_tile_cut_short_is_named(folder: Path) -> None:
    file = folder / "log/1/tile/0/001"
    file.write_bytes(file.read_bytes()[:-32])
    assert wrong(folder) == "Log 1 does not store 256 hashes in tile/0/001."


def test_a_part_that_is_missing_is_no_proof_of_anything(folder: Path) -> None:
    (folder / "log/1/tile/0/001").unlink()
    status, words = verdict(folder)
    assert status == 1 and words.startswith("Not checked: ") and "tile/0/001" in words


def test_a_checkpoint_of_another_key_is_refused(site: Exported, folder: Path) -> None:
    note = site.signed(1, OMAR.ed_seed)
    told = site.public()
    told["logs"][0]["checkpoint"] = note
    (folder / "public.json").write_text(json.dumps(told))
    assert wrong(folder).startswith("The checkpoint of log 1 is refused")
    site.write(folder)
    put(folder / "log/1/checkpoint", note.encode())
    assert wrong(folder).startswith("The checkpoint of log 1 is refused")


def test_the_checkpoint_that_is_handed_out_must_be_of_the_same_tree(tmp_path: Path, site: Exported) -> None:
    other = Exported()
    other.logs[0] += some_leaves(100, "otherwise")
    handed = other.signed(1)
    site.write(tmp_path / "export")
    put(tmp_path / "export/log/1/checkpoint", handed.encode())
    assert wrong(tmp_path / "export") == "The checkpoint that is handed out is of another tree than the log's leaves."


@pytest.mark.parametrize("gap", [0, 300])
def test_one_number_that_stands_there_twice_is_named(tmp_path: Path, gap: int) -> None:
    site = Exported()
    site.logs[0] += some_leaves(20)
    twice = (site.logs[0][5][0], bytes(32))
    site.logs[0] += [*some_leaves(gap, "between"), twice]
    last = len(site.logs[0]) - 1
    said = wrong(site.write(tmp_path / "export"))
    assert said == f"One number stands in the log twice: leaf 5 of log 1, and leaf {last} of log 1."


def test_tags_that_only_begin_alike_are_no_doubles(tmp_path: Path) -> None:
    site = Exported()
    tag = bytes(range(32))
    site.logs[0] += [(tag, bytes(32)), (tag[:31] + b"x", bytes(32))]
    assert verdict(site.write(tmp_path / "export"))[0] == 0
