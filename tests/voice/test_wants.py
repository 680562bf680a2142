"""Every want is answered: granted from the catalogue, to be decided by a day, or left to whoever may grant it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from responder.drafting import draft, open_gaps
from responder.playbook import load_playbook
from responder.playbook.roles import role_values
from responder.tone import acceptable
from tests.voice.people import JANA
from tests.voice.situations import POSTS, answered, request_of

VOICE = load_playbook().voice("de-DE")
REFUND = "Kaufpreis zurückzahlen bis 200 € binnen 5 Werktagen, Versandleitung"


def said(name: str, *catalogue: str, **more: object) -> str:
    request = request_of(name, **more)
    return draft(replace(request, profile=replace(request.profile, catalogue=catalogue))).text


def test_what_the_catalogue_allows_is_granted_by_the_day_that_it_says() -> None:
    assert "Montag, 30. November" in said("w01", REFUND)
    assert "zurück" in said("w01", REFUND)


def test_nothing_is_granted_while_the_matter_is_open() -> None:
    text = said("w01", REFUND, assessment="open")
    assert "30. November" not in text
    assert "Wunsch nach einer Rückzahlung" in text


def test_what_the_catalogue_does_not_hold_is_decided_by_a_day_and_not_promised() -> None:
    request = request_of("w04")
    proposal = draft(request)
    assert "Wunsch nach einer Rückzahlung" in proposal.text
    assert acceptable(list(proposal.findings))


def test_a_larger_sum_goes_to_whoever_may_grant_it_and_out_of_the_public() -> None:
    text = said("w02", REFUND)
    assert "unsere Versandleitung" in text.replace("Unsere", "unsere").replace("unserer", "unsere")
    assert "direkt" in text


def test_of_two_entries_the_one_that_is_enough_is_taken() -> None:
    text = said("w01", "Erstattung bis 50 € binnen 2 Werktagen", "Erstattung bis 100 € binnen 4 Werktagen, Leitung")
    assert "Freitag, 27. November" in text


def test_a_sum_that_only_a_person_knows_stands_as_a_gap_with_its_limit() -> None:
    proposal = answered("w07")
    assert len(open_gaps(proposal.text)) == 1
    assert "[Betrag bis 20 Euro]" in proposal.text
    assert not acceptable(list(proposal.findings))


def test_a_call_is_given_whenever_the_catalogue_has_one() -> None:
    assert "Dienstag, 24. November" in answered("w10").text
    assert "Rückruf folgen" not in said("w10")


def test_whoever_asks_for_an_apology_reads_one() -> None:
    assert "ntschuldig" in answered("w13").text


def test_a_granted_want_leads_the_second_answer_too() -> None:
    assert "Donnerstag, 3. Dezember" in answered("r11").text


@pytest.mark.parametrize(
    ("who", "nominative", "dative"),
    [
        ("Versandleitung", "unsere Versandleitung", "unserer Versandleitung"),
        ("Kundendienst", "unser Kundendienst", "unserem Kundendienst"),
        ("Serviceteam", "unser Serviceteam", "unserem Serviceteam"),
        ("wer gerade da ist", "unsere Geschäftsleitung", "unserer Geschäftsleitung"),
        ("", "unsere Geschäftsleitung", "unserer Geschäftsleitung"),
    ],
)
def test_a_role_is_inflected_or_the_house_s_own_leadership_named(who: str, nominative: str, dative: str) -> None:
    values = role_values(JANA, VOICE, who)
    assert (values["role_nom"], values["role_dat"]) == (nominative, dative)


def test_each_trade_has_its_own_leadership() -> None:
    assert role_values(replace(JANA, sector="practice"), VOICE)["role_nom"] == "unsere Praxisleitung"


@pytest.mark.parametrize("name", [name for name in POSTS if name.startswith("w")])
def test_no_answer_to_a_want_promises_more_than_the_catalogue(name: str) -> None:
    assert not [finding for finding in answered(name).findings if finding.rule == "C7"]
