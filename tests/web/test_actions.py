"""What people do with an item, and what happens when two do it at once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from markupsafe import escape

from db.models import Approval, Case, Draft, Obligation, Reply
from db.queries_intake import update_row
from db.queries_sources import set_channel_state
from db.states import ChannelState
from tests.web.conftest import CALM, House

OTHER = CALM.replace("Guten Tag, danke", "Guten Morgen, danke")


def approve(house: House, item: int, name: str = "Anna", text: str = CALM, revision: int = 1):  # type: ignore[no-untyped-def]
    draft = house.draft_of(item)
    form = {"revision": str(revision), "text": text}
    return house.browser(name).post(f"/draft/{draft.id}/approve", data=form)


def test_approving_signs_exactly_the_shown_text_and_wakes_the_clock(house: House) -> None:
    item = house.waiting()
    assert approve(house, item).status_code == 303
    (approval,), (reply,) = house.rows(Approval), house.rows(Reply)
    assert (approval.text, approval.approver_id, reply.state) == (CALM, house.user("Anna").id, "planned")
    assert approval.undo_until == house.clock() + timedelta(seconds=60)
    assert house.woken == [house.clock()]


def test_approving_an_edited_text_signs_the_edit(house: House) -> None:
    item = house.waiting()
    approve(house, item, text=OTHER.replace("\n", "\r\n"))
    assert house.rows(Approval)[0].text == OTHER


def test_after_approving_the_next_post_opens(house: House) -> None:
    source = house.source()
    first = house.waiting(source)
    second = house.waiting(source, "Auch mein Tisch wackelt seit Tagen.", author_id="berta")
    assert approve(house, first).headers["location"].startswith(f"/post/{second}")
    assert approve(house, second).headers["location"].startswith("/?")


def test_two_clicks_give_one_approval_and_a_friendly_word(house: House) -> None:
    item = house.waiting()
    approve(house, item)
    again = approve(house, item)
    assert again.headers["location"] == f"/post/{item}?note=already"
    assert "einmal veröffentlicht, nicht zweimal" in house.browser("Anna").get(again.headers["location"]).text
    assert len(house.rows(Approval)) == len(house.rows(Reply)) == 1


def test_a_text_that_must_not_stand_in_public_is_not_approved_and_not_lost(house: House) -> None:
    item = house.waiting()
    rude = "Sie hätten die Bestellung früher prüfen müssen, [Name]."
    answer = approve(house, item, text=rude)
    assert answer.status_code == 422
    assert "kann noch nicht freigegeben werden" in answer.text
    assert "[Name]" in answer.text
    assert "Was jetzt im Entwurf steht" not in answer.text
    assert 'href="/" aria-current="page"' in answer.text
    assert not house.rows(Approval)


def test_a_draft_that_still_needs_something_is_not_called_fine(house: House) -> None:
    item, lines = house.post(house.source()), CALM.replace(". ", ".\n")
    house.draft(item, lines, needs=["fact"])
    pages = [house.browser("Anna").get(f"/post/{item}"), approve(house, item, text=lines.replace("\n", "\r\n"))]
    assert [page.status_code for page in pages] == [200, 422]
    for page in pages:
        assert "Ergänzen Sie, was wirklich geschehen ist." in page.text
        assert "1 Stelle muss geändert werden" in page.text
        assert "Nichts einzuwenden" not in page.text


def test_rejecting_a_draft_that_was_replaced_shows_the_new_one(house: House) -> None:
    item = house.waiting()
    old = house.draft_of(item)
    house.browser("Ben").post(f"/post/{item}/assess", data={"assessment": "right"})
    answer = house.browser("Anna").post(f"/draft/{old.id}/reject", data={"note": "zu lang"})
    assert answer.status_code == 409
    assert str(escape(house.draft_of(item).text)) in answer.text.split("<textarea", 1)[1].split("</textarea>", 1)[0]


def test_an_empty_text_is_not_approved(house: House) -> None:
    assert approve(house, house.waiting(), text=" \r\n ").status_code == 422
    assert not house.rows(Approval)


def test_when_somebody_else_changed_the_draft_both_texts_are_shown(house: House) -> None:
    item = house.waiting()
    draft = house.draft_of(item)
    theirs = CALM.replace("Jana Brandt", "Ben Brandt")
    house.browser("Ben").post(f"/draft/{draft.id}/edit", data={"revision": "1", "text": theirs})
    answer = approve(house, item, text=OTHER)
    assert answer.status_code == 409
    assert "Jemand anderes hat diesen Entwurf" in answer.text
    assert theirs in answer.text
    assert OTHER in answer.text
    assert 'name="revision" value="2"' in answer.text
    assert not house.rows(Approval)


def test_a_text_typed_while_somebody_else_approved_is_kept(house: House) -> None:
    item = house.waiting()
    draft = house.draft_of(item)
    approve(house, item)
    answer = house.browser("Ben").post(f"/draft/{draft.id}/edit", data={"revision": "1", "text": OTHER})
    assert answer.status_code == 409
    assert OTHER in answer.text
    assert house.draft_of(item).text == CALM


def test_saving_stores_the_text_with_its_findings(house: House) -> None:
    item = house.waiting()
    draft = house.draft_of(item)
    form = {"revision": "1", "text": "Wir melden uns zeitnah wegen des Sessels."}
    assert house.browser("Ben").post(f"/draft/{draft.id}/edit", data=form).headers["location"].endswith("note=saved")
    stored = house.draft_of(item)
    assert (stored.text, stored.revision, stored.edited_by_id) == (form["text"], 2, house.user("Ben").id)
    assert any(finding["rule"] == "C6" for finding in stored.findings)


def test_a_better_wording_is_taken_over_without_javascript(house: House) -> None:
    item = house.waiting(draft="Guten Tag, das mit dem Sessel tut mir leid. Wir antworten zeitnah. Jana Brandt")
    browser = house.browser("Ben")
    page = browser.get(f"/post/{item}").text
    at = page.index('data-old="zeitnah"')
    button = page[page.rindex("<button", 0, at) : page.index(">", at)]
    mark, instead = (button.split(f'{name}="', 1)[1].split('"', 1)[0] for name in ("value", "data-instead"))
    draft = house.draft_of(item)
    browser.post(f"/draft/{draft.id}/apply", data={"revision": "1", "text": draft.text, "wording": mark})
    text = house.draft_of(item).text
    assert "zeitnah" not in text
    assert instead in text


def test_a_wording_that_no_longer_fits_changes_nothing_but_keeps_the_text(house: House) -> None:
    item = house.waiting()
    draft = house.draft_of(item)
    form = {"revision": "1", "text": OTHER, "wording": "C6:1:2"}
    answer = house.browser("Ben").post(f"/draft/{draft.id}/apply", data=form)
    assert answer.headers["location"].endswith("note=not_applied")
    assert house.draft_of(item).text == OTHER


def test_undo_takes_the_answer_back(house: House) -> None:
    item = house.waiting()
    approve(house, item)
    browser = house.browser("Anna")
    approval = house.rows(Approval)[0]
    assert f"/approval/{approval.id}/undo" in browser.get("/").text
    assert browser.post(f"/approval/{approval.id}/undo").headers["location"] == f"/post/{item}?note=undone"
    assert house.rows(Reply)[0].state == "cancelled"
    assert house.draft_of(item).state == "waiting"


def test_undo_twice_explains_itself(house: House) -> None:
    approve(house, house.waiting())
    browser, approval = house.browser("Anna"), house.rows(Approval)[0]
    browser.post(f"/approval/{approval.id}/undo")
    answer = browser.post(f"/approval/{approval.id}/undo")
    assert answer.status_code == 409
    assert "Bedenkzeit ist um" in answer.text


def test_the_countdown_is_shown_until_the_answer_leaves(house: House) -> None:
    approve(house, house.waiting())
    browser = house.browser("Anna")
    house.clock.pass_(seconds=20)
    assert 'data-left="40"' in browser.get("/").text
    house.clock.pass_(seconds=41)
    assert "data-left" not in browser.get("/").text


def test_rejecting_keeps_the_note_and_asks_for_another_draft(house: House) -> None:
    item = house.waiting()
    draft = house.draft_of(item)
    house.browser("Anna").post(f"/draft/{draft.id}/reject", data={"note": "Bitte den Liefertag nennen."})
    assert (house.draft_of(item).state, house.draft_of(item).note) == ("rejected", "Bitte den Liefertag nennen.")
    assert "Bitte den Liefertag nennen." in house.browser("Ben").get(f"/post/{item}").text


def test_holding_hides_the_post_until_then(house: House) -> None:
    item = house.waiting()
    until = (house.clock() + timedelta(hours=5)).astimezone(house.settings.zone).strftime("%Y-%m-%dT%H:%M")
    browser = house.browser("Ben")
    assert browser.post(f"/post/{item}/hold", data={"until": until, "note": "Spedition ruft zurück"}).status_code == 303
    assert f"row-{item}" not in browser.get("/").text
    assert f"row-{item}" in browser.get("/?tab=later").text
    house.clock.pass_(hours=5, minutes=1)
    browser = house.browser("Ben")
    assert f"row-{item}" in browser.get("/").text


def test_the_reason_for_putting_off_is_told_to_the_colleagues(house: House) -> None:
    item = house.waiting()
    until = (house.clock() + timedelta(hours=5)).astimezone(house.settings.zone).strftime("%Y-%m-%dT%H:%M")
    house.browser("Ben").post(f"/post/{item}/hold", data={"until": until, "note": "Spedition <b>"})
    for path, words in ((f"/post/{item}", "Zurückgestellt bis"), ("/?tab=later", "kommt wieder")):
        page = house.browser("Anna").get(path).text
        assert words in page
        assert "Spedition &lt;b&gt;" in page
    house.clock.pass_(hours=6)
    page = house.browser("Anna").get(f"/post/{item}").text
    assert "War zurückgestellt bis" in page
    assert "Spedition &lt;b&gt;" in page


def test_the_proposed_moment_leaves_time_for_an_answer(house: House) -> None:
    page = house.browser("Ben").get(f"/post/{house.waiting()}").text
    proposed = page.split('name="until" value="', 1)[1].split('"', 1)[0]
    at = datetime.fromisoformat(proposed).replace(tzinfo=house.settings.zone)
    assert house.clock() < at < house.rows(Obligation)[0].due_at - timedelta(hours=1)


def test_what_is_overdue_cannot_be_put_off_any_more(house: House) -> None:
    item = house.waiting()
    house.clock.pass_(days=20)
    page = house.browser("Ben").get(f"/post/{item}").text
    assert "/holding" in page
    assert 'name="until"' not in page


@pytest.mark.parametrize("until", ["", "gleich", "2020-01-01T10:00", "2031-01-01T10:00"])
def test_nothing_is_put_off_beyond_its_deadline_or_into_the_past(house: House, until: str) -> None:
    item = house.waiting()
    answer = house.browser("Ben").post(f"/post/{item}/hold", data={"until": until})
    assert answer.status_code == 422
    assert house.rows(Obligation)[0].held_until is None


def test_closing_needs_a_reason_and_shows_it(house: House) -> None:
    item, browser = house.waiting(), house.browser("Anna")
    assert browser.post(f"/post/{item}/close", data={"reason": ""}).status_code == 422
    assert browser.post(f"/post/{item}/close", data={"reason": "by_person", "note": " "}).status_code == 422
    assert browser.post(f"/post/{item}/close", data={"reason": "superseded"}).status_code == 422
    assert browser.post(f"/post/{item}/close", data={"reason": "praise_without_text"}).status_code == 422
    assert browser.post(f"/post/{item}/close", data={"reason": "spam"}).status_code == 303
    assert "Spam oder Werbung" in browser.get("/?tab=closed").text


def test_the_note_of_a_closed_post_stands_in_the_list(house: House) -> None:
    item, browser = house.waiting(), house.browser("Anna")
    browser.post(f"/post/{item}/close", data={"reason": "by_person", "note": "Am Telefon geklärt."})
    assert "Am Telefon geklärt." in browser.get("/?tab=closed").text


def test_an_assessment_brings_a_fitting_draft(house: House) -> None:
    item = house.waiting()
    answer = house.browser("Ben").post(f"/post/{item}/assess", data={"assessment": "right"})
    assert answer.headers["location"].endswith("note=redrafted")
    assert house.rows(Case)[0].assessment == "right"
    assert house.draft_of(item).text != CALM


def test_a_holding_reply_is_drafted_in_place_of_the_full_one(house: House) -> None:
    item = house.waiting()
    house.browser("Ben").post(f"/post/{item}/holding")
    draft = house.draft_of(item)
    assert (draft.kind, draft.state) == ("holding", "waiting")
    assert "Zwischenbescheid" in house.browser("Ben").get(f"/post/{item}").text


def test_the_manual_outlet_shows_text_counter_link_and_confirms(house: House) -> None:
    item = house.waiting(house.source(channel=False), url="https://example.org/r/1")
    assert approve(house, item).headers["location"] == f"/post/{item}?note=approved_manual"
    browser, reply = house.browser("Anna"), house.rows(Reply)[0]
    page = browser.get(f"/post/{item}").text
    for expected in (CALM, f"{len(CALM)} Zeichen", 'href="https://example.org/r/1"', "Ich habe es veröffentlicht"):
        assert expected in page
    assert browser.post(f"/reply/{reply.id}/confirm", data={"url": "javascript:alert(1)"}).status_code == 422
    assert browser.post(f"/reply/{reply.id}/confirm", data={"url": "https://example.org/a/1"}).status_code == 303
    assert (house.rows(Reply)[0].state, house.rows(Reply)[0].url) == ("confirmed", "https://example.org/a/1")


def test_confirming_twice_is_a_conflict(house: House) -> None:
    item = house.waiting(house.source(channel=False))
    approve(house, item)
    browser, reply = house.browser("Anna"), house.rows(Reply)[0]
    assert browser.post(f"/reply/{reply.id}/confirm").status_code == 303
    assert browser.post(f"/reply/{reply.id}/confirm").status_code == 409


def test_an_answer_that_waits_for_its_next_attempt_shows_when_and_can_go_on_now(house: House) -> None:
    item = house.waiting()
    approve(house, item)
    house.clock.pass_(minutes=5)
    with house.database.write() as session:
        set_channel_state(session, 1, ChannelState.ARMED, actor="test", why="", now=house.clock())
        update_row(session, Reply, 1, next_try_at=house.clock() + timedelta(minutes=10), outcome="retry_later")
    page = house.browser("Anna").get(f"/post/{item}").text
    assert "Der nächste Versuch folgt von selbst" in page
    assert "Zurücknehmen" in page
    assert house.browser("Ben").post("/reply/1/now").status_code == 303
    assert house.rows(Reply)[0].next_try_at == house.clock()
    assert house.woken[-1] == house.clock()
    assert house.browser("Ben").post("/reply/1/now").status_code == 409


def test_a_form_with_a_broken_revision_is_refused_politely(house: House) -> None:
    draft = house.draft_of(house.waiting())
    answer = house.browser("Anna").post(f"/draft/{draft.id}/approve", data={"revision": "x", "text": CALM})
    assert answer.status_code == 422
    assert "unvollständig" in answer.text
    assert [one.state for one in house.rows(Draft)] == ["waiting"]
