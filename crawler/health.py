"""Whether a source is well, judged from what its looks saw. Pure: memory, look and time in, memory and verdict out.

Each sign has to be far outside what this very source has shown before, and most have to stand for two looks, so that
one odd answer alarms nobody. A quiet source is no fault: silence counts only when it is longer than four times the
longest pause ever seen, sixteen times the mean pause, and four weeks (a season, until a whole year is known). If posts
come at random, a pause of sixteen means happens about once in a hundred thousand pauses after forty posts, once in
fifteen thousand after ten; four times the longest pause also stands for places that are closed in winter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any

from crawler.items import Saw
from crawler.vitals import Doubt, Vitals, seconds

DAY = 86400

LOST, UNREAD, WORDLESS, FEWER = "lost", "unread", "wordless", "fewer"
BEHIND, SILENT, TROUBLE = "behind", "silent", "trouble"

TWICE = (2, 0)
PATIENCE = {LOST: TWICE, UNREAD: TWICE, WORDLESS: TWICE, FEWER: TWICE, BEHIND: (4, DAY), SILENT: (1, 0)}
"""So many looks in a row, over so many seconds, until a sign is told to people. A count may lag behind its list."""

LASTING = (UNREAD, WORDLESS, FEWER, BEHIND)
"""Signs that a page still shows when the server says it has not changed."""

READ_WELL = ("", BEHIND, SILENT)
"""With these the page itself was read as it should be."""

FEW, LEAST_LIST, LOOKS_FOR_USUAL, STEADY = 0.6, 4, 5, 0.8
LEAST_UNREAD, SHARE_UNREAD = 2, 0.25
MOST_WORDLESS, USUAL_WORDLESS = 0.8, 0.3
LEAD, LEAD_SHARE, LEAST_COVERED = 2, 0.02, 5
STRAYS_NEEDED, STRAY_LEAD, STRAY_FACTOR = 12, 3, 5
PAUSES_NEEDED, TIMES_LONGEST, TIMES_MEAN = 10, 4, 16
SHORTEST_SILENCE, SHORTEST_IN_FIRST_YEAR, YEAR = 28 * DAY, 90 * DAY, 365 * DAY


@dataclass(frozen=True, slots=True)
class Verdict:
    """`sign` is a machine word, empty when all is well, `why` its sentence. Not `told` yet means: wait for more."""

    sign: str = ""
    why: str = ""
    told: bool = False

    @property
    def reason(self) -> str:
        """What people are told about the state of the source."""
        return self.why if self.told else ""


def judge(kept: dict[str, Any], saw: Saw, now: datetime) -> tuple[dict[str, Any], Verdict]:
    """What to remember from now on, and how the source is. For looks that ended well or found posts lost."""
    vitals = Vitals.of(kept, now)
    vitals.note_times(saw, now)
    vitals.note_share(saw)
    found = {sign: why for sign, look in SIGNS.items() if (why := look(vitals, saw, now))}
    if saw.listed is None and not saw.lost:
        found |= {sign: doubt.why for sign, doubt in vitals.doubts.items() if sign in LASTING}
    vitals.doubts = {sign: _doubt(sign, vitals.doubts.get(sign), why, now) for sign, why in found.items()}
    if not {LOST, UNREAD, WORDLESS, FEWER} & found.keys():
        vitals.note_list(saw)
    if BEHIND not in found:
        vitals.note_count(saw)
    return vitals.kept(), _verdict(vitals, now)


def _doubt(sign: str, before: Doubt | None, why: str, now: datetime) -> Doubt:
    """One look more; not counted beyond what is needed, so that a lasting trouble changes nothing any more."""
    if before is None:
        return Doubt(1, seconds(now), why)
    return Doubt(min(before.looks + 1, PATIENCE[sign][0]), before.since, why)


def _verdict(vitals: Vitals, now: datetime) -> Verdict:
    """The first sign that has stood long enough, else the first one that is only a suspicion."""
    suspicion = Verdict()
    for sign, doubt in vitals.doubts.items():
        looks, span = PATIENCE[sign]
        if doubt.looks >= looks and seconds(now) - doubt.since >= span:
            return Verdict(sign, doubt.why, told=True)
        suspicion = suspicion if suspicion.sign else Verdict(sign, doubt.why)
    return suspicion


def lost(_vitals: Vitals, saw: Saw, _now: datetime) -> str:
    """Posts stood here, now there is none."""
    return saw.lost


def unread(vitals: Vitals, saw: Saw, _now: datetime) -> str:
    """Markedly more posts than usual stand there but cannot be read."""
    if not vitals.unread or saw.listed is None or saw.unread < LEAST_UNREAD:
        return ""
    met = saw.listed + saw.unread
    if saw.unread <= met * SHARE_UNREAD or saw.unread <= 2 * max(vitals.unread) + 1:
        return ""
    return f"{saw.unread} of {met} posts could not be read. The page may have a new layout; look at it in a browser."


def wordless(vitals: Vitals, saw: Saw, _now: datetime) -> str:
    """Nearly all texts are gone from a page that was full of them; only stars are left."""
    if saw.listed is None or saw.listed < LEAST_LIST or saw.wordless < MOST_WORDLESS * saw.listed:
        return ""
    if not vitals.listed or sum(vitals.wordless) > USUAL_WORDLESS * sum(vitals.listed):
        return ""
    return f"{saw.wordless} of {saw.listed} posts have lost their text. The page may have a new layout."


def fewer(vitals: Vitals, saw: Saw, _now: datetime) -> str:
    """The first page lists markedly fewer than it ever did of late, and the platform's count does not explain it."""
    if saw.elastic or not saw.listed or not vitals.listed:
        return ""
    usual = int(median(vitals.listed))
    if usual < LEAST_LIST or saw.listed > FEW * min(vitals.listed) or not _length_is_known(vitals):
        return ""
    if vitals.total is not None and saw.total is not None and 2 * (vitals.total - saw.total) >= usual - saw.listed:
        return ""
    return f"The list shows {saw.listed} of usually {usual} posts. Part of the page may have a new layout."


def _length_is_known(vitals: Vitals) -> bool:
    """Whether a short list means anything: it showed everything that is counted, or has been steady for some looks."""
    if vitals.total is not None:
        return vitals.complete or len(vitals.listed) >= LOOKS_FOR_USUAL
    return len(vitals.listed) >= LOOKS_FOR_USUAL and min(vitals.listed) >= STEADY * max(vitals.listed)


def behind(vitals: Vitals, saw: Saw, _now: datetime) -> str:
    """The platform counts more than we found, or goes on counting while nothing new arrives."""
    if saw.total is None or saw.known is None:
        return ""
    if vitals.covered:
        lead, tolerance = saw.total - saw.known, max(LEAD, saw.total * LEAD_SHARE)
        trusted = saw.total >= LEAST_COVERED
    else:
        lead = 0 if saw.new or vitals.anchor is None else saw.total - vitals.anchor
        tolerance = max(STRAY_LEAD, STRAY_FACTOR * max(vitals.strays, default=0))
        trusted = len(vitals.strays) >= STRAYS_NEEDED
    if not trusted or lead <= tolerance:
        return ""
    return f"The place counts {lead} posts that could not be found there. Its list may be sorted or cut in a new way."


def silent(vitals: Vitals, _saw: Saw, now: datetime) -> str:
    """Nothing new for far longer than this source's own rhythm explains."""
    if len(vitals.times) <= PAUSES_NEEDED or vitals.rhythm is None or vitals.oldest is None:
        return ""
    quiet = seconds(now) - max(vitals.times[-1], vitals.since)
    floor = SHORTEST_SILENCE if seconds(now) - vitals.oldest >= YEAR else SHORTEST_IN_FIRST_YEAR
    if quiet <= max(floor, TIMES_LONGEST * vitals.longest, TIMES_MEAN * vitals.rhythm):
        return ""
    return (
        f"Nothing new for {quiet // DAY} days, far longer than any pause before. Look whether people still write there."
    )


SIGNS: dict[str, Callable[[Vitals, Saw, datetime], str]] = {
    LOST: lost, UNREAD: unread, WORDLESS: wordless, FEWER: fewer, BEHIND: behind, SILENT: silent,
}  # fmt: skip
"""All signs, the surest first."""
