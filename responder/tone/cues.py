"""What a sentence speaks of: broad cues (data/<language>/cues.toml), alone and in pairs, for the sentence model.

A cue alone proves nothing ("you", "too late"); two of them together often do. How much is learned, not written down.
"""

from __future__ import annotations

import itertools
import re
from functools import cache

from responder.tone.data import load
from responder.tone.patterns import compiled

ALONE, TOGETHER = 1.5, 1.0
"""How much a cue and a pair of cues count, beside letter runs and words that count 1 in all."""


@cache
def _cues(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, compiled(find, language)) for name, find in load(f"{language}/cues")["cues"].items())


def cues(plain: str, language: str = "de") -> dict[str, float]:
    """The cues of a sentence (in the form of `Reply.plain`) and what each counts; a pair is named `one+other`."""
    alone = [name for name, find in _cues(language) if find.search(plain)]
    pairs = {f"{one}+{other}": TOGETHER for one, other in itertools.combinations(alone, 2)}
    return dict.fromkeys(alone, ALONE) | pairs
