"""A watched page sends the crawler to an address inside: nobody is asked there, and the operator is told."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path
from typing import Any

import pytest

from tests.e2e import island
from tests.e2e.daemon import House, make_house
from tests.e2e.spy import spy_into
from tests.peers.site import block, page, review, running_site

METADATA = "http://169.254.169.254/latest/meta-data/"


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What `gelassen crawl` did in a network of its own, by the address to which the public page redirected."""
    if lacking := island.missing():
        said = f"not run, because this machine lacks {', '.join(lacking)}"
        if os.environ.get("CI"):
            pytest.fail(said)
        pytest.skip(said)
    found = island.visit(tmp_path_factory.mktemp("island") / "data")
    return {one["address"]: one for one in found}


def test_a_knock_at_a_door_is_noticed() -> None:
    with island.door("127.0.0.1", 0) as listening:
        assert not island.knocked(listening)
        with socket.create_connection(listening.getsockname()):
            assert island.knocked(listening)


@pytest.mark.heavy
@pytest.mark.parametrize("address", island.INNER)
def test_a_public_page_that_redirects_inside_leads_to_no_connection_there(
    findings: dict[str, dict[str, Any]], address: str
) -> None:
    found = findings[address]
    assert found["asked"] == ["/gasthof"]
    assert found["knocked"] is False


@pytest.mark.heavy
@pytest.mark.parametrize("address", island.INNER)
def test_a_public_page_that_redirects_inside_degrades_the_source_and_says_why(
    findings: dict[str, dict[str, Any]], address: str
) -> None:
    found = findings[address]
    page_, inner = f"http://{island.PUBLIC}/gasthof", f"http://{address}/inner"
    (error,) = found["errors"]
    assert error.startswith(f"{page_} leads to {inner}, which was refused. The address {address} is not public")
    assert (found["code"], found["health"]) == (1, "degraded")
    assert [source["health"] for source in found["status"]["sources"]] == ["degraded"]
    assert (found["status"]["collected"], found["status"]["balanced"]) == (0, True)


@pytest.fixture
def connections(tmp_path: Path) -> Path:
    """A file in which every process with this folder on its path notes the addresses it connects to."""
    return spy_into(tmp_path / "spy")


def watched(folder: Path, connections: Path, address: str) -> House:
    """A house that watches `address`, in its own network, with permission; its processes are spied upon."""
    house = make_house(folder, crawl_delay="0")
    house.environment["PYTHONPATH"] = str(connections.parent)
    house.command("source", "add", address, "--name", "gasthof", "--allow-private")
    return house


def test_permission_for_the_own_network_leads_to_no_connection_with_cloud_metadata(
    tmp_path: Path, connections: Path
) -> None:
    with running_site() as site:
        site.pages["/gasthof"] = page(block(review(1, "Der Aufzug war kaputt.")))
        house = watched(tmp_path / "data", connections, f"{site.url}/gasthof")
        site.redirects["/gasthof"] = METADATA
        done = house.attempt("crawl", "gasthof", "--json")
        port = int(site.url.rpartition(":")[2])
    report = json.loads(done.stdout)
    assert set(connections.read_text().splitlines()) == {str(("127.0.0.1", port))}
    assert f"leads to {METADATA}, which was refused" in report["errors"][0]
    assert (done.returncode, report["health"], report["new"]) == (1, "degraded", 0)
    status = house.status()
    assert ([one["health"] for one in status["sources"]], status["collected"]) == (["degraded"], 0)


def test_permission_reaches_a_second_site_in_the_own_network(tmp_path: Path, connections: Path) -> None:
    """The other side of the test above: what may be followed is followed, and seen by the spy."""
    with running_site() as site, running_site() as other:
        for one in (site, other):
            one.pages["/gasthof"] = page(block(review(1, "Der Aufzug war kaputt.")))
        house = watched(tmp_path / "data", connections, f"{site.url}/gasthof")
        site.redirects["/gasthof"] = f"{other.url}/gasthof"
        assert house.lines("crawl", "gasthof")[0]["new"] == 1
        port = int(other.url.rpartition(":")[2])
    assert str(("127.0.0.1", port)) in connections.read_text().splitlines()
