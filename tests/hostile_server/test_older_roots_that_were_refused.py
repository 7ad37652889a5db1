"""Olga's page has seen the second roots. A head that they did not sign makes it ask again, and it is handed the first roots alone."""

from typing import Any

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.test_a_log_that_nobody_watches import watched_by_one
from tests.support.addresses import static
from tests.support.browser import Visit

CHECK = Check("worker/directory.js", "[verified, loaded] = [was, were];", "")
GOES_BY = """async () => {
  const { BadSignature, ready } = await import('JS/crypto/bytes.js');
  await ready();
  const { directory, provenRoots, withLogKeys } = await import('JS/worker/directory.js');
  const before = (await directory()).root.version;
  await withLogKeys(() => { throw new BadSignature('a head that nobody here signed'); }).catch(() => {});
  window.goesBy = [before, (await directory()).root.version, (await provenRoots()).length];
}""".replace("JS", static("js"))


def tell(liar: Liar) -> Visit:
    liar.stage.together()
    name_second, asked = watched_by_one(liar), []

    def change(sent: Any, answer: Any) -> None:
        asked.append(sent)
        if len(asked) == 1:
            name_second(sent, answer)

    visit = liar.device()
    liar.tells(visit, {"/people/directory": change})
    visit.page.goto("/")
    visit.page.evaluate(GOES_BY)
    return visit


def refused(visit: Visit) -> None:
    assert visit.page.evaluate("window.goesBy") == [2, 2, 2]


def believed(visit: Visit) -> None:
    assert visit.page.evaluate("window.goesBy") == [2, 1, 1]


def test_what_was_refused_is_not_what_she_goes_by(liar: Liar) -> None:
    refused(tell(liar))
