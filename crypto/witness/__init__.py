"""A witness: a small program that somebody outside the organisation runs, and that never forgets a checkpoint.

`python -m crypto witness --state FOLDER`. It needs Python and PyNaCl alone. Source: C2SP tlog-witness.
"""
