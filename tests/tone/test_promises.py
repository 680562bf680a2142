"""C6 and C7: a step by a real day, and only promises that the business allows."""

from __future__ import annotations

from datetime import date

import pytest

from responder.reading.model import Reading
from responder.tone import acceptable, check
from responder.tone.action import likely_day
from tests.tone.people import GOOD, answer, context, corrected, found, marked

REGRET_ONLY = (
    "Guten Tag, drei Wochen auf den Sessel zu warten, das tut mir leid. Danke für die offenen Worte. Jana Brandt"
)
REFUND = answer("Den Kaufpreis erstatten wir Ihnen bis Freitag.")


def test_an_answer_with_neither_step_nor_day_gets_both_offered() -> None:
    finding = found(REGRET_ONLY, "C6")[0]
    better = corrected(REGRET_ONLY, finding)
    assert "Ich kläre das und antworte Ihnen hier bis Mittwoch, 25. November." in better
    assert found(better, "C6") == []


def test_the_offered_step_says_du_where_the_page_does() -> None:
    assert "antworte dir hier" in found(REGRET_ONLY, "C6", address="du")[0].instead


@pytest.mark.parametrize("word", ["zeitnah", "schnellstmöglich", "so bald wie möglich", "in Kürze", "umgehend"])
def test_a_vague_word_is_no_time_and_becomes_a_day(word: str) -> None:
    text = answer(f"Ich melde mich {word}.")
    finding = found(text, "C6")[0]
    assert marked(text, finding) == word
    assert corrected(text, finding) == answer("Ich melde mich bis Mittwoch, 25. November.")


def test_the_day_in_the_middle_of_a_sentence_is_closed_by_a_comma() -> None:
    text = answer("Der Sessel wird schnellstmöglich geliefert.")
    assert "wird bis Mittwoch, 25. November, geliefert." in corrected(text, found(text, "C6")[0])


def test_a_step_announced_without_a_day_is_found() -> None:
    text = REGRET_ONLY.replace("Danke für", "Wir prüfen das und melden uns. Danke für")
    assert len(found(text, "C6")) == 1


def test_an_open_door_for_the_customer_is_a_step() -> None:
    text = REGRET_ONLY.replace("Danke für", "Schreiben Sie mir bitte an hilfe@laden.example. Danke für")
    assert found(text, "C6") == []


def test_a_holding_reply_names_when_the_answer_comes() -> None:
    waiting = "Guten Tag, danke für die Nachricht zum Sessel. Ich frage im Lager nach und antworte hier. Jana Brandt"
    assert len(found(waiting, "C6", kind="holding")) == 1
    assert found(waiting.replace("hier.", "hier bis morgen, 12 Uhr."), "C6", kind="holding") == []


def test_praise_needs_no_step() -> None:
    assert found(REGRET_ONLY, "C6", reading=Reading(sentiment="positive")) == []


@pytest.mark.parametrize(
    ("today", "locale", "day"),
    [
        (date(2026, 11, 23), "de-DE", "Mittwoch, 25. November"),
        (date(2026, 11, 26), "de-DE", "Montag, 30. November"),
        (date(2026, 12, 23), "de-DE", "Montag, 28. Dezember"),
        (date(2027, 1, 4), "de-AT", "Mittwoch, 6. Jänner"),
        (date(2027, 1, 4), "de-CH", "Mittwoch, 6. Januar"),
        (date(2027, 1, 4), "en", "Wednesday, 6 January"),
    ],
)
def test_the_offered_day_is_a_likely_working_day_in_the_words_of_the_place(today: date, locale: str, day: str) -> None:
    assert likely_day(today, locale) == day


def test_a_refund_that_nobody_allowed_blocks() -> None:
    assert marked(REFUND, found(REFUND, "C7")[0]) == "erstatten"
    assert not acceptable(check(REFUND, context()))


def test_a_refund_in_the_catalogue_passes() -> None:
    assert found(REFUND, "C7", catalogue=("Erstattung des Kaufpreises",)) == []


@pytest.mark.parametrize(("amount", "count"), [("15 Euro", 0), ("20 Euro", 0), ("50 Euro", 1), ("1.000 Euro", 1)])
def test_an_amount_may_not_exceed_the_catalogue(amount: str, count: int) -> None:
    text = answer(f"Sie bekommen einen Gutschein über {amount}.")
    assert len(found(text, "C7", catalogue=("Gutschein bis 20 Euro",))) == count


@pytest.mark.parametrize(
    "sentence",
    [
        "Sie erhalten einen Gutschein.",
        "Wir geben Ihnen 10 % Rabatt.",
        "Der nächste Kaffee geht auf uns.",
        "Wir schreiben Ihnen den Betrag gut.",
        "Ich schicke Ihnen einen Ersatz.",
        "Wir übernehmen die Kosten der Reinigung.",
        "Wir garantieren Ihnen die Lieferung.",
        "Das wird nie wieder vorkommen.",
    ],
)
def test_a_promise_outside_the_catalogue_blocks(sentence: str) -> None:
    assert [f.severity for f in found(answer(sentence), "C7")][:1] == ["block"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Eine Erstattung ist leider nicht möglich.",
        "Ich prüfe, ob eine Erstattung möglich ist.",
        "Kostenlos war die Absage bis zum Vortag.",
        "Wünschen Sie einen Umtausch oder eine Reparatur?",
        "Der Aufzug wird am Montag repariert.",
        "Wir haben im Lager nachgesehen.",
        "Das können wir leider nicht versprechen.",
    ],
)
def test_speaking_of_a_commitment_does_not_promise_it(sentence: str) -> None:
    assert found(answer(sentence), "C7") == []


def test_promises_in_english() -> None:
    english = "Hello, three weeks for a chair, I am sorry. We will refund you by Friday. Jana Brandt"
    assert len(found(english, "C7", locale="en")) == 1
    assert found(english, "C7", locale="en", catalogue=("refund of the price",)) == []


def test_the_good_answer_itself_is_clean() -> None:
    assert check(GOOD, context()) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Es wäre schön, wenn Sie Ihre Bewertung danach noch einmal überdenken würden.",
        "Vielleicht sind danach ja vier oder fünf Sterne drin.",
        "Wenn Sie das Gleiche bei Trustpilot schreiben, bekommen Sie 5 Euro.",
    ],
)
def test_stars_are_neither_asked_for_nor_paid_for(sentence: str) -> None:
    assert found(answer(sentence), "F3")


@pytest.mark.parametrize("sentence", ["Danke für die fünf Sterne.", "Ihre Bewertung bleibt, wie sie ist."])
def test_stars_may_be_spoken_of(sentence: str) -> None:
    assert found(answer(sentence), "F3") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Was Sie uns zur ausstehenden Rückzahlung vorwerfen, nehmen wir ernst.",
        "Dass Ihre Erstattung fehlt, tut uns leid.",
        "Sie warten auf Ihr Geld, und das tut uns leid.",
        "Dass Sie noch immer auf Ihre Gutschrift warten, tut uns leid.",
        "Wo Ihre Rückzahlung steht, frage ich heute in der Buchhaltung nach.",
        "Ihre Frage nach dem Umtausch beantworten wir bis Montag.",
        "Was Sie zum Gutschein schreiben, prüfen wir bis Montag.",
        "Auch auf Ihre Forderung nach einer Erstattung bekommen Sie damit eine Antwort.",
    ],
)
def test_what_is_missed_or_asked_about_is_no_promise(sentence: str) -> None:
    assert found(answer(sentence), "C7") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Zur Wiedergutmachung bekommen Sie einen Gutschein.",
        "Ihre Rückzahlung ist bis Montag auf Ihrem Konto.",
        "Zum ausstehenden Betrag: Wir erstatten ihn Ihnen bis Montag.",
        "Auf Ihre Frage nach der Erstattung: Sie bekommen den Betrag bis Montag zurück.",
        "Ihr Hinweis ist uns einen Gutschein wert, den Sie bis Montag bekommen.",
        "Sie bekommen für das Warten einen Gutschein von uns.",
    ],
)
def test_what_is_given_stays_a_promise_beside_words_of_asking(sentence: str) -> None:
    assert found(answer(sentence), "C7")


def test_a_refund_that_is_only_outstanding_is_no_promise_in_english() -> None:
    text = "Hello, we are sorry that your refund is still outstanding. We ask accounts today and write by Friday."
    assert found(text, "C7") == []
