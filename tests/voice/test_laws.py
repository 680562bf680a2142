"""Laws that hold for every draft, whatever matter, locale, address, situation and limit come together."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from responder.dates import is_business_day, say_date
from responder.drafting import DraftRequest, Turn, draft, length, open_gaps
from responder.playbook import load_playbook
from responder.playbook.compose import sentences_of
from responder.profile import Profile
from responder.reading.model import Reading, Text
from responder.tone import acceptable
from responder.words import RISKS, TOPICS, WANTS
from tests.voice.people import DU_WORDS, JANA, NELE, OFFICIALESE, REGULA, SIE_WORDS, SOFA, SOFA_POST, answer, complaint

BOOK = load_playbook()
DEMAND = "Kalte Suppe für 8 Euro. Ich fordere 5.000 € und möchte einen Gutschein!"
MATTERS = [key for kind in ("complaint", "praise", "question") for key in BOOK.voice("de-DE").matters[kind]]
COMPLAINTS = list(BOOK.voice("de-DE").matters["complaint"])
NAMEABLE = [matter for matter in COMPLAINTS if matter != "repeat_unanswered"]
"""That somebody wrote before is no matter by itself once he writes again: then a person names it."""
DATES = re.compile(r"\b(\w+(?:tag|woch), |\w+day )(\d{1,2})(\. \w+| \w+)")
LAW = settings(deadline=None, max_examples=30)
LINES = (
    "Kaufpreis zurückzahlen bis 200 € binnen 5 Werktagen, Versandleitung",
    "Gutschein bis 20 €, Schichtleitung",
    "Preisnachlass bis 15 %",
    "Umtausch binnen 8 Werktagen",
    "Rückruf am nächsten Werktag, Kundendienst",
)

profiles = st.builds(
    Profile,
    locale=st.sampled_from(["de-DE", "de-AT", "de-CH", "en"]),
    address=st.sampled_from(["sie", "du"]),
    confidential=st.booleans(),
    contact_lock=st.booleans(),
    max_len=st.sampled_from([0, 0, 60, 140, 300, 350, 500, 1000, 4096]),
    unit=st.sampled_from(["chars", "bytes", "graphemes"]),
    business=st.sampled_from(["", "Hotel Seeblick", "Nordlicht"]),
    signature=st.sampled_from(["", "Rosi Beck"]),
    signature_style=st.sampled_from(["name", "initials", "team", "none"]),
    contact=st.sampled_from(["", "hilfe@firma.example", "030 123456"]),
    second=st.sampled_from(["", "Ute Held, Leiterin Versand"]),
    catalogue=st.sampled_from([(), ("Kaufpreis erstatten", "Umtausch"), LINES]),
    region=st.sampled_from(["", "BY", "BE", "ZH", "9"]),
    today=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
)
readings = st.builds(
    Reading,
    language=st.sampled_from(["de", "gsw", "en", "und"]),
    sentiment=st.sampled_from(["negative", "neutral", "positive"]),
    anger=st.integers(0, 3),
    matters=st.lists(st.sampled_from(MATTERS), max_size=4, unique=True).map(tuple),
    topics=st.lists(st.sampled_from(TOPICS), max_size=2, unique=True).map(tuple),
    wants=st.lists(st.sampled_from(WANTS), max_size=2, unique=True).map(tuple),
    risks=st.lists(st.sampled_from(RISKS), max_size=1).map(tuple),
    is_question=st.booleans(),
)
requests = st.builds(
    DraftRequest,
    reading=readings,
    text=st.builds(
        Text, st.sampled_from(["", SOFA_POST, "Alles super!", DEMAND]), rating=st.sampled_from([None, 1, 3, 5])
    ),
    profile=profiles,
    assessment=st.sampled_from(["open", "right", "partly", "misunderstanding", "own_fault", "praise"]),
    step=st.integers(1, 3),
    kind=st.sampled_from(["full", "holding", "private_channel", "follow_up"]),
    key=st.text(max_size=8),
)


@LAW
@given(requests)
def test_no_placeholder_is_left_open_and_no_draft_is_empty(request: DraftRequest) -> None:
    text = draft(request).text
    assert text.strip()
    assert not re.search(r"[{}]|\bNone\b|  | ,|\.\.", text)


@LAW
@given(requests)
def test_the_same_request_gives_the_same_text(request: DraftRequest) -> None:
    assert draft(request) == draft(replace(request))


@LAW
@given(requests)
def test_a_draft_fits_the_outlet_or_says_that_it_does_not(request: DraftRequest) -> None:
    proposal = draft(request)
    limit = request.profile.max_len
    fits = not limit or length(proposal.text, request.profile.unit) <= limit
    assert fits or "shorten" in proposal.needs


@LAW
@given(requests)
def test_a_draft_never_equals_a_text_that_already_stands_on_the_page(request: DraftRequest) -> None:
    first = draft(request).text
    second = draft(replace(request, taken=frozenset({first}))).text
    third = draft(replace(request, taken=frozenset({first, second}))).text
    assert len({first, second, third}) == 3


@LAW
@given(requests)
def test_one_form_of_address_throughout(request: DraftRequest) -> None:
    text = draft(request).text
    wrong = DU_WORDS if request.profile.address == "sie" else SIE_WORDS
    assert not wrong.search(text), text


@LAW
@given(requests)
def test_swiss_drafts_contain_no_sharp_s_and_no_german_quotes(request: DraftRequest) -> None:
    text = draft(replace(request, profile=replace(request.profile, locale="de-CH"))).text
    assert not set("ß„“") & set(text)


@LAW
@given(requests)
def test_no_officialese_and_no_but_after_a_regret(request: DraftRequest) -> None:
    assert not OFFICIALESE.search(draft(request).text)


@LAW
@given(requests)
def test_what_still_needs_a_person_cannot_be_approved(request: DraftRequest) -> None:
    proposal = draft(request)
    if open_gaps(proposal.text) or set(proposal.needs) - {"translate"}:
        assert not acceptable(list(proposal.findings))


@settings(deadline=None, max_examples=100)
@given(requests)
def test_a_draft_that_needs_nobody_passes_its_own_tone_check(request: DraftRequest) -> None:
    """Matters and posts are drawn apart here, so that whether the text fits the post (A6) is not asked."""
    proposal = draft(request)
    if not proposal.needs:
        blocking = [finding for finding in proposal.findings if finding.severity == "block" and finding.rule != "A6"]
        assert not blocking, (proposal.situation, proposal.text, blocking)


@LAW
@given(requests)
def test_every_day_named_is_a_business_day_to_come_and_has_its_own_weekday(request: DraftRequest) -> None:
    profile, text = request.profile, draft(request).text
    for weekday, number, month in DATES.findall(text):
        day = next(
            profile.today + timedelta(days=ahead)
            for ahead in range(1, 60)
            if (profile.today + timedelta(days=ahead)).day == int(number)
        )
        assert is_business_day(day, profile.country, profile.region), text
        locale = "en" if weekday.strip().endswith("day") else profile.locale
        assert say_date(day, locale) == f"{weekday}{number}{month}", text


@LAW
@given(
    st.sampled_from(NAMEABLE),
    st.sampled_from(["de-DE", "de-AT", "de-CH", "en"]),
    st.sampled_from(["sie", "du"]),
    st.sampled_from(["open", "right", "partly"]),
    st.integers(1, 3),
    st.text(max_size=6),
)
def test_a_complaint_draft_passes_its_own_tone_check_and_stays_calm(
    matter: str, locale: str, address: str, assessment: str, step: int, key: str
) -> None:
    voice = BOOK.voice(locale)
    found = voice.matters["complaint"][matter]
    nouns = " ".join(noun.nominative.source for noun in found.nouns if not noun.names)
    profile = Profile(locale=locale, address=address, signature="Rosi Beck", today=date(2026, 11, 23))  # type: ignore[arg-type]
    reading = complaint(matter, anger=2, language=locale[:2])
    proposal = answer(reading, f"Schlimm: {nouns}", profile, assessment=assessment, step=step, key=key)
    assert acceptable(list(proposal.findings)), (proposal.text, proposal.findings)
    assert "!" not in proposal.text


SPOKEN_OF = "zimmer, dusche, zugfahrt"
"""Words that a post must hold before some matters may be said back to it."""


@pytest.mark.parametrize("matter", COMPLAINTS)
@pytest.mark.parametrize("locale", ["de-DE", "de-CH", "en"])
def test_a_complaint_draft_names_its_matter_in_our_words(matter: str, locale: str) -> None:
    voice = BOOK.voice(locale)
    found = voice.matters["complaint"][matter]
    profile = Profile(locale=locale, signature="Rosi Beck")
    text = answer(complaint(matter, language=locale[:2]), f"… {SPOKEN_OF} …", profile).text
    said = [p.render({"soon": ""}, formal=True, team=False) for p in found.forms["that"] if not p.names]
    said += [n.dative.source.split(" ", 1)[1] for n in found.nouns if not n.names]
    said += [n.accusative.source.split(" ", 1)[1] for n in found.nouns if not n.names]
    assert any(words in text for words in said), text


def page_of(reading: Reading, post: str, rating: float, count: int) -> set[str]:
    taken: set[str] = set()
    for number in range(count):
        taken.add(answer(reading, post, rating=rating, taken=frozenset(taken), key=str(number)).text)
    return taken


@pytest.mark.heavy
def test_five_hundred_complaints_on_one_page_get_five_hundred_answers() -> None:
    assert len(page_of(SOFA, SOFA_POST, 1, 500)) == 500


@pytest.mark.heavy
def test_five_hundred_silent_five_stars_get_five_hundred_answers() -> None:
    assert len(page_of(Reading(sentiment="positive"), "", 5, 500)) == 500


@LAW
@given(st.sampled_from(NAMEABLE), st.sampled_from([JANA, NELE, REGULA]), st.text(max_size=5))
def test_no_answer_of_a_case_says_a_sentence_of_an_earlier_one(matter: str, profile: Profile, key: str) -> None:
    turns: tuple[Turn, ...] = ()
    for step in (1, 2, 3, 3):
        text = answer(complaint(matter), SOFA_POST, profile, step=step, history=turns, key=key).text
        assert not [said for turn in turns for said in sentences_of(turn.text) & sentences_of(text)], (turns, text)
        turns = (*turns, Turn("us", text))


def test_the_history_alone_changes_the_answer() -> None:
    fresh = answer(complaint("delivery_missing"), SOFA_POST, step=2, key="1").text
    told = answer(complaint("delivery_missing"), SOFA_POST, step=2, history=(Turn("us", fresh),), key="1").text
    assert told != fresh
    assert not sentences_of(told) & sentences_of(fresh)
