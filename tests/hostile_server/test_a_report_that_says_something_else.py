"""The server hands out another attack report than the steward's, with a list of files that fits it."""

from typing import Any

from tests.hostile_server.at_the_releases import believes, instead, looks, published, refuses
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/research_releases_proven.js",
    "if (!equal(word.content, H(sums(files)))) throw changed();",
    "",
)


def tell(liar: Liar) -> Visit:
    published(liar)

    def change(_asked: Any, answer: Any) -> None:
        instead(answer["releases"][-1], "attack-report.html", b"<!doctype html><title>All is well</title>")

    return looks(liar, {"/research/public": change})


def refused(visit: Visit) -> None:
    refuses(visit)


def believed(visit: Visit) -> None:
    believes(visit)


test_the_list_of_files_is_the_one_signed = told_twice(CHECK, tell, refused, believed)
