"""What people in the pictures wrote: as long, and as plain, as people write."""

STORY = (
    "In March I told the committee, in writing, that the night cover was not safe. "
    "Two weeks later I was asked to see the chair without being told why.\n\n"
    "Since then I have been taken off the schedule twice, and someone asked the nurses to write down my mistakes."
)
ADDED = "It was April, not March. I found the e-mail."
ACCOUNT = {
    "answers": {
        "name_use": "Sara", "deadline_date": "2027-01-08", "degree": "md", "career_stage": "early", "state": "oh",
        "gender": "woman", "wi_type": ["retal", "dueproc"], "perp_role": {"skip": True}, "goals": {"skip": True},
    },
    "consents": {}, "exclusions": {}, "card": [],
    "instrument": "intake.v1",
    "told": [
        {"field": "name_use", "label": "What should we call you?", "text": "Sara"},
        {"field": "account", "label": "In your own words, what happened?", "text": STORY},
        {"field": "consent_research", "label": "I agree that de-identified answers may be used for research.", "text": "No"},
    ],
}  # fmt: skip
CARD = {
    "lines": [
        {"field": "name_use", "label": "What should we call you?", "text": "Sara"},
        {"field": "contact_ok", "label": "How may we reach you?", "text": "On this site"},
        {"field": "wi_type", "label": "What kind of trouble is it?", "text": "A disciplinary process. Retaliation."},
        {"field": "goals", "label": "What do you want?", "text": "To keep working, and to be believed by someone."},
    ]
}
SUMMARY = (
    "A physician in practice put a safety problem in writing and has been under review since. "
    "They want to keep working. A hearing may come in January."
)
LETTERS = {
    "Nora Lind": "Five years ago I was where you may be now. I kept my job, and I kept a notebook. "
    "I would read what you wrote and sit beside you while you decide.",
    "Tomas Vega": "I went through a peer review that went on for a year. I know how the letters sound. I am free most evenings.",
    "Amara Osei": "I was there once.",
}
BESIDE = "All three have been through something like it. Take the time you need, and ask us anything."
FROM_NORA = "I have read it, and I believe you. What would make this week easier?"
FROM_SARA = "Not reading their e-mails at night. Could you look at the last letter with me?"
FROM_DESK = "We have asked three people. Which evenings suit you for a first call?"
NOTE = "I once worked with somebody from that town. I don’t think that I know anyone there now."
