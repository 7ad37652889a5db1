"""Who is in the demo. Every name, place and story is invented; nobody here exists.

`LOOKS` is what each person meets after signing in, printed beside their words.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class Somebody(NamedTuple):
    """One member of the organisation."""

    name: str
    roles: str
    looks: str
    profile: dict[str, Any]

    @property
    def email(self) -> str:
        """What they sign in with; example.org is nobody's."""
        return f"{self.name.split()[0].lower()}@example.org"


def _supporter(name: str, looks: str, specialty: str, state: str, stage: str, employer: str, free: str) -> Somebody:
    profile = {"specialty": specialty, "state": state, "stage": stage, "employers": [employer], "availability": free}
    return Somebody(name, "supporter", looks, {**profile, "languages": "English"})


CARL = Somebody("Carl Brandt", "coordinator", "the desk with seven cards, three of them his, and the people", {})
INES = Somebody("Ines Moreau", "coordinator", "the same desk; three of the cards are hers", {})
STAN = Somebody("Stan Oduya", "steward", "the rows that peers gave to research, sealed to him", {})
SUPPORTERS = (
    _supporter(
        "Nora Lind", "a case with Dario; her name offered to Sara",
        "Emergency medicine", "or", "mid", "Tallowfen Hospital", "Evenings",
    ),
    _supporter(
        "Tomas Vega", "a case with Lena; his name offered to Sara",
        "Surgery", "nm", "mid", "Quillhaven Clinic", "Weekends",
    ),
    _supporter(
        "Amara Osei", "a case with Dario; her name offered to Sara",
        "Pediatrics", "oh", "late", "Hexmoor Medical Center", "Mondays",
    ),
    _supporter(
        "Ruth Baum", "two cases, Dario’s and Lena’s",
        "Psychiatry", "ny", "ret", "Ostermere Practice", "Most days",
    ),
    _supporter(
        "Omar Haddad", "a case with Dario",
        "Internal medicine", "tx", "mid", "Nettlemoor Hospital", "Evenings",
    ),
    _supporter(
        "Yuki Arden", "no case any more: he left Lena’s by himself",
        "Anesthesiology", "wa", "fel", "Dovelarch Hospital", "Late evenings",
    ),
    _supporter(
        "Pilar Fonte", "no case any more: Lena took her out",
        "Family medicine", "az", "mid", "Fenwillow Clinic", "Fridays",
    ),
    _supporter(
        "Kwame Thorne", "an invitation that he answered",
        "Radiology", "ga", "mid", "Larkspire Imaging", "Mornings",
    ),
    _supporter(
        "Greta Vance", "an invitation answered; her name offered to Sara",
        "Neurology", "mn", "late", "Mossgate Hospital", "Weekends",
    ),
    _supporter(
        "Ilan Roth", "a new invitation, to answer",
        "Pathology", "ma", "mid", "Copperglen Laboratory", "Evenings",
    ),
    _supporter(
        "Sunniva Dahl", "an invitation to which she said “possibly”",
        "Obstetrics", "wi", "mid", "Thistlebay Hospital", "Tuesdays",
    ),
    _supporter(
        "Malik Perrin", "a quiet page: nobody has asked him yet",
        "Surgery", "co", "res", "Ravenholt Hospital", "Nights off",
    ),
)  # fmt: skip
STAFF = (CARL, INES, STAN, *SUPPORTERS)
