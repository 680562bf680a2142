"""A hundred and more posts over assessments, steps, trades, outlets and catalogues, answered and judged."""

from __future__ import annotations

import re

import pytest

from responder.drafting import draft, length, open_gaps
from responder.playbook.compose import sentences_of
from tests.voice.people import DU_WORDS, OFFICIALESE, SIE_WORDS
from tests.voice.situations import POSTS, answered, history_of, request_of

ids = pytest.mark.parametrize("name", POSTS)
GRAVE = [name for name in POSTS if answered(name).situation in ("risk", "violence", "safety")]
STIFF = re.compile(r"zuständige\w* Stelle|an dieser Stelle, |Geht es Ihnen vor allem um|richtig verstanden, dass")


def test_there_are_enough_posts_and_every_assessment_and_step_is_met() -> None:
    assert len(POSTS) >= 120
    assert {post.get("step", 1) for post in POSTS.values()} == {1, 2, 3}
    assert {post.get("assessment", "open") for post in POSTS.values()} == {
        "open", "right", "partly", "misunderstanding", "own_fault", "praise",
    }  # fmt: skip


@ids
def test_the_draft_says_what_it_must_and_nothing_that_it_must_not(name: str) -> None:
    text = answered(name).text
    assert not [words for words in POSTS[name]["must"] if words not in text], text
    assert not [words for words in POSTS[name]["never"] if words in text], text
    assert not STIFF.search(text), text
    assert not OFFICIALESE.search(text), text


@ids
def test_the_draft_has_nothing_to_mend_but_its_gaps(name: str) -> None:
    proposal = answered(name)
    gaps = open_gaps(proposal.text)
    blocking = [finding for finding in proposal.findings if finding.severity == "block"]
    other = [f for f in blocking if not any(f.start <= start and end <= f.end for start, end in gaps)]
    assert not other, (proposal.text, other)
    assert bool(proposal.needs) <= bool(gaps), proposal


@ids
def test_the_draft_keeps_address_spelling_and_length(name: str) -> None:
    post, text = POSTS[name], answered(name).text
    assert not (DU_WORDS if post.get("address", "sie") == "sie" else SIE_WORDS).search(text), text
    assert "ß" not in text or post.get("locale") != "de-CH"
    assert length(text, "graphemes") <= post.get("max_len", 760)
    assert "!" not in text or post.get("rating") == 5


@ids
def test_nothing_is_said_twice_in_one_answer(name: str) -> None:
    text = answered(name).text
    assert text.count("?") <= 1
    assert len(re.findall(r"\b[Dd]anke?\b", text)) <= 2, text
    said = [part.strip(" .").lower() for part in re.split(r"[.;:?\n] ?", text) if len(part) > 20]
    assert len(said) == len(set(said)), text


@pytest.mark.parametrize("name", [name for name in POSTS if POSTS[name].get("history")])
def test_a_repeat_says_no_sentence_again_and_asks_nothing(name: str) -> None:
    text = answered(name).text
    earlier = [turn.text for turn in history_of(POSTS[name]) if turn.role == "us"]
    assert not [said for answer in earlier for said in sentences_of(answer) & sentences_of(text)]
    assert "A5" in answered(name).practices or "C2" in answered(name).practices or "C6" in answered(name).practices


@pytest.mark.parametrize("name", GRAVE)
def test_a_grave_matter_is_admitted_by_no_word_and_goes_to_a_role(name: str) -> None:
    text = answered(name).text
    assert not re.search(r"unser Fehler|haben Sie recht|erstatten|entschuldig", text), text
    assert re.search(r"leitung|direktion|management|[Ii]ch (\w+ )?(\w+ )?selbst|persönlich", text), text


def test_whoever_was_in_danger_or_set_aside_reads_a_regret_and_an_accuser_none() -> None:
    for name in GRAVE:
        felt = answered(name).situation == "safety" or name == "g05"
        assert ("leid" in answered(name).text) is felt, answered(name).text


def test_no_two_answers_are_alike() -> None:
    assert len({answered(name).text for name in POSTS}) == len(POSTS)


def test_the_matter_of_an_earlier_post_is_named_when_the_new_one_only_complains_again() -> None:
    assert "Esstisch" in answered("r02").text
    alone = draft(request_of("r02", earlier=(), history=()))
    assert "Esstisch" not in alone.text


def test_each_sentence_knows_the_rules_that_it_serves() -> None:
    proposal = answered("x01")
    said = [proposal.text[part.start : part.end] for part in proposal.sentences]
    assert " ".join(" ".join(said).split()) == " ".join(proposal.text.split())
    assert all(part.practices for part in proposal.sentences)
    assert set(proposal.practices) == {rule for part in proposal.sentences for rule in part.practices}


def test_a_second_person_is_named_only_where_the_profile_knows_one() -> None:
    assert "Ute Held, Leiterin Versand" in answered("r04").text
    assert "Held" not in answered("r03").text


def test_people_who_came_to_harm_are_not_asked_about_the_menu() -> None:
    assert answered("g03").situation == "safety"
    assert "?" not in answered("g03").text


def test_a_few_german_words_are_not_answered_in_english() -> None:
    assert "sorry" not in answered("p05").text


@pytest.mark.parametrize("name", ["x01", "x07", "p01", "l02", "w01"])
def test_neighbours_on_a_page_share_no_sentence(name: str) -> None:
    for number in range(4):
        first = draft(request_of(name, key=str(number))).text
        second = draft(request_of(name, key=str(number + 100), taken=frozenset({first}))).text
        assert not sentences_of(first) & sentences_of(second)
