"""Omar opens an account. The server answers with a receipt that it gave to somebody else: his notebook is on no log."""

from typing import Any

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS
from tests.support.addresses import script
from tests.support.browser import Visit

CHECK = Check("worker/account.js", "await checkNotebookReceipt(receipt, from);", "")
ENROL = """async () => {
  const {ask} = await import('ASK');
  await ask('account.begin');
  const said = await ask('account.enrol').then(() => 'opened', (error) => error.code);
  document.title = said;
}""".replace("ASK", script("parts/ask.js"))


def tell(liar: Liar) -> Visit:
    other = liar.stage.peer("Sara", enrolled=False).enrol()["receipt"]
    visit = liar.begin()

    def change(_asked: Any, answer: Any) -> None:
        answer["receipt"] = other

    liar.stand_between(visit, {"/sign-in/enrol": change})
    visit.go("/sign-in").evaluate(ENROL)
    return visit


def refused(visit: Visit) -> None:
    expect(visit.page).to_have_title("receipt", timeout=SLOW_MS)
    assert visit.page.evaluate("sessionStorage.getItem('tab')") is None


def believed(visit: Visit) -> None:
    expect(visit.page).to_have_title("opened", timeout=SLOW_MS)


def test_no_account_counts_as_opened_without_a_receipt_for_it(liar: Liar) -> None:
    refused(tell(liar))
