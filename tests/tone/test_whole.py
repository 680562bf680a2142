"""The check on whole replies of our own that no model learned from and no rule was written after."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache

import pytest

from gelassen.texts import checker
from responder.tone.corpora import HELD_BACK, Whole, batches, replies, sentences, split, taught

LEAST_F1 = {
    "A6": 0.80, "B6": 0.85, "C1": 0.86, "C2": 0.44, "C3": 0.70, "C4": 0.90, "C5": 0.48, "C6": 0.80,
    "C7": 0.80, "C8": 0.60, "C9": 0.80, "C10": 0.95, "F1": 0.95,
}  # fmt: skip
"""What is reached on the held-back quarter, less a margin; rules with fewer than four breaches there are left out."""


@dataclass(frozen=True)
class Judged:
    """A reply with what was found in it."""

    reply: Whole
    found: frozenset[str]
    ok: bool


@cache
def held_back() -> tuple[Judged, ...]:
    check = checker({"locale": "de-DE"})
    _, held = split(replies())
    return tuple(_judged(reply, check(reply.row)) for reply in held)


def _judged(reply: Whole, given: dict[str, object]) -> Judged:
    findings = given["findings"]
    assert isinstance(findings, list)
    return Judged(reply, frozenset(finding["rule"] for finding in findings), bool(given["ok"]))


def f1(rule: str) -> float:
    count = Counter((rule in one.reply.rules, rule in one.found) for one in held_back())
    return 2 * count[True, True] / (2 * count[True, True] + count[True, False] + count[False, True])


def test_whether_a_reply_may_go_out_is_told_right() -> None:
    assert sum(one.reply.ok == one.ok for one in held_back()) / len(held_back()) >= 0.90


def test_good_replies_are_rarely_held_back() -> None:
    good = [one for one in held_back() if one.reply.ok]
    assert sum(not one.ok for one in good) / len(good) <= 0.20


@pytest.mark.parametrize("rule", LEAST_F1)
def test_a_rule_is_told_in_whole_replies(rule: str) -> None:
    assert f1(rule) >= LEAST_F1[rule]


def test_there_are_enough_replies_good_and_bad() -> None:
    rows = replies()
    assert len({row.text for row in rows}) == len(rows) >= 400
    assert 0.4 < sum(row.ok for row in rows) / len(rows) < 0.6


def test_every_fourth_reply_is_held_back() -> None:
    rows = replies()
    learned, held = split(rows)
    assert held[0] is rows[HELD_BACK - 1]
    assert len(learned) + len(held) == len(rows)
    assert not {row.text for row in held} & {row.text for row in learned}


def test_the_batches_hold_good_and_bad_replies_of_their_own() -> None:
    rows = batches()
    _, held = split(replies())
    assert len({row.text for row in rows}) == len(rows) >= 390
    assert 0.3 < sum(row.ok for row in rows) / len(rows) < 0.6
    assert not {row.text for row in rows} & {row.text for row in held}


def test_no_held_back_sentence_is_learned_by_itself() -> None:
    _, held = split(replies())
    marked = {reply.text[start:end] for reply in held for start, end, _ in reply.places}
    assert not marked & {row.text for row in sentences()}


def test_a_marked_place_teaches_its_rules() -> None:
    reply = next(row for row in replies() if row.places and row.places[0][2] == {"C2"})
    start, end, rules = reply.places[0]
    lesson = next(row for row in taught(reply) if reply.text[start:end].strip(" .") in row.text)
    assert rules <= lesson.rules


def test_a_first_sentence_that_only_opens_badly_teaches_nothing() -> None:
    text = "Guten Tag, vielen Dank für Ihre Bewertung. Der Techniker kommt am Freitag um neun Uhr. Jana Brandt"
    row = {"text": text, "profile": {"catalogue": []}}
    assert [row.text for row in taught(Whole(row, frozenset({"C1"}), (), False))] == [
        "Der Techniker kommt am Freitag um neun Uhr."
    ]


def test_an_allowed_promise_teaches_nothing() -> None:
    text = "Guten Tag, das Warten tut mir leid. Ein Dessert geht beim nächsten Mal aufs Haus. Jana Brandt"
    allowed = {"text": text, "profile": {"catalogue": ["Dessert aufs Haus"]}}
    assert [row.text for row in taught(Whole(allowed, frozenset(), (), True))] == ["das Warten tut mir leid."]
