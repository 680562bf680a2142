"""What a matter calls for is offered from the catalogue although nobody asked for it by name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from responder.playbook.catalogue import commitment
from responder.profile import Profile
from responder.reading import read
from responder.reading.model import Text
from tests.voice.people import JANA, answer


def offered(post: str, line: str, assessment: str, profile: Profile = JANA) -> str:
    return answer(read(Text(post, rating=2)), post, replace(profile, catalogue=(line,)), assessment=assessment).text


@pytest.mark.parametrize(
    ("post", "line", "item"),
    [
        ("Der Pony ist schief geschnitten.", "Nachschneiden kostenlos binnen 10 Tagen, Leitung", "Nachschnitt"),
        ("75 Minuten gewartet trotz Termin!", "Zusatztermin binnen 5 Werktagen, Leitung", "Zusatztermin"),
        ("Seit Tagen kein Internet.", "Techniker vor Ort binnen 3 Werktagen, Technik", "Techniker"),
        ("Nach dem Service klappert das Auto.", "Fahrzeug kostenlos nachprüfen binnen 2 Werktagen", "Nachprüfung"),
    ],
)
def test_the_fitting_entry_is_offered_with_its_day(post: str, line: str, item: str) -> None:
    for assessment in ("right", "partly"):
        text = offered(post, line, assessment)
        assert item in text, text
        assert "Dezember" in text or "November" in text


def test_nothing_is_offered_while_the_matter_is_open() -> None:
    line = "Zusatztermin binnen 5 Werktagen, Leitung"
    assert "Zusatztermin" not in offered("75 Minuten gewartet trotz Termin!", line, "open")


def test_what_the_customer_refuses_is_not_offered() -> None:
    post = "Sofa in der falschen Farbe. Ich will keinen Preisnachlass, ich will das bestellte."
    text = offered(post, "Möbelstück kostenlos austauschen binnen 3 Wochen, Service", "right")
    assert "Preisnachlass" not in text
    assert "Montag, 14. Dezember" in text


def test_what_was_paid_goes_back_where_he_is_right_and_the_catalogue_reaches() -> None:
    text = offered("Die Torte für 54 Euro war falsch beschriftet.", "Preis zurück bis 60 € binnen 3 Werktagen", "right")
    assert "Donnerstag, 26. November" in text


def test_a_line_names_its_hour() -> None:
    entry = commitment("Rückruf bis zum nächsten Werktag 17 Uhr, Service")
    assert (entry.hour, entry.days, entry.who) == (17, 1, "Service")
