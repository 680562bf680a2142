"""textblob-de's polarity: one minor signal. Imported with the first German text; nothing is ever downloaded.

Its lemmatiser tags every sentence anew, which would take most of the time of a reading, and looks at words in
context only to choose a tag that the polarity does not use. So each word is lemmatised once and remembered.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import Any

LONGEST = 1500
STEM = 5


def polarity(written: str) -> float:
    """From -1 to 1; 0 where textblob-de knows none of the words."""
    lemmas = [lemma(word) for word in written[:LONGEST].split()]
    value = float(_analyser().analyze(" ".join(lemmas)).polarity)
    return max(-1.0, min(1.0, value))


@lru_cache(maxsize=65536)
def lemma(word: str) -> str:
    """The base form of a word as textblob-de sees it, marks around it kept."""
    letters = word.strip(".,;:!?()\"'„“”»«…-")
    if not letters.isalpha() or letters[:STEM].lower() not in _known_beginnings():
        return word
    found = _lemmatiser().lemmatize(letters.lower())
    return word.replace(letters, found[0][0]) if found else word


@cache
def _known_beginnings() -> frozenset[str]:
    """How the words begin whose polarity textblob-de knows; no other word is worth lemmatising."""
    from textblob_de import sentiments

    _analyser()
    return frozenset(str(word)[:STEM].lower() for word in sentiments.sentiment)


@cache
def _analyser() -> Any:
    with _old_library():
        from textblob_de import sentiments

        library: Any = sentiments
        analyser = library.PatternAnalyzer(lemmatize=False)
        analyser.analyze("gut")
        return analyser


@cache
def _lemmatiser() -> Any:
    with _old_library():
        from textblob_de import lemmatizers, tokenizers

        library: Any = lemmatizers
        tokens: Any = tokenizers
        lemmatiser = library.PatternParserLemmatizer(tokenizer=tokens.PatternTokenizer())
        lemmatiser.lemmatize("Wir gingen ungute Blorftungen kaufen")  # one of each kind, so that every list is read
        return lemmatiser


@contextmanager
def _old_library() -> Iterator[None]:
    """textblob holds escapes that newer Pythons warn about and leaves its word lists open; only that is hidden."""
    with warnings.catch_warnings():
        for category in (DeprecationWarning, SyntaxWarning, ResourceWarning):
            warnings.simplefilter("ignore", category)
        yield


def warm_up() -> None:
    """Load textblob-de's word lists now."""
    polarity("Ein guter Tag")
