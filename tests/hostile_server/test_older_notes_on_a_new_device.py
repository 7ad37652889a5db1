"""Sara comes from a device that has seen nothing. The server hands out notes that she has written over since."""

from typing import Any

from playwright.sync_api import expect

from crypto.frame import H, unframe
from crypto.signing import read_signed
from demo.wire import b64, unb64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import marked, quiet
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/log_lanes.js", "  if (find(tree, notesTag(version + 1)).length) throw logTrouble('notes-hidden');\n", ""
)


def tell(liar: Liar) -> Visit:
    sara, _nora = liar.stage.together()
    given = sara.post("/people/directory")
    pins = sara.notebook["pins"]
    for lane, name in (("root", "roots"), ("directory", "directories")):  # nothing of the list is news to her browser
        thing = read_signed(unb64(given[name][-1]))[0]
        pins[lane] = {"version": unframe(lane, thing)["version"], "hash": b64(H(thing))}
    sara.save_notebook()
    version, box = liar.rows("select version, box from notebooks where fp = :fp", fp=sara.fp)[0]
    sara.save_notebook()
    liar.until_logged()

    older = {"version": version, "box": b64(box)}

    def share(_asked: Any, answer: Any) -> None:
        answer["notebook"] = older

    def again(_asked: Any, answer: Any) -> None:
        answer.update(older)

    return liar.sit_down(sara, wire={"/sign-in/share": share, "/sign-in/notebook": again})


def refused(visit: Visit) -> None:
    marked(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text("a newer copy of your private notes")


def believed(visit: Visit) -> None:
    quiet(visit.page)


test_the_log_counts_her_notes = told_twice(CHECK, tell, refused, believed)
