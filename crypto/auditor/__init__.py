"""An auditor's check of a whole log, from outside, with nothing of the server's: `python -m crypto verify-log`.

It reads what everybody may read, holds no key, and needs Python and PyNaCl alone.
"""
