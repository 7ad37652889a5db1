"""Intake: sealed drafts, and the first submission in one transaction."""
