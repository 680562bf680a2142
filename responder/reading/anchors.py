"""Letters that any match of an expression must hold: cheap to look for before the expression itself is tried.

Understands the part of Python's syntax that the rules use: groups, alternatives, classes, quantifiers, look-arounds.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

SHORTEST, LONG = 3, 6
QUANTIFIER = re.compile(r"(?:[?*+]|\{(\d*),?\d*\})[?+]?")
PIECE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(|[^\\\[(]", re.DOTALL)
Anchors = tuple[str, ...]


def anchors(expression: str) -> Anchors:
    """Strings of which at least one occurs in every match; empty when none of three letters or more can be told."""
    branches = [_of_sequence(branch) for branch in _split(expression)]
    return tuple(dict.fromkeys(word for branch in branches for word in branch)) if all(branches) else ()


def grams(text: str) -> frozenset[str]:
    """All runs of three and of six letters of a text: what an `Index` looks up."""
    short = {text[at : at + SHORTEST] for at in range(len(text) - SHORTEST + 1)}
    return frozenset(short.union(text[at : at + LONG] for at in range(len(text) - LONG + 1)))


class Index:
    """Which of many expressions can match a text at all, found by the first letters of their anchors.

    By six letters where an anchor has as many: few anchors share them, so that hardly any is looked for in vain.
    """

    def __init__(self, expressions: Iterable[Anchors]) -> None:
        self._free: set[int] = set()
        self._starts: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        for number, words in enumerate(expressions):
            for word in words:
                self._starts[word[: LONG if len(word) >= LONG else SHORTEST]][word].add(number)
            if not words:
                self._free.add(number)

    def candidates(self, text: str, runs: frozenset[str]) -> list[int]:
        """Numbers of the expressions worth trying, rising; `runs` are the text's `grams`."""
        found = set(self._free)
        for start in runs & self._starts.keys():
            for word, numbers in self._starts[start].items():
                if word in text:
                    found |= numbers
        return sorted(found)


def _of_sequence(sequence: str) -> Anchors:
    """The best of what the parts of a sequence require."""
    found: list[Anchors] = []
    run = ""
    for piece, certain in _pieces(sequence):
        literal = _literal(piece)
        if literal and certain:
            run += literal
            continue
        found.append((run,))
        run = ""
        if certain and piece.startswith("("):
            found.append(_of_group(piece))
    found.append((run,))
    usable = [words for words in found if words and min(map(len, words)) >= SHORTEST]
    return max(usable, key=lambda words: min(map(len, words)) / len(words), default=())


def _of_group(group: str) -> Anchors:
    inner = group[1:-1]
    if inner.startswith(("?=", "?!", "?<=", "?<!")):
        return ()
    return anchors(inner.removeprefix("?:"))


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
