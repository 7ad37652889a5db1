"""The sites on which lies are told are copies of the same few. What is done on one is not there on another."""

from pathlib import Path

import sqlalchemy as sa

from tests.hostile_server.grounds import Grounds, Ready


def test_what_one_lie_leaves_no_other_meets(grounds: Grounds, tmp_path: Path) -> None:
    one, other = Ready(grounds, tmp_path / "one"), Ready(grounds, tmp_path / "other")
    (sara, nora), (her_twin, _nora) = one.together(), other.together()
    nora.say(sara.case, {"kind": "message", "text": "Call me tonight."})
    sara.save_notebook()
    sara.notebook["pins"]["cases"] = {"changed": True}
    with one.database.engine.begin() as db:
        db.execute(sa.text("delete from bindings"))

    assert sara.case == her_twin.case and sara.wire is not her_twin.wire
    assert len(her_twin.open(her_twin.case).records) == len(sara.open(sara.case).records) - 1
    assert her_twin.read_notebook()["version"] == sara.version - 1
    assert her_twin.notebook["pins"] == {}
    assert other.count("bindings") > one.count("bindings") == 0
    one.clock.move(days=1)
    assert other.carl.today == one.carl.today - 1
    for stage in (one, other):
        stage.end()
