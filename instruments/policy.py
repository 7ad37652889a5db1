"""Where a field's answers may go, written in its Field Annotation as `key=value` pairs.

    class    identifier | quasi | sensitive | free text | plain
    export   never | not stored | gate | yes | restricted | yes if FIELD | never by default
    gen      how it is made coarser, level by level (see hierarchies.csv)
    triage   yes: may go on the card for the desk
    short    yes: in the two-minute path
    consent  yes: a consent of its own
    support  codes, split by commas, after which the page shows the support lines again
    default  off: not asked unless a deployment switches the field on
    src      where the question comes from
REDCap action tags may stand before or after; they are kept. A field that states nothing goes nowhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

CLASSES = ("identifier", "quasi", "sensitive", "free text", "plain")
EXPORTS = ("never", "not stored", "gate", "yes", "restricted", "never by default")
_KEYS = ("class", "export", "gen", "triage", "short", "consent", "support", "default", "src")
_TAG = re.compile(r"@[A-Z][A-Z0-9_-]*")
_VALUE = re.compile(r"\"[^\"]*\"|'[^']*'|[^\s;]+")
_PAIR = re.compile(r"([A-Za-z_]+)=(.*)", re.DOTALL)


@dataclass(frozen=True)
class Policy:
    """What a dictionary says of one field. `stated` is False when it says nothing at all."""

    cls: str = "sensitive"
    export: str = "never"
    only_if: str = ""
    gen: str = ""
    triage: bool = False
    short: bool = False
    consent: bool = False
    support: tuple[str, ...] = ()
    default_on: bool = True
    src: str = ""
    tags: tuple[str, ...] = ()
    stated: bool = False

    @property
    def wants_a_row(self) -> bool:
        """Whether the dictionary asks that this field may enter a research row."""
        return self.export in ("yes", "restricted", "never by default")

    @property
    def stored(self) -> bool:
        """Whether an answer may be kept at all."""
        return self.export != "not stored"

    def tag(self, name: str) -> str | None:
        """The value of an action tag, "" when it has none, None when it isn't there."""
        for tag in self.tags:
            found = _TAG.match(tag)
            if found and found[0] == name:
                return tag[found.end() :].lstrip(" =").strip("\"'()")
        return None


def read_policy(annotation: str) -> Policy:
    """The policy in one Field Annotation.

    Raises: ValueError with words for the author of the dictionary.
    """
    tags, rest = _split(annotation)
    if not re.search(r"(^|;)\s*(class|export)=", rest):
        return Policy(tags=tags)  # another project's words, which say nothing to us
    pairs = _pairs(rest)
    for key in pairs:
        if key not in _KEYS:
            raise ValueError(f"we don't know “{key}=”; the keys are " + ", ".join(_KEYS))
    for key in ("class", "export"):
        if key not in pairs:
            raise ValueError(f"{key}= is missing; a policy states both class and export")
    export, only_if = _export(pairs["export"])
    policy = Policy(
        cls=_one_of("class", pairs["class"], CLASSES),
        export=export,
        only_if=only_if,
        gen=pairs.get("gen", ""),
        triage=_one_of("triage", pairs.get("triage", "no"), ("yes", "no")) == "yes",
        short=_one_of("short", pairs.get("short", "no"), ("yes", "no")) == "yes",
        consent=_one_of("consent", pairs.get("consent", "no"), ("yes", "no")) == "yes",
        support=tuple(code.strip() for code in pairs.get("support", "").split(",") if code.strip()),
        default_on=_one_of("default", pairs.get("default", "on"), ("on", "off")) == "on",
        src=pairs.get("src", ""),
        tags=tags,
        stated=True,
    )
    if not policy.stored and policy.triage:
        raise ValueError("an answer that is not stored can't go on the card; take out triage=yes")
    if policy.export == "never by default" and policy.default_on:
        raise ValueError("“never by default” belongs with default=off")
    return policy


def _split(annotation: str) -> tuple[tuple[str, ...], str]:
    """Action tags with their values, and what stands beside them: `@MAXCHOICE(1=5)`, `@IF([a]='1', @HIDDEN, '')`."""
    tags: list[str] = []
    rest = ""
    at = 0
    while found := _TAG.search(annotation, at):
        rest += annotation[at : found.start()]
        at = _end_of_tag(annotation, found.end())
        tags.append(annotation[found.start() : at])
    return tuple(tags), rest + annotation[at:]


def _end_of_tag(text: str, at: int) -> int:
    spaced = re.compile(r"\s*=\s*(?=[\"'(])|=|(?=\()").match(text, at)
    if spaced is None:
        return at
    if text[spaced.end() : spaced.end() + 1] == "(":
        return _closing(text, spaced.end())
    value = _VALUE.match(text, spaced.end())
    return value.end() if value else spaced.end()


def _closing(text: str, at: int) -> int:
    """Where brackets that open here are closed again, those in quotation marks aside; the end when they never are."""
    level, quote = 0, ""
    for place in range(at, len(text)):
        letter = text[place]
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "'\"":
            quote = letter
        elif letter in "()":
            level += 1 if letter == "(" else -1
            if level == 0:
                return place + 1
    return len(text)


def _export(wanted: str) -> tuple[str, str]:
    condition = re.fullmatch(r"yes if ([a-z][a-z0-9_]*)", wanted)
    if condition:
        return "yes", condition[1]
    return _one_of("export", wanted, EXPORTS), ""


def _pairs(text: str) -> dict[str, str]:
    pairs: dict[str, str] = {}
    last = ""
    for piece in (piece.strip() for piece in text.split(";")):
        found = _PAIR.match(piece)
        if found:
            last = found[1]
            if last in pairs:
                raise ValueError(f"{last}= stands twice")
            pairs[last] = found[2].strip()
        elif piece and last:
            pairs[last] += "; " + piece
    return pairs


def _one_of(key: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise ValueError(f"{key}={value} is not one of " + ", ".join(allowed))
    return value
