"""The guard at work in real crawls: what is refused gets no connection, on no hop, whoever else has permission."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from scrapy.resolver import HostResolution
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver
from zope.interface.declarations import implementer

from crawler.items import CrawlReport
from tests.spiders.conftest import local
from tests.spiders.markup import page, review
from tests.spiders.site import Answer, Site, running_site

Look = Callable[..., CrawlReport]
_listening: list[list[Any]] = []


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect":
        for record in _listening:
            record.append(arguments[1])


sys.addaudithook(_hook)


@pytest.fixture
def connections() -> Iterator[list[Any]]:
    """Every address that any socket of this process tries to connect to."""
    record: list[Any] = []
    _listening.append(record)
    yield record
    _listening.remove(record)


@implementer(IHostnameResolver)
class NameServer:
    """Answers for the names in `known`, with a new address for each question until the last one is left."""

    def __init__(self, real: Any) -> None:
        self.real = real
        self.known: dict[str, list[str]] = {}

    def resolveHostName(self, receiver: Any, hostName: str, portNumber: int = 0, *args: Any, **kwargs: Any) -> Any:
        addresses = self.known.get(hostName)
        if addresses is None:
            return self.real.resolveHostName(receiver, hostName, portNumber, *args, **kwargs)
        address = addresses.pop(0) if len(addresses) > 1 else addresses[0]
        receiver.resolutionBegan(HostResolution(hostName))
        kind = IPv6Address if ":" in address else IPv4Address
        receiver.addressResolved(kind("TCP", address, portNumber))
        receiver.resolutionComplete()
        return receiver


@pytest.fixture
def answers(reactor_loop: Any) -> Iterator[dict[str, list[str]]]:
    """A name server of our own: host name to addresses."""
    from twisted.internet import reactor

    running: Any = reactor
    server = NameServer(running.nameResolver)
    running.installNameResolver(server)
    yield server.known
    running.installNameResolver(server.real)


def test_the_hook_sees_permitted_connections(site: Site, look: Look, connections: list[Any]) -> None:
    site["/"] = page(review(1))
    assert look(local(f"{site.url}/")).health == "ok"
    assert connections


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://10.0.0.1/",
        "http://192.168.178.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://localhost/",
        "https://localhost/",
        "http://laden.localhost/",
        "ftp://laden.example/",
        "file:///etc/passwd",
        "data:text/html,x",
        "http://anna:geheim@localhost/",
    ],
)
def test_a_refused_address_gets_no_connection(look: Look, connections: list[Any], url: str) -> None:
    report = look(replace(local(url), allow_private=False))
    assert (report.health, report.pages, connections) == ("degraded", 0, [])
    assert len(report.errors) == 1


@pytest.mark.parametrize("address", "127.0.0.1 10.1.2.3 ::1 ::ffff:192.168.0.1 169.254.169.254 0.0.0.0".split())
def test_a_name_that_resolves_to_a_private_address_is_refused(
    look: Look, connections: list[Any], answers: dict[str, list[str]], address: str
) -> None:
    answers["laden.example"] = [address]
    report = look(replace(local("http://laden.example/"), allow_private=False))
    assert connections == []
    assert "not public" in report.errors[0]


def test_a_name_that_changes_its_address_between_two_questions_is_refused(
    look: Look, connections: list[Any], answers: dict[str, list[str]]
) -> None:
    answers["laden.example"] = ["fd00::1", "127.0.0.1", "::1", "10.0.0.1"]
    report = look(replace(local("http://laden.example/"), allow_private=False))
    assert (report.health, connections) == ("degraded", [])


def test_permission_does_not_reach_cloud_metadata(
    look: Look, connections: list[Any], answers: dict[str, list[str]]
) -> None:
    answers["laden.example"] = ["169.254.169.254"]
    assert look(local("http://laden.example/")).health == "degraded"
    assert connections == []


def test_a_redirect_to_cloud_metadata_is_refused_and_named(site: Site, look: Look, connections: list[Any]) -> None:
    site["/"] = Answer(status=302, headers={"Location": "http://169.254.169.254/latest/"})
    report = look(local(f"{site.url}/"))
    assert {address[0] for address in connections} == {"127.0.0.1"}
    assert "leads to http://169.254.169.254/latest/, which was refused" in report.errors[0]


@pytest.mark.parametrize("target", ["ftp://laden.example/", "file:///etc/passwd", "data:text/html,x", "javascript:1"])
def test_a_redirect_out_of_the_web_is_not_followed(site: Site, look: Look, target: str) -> None:
    site["/"] = Answer(status=302, headers={"Location": target})
    report = look(local(f"{site.url}/"))
    assert (report.health, report.seen) == ("degraded", 0)
    assert "not a web address" in report.errors[0]


@pytest.fixture
def public(site: Site, answers: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch) -> Site:
    """The local site, reachable as http://laden.example/ under a public address, as if it stood in the internet."""
    from twisted.internet import reactor

    running: Any = reactor
    real = running.connectTCP
    port = int(site.url.rpartition(":")[2])

    def connect(host: str, asked: int, *args: Any, **kwargs: Any) -> Any:
        here = ("127.0.0.1", port) if host == "93.184.216.34" else (host, asked)
        return real(*here, *args, **kwargs)

    monkeypatch.setattr(running, "connectTCP", connect)
    answers["laden.example"] = ["93.184.216.34"]
    answers["intern.example"] = ["192.168.178.1"]
    return site


def test_a_public_source_needs_no_permission(public: Site, look: Look) -> None:
    public["/"] = page(review(1))
    assert look(replace(local("http://laden.example/"), allow_private=False)).new == 1


@pytest.mark.parametrize("target", ["http://127.0.0.1/", "http://intern.example/", "http://[::ffff:10.0.0.1]/"])
def test_a_public_source_that_redirects_to_a_private_address_is_refused(
    public: Site, look: Look, connections: list[Any], target: str
) -> None:
    public["/"] = Answer(status=302, headers={"Location": target})
    here = ("127.0.0.1", int(public.url.rpartition(":")[2]))
    report = look(replace(local("http://laden.example/"), allow_private=False))
    assert set(connections) == {here}
    assert f"leads to {target}, which was refused" in report.errors[0]


def test_the_next_page_of_a_public_source_is_guarded_too(
    public: Site, look: Look, answers: dict[str, list[str]]
) -> None:
    public["/"] = page(review(1), head='<link rel="next" href="/?page=2">')
    public["/?page=2"] = Answer(status=307, headers={"Location": "http://intern.example/"})
    report = look(replace(local("http://laden.example/"), allow_private=False))
    assert (report.new, report.health) == (1, "degraded")


def test_permission_of_one_source_does_not_help_another_in_the_same_process(
    site: Site, look: Look, connections: list[Any], answers: dict[str, list[str]]
) -> None:
    site["/"] = page(review(1))
    assert look(local(f"{site.url}/")).health == "ok"
    connections.clear()
    answers["laden.example"] = ["127.0.0.1"]
    assert look(replace(local("http://laden.example/"), allow_private=False), cursor={}).health == "degraded"
    assert connections == []
    assert look(local(f"{site.url}/"), cursor={}).health == "ok"


def test_a_redirect_to_another_permitted_local_site_is_followed(site: Site, look: Look) -> None:
    with running_site() as other:
        other["/neu"] = page(review(1))
        site["/"] = Answer(status=301, headers={"Location": f"{other.url}/neu"})
        assert look(local(f"{site.url}/")).new == 1


def test_robots_txt_is_guarded_like_every_page(
    look: Look, connections: list[Any], answers: dict[str, list[str]]
) -> None:
    answers["laden.example"] = ["127.0.0.1"]
    look(replace(local("http://laden.example/"), allow_private=False))
    assert connections == []


def test_no_proxy_is_taken_from_the_environment(site: Site, look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    site["/"] = page(review(1))
    assert look(local(f"{site.url}/")).health == "ok"
