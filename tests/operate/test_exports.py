"""Exports in the shapes that portals, shops and programs write, with what a careful reader finds in them."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gelassen.errors import WrongUse
from gelassen.exchange.lines import Line, Wrong
from gelassen.exchange.reading import read_file

FOLDER = Path(__file__).parent / "exports"
CASES = sorted(case for case in FOLDER.iterdir() if (case / "expected.json").exists())
REFUSED = sorted((FOLDER / "refused").iterdir())


def read(file: Path) -> list[Line | Wrong]:
    return list(read_file(file, "laden", ZoneInfo("Europe/Berlin")))


def said(found: Line | Wrong, expected: dict[str, Any]) -> dict[str, Any]:
    """What was found of that which is expected; a time as exactly as it is expected."""
    if isinstance(found, Wrong):
        return {"wrong": found.number}
    told = {**found.values, "external_id": found.external_id, "replies": [reply["text"] for reply in found.replies]}
    at = told["created_at"]
    if isinstance(at, datetime):
        local = at if "+" in str(expected.get("created_at")) else at.astimezone(ZoneInfo("Europe/Berlin"))
        told["created_at"] = local.isoformat()[: len(str(expected.get("created_at")))]
    return {key: told.get(key) for key in expected}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_export_is_read_as_a_careful_reader_would(case: Path) -> None:
    expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    (file,) = (file for file in case.iterdir() if file.name != "expected.json")
    found = read(file)
    assert len(found) == len(expected), found
    assert [said(one, other) for one, other in zip(found, expected, strict=True)] == expected


@pytest.mark.parametrize("file", REFUSED, ids=lambda file: file.name)
def test_what_is_no_list_of_reviews_is_refused_with_a_sentence(file: Path) -> None:
    with pytest.raises(WrongUse, match=r"[.?:] ?|No "):
        read(file)
