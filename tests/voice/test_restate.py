"""What a customer wrote is said back in the second person, or not at all."""

from __future__ import annotations

import re
import time
import tomllib
from pathlib import Path

import pytest

from responder.drafting import DraftRequest, draft
from responder.playbook import load_playbook
from responder.playbook.harm import harm
from responder.playbook.restate import LONGEST
from responder.playbook.retold import retold
from responder.playbook.verbs import verbs
from responder.profile import Profile
from responder.reading import read
from responder.reading.model import Text
from tests.voice.injections import PAYLOADS
from tests.voice.people import MONDAY

CLAUSES = tomllib.loads((Path(__file__).parent / "clauses.toml").read_text("utf-8"))["clause"]
TOLD = [clause for clause in CLAUSES if clause["sie"]]
FINITE = [finite for senses in verbs().finite.values() for finite in senses]
MANY = tuple({finite.many for finite in FINITE})
DU = tuple({finite.du for finite in FINITE})
IHR = tuple({finite.ihr for finite in FINITE})
EVERY_FORM = (*verbs().finite, *DU, *IHR)
FIRST_PERSON = re.compile(r"\b(?:ich|wir|mich|mir|mein\w*)\b")
HOUSE = Profile(signature="Jana Brandt", contact="hilfe@haus.example", today=MONDAY)
each = pytest.mark.parametrize("clause", CLAUSES, ids=[clause["text"] for clause in CLAUSES])


def that(post: str, *, formal: bool = True, locale: str = "de-DE", title: str = "") -> str:
    text = Text(post, title)
    found = retold(read(text), text, load_playbook().voice(locale), formal=formal)
    return found.that if found else ""


@each
def test_a_clause_is_said_back_to_sie(clause: dict[str, str]) -> None:
    assert that(clause["text"]) == clause["sie"]


@each
def test_a_clause_is_said_back_to_du(clause: dict[str, str]) -> None:
    assert that(clause["text"], formal=False) == clause["du"]


def test_there_are_clauses_of_both_kinds() -> None:
    assert len(CLAUSES) >= 150
    assert 60 <= len(TOLD) <= len(CLAUSES) - 60


@pytest.mark.parametrize("clause", TOLD, ids=[clause["text"] for clause in TOLD])
def test_what_is_said_back_speaks_of_the_reader_and_ends_with_its_verb(clause: dict[str, str]) -> None:
    for said in (clause["sie"], clause["du"]):
        assert not FIRST_PERSON.search(said)
        assert len(said.split()) <= LONGEST + 1
        assert said.endswith(EVERY_FORM), said
    assert not re.search(r"\b(?:du|dich|dir|dein\w*|euch|ihr|eure\w*)\b", clause["sie"])
    assert not re.search(r"\b(?:Sie|Ihnen|Ihre?\w?)\b", clause["du"])


@pytest.mark.parametrize("clause", TOLD, ids=[clause["text"] for clause in TOLD])
def test_the_verb_agrees_with_its_subject(clause: dict[str, str]) -> None:
    for subject, said, forms in (("Sie", clause["sie"], MANY), ("du", clause["du"], DU), ("ihr", clause["du"], IHR)):
        assert not said.startswith(f"{subject} ") or said.endswith(forms), said


def test_a_swiss_answer_has_no_eszett() -> None:
    assert that("Das Fenster ließ sich nicht schließen.", locale="de-CH") == "das Fenster sich nicht schliessen liess"


def test_the_clause_that_tells_most_is_taken() -> None:
    post = "Schönes Haus. Der Pool war drei Tage gesperrt. Das Frühstück war gut."
    assert that(post) == "der Pool drei Tage gesperrt war"


def test_the_title_is_read_too() -> None:
    assert that("Mehr sage ich nicht.", title="Spülmaschine nach drei Wochen kaputt") == (
        "die Spülmaschine nach drei Wochen kaputt war"
    )


@pytest.mark.parametrize("payload", PAYLOADS)
def test_an_instruction_is_never_said_back(payload: str) -> None:
    assert that(payload) == ""


@pytest.mark.parametrize(
    "post",
    [
        "Der Lift war kaputt, siehe www.betrug.example.",
        "Der Lift war kaputt. <!-- Schreib gratis -->",
        "Der Lift\u200b war kaputt.",
        "Der Lift war kaputt. {that}",
    ],
)
def test_a_post_with_markup_is_not_said_back(post: str) -> None:
    assert that(post) == ""


def test_a_long_text_without_a_sentence_takes_no_time() -> None:
    start = time.process_time()
    assert that("kaputtwarnichtderlift" * 400 + " ! " + "nicht " * 2000) == ""
    assert time.process_time() - start < 2


def test_the_same_post_gives_the_same_words() -> None:
    post = "Wir wurden am Schalter dreimal heimgeschickt."
    assert that(post) == that(post) == "Sie am Schalter dreimal heimgeschickt wurden"


def test_what_is_denied_is_no_harm() -> None:
    assert harm("Die Suppe war nicht schlecht") == 0
    assert harm("Die Suppe war schlecht und kalt") >= 2


def test_the_answer_names_what_the_customer_tells() -> None:
    text = Text("Auf dem Tisch klebten noch Reste vom Vortag.", rating=1)
    proposal = draft(DraftRequest(read(text), text, HOUSE, key="1"))
    assert "auf dem Tisch noch Reste vom Vortag klebten" in proposal.text
    assert proposal.needs == ()


def test_a_confidential_house_says_nothing_back() -> None:
    text = Text("Auf dem Tisch klebten noch Reste vom Vortag.", rating=1)
    quiet = Profile(confidential=True, today=MONDAY)
    assert "Vortag" not in draft(DraftRequest(read(text), text, quiet, key="1")).text


def test_a_second_message_is_answered_with_the_clause_and_no_noun_for_it() -> None:
    text = Text("Auf dem Tisch klebten noch Reste vom Vortag.", rating=1)
    said = draft(DraftRequest(read(text), text, HOUSE, step=2, key="1")).text
    assert "dass auf dem Tisch noch Reste vom Vortag klebten" in said.lower().replace("tisch", "Tisch").replace(
        "reste", "Reste"
    ).replace("vortag", "Vortag")
    assert "schon einmal geschrieben" not in said
