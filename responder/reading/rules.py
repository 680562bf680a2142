"""Labels found by patterns that are kept as data: which label, where, and whether a negation takes it back.

A file of rules is TOML. `[classes]` names groups of words; `[labels]` lists patterns per label; `[harmless]` lists, per
label, what takes back a place that it overlaps ("bekam einen Gutschein" is no wish for one). In a pattern `{food}`
is any word of that class, `{..}` up to six words of the same sentence, `{~}` up to seven with nobody else as subject;
the rest is a regular expression over the folded text. A class word stands for its beginning (`wart` finds `wartete`),
`word=` for itself alone, `*zimmer` also for the end of a compound.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from responder.reading.anchors import Anchors, Index, needs
from responder.reading.normalise import fold_pattern
from responder.reading.tokens import EMPTY_NEGATIONS, NEGATORS

DATA = Path(__file__).parent / "data"
GAP = r"(?:[^\w.!?;\n]++\w++){0,6}?[^\w.!?;\n]++"
SUBJECT = r"(?:d(?:er|ie|as|en|em)|the|mein\w*|unser\w*|ein\w*|\w+ (?:war|ist|was))"
OTHER_SUBJECT = rf" (?:und|aber|doch|dafuer|and|but) (?:auch )?{SUBJECT}\b"
SAME_STATEMENT = rf"(?:(?!{OTHER_SUBJECT}) [\w-]++){{0,7}}?"
MACRO = re.compile(r"\{([a-z_]+|\.\.|~)\}")
GAPS = {"..": GAP, "~": SAME_STATEMENT}
NEGATION = rf"\b(?:{'|'.join(sorted(NEGATORS))}|alles andere als|far from|wenig|bedingt)\b"
NEGATION_WORDS = re.compile(NEGATION)
OWN_NEGATION = re.compile(r"(?<!{)" + NEGATION + r"(?![?*])")
NEGATED_BEHIND = re.compile(r" (?:nicht|nich|net|ned|nid|noed|nie)\b(?=\s*(?:[.!?,;]|$))")
CLAUSE_START = re.compile(r"[.!?;:,\n]|\b(?:aber|sondern|und|but|and)\b")
NEGATION_REACH = 4


@dataclass(frozen=True, slots=True)
class Hit:
    """A label found at `start:end` of the folded text."""

    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """One compiled pattern of a label; every match holds what `needs` says (anchors.py)."""

    label: str
    expression: re.Pattern[str]
    needs: tuple[Anchors, ...]
    deniable: bool

    def search(self, folded: str, spared: Sequence[Hit] = ()) -> Hit | None:
        """The first place where the pattern stands, is not denied and touches none of `spared`."""
        for match in self.expression.finditer(folded):
            start, end = match.span()
            touched = any(place.start < end and start < place.end for place in spared)
            if not (touched or (self.deniable and denied(match))):
                return Hit(self.label, start, end)
        return None

    def undenied(self, folded: str) -> Iterator[Hit]:
        """Every place where the pattern stands and is not denied."""
        for match in self.expression.finditer(folded):
            if not (self.deniable and denied(match)):
                yield Hit(self.label, *match.span())

    def everywhere(self, folded: str) -> list[Hit]:
        """Every place where the pattern stands, denied or not."""
        return [Hit(self.label, *match.span()) for match in self.expression.finditer(folded)]


class Rules:
    """The patterns of one file, in its order."""

    def __init__(self, patterns: Iterable[Pattern], harmless: Iterable[Pattern] = ()) -> None:
        self.patterns = tuple(patterns)
        self.harmless = tuple(harmless)
        self._spares = _Spares(self.harmless)
        self._index = Index(pattern.needs for pattern in self.patterns)

    def find(self, folded: str, runs: frozenset[str]) -> list[Hit]:
        """The first undenied place of every label, in the order of the file; `runs` are the text's `grams`."""
        found: dict[str, Hit] = {}
        for number in self._index.candidates(folded, runs):
            pattern = self.patterns[number]
            if pattern.label not in found and (hit := self._search(pattern, folded, runs)) is not None:
                found[pattern.label] = hit
        return list(found.values())

    def _search(self, pattern: Pattern, folded: str, runs: frozenset[str]) -> Hit | None:
        hit = pattern.search(folded)
        spared = [] if hit is None else self._spares.places(pattern.label, folded, runs)
        return pattern.search(folded, spared) if spared else hit

    def clear(self, hit: Hit, folded: str, runs: frozenset[str]) -> bool:
        """Does a place that was found in another way stand clear of everything that takes back its label?"""
        places = self._spares.places(hit.label, folded, runs)
        return not any(place.start < hit.end and hit.start < place.end for place in places)

    def find_all(self, folded: str, runs: frozenset[str]) -> list[Hit]:
        """One undenied place for each pattern: how many signs there are, not only which labels."""
        hits = (self.patterns[number].search(folded) for number in self._index.candidates(folded, runs))
        return [hit for hit in hits if hit is not None]

    def find_each(self, folded: str, runs: frozenset[str]) -> list[Hit]:
        """Every undenied place of every pattern, in the order of the text."""
        hits = (
            hit for number in self._index.candidates(folded, runs) for hit in self.patterns[number].undenied(folded)
        )
        return sorted(hits, key=lambda hit: (hit.start, -hit.end))


class _Spares:
    """What takes back the places of each label."""

    def __init__(self, harmless: Iterable[Pattern]) -> None:
        self._patterns: dict[str, list[Pattern]] = defaultdict(list)
        for spare in harmless:
            self._patterns[spare.label].append(spare)
        self._indexes = {label: Index(spare.needs for spare in spares) for label, spares in self._patterns.items()}

    def places(self, label: str, folded: str, runs: frozenset[str]) -> list[Hit]:
        """Every place of a text that is harmless for the label."""
        if label not in self._indexes:
            return []
        numbers = self._indexes[label].candidates(folded, runs)
        return [place for number in numbers for place in self._patterns[label][number].everywhere(folded)]


def denied(match: re.Match[str]) -> bool:
    """Is the place negated: shortly before it, before its last word, or right behind it in the same clause?

    Negations that the pattern itself asks for are its capture groups and do not count.
    """
    text, start, end = match.string, match.start(), match.end()
    inside = match.group()
    for group in range(1, (match.lastindex or 0) + 1):
        if match[group] is not None:
            at, to = match.start(group) - start, match.end(group) - start
            inside = inside[:at] + "_" * (to - at) + inside[to:]
    before = text[max(0, start - 60) : start]
    return (
        _says_no(before, NEGATION_REACH)
        or _says_no(inside.rpartition(" ")[0], NEGATION_REACH - 1)
        or NEGATED_BEHIND.match(text, end) is not None
    )


def _says_no(words: str, reach: int) -> bool:
    """Do the last `reach` words of the clause hold a negation?"""
    clause = CLAUSE_START.split(EMPTY_NEGATIONS.sub(" ", words))[-1]
    return NEGATION_WORDS.search(" ".join(clause.split()[-reach:])) is not None


@cache
def load(name: str) -> Rules:
    """The rules of `data/<name>.toml`; KeyError when a pattern names an unknown class."""
    shared = tomllib.loads((DATA / "classes.toml").read_text(encoding="utf-8"))
    content = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
    classes = {key: words.split() for key, words in {**shared["classes"], **content.get("classes", {})}.items()}
    return Rules(_patterns(content, classes, "labels"), _patterns(content, classes, "harmless"))


def _patterns(content: Mapping[str, Any], classes: Mapping[str, list[str]], table: str) -> Iterator[Pattern]:
    deniable = content.get("deniable", True)
    for label, patterns in content.get(table, {}).items():
        for pattern in patterns:
            yield _compile(label, pattern, classes, deniable=deniable)


def _compile(label: str, pattern: str, classes: Mapping[str, list[str]], *, deniable: bool) -> Pattern:
    folded = fold_pattern(pattern)
    own = OWN_NEGATION.sub(r"(\g<0>)", folded)
    expression = _bounded(MACRO.sub(lambda found: _expand(found[1], classes), own))
    return Pattern(label, re.compile(expression), needs(expression), deniable)


def _bounded(expression: str) -> str:
    return rf"(?<!\w)(?:{expression})"


def _expand(name: str, classes: Mapping[str, list[str]]) -> str:
    if name in GAPS:
        return GAPS[name]
    words = [fold_pattern(word).replace("_", " ") for word in classes[name]]
    whole = "|".join(_word(word) for word in words if not word.startswith("*"))
    ends = "|".join(_word(word[1:]) for word in words if word.startswith("*"))
    either = [rf"\b(?:{whole})"] * bool(whole) + [rf"\b\w*?(?:{ends})"] * bool(ends)
    return f"({either[0]})" if name == "no" else f"(?:{'|'.join(either)})"


def _word(word: str) -> str:
    """A class word as an expression. It starts with a letter, by which Python skips the others of its class quickly."""
    return re.escape(word.rstrip("=")) + (r"\b" if word.endswith("=") else r"\w*")
