"""Speeds and sizes beside their limits: `make bench`, or `python -m bench NAME ...` for some rows."""
