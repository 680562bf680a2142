"""C2: nobody is told what he did wrong, and the same fact can be said without blame."""

from __future__ import annotations

from unicodedata import normalize

import pytest

from responder.tone import acceptable, check
from tests.tone.people import answer, context, corrected, found, marked


@pytest.mark.parametrize(
    "sentence",
    [
        "Sie haben zu spät überwiesen.",
        "Leider haben Sie die Anleitung nicht gelesen.",
        "Sie hätten uns vorher anrufen müssen.",
        "Da hätte man vorher fragen müssen.",
        "Der Sessel kam nicht, weil Sie eine falsche Adresse angegeben haben.",
        "Das liegt an Ihnen.",
        "Sie waren nicht zu Hause.",
        "Wie Sie übersehen haben, ist samstags zu.",
        "Sie müssen künftig genauer lesen.",
        "Was ist Ihr Problem?",
        "Ihre Behauptung weisen wir zurück.",
        "Sie haben vergessen zu unterschreiben.",
        "Sie haben leider zu spaet ueberwiesen.",
    ],
)
def test_an_accusation_blocks(sentence: str) -> None:
    assert [f.severity for f in found(answer(sentence), "C2")][:1] == ["block"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Sie haben recht.",
        "Sie haben nichts falsch gemacht.",
        "Dass Sie niemanden erreicht haben, ist ärgerlich.",
        "Dass Sie den Sessel nicht bekommen haben, ärgert auch mich.",
        "Sie müssen dafür nichts tun.",
        "Danke, dass Sie sich die Zeit genommen haben.",
        "Die Zahlung ist nach dem vereinbarten Tag eingegangen.",
        "Falls Sie die E-Mail nicht gelesen haben, schicke ich sie noch einmal.",
        "Haben Sie die Rechnung noch nicht erhalten, rufen Sie mich an.",
        "Unsere Spedition kam zu spät.",
        "Es war nicht Ihre Schuld.",
    ],
)
def test_a_neutral_fact_or_a_kind_word_is_no_accusation(sentence: str) -> None:
    assert found(answer(sentence), "C2") == []


@pytest.mark.parametrize(
    ("sentence", "neutral"),
    [
        ("Sie haben zu spät überwiesen.", "Die Zahlung ist nach dem vereinbarten Tag eingegangen."),
        ("Leider haben Sie zu spät storniert.", "Die Absage ist nach dem Ende der kostenlosen Frist eingetroffen."),
        (
            "Die Gebühr fiel an, weil Sie zu spät überwiesen haben.",
            "Die Gebühr fiel an, weil die Zahlung nach dem vereinbarten Tag eingegangen ist.",
        ),
        ("Sie haben das Schild übersehen.", "Der Hinweis war offenbar leicht zu übersehen."),
    ],
)
def test_the_neutral_wording_takes_the_place_of_the_whole_clause(sentence: str, neutral: str) -> None:
    text = answer(sentence)
    better = corrected(text, found(text, "C2")[0])
    assert better == answer(neutral)
    assert found(better, "C2") == []


def test_a_question_why_gets_no_wording_that_would_stay_a_question() -> None:
    finding = found(answer("Warum haben Sie das dem Fahrer nicht gesagt?"), "C2")[0]
    assert finding.instead == ""


def test_an_insult_is_found_by_its_word_alone() -> None:
    text = answer("Ihre Kritik ist lächerlich.")
    assert [marked(text, finding) for finding in found(text, "C2")] == ["lächerlich"]


def test_the_informal_accusation_is_found_too() -> None:
    text = "Hallo, drei Wochen Warten auf den Sessel, das tut mir leid. Du hast die Abmeldung vergessen. Jana Brandt"
    assert not acceptable(check(text, context(address="du")))


def test_what_the_customer_said_himself_may_be_quoted() -> None:
    assert found(answer("Ihre Worte „Sie haben zu spät geliefert, das ist lächerlich“ sitzen."), "C2") == []


def test_umlauts_with_separate_marks_are_read_and_spans_point_into_the_text_as_given() -> None:
    text = normalize("NFD", answer("Sie haben zu spät überwiesen."))
    finding = found(text, "C2")[0]
    assert marked(text, finding) == normalize("NFD", "Sie haben zu spät überwiesen")
    assert normalize("NFC", corrected(text, finding)) == answer(
        "Die Zahlung ist nach dem vereinbarten Tag eingegangen."
    )


def test_accusations_in_english() -> None:
    english = "Hello, three weeks of waiting for the chair, I am sorry. You should have called us. Jana Brandt"
    assert [f.severity for f in found(english, "C2", locale="en")] == ["block"]
