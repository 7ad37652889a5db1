"""The shape of a dictionary once read: Instrument, Field, Choice. Plain frozen data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from instruments.branching import Tree
from instruments.policy import Policy
from instruments.validation import VALIDATIONS, Validation

TYPES = (
    "text",
    "notes",
    "radio",
    "checkbox",
    "dropdown",
    "yesno",
    "truefalse",
    "calc",
    "slider",
    "descriptive",
    "file",
    "sql",
    "signature",
)
CHOSEN = ("radio", "dropdown", "yesno", "truefalse", "checkbox")
# Types that a person answers; the others are shown, computed or filled in by a database.
ANSWERED = ("text", "notes", "radio", "checkbox", "dropdown", "yesno", "truefalse", "slider", "file", "signature")
_HIDDEN = ("@HIDDEN", "@HIDDEN-SURVEY")
_FIXED = {"yesno": (("1", "Yes"), ("0", "No")), "truefalse": (("1", "True"), ("0", "False"))}


@dataclass(frozen=True)
class Choice:
    code: str
    label: str


@dataclass(frozen=True)
class Field:
    """One line of a dictionary. The first 18 are REDCap's columns, in their order."""

    name: str
    form: str
    section: str = ""
    type: str = "text"
    label: str = ""
    choices_text: str = ""
    note: str = ""
    validation_name: str = ""
    least: str = ""
    most: str = ""
    identifier: bool = False
    branching: str = ""
    required: bool = False
    alignment: str = ""
    number: str = ""
    matrix: str = ""
    ranking: bool = False
    annotation: str = ""
    line: int = field(default=0, compare=False)
    choices: tuple[Choice, ...] = ()
    show: Tree | None = None
    formula: Tree | None = None
    policy: Policy = field(default_factory=Policy)

    @property
    def options(self) -> tuple[Choice, ...]:
        """The choices a person has, those of yes/no and true/false included."""
        return tuple(Choice(*pair) for pair in _FIXED[self.type]) if self.type in _FIXED else self.choices

    @property
    def validation(self) -> Validation | None:
        return VALIDATIONS.get(self.validation_name) if self.type == "text" else None

    @property
    def hidden(self) -> bool:
        """True for what the system or a researcher fills in: the person is never asked."""
        return any(self.policy.tag(name) is not None for name in _HIDDEN)

    @property
    def asked_of_people(self) -> bool:
        return self.type in ANSWERED and not self.hidden and self.policy.default_on

    @property
    def exclusive(self) -> tuple[str, ...]:
        """Boxes that untick all others (REDCap's @NONEOFTHEABOVE)."""
        wanted = self.policy.tag("@NONEOFTHEABOVE") or ""
        return tuple(code.strip() for code in wanted.split(",") if code.strip())

    @property
    def barred(self) -> str:
        """Why this field can never enter a research row, whatever its policy says; "" if it may."""
        if self.identifier or self.policy.cls == "identifier":
            return "it identifies a person"
        if self.type in ("notes", "file", "signature", "sql", "descriptive"):
            return f"a {self.type} field never enters one"
        if self.policy.cls == "free text" or (self.type == "text" and not (self.validation and self.validation.closed)):
            return "it is free text; only numbers and times from a closed validation may"
        if self.validation and self.validation.compare == "date":
            return "it is a date, and people are told that no date goes to research; the days between two may"
        return ""

    @property
    def columns(self) -> tuple[str, ...]:
        """Its columns in a row. REDCap writes the code of a box in lower case, and a minus sign as _."""
        if self.type == "checkbox":
            return tuple(f"{self.name}___{choice.code.lower().replace('-', '_')}" for choice in self.choices)
        return (self.name,)

    @property
    def row_policy(self) -> str:
        """ "no", "yes" or "restricted": whether and how it may enter a research row."""
        if self.barred or not self.policy.wants_a_row or not self.policy.default_on:
            return "no"
        return "yes" if self.policy.export == "yes" else "restricted"


@dataclass(frozen=True)
class Instrument:
    """A dictionary: its name, edition number and fields in order."""

    name: str
    edition: int
    fields: tuple[Field, ...]

    def __getitem__(self, name: str) -> Field:
        return self.by_name[name]

    def __contains__(self, name: object) -> bool:
        return name in self.by_name

    @cached_property
    def by_name(self) -> dict[str, Field]:
        return {one.name: one for one in self.fields}

    @property
    def id(self) -> str:
        """As in file names and sealed rows: "intake.v1"."""
        return f"{self.name}.v{self.edition}"


def switch_on(instrument: Instrument, names: Iterable[str]) -> Instrument:
    """The instrument with fields asked that are off by default; `never by default` becomes `restricted`.

    Raises: ValueError for a name that the instrument does not have or that is not off.
    """
    wanted = set(names)
    off = {one.name for one in instrument.fields if not one.policy.default_on}
    if wanted - off:
        raise ValueError("these fields can't be switched on: " + ", ".join(sorted(wanted - off)))
    return replace(
        instrument,
        fields=tuple(
            replace(one, policy=replace(one.policy, default_on=True)) if one.name in wanted else one
            for one in instrument.fields
        ),
    )
