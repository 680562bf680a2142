"""From a schema.org node to a post: identity, author, rating, texts, times, answers of the business.

Identity: `@id`, `identifier`, `itemid` or a `url` of its own keep a post the same when its text is edited. Without
them it is a hash of the source's address, author, time as written and the first 200 characters.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl, urldefrag, urlencode, urljoin, urlsplit, urlunsplit

from crawler.items import OwnerReply, Post
from crawler.pages.nodes import COMMENT, Index, Node, first, get, index, objects, string, types
from crawler.pages.values import moment, number
from crawler.text import one_line, value_to_text

TRACKING = ("utm_", "fbclid", "gclid", "msclkid", "mc_", "_ga", "ref_")
PAGING = ("page", "seite", "p", "offset", "start")
ORGANISATIONS = {"organization", "localbusiness", "corporation", "onlinestore", "store", "hotel", "restaurant", "brand"}
MAX_POSTS = 10_000
SCALES = (5.0, 10.0, 100.0)
ANSWERS = ("comment", "comments", "replytoreview", "reply", "ownerreply", "response")


@dataclass(slots=True)
class Surroundings:
    """What a node's meaning depends on: the page, the source, its language, the names of the business."""

    url: str
    address: str
    language: str = ""
    own_names: tuple[str, ...] = ()
    place: str = ""
    site: str = ""
    values: list[Any] = field(default_factory=list)
    answers: set[int] = field(default_factory=set)
    left: int = MAX_POSTS
    shells: int = 0
    _known: Index | None = None

    def __post_init__(self) -> None:
        here = urlsplit(self.url)
        self.place, self.site = plain_address(self.address), f"{here.scheme}://{here.netloc}/"

    def turn_to(self, values: list[Any]) -> None:
        """From here on references are looked up among `values`."""
        self.values, self._known = values, None

    def objects(self, value: Any) -> list[Node]:
        """The objects in a value; a bare reference is followed to the object of that `@id`."""
        return [self._referred(node) if len(node) == 1 and "@id" in node else node for node in objects(value)]

    def _referred(self, reference: Node) -> Node:
        if self._known is None:
            self._known = index(self.values)
        return self._known.get(str(reference["@id"]), reference)

    def is_own(self, name: str) -> bool:
        """Whether this display name is one of the business's own."""
        return bool(name) and name.casefold() in {own.casefold() for own in self.own_names}


def posts_of(node: Node, around: Surroundings, parent: str = "") -> list[Post]:
    """The post a review or comment node stands for, followed by what other people wrote under it."""
    around.left -= 1
    author = _author(node, around)
    post = Post(
        external_id="",
        text=value_to_text(string(get(node, "reviewbody", "text", "articlebody", "description"))),
        title=one_line(string(get(node, "headline", "name"))),
        author_id=author[0],
        author_name=author[1],
        author_url=author[2],
        language=string(get(node, "inlanguage")) or around.language,
        created_at=moment(string(get(node, "datepublished", "datecreated"))),
        updated_at=moment(string(get(node, "datemodified"))),
        parent_external_id=parent,
    )
    _rate(post, node, around)
    _identify(post, node, around)
    return [post, *_answers(post, node, around)]


def is_empty(post: Post) -> bool:
    """A bare reference or a shell without text, title and rating is no post."""
    return not (post.text or post.title or post.rating is not None)


def is_shell(post: Post) -> bool:
    """Somebody wrote here at some time, but what he wrote stands where we cannot read it."""
    return is_empty(post) and bool(post.author_name or post.created_at)


def plain_address(url: str) -> str:
    """A page's address without fragment, tracking and page number: the same on every page of a list."""
    parts = urlsplit(urldefrag(url).url)
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query)
        if name.lower() not in PAGING and not name.lower().startswith(TRACKING)
    ]
    return urlunsplit(parts._replace(query=urlencode(kept)))


def fallback_id(post: Post, place: str) -> str:
    """The id of a post that brings none. Two nameless ratings without text differ by time and stars only."""
    written = post.created_at.isoformat() if post.created_at else ""
    stars = "" if post.text or post.author_name else str(post.rating)
    parts = (place, post.author_name, written, post.text[:200], stars)
    return "sha256:" + sha256("\x1f".join(parts).encode()).hexdigest()


def _author(node: Node, around: Surroundings) -> tuple[str, str, str]:
    """Id, name and address of the author, who may be a string, an object or a list.

    An `@id` that only means something on this page ("#p1") says nothing about who somebody is.
    """
    given = get(node, "author", "creator")
    people = around.objects(given)
    if not people:
        return "", one_line(string(given)), ""
    person = people[0]
    link = string(get(person, "url"))
    declared = string(person.get("@id"))
    identity = string(get(person, "identifier")) if declared[:1] in ("", "#", "_") else declared
    return identity, one_line(string(get(person, "name"))), link


def _rate(post: Post, node: Node, around: Surroundings) -> None:
    given = get(node, "reviewrating")
    rating = next(iter(around.objects(given)), {"ratingvalue": given})
    value, best, worst = (number(first(get(rating, name))) for name in ("ratingvalue", "bestrating", "worstrating"))
    if value is None or value < 0 or (value == 0 and worst != 0):  # 0 on a scale from 1 means: not rated
        return
    if best is None or best < value:
        best = next((scale for scale in SCALES if value <= scale), value)
    if worst is None or worst >= best:
        worst = min(1.0, value)
    post.rating, post.rating_best, post.rating_worst = value, best, worst


def _identify(post: Post, node: Node, around: Surroundings) -> None:
    own_url, identity = _own_url(node, around), _identity(node, around)
    anchor = identity if identity.startswith(around.site) else ""
    post.url = own_url or anchor or around.url
    post.external_id = identity or own_url or fallback_id(post, around.place)


def _identity(node: Node, around: Surroundings) -> str:
    declared = string(node.get("@id"))
    if declared and not declared.startswith("_:"):
        return around.place + declared if declared.startswith("#") else urljoin(around.place, declared)
    given = first(get(node, "identifier"))
    if isinstance(given, dict):
        given = get(given, "value", "@id")
    return string(given)


def _own_url(node: Node, around: Surroundings) -> str:
    """The review's own address; the address of the page or of the reviewed thing is not one."""
    given = string(get(node, "url"))
    if not given:
        return ""
    url = urljoin(around.url, given)
    things = around.objects(get(node, "itemreviewed"))
    shared = {around.url, around.address, *(urljoin(around.url, string(get(thing, "url"))) for thing in things)}
    return "" if url in shared or ("#" not in url and plain_address(url) in {around.place, *shared}) else url


def _answers(post: Post, node: Node, around: Surroundings) -> list[Post]:
    """Attach the business's answers to `post`; return what others wrote as posts of their own."""
    others: list[Post] = []
    for answer in (found for key in ANSWERS if key in node for found in around.objects(node[key])):
        if id(answer) in around.answers or around.left <= 0:
            continue
        around.answers.add(id(answer))
        reply, *below = posts_of(answer, around, post.external_id)
        if is_empty(reply):
            continue
        if _is_organisation(answer, around) or around.is_own(reply.author_name):
            post.owner_replies.append(OwnerReply(reply.external_id, reply.text, reply.created_at, reply.author_name))
        elif types(answer) & COMMENT:
            others.append(reply)
        others.extend(below)
    return others


def _is_organisation(node: Node, around: Surroundings) -> bool:
    return any(types(author) & ORGANISATIONS for author in around.objects(get(node, "author")))
