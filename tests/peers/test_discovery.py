"""The check against Google's own description finds what is wrong, so that its silence means something."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.peers.discovery import Discovery, discovery

PLAY = "/androidpublisher/v3/applications/at.lindner.app/reviews"
THREADS = "/youtube/v3/commentThreads"


@pytest.fixture
def play() -> Discovery:
    return discovery("androidpublisher.v3")


@pytest.fixture
def youtube() -> Discovery:
    return discovery("youtube.v3")


def test_a_right_request_and_answer_pass(play: Discovery) -> None:
    review = {"reviewId": "r1", "comments": [{"userComment": {"lastModified": {"seconds": "17"}, "starRating": 2}}]}
    assert play.request("GET", f"{PLAY}?maxResults=100&token=x") == []
    assert play.answer("GET", PLAY, json.dumps({"reviews": [review], "pageInfo": {"totalResults": 1}})) == []


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/androidpublisher/v4/applications/a.b/reviews", "no method"),
        (f"{PLAY}/r1/replies", "no method"),
        (f"{PLAY}?pageToken=x", "no parameter pageToken"),
        (f"{PLAY}?maxResults=viele", "is no number"),
    ],
)
def test_a_wrong_request_for_reviews_is_told(play: Discovery, address: str, told: str) -> None:
    assert told in " ".join(play.request("GET", address))


def test_another_verb_is_another_method(play: Discovery) -> None:
    assert play.request("POST", f"{PLAY}/r1:reply") == []
    assert play.request("DELETE", f"{PLAY}/r1") == [f"no method for DELETE {PLAY}/r1"]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("videoId=x", "part is missing"),
        ("part=snippet&order=newest", "none of its values"),
        ("part=snippet&maxResults=101", "out of range"),
    ],
)
def test_a_wrong_request_for_threads_is_told(youtube: Discovery, query: str, told: str) -> None:
    assert told in " ".join(youtube.request("GET", f"{THREADS}?{query}"))


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ([], "answer is no object"),
        ({"reviews": {}}, "answer.reviews is no list"),
        ({"reviews": [{"id": "r1"}]}, "answer.reviews[0].id is unknown"),
        ({"reviews": [{"reviewId": 7}]}, "reviewId is no string"),
        ({"reviews": [{"comments": [{"userComment": {"starRating": True}}]}]}, "starRating is no integer"),
        ({"reviews": [{"comments": [{"userComment": {"starRating": 2**31}}]}]}, "starRating is no int32"),
        ({"reviews": [{"comments": [{"userComment": {"lastModified": {"seconds": "bald"}}}]}]}, "holds no number"),
    ],
)
def test_a_wrong_answer_is_told(play: Discovery, answer: Any, told: str) -> None:
    assert told in " ".join(play.answer("GET", PLAY, json.dumps(answer)))


@pytest.mark.parametrize(
    ("snippet", "told"),
    [({"publishedAt": "gestern"}, "is no time"), ({"moderationStatus": "gut"}, "none of its values")],
)
def test_times_and_fixed_words_are_checked(youtube: Discovery, snippet: dict[str, str], told: str) -> None:
    answer = {"items": [{"snippet": {"topLevelComment": {"snippet": snippet}}}]}
    assert told in " ".join(youtube.answer("GET", THREADS, json.dumps(answer)))
