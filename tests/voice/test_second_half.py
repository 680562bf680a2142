"""Nothing that a customer says beside his first matter is dropped: a second one, other things, a wish, a question."""

from __future__ import annotations

from responder.drafting import DraftRequest, Proposal, draft, open_gaps
from responder.profile import Profile
from responder.reading import read
from responder.reading.model import Span, Text
from tests.voice.people import JANA, NELE, PRACTICE, complaint


def drafted(post: str, rating: float | None, profile: Profile = JANA, assessment: str = "open") -> Proposal:
    text = Text(post, rating=rating)
    return draft(DraftRequest(read(text), text, profile, assessment=assessment))


def test_a_second_complaint_stands_beside_the_first() -> None:
    text = drafted("Die App stürzt beim Start ab. Das Widget zeigt nur noch einen grauen Kasten.", 2, NELE).text
    assert "das Widget nur noch einen grauen Kasten zeigt" in text
    assert "beid" in text


def test_the_same_complaint_told_twice_is_said_once() -> None:
    text = drafted("Eine Stunde aufs Essen gewartet. Wir haben eine Stunde auf das Essen gewartet.", 2).text
    assert text.count("Stunde") <= 1


def test_another_thing_that_is_blamed_is_named() -> None:
    text = drafted("Die Beilage fehlte ganz. Das Steak kam durch statt medium.", 2, assessment="right").text
    assert "Steak" in text


def test_a_but_behind_four_stars_is_a_complaint() -> None:
    text = drafted(
        "Tolle Auswahl und sehr nettes Personal. Der Rückgabeautomat ist aber jedes zweite Mal kaputt.", 4
    ).text
    assert "Automat" in text or "automat" in text
    assert "leid" in text
    assert "Auswahl" in text or "Team" in text


def test_a_kind_but_takes_nothing_back() -> None:
    assert "leid" not in drafted("Klein, aber fein. Wir kommen wieder.", 4).text


def test_a_word_of_complaint_in_five_happy_stars_regrets_nothing() -> None:
    text = drafted("Der Fahrer hat zwei Minuten auf uns gewartet. Herzlichen Dank, einfach wunderbar!", 5).text
    assert "leid" not in text


def test_praise_by_a_person_s_word_still_answers_the_small_complaint() -> None:
    text = drafted("Super Trainer, faire Preise. Nur die Musik ist abends zu laut.", 4, assessment="praise").text
    assert "Musik" in text
    assert "Preise" in text


def test_a_wish_beside_praise_is_named_with_a_day() -> None:
    text = drafted("Ich wünsche mir längere Öffnungszeiten am Samstag. Sonst alles gut.", 4).text
    assert "zu den Öffnungszeiten" in text
    assert "bis " in text


def test_a_question_beside_praise_is_named_with_a_day() -> None:
    text = drafted("Sehr schönes Hotel, wir haben uns wohlgefühlt. Gibt es das Kissen irgendwo zu kaufen?", 5).text
    assert "ob es das Kissen irgendwo zu kaufen gibt" in text
    assert "Freitag" in text or "Mittwoch" in text or "Dienstag" in text


def test_a_question_with_few_stars_does_not_hide_the_complaint() -> None:
    text = drafted("Personal freundlich. Aber die Steckdosen waren alle kaputt. Gäbe es einen Automaten?", 3).text
    assert "Steckdosen" in text
    assert "ob es einen Automaten gäbe" in text


def test_a_complaint_that_only_asks_is_about_its_question() -> None:
    proposal = drafted("Warum braucht eine Wetter-App Zugriff auf meine Kontakte? Das ist mir unheimlich.", 2, NELE)
    assert "warum eine Wetter-App Zugriff auf deine Kontakte braucht" in proposal.text
    assert not open_gaps(proposal.text)
    assert "matter" not in proposal.needs


def test_a_question_that_asks_for_the_same_as_the_want_is_said_once() -> None:
    text = drafted("Die Kurtaxe wurde doppelt verrechnet. Wie bekomme ich das Geld zurück?", 2).text
    assert "wie Sie das Geld zurückbekommen" in text
    assert "Wunsch nach" not in text


def test_a_wish_behind_a_but_is_no_complaint() -> None:
    text = drafted("Schöne Lampe, nur das Kabel könnte länger sein.", 4).text
    assert "zum Kabel" in text
    assert "leid" not in text


def test_a_question_beside_four_happy_stars_is_answered_with_the_thanks() -> None:
    text = drafted("Hotline freundlich und schnell. Warum muss ich jedes Mal meine Nummer nennen?", 4).text
    assert "warum Sie jedes Mal Ihre Nummer nennen müssen" in text
    assert "Dank" in text or "dank" in text or "freu" in text


def test_a_discreet_house_thanks_for_praise_with_a_small_wish_and_names_neither() -> None:
    text = drafted("Sehr freundliches Team, kaum Wartezeit. Die Parkplätze sind halt knapp.", 4, PRACTICE).text
    assert "leid" not in text
    assert "Parkpl" not in text


def test_a_matter_that_the_post_does_not_tell_becomes_a_gap() -> None:
    """A reading may take a post for something else; the answer then names nothing rather than that."""
    post = Text("Nachts um drei bellen im Hof die Hunde, oder was soll das sein?", rating=1)
    misread = complaint("parcel_damaged", reasons=(Span(0, 16, "parcel_damaged"),))
    proposal = draft(DraftRequest(misread, post, JANA))
    assert open_gaps(proposal.text)
    assert "aket" not in proposal.text
    assert "matter" in proposal.needs


def test_a_matter_of_the_post_needs_no_gap() -> None:
    post = Text("Das Paket war beschädigt.", rating=1)
    assert not open_gaps(draft(DraftRequest(complaint("parcel_damaged"), post, JANA)).text)


def test_a_matter_that_a_person_put_in_is_believed() -> None:
    post = Text("Nachts um drei bellen im Hof die Hunde, an Schlaf ist nicht zu denken.", rating=1)
    assert not open_gaps(draft(DraftRequest(complaint("noise_general"), post, JANA)).text)
