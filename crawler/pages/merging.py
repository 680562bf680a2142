"""The same review written down several times in one page is one post; different reviews stay apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from crawler.bounds import MAX_NAME
from crawler.items import Post
from crawler.pages.identity import fallback_id

CUT = ("…", "...")
BEGINNING = 24
"""So many characters must be the same before a shortened text is taken for the beginning of a long one."""

CANDIDATES = 8
"""So many posts of the same author and beginning are compared; more are written by nobody."""

ANY = "any words"
"""Under this all posts of an author are found."""

UNMISTAKABLE = 60
"""So many letters and figures nobody writes twice: the same of one person is the same post, whatever else is told."""

NEARLY_ALL = 0.9
"""Of the words; the rest are words of the page around them or pictures that one telling has and the other has not."""

Key = tuple[str, str]


def separate(groups: list[list[Post]], place: str) -> None:
    """Give reviews that share an id (often the address of the page) ids that tell them apart.

    A group is a post with those under it.
    """
    sharing: dict[str, list[Post]] = {}
    for post, *_ in groups:
        sharing.setdefault(post.external_id, []).append(post)
    ambiguous = {shared for shared, posts in sharing.items() if len(posts) > 1 and _differ(posts)}
    for post, *others in groups:
        shared = post.external_id
        if shared in ambiguous:
            post.external_id = fallback_id(post, place)
        for other in others:
            if other.parent_external_id == shared:
                other.parent_external_id = post.external_id


def once(posts: list[Post]) -> list[Post]:
    """Posts of one id are one post, that with the longest text; what only repeats of another is left out."""
    found: dict[str, Post] = {}
    for post in posts:
        known = found.get(post.external_id)
        if known is None or len(known.text) < len(post.text):
            found[post.external_id] = post
    whole = {_keys(post)[0]: post for post in found.values() if not post.text.endswith(CUT)}
    full = Counter(_given(post) for post in posts if post.text)
    stubs = Counter(_given(post) for post in posts if is_stub(post))
    titles = {post.title for post in posts if post.text}
    return [
        post
        for post in found.values()
        if not (is_stub(post) and stubs[_given(post)] <= full[_given(post)])
        and not _is_bare(post, titles)
        and not (post.text.endswith(CUT) and _is_told_in_full(post, whole.get(_keys(post)[0])))
    ]


def _is_told_in_full(post: Post, whole: Post | None) -> bool:
    """Whether a shortened post stands there whole as well, as for narrow and for wide screens."""
    return whole is not None and _agree(post, whole) and _is_cut_of(post.text, whole.text)


def _given(post: Post) -> tuple[str, float]:
    return _plain(post.author_name[:MAX_NAME]), _share(post)


def _is_bare(post: Post, titles: set[str]) -> bool:
    """Whether a post without words bears no more than the title of the talk it stands in."""
    return not post.text and not post.owner_replies and post.rating is None and post.title in titles


def is_stub(post: Post) -> bool:
    """Whether it tells who gave how many stars and nothing else, as shops do beside the full review."""
    silent = not (post.text or post.title or post.created_at)
    return silent and bool(post.author_name) and post.rating is not None


class Merged:
    """Posts of one part of the page after the other; what an earlier part has is completed, not repeated."""

    def __init__(self) -> None:
        self.posts: list[Post] = []
        self._ids: dict[str, Post] = {}
        self._alike: dict[Key, list[Post]] = {}
        self._noted = 0

    def add(self, posts: list[Post], *, is_guess: bool = False) -> list[Post]:
        """Take in the posts of one part; returns those that were not known from the parts before.

        Where the texts of a part are a guess, the same moment or the same person on the same day tells a known post.
        """
        if posts and self.posts:
            self._note()
        fresh = [post for post in posts if not self._known(post, is_guess)] if self.posts else posts
        self.posts += fresh
        return fresh

    def _note(self) -> None:
        """Make the posts so far findable; most pages have reviews in one part only and never need it."""
        for post in self.posts[self._noted :]:
            self._ids[post.external_id] = post
            for key in (*_keys(post), *_marks(post)):
                self._alike.setdefault(key, []).append(post)
        self._noted = len(self.posts)

    def _known(self, post: Post, is_guess: bool) -> bool:
        same = self._ids.get(post.external_id) or next(self._same(post), None)
        if same is None and is_guess and any(self._alike.get(key) for key in _marks(post)):
            return True
        if same is not None:
            _complete(same, post)
        return same is not None

    def _same(self, post: Post) -> Iterator[Post]:
        for key in _keys(post):
            for other in self._alike.get(key, ())[:CANDIDATES]:
                if _is_same(other, post):
                    yield other


def _keys(post: Post) -> list[Key]:
    beginning = _plain(post.text[: 3 * BEGINNING])[:BEGINNING]
    author = _plain(post.author_name[:MAX_NAME])
    nameless = [("", beginning)] if len(beginning) == BEGINNING else []
    titled = [("title", _plain(post.title))] if post.title else []
    return [(author, beginning), *nameless, *titled, *([(author, ANY)] if author else [])]


def _marks(post: Post) -> list[Key]:
    """What tells a post beside its words: the second in which it was written, and who wrote on which day."""
    at, author = post.created_at, _plain(post.author_name[:MAX_NAME])
    measured = at is not None and (at.second or at.minute)
    second = [("second", f"{at:%Y%m%d%H%M%S}")] if at and measured else []
    day = [(author, f"on {at:%Y%m%d}" if at else "on no day")] if author else []
    return second + day


def _is_same(one: Post, other: Post) -> bool:
    authors = {_plain(post.author_name[:MAX_NAME]) for post in (one, other)}
    is_signed_alike = len(authors) == 1 and "" not in authors
    texts = {_plain(post.text) for post in (one, other)}
    is_same_text = len(texts) == 1 and _is_one_name(authors)
    if is_same_text and len(min(texts)) >= UNMISTAKABLE:
        return True
    if not _agree(one, other):
        return False
    if len(authors - {""}) > 1:
        return is_same_text and len(min(texts)) >= BEGINNING
    if is_stub(one) or is_stub(other):
        return is_signed_alike and None not in (one.rating, other.rating)
    if not one.text or not other.text:
        return _is_same_without_words(one, other)
    short, long = sorted((one.text, other.text), key=len)
    return len(texts) == 1 or _is_cut_of(short, long) or (is_signed_alike and _is_nearly(short, long))


def _is_one_name(authors: set[str]) -> bool:
    """Whether names can be one person's: a place, a badge or the rest of the name may stand behind it."""
    short, long = sorted(authors, key=len)[0], sorted(authors, key=len)[-1]
    return bool(short) and long.startswith(short)


def _agree(one: Post, other: Post) -> bool:
    return _same_day(one, other) and _same_stars(one, other)


def _is_same_without_words(one: Post, other: Post) -> bool:
    """Where a text is missing, the very moment tells, or the title together with the day or the name."""
    if not one.text and not other.text and one.created_at == other.created_at and one.rating is not None:
        return True
    is_told = (one.created_at and other.created_at) or (one.author_name and other.author_name)
    return bool(is_told and one.title and _plain(one.title) == _plain(other.title))


def _is_nearly(short: str, long: str) -> bool:
    """Whether one text holds the other: under its title, before a button, or with some words more or less."""
    inner = _plain(short)
    if len(inner) >= BEGINNING and inner in _plain(long):
        return True
    few, many = (Counter(text.casefold().split()) for text in (short, long))
    return (few & many).total() >= NEARLY_ALL * max(few.total(), many.total())


def _is_cut_of(short: str, long: str) -> bool:
    kept = _plain(short.rstrip(". …"))
    return short.endswith(CUT) and len(kept) >= BEGINNING and _plain(long).startswith(kept)


def _same_day(one: Post, other: Post) -> bool:
    """A date without time may be the day before or after in UTC."""
    if one.created_at is None or other.created_at is None or one.created_at.date() == other.created_at.date():
        return True
    dated = any(time.hour == time.minute == time.second == 0 for time in (one.created_at, other.created_at))
    return dated and abs(one.created_at - other.created_at) < timedelta(days=1)


def _same_stars(one: Post, other: Post) -> bool:
    return one.rating is None or other.rating is None or abs(_share(one) - _share(other)) < 0.01


def _share(post: Post) -> float:
    best, worst = post.rating_best or 5.0, post.rating_worst or 0.0
    return ((post.rating or 0.0) - worst) / ((best - worst) or 1.0)


def _complete(post: Post, other: Post) -> None:
    if _is_beginning_of(post.text, other.text):
        post.text = other.text
    post.text = post.text or other.text
    post.title = post.title or other.title
    post.author_name = post.author_name or other.author_name
    post.author_id = post.author_id or other.author_id
    post.created_at = post.created_at or other.created_at
    post.owner_replies = post.owner_replies or other.owner_replies
    if post.rating is None:
        post.rating, post.rating_best, post.rating_worst = other.rating, other.rating_best, other.rating_worst


def _is_beginning_of(text: str, other: str) -> bool:
    """Whether a text goes on in the other one: for more than the two words of a button."""
    goes_on = len(other.split()) > len(text.split()) + 2 and _plain(other).startswith(_plain(text))
    return _is_cut_of(text, other) or (len(_plain(text)) >= BEGINNING and goes_on)


def _differ(posts: list[Post]) -> bool:
    """Whether these cannot be one review written down several times, perhaps shortened."""
    if len({post.author_name for post in posts if post.author_name}) > 1:
        return True
    longest = max((post.text for post in posts), key=len)
    if longest:
        return not all(longest.startswith(post.text.rstrip("….")) for post in posts)
    return len({(post.created_at, post.rating) for post in posts}) > 1


def _plain(text: str) -> str:
    """Letters and figures alone: blanks, quotes and dots differ between two ways to write a text down."""
    return "".join(filter(str.isalnum, text.casefold()))
