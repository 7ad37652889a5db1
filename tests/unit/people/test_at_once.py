"""The same thing by several people in the same moment: one of them has done it, and the others are told."""

import os
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import sqlalchemy as sa

from app.audit.models import Event
from crypto.frame import H
from tests.support.organisation import Person, Site, by

AT_ONCE = 6


def test_one_founding_link_founds_one_site(site: Site) -> None:
    token = site.link()
    ceremonies = [site.ceremony(f"Carl {letter}") for letter in "abcdef"]
    codes = _together([lambda c=c, b=b: c.device.post("/setup", {"token": token, **b}) for c, b in ceremonies])
    assert codes == Counter({200: 1, 410: AT_ONCE - 1})
    assert _count(site, "roots") == 1


def test_one_invitation_lets_one_person_in(site: Site, carl: Person) -> None:
    token = os.urandom(32)
    carl.act("/people/invite", {"token_hash": H(token), "roles": ["supporter"]})
    people = [Person("Nora", site.site, "staff", site.device(), roles="supporter") for _ in range(AT_ONCE)]
    bodies = [
        {"token": token, "binding": p.binding(), **dict(zip(("enrol", "enrol_sig"), p.enrolment(), strict=True))}
        for p in people
    ]
    codes = _together([lambda p=p, b=b: p.device.post("/people/join", b) for p, b in zip(people, bodies, strict=True)])
    assert codes == Counter({200: 1, 410: AT_ONCE - 1})
    assert len(carl.device.ask("/people/waiting")["waiting"]) == 1


def test_one_nonce_signs_one_request(site: Site, carl: Person) -> None:
    sara = site.enrol()
    header = sara.authorization(bytes(32))
    devices = [site.device() for _ in range(AT_ONCE)]
    codes = _together([lambda d=d: d.post("/sign-in", Authorization=header) for d in devices])
    assert codes == Counter({200: 1, 401: AT_ONCE - 1})


def test_one_of_several_saves_of_a_notebook_is_the_next_version(site: Site, carl: Person) -> None:
    sara = site.enrol()
    bodies = [sara.notebook(2, {"tab": n}) for n in range(AT_ONCE)]
    devices = [site.device() for _ in bodies]
    for device in devices:
        sara.sign_in(device)
    codes = _together(
        [
            lambda d=d, b=b: d.signed("/sign-in/notebook/save", b, sara.method, sara.site)
            for d, b in zip(devices, bodies, strict=True)
        ]
    )
    assert codes == Counter({200: 1, 409: AT_ONCE - 1})
    with site.store() as db:
        assert db.scalar(sa.select(sa.func.count()).where(Event.tag == sara.leaf_tag(2))) == 1


def test_one_of_two_next_directories_is_in_force(site: Site, carl: Person) -> None:
    signed = []
    for name in ("Nora", "Ana"):
        _, binding = site.join(carl, name, "supporter")
        signed.append(by(site.next(add=(site.take(binding),)), carl))
    codes = _together([lambda s=s: carl.device.post("/people/publish", {"directory": s}) for s in signed])
    assert codes == Counter({200: 1, 409: 1})
    assert len(carl.device.ask("/people/directory")["directories"]) == 2


def test_two_people_never_get_one_way_to_unlock(site: Site, carl: Person) -> None:
    people = [Person("Sara", site.site, "peer", site.device()) for _ in range(AT_ONCE)]
    bodies = []
    for person in people:
        person.method = people[0].method
        bodies.append(dict(zip(("enrol", "sig"), person.enrolment(), strict=True)))
    codes = _together(
        [lambda p=p, b=b: p.device.post("/sign-in/enrol", b) for p, b in zip(people, bodies, strict=True)]
    )
    assert codes == Counter({200: 1, 409: AT_ONCE - 1})


def _together(doings: list[Callable[[], Any]]) -> Counter[int]:
    """Do all in the same moment; how often each status came back."""
    start = Barrier(len(doings))

    def one(do: Callable[[], Any]) -> int:
        start.wait()
        return int(do().status_code)

    with ThreadPoolExecutor(len(doings)) as pool:
        return Counter(pool.map(one, doings))


def _count(site: Site, table: str) -> int:
    with site.app.extensions["alongside_engine"].connect() as db:
        return int(db.scalar(sa.select(sa.func.count()).select_from(sa.table(table))))
