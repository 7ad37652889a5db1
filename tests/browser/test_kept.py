"""A browser that comes back asks for the page, and for no script, style or picture of it again."""

from collections.abc import Callable

from tests.support.addresses import static
from tests.support.browser import Visit
from tests.support.server import Server

OVER_THE_WIRE = """() => performance.getEntriesByType('resource')
  .map(({name, transferSize}) => [new URL(name).pathname, transferSize])"""


def test_nothing_that_has_a_name_is_asked_for_twice(shared_server: Server, visit: Callable[..., Visit]) -> None:
    here = visit(shared_server.url)
    came = []
    for path in ("/sign-in", "/sign-in"):
        here.go(path)
        here.until("document.body.dataset.ready !== undefined")  # by then all has come
        named = [(name, size) for name, size in here.page.evaluate(OVER_THE_WIRE) if name.startswith(static(""))]
        came.append((len(named), sum(size > 0 for _, size in named)))
    (first, asked), (second, again) = came
    assert asked == first > 10 and again == 0 and second > 10
