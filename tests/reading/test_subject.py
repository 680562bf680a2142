"""Topics and station told by matters, risks, wants and words together."""

from __future__ import annotations

import tomllib

from responder.reading.rules import DATA
from responder.reading.subject import MOST_TOPICS
from responder.words import RISKS, STATIONS, TOPICS, WANTS
from tests.reading.say import say


def test_an_insult_is_about_the_staff() -> None:
    assert "staff" in say("Ihr seid doch alle bescheuert.").topics


def test_a_thing_is_the_topic_only_where_nothing_else_is() -> None:
    assert say("Das Sofa quietscht.").topics == ("product",)
    assert "product" not in say("Der Fahrer hat das Sofa nicht geliefert.").topics


def test_no_more_topics_than_a_reader_would_name() -> None:
    text = "Essen kalt, Zimmer dreckig, Personal unfreundlich, WLAN langsam, Rechnung falsch, Parkplatz weg, zu laut."
    assert len(say(text).topics) == MOST_TOPICS


def test_a_threat_with_a_lawyer_stands_at_the_complaint() -> None:
    assert say("Das Essen war kalt. Mein Anwalt schreibt Ihnen.").station == "complaint"


def test_the_topic_says_the_station_where_no_word_does() -> None:
    assert say("Überall Flecken und Staub.").station == "shop"


def test_advertising_stands_nowhere() -> None:
    assert say("Verdiene 5.000 € pro Woche von zu Hause!").station is None


def test_every_topic_but_the_last_has_a_station_and_every_name_exists() -> None:
    tables = tomllib.loads((DATA / "subject.toml").read_text(encoding="utf-8"))
    named = {name: {key for keys in table.values() for key in keys.split()} for name, table in tables.items()}
    assert named["stations_of_topics"] == set(TOPICS) - {"other"}
    assert set(tables["stations_of_topics"]) | set(tables["stations_of_risks"]) <= set(STATIONS)
    assert named["topics_of_risks"] | named["stations_of_risks"] <= set(RISKS)
    assert named["topics_of_wants"] <= set(WANTS)


def test_a_post_that_tells_nothing_else_stands_at_what_was_bought() -> None:
    assert say("Naja.").station == "product"


def test_a_word_that_only_begins_alike_is_no_topic() -> None:
    assert "event" not in say("Das Messer war stumpf.").topics
    assert "food" not in say("Der Zähler wurde falsch abgelesen.").topics
    assert "contract" not in say("Bezahlt habe ich mit Kreditkarte.").topics
