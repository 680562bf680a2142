"""C1 and C4: how an answer opens, and a regret that stays whole."""

from __future__ import annotations

import pytest

from responder.reading.model import Reading, Text
from responder.tone import acceptable, check
from tests.tone.people import GOOD, answer, context, corrected, found, marked

UNREGRETFUL = "Guten Tag, danke, dass Sie vom Sessel schreiben. Ich sage Ihnen bis Dienstag den Liefertag. Jana Brandt"
PRAISE = Text("Der Sessel ist wunderbar bequem, und geliefert wurde er auf die Minute.", rating=5)


def test_a_generic_thank_you_is_no_opening() -> None:
    text = "Guten Tag, vielen Dank für Ihr Feedback. " + GOOD.removeprefix("Guten Tag, ").capitalize()
    finding = found(text, "C1")[0]
    assert marked(text, finding) == "vielen Dank für Ihr Feedback."
    assert corrected(text, finding).startswith("Guten Tag, danke, dass Sie uns das so offen schreiben. Drei")


def test_thanks_that_name_the_matter_are_an_opening() -> None:
    assert found("Guten Tag, vielen Dank für Ihre Nachricht zum Sessel. " + GOOD[11:], "C1") == []


def test_an_opening_that_neither_thanks_nor_names_the_matter_is_found() -> None:
    text = "Guten Tag, hier schreibt die Leitung. Mir liegt alles vor. " + GOOD[11:]
    assert [f.why for f in found(text, "C1")] == [
        "Der erste Satz geht weder auf die Sache ein noch auf den Menschen. Beginnen Sie mit dem, was er erlebt hat."
    ]


def test_stars_without_words_may_be_thanked_for_as_stars() -> None:
    assert check("Vielen Dank für Ihre Bewertung. Jana Brandt", context(Text("", rating=5))) == []


def test_a_complaint_answered_without_regret_gets_one_offered() -> None:
    finding = found(UNREGRETFUL, "C4")[0]
    better = corrected(UNREGRETFUL, finding)
    assert "Das tut mir leid." in better
    assert found(better, "C4") == []


def test_regret_is_offered_in_the_plural_where_the_answer_says_we() -> None:
    text = UNREGRETFUL.replace("Ich sage", "Wir sagen")
    assert found(text, "C4")[0].instead.endswith("Das tut uns leid.")


def test_praise_needs_no_regret() -> None:
    assert found("Danke, dass der Sessel passt, freut uns. Jana Brandt", "C4", PRAISE) == []


def test_a_holding_reply_needs_no_regret() -> None:
    assert found(UNREGRETFUL, "C4", kind="holding") == []


def test_understanding_is_enough_where_the_matter_is_a_misunderstanding() -> None:
    text = UNREGRETFUL.replace("schreiben.", "schreiben, ich verstehe Ihren Ärger gut.")
    assert found(text, "C4", assessment="misunderstanding") == []
    assert found(text, "C4", assessment="right") != []


def test_regret_already_said_need_not_be_said_again() -> None:
    assert found(UNREGRETFUL, "C4", history=(GOOD,)) == []


def test_a_legal_threat_is_answered_neutrally_without_regret() -> None:
    risk = Reading(risks=("legal",), sentiment="negative")
    assert found(UNREGRETFUL, "C4", reading=risk) == []


@pytest.mark.parametrize("word", ["aber", "allerdings", "jedoch"])
def test_a_but_after_the_regret_takes_it_back(word: str) -> None:
    text = answer(f"Das bedauern wir, {word} wir tun, was geht.")
    assert marked(text, found(text, "C4")[0]) == f", {word} wir"


def test_the_but_is_replaced_by_a_new_sentence() -> None:
    text = GOOD.replace("leid. Danke", "leid, aber wir liefern gern. Danke")
    assert "das tut mir leid. Wir liefern gern. Danke" in corrected(text, found(text, "C4")[0])


def test_a_conditional_apology_is_none() -> None:
    text = answer("Wir entschuldigen uns, falls Sie sich gestört fühlten.")
    assert marked(text, found(text, "C4")[0]) == "falls Sie sich gestört fühlten"


@pytest.mark.parametrize("sentence", ["Wir haften dafür.", "Das war unser Verschulden.", "Das war grob fahrlässig."])
def test_an_admission_of_liability_blocks(sentence: str) -> None:
    assert not acceptable(check(answer(sentence), context()))


def test_a_plain_mistake_may_be_named() -> None:
    assert found(answer("Das war ein Fehler im Lager."), "C4") == []


def test_the_opening_of_english_answers_is_checked() -> None:
    text = "Hello, thank you for your feedback. I am sorry and will call you today about the chair. Jana Brandt"
    assert found(text, "C1", Text("The chair is late.", rating=1), locale="en")[0].instead == (
        "thank you for telling us so openly."
    )


def test_one_apology_after_the_other_sounds_false() -> None:
    text = answer("Wir entschuldigen uns vielmals und bitten um Verzeihung.")
    assert [marked(text, finding) for finding in found(text, "C8")] == ["verzeihung".capitalize()]


def test_an_apology_and_a_regret_are_not_too_much() -> None:
    assert found(answer("Dafür entschuldigen wir uns."), "C8") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Sollte der Ton zu leise gewesen sein, tut uns das leid.",
        "Falls es zu einem Missverständnis kam, bedauern wir das.",
        "Es tut uns leid, dass Sie so empfinden.",
        "Es tut uns leid, dass Sie mit der Entscheidung nicht einverstanden sind.",
    ],
)
def test_a_regret_under_a_condition_or_of_an_opinion_is_none(sentence: str) -> None:
    assert found(answer(sentence), "C4")


def test_a_general_word_about_being_heard_is_enough_where_silence_is_a_duty() -> None:
    text = (
        "Guten Tag, wer sich nicht gehört fühlt, hat ein Recht, das zu sagen. Rufen Sie uns bis Freitag an. Jana Brandt"
    )
    assert found(text, "C4", Text("Zwei Minuten, dann war ich wieder draußen.", rating=1), confidential=True) == []


def test_a_bare_thank_you_is_read_together_with_the_sentence_after_it() -> None:
    text = "Hallo, danke! Dass der Sessel bequem ist, freut uns. Jana Brandt"
    assert found(text, "C1", PRAISE) == []
    assert found("Hallo, danke! Bis bald bei uns im Laden. Jana Brandt", "C1", PRAISE)


def test_regret_may_come_first_in_its_sentence() -> None:
    assert found(answer("Leid tut mir, dass niemand abnahm.").replace("das tut mir leid", "das ist lang"), "C4") == []
