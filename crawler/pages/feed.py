"""RSS, Atom and JSON feeds, WordPress comment feeds among them. Bytes in, posts out.

An answer of the business (by `own_names`) is hung under the post it replies to; one whose post is not in the feed
is left out, because a feed shows no more than its newest entries.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from feedparser.api import parse

from crawler.charset import decoded
from crawler.items import Line, OwnerReply, Post
from crawler.pages import feed_extras, json_feed, review_feed
from crawler.pages.identity import fallback_id
from crawler.pages.merging import separate
from crawler.pages.result import PageRead
from crawler.pages.values import join, moment
from crawler.shape import Misshapen, check_xml
from crawler.text import Seen, html_to_text, one_line, value_to_text

COMMENT_MARK = "#comment-"
IN_REPLY_TO = re.compile(
    r"^\s*<p>\s*(?:In reply to|(?:Als )?Antwort auf|En réponse à|In risposta a)\s+"
    r"<a\b[^<>]{0,300}?\bhref=[\"']([^\"'<>]{0,2000})[\"'][^<>]{0,300}>[^<>]{0,300}</a>\s*\.?\s*</p>",
    re.IGNORECASE,
)
MEDIA = re.compile(
    r"<media:description\b[^<>]*+>((?:[^<]|<!\[CDATA\[(?:[^\]]|\](?!\]>))*+\]\]>)*+)</media:description\s*+>"
    r"|<(/?)media:(group|content)\b[^<>]*>"
)
LONG_GAP = re.compile(r"\s{200,}")
DECLARATION = re.compile(r"\s*<\?xml[^<>]{0,500}\?>")
BEFORE = re.compile(r"\s*+(?:<\?[^<>]{0,2000}>|<!--|<!DOCTYPE[^<>\[]{0,2000}(?:\[[^\]]{0,20000}\]\s*)?>)")
BEGINNING = re.compile(r"\s*<(?:rss|feed|rdf:RDF)\b")
MARKS_BEFORE = 50
"""So many comments and instructions may stand before the first element."""

ADDRESS = re.compile(r"\S*@\S+")
ARTICLE = ("article of the site, not its comments", "articles of the site, not their comments")
NAMES = {"atom": "Atom feed", "rss": "RSS feed", "cdf": "CDF feed"}
UNREADABLE = "This is not an RSS or Atom feed; it may be a page for people or an error message."


@dataclass(slots=True)
class _Entry:
    post: Post
    parent: str = ""


def is_feed(body: bytes) -> bool:
    """Whether a document begins as a feed does."""
    text = decoded(body[:65536])
    return json_feed.is_one(text) or _begins(text)


def read(body: bytes, url: str, *, content_type: str = "", own_names: Sequence[str] = ()) -> PageRead:
    """Read a feed fetched from `url`. Never raises for bad content: what could not be read stands in `errors`."""
    text = decoded(body, content_type)
    try:
        if json_feed.is_one(text):
            posts, following = json_feed.entries(text, url)
            return _told("JSON feed", [_Entry(post) for post in posts], own_names, url, following)
        check_xml(text)
    except Misshapen as error:
        return PageRead(errors=[f"{error} Nothing of it was read."], unsafe=True)
    except ValueError as error:
        return PageRead(errors=[f"The feed is broken and could not be read ({error})."])
    if review_feed.is_one(text):
        return _told("product review feed", [_Entry(post) for post in review_feed.posts(text)], own_names, url, "")
    parsed = _parsed(text)
    if not parsed.version:
        return PageRead(errors=[UNREADABLE])
    return _read_entries(parsed, url, own_names)


def _read_entries(parsed: Any, url: str, own_names: Sequence[str]) -> PageRead:
    name = next((name for start, name in NAMES.items() if parsed.version.startswith(start)), "feed")
    base = join(url, parsed.feed.get("link", "")) if name == NAMES["rss"] else url  # links of a feed on another host
    posted = [entry for entry in parsed.entries if not feed_extras.is_article(entry)]
    written = [entry for entry in posted if not feed_extras.is_offer(entry)]
    entries = [_Entry(_post(entry, parsed.feed, base), _parent(entry, base)) for entry in written]
    for entry, rating in zip(entries, feed_extras.ratings(written), strict=True):
        entry.post.rating, entry.post.rating_best = rating, None if rating is None else feed_extras.HIGHEST
    found = _told(name, entries, own_names, url, _next(parsed.feed, url))
    if offers := len(posted) - len(written):
        found.report.append(Line(name, left=f"{offers} {'offer' if offers == 1 else 'offers'} of goods"))
    if articles := len(parsed.entries) - len(posted):
        found.report.append(Line(name, left=f"{articles} {ARTICLE[articles > 1]}"))
    return found


def _begins(text: str) -> bool:
    """Whether the first element is that of a feed; comments and instructions may stand before it."""
    at = 0
    for _ in range(MARKS_BEFORE):
        found = BEFORE.match(text, at)
        if not found:
            break
        at = text.find("-->", found.end()) + 3 if found.group().endswith("<!--") else found.end()
        if at < found.end():
            return False
    return bool(BEGINNING.match(text, at))


def _parsed(text: str) -> Any:
    """The feed as feedparser sees it: in UTF-8, without what only makes it slow or leads it astray.

    A picture's description would replace the text of the post; that of a film, in a group, is the text. Cleaning up
    the HTML is not needed for plain text.
    """
    declared = DECLARATION.match(text)
    slim = LONG_GAP.sub("\n", _of_films(text[declared.end() if declared else 0 :]))
    headers = {"content-type": "application/xml; charset=utf-8"}
    return parse(  # type: ignore[no-untyped-call]
        BytesIO(slim.lstrip().encode("utf-8", "replace")),
        response_headers=headers,
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def _of_films(text: str) -> str:
    """The feed without the descriptions of pictures, and with those of films as summaries."""
    groups: list[str] = []

    def replaced(found: re.Match[str]) -> str:
        if found[3]:
            if found[2]:
                del groups[-1:]
            elif not found[0].endswith("/>"):
                groups.append(found[3])
            return found[0]
        return f"<summary>{found[1]}</summary>" if groups[-1:] == ["group"] else ""

    return MEDIA.sub(replaced, text)


def _told(name: str, entries: list[_Entry], own_names: Sequence[str], url: str, following: str) -> PageRead:
    """The reading of these entries; entries that say nothing are left."""
    said = [entry for entry in entries if entry.post.text or entry.post.title]
    for entry in said:
        entry.post.external_id = entry.post.external_id or fallback_id(entry.post, url)
        entry.post.url = entry.post.url or url
    separate([[entry.post] for entry in said if entry.post.external_id == entry.post.url], url)
    posts, answers = _threaded(said, own_names)
    lines = [Line(name, len(posts))]
    mute, doubles = len(entries) - len(said), len(said) - answers - len(posts)
    for number, one, several in (
        (mute, "entry without text and title", "entries without text and title"),
        (answers, "answer of the business", "answers of the business"),
        (doubles, "entry read already", "entries read already"),
    ):
        lines += [Line(name, left=f"{number} {one if number == 1 else several}")] if number else []
    return PageRead(posts=posts, next_url=following, report=lines)


def _post(entry: Any, feed: Any, base: str) -> Post:
    link = join(base, entry.get("link", "")) if entry.get("link") else ""
    identity = (entry.get("id") or link).strip()
    updated = _time(entry, "updated")
    created = _time(entry, "published") or updated
    return Post(
        external_id=identity,
        text=_words(entry),
        title="" if COMMENT_MARK in identity + link else one_line(entry.get("title", "")),
        url=link or join(base, identity if identity.startswith(("http:", "https:")) else ""),
        author_name=_author(entry),
        author_url=entry.get("author_detail", {}).get("href", ""),
        language=_language(entry) or feed.get("language", ""),
        created_at=created,
        updated_at=updated if updated != created else None,
    )


def _language(entry: Any) -> str:
    """Of the entry, or of its text."""
    parts = (*entry.get("content", []), entry.get("summary_detail") or {}, entry.get("title_detail") or {})
    return entry.get("language") or next((part["language"] for part in parts if part.get("language")), "")


def _threaded(entries: list[_Entry], own_names: Sequence[str]) -> tuple[list[Post], int]:
    """Customers' posts, each with the answers of the business that stand under it; and how many answers there were."""
    own = {name.casefold() for name in own_names}
    named = {key: entry.post for entry in entries for key in (entry.post.external_id, entry.post.url) if key}
    posts: dict[str, Post] = {}
    answers = 0
    for post, parent in ((entry.post, entry.parent) for entry in entries):
        above = named.get(parent)
        if post.author_name.casefold() in own:
            answers += 1
            if above is not None and above is not post:
                above.owner_replies.append(OwnerReply(post.external_id, post.text, post.created_at, post.author_name))
        else:
            post.parent_external_id = above.external_id if above else parent if COMMENT_MARK in parent else ""
            posts.setdefault(post.external_id, post)
    return list(posts.values()), answers


def _words(entry: Any) -> str:
    text = IN_REPLY_TO.sub("", _html(entry))
    return value_to_text(Seen(text)) if _fullest(entry).get("type") == "text/plain" else html_to_text(text)


def _html(entry: Any) -> str:
    return str(_fullest(entry).get("value", ""))


def _fullest(entry: Any) -> Any:
    """The fullest text of an entry; empty elements do not hide filled ones."""
    candidates = [*entry.get("content", []), entry.get("summary_detail") or {}]
    return next((text for text in candidates if text.get("value", "").strip()), {})


def _parent(entry: Any, base: str) -> str:
    """What the entry answers: Atom threading, else the line that WordPress puts before the text."""
    threading = entry.get("thr_in-reply-to", {})
    shown = IN_REPLY_TO.match(_html(entry))
    return threading.get("ref", "") or (join(base, shown.group(1)) if shown else "")


def _author(entry: Any) -> str:
    """The display name; an e-mail address in its place or beside it is dropped."""
    written = str(entry.get("author", "")) or feed_extras.writer(entry)
    if "@" in written:
        return one_line(ADDRESS.sub("", written[:500])).strip(" ()<>")
    name = one_line(entry.get("author_detail", {}).get("name", "") or written)
    return "" if "@" in name else name


def _time(entry: Any, key: str) -> Any:
    """When, read by ourselves; what we cannot read feedparser may."""
    written = entry[key] if key in entry else ""  # noqa: SIM401 - get() would fall back to another key and warn
    parsed = entry[f"{key}_parsed"] if f"{key}_parsed" in entry else None  # noqa: SIM401
    ours = moment(written)
    if ours or not parsed:
        return ours
    return moment("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*parsed[:6]))


def _next(feed: Any, url: str) -> str:
    links = [link.get("href", "") for link in feed.get("links", []) if link.get("rel") == "next"]
    return join(url, links[0]) if links and links[0] else ""
