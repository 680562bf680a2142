"""HTML to plain text with its line breaks kept. Never raises, linear in the length of the text.

Only what is really a tag is taken away: "I <3 sugar" and "Menge < 5 > 2" stay as they are.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator

MAX_TEXT = 200_000
_NAMES = (
    "a abbr acronym address area article aside audio b bdi bdo big blockquote body br button caption center cite code "
    "col dd del details dfn div dl dt em embed fieldset figcaption figure font footer form frame h1 h2 h3 h4 h5 h6 "
    "head header hr html i iframe img input ins kbd label legend li link main map mark meta nav noscript o:p object "
    "ol option p param picture pre q rp rt ruby s samp section select small source span strike strong sub summary sup "
    "svg table tbody td textarea tfoot th thead time title tr tt u ul var video wbr"
)
_ATTRIBUTES = r"""(?:\s++[\w:.-]++(?:\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+'|[^\s"'<>]++))?+)*+"""
TAG = re.compile(rf"<(/?)({'|'.join(_NAMES.split())})({_ATTRIBUTES})\s*+/?>", re.IGNORECASE | re.ASCII)
INVISIBLE_PARTS = (
    (re.compile(r"<!--"), re.compile(r"-->")),
    (re.compile(r"<script\b", re.IGNORECASE), re.compile(r"</script\s*+>", re.IGNORECASE)),
    (re.compile(r"<style\b", re.IGNORECASE), re.compile(r"</style\s*+>", re.IGNORECASE)),
    (re.compile(r"<svg\b", re.IGNORECASE), re.compile(r"</svg\s*+>", re.IGNORECASE)),
)
SPOKEN = frozenset("address button caption code label legend map mark menu object option select time title var".split())
"""Names of tags that people write in angle brackets as well ("the <Code> on the box"): alone they are words."""

SEEN_BREAK = re.compile(r"</?(?:br|p)\s*+/?>", re.IGNORECASE)
PARAGRAPH = set("p div ul ol table blockquote section article h1 h2 h3 h4 h5 h6 pre dl hr".split())
LINE = set("br li tr dt dd figcaption caption".split())
BLANK_LINES = re.compile(r"\n{3,}")
CONTROL = re.compile(r"[\x01-\x08\x0b-\x1f\x7f\ufeff]")
UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
"""A zero byte and halves of characters; something stood there, so something is shown."""

ESCAPED_TWICE = re.compile(
    r"&(?:amp|quot|apos|nbsp|szlig|hellip|euro|[nm]dash|[lr][sd]quo|bdquo|sbquo|[aouAOU]uml|#0?39|#x27"
    r"|[a-zA-Z](?:acute|grave|circ|cedil|tilde));"
)
"""What nobody types: an entity that is still there after unescaping was escaped twice."""


class Seen(str):
    """Words as people see them on a page. What looks like a tag in them was written to be read."""

    __slots__ = ()  # a page may hold very many


def html_to_text(source: str) -> str:
    """The visible text of an HTML fragment; paragraphs are separated by a blank line, lists by line."""
    source = source[:MAX_TEXT].replace("\r\n", "\n").replace("\r", "\n")
    if "<" in source:
        source = _without_tags(_visible(source).replace("\n", " "))
    return tidy(html.unescape(source))


def value_to_text(value: str) -> str:
    """Plain text of a value that should be plain but may hold escapes or tags, as structured data often does.

    Unescaped once, or twice where it was plainly escaped twice. Line breaks of the value itself are kept; tags count
    only if the value shows some beside them. In a value with tags of its own the escaped ones are words about tags. Of
    what is `Seen` only escapes that shops did twice are taken back.
    """
    written = value[:MAX_TEXT]
    marked = SEEN_BREAK.sub("\n", written) if isinstance(value, Seen) else _without_tags(_visible(written), _plain_tag)
    source = marked if isinstance(value, Seen) else html.unescape(marked)
    if "&" in source:
        source = ESCAPED_TWICE.sub(lambda entity: html.unescape(entity.group()), source)
    if "\r" in source:
        source = source.replace("\r\n", "\n").replace("\r", "\n")
    is_plain = marked == written and not isinstance(value, Seen)
    return tidy(_without_tags(_visible(source), _plain_tag) if is_plain else source)


def tidy(text: str) -> str:
    """NFC, no control characters, single spaces, at most one blank line, nothing at the ends.

    Marks that turn the direction of writing stay; a zero byte, which nothing can store, becomes a visible sign.
    """
    text = unicodedata.normalize("NFC", text)
    if text.isprintable():  # most texts: one line without anything odd in it
        return " ".join(text.split())
    text = UNSTORABLE.sub("\ufffd", CONTROL.sub("", text))
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def one_line(text: str, longest: int = MAX_TEXT) -> str:
    """A name or title: the text on a single line, of at most so many characters as they are written."""
    return " ".join(value_to_text(type(text)(text[:longest])).split())


def _visible(source: str) -> str:
    """The source without comments, scripts, styles and drawings; one that never ends hides nothing."""
    if "<" not in source:
        return source
    for opening, closing in INVISIBLE_PARTS:
        source = "".join(_outside(source, opening, closing))
    return source


def _outside(source: str, opening: re.Pattern[str], closing: re.Pattern[str]) -> Iterator[str]:
    at = 0
    while (start := opening.search(source, at)) and (end := closing.search(source, start.end())):
        yield source[at : start.start()]
        at = end.end()
    yield source[at:]


def _without_tags(source: str, is_tag: Callable[[re.Match[str]], bool] = bool) -> str:
    """The source with breaks in place of its tags; a word in angle brackets that nothing closes stays."""
    if "<" not in source:
        return source
    alone = {tag.group(2).lower() for tag in TAG.finditer(source) if not tag.group(1)} & SPOKEN
    alone -= {tag.group(2).lower() for tag in TAG.finditer(source) if tag.group(1)} if alone else set()

    def replaced(tag: re.Match[str]) -> str:
        is_word = tag.group(2).lower() in alone and not tag.group(3)
        return tag.group() if is_word or not is_tag(tag) else _break(tag)

    return TAG.sub(replaced, source)


def _break(tag: re.Match[str]) -> str:
    name = tag.group(2).lower()
    if name in PARAGRAPH:
        return "\n\n"
    if name in ("td", "th"):
        return " "
    return "\n" if name in LINE and (name == "br" or not tag.group(1)) else ""


def _plain_tag(tag: re.Match[str]) -> bool:
    """Words in angle brackets are no tag: `<b und c>` has attributes without values."""
    return not tag.group(3).strip() or "=" in tag.group(3)
