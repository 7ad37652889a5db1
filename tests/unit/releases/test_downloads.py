"""A researcher takes releases, by hand and by a token, once the terms are signed. Each time is on the log."""

from typing import Any

import pytest

from app.research import agreement
from crypto.frame import H, unframe
from demo.releases import Researcher, Steward
from demo.wire import b64, unb64
from tests.support.people import CastInside, refusal
from tests.support.releases import folder
from tests.unit.releases.conftest import terms


def fetch(cast: CastInside, name: str, authorization: str | None, version: int = 1, method: str = "GET") -> Any:
    headers = {"Authorization": authorization} if authorization else {}
    client = cast.app.test_client()
    return client.open(f"/research/releases/{version}/{name}", method=method, headers=headers)


def downloads(cast: CastInside) -> list[tuple[bytes, bytes, bytes]]:
    told = [unframe("event", bytes(row.payload)) for row in cast.rows("events") if row.type == "download"]
    return [(one["actor"], one["object"], one["subject"]) for one in told]


def test_without_the_terms_there_is_nothing(cast: CastInside, stan: Steward) -> None:
    stan.publish(folder())
    rita = cast.staff(Researcher, "Rita Researcher")
    for path in ("/research/release", "/research/download"):
        with refusal(403, "no-agreement"):
            rita.post(path, version=1, name="data.csv")
    with refusal(403, "no-agreement"):
        rita.make_token()
    assert downloads(cast) == []


def test_a_yes_to_other_words_or_by_another_is_refused(cast: CastInside) -> None:
    rita, other = (cast.staff(Researcher, name) for name in ("Rita Researcher", "Rolf Researcher"))
    with refusal(400):
        rita.agree(content=terms() + b"And I may sell it.")
    with refusal(409, "clock"):
        rita.agree(content=terms(), day=rita.today - 2)
    rita.identity, mine = other.identity, rita.identity
    with refusal(400):
        rita.agree(content=terms())
    rita.identity = mine
    with refusal(415, "not-sealed"):
        rita.post("/research/agree", signed=b"yes")
    assert rita.post("/research/agreement") == {"module": "data-use.v1", "signed": None}


def test_the_terms_are_signed_once_and_stand_on_the_log(cast: CastInside, rita: Researcher) -> None:
    with refusal(409, "agreed"):
        rita.agree(content=terms())
    signed = unb64(rita.post("/research/agreement")["signed"])
    (event,) = [unframe("event", bytes(row.payload)) for row in cast.rows("events") if row.type == "attest"]
    assert (event["actor"], event["object"]) == (rita.fp, H(unframe("signed", signed)["thing"]))


def test_nobody_but_researchers_takes_a_file(cast: CastInside, stan: Steward) -> None:
    stan.publish(folder())
    for person in (stan, cast.carl, cast.supporter(), cast.peer("Sara")):
        with refusal(403, "not-yours"):
            person.post("/research/download", version=1, name="data.csv")
    assert set(stan.post("/research/release", version=1)["shown"]) >= {"manifest.json", "classes.csv"}
    with refusal(403, "not-yours"):
        cast.carl.post("/research/release", version=1)


def test_a_file_is_given_as_it_was_signed_and_the_log_says_so(
    cast: CastInside, stan: Steward, rita: Researcher
) -> None:
    made = folder()
    release = stan.publish(made)["object"]
    assert "data.csv" not in rita.post("/research/release", version=1)["shown"]
    assert downloads(cast) == []  # what a page shows of a release is no file
    assert {name: rita.take(1, name) for name in made} == made
    assert downloads(cast) == [(rita.fp, release, bytes(16))] * len(made)
    sums = rita.take(1, "SHA256SUMS").decode().splitlines()
    assert f"{H(made['data.csv']).hex()}  data.csv" in sums
    for version, name in ((2, "data.csv"), (1, "rows.csv"), (1, "../manifest.json")):
        with refusal(404, "no-such-release"):
            rita.take(version, name)


def test_a_token_fetches_over_plain_http(cast: CastInside, stan: Steward, rita: Researcher) -> None:
    made = folder()
    release = stan.publish(made)["object"]
    token = rita.make_token()
    answer = fetch(cast, "data.csv", f"Bearer {b64(token)}")
    assert (answer.status_code, answer.data) == (200, made["data.csv"])
    assert answer.headers["Content-Disposition"] == 'attachment; filename="data.csv"'
    assert rita.check_receipt(answer.headers["Alongside-Receipt"])["object"] == release
    assert downloads(cast) == [(rita.fp, release, bytes(16))]
    assert cast.database.kind == "sqlite" or token not in b"".join(
        bytes(row.hash) for row in cast.rows("download_tokens")
    )


@pytest.mark.parametrize("said", [None, "Bearer", "Bearer x", f"Bearer {b64(bytes(32))}", "AL1 abc", "Basic YTpi"])
def test_another_token_or_none_gets_nothing(
    cast: CastInside, stan: Steward, rita: Researcher, said: str | None
) -> None:
    stan.publish(folder())
    rita.make_token()
    answer = fetch(cast, "data.csv", said)
    assert (answer.status_code, answer.get_json()["error"]) == (401, "no-token")
    assert downloads(cast) == []


def test_a_token_ends_with_time_by_hand_and_with_its_holders_role(
    cast: CastInside, stan: Steward, rita: Researcher
) -> None:
    stan.publish(folder())
    first, second = rita.make_token(), rita.make_token()
    assert [unb64(one["token_hash"]) for one in rita.post("/research/tokens")["tokens"]] == sorted(
        (H(first), H(second))
    )
    other = cast.staff(Researcher, "Rolf Researcher")
    other.act("/research/revoke", token_hash=H(first))
    with refusal(401, "not-signed"):
        rita.post("/research/revoke", token_hash=H(first))
    assert fetch(cast, "data.csv", f"Bearer {b64(first)}").status_code == 200
    rita.act("/research/revoke", token_hash=H(first))
    assert fetch(cast, "data.csv", f"Bearer {b64(first)}").status_code == 401
    cast.carl.list_people(revoke=(rita.fp,))
    assert fetch(cast, "data.csv", f"Bearer {b64(second)}").status_code == 401


def test_a_token_is_good_for_ninety_days(cast: CastInside, stan: Steward, rita: Researcher) -> None:
    stan.publish(folder())
    said = f"Bearer {b64(rita.make_token())}"
    cast.clock.move(seconds=90 * 86_400 - 10)
    assert fetch(cast, "data.csv", said).status_code == 200
    cast.clock.move(seconds=20)
    assert fetch(cast, "data.csv", said).status_code == 401


def test_nobody_has_more_than_ten_tokens(rita: Researcher) -> None:
    for _ in range(10):
        rita.make_token()
    with refusal(409, "too-many-tokens"):
        rita.make_token()


def test_no_token_at_all_is_nobodys_even_if_its_hash_is_kept(cast: CastInside, stan: Steward, rita: Researcher) -> None:
    """Else a researcher could open every file to whoever comes, and any site could fill the log with lines."""
    stan.publish(folder())
    rita.act("/research/token", token_hash=H(b""))
    assert [fetch(cast, "data.csv", said).status_code for said in (None, "Bearer ")] == [401, 401]
    assert downloads(cast) == []


@pytest.mark.parametrize("version", [0, 1 << 31, 1 << 64, 10**40])
def test_a_number_that_no_database_holds_is_no_release(
    cast: CastInside, stan: Steward, rita: Researcher, version: int
) -> None:
    stan.publish(folder())
    answer = fetch(cast, "data.csv", f"Bearer {b64(rita.make_token())}", version=version)
    assert (answer.status_code, answer.get_json()["error"]) == (404, "no-such-release")


def test_the_words_that_people_signed_under_a_name_stay() -> None:
    """Other words are another name, data-use.v2, and everybody is asked anew."""
    assert H(terms()).hex() == "d81e0f256c3247255000b2d27e3ff5fdcfea8c7d141d43c392bd992dfe609394"


def test_new_terms_hold_back_every_token_and_page_until_they_are_signed(
    cast: CastInside, stan: Steward, rita: Researcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    stan.publish(folder())
    said = f"Bearer {b64(rita.make_token())}"
    monkeypatch.setattr(agreement, "MODULE", "data-use.v2")
    assert fetch(cast, "data.csv", said).get_json()["error"] == "no-agreement"
    for path in ("/research/release", "/research/download"):
        with refusal(403, "no-agreement"):
            rita.post(path, version=1, name="data.csv")
    assert rita.post("/research/agreement") == {"module": "data-use.v2", "signed": None}
    assert downloads(cast) == []


def test_a_part_of_a_file_or_one_that_is_broken_off_leaves_its_line(
    cast: CastInside, stan: Steward, rita: Researcher
) -> None:
    stan.publish(folder())
    said = {"Authorization": f"Bearer {b64(rita.make_token())}"}
    asked = ({"Range": "bytes=0-3"}, {"If-None-Match": "*"}, {"If-Modified-Since": "Tue, 01 Jan 2030 00:00:00 GMT"})
    for times, more in enumerate(asked, 1):
        answer = cast.app.test_client().get("/research/releases/1/data.csv", headers=said | more)
        assert (answer.status_code, answer.data) == (200, folder()["data.csv"])
        assert len(downloads(cast)) == times
    cast.app.test_client().get("/research/releases/1/data.csv", headers=said, buffered=False).close()
    assert len(downloads(cast)) == len(asked) + 1


def test_only_looking_whether_a_file_is_there_leaves_no_line(cast: CastInside, stan: Steward, rita: Researcher) -> None:
    stan.publish(folder())
    answer = fetch(cast, "data.csv", f"Bearer {b64(rita.make_token())}", method="HEAD")
    assert answer.status_code == 405
    assert downloads(cast) == []
