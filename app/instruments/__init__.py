"""Instruments: the editions that this site's coordinators uploaded, beside those that ship with it."""
