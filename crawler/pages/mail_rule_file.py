"""A text with rules for mails, checked field by field, so that whoever wrote it is told the line and the reason."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

PATTERNS = ("subjects", "other", "links", "author", "stars", "title", "written", "start", "end")
COMMON = frozenset(("author", "stars", "title", "written", "start", "end", "other"))
REQUIRED = ("name", "label", "domains", "subjects")
KNOWN = frozenset((*REQUIRED, *PATTERNS, "sender", "best"))
GROUPS = {"author": "author", "stars": "stars", "title": "title", "written": "written"}
"""The group without which a pattern of this kind says nothing."""

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
TAKEN = ("mail", "unverified")
"""How ids of mails begin that are no proven review."""

DOMAIN = re.compile(r"(?:\*\.)?[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}", re.IGNORECASE)
AT_LINE = re.compile(r"\(at (?:line (\d+), column \d+|end of document)\)$")
MOST_STARS = 100

Table = dict[str, Any]


class BadRules(Exception):
    """The rules cannot be used; the message says in which line and why."""


def tables(source: str, base: Mapping[str, Any]) -> tuple[Table, list[Table]]:
    """What all platforms share and the platforms of a TOML text, in front of those of `base`, such a text's data.

    A platform of the same name takes over the fields that it does not name itself. Raises `BadRules`.
    """
    try:
        data = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise BadRules(_not_toml(source, str(error))) from error
    for at, why in _problems(data, {str(table["name"]): table for table in base.get("platform", [])}):
        raise BadRules(f"line {_line(source, *at)}: {why}.")
    return _laid_over(data, base)


def _laid_over(data: Mapping[str, Any], base: Mapping[str, Any]) -> tuple[Table, list[Table]]:
    own, below = data.get("common", {}), base.get("common", {})
    common = {kind: [*own.get(kind, []), *below.get(kind, [])] for kind in COMMON}
    known = {table["name"]: table for table in base.get("platform", [])}
    mine = [{**known.pop(table["name"], {}), **table} for table in data.get("platform", [])]
    return common, [*mine, *known.values()]


Place = tuple[int | None, str, str]
"""The number of a platform (None for [common], -1 for the whole text), a field, and what stands in it."""


def _problems(data: Table, known: Mapping[str, Table]) -> Iterator[tuple[Place, str]]:
    """What is wrong, the first thing first, with its place."""
    for key in sorted(data.keys() - {"common", "platform"}):
        yield (-1, key, ""), f"{key!r} means nothing here; a platform begins with [[platform]]"
    common, platforms = data.get("common", {}), data.get("platform", [])
    if not isinstance(common, dict) or not isinstance(platforms, list):
        yield (-1, "platform", ""), "a platform begins with [[platform]], what all share with [common]"
        return
    yield from _fields(None, "[common]", common, COMMON)
    names: set[str] = set()
    for number, table in enumerate(platforms):
        yield from _platform(number, table, known, names)


def _platform(number: int, table: Any, known: Mapping[str, Table], names: set[str]) -> Iterator[tuple[Place, str]]:
    name = table.get("name") if isinstance(table, dict) else None
    if not isinstance(name, str) or not NAME.fullmatch(name) or name in TAKEN:
        yield (
            (number, "name", ""),
            f"a platform needs a name of small letters and digits, other than {', '.join(TAKEN)}",
        )
        return
    if name in names:
        yield (number, "name", ""), f"the rule {name!r} stands here for the second time"
    names.add(name)
    missing = [key for key in REQUIRED if not {**known.get(name, {}), **table}.get(key)]
    if missing:
        yield (number, "", ""), f"the rule {name!r} lacks {', '.join(missing)}"
    yield from _fields(number, repr(name), table, KNOWN)


def _fields(number: int | None, name: str, table: Table, known: Iterable[str]) -> Iterator[tuple[Place, str]]:
    for key, value in table.items():
        if key not in known:
            yield (number, key, ""), f"the rule {name} has a field that means nothing: {key}"
        elif key in PATTERNS or key == "domains":
            yield from (((number, key, str(one)), f"the rule {name}: {why}") for one, why in _entries(key, value))
        elif why := _plain(key, value):
            yield (number, key, ""), f"the rule {name}: {why}"


def _entries(key: str, values: Any) -> Iterator[tuple[Any, str]]:
    if not isinstance(values, list):
        yield "", f"{key} takes a list in square brackets"
        return
    for value in values:
        why = _domain(value) if key == "domains" else _pattern(value, GROUPS.get(key, ""))
        if why:
            yield value, f"{key} has an entry that cannot be used, {value!r}: {why}"


def _domain(value: Any) -> str:
    fits = isinstance(value, str) and DOMAIN.fullmatch(value)
    return "" if fits else "it is no domain such as mail.portal.de or *.portal.de"


def _pattern(value: Any, group: str) -> str:
    try:
        compiled = re.compile(value, re.IGNORECASE)
    except (re.error, TypeError, OverflowError, RecursionError) as error:
        return str(error)
    return f"it lacks the group (?P<{group}>…)" if group and group not in compiled.groupindex else ""


def _plain(key: str, value: Any) -> str:
    if key == "best":
        number = isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= MOST_STARS
        return "" if number else f"best is a number of stars, at most {MOST_STARS}"
    if not isinstance(value, str):
        return f"{key} is a text in quotes"
    return (why := _pattern(value, "")) and f"sender cannot be used: {why}" if key == "sender" else ""


def _not_toml(source: str, told: str) -> str:
    found = AT_LINE.search(told)
    line = found[1] if found and found[1] else str(source.count("\n") + 1)
    return f"line {line}: this is no valid TOML: {AT_LINE.sub('', told).rstrip()}."


def _line(source: str, number: int | None, key: str, text: str) -> int:
    """The line where a field of a table stands, or an entry of it; as near as can be told."""
    lines = source.splitlines()
    heads = [at for at, line in enumerate(lines) if re.match(r"\s*\[\[\s*platform\s*\]\]", line)]
    start = 0
    if number is None:
        start = next((at for at, line in enumerate(lines) if re.match(r"\s*\[\s*common\s*\]", line)), 0)
    elif 0 <= number < len(heads):
        start = heads[number]
    field = re.compile(rf"\s*(?:\[+\s*)?[\"']?{re.escape(key)}[\"']?\s*[=\]]")
    at = next((at for at in range(start, len(lines)) if key and field.match(lines[at])), start)
    return next((here for here in range(at, len(lines)) if text and text in lines[here]), at) + 1
