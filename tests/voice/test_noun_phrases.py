"""Noun phrases: which noun, and in which cases its article lets it stand."""

from __future__ import annotations

import pytest

from responder.playbook import load_playbook
from responder.playbook.noun_phrases import NounPhrase, noun_phrases

NOUNS = load_playbook().voice("de-DE").nouns


def phrases(text: str) -> list[NounPhrase]:
    return noun_phrases(text, NOUNS)


def only(text: str) -> NounPhrase:
    found = phrases(text)
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("text", "cases", "preposition"),
    [
        ("der Aufzug", "n", ""),
        ("den Aufzug", "a", ""),
        ("der Umkleide", "gd", ""),
        ("die alte Umkleide", "na", ""),
        ("unser neues Sofa", "na", ""),
        ("mit dem Sofa", "d", "mit"),
        ("im Wartezimmer", "d", "im"),
        ("auf das Essen", "na", "auf"),
        ("kalte Pommes", "na", ""),
        ("ein viel zu lauter Saal", "n", ""),
    ],
)
def test_article_and_adjective_say_which_cases_are_left(text: str, cases: str, preposition: str) -> None:
    phrase = only(text)
    assert (phrase.cases, phrase.preposition) == (cases, preposition)


def test_an_article_against_the_gender_makes_the_noun_unknown() -> None:
    assert only("das Aufzug").noun is None


def test_the_article_decides_between_one_and_several() -> None:
    nouns = [only(text).noun for text in ("das Zimmer", "die Zimmer")]
    assert [noun.gender for noun in nouns if noun] == ["n", "p"]


@pytest.mark.parametrize("text", ["der aufzug ist seit wochen hin", "DER AUFZUG IST SEIT WOCHEN HIN"])
def test_writers_without_capitals_are_read_too(text: str) -> None:
    assert next(phrase.noun.word for phrase in phrases(text) if phrase.noun) == "Aufzug"


def test_a_genitive_is_no_subject() -> None:
    door, cabin = phrases("die Tür der Umkleide")
    assert door.subject
    assert not cabin.subject


def test_the_places_are_those_of_the_text() -> None:
    text = "Leider war der alte Aufzug kaputt."
    phrase = only(text)
    assert text[phrase.start : phrase.end] == "der alte Aufzug"
