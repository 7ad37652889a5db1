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
STAN = Somebody("Stan Oduya", "steward", "the list of people; the rooms for research are not built yet", {})
SUPPORTERS = (
    _supporter(
        "Nora Lind", "a case with Dario; her name offered to Sara",
        "Emergency medicine", "or", "In practice", "Tallowfen Hospital", "Evenings",
    ),
    _supporter(
        "Tomas Vega", "a case with Lena; his name offered to Sara",
        "Surgery", "nm", "In practice", "Quillhaven Clinic", "Weekends",
    ),
    _supporter(
        "Amara Osei", "a case with Dario; her name offered to Sara",
        "Pediatrics", "oh", "Late career", "Hexmoor Medical Center", "Mondays",
    ),
    _supporter(
        "Ruth Baum", "two cases, Dario’s and Lena’s",
        "Psychiatry", "ny", "Retired", "Ostermere Practice", "Most days",
    ),
    _supporter(
        "Omar Haddad", "a case with Dario",
        "Internal medicine", "tx", "In practice", "Nettlemoor Hospital", "Evenings",
    ),
    _supporter(
        "Yuki Arden", "no case any more: he left Lena’s by himself",
        "Anesthesiology", "wa", "Fellow", "Dovelarch Hospital", "Late evenings",
    ),
    _supporter(
        "Pilar Fonte", "no case any more: Lena took her out",
        "Family medicine", "az", "In practice", "Fenwillow Clinic", "Fridays",
    ),
    _supporter(
        "Kwame Thorne", "an invitation that he answered",
        "Radiology", "ga", "In practice", "Larkspire Imaging", "Mornings",
    ),
    _supporter(
        "Greta Vance", "an invitation answered; her name offered to Sara",
        "Neurology", "mn", "Late career", "Mossgate Hospital", "Weekends",
    ),
    _supporter(
        "Ilan Roth", "a new invitation, to answer",
        "Pathology", "ma", "In practice", "Copperglen Laboratory", "Evenings",
    ),
    _supporter(
        "Sunniva Dahl", "an invitation to which she said “possibly”",
        "Obstetrics", "wi", "In practice", "Thistlebay Hospital", "Tuesdays",
    ),
    _supporter(
        "Malik Perrin", "a quiet page: nobody has asked him yet",
        "Surgery", "co", "Resident", "Ravenholt Hospital", "Nights off",
    ),
)  # fmt: skip
STAFF = (CARL, INES, STAN, *SUPPORTERS)
