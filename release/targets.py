"""What must hold of every class and of the whole file before rows may be published. A board may set them."""

from __future__ import annotations

from dataclasses import dataclass

NOTHING_BELOW = 20
ROWS_FROM = 200
MOST_LOSS = 0.6
UNUSUAL = 0.8  # what under 80% of the cohort share may not be certain of anybody


@dataclass(frozen=True)
class Targets:
    """k: rows in a class. l: distinct stated values in it of each single-choice column. t: how far its distribution may
    be from all rows' (total variation). share: how far the share that ticked an item may be. exclusion: the most that
    may be left of one value once another is known to be wrong. support, together: itemsets of up to `together` ticked
    items occur in no row or in at least `support`. drop: the most rows that may be left out, as a share.
    """

    k: int = 11
    l: int = 3  # noqa: E741  the field's own name
    t: float = 0.35
    share: float = 0.25
    exclusion: float = 0.9
    support: int = 5
    together: int = 2
    drop: float = 0.05
    flat: bool = True

    def __post_init__(self) -> None:
        shares = {"t": self.t, "share": self.share, "exclusion": self.exclusion, "drop": self.drop}
        for name, value in shares.items():
            if not 0 <= value <= 1:
                raise ValueError(f"{name} is a share between 0 and 1")
        for name, value in {"k": self.k, "l": self.l, "support": self.support}.items():
            if value < 1:
                raise ValueError(f"{name} is at least 1")
        if self.together not in (1, 2, 3):
            raise ValueError("together is 1, 2 or 3")
