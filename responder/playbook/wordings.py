"""What speaks against a single wording of a business: placeholders, address, spelling, tone, promises. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from responder.findings import Finding
from responder.playbook.given import possible, situations_of
from responder.playbook.grammar import Phrase, capitalise, compile_phrase
from responder.playbook.model import Playbook
from responder.profile import Profile
from responder.reading.model import Reading, Text
from responder.tone import Context, check

SAID: dict[str, Mapping[str, str]] = {
    "de": {
        "thing": "Aufzug", "thing_nom": "der Aufzug", "thing_acc": "den Aufzug", "thing_dat": "dem Aufzug",
        "no_acc": "keinen Aufzug", "one_nom": "ein Aufzug",
        "lasting": "zwei Wochen lang", "since": "zwei Wochen", "took": "zwei Wochen",
        "np_nom": "die lange Wartezeit", "np_acc": "die lange Wartezeit", "np_dat": "der langen Wartezeit",
        "that": "die Wartezeit so lang war", "expected": "das Warten soll kurz sein",
        "look": "frage heute im Team nach",
        "answer": "was dabei herausgekommen ist", "theme": "Wartezeit", "pass_on": "an das Team",
        "gap": "Wir haben am Samstag geöffnet.", "stars": "drei Sterne", "stars_dat": "drei Sternen",
        "want": "einem Rückruf", "praise_acc": "das Lob zur Beratung", "product_nom": "der Sessel",
        "product_acc": "den Sessel", "product_dat": "dem Sessel", "liked_acc": "die Beratung",
        "liked_dat": "der Beratung", "asked_dat": "dem Parkplatz", "subject_nom": "der Aufzug",
        "subject_acc": "den Aufzug", "staff_nom": "Frau Aydin", "staff_acc": "Frau Aydin", "duration": "drei Wochen",
        "when": "Dienstag, 24. November", "when_short": "24.11.", "soon": "heute", "day": "20. November",
        "grant_when": "Freitag, 27. November", "sum_acc": "den Betrag", "sum_dat": "dem Betrag",
        "role_nom": "unsere Leitung", "role_dat": "unserer Leitung", "role_acc": "unsere Leitung",
        "second_nom": "Ute Held", "missed": "20. November", "asked_clause": "wann es so weit ist",
        "story_dat": "dem Brief", "others_dat": "der Rechnung", "wish_dat": "den Öffnungszeiten",
        "act_when": "Freitag, 27. November, 17 Uhr", "act_nom": "die Antwort der Leitung",
        "stated": "erst am Abend abgesagt", "item_acc": "einen Zusatztermin",
        "hurt_dat": "Ihrer Tochter", "also_dat": "der Heizung",
    },
    "en": {
        "thing": "lift", "thing_nom": "the lift", "thing_acc": "the lift", "thing_dat": "the lift",
        "no_acc": "no lift", "one_nom": "one lift",
        "lasting": "for two weeks", "since": "two weeks", "took": "two weeks",
        "np_nom": "the long wait", "np_acc": "the long wait", "np_dat": "the long wait", "that": "the wait was so long",
        "expected": "a wait should be short", "look": "will ask the team today", "answer": "what we found",
        "theme": "the wait", "pass_on": "to the team", "gap": "We are open on Saturday.", "stars": "three stars",
        "stars_dat": "three stars", "want": "a call back", "praise_acc": "your kind words about the advice",
        "product_nom": "the chair", "product_acc": "the chair", "product_dat": "the chair", "liked_acc": "the advice",
        "liked_dat": "the advice", "asked_dat": "the car park", "subject_nom": "the lift", "subject_acc": "the lift",
        "staff_nom": "Ms Aydin", "staff_acc": "Ms Aydin", "duration": "three weeks", "when": "Tuesday 24 November",
        "when_short": "24 Nov", "soon": "today", "day": "20 November",
        "grant_when": "Friday 27 November", "sum_acc": "the amount", "sum_dat": "the amount",
        "role_nom": "our management", "role_dat": "our management", "role_acc": "our management",
        "second_nom": "Ute Held", "missed": "20 November", "asked_clause": "when it will be",
        "story_dat": "the letter", "others_dat": "the bill", "wish_dat": "the hours",
        "act_when": "Friday 27 November, 5 pm", "act_nom": "the answer",
        "stated": "cancelled in the evening", "item_acc": "an extra appointment",
        "hurt_dat": "your daughter", "also_dat": "the heating",
    },
}  # fmt: skip
"""A value for every placeholder, as a complaint about a long wait would fill it."""
_AROUND = {
    "de": (
        "{Guten Tag|Hallo}, danke für {Ihre|deine} offenen Worte zur langen Wartezeit. Dass {Sie|du} so lange warten "
        "{mussten|musstest}, tut uns leid. Bis Dienstag, 24. November, antworten wir {Ihnen|dir} hier.",
        "Wir fragen heute im Team nach.",
    ),
    "en": (
        "Hello, thank you for your open words about the long wait. We are sorry that you had to wait so long. "
        "We will answer you here by Tuesday 24 November.",
        "We will ask the team today.",
    ),
}
_POST = {
    "de": Text("Die Wartezeit war viel zu lang.", rating=2),
    "en": Text("The wait was much too long.", rating=2),
}
_LOVED = {
    "de": Text("Die Wartezeit war angenehm kurz, danke an Frau Aydin!", rating=5),
    "en": Text("A short wait, thank you Ms Aydin!", rating=5),
}
_FORMAL = re.compile(r"\b(?:Ihnen|Ihre[mnrs]?|Ihr)\b|(?<![.!?:] )(?<!^)\bSie\b")
_INFORMAL = re.compile(r"\b(?:[Dd]u|[Dd]ich|[Dd]ir|[Dd]eine?[mnrs]?)\b")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LINK = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
_SETTLED_ELSEWHERE = frozenset({"A6", "B6", "A2", "C10"})
"""Rules about the whole answer, or looked at here in another way."""
_EDGES = frozenset("greeting closing closing_short signature".split())
_OFFERS = "offer_"
_HELPLINE = "care"


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording: where it stands (`phrases.action`, `complaint.food_cold.look`) and in which language it is."""

    path: tuple[str, ...]
    source: str
    language: str
    region: str = ""

    @property
    def slot(self) -> str:
        """The sentence it is a wording of; empty for what a matter brings."""
        return self.path[1] if self.path[0] == "phrases" else ""


@dataclass(frozen=True, slots=True)
class Objection:
    """What speaks against a wording, why, and what to do."""

    what: str
    why: str = ""
    fix: str = ""


def objections(wording: Wording, playbook: Playbook, profile: Profile) -> Iterator[Objection]:
    """Everything that speaks against one wording. `profile` brings catalogue and contact of the business."""
    phrase = compile_phrase(wording.source)
    yield from _placeholders(wording, phrase, playbook)
    yield from _contact(wording, profile)
    if wording.language in SAID:
        yield from _address(wording, phrase)
        yield from _spelling(wording)
        yield from _tone(wording, phrase, playbook, profile)


def _placeholders(wording: Wording, phrase: Phrase, playbook: Playbook) -> Iterator[Objection]:
    """A placeholder that never has a value here makes a wording that is never said."""
    if wording.slot and situations_of(wording.slot, playbook):
        for name in sorted(phrase.names - possible(wording.slot, playbook)):
            yield Objection(
                f"{{{name}}} never has a value in this sentence.",
                "The wording would never be used.",
                "Say it without this placeholder.",
            )


def _contact(wording: Wording, profile: Profile) -> Iterator[Objection]:
    for mail in _MAIL.findall(wording.source):
        if mail != profile.contact.strip():
            ours = f"the settings say “{profile.contact}”" if profile.contact else "the settings name no contact"
            yield Objection(
                f"It names {mail}, {ours}.", "Customers would read two addresses.", "Write {mail} or {contact}."
            )
    if link := _LINK.search(wording.source):
        yield Objection(
            f"It holds the link {link[0]}.",
            "Many platforms refuse answers with links (F3).",
            "Name the place in words.",
        )


def _address(wording: Wording, phrase: Phrase) -> Iterator[Objection]:
    if wording.language != "de":
        return
    for formal, wrong, other in ((True, _INFORMAL, "“du” form"), (False, _FORMAL, "“Sie” form")):
        said = phrase.render(_Blank(), formal=formal, team=True)
        if found := wrong.search(said):
            form = "formal" if formal else "informal"
            yield Objection(
                f"The {form} answer says “{found[0]}”, which is the {other}.",
                "An answer keeps to one form of address (C10).",
                "Write both: {Sie|du}, formal on the left.",
            )


def _spelling(wording: Wording) -> Iterator[Objection]:
    if wording.region == "CH" and "ß" in wording.source:
        yield Objection("It is written with ß.", "In Switzerland it is ss (C10).", wording.source.replace("ß", "ss"))


def _tone(wording: Wording, phrase: Phrase, playbook: Playbook, profile: Profile) -> Iterator[Objection]:
    """What our own tone check says of the wording within an answer that is otherwise fine."""
    if wording.slot in _EDGES or wording.slot.startswith(_HELPLINE) or not _whole_sentence(wording):
        return
    told: set[tuple[str, str]] = set()
    for formal in (True, False):
        for finding, said in _findings(wording, phrase, playbook, profile, formal=formal):
            if (finding.rule, finding.why) not in told:
                told.add((finding.rule, finding.why))
                fix = f"Better: {finding.instead}" if finding.instead else ""
                yield Objection(f"“{said}” breaks rule {finding.rule}.", finding.why, fix)


def _findings(
    wording: Wording, phrase: Phrase, playbook: Playbook, profile: Profile, *, formal: bool
) -> Iterator[tuple[Finding, str]]:
    """The findings that lie within the wording, with the words they are about."""
    values = {**SAID[wording.language], "contact": profile.contact or "hilfe@example.org", "signature": "Jana Brandt"}
    values |= {"mail": values["contact"], "business": profile.business or "Haus am Markt"}
    said = capitalise(phrase.render(values, formal=formal, team=True))
    before, after = (compile_phrase(part).render({}, formal=formal, team=True) for part in _AROUND[wording.language])
    text = f"{before} {said} {after}\nJana Brandt"
    start, end = len(before) + 1, len(before) + 1 + len(said)
    for finding in check(text, _context(wording, playbook, profile, formal=formal), "en"):
        promised = finding.rule == "C7" and wording.path[-1].startswith(_OFFERS)
        if finding.rule in _SETTLED_ELSEWHERE or promised or _is_gap(text, finding):
            continue
        if start <= finding.start and finding.end <= end:
            yield finding, text[finding.start : finding.end]


def _context(wording: Wording, playbook: Playbook, profile: Profile, *, formal: bool) -> Context:
    praised = wording.path[0] == "praise" or "praise" in wording.path[-1] or _only_praise(wording, playbook)
    post = (_LOVED if praised else _POST)[wording.language]
    reading = Reading(
        language="en" if wording.language == "en" else "de",
        sentiment="positive" if praised else "negative",
        topics=("waiting",),
        risks=("legal",) if wording.slot.startswith(("risk", "violence")) else (),
    )
    locale = "en" if wording.language == "en" else f"de-{wording.region or 'DE'}"
    ours = replace(
        profile, locale=locale, address="sie" if formal else "du", signature="Jana Brandt", signature_style="name",
        max_len=0, confidential=False, contact_lock=False, today=date(2026, 11, 23),
    )  # fmt: skip
    return Context(ours, reading, post)


def _only_praise(wording: Wording, playbook: Playbook) -> bool:
    situations = situations_of(wording.slot, playbook) if wording.slot else frozenset()
    return bool(situations) and all("praise" in situation or situation == "question" for situation in situations)


def _is_gap(text: str, finding: Finding) -> bool:
    return text[finding.start : finding.start + 1] == "["


def _whole_sentence(wording: Wording) -> bool:
    """Clauses and noun phrases of a matter cannot stand alone; what is asked and answered can."""
    return bool(wording.slot) or "ask" in wording.path or wording.path[-1] == "gap"


class _Blank(dict[str, str]):
    """A value for any placeholder that is no form of address."""

    def get(self, key: str, default: object = None) -> str:
        return "x"

    def __getitem__(self, key: str) -> str:
        return "x"
