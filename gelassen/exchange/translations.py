"""Columns with the same words in several languages, of which a review is read in one: `text_de`, `text_en`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gelassen.exchange.heading_words import folded
from gelassen.exchange.headings import field

LANGUAGES = "de en fr it es pt nl pl tr cs sk da sv fi nb uk ru ja zh ko ar el hu ro bg hr sl et lv lt ca".split()
NAMED = {
    **dict.fromkeys("deutsch german allemand tedesco aleman alemao niemiecki almanca".split(), "de"),
    **dict.fromkeys("english englisch anglais inglese ingles angielski ingilizce".split(), "en"),
    **dict.fromkeys("french franzosisch francais francese frances fransizca".split(), "fr"),
    **dict.fromkeys("italian italienisch italiano italien".split(), "it"),
    **dict.fromkeys("spanish spanisch espanol espagnol spagnolo".split(), "es"),
    **dict.fromkeys("polish polnisch polski polonais".split(), "pl"),
    **dict.fromkeys("turkish turkisch turkce turc turco".split(), "tr"),
    **dict.fromkeys("russian russisch russe russo ruso".split(), "ru"),
    **dict.fromkeys("dutch niederlandisch nederlands".split(), "nl"),
}
"""Languages as headings call them."""

LANGUAGE = "|".join([*LANGUAGES, *NAMED])
TRANSLATED = re.compile(rf"(?P<stem>.+?)[ _.\-(\[]+(?:in |auf |en )?(?P<language>{LANGUAGE})[)\]]?", re.IGNORECASE)
HUMPED = re.compile(rf"(?P<stem>.*[a-z])(?P<language>{'|'.join([one.title() for one in LANGUAGES])})")
PREFIXED = re.compile(rf"(?P<language>{LANGUAGE})[_.\-]+(?P<stem>.+)", re.IGNORECASE)
WORDS = {"text", "title", "pros", "cons"}


def without_languages(header: Sequence[str], body: Sequence[Sequence[str]]) -> list[str]:
    """The headings, those of translations without their language, so that the first that is filled counts.

    Where all lines declare one language and are written in it, only the column of that language is called so.
    """
    told = [_parted(name) for name in header]
    stems = [stem for stem, _ in told if stem]
    declared = _declared(header, body)
    whole = {one for place, one in enumerate(told) if all(any(cells[place : place + 1]) for cells in body)}
    names = list(header)
    for place, (stem, language) in enumerate(told):
        if stem and stem in header and not field(header[place]):
            names[place] = _unread(stem, language)
        elif stem and stem not in header and (stems.count(stem) > 1 or not field(header[place])):
            wanted = declared if (stem, declared) in whole else language
            names[place] = stem if language == wanted or stems.count(stem) == 1 else _unread(stem, language)
    return names


def _parted(name: str) -> tuple[str, str]:
    """The heading without its language, and the language; nothing where it has none."""
    for form in (TRANSLATED, HUMPED, PREFIXED):
        found = form.fullmatch(folded(name.strip()) if form is TRANSLATED else name.strip())
        if found and field(found["stem"]) in WORDS:
            language = found["language"].casefold()
            return found["stem"], NAMED.get(language, language)
    return "", ""


def _declared(header: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    """The language that all lines declare; nothing where they declare several, or none."""
    places = [place for place, name in enumerate(header) if field(name) == "language"]
    said = {cells[at].strip().casefold()[:2] for at in places for cells in body if at < len(cells)} - {""}
    return said.pop() if len(said) == 1 else ""


def _unread(stem: str, language: str) -> str:
    """What a translation is called that nobody reads: no word of it is known."""
    return f"{stem} translated {language}"
