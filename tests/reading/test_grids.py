"""Concepts that meet in one sentence, whatever their order and form."""

from __future__ import annotations

import pytest

from responder.reading import grids
from responder.reading.document import prepare
from responder.reading.grids import Concepts, Grids, Row
from responder.reading.model import Text

CONCEPTS = Concepts({"body": "knie= *arm=", "hurt": "~schlagen= verletz zu_fall", "joke": "scherz="})


def found(text: str, row: Row, *, wide: bool = False) -> list[str]:
    some = Grids([] if wide else [row], [row] if wide else [], CONCEPTS)
    return [hit.label for hit in some.find(some.look(prepare(Text(text)).words))]


def row(forbidden: str = "", reach: int = 16) -> Row:
    return Row("safety", ("body", "hurt"), frozenset(forbidden.split()), reach)


@pytest.mark.parametrize(
    "text",
    [
        "Sie hat sich das Knie aufgeschlagen.",
        "Aufgeschlagen hat sie sich das Knie.",
        "Am Unterarm bin ich verletzt.",
        "Mit dem Knie kam ich zu Fall.",
    ],
)
def test_concepts_meet_in_any_order_and_form(text: str) -> None:
    assert found(text, row()) == ["safety"]


@pytest.mark.parametrize("text", ["Mein Knie. Sie hat es aufgeschlagen.", "Das Knie ist heil.", "Kniefall, verletzt."])
def test_one_concept_or_two_sentences_are_no_meeting(text: str) -> None:
    assert found(text, row()) == []


def test_a_wide_row_spans_two_sentences() -> None:
    assert found("Mein Knie. Es ist aufgeschlagen.", row(reach=32), wide=True) == ["safety"]


def test_what_is_forbidden_takes_the_meeting_back() -> None:
    assert found("Zum Scherz das Knie aufgeschlagen.", row("joke")) == []


def test_concepts_that_stand_far_apart_do_not_meet() -> None:
    assert found("Knie und noch vier andere Worte aufgeschlagen.", row(reach=3)) == []


def test_one_word_never_stands_for_two_concepts() -> None:
    both = Grids([Row("safety", ("a", "b"), frozenset(), 9)], [], Concepts({"a": "knie=", "b": "knie="}))
    assert both.find(both.look(prepare(Text("Das Knie.")).words)) == []


def test_a_date_does_not_end_the_sentence() -> None:
    assert found("Das Knie war am 3. Mai aufgeschlagen.", row()) == ["safety"]


def test_a_word_tells_what_its_beginning_its_inside_its_end_and_its_stem_tell() -> None:
    concepts = Concepts({"begin": "ober", "inside": "*arm", "end": "*bruch=", "stem": "~brech", "whole": "oberarm="})
    assert concepts.of("oberarmbruch") == {"begin", "inside", "end"}
    assert concepts.of("zusammenbrechen") == {"stem"}
    assert concepts.of("umbrucharbeit") == set()


def test_a_phrase_ends_with_its_last_word_and_may_name_it_whole() -> None:
    concepts = Concepts({"fall": "zu_fall", "end": "am_ende= am_ende_der"})
    assert set(concepts.behind(["zu", "falle"], 0)) == {"fall"}
    assert set(concepts.behind(["am", "ende", "der"], 0)) == {"end"}
    assert set(concepts.behind(["am", "endes"], 0)) == set(concepts.behind(["am"], 0)) == set()


def test_the_file_of_risks_names_only_known_concepts() -> None:
    assert grids.load("risk_grids")


def test_an_unknown_concept_is_named() -> None:
    with pytest.raises(ValueError, match="unknown concepts: knee"):
        grids._row("safety", "body knee", 16, {"body"})
