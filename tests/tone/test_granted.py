"""C7: what a catalogue grants: the same thing in other words, and no more of it."""

from __future__ import annotations

import pytest

from responder.tone.granted import exceeds, granted
from tests.tone.people import answer, found

BEYOND = [
    ("Gutschein bis 10 €; Kostenlose Ersatzlieferung", "Dafür schicken wir Ihnen einen 25-Euro-Gutschein."),
    ("Gutschein bis 10 €; Kostenlose Ersatzlieferung", "Sie bekommen von uns das doppelte Geld zurück."),
    ("Gutschein bis 10 €; Kostenlose Ersatzlieferung", "Wir erlassen Ihnen die komplette Rechnung."),
    ("Gutschein bis 10 €; Kostenlose Ersatzlieferung", "Natürlich bekommen Sie den vollen Kaufpreis wieder."),
    ("Erstattung des Fahrpreises; Gutschrift bis 15 €", "Wir legen noch zwei Freifahrten drauf."),
    (
        "Erstattung des Fahrpreises; Gutschrift bis 15 €",
        "Die Taxirechnung können Sie bei uns einreichen, wir begleichen sie.",
    ),
    ("Erstattung des Fahrpreises; Gutschrift bis 15 €", "Ihre Monatskarte verlängern wir um vier Wochen."),
    ("Erstattung des Fahrpreises; Gutschrift bis 15 €", "Auf Ihr Konto kommen 40 Euro als Gutschrift."),
    ("Dessert aufs Haus", "Beim nächsten Mal sind Sie unsere Gäste, den ganzen Abend."),
    ("Dessert aufs Haus", "Das Hauptgericht bekommen Sie natürlich ersetzt."),
    ("Dessert aufs Haus", "Der Wein geht beim nächsten Besuch auf uns."),
    ("Dessert aufs Haus", "Wir laden Sie herzlich auf ein Drei-Gänge-Menü ein."),
    (
        "Kostenloser Umtausch innerhalb von 30 Tagen; 10 % Nachlass auf den nächsten Einkauf",
        "Wir räumen Ihnen 30 % auf alles ein.",
    ),
    (
        "Kostenloser Umtausch innerhalb von 30 Tagen; 10 % Nachlass auf den nächsten Einkauf",
        "Das nächste Paar bekommen Sie zum halben Preis.",
    ),
    (
        "Kostenloser Umtausch innerhalb von 30 Tagen; 10 % Nachlass auf den nächsten Einkauf",
        "Die Reparatur übernehmen wir kostenlos.",
    ),
    (
        "Kostenloser Umtausch innerhalb von 30 Tagen; 10 % Nachlass auf den nächsten Einkauf",
        "Ich lege Ihnen eine Tasche als Geschenk bei.",
    ),
    ("Nachbesserung ohne Berechnung; Spätes Auschecken", "Die zweite Nacht berechnen wir Ihnen nicht."),
    (
        "Nachbesserung ohne Berechnung; Spätes Auschecken",
        "Das Zimmer-Upgrade beim nächsten Aufenthalt ist Ihnen sicher.",
    ),
    ("Nachbesserung ohne Berechnung; Spätes Auschecken", "Für die verlorene Nacht schulden Sie uns nichts."),
    ("Nachbesserung ohne Berechnung; Spätes Auschecken", "Wir verzichten auf die Stornogebühr."),
    ("Nachbesserung ohne Berechnung; Spätes Auschecken", "So etwas wird bei uns garantiert nicht mehr passieren."),
    ("Gutschein bis 10 €; Kostenlose Ersatzlieferung", "Ich verspreche Ihnen, dass das Paket morgen ankommt."),
    (
        "Erstattung des Fahrpreises; Gutschrift bis 15 €",
        "Sie können sich darauf verlassen, dass der Bus künftig immer pünktlich kommt.",
    ),
    (
        "Kostenloser Umtausch innerhalb von 30 Tagen; 10 % Nachlass auf den nächsten Einkauf",
        "Wir kommen Ihnen preislich entgegen.",
    ),
    (
        "Kostenloser Umtausch innerhalb von 30 Tagen; 10 % Nachlass auf den nächsten Einkauf",
        "Einen Ausgleich in Höhe von 50 Euro überweisen wir morgen.",
    ),
    ("Nachbesserung ohne Berechnung; Spätes Auschecken", "Ein Wellnesstag für zwei Personen wartet auf Sie."),
    ("Erstattung des Fahrpreises; Gutschrift bis 15 €", "Als Wiedergutmachung gibt es zwei Kinokarten."),
    (
        "Gutschein bis 10 €; Kostenlose Ersatzlieferung",
        "Das defekte Gerät dürfen Sie behalten, das neue schenken wir Ihnen.",
    ),
    ("Gutschein bis 10 €; Kostenlose Ersatzlieferung", "Wir zahlen Ihnen den entgangenen Verdienst."),
    (
        "Kostenloser Umtausch innerhalb von 30 Tagen; 10 % Nachlass auf den nächsten Einkauf",
        "Als kleines Trostpflaster packen wir Socken dazu.",
    ),
]
WITHIN = [
    ("Gutschein bis 10 €; Kostenlose Ersatzlieferung", "Die Ersatzlieferung geht morgen kostenlos an Sie raus."),
    ("Gutschein bis 10 €; Kostenlose Ersatzlieferung", "Einen Gutschein über 10 Euro legen wir bei."),
    (
        "Erstattung des Fahrpreises; Gutschrift bis 15 €",
        "Den Fahrpreis erstatten wir Ihnen, das Formular liegt am Schalter.",
    ),
    ("Erstattung des Fahrpreises; Gutschrift bis 15 €", "15 Euro schreiben wir Ihnen gut."),
    ("Dessert aufs Haus", "Das Dessert geht beim nächsten Mal aufs Haus."),
    ("Dessert aufs Haus", "Beim nächsten Mal laden wir Sie auf ein Dessert ein."),
    (
        "Kostenloser Umtausch innerhalb von 30 Tagen; 10 % Nachlass auf den nächsten Einkauf",
        "Die Schuhe tauschen wir Ihnen kostenlos um.",
    ),
    (
        "Kostenloser Umtausch innerhalb von 30 Tagen; 10 % Nachlass auf den nächsten Einkauf",
        "Auf den nächsten Einkauf bekommen Sie 10 Prozent Nachlass.",
    ),
    ("Nachbesserung ohne Berechnung; Spätes Auschecken", "Die Nachbesserung berechnen wir Ihnen nicht."),
    (
        "Nachbesserung ohne Berechnung; Spätes Auschecken",
        "Ausschlafen dürfen Sie beim nächsten Mal bis 14 Uhr, spätes Auschecken ist kein Problem.",
    ),
    ("Gutschein bis 10 €; Kostenlose Ersatzlieferung", "Der Versand ist ab 50 Euro kostenlos."),
    ("Gutschein bis 10 €; Kostenlose Ersatzlieferung", "Die Rückzahlung ist am Montag auf Ihrem Konto eingegangen."),
    ("Erstattung des Fahrpreises; Gutschrift bis 15 €", "Ob wir den Preis erstatten können, prüfe ich bis Freitag."),
    ("Erstattung des Fahrpreises; Gutschrift bis 15 €", "Der Bus wurde repariert und fährt wieder."),
    ("Dessert aufs Haus", "Der Preis für das Menü ist seit Mai unverändert."),
    ("Nachbesserung ohne Berechnung; Spätes Auschecken", "Die Rechnung schicke ich Ihnen noch einmal zu."),
    ("Nachbesserung ohne Berechnung; Spätes Auschecken", "Der Parkplatz kostet 8 Euro am Tag."),
    (
        "Kostenloser Umtausch innerhalb von 30 Tagen; 10 % Nachlass auf den nächsten Einkauf",
        "Bei Sonderposten gibt es leider keinen Umtausch.",
    ),
    (
        "Kostenloser Umtausch innerhalb von 30 Tagen; 10 % Nachlass auf den nächsten Einkauf",
        "Wir haben den Filter ausgetauscht.",
    ),
    ("Gutschein bis 10 €; Kostenlose Ersatzlieferung", "Das Geld ist bei uns noch nicht angekommen."),
    ("Erstattung des Fahrpreises; Gutschrift bis 15 €", "Bis Freitag bekommen Sie Antwort von mir."),
    ("Dessert aufs Haus", "Den Tisch am Fenster reserviere ich Ihnen gern."),
    ("Nachbesserung ohne Berechnung; Spätes Auschecken", "Sie erhalten heute eine Bestätigung per Mail."),
]


@pytest.mark.parametrize(("catalogue", "sentence"), BEYOND)
def test_a_promise_beyond_the_catalogue_is_found(catalogue: str, sentence: str) -> None:
    assert found(answer(sentence), "C7", catalogue=tuple(catalogue.split("; ")))


@pytest.mark.parametrize(("catalogue", "sentence"), WITHIN)
def test_what_is_granted_or_only_told_is_no_breach(catalogue: str, sentence: str) -> None:
    assert found(answer(sentence), "C7", catalogue=tuple(catalogue.split("; "))) == []


@pytest.mark.parametrize(
    ("said", "allowed", "more"),
    [
        ("25 euro", "gutschein bis 20 €", True),
        ("zwanzig euro", "gutschein bis 20 €", False),
        ("ein 50-euro-gutschein", "gutschein bis 20 €", True),
        ("die hälfte", "10 % nachlass", True),
        ("drei kisten", "eine kiste", True),
        ("eine kiste", "zwei kisten", False),
    ],
)
def test_amounts_shares_and_counts_are_compared(said: str, allowed: str, more: bool) -> None:
    assert exceeds(said, allowed) is more


def test_everything_is_more_than_one() -> None:
    assert not granted("refund", "wir erstatten die ganze rechnung", ["Ein Gericht erstatten"], "de")


def test_a_promise_of_an_allowed_kind_about_something_else_only_warns() -> None:
    text = answer("Eine zweite Lampe bekommen Sie gratis.")
    assert [f.severity for f in found(text, "C7", catalogue=("Kostenlose Rücksendung",))] == ["warn"]


@pytest.mark.parametrize(
    ("sentence", "entry"),
    [
        ("Was an uns liegt, bessern wir ohne Kosten nach.", "Nachbesserung ohne Kosten"),
        ("Was nachzubessern ist, kostet Sie nichts.", "Nachbesserung ohne Kosten"),
        ("Der Monteur verputzt die Stelle, das kostet Sie nichts.", "Nachbesserung ohne Kosten"),
        ("Die Mahngebühr erlasse ich Ihnen.", "Erlass der Mahngebühr"),
    ],
)
def test_a_verb_in_two_parts_names_what_the_catalogue_names(sentence: str, entry: str) -> None:
    assert found(answer(sentence), "C7")
    assert found(answer(sentence), "C7", catalogue=(entry,)) == []


def test_to_look_at_something_gives_nothing_away() -> None:
    assert found(answer("Kommen Sie am Montag, ich schaue selbst drauf."), "C7") == []
    assert found(answer("Einen Satz Reifen legen wir Ihnen noch drauf."), "C7")


def test_a_promise_after_an_emoji_is_a_sentence_of_its_own() -> None:
    assert found(answer("War nur ein Salat 😅 Der nächste Döner geht auf uns."), "C7")
