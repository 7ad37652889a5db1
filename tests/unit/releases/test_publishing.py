"""A steward publishes: what is refused first, and what stands on the log and in the list afterwards."""

import json

import pytest
import sqlalchemy as sa

from app.cli import sweep
from app.config import from_environment
from app.research import checking, pieces
from crypto.frame import H, frame
from demo.releases import Researcher, Steward
from demo.wire import b64, unb64
from tests.support.people import CastInside, refusal
from tests.support.releases import folder


def published(cast: CastInside) -> list[int]:
    return [one["version"] for one in cast.carl.post("/research/public")["releases"]]


def test_nobody_but_a_steward_hands_in_or_publishes(cast: CastInside, rita: Researcher) -> None:
    for person in (rita, cast.carl, cast.supporter(), cast.peer("Sara")):
        with refusal(403, "not-yours"):
            person.post("/research/files", hash=H(b"a"), place=0, data=b"a")
        with refusal(403, "not-yours"):
            person.act("/research/publish", release=b"a", listed=b"a", files=[])


def test_a_steward_who_was_taken_off_the_list_publishes_nothing_that_waited(cast: CastInside, stan: Steward) -> None:
    made = folder()
    for data in made.values():
        stan.stage(data)
    body = stan.make_release(made)
    cast.carl.list_people(revoke=(stan.fp,))
    with refusal(403, "not-yours"):
        stan.act("/research/publish", **body)
    with refusal(403, "not-yours"):
        stan.stage(b"more")
    assert published(cast) == []


def test_a_stolen_cookie_publishes_nothing(cast: CastInside, stan: Steward) -> None:
    made = folder()
    for data in made.values():
        stan.stage(data)
    with refusal(401, "not-signed"):
        stan.post("/research/publish", **stan.make_release(made))
    assert published(cast) == []


@pytest.mark.parametrize(
    ("instead", "code"),
    [
        ({"protocol": ""}, "not-approved"),
        ({"protocol": "  "}, "not-approved"),
        ({"approved": ""}, "not-approved"),
        ({"approved_until": "2020-02-01"}, "not-approved"),
        ({"approved": "2098-01-01"}, "not-approved"),
        ({"caught": "k"}, "not-attacked"),
        ({"previous": "ab" * 32}, "other-series"),
        ({"product": "slice"}, "not-whole"),
        ({"files": {}}, "not-whole"),
        ({"approved": "2020-W01-1"}, "not-approved"),
        ({"previous": None}, "not-readable"),
        ({"series": "peers\0"}, "not-readable"),
        ({"series": "\ud800"}, "not-readable"),
    ],
)
def test_what_is_not_whole_attacked_and_approved_is_refused(
    cast: CastInside, stan: Steward, instead: dict[str, str], code: str
) -> None:
    made = folder(**{"product": "microdata"} | {k: v for k, v in instead.items() if k != "product"})
    if "product" in instead:
        told = json.loads(made["manifest.json"]) | instead
        made["manifest.json"] = json.dumps(told).encode()
    with refusal(409, code):
        stan.publish(made)
    assert published(cast) == []


def with_text(product: str, name: str, text: bytes) -> dict[str, bytes]:
    """A folder that its manifest and its report agree on, with another text in it."""
    made = folder(product) | {name: text}
    if name != "manifest.json":
        told = json.loads(made["manifest.json"])
        told["files"][name] = H(text).hex()
        made["manifest.json"] = json.dumps(told).encode()
    report = json.loads(made["attack-report.json"]) | {"manifest": H(made["manifest.json"]).hex()}
    return made | {"attack-report.json": json.dumps(report).encode()}


def told(product: str, **more: object) -> bytes:
    return json.dumps(json.loads(folder(product)["manifest.json"]) | more).encode()


@pytest.mark.parametrize(
    ("product", "name", "text"),
    [
        ("microdata", "manifest.json", b"\xef\xbb\xbf" + told("microdata")),
        ("microdata", "manifest.json", told("microdata").decode().encode("utf-16")),
        ("microdata", "manifest.json", told("microdata", loss=float("nan"))),
        ("microdata", "classes.csv", b"career_stage,rows\n\xff,26\n"),
        ("microdata", "levels.json", b"[]"),
        ("microdata", "levels.json", b'{"columns": 3}'),
        ("microdata", "public.json", b'{"histograms": []}'),
        ("tables", "tables.json", b"no tables"),
        ("public", "public.json", b"{}"),
        ("public", "public.json", b'{"histograms": [{"label": "Gender"}]}'),
    ],
    ids=range(10),
)
def test_a_text_that_would_stop_everybodys_page_for_good_is_refused(
    cast: CastInside, stan: Steward, product: str, name: str, text: bytes
) -> None:
    with refusal(409, "not-readable"):
        stan.publish(with_text(product, name, text))
    assert published(cast) == []


def test_a_text_for_everybody_is_no_larger_than_a_page_can_bear(
    cast: CastInside, stan: Steward, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "MOST_SHOWN", 3000)
    with refusal(413, "too-large"):
        stan.publish(with_text("microdata", "classes.csv", b"career_stage,rows\n" + b"res,31\n" * 500))
    assert published(cast) == []


def test_what_was_handed_in_behind_the_end_of_a_file_does_not_stay(cast: CastInside, stan: Steward) -> None:
    made = folder()
    stan.post("/research/files", hash=H(made["data.csv"]), place=7, data=b"filling the disk")
    stan.publish(made)
    assert cast.count("release_pieces") == len(set(made.values()))


def test_a_report_of_another_release_is_refused(stan: Steward) -> None:
    with refusal(409, "not-attacked"):
        stan.publish(folder() | {"attack-report.json": folder("tables")["attack-report.json"]})


def test_a_file_that_did_not_arrive_whole_is_refused(cast: CastInside, stan: Steward) -> None:
    made = folder()
    for name, data in made.items():
        if name != "data.csv":
            stan.stage(data)
    with refusal(409, "not-whole"):
        stan.act("/research/publish", **stan.make_release(made))
    stan.post("/research/files", hash=H(made["data.csv"]), place=0, data=made["data.csv"][:-1])
    with refusal(409, "not-whole"):
        stan.act("/research/publish", **stan.make_release(made))
    stan.stage(made["data.csv"])  # the piece that came damaged is replaced
    stan.act("/research/publish", **stan.make_release(made))
    assert published(cast) == [1]


def test_a_release_that_does_not_follow_the_last_one_is_refused(cast: CastInside, stan: Steward) -> None:
    stan.publish(folder())
    for instead in ({"version": 1, "prev": bytes(32)}, {"version": 3}, {"prev": bytes(32)}):
        with refusal(409, "newer"):
            stan.publish(folder("tables"), **instead)
    with refusal(409, "clock"):
        stan.publish(folder("tables"), day=stan.today + 2)
    assert published(cast) == [1]


def test_a_list_that_another_steward_signed_is_refused(cast: CastInside, stan: Steward) -> None:
    other = cast.staff(Steward, "Sven Steward")
    made = folder()
    for data in made.values():
        stan.stage(data)
    for part in ("release", "listed"):
        with refusal(400):
            stan.act("/research/publish", **stan.make_release(made) | {part: other.make_release(made)[part]})
    with refusal(415, "not-sealed"):
        stan.act("/research/publish", **stan.make_release(made) | {"release": b"Table 1"})
    wrong = frame("attest", {"site": stan.site, "fp": stan.fp, "module": "release.1", "content": bytes(32), "day": 1})
    with refusal(400):
        stan.act("/research/publish", **stan.make_release(made) | {"listed": stan.sign(wrong)})


def test_a_published_release_is_on_the_log_and_for_everybody_to_check(cast: CastInside, stan: Steward) -> None:
    made = folder()
    told = stan.publish(made)
    (one,) = cast.peer("Sara").post("/research/public")["releases"]
    assert told["object"] == H(unb64(one["frame"]))
    assert (one["version"], one["product"], one["protocol"]) == (1, "microdata", "IRB 7")
    assert one["classes"] == made["classes.csv"].decode() and one["levels"] == made["levels.json"].decode()
    assert {f["name"]: (unb64(f["hash"]), f["size"]) for f in one["files"]} == {
        name: (H(data), len(data)) for name, data in made.items()
    }
    (shown,) = cast.peer("Lena").post("/log/public")["lanes"]["release"]
    assert shown["signed"] == one["signed"]
    kinds = [row.type for row in cast.rows("events")]
    assert kinds.count("release") == kinds.count("attest") == 1


def test_the_same_release_again_is_the_same_event(cast: CastInside, stan: Steward) -> None:
    made = folder()
    for data in made.values():
        stan.stage(data)
    body = stan.make_release(made)
    assert stan.act("/research/publish", **body) == stan.act("/research/publish", **body)
    assert published(cast) == [1]


def test_releases_of_a_series_name_the_one_before(cast: CastInside, stan: Steward) -> None:
    first = folder()
    stan.publish(first)
    with refusal(409, "other-series"):
        stan.publish(folder(number=2))
    with refusal(409, "other-series"):  # rows and tables of one cohort are held against each other
        stan.publish(folder("tables", series="peers"))
    stan.publish(folder(number=2, previous=H(first["manifest.json"]).hex()))
    stan.publish(folder("tables"))
    stan.publish(folder("public"))
    assert published(cast) == [1, 2, 3, 4]


def test_a_published_piece_is_not_replaced(cast: CastInside, stan: Steward, rita: Researcher) -> None:
    made = folder()
    stan.publish(made)
    stan.post("/research/files", hash=H(made["data.csv"]), place=0, data=b"other rows")
    assert rita.take(1, "data.csv") == made["data.csv"]


def test_pieces_are_at_most_a_mib_and_not_without_end(
    cast: CastInside, stan: Steward, monkeypatch: pytest.MonkeyPatch
) -> None:
    for data, place in ((b"", 0), (bytes(pieces.PIECE + 1), 0), (b"a", 512)):
        with refusal(413, "too-large"):
            stan.post("/research/files", hash=H(b"a"), place=place, data=data)
    monkeypatch.setattr(pieces, "MOST_WAITING", 2)
    stan.post("/research/files", hash=H(b"a"), place=0, data=b"a")
    stan.post("/research/files", hash=H(b"a"), place=0, data=b"b")
    stan.post("/research/files", hash=H(b"a"), place=1, data=b"b")
    with refusal(413, "too-large"):
        stan.post("/research/files", hash=H(b"b"), place=0, data=b"b")


def test_what_is_not_published_within_a_day_is_erased(cast: CastInside, stan: Steward) -> None:
    stan.publish(folder())
    kept = cast.count("release_pieces")
    stan.stage(b"never published")
    settings = from_environment(
        {"ALONGSIDE_INSTANCE": str(cast.app.config["ALONGSIDE"].instance), "ALONGSIDE_DATABASE_URL": cast.database.url,
         "ALONGSIDE_TESTING": "1", "ALONGSIDE_NOW": str(cast.clock.file)}
    )  # fmt: skip
    sweep(settings)
    assert cast.count("release_pieces") == kept + 1
    cast.clock.move(seconds=86_401)
    sweep(settings)
    assert cast.count("release_pieces") == kept


def test_a_file_of_several_mib_comes_back_as_it_was(cast: CastInside, stan: Steward, rita: Researcher) -> None:
    big = bytes(range(256)) * 4096 * 2 + b"the end"
    made = folder(files={"data.sav": H(big).hex()})
    made = {name: data for name, data in made.items() if name.startswith(("manifest", "attack"))} | {"data.sav": big}
    stan.publish(made)
    assert rita.take(1, "data.sav") == big
    with cast.database.engine.connect() as db:
        assert db.execute(sa.text("select max(length(data)) from release_pieces")).scalar_one() == pieces.PIECE


def test_what_open_rows_needs_is_given_to_whoever_signs_for_it(
    cast: CastInside, stan: Steward, rita: Researcher
) -> None:
    with refusal(401, "not-signed"):
        stan.post("/research/unlocking")
    with refusal(403, "not-yours"):
        rita.act("/research/unlocking")
    given = stan.act("/research/unlocking")
    assert (given["role"], unb64(given["locator"])) == ("staff", stan.method.locator)
    assert len(unb64(given["wrap"])) == len(unb64(given["bundle"])) == 328
    assert b64(stan.account_key) not in json.dumps(given)
