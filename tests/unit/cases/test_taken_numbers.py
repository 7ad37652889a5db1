"""The numbers of a lane can't be taken away from those who write there, by somebody who knows its key."""

from nacl.signing import SigningKey

from crypto import keys, log
from crypto.frame import H, frame, unframe
from crypto.grant import lane_key
from demo.people import Peer
from tests.support.people import CastInside, refusal


def enrol_under(person: Peer, tag: bytes) -> None:
    """An enrolment that claims this tag for its notebook."""
    enrol = frame("enrol", {**unframe("enrol", person.make_enrol()[0]), "tag": tag})
    sig = SigningKey(person.identity.ed_seed).sign(frame("sig", {"hash": H(enrol)})).signature
    person.post("/sign-in/enrol", enrol=enrol, sig=sig)


def test_omar_cannot_stop_the_next_list_of_people_by_enrolling_under_its_number(cast: CastInside) -> None:
    omar = cast.peer("Omar", enrolled=False)
    enrol_under(omar, log.lane_tag(log.site_lane_key(omar.site, "directory"), "directory", 2))
    assert cast.supporter().holds("supporter", cast.carl.directory())


def test_nora_cannot_close_a_case_by_saving_her_notebook_under_its_next_numbers(cast: CastInside) -> None:
    sara = cast.with_sara()
    nora = cast.with_team(sara)
    case = nora.open(sara.case)
    key = lane_key(case.epoch_keys[2], sara.case, 2)
    for lane, n in (("entry", case.chain.seq + 1), ("act", 2), ("act", 3)):
        box = keys.seal_notebook(nora.account_key, nora.site, nora.fp, nora.version + 1, nora.notebook)
        version = (nora.version + 1).to_bytes(8, "big")
        nora.octets_act("/sign-in/notebook/save", version + log.lane_tag(key, lane, n) + box)
        nora.version += 1
    cast.clock.move(days=1)
    sara.sign_in()
    sara.open(sara.case).remove(nora.fp)
    assert [member["fp"] for member in sara.open(sara.case).chain.members] == [sara.fp]


def test_nora_cannot_close_a_case_by_running_one_of_her_own_under_its_key(cast: CastInside) -> None:
    sara = cast.with_sara()
    nora = cast.with_team(sara)
    key = lane_key(nora.open(sara.case).epoch_keys[2], sara.case, 2)
    omar = cast.peer("Omar")
    submission = omar.make_submission({"text": "mine"})
    parts = unframe("submission", submission)
    rekey = frame("rekey", {**unframe("rekey", parts["rekey"]), "lane_key": key})
    with refusal(409, "other-key"):
        omar.post("/intake/submit", submission=frame("submission", {**parts, "rekey": rekey}))
    omar.post("/intake/submit", submission=submission)
    made = omar.open(omar.case).make_rekey([{"identity": omar.identity.frame, "lead": False}])
    for known in (key, lane_key(nora.open(sara.case).epoch_keys[1], sara.case, 1)):
        with refusal(409, "other-key"):
            omar.act("/cases/rekey", rekey=frame("rekey", {**unframe("rekey", made["rekey"]), "lane_key": known}))
    sara.say(sara.case, {"kind": "message", "text": "still mine"})
