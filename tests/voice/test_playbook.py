"""The playbook as data: its grammar, its completeness, and what a business may change."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.drafting import DraftRequest, draft
from responder.playbook import PhraseError, check_playbook, compile_phrase, load_playbook
from responder.playbook.facts import inflect, say_duration
from responder.playbook.grammar import Missing
from responder.reading.model import Text
from tests.voice.people import JANA, complaint

NEGATIVE = """waited_long waited_on_phone phone_unreachable no_reply_to_mail delivery_late delivery_missing
parcel_damaged wrong_item item_missing product_broken product_quality return_difficult refund_missing
price_high price_wrong hidden_costs charged_after_cancel invoice_wrong staff_unfriendly staff_ignored
advice_poor food_cold food_bad portion_small order_wrong_dish table_not_kept room_dirty room_noisy
room_small room_not_as_booked room_cold bathroom_fault breakfast_poor checkin_slow wifi_bad lift_broken
booking_lost cancelled_and_charged appointment_late appointment_missing opening_hours_wrong
closed_unexpectedly website_broken app_crash login_fails data_wrong dirty_general noise_general parking
accessibility_bad train_late train_cancelled information_missing promise_broken repeat_unanswered
safety_worry""".split()
POSITIVE = """staff_friendly advice_good fast_delivery product_good price_fair food_good atmosphere_good room_good
clean_good breakfast_good location_good fast_help booking_easy appointment_good problem_solved app_good value_good
selection_good""".split()
ASKED = """ask_opening ask_price ask_availability ask_delivery ask_return ask_booking ask_parking ask_vegan
ask_accessibility ask_dogs ask_contact""".split()


def say(source: str, *, formal: bool = True, team: bool = False, **values: str) -> str:
    return compile_phrase(source).render(values, formal=formal, team=team)


def override(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return folder


def test_the_built_in_playbook_has_no_gaps() -> None:
    assert check_playbook(load_playbook()) == []


@pytest.mark.parametrize("locale", ["de-DE", "de-AT", "de-CH", "en"])
def test_every_matter_that_the_reading_may_find_has_words(locale: str) -> None:
    matters = load_playbook().voice(locale).matters
    assert set(NEGATIVE) <= matters["complaint"].keys()
    assert set(POSITIVE) <= matters["praise"].keys()
    assert set(ASKED) <= matters["question"].keys()


def test_an_answer_clause_never_repeats_what_is_looked_into() -> None:
    for matter in load_playbook().voice("de-DE").matters["complaint"].values():
        for look in matter.forms["look"]:
            assert not [a.source for a in matter.forms["answer"] if a.source in look.source], matter.key


def test_the_address_and_the_speaker_choose_their_words() -> None:
    phrase = "dass {Sie|du} {warten|wartest}, tut {mir/uns} leid"
    assert say(phrase) == "dass Sie warten, tut mir leid"
    assert say(phrase, formal=False, team=True) == "dass du wartest, tut uns leid"


def test_preposition_and_article_melt_together() -> None:
    assert say("danke für die Worte zu {np_dat}.", np_dat="dem kalten Essen") == "danke für die Worte zum kalten Essen."
    assert say("Zu {np_dat}:", np_dat="der Rechnung") == "Zur Rechnung:"


def test_an_inserted_clause_gets_its_closing_comma() -> None:
    assert say("bis {when} hier", when="Dienstag, 24. November") == "bis Dienstag, 24. November, hier"
    assert say("bis {when}.", when="Dienstag, 24. November") == "bis Dienstag, 24. November."


def test_a_capital_placeholder_begins_a_sentence() -> None:
    assert say("{Expected}.", expected="ein Essen gehört heiß auf den Tisch") == "Ein Essen gehört heiß auf den Tisch."


def test_a_placeholder_without_a_value_is_refused_not_left_open() -> None:
    with pytest.raises(Missing):
        say("bis {when}", when="")


@pytest.mark.parametrize(
    "source",
    [
        "{nonsense}",
        "{{ 7*7 }}",
        "{% for x in y %}",
        "{when",
        "when}",
        "{a|b|c}",
        "{a/b|c}",
        "{when.__class__}",
        "x" * 401,
    ],
)
def test_anything_outside_the_grammar_is_refused(source: str) -> None:
    with pytest.raises(PhraseError):
        compile_phrase(source)


@given(st.text(max_size=500))
def test_any_text_is_either_compiled_or_refused(source: str) -> None:
    try:
        phrase = compile_phrase(source)
    except PhraseError:
        return
    assert "{" not in "".join(part.text for part in phrase.parts)


def test_a_business_may_replace_its_own_phrases(tmp_path: Path) -> None:
    override(tmp_path, "de/phrases.toml", '[phrases]\ngreeting = ["{Moin|Moin},"]\n')
    book = load_playbook(tmp_path)
    texts = [
        draft(DraftRequest(complaint("food_cold"), Text("kalt"), JANA, key=str(n), playbook=book)).text
        for n in range(5)
    ]
    assert all(text.startswith("Moin, ") for text in texts)
    assert check_playbook(book) == []


def test_a_business_may_answer_a_question_for_good(tmp_path: Path) -> None:
    override(tmp_path, "de/questions.toml", '[question.ask_dogs]\ngap = ["Hunde sind bei uns willkommen."]\n')
    matter = load_playbook(tmp_path).voice("de-DE").matter("ask_dogs")
    assert matter is not None
    assert [phrase.source for phrase in matter.forms["gap"]] == ["Hunde sind bei uns willkommen."]


def test_a_region_file_of_the_business_speaks_only_there(tmp_path: Path) -> None:
    override(tmp_path, "de/region-CH.toml", '[phrases]\ngreeting = ["Salü,"]\n')
    book = load_playbook(tmp_path)
    assert book.voice("de-CH").phrases["greeting"][0].source == "Salü,"
    assert book.voice("de-AT").phrases["greeting"][0].source != "Salü,"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[phrases]\ngreeting = ["Hallo {kunde},"]\n', "Unknown placeholder"),
        ("[phrases\n", "cannot be read"),
        ('[phrases]\ngreeting = "Hallo,"\n', "must be a list"),
        ('[sentences]\nx = ["y"]\n', "Unknown table"),
        ("[phrases]\naction = []\n", "No wording that can be used"),
        ('[phrases]\naction = ["Bis {when} mehr."]\n', "sound alike"),
    ],
)
def test_a_mistake_in_an_override_is_reported_and_answers_still_come(tmp_path: Path, text: str, said: str) -> None:
    book = load_playbook(override(tmp_path, "de/phrases.toml", text))
    assert any(said in problem.what for problem in (*book.problems, *check_playbook(book)))
    request = DraftRequest(complaint("food_cold"), Text("kalt", rating=1), JANA, playbook=book)
    assert draft(request).text


@pytest.mark.parametrize(
    ("value", "accusative", "dative"),
    [
        ("den Sessel", "den Sessel", "dem Sessel"),
        ("Ohrensessel", "den Ohrensessel", "dem Ohrensessel"),
        ("Stehlampe", "die Stehlampe", "der Stehlampe"),
        ("die Schuhe", "die Schuhe", "den Schuhen"),
        ("Regal", "das Regal", "dem Regal"),
    ],
)
def test_products_are_inflected_with_their_article(value: str, accusative: str, dative: str) -> None:
    forms = inflect(value, load_playbook().voice("de-DE").nouns)
    assert (forms["product_acc"], forms["product_dat"]) == (accusative, dative)


@pytest.mark.parametrize("value", ["Dingsbums", "kaputt", "", "der sehr lange graue Sessel"])
def test_a_product_that_cannot_be_inflected_is_not_named(value: str) -> None:
    assert inflect(value, load_playbook().voice("de-DE").nouns) == {}


@pytest.mark.parametrize(
    ("value", "language", "said"),
    [
        ("Drei Wochen", "de", "drei Wochen"),
        ("seit 3 Tagen", "de", "3 Tage"),
        ("über eine Stunde", "de", "eine Stunde"),
        ("einem Monat", "de", "einen Monat"),
        ("45 min", "de", "45 Minuten"),
        ("ewig", "de", ""),
        ("2 hours", "en", "2 hours"),
        ("an hour", "en", "an hour"),
    ],
)
def test_durations_stand_as_they_do_after_waiting(value: str, language: str, said: str) -> None:
    assert say_duration(value, language) == said
