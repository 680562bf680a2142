"""Which nodes of one part of a page are posts, what else stands there, and why it was left."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from crawler.items import Line, Post
from crawler.pages.nodes import MAX_NODES, POST, Node, get, objects, outline, string, types
from crawler.pages.values import count

REVIEWS = {"review", "criticreview", "userreview", "employerreview", "recommendation"}
COMMENTS = {"comment", "usercomments", "discussionforumposting"}
POSTS = REVIEWS | COMMENTS
BYSTANDERS = {"claimreview": "ClaimReview", "mediareview": "MediaReview"}
"""Reviews by the letter that are no customers' posts: they judge news and pictures."""

SYNDICATED = re.compile(r"Originally posted on [\w.-]+", re.IGNORECASE)
QUESTIONS = {
    "elsewhere": ("question that was asked on another site", "questions that were asked on another site"),
    "question": ("question that nobody signed", "questions that nobody signed"),
    "faq": ("question that the page itself asks and answers", "questions that the page itself asks and answers"),
}
EMPTY = ("review without text, title and stars", "reviews without text, title and stars")
OWN = ("review that the business wrote about itself", "reviews that the business wrote about itself")
ARTICLE = ("review by whoever wrote the page itself", "reviews by whoever wrote the page itself")
HEADING = ("heading without author, text and stars", "headings without author, text and stars")
UNFILLED = ("pattern that nobody filled in", "patterns that nobody filled in")
BARE = (
    "text without a name and stars, not marked as a review",
    "texts without a name and stars, not marked as reviews",
)
SHOWN, LONGEST_TYPE = 5, 40
"""So many types of other things are named, in so many characters."""

BLOCK = "JSON-LD block {}"
PATTERN = Line("template", left="what stands in it is a pattern, not shown to anybody")
Reason = tuple[str, str]
"""For one, for several."""


@dataclass(slots=True)
class Part:
    """One part of a page: `where` it stands and the values found there; the rest is filled by `sift`.

    `claims` are the numbers of reviews that things claim to have, each with whether the thing shows some of them.
    `taken` are its posts that no other part had before.
    What is a guess had to be mended and may tell in other words what stands elsewhere on the page.
    `shells` counts posts that somebody wrote but that say nothing readable, `others` are the types of the things that
    stand beside them.
    """

    where: str
    values: list[Any]
    nodes: list[Node] = field(default_factory=list)
    claims: list[tuple[bool, int]] = field(default_factory=list)
    left: Counter[Reason] = field(default_factory=Counter)
    is_cut: bool = False
    is_guess: bool = False
    shells: int = 0
    others: dict[str, None] = field(default_factory=dict)
    taken: list[Post] = field(default_factory=list)
    _asked: set[int] = field(default_factory=set)

    def sift(self) -> None:
        """Find the posts among the values."""
        seen = 0
        for node, key, judged in outline(self.values, self._judge):
            seen += 1
            if judged == POST:
                self.nodes.extend(apart(node))
            elif judged:
                self.left[_reason(str(judged))] += 1
            elif key in ("", "@graph") and len(self.others) < SHOWN:
                self.others |= dict.fromkeys(declared(node)[:SHOWN])
            self._count(node, key)
        self.is_cut = self.is_cut or seen >= MAX_NODES

    def _judge(self, node: Node, key: str) -> str:
        """`POST`, the name of what is left with a word, or nothing; what stands in a list of questions is no post."""
        kinds = types(node)
        if "faqpage" in kinds:
            self._asked.update(map(id, objects(get(node, "mainentity", "haspart"))))
        return "faq" if id(node) in self._asked else _judge(node, key, kinds)

    def _count(self, node: Node, key: str) -> None:
        if "aggregaterating" in node:
            shows = get(node, "review", "reviews") is not None
            self.claims.extend(
                (shows, claimed) for claimed in map(_claimed, objects(node["aggregaterating"])) if claimed is not None
            )
        elif key != "aggregaterating" and ("ratingcount" in node or "reviewcount" in node):
            claimed = _claimed(node)
            self.claims.extend([] if claimed is None else [(False, claimed)])
        if (bare := node.get("review")) and isinstance(bare, (str, list)):
            texts = [bare] if isinstance(bare, str) else [item for item in bare if isinstance(item, str)]
            self.left[BARE] += sum(1 for text in texts if " " in text.strip())

    def lines(self, read: int, doubles: int) -> list[Line]:
        """What the report says about this part."""
        lines = [Line(self.where, read)] if read else []
        if doubles:
            lines.append(Line(self.where, left=f"{doubles} read already in another part"))
        if self.claims and not read and not doubles:
            most = max(self.claims)[1]
            lines.append(Line(self.where, left=f"an average of {most} ratings without the reviews themselves"))
        if self.others and not (lines or self.left):
            named = ", ".join(list(self.others)[:SHOWN])
            lines.append(Line(self.where, left=f"nothing in it is a review ({named})"))
        told = ((number, reason[0] if number == 1 else reason[1]) for reason, number in self.left.items() if number)
        return lines + [Line(self.where, left=f"{number} {words}") for number, words in told]

    def not_guessed(self) -> list[Line]:
        """What the report says if a broken part elsewhere makes this one doubtful."""
        number = len(self.nodes)
        return [Line(self.where, left=f"{number} posts, because other data of the page are broken")] if number else []


def declared(node: Node) -> list[str]:
    """The node's types as they are written, without the address of the vocabulary."""
    given = node.get("@type")
    names = given if isinstance(given, list) else [given]
    return [re.split(r"[/#:]", name.strip())[-1][:LONGEST_TYPE] for name in names if isinstance(name, str)]


def apart(node: Node) -> list[Node]:
    """The posts of one item; some sites put a whole list of them into one, with as many authors as texts."""
    texts, authors = (get(node, *names) for names in (("reviewbody", "text", "description"), ("author", "creator")))
    number = len(texts) if isinstance(texts, list) and isinstance(authors, list) and len(texts) == len(authors) else 1
    if number < 2 or not all(isinstance(text, str) for text in texts):
        return [node]
    return [
        {name: value[at] if isinstance(value, list) and len(value) == number else value for name, value in node.items()}
        for at in range(number)
    ]


def _judge(node: Node, key: str, kinds: set[str]) -> str:
    if not kinds:
        return POST if key in ("review", "reviews") and len(node) > 1 else ""
    bystander = next((kind for kind in kinds if kind in BYSTANDERS), "")
    if bystander:
        return bystander
    if kinds & POSTS or any(kind.endswith("review") for kind in kinds):
        return POST
    if "question" in kinds:
        return _judge_question(node)
    return ""


def _judge_question(node: Node) -> str:
    """A question that came from another site's page of the goods is no post here: only the label of that site is."""
    if SYNDICATED.fullmatch(string(get(node, "text")).strip()):
        return "elsewhere"
    return POST if get(node, "author") else "question"


def _reason(judged: str) -> Reason:
    if judged in QUESTIONS:
        return QUESTIONS[judged]
    return (f"of type {BYSTANDERS[judged]}",) * 2


def _claimed(rating: Node) -> int | None:
    return count(string(get(rating, "reviewcount", "ratingcount")))
