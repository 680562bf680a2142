"""C3, C5, C8: no lecturing, no excuses, plain and calm words."""

from __future__ import annotations

import pytest

from responder.reading.model import Text
from responder.tone import check
from tests.tone.people import GOOD, answer, context, corrected, found, marked

PRAISE = Text("Der Sessel ist wunderbar bequem, und geliefert wurde er auf die Minute.", rating=5)


@pytest.mark.parametrize(
    "sentence",
    [
        "Wie Sie wissen, liefern wir nur freitags.",
        "Laut unseren AGB beträgt die Frist drei Wochen.",
        "Wie bereits mehrfach mitgeteilt, ist der Sessel unterwegs.",
        "Bekanntlich dauert das drei Wochen.",
        "Andere Kunden sind mit der Lieferung zufrieden.",
        "Bisher hat sich noch niemand beschwert.",
        "Hätten Sie die Bestätigung gelesen, wäre das klar.",
        "Das entspricht nicht der Wahrheit.",
        "Bitte beachten Sie, dass drei Wochen üblich sind.",
        "Auf unserer Webseite steht, wie lange es dauert.",
        "Wir können Ihre Kritik nicht nachvollziehen.",
    ],
)
def test_lecturing_is_found(sentence: str) -> None:
    assert found(answer(sentence), "C3") != []


@pytest.mark.parametrize(
    "sentence",
    [
        "Sie haben völlig recht.",
        "Die Lieferfrist steht künftig gleich neben dem Preis.",
        "Ich kann Ihren Ärger nachvollziehen.",
        "Das wissen wir zu schätzen.",
    ],
)
def test_agreeing_is_not_lecturing(sentence: str) -> None:
    assert found(answer(sentence), "C3") == []


def test_eigentlich_is_taken_out() -> None:
    text = answer("Der Termin war eigentlich am Montag.")
    assert corrected(text, found(text, "C3")[0]) == answer("Der Termin war am Montag.")


@pytest.mark.parametrize(
    "sentence",
    [
        "Wir hatten leider mehrere Krankheitsfälle.",
        "Grund war ein Systemausfall.",
        "Wegen Personalmangels dauert es länger.",
        "Wegen Personalmangel dauert es länger.",
        "Derzeit haben wir ein hohes Aufkommen.",
        "Der Paketdienst ist schuld.",
        "Dafür können wir nichts.",
        "Unser Fahrer hat leider versagt.",
        "Fehler passieren.",
    ],
)
def test_an_excuse_or_blame_passed_on_is_found(sentence: str) -> None:
    assert found(answer(sentence), "C5") != []


def test_a_word_from_the_post_is_no_excuse() -> None:
    post = Text("Seit der Systemumstellung ist meine Rechnung falsch.", rating=1)
    said = (
        "Guten Tag, die falsche Rechnung nach der Systemumstellung tut mir leid. Morgen ist sie korrigiert. Jana Brandt"
    )
    assert found(said, "C5", post) == []


def test_a_sentence_of_more_than_thirty_words_is_found() -> None:
    sentence = "Ich " + "und ich " * 15 + "komme."
    assert marked(answer(sentence), found(answer(sentence), "C8")[0]) == sentence


def test_a_date_does_not_end_a_sentence() -> None:
    sentence = "Am 24. November " + "und dann " * 14 + "kommt er."
    assert marked(answer(sentence), found(answer(sentence), "C8")[0]) == sentence


@pytest.mark.parametrize(
    ("clumsy", "plain"),
    [
        ("Wir entschuldigen uns für die entstandenen Unannehmlichkeiten.", "Das tut mir leid."),
        ("Bezüglich der Lieferung schreibe ich morgen.", "Wegen der Lieferung schreibe ich morgen."),
        ("Zum jetzigen Zeitpunkt ist er im Lager.", "Jetzt ist er im Lager."),
    ],
)
def test_officialese_gets_plain_words(clumsy: str, plain: str) -> None:
    text = answer(clumsy)
    assert corrected(text, found(text, "C8")[0]) == answer(plain)


@pytest.mark.parametrize("word", ["Ihr Anliegen", "seitens", "Wir nehmen Ihr Feedback sehr ernst"])
def test_empty_phrases_are_found(word: str) -> None:
    assert found(answer(f"{word} ist da."), "C8") != []


def test_an_exclamation_mark_beside_anger_becomes_a_full_stop() -> None:
    text = answer("Das geht besser!")
    assert corrected(text, found(text, "C8")[0]) == answer("Das geht besser.")


def test_praise_may_be_answered_with_an_exclamation_mark_but_not_with_three() -> None:
    assert found("Danke, der Sessel freut sich mit! Jana Brandt", "C8", PRAISE) == []
    assert found("Danke, der Sessel freut sich mit!!! Jana Brandt", "C8", PRAISE) != []


def test_an_emoji_stands_beside_praise_but_not_beside_anger() -> None:
    assert found(answer("Bis dann 😊."), "C8") != []
    assert found("Danke, der Sessel freut sich mit 😊. Jana Brandt", "C8", PRAISE) == []


def test_capitals_shout_unless_the_post_uses_the_name() -> None:
    text = answer("Das kommt MORGEN.")
    assert corrected(text, found(text, "C8")[0]) == answer("Das kommt morgen.")
    post = Text("Mein POÄNG Sessel ist kaputt und keiner geht ans Telefon", rating=1)
    assert found(answer("Ihr POÄNG Sessel kommt."), "C8", post) == []


def test_irony_is_found() -> None:
    assert found(answer("Interessant, dass Ihnen das jetzt auffällt."), "C8") != []


def test_the_better_wording_is_swiss_where_the_page_is() -> None:
    text = GOOD.replace("Guten Tag,", "Sehr geehrte Damen und Herren,")
    assert found(text, "C8", locale="de-CH")[0].instead == "Guten Tag"


@pytest.mark.parametrize(
    "sentence",
    [
        "Ihre Nachricht hat mich heute früh erreicht.",
        "Leider kam die Sendung zu spät.",
        "Sie haben lange genug gewartet.",
        "Ein Anruf von uns hätte genügt, und er kam nicht.",
        "Das hätte uns auffallen müssen.",
        "Das hätten wir Ihnen früher sagen müssen.",
        "Wir hätten Sie informieren müssen.",
        "Das ist so ärgerlich, wie Sie schreiben.",
        "Drei Wochen sind zu lang.",
        "Die falsche Angabe auf unserer Seite ist seit heute berichtigt.",
        "Sie fragen zu Recht nach.",
        "Sie haben das Formular richtig ausgefüllt.",
        "Sie haben uns rechtzeitig Bescheid gegeben.",
        "Wenn Sie möchten, rufe ich Sie an.",
        "Wann passt es Ihnen?",
        "Ihre Geduld ist nicht selbstverständlich.",
        "Der Fehler lag bei uns.",
        "Bei der Spedition habe ich heute schon angerufen.",
        "Wir haben den Termin nicht gehalten.",
        "Unsere Antwort kam nicht rechtzeitig.",
        "Niemand ging ans Telefon, das darf nicht sein.",
        "Ich weiß, dass Sie darauf gewartet haben.",
        "Sie bekommen die Auskunft von mir persönlich.",
        "Danke für Ihr Vertrauen trotz der Wartezeit.",
        "Schön, dass Sie dem Sessel noch eine Chance geben.",
        "Ich verstehe, dass Sie sich geärgert haben.",
        "Die Abholung übernimmt die Spedition.",
        "Das WLAN im Laden hat damit nichts zu tun.",
        "Nach dem Telefonat mit dem Lager weiß ich mehr.",
        "Sie müssen nicht noch einmal anrufen.",
        "Dafür müssen Sie nicht zu Hause sein.",
        "Sollte der Tag nicht passen, sagen Sie mir einen anderen.",
        "Den Liefertag können Sie auch ändern.",
        "Die Leitung ist seit gestern wieder frei.",
        "Unser Lager hat den Sessel heute früh gefunden.",
    ],
)
def test_an_ordinary_sentence_is_left_alone(sentence: str) -> None:
    assert [(f.rule, marked(answer(sentence), f)) for f in check(answer(sentence), context())] == []
