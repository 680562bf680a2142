"""C6: something happens, and by a day that can be named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from responder.tone.context import Context
from responder.tone.harsh import any_harsh, unkind
from responder.tone.hits import Hit
from responder.tone.patterns import shape
from responder.tone.reply import Reply

VAGUE = 0.5
"""From this score on a step without a time is one that nobody can check ("Wir haben das weitergegeben")."""

_DAYS = "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split()
_MONTHS = "Jänner Februar März April Mai Juni Juli August September Oktober November Dezember".split()
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_ENGLISH_MONTHS = "January February March April May June July August September October November December".split()
_QUIET = {(1, 1), (5, 1), (12, 24), (12, 25), (12, 26), (12, 31)}


def actions(reply: Reply, context: Context) -> Iterator[Hit]:
    """A complaint answered without a step, and a step announced without a time."""
    if reply.language not in ("de", "en") or reply.situation not in ("complaint", "risk"):
        return
    timed, announced, stepped = _has(reply, "time"), _has(reply, "announced"), _step(reply)
    last = reply.body[-1] if reply.body else reply.first
    if context.kind == "holding" and not timed:
        yield Hit("C6", last.start, last.end, "warn", "no_time")
    elif not stepped and (reply.situation == "complaint" or (any_harsh(reply) and not timed)):
        yield Hit("C6", last.start, last.end, "warn", "no_action", _with_step(last.text, reply, context))
    elif announced and not timed and not _has(reply, "vague"):
        yield Hit("C6", *announced.span(), "warn", "no_time")


def _step(reply: Reply) -> bool:
    """True when a sentence names a step or a time and is not itself a reproach, a lecture or an excuse."""
    bad = {item.sentence.end for item in reply.weighed if unkind(item)}
    vague = {item.sentence.end for item in reply.weighed if item.scores["C6"] > VAGUE}
    action, time = (shape(reply.language, f"action/{key}") for key in ("action", "time"))
    for sentence in reply.body:
        end = min(sentence.end, reply.signature_start)
        if end in bad:
            continue
        if time.search(reply.plain, sentence.start, end):
            return True
        if end not in vague and action.search(reply.plain, sentence.start, end):
            return True
    return False


def _has(reply: Reply, what: str) -> re.Match[str] | None:
    return shape(reply.language, f"action/{what}").search(reply.plain)


def _with_step(sentence: str, reply: Reply, context: Context) -> str:
    day = likely_day(context.profile.today, context.profile.locale)
    if reply.language == "en":
        return f"{sentence} I will look into it and reply to you here by {day}."
    you = "dir" if context.profile.address == "du" else "Ihnen"
    return f"{sentence} Ich kläre das und antworte {you} hier bis {day}."


def likely_day(today: date, locale: str) -> str:
    """A working day after tomorrow in words, as a proposal; the person decides whether it can be kept."""
    day = today + timedelta(days=2)
    while day.weekday() > 4 or (day.month, day.day) in _QUIET:
        day += timedelta(days=1)
    if locale == "en":
        return f"{_WEEKDAYS[day.weekday()]}, {day.day} {_ENGLISH_MONTHS[day.month - 1]}"
    month = "Januar" if day.month == 1 and locale != "de-AT" else _MONTHS[day.month - 1]
    return f"{_DAYS[day.weekday()]}, {day.day}. {month}"
