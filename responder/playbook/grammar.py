"""The placeholder grammar of phrases: what a business may write between curly braces, and nothing else.

`{name}`       a value by name, from the allow-list NAMES; a capital first letter capitalises the value
`{Sie|du}`     the formal and the informal word; the profile's form of address chooses
`{ich/wir}`    one person speaking or a team; the profile's signature style chooses
`{war+waren}`  one thing or several; the noun chooses, so only entries that name {thing} may use it
`[…]`          in plain text: a gap that a person fills in before the answer can be approved
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Literal

NAMES = frozenset(
    (
        "np_nom np_acc np_dat that expected look answer theme pass_on gap stars stars_dat want praise_acc "
        "product_nom product_acc product_dat liked_acc liked_dat asked_dat subject_nom subject_acc staff_nom "
        "staff_acc story_dat act_when act_nom "
        "asked_clause others_dat wish_dat stated missed item_acc thing thing_nom thing_acc thing_dat no_acc one_nom "
        "lasting since took duration when when_short grant_when sum_acc sum_dat role_nom role_dat role_acc "
        "second_nom soon day contact mail signature business hurt_dat also_dat"
    ).split()
)
MAX_PHRASE = 400
GAP = re.compile(r"\[[^\[\]\n]{1,120}\]")
"""An open gap in a text: square brackets around what is missing."""

_CHOICES: dict[str, Literal["address", "speaker", "number"]] = {"|": "address", "/": "speaker", "+": "number"}
MOST_PLACEHOLDERS = 12
"""More values than this in one sentence would only make it long."""
_FOREIGN = re.compile(r"\{[{%#]|[%#}]\}|[$#]\{|<[%?]|[%?]>|\$\(|%\(\w*\)|\[\[|\]\]")
"""Signs of other template languages: they would stand in the answer as they are."""
_BRACES = re.compile(r"\{([^{}]*)\}")
_FUSED = {"zu dem": "zum", "zu der": "zur", "von dem": "vom", "bei dem": "beim", "an dem": "am", "in dem": "im"}
_PREPOSITION = re.compile(r"\b(zu|von|bei|an|in) $", re.IGNORECASE)
_ARTICLE = re.compile(r"(dem|der) ")
_CONTINUES = re.compile(r" \w")


class PhraseError(ValueError):
    """A phrase that does not follow the grammar; the message says what and what to write instead."""


class Missing(KeyError):
    """A placeholder without a value: such a phrase cannot be used for this post."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a phrase: literal text, a named value, one that was put in already, or a choice by `address`,
    `speaker` or `number`."""

    kind: Literal["literal", "value", "given", "address", "speaker", "number"]
    text: str
    other: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A compiled phrase."""

    source: str
    parts: tuple[Part, ...]

    @property
    def names(self) -> frozenset[str]:
        """The values that this phrase needs."""
        return frozenset(_lowered(part.text) for part in self.parts if part.kind == "value")

    def render(self, values: Mapping[str, str], *, formal: bool, team: bool) -> str:
        """The phrase with every placeholder filled; raises `Missing` rather than leaving one open."""
        said = [self._say(part, values, formal=formal, team=team) for part in self.parts]
        out = ""
        for index, (part, text) in enumerate(zip(self.parts, said, strict=True)):
            following = "".join(said[index + 1 : index + 3])
            out = _append(out, text, following) if part.kind in ("value", "given") else out + text
        return out

    def bind(self, values: Mapping[str, str], *, many: bool) -> Phrase:
        """The phrase about one thing: these values put in and the number chosen; the rest stays open."""
        return Phrase(self.source, tuple(_bound(part, values, many=many) for part in self.parts))

    @staticmethod
    def _say(part: Part, values: Mapping[str, str], *, formal: bool, team: bool) -> str:
        if part.kind == "value":
            return _value(values, part.text)
        second = {"address": not formal, "speaker": team}.get(part.kind, False)
        return part.other if second else part.text


@lru_cache(maxsize=16384)
def compile_phrase(source: str) -> Phrase:
    """Parse a phrase; raises `PhraseError` for anything outside the grammar."""
    _well_formed(source)
    parts, end = [], 0
    for match in _BRACES.finditer(source):
        parts += [_literal(source[end : match.start()]), _placeholder(match[1])]
        end = match.end()
    parts.append(_literal(source[end:]))
    return Phrase(source, tuple(part for part in parts if part.text or part.other))


def capitalise(text: str) -> str:
    """The text with a capital first letter, whatever typographic sign stands before it."""
    match = re.search(r"\w", text)
    return text if match is None else text[: match.start()] + match[0].upper() + text[match.end() :]


def _well_formed(source: str) -> None:
    """Raise `PhraseError` for what is no sentence of a person, whatever its placeholders."""
    if len(source) > MAX_PHRASE:
        raise PhraseError(f"The phrase is longer than {MAX_PHRASE} characters: {source[:40]}…")
    if not source.strip():
        raise PhraseError("The phrase is empty.")
    if foreign := _FOREIGN.search(source):
        raise PhraseError(f"“{foreign[0]}” belongs to another template language; placeholders look like {{when}}.")
    if hidden := next((sign for sign in source if unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp")), ""):
        raise PhraseError(f"The phrase holds an invisible character (U+{ord(hidden):04X}); write it on one plain line.")
    if source.count("{") > MOST_PLACEHOLDERS:
        raise PhraseError(f"The phrase has more than {MOST_PLACEHOLDERS} placeholders: {source[:40]}…")


def _literal(text: str) -> Part:
    if "{" in text or "}" in text:
        raise PhraseError(f"A curly brace is left open in: {text.strip()}")
    return Part("literal", text)


def _placeholder(content: str) -> Part:
    if sum(map(content.count, _CHOICES)) > 1:
        raise PhraseError(f"Two words, one sign between them: {{{content}}}")
    for sign, kind in _CHOICES.items():
        if sign in content:
            first, _, second = content.partition(sign)
            return Part(kind, first, second)
    if _lowered(content) not in NAMES:
        close = get_close_matches(_lowered(content), NAMES, n=1)
        hint = f"did you mean {{{close[0]}}}?" if close else f"known are: {', '.join(sorted(NAMES))}"
        raise PhraseError(f"Unknown placeholder {{{content[:40]}}}; {hint}")
    return Part("value", content)


def _bound(part: Part, values: Mapping[str, str], *, many: bool) -> Part:
    if part.kind == "number":
        return Part("literal", part.other if many else part.text)
    if part.kind == "value" and _lowered(part.text) in values:
        return Part("given", _value(values, part.text))
    return part


def _lowered(name: str) -> str:
    return name[:1].lower() + name[1:]


def _value(values: Mapping[str, str], name: str) -> str:
    key = _lowered(name)
    if not values.get(key):
        raise Missing(key)
    return values[key] if name == key else capitalise(values[key])


def _append(before: str, value: str, following: str) -> str:
    """Join a value to the text before it: "zu dem" becomes "zum", and an inserted clause gets its closing comma."""
    preposition, article = _PREPOSITION.search(before), _ARTICLE.match(value)
    if preposition and article and (fused := _FUSED.get(f"{preposition[1].lower()} {article[1]}")):
        start = preposition.start()
        joined = capitalise(fused) if before[start].isupper() else fused
        before, value = before[:start] + joined + " ", value[article.end() :]
    needs_comma = ", " in value and _CONTINUES.match(following) is not None
    return before + value + ("," if needs_comma else "")
