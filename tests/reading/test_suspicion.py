"""Risks told by all evidence together, and the model of words that speaks among it."""

from __future__ import annotations

from array import array

import pytest

from responder.reading import suspecting, suspicion
from responder.reading.document import prepare
from responder.reading.model import Text
from responder.reading.suspecting import Lesson, Post, learn, lesson
from responder.reading.suspicion import Suspicion, clues
from tests.reading.say import say


def post(text: str, *risks: str) -> Post:
    return Post(Text(text), frozenset(risks), 0)


def taught(*posts: Post) -> Suspicion:
    return learn([lesson(one) for one in posts])


FEW = (post("Der Hase hoppelt blau", "safety"), post("Die Suppe war warm"), post("Der Zug kam an"))


def test_a_model_tells_what_it_was_taught() -> None:
    scores = taught(*FEW).scores(clues(prepare(Text("Ein blauer Hase")).words))
    assert scores["safety"] > max(score for label, score in scores.items() if label != "safety")


def test_the_same_posts_teach_the_same() -> None:
    assert taught(*FEW).as_bytes() == taught(*FEW).as_bytes()


def test_a_model_survives_its_file() -> None:
    model = taught(*FEW)
    words = clues(prepare(Text("Der Hase")).words)
    assert suspicion.from_bytes(model.as_bytes()).scores(words) == pytest.approx(model.scores(words), abs=1e-3)


def test_numbers_look_alike_to_the_model() -> None:
    assert clues(prepare(Text("Raum 12, Haus 7")).words).words == ("raum", "0", "haus", "0")


def test_a_text_without_words_is_no_risk() -> None:
    assert suspicion.risks(prepare(Text("…!?")), []) == []


def test_what_the_words_alone_tell_has_the_sentence_that_says_it() -> None:
    model = Suspicion(("press",), (1.0,), (5.0,), (array("b", [0] * 8),))
    text = "Das ist der erste Satz dieses Textes. Und das ist nun der zweite."
    [hit] = [hit for hit in suspicion.risks(prepare(Text(text)), [], model) if hit.label == "press"]
    assert text[hit.start : hit.end] == "Das ist der erste Satz dieses Textes"


def test_a_handful_of_words_alone_tells_nothing() -> None:
    model = Suspicion(("press",), (1.0,), (5.0,), (array("b", [0] * 8),))
    assert suspicion.risks(prepare(Text("Das war gut.")), [], model) == []


def test_the_words_may_outweigh_a_meeting_of_concepts_but_no_rule_about_a_life() -> None:
    against = Suspicion(("safety", "self_harm"), (1.0, 1.0), (-9.0, -9.0), (array("b", [0] * 8),) * 2)
    fell = prepare(Text("Meine Mutter ist auf der Treppe gestürzt."))
    assert suspicion.risks(fell, [], against) == []
    hit = suspicion.Hit("self_harm", 0, 5)
    assert suspicion.risks(fell, [hit], against) == [hit]


@pytest.mark.parametrize(
    ("text", "risk"),
    [
        ("Unter meinem Mann ist der Stuhl zusammengebrochen, der Ellbogen ist geprellt.", "safety"),
        ("Mein Sohn hat im Pudding ein Stück Draht gefunden.", "safety"),
        ("Le garde-corps du balcon a cédé, ma fille est tombée dans l'escalier.", "safety"),
        ("Wegen ihres Kopftuchs wurde meine Schwester an der Tür abgewiesen.", "discrimination"),
        ("Der Brief mit meinem Befund wurde einer fremden Frau geschickt.", "personal_data"),
        ("Der Ordner hat meinen Bruder in den Schwitzkasten genommen.", "violence"),
        ("Die Redakteurin der Lokalzeitung interessiert sich sehr für meine Unterlagen.", "press"),
    ],
)
def test_what_no_rule_names_is_told_by_concepts_and_words(text: str, risk: str) -> None:
    assert risk in say(text).risks


@pytest.mark.parametrize(
    "text",
    [
        "Das Knie macht beim Tanzen noch mit, die Kapelle war wunderbar und der Abend viel zu kurz.",
        "Die Bremsen am Leihrad quietschen ein wenig, sonst fährt es gut und wir hatten einen schönen Tag.",
    ],
)
def test_words_without_the_matter_are_no_risk(text: str) -> None:
    assert say(text).risks == ()


def test_texts_kept_aside_teach_nothing() -> None:
    learned = {one.text.text for one in suspecting.posts()}
    aside = [row["text"] for row in suspecting._rows("own_wants_risks")[:: suspecting.KEPT_ASIDE]]
    assert not learned.intersection(aside)


def test_a_batch_is_judged_by_what_is_told_and_what_is_right() -> None:
    rows = [post("eins", "legal"), post("zwei", "press"), post("drei")]
    told = {"eins": {"legal"}, "zwei": {"legal"}, "drei": set()}
    assert suspecting.score(rows, lambda one: told[one.text.text]) == (0.5, 0.5)


def test_a_lesson_knows_its_risks() -> None:
    assert lesson(post("Der Anwalt", "legal")) == Lesson(lesson(post("Der Anwalt")).entries, frozenset({"legal"}))
