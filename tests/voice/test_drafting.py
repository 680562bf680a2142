"""What a draft says in each situation."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from responder.drafting import DraftRequest, Turn, draft, open_gaps
from responder.profile import Profile
from responder.reading.model import Fact, Reading, Span, Text
from tests.voice.people import (
    FRANZ,
    JANA,
    KATE,
    MONDAY,
    NELE,
    PRACTICE,
    REGULA,
    SOFA,
    SOFA_POST,
    answer,
    complaint,
)  # fmt: skip


def test_a_complaint_names_matter_product_duration_and_day() -> None:
    text = answer(SOFA, SOFA_POST).text
    assert "Sessel" in text
    assert "bis Dienstag, 24. November" in text.replace("Bis", "bis")
    assert "leid" in text
    assert text.endswith("Jana Brandt")


def test_the_core_matter_comes_before_the_unanswered_phone() -> None:
    text = answer(SOFA, SOFA_POST).text
    assert text.index("Sessel") < text.index("Telefon" if "Telefon" in text else "telefonisch")


def test_two_matters_get_an_answer_about_both() -> None:
    assert "beide" in "".join(answer(SOFA, SOFA_POST, key=str(n)).text for n in range(8))


def test_a_complaint_asks_at_most_one_question() -> None:
    assert all(answer(SOFA, SOFA_POST, key=str(n)).text.count("?") <= 1 for n in range(40))


def test_nothing_is_asked_that_the_customer_already_told() -> None:
    reading = complaint(
        "food_cold", facts=(Fact("product", "das Schnitzel", 0, 13), Fact("date", "am Sonntag", 14, 24))
    )
    texts = [answer(reading, "das Schnitzel am Sonntag war kalt", key=str(n)).text for n in range(30)]
    assert not [t for t in texts if "Welches Gericht" in t or "An welchem Tag" in t]


def test_the_order_number_is_not_asked_for_when_it_was_given() -> None:
    given = complaint("delivery_late", pii=(Span(0, 5, "order"),))
    assert not any("Bestellnummer" in answer(given, "12345 fehlt", key=str(n)).text for n in range(20))
    assert any("Bestellnummer" in answer(complaint("delivery_late"), "Es fehlt", key=str(n)).text for n in range(20))


def test_no_second_question_after_one_was_asked_in_this_case() -> None:
    history = (Turn("us", "Welche Lösung wäre Ihnen am liebsten?"),)
    texts = [answer(complaint("delivery_late"), "…", history=history, key=str(n)).text for n in range(20)]
    assert not any("?" in text for text in texts)


def test_personal_data_of_the_post_is_never_repeated() -> None:
    reading = complaint("delivery_late", facts=(Fact("product", "Sessel", 0, 6),), pii=(Span(0, 6, "name"),))
    assert all("Sessel" not in answer(reading, "Sessel wartet", key=str(n)).text for n in range(20))


def test_the_customer_being_right_is_said_plainly() -> None:
    text = " ".join(
        answer(complaint("food_cold"), "kalt", FRANZ, assessment="right", key=str(n)).text for n in range(9)
    )
    assert "recht" in text or "berechtigt" in text


def test_money_is_promised_only_from_the_catalogue() -> None:
    wish = complaint("food_cold", wants=("refund",))
    without = [answer(wish, "kalt", assessment="right", key=str(n)).text for n in range(20)]
    allowed = replace(JANA, catalogue=("Gericht erstatten",))
    granted = [answer(wish, "kalt", allowed, assessment="right", key=str(n)).text for n in range(20)]
    assert not any("erstatten" in text or "zurück" in text for text in without)
    assert all("erstatten" in text or "zurück" in text for text in granted)


@pytest.mark.parametrize("assessment", ["own_fault", "misunderstanding"])
def test_facts_that_only_a_person_knows_stand_as_a_gap(assessment: str) -> None:
    proposal = answer(complaint("cancelled_and_charged"), "Trotz Absage gezahlt", REGULA, assessment=assessment)
    assert proposal.needs == ("fact",)
    assert len(open_gaps(proposal.text)) == 1
    assert "Sie haben" not in proposal.text


def test_the_second_time_takes_the_lead_and_the_third_brings_a_second_person() -> None:
    second = answer(complaint("delivery_missing"), "Schon das zweite Mal", step=2)
    third = answer(complaint("delivery_missing"), "Zum dritten Mal", step=3)
    assert (second.situation, third.situation) == ("repeat", "third")
    assert "leitung" in third.text
    assert "Dienstag, 24. November" in second.text
    assert "Dienstag, 24. November" in third.text


def test_a_holding_reply_is_short_and_names_matter_and_day() -> None:
    proposal = answer(complaint("lift_broken"), "Der Aufzug ist kaputt", kind="holding")
    assert "Aufzug" in proposal.text
    assert "24. November" in proposal.text
    assert len(proposal.text) < 280


def test_an_accusation_gets_a_neutral_answer_that_admits_nothing() -> None:
    reading = complaint("delivery_missing", risks=("fraud_accusation", "legal"))
    for number in range(20):
        text = answer(reading, "Betrüger! Mein Anwalt meldet sich.", key=str(number)).text
        assert re.search(r"Vorwurf|vorwerfen", text)
        assert "leid" not in text
        assert "Donnerstag, 26. November" in text


@pytest.mark.parametrize(("locale", "number"), [("de-DE", "0800 111 0 111"), ("de-AT", "142"), ("de-CH", "143")])
def test_despair_is_met_with_care_and_the_country_s_helpline(locale: str, number: str) -> None:
    text = answer(complaint(risks=("self_harm",)), "Ich kann nicht mehr", replace(JANA, locale=locale)).text
    assert number in text


def test_praise_names_what_was_good_and_asks_nothing() -> None:
    reading = Reading(language="de", sentiment="positive", matters=("breakfast_good",))
    text = answer(reading, "Das Frühstück war ein Traum", rating=5).text
    assert "Frühstück" in text
    assert "?" not in text


def test_silent_stars_are_thanked_for_by_number() -> None:
    assert "fünf Sterne" in answer(Reading(sentiment="positive"), "", rating=5).text


def test_one_silent_star_is_asked_for_its_reason() -> None:
    proposal = answer(complaint(), "", rating=1)
    assert proposal.situation == "complaint_no_text"
    assert "?" in proposal.text


def test_a_question_gets_a_gap_instead_of_an_invented_answer() -> None:
    reading = Reading(language="de", is_question=True, matters=("ask_opening",), facts=(Fact("date", "26.", 0, 3),))
    proposal = answer(reading, "Habt ihr am 26. offen?", NELE, rating=None)
    assert proposal.needs == ("answer",)
    assert "ob wir am 26. offen haben: [" in proposal.text[0].lower() + proposal.text[1:]
    assert "ist geöffnet" not in proposal.text


def test_the_contact_line_answers_a_question_about_contact() -> None:
    reading = Reading(language="de", is_question=True, matters=("ask_contact",))
    proposal = answer(reading, "Wie erreiche ich euch?", NELE, rating=None)
    assert "hilfe@app.example" in proposal.text
    assert proposal.needs == ()


def test_a_short_complaint_that_tells_nothing_is_asked_what_happened() -> None:
    proposal = answer(complaint(), "So ein Saftladen!")
    assert proposal.needs == ()
    assert "?" in proposal.text


def test_a_complaint_without_any_matter_waits_for_a_person_to_name_it() -> None:
    proposal = answer(
        complaint(), "Was ihr da treibt, hat mit Gastlichkeit wirklich überhaupt nichts mehr zu tun, nie wieder"
    )
    assert proposal.needs == ("matter",)
    assert any(f.severity == "block" for f in proposal.findings)


BOOKING = "Die Buchung war ein Graus"


def test_a_topic_stands_in_for_a_matter_where_a_complaint_stands_beside_it() -> None:
    reasons = (Span(4, 11, "booking"), Span(20, 25, "complaint"))
    assert "Buchung" in answer(complaint(topics=("booking",), reasons=reasons), BOOKING).text


@pytest.mark.parametrize("reasons", [(), (Span(4, 11, "booking"),)])
def test_a_topic_alone_names_nothing(reasons: tuple[Span, ...]) -> None:
    post = "Was ihr da beim Vorbuchen treibt, das hat mit Gastlichkeit wirklich überhaupt nichts mehr zu tun"
    proposal = answer(complaint(topics=("booking",), reasons=reasons), post)
    assert "Buchung" not in proposal.text
    assert proposal.needs == ("matter",)


def test_a_mixed_review_is_thanked_for_its_praise_first() -> None:
    proposal = answer(complaint("room_good", "breakfast_poor"), "Zimmer schön, Frühstück mager", REGULA, rating=3)
    assert proposal.situation == "complaint_mixed"
    assert proposal.text.index("Zimmer") < proposal.text.index("Frühstück")


@pytest.mark.parametrize("kind", ["complaint", "praise"])
def test_a_confidential_trade_never_confirms_a_visit(kind: str) -> None:
    negative = kind == "complaint"
    reading = complaint("appointment_late") if negative else Reading(sentiment="positive", matters=("advice_good",))
    for number in range(30):
        text = answer(reading, "Termin", PRACTICE, rating=1 if negative else 5, key=str(number)).text
        for word in ("bei uns waren", "Ihr Termin", "Besuch", "behandelt", "warten mussten", "Patient"):
            assert word not in text


def test_a_contact_lock_admits_no_relation() -> None:
    proposal = answer(complaint("staff_unfriendly"), "Unfreundlich", replace(JANA, contact_lock=True))
    assert proposal.situation == "locked_complaint"
    assert "bei uns" not in proposal.text.replace("Vorgang bei uns", "")


def test_an_absurd_demand_gets_a_binding_word_by_the_next_working_day_elsewhere() -> None:
    proposal = answer(complaint("room_noisy"), "500 Euro oder…", REGULA, kind="private_channel")
    assert "24. November" in proposal.text
    assert "verbindlich" in proposal.text.lower()


def test_english_posts_are_answered_in_english_even_in_zurich() -> None:
    text = answer(complaint("food_cold", language="en"), "The food was cold", REGULA).text
    assert "sorry" in text
    assert "Tuesday" in text or "Wednesday 25 November" in text


def test_english_uses_the_stated_wait() -> None:
    post = "We waited two hours"
    reading = complaint("waited_long", language="en", facts=(Fact("duration", "two hours", 10, 19),))
    assert any("two hours" in answer(reading, post, KATE, key=str(n)).text for n in range(10))


def test_a_french_post_on_a_swiss_page_is_answered_in_french() -> None:
    text = answer(complaint("room_dirty", language="fr"), "La chambre était sale.", REGULA).text
    assert text.startswith(("Bonjour", "Merci"))
    assert "la chambre" in text


def test_what_fits_nowhere_says_that_it_must_be_shortened() -> None:
    assert "shorten" in answer(SOFA, SOFA_POST, replace(JANA, max_len=40)).needs


def test_a_short_outlet_gets_a_short_form_that_is_still_about_the_matter() -> None:
    text = answer(SOFA, SOFA_POST, replace(NELE, max_len=300, unit="graphemes")).text
    assert "Sessel" in text
    assert len(text) <= 300


@pytest.mark.parametrize(
    ("style", "signed"),
    [("name", "Rosi Beck"), ("initials", "R. B."), ("team", "Rosi Beck"), ("none", "?")],
)
def test_the_signature_follows_its_style(style: str, signed: str) -> None:
    profile = Profile(signature="Rosi Beck", signature_style=style, today=MONDAY)  # type: ignore[arg-type]
    text = answer(complaint("food_cold"), "kalt", profile).text
    assert text.endswith(signed) if style != "none" else "Rosi" not in text


def test_a_team_signs_with_the_name_of_the_house() -> None:
    profile = Profile(signature_style="team", business="Hotel Seeblick", today=MONDAY)
    text = answer(complaint("food_cold"), "kalt", profile).text
    assert text.endswith("Ihr Team vom Hotel Seeblick")
    assert "tut uns leid" in text


def test_on_a_sunday_nothing_is_promised_for_today() -> None:
    sunday = replace(JANA, today=MONDAY.replace(day=22))
    text = answer(complaint("delivery_late"), "Wo bleibt es", sunday).text
    assert "heute" not in text
    assert "am Montag" in text


def test_practices_name_the_rules_that_the_sentences_serve() -> None:
    assert {"A6", "C1", "C4", "C6"} <= set(answer(SOFA, SOFA_POST).practices)


def test_the_key_and_nothing_else_varies_the_wording() -> None:
    request = DraftRequest(SOFA, Text(SOFA_POST, rating=1), JANA, key="a")
    assert draft(request).text == draft(replace(request)).text
    assert len({draft(replace(request, key=str(n))).text for n in range(30)}) > 20
