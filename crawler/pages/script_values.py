"""Values as programs in a page write them: JavaScript's literals, of which JSON is only the strictest form.

Names without quotes, single quotes, comments, a comma too many, `!0`, `void 0`, `new Date(...)`, `JSON.parse("...")`;
and functions that are called on the spot to give short names to long values, as Nuxt 2 writes them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from crawler.shape import MAX_JSON_DEPTH, Misshapen, check_json, load_json, whole_characters

BLANK = re.compile(r"(?:\s++|//[^\n]*+|/\*[^*]*+(?:\*(?!/)[^*]*+)*+\*/)*+")
STRING = re.compile(r'"((?:[^"\\]|\\.)*+)"|\'((?:[^\'\\]|\\.)*+)\'|`((?:[^`\\]|\\.)*+)`', re.DOTALL)
NUMBER = re.compile(r"-?(?:0x[0-9a-f]++|\d++(?:\.\d*+)?+|\.\d++)(?:e[+-]?\d++)?+", re.IGNORECASE)
NAME = re.compile(r"[^\W\d][\w$]*+|\$[\w$]*+")
CALL = re.compile(r"(?:new\s+)?([\w$.]{1,60})\s*\(")
SHORT = re.compile(r"!0|!1|void 0")
FUNCTION = re.compile(r"\(?\s*function\s*\(([\w$,\s]*)\)\s*\{")
ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r?\n)|(.))", re.DOTALL)
ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
KNOWN: dict[str, Any] = {"true": True, "false": False, "!0": True, "!1": False}
WRAPPERS = {"Date", "Map", "Set", "Object", "Array.from"}
LONGEST = 5_000_000
"""Characters of a script that are looked at."""


def literal(text: str) -> Any:
    """The value that a text begins with; see `Script.literal`."""
    return Script(text).literal(0)


class Script:
    """A program, of which nothing is run.

    Raises `ValueError` if it is too long, `Misshapen` if it holds more values than can be read.
    """

    def __init__(self, text: str) -> None:
        if len(text) > LONGEST:
            raise ValueError("too long")
        check_json(text)
        self.text = whole_characters(text)

    def literal(self, at: int) -> Any:
        """The value that begins at `at`. What is no plain value (a call, an unknown name) is None.

        Raises `ValueError` for what is no literal, `Misshapen` for one that is too deep.
        """
        return _Reader(self.text, KNOWN).value(at, 0)[0]

    def called(self, at: int) -> Any:
        """The value that a function returns which is called on the spot: `(function(a, b) {return {...}}("x", 3))`."""
        function = FUNCTION.match(self.text, at)
        start = self.text.find("return", function.end()) if function else -1
        if function is None or start < 0:
            raise ValueError("no function that returns something")
        short = [name.strip() for name in function.group(1).split(",")]
        _, end = _Reader(self.text, KNOWN).value(start + 6, 0)
        opening = self.text.find("(", end)
        given, _ = _Reader(self.text, KNOWN).several(opening + 1, ")", 0) if opening >= 0 else ([], 0)
        return _Reader(self.text, {**KNOWN, **dict(zip(short, given, strict=False))}).value(start + 6, 0)[0]


class _Reader:
    def __init__(self, text: str, names: Mapping[str, Any]) -> None:
        self.text, self.names = text, names

    def value(self, at: int, depth: int) -> tuple[Any, int]:
        if depth > MAX_JSON_DEPTH:
            raise Misshapen(f"The data are nested more than {MAX_JSON_DEPTH} deep.")
        at = self._blank(at)
        sign = self.text[at : at + 1]
        if sign == "{":
            return self._object(at + 1, depth + 1)
        if sign == "[":
            return self.several(at + 1, "]", depth + 1)
        return self._plain(at, depth)

    def several(self, at: int, closing: str, depth: int) -> tuple[list[Any], int]:
        """Values with commas between, up to a closing sign."""
        found: list[Any] = []
        while (at := self._blank(at)) < len(self.text):
            if self.text[at] == closing:
                return found, at + 1
            if self.text[at] == ",":
                at += 1
                continue
            value, at = self.value(at, depth)
            found.append(value)
            at = self._separated(at, closing)
        raise ValueError("a list that never ends")

    def _object(self, at: int, depth: int) -> tuple[dict[str, Any], int]:
        found: dict[str, Any] = {}
        while (at := self._blank(at)) < len(self.text):
            if self.text[at] == "}":
                return found, at + 1
            if self.text[at] == ",":
                at += 1
                continue
            name, at = self._key(at)
            found[name], at = self.value(at, depth)
            at = self._separated(at, "}")
        raise ValueError("an object that never ends")

    def _key(self, at: int) -> tuple[str, int]:
        string = STRING.match(self.text, at)
        plain = string or NAME.match(self.text, at) or NUMBER.match(self.text, at)
        if plain is None:
            raise ValueError(f"no name at character {at}")
        end = self._blank(plain.end())
        if self.text[end : end + 1] != ":":
            raise ValueError(f"no colon at character {end}")
        return (_unescaped(string) if string else plain.group()), end + 1

    def _plain(self, at: int, depth: int) -> tuple[Any, int]:
        if string := STRING.match(self.text, at):
            return _unescaped(string), string.end()
        if number := NUMBER.match(self.text, at):
            written = number.group()
            return (int(written, 16) if "x" in written.lower() else _number(written)), number.end()
        if short := SHORT.match(self.text, at):
            return self.names.get(short.group()), short.end()
        if call := CALL.match(self.text, at):
            given, end = self.several(call.end(), ")", depth + 1)
            return _result(call.group(1), given), end
        if name := NAME.match(self.text, at):
            return self.names.get(name.group()), name.end()
        raise ValueError(f"no value at character {at}")

    def _separated(self, at: int, closing: str) -> int:
        at = self._blank(at)
        if self.text[at : at + 1] not in (",", closing):
            raise ValueError(f"no comma at character {at}")
        return at

    def _blank(self, at: int) -> int:
        found = BLANK.match(self.text, at)
        return found.end() if found else at


def _number(written: str) -> Any:
    number = float(written)
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _result(name: str, given: list[Any]) -> Any:
    if name == "JSON.parse" and given and isinstance(given[0], str):
        return load_json(given[0])
    return given[0] if name in WRAPPERS and given else None


def _unescaped(string: re.Match[str]) -> str:
    inner = next(part for part in string.groups() if part is not None)
    if "\\" not in inner:
        return inner
    text = ESCAPE.sub(_character, inner)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if "\\u" in inner else text


def _character(escape: re.Match[str]) -> str:
    code = escape.group(1) or escape.group(2) or escape.group(3)
    if code:
        return chr(int(code, 16)) if int(code, 16) < 0x110000 else "\ufffd"
    return "" if escape.group(4) else ESCAPED.get(escape.group(5), escape.group(5))
