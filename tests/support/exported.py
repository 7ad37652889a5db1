"""A whole site as an auditor is handed it: an organisation, its logs, and the folder of an export."""

import hashlib
import json
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import Any

from nacl.signing import SigningKey

from crypto import checkpoint, cosign, keys, log, tree
from crypto.frame import H, frame
from crypto.signing import read_signed
from tests.unit.crypto.cast import CARL, CORA, LOG_SEED, NORA, NOW, STAN, TODAY, Organisation, by, fixed, root_fields
from tests.unit.crypto.cast import organisation as cast_organisation

ZEROS16 = bytes(16)
WANDA = SigningKey(fixed("wanda"))
Leaf = tuple[bytes, bytes]


def wanda() -> str:
    """The verifier key of a witness."""
    return checkpoint.vkey("wanda.example", bytes(WANDA.verify_key), checkpoint.COSIGNATURE)


def witnessed(note: str, when: int = NOW, key: SigningKey = WANDA, name: str = "wanda.example") -> str:
    """The note, and a witness's line under it."""
    text = checkpoint.split_note(note)[0]
    signature = key.sign(checkpoint.cosigned_text(text, when).encode()).signature
    return cosign.add_lines(note, [cosign.cosignature_line(name, bytes(key.verify_key), when, signature)])


def some_leaves(count: int, name: str = "") -> list[Leaf]:
    """Tags and commitments of events that are nobody's business."""
    sha = hashlib.sha256
    return [(sha(f"tag {name}{i}".encode()).digest(), sha(f"commit {name}{i}".encode()).digest()) for i in range(count)]


class Exported:
    """A site that can be written down at any time. What a test changes, is written as changed."""

    def __init__(self, **root: Any) -> None:
        self.org: Organisation = cast_organisation()
        if root:
            self._found_anew(root)
        self.site = self.org.site
        self.logs: list[list[Leaf]] = [[]]
        self.lanes: dict[str, list[dict[str, Any]]] = {lane: [] for lane in log.SITE_LANES}
        self.roots = list(self.org.roots)
        self.bindings = [
            by(self.org.bindings[self.org.of[n]], who) for n, who in (("Carl", CARL), ("Cora", CORA), ("Stan", STAN))
        ]
        self.notes: dict[int, str] = {}
        self.put("root", 1, self.org.roots[0])
        self.put("directory", 1, self.org.first)

    def _found_anew(self, changes: dict[str, Any]) -> None:
        """The cast's organisation under a root with other fields."""
        root = frame("root", root_fields(**changes))
        org = self.org
        org.site, org.root = H(root), root
        org.roots = [org.by_roots(root)]
        org.bindings.clear()
        people = (
            (CARL, "Carl", "coordinator"),
            (CORA, "Cora", "coordinator"),
            (NORA, "Nora", "supporter"),
            (STAN, "Stan", "steward"),
        )
        for who, name, roles in people:
            binding = org.bind(who, name, roles)
            org.of[name] = H(binding)
            org.bindings[H(binding)] = binding
        from crypto.directory import first_directory

        listed = [org.of["Carl"], org.of["Cora"], org.of["Stan"]]
        org.first = org.by_roots(first_directory(org.site, H(root), listed, NOW))

    def event(self, lane: str, n: int, signed: bytes) -> tuple[Leaf, dict[str, Any]]:
        """The leaf of one thing that was signed, and how it is shown."""
        salt = fixed(f"salt {lane} {n}")
        event = log.make_event(lane, TODAY, ZEROS16, bytes(32), H(read_signed(signed)[0]))
        tag = log.lane_tag(log.site_lane_key(self.site, lane), lane, n)
        commit = log.commit(salt, event)
        told = {
            "n": n,
            "signed": b64(signed),
            "salt": b64(salt),
            "event": b64(event),
            "tag": b64(tag),
            "commit": b64(commit),
        }
        return (tag, commit), told

    def put(self, lane: str, n: int, signed: bytes) -> None:
        leaf, told = self.event(lane, n, signed)
        self.lanes[lane].append({**told, "log": len(self.logs), "position": len(self.logs[-1])})
        self.logs[-1].append(leaf)

    def restore(self, size: int, **changes: Any) -> None:
        """The roots declare that the log goes on under the next number, from its first `size` leaves."""
        hashes = [log.leaf_hash(log.leaf(*leaf)) for leaf in self.logs[-1][:size]]
        fields = {
            "site": self.site,
            "log": len(self.logs) + 1,
            "size": size,
            "root": log.root(hashes),
            "time": NOW,
            **changes,
        }
        self.logs.append([])
        self.put("restore", len(self.logs), self.org.by_roots(frame("restore", fields)))

    def public(self) -> dict[str, Any]:
        heads = [{"number": k, "size": len(leaves), "root": b64(log.root(_hashes(leaves))), "checkpoint": self.signed(k), "cosigned": None}
                 for k, leaves in enumerate(self.logs, 1)]  # fmt: skip
        return {
            "roots": [b64(one) for one in self.roots],
            "lanes": self.lanes,
            "bindings": [b64(one) for one in self.bindings],
            "logs": heads,
        }

    def signed(self, k: int, seed: bytes = LOG_SEED) -> str:
        """The log's own checkpoint."""
        leaves = self.logs[k - 1]
        text = checkpoint.checkpoint_text(self.site, k, len(leaves), log.root(_hashes(leaves)))
        return keys.sign_note(text, checkpoint.origin(self.site, k), seed)

    def write(self, folder: Path) -> Path:
        """The folder of an export."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "public.json").write_text(json.dumps(self.public()))
        for k, leaves in enumerate(self.logs, 1):
            hashes = _hashes(leaves)
            files = {
                tree.tile_path(level, n, len(data) // 32): data for level, n, data in tree.grow(_nothing, 0, hashes)
            }
            for n in range(-(-len(leaves) // tree.WIDTH)):
                some = [log.leaf(*leaf) for leaf in leaves[n * tree.WIDTH : (n + 1) * tree.WIDTH]]
                files[tree.tile_path("entries", n, len(some))] = tree.bundle(some)
            files["checkpoint"] = self.notes.get(k, self.signed(k)).encode()
            for path, data in files.items():
                put(folder / "log" / str(k) / path, data)
        return folder


def put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _hashes(leaves: list[Leaf]) -> list[bytes]:
    return [log.leaf_hash(log.leaf(*leaf)) for leaf in leaves]


def _nothing(level: int, n: int, width: int) -> bytes:
    raise AssertionError("a new tree reads nothing")
