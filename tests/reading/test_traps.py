"""Sentences that look like something they are not, each beside its twin that is what it looks like."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.reading.say import facts, say

CASES = tomllib.loads((Path(__file__).parent / "traps.toml").read_text(encoding="utf-8"))
TRAPS = [(field, case) for field in ("wants", "matters", "risks") for case in CASES[field]]


@pytest.mark.parametrize(("field", "case"), TRAPS)
def test_what_only_looks_like_it_is_not_taken_for_it(field: str, case: dict[str, str]) -> None:
    assert case["label"] not in getattr(say(case["trap"]), field)


@pytest.mark.parametrize(("field", "case"), TRAPS)
def test_its_twin_is_taken_for_what_it_is(field: str, case: dict[str, str]) -> None:
    assert case["label"] in getattr(say(case["twin"]), field)


@pytest.mark.parametrize("case", CASES["facts"])
def test_a_length_or_sum_counts_only_where_it_is_said_to_have_been_so(case: dict[str, str]) -> None:
    assert case["label"] not in {value for _, value in facts(case["trap"])}
    assert case["label"] in {value for _, value in facts(case["twin"])}


def test_there_are_a_hundred_sentences_and_each_has_its_twin() -> None:
    sentences = {case[half] for cases in CASES.values() for case in cases for half in ("trap", "twin")}
    assert len(sentences) >= 100


@pytest.mark.parametrize(
    "text", ["Winkt mir noch zu 👋 sehr witzig. Klausur verpasst.", "Tür zu, Zug weg. Sehr witzig!"]
)
def test_very_funny_by_itself_is_no_praise(text: str) -> None:
    reading = say(text, kind="social")
    assert reading.sentiment == "negative" or (reading.sentiment == "neutral" and reading.unsure)


def test_very_funny_about_somebody_is_praise() -> None:
    assert say("Unser Führer war sehr witzig.").sentiment == "positive"
