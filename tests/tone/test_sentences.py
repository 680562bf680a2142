"""The sentence model: it recognises violations in words of its own, and leaves ordinary sentences alone."""

from __future__ import annotations

import pytest

from responder.findings import Finding
from responder.reading.model import Text
from responder.tone import acceptable, check, publishable
from responder.tone.cues import cues
from responder.tone.data import load
from responder.tone.learning import FILE, RULES, corpus, halves, judged, learn, scored
from responder.tone.reply import plain_form, prepare
from responder.tone.sentences import likeliest
from responder.tone.weighing import weighed
from tests.tone.people import GOOD, answer, context, found, marked

LEAST_F1 = {
    "A6": 0.62, "C1": 0.80, "C2": 0.53, "C3": 0.30, "C4": 0.80, "C5": 0.48,
    "C6": 0.71, "C7": 0.71, "C8": 0.41, "C9": 0.45, "F1": 0.58, "F3": 0.58,
}  # fmt: skip
"""What the model reaches on a fourth of the corpus that it has not seen, less a small margin."""
LIKELY = dict.fromkeys(RULES, 0.5)
"""From where on a sentence counts as found here; in a reply more is asked for, as most of its sentences are fine."""
UNREAD = 3
"""The fourth after whose sentences no cue was written; the others are no fair measure."""


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("A6", "Die Zufriedenheit unserer Kunden liegt uns sehr am Herzen."),
        ("C2", "Es wäre Ihre Aufgabe gewesen, die Maße vorher zu prüfen."),
        ("C3", "Ihre Darstellung entspricht nachweislich nicht den Tatsachen."),
        ("C5", "Schuld war wie so oft die Software unseres Dienstleisters."),
        ("C6", "Wir werden versuchen, die Abläufe intern künftig zu verbessern."),
        ("C7", "Das nächste Abendessen für die ganze Familie geht auf unsere Kappe und ist gratis."),
        ("F3", "Sobald Sie die Sterne erhöhen, legen wir Ihnen einen Gutschein ins Fach."),
    ],
)
def test_a_violation_in_new_words_is_found(rule: str, sentence: str) -> None:
    text = answer(sentence)
    assert [marked(text, finding) for finding in found(text, rule)] == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "Sie haben viel zu lange am Schalter gestanden.",
        "Sie müssen dafür nichts unterschreiben.",
        "Der Schreiner kommt am Freitag um 9 Uhr.",
        "Wir hätten Sie vorher fragen sollen.",
    ],
)
def test_an_ordinary_sentence_has_no_finding(sentence: str) -> None:
    assert check(answer(sentence), context()) == []


def test_a_suspicion_warns_and_never_blocks() -> None:
    findings = [f for f in check(answer("Bewertung weg, dann reden wir über Geld."), context()) if f.rule == "F3"]
    assert [finding.severity for finding in findings] == ["warn"]


def test_a_phrase_and_the_model_report_the_same_breach_once() -> None:
    assert len(found(answer("Sie haben zu spät bezahlt."), "C2")) == 1


def test_of_several_unkindnesses_only_the_likeliest_are_named() -> None:
    scores = {"C2": 2.0, "C3": 1.4, "C8": 0.2, "A6": 0.1}
    assert likeliest(["C2", "C3", "C8", "A6"], scores) == ["C2", "C3", "A6"]


def test_what_a_phrase_blames_a_model_need_not_call_a_lecture() -> None:
    text = answer("Sie haben zu spät bezahlt, wie jeder weiß.")
    assert {f.rule for f in check(text, context()) if f.why.startswith("Der Satz klingt")} == set()


def test_a_vague_step_is_found_once_in_a_reply() -> None:
    text = "Guten Tag, das Warten auf den Sessel tut mir leid. Wir prüfen das intern und melden uns. Jana Brandt"
    assert len(found(text, "C6")) == 1


def test_a_general_word_of_sympathy_is_no_blame() -> None:
    post = Text("Die Beratung hat mich abgewimmelt.", rating=1)
    kind = "Guten Tag, abgewimmelt zu werden, ist bitter. Wir sind bis Freitag für Sie da. Jana Brandt"
    assert found(kind, "C2", post, confidential=True) == []


def test_what_the_catalogue_allows_is_no_suspicious_promise() -> None:
    sentence = "Der nächste Kaffee geht aufs Haus."
    assert found(answer(sentence), "C7")
    assert found(answer(sentence), "C7", catalogue=("Kaffee aufs Haus beim nächsten Besuch",)) == []


def test_a_sentence_with_a_gap_is_not_weighed() -> None:
    reply = weighed(prepare("Guten Tag, die Antwort ist [Auskunft eintragen]. Das ist der zweite Satz.", context()))
    assert [item.sentence.text for item in reply.weighed] == ["Das ist der zweite Satz."]


def test_the_greeting_is_no_part_of_the_first_sentence_weighed() -> None:
    assert weighed(prepare(GOOD, context())).weighed[0].sentence.text.startswith("drei Wochen")


def test_only_german_is_weighed() -> None:
    assert weighed(prepare("Hello, we are sorry about the chair.", context(locale="en"))).weighed == ()


def test_cues_count_alone_and_in_pairs() -> None:
    named = cues(plain_form("Sie haben zu spät bezahlt."))
    assert {"you", "wrong_way", "you+wrong_way"} <= set(named)


def test_where_silence_is_a_duty_no_word_about_the_matter_is_demanded() -> None:
    general = "Danke für die Nachricht. Freundlichkeit ist uns in der Praxis wichtig. Jana Brandt"
    post = Text("Am Empfang war man sehr unfreundlich zu mir.", rating=1)
    assert found(general, "A6", post, confidential=True) == []


@pytest.mark.parametrize(("rules", "passes"), [([], True), (["C8"], True), (["C1", "C8"], False), (["C3"], False)])
def test_one_small_remark_keeps_no_reply_from_being_published(rules: list[str], passes: bool) -> None:
    assert publishable([Finding(rule, 0, 1, "warn", "So.") for rule in rules]) is passes


def test_what_blocks_is_never_publishable() -> None:
    findings = [Finding("C1", 0, 1, "block", "So.")]
    assert not acceptable(findings)
    assert not publishable(findings)


def test_every_rule_of_the_model_has_a_limit_and_a_reason() -> None:
    assert set(load("de/sentences")["limits"]) == set(RULES)
    assert all(f"likely_{rule}" in load("messages") for rule in RULES)


def test_every_sentence_of_the_corpus_stands_there_once_with_known_rules() -> None:
    rows = corpus()
    assert len({row.text for row in rows}) == len(rows) > 3000
    assert set().union(*(row.rules for row in rows)) == set(RULES)


def test_the_model_file_stays_small() -> None:
    assert FILE.stat().st_size < 800_000


@pytest.mark.heavy
def test_a_model_recognises_sentences_that_it_has_not_seen() -> None:
    learned, held = halves(corpus(), UNREAD)
    scores = judged(held, scored(held, learn(learned)), LIKELY)
    assert {rule: score.f1 for rule, score in scores.items() if score.f1 < LEAST_F1[rule]} == {}


def test_a_day_named_before_is_a_day() -> None:
    day = "Bis Mittwoch, 25. November, steht hier, was gilt."
    text = f"Guten Tag, das tut mir leid. {day} Auch Ihren Wunsch prüfe ich bis dahin."
    assert "C6" not in {finding.rule for finding in check(text, context())}
