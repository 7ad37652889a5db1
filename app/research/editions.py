"""Which instruments a row may be of: the editions that there are."""

from __future__ import annotations

from instruments.editions import editions


def known(instrument: str) -> bool:
    """Whether there is such an edition. Args: instrument: "intake.v1"."""
    name, _, edition = instrument.rpartition(".v")
    return edition.isdecimal() and 1 <= int(edition) <= editions().get(name, 0)
