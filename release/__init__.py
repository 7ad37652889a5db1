"""Rows in, a frozen release out: coarser, attacked before it is published, written. Opens nothing, knows no app."""
