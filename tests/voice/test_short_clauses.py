"""What is lacking, what came instead and what was done by us: said back without a verb to turn, or without us."""

from __future__ import annotations

import pytest

from responder.playbook import load_playbook, shapes
from responder.playbook.harm import harm
from responder.playbook.restate_none import restated_none
from responder.playbook.restate_short import got_instead
from responder.playbook.restate_us import restated_us

NOUNS = load_playbook().voice("de-DE").nouns


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        ("Nach drei Wochen immer noch keine Antwort", "Sie nach drei Wochen immer noch keine Antwort haben"),
        ("Am Gleis keine Durchsage", "es am Gleis keine Durchsage gab"),
        ("Keine Antwort auf meine Mail", "Sie keine Antwort auf Ihre Mail hatten"),
        ("Kein Hotel", "es kein Hotel gab"),
        ("Das ist keine Antwort", ""),
        ("Keine Xyzzies weit und breit vorhanden gewesen", ""),
    ],
)
def test_what_is_lacking_is_said_back(clause: str, said: str) -> None:
    assert restated_none(clause, NOUNS, formal=True, swiss=False) == said


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        ("Ihr habt mein Probetraining verschlampt", "Ihr Probetraining verschlampt wurde"),
        ("Sie haben meinen Beitrag verdoppelt", "Ihr Beitrag verdoppelt wurde"),
        ("Ihr habt mir die falsche Größe geschickt", "Ihnen die falsche Größe geschickt wurde"),
        ("Sie haben mir einen falschen Artikel geliefert", "Ihnen ein falscher Artikel geliefert wurde"),
        ("Sie haben die Schrauben vergessen", "die Schrauben vergessen wurden"),
        ("Sie haben gelacht", ""),
        ("Die haben meinen Termin vergessen", ""),
    ],
)
def test_what_we_did_is_said_back_without_us(clause: str, said: str) -> None:
    assert restated_us(clause, NOUNS, formal=True, swiss=False) == said


def test_what_came_instead_is_said_with_the_articles_of_single_things() -> None:
    post = "Kommode bestellt, Nachttisch bekommen"
    assert got_instead(post, NOUNS, formal=True) == "Sie eine Kommode bestellt und einen Nachttisch bekommen haben"
    assert got_instead(post, NOUNS, formal=False).endswith("bekommen hast")
    assert got_instead("Kommode bestellt und zufrieden", NOUNS, formal=True) == ""


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("aufgestemmt", "participle"),
        ("frittiert", "participle"),
        ("umsteigen", "infinitive"),
        ("schwammig", "adjective"),
    ],
)
def test_a_word_is_told_by_its_shape(word: str, shape: str) -> None:
    assert getattr(shapes, shape)(word)


@pytest.mark.parametrize("word", ["gegen", "gestern", "keinen", "plötzlich", "zwischen"])
def test_small_words_have_no_such_shape(word: str) -> None:
    assert not any(shape(word) for shape in (shapes.participle, shapes.infinitive, shapes.adjective))


def test_a_denied_fault_is_none_and_what_is_denied_beside_a_fault_is_one() -> None:
    assert harm("Die Suppe war nicht schlecht") == 0
    assert harm("Im Treppenhaus brennt seit Wochen kein Licht mehr") >= 2
    assert harm("Der Gutachter war nicht da") >= 2


def test_what_only_sets_the_scene_is_no_harm() -> None:
    assert harm("Das Paket wurde am 3. September verschickt") == 0
    assert harm("Das Paket wurde in falscher Farbe verschickt") >= 2
