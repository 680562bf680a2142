"""Reading and drafting against textblob-de's sentiment alone, over the same posts of 500 characters, one after another.

`READINGS` posts are to be read in a second of processor time, drafting is to do `SHARE` of what sentiment alone does,
and the process must not grow beyond `MEMORY_MB`.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from importlib import import_module
from itertools import count

from bench.local import ROOT, figure, sized
from responder.drafting import DraftRequest, draft
from responder.profile import Profile
from responder.reading import read
from responder.reading.model import Reading, Text

ROUNDS, POSTS, LENGTH = sized(3), sized(150), 500
READINGS, SHARE, MEMORY_MB = 150, 0.8, 450
CORPUS = ROOT / "responder/reading/corpus/own_wants_risks.jsonl"
PROFILE = Profile(business="Möbel Lindner", sector="shop", signature="Jana Brandt", today=date(2026, 11, 26))


def posts() -> list[Text]:
    """Posts of `LENGTH` characters, each put together from sentences that stand in no other one."""
    sentences = iter(json.loads(line)["text"] for line in CORPUS.read_text("utf-8").splitlines())
    found: list[Text] = []
    while len(found) < POSTS:
        text = ""
        while len(text) < LENGTH:
            text += next(sentences) + " "
        found.append(Text(text[:LENGTH], rating=len(found) % 5 + 1))
    return found


def seconds(work: Callable[..., object], *given: object) -> float:
    """Processor seconds that the work takes."""
    started = time.process_time()
    work(*given)
    return time.process_time() - started


def sentiments(texts: list[Text]) -> None:
    """What textblob-de gives to anybody who asks for a sentiment; its other tokenizer would have to be downloaded."""
    blob = import_module("textblob_de")
    for text in texts:
        _ = blob.TextBlobDE(text.text, tokenizer=blob.PatternTokenizer()).sentiment


def drafts(texts: list[Text], readings: list[Reading], numbers: count[int]) -> None:
    """One answer to each, chosen by another key every time, as in the daemon."""
    for text, reading in zip(texts, readings, strict=True):
        draft(DraftRequest(reading, text, PROFILE, key=str(next(numbers))))


def main() -> int:
    """Measure and print; posts differ from round to round, so that nothing that was remembered helps."""
    texts, numbers = posts(), count()
    warm = texts[:5]
    sentiments(warm)
    drafts(warm, [read(text) for text in warm], numbers)
    alone, reading, drafting = [], [], []
    for _ in range(ROUNDS):
        readings: list[Reading] = []
        alone.append(seconds(sentiments, texts))
        reading.append(seconds(lambda found: found.extend(map(read, texts)), readings))
        drafting.append(seconds(drafts, texts, readings, numbers))
    figure("reading", "CPU ms a post", zip(alone, reading, strict=True), None, 1000 / POSTS)
    figure("drafting", "CPU ms a post", zip(alone, drafting, strict=True), 1 / SHARE, 1000 / POSTS)
    figure("reading, of what is allowed", "CPU ms a post", [(1000 / READINGS, 1000 * min(reading) / POSTS)], 1)
    figure("memory, of what is allowed", "MB", [(MEMORY_MB, memory_mb())], 1)
    return 0


def memory_mb() -> float:
    """The most that this process ever used."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
