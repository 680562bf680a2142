"""Who was treated how, where and why, as a neutral clause: "Ihre Mutter am Schalter wegen ihrer Sprache …". Pure.

What the post does not say itself is left out; where nobody is named as treated so, there is no clause and only the
ground is named ("der Umgang mit einem Assistenzhund").
"""

from __future__ import annotations

import re
from dataclasses import replace

from responder.playbook.grammar import compile_phrase
from responder.playbook.model import Concern, Matter

_KIN = {
    "mann": "Ihr dein Mann sein", "frau": "Ihre deine Frau ihr", "mutter": "Ihre deine Mutter ihr",
    "mama": "Ihre deine Mutter ihr", "vater": "Ihr dein Vater sein", "papa": "Ihr dein Vater sein",
    "schwester": "Ihre deine Schwester ihr", "bruder": "Ihr dein Bruder sein", "tochter": "Ihre deine Tochter ihr",
    "sohn": "Ihr dein Sohn sein", "kumpel": "Ihr dein Freund sein", "neffe": "Ihr dein Neffe sein",
    "nichte": "Ihre deine Nichte ihr", "nachbar": "Ihr dein Nachbar sein", "nachbarin": "Ihre deine Nachbarin ihr",
    "kind": "Ihr dein Kind sein", "baby": "Ihr dein Baby sein",
    "enkel": "Ihr dein Enkel sein", "enkelin": "Ihre deine Enkelin ihr",
    "oma": "Ihre deine Großmutter ihr", "opa": "Ihr dein Großvater sein",
    "großmutter": "Ihre deine Großmutter ihr", "großvater": "Ihr dein Großvater sein",
    "freund": "Ihr dein Freund sein", "freundin": "Ihre deine Freundin ihr", "kollege": "Ihr dein Kollege sein",
    "kollegin": "Ihre deine Kollegin ihr", "partner": "Ihr dein Partner sein", "partnerin": "Ihre deine Partnerin ihr",
}  # fmt: skip
"""Formal and informal possessive, the word, and the stem of "sein" or "ihr" that speaks of that person."""
_RELATIVE = re.compile(
    rf"\b(?:mit )?(mein(?:e|em|en|er)?|unsere?[mnr]?) (?:\w+ )?({'|'.join(sorted(_KIN, key=len, reverse=True))})\b",
    re.I,
)
_BESIDE = re.compile(
    r"\b(?:mit|zusammen mit|für|rief|hatte|hatten|bei|von) (?:mein\w*|unser\w*) (?:\w+ )?\w+\Z", re.IGNORECASE
)
_MINE = re.compile(
    r"\b(?:mein\w*|ich (?:bin|trage|sitze|habe)|weil ich|ich,|bin ich)\s+(?:\w+\s+){0,2}\Z", re.IGNORECASE
)
_OF_KIN = re.compile(r"\b(?:sie|er) (?:trägt|trug|ist|hat|sitzt|spricht|braucht|kommt)\b", re.IGNORECASE)
"""What is said of whoever was mentioned: "mit meiner Schwester. Sie trägt Kopftuch"."""
_CLOSE = 20
"""Characters between a relative and the ground: "meiner Mutter mit Kopftuch"."""
_WE = re.compile(r"\b(?:wir|uns)\b", re.IGNORECASE)
_I = re.compile(r"\b(?:ich|mich|mir|mein\w*)\b", re.IGNORECASE)
_TREATED = (
    (re.compile(r"\b(?:rucksack|tasche\w*|ausweis\w*|durchsuch\w*|kontrollier\w*|ausleeren)\b"), "kontrolliert"),
    (
        re.compile(
            r"\b(?:abgewiesen|weggeschickt|rausgeschickt"
            r"|(?:nicht|kein\w*) (?:hinein|herein|rein)\w*|einlass"
            r"|kein\w* (?:tisch|zutritt|platz)|nicht mitgenommen|verweiger\w*|hausverbot|ausgeladen"
            r"|mit dem ding nicht)\b"
        ),
        "abgewiesen",
    ),
    (
        re.compile(r"\b(?:geduzt|nachgeäfft|ausgelacht|gelacht|belächelt|spruch|sprüche|witze?)\b"),
        "respektlos behandelt",
    ),
)
_OTHERWISE = "anders behandelt"


def treated(concern: Concern, written: str, at: int, where: str, *, formal: bool) -> Matter:
    """The matter with the clause that names who, where, why and how; `at` is where the post names the ground."""
    matter = concern.matter
    who, whose, verb = _who(written, at, formal=formal)
    if not who:
        return matter
    low = written.lower()
    how = next((said for pattern, said in _TREATED if pattern.search(low)), _OTHERWISE)
    ground = concern.ground.replace("WHOSE", whose)
    parts = [who, where, ground, how, verb]
    that = compile_phrase(" ".join(part for part in parts if part))
    return replace(matter, forms={**matter.forms, "that": (that,)})


def kin_dative(words: str, *, formal: bool) -> str:
    """Whom a writer names in these words, in the dative: "Ihrer Tochter", "Ihnen" where he speaks of himself."""
    kin = _RELATIVE.search(words)
    if kin is not None:
        _, _, word, stem = _KIN[kin[2].lower()].split()
        ending = "em" if stem == "sein" else "er"
        weak = "n" if word in ("Kollege", "Neffe", "Nachbar") else ""
        return f"{'Ihr' if formal else 'dein'}{ending} {word}{weak}"
    if _I.search(words) and not _WE.search(words):
        return "Ihnen" if formal else "dir"
    return ""


def _who(written: str, at: int, *, formal: bool) -> tuple[str, str, str]:
    """Who was treated so, the possessive stem for "wegen … Namens", and the verb; all empty while it is open."""
    all_kin = list(_RELATIVE.finditer(written))
    mine = _MINE.search(written[:at]) is not None and not any(
        kin.end() > at - _CLOSE for kin in all_kin if kin.end() <= at
    )
    acting = next((kin for kin in all_kin if not _BESIDE.search(written[: kin.end()])), None)
    if not mine and (acting or (all_kin and _OF_KIN.search(written))):
        polite, familiar, word, stem = _KIN[(acting or all_kin[0])[2].lower()].split()
        return f"{polite if formal else familiar} {word}", stem, "wurde"
    if all_kin and not mine:
        return "", "", ""
    if len(_WE.findall(written)) > len(_I.findall(written)):
        return ("Sie", "Ihr", "wurden") if formal else ("ihr", "eur", "wurdet")
    if mine or _I.search(written):
        return ("Sie", "Ihr", "wurden") if formal else ("du", "dein", "wurdest")
    return "", "", ""
