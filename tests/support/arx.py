"""A cohort on which ARX's exact search was measured elsewhere, made anew for any size, and what it found.

The same rows, from the same seed, as ../shared/vectors/release/generate.py, without pandas.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from release.hierarchy import Hierarchy, hierarchy
from release.lattice import Lattice
from release.sensitive import Sensitive, Single
from release.targets import Targets

_STATES = [
    "CA",
    "TX",
    "FL",
    "NY",
    "PA",
    "IL",
    "OH",
    "GA",
    "NC",
    "MI",
    "NJ",
    "VA",
    "WA",
    "AZ",
    "TN",
    "MA",
    "IN",
    "MO",
    "MD",
    "WI",
    "CO",
    "MN",
    "SC",
    "AL",
    "LA",
    "KY",
    "OR",
    "OK",
    "CT",
    "UT",
    "IA",
    "NV",
    "AR",
    "MS",
    "KS",
    "NM",
    "NE",
    "ID",
    "WV",
    "HI",
    "NH",
    "ME",
    "MT",
    "RI",
    "DE",
    "SD",
    "ND",
    "AK",
    "DC",
    "VT",
    "WY",
]
_DIVISIONS = {
    "NE1": "CT ME MA NH RI VT", "NE2": "NJ NY PA", "MW1": "IL IN MI OH WI", "MW2": "IA KS MN MO NE ND SD",
    "S1": "DE FL GA MD NC SC VA DC WV", "S2": "AL KY MS TN", "S3": "AR LA OK TX", "W1": "AZ CO ID MT NV NM UT WY",
    "W2": "AK CA HI OR WA",
}  # fmt: skip
_DIVISION = {state: division for division, states in _DIVISIONS.items() for state in states.split()}
_GROUPS = ("med", "surg", "prim", "hosp", "diag", "psy", "ped", "oth")
_PROCEDURAL = {"surg", "hosp", "diag", "oth"}
_INJUSTICE = [
    "discrimination",
    "retaliation",
    "harassment",
    "wrongful_term",
    "peer_review",
    "bullying",
    "unsafe",
    "other",
]
_BASIS = [
    "gender",
    "race",
    "disability",
    "age",
    "religion",
    "pregnancy",
    "national_origin",
    "whistleblow",
    "none",
    "other",
]


def _specialties() -> list[tuple[str, str, str]]:
    groups = [_GROUPS[number // 5] for number in range(40)]
    return [(f"sp{n:02d}", group, "proc" if group in _PROCEDURAL else "nonproc") for n, group in enumerate(groups)]


_LEVELS: dict[str, list[tuple[str, ...]]] = {
    "specialty": list(_specialties()),
    "state": [(state, _DIVISION[state], _DIVISION[state].rstrip("123")) for state in _STATES],
    "career": [("student", "trainee", "trainee"), ("resident", "trainee", "trainee"), ("fellow", "trainee", "trainee"),
               ("early", "early", "attending"), ("mid", "midlate", "attending"), ("late", "midlate", "attending")],
    "practice": [("academic", "academic"), ("hospital", "employed"), ("group", "private"), ("solo", "private"),
                 ("government", "employed"), ("other", "private")],
    "gender": [("woman", "woman"), ("man", "man"), ("nonbinary", "other/nb"), ("other", "other/nb")],
    "race": [("white", "white", "white"), ("asian", "asian", "asian"), ("black", "black", "URM/other"),
             ("hispanic", "hispanic", "URM/other"), ("multi", "other", "URM/other"), ("mena", "other", "URM/other"),
             ("aian", "other", "URM/other"), ("nhpi", "other", "URM/other")],
    "age": [("<30", "<35", "<45"), ("30-34", "<35", "<45"), ("35-39", "35-44", "<45"), ("40-44", "35-44", "<45"),
            ("45-49", "45-54", "45+"), ("50-54", "45-54", "45+"), ("55-64", "55+", "45+"), ("65+", "55+", "45+")],
    "disability": [("no",), ("yes",)],
    "degree": [("MD", "MD/DO"), ("DO", "MD/DO"), ("MBBS", "MBBS")],
}  # fmt: skip


def _zipf(codes: int) -> np.ndarray:
    weight = 1 / np.arange(1, codes + 1) ** 0.8
    share: np.ndarray = weight / weight.sum()
    return share


_LIKELY: dict[str, list[float] | np.ndarray] = {
    "specialty": _zipf(40), "state": _zipf(51), "career": [0.03, 0.22, 0.08, 0.27, 0.27, 0.13],
    "practice": [0.42, 0.25, 0.16, 0.05, 0.07, 0.05], "gender": [0.66, 0.31, 0.02, 0.01],
    "race": [0.45, 0.2, 0.14, 0.11, 0.05, 0.03, 0.01, 0.01], "age": [0.12, 0.2, 0.2, 0.16, 0.12, 0.09, 0.08, 0.03],
    "disability": [0.87, 0.13], "degree": [0.83, 0.11, 0.06],
}  # fmt: skip
QUASI = tuple(_LEVELS)


@dataclass(frozen=True)
class Optimum:
    """What ARX found: k = 5, at most 10% dropped; with `strict`, l = 2 and t = 0.35 of two columns as well."""

    n: int
    loss: float
    seconds: float
    strict: bool = False

    @property
    def targets(self) -> Targets:
        return Targets(k=5, l=2 if self.strict else 1, t=0.35 if self.strict else 1.0, exclusion=1.0, drop=0.1)


ARX = (
    Optimum(35, 0.7286, 1.15), Optimum(200, 0.6360, 1.01), Optimum(1_000, 0.4983, 1.23), Optimum(10_000, 0.3492, 2.99),
    Optimum(100_000, 0.2311, 17.5), Optimum(1_000_000, 0.1429, 183.1),
    Optimum(1_000, 0.5981, 1.93, True), Optimum(10_000, 0.4260, 6.95, True), Optimum(100_000, 0.2983, 50.1, True),
)  # fmt: skip


def levels() -> list[Hierarchy]:
    return [hierarchy(name, [(line[0], line) for line in lines]) for name, lines in _LEVELS.items()]


def rows(n: int) -> dict[str, np.ndarray]:
    """n rows of codes, column by column."""
    random = np.random.default_rng(7)
    made: dict[str, np.ndarray] = {}
    for name, lines in _LEVELS.items():
        share = np.array(_LIKELY[name])
        made[name] = np.array([line[0] for line in lines])[random.choice(len(lines), n, p=share / share.sum())]
    codes = {name: [line[0] for line in lines] for name, lines in _LEVELS.items()}
    age = _numbers(made["age"], codes["age"])
    career = _numbers(made["career"], codes["career"])
    older = (age >= 4) & (career < 3)
    made["career"] = np.where(older, random.choice(["mid", "late"], n), made["career"])
    made["career"] = np.where((age == 0) & (career >= 4), "resident", made["career"])
    made["injustice"] = np.array(_INJUSTICE)[random.choice(8, n, p=[0.28, 0.26, 0.14, 0.1, 0.08, 0.07, 0.04, 0.03])]
    likely = [0.3, 0.2, 0.1, 0.06, 0.03, 0.08, 0.07, 0.08, 0.06, 0.02]
    made["basis"] = np.array(_BASIS)[random.choice(10, n, p=likely)]
    return made


def lattice(n: int) -> tuple[Lattice, Sensitive]:
    """The lattice over n rows, and their two sensitive columns."""
    made, hierarchies = rows(n), levels()
    columns = [_numbers(made[one.field], list(one.codes)).astype(np.uint8) for one in hierarchies]
    singles = [
        Single(name, tuple(values), _numbers(made[name], values), np.ones(len(values), dtype=bool))
        for name, values in (("injustice", _INJUSTICE), ("basis", _BASIS))
    ]
    return Lattice(columns, hierarchies), Sensitive(singles)


def _numbers(column: np.ndarray, codes: list[str]) -> np.ndarray:
    values, places = np.unique(column, return_inverse=True)
    numbers: np.ndarray = np.array([codes.index(value) for value in values], dtype=np.int64)[places]
    return numbers
