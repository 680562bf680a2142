"""Which answers in a thread belong to a post."""

from __future__ import annotations

from crawler.items import Post
from crawler.pages.talk import Said, answers

OWN = "laden"


def said(identity: str, above: str, author: str = OWN, *, private: bool = False) -> Said:
    return Said(Post(identity, f"Text {identity}", author_id=author, parent_external_id=above), private=private)


def test_an_answer_under_our_answer_belongs_to_the_post_above_and_one_to_somebody_else_does_not() -> None:
    thread = [said("2", "1"), said("3", "2"), said("4", "1", "max"), said("5", "4"), said("6", "1", private=True)]
    assert [reply.external_id for reply in answers("1", thread, OWN)] == ["2", "3"]
    assert [reply.external_id for reply in answers("4", thread, OWN)] == ["5"]


def test_answers_in_a_circle_end() -> None:
    assert answers("0", [said("1", "2"), said("2", "1")], OWN) == []
