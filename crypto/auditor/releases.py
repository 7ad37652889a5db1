"""The releases that are shown: each was signed by somebody who is or was a steward, and names the one before."""

from collections.abc import Mapping

from crypto.auditor.facts import Facts
from crypto.auditor.wrong import Wrong
from crypto.errors import SealError
from crypto.frame import H, unframe
from crypto.people import read_binding
from crypto.signing import ZEROS32, read_signed, verify_signed


def check(facts: Facts, site: bytes, bindings: Mapping[bytes, bytes]) -> None:
    """Args: bindings: {hash: frame} of everybody whom a list of people ever named. Raises: Wrong."""
    people = [read_binding(one) for one in bindings.values()]
    keys = {one["fp"]: one["ed_pk"] for one in people if "steward" in one["roles"]}
    prev = ZEROS32
    for one in facts.lane("release"):
        what = f"number {one.n} of the releases"
        try:
            thing, signatures = read_signed(one.signed)
            fields = unframe("release", thing)
            signers = verify_signed(one.signed, {fp: keys[fp] for fp in signatures if fp in keys})
        except SealError as wrong:
            raise Wrong(f"What is shown as {what} is refused: {wrong}.") from None
        if not signers:
            raise Wrong(f"What is shown as {what} was signed by no research steward of this organisation.")
        if (fields["site"], fields["version"], fields["prev"]) != (site, one.n, prev):
            raise Wrong(f"What is shown as {what} does not follow the one before it.")
        prev = H(thing)
