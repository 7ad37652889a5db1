"""What anybody gets of the log suffices to check it, is refused beyond its end, and tells nothing of a person."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from app.http import b64, unb64
from crypto import checkpoint, log, tree
from crypto.frame import H
from tests.support.databases import Database
from tests.support.organisation import Device, Person, Site
from tests.support.tree import open_checkpoint, rows, take_in, write_events


def refused(answer: Any, status: int, code: str) -> dict[str, Any]:
    assert (answer.status_code, answer.get_json()["error"]) == (status, code)
    assert answer.get_json()["words"]
    told: dict[str, Any] = answer.get_json()
    return told


def head_of(database: Database, answer: dict[str, Any]) -> dict[str, Any]:
    return checkpoint.read_checkpoint(open_checkpoint(database, answer["checkpoint"], answer["log"]))


def hashes_in(data: bytes) -> list[bytes]:
    return [data[at : at + 32] for at in range(0, len(data), 32)]


def leaf_hashes(data: bytes) -> list[bytes]:
    """Of pairs of tag and commitment, as they are served."""
    pairs = [data[at : at + 64] for at in range(0, len(data), 64)]
    return [log.leaf_hash(log.leaf(pair[:32], pair[32:])) for pair in pairs]


def _proof(answer: dict[str, Any]) -> list[bytes]:
    return [unb64(one) for one in answer["proof"]]


def test_before_anything_is_in_it_there_is_no_log(site: Site, carl: Person, omar: Device) -> None:
    for path, body in (("since", {"log": 1, "size": 0}), ("since", {"size": 0}), ("proofs", {"leaves": []})):
        refused(omar.post(f"/log/{path}", body), 404, "no-log")
    refused(omar.client.get("/log/1/checkpoint"), 404, "no-log")
    assert omar.ask("/log/public")["logs"] == []


def test_before_the_site_is_founded_nothing_is_public(omar: Device) -> None:
    refused(omar.post("/log/public"), 409, "not-founded")


def test_who_saw_so_many_leaves_computes_the_root_with_those_that_followed(
    grown: int, omar: Device, database: Database
) -> None:
    for start in (0, 1, 3, 255, 256, 257, 512, 599, 600):
        answer = omar.ask("/log/since", {"log": 1, "size": start})
        head = head_of(database, answer)
        added = leaf_hashes(unb64(answer["leaves"]))
        assert (answer["log"], answer["more"], head["size"], len(added)) == (1, False, grown, grown - start)
        frontier, size = tree.extend(hashes_in(unb64(answer["frontier"])), start, added)
        assert (tree.frontier_root(frontier, size), size) == (head["root"], grown)


@pytest.mark.slow
def test_a_long_log_comes_in_pages(grown: int, site: Site, carl: Person, omar: Device, database: Database) -> None:
    write_events(site.store(), carl.site, 4100)
    take_in(site)
    seen, answer = list[bytes](), dict[str, Any](more=True)
    while answer["more"]:
        answer = omar.ask("/log/since", {"size": len(seen)})
        seen += leaf_hashes(unb64(answer["leaves"]))
    assert len(seen) == grown + 4100
    assert log.root(seen) == head_of(database, answer)["root"]


def test_a_size_beyond_the_log_is_refused_with_the_size_that_there_is(grown: int, omar: Device) -> None:
    for path, body in (("since", {"log": 1, "size": 601}), ("consistency", {"log": 1, "from": 601})):
        assert refused(omar.post(f"/log/{path}", body), 409, "ahead")["size"] == 600
    refused(omar.post("/log/since", {"log": 1, "size": 2**53 - 1}), 409, "ahead")


def test_a_log_that_is_not_there_is_refused(grown: int, omar: Device) -> None:
    for number in (0, 2, 2**31 - 1):
        for path, body in (("since", {"size": 0}), ("consistency", {"from": 1})):
            refused(omar.post(f"/log/{path}", {"log": number, **body}), 404, "no-log")
        refused(omar.client.get(f"/log/{number}/checkpoint"), 404, "no-log")
        refused(omar.client.get(f"/log/{number}/tile/0/000"), 404, "no-log")
    refused(omar.client.get(f"/log/{2**70}/checkpoint"), 404, "no-log")


MALFORMED: list[tuple[str, dict[str, Any]]] = [
    ("since", {}), ("since", {"log": 1}), ("since", {"log": 1, "size": -1}), ("since", {"log": 1, "size": "1"}),
    ("since", {"log": "1", "size": 1}), ("since", {"log": True, "size": 1}), ("since", {"log": 1, "size": 2**53}),
    ("since", {"log": 1, "size": 1.5}), ("consistency", {"log": 1}), ("consistency", {"log": 1, "from": 0}),
    ("consistency", {"log": 1, "from": None}), ("proofs", {}), ("proofs", {"leaves": "all"}), ("proofs", {"leaves": [1]}),
    ("proofs", {"leaves": ["AAAA"]}), ("proofs", {"leaves": [b64(bytes(32))] * 101}), ("proofs", {"leaves": ["*" * 43]}),
]  # fmt: skip


def test_a_question_in_another_form_is_refused(grown: int, omar: Device) -> None:
    for path, body in MALFORMED:
        refused(omar.post(f"/log/{path}", body), 400, "malformed")


def test_each_leaf_is_proven_and_what_is_in_no_tree_is_not(
    grown: int, site: Site, carl: Person, omar: Device, database: Database
) -> None:
    write_events(site.store(), carl.site, 1)
    known = {bytes(row.leaf): row.position for row in rows(database, "select leaf, position from events")}
    asked = sorted(known, key=lambda leaf: (known[leaf] is not None, known[leaf] or 0))[:60]
    answer = omar.ask("/log/proofs", {"leaves": [*asked, H(b"never")]})
    head = head_of(database, answer)
    assert head["size"] == grown
    *found, never = answer["proofs"]
    assert never is None and [leaf for leaf, one in zip(asked, found, strict=True) if one is None] == asked[:1]
    for leaf, one in list(zip(asked, found, strict=True))[1:]:
        assert (one["log"], one["index"]) == (1, known[leaf])
        log.verify_inclusion(leaf, one["index"], grown, _proof(one), head["root"])


def test_a_log_is_proven_to_begin_as_it_did(grown: int, omar: Device, database: Database) -> None:
    leaves = leaf_hashes(unb64(omar.ask("/log/since", {"size": 0})["leaves"]))
    for size in (1, 3, 256, 303, 600):
        answer = omar.ask("/log/consistency", {"log": 1, "from": size})
        proof = _proof(answer)
        root = head_of(database, answer)["root"]
        log.verify_consistency(size, grown, proof, log.root(leaves[:size]), root)


def test_a_leaf_of_an_older_log_is_proven_to_that_log(
    grown: int, site: Site, carl: Person, omar: Device, database: Database
) -> None:
    old = omar.ask("/log/since", {"size": 0})
    leaf = leaf_hashes(unb64(old["leaves"]))[7]
    with database.engine.begin() as db:
        db.execute(
            sa.text("insert into logs (number, size, root, checkpoint) values (2, 0, :r, 'none')"), {"r": H(b"")}
        )
    write_events(site.store(), carl.site, 2)
    take_in(site)
    answer = omar.ask("/log/proofs", {"leaves": [b64(leaf)]})
    assert (answer["log"], head_of(database, answer)["size"]) == (2, 2)
    (one,) = answer["proofs"]
    note = omar.client.get(f"/log/{one['log']}/checkpoint").get_data(as_text=True)
    head = checkpoint.read_checkpoint(open_checkpoint(database, note))
    proof = _proof(one)
    log.verify_inclusion(leaf, one["index"], head["size"], proof, head["root"])


# -- tiles, as C2SP has them


def get(omar: Device, path: str) -> Any:
    return omar.client.get(f"/log/1/{path}")


def test_tiles_and_bundles_are_served_as_others_tools_ask_for_them(
    grown: int, omar: Device, database: Database
) -> None:
    note = get(omar, "checkpoint")
    assert note.content_type == "text/plain; charset=utf-8"
    head = checkpoint.read_checkpoint(open_checkpoint(database, note.get_data(as_text=True)))

    def fetch(level: int | str, n: int, width: int) -> bytes:
        answer = get(omar, tree.tile_path(level, n, width))
        assert answer.status_code == 200
        assert answer.content_type == "application/octet-stream"
        data: bytes = answer.get_data()
        return data

    assert tree.root(fetch, head["size"]) == head["root"]
    widths = [tree.tile_width(head["size"], 0, n) for n in range(3)]
    assert widths == [256, 256, 88]
    leaves = [leaf for n, width in enumerate(widths) for leaf in tree.read_bundle(fetch("entries", n, width))]
    assert log.root([log.leaf_hash(leaf) for leaf in leaves]) == head["root"]
    assert [log.leaf_hash(leaf) for leaf in leaves[:256]] == hashes_in(fetch(0, 0, 256))
    assert len(fetch(0, 1, 9)) == 9 * 32, "the beginning of a tile that has grown since"


def test_a_full_tile_may_be_kept_for_good_and_nothing_else(grown: int, omar: Device) -> None:
    kept = {path: get(omar, path).headers["Cache-Control"] for path in (
        "tile/0/000", "tile/entries/001", "tile/0/002.p/88", "tile/entries/002.p/1", "tile/1/000.p/2", "checkpoint")}  # fmt: skip
    assert set(list(kept.values())[:2]) == {"public, max-age=31536000, immutable"}
    assert set(list(kept.values())[2:]) == {"no-store"}


BEYOND = [
    "tile/0/002", "tile/0/002.p/89", "tile/0/003.p/1", "tile/entries/002", "tile/entries/002.p/89", "tile/1/000",
    "tile/1/000.p/3", "tile/2/000.p/1", "tile/63/000", "tile/0/x001/000", "tile/entries/x009/007/199/254/740/991",
    "tile/0/0", "tile/0/000.p/0", "tile/0/000.p/256", "tile/64/000", "tile/-1/000", "tile/entries/000.p/", "tile/data/000",
]  # fmt: skip


def test_beyond_the_tree_there_is_nothing(grown: int, omar: Device) -> None:
    for path in BEYOND:
        refused(get(omar, path), 404, "no-tile")


def test_witnesses_lines_are_served_once_there_are_any(grown: int, omar: Device, database: Database) -> None:
    newest = get(omar, "checkpoint").get_data(as_text=True)
    with database.engine.begin() as db:
        db.execute(sa.text("update logs set cosigned = :note, cosigned_s = 5"), {"note": newest + "— w AAAA\n"})
    assert get(omar, "checkpoint").get_data(as_text=True) == newest + "— w AAAA\n"
    for path, body in (("since", {"size": 0}), ("proofs", {"leaves": []}), ("consistency", {"from": 5})):
        answer = omar.ask(f"/log/{path}", body)
        assert (answer["checkpoint"], answer["cosigned"]) == (newest, newest + "— w AAAA\n")


# -- what the organisation signed


def test_the_log_touches_no_session(grown: int, carl: Person, database: Database) -> None:
    before = rows(database, "select * from sessions")
    anonymous = {"path": "/log/since", "body": {"size": 0}}
    Device.post(carl.device, **anonymous)  # type: ignore[arg-type]
    answer = carl.device.client.get("/log/1/checkpoint")
    assert "Set-Cookie" not in answer.headers
    assert rows(database, "select * from sessions") == before
