"""How each platform's notification mails are read, as data: `crawler/mail_rules.toml` explains the fields."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

BUILT_IN = Path(__file__).parents[1] / "mail_rules.toml"
Patterns = tuple[re.Pattern[str], ...]

PATTERNS = ("subjects", "other", "links", "author", "stars", "title", "written", "start", "end")
COMMON = frozenset(("author", "stars", "title", "written", "start", "end", "other"))
REQUIRED = ("name", "label", "domains", "subjects")
PLAIN = ("sender", "best")


class BadRules(Exception):
    """The rules cannot be used; the message says which one and why."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One platform. Patterns of its own are tried before those that all platforms share."""

    name: str
    label: str
    domains: tuple[str, ...]
    sender: re.Pattern[str]
    best: float
    patterns: Mapping[str, Patterns] = field(repr=False)

    def is_from(self, local: str, domain: str) -> bool:
        """Whether `local@domain` is an address under which this platform writes."""
        return self.owns(domain) and self.sender.fullmatch(local) is not None

    def owns(self, domain: str) -> bool:
        """Whether the domain is the platform's."""
        return any(_covers(entry, domain.lower().rstrip(".")) for entry in self.domains)

    def find(self, kind: str, text: str) -> re.Match[str] | None:
        """The first fit of a pattern of this kind anywhere in the text."""
        return next((found for pattern in self.patterns[kind] if (found := pattern.search(text))), None)

    def begins(self, kind: str, text: str) -> re.Match[str] | None:
        """The first fit of a pattern of this kind at the beginning of the text."""
        return next((found for pattern in self.patterns[kind] if (found := pattern.match(text))), None)

    def fits(self, kind: str, line: str) -> re.Match[str] | None:
        """The first fit of a pattern of this kind over the whole line."""
        return next((found for pattern in self.patterns[kind] if (found := pattern.fullmatch(line))), None)


def load(source: str) -> tuple[Rule, ...]:
    """The rules in a TOML text. Raises `BadRules`."""
    try:
        data = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise BadRules(f"The rules for mails are not valid TOML: {error}.") from error
    common = data.get("common", {})
    _check_keys("[common]", common, COMMON)
    return tuple(_rule(table, common) for table in data.get("platform", []))


@cache
def built_in() -> tuple[Rule, ...]:
    """The rules that come with Gelassen."""
    return load(BUILT_IN.read_text(encoding="utf-8"))


def rule_for(rules: Iterable[Rule], local: str, domain: str) -> Rule | None:
    """The rule of the platform that writes as `local@domain`, if one does."""
    return next((rule for rule in rules if rule.is_from(local, domain)), None)


def _rule(table: dict[str, Any], common: dict[str, Any]) -> Rule:
    name = str(table.get("name", "?"))
    missing = [key for key in REQUIRED if not table.get(key)]
    if missing:
        raise BadRules(f"The rule {name!r} for mails lacks {', '.join(missing)}.")
    _check_keys(name, table, {*REQUIRED, *PLAIN, *PATTERNS})
    patterns = {kind: _compiled(name, [*table.get(kind, []), *common.get(kind, [])]) for kind in PATTERNS}
    sender = _compiled(name, [table.get("sender", ".*")])[0]
    domains = tuple(str(domain).lower() for domain in table["domains"])
    return Rule(name, str(table["label"]), domains, sender, float(table.get("best", 5)), patterns)


def _check_keys(name: str, table: dict[str, Any], known: Iterable[str]) -> None:
    unknown = sorted(set(table) - set(known))
    if unknown:
        raise BadRules(f"The rule {name!r} for mails has fields that mean nothing: {', '.join(unknown)}.")


def _compiled(name: str, sources: Iterable[str]) -> Patterns:
    try:
        return tuple(re.compile(source, re.IGNORECASE) for source in sources)
    except (re.error, TypeError) as error:
        raise BadRules(f"The rule {name!r} for mails has a pattern that cannot be used: {error}.") from error


def _covers(entry: str, domain: str) -> bool:
    return domain.endswith(entry[1:]) if entry.startswith("*.") else domain == entry
