"""Each sentence of a reply weighed by a model of labelled sentences, for words that no list of phrases has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path

from responder.reading.linear import Linear, from_bytes
from responder.tone.cues import cues
from responder.tone.reply import Reply, Sentence, Weighed

FEWEST_WORDS = 4
"""So few words say too little to be judged by a model."""


@cache
def shipped() -> Linear:
    """The model that comes with the program."""
    return from_bytes((Path(__file__).parent / "data" / "sentences.model").read_bytes())


def weighed(reply: Reply) -> Reply:
    """The reply with its sentences weighed; the model has learned German only."""
    if reply.language != "de":
        return reply
    return replace(
        reply,
        weighed=tuple(
            Weighed(sentence, _scores(sentence.text, reply.plain[sentence.start : sentence.end]))
            for sentence in _spoken(reply)
        ),
    )


@lru_cache(maxsize=1024)
def _scores(written: str, plain: str) -> Mapping[str, float]:
    """Remembered, because a drafter tries the same sentences in many answers."""
    return shipped().scores(written, cues(plain))


def _spoken(reply: Reply) -> Iterator[Sentence]:
    """The sentences of the body without greeting and signature; none that still has a gap."""
    for sentence in reply.body:
        start, end = max(sentence.start, reply.greeting_end), min(sentence.end, reply.signature_start)
        if len(reply.text[start:end].split()) >= FEWEST_WORDS and "[" not in reply.text[start:end]:
            yield Sentence(start, end, reply.text[start:end])
