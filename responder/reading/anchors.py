"""Letters that any match of an expression must hold: cheap to look for before the expression itself is tried.

Understands the part of Python's syntax that the rules use: groups, alternatives, classes, quantifiers, look-arounds.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

SHORTEST, LONG = 3, 6
QUANTIFIER = re.compile(r"(?:[?*+]|\{(\d*),?\d*\})[?+]?")
PIECE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(|[^\\\[(]", re.DOTALL)
HOLDING = re.compile(r"\A\?(?::|<?=)")
"""How a group begins whose content stands in every match or around it."""
Anchors = tuple[str, ...]


def needs(expression: str) -> tuple[Anchors, ...]:
    """Groups of strings: of each of them at least one string occurs in every match, and around it.

    A string has three letters or more; without groups nothing can be told.
    """
    branches = [tuple(_of_sequence(branch)) for branch in _split(expression)]
    if len(branches) == 1:
        return branches[0]
    either = tuple(dict.fromkeys(word for branch in branches for word in telling(branch)))
    return (either,) if all(branches) else ()


def needs_of(expression: re.Pattern[str]) -> tuple[Anchors, ...]:
    """What every match of a compiled expression holds; nothing can be told where case does not matter."""
    return () if expression.flags & re.IGNORECASE else needs(expression.pattern)


def telling(groups: Iterable[Anchors]) -> Anchors:
    """The group that hides most: long strings, and few of them; empty when there is none."""
    return max(groups, key=lambda words: min(map(len, words)) / len(words), default=())


def grams(text: str) -> frozenset[str]:
    """All runs of three and of six letters of a text: what an `Index` looks up."""
    short = {text[at : at + SHORTEST] for at in range(len(text) - SHORTEST + 1)}
    return frozenset(short.union(text[at : at + LONG] for at in range(len(text) - LONG + 1)))


class Index:
    """Which of many expressions can match a text at all, found by the first letters of their anchors.

    By six letters where an anchor has as many: few anchors share them, so that hardly any is looked for in vain.
    """

    def __init__(self, expressions: Iterable[Sequence[Anchors]]) -> None:
        numbers: dict[Anchors, int] = {}
        self._needed: list[frozenset[int]] = []
        self._free: set[int] = set()
        self._first: dict[int, list[int]] = defaultdict(list)
        for number, groups in enumerate(expressions):
            self._needed.append(frozenset(numbers.setdefault(group, len(numbers)) for group in groups))
            if groups:
                self._first[numbers[telling(groups)]].append(number)
            else:
                self._free.add(number)
        self._starts = _starts(numbers)
        self._keys = frozenset(self._starts)

    def candidates(self, text: str, runs: frozenset[str]) -> list[int]:
        """Numbers of the expressions worth trying, rising; `runs` are the text's `grams`."""
        held: set[int] = set()
        for start in runs & self._keys:
            for word, groups in self._starts[start]:
                if word in text:
                    held |= groups
        first = (self._first[group] for group in held & self._first.keys())
        return sorted(number for number in self._free.union(*first) if self._needed[number] <= held)


def _starts(numbers: Mapping[Anchors, int]) -> dict[str, list[tuple[str, frozenset[int]]]]:
    """The strings by how they begin, each with the groups that it stands in."""
    groups: dict[str, set[int]] = defaultdict(set)
    for words, number in numbers.items():
        for word in words:
            groups[word].add(number)
    starts: dict[str, list[tuple[str, frozenset[int]]]] = defaultdict(list)
    for word, found in groups.items():
        starts[word[: LONG if len(word) >= LONG else SHORTEST]].append((word, frozenset(found)))
    return dict(starts)


def _of_sequence(sequence: str) -> Iterator[Anchors]:
    """What the parts of a sequence require."""
    run = ""
    for piece, certain in _pieces(sequence):
        literal = _literal(piece)
        if literal and certain:
            run += literal
            continue
        yield from _long_enough(run)
        run = ""
        if certain and piece.startswith("("):
            yield from _of_group(piece)
    yield from _long_enough(run)


def _long_enough(run: str) -> Iterator[Anchors]:
    if len(run) >= SHORTEST:
        yield (run,)


def _of_group(group: str) -> tuple[Anchors, ...]:
    """What a group requires; nothing where it says what must not stand there, or that case does not matter."""
    inner = HOLDING.sub("", group[1:-1])
    return () if inner.startswith("?") else needs(inner)


def _literal(piece: str) -> str:
    """The one character a piece stands for, or nothing."""
    if piece[0] == "\\":
        return "" if piece[1].isalnum() else piece[1]
    return piece if len(piece) == 1 and piece not in ".^$" else ""


def _pieces(sequence: str) -> Iterator[tuple[str, bool]]:
    """The parts of a sequence, each with whether it must occur. A repeated letter ends its run as an uncertain one."""
    at = 0
    while at < len(sequence):
        end = _end_of_piece(sequence, at)
        quantifier = QUANTIFIER.match(sequence, end)
        if quantifier is None:
            yield sequence[at:end], True
            at = end
            continue
        optional = sequence[end] in "?*" or quantifier[1] in ("", "0")
        yield sequence[at:end], not optional and sequence[at] == "("
        at = quantifier.end()


def _end_of_piece(sequence: str, at: int) -> int:
    if sequence[at] != "(":
        found = PIECE.match(sequence, at)
        return found.end() if found else at + 1
    depth = 0
    for piece in PIECE.finditer(sequence, at):
        depth += {"(": 1, ")": -1}.get(piece.group(), 0)
        if depth == 0:
            return piece.end()
    raise ValueError(f"unbalanced parentheses: {sequence}")


def _split(expression: str) -> list[str]:
    """The alternatives at the top level."""
    branches, depth, start = [], 0, 0
    for piece in PIECE.finditer(expression):
        depth += {"(": 1, ")": -1}.get(piece.group(), 0)
        if piece.group() == "|" and depth == 0:
            branches.append(expression[start : piece.start()])
            start = piece.end()
    return [*branches, expression[start:]]
