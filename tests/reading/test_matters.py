"""Concrete matters: found with their place, taken back by a denial, the precise one before the general one."""

from __future__ import annotations

import tomllib

import pytest

from responder.reading import labels, subject
from responder.reading.rules import DATA
from responder.words import TOPICS
from tests.reading.say import say


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Wir haben eine Stunde auf das Essen gewartet.", "waited_long"),
        ("Zwanzig Minuten in der Warteschleife.", "waited_on_phone"),
        ("Am Telefon geht keiner ran.", "phone_unreachable"),
        ("Meine Mails werden nicht beantwortet.", "no_reply_to_mail"),
        ("Das Paket kam zwei Wochen zu spät.", "delivery_late"),
        ("Mein Paket ist nie angekommen.", "delivery_missing"),
        ("Der Karton war aufgerissen.", "parcel_damaged"),
        ("Falsche Größe geliefert.", "wrong_item"),
        ("Zwei Schrauben fehlen.", "item_missing"),
        ("Der Staubsauger ist nach einer Woche kaputt.", "product_broken"),
        ("Die Qualität ist enttäuschend.", "product_quality"),
        ("Die Rückgabe wurde abgelehnt.", "return_difficult"),
        ("Die Erstattung ist bis heute nicht eingegangen.", "refund_missing"),
        ("Viel zu teuer für das Gebotene.", "price_high"),
        ("An der Kasse war der Preis plötzlich höher.", "price_wrong"),
        ("Versteckte Gebühren überall.", "hidden_costs"),
        ("Trotz Kündigung wurde weiter abgebucht.", "charged_after_cancel"),
        ("Die Rechnung war falsch.", "invoice_wrong"),
        ("Der Kellner war sehr unfreundlich.", "staff_unfriendly"),
        ("Niemand hat sich um uns gekümmert.", "staff_ignored"),
        ("Die Beratung war schlecht.", "advice_poor"),
        ("Das Schnitzel war kalt.", "food_cold"),
        ("Die Nudeln waren verkocht.", "food_bad"),
        ("Die Portionen sind winzig.", "portion_small"),
        ("Wir bekamen das falsche Gericht.", "order_wrong_dish"),
        ("Unser Tisch war trotz Reservierung vergeben.", "table_not_kept"),
        ("Das Zimmer war dreckig.", "room_dirty"),
        ("Das Zimmer ist sehr laut.", "room_noisy"),
        ("Winziges Zimmer.", "room_small"),
        ("Gebucht war ein Doppelzimmer, bekommen haben wir Einzelbetten.", "room_not_as_booked"),
        ("Im Zimmer war es eiskalt.", "room_cold"),
        ("Die Dusche war verstopft.", "bathroom_fault"),
        ("Das Frühstück war dürftig.", "breakfast_poor"),
        ("Beim Check-in mussten wir lange warten.", "checkin_slow"),
        ("Das WLAN ist langsam.", "wifi_bad"),
        ("Der Aufzug war außer Betrieb.", "lift_broken"),
        ("Unsere Reservierung war nicht im System.", "booking_lost"),
        ("Wir sollten hohe Stornogebühren zahlen.", "cancelled_and_charged"),
        ("Trotz Termin eine Stunde Wartezeit.", "appointment_late"),
        ("Man bekommt einfach keinen Termin.", "appointment_missing"),
        ("Die Öffnungszeiten im Internet sind falsch.", "opening_hours_wrong"),
        ("Wir standen vor verschlossener Tür.", "closed_unexpectedly"),
        ("Die Webseite ist ständig offline.", "website_broken"),
        ("Die App stürzt dauernd ab.", "app_crash"),
        ("Login nicht möglich.", "login_fails"),
        ("Falsche Adresse gespeichert.", "data_wrong"),
        ("Die Tische waren klebrig.", "dirty_general"),
        ("Hier ist es viel zu laut.", "noise_general"),
        ("Keine Parkplätze weit und breit.", "parking"),
        ("Nicht barrierefrei.", "accessibility_bad"),
        ("Der Zug war wieder verspätet.", "train_late"),
        ("Der Bus ist ausgefallen.", "train_cancelled"),
        ("Es gab keine Durchsage.", "information_missing"),
        ("Mir wurde ein Rückruf versprochen, der nie kam.", "promise_broken"),
        ("Ich schreibe jetzt zum dritten Mal.", "repeat_unanswered"),
        ("Da hätte sich jemand verletzen können.", "safety_worry"),
        ("Das Personal ist sehr freundlich.", "staff_friendly"),
        ("Ausführliche Beratung.", "advice_good"),
        ("Blitzschnelle Lieferung.", "fast_delivery"),
        ("Der Sessel ist hervorragend verarbeitet.", "product_good"),
        ("Faire Preise.", "price_fair"),
        ("Das Essen war köstlich.", "food_good"),
        ("Tolles Ambiente.", "atmosphere_good"),
        ("Schönes, großes Zimmer.", "room_good"),
        ("Alles sehr sauber.", "clean_good"),
        ("Reichhaltiges Frühstück.", "breakfast_good"),
        ("Ruhige Lage.", "location_good"),
        ("Mir wurde sofort geholfen.", "fast_help"),
        ("Die Buchung war ganz einfach.", "booking_easy"),
        ("Schnell einen Termin bekommen.", "appointment_good"),
        ("Das Problem wurde sofort gelöst.", "problem_solved"),
        ("Die App ist sehr übersichtlich.", "app_good"),
        ("Preis-Leistung stimmt.", "value_good"),
        ("Riesige Auswahl.", "selection_good"),
        ("Bis wann habt ihr heute offen?", "ask_opening"),
        ("Was kostet der Eintritt?", "ask_price"),
        ("Ist der Tisch noch lieferbar?", "ask_availability"),
        ("Liefert ihr nach Österreich?", "ask_delivery"),
        ("Wie kann ich das umtauschen?", "ask_return"),
        ("Kann man bei euch reservieren?", "ask_booking"),
        ("Wo kann man parken?", "ask_parking"),
        ("Habt ihr auch vegane Kuchen?", "ask_vegan"),
        ("Ist der Eingang rollstuhlgerecht oder stufenlos?", "ask_accessibility"),
        ("Sind Hunde erlaubt?", "ask_dogs"),
        ("Wo finde ich eine Telefonnummer?", "ask_contact"),
    ],
)
def test_a_matter_is_found_in_plain_words(text: str, key: str) -> None:
    assert key in say(text).matters


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Das Essen war nicht kalt.", "food_cold"),
        ("Keine Wartezeit an der Kasse.", "waited_long"),
        ("Wir mussten nicht lange warten.", "waited_long"),
        ("Die Suppe war keineswegs versalzen.", "food_bad"),
        ("Das Zimmer war nie laut.", "room_noisy"),
        ("Das Zimmer war überhaupt nicht dreckig.", "room_dirty"),
        ("Die Verkäuferin war kein bisschen unfreundlich.", "staff_unfriendly"),
        ("Das ist nicht zu teuer.", "price_high"),
        ("Das Personal war nicht freundlich.", "staff_friendly"),
        ("Das Essen war nicht gut.", "food_good"),
        ("Die Lieferung war nicht schnell.", "fast_delivery"),
        ("Das Frühstück war kaum lecker.", "breakfast_good"),
        ("Der Zug hatte keine Verspätung.", "train_late"),
        ("Die App ist nie abgestürzt.", "app_crash"),
        ("Kalt war das Essen nicht.", "food_cold"),
        ("Der Kellner war alles andere als nett.", "staff_friendly"),
    ],
)
def test_a_denial_takes_a_matter_back(text: str, key: str) -> None:
    assert key not in say(text).matters


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Das Essen war nicht nur kalt, sondern auch versalzen.", "food_cold"),
        ("Kein Wunder, dass das Essen kalt war.", "food_cold"),
        ("Das Essen kam nicht pünktlich und war kalt.", "food_cold"),
        ("Ich habe noch nie so lange gewartet.", "waited_long"),
        ("Nie wieder! Das Zimmer war dreckig.", "room_dirty"),
        ("Nicht freundlich, sondern unverschämt war der Kellner. Das Essen war kalt.", "food_cold"),
    ],
)
def test_a_negation_that_denies_something_else_leaves_the_matter(text: str, key: str) -> None:
    assert key in say(text).matters


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("Das Zimmer war dreckig, die Lage gut.", "room_good"),
        ("Das Essen war gut und die Bedienung unfreundlich.", "food_bad"),
        ("Vergessen Sie das, wirklich schlecht.", "food_bad"),
        ("Das war praktisch nicht vorhanden.", "table_not_kept"),
        ("Der Service war schlecht.", "train_late"),
        ("Liebes Team, leider war alles falsch.", "staff_friendly"),
    ],
)
def test_a_word_of_another_matter_is_not_borrowed(text: str, absent: str) -> None:
    assert absent not in say(text).matters


def test_the_precise_matter_replaces_the_general_one_at_the_same_place() -> None:
    assert say("Beim Check-in mussten wir lange warten.").matters == ("checkin_slow",)


def test_both_stand_where_they_are_said_at_different_places() -> None:
    found = say("Mein Paket ist nie angekommen. In der Filiale habe ich dann eine Stunde gewartet.").matters
    assert {"delivery_missing", "waited_long"} <= set(found)


def test_a_complaint_wins_over_praise_at_the_same_place() -> None:
    assert "food_good" not in say("Das gute Essen war leider eiskalt.").matters


def test_a_statement_asks_nothing() -> None:
    assert "ask_parking" not in say("Der Parkplatz liegt direkt am Haus.").matters


def test_ironic_praise_names_no_praise() -> None:
    assert "staff_friendly" not in say("Na toll, super Service: eine Stunde gewartet.").matters


def test_every_matter_shows_its_place() -> None:
    text = "Drei Wochen warte ich auf den Sessel, und am Telefon geht keiner ran."
    reading = say(text)
    places = {span.label: text[span.start : span.end] for span in reading.reasons}
    assert "geht keiner" in places["phone_unreachable"]
    assert set(reading.matters) <= places.keys()


def test_every_matter_has_a_side_and_a_topic_that_exists() -> None:
    keys = tomllib.loads((DATA / "matters.toml").read_text(encoding="utf-8"))["labels"].keys()
    assert keys == labels.sides().keys()
    assert set(subject.topic_of().values()) <= set(TOPICS)
    about_nothing = {
        "promise_broken",
        "repeat_unanswered",
        "ask_booking",
        "ask_dogs",
        "ask_contact",
        "fast_help",
        "problem_solved",
    }
    assert labels.sides().keys() - about_nothing <= subject.topic_of().keys()


def test_covered_matters_exist() -> None:
    for key, others in labels.covered().items():
        assert {key, *others} <= labels.sides().keys()


def test_topics_of_concrete_matters_come_first() -> None:
    assert say("Das Zimmer war dreckig, der Preis egal.").topics[0] == "room"


def test_a_post_about_nothing_known_has_the_topic_other() -> None:
    assert say("Hm.").topics == ("other",)


@pytest.mark.parametrize(
    ("text", "station"),
    [
        ("Die Rechnung stimmt nicht.", "invoice"),
        ("Schon zum zweiten Mal reklamiert.", "complaint"),
        ("Bei der Hotline erreicht man niemanden.", "support"),
        ("Die Lieferung kam zu spät.", "delivery"),
        ("Völlig überteuert.", "price"),
        ("Schlecht beraten worden.", "advice"),
        ("Die Buchung war kompliziert.", "order"),
        ("Das Sofa quietscht.", "product"),
        ("Der Laden ist klein.", "shop"),
        ("Hm.", "product"),
    ],
)
def test_the_station_of_the_journey(text: str, station: str) -> None:
    assert say(text).station == station
