"""How each platform's notification mails are read, as data: `crawler/mail_rules.toml` explains the fields."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from crawler.pages.mail_rule_file import PATTERNS, BadRules, Table, tables

BUILT_IN = Path(__file__).parents[1] / "mail_rules.toml"
Patterns = tuple[re.Pattern[str], ...]


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


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules by which mails are read, and what is wrong with those of the business, empty if nothing is."""

    rules: tuple[Rule, ...]
    trouble: str = ""


def load(source: str, base: Mapping[str, Any] | None = None) -> tuple[Rule, ...]:
    """The rules in a TOML text, in front of those of `base`, the data of another one. Raises `BadRules`."""
    common, platforms = tables(source, base or {})
    return tuple(_rule(table, common) for table in platforms)


@cache
def built_in() -> tuple[Rule, ...]:
    """The rules that come with Gelassen."""
    return load(BUILT_IN.read_text(encoding="utf-8"))


def rules_with(own: Path | None) -> RuleSet:
    """The built-in rules, and in front of them those in the file of the business, if there is one.

    A file that cannot be used changes nothing: what is wrong with it stands in `trouble`.
    """
    if own is None:
        return RuleSet(built_in())
    try:
        return RuleSet(load(own.read_text(encoding="utf-8"), tomllib.loads(BUILT_IN.read_text(encoding="utf-8"))))
    except FileNotFoundError:
        return RuleSet(built_in())
    except BadRules as error:
        why = f"{own.name}, {error}"
    except UnicodeDecodeError:
        why = f"{own.name} is not written in UTF-8."
    except OSError as error:
        why = f"{own.name} cannot be read: {error.strerror}."
    return RuleSet(built_in(), f"{why} Until this is mended, mails are read by the rules that come with Gelassen.")


def rule_for(rules: Iterable[Rule], local: str, domain: str) -> Rule | None:
    """The rule of the platform that writes as `local@domain`, if one does."""
    return next((rule for rule in rules if rule.is_from(local, domain)), None)


def _rule(table: Table, common: Table) -> Rule:
    patterns = {kind: _compiled([*table.get(kind, []), *common.get(kind, [])]) for kind in PATTERNS}
    sender = _compiled([table.get("sender", ".*")])[0]
    domains = tuple(domain.lower() for domain in table["domains"])
    return Rule(table["name"], table["label"], domains, sender, float(table.get("best", 5)), patterns)


def _compiled(sources: Iterable[str]) -> Patterns:
    return tuple(re.compile(source, re.IGNORECASE) for source in sources)


def _covers(entry: str, domain: str) -> bool:
    return domain.endswith(entry[1:]) if entry.startswith("*.") else domain == entry
