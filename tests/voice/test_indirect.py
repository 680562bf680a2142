"""A question of the customer is named in our words, or not at all."""

from __future__ import annotations

import pytest

from responder.playbook.indirect import indirect


@pytest.mark.parametrize(
    ("question", "formal", "informal"),
    [
        ("Gibt es das Kissen irgendwo zu kaufen?", "ob es das Kissen irgendwo zu kaufen gibt", ""),
        ("Und wer zahlt den Rückversand?", "wer den Rückversand zahlt", ""),
        ("Wie lange kann ich verlängern?", "wie lange Sie verlängern können", "wie lange du verlängern kannst"),
        ("Bekomme ich mein Geld zurück?", "ob Sie Ihr Geld zurückbekommen", "ob du dein Geld zurückbekommst"),
        ("Könnt ihr mir das schicken?", "ob wir Ihnen das schicken können", "ob wir dir das schicken können"),
        ("Wann macht ihr am Montag auf?", "wann wir am Montag aufmachen", ""),
        ("Darf mein Hund mit?", "ob Ihr Hund mitdarf", "ob dein Hund mitdarf"),
        ("Kann man bei Ihnen parken?", "ob man bei uns parken kann", ""),
        (
            "Warum muss ich aber jedes Mal warten?",
            "warum Sie jedes Mal warten müssen",
            "warum du jedes Mal warten musst",
        ),
        ("Gibts das auch in Blau?", "ob es das auch in Blau gibt", ""),
        ("Bekommen wir das ersetzt?", "ob Sie das ersetzt bekommen", "ob ihr das ersetzt bekommt"),
        ("Habt ihr am 24. Dezember offen?", "ob wir am 24. Dezember offen haben", ""),
    ],
)
def test_a_question_becomes_a_clause_from_our_side(question: str, formal: str, informal: str) -> None:
    assert indirect(question, formal=True, swiss=False) == formal
    assert indirect(question, formal=False, swiss=False) == (informal or formal)


def test_a_clause_behind_the_question_stays_where_it_speaks_of_nobody() -> None:
    said = indirect("An wen muss ich mich wenden, damit das bezahlt wird?", formal=True, swiss=False)
    assert said == "an wen Sie sich wenden müssen, damit das bezahlt wird"
    assert indirect("Gilt das auch, wenn ich später komme?", formal=True, swiss=False) == ""


def test_the_word_with_which_a_question_begins_is_left_out() -> None:
    assert (
        indirect("@haus kurze Frage: Und gibt es Parkplätze, oder?", formal=True, swiss=False)
        == "ob es Parkplätze gibt"
    )


@pytest.mark.parametrize(
    "question",
    [
        "packstation geht bei euch oder?",
        "Liest da keiner nach?",
        "Und?",
        "Xylt ihr das?",
        "Wie soll denn jemand wie ich?",
    ],
)
def test_what_is_not_certain_is_not_named(question: str) -> None:
    assert indirect(question, formal=True, swiss=False) == ""


def test_a_swiss_answer_has_no_sharp_s() -> None:
    assert indirect("Welche Größe hat das Becken?", formal=True, swiss=True) == "welche Grösse das Becken hat"
