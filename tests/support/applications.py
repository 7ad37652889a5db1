"""Applications in this process. Tests take turns with one: its routes are compiled once, and a site of its own is put under it."""

from __future__ import annotations

from flask import Flask

from app import clock, factory
from app.config import Config
from app.limits import limiter
from tests.support.compiled import shared

_idle: list[Flask] = []


def take(config: Config) -> Flask:
    """An application for this site that nobody else has."""
    if config.proxies or not _idle:  # how many proxies there are is built into it
        app = factory.create_app(config)
    else:
        app = _idle.pop()
        factory.furnish(app, config)
        limiter.reset()
    shared(app.extensions["alongside_engine"])
    return app


def give_back(app: Flask) -> None:
    """Close its connections; whoever asks this process for the time later finds the machine's."""
    app.extensions["alongside_engine"].dispose()
    clock.set_clock_file(None)
    if not app.config["ALONGSIDE"].proxies:
        _idle.append(app)
