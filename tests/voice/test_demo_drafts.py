"""What somebody sees first: no draft of the demo is held back by our own check, but for its marked gaps."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

import pytest

from gelassen.demo.run import PLACES, SETTINGS
from responder.drafting import Proposal, draft, open_gaps
from responder.findings import Finding
from responder.playbook.request import DraftRequest
from responder.profile import Profile
from responder.reading import read
from responder.reading.model import Text
from tests.voice.people import MONDAY

_DATA = tomllib.loads((files("gelassen.demo") / "reviews.toml").read_text("utf-8"))
FIRST: dict[str, dict[str, Any]] = {one["id"]: one for one in (*_DATA["review"], *_DATA["later"]) if "id" in one}
EDITED = [{**FIRST[one["edit_of"]], **one} for one in _DATA["later"] if "edit_of" in one]
POSTS = [*FIRST.values(), *EDITED]


def house(place: str) -> Profile:
    """The business of one place, as the demo sets it up."""
    return replace(Profile(contact=SETTINGS["contact"], today=MONDAY), **PLACES[place], signature_style="name")


@cache
def drafts() -> list[tuple[str, Proposal]]:
    """Every post of the demo with the draft that is proposed for it."""
    found = []
    for post in POSTS:
        text = Text(post["text"], title=post.get("title", ""), rating=post["rating"])
        found.append((post["id"], draft(DraftRequest(read(text), text, house(post["place"]), key=post["id"]))))
    return found


def unmarked(proposal: Proposal) -> list[Finding]:
    """What blocks a draft beside its gaps."""
    gaps = open_gaps(proposal.text)
    return [
        finding
        for finding in proposal.findings
        if finding.severity == "block" and not any(finding.start <= a and b <= finding.end for a, b in gaps)
    ]


def test_the_demo_has_posts_of_both_places() -> None:
    assert len(POSTS) > 40
    assert {post["place"] for post in POSTS} == set(PLACES)


@pytest.mark.parametrize("number", range(len(POSTS)))
def test_no_draft_of_the_demo_is_held_back_but_for_its_gaps(number: int) -> None:
    _, proposal = drafts()[number]
    assert unmarked(proposal) == [], proposal.text


def test_the_accusation_about_the_delivery_is_no_accusation_about_a_repayment() -> None:
    text = dict(drafts())["l-06"].text
    assert "Rückzahlung" not in text
    assert "Vorwurf" in text or "vorwerfen" in text
    assert "Forderung" in text or "fordern" in text


def test_the_bedbugs_and_the_open_form_of_the_demo_are_named() -> None:
    said = dict(drafts())
    assert "Ungeziefer" in said["h-22"].text
    assert "Meldeschein" in said["h-20"].text or "Unterlagen" in said["h-20"].text
