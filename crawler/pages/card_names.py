"""Names as cards show them, and whether words can be one."""

from __future__ import annotations

import re

from crawler.pages import card_words as words
from crawler.pages.values import moment

DAY = re.compile(
    r"\d{4}-\d\d-\d\d"
    r"|\d{1,2}[./]\s?\d{1,2}[./]\s?(?:\d{4}|\d{2})\b|\d{1,2}\.? [^\W\d_]{3,12}\.?,? \d{4}"
    r"|[^\W\d_]{3,12}\.? \d{1,2},? \d{4}"
)
BETWEEN = re.compile(r"(?<!\s)[^\S\n]*+[·•|\n]\s*+|(?<!\s)\s++[–—-]\s++")
LONGEST_NAME = 60
MOST_WORDS_OF_A_NAME = 6


def cleaned(text: str) -> str:
    """A name without dashes, "von", the place behind it, the day, and "says:"."""
    first = BETWEEN.split(_undashed(text.strip()), maxsplit=1)[0]
    first = DAY.sub("", words.BY.sub("", first, count=1) if words.BY.match(first) else first)
    return _trim(words.SAYS.sub("", first))


def _undashed(text: str) -> str:
    dash = words.DASHED.match(text)
    return text[dash.end() :] if dash else text


def _trim(name: str) -> str:
    for word in (" am", " on", " le", " schrieb am"):
        name = name.rstrip(" ,:;-–—|").removesuffix(word)
    return name.strip(' ,:;"„“”|–—')


def looks_like_a_name(text: str) -> bool:
    """Whether somebody can be called that: a few words that begin like a name and are no sentence."""
    number = len(text.split())
    letters = sum(map(str.isalpha, text))
    if letters < 2 or number > MOST_WORDS_OF_A_NAME or len(text) > LONGEST_NAME:
        return False
    if text.endswith(("?", "!", "…")) or any(sign in text for sign in ":→@%"):
        return False
    return not (words.HEADING.search(text) or words.META.search(text) or moment(text))


def is_like_a_person(text: str) -> bool:
    """The same for a name that nothing marks as one: every word of it begins as names do."""
    whole = [word for word in text.replace("(", " ").split() if word not in words.PARTICLES and word[0].isalpha()]
    is_written_so = bool(whole) and len(whole) <= 4 and all(word[0].isupper() for word in whole)
    return is_written_so and looks_like_a_name(text) and not words.NO_PERSON.search(text)


def unquoted(text: str) -> str:
    """A text without the marks around all of it."""
    is_quoted = len(text) > 2 and text[0] + text[-1] in words.QUOTES
    return text[1:-1].strip() if is_quoted else text
