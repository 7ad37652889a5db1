"""The lanes that everybody may follow: each thing shown is in the log, as shown, and no later one is."""

from collections.abc import Iterator, Mapping

from crypto import log
from crypto.auditor.facts import Facts, Shown
from crypto.auditor.organisation import Organisation, thing_of
from crypto.auditor.wrong import Wrong
from crypto.errors import SealError
from crypto.frame import unframe

NAMES = {
    "root": "the root", "directory": "the list of people", "manifest": "the list of pages", "release": "the releases",
    "restore": "the restores",
}  # fmt: skip
FIRST = {"restore": 2}  # a restore is numbered by the log that it begins


def wanted(site: bytes, facts: Facts) -> list[bytes]:
    """The tags of everything that is shown, and of the next number of each lane. Raises: Wrong."""
    return [tag for tag, _, _ in _numbers(site, facts)]


def check(site: bytes, facts: Facts, found: Mapping[bytes, tuple[int, int, bytes]]) -> None:
    """Nothing, if what stands in the log is what is shown.

    Args: found: {tag: (log, index, commitment)} of the tags wanted. Raises: Wrong.
    """
    for tag, (lane, n), shown in _numbers(site, facts):
        what = f"number {n} of {NAMES[lane]}"
        if shown is None and tag in found:
            number, index, _ = found[tag]
            raise Wrong(f"The log holds {what}, at leaf {index} of log {number}, but it is not shown.")
        if shown is not None and tag not in found:
            raise Wrong(f"The site shows {what}, but it is not in the log.")
        if shown is not None and found[tag][2] != log.commit(shown.salt, shown.event):
            raise Wrong(f"The site shows {what} as something else than what is in the log.")


def check_restores(organisation: Organisation, found: Mapping[bytes, tuple[int, int, bytes]]) -> None:
    """Nothing, if each restore stands in the log that it began, and the roots of then signed it, or later ones.

    A signature is good for ever: of a restore that was never used, and by a sheet that was replaced. Raises: Wrong.
    """
    site = organisation.site

    def log_of(lane: str, n: int) -> int | None:
        place = found.get(log.lane_tag(log.site_lane_key(site, lane), lane, n))
        return place and place[0]

    rooted = [log_of("root", root["version"]) for root in organisation.roots]
    for number, restore in organisation.restores.items():
        stands = log_of("restore", number)
        if stands not in (None, number):
            raise Wrong(f"The restore that began log {number} stands in log {stands}.")
        if restore["by"] < sum(one is not None and one < number for one in rooted):
            raise Wrong(f"The restore that began log {number} was signed by roots that had been replaced before.")


def _numbers(site: bytes, facts: Facts) -> Iterator[tuple[bytes, tuple[str, int], Shown | None]]:
    for lane in log.SITE_LANES:
        key, first = log.site_lane_key(site, lane), FIRST.get(lane, 1)
        here = [one for one in facts.lane(lane) if not one.waits]
        for n, one in enumerate(here, first):
            if one.n != n:
                raise Wrong(f"The site does not show number {n} of {NAMES[lane]}.")
            _check_event(one)
            yield log.lane_tag(key, lane, n), (lane, n), one
        after = first + len(here)
        yield log.lane_tag(key, lane, after), (lane, after), None


def _check_event(one: Shown) -> None:
    what = f"number {one.n} of {NAMES[one.lane]}"
    try:
        event = unframe("event", one.event)
        fits = event["type"] == one.lane and (not one.signed or event["object"] == thing_of(one.signed))
    except SealError as wrong:
        raise Wrong(f"The event of {what} is refused: {wrong}.") from None
    if not fits:
        raise Wrong(f"The event of {what} tells of something else.")
