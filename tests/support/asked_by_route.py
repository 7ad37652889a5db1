"""For every row of the table of routes: a request that is right in all but perhaps the one who sends it."""

from __future__ import annotations

import os

from crypto import keys
from crypto.frame import frame
from crypto.log import lane_tag
from crypto.people import read_binding
from demo.client import ZERO32, Person
from demo.people import Coordinator, Peer, Staff, Supporter
from demo.wire import b64
from tests.support import asked_of_research
from tests.support.asking import MAKE, Make, row
from tests.support.roles import Asked, Roles, asked, octets, what_is_sent

__all__ = ["MAKE", "asked_of_research"]  # whose rows are in MAKE, too


def empty(_site: Roles, _who: Person) -> Asked:
    return Asked()


for plain in (
    "GET /static/site.json", "POST /sign-in/nonce", "POST /sign-in/share", "POST /sign-in/lock",
    "POST /sign-in/notebook", "POST /people/directory", "POST /people/proposed", "POST /people/waiting",
    "POST /cases/mine", "POST /intake/drafts", "POST /desk/queue", "POST /desk/loads", "POST /log/counts",
    "GET /log/export.tar", "POST /research/public", "POST /research/agreement", "POST /research/tokens",
    "POST /research/standing", "POST /instruments/list",
):  # fmt: skip
    MAKE[plain] = empty

# -- the log


@row("GET /log/<int:number>/checkpoint")
def checkpoint(_site: Roles, _who: Person) -> Asked:
    return Asked(path="/log/1/checkpoint")


@row("GET /log/<int:number>/tile/<path:place>")
def tile(_site: Roles, _who: Person) -> Asked:
    return Asked(path="/log/1/tile/entries/000.p/3")


@row("POST /log/since")
def since(_site: Roles, _who: Person) -> Asked:
    return asked(log=1, size=3)


@row("POST /log/proofs")
def proofs(_site: Roles, _who: Person) -> Asked:
    return asked(leaves=[b64(os.urandom(32))])


@row("POST /log/consistency")
def consistency(_site: Roles, _who: Person) -> Asked:
    return Asked(b'{"log":1,"from":3}')


@row("POST /log/public")
def public(_site: Roles, _who: Person) -> Asked:
    return asked(after={"part": "directory", "n": 1}, most=3)


# -- accounts


@row("POST /sign-in")
def sign_in(_site: Roles, _who: Person) -> Asked:
    return Asked(act=ZERO32)


@row("POST /sign-in/enrol")
def enrol(site: Roles, _who: Person) -> Asked:
    newcomer = site.stranger()
    return what_is_sent(newcomer, "/sign-in/enrol", newcomer.enrol)


@row("POST /exit")
def leave(site: Roles, who: Person) -> Asked:
    return octets(site.draft(who))


@row("POST /sign-in/notebook/save")
def save_notebook(_site: Roles, who: Person) -> Asked:
    return what_is_sent(who, "/sign-in/notebook/save", who.save_notebook)


@row("POST /sign-in/methods")
def methods(_site: Roles, who: Person) -> Asked:
    version, new = who.version + 1, keys.method(os.urandom(32), who.site, who.role, "passkey")
    fields = {
        "site": who.site, "fp": who.fp, "kind": "passkey", "locator": new.locator, "login_pk": new.login_pk,
        "wrap": keys.wrap(new, who.site, who.role, who.fp, who.account_key), "version": version,
        "tag": lane_tag(keys.lane_account(who.identity), "account", version),
        "notebook": keys.seal_notebook(who.account_key, who.site, who.fp, version, who.notebook),
    }  # fmt: skip
    return octets(frame("methods", fields), signed=True)


# -- people


@row("POST /setup/check")
def check_setup(site: Roles, _who: Person) -> Asked:
    return asked(token=site.forgotten_link())


@row("POST /setup")
def set_up(site: Roles, _who: Person) -> Asked:
    omar = Coordinator(site.wire.another(), "Omar Outsider", now_s=site.clock.now_s)
    return what_is_sent(omar, "/setup", lambda: omar.found(site.forgotten_link()))


@row("POST /people/publish")
@row("POST /people/propose")
def publish(site: Roles, _who: Person) -> Asked:
    return what_is_sent(site.carl, "/people/publish", site.carl.list_people)


@row("POST /people/invite")
def invite(site: Roles, _who: Person) -> Asked:
    return what_is_sent(site.carl, "/people/invite", site.carl.invite_staff)


@row("POST /people/invitation")
def invitation(site: Roles, _who: Person) -> Asked:
    return asked(token=site.carl.invite_staff())


@row("POST /people/join")
def join(site: Roles, _who: Person) -> Asked:
    newcomer, token = Supporter(site.wire.another(), "Yuki", now_s=site.clock.now_s), site.carl.invite_staff()
    return what_is_sent(newcomer, "/people/join", lambda: newcomer.join(token, {"specialty": "Surgery"}))


@row("POST /people/dismiss")
def dismiss(site: Roles, _who: Person) -> Asked:
    return asked(binding=read_binding(site.newcomer("Yuki", "supporter", Staff).binding)["hash"], signed=True)


# -- letters


def letter(kind: str, *, to: str = "", about: str = "") -> Make:
    def make(site: Roles, who: Person) -> Asked:
        for one in (site.sara, site.nora):
            who.meet(one.identity.frame)
        shown = {"case": b64(site.sara.case), "nonce": b64(site.sara.nonce), "identity": b64(site.sara.identity.frame)}
        where = {"about": site.sara.case} if about else {}
        to_whom = {"to": getattr(site, to).fp} if to else {}
        return what_is_sent(who, "/letters", lambda: who.write(kind, {**shown, "people": []}, **where, **to_whom))

    return make


MAKE |= {
    "POST /letters (word)": letter("word"),
    "POST /letters (word about Sara's case)": letter("word", about="sara"),
    "POST /letters (word to Sara)": letter("word", to="sara", about="sara"),
    "POST /letters (profile)": letter("profile"),
    "POST /letters (answer)": letter("answer", about="sara"),
    "POST /letters (statement)": letter("statement", to="sara", about="sara"),
    "POST /letters (invite)": letter("invite", to="nora", about="sara"),
    "POST /letters (offer)": letter("offer", to="sara", about="sara"),
    "POST /letters (card)": letter("card", about="sara"),
}


@row("POST /letters/mine")
def my_letters(_site: Roles, _who: Person) -> Asked:
    return asked(kinds=["word"])


@row("POST /letters/stanzas")
def stanzas(site: Roles, _who: Person) -> Asked:
    return asked(hash=site.carl.card(site.sara.case).hash, stanzas=[b64(site.ruth.fp + os.urandom(1168))], signed=True)


# -- cases


@row("POST /cases/open")
def open_case(site: Roles, _who: Person) -> Asked:
    return asked(case=site.sara.case, after=0)


@row("POST /cases/append")
def append(site: Roles, who: Person) -> Asked:
    author = who if who is site.nora else site.sara
    said = {"kind": "message", "text": "hello", "at": 0}
    return what_is_sent(author, "/cases/append", lambda: author.say(site.sara.case, said))


@row("POST /cases/rekey")
def rekey(site: Roles, _who: Person) -> Asked:
    opened = site.sara.open(site.sara.case)
    return what_is_sent(site.sara, "/cases/rekey", lambda: opened.remove(site.pilar.fp))


@row("POST /cases/rekey (Nora takes out somebody suspended)")
def rekey_by_member(site: Roles, _who: Person) -> Asked:
    dario, tomas = site.with_tomas()
    opened = site.nora.open(dario.case)
    return what_is_sent(site.nora, "/cases/rekey", lambda: opened.remove(tomas.fp))


@row("POST /cases/erase")
def erase(site: Roles, _who: Person) -> Asked:
    site.sara.say(site.sara.case, {"kind": "message", "text": "to be erased", "at": 0})
    opened = site.sara.open(site.sara.case)
    return what_is_sent(site.sara, "/cases/erase", lambda: opened.erase(opened.records[-1]["hash"]))


@row("POST /cases/export")
def export(site: Roles, _who: Person) -> Asked:
    return asked(case=site.sara.case, signed=True)


# -- intake


@row("POST /intake/draft")
def save_draft(site: Roles, who: Person) -> Asked:
    return octets(site.draft(who))


@row("POST /intake/drop")
def drop_draft(_site: Roles, _who: Person) -> Asked:
    return asked(draft=os.urandom(16))


@row("POST /intake/submit")
def submit(site: Roles, who: Person) -> Asked:
    as_peer = Peer(who.wire, who.name, who.identity, now_s=site.clock.now_s)
    return asked(submission=as_peer.make_submission({"text": "what happened"}))


@row("POST /intake/submit (with the enrolment inside)")
def submit_all(site: Roles, _who: Person) -> Asked:
    newcomer = site.stranger()
    inside, sig = newcomer.make_enrol()
    return asked(submission=newcomer.make_submission({"text": "what happened"}, enrol=inside), enrol_sig=sig)


# -- desk


@row("POST /desk/standing")
@row("POST /desk/card")
@row("POST /desk/claim")
def card(site: Roles, _who: Person) -> Asked:
    return asked(case=site.sara.case)


@row("POST /desk/state")
def state(site: Roles, _who: Person) -> Asked:
    site.carl.claim(site.sara.case)
    return asked(case=site.sara.case, state="looking")
