"""`gelassen source add` for what does not say which place: the places of the credential, in words and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.spiders.apple import APP, Connect
from tests.spiders.keys import apple_key
from tests.spiders.site import Answer, Site, running_site

from .helpers import gelassen, gelassen_alone


@pytest.fixture
def team() -> Iterator[Site]:
    """App Store Connect of a team with two apps."""
    with running_site() as site:
        Connect(site).write("Stürzt ab.")
        site.pages["/v1/apps?"] = listed(APP, "2")
        yield site


def listed(*numbers: str) -> Answer:
    attributes = {"name": "Möbel Lindner", "bundleId": "at.lindner.app"}
    return Answer(json.dumps({"data": [{"type": "apps", "id": one, "attributes": attributes} for one in numbers]}))


def add(fresh: Path, site: Site, pasted: str, *more: str, code: int = 0) -> Any:
    options = ("--secret", "apfel", "--setting", f"api={site.url}", "--allow-private", "--data", fresh)
    return gelassen_alone("source", "add", pasted, *options, *more, code=code, GELASSEN_READ_APFEL=apple_key())


def test_several_places_are_shown_with_the_command_for_each_and_none_is_saved(fresh: Path, team: Site) -> None:
    done = add(fresh, team, "app-store-connect:", code=1)
    assert done.stdout == ""
    assert "App in App Store Connect: say which place to watch." in done.stderr
    command = f"gelassen source add app-store-connect:{APP} --secret apfel  # Möbel Lindner (at.lindner.app)"
    assert command in done.stderr
    assert gelassen("source", "list", "--json", "--data", fresh).stdout == "[]\n"


def test_several_places_are_one_json_document_and_each_can_be_added(fresh: Path, team: Site) -> None:
    (first, second) = json.loads(add(fresh, team, "app-store-connect:", "--json", code=1).stdout)["choices"]
    assert second == {"address": "app-store-connect:2", "title": "Möbel Lindner (at.lindner.app)"}
    added = json.loads(add(fresh, team, first["address"], "--json").stdout)
    assert (added["kind"], added["found"]) == ("app_store_connect", 1)


def test_the_only_place_is_saved(fresh: Path, team: Site) -> None:
    team.pages["/v1/apps?"] = listed(APP)
    added = json.loads(add(fresh, team, "app-store-connect:", "--json").stdout)
    assert added["address"] == f"https://appstoreconnect.apple.com/apps/{APP}"
    (source,) = json.loads(gelassen("source", "list", "--json", "--data", fresh).stdout)
    assert source["kind"] == "app_store_connect"


@pytest.mark.parametrize("verb", ["add", "test"])
@pytest.mark.parametrize("pasted", ["google-business:", "https://maps.app.goo.gl/AbC"])
def test_without_a_credential_it_is_told_how_to_get_one(fresh: Path, verb: str, pasted: str) -> None:
    done = gelassen_alone("source", verb, pasted, "--json", "--data", fresh, code=1)
    assert done.stdout == ""
    assert "How to get it: apply to Google for access to the Business Profile APIs" in done.stderr
    assert f"gelassen source add '{pasted}' --secret google_business" in done.stderr
