"""The application, made from its settings: ground first, then the rooms."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, Response
from flask_babel import Babel
from werkzeug.middleware.proxy_fix import ProxyFix

from app import clock, errors, http
from app.audit import signer
from app.config import Config
from app.db import make_engine, make_sessions
from app.limits import limiter

ROOMS = ("audit", "accounts", "people", "letters", "cases", "instruments", "intake", "desk", "research")


class Application(Flask):
    """Flask, with the one commit of a request inside the reach of its error handlers."""

    def dispatch_request(self) -> Response:
        response = self.make_response(super().dispatch_request())
        http.settle(response)
        return response


class Unrouted(Application):
    """The same for a command that asks no page: making the routes takes longer than what such a command does."""

    def register_blueprint(self, blueprint: Any, **options: Any) -> None:
        """Make none of its routes. What a room gives to others beside them is there (`app.extensions`)."""


def create_app(config: Config) -> Flask:
    """The Flask application. Shells and static files are answered ahead of it (app/shells.py)."""
    return _equip(Application("app", static_folder=None), config)


def _equip(app: Application, config: Config) -> Flask:
    logging.getLogger("alongside").setLevel(logging.INFO)
    furnish(app, config)
    app.config["RATELIMIT_STORAGE_URI"] = config.rate_limit_storage
    app.config["SESSION_COOKIE_NAME"] = "unused"  # ours is a row (accounts)
    app.json.compact = True  # type: ignore[attr-defined]
    if config.proxies:  # else everybody has the proxy's address, and one guesser's limit stops them all
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.proxies, x_proto=0)  # type: ignore[method-assign]
    Babel(app, default_locale="en")
    limiter.init_app(app)
    http.register(app)
    errors.register(app)
    for room in ROOMS:
        routes = importlib.import_module(f"app.{room}.routes")
        routes.register(app)
    return app


def furnish(app: Flask, config: Config) -> None:
    """Give the application what is one site's own: its settings, its log key, its clock and its database."""
    clock.set_clock_file(config.clock_file)
    signer.load(config.instance)
    app.config["ALONGSIDE"] = config
    engine = make_engine(config.database_url)
    app.extensions["alongside_engine"] = engine
    app.extensions["alongside_sessions"] = make_sessions(engine)


@contextmanager
def application(config: Config, *, routes: bool = False) -> Iterator[Flask]:
    """The application for one command; its connections are closed at the end. routes: the command asks a page."""
    app = create_app(config) if routes else _equip(Unrouted("app", static_folder=None), config)
    try:
        yield app
    finally:
        app.extensions["alongside_engine"].dispose()
