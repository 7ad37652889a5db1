"""A session that somebody copied, and somebody who guesses: what each gets, behind a proxy too."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.config import BadSetting, from_environment
from app.limits import limiter
from crypto import keys
from crypto.box import box
from crypto.errors import CannotOpen
from crypto.frame import frame
from crypto.people import read_binding
from demo.wire import b64
from tests.support.databases import Database
from tests.support.organisation import ZEROS, Device, Person, Site
from tests.support.people import CastInside, refusal

pytestmark = pytest.mark.slow

GUESSES = {
    "words": lambda device: device.post("/sign-in", Authorization=_wrong_words(device)),
    "a founding link": lambda device: device.post("/setup/check", {"token": os.urandom(32)}),
    "an invitation": lambda device: device.post("/people/invitation", {"token": os.urandom(32)}),
}  # fmt: skip


@pytest.fixture(autouse=True)
def nobody_guessed_before() -> Iterator[None]:
    yield
    limiter.reset()


def _wrong_words(device: Device) -> str:
    method = keys.method(os.urandom(32), bytes(32), "peer", "words")
    return keys.authorization(method, bytes(32), device.nonce(), ZEROS)


def stolen(person: Any) -> Any:
    """Another browser with a copy of this person's cookie."""
    thief = type(person)(person.wire.another(), person.name, person.identity)
    cookie = person.wire._client.get_cookie("alongside")
    thief.wire._client.set_cookie("alongside", cookie.value)
    return thief


def test_a_session_stolen_from_a_coordinator_is_worth_nothing_once_she_is_suspended(cast: CastInside) -> None:
    ruth, sara = cast.coordinator("Ruth"), cast.sent()
    thief = stolen(ruth)
    assert len(thief.post("/desk/queue")["cards"]) == 1
    cast.carl.list_people(revoke=(ruth.fp,))
    for path in ("/desk/queue", "/desk/card", "/people/waiting", "/people/invite", "/people/publish"):
        with refusal(403, "not-yours"):
            thief.post(path, case=sara.case)


def test_a_session_stolen_from_a_supporter_opens_no_case_once_she_is_suspended(cast: CastInside) -> None:
    sara, nora = cast.sent(), cast.supporter()
    cast.team(sara, nora)
    thief = stolen(nora)
    assert thief.post("/cases/open", case=sara.case)["entries"]
    entry = nora.open(sara.case).seal({"kind": "message", "text": "too late", "at": 0})
    cast.carl.list_people(revoke=(nora.fp,))
    with refusal(404, "no-such-case"):
        thief.post("/cases/open", case=sara.case)
    with refusal(404, "no-such-case"):
        thief.post("/cases/append", case=sara.case, entry=entry)
    assert thief.cases() == []


def test_a_coordinator_who_was_dropped_from_the_list_is_out_at_once(site: Site, carl: Person) -> None:
    ruth = site.staff(carl, "Ruth", "coordinator")
    assert ruth.device.post("/people/waiting").status_code == 200
    (listed,) = [one for one, frame in site.bindings.items() if ruth.identity.ed_pk in frame]
    site.publish(carl, site.by_roots(site.next(drop=(listed,))))
    assert ruth.device.post("/people/waiting").get_json()["error"] == "not-yours"


def test_a_stolen_session_signs_nothing(cast: CastInside) -> None:
    sara = cast.sent()
    thief = stolen(sara)
    with refusal(401, "not-signed"):
        thief.post("/cases/export", case=sara.case)
    thief.use_passkey()
    with refusal(401, "no-match"):
        thief.act("/cases/export", case=sara.case)


def test_a_stolen_session_leaves_no_case_invites_nobody_and_hands_no_letter_on(cast: CastInside) -> None:
    sara, nora = cast.sent(), cast.supporter()
    cast.team(sara, nora)
    entry = nora.open(sara.case).seal({"kind": "leave"})
    binding = read_binding(cast.supporter("Nils Newcomer").binding)["hash"]
    for who, path, body in (
        (nora, "/cases/append", {"case": sara.case, "entry": entry, "leaves": True}),
        (cast.carl, "/people/invite", {"token_hash": os.urandom(32), "roles": ["supporter"]}),
        (cast.carl, "/people/dismiss", {"binding": binding}),
        (cast.carl, "/letters/stanzas", {"hash": os.urandom(32), "stanzas": [b64(cast.carl.fp + os.urandom(1168))]}),
    ):
        with refusal(401, "not-signed"):
            stolen(who).post(path, **body)


def junk(sender: Any, kind: str, case: bytes, to: bytes) -> bytes:
    """What somebody with the cookie and no key can write: the header says who, the rest is noise."""
    header = frame("letter", {
        "site": sender.site, "kind": kind, "letter": os.urandom(16), "to": to, "from": sender.fp, "about": case,
        "day": sender.today,
    })  # fmt: skip
    body = box(os.urandom(32), header, os.urandom(300))
    return frame("mail", {"header": header, "body": body, "stanzas": [to + os.urandom(1168)]})


def test_junk_letters_under_a_coordinators_stolen_session_move_a_card_and_verify_for_nobody(cast: CastInside) -> None:
    """As SECURITY.md says it: the stage, a count, and letters about the card from the supporter whom the junk names."""
    sara, nora, thief = cast.sent(), cast.supporter(), stolen(cast.carl)

    def stage() -> str:
        return str(cast.carl.queue()[0]["state"])

    assert stage() == "new"
    with refusal(404, "no-such-case"):
        nora.post("/letters", mail=junk(nora, "statement", sara.case, sara.fp))
    thief.post("/letters", mail=junk(cast.carl, "invite", sara.case, nora.fp))
    assert stage() == "looking" and [one["count"] for one in cast.carl.post("/desk/loads")["loads"]] == [1]
    nora.post("/letters", mail=junk(nora, "statement", sara.case, sara.fp))
    thief.post("/letters", mail=junk(cast.carl, "offer", sara.case, sara.fp))
    assert stage() == "offered"
    for person, kind in ((nora, "invite"), (sara, "offer")):
        with pytest.raises(CannotOpen):
            person.letters(kind)
    for closed in ("refused", "closed"):
        cast.carl.claim(sara.case)
        cast.carl.post("/desk/state", case=sara.case, state=closed)
        thief.post("/letters", mail=junk(cast.carl, "offer", sara.case, sara.fp))
        assert cast.carl.post("/desk/standing", case=sara.case)["state"] == closed


@pytest.mark.parametrize("way_out", ["/sign-in/lock", "/exit"])
def test_a_stolen_session_ends_with_hers(cast: CastInside, way_out: str) -> None:
    sara = cast.sent()
    thief = stolen(sara)
    assert thief.post("/cases/open", case=sara.case)["entries"]
    sara.post(way_out)
    with refusal(401, "locked"):
        thief.post("/cases/open", case=sara.case)


@pytest.mark.parametrize("what", GUESSES)
def test_guessing_is_slowed_after_thirty_tries_and_says_to_wait(site: Site, carl: Person, what: str) -> None:
    device = site.device()
    answers = [GUESSES[what](device) for _ in range(32)]
    assert {answer.status_code for answer in answers[:30]} <= {401, 404}
    assert [(answer.status_code, answer.get_json()["error"]) for answer in answers[30:]] == [(429, "too-many")] * 2
    assert "Wait a minute" in answers[31].get_json()["words"]


def test_somebody_with_the_right_words_is_not_kept_out_by_herself(site: Site, carl: Person) -> None:
    sara = site.enrol()
    for _ in range(29):
        GUESSES["words"](sara.device)
    sara.sign_in()


@pytest.fixture
def behind(database: Database, tmp_path: Path) -> Iterator[Callable[[int], Site]]:
    """A site behind so many proxies."""
    sites: list[Site] = []

    def make(proxies: int) -> Site:
        sites.append(Site(database, tmp_path / f"behind-{proxies}", proxies=proxies))
        return sites[-1]

    yield make
    for site in sites:
        site.close()


def tries(device: Device, forwarded: list[str]) -> list[int]:
    body = {"token": b"x" * 32}
    return [device.post("/people/invitation", body, **{"X-Forwarded-For": one}).status_code for one in forwarded]


def test_behind_a_proxy_one_guesser_does_not_keep_others_out(behind: Callable[[int], Site]) -> None:
    device = behind(1).device()
    assert tries(device, ["203.0.113.7"] * 31) == [404] * 30 + [429]
    assert tries(device, ["198.51.100.9"]) == [404]


def test_a_guesser_behind_a_proxy_cannot_make_addresses_up(behind: Callable[[int], Site]) -> None:
    forged = [f"10.0.0.{n}, 203.0.113.7" for n in range(31)]
    assert tries(behind(1).device(), forged) == [404] * 30 + [429]


def test_a_wrong_number_of_proxies_is_said_in_words() -> None:
    with pytest.raises(BadSetting, match=r"ALONGSIDE_PROXIES is 'many'. Set it to a whole number from 0 to 9"):
        from_environment({"ALONGSIDE_PROXIES": "many"})
    assert from_environment({"ALONGSIDE_PROXIES": "2"}).proxies == 2


def test_without_a_proxy_nobody_chooses_their_address(behind: Callable[[int], Site]) -> None:
    assert tries(behind(0).device(), [f"203.0.113.{n}" for n in range(31)]) == [404] * 30 + [429]
