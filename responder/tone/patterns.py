"""Rules that are lists of phrases: data/<language>/*.toml, compiled once, run over the prepared reply."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from responder.reading.anchors import Index, grams, needs_of
from responder.tone.context import Context
from responder.tone.data import load, names
from responder.tone.hits import Hit
from responder.tone.reply import Reply
from responder.tone.stems import content_stems

_SPELLINGS = {"ä": "(?:ä|ae)", "ö": "(?:ö|oe)", "ü": "(?:ü|ue)", "ß": "(?:ß|ss)"}
_BLANK = re.compile(r" (?![?*+{])")
_MACRO = re.compile(r"<<(\w+)>>")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One phrase of a rule. `unless` is looked for in the same sentence; `posted` excuses a word of the
    post itself, `openly` whoever may not speak of the matter at all."""

    rule: str
    why: str
    severity: str
    find: re.Pattern[str]
    unless: re.Pattern[str] | None
    instead: str
    instead_du: str
    when: frozenset[str]
    posted: bool
    openly: bool


def spelled(expression: str, macros: dict[str, str | list[str]]) -> str:
    """The expression with macros filled in, umlauts in both spellings and any white space for a blank."""
    filled = expression
    while "<<" in filled:
        filled = _MACRO.sub(lambda name: _choice(macros[name[1]]), filled)
    return "".join(_SPELLINGS.get(letter, letter) for letter in _BLANK.sub(r"\\s+", filled)).replace(" ", r"\s")


def _choice(words: str | list[str]) -> str:
    return words if isinstance(words, str) else f"(?:{'|'.join(words)})"


@lru_cache(maxsize=1024)
def compiled(expression: str, language: str) -> re.Pattern[str]:
    return re.compile(spelled(expression, load(f"macros/{language}")))


@cache
def shape(language: str, name: str) -> re.Pattern[str]:
    """One expression of a data file, `action/time` for example; a list is a choice of whole words and phrases."""
    file, *keys = name.split("/")
    value: Any = load(f"{language}/{file}")
    for key in keys:
        value = value[key]
    return compiled(value if isinstance(value, str) else rf"\b(?:{'|'.join(value)})\b", language)


@cache
def patterns(language: str) -> tuple[Pattern, ...]:
    """All phrases of a language; none for one that has no data."""
    return tuple(
        p for name in names(language) for group in load(name).get("pattern", ()) for p in _group(group, language)
    )


def _group(group: dict[str, Any], language: str) -> Iterator[Pattern]:
    unless = group.get("unless")
    shared = Pattern(
        rule=group["rule"],
        why=group["why"],
        severity=group.get("severity", "warn"),
        find=re.compile(""),
        unless=compiled(unless, language) if unless else None,
        instead=group.get("instead", ""),
        instead_du=group.get("instead_du", ""),
        when=frozenset(group.get("when", ())),
        posted=group.get("posted", False),
        openly=group.get("openly", False),
    )
    if plain := group.get("find"):
        yield replace(shared, find=compiled("|".join(f"(?:{phrase})" for phrase in plain), language))
    for swap in group.get("swap", ()):
        find = compiled(swap["find"], language)
        yield replace(shared, find=find, instead=swap["by"], instead_du=swap.get("by_du", ""))


@cache
def _index(language: str) -> Index:
    return Index(needs_of(pattern.find) for pattern in patterns(language))


def phrases(reply: Reply, context: Context) -> Iterator[Hit]:
    """Every phrase of the reply's language that a rule objects to."""
    known = patterns(reply.language)
    for number in _index(reply.language).candidates(reply.plain, grams(reply.plain)):
        pattern = known[number]
        if pattern.when and reply.situation not in pattern.when:
            continue
        for match in pattern.find.finditer(reply.plain):
            if not _excused(pattern, match, reply, context):
                yield _hit(pattern, match, reply, context)


def _excused(pattern: Pattern, match: re.Match[str], reply: Reply, context: Context) -> bool:
    if pattern.openly and (context.profile.confidential or context.profile.contact_lock):
        return True
    if pattern.posted and content_stems(match[0]) & content_stems(context.posted):
        return True
    if pattern.unless is None:
        return False
    sentence = reply.sentence_at(match.start())
    return pattern.unless.search(reply.plain, sentence.start, sentence.end) is not None


def _hit(pattern: Pattern, match: re.Match[str], reply: Reply, context: Context) -> Hit:
    informal = context.profile.address == "du"
    template = (pattern.instead_du or pattern.instead) if informal else pattern.instead
    if informal and not pattern.instead_du and re.search(r"\b(?:Sie|Ihnen|Ihr\w*)\b", template):
        template = ""
    return Hit(pattern.rule, match.start(), match.end(), pattern.severity, pattern.why, match.expand(template))
