"""HTML to plain text with its line breaks kept. Never raises, linear in the length of the text.

Only what is really a tag is taken away: "I <3 sugar" and "Menge < 5 > 2" stay as they are.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

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


def html_to_text(source: str) -> str:
    """The visible text of an HTML fragment; paragraphs are separated by a blank line, lists by line."""
    source = source[:MAX_TEXT].replace("\r\n", "\n").replace("\r", "\n")
    if "<" in source:
        source = TAG.sub(_break, _visible(source).replace("\n", " "))
    return tidy(html.unescape(source))


def value_to_text(value: str) -> str:
    """Plain text of a value that should be plain but may hold escapes or tags, as structured data often does.

    Unescaped once, or twice where it was plainly escaped twice. Line breaks of the value itself are kept; tags count
    only if the value shows some beside them. In a value with tags of its own the escaped ones are words about tags.
    """
    marked = _without_tags(value[:MAX_TEXT])
    source = html.unescape(marked)
    if "&" in source:
        source = ESCAPED_TWICE.sub(lambda entity: html.unescape(entity.group()), source)
    if "\r" in source:
        source = source.replace("\r\n", "\n").replace("\r", "\n")
    return tidy(source if marked != value[:MAX_TEXT] else _without_tags(source))


def _without_tags(source: str) -> str:
    """The source without its tags, and with the line breaks that these stand for."""
    if "<" not in source:
        return source
    return TAG.sub(lambda tag: _break(tag) if _plain_tag(tag) else tag.group(), _visible(source))


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


def one_line(text: str) -> str:
    """A name or title: the text on a single line."""
    return " ".join(value_to_text(text).split())


def _visible(source: str) -> str:
    """The source without comments, scripts, styles and drawings; one that never ends hides nothing."""
    for opening, closing in INVISIBLE_PARTS:
        source = "".join(_outside(source, opening, closing))
    return source


def _outside(source: str, opening: re.Pattern[str], closing: re.Pattern[str]) -> Iterator[str]:
    at = 0
    while (start := opening.search(source, at)) and (end := closing.search(source, start.end())):
        yield source[at : start.start()]
        at = end.end()
    yield source[at:]


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
