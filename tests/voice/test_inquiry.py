"""Each question gets an answer of its own, or a gap that says what is missing."""

from __future__ import annotations

import pytest

from responder.drafting import open_gaps
from responder.playbook.grammar import GAP
from responder.playbook.inquiry import asked_clause, inquiries
from responder.profile import Profile
from responder.reading import read
from responder.reading.model import Text
from tests.voice.people import JANA, MONDAY, answer, complaint


def gaps(post: str, profile: Profile = JANA) -> str:
    return answer(read(Text(post)), post, profile, rating=None).text


def test_every_question_is_counted_also_behind_an_and() -> None:
    post = "Hat der Wertstoffhof an Heiligabend auf und nehmen die da auch Grünschnitt? Was kostet das?"
    assert len(list(inquiries(Text(post)))) == 3


def test_a_gap_stands_behind_the_words_of_its_question() -> None:
    text = gaps("@weidenfurt Hat der Wertstoffhof an Heiligabend auf und nehmen die da auch noch eine alte Badewanne?")
    assert "eine alte Badewanne nehmen: [ja oder nein]" in text
    assert "an Heiligabend aufhat: [offen" in text


def test_a_question_without_a_noun_stands_in_its_gap() -> None:
    text = gaps("packstation geht bei euch oder?")
    assert [text[start:end] for start, end in open_gaps(text)] == ["[Ja oder nein: packstation geht bei euch oder]"]


def test_what_is_private_is_not_said_back() -> None:
    assert "0170" not in gaps("Könnt ihr mich unter 0170 1234567 anrufen?")


def test_signs_of_a_template_cannot_come_back_through_a_question() -> None:
    text = gaps("geht {signature} bei euch [oder] <b>nicht</b>?")
    assert "{" not in text
    assert all(GAP.fullmatch(text[start:end]) for start, end in open_gaps(text))


def test_a_swiss_answer_has_no_sharp_s_in_the_words_of_the_question() -> None:
    assert "ß" not in gaps("Ist die Außentreppe offen?", Profile(locale="de-CH", signature="R. Ammann", today=MONDAY))


@pytest.mark.parametrize(
    ("post", "clause"),
    [
        ("Seit Wochen bekannt. Wann kommt der Fix?", "wann der Fix kommt"),
        ("Ich will wissen WER zuständig ist und WANN er kommt.", "wer zuständig ist und wann er kommt"),
        ("Wo ist die Bank? Wo ist das Schild?", "wo die Bank ist und wo das Schild ist"),
        ("Aber was mach ich jetzt damit?", "was jetzt zu tun ist"),
        ("Würde gern mal wissen was da drin ist.", "was da drin ist"),
        ("Wer misst denn bitte sein Treppenhaus??", ""),
        ("Liest da keiner nach?", ""),
        ("Ich will wissen, was mein Geld macht.", ""),
        ("War das nicht längst behoben?", ""),
        (
            "Habt ihr an Silvester offen und kann man reservieren?",
            "ob wir an Silvester offen haben und ob man reservieren kann",
        ),
        ("Wo gibt es denn so was?", ""),
        ("Auf meine Frage, ob im Knödel Nüsse waren, kam nichts.", "ob im Knödel Nüsse waren"),
        ("Ist das normal? Und wer zahlt den Versand?", "ob das normal ist und wer den Versand zahlt"),
    ],
)
def test_what_a_complaint_wants_to_know_becomes_a_clause(post: str, clause: str) -> None:
    assert asked_clause(Text(post)) == clause


def test_a_complaint_s_question_is_answered_by_when() -> None:
    post = "Die Liste verliert Einträge. Wann kommt der Fix?"
    assert "wann der Fix kommt" in answer(complaint("app_crashes"), post).text
