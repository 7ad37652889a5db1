"""What became of people between two waves, in words instead of answers: better, the same, worse.

A person's rows are joined by her thread, here and nowhere else: what is published holds the change, no thread and no
answer of the later wave. Who has no later row was not asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from instruments.field import Choice, Field, Instrument
from instruments.policy import Policy
from release.errors import PlanError, RowsError
from release.plan import Change
from release.sensitive import Single
from release.waves import of_wave, threads

BETTER, SAME, WORSE = "better", "same", "worse"
LABELS = {BETTER: "Better than before", SAME: "As before", WORSE: "Worse than before"}
VALUES = (BETTER, SAME, WORSE, "skip", "")
LEFT, NOT_ASKED = 3, 4  # places in VALUES


@dataclass(frozen=True)
class Later:
    """A later wave of the same people. wave: as `of_wave` has it."""

    rows: Path
    instrument: Instrument
    wave: str = ""


def field_of(change: Change, before: Field, after: Field) -> Field:
    """The column of a change, as if somebody had been asked it.

    Raises: PlanError when its order names what is no answer of both questions.
    """
    told = [code for step in change.order for code in step]
    for one in (before, after):
        strange = set(told) - {choice.code for choice in one.options}
        if strange or one.type == "checkbox":
            what = sorted(strange or {one.name})[0]
            raise PlanError(f"“{change.name}”: “{what}” is no single answer of “{one.name}”")
    if len(set(told)) != len(told) or len(change.order) < 2:
        raise PlanError(f"“{change.name}”: order names each answer once, from best to worst, in two steps or more")
    choices = tuple(Choice(code, label) for code, label in LABELS.items())
    label = f"{change.label or before.label} (change since then)"
    policy = Policy("sensitive", "yes", stated=True)
    return Field(change.name, "changes", type="radio", label=label, choices=choices, policy=policy)


def single(change: Change, before: np.ndarray, after: np.ndarray, met: np.ndarray) -> Single:
    """The change of each person of the first wave.

    Args: before: her step in the plan's order, -1 when she named none. after: the same of the later rows. met: place of
        her later row, -1 when there is none.
    """
    then, now = before, np.where(met >= 0, after[met], -1)
    codes = np.select([now < then, now == then], [VALUES.index(BETTER), VALUES.index(SAME)], VALUES.index(WORSE))
    codes = np.where((then < 0) | (now < 0), LEFT, codes)
    codes = np.where(met < 0, NOT_ASKED, codes).astype(np.int64)
    return Single(change.name, VALUES, codes, np.array([True, True, True, False, False]))


def steps(change: Change, codes: Sequence[str], numbers: np.ndarray) -> np.ndarray:
    """The step of each answer in the order of a change, -1 for what is not in it. Args: numbers: places in codes."""
    place = {code: step for step, of in enumerate(change.order) for code in of}
    made: np.ndarray = np.array([place.get(code, -1) for code in codes], dtype=np.int64)[numbers]
    return made


def meet(first: Path, wave: str, later: Later) -> tuple[np.ndarray, np.ndarray | None]:
    """For each row of the first wave the place of the same person's later row, -1 when there is none.

    Returns: the places, and which rows of the later file are of its wave.
    Raises: RowsError when a file tells no threads, or a row has none.
    """
    ours, theirs = _threads(first, of_wave(first, wave)), _threads(later.rows, of := of_wave(later.rows, later.wave))
    where = {thread: place for place, thread in enumerate(theirs)}
    return np.array([where.get(thread, -1) for thread in ours], dtype=np.int64), of


def _threads(path: Path, of: np.ndarray | None) -> list[str]:
    told = threads(path)
    if of is not None:
        told = [thread for thread, is_ in zip(told, of.tolist(), strict=True) if is_]
    if "" in told:
        raise RowsError(f"“{path.name}”: some rows have no thread, and changes are told by it")
    return told
