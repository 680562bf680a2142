"""Any page with reviews: in JSON-LD, microdata, RDFa, microformats, data for its scripts, or else by their looks.

Bytes in, posts out. One review written in two syntaxes is one post. JSON-LD leads; the others add what it does not
have, except when data that speak of reviews were broken: then the rest of the page is not guessed from markup whose ids
may differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Any

from lxml import etree

from crawler.charset import decoded
from crawler.items import Line, Post
from crawler.pages import cards, flight, json_ld, languages, markup, microformats, next_data, page_state
from crawler.pages.merging import Merged, once, separate
from crawler.pages.nodes import Node, lowered
from crawler.pages.paging import next_page
from crawler.pages.people import is_article, is_the_business
from crawler.pages.result import PageRead
from crawler.pages.reviews import is_empty, is_heading, is_pattern, is_shell, posts_of
from crawler.pages.sifting import ARTICLE, BLOCK, EMPTY, HEADING, OWN, PATTERN, UNFILLED, Part
from crawler.pages.surroundings import Surroundings
from crawler.pages.values import join
from crawler.shape import Misshapen, check_html

END_TAGS = re.compile(r"</(?:body|html)\s{0,20}>", re.IGNORECASE)
TOO_MUCH = "The page holds more data than can be read at once; only its first part was read."


def read(
    body: bytes, url: str, *, address: str = "", content_type: str = "", link: str = "", own_names: Sequence[str] = ()
) -> PageRead:
    """Read one page fetched from `url`; `address` is the source's (the same for all its pages), `link` the Link header.

    Never raises for bad content: what could not be read stands in `errors`.
    """
    text = _without_an_end(decoded(body, content_type))
    try:
        check_html(text)
    except Misshapen as error:
        return PageRead(errors=[f"{error} Nothing of it was read."], unsafe=True)
    root = etree.fromstring(text.encode(), etree.HTMLParser(encoding="utf-8", huge_tree=True)) if text.strip() else None
    if root is None:
        return PageRead(errors=["The page is empty."])
    base = _base(root, url)
    around = Surroundings(url, address or url, languages.declared(root), tuple(own_names), base=base)
    found = PageRead(next_url=next_page(root, url, link, base))
    _read(_Page(root, text, base), around, found)
    return found


def _without_an_end(text: str) -> str:
    """Browsers go on after `</html>`; the parser does not always."""
    end = max(text.rfind("</html"), text.rfind("</HTML"))
    return END_TAGS.sub("", text) if end >= 0 and text[end + 7 :].strip(" >\r\n\t") else text


def _base(root: Any, url: str) -> str:
    """The address from which relative ones on the page count."""
    given = next((element.get("href") for element in root.iter("base") if element.get("href")), "")
    base = join(url, given) if given else url
    return base if base.startswith(("http://", "https://")) else url


class _Page:
    """The parts of a page in which reviews can stand. A part whose mark is not in the text is not looked for.

    It `is_doubtful` once data were broken that speak of reviews.
    """

    def __init__(self, root: Any, text: str, base: str) -> None:
        self.root, self.text, self.base = root, text, base
        self.lines: list[Line] = []
        self.is_doubtful = False
        if "<template" in text:
            self._drop_templates()

    def _drop_templates(self) -> None:
        """What stands in a template is a pattern that nobody is shown."""
        templates = list(self.root.iter("template"))
        for template in templates:
            template.clear(keep_tail=True)
        if templates:
            self.lines.append(PATTERN)

    def structured(self, errors: list[str]) -> Iterator[Part]:
        """Data in scripts."""
        for position, block in enumerate(json_ld.scripts(self.root), 1):
            where = BLOCK.format(position)
            try:
                told = json_ld.understood(block)
                yield Part(where, lowered(told.values), is_guess=told.is_guess)
            except json_ld.Broken as error:
                errors.append(f"JSON-LD block {position} of the page is broken and was left out ({error}).")
                self.lines.append(Line(where, left=f"broken ({error})"))
                self.is_doubtful |= page_state.stands_in(block)
        if "__NEXT_DATA__" in self.text:
            before = len(errors)
            yield Part("__NEXT_DATA__", lowered(next_data.nodes(self.root, errors)))
            self.is_doubtful |= len(errors) > before
        if flight.MARK in self.text:
            yield Part("data stream of Next.js", lowered(next_data.streamed(self.root)))
        if page_state.stands_in(self.text) and (carried := next_data.carried(self.root, self.text)):
            yield Part("data for scripts", lowered(carried))

    def marked_up(self) -> Iterator[Part]:
        """Attributes on the elements that people see."""
        for syntax in (markup.MICRODATA, markup.RDFA):
            if syntax.kind in self.text or syntax.scope in self.text:
                found, is_cut = markup.items(self.root, self.base, syntax)
                yield Part(syntax.where, lowered(found), is_cut=is_cut)
        if any(mark in self.text for mark in microformats.MARKS):
            yield Part("microformats", lowered(microformats.reviews(self.root)))

    def by_looks(self) -> list[Part]:
        """Cards that no markup tells: read only where nothing else of the page is a post."""
        if not cards.speaks_of_reviews(self.text):
            return []
        return [Part(where, lowered(nodes)) for where, nodes in cards.found(self.root).items() if nodes]


def _read(page: _Page, around: Surroundings, found: PageRead) -> None:
    merged = Merged()
    parts = list(page.structured(found.errors))
    found.report += page.lines
    _take([part for part in parts if not part.is_guess], around, merged, found)
    marked_up = list(page.marked_up())
    if page.is_doubtful and merged.posts:
        _sift(marked_up, around)
        found.report += [line for part in marked_up for line in part.not_guessed()]
    else:
        _take(marked_up, around, merged, found)
    _take([part for part in parts if part.is_guess], around, merged, found)
    if not (merged.posts or page.is_doubtful):
        looks = page.by_looks()
        _take(looks, around, merged, found)
        marked_up += looks
    if around.left <= 0 or any(part.is_cut for part in (*parts, *marked_up)):
        found.errors.append(TOO_MUCH)
    claims = [claim for part in (*parts, *marked_up) for claim in part.claims]
    found.published_total = max(claims, key=itemgetter(0))[1] if claims else None
    found.unread = sum(part.shells for part in (*parts, *marked_up))
    found.posts = [post for part in (*parts, *marked_up) for post in part.taken]


def _sift(parts: list[Part], around: Surroundings) -> None:
    around.turn_to([value for part in parts for value in part.values])
    for part in parts:
        part.sift()


def _take(parts: list[Part], around: Surroundings, merged: Merged, found: PageRead) -> None:
    """Read the posts of these parts and put them to those that are known."""
    _sift(parts, around)
    _hang(parts, around)
    groups = [(part, node, group) for part in parts for node, group in _groups(part, around)]
    own = [
        (part, said)
        for part, node, group in groups
        if id(node) not in around.answers and (said := _said(part, node, group, around))
    ]
    separate([group for _, group in own], around.place)
    by_part: dict[int, list[Post]] = {}
    for part, group in own:
        by_part.setdefault(id(part), []).extend(group)
    for part in parts:
        posts = once(by_part.get(id(part), []))
        part.taken = merged.add(posts, is_guess=part.is_guess)
        found.report += part.lines(len(part.taken), len(posts) - len(part.taken))


def _groups(part: Part, around: Surroundings) -> Iterator[tuple[Node, list[Post]]]:
    for node in part.nodes:
        if around.left <= 0:
            return
        yield node, [] if is_article(node, around) or is_the_business(node, around) else posts_of(node, around)


def _said(part: Part, node: Node, group: list[Post], around: Surroundings) -> list[Post]:
    """The group, if it begins with a customer's post; if not, the reason is noted and what stands below it is left."""
    if not group:
        part.left[ARTICLE if is_article(node, around) else OWN] += 1
        return []
    head, *below = group
    if not (is_empty(head) or is_heading(head) or is_pattern(head)):
        return group
    if is_pattern(head):
        part.left[UNFILLED] += 1
    elif not is_empty(head):
        part.left[HEADING] += 1
    elif "@id" not in node:  # else it is a mere reference to a review that stands elsewhere
        part.left[EMPTY] += 1
    part.shells += is_shell(head)
    for post in below:
        post.parent_external_id = "" if post.parent_external_id == head.external_id else post.parent_external_id
    return below


def _hang(parts: list[Part], around: Surroundings) -> None:
    """A comment that names its parent hangs under it, as one that stands inside."""
    for node in (node for part in parts for node in part.nodes if "parentitem" in node):
        for above in around.objects(node["parentitem"])[:1]:
            hanging = above.get("comments")
            above["comments"] = (
                [*hanging, node] if isinstance(hanging, list) else [hanging, node] if hanging else [node]
            )
