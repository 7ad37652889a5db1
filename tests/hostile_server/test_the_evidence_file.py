"""What Sara hands to somebody who looks into a refusal holds no key, sealed or not, and does not say who wrote to whom."""

import json
from typing import Any

from crypto.frame import unframe
from demo.wire import unb64
from tests.hostile_server.liar import Liar
from tests.hostile_server.seen import stopped


def test_the_file_holds_no_sealed_key_and_no_names_of_letter_writers(liar: Liar) -> None:
    sara, _nora = liar.stage.together()

    def change(_asked: Any, answer: Any) -> None:
        answer["acts"] = [act for act in answer.get("acts", []) if (act["epoch"], act["n"]) != (1, 2)]

    visit = liar.sit_down(sara, wire={"/cases/open": change})
    stopped(visit.page)
    with visit.page.expect_download() as saved:
        visit.page.get_by_role("link", name="Save the evidence file").click()
    seen = json.loads(saved.value.path().read_text())["seen"]
    entries = [one for each in seen for one in each["answer"].get("entries", [])]
    acts = [one for each in seen for one in each["answer"].get("acts", [])]
    rosters = [unb64(one["header"]) for one in entries if b"AL1\x06roster" in unb64(one["header"])[:10]]
    assert len(rosters) >= 2 and acts
    assert all(unframe("roster", one)["link"] == b"" for one in rosters)
    assert not [one for one in acts if "event" in one or "salt" in one]
    assert not [one for one in entries if "entry" in one]
