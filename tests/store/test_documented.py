"""docs/data-model.md names every table, state and rule there is."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import pytest
from sqlmodel import SQLModel

import db.models  # noqa: F401  (fills SQLModel.metadata)
from db.states import MOVES, SightingState

PAGE = (Path(__file__).parents[2] / "docs/data-model.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("table", sorted(SQLModel.metadata.tables))
def test_every_table_is_explained(table: str) -> None:
    assert f"`{table}`" in PAGE.split("## States")[0]


@pytest.mark.parametrize("states", [*MOVES, SightingState], ids=lambda states: states.__name__)
def test_every_state_is_shown(states: type[StrEnum]) -> None:
    drawn = PAGE.split("## States")[1].split("## What must always hold")[0].replace(",", " ").replace(";", " ").split()
    assert {state.value for state in states} - set(drawn) == set()
