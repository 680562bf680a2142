"""Business days and how a date is said: pure functions of a date, a country and a locale."""

from __future__ import annotations

from datetime import date, time, timedelta
from functools import cache

_SATURDAY = 5
_DAYS = {
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split(),
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche".split(),
    "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica".split(),
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
}
_MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split(),
    "en": "January February March April May June July August September October November December".split(),
}


_FIRST = {"fr": "1er", "it": "1º"}
"""How the first of a month is written."""


def is_business_day(day: date, country: str, region: str = "") -> bool:
    """Whether people work on `day`: Monday to Friday and no public holiday of the country or region."""
    return day.weekday() < _SATURDAY and day not in _public_holidays(country, region, day.year)


def next_business_day(today: date, country: str, region: str = "", n: int = 1) -> date:
    """The n-th business day after `today`; `today` itself never counts. `n` below 1 is a ValueError."""
    if n < 1:
        raise ValueError("n counts business days after today and starts at 1")
    day = today
    while n:
        day += timedelta(days=1)
        n -= is_business_day(day, country, region)
    return day


def say_day(day: date, locale: str) -> str:
    """The weekday's name: "Dienstag"."""
    return _DAYS[_language(locale)][day.weekday()]


def say_date(day: date, locale: str) -> str:
    """Weekday, day and month as that locale writes it: "Dienstag, 24. November", AT "Jänner"; "mardi 24 novembre"."""
    language = _language(locale)
    month = _MONTHS[language][day.month - 1]
    if language != "de":
        return f"{say_day(day, locale)} {_FIRST.get(language, '1') if day.day == 1 else day.day} {month}"
    if locale == "de-AT" and day.month == 1:
        month = "Jänner"
    return f"{say_day(day, locale)}, {day.day}. {month}"


def say_plain_date(day: date, locale: str) -> str:
    """Day and month without the weekday, for a day that is over: "20. November"."""
    return say_date(day, locale).partition(" ")[2]


def say_short_date(day: date, locale: str) -> str:
    """The date in few characters, for outlets with little room: "24.11.", English "24 Nov", French "24/11"."""
    language = _language(locale)
    if language == "en":
        return f"{day.day} {_MONTHS['en'][day.month - 1][:3]}"
    if language != "de":
        return f"{day.day}/{day.month}"
    return f"{day.day}.{day.month}."


def say_time(moment: time, locale: str) -> str:
    """The time of day: "15 Uhr", "15.30 Uhr" (Switzerland and Austria), "15:30 Uhr" (Germany), English "3:30 pm"."""
    if _language(locale) != "de":
        minutes = f":{moment.minute:02}" if moment.minute else ""
        return f"{(moment.hour - 1) % 12 + 1}{minutes} {'am' if moment.hour < 12 else 'pm'}"
    separator = ":" if locale == "de-DE" else "."
    minutes = f"{separator}{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour}{minutes} Uhr"


def _language(locale: str) -> str:
    return locale[:2] if locale[:2] in _DAYS else "en"


@cache
def _public_holidays(country: str, region: str, year: int) -> frozenset[date]:
    """The year's holidays; an unknown region counts as none, so that a typing error cannot stop an answer."""
    import holidays  # here, because the page's process loads this module and asks for a date only now and then

    try:
        found = holidays.country_holidays(country, subdiv=region or None, years=year)
    except NotImplementedError:
        found = holidays.country_holidays(country, years=year)
    return frozenset(found)
