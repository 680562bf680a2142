"""Instructions inside posts: an answer from rules holds nothing of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest

from responder.drafting import DraftRequest, Proposal, draft
from responder.playbook import load_playbook
from responder.playbook.grammar import Phrase
from responder.playbook.model import Matter, Voice
from responder.playbook.nouns import weak_adjective
from responder.profile import Profile
from responder.reading import read
from responder.reading.model import Text
from tests.voice.injections import PAYLOADS, TRACES, Injected, injections

HOUSE = Profile(
    signature="Jana Brandt",
    contact="hilfe@haus.example",
    business="Haus am Markt",
    catalogue=("Kaufpreis erstatten bis 50 Euro",),
    today=date(2026, 11, 23),
)
ALL = list(injections())
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+")


def answered(text: Text) -> Proposal:
    return draft(DraftRequest(read(text), text, HOUSE, key="1"))


def phrases(voice: Voice) -> Iterator[Phrase]:
    for said in voice.phrases.values():
        yield from said
    for matters in voice.matters.values():
        for matter in matters.values():
            yield from of_matter(matter)


def of_matter(matter: Matter) -> Iterator[Phrase]:
    for noun in matter.nouns:
        yield from (noun.nominative, noun.accusative, noun.dative)
    for wordings in (*matter.forms.values(), *matter.ask.values()):
        yield from wordings


def composed_words(voice: Voice) -> Iterator[str]:
    """What is said of things: the nouns in their cases, the adjectives before them, the sentences around them."""
    nouns = [noun for found in voice.nouns.entries.values() for noun in found]
    yield from (form for noun in nouns for form in noun.forms().values())
    for trouble in voice.troubles:
        yield from (weak_adjective(trouble.like, gender, "a") for gender in "mf" if trouble.like)
    for matter in (*voice.kinds.values(), *(trouble.matter for trouble in voice.troubles)):
        yield matter.theme
        yield from (text for phrase in of_matter(matter) for part in phrase.parts for text in (part.text, part.other))


@cache
def vocabulary() -> frozenset[str]:
    """Every word that the playbook, the profile or the calendar can put into an answer."""
    words: list[str] = [HOUSE.signature, HOUSE.contact, HOUSE.business]
    for voice in load_playbook().voices.values():
        for phrase in phrases(voice):
            words += [part.text for part in phrase.parts] + [part.other for part in phrase.parts]
        for table in voice.tables.values():
            words += table.values()
        words += [matter.theme for matters in voice.matters.values() for matter in matters.values()]
        words += composed_words(voice)
    words.append(
        "Montag Dienstag Mittwoch Donnerstag Freitag November 24 25 26 27 Monday Tuesday Wednesday Thursday Nov"
    )
    return frozenset(word.lower() for said in words for word in WORD.findall(said))


@pytest.mark.parametrize("number", range(0, 300, 20))
def test_an_answer_holds_nothing_of_the_instruction(number: int) -> None:
    for injected in ALL[number : number + 20]:
        text = answered(injected.post).text
        assert text.strip()
        assert not [trace for trace in TRACES if trace in text.lower()], (injected.post.text, text)


@pytest.mark.parametrize("number", range(0, 300, 20))
def test_every_word_of_an_answer_is_ours_or_the_ordinary_posts(number: int) -> None:
    for injected in ALL[number : number + 20]:
        text = answered(injected.post).text
        theirs = {word.lower() for word in WORD.findall(injected.carrier.text)}
        strange = {word.lower() for word in WORD.findall(text)} - vocabulary() - theirs
        assert not {word.rstrip("n") for word in strange} - vocabulary(), (injected.post.text, text)


@pytest.mark.parametrize("number", range(0, 300, 20))
def test_an_answer_promises_and_admits_nothing_that_was_dictated(number: int) -> None:
    for injected in ALL[number : number + 20]:
        findings = answered(injected.post).findings
        assert not [f for f in findings if f.rule in ("C7", "C9", "F1", "F3") and f.severity == "block"], injected.post


def test_the_injections_are_three_hundred_different_ones() -> None:
    assert len({injected.post.text for injected in ALL}) == 300


def test_a_payload_would_be_noticed() -> None:
    """The traces find every payload, so that the laws above can fail."""
    assert all(any(trace in payload.lower() for trace in TRACES) for payload in PAYLOADS)


def same_matter(injected: Injected) -> bool:
    ordinary, given = read(injected.carrier), read(injected.post)
    return not ordinary.matters or bool(set(ordinary.matters) & set(given.matters))


def test_what_the_customer_really_says_is_still_read() -> None:
    missed = [injected.post.text for injected in ALL if not same_matter(injected)]
    assert len(missed) <= 30, missed[:5]
