"""What the customer has already told us."""

from __future__ import annotations

import pytest

from responder.reading.facts import is_product
from tests.reading.say import facts, say


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bestellnummer 48291-B fehlt.", ("order", "48291-B")),
        ("Am 3. November bestellt.", ("date", "3. November")),
        ("Am 3.11.2026 gekauft.", ("date", "3.11.2026")),
        ("Im Hotel am 5. Jänner 2026.", ("date", "5. Jänner 2026")),
        ("Wir waren am Samstag dort.", ("date", "am Samstag")),
        ("Gestern Abend war es voll.", ("date", "Gestern Abend")),
        ("Um 19:30 Uhr reserviert.", ("time", "19:30 Uhr")),
        ("Gegen 18 Uhr kam das Essen.", ("time", "18 Uhr")),
        ("Hat 24,90 Euro gekostet.", ("amount", "24,90 Euro")),
        ("CHF 1'250.50 bezahlt.", ("amount", "CHF 1'250.50")),
        ("Für 10 € zu wenig.", ("amount", "10 €")),
        ("Drei Wochen warte ich.", ("duration", "Drei Wochen")),
        ("Nach 45 Minuten kam jemand.", ("duration", "45 Minuten")),
        ("Eine geschlagene Stunde gewartet.", ("duration", "Eine geschlagene Stunde")),
        ("In Zimmer 312 tropft es.", ("room", "312")),
        ("Die Filiale in Graz ist dreckig.", ("place", "Graz")),
        ("Wir waren in Zürich essen.", ("place", "Zürich")),
        ("Frau Müller hat es versprochen.", ("person", "Müller")),
        ("Der Ledersessel ist da.", ("product", "Ledersessel")),
        ("Die Waschmaschine läuft nicht.", ("product", "Waschmaschine")),
    ],
)
def test_a_fact_is_kept_as_written(text: str, found: tuple[str, str]) -> None:
    assert found in facts(text)


def test_several_facts_come_in_the_order_of_the_text() -> None:
    kinds = [fact.kind for fact in say("Am 3. November um 12 Uhr in Wien für 20 Euro gekauft.").facts]
    assert kinds == ["date", "time", "place", "amount"]


def test_the_offsets_cut_out_the_value() -> None:
    text = "Größe falsch, Bestellnummer 48291-B, bezahlt am 3. November: 24,90 €."
    for fact in say(text).facts:
        assert text[fact.start : fact.end].strip() == fact.value


def test_a_fact_from_the_title_is_known_and_points_to_no_place() -> None:
    found = say("Kommt nicht an.", title="Bestellnummer 48291-B").facts
    assert [(fact.kind, fact.value, fact.start, fact.end) for fact in found] == [("order", "48291-B", 0, 0)]


@pytest.mark.parametrize("text", ["Sehr schön hier.", "In Ordnung.", "Im Grunde gut."])
def test_nothing_told_is_nothing_known(text: str) -> None:
    assert facts(text) == set()


@pytest.mark.parametrize("word", ["sessel", "ledersessel", "waschmaschine", "gartentisch", "kuehlschrank"])
def test_things_and_their_compounds_are_products(word: str) -> None:
    assert is_product(word)


@pytest.mark.parametrize("word", ["vergessen", "praktisch", "service", "a", "telefon"])
def test_other_words_are_not(word: str) -> None:
    assert not is_product(word)
