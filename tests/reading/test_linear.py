"""The linear model: what it learns from a handful of texts, how its file is read, and that it is made anew alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.reading.linear import ModelUnreadable, from_bytes, shipped
from responder.reading.marks import marks
from responder.reading.ngrams import buckets
from responder.reading.sentiment import Signals
from responder.reading.training import Example, train

TABLE = 1 << 10
GOOD, BAD = frozenset({"positive"}), frozenset({"negative"})
LESSONS = [
    *(Example(f"Das Frühstück war köstlich und reichhaltig, Tag {day}", GOOD) for day in range(12)),
    *(Example(f"Das Zimmer war schmutzig und laut, Nacht {night}", BAD) for night in range(12)),
    *(Example(f"Der Bus Nummer {line} fährt zum Bahnhof", frozenset()) for line in range(12)),
]
MODEL = train(LESSONS, [("negative", "positive")], TABLE)


def told(text: str, **signals: float) -> str:
    scores = {"none": 0.0} | MODEL.scores(text, signals)
    return max(scores, key=lambda label: scores[label])


@pytest.mark.parametrize(
    ("text", "label"),
    [("köstliches Frühstück", "positive"), ("schmutziges, lautes Zimmer", "negative"), ("Bus zum Bahnhof", "none")],
)
def test_what_was_learned_is_told_in_other_words(text: str, label: str) -> None:
    assert told(text) == label


def test_the_same_lessons_make_the_same_file() -> None:
    assert train(LESSONS, [("negative", "positive")], TABLE).as_bytes() == MODEL.as_bytes()


def test_a_file_gives_the_same_scores_as_the_model_it_was_written_from() -> None:
    again = from_bytes(MODEL.as_bytes())
    assert again.scores("köstlich, aber laut", {}) == MODEL.scores("köstlich, aber laut", {})


def test_labels_of_different_groups_may_stand_together() -> None:
    both = [*LESSONS, *(Example(f"schmutzig und köstlich {n}", frozenset({"positive", "negative"})) for n in range(12))]
    scores = train(both, [("negative",), ("positive",)], TABLE).scores("schmutzig und köstlich", {})
    assert min(scores.values()) > 0


def test_a_signal_is_learned_where_words_say_nothing() -> None:
    lessons = [
        *(Example("Na ja", GOOD, {"smiles": 1.0}) for _ in range(20)),
        *(Example("Na ja", frozenset(), {"asks": 1.0}) for _ in range(20)),
    ]
    model = train(lessons, [("positive",)], TABLE)
    assert model.scores("Na ja", {"smiles": 1.0})["positive"] > 0 > model.scores("Na ja", {"asks": 1.0})["positive"]


def test_a_signal_that_was_never_learned_counts_nothing() -> None:
    assert MODEL.scores("Frühstück", {"unheard": 9.0}) == MODEL.scores("Frühstück", {})


@pytest.mark.parametrize("content", [b"", b"{}", b"nichts", b'{"labels":["a"],"table":4,"scales":[1],"signals":[]}\n'])
def test_another_file_is_refused(content: bytes) -> None:
    with pytest.raises(ModelUnreadable, match="not a model"):
        from_bytes(content)


def test_a_file_that_is_cut_short_is_refused() -> None:
    with pytest.raises(ModelUnreadable, match="cut short"):
        from_bytes(MODEL.as_bytes()[:-1])


@given(st.text(max_size=300))
def test_any_text_has_entries_within_the_table(text: str) -> None:
    for channel in buckets(text, TABLE):
        assert channel == sorted(set(channel))
        assert all(0 <= entry < TABLE for entry in channel)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Schöne Grüße", "SCHOENE GRUESSE"),
        ("siehe https://a.example/1 dort", "siehe www.b.example dort"),
        ("@anna danke", "@bahn danke"),
        ("um 12:30 Uhr", "um 18:45 Uhr"),
    ],
)
def test_spelling_links_names_and_numbers_make_no_difference(one: str, other: str) -> None:
    assert buckets(one, TABLE) == buckets(other, TABLE)


def test_a_text_of_any_length_is_weighed_by_its_beginning() -> None:
    assert buckets("gut " * 1000 + "schlecht", TABLE) == buckets("gut " * 1000, TABLE)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("Toll :-)", "smiles"),
        ("gerne wieder 😍", "smiles"),
        ("Na super :(", "frowns"),
        ("Was?!", "exclaims_much"),
        ("NIE wieder, FRECHHEIT", "shouts"),
        ("mal sehen …", "trails_off"),
        ("3 von 5", "gives_stars"),
        ("@a und @b", "several_people"),
        ("Die S-Bahn stand", "travels"),
        ("Aufzug am Hbf kaputt", "travels"),
    ],
)
def test_signs_that_are_no_words_are_seen(text: str, mark: str) -> None:
    assert mark in marks(text)


@pytest.mark.parametrize("text", ["Uhrzeit: 12:30", "siehe http://a.example/x", "Preis/Leistung", "(nur am Montag)"])
def test_punctuation_is_no_face(text: str) -> None:
    assert not {"smiles", "frowns"} & marks(text)


@pytest.mark.parametrize("text", ["Bezug und Kostüm", "Autobahnpolizei", "Busen", "Iced Latte"])
def test_other_words_are_no_talk_of_trains(text: str) -> None:
    assert "travels" not in marks(text)


def test_about_travel_a_signal_is_weighed_apart() -> None:
    named = Signals(praise=1.0, kind="social", marks=frozenset({"travels"})).named()
    assert {"praise", "social_praise", "travels_praise"} <= set(named)
    assert "travels_praise" not in Signals(praise=1.0, kind="social").named()


def test_the_shipped_model_is_small_and_knows_the_moods() -> None:
    mood = shipped("mood")
    assert (mood.labels, len(mood.as_bytes()) < 1_000_000) == (("negative", "positive"), True)
