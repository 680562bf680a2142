"""What somebody of ours did is said back in a thank-you; what may be nobody of ours, or no deed, never is."""

from __future__ import annotations

from datetime import date

import pytest

from responder.drafting import DraftRequest, draft
from responder.playbook import load_playbook
from responder.playbook.deeds import deed
from responder.playbook.stories import story_thing
from responder.profile import Profile
from responder.reading import read
from responder.reading.model import Text
from tests.voice.people import JANA, PRACTICE

VOICE = load_playbook().voice("de-DE")


def that(post: str, *, formal: bool = True) -> str:
    text = Text(post, rating=5)
    found = deed(read(text), text, VOICE, formal=formal)
    return found.that if found else ""


@pytest.mark.parametrize(
    ("post", "said"),
    [
        ("Die Kellnerin hat mir den Mantel gehalten.", "die Kellnerin Ihnen den Mantel gehalten hat"),
        ("Der Fahrer hat auf uns im Regen gewartet.", "der Fahrer auf Sie im Regen gewartet hat"),
        ("Das Team hat uns herzlich empfangen.", "das Team Sie herzlich empfangen hat"),
        ("Der Monteur Herr Kuhn hat alles erklärt.", "Herr Kuhn alles erklärt hat"),
        ("Ihre Mitarbeiterin rief mich am Samstag zurück.", "unsere Mitarbeiterin Sie am Samstag zurückrief"),
        ("Ihr habt uns den Tag gerettet.", "wir Ihnen den Tag gerettet haben"),
        ("Beim Abbau hat Herr Kuhn hinter der Wand einen Brief gefunden.",
         "Herr Kuhn beim Abbau hinter der Wand einen Brief gefunden hat"),
        ("Die Dame an der Kasse hat dem Sohn ein Bild gemalt.", "die Dame an der Kasse dem Sohn ein Bild gemalt hat"),
    ],
)  # fmt: skip
def test_a_deed_is_told_from_our_side(post: str, said: str) -> None:
    assert that(post) == said


def test_the_doer_of_one_clause_is_that_of_the_next() -> None:
    post = "Lisa hat gemerkt, dass der Boden schief ist, und ohne ein Wort Keile unter den Schrank gesetzt."
    assert that(post) == "Lisa ohne ein Wort Keile unter den Schrank gesetzt hat"


def test_the_fuller_of_two_deeds_is_told() -> None:
    assert that("Der Koch kam heraus und hat uns das Rezept der Suppe verraten.").endswith(
        "das Rezept der Suppe verraten hat"
    )


@pytest.mark.parametrize(
    "post",
    [
        "Unser Sohn hat im Bett gelacht.",
        "Die Sonne hat den ganzen Tag geschienen.",
        "Die Garantie hat uns dabei genützt.",
        "Der Fahrer hat gewartet.",
        "Hat der Fahrer auf euch lange gewartet?",
        "Der Kellner hat mich leider nicht gesehen.",
        "Der Chef hat uns 500 Euro versprochen.",
        "Der Geschäftsführer hat alles freigegeben: Wir erstatten den Preis.",
        "Der Fahrer hat <b>alles</b> gut gemacht.",
    ],
)
def test_what_is_no_deed_of_ours_or_grants_something_is_not_said_back(post: str) -> None:
    assert that(post) == ""


def test_the_thanks_tell_the_deed_and_pass_it_on() -> None:
    post = Text("Der Lokführer hat zwei Minuten auf uns gewartet. Das vergess ich nicht.", rating=5)
    text = draft(DraftRequest(read(post), post, JANA)).text
    assert "der Lokführer zwei Minuten auf Sie gewartet hat" in text
    assert "tut mir leid" not in text


def test_a_discreet_house_tells_no_deed() -> None:
    post = Text("Die Therapeutin hat mir das Laufen wieder beigebracht.", rating=5)
    assert "Laufen" not in draft(DraftRequest(read(post), post, PRACTICE)).text


def test_praise_of_the_one_who_signs_is_not_passed_on_to_him() -> None:
    wirt = Profile(signature="Poldi Wessely, Wirt", today=date(2026, 11, 23))
    post = Text("Der Chef hat uns am Tisch das Rezept verraten.", rating=5)
    assert "der Chef" not in draft(DraftRequest(read(post), post, wirt)).text


def test_a_story_is_named_by_the_thing_it_turns_on() -> None:
    post = Text(
        "Unser Sohn hat seinen Stoffhasen im Zimmer vergessen. Zwei Tage später lag er mit einer Ansichtskarte im "
        "Briefkasten, der Hase habe noch Ferien gemacht. Herzlichen Dank!",
        rating=5,
    )
    assert story_thing(read(post), post, VOICE) == "dem Stoffhasen"
    assert "die Geschichte mit dem Stoffhasen" in draft(DraftRequest(read(post), post, JANA, key="2")).text


@pytest.mark.parametrize(
    "post",
    [
        "Mit meinem Mann war ich dort.",
        "Nach der Chemo hatte ich einen Spiegel zum ersten Mal wieder gern, und das dank der lieben Leute hier.",
        "Wir hatten einen Termin und waren nach einer Stunde fertig, das ging wirklich gut und ohne jede Hektik.",
    ],
)
def test_no_story_is_told_of_people_times_and_illness(post: str) -> None:
    assert story_thing(read(Text(post)), Text(post), VOICE) == ""
