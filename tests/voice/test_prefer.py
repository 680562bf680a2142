"""The customer's clause stands for the matter of the same clause and gives way to none that tells only a feeling."""

from __future__ import annotations

from responder.playbook import load_playbook, told
from responder.playbook.about import clause_of, complained_of
from responder.playbook.asked import Asked
from responder.playbook.situations import decide
from responder.profile import Profile
from responder.reading import read
from responder.reading.model import Text

VOICE = load_playbook().voice("de-DE")


def asked(post: str, *, kind: str = "full", sector: str = "shop", confidential: bool = False) -> Asked:
    text = Text(post, rating=1.0)
    return Asked(read(text), text, Profile(sector=sector, confidential=confidential), "open", 1, kind)


def thats(post: str) -> list[str]:
    return [
        m.forms["that"][0].render(dict.fromkeys(m.forms["that"][0].names, "heute"), formal=True, team=False)
        for m in complained_of(asked(post), VOICE)
    ]


def test_the_clause_takes_the_place_of_the_matter_that_it_tells_and_keeps_what_is_done() -> None:
    post = "Der Drucker ist nach zwei Wochen kaputt gegangen."
    (ours,) = [piece.matter for piece in told.composed(asked(post).reading, asked(post).text, VOICE, discreet=False)]
    (matter,) = complained_of(asked(post), VOICE)
    assert thats(post) == ["der Drucker nach zwei Wochen kaputt gegangen ist"]
    assert matter.forms["look"] == ours.forms["look"]


def test_two_facts_are_told_in_the_order_of_the_post() -> None:
    said = thats("Unser Kinderwagen kam mit gebrochenem Rad aus dem Gepäckband. Am Schalter wusste niemand Bescheid.")
    assert said[0] == "Ihr Kinderwagen mit gebrochenem Rad aus dem Gepäckband kam"
    assert len(said) > 1


def test_a_clause_of_two_facts_stands_alone() -> None:
    said = thats("Die Griffe fehlen und eine Schublade klemmt. Auf drei Mails kam keine Antwort.")
    assert said == ["die Griffe fehlen und eine Schublade klemmt"]


def test_a_thing_is_not_told_twice() -> None:
    said = " ".join(thats("Der Aufzug war drei Tage kaputt. Der Aufzug war auch noch dreckig."))
    assert said.count("Aufzug") == 1


def test_a_holding_reply_needs_a_noun_and_is_given_one() -> None:
    assert all(matter.nouns for matter in decide(asked("Der Aufzug ist kaputt.", kind="holding"), VOICE).matters)


def test_where_nothing_may_say_what_happened_there_is_no_clause() -> None:
    assert clause_of(asked("Der Aufzug ist kaputt."), VOICE) is not None
    assert clause_of(asked("Der Aufzug ist kaputt.", confidential=True), VOICE) is None


def test_a_day_of_the_month_is_no_end_of_a_sentence_and_no_thing() -> None:
    assert not any("Oktober" in said for said in thats("Meine Bestellung vom 12. Oktober ist nicht angekommen."))
