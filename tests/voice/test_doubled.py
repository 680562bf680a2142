"""A draft says nothing twice in a row, and speaks of no part of another house."""

from __future__ import annotations

import pytest

from responder.drafting import DraftRequest, draft
from responder.playbook import load_playbook
from responder.playbook.doubled import doubled
from responder.playbook.sectors import sector_of
from responder.playbook.stations import of_this_house
from responder.profile import Profile
from responder.reading import read
from responder.reading.model import Text
from tests.voice.people import JANA

VOICE = load_playbook().voice("de-DE")


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("Wir prüfen das heute. Bis Freitag ist die Sache geprüft.", set()),
        ("Wir prüfen das heute. Das prüft die Leitung.", {"prueft", "pruef"}),
        ("Danke für die Worte. Ihre Worten geben wir weiter.", {"worte"}),
        ("Bis 27. November steht es hier. Danke. Bis 27. November rufe ich an.", {"27. November"}),
        ("Die Tür war offen. Danke fürs Schreiben. Die Tür wird gerichtet.", set()),
        ("Wir sehen nach. [die Sache] und [die Sache].", set()),
    ],
)
def test_a_word_said_twice_in_neighbouring_sentences_is_noticed(text: str, stems: set[str]) -> None:
    assert bool(doubled(text)) is bool(stems)
    assert doubled(text) <= stems


def test_the_draft_with_fewer_doubled_words_is_taken() -> None:
    post = Text("Das Essen war kalt und wir haben eine Stunde gewartet.", rating=2)
    found = [doubled(draft(DraftRequest(read(post), post, JANA, key=str(key))).text) for key in range(12)]
    assert sum(map(bool, found)) <= 2


def test_a_telephone_company_speaks_with_no_kitchen() -> None:
    food = VOICE.matters["complaint"]["food_cold"]
    telephone, inn = Profile(sector="internet"), Profile(sector="restaurant")
    said = [phrase.source for phrase in of_this_house(food, sector_of(telephone), VOICE).forms["look"]]
    assert said
    assert not [words for words in said if "Küche" in words]
    assert any("Küche" in phrase.source for phrase in of_this_house(food, sector_of(inn), VOICE).forms["look"])
