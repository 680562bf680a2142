"""One post beside its draft."""

from __future__ import annotations

from sqlalchemy import update
from sqlmodel import col

from crawler.items import OwnerReply, Page, Post
from crawler.pages.mail import UNVERIFIED
from db.models import Draft, Obligation, Reply, Source
from responder.intake import receive
from tests.web.conftest import ANGRY, CALM, House


def test_post_and_draft_stand_side_by_side(house: House) -> None:
    page = house.browser("Anna").get(f"/post/{house.waiting(title='Kein Sessel')}").text
    for expected in ("Petra M.", "Kein Sessel", ANGRY, CALM, "★☆☆☆☆", "23. November 2026", "Freigeben"):
        assert expected in page


def test_what_the_person_wrote_before_and_our_answer_to_it_are_shown(house: House) -> None:
    source = house.source()
    first = house.waiting(source)
    form = {"revision": "1", "text": CALM}
    house.browser("Anna").post(f"/draft/{house.draft_of(first).id}/approve", data=form)
    house.clock.pass_(days=2)
    second = house.waiting(source, "Schon wieder ich: Der Sessel fehlt noch immer.", draft="Noch ein Entwurf.")
    page = house.browser("Vera").get(f"/post/{second}").text
    assert "1 weiterer Beitrag dieser Person" in page
    assert ANGRY in page
    assert CALM in page


def test_an_edited_post_shows_both_versions(house: House) -> None:
    source = house.source()
    house.waiting(source, external_id="r1")
    house.clock.pass_(days=1)
    newer = house.post(source, "Der Sessel kam heute, aber zerkratzt und ohne Füße.", external_id="r1")
    page = house.browser("Vera").get(f"/post/{newer}").text
    assert "Fassung 2" in page
    assert "Fassung 1" in page
    assert ANGRY in page


def test_an_answer_given_elsewhere_is_shown(house: House) -> None:
    source = house.source()
    reply = OwnerReply("o1", "Wir haben Ihnen soeben geschrieben.", house.clock(), "Möbelhaus Brandt")
    item = house.post(source, owner_replies=[reply])
    assert "Wir haben Ihnen soeben geschrieben." in house.browser("Vera").get(f"/post/{item}").text


def test_findings_say_why_and_offer_a_better_wording(house: House) -> None:
    item = house.waiting(draft="Guten Tag, das tut mir leid. Wir kümmern uns zeitnah um den Sessel. Jana Brandt")
    page = house.browser("Ben").get(f"/post/{item}").text
    assert "„zeitnah“" not in page  # the quotes come from the browser, in the page's language
    assert "<q>zeitnah</q>" in page
    assert "Das ist keine Zeitangabe" in page
    assert 'data-old="zeitnah"' in page


def test_the_live_check_judges_what_is_typed_and_stores_nothing(house: House) -> None:
    item = house.waiting()
    draft = house.draft_of(item)
    browser = house.browser("Ben")
    answer = browser.post(f"/draft/{draft.id}/check", data={"text": "Wir melden uns schnellstmöglich."})
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "schnellstmöglich" in answer.text
    assert house.draft_of(item).text == CALM


def test_the_length_is_counted_against_the_outlet(house: House) -> None:
    item = house.waiting()
    draft = house.draft_of(item)
    answer = house.browser("Ben").post(f"/draft/{draft.id}/check", data={"text": "Grüße\r\n🙂"})
    assert "7 von" in answer.text


def test_invisible_characters_of_a_post_are_shown(house: House) -> None:
    item = house.post(house.source(), "gut\u202etug")
    page = house.browser("Vera").get(f"/post/{item}").text
    assert "U+202E" in page
    assert "\u202e" not in page


def test_invisible_characters_of_a_draft_are_reported(house: House) -> None:
    draft = house.draft_of(house.waiting())
    answer = house.browser("Ben").post(f"/draft/{draft.id}/check", data={"text": "Danke\u200b sehr"})
    assert "1 unsichtbares Zeichen" in answer.text
    assert "U+200B" in answer.text


def test_a_link_in_a_post_stays_text(house: House) -> None:
    page = house.browser("Vera").get(f"/post/{house.post(house.source(), 'Siehe https://evil.example/x')}").text
    assert "https://evil.example/x" in page
    assert 'href="https://evil.example' not in page


def test_a_post_address_that_is_no_web_address_is_no_link(house: House) -> None:
    page = house.browser("Vera").get(f"/post/{house.post(house.source(), url='javascript:alert(1)')}").text
    assert "javascript:alert" not in page


def test_a_drafter_sees_no_button_to_approve(house: House) -> None:
    page = house.browser("Ben").get(f"/post/{house.waiting()}").text
    assert "/approve" not in page
    assert "Speichern" in page


def test_somebody_who_only_looks_sees_the_text_and_no_form_for_it(house: House) -> None:
    page = house.browser("Vera").get(f"/post/{house.waiting()}").text
    assert CALM in page
    assert "<textarea" not in page
    assert "/approve" not in page


def test_somebody_who_only_looks_reads_a_better_wording_but_cannot_take_it(house: House) -> None:
    item = house.waiting(draft=CALM.replace("heute", "zeitnah"))
    assert "/apply" in house.browser("Ben").get(f"/post/{item}").text
    page = house.browser("Vera").get(f"/post/{item}").text
    assert "Besser:" in page
    assert "/apply" not in page


def test_a_form_address_opened_by_hand_does_not_exist(house: House) -> None:
    answer = house.browser("Anna").get(f"/draft/{house.draft_of(house.waiting()).id}/approve")
    assert answer.status_code == 405
    assert "Diese Seite gibt es nicht" in answer.text


def test_an_unknown_item_does_not_exist(house: House) -> None:
    browser = house.browser("Anna")
    assert [browser.get(f"/post/{bad}").status_code for bad in ("1", "0", "x", "9" * 30)] == [404] * 4


def test_a_post_without_a_draft_says_that_one_is_coming(house: House) -> None:
    assert "wird gerade geschrieben" in house.browser("Anna").get(f"/post/{house.post(house.source())}").text


def test_a_closed_post_says_why(house: House) -> None:
    source: Source = house.source()
    item = house.post(source, external_id="r9")
    gone = Post("r9", deleted=True)
    receive(house.database, Page(source.id or 0, source.address, house.clock(), [gone]), now=house.clock())
    assert "Gelöscht, bevor wir antworten konnten" in house.browser("Vera").get(f"/post/{item}").text


def test_everything_reads_in_english_too(house: House) -> None:
    browser = house.browser("Anna")
    browser.post("/account/language", data={"language": "en"})
    page = browser.get(f"/post/{house.waiting()}").text
    assert 'lang="en"' in page
    for expected in ("What the customer wrote", "Approve", "23 November 2026"):
        assert expected in page


def test_an_answer_given_elsewhere_is_said_in_place_of_a_draft(house: House) -> None:
    source = house.source()
    obligation_id = house.post(source, external_id="e1")
    house.clock.pass_(hours=1)
    reply = OwnerReply("o1", "Danke, das haben wir heute geklärt.", house.clock(), "Möbelhaus Brandt")
    post = Post("e1", ANGRY, author_id="petra", author_name="Petra M.", rating=1.0, owner_replies=[reply])
    receive(house.database, Page(source.id or 0, source.address, house.clock(), [post]), now=house.clock())
    page = house.browser("Vera").get(f"/post/{obligation_id}").text
    assert "anderswo beantwortet" in page
    assert "Danke, das haben wir heute geklärt." in page
    assert "Noch nicht gelesen" not in page


def seen(house: House, source: Source, text: str, *replies: OwnerReply) -> None:
    """One look at the page: the post in these words, with these answers under it."""
    post = Post("r1", text, rating=1.0, author_id="petra", author_name="Petra M.", owner_replies=list(replies))
    receive(house.database, Page(source.id or 0, source.address, house.clock(), [post]), now=house.clock())


def test_an_answer_that_vanished_from_an_older_version_stays_visible_with_its_looks(house: House) -> None:
    source, ours = house.source(channel=False), OwnerReply("o1", CALM)
    old = house.waiting(source, external_id="r1")
    form = {"revision": "1", "text": CALM}
    house.browser("Anna").post(f"/draft/{house.draft_of(old).id}/approve", data=form)
    house.browser("Anna").post(f"/reply/{house.rows(Reply)[0].id}/confirm")
    edited = "Der Sessel kam heute, aber zerkratzt und ohne Füße."
    seen(house, source, ANGRY, ours)
    seen(house, source, edited, ours)
    for hours in (24, 1):
        house.clock.pass_(hours=hours)
        seen(house, source, edited)
    assert [(duty.state, duty.reason) for duty in house.rows(Obligation)] == [("closed", "superseded"), ("open", "")]
    page = house.browser("Anna").get(f"/post/{old}").text
    for expected in (CALM, "Öffentlich nicht mehr zu sehen", "neuere Fassung des Beitrags"):
        assert expected in page
    assert page.count("✗ nicht sichtbar") == 2
    assert "Freigeben" not in page


def test_a_post_whose_origin_is_not_proven_says_so_and_others_do_not(house: House) -> None:
    source = house.source()
    doubtful = house.waiting(source, external_id=f"{UNVERIFIED}1")
    proven = house.waiting(source, external_id="trustpilot:1")
    sentence = "weist nicht nach, dass sie von der Plattform stammt"
    assert sentence in house.browser("Vera").get(f"/post/{doubtful}").text
    assert sentence not in house.browser("Vera").get(f"/post/{proven}").text


def test_a_draft_that_a_model_worded_says_so_until_a_person_changes_it(house: House) -> None:
    item = house.waiting()
    draft_id = house.draft_of(item).id
    with house.database.write() as session:
        session.exec(update(Draft).where(col(Draft.id) == draft_id).values(origin="model"))
    ben = house.browser("Ben")
    assert "hat ein Sprachmodell" in ben.get(f"/post/{item}").text
    ben.post(f"/draft/{draft_id}/edit", data={"revision": "1", "text": CALM.replace("Guten Tag", "Hallo")})
    assert "hat ein Sprachmodell" not in ben.get(f"/post/{item}").text
