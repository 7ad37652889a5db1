"""What an attack found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from release.published import Published


@dataclass(frozen=True)
class Result:
    """holds: the release withstood it. success: how often the attacker is right about the people in the file.
    guess: how often somebody would be who never saw it. words: for a board.
    """

    holds: bool
    success: float
    guess: float
    words: str


Attack = Callable[[Published, Sequence[Published]], Result]
EDGE = 1e-9
UNSTATED = ("", "skip", "pnts")
UNUSUAL = 0.8
