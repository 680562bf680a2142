"""A post prepared for reading once: title and text in one folded form, its words, and the way back to the text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from responder.reading.anchors import grams
from responder.reading.model import Span, Text
from responder.reading.normalise import fold
from responder.reading.scope import Stretch, Unsaid, stretches, without
from responder.reading.tokens import Token, tokens


@dataclass(frozen=True, slots=True)
class Document:
    """`folded` is the folded title, a line break and the folded text; `written` the same as the customer wrote it.

    `runs` are the letter runs of `folded` by which rules are looked up; `unsaid` is where nothing is stated.
    """

    written: str
    folded: str
    words: list[Token]
    runs: frozenset[str]
    origins: tuple[int, ...]
    shift: int
    length: int
    unsaid: tuple[Stretch, ...]

    def outside(self, kinds: tuple[Unsaid, ...]) -> str:
        """`folded` without the stretches of these kinds, everything else in its place."""
        return without(self.folded, self.unsaid, kinds)

    def states(self, start: int, end: int, kinds: tuple[Unsaid, ...]) -> bool:
        """Does the piece `start:end` of `written` stand outside every stretch of these kinds?"""
        places = [self.written_at(found.start, found.end) for found in self.unsaid if found.kind in kinds]
        return not any(begin <= start and end <= stop for begin, stop in places)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Code points of the post's text behind a piece of the folded form; (0, 0) when it stands in the title."""
        return self.written_place(*self.written_at(start, end))

    def written_at(self, start: int, end: int) -> tuple[int, int]:
        """Where in `written` a piece of the folded form stands; a letter that became two is never cut."""
        stop = max(self.origins[end - 1] + 1, self.origins[end]) if end > start else self.origins[start]
        return self.origins[start], stop

    def written_place(self, start: int, end: int) -> tuple[int, int]:
        """Code points of the post's text behind a piece of `written`; (0, 0) when it stands in the title."""
        begin, stop = max(0, start - self.shift), min(self.length, end - self.shift)
        return (begin, stop) if stop > begin else (0, 0)

    def span(self, label: str, start: int, end: int) -> Span:
        return Span(*self.place(start, end), label)


@lru_cache(maxsize=2)
def prepare(text: Text) -> Document:
    """The document of a post. The last ones are remembered: one answer looks at its post from several sides."""
    written = f"{text.title}\n{text.text}" if text.title else text.text
    folded = fold(written)
    shift = len(written) - len(text.text)
    words, runs = tokens(folded.text), grams(folded.text)
    unsaid = stretches(folded.text, runs)
    return Document(written, folded.text, words, runs, folded.origins, shift, len(text.text), unsaid)
