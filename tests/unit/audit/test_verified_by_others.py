"""A log that a running server wrote is verified by code that we did not write: pymerkle, from tiles fetched over HTTP."""

from __future__ import annotations

import pymerkle
import pytest
import requests

from crypto import log, tree
from crypto.checkpoint import read_checkpoint
from crypto.errors import WrongPlace
from crypto.frame import frame, unframe
from crypto.receipt import check_receipt
from crypto.root import read_root
from crypto.signing import read_signed
from demo.wire import Over, b64, unb64
from tests.support.people import Cast
from tests.support.server import Server
from tests.support.tree import open_checkpoint, wait_until_all_are_in, write_many

pytestmark = pytest.mark.slow


class Auditor:
    """Somebody outside, with pymerkle and an address."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.tree = pymerkle.InmemoryTree(algorithm="sha256")

    def head(self) -> tuple[int, bytes]:
        note = requests.get(f"{self.server.url}/log/1/checkpoint", timeout=10).text
        head = read_checkpoint(open_checkpoint(self.server.database, note))
        return head["size"], head["root"]

    def follow(self) -> tuple[int, bytes]:
        """Take in the entries up to the present head, which is (size, root)."""
        size, root = self.head()
        for n in range(self.tree.get_size() // 256, (size + 255) // 256):
            path = tree.tile_path("entries", n, tree.tile_width(size, 0, n))
            bundle = requests.get(f"{self.server.url}/log/1/{path}", timeout=10).content
            # u16be length and 81 bytes each, as C2SP has it, cut here without our own reader
            leaves = [bundle[at + 2 : at + 83] for at in range(0, len(bundle), 83)]
            for leaf in leaves[max(self.tree.get_size() - 256 * n, 0) :]:
                self.tree.append_entry(leaf)
        assert self.tree.get_size() == size
        return size, root


def test_pymerkle_finds_the_roots_the_places_and_the_growth_that_the_server_signed(server: Server) -> None:
    cast, auditor = Cast(server.database, Over(server.url), server.clock), Auditor(server)
    cast.team(cast.sent("Sara"), cast.supporter("Nora"))
    wait_until_all_are_in(server.database)
    first = auditor.follow()
    cast.sent("Greta")
    write_many(server, 500)
    wait_until_all_are_in(server.database)
    second = auditor.follow()
    assert 10 < first[0] < 256 < 512 < second[0]
    for size, root in (first, second):
        assert auditor.tree.get_root(size) == root
    theirs = auditor.tree.prove_consistency(first[0], second[0])
    pymerkle.verify_consistency(first[1], second[1], theirs, prior_size=first[0], later_size=second[0])
    leaves = [bytes(row.leaf) for row in sorted(cast.rows("events"), key=lambda row: row.position)]
    for index in (0, 1, first[0] - 1, first[0], 255, 256, second[0] - 1):
        ours = cast.carl.post("/log/proofs", leaves=[b64(leaves[index])])["proofs"][0]
        proof = auditor.tree.prove_inclusion(index + 1, second[0])
        proof.path = [leaves[index], *(unb64(one) for one in ours["proof"])]  # the server's, in their verifier
        assert ours["index"] == index
        pymerkle.verify_inclusion(leaves[index], second[1], proof, index=index + 1, size=second[0], algorithm="sha256")
        proof.path[-1] = bytes(32)
        with pytest.raises(pymerkle.InvalidProof):
            pymerkle.verify_inclusion(leaves[index], second[1], proof, index=index + 1, size=second[0])


def test_a_receipt_gets_its_second_form_once_its_leaf_is_in_the_tree(server: Server) -> None:
    cast = Cast(server.database, Over(server.url), server.clock)
    sara = cast.peer()
    receipt = unb64(sara.hand_in(sara.make_submission({"text": "what happened"}))["receipts"]["record"])
    vkey = read_root(read_signed(bytes(cast.rows("roots")[0].signed))[0])["log_vkey"]
    promised = check_receipt(receipt, sara.site, vkey)
    wait_until_all_are_in(server.database)
    answer = sara.post("/log/proofs", leaves=[b64(promised["leaf_hash"])])
    (proven,) = answer["proofs"]
    fields = {
        **unframe("receipt", receipt), "index": proven["index"], "proof": [unb64(one) for one in proven["proof"]],
        "checkpoint": answer["checkpoint"],
    }  # fmt: skip
    included = check_receipt(frame("receipt", fields), sara.site, vkey)
    assert (included["form"], included["log"], included["index"]) == ("included", 1, proven["index"])
    assert included["leaf_hash"] == promised["leaf_hash"]
    with pytest.raises(WrongPlace):
        check_receipt(frame("receipt", {**fields, "index": fields["index"] + 1}), sara.site, vkey)
    with pytest.raises(WrongPlace):
        log.verify_inclusion(included["leaf_hash"], included["index"], included["size"], [], included["root"])
