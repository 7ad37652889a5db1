"""Sealed rows of research: they come from nobody, wait for others, and go to the stewards."""
