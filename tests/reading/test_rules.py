"""The machinery under the labels: anchors, patterns, denials, lexicon."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.reading import expressions, lexicon
from responder.reading.anchors import Index, grams, needs, needs_of, telling
from responder.reading.normalise import fold
from responder.reading.rules import DATA, Pattern, Rules, load
from responder.reading.tokens import LONGEST_WORD, negated_before, tokens
from tests.reading.test_reviews import ROWS

WISH = Rules(
    [Pattern("voucher", re.compile("gutschein"), (("gutschein",),), deniable=False)],
    [Pattern("voucher", re.compile("gutschein erhalten"), (), deniable=False)],
)
RULES = ("matters", "topics", "stations", "wants", "risks", "urgency", "anger", "irony")


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("kalt", ("kalt",)),
        ("(?:kalt|lauwarm)", ("kalt", "lauwarm")),
        ("essen(?: war)? kalt", ("essen",)),
        ("a?bc", ()),
        ("(?:kalt)?", ()),
        ("kalt|a", ()),
        (r"\w+", ()),
        (r"kalt\w*", ("kalt",)),
        ("(?=kalt)x", ("kalt",)),
        ("(?!kalt)x", ()),
        ("[abc]kalt", ("kalt",)),
        ("(?:kalt){0,3}warm", ("warm",)),
        ("(?:kalt){2,3}", ("kalt",)),
        (r"e\-mail", ("e-mail",)),
        ("(?:(?:ganz )?kalt|warm)", ("kalt", "warm")),
    ],
)
def test_anchors_of_an_expression(expression: str, expected: tuple[str, ...]) -> None:
    assert telling(needs(expression)) == expected


def test_an_unbalanced_expression_is_refused() -> None:
    with pytest.raises(ValueError, match="unbalanced"):
        needs("(?:kalt")


@pytest.mark.parametrize("name", RULES)
def test_anchors_never_hide_a_match(name: str) -> None:
    for row in ROWS:
        folded = fold(row["text"]).text
        for pattern in load(name).patterns:
            if pattern.expression.search(folded):
                for group in pattern.needs:
                    assert any(anchor in folded for anchor in group), (pattern.label, group, folded)


@given(st.lists(st.text("abc", min_size=3, max_size=5), max_size=5), st.text("abc", max_size=20))
def test_an_index_names_exactly_the_expressions_that_can_match(words: list[str], text: str) -> None:
    index = Index([((word,),) for word in words])
    assert index.candidates(text, grams(text)) == [n for n, word in enumerate(words) if word in text]


def test_an_expression_without_anchors_is_always_tried() -> None:
    assert Index([(), (("xyz",),)]).candidates("abc", grams("abc")) == [0]


@pytest.mark.parametrize(("text", "tried"), [("der fisch war kalt", [0]), ("der fisch", []), ("kalt und lau", [])])
def test_an_expression_is_tried_only_where_all_that_it_needs_occurs(text: str, tried: list[int]) -> None:
    index = Index([needs(r"(?:fisch|fleisch)\w* war (?:ganz )?(?:kalt|lau)")])
    assert index.candidates(text, grams(text)) == tried


def test_a_question_mark_within_a_group_is_no_beginning_of_one() -> None:
    assert needs("(?:https?:shop)") == (("http",), (":shop",))


def test_where_case_does_not_matter_nothing_is_needed() -> None:
    assert needs_of(re.compile("(?i)kalt")) == needs("(?i:kalt)") == ()
    assert needs_of(re.compile("kalt")) == (("kalt",),)


def test_what_stands_ahead_is_needed_and_what_must_not_stand_there_is_not() -> None:
    assert needs("(?=.*kalt)(?!.*warm)essen") == (("kalt",), ("essen",))


@pytest.mark.parametrize("name", RULES)
def test_nearly_every_pattern_has_anchors(name: str) -> None:
    patterns = load(name).patterns
    assert sum(not pattern.needs for pattern in patterns) <= max(1, len(patterns) // 50)


@pytest.mark.parametrize("name", ["wants", "risks"])
def test_what_is_harmless_belongs_to_a_label_of_the_same_file(name: str) -> None:
    rules = load(name)
    assert rules.harmless
    assert {spare.label for spare in rules.harmless} <= {pattern.label for pattern in rules.patterns}


@pytest.mark.parametrize(
    ("text", "place"),
    [("gutschein erhalten", None), ("gutschein waere fair", (0, 9)), ("gutschein erhalten, gutschein weg", (20, 29))],
)
def test_a_place_that_something_harmless_overlaps_is_passed_over(text: str, place: tuple[int, int] | None) -> None:
    found = WISH.find(text, grams(text))
    assert [(hit.start, hit.end) for hit in found] == ([place] if place else [])


def test_the_lexicon_is_our_own_and_large() -> None:
    assert len(lexicon.load("de")) >= 700
    assert len(lexicon.load("en")) >= 200


@pytest.mark.parametrize(
    "word", ["schlecht", "schlechte", "schlechtesten", "unfreundlich", "unfreundlichste", "servicekatastrophe"]
)
def test_a_word_of_complaint_is_known_in_every_form(word: str) -> None:
    assert lexicon.load("de").weight(word) < 0


@pytest.mark.parametrize("word", ["freundlich", "freundlichster", "wunderschoene", "leiwand", "lecker", "grossartige"])
def test_a_word_of_praise_is_known_in_every_form(word: str) -> None:
    assert lexicon.load("de").weight(word) > 0


@pytest.mark.parametrize("word", ["tisch", "schlechterdings", "der", "x", "altar", "kaltmamsell"])
def test_other_words_weigh_nothing(word: str) -> None:
    assert lexicon.load("de").weight(word) == 0


def weigh(text: str) -> float:
    folded = fold(text).text
    return sum(item.weight for item in lexicon.load("de").weigh(folded, tokens(folded), grams(folded)))


@pytest.mark.parametrize(
    ("weaker", "stronger"),
    [
        ("gut", "sehr gut"),
        ("freundlich", "extrem freundlich"),
        ("etwas freundlich", "freundlich"),
        ("nicht freundlich", "freundlich"),
        ("schlecht", "nicht schlecht"),
        ("kein freundlicher Mensch", "ein freundlicher Mensch"),
        ("freundlich, aber schlecht", "schlecht, aber freundlich"),
        ("hilft nicht", "hilft"),
        ("wäre schön", "ist schön"),
    ],
)
def test_context_moves_the_weight(weaker: str, stronger: str) -> None:
    assert weigh(weaker) < weigh(stronger)


def test_a_negation_does_not_cross_a_clause() -> None:
    assert weigh("Es war nicht mein Tag, freundlich waren sie") > 0


def test_two_negations_cancel_out() -> None:
    words = tokens("nicht kein guter")
    assert not negated_before(words, 2)


def test_a_smiley_inside_an_address_is_none() -> None:
    assert weigh("https://example.org") == 0


def test_a_letter_salad_is_no_word() -> None:
    assert tokens("x" * (LONGEST_WORD + 1)) == []


@pytest.mark.parametrize("name", ["personal", "facts", "address", "questions"])
def test_expressions_are_complete(name: str) -> None:
    for _, expression in expressions.load(name):
        assert not re.search(r"\{[a-z_]+\}", expression.pattern)


def test_a_part_may_hold_parts() -> None:
    assert expressions.insert("{a}!", {"a": "x{b}", "b": "y"}) == "xy!"


def test_an_unknown_part_is_an_error() -> None:
    with pytest.raises(KeyError):
        expressions.insert("{nowhere}", {})


def test_no_rule_file_holds_a_tab_or_an_unfolded_capital_pattern() -> None:
    for name in RULES:
        for pattern in load(name).patterns:
            assert "\t" not in pattern.expression.pattern
    assert (DATA / "classes.toml").exists()
