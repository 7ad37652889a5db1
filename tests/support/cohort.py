"""A made-up cohort of which everything is known: who she is, what happened to her, when she came. Seeded, any size.

Attributes hang together (age and stage, discrimination and its bases, hospital and state), some questions are skipped, and
nobody in it exists. Rows come in the order in which people came.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import polars as pl

from instruments.editions import load
from instruments.field import Field
from instruments.row import columns

INTAKE = load("intake")
# How often a code is given, by field; a code without a number shares what is left.
LIKELY: dict[str, dict[str, float]] = {
    "degree": {"md": 0.82, "do": 0.11, "intl": 0.05, "stud": 0.015},
    "career_stage": {"ms": 0.03, "res": 0.24, "fel": 0.08, "early": 0.26, "mid": 0.24, "late": 0.13},
    "practice_type": {"amc": 0.42, "commteach": 0.15, "hosp": 0.17, "group": 0.11, "solo": 0.04, "va": 0.04},
    "gender": {"woman": 0.76, "man": 0.2, "nb": 0.02},
    "age_band": {"lt30": 0.14, "a30": 0.38, "a40": 0.27, "a50": 0.14, "a60": 0.05},
    "changed_specialty": {"yes": 0.22, "considering": 0.25, "no": 0.46, "na": 0.04},
    "miniz_burnout": {"1": 0.06, "2": 0.2, "3": 0.31, "4": 0.24, "5": 0.17},
}
TICKED: dict[str, dict[str, float]] = {
    "race_eth": {"white": 0.6, "asian": 0.25, "black": 0.2, "hisp": 0.15, "mena": 0.04, "aian": 0.01, "nhpi": 0.01},
    "wi_type": {"disc": 0.62, "retal": 0.5, "har": 0.42, "dueproc": 0.35, "term": 0.3, "pay": 0.25, "defam": 0.2},
    "disc_basis": {"gender": 0.66, "race": 0.4, "disab": 0.15, "ethn": 0.2, "age": 0.12, "preg": 0.15},
    "goals": {"career": 0.45, "system": 0.5, "reput": 0.3, "support": 0.45, "safe": 0.35, "options": 0.3},
    "channels": {"hr": 0.45, "chair": 0.4, "sup": 0.4, "pd": 0.25, "atty": 0.25, "gme": 0.15, "none": 0.0},
}
SELDOM = 0.02
SKIPPED = 0.03


def cohort(size: int, seed: int = 1) -> pl.DataFrame:
    """Rows of the intake in REDCap's raw form."""
    random = np.random.default_rng(seed)
    made: dict[str, np.ndarray] = {}
    for field in INTAKE.fields:
        if field.columns[0] not in COLUMNS:
            continue
        if field.type == "checkbox":
            made |= _boxes(random, field, size, made)
        elif field.options:
            made[field.name] = _choice(random, field, size, made)
        else:
            made[field.name] = np.full(size, "", dtype=object)
    return pl.DataFrame({name: pl.Series(made[name], dtype=pl.String) for name in COLUMNS})


COLUMNS = columns(INTAKE)


def _choice(random: np.random.Generator, field: Field, size: int, made: dict[str, np.ndarray]) -> np.ndarray:
    codes = [choice.code for choice in field.options]
    told = LIKELY.get(field.name, {})
    if told:
        rest = (1 - sum(told.values())) / max(len(codes) - len(told), 1)
        weights = np.array([told.get(code, rest) for code in codes])
    else:
        weights = 1 / np.arange(1, len(codes) + 1) ** 0.8
    drawn = np.array(codes, dtype=object)[random.choice(len(codes), size, p=weights / weights.sum())]
    if field.name == "age_band":  # nobody in training is sixty, nobody late in practice is under thirty
        stage = made["career_stage"]
        drawn = np.where(np.isin(stage, ["ms", "res"]) & np.isin(drawn, ["a50", "a60"]), "lt30", drawn)
        drawn = np.where(np.isin(stage, ["mid", "late"]) & (drawn == "lt30"), "a40", drawn)
    if field.name == "changed_specialty":  # who has been in practice for long thinks of it more often
        drawn = np.where((random.random(size) < 0.1) & (made["career_stage"] == "mid"), "considering", drawn)
    return np.where(random.random(size) < SKIPPED, "skip", drawn)


def _boxes(random: np.random.Generator, field: Field, size: int, made: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    told = TICKED.get(field.name, {})
    chances = np.array([told.get(choice.code, SELDOM) for choice in field.choices])
    lean = random.normal(0, 0.25, size)[:, None]  # who ticks one box ticks others more easily
    ticks = random.random((size, len(chances))) < chances * np.exp(lean)
    for place, choice in enumerate(field.choices):
        if choice.code in field.exclusive:  # it unticks the others
            alone = ticks[:, place].copy()
            ticks[alone] = False
            ticks[alone, place] = True
    return _told(random, field, ticks, _asked(field, made, size), size)


def _asked(field: Field, made: dict[str, np.ndarray], size: int) -> np.ndarray:
    if field.name == "disc_basis":
        asked: np.ndarray = made["wi_type___disc"] == "1"
        return asked
    return np.ones(size, dtype=bool)


def _told(
    random: np.random.Generator, field: Field, ticks: np.ndarray, asked: np.ndarray, size: int
) -> dict[str, np.ndarray]:
    left = (random.random(size) < SKIPPED) | ~ticks.any(axis=1)
    words = np.where(ticks, "1", "0").astype(object)
    words[left] = "skip"
    words[~asked] = ""
    return dict(zip(field.columns, words.T, strict=True))


WAVES = {"followup-3": 0.7, "followup-12": 0.5}  # and how many write then
FOLLOWUP = load("followup")
LATER = {"f_miniz": "miniz_burnout", "f_itl24": "itl24", "f_reduce12": "reduce12", "f_leavemed": "leavemed"}


def followed(size: int, seed: int = 1) -> tuple[pl.DataFrame, pl.DataFrame]:
    """People in three waves, as `open-rows` writes them: their intakes, and what some told after 3 and 12 months.

    Most are a little better off each time, who was worst more often than others. A thread joins a person's rows.
    """
    random = np.random.default_rng(seed)
    first = cohort(size, seed)
    threads = np.array([random.bytes(16).hex() for _ in range(size)], dtype=object)
    beside = {
        "wave": pl.Series(["intake"] * size),
        "month": pl.Series(["2025-03"] * size),
        "thread": pl.Series(threads),
    }
    later = []
    for number, (wave, share) in enumerate(WAVES.items()):
        wrote = np.flatnonzero(random.random(size) < share)
        made = {name: np.full(len(wrote), "", dtype=object) for name in columns(FOLLOWUP)}
        for name, before in LATER.items():
            made[name] = _drifted(random, first[before].to_numpy()[wrote])
        made["f_spec"] = np.where(random.random(len(wrote)) < 0.7, "no", "yes").astype(object)
        month = np.full(len(wrote), f"{2025 + number}-0{6 - 3 * number}", dtype=object)
        made |= {"wave": np.full(len(wrote), wave, dtype=object), "month": month, "thread": threads[wrote]}
        later.append(pl.DataFrame({name: pl.Series(values, dtype=pl.String) for name, values in made.items()}))
    whole = pl.concat(later)
    return first.with_columns(**beside), whole[random.permutation(whole.height)]


def _drifted(random: np.random.Generator, before: np.ndarray) -> np.ndarray:
    """Answers from 1 to 5 some months later; who gave none may do so now."""
    then = np.array([int(one) if one in "12345" and one else 3 for one in before])
    step = random.choice([-2, -1, 0, 1], len(then), p=[0.1, 0.35, 0.4, 0.15])
    now = np.clip(then + step, 1, 5).astype(str).astype(object)
    return np.where(random.random(len(now)) < SKIPPED, "skip", now)


def write(path: Path, size: int, seed: int = 1) -> Path:
    """The cohort as a file of rows."""
    cohort(size, seed).write_csv(path)
    return path


if __name__ == "__main__":  # python -m tests.support.cohort 1000 rows.csv
    write(Path(sys.argv[2]), int(sys.argv[1]))
