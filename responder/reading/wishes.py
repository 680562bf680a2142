"""What is asked for, told by a word of wishing and what is wished that meet in one sentence (`data/want_grids.toml`).

The mood does not hear what is found here, only what the phrases of `wants.toml` tell.
"""

from __future__ import annotations

from collections.abc import Sequence

from responder.reading import grids
from responder.reading.document import Document
from responder.reading.rules import Hit, load
from responder.reading.scope import WANTED
from responder.reading.tokens import Token

BIDDING = frozenset({"bitte", "bitt", "please"})


def wants(document: Document, ruled: Sequence[Hit]) -> list[Hit]:
    """The wants that rules have found (`ruled`), and those told only by concepts that meet."""
    known, named = grids.load("want_grids"), {hit.label for hit in ruled}
    met = known.find(known.look(_stated(document)))
    clear = load("wants").clear
    return [*ruled, *(hit for hit in met if hit.label not in named and clear(hit, document.folded, document.runs))]


def bids(document: Document) -> bool:
    """Does the writer say "please", so that even somebody who is pleased asks for something?"""
    return any(token.word in BIDDING for token in document.words)


def _stated(document: Document) -> list[Token]:
    """The words outside speech of others and outside what is turned down."""
    left_out = [(found.start, found.end) for found in document.unsaid if found.kind in WANTED]
    if not left_out:
        return document.words
    return [token for token in document.words if not any(start <= token.start < end for start, end in left_out)]
