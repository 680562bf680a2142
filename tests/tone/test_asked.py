"""B6: what was already told, asked for in many words, and what may well be asked."""

from __future__ import annotations

import pytest

from responder.reading import read
from responder.reading.model import Text
from tests.tone.people import found

TOLD = [
    ("Am Samstag um 20 Uhr bei euch gegessen, 40 Minuten auf Getränke gewartet.", "Wann genau waren Sie bei uns?"),
    (
        "Am Samstag um 20 Uhr bei euch gegessen, 40 Minuten auf Getränke gewartet.",
        "Können Sie uns sagen, an welchem Abend das war?",
    ),
    ("Am Samstag um 20 Uhr bei euch gegessen, 40 Minuten auf Getränke gewartet.", "Wie lange mussten Sie denn warten?"),
    (
        "Am Samstag um 20 Uhr bei euch gegessen, 40 Minuten auf Getränke gewartet.",
        "Nennen Sie uns bitte Tag und Uhrzeit Ihres Besuchs.",
    ),
    ("In der Filiale am Hauptplatz war die Verkäuferin frech.", "Um welche Filiale handelt es sich?"),
    ("In der Filiale am Hauptplatz war die Verkäuferin frech.", "Wo ist Ihnen das passiert?"),
    ("In der Filiale am Hauptplatz war die Verkäuferin frech.", "Verraten Sie uns, in welchem Geschäft das war?"),
    ("Die Waschmaschine X200 schleudert nicht mehr, nach drei Wochen.", "Um welches Gerät geht es denn?"),
    ("Die Waschmaschine X200 schleudert nicht mehr, nach drei Wochen.", "Welches Modell haben Sie gekauft?"),
    ("Die Waschmaschine X200 schleudert nicht mehr, nach drei Wochen.", "Was funktioniert denn nicht an der Maschine?"),
    ("Bestellnummer A-77120: nichts angekommen.", "Wie lautet Ihre Bestellnummer?"),
    (
        "Bestellnummer A-77120: nichts angekommen.",
        "Bitte senden Sie uns Ihre Bestellnummer, damit wir nachsehen können.",
    ),
    (
        "Bestellnummer A-77120: nichts angekommen.",
        "Ohne Bestellnummer können wir leider nichts finden, schicken Sie sie uns bitte.",
    ),
    ("Ich habe 89 Euro bezahlt und nur die Hälfte bekommen.", "Welchen Betrag haben Sie bezahlt?"),
    ("Ich habe 89 Euro bezahlt und nur die Hälfte bekommen.", "Was hat das Ganze gekostet?"),
    ("Wir waren zu viert da und der Tisch wackelte.", "Mit wie vielen Personen waren Sie da?"),
    ("Wir waren zu viert da und der Tisch wackelte.", "Zu wievielt waren Sie?"),
    ("Frau Berger vom Empfang hat mich ausgelacht.", "Wer hat Sie denn bedient?"),
    ("Frau Berger vom Empfang hat mich ausgelacht.", "Können Sie uns den Namen der Mitarbeiterin nennen?"),
    ("Seit dem 2. November ist mein Internet weg.", "Ab wann trat die Störung auf?"),
    ("Seit dem 2. November ist mein Internet weg.", "Seit welchem Tag ist das so?"),
    ("Seit dem 2. November ist mein Internet weg.", "Wie lange besteht das Problem schon?"),
    (
        "Zimmer 312 hatte keine Heizung, Beschwerde an der Rezeption erfolglos.",
        "Haben Sie das an der Rezeption gemeldet?",
    ),
    ("Zimmer 312 hatte keine Heizung, Beschwerde an der Rezeption erfolglos.", "In welchem Zimmer waren Sie?"),
    ("Hab schon dreimal angerufen und zwei Mails geschrieben, null Reaktion.", "Wie haben Sie uns denn kontaktiert?"),
    ("Ich will einfach mein Geld zurück.", "Was können wir tun, um Sie zufriedenzustellen?"),
    ("Ich will einfach mein Geld zurück.", "Was wünschen Sie sich von uns?"),
    ("Die Suppe war versalzen, die Nudeln matschig, der Service langsam.", "Was hat Ihnen denn nicht geschmeckt?"),
    (
        "Die Suppe war versalzen, die Nudeln matschig, der Service langsam.",
        "Könnten Sie etwas genauer beschreiben, was nicht gepasst hat?",
    ),
    ("Die Suppe war versalzen, die Nudeln matschig, der Service langsam.", "Was genau ist denn vorgefallen?"),
    (
        "Die Suppe war versalzen, die Nudeln matschig, der Service langsam.",
        "Schreiben Sie uns gern, was wir besser machen können.",
    ),
]
NEW = [
    ("Katastrophe, nie wieder!", "Was ist denn passiert?"),
    ("Das Paket kam beschädigt an.", "Wie lautet Ihre Bestellnummer? Bitte an hilfe@shop.example."),
    ("Eine Stunde gewartet.", "An welchem Tag war das?"),
    ("Seit Montag warte ich auf Antwort.", "Unter welcher Nummer darf ich Sie anrufen?"),
    ("Am Samstag war die Bedienung unfreundlich.", "Mögen Sie mir schreiben, wer Sie bedient hat?"),
    ("Zimmer laut, Bett hart.", "Welche Lösung wäre für Sie in Ordnung?"),
    ("Die Waschmaschine schleudert nicht.", "Wann passt Ihnen der Besuch des Technikers?"),
    ("Ich habe am 3. November gekündigt.", "Haben Sie eine Bestätigung bekommen?"),
]


def asked(question: str) -> str:
    return f"Guten Tag, das tut mir leid. {question} Ich kümmere mich bis Freitag darum. Jana Brandt"


@pytest.mark.parametrize(("post", "question"), TOLD)
def test_what_the_post_tells_is_not_asked_for(post: str, question: str) -> None:
    told = Text(post, rating=1)
    assert found(asked(question), "B6", told, reading=read(told))


@pytest.mark.parametrize(("post", "question"), NEW)
def test_what_the_post_leaves_open_may_be_asked(post: str, question: str) -> None:
    assert found(asked(question), "B6", Text(post, rating=1)) == []


def test_a_step_that_was_tried_is_not_asked_for_again() -> None:
    post = Text("Den Router schon zweimal neu gestartet, nichts hilft.", rating=1)
    assert found(asked("Haben Sie den Router schon neu gestartet?"), "B6", post)
