"""Personal data that no public reply may repeat."""

from __future__ import annotations

from itertools import pairwise

import pytest

from responder.reading.pii import valid_iban
from responder.words import PII_TYPES
from tests.reading.say import personal, say


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Schreiben Sie an anna.muster@example.org, danke.", ("email", "anna.muster@example.org")),
        ("Meine Nummer ist 0171 2345678.", ("phone", "0171 2345678")),
        ("Ruft an: +43 664 1234567", ("phone", "+43 664 1234567")),
        ("Tel. 044 123 45 67 bitte", ("phone", "044 123 45 67")),
        ("IBAN DE89 3704 0044 0532 0130 00", ("iban", "DE89 3704 0044 0532 0130 00")),
        ("Konto AT611904300234573201", ("iban", "AT611904300234573201")),
        ("Bestellnummer 48291-B ist nicht da", ("order", "48291-B")),
        ("Meine Bestellung #A77-1234 fehlt", ("order", "A77-1234")),
        ("Kundennummer: 998877", ("customer_no", "998877")),
        ("Vertragsnummer 55-4433", ("contract_no", "55-4433")),
        ("Ticketnummer 202611", ("case_no", "202611")),
        ("Aktenzeichen 12/2026", ("case_no", "12/2026")),
        ("Wir hatten Zimmer 214.", ("room", "214")),
        ("Ich wohne Lindenstraße 12 in Graz.", ("address", "Lindenstraße 12")),
        ("Frau Müller war unhöflich.", ("name", "Müller")),
        ("Herr Dr. Hans Gruber hat geholfen.", ("name", "Hans Gruber")),
        ("Mein Name ist Petra Klein.", ("name", "Petra Klein")),
        ("Kellner Marco war super.", ("name", "Marco")),
        ("Alles kalt.\nMit freundlichen Grüßen Karl Maier", ("name", "Karl Maier")),
    ],
)
def test_personal_data_is_found_as_written(text: str, found: tuple[str, str]) -> None:
    assert found in personal(text)


@pytest.mark.parametrize(
    "text",
    [
        "Wir haben 140 Euro für zwei Nächte bezahlt.",
        "Um 19 Uhr war der Tisch vergeben.",
        "Am 12.11.2026 gekauft.",
        "Zimmer 5 Sterne wert.",
        "Frau und Kinder waren begeistert.",
        "Der Herr am Schalter war nett.",
        "Die Bestellung war falsch.",
        "Ein Weg von 20 Minuten.",
    ],
)
def test_ordinary_numbers_and_words_are_not_personal(text: str) -> None:
    assert personal(text) == set()


def test_a_number_with_wrong_check_digits_is_no_iban() -> None:
    assert "iban" not in {label for label, _ in personal("DE89 3704 0044 0532 0130 01 ist eine falsche Zahl.")}


def test_no_place_is_taken_twice() -> None:
    spans = say("Frau Anna Klein, anna@example.org, Bestellnummer 12345, Tel. 0171 2345678, Zimmer 12").pii
    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert len(spans) == 5


def test_all_types_belong_to_the_vocabulary() -> None:
    text = "Herr Klein, a@b.de, +49 171 2345678, Ringweg 3, Bestellung 123, Kundennummer 456, Zimmer 7"
    assert {span.label for span in say(text).pii} <= set(PII_TYPES)


@pytest.mark.parametrize("iban", ["DE89370400440532013000", "AT61 1904 3002 3457 3201", "CH93 0076 2011 6238 5295 7"])
def test_a_true_iban_passes_its_check_digits(iban: str) -> None:
    assert valid_iban(iban)


@pytest.mark.parametrize("iban", ["DE89370400440532013001", "DE00", "AT61 1904 3002 3457 3202", ""])
def test_a_mistyped_iban_does_not(iban: str) -> None:
    assert not valid_iban(iban)


def test_a_name_in_the_title_points_to_no_place_in_the_text() -> None:
    reading = say("Alles gut gelaufen.", title="Danke an Frau Huber")
    assert [(span.start, span.end, span.label) for span in reading.pii] == [(0, 0, "name")]
