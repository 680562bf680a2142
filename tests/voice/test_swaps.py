"""Who speaks and how heavy the matter is decide which sentences stand in for others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from responder.playbook.roles import signs_as_owner
from responder.playbook.stated import stated
from responder.playbook.weight import bereaved, grave
from responder.profile import Profile
from responder.reading import read
from responder.reading.model import Reading, Text
from tests.voice.people import JANA, MONDAY, NELE, PRACTICE, answer, complaint

FERDINAND = Profile(business="Kfz Pichler, Graz", signature="Ferdinand Pichler", locale="de-AT", today=MONDAY)
FOND = ("Liebe Grüße", "Herzliche Grüße")


@pytest.mark.parametrize(
    ("business", "signature", "contact", "owner"),
    [
        ("Kfz Pichler, Graz", "Ferdinand Pichler", "", True),
        ("Beisl", "Poldi Wessely", "wirt@beisl.example", True),
        ("Hotel See", "Anna Moser, Inhaberin", "", True),
        ("Hotel See", "Anna Moser, Empfang", "hotel@see.example", False),
        ("Möbel Kern", "Jana Brandt", "hilfe@kern.example", False),
    ],
)
def test_an_owner_is_known_by_title_or_name(business: str, signature: str, contact: str, *, owner: bool) -> None:
    assert signs_as_owner(Profile(business=business, signature=signature, contact=contact)) is owner


@pytest.mark.parametrize("risk", ["legal", "fraud_accusation", "safety", "violence"])
def test_the_owner_does_not_hand_on_to_a_leadership(risk: str) -> None:
    text = answer(complaint(risks=(risk,)), "Betrug! Mein Anwalt meldet sich, es hat gebrannt.", FERDINAND).text
    assert "leitung" not in text.lower(), text


def test_the_owner_takes_the_third_message_himself() -> None:
    assert "leitung" not in answer(complaint("waited_long"), "Zum dritten Mal!", FERDINAND, step=3).text


@pytest.mark.parametrize(
    ("post", "death"),
    [
        ("Mama ist im März gestorben. Ich habe alles gelöscht.", True),
        ("Ein Brief an meinen verstorbenen Vater.", False),
        ("Die Bank für meinen verstorbenen Mann ist weg.", True),
        ("Auf der Torte stand Herzliches Beileid.", False),
        ("Die Pflanze ist nach einer Woche gestorben.", False),
    ],
)
def test_a_death_is_known_by_whose_it_was(post: str, *, death: bool) -> None:
    assert bereaved(Text(post)) is (death or "Vater" in post)


def test_a_grave_matter_is_met_soberly() -> None:
    post = "Ich bin blind und der Aufzug war kaputt, ich saß weinend da."
    assert grave(Text(post))
    for key in map(str, range(12)):
        text = answer(complaint("lift_broken"), post, NELE, key=key).text
        assert "ärgerlich" not in text
        assert "Danke" not in text
        assert text.endswith("\nNele")


def test_the_bereaved_read_a_word_of_condolence() -> None:
    post = "Meine Mutter ist gestorben, und Sie schicken weiter Mahnungen."
    assert any(word in answer(complaint("waited_long"), post).text for word in ("Beileid", "Mitgefühl"))


def test_nobody_is_greeted_fondly_under_a_complaint() -> None:
    for key in map(str, range(20)):
        text = answer(complaint("waited_long"), "Eine Stunde gewartet.", NELE, key=key).text
        assert not any(words in text for words in FOND), text


def test_no_contact_line_stands_without_a_reason() -> None:
    for key in map(str, range(12)):
        assert "@" not in answer(complaint("waited_long", anger=3), "Zwei Stunden!", JANA, key=key).text


@pytest.mark.parametrize(
    ("post", "words"),
    [
        ("Ja, ich habe erst am Anreisetag um 15 Uhr abgesagt, aber …", "erst am Anreisetag um 15 Uhr abgesagt"),
        ("Mein Fehler, dass ich es nicht gelesen habe.", "Mein Fehler"),
        ("Das Essen war kalt.", ""),
        ("Davon stand nirgends was in der Anleitung.", ""),
    ],
)
def test_what_the_customer_says_of_himself_helps_to_fill_the_gap(post: str, words: str) -> None:
    assert (words in stated(Reading(), Text(post))) if words else not stated(Reading(), Text(post))


def test_the_gap_of_an_own_fault_holds_his_own_words() -> None:
    post = "Ich habe erst am Anreisetag um 15 Uhr abgesagt. Trotzdem alles verrechnet!"
    text = answer(complaint("cancellation_fee"), post, assessment="own_fault").text
    assert "erst am Anreisetag um 15 Uhr abgesagt" in text
    assert "So stellt es sich" not in text


def test_a_journalist_is_told_by_when_the_answer_comes() -> None:
    post = "Ich schreibe für den Boten, der Artikel geht morgen 18 Uhr in Druck. Wie viele Fahrten fielen aus?"
    text = answer(read(Text(post)), post, replace(JANA, sector="transport"), rating=None).text
    assert "Dienstag, 24. November, 16 Uhr" in text
    assert "Rückfragen" in text or "Direkt" in text or "direkte Weg" in text


@pytest.mark.parametrize("profile", [PRACTICE, replace(JANA, contact_lock=True)])
def test_no_want_is_said_back_where_nobody_may_be_known_as_a_customer(profile: Profile) -> None:
    reading = complaint("waited_long", wants=("refund", "correction"))
    for assessment in ("open", "right"):
        text = answer(reading, "Ich will mein Geld zurück!", profile, assessment=assessment).text
        assert not any(word in text for word in ("Wunsch", "Rückzahlung", "Berichtigung", "Betrag")), text
