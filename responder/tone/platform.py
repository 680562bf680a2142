"""F3 and A2: what the outlet can take, and what already stands on the page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import regex

from responder.tone.context import Context
from responder.tone.hits import Hit
from responder.tone.patterns import shape
from responder.tone.reply import Reply, Sentence

_GRAPHEME = regex.compile(r"\X")
_NOISE = regex.compile(r"[^\p{L}\p{N}]+")


def length(text: str, unit: str) -> int:
    """The length of a text in `chars` (code points), `bytes` (UTF-8) or `graphemes` (what a reader sees as one)."""
    if unit == "bytes":
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text) if unit == "chars" else sum(1 for _ in _GRAPHEME.finditer(text))


def fits(text: str, context: Context) -> Iterator[Hit]:
    """F3: a finding over everything beyond the limit. Nothing is ever cut off silently."""
    limit, unit = context.profile.max_len, context.profile.unit
    if limit > 0 and length(text, unit) > limit:
        yield Hit("F3", _fitting(text, limit, unit), len(text), "block", f"too_long_{unit}")


def _fitting(text: str, limit: int, unit: str) -> int:
    """How many code points from the start fit into the limit, whole graphemes only."""
    used = 0
    for grapheme in _GRAPHEME.finditer(text):
        used += 1 if unit == "graphemes" else length(grapheme[0], unit)
        if used > limit:
            return int(grapheme.start())
    return len(text)


def bribes(reply: Reply, context: Context) -> Iterator[Hit]:
    """F3: a better rating that is asked for, and an advantage for a review that is removed, changed or written.

    No catalogue can allow such an advantage (C7).
    """
    if reply.language != "de":
        return
    for sentence in reply.body:
        if all(_says(reply, sentence, what) for what in ("review", "asked", "better")):
            yield Hit("F3", sentence.start, sentence.end, "warn", "better_rating")
        if _says(reply, sentence, "unconditional") or not (
            _says(reply, sentence, "gift") and _says(reply, sentence, "review")
        ):
            continue
        changed, condition = _says(reply, sentence, "changed"), _says(reply, sentence, "condition")
        if (changed and condition) or _says(reply, sentence, "written"):
            worth = _says(reply, sentence, "worth")
            yield Hit("F3", sentence.start, sentence.end, "block" if worth else "warn", "bribe")
            if worth:
                yield Hit("C7", sentence.start, sentence.end, "warn", "promise")


def _says(reply: Reply, sentence: Sentence, what: str) -> bool:
    return shape("de", f"bribe/{what}").search(reply.plain[sentence.start : sentence.end]) is not None


def repeated(reply: Reply, context: Context) -> Iterator[Hit]:
    """A2: no answer equals an earlier one of this case or page; case, blanks and punctuation do not make it new."""
    own = normal(reply.text)
    if not own:
        return
    near = (text for text in (*context.history, *context.taken) if abs(len(text) - len(reply.text)) <= 40)
    if any(normal(text) == own for text in near):
        yield Hit("A2", 0, len(reply.text), "block", "same_answer")


@lru_cache(maxsize=4096)
def normal(text: str) -> str:
    return " ".join(_NOISE.sub(" ", text.casefold()).split())
