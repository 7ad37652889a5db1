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


def _supporter(name: str, specialty: str, state: str, stage: str, employer: str, free: str, looks: str) -> Somebody:
    profile = {"specialty": specialty, "state": state, "stage": stage, "employers": [employer], "availability": free}
    return Somebody(name, "supporter", looks, {**profile, "languages": "English"})


CARL = Somebody("Carl Brandt", "coordinator", "the desk with seven cards, and the people", {})
INES = Somebody("Ines Moreau", "coordinator", "the same desk; two of the cards are hers", {})
STAN = Somebody("Stan Oduya", "steward", "that he is listed; the research rooms are not built yet", {})
SUPPORTERS = (
    _supporter("Nora Lind", "Emergency medicine", "or", "In practice", "Tallowfen Hospital", "Evenings", "two cases"),
    _supporter("Tomas Vega", "Surgery", "nm", "In practice", "Quillhaven Clinic", "Weekends", "a case, and an offer"),
    _supporter("Amara Osei", "Pediatrics", "oh", "Late career", "Hexmoor Medical Center", "Mondays", "two cases"),
    _supporter("Ruth Baum", "Psychiatry", "ny", "Retired", "Ostermere Practice", "Most days", "two cases"),
    _supporter("Omar Haddad", "Internal medicine", "tx", "In practice", "Nettlemoor Hospital", "Evenings", "a case"),
    _supporter("Yuki Arden", "Anesthesiology", "wa", "Fellow", "Dovelarch Hospital", "Late evenings", "a case he left"),
    _supporter("Pilar Fonte", "Family medicine", "az", "In practice", "Fenwillow Clinic", "Fridays", "a case that ended"),
    _supporter("Kwame Thorne", "Radiology", "ga", "In practice", "Larkspire Imaging", "Mornings", "two invitations"),
    _supporter("Greta Vance", "Neurology", "mn", "Late career", "Mossgate Hospital", "Weekends", "an offer made"),
    _supporter("Ilan Roth", "Pathology", "ma", "In practice", "Copperglen Laboratory", "Evenings", "a new invitation"),
    _supporter("Sunniva Dahl", "Obstetrics", "wi", "In practice", "Thistlebay Hospital", "Tuesdays", "an invitation"),
    _supporter("Malik Perrin", "Surgery", "co", "Resident", "Ravenholt Hospital", "Nights off", "a quiet page"),
)  # fmt: skip
STAFF = (CARL, INES, STAN, *SUPPORTERS)
