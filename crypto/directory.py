"""Who is staff: the signed list of bindings in force, and who may change it (SPEC 6).

Roots may do anything. Coordinators, as many as the root says, may add or replace supporters, researchers and
auditors. One coordinator may renew the list, drop from it and revoke. Vectors: tests/vectors/directory.json.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from crypto.errors import Expired, Malformed, NotAllowed, SealError, WrongPlace
from crypto.frame import H, frame, unframe
from crypto.people import ROLES, ROOT_ROLES, read_binding
from crypto.root import count_roots, next_root, read_root, read_roots
from crypto.signing import ZEROS32, read_signed, verify_signed

__all__ = ["Directory", "first_directory", "next_directory", "read_root", "start"]

WEEK_S = 7 * 86400
DAY_S = 86400
Bindings = Mapping[bytes, bytes]


class Directory:
    """The directory in force, proven from the site's id. Made by `start`; a refused version changes nothing.

    site, hash: 32 bytes. root: the newest root's fields. coordinators: how many must sign an addition.
    bindings: hashes listed. rooted: those that roots vouch for. revoked: fingerprints. issued, expires: Unix seconds.
    """

    def __init__(self, site: bytes, root: dict[str, Any], fields: dict[str, Any], digest: bytes) -> None:
        self.site, self.root = site, root
        self.rooted: set[bytes] = set(fields["bindings"])
        self._needs_roots = False
        self._take(fields, digest)

    @property
    def coordinators(self) -> int:
        """How many coordinators must sign to add somebody."""
        return int(self.root["coordinators"])

    def accept(self, signed_directory: bytes, bindings: Bindings) -> None:
        """Go on to the next version.

        Args: signed_directory: frame 'signed'. bindings: {hash: binding frame}; all that the caller may see,
            the coordinators' among them. A listed hash that is not there is taken, but not for a coordinator's or
            steward's: those roles count only where roots vouch for them.
        Raises: Malformed, BadSignature; WrongPlace: not the next version of this site; NotAllowed.
        """
        thing, _ = read_signed(signed_directory)
        fields = _read_directory(thing)
        if fields["site"] != self.site or fields["root"] != self.root["hash"]:
            raise WrongPlace("a directory under another root")
        if fields["version"] != self.version + 1 or fields["prev"] != self.hash:
            raise WrongPlace("a directory that does not follow")
        if fields["issued"] < self.issued:
            raise NotAllowed("a directory older than the one before")
        if count_roots(signed_directory, self.root):
            self.rooted, self._needs_roots = set(fields["bindings"]), False
        else:
            self._check_coordinators(signed_directory, fields, bindings)
            self.rooted &= set(fields["bindings"])
        self._take(fields, H(thing))

    def accept_root(self, signed_root: bytes) -> None:
        """Go on to the next root; the next directory must then be signed by it. Raises: as `root.read_roots`."""
        self.root = next_root(self.root, signed_root)
        self._needs_roots = True

    def check_fresh(self, now_s: int) -> None:
        """Nothing, while the directory is in force. Raises: Expired, also when dated over a day ahead."""
        if self._needs_roots or not self.issued - DAY_S <= now_s < self.expires:
            raise Expired("the list of people has not been renewed in time")

    def check_binding(self, binding: bytes) -> dict[str, Any]:
        """`people.read_binding` of a person who is in force here. Raises: Malformed, WrongPlace, NotAllowed."""
        person = read_binding(binding)
        if person["site"] != self.site:
            raise WrongPlace("a binding of another site")
        if person["hash"] not in self.bindings or person["fp"] in self.revoked:
            raise NotAllowed("not in the list of people in force")
        if ROOT_ROLES & set(person["roles"]) and person["hash"] not in self.rooted:
            raise NotAllowed("only roots name coordinators and stewards")
        return person

    def role_holders(self, role: str, bindings: Bindings | Collection[bytes]) -> list[dict[str, Any]]:
        """Those of `bindings` (frames, or {hash: frame}) who hold `role` now, in order of their hashes.

        Whatever is not in force is left out. Raises: ValueError: no such role.
        """
        if role not in ROLES:
            raise ValueError("no such role")
        holders = {}
        for one in bindings.values() if isinstance(bindings, Mapping) else bindings:
            try:
                person = self.check_binding(one)
            except SealError:
                continue
            if role in person["roles"]:
                holders[person["hash"]] = person
        return [holders[h] for h in sorted(holders)]

    def signed_by_roots(self, signed: bytes) -> bytes:
        """The thing inside, signed by a threshold of roots (manifest, restore). Raises: NotAllowed, BadSignature."""
        if not count_roots(signed, self.root):
            raise NotAllowed("too few roots signed")
        return read_signed(signed)[0]

    def signed_by_role(self, signed: bytes, role: str, bindings: Bindings | Collection[bytes]) -> dict[str, Any]:
        """`thing`, and the `binding` of the first holder of `role` who signed it. Raises: NotAllowed, BadSignature."""
        holders = {person["fp"]: person for person in self.role_holders(role, bindings)}
        signers = verify_signed(signed, {fp: person["ed_pk"] for fp, person in holders.items()})
        if not signers:
            raise NotAllowed("nobody signed who holds this role")
        return {"thing": read_signed(signed)[0], "binding": holders[signers[0]]}

    def check_duty(self, signed: bytes, bindings: Bindings | Collection[bytes], now_s: int) -> list[bytes]:
        """The binding hashes of those on duty, signed by a coordinator for at most 7 days.

        Raises: Malformed, BadSignature, WrongPlace, Expired; NotAllowed: nobody's word, or somebody not in force.
        """
        duty = unframe("duty", self.signed_by_role(signed, "coordinator", bindings)["thing"])
        _check_times(duty)
        if duty["site"] != self.site:
            raise WrongPlace("a duty list of another site")
        if not duty["issued"] - DAY_S <= now_s < duty["expires"]:
            raise Expired("the duty list has not been renewed in time")
        if not self.bindings.issuperset(duty["bindings"]):
            raise NotAllowed("somebody on duty is not in force")
        return list(duty["bindings"])

    def _check_coordinators(self, signed: bytes, fields: dict[str, Any], bindings: Bindings) -> None:
        here = self.role_holders("coordinator", bindings)
        signers = verify_signed(signed, {person["fp"]: person["ed_pk"] for person in here})
        persons = {person["person"] for person in here if person["fp"] in signers}
        added = set(fields["bindings"]) - self.bindings
        if self._needs_roots or not self.revoked.issubset(fields["revoked"]):
            raise NotAllowed("only roots may do this to the directory")
        if len(persons) < (self.coordinators if added else 1):
            raise NotAllowed("too few coordinators signed")
        for digest in added & bindings.keys():
            if ROOT_ROLES & set(_binding_of(bindings[digest], digest)["roles"]):
                raise NotAllowed("only roots name coordinators and stewards")

    def _take(self, fields: dict[str, Any], digest: bytes) -> None:
        self.hash: bytes = digest
        self.version: int = fields["version"]
        self.issued: int = fields["issued"]
        self.expires: int = fields["expires"]
        self.bindings: set[bytes] = set(fields["bindings"])
        self.revoked: set[bytes] = set(fields["revoked"])


def start(
    site: bytes, roots: Sequence[bytes], directories: Sequence[bytes], bindings: Bindings | None = None
) -> Directory:
    """The directory in force, from nothing but the site's id.

    Args: roots: frames 'signed', from version 1. directories: frames 'signed', from the last that roots signed.
        bindings: {hash: binding frame}, needed when a coordinator signed one of them.
    Raises: Malformed, BadSignature, WrongPlace, NotAllowed; ValueError: an empty list.
    """
    root = read_roots(site, roots)
    if not directories:
        raise ValueError("a site has a directory")
    thing, _ = read_signed(directories[0])
    fields = _read_directory(thing)
    if fields["site"] != site or fields["root"] != root["hash"]:
        raise WrongPlace("a directory under another root")
    if not count_roots(directories[0], root):
        raise NotAllowed("the first directory shown is not signed by the roots")
    state = Directory(site, root, fields, H(thing))
    for signed in directories[1:]:
        state.accept(signed, bindings or {})
    return state


def first_directory(site: bytes, root_hash: bytes, bindings: Collection[bytes], now_s: int) -> bytes:
    """Frame 'directory' version 1, for roots to sign. Args: bindings: their hashes."""
    return _directory(site, root_hash, 1, ZEROS32, now_s, bindings, ())


def next_directory(
    state: Directory, add: Collection[bytes], drop: Collection[bytes], revoke: Collection[bytes], now_s: int
) -> bytes:
    """Frame 'directory' that follows `state`, for 7 days. Args: add, drop: binding hashes. revoke: fingerprints."""
    listed = (state.bindings - set(drop)) | set(add)
    issued = max(now_s, state.issued)
    return _directory(
        state.site, state.root["hash"], state.version + 1, state.hash, issued, listed, state.revoked | set(revoke)
    )  # fmt: skip


def _directory(
    site: bytes, root: bytes, version: int, prev: bytes, issued: int, bindings: Collection[bytes],
    revoked: Collection[bytes],
) -> bytes:  # fmt: skip
    return frame("directory", {
        "site": site, "version": version, "prev": prev, "root": root, "issued": issued, "expires": issued + WEEK_S,
        "bindings": bindings, "revoked": revoked,
    })  # fmt: skip


def _read_directory(thing: bytes) -> dict[str, Any]:
    fields = unframe("directory", thing)
    if fields["version"] < 1 or (fields["version"] == 1) != (fields["prev"] == ZEROS32):
        raise Malformed("a directory's version and its predecessor disagree")
    _check_times(fields)
    return fields


def _check_times(fields: dict[str, Any]) -> None:
    if not 0 < fields["expires"] - fields["issued"] <= WEEK_S:
        raise NotAllowed("a list is in force for at most 7 days")


def _binding_of(binding: bytes, digest: bytes) -> dict[str, Any]:
    person = read_binding(binding)
    if person["hash"] != digest:
        raise WrongPlace("a binding under another's hash")
    return person
