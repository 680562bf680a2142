"""How stars, words, irony and the kind of place make a sentiment, and when it is unsure."""

from __future__ import annotations

import pytest

from responder.reading.model import Text
from responder.reading.sentiment import Signals, judge, stars
from tests.reading.say import say


@pytest.mark.parametrize(
    ("text", "sentiment"),
    [
        ("Sehr schlechter Service.", "negative"),
        ("Das Hotel ist nicht zu empfehlen.", "negative"),
        ("Das gefällt mir nicht.", "negative"),
        ("Funktioniert leider überhaupt nicht.", "negative"),
        ("Die Bedienung war alles andere als freundlich.", "negative"),
        ("Weder freundlich noch kompetent.", "negative"),
        ("Tolles Hotel, aber das Personal war unfreundlich und das Zimmer dreckig.", "negative"),
        ("Kann ich niemandem empfehlen.", "negative"),
        ("Das war nicht schlecht, das war großartig!", "positive"),
        ("Nichts zu meckern, alles perfekt.", "positive"),
        ("Kann ich nur empfehlen!", "positive"),
        ("Besser geht es nicht.", "positive"),
        ("Leiwand, urgut, wir kommen wieder.", "positive"),
        ("Huere guet, merci vilmal!", "positive"),
        ("Wirklich sehr nettes Team.", "positive"),
        ("Geeeeil!!! Suuuper!", "positive"),
        ("👍👍 ❤️", "positive"),
        ("😡🤬", "negative"),
        ("Never again. Rude staff, dirty room.", "negative"),
        ("Excellent service, highly recommended.", "positive"),
    ],
)
def test_words_decide_where_there_are_no_stars(text: str, sentiment: str) -> None:
    assert say(text).sentiment == sentiment


@pytest.mark.parametrize(
    ("rating", "sentiment"), [(1, "negative"), (2, "negative"), (3, "neutral"), (4, "positive"), (5, "positive")]
)
def test_stars_alone_give_a_sentiment(rating: float, sentiment: str) -> None:
    assert say("", rating=rating).sentiment == sentiment


def test_one_and_five_stars_without_text_are_sure() -> None:
    assert not say("", rating=1).unsure
    assert not say("", rating=5).unsure


def test_a_single_star_outweighs_an_ironic_praise() -> None:
    assert say("Na super, ganz toll gemacht!", rating=1).sentiment == "negative"


def test_five_stars_with_a_furious_text_are_unsure() -> None:
    assert say("Betrug, Abzocke, widerlich, nie wieder, eine Katastrophe!", rating=5).unsure


def test_a_scale_of_ten_is_understood() -> None:
    assert say("", rating=2, rating_best=10).sentiment == "negative"
    assert say("", rating=9.5, rating_best=10).sentiment == "positive"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (Text("", rating=1), -1.0),
        (Text("", rating=3), 0.0),
        (Text("", rating=5), 1.0),
        (Text("", rating=0, rating_best=10), -1.0),
        (Text("", rating=50, rating_best=100, rating_worst=0), 0.0),
        (Text("", rating=7), 1.0),
        (Text(""), None),
        (Text("", rating=3, rating_best=1, rating_worst=1), None),
        (Text("", rating=float("nan")), None),
        (Text("", rating=float("inf")), None),
    ],
)
def test_stars_run_from_minus_one_to_one(text: Text, value: float | None) -> None:
    assert stars(text) == value


def test_nothing_said_is_neutral_and_unsure_in_a_review() -> None:
    reading = say("Der Drucker steht im zweiten Stock.")
    assert (reading.sentiment, reading.unsure) == ("neutral", True)


def test_nothing_said_is_surely_neutral_among_posts() -> None:
    reading = say("Der Drucker steht im zweiten Stock.", kind="social")
    assert (reading.sentiment, reading.unsure) == ("neutral", False)


def test_a_plain_question_is_surely_neutral() -> None:
    reading = say("Habt ihr am Montag geöffnet?")
    assert (reading.sentiment, reading.unsure) == ("neutral", False)


def test_plain_french_and_italian_are_read_with_words_of_their_own() -> None:
    for text in (
        "Le personnel était très aimable et la chambre est propre, merci.",
        "Il personale è molto gentile e la camera era pulita, grazie.",
    ):
        reading = say(text, rating=5)
        assert (reading.sentiment, reading.unsure) == ("positive", False)


def test_praise_in_an_ironic_post_does_not_count_as_praise() -> None:
    ironic = judge(Signals(praise=3.0, irony=True))
    plain = judge(Signals(praise=3.0))
    assert plain.sentiment == "positive"
    assert ironic.probability < plain.probability


def test_a_serious_demand_speaks_against_praise() -> None:
    assert judge(Signals(grievances=1)).sentiment == "negative"


def test_advertising_is_neutral_whatever_it_promises() -> None:
    assert judge(Signals(praise=2.0, spam=True)).sentiment == "neutral"


def test_the_probability_is_one_of_three_that_add_up() -> None:
    for signals in (Signals(), Signals(praise=9), Signals(complaint=9), Signals(stars=0.0)):
        assert 1 / 3 <= judge(signals).probability <= 1


def test_a_minor_signal_cannot_turn_plain_words() -> None:
    assert judge(Signals(complaint=4.0, second=1.0)).sentiment == "negative"


def test_a_wish_is_not_praise() -> None:
    assert say("Ein zweiter Fahrstuhl wäre schön.").probability < say("Der zweite Fahrstuhl ist schön.").probability


@pytest.mark.parametrize(
    "text",
    [
        "Na toll, wieder eine Stunde Verspätung.",
        "Herzlichen Glückwunsch, das dritte falsche Paket.",
        "Danke für nichts.",
        "Der „Service“ hier ist ein Fremdwort.",
        "Wie schön, dass man hier nie jemanden erreicht.",
    ],
)
def test_irony_is_shown_as_a_hint(text: str) -> None:
    reading = say(text)
    assert "irony" in {span.label for span in reading.reasons}
    assert reading.sentiment == "negative" or reading.unsure


def test_congratulations_on_something_are_no_irony() -> None:
    reading = say("Herzlichen Glückwunsch zum zehnjährigen Bestehen, ihr seid großartig!")
    assert reading.sentiment == "positive"
