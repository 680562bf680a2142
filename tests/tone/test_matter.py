"""A6 and B6: the answer is about this post and does not ask for what is known."""

from __future__ import annotations

import pytest

from responder.reading.model import Fact, Reading, Text
from responder.tone.stems import content_stems, related, stem
from tests.tone.people import answer, found, marked

ANYWHERE = "Guten Tag, danke für Ihre offenen Worte, das tut mir leid. Ich kläre das bis Dienstag. Jana Brandt"


def test_a_reply_that_could_stand_under_any_complaint_blocks() -> None:
    assert [f.severity for f in found(ANYWHERE, "A6")] == ["block"]


@pytest.mark.parametrize("word", ["Sessel", "Sesseln", "Telefon", "telefonisch", "Wartezeit", "gewartet"])
def test_one_word_of_the_matter_is_enough_inflected_or_of_its_family(word: str) -> None:
    assert found(ANYWHERE.replace("Worte,", f"Worte zu: {word},"), "A6") == []


def test_thanks_for_the_time_taken_do_not_touch_a_post_about_time() -> None:
    post = Text("Keine Zeit, keine Lust, kein Interesse: die Beratung war lieblos.", rating=1)
    text = "Guten Tag, danke, dass Sie sich die Zeit genommen haben, das tut mir leid. Ich kläre das bis Dienstag. Jana"
    assert len(found(text, "A6", post)) == 1


def test_the_matter_may_be_known_from_the_reading() -> None:
    post = Text("Bin stinksauer, drei Mal dasselbe Theater mit euch!", rating=1)
    read = Reading(topics=("delivery",), sentiment="negative")
    text = ANYWHERE.replace("Worte,", "Worte zur Lieferung,")
    assert found(text, "A6", post, reading=read) == []
    assert len(found(text, "A6", post, reading=Reading(sentiment="negative"))) == 1


def test_praise_that_fits_everywhere_is_a_warning() -> None:
    post = Text("Die Stadtführung war witzig und lehrreich.", rating=5)
    assert [f.severity for f in found("Danke, das freut uns sehr. Jana Brandt", "A6", post)] == ["warn"]


@pytest.mark.parametrize("words", ["", "Schlecht.", "👎"])
def test_nothing_need_be_named_where_the_post_names_nothing(words: str) -> None:
    assert found(ANYWHERE, "A6", Text(words, rating=1)) == []


def test_the_signature_does_not_count_as_matter() -> None:
    post = Text("Lindenstraße zugeparkt, Einfahrt blockiert, niemand räumt.", rating=1)
    assert len(found(ANYWHERE.replace("Jana Brandt", "Ihr Team aus der Lindenstraße"), "A6", post)) == 1


@pytest.mark.parametrize(
    ("left", "right"),
    [("gewartet", "warten"), ("sessel", "sesseln"), ("lieferung", "lieferzeit"), ("zimmer", "hotelzimmer")],
)
def test_related_words_meet(left: str, right: str) -> None:
    assert related(stem(left), stem(right))


@pytest.mark.parametrize(("left", "right"), [("sessel", "lieferung"), ("20", "2026"), ("bad", "bademantel")])
def test_unrelated_words_do_not(left: str, right: str) -> None:
    assert not related(stem(left), stem(right))


def test_numbers_meet_whether_written_as_word_or_figure() -> None:
    assert content_stems("fünfzig Minuten") & content_stems("50 Min.") == {"50"}


@pytest.mark.parametrize(
    ("post", "question"),
    [
        ("Bestellnummer 884512, seit drei Wochen kein Sessel!", "Nennen Sie mir bitte Ihre Bestellnummer."),
        ("Am Samstag kam der Sessel wieder nicht.", "An welchem Tag war das?"),
        ("In der Filiale Mitte sagte man mir, der Sessel komme nie.", "In welcher Filiale war das?"),
        ("Der Sessel hat 900 Euro gekostet, Frechheit.", "Wie hoch war der Preis?"),
    ],
)
def test_a_fact_in_the_post_is_not_asked_for_again(post: str, question: str) -> None:
    text = answer(question)
    assert len(found(text, "B6", Text(post, rating=1))) == 1
    assert found(text, "B6") == []


def test_a_fact_of_the_reading_is_not_asked_for_again() -> None:
    read = Reading(sentiment="negative", facts=(Fact("order", "A-17", 0, 4),))
    assert len(found(answer("Schicken Sie mir bitte die Bestellnummer."), "B6", reading=read)) == 1


def test_a_story_told_is_not_to_be_told_again() -> None:
    text = answer("Bitte schildern Sie uns genauer, was passiert ist.")
    assert len(found(text, "B6")) == 1


def test_the_second_question_is_one_too_many() -> None:
    text = answer("Möchten Sie den Sessel noch? Passt der Dienstag?")
    assert [marked(text, f) for f in found(text, "B6")] == ["Passt der Dienstag?"]


def test_one_question_is_welcome() -> None:
    assert found(answer("Möchten Sie den Sessel noch?"), "B6") == []
