"""The tags of a log: none stands in it twice, and those that are looked for stand where they should.

Of each tag 8 bytes are kept as it goes. Tags that begin alike are no proof of anything; they are then looked at whole.
"""

from array import array
from collections import Counter
from collections.abc import Collection

from crypto.auditor.leaves import Bundle, beginning

PART = 1 << 20  # how many are compared at once: some 90 MB


class Numbers:
    """Collects the tags of the leaves that count. found: of each wanted tag that was met, (log, index, commitment)."""

    def __init__(self, wanted: Collection[bytes]) -> None:
        self.found: dict[bytes, tuple[int, int, bytes]] = {}
        self._wanted = set(wanted)
        self._beginnings = {beginning(tag) for tag in wanted}
        self._seen: set[int] = set()
        self._before = array("q")  # of the parts before this one
        self._alike: set[int] = set()

    def add(self, number: int, first: int, bundle: Bundle, count: int) -> None:
        """Take the first `count` leaves of a bundle of log `number`, whose first leaf is leaf `first`."""
        own = bundle.beginnings if count >= bundle.width else bundle.beginnings[: max(count, 0)]
        size = len(self._seen) + len(own)
        self._seen.update(own)
        if len(self._seen) != size:  # one of these was there before
            self._alike.update(own)
        if not self._beginnings.isdisjoint(own):
            for i, one in enumerate(own):
                if one in self._beginnings and bundle.tag(i) in self._wanted:
                    self.found.setdefault(bundle.tag(i), (number, first + i, bundle.commit(i)))
        if len(self._seen) >= PART:
            self._before.extend(self._seen)
            self._seen.clear()

    def alike(self) -> set[int]:
        """Beginnings of tags among which every tag is that stands there twice; empty when none does."""
        if self._before:
            self._before.extend(self._seen)
            self._seen.clear()
            parts = len(self._before) // PART + 1
            for part in range(parts):
                some = [one for one in self._before if one % parts == part]
                if len(set(some)) != len(some):
                    self._alike |= {one for one, times in Counter(some).items() if times > 1}
        return self._alike
