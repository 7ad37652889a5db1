"""Questionnaires as REDCap data dictionaries: read, shown, answered, coded. Knows nothing of the app."""
