"""The mood model bent by a business's own texts: what it learns, what it keeps, and when it is worth having."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from responder.reading import lessons, read
from responder.reading.adapting import REPLAYED, replayed
from responder.reading.lessons import MOST_LOST, Lesson, Outcome, Score, teach
from responder.reading.linear import Linear, ModelUnreadable, shipped
from responder.reading.model import Text
from responder.reading.own_model import content, from_content
from tests.reading.business import GOOD, LESSONS, MISREAD, UNSEEN, quick


@pytest.fixture(scope="module", autouse=True)
def little_replay() -> Iterator[None]:
    """A fifth of the texts that are learned again, made ready once, and a small yardstick: the whole takes minutes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lessons, "replayed", cache(lambda: replayed()[::5]))
        patch.setattr(lessons, "yardstick", quick)
        yield


@pytest.fixture(scope="module")
def steps() -> list[str]:
    return []


@pytest.fixture(scope="module")
def outcome(little_replay: None, steps: list[str]) -> Outcome:
    return teach(LESSONS, steps.append)


def test_a_turn_of_phrase_is_learned_where_it_was_not_taught(outcome: Outcome) -> None:
    assert read(Text(UNSEEN)).sentiment == "neutral"
    assert read(Text(UNSEEN), outcome.model).sentiment == "negative"


def test_what_was_read_rightly_still_is(outcome: Outcome) -> None:
    assert {read(Text(text), outcome.model).sentiment for text in GOOD} == {"positive"}


def test_the_report_counts_before_and_after_by_kind(outcome: Outcome) -> None:
    assert (outcome.corrected, outcome.confirmed) == (len(MISREAD), len(LESSONS) - len(MISREAD))
    assert (outcome.before.corrected, outcome.before.confirmed) == (0, outcome.confirmed)
    assert outcome.after.corrected >= 20
    assert outcome.gained == outcome.after.corrected + outcome.after.confirmed - outcome.confirmed


def test_somebody_who_waits_hears_how_far_it_is(outcome: Outcome, steps: list[str]) -> None:
    assert steps[0] == "Preparing the texts"
    assert "Cross-validating, part 5 of 5" in steps
    assert steps[-1] == "Measuring what is forgotten"


def test_the_same_texts_make_the_same_model(outcome: Outcome) -> None:
    again = teach(LESSONS, lambda _: None)
    assert content(again.model) == content(outcome.model)
    assert (again.before, again.after) == (outcome.before, outcome.after)


def test_the_model_is_not_judged_by_what_it_knows_by_heart() -> None:
    lonely = Lesson(Text("Es gibt drei Sorten Brot."), "negative", True)
    found = teach([lonely, *LESSONS[25:]], lambda _: None)
    assert read(lonely.text, found.model).sentiment == "negative"
    assert found.after.corrected == 0
    assert not found.better


def test_few_of_the_built_in_texts_are_learned_again_and_none_that_is_held_back() -> None:
    held = {row.text for rows in quick().sets for row in rows}
    texts = [one.text for one in replayed()]
    assert REPLAYED <= len(texts) < 1.1 * REPLAYED
    assert held.isdisjoint(texts)


def figures(**after: float) -> Outcome:
    """20 corrected and 80 confirmed posts, 0 and 78 of them read rightly before."""
    before = Score(0, 78, 0.6)
    values = {"corrected": 5, "confirmed": 78, "built_in": 0.6} | after
    return Outcome(20, 80, before, Score(**values), shipped("mood"))  # type: ignore[arg-type]


def test_more_posts_read_rightly_are_worth_having() -> None:
    assert figures().better
    assert figures().gained == 5


def test_mistakes_put_right_do_not_count_for_more_than_those_newly_made() -> None:
    assert not figures(confirmed=73).better
    assert not figures(confirmed=60).better
    assert figures(confirmed=74).better


def test_a_model_that_forgets_what_others_write_is_not_worth_having() -> None:
    assert figures(built_in=0.6 - MOST_LOST).better
    assert not figures(built_in=0.6 - MOST_LOST - 0.0001).better


def test_a_model_comes_back_from_its_file(outcome: Outcome) -> None:
    back = from_content(content(outcome.model))
    assert back == outcome.model
    assert read(Text(UNSEEN), back) == read(Text(UNSEEN), outcome.model)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda _: b"", "not a model"),
        (lambda _: b"\x00\xff" * 50, "not a model"),
        (lambda _: b"[1, 2]\nrest", "not a model"),
        (lambda file: file[:-1], "cut short"),
        (lambda file: file.partition(b"\n")[2], "not a model"),
        (lambda file: file.replace(b'"base": "', b'"base": "0'), "another version"),
        (lambda file: file.replace(b"mood 1", b"mood 9"), "another version"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_a_reason(spoil: object, said: str) -> None:
    file = content(shipped("mood"))
    with pytest.raises(ModelUnreadable, match=said):
        from_content(spoil(file))  # type: ignore[operator]


def test_a_model_bent_from_another_base_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    file = content(shipped("mood"))
    newer: Linear = replace(shipped("mood"), scales=(1.0, 1.0))
    monkeypatch.setattr("responder.reading.own_model.fingerprint", lambda: "of another program")
    assert newer != shipped("mood")
    with pytest.raises(ModelUnreadable, match="another version"):
        from_content(file)
