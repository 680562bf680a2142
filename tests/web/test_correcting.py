"""A click on the item page says: this was read wrongly."""

from __future__ import annotations

import re

import pytest

from db import invariants
from db.models import Correction, Obligation, PostVersion, Transition
from responder.drafts import draft_next
from responder.profiles import plain_profile
from responder.reading.model import Reading, Span
from responder.reading.points import CHOICES
from responder.web.reading_view import parts
from responder.web.reading_words import LABELS
from tests.web.conftest import ANGRY, CALM, House

LAWYER = "Eine Stunde auf das Essen gewartet. Mein Anwalt hört von Ihnen!"


def read_and_drafted(house: House, text: str = LAWYER) -> int:
    """A post as the worker leaves it."""
    item = house.post(house.source(), text)
    draft_next(house.database, now=house.clock(), make_profile=plain_profile(house.clock()))
    return item


def correct(house: House, item: int, point: str, name: str = "Ben", **form: str):  # type: ignore[no-untyped-def]
    return house.browser(name).post(f"/post/{item}/correct", data={"point": point, **form})


def page(house: House, item: int, name: str = "Ben") -> str:
    return house.browser(name).get(f"/post/{item}").text


def kept(house: House) -> list[tuple[str, str, str, str]]:
    return [(row.field, row.label, row.machine, row.person) for row in house.rows(Correction)]


def test_the_item_shows_each_point_with_the_words_that_led_to_it(house: House) -> None:
    shown = page(house, read_and_drafted(house))
    card = shown[shown.index('id="reading"') : shown.index("</section>", shown.index('id="reading"'))]
    for expected in ("So wurde der Beitrag gelesen", "Stimmung", "Rechtliche Schritte", "<q>Anwalt</q>", "Wartezeit"):
        assert expected in card
    assert 'value="sentiment=negative" aria-pressed="true"' in card


def test_a_word_inside_a_quoted_place_is_not_quoted_again(house: House) -> None:
    version = PostVersion(post_id=1, content_hash="", seen_at=house.clock(), text="Lange gewartet, gewartet!")
    reasons = (Span(0, 14, "waited_long"), Span(6, 14, "complaint"), Span(16, 24, "complaint"))
    version.reading = Reading(sentiment="negative", reasons=reasons).as_json()
    assert parts(version)[0].words == ("Lange gewartet",)


def test_another_language_is_one_of_the_folded_buttons(house: House) -> None:
    item = read_and_drafted(house, "The lift was broken and nobody helped us with our bags.")
    assert not house.draft_of(item).text.startswith("Guten Tag")
    correct(house, item, "language=de")
    language = parts(house.rows(PostVersion)[0])[-1]
    assert [one.label for one in language.choices] == ["German"]
    assert {one.point for one in language.missing} >= {"language=en", "language=gsw"}
    assert house.draft_of(item).text.startswith("Guten Tag")


def test_before_anybody_read_the_post_there_is_nothing_to_correct(house: House) -> None:
    item = house.post(house.source())
    assert 'id="reading"' not in page(house, item)
    assert correct(house, item, "sentiment=positive").status_code == 409
    assert kept(house) == []


def test_one_click_corrects_and_makes_the_untouched_draft_anew(house: House) -> None:
    item = read_and_drafted(house)
    before = house.draft_of(item)
    answer = correct(house, item, "risks-legal", text=before.text, revision="1")
    assert answer.headers["location"] == f"/post/{item}?note=corrected_anew#reading"
    assert kept(house) == [("risks", "legal", "yes", "no")]
    assert house.draft_of(item).text != before.text
    with house.database.read() as session:
        assert invariants.check(session, house.clock()) == []


def test_a_risk_that_was_taken_out_stays_visible_with_its_name_and_time(house: House) -> None:
    item = read_and_drafted(house)
    correct(house, item, "risks-legal")
    assert "„Rechtliche Schritte“ herausgenommen: Ben, Mo. 23. Nov., 09:00" in page(house, item, "Vera")
    assert [line.after for line in house.rows(Transition) if line.entity == "post_version"] == ["risks:legal=no"]


def test_what_was_put_in_and_what_was_put_differently_is_told(house: House) -> None:
    item = read_and_drafted(house)
    correct(house, item, "wants+refund")
    correct(house, item, "sentiment=neutral")
    shown = page(house, item)
    assert "„Geld zurück“ ergänzt: Ben" in shown
    assert "„Neutral“ statt „Kritisch“: Ben" in shown


def test_a_draft_that_somebody_saved_stays_and_the_person_is_told(house: House) -> None:
    item = read_and_drafted(house)
    draft = house.draft_of(item)
    house.browser("Anna").post(f"/draft/{draft.id}/edit", data={"revision": "1", "text": CALM})
    answer = correct(house, item, "risks-legal")
    assert "corrected_kept" in answer.headers["location"]
    assert house.draft_of(item).text == CALM
    assert "deshalb bleibt er stehen" in house.browser("Ben").get(answer.headers["location"]).text
    house.browser("Ben").post(f"/post/{item}/assess", data={"assessment": "right"})
    assert house.draft_of(item).text != CALM


def test_words_typed_but_not_saved_are_kept_as_the_persons_draft(house: House) -> None:
    item = read_and_drafted(house)
    answer = correct(house, item, "risks-legal", text=CALM, revision="1")
    assert "corrected_kept" in answer.headers["location"]
    saved = house.draft_of(item)
    assert (saved.text, saved.origin, saved.state) == (CALM, "person", "waiting")


def test_words_typed_while_a_colleague_saved_are_shown_beside_hers(house: House) -> None:
    item = read_and_drafted(house)
    draft = house.draft_of(item)
    house.browser("Anna").post(f"/draft/{draft.id}/edit", data={"revision": "1", "text": CALM})
    mine = CALM.replace("Sessel", "Stuhl")
    answer = correct(house, item, "risks-legal", text=mine, revision="1")
    assert answer.status_code == 409
    assert mine in answer.text
    assert CALM in answer.text
    assert kept(house) == [("risks", "legal", "yes", "no")]


def test_the_queue_lists_the_post_by_the_corrected_mood(house: House) -> None:
    item = read_and_drafted(house, ANGRY)
    correct(house, item, "sentiment=positive")
    correct(house, item, "anger=0")
    browser = house.browser("Vera")
    assert "Petra M." in browser.get("/?mood=positive").text
    assert "Petra M." not in browser.get("/?mood=critical").text


def test_more_anger_brings_the_deadline_forward_at_once(house: House) -> None:
    item = read_and_drafted(house)
    before = house.rows(Obligation)[0].due_at
    correct(house, item, "anger=3")
    assert house.rows(Obligation)[0].due_at < before


def test_who_only_looks_sees_the_reading_and_no_button(house: House) -> None:
    item = read_and_drafted(house)
    shown = page(house, item, "Vera")
    assert "Rechtliche Schritte" in shown
    assert "/correct" not in shown
    assert correct(house, item, "risks-legal", "Vera").status_code == 403
    assert kept(house) == []


@pytest.mark.parametrize("point", ["", "risks", "risks=legal", "mood=bad", "sentiment=<b>", "anger=9"])
def test_what_no_button_says_is_refused(house: House, point: str) -> None:
    item = read_and_drafted(house)
    assert correct(house, item, point).status_code == 422
    assert kept(house) == []


def test_a_post_without_a_waiting_draft_can_be_corrected_too(house: House) -> None:
    item = read_and_drafted(house)
    house.browser("Anna").post(f"/draft/{house.draft_of(item).id}/reject", data={"note": "nein"})
    assert 'id="reading-form"' in page(house, item)
    assert correct(house, item, "risks-legal").headers["location"].endswith("note=corrected#reading")


def test_pressing_twice_is_the_same_as_once(house: House) -> None:
    item = read_and_drafted(house)
    correct(house, item, "risks-legal")
    drafts = house.draft_of(item).id
    assert correct(house, item, "risks-legal").headers["location"].endswith("note=corrected#reading")
    assert (len(kept(house)), house.draft_of(item).id) == (1, drafts)


def test_everything_of_the_reading_is_said_in_english_too(house: House) -> None:
    item = read_and_drafted(house)
    browser = house.browser("Anna")
    browser.post("/account/language", data={"language": "en"})
    shown = browser.get(f"/post/{item}").text
    for expected in ("How this post was read", "Legal steps", "A risk is missing", "Legal steps: not so"):
        assert expected in shown


def test_every_value_that_can_be_said_has_a_word(house: House) -> None:
    assert {field: set(words) for field, words in LABELS.items()} == {
        field: set(values) for field, values in CHOICES.items()
    }


def test_hostile_words_of_a_post_stay_text_in_the_reading(house: House) -> None:
    item = house.post(house.source(), "<b>Anwalt</b>\u202e")
    house.draft(item, reading=Reading(risks=("legal",), reasons=(Span(0, 14, "legal"),)))
    card = page(house, item).split('id="reading"')[1]
    assert "&lt;b&gt;Anwalt" in card
    assert "U+202E" in card


def test_a_reason_beyond_the_text_shows_nothing_and_breaks_nothing(house: House) -> None:
    version = PostVersion(post_id=1, content_hash="", seen_at=house.clock(), text="kurz")
    version.reading = Reading(risks=("legal",), reasons=(Span(90, 99, "legal"), Span(0, 0, "legal"))).as_json()
    risk = next(part for part in parts(version) if part.name == "risks").choices[0]
    assert (risk.label, risk.words) == ("Legal steps", ())


def test_every_button_of_the_reading_sends_a_point_and_no_script(house: House) -> None:
    card = page(house, read_and_drafted(house)).split('id="reading"')[1].split("</section>")[0]
    buttons = re.findall(r"<button[^>]*>", card)
    assert len(buttons) > 40
    assert all('name="point"' in one and "onclick" not in one and 'form="draft-form"' in one for one in buttons)
