"""JSON-LD blocks of a page, each read alone, so that a broken one never costs the others.

Seen broken in the wild: byte order mark, CDATA markers or an HTML comment around the data, a trailing semicolon,
several objects in one block, trailing commas, raw line breaks in strings, JavaScript instead of JSON (single quotes,
comments), escapes that JSON does not know, quotes inside texts, entities, JSON packed into a JSON string.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from json import JSONDecoder
from typing import Any

from crawler.pages.script_values import literal
from crawler.shape import Misshapen, check_depth, check_json, load_json, whole_characters

OPENINGS = ("/*<![CDATA[*/", "//<![CDATA[", "// <![CDATA[", "<![CDATA[", "<!--")
CLOSINGS = ("/*]]>*/", "//]]>", "// ]]>", "]]>", "//-->", "-->", ";")
WRAPPINGS = 4
"""So many layers of markers around the data are taken off."""

MAX_VALUES = 10_000
MAX_REPAIRED = 1_000_000
"""Characters; a broken block that is longer is no slip of the pen."""

# every piece of a script, so that what looks like syntax inside a string stays a string; one left open goes to the end
PIECE = re.compile(
    r'"(?:[^"\\]|\\.)*+(?:"|$)'
    r"|'(?:[^'\\]|\\.)*+(?:'|$)"
    r"|//[^\n]*+|/\*[^*]*+(?:\*(?!/)[^*]*+)*+(?:\*/|$)"
    r"|,(?=\s*+[}\]])",
    re.DOTALL,
)
BAD_ESCAPE = re.compile(r'\\(?:(["\\/bfnrt]|u[0-9a-fA-F]{4})|(.))', re.DOTALL)
QUOTE = re.compile(r'\\.|"', re.DOTALL)
OPENS = re.compile(r"[\[{,:]\s{0,40}$")
CLOSES = re.compile(r'\s*+(?:[}\]:]|$|,\s*+(?:["\[{\]}]|-?\d|true|false|null))')
BETWEEN = re.compile(r"[\s;,]*+")
ENDING = re.compile(r'("(?:[^"\\]|\\.)*+"|[}\]\d]|true|false|null)(\s*+)(?P<goes_on>(?=["{]))?', re.DOTALL)
"""The end of a value, and whether another value or name follows without a comma."""

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\]]|[^"{}\[\]]++', re.DOTALL)
ENDS = {"{": "}", "[": "]"}
LONGEST_MENDED = 500_000
"""Characters; mending takes many times the memory of what is mended."""

DECODER = JSONDecoder(strict=False)


class Broken(Exception):
    """A block that no repair makes readable; the message names the reason."""


def scripts(root: Any) -> Iterator[str]:
    """The text of every JSON-LD block below `root` (an lxml element), in order."""
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower().startswith("application/ld+json"):
            yield script.text or ""


@dataclass(frozen=True, slots=True)
class Block:
    """The values of one block; `is_guess` when somebody had to guess where its texts end."""

    values: list[Any]
    is_guess: bool = False


def parse(block: str) -> list[Any]:
    """The values of one block, none if it is empty. Raises `Broken`."""
    return understood(block).values


def understood(block: str) -> Block:
    """One block, and whether it had to be guessed where its texts end. Raises `Broken`."""
    text = block.strip("\ufeff \t\r\n")
    reason = ""
    try:
        check_json(text)
        for attempt in (
            _plain,
            _unwrapped,
            _several,
            _as_javascript,
            _without_entities,
            _with_commas_and_ends,
            _with_quotes_in_texts,
            _without_braces,
            _by_its_program,
        ):
            try:
                return Block(attempt(text), is_guess=attempt is _with_quotes_in_texts)
            except (ValueError, RecursionError) as error:
                reason = reason or str(error)
    except Misshapen as error:
        raise Broken(str(error)) from error
    raise Broken(reason)


def _plain(text: str) -> list[Any]:
    value = load_json(text) if text else None
    if isinstance(value, str) and value.lstrip().startswith(("{", "[")):
        value = load_json(value)
    return [value] if text else []


def _unwrapped(text: str) -> list[Any]:
    inner = _unwrap(text)
    return [load_json(inner)] if inner else []


def _several(text: str) -> list[Any]:
    return list(_values(_unwrap(text)))


def _as_javascript(text: str) -> list[Any]:
    return list(_values(PIECE.sub(_as_json, _repairable(text))))


def _without_entities(text: str) -> list[Any]:
    """Only where the syntax itself is escaped: in a proper block entities belong to the texts."""
    if not text.startswith(("{&quot;", "[{&quot;", "{ &quot;", "{&#34;", "[{&#34;")):
        raise ValueError("no entities")
    return _several(html.unescape(text))


def _with_commas_and_ends(text: str) -> list[Any]:
    """Where commas between properties were forgotten, or braces at the end; or where there are too many of those."""
    inner = _repairable(text) if len(text) <= LONGEST_MENDED else ""
    if not inner.endswith(("}", "]")) or '@type"' not in inner:  # cut off somewhere: what stands last is not whole
        raise ValueError("no whole object")
    return list(_values(_ended(ENDING.sub(_with_comma, PIECE.sub(_as_json, inner)))))


def _with_comma(end: re.Match[str]) -> str:
    return f"{end.group(1)},{end.group(2)}" if end["goes_on"] is not None else end.group()


def _with_quotes_in_texts(text: str) -> list[Any]:
    return list(_values(PIECE.sub(_as_json, _quotes_escaped(_repairable(text)))))


def _without_braces(text: str) -> list[Any]:
    """Properties alone, where somebody forgot the braces around them."""
    inner = _repairable(text)
    if not inner.startswith(('"@', "'@")):
        raise ValueError("no properties")
    return [literal("{" + inner + "}")]


def _by_its_program(text: str) -> list[Any]:
    """JavaScript that is no JSON by far: names without quotes."""
    if '@type"' not in text and "@type'" not in text:
        raise ValueError("nothing that says what it is")
    return [literal(_repairable(text))]


def _unwrap(text: str) -> str:
    """The data without CDATA markers, comment signs and semicolons around them."""
    for _ in range(WRAPPINGS):
        before = text
        for mark in OPENINGS:
            text = text.removeprefix(mark).lstrip()
        for mark in CLOSINGS:
            text = text.removesuffix(mark).rstrip()
        if text == before:
            break
    return text


def _repairable(text: str) -> str:
    if len(text) > MAX_REPAIRED:
        raise ValueError("too long to be repaired")
    return _unwrap(text)


def _as_json(piece: re.Match[str]) -> str:
    """A string by the rules of JSON; nothing for a comment or a comma too many."""
    found = piece.group()
    if found[0] not in "\"'":
        return " " if found[0] == "/" else ""
    inner = found[1:-1]
    if found[0] == "'":
        inner = inner.replace("\\'", "'").replace('\\"', '"').replace('"', '\\"')
    return '"' + BAD_ESCAPE.sub(lambda escape: escape.group() if escape.group(1) else escape.group(2), inner) + '"'


def _ended(text: str) -> str:
    """The data with as many braces closed as opened."""
    kept: list[str] = []
    waiting: list[str] = []
    for found in TOKEN.finditer(text):
        sign = found.group()
        if sign in ENDS:
            waiting.append(ENDS[sign])
        elif sign in ENDS.values() and (not waiting or waiting.pop() != sign):
            break
        kept.append(sign)
    return "".join([*kept, *reversed(waiting)])


def _quotes_escaped(text: str) -> str:
    """Quotes that neither open nor close a string, because no syntax stands beside them, belong to the text."""
    parts: list[str] = []
    at, inside = 0, False
    for found in QUOTE.finditer(text):
        if found.group() != '"':
            continue
        before = text[max(0, found.start() - 50) : found.start()]
        ends = CLOSES.match(text, found.end()) if inside else OPENS.search(before)
        if inside and not ends:
            parts += (text[at : found.start()], "\\")
            at = found.start()
        elif ends:
            inside = not inside
    return "".join([*parts, text[at:]])


def _values(text: str) -> Iterator[Any]:
    text = whole_characters(text)
    at = BETWEEN.match(text).end()  # type: ignore[union-attr]  # matches always, if only nothing
    left = MAX_VALUES
    while at < len(text):
        value, at = DECODER.raw_decode(text, at)
        left -= 1
        if not left:
            raise ValueError("too many values in a row")
        check_depth(value)
        yield value
        at = BETWEEN.match(text, at).end()  # type: ignore[union-attr]
