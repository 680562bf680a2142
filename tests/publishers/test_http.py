"""The outlets' way to the network: addresses, time, size."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from responder.publishers import http
from responder.publishers.http import Answer, Line, NotPublic, is_public
from tests.publishers.platform import Platform, Reply, Request


class Echo(Platform):
    """Answers every request with what it saw."""

    body: object = None

    def handle(self, request: Request) -> Reply:
        if request.path == "/away":
            return Reply(302, "", {"location": "/here"})
        return Reply(200, self.body or {"path": request.path})


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture
def base(echo: Echo) -> Iterator[str]:
    with echo.running() as address:
        yield address


def line(seconds: float = 2.0, *, allow_private: bool = True) -> Line:
    opened = Line(seconds, allow_private=allow_private)
    opened.start()
    return opened


def test_json_comes_back_as_json(base: str) -> None:
    assert line().request("GET", f"{base}/a").body == {"path": "/a"}


def test_a_redirect_is_not_followed(base: str, echo: Echo) -> None:
    assert line().request("GET", f"{base}/away").status == 302
    assert len(echo.requests) == 1


def test_an_endless_answer_is_given_up(base: str, echo: Echo, monkeypatch: pytest.MonkeyPatch) -> None:
    echo.body = "x" * 2000
    monkeypatch.setattr(http, "MAX_BYTES", 1000)
    with pytest.raises(ConnectionError, match="longer"):
        line().request("GET", base)


def test_several_requests_share_one_total_time(base: str) -> None:
    used_up = Line(0.05, allow_private=True)
    used_up.start()
    used_up.request("GET", base)
    time.sleep(0.06)
    with pytest.raises(TimeoutError):
        used_up.request("GET", base)


def test_an_unreachable_port_is_a_connection_error() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    with pytest.raises(ConnectionError):
        line().request("GET", f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433", "127.1"])
def test_loopback_in_any_spelling_is_private(base: str, echo: Echo, host: str) -> None:
    port = base.rpartition(":")[2]
    with pytest.raises((NotPublic, ConnectionError)):
        line(allow_private=False).request("GET", f"http://{host}:{port}/")
    assert echo.requests == []


@pytest.mark.parametrize(
    "address",
    ["10.0.0.1", "192.168.1.1", "169.254.169.254", "::ffff:10.0.0.1", "fe80::1", "fc00::1", "224.0.0.1", "100.64.0.1"],
)
def test_private_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1"])
def test_other_addresses_are_public(address: str) -> None:
    assert is_public(address)


def test_a_name_with_one_private_address_among_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(2, 1, 6, "", ("93.184.216.34", 80)), (2, 1, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_given, **_more: found)
    with pytest.raises(NotPublic):
        line(allow_private=False).request("GET", "http://gasthaus.example/")


def test_a_resolver_that_hangs_does_not_hold_the_poster(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_given, **_more: answered.wait(5) and [])
    with pytest.raises(TimeoutError):
        line(0.1).request("GET", "http://gasthaus.example/")
    answered.set()


def test_retry_after_is_seconds_or_a_date() -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    assert Answer(429, {"retry-after": "7"}, None).wait_seconds == 7.0
    assert 55 < (Answer(429, {"retry-after": later}, None).wait_seconds or 0) <= 60
    assert Answer(429, {"retry-after": "bald"}, None).wait_seconds is None
    assert Answer(429, {}, None).wait_seconds is None
