"""Vectors that others made lie beside the project, in ../shared/vectors, and are not copied into it.

Whoever has no such folder still gets a true answer: these tests are skipped by name, and the run says so. CI must have it.
"""

import os
from collections.abc import Mapping
from pathlib import Path

VECTORS = Path(__file__).resolve().parents[3] / "shared" / "vectors"
FOREIGN = "tests/unit/crypto/test_foreign.py::"
OTHERS = "tests/vectors/others.test.mjs: "
NEED_VECTORS = frozenset(
    {
        f"{FOREIGN}test_proofs_of_others_hold_or_fail_as_they_say[inclusion]",
        f"{FOREIGN}test_proofs_of_others_hold_or_fail_as_they_say[consistency]",
        f"{FOREIGN}test_age_files_for_x_wing_open_or_fail_as_they_say",
        f"{OTHERS}HPKE with X-Wing opens what age sealed, and refuses what age refuses",
        f"{OTHERS}proofs of transparency-dev's hold or fail as it says",
    }
)


def may_skip(vectors: Path = VECTORS, env: Mapping[str, str] = os.environ) -> frozenset[str]:
    """The tests that may be skipped here: none under CI, and none where the folder is."""
    return frozenset() if env.get("CI") or vectors.is_dir() else NEED_VECTORS
