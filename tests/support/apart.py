"""What a browser asks for without saying who asks."""

from __future__ import annotations

from playwright.sync_api import Request

from tests.support.browser import Visit


class Apart:
    """The requests of a browser that name nobody, and those that would."""

    def __init__(self, visit: Visit) -> None:
        self.asked: list[Request] = []
        visit.context.on("requestfinished", self._note)

    def _note(self, request: Request) -> None:
        if "/research/" in request.url or "/instruments/" in request.url:
            self.asked.append(request)

    def assert_nobody(self) -> None:
        assert self.asked
        for request in self.asked:
            headers = request.all_headers()
            assert not {"cookie", "authorization", "referer"} & set(headers), request.url
