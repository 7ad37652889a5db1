"""What seven fictional peers wrote: answers to the intake, and the words in letters and cases."""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

from instruments.answers import cleaned, left
from instruments.editions import load
from instruments.row import answers_for_card, research_row, words

DAY_ONE = datetime.date(1970, 1, 1)
CONSENTS = {"consent_service": "yes", "consent_research": "later", "consent_followup": "yes"}
TO_RESEARCH = {**CONSENTS, "consent_research": "yes", "consent_quotes": "yes"}


class Story(NamedTuple):
    """One peer. `days` to the first date that does not wait, or 0. `research`: said yes to it."""

    name: str
    looks: str
    answers: dict[str, Any]
    narrative: str
    days: int = 0
    research: bool = False

    @property
    def consents(self) -> dict[str, str]:
        return TO_RESEARCH if self.research else CONSENTS


MEI = Story("Mei", "a card that nobody has claimed yet", {
    "career_stage": "res", "pgy": "3", "specialty": "em", "state": "oh", "wi_type": ["retal", "safety"],
    "employer_org": "Hexmoor Medical Center", "exclude_people": "Dr. Wilde", "goal_main": "safe",
    "goals": ["safe", "support"], "urgent_deadline": ["hearing"], "team_pref": ["exp"],
}, "I wrote up three near misses on the night shift. Since then my evaluations are late and cold, and now there is a "
   "meeting about my “fit”. I would like somebody to look at it with me before I go in.", 12)  # fmt: skip
JONAS = Story("Jonas", "a desk that is looking for people", {
    "career_stage": "mid", "specialty": "fm", "state": "az", "wi_type": ["dueproc"], "employer_org": "Fenwillow Clinic",
    "goal_main": "reput", "goals": ["reput", "career"], "team_pref": ["outst"],
}, "A review was opened on my charts two weeks after I asked where the staffing numbers went. Nobody tells me what "
   "they look for.", research=True)  # fmt: skip
PRIYA = Story("Priya", "a question from the desk, not answered yet", {
    "career_stage": "fel", "pgy": "5", "specialty": "anes", "state": "wa", "wi_type": ["accom"], "goal_main": "support",
    "goals": ["support"], "access_needs": ["capt"],
}, "I asked for a chair in the long cases after my surgery. They said I could choose another field.")  # fmt: skip
SARA = Story("Sara", "four people offered to her by name, to approve or not", {
    "career_stage": "early", "specialty": "im", "state": "tx", "wi_type": ["har", "retal"], "goal_main": "exit",
    "employer_org": "Nettlemoor Hospital", "exclude_states": ["tx"], "goals": ["exit", "safe"],
    "urgent_deadline": ["sign"], "team_pref": ["exp", "outst"],
}, "My chief shouts at me in front of patients. I reported it in March, and in April my clinic days were cut. They "
   "want me to sign a paper by the end of the month.", 18, research=True)  # fmt: skip
DARIO = Story("Dario", "his team of four, their conversation and a plan", {
    "career_stage": "late", "specialty": "anes", "state": "nm", "wi_type": ["retal"], "goal_main": "career",
    "goals": ["career", "system"], "team_pref": ["senior"],
}, "I spoke for a nurse who was blamed for a broken pump. A month later I was no longer on the call list, without a "
   "word to me.", research=True)  # fmt: skip
LENA = Story("Lena", "a team that one person left and one was taken out of", {
    "career_stage": "mid", "specialty": "im", "state": "ny", "wi_type": ["pay"], "goal_main": "system",
    "goals": ["system", "career"], "team_pref": ["nopref"],
}, "I found out what the others are paid. I asked about it once, politely.", research=True)  # fmt: skip
ADE = Story("Ade", "a kind “not yet” from the desk, and his answer", {
    "career_stage": "ms", "wi_type": ["disc"], "state": "ga", "goal_main": "support", "goals": ["support"],
}, "I am a student, so I don’t know if this is for me too. It is about what was said on my ward.")  # fmt: skip
STORIES = (MEI, JONAS, PRIYA, SARA, DARIO, LENA, ADE)


def account(story: Story, today: int) -> dict[str, Any]:
    """The payload of the first record, as the intake page makes it. today: days since 1970."""
    sheet, answers = load("intake"), _answers(story, today)
    told = [
        {"field": one.name, "label": one.label, "text": words(one, answers[one.name])}
        for one in sheet.fields
        if one.name in answers and not left(answers[one.name])
    ]
    return {
        "answers": answers, "consents": story.consents, "exclusions": _excluded(story), "card": _lines(answers),
        "instrument": "intake.v1", "told": told,
    }  # fmt: skip


def row(story: Story, today: int) -> dict[str, str]:
    """The coded answers that go to the stewards of somebody who said yes to research."""
    return research_row(load("intake"), _answers(story, today), story.consents)


def outtake_row() -> dict[str, str]:
    """What Dario ticked after his first meeting."""
    said = {"o_useful": "5", "o_heard": "5", "o_plan": "4", "o_value": ["strat", "emot"], "o_strain": "better"}
    return research_row(load("outtake"), said, TO_RESEARCH)


OUTTAKE_COMMENT = "I had forgotten what it is like when nobody looks at the clock."


def card(story: Story, today: int) -> dict[str, Any]:
    """What the desk sees of it."""
    answers = _answers(story, today)
    shown: dict[str, Any] = {"lines": _lines(answers), "excluded": _excluded(story)}
    return {**shown, "deadline": answers["deadline_date"]} if "deadline_date" in answers else shown


def _answers(story: Story, today: int) -> dict[str, Any]:
    first = {"deadline_date": _date(today + story.days)} if story.days else {}
    given = {**story.consents, "name_use": story.name, "contact_ok": ["inapp"], **story.answers, **first}
    return dict(cleaned(load("intake"), {**given, "narrative": story.narrative}))


def _lines(answers: dict[str, Any]) -> list[dict[str, str]]:
    kept_apart = ("employer_org", "exclude_people", "exclude_states", "deadline_date")
    lines = answers_for_card(load("intake"), answers)
    return [{"field": one.name, "label": one.label, "text": one.value} for one in lines if one.name not in kept_apart]


def _excluded(story: Story) -> dict[str, Any]:
    people, employer = (str(story.answers.get(name, "")) for name in ("exclude_people", "employer_org"))
    return {"people": people, "employer": employer, "states": story.answers.get("exclude_states", [])}


def _date(day: int) -> str:
    return (DAY_ONE + datetime.timedelta(days=day)).isoformat()
