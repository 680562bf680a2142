"""From a schema.org node to a post: author, rating, texts, times, answers of the business."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from crawler.items import OwnerReply, Post
from crawler.pages.identity import identify
from crawler.pages.nodes import ANSWERS, OWNER_ANSWERS, Node, first, get, objects, string, types, words
from crawler.pages.people import author, is_organisation
from crawler.pages.stars import stars
from crawler.pages.surroundings import Surroundings
from crawler.pages.values import moment
from crawler.text import one_line, value_to_text

COMMENT = {"comment", "usercomments", "discussionforumposting", "answer"}
NAMELESS = {"comment", "usercomments"}
"""Nobody gives these a title: what they are called is who wrote them."""

ANSWERING = frozenset((*OWNER_ANSWERS, *ANSWERS))
BODY = ("reviewbody", "text", "articlebody", "description")
PLACE_HOLDER = re.compile(
    r"\{\{[^{}]{0,200}\}\}|\{%[^{}]{0,200}%\}|\$\{[^{}]{0,200}\}|<%[^<>]{0,200}%>|\[\[[^\[\]]{0,200}\]\]"
)
MOST_NOTES = 50
LONGEST = 5_000
"""Characters of a title as it is written, with entities and tags."""

MAX_NESTING = 40
"""Answers to answers to answers; deeper ones are read as posts without a parent."""


def posts_of(node: Node, around: Surroundings, parent: str = "", nesting: int = 0) -> list[Post]:
    """The post a review or comment node stands for, followed by what other people wrote under it."""
    around.left -= 1
    author_id, author_name, author_url = author(node, around)
    post = Post(
        external_id="",
        text=value_to_text(words(_body(node))) or value_to_text(_notes(node)),
        title=one_line(string(get(node, "headline", "name", "summary")), LONGEST),
        author_id=author_id,
        author_name=author_name,
        author_url=author_url,
        language=_language(node) or around.language,
        created_at=moment(string(get(node, "datepublished", "datecreated"))),
        updated_at=moment(string(get(node, "datemodified"))),
        parent_external_id=parent,
    )
    if not post.author_name and NAMELESS & types(node) and "headline" not in node:
        post.author_name = one_line(string(get(node, "name")), LONGEST)
    if post.title == post.author_name:  # some themes call a comment by the name of who wrote it
        post.title = ""
    _rate(post, node, around)
    identify(post, node, around)
    return [post] if ANSWERING.isdisjoint(node) else [post, *_answers(post, node, around, nesting)]


def is_empty(post: Post) -> bool:
    """A bare reference or a shell without text, title and rating is no post, and neither are stars by nobody."""
    rated = post.rating is not None and (post.author_name or post.author_id or post.created_at)
    return not (post.text or post.title or rated)


def is_heading(post: Post) -> bool:
    """A title that nobody signed is none: some themes mark their articles so."""
    return not (post.text or post.author_name or post.rating is not None)


def is_pattern(post: Post) -> bool:
    """Whether there is a mark for a program in the place of words."""
    return bool(PLACE_HOLDER.fullmatch(post.text))


def is_shell(post: Post) -> bool:
    """Somebody wrote here at some time, but what he wrote stands where we cannot read it."""
    return is_empty(post) and bool(post.author_name or post.created_at)


def _body(node: Node) -> Any:
    """The words, which some themes put inside the thing that they are about."""
    told = get(node, *BODY)
    return told or next((thing[BODY[0]] for thing in objects(get(node, "itemreviewed")) if thing.get(BODY[0])), None)


def _notes(node: Node) -> str:
    """What somebody liked and disliked, where that is all he wrote."""
    pairs = (("+ ", "positivenotes"), ("- ", "negativenotes"))
    return "\n".join(sign + note for sign, name in pairs for note in _listed(node.get(name)) if note.strip())


def _listed(value: Any) -> list[str]:
    if isinstance(value, list):
        return [note for item in value[:MOST_NOTES] for note in _listed(item)]
    if isinstance(value, dict):
        inner = get(value, "itemlistelement", "item")
        return _listed(inner) if inner else [string(get(value, "name", "text", "description", "@value"))]
    return [value] if isinstance(value, str) else []


def _language(node: Node) -> str:
    """Of the review itself, or of its text."""
    given = first(get(node, "inlanguage"))
    if isinstance(given, dict):
        given = get(given, "alternatename", "identifier", "@value", "name")
    body = first(get(node, *BODY))
    return string(given) or (string(body.get("@language")) if isinstance(body, dict) else "")


def _rate(post: Post, node: Node, around: Surroundings) -> None:
    given = get(node, "reviewrating", "rating")
    ratings = around.objects(given) if isinstance(given, (dict, list)) else []
    whole = [rating for rating in ratings if "reviewaspect" not in rating]  # not that of a single aspect
    found = stars(next(iter(whole or ratings), {"ratingvalue": given}))
    if found is None and "ratingvalue" in node:  # the item of the rating was not marked as one
        found = stars(node)
    if found:
        post.rating, post.rating_best, post.rating_worst = found


def _answers(post: Post, node: Node, around: Surroundings, nesting: int) -> list[Post]:
    """Attach the business's answers to `post`; return what others wrote as posts of their own."""
    others: list[Post] = []
    for answer, is_owners in _below(node, around):
        if id(answer) in around.answers or around.left <= 0 or nesting >= MAX_NESTING:
            continue
        around.answers.add(id(answer))
        reply, *below = posts_of(answer, around, post.external_id, nesting + 1)
        if is_empty(reply):
            continue
        if is_owners or is_organisation(get(answer, "author", "creator"), around) or around.is_own(reply.author_name):
            post.owner_replies.append(OwnerReply(reply.external_id, reply.text, reply.created_at, reply.author_name))
        elif types(answer) & COMMENT or not types(answer):
            others.append(reply)
        others.extend(below)
    return others


def _below(node: Node, around: Surroundings) -> Iterator[tuple[Node, bool]]:
    """What stands under a post, each with whether the property itself says that it is the business's."""
    for key in OWNER_ANSWERS:
        value: Any = node.get(key)
        for answer in around.objects({"text": value} if isinstance(value, str) and value.strip() else value):
            yield answer, True
    for key in ANSWERS:
        for answer in around.objects(node.get(key)):
            yield answer, False
