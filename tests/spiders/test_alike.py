"""The comparison of made-up answers with real ones notices what a made-up one has too much or of another kind."""

from __future__ import annotations

from typing import Any

import pytest

from tests.spiders.alike import unlike

REAL = {"uri": "at://x", "count": 3, "done": False, "list": [{"$type": "a", "text": "x"}, {"$type": "b", "gone": True}]}


@pytest.mark.parametrize(
    ("ours", "told"),
    [
        ({}, []),
        ({"uri": "at://y", "count": 0, "done": True}, []),
        ({"list": []}, []),
        ({"list": [{"$type": "b", "gone": True}]}, []),
        ({"avatar": "x"}, ["answer.avatar is str, not there"]),
        ({"count": "3"}, ["answer.count is str, not number"]),
        ({"done": 0}, ["answer.done is number, not bool"]),
        ({"list": [{"$type": "b", "text": "x"}]}, ["answer.list[].text is str, not there"]),
        ({"list": [{"$type": "c"}]}, ["answer.list[] is a c, not a a or a b"]),
        ([], ["answer is list, not dict"]),
    ],
)
def test_what_no_real_answer_has_is_told(ours: Any, told: list[str]) -> None:
    assert list(unlike(ours, [REAL])) == told
