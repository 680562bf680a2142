"""A review out of the text of a platform's mail, line by line, by that platform's rule. Pure and linear."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from crawler.pages.mail_rules import Rule
from crawler.pages.values import moment, number

LONGEST = 300
"""A line with more characters is somebody's text and no heading; patterns do not see what is behind."""

BESIDE_STARS = 60
"""So many characters may stand beside the stars in a line that is no sentence."""

LINKS = re.compile(r"[(<\[]? ?https?://[^\s<>\]]+ ?[)>\]]?", re.IGNORECASE)
GLYPHS = re.compile(r"(?P<full>[★⭐✭]\ufe0f?(?: ?[★⭐✭]\ufe0f?)*)(?P<empty>(?: ?[☆✩])*)")
AVERAGE = re.compile(r"durchschnitt|average|insgesamt|aktuell|current|ihre? gesamt|your overall", re.IGNORECASE)
LABELS = re.compile(
    r"[\W\d]*(?:(?:gesamt|kunden|gäste|hotel)?(?:bewertung|rezension|punktzahl|vergeben|abgegeben|sternen?|sonnen?|von)"
    r"\b[\W\d]*|(?:rating|review|score|stars?|suns?|points?|bubbles?|given|rated|overall|out|of|en|n|e|s)\b[\W\d]*)*",
    re.IGNORECASE,
)
MARKS = "*_>| \t\u00a0"
QUOTES = {"„": "“”", "“": "”", '"': '"', "»": "«", "«": "»"}
MONTHS = "jan feb mär apr mai jun jul aug sep okt nov dez jan feb mar apr may jun jul aug sep oct nov dec".split()
GERMAN = re.compile(r"(?P<day>\d{1,2})\.? (?P<month>[a-zä]{3})[a-zä]*\.? (?P<year>\d{4})", re.IGNORECASE)
ENGLISH = re.compile(r"\b(?P<month>[a-z]{3})[a-z]{0,7}\.? (?P<day>\d{1,2}),? (?P<year>\d{4})", re.IGNORECASE)


@dataclass(slots=True)
class Review:
    """What the text of a mail says about one review; `written` is a day."""

    text: str = ""
    author: str = ""
    title: str = ""
    rating: float | None = None
    best: float | None = None
    written: datetime | None = None


def seen(body: str) -> list[str]:
    """The lines of a text as patterns see them: without links, and without marks at their ends."""
    return [LINKS.sub("", line).strip(MARKS) for line in body.split("\n")]


class NoReview(Exception):
    """It is not certain that the text holds one review and where its words begin; the message says why."""


def read_review(rule: Rule, subject: str, body: str) -> Review:
    """The review in the text of a mail. Raises `NoReview`."""
    raw, lines = body.split("\n"), seen(body)
    review = Review()
    _take_stars(rule, review, subject[:LONGEST])
    _take_names(rule, review, subject[:LONGEST], sentence=True)
    begun = _beginning(rule, review, lines)
    if begun is None:
        raise NoReview("no line fits `start`, and none with the stars has words below it")
    at, first = begun
    end = next((n for n in range(at, len(lines)) if rule.fits("end", lines[n][:LONGEST].rstrip(": "))), len(lines))
    if any(line and GLYPHS.fullmatch(line) for line in lines[end:]):
        raise NoReview("below a line that fits `end` another review follows")
    review.text = _unquoted("\n".join([first, *raw[at:end]]).strip())
    silent = review.rating is not None and end < len(lines)
    if not review.text and not silent:
        raise NoReview("no words are left between the line that fits `start` and the one that fits `end`")
    return review


def _beginning(rule: Rule, review: Review, lines: Sequence[str]) -> tuple[int, str] | None:
    """The first whole line of the text, and what of it stands in the line before; the head goes into the review."""
    behind_stars = False
    for at, line in enumerate(lines):
        head = line[:LONGEST]
        if not head:
            continue
        if _take_stars(rule, review, head):
            behind_stars = True
            continue
        start = rule.fits("start", head)
        named = _take_names(rule, review, head, sentence=not behind_stars)
        if start is not None:
            inside = start["text"] if "text" in start.groupdict() else ""
            return at + 1, f"{inside}{line[LONGEST:]}" if inside else ""
        if behind_stars and not named:
            return at, ""
    return None


def _take_stars(rule: Rule, review: Review, line: str) -> bool:
    """Whether the line states the stars. Those that come first count."""
    if AVERAGE.search(line):
        return False
    glyphs = GLYPHS.search(line)
    found = glyphs or rule.find("stars", line)
    if found is None:
        return False
    beside = line[: found.start()] + line[found.end() :]
    if not (LABELS.fullmatch(beside) if glyphs is None and review.rating is not None else len(beside) <= BESIDE_STARS):
        return False
    rating, best = _counted(found) if glyphs else _stated(rule, found)
    if rating is None or best is None or not 0 <= rating <= best:
        return False
    if review.rating is None:
        review.rating, review.best = rating, best
    return True


def _counted(glyphs: re.Match[str]) -> tuple[float | None, float | None]:
    full, empty = (sum(glyphs[part].count(char) for char in "★⭐✭☆✩") for part in ("full", "empty"))
    return float(full), float(full + empty if empty else max(full, 5))


def _stated(rule: Rule, found: re.Match[str]) -> tuple[float | None, float | None]:
    best = found.groupdict().get("best")
    return number(found["stars"]), number(best) if best else rule.best


def _take_names(rule: Rule, review: Review, line: str, *, sentence: bool) -> bool:
    """Whether the line names author, title or day; with `sentence`, author and title may stand inside of it."""
    search = rule.find if sentence else rule.fits
    author, title, written = search("author", line), search("title", line), rule.fits("written", line)
    review.author = review.author or (author["author"].strip(MARKS + ',:–-"“”„') if author else "")
    review.title = review.title or (_unquoted(title["title"].strip()) if title else "")
    review.written = review.written or (day(written["written"]) if written else None)
    return bool(author or title or written)


def day(text: str) -> datetime | None:
    """A day as people write it: everything that `moment` reads, "20. November 2026", "November 20, 2026"."""
    found = GERMAN.search(text) or ENGLISH.search(text)
    name = found["month"].lower() if found else ""
    if found is None or name not in MONTHS:
        return moment(text.strip())
    return moment(f"{found['day']}.{MONTHS.index(name) % 12 + 1}.{found['year']}")


def _unquoted(text: str) -> str:
    """The text without quotation marks around all of it."""
    closing = QUOTES.get(text[:1], "")
    inner = text[1:-1]
    whole = len(text) > 1 and closing and text[-1] in closing and text[0] not in inner
    return inner.strip() if whole else text
