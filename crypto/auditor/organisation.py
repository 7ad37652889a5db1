"""Who may do what, proven from the site's id: each root, each list of people ever signed, each binding shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from crypto import directory
from crypto.auditor import releases
from crypto.auditor.facts import Facts
from crypto.auditor.wrong import Wrong
from crypto.errors import SealError
from crypto.frame import H, unframe
from crypto.people import read_binding
from crypto.root import count_roots, next_root, read_root, read_roots
from crypto.signing import read_signed


@dataclass(frozen=True)
class Organisation:
    """roots: the fields of each version. state: the directory in force, if any. restores: fields, by log number.

    `by` in them is the newest version of the root that signed.
    """

    site: bytes
    roots: list[dict[str, Any]]
    state: directory.Directory | None
    restores: dict[int, dict[str, Any]]
    bindings: int

    @property
    def root(self) -> dict[str, Any]:
        """The newest."""
        return self.roots[-1]


def prove(facts: Facts, site: bytes | None) -> Organisation:
    """Args: site: the id that is expected; None takes the one that the first root gives. Raises: Wrong."""
    if not facts.roots:
        raise Wrong("The site shows no root, so nothing can be proven.")
    roots = _roots(facts.roots, site)
    found = roots[0]["hash"]
    bindings = _bindings(facts.bindings, found)
    state = _directories(facts, roots, bindings)
    _all_listed(facts, bindings)
    releases.check(facts, found, bindings)
    return Organisation(found, roots, state, _restores(facts, roots, found), len(bindings))


def _roots(signed: Sequence[bytes], site: bytes | None) -> list[dict[str, Any]]:
    try:
        first = read_root(read_signed(signed[0])[0])
    except SealError as wrong:
        raise Wrong(f"The first root is refused: {wrong}.") from None
    if site not in (None, first["hash"]):
        raise Wrong("This is another site: its first root is not the one of the site's id.")
    chain: list[dict[str, Any]] = []
    for version, one in enumerate(signed, 1):
        try:
            chain.append(next_root(chain[-1], one) if chain else read_roots(first["hash"], [one]))
        except SealError as wrong:
            raise Wrong(f"Version {version} of the root is refused: {wrong}.") from None
    return chain


def _bindings(signed: Sequence[bytes], site: bytes) -> dict[bytes, bytes]:
    """{hash: binding frame}, each signed by its own key."""
    found = {}
    for one in signed:
        try:
            person = read_binding(one)
            thing = read_signed(one)[0]
        except SealError as wrong:
            raise Wrong(f"A binding that is shown is refused: {wrong}.") from None
        if person["site"] != site:
            raise Wrong(f"The binding of {person['name']} is of another site.")
        found[person["hash"]] = thing
    return found


def _directories(facts: Facts, roots: list[dict[str, Any]], bindings: dict[bytes, bytes]) -> directory.Directory | None:
    """The directory in force, once every version ever signed was allowed when it was."""
    state, later = None, list(zip(facts.roots, roots, strict=True))
    for number, one in enumerate(facts.lane("directory"), 1):
        try:
            if one.n != number:
                raise Wrong(f"Version {number} of the list of people is not shown.")
            under = unframe("directory", read_signed(one.signed)[0])["root"]
            if state is None:
                at = _version(roots, under)
                state = directory.start(roots[0]["hash"], facts.roots[:at], [one.signed], bindings)
                later = later[at:]
                continue
            while later and state.root["hash"] != under:
                state.accept_root(later.pop(0)[0])
            state.accept(one.signed, bindings)
        except SealError as wrong:
            raise Wrong(f"Version {number} of the list of people is refused: {wrong}.") from None
    for signed, _ in later if state else ():  # roots under which no list was signed yet
        cast(directory.Directory, state).accept_root(signed)
    return state


def _version(roots: list[dict[str, Any]], digest: bytes) -> int:
    """How many roots there were when this one was the newest."""
    return next((at for at, root in enumerate(roots, 1) if root["hash"] == digest), len(roots))


def _all_listed(facts: Facts, bindings: dict[bytes, bytes]) -> None:
    """Nothing, if each binding shown was in force once: whoever was never listed is nobody here."""
    listed: set[bytes] = set()
    for one in facts.lane("directory"):
        listed |= set(unframe("directory", read_signed(one.signed)[0])["bindings"])
    for digest in sorted(bindings.keys() - listed):
        raise Wrong(
            f"The binding of {read_binding(bindings[digest])['name']} is shown, but no list of people names it."
        )


def _restores(facts: Facts, roots: list[dict[str, Any]], site: bytes) -> dict[int, dict[str, Any]]:
    """What the roots declared at each restore, by the number of the log that began with it."""
    found: dict[int, dict[str, Any]] = {}
    for one in facts.lane("restore"):
        by = max((root["version"] for root in roots if _counts(one.signed, root)), default=0)
        try:
            fields = unframe("restore", read_signed(one.signed)[0])
        except SealError as wrong:
            raise Wrong(f"The restore that began log {one.n} is refused: {wrong}.") from None
        if not by or fields["site"] != site or fields["log"] != one.n:
            raise Wrong(f"The restore that began log {one.n} was not signed by enough roots.")
        found[one.n] = {**fields, "by": by}
    return found


def _counts(signed: bytes, root: dict[str, Any]) -> bool:
    try:
        return count_roots(signed, root)
    except SealError:
        return False


def thing_of(signed: bytes) -> bytes:
    """H of what is inside frame 'signed': what its event names. Raises: Malformed."""
    return H(read_signed(signed)[0])
