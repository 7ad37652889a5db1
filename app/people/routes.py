"""The site's facts, the ceremony, and the people behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask, Response, current_app, jsonify
from flask_login import current_user
from sqlalchemy import select

from app import http
from app import site as ground
from app.accounts.access import begin_session, few_failures, signed_act
from app.accounts.routes import receipt
from app.audit import counts, rotation
from app.audit.routes import BINDINGS, SIGNED
from app.db import Store
from app.people import forms, founding, joining, proposals, service
from app.people.access import needs
from app.people.lines import support_lines

bp = Blueprint("people", __name__)
ON_JOIN = "alongside_on_join"  # rooms above: (db, site, fp, mail) keeps a newcomer's letter
CONCERNS = "alongside_concerns"  # rooms above: (db, fp) -> fps of those whose bindings fp may see


def register(app: Flask) -> None:
    app.extensions.setdefault(ON_JOIN, [])
    app.extensions.setdefault(CONCERNS, [])
    app.extensions[SIGNED]["directory"] = service.directories
    app.extensions[BINDINGS].append(service.open_to_all)
    app.register_blueprint(bp)


def _b64s(items: list[bytes]) -> list[str]:
    return [http.b64(item) for item in items]


@bp.get("/static/site.json")
def site_facts() -> Response:
    """What every page may know of the site before anybody signs in."""
    db, config, calls = http.store(), current_app.config["ALONGSIDE"], support_lines()
    site = ground.founded(db)
    return jsonify(
        founded=site is not None,
        site=http.b64(site) if site else None,
        roots=_b64s(list(db.scalars(select(ground.Root.signed).order_by(ground.Root.version)))),
        log_vkey=rotation.named(db),
        name=config.site_name,
        offer={"least": config.offer_least, "most": config.offer_most},
        lines=calls["lines"],
        lines_checked=calls["checked"],
    )


@bp.post("/setup/check")
@http.reads
@few_failures
def check_setup() -> Response:
    founding.check_link(http.store(), http.field_bytes(http.body(), "token"))
    return jsonify(ok=True)


@bp.post("/setup")
@few_failures
def set_up() -> Response:
    body, db = http.body(), http.store()
    names = ("root", "enrol", "enrol_sig", "binding", "directory")
    ceremony = founding.Ceremony(**{name: http.field_bytes(body, name) for name in names})
    account, events = founding.found(db, http.field_bytes(body, "token"), ceremony)
    share, set_cookie = begin_session(db, account)
    response = jsonify(receipts={name: receipt(event) for name, event in events.items()}, share=share)
    set_cookie(response)
    return response


@bp.post("/people/directory")
@http.reads
def give_directory() -> Response:
    """The signed list, and the bindings that concern whoever asks; a stranger learns no volunteer's name."""
    db = http.store()
    now = service.known(db)
    fps: set[bytes] = set()
    everyone = False
    if current_user.is_authenticated:
        everyone = "coordinator" in service.roles(db, current_user.fp)
        fps = {current_user.fp}
        concerns: list[Callable[[Store, bytes], set[bytes]]] = current_app.extensions[CONCERNS]
        fps = fps.union(*(concern(db, current_user.fp) for concern in concerns))
    return jsonify(
        roots=_b64s(now.roots),
        directories=_b64s(now.chain),
        bindings=_b64s(service.concerned(db, fps, everyone=everyone)),
    )


@bp.post("/people/publish")
@needs("coordinator")
def publish() -> Response:
    event = service.publish(http.store(), http.field_bytes(http.body(), "directory"))
    return jsonify(receipt=receipt(event))


@bp.post("/people/propose")
@needs("coordinator")
def propose() -> Response:
    body = http.body()
    signed = http.field_bytes(body, "directory")
    proposals.propose(http.store(), signed, current_user.fp, drops=body.get("drops") is True)
    return jsonify({})


@bp.post("/people/proposed")
@http.reads
@needs("coordinator")
def proposed() -> Response:
    found = proposals.proposed(http.store())
    return jsonify(directory=http.b64(found) if found else None)


@bp.post("/people/invite")
@needs("coordinator")
def invite() -> Response:
    signed_act()
    form = forms.read_invite(http.body())
    token_hash = http.field_bytes({"token_hash": form.token_hash.data}, "token_hash", 32)
    return jsonify(expires_s=joining.invite(http.store(), token_hash, form.roles.data or []))


@bp.post("/people/invitation")
@http.reads
@few_failures
def show_invitation() -> Response:
    found = joining.invitation(http.store(), http.field_bytes(http.body(), "token"))
    return jsonify(roles=found.roles.split(","), expires_s=found.expires_s)


@bp.post("/people/join")
@few_failures
def join() -> Response:
    body, db = http.body(), http.store()
    sent: dict[str, Any] = {name: http.field_bytes(body, name) for name in ("token", "enrol", "binding")}
    account = joining.join(
        db, ground.site(db), sent["token"], enrol=sent["enrol"], sig=http.field_bytes(body, "enrol_sig", 64),
        binding=sent["binding"], mail=http.field_bytes(body, "mail") if body.get("mail") else None,
        keepers=current_app.extensions[ON_JOIN],
    )  # fmt: skip
    share, set_cookie = begin_session(db, account)
    assert account.event is not None
    response = jsonify(receipt=receipt(account.event), share=share)
    set_cookie(response)
    return response


@bp.post("/people/waiting")
@http.reads
@needs("coordinator")
def waiting() -> Response:
    return jsonify(waiting=_b64s(service.waiting(http.store())))


@bp.post("/people/dismiss")
@needs("coordinator")
def dismiss() -> Response:
    signed_act()
    service.dismiss(http.store(), http.field_bytes(http.body(), "binding", 32))
    return jsonify({})


@bp.post("/log/counts")
@http.reads
@needs("auditor", "coordinator")
def count_events() -> Response:
    """How many events of each kind, by month. Here and not in the log's room, which does not know who is an auditor."""
    counted = counts.by_month(http.store())
    told = [{"month": month, "type": type_, "count": many} for (month, type_), many in counted.items()]
    return jsonify(counts=told, before=counts.this_month())
