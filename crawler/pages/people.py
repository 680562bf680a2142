"""Who wrote: the name, the id, and whether it was the business itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from crawler.pages.nodes import Node, first, get, objects, string, types
from crawler.pages.values import join
from crawler.text import one_line

if TYPE_CHECKING:
    from crawler.pages.surroundings import Surroundings

PEOPLE = {"person", "thing", "author", "user", "member", "customer", "patient"}
STAFF = set("author authors autor autoren auteur auteurs autore autori autores redaktion redaction redazione".split())
"""Folders of a site in which its writers have their pages."""

ARTICLES = {
    "article",
    "newsarticle",
    "blogposting",
    "recipe",
    "techarticle",
    "reportagenewsarticle",
    "opinionnewsarticle",
}
TALK = {"comment", "usercomments", "discussionforumposting"}
PRESS = frozenset(
    ("mainentityofpage", "articlesection", "wordcount", "alternativeheadline", "thumbnailurl", "speakable")
)
"""Properties that newspapers write into a review of their own, beside its publisher."""

HOLDING = frozenset(("review", "reviews", "aggregaterating"))
MAKERS = ("brand", "manufacturer", "provider", "seller", "author", "publisher")
LONGEST = 1_000
"""Characters of a name as it is written, with entities and tags."""

WEB = ("http://", "https://")


def author(node: Node, around: Surroundings) -> tuple[str, str, str]:
    """Id, name and address of the author, who may be a string, an object or a list.

    An `@id` that only means something on this page ("#p1") says nothing about who somebody is. An e-mail address in
    the place of a name is dropped, a web address is none.
    """
    given = get(node, "author", "creator")
    people = around.objects(given)
    names = [name for name in (given if isinstance(given, list) else [given]) if isinstance(name, str) and name.strip()]
    person = next((person for person in people if _name(person)), people[0] if people and not names else None)
    if person is None:
        name = one_line(string(names[0] if names else given)[:LONGEST])
        return ("", "", name) if name.startswith(WEB) else ("", _public(name), "")
    declared = string(person.get("@id"))
    identity = string(get(person, "identifier")) if declared[:1] in ("", "#", "_") else declared
    return identity, _public(_name(person)), string(get(person, "url"))


def is_organisation(author_of: Any, around: Surroundings) -> bool:
    """Whether an author is declared to be no person."""
    if isinstance(author_of, str) or (isinstance(author_of, dict) and author_of.get("@type") == "Person"):
        return False  # as nearly always
    return any(kinds and not kinds & PEOPLE for kinds in map(types, around.objects(author_of)))


def is_the_business(node: Node, around: Surroundings) -> bool:
    """Whether a review comes from the reviewed business or from the publisher of the page, by what the page declares.

    The name of a person says nothing: visitors may call themselves anything.
    """
    given = get(node, "author", "creator")
    if not is_organisation(given, around):
        return False
    writers = {key for writer in around.objects(given) for key in _keys(writer)}
    others = (*around.objects(get(node, "publisher")), *around.objects(get(node, "itemreviewed")))
    known = {key for other in others for key in _keys(other)} | around.holders()
    return bool(writers & known) or any(around.is_own(name) for name in writers)


def is_article(node: Node, around: Surroundings) -> bool:
    """Whether a review is an article of the page itself: declared as one, or written by whoever wrote the page.

    The name of the page's author is enough: whoever takes it for a review of his own is left, and the report says so.
    """
    kinds = types(node)
    if kinds & ARTICLES or not any(kind.endswith("review") for kind in kinds):
        return bool(kinds & ARTICLES and not kinds & TALK)
    if not PRESS.isdisjoint(node) and get(node, "publisher", "sourceorganization"):
        return True
    given = get(node, "author", "creator")
    return _is_on_staff(given, around) or not _author_keys(given, around).isdisjoint(around.writers())


def _is_on_staff(given: Any, around: Surroundings) -> bool:
    """Whether the writer has a page among the authors of this very site: customers have none there."""
    pages = (urlsplit(join(around.base, string(get(person, "url")))) for person in around.objects(given))
    here = urlsplit(around.url).netloc
    return any(page.netloc == here and STAFF & set(page.path.casefold().split("/")[1:-1]) for page in pages)


def writer_keys(node: Node, around: Surroundings) -> set[str]:
    """The keys of those who wrote an article or a recipe."""
    return _author_keys(get(node, "author", "creator"), around) if types(node) & ARTICLES else set()


def _author_keys(given: Any, around: Surroundings) -> set[str]:
    people = around.objects(given)
    return {key for person in people for key in _keys(person)} if people else {string(given).casefold().strip()} - {""}


def _keys(node: Node) -> set[str]:
    """By what a business is known: its id and its name."""
    return {key for key in (string(node.get("@id")), string(get(node, "name"))[:LONGEST].casefold().strip()) if key}


def holder_keys(node: Node) -> set[str]:
    """The keys of a thing that has reviews, and of those who make or sell it."""
    if HOLDING.isdisjoint(node):
        return set()
    makers = (maker for name in MAKERS for maker in objects(node.get(name)))
    return {key for one in (node, *makers) for key in _keys(one)}


def _name(person: Node) -> str:
    name = string(get(person, "name", "alternatename"))
    if not name.strip():
        parts = (string(first(get(person, part))) for part in ("givenname", "familyname"))
        name = " ".join(part for part in parts if part) or string(person)
    return one_line(name[:LONGEST])


def _public(name: str) -> str:
    return "" if "@" in name and "." in name.rpartition("@")[2] and " " not in name else name
