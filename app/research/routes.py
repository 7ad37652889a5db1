"""The room's routes: release_routes.py."""

from __future__ import annotations

from flask import Flask

from app.research import release_routes


def register(app: Flask) -> None:
    release_routes.register(app)
