"""What holds for every text: no error, spans inside, the same answer twice, and better wordings that fit."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.reading.model import Text
from responder.tone import acceptable, check
from responder.tone.data import load, names
from responder.tone.reply import prepare
from tests.tone.cases import Case, read_cases
from tests.tone.people import ARMCHAIR, context, corrected

PIECES = (
    "Guten Tag, |Sie haben |du hast |nicht |zu spät |bezahlt |, aber |das tut mir leid|. |! |? |„|“|[|]|{|}|\n|24. |"
    "November |Ihre |Bestellung 4711 |@|😀|ß|ẞ|İ|ä|wir haften |zeitnah |Gutschein |\u0308|\u200d|'|Jana Brandt"
).split("|")
REPLIES = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
LOCALES = st.sampled_from(["de-DE", "de-AT", "de-CH", "en", "fr", "it"])
HOSTILE = (
    "a| |Sie haben |0|01 |a@|a@b.|[|„|!|👨‍👩‍👧|ABCD |\n|a-|Hallo Herr |leider doch ja |tut mir leid, |"
    "Frau Anna |Ihre alte "
).split("|")


@given(REPLIES, LOCALES, st.booleans(), st.sampled_from(["sie", "du"]), REPLIES)
def test_every_text_can_be_checked_and_every_span_lies_inside(
    text: str, locale: str, silent: bool, form: str, posted: str
) -> None:
    known = context(Text(posted, rating=1), locale=locale, confidential=silent, address=form, max_len=80, unit="bytes")
    findings = check(text, known)
    assert findings == check(text, known)
    assert findings == sorted(findings, key=lambda finding: finding.start)
    assert all(0 <= finding.start <= finding.end <= len(text) and finding.why for finding in findings)


@given(REPLIES)
def test_the_prepared_text_keeps_its_length(text: str) -> None:
    assert len(prepare(text, context()).plain) == len(text)


@pytest.mark.parametrize("blank", ["", " ", "\n\n"])
def test_an_empty_answer_blocks(blank: str) -> None:
    assert not acceptable(check(blank, context()))


@pytest.mark.parametrize("case", read_cases("bad"), ids=lambda case: case.id)
def test_a_better_wording_removes_what_it_replaces(case: Case) -> None:
    before = case.findings()
    for finding in before:
        if finding.instead:
            after = check(corrected(case.text, finding), case.context)
            assert sum(f.rule == finding.rule for f in after) < sum(f.rule == finding.rule for f in before)


def test_reasons_come_in_german_and_english() -> None:
    german, english = (check("Sie haben zu spät bezahlt.", context(), language)[0].why for language in ("de", "en"))
    assert german != english
    assert all(set(message) == {"de", "en"} for message in load("messages").values())


def test_every_reason_a_rule_gives_is_written_down() -> None:
    groups = [group for folder in ("de", "en") for name in names(folder) for group in load(name).get("pattern", ())]
    assert len(groups) > 20
    assert all(group["why"] in load("messages") for group in groups)


def test_no_better_wording_contains_a_word_that_the_check_forbids() -> None:
    cases = [(case.text, finding) for case in read_cases("bad") for finding in case.findings()]
    offered = {finding.instead.removeprefix(text[finding.start : finding.end]) for text, finding in cases}
    assert not [words for words in offered if re.search(r"zeitnah|Unannehmlichkeit|Anliegen|Feedback sehr|!", words)]


@pytest.mark.heavy
@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hundred_thousand_hostile_characters_are_checked_in_bounded_time(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    started = time.perf_counter()
    check(text, context(ARMCHAIR, confidential=True, max_len=300, unit="graphemes"))
    assert time.perf_counter() - started < 20
