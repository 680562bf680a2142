"""The check against replies that people would call good or bad, each with the rules they would name."""

from __future__ import annotations

from collections import Counter

import pytest

from responder.tone import acceptable
from tests.tone.cases import Case, read_cases

VOICE = read_cases("voice")
ALL = [case for name in ("voice", "good", "bad", "varied", "paraphrased") for case in read_cases(name)]
GOOD = [case for case in ALL if not case.rules]
BLOCKING = {"A2", "C2", "C7", "C9", "F1", "F2", "F3"}


def hits() -> dict[str, Counter[str]]:
    """Right, wrong and missed findings by rule."""
    count: dict[str, Counter[str]] = {"right": Counter(), "wrong": Counter(), "missed": Counter()}
    for case in ALL:
        rules = {finding.rule for finding in case.findings()}
        count["right"].update(rules & case.rules)
        count["wrong"].update(rules - case.rules)
        count["missed"].update(case.rules - rules)
    return count


@pytest.mark.parametrize("case", VOICE, ids=lambda case: case.id)
def test_an_example_of_the_voice_has_no_finding(case: Case) -> None:
    assert case.findings() == []


def test_there_are_enough_replies_of_both_kinds_to_measure_by() -> None:
    assert len(ALL) >= 200
    assert len(GOOD) >= 80


def test_every_rule_is_found_and_rightly_so() -> None:
    count = hits()
    rules = set(count["right"]) | set(count["missed"])
    assert rules >= {f"C{number}" for number in range(1, 11)} | {"A2", "A6", "B6", "F1", "F2", "F3"}
    for rule in rules:
        right, wrong, missed = (count[kind][rule] for kind in ("right", "wrong", "missed"))
        assert right / (right + wrong) >= 0.9, f"{rule}: {wrong} false of {right + wrong}"
        assert right / (right + missed) >= 0.9, f"{rule}: {missed} missed of {right + missed}"


def test_fewer_than_one_good_reply_in_twenty_five_is_found_fault_with() -> None:
    assert sum(bool(case.findings()) for case in GOOD) / len(GOOD) < 0.04


def test_no_good_reply_is_blocked() -> None:
    assert [case.id for case in GOOD if not acceptable(case.findings())] == []


def test_what_harms_somebody_blocks() -> None:
    harmful = [case for case in ALL if case.rules & BLOCKING]
    assert [case.id for case in harmful if acceptable(case.findings())] == []
