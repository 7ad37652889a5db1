"""What the running server writes down when somebody sends it nonsense."""

import socket
from collections.abc import Callable

import pytest

from tests.support.server import Server

pytestmark = pytest.mark.slow


def test_a_request_that_cannot_be_read_leaves_no_address_and_none_of_its_text(
    make_server: Callable[..., Server],
) -> None:
    server = make_server(workers=1, cold=True)
    started = len(server.log_text())
    for nonsense in (
        b"\x16\x03\x01 canary\r\n\r\n",
        b"GET / HTTP/1.1\r\nCa nary: x\r\n\r\n",
        b"canary / HTTP/9.9\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
            connection.sendall(nonsense)
            connection.recv(1000)
    # The test server's own line about whoever waited for it to start may come late.
    said = "".join(line for line in server.log_text()[started:].splitlines(True) if "python-requests" not in line)
    assert "could not be read" in said
    assert "127.0.0.1" not in said and "nary" not in said
