"""The shared vectors where the product runs them: in a module worker, under the product's CSP."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

NAMES = sorted(path.name for path in Path(__file__).parent.glob("*.json"))
IN_A_WORKER = """(names) => new Promise((done, failed) => {
  const policy = trustedTypes.createPolicy('alongside', {createScriptURL: (url) => url});
  const worker = new Worker(policy.createScriptURL('/tests/vectors/worker.mjs'), {type: 'module'});
  worker.onerror = (event) => failed(new Error(event.message || 'the worker did not start'));
  worker.onmessage = ({data}) => { worker.terminate(); done(data); };
  worker.postMessage(names);
})"""


def test_every_shared_vector_holds_in_the_browsers_worker(
    modules: str, visit: Callable[..., Any], count_vectors: Callable[[str, int], None]
) -> None:
    found = visit(modules).go("/").evaluate(IN_A_WORKER, NAMES)
    assert found["faults"] == []
    count_vectors("chromium", found["passed"])
