"""The same for the questions and for research (asked_by_route.py)."""

from __future__ import annotations

import os
from dataclasses import replace

import sqlalchemy as sa

from crypto.frame import frame
from crypto.posted import first_of_month
from crypto.row import make_row
from demo.client import Person
from demo.releases import Researcher, Steward
from demo.wire import b64
from instruments.dictionary import write_dictionary
from instruments.editions import load
from tests.support.asking import row
from tests.support.releases import folder
from tests.support.roles import Asked, Roles, asked, octets, what_is_sent

# -- instruments

# Its last cell stands in quotation marks: cut anywhere, it is no dictionary.
SMALL = f'{write_dictionary(load("outtake")).rstrip()}\nextra,outtake,,yesno,Was this of use?{"," * 13}"@NONE"'


def dictionary() -> bytes:
    return SMALL.encode()


@row("POST /instruments/show")
@row("POST /instruments/dictionary")
def show_instrument(_site: Roles, _who: Person) -> Asked:
    return asked(id="intake.v1")


@row("POST /instruments/check")
def check_instrument(_site: Roles, _who: Person) -> Asked:
    return asked(name="outtake", dictionary=dictionary())


@row("POST /instruments/try")
def try_instrument(_site: Roles, _who: Person) -> Asked:
    return asked(dictionary=dictionary())


@row("POST /instruments/store")
def store_instrument(_site: Roles, _who: Person) -> Asked:
    return asked(name="outtake", dictionary=dictionary(), after="outtake.v1", signed=True)


# -- research


@row("GET /research/releases/<int:version>/<path:name>")
def fetch(site: Roles, _who: Person) -> Asked:
    return Asked(path="/research/releases/1/data.csv", bearer=b64(site.token))


@row("POST /research/release")
def look_at(_site: Roles, _who: Person) -> Asked:
    return asked(version=1)


@row("POST /research/download")
def take(_site: Roles, _who: Person) -> Asked:
    return asked(version=1, name="classes.csv")


@row("POST /research/agree")
def agree(site: Roles, who: Person) -> Asked:
    with site.database.engine.begin() as db:  # whoever signed may sign again
        db.execute(sa.text("delete from agreements"))
    as_researcher = Researcher(who.wire, who.name, who.identity, now_s=site.clock.now_s)
    return what_is_sent(as_researcher, "/research/agree", lambda: as_researcher.agree(content=site.terms))


@row("POST /research/token")
@row("POST /research/revoke")
def token(_site: Roles, _who: Person) -> Asked:
    return asked(token_hash=os.urandom(32), signed=True)


@row("POST /research/files")
def stage(_site: Roles, _who: Person) -> Asked:
    return asked(hash=os.urandom(32), place=0, data=b"a part of a file")


@row("POST /research/publish")
def publish_release(site: Roles, who: Person) -> Asked:
    made = folder("tables", month=os.urandom(4).hex())
    for data in made.values():
        site.stan.stage(data)
    as_steward = Steward(who.wire, who.name, who.identity, now_s=site.clock.now_s)
    body = as_steward.make_release(made)
    return replace(
        what_is_sent(as_steward, "/research/publish", lambda: as_steward.post("/research/publish", **body)), signed=True
    )


@row("POST /research/unlocking")
def unlocking(_site: Roles, _who: Person) -> Asked:
    return asked(signed=True)


@row("POST /research/row")
def research_row(site: Roles, _who: Person) -> Asked:
    return octets(a_row(site))


@row("POST /research/withdraw")
def withdraw_row(site: Roles, _who: Person) -> Asked:
    return octets(frame("withdraw", {"site": site.carl.site, "secret": os.urandom(32)}))


@row("POST /research/rows")
def take_rows(_site: Roles, _who: Person) -> Asked:
    return asked(after=os.urandom(16))


def a_row(site: Roles) -> bytes:
    """A row of somebody's who said yes to research."""
    stewards = site.carl.directory().holders("steward")
    return make_row(
        site=site.carl.site, instrument="intake.v1", wave="intake", day=first_of_month(site.carl.today),
        thread=os.urandom(16), answers={"gender": "woman"}, stewards=stewards, secret=os.urandom(32),
    )  # fmt: skip
