"""The steward is in it, too: under the release that stands in the log the server hands out another list of files that they signed."""

import json
from typing import Any

from crypto.frame import H, frame
from demo.wire import b64, unb64
from tests.hostile_server.at_the_releases import believes, instead, looks, published, refuses
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit
from tests.support.releases import FIGURES

CHECK = Check(
    "worker/research_releases_proven.js",
    "if (!agree(files, shown.manifest.files)) throw changed();",
    "",
)


def tell(liar: Liar) -> Visit:
    stan, number = published(liar)
    (last,) = [one for one in stan.post("/research/public")["releases"] if one["version"] == number]
    other = json.dumps(FIGURES | {"year": 2024})
    instead(last, "public.json", other.encode())
    sums = "".join(
        f"{unb64(one['hash']).hex()}  {one['name']}\n" for one in sorted(last["files"], key=lambda f: f["name"])
    )
    word = {
        "site": liar.site,
        "fp": stan.fp,
        "module": f"release.{number}",
        "content": H(sums.encode()),
        "day": stan.today,
    }
    listed = b64(stan.sign(frame("attest", word)))

    def change(_asked: Any, answer: Any) -> None:
        answer["releases"][-1] |= {"files": last["files"], "listed": listed, "public": other}

    return looks(liar, {"/research/public": change})


def refused(visit: Visit) -> None:
    refuses(visit)


def believed(visit: Visit) -> None:
    believes(visit)


test_there_is_one_list_of_files_and_the_manifest_names_it = told_twice(CHECK, tell, refused, believed)
