"""From a reading to a proposed answer: the situation, the sentences, the first combination that may stand. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

import regex

from responder.dates import is_business_day, next_business_day, say_date, say_day, say_short_date
from responder.findings import Finding
from responder.playbook import GAP, Phrase, Playbook, Voice, load_playbook
from responder.playbook.compose import Sentences, attempts, sentences_of
from responder.playbook.facts import values_of_facts
from responder.playbook.situations import FULL, HOLDING, Asked, Situation, decide, stars_share
from responder.profile import Profile
from responder.reading.model import Reading, Text

LENGTHS = ("full", "medium", "short")
_CLEAN_TRIES = 16
"""How many acceptable texts are looked at before one with a finding of our own tone check is proposed after all."""
_DETAILED = 7
"""A post of more words than this has told its details: it is not asked what exactly was wrong."""
_DECIDED = {"complaint_right", "complaint_own_fault", "complaint_misunderstanding", "complaint_no_text"}
_QUESTION = re.compile(r"\?(\s|$)")


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier text of the case."""

    role: Literal["customer", "us"]
    text: str


@dataclass(frozen=True, slots=True)
class DraftRequest:
    """`taken` are texts that already stand on this page and are never proposed again; `key` seeds the choice.

    `kind` is full, holding, follow_up or private_channel. Without a `playbook` the built-in one is used.
    """

    reading: Reading
    text: Text
    profile: Profile
    assessment: str = "open"
    step: int = 1
    kind: str = FULL
    history: tuple[Turn, ...] = ()
    taken: frozenset[str] = frozenset()
    key: str = ""
    playbook: Playbook | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """`needs` lists what a person must add before this can be approved: matter, answer, fact, status, shorten,
    reword, translate. `practices` are the rules that its sentences serve."""

    text: str
    kind: str
    situation: str
    practices: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    needs: tuple[str, ...] = field(default=())


def draft(request: DraftRequest) -> Proposal:
    """The proposed answer. Same request, same text; never one of `taken`, never a placeholder left open."""
    playbook = request.playbook or load_playbook()
    voice = playbook.voice(_locale(request))
    situation = decide(_asked(request), voice)
    text, needs = _choose(request, playbook, _sentences(request, voice, situation), situation)
    needs = tuple(dict.fromkeys((*_open(situation, text), *needs, *_foreign(request))))
    practices = _practices(playbook, situation)
    return Proposal(text, request.kind, situation.name, practices, _findings(request, text, needs), needs)


def length(text: str, unit: str) -> int:
    """The length as an outlet counts it: characters, UTF-8 bytes or graphemes."""
    if unit == "bytes":
        return len(text.encode())
    return len(regex.findall(r"\X", text)) if unit == "graphemes" else len(text)


def open_gaps(text: str) -> list[tuple[int, int]]:
    """Where something is still to be filled in: code point offsets of each […] in the text."""
    return [match.span() for match in GAP.finditer(text)]


def _asked(request: DraftRequest) -> Asked:
    return Asked(request.reading, request.text, request.profile, request.assessment, request.step, request.kind)


def _locale(request: DraftRequest) -> str:
    """An English post is answered in English, whatever the locale of the place."""
    return "en" if request.reading.language == "en" else request.profile.locale


def _foreign(request: DraftRequest) -> tuple[str, ...]:
    """There are no French or Italian sentences yet: the draft says that it has to be translated."""
    languages = {request.reading.language, request.profile.locale}
    return ("translate",) if languages & {"fr", "it"} else ()


# -- choosing ---------------------------------------------------------------------------------------------------------


def _choose(
    request: DraftRequest, playbook: Playbook, sentences: Sentences, situation: Situation
) -> tuple[str, tuple[str, ...]]:
    """The first clean text that fits and is new; failing that the best there is, with what a person must do."""
    layouts = playbook.layouts[situation.name]
    shortest, once = "", sentences.voice.tables["once"].get("stems", "").split()
    for exhaustive in (False, True):
        for name in LENGTHS:
            fitting = []
            for text in attempts(layouts[name], sentences, exhaustive=exhaustive):
                shortest = min(shortest or text, text, key=lambda t: length(t, request.profile.unit))
                if _may_stand(request, text):
                    fitting.append(text)
                    if len(fitting) == _CLEAN_TRIES or not _cost(request, text, once):
                        break
            if fitting:
                return min(fitting, key=lambda text: _cost(request, text, once)), ()
    if _fits(request, shortest):
        return _fresh(request, shortest), ("reword",)
    return _fresh(request, shortest), ("shorten",)


def _may_stand(request: DraftRequest, text: str) -> bool:
    return _fits(request, text) and text not in request.taken


def _fits(request: DraftRequest, text: str) -> bool:
    limit = request.profile.max_len
    return not limit or length(text, request.profile.unit) <= limit


def _cost(request: DraftRequest, text: str, once: list[str]) -> int:
    """What speaks against a text: sentences of ours said again, refrains, and then findings of the tone check."""
    body = (text.rpartition("\n")[0] or text).lower()
    earlier = {s for turn in request.history if turn.role == "us" for s in sentences_of(turn.text)}
    again = 100 * sum(sentence in body for sentence in earlier)
    refrain = sum(max(0, body.count(stem) - 1) for stem in once)
    if again or refrain:
        return again + refrain
    return sum(10 if finding.severity == "block" else 2 for finding in _tone(request, text))


def _fresh(request: DraftRequest, text: str) -> str:
    """The text behind a marked gap, so that even the last resort equals nothing on the page."""
    number, marked = 1, text
    while marked in request.taken:
        marked = f"[bitte umformulieren {number}] {text}"
        number += 1
    return marked


# -- what the sentences are made from ---------------------------------------------------------------------------------


def _sentences(request: DraftRequest, voice: Voice, situation: Situation) -> Sentences:
    values = _values(request, voice, situation)
    slots = _slots(request, voice, situation)
    team = _speaks_as_team(request.profile)
    seed = f"{request.key}\x1f{situation.name}\x1f{request.step}\x1f{len(request.history)}"
    return Sentences(voice, situation.matters, values, slots, request.profile.address == "sie", team, seed)


def _values(request: DraftRequest, voice: Voice, situation: Situation) -> dict[str, str]:
    profile = request.profile
    contact = profile.contact.strip()
    values = {
        **_time(request, voice, situation),
        **values_of_facts(request.reading, request.text, voice),
        "contact": contact,
        "mail": contact if "@" in contact and " " not in contact else "",
        "signature": signature(profile, voice),
        "business": profile.business,
        "theme": situation.matters[0].theme if situation.matters else "",
        "want": _want(request, voice, situation),
        "praise_acc": _praised(situation, request.profile),
        **_stars(request.text, voice),
    }
    return {name: value for name, value in values.items() if value}


def _time(request: DraftRequest, voice: Voice, situation: Situation) -> dict[str, str]:
    profile = request.profile
    place = (profile.country, profile.region)
    hurry = max(request.reading.anger, request.reading.urgency) >= 2 and situation.name != "risk"
    first = next_business_day(profile.today, *place)
    works_today = is_business_day(profile.today, *place)
    days_left = (1 if hurry else situation.days) + (not works_today)
    answer = next_business_day(profile.today, *place, n=days_left)
    days = voice.tables["days"]
    soon = days["soon"] if works_today else days["soon_later"].replace("{day}", say_day(first, voice.locale))
    return {
        "when": say_date(answer, voice.locale),
        "when_short": say_short_date(answer, voice.locale),
        "soon": soon,
    }


def _stars(text: Text, voice: Voice) -> dict[str, str]:
    share = stars_share(text)
    if share is None or text.rating is None:
        return {}
    stars = f"{text.rating:g}" if (text.rating_best or 5) == 5 else "best" if share == 1 else "other"
    return {name: voice.tables[name].get(stars, voice.tables[name].get("other", "")) for name in ("stars", "stars_dat")}


def _praised(situation: Situation, profile: Profile) -> str:
    if situation.praised is None:
        return ""
    noun = next((n for n in situation.praised.nouns if not n.names), None)
    return noun.accusative.render({}, formal=profile.address == "sie", team=False) if noun else ""


def _want(request: DraftRequest, voice: Voice, situation: Situation) -> str:
    """What the customer asks for, as long as the matter does not say it already."""
    keys = " ".join(matter.key for matter in situation.matters)
    said = {"refund": "refund", "delivery_date": "delivery", "information": "information", "repair": "lift"}
    wants = (w for w in request.reading.wants if w in voice.tables["wants"] and said.get(w, w) not in keys)
    return next((voice.tables["wants"][want] for want in wants), "")


def signature(profile: Profile, voice: Voice) -> str:
    """How the answer is signed: a name, its initials, the team, or not at all."""
    name = profile.signature.strip()
    if profile.signature_style == "none":
        return ""
    if profile.signature_style == "initials":
        return "".join(word[0] for word in name.split())
    if profile.signature_style == "name" or name:
        return name
    team = voice.tables["team"]["formal" if profile.address == "sie" else "informal"]
    return f"{team}{_of(profile.business, voice)}"


def _of(business: str, voice: Voice) -> str:
    """ " vom Hotel Seeblick", " der Praxis Linde", ", Nordlicht"."""
    first = business.partition(" ")[0]
    words = voice.tables["team_of"].items()
    article = next((article for article, names in words if first and first in names.split()), "")
    return f" {article} {business}" if article else f", {business}" if business else ""


def _speaks_as_team(profile: Profile) -> bool:
    return profile.signature_style in ("team", "none") or not profile.signature or "team" in profile.signature.lower()


# -- sentences that depend on the post ---------------------------------------------------------------------------------


def _slots(request: DraftRequest, voice: Voice, situation: Situation) -> Mapping[str, tuple[Phrase, ...]]:
    slots = dict(voice.phrases)
    for slot, other in situation.slots:
        slots[slot] = slots.get(other, slots[slot])
    slots["ask"] = _questions(request, voice, situation)
    if any(turn.role == "us" and _QUESTION.search(turn.text) for turn in request.history):
        slots["solution_ask"] = ()
    if _order_number_helps(request, situation):
        slots["contact"] = slots.get("contact_order", ())
    elif not _direct_way_helps(request, situation):
        slots["contact"] = ()
    slots["offer_or_action"] = _offer(request, voice) or slots["action"]
    if request.assessment == "right" and _offer(request, voice):
        slots["lead"] = slots["offer_or_action"]
    return slots


def _questions(request: DraftRequest, voice: Voice, situation: Situation) -> tuple[Phrase, ...]:
    """Questions about the first matter, none whose fact was already given, none at all when we asked before."""
    if not situation.matters or any(turn.role == "us" and "?" in turn.text for turn in request.history):
        return ()
    known = {fact.kind for fact in request.reading.facts}
    if len(request.text.text.split()) > _DETAILED:
        known.add("detail")
    asks = situation.matters[0].ask
    left = tuple(phrase for fact, phrases in asks.items() if fact not in known for phrase in phrases)
    return left or voice.phrases.get("ask_open", ())


def _order_number_helps(request: DraftRequest, situation: Situation) -> bool:
    """Only where an order exists, and only while its number was not given."""
    kinds = {span.label for span in request.reading.pii} | {fact.kind for fact in request.reading.facts}
    given = kinds & {"order", "customer_no", "contract_no", "case_no"}
    ordered = bool(situation.matters) and situation.matters[0].order
    return ordered and not given and situation.name.startswith(("complaint", "repeat"))


def _direct_way_helps(request: DraftRequest, situation: Situation) -> bool:
    """A contact line is for cases that are hot, decided, or come back; elsewhere it only makes the answer longer."""
    hot = max(request.reading.anger, request.reading.urgency) >= 2 or request.step > 1
    return hot or situation.name in _DECIDED or "callback" in request.reading.wants


def _offer(request: DraftRequest, voice: Voice) -> tuple[Phrase, ...]:
    """What may be promised: only what is wanted and what the business's catalogue names."""
    catalogue = " ".join(request.profile.catalogue).lower()
    for want in request.reading.wants:
        if any(word in catalogue for word in voice.catalogue.get(want, ())):
            return voice.phrases.get(f"offer_{want}", ())
    return ()


# -- what goes with the text -------------------------------------------------------------------------------------------


def _open(situation: Situation, text: str) -> Iterator[str]:
    yield from (need for need in situation.needs if need not in ("fact", "status") or open_gaps(text))
    if situation.name == "question" and open_gaps(text):
        yield "answer"


def _practices(playbook: Playbook, situation: Situation) -> tuple[str, ...]:
    slots = (slot.rstrip("?") for layout in playbook.layouts[situation.name]["full"] for slot in layout)
    return tuple(dict.fromkeys(rule for slot in slots for rule in playbook.practices.get(slot, ())))


def _tone(request: DraftRequest, text: str) -> list[Finding]:
    from responder.tone import Context, check  # here, so that reading a playbook does not load the tone's patterns

    history = tuple(turn.text for turn in request.history if turn.role == "us")
    kind = "holding" if request.kind == HOLDING else "full"
    context = Context(request.profile, request.reading, request.text, request.assessment, kind, history)
    return check(text, context)


def _findings(request: DraftRequest, text: str, needs: tuple[str, ...]) -> tuple[Finding, ...]:
    """The tone check's findings, and one that blocks for every gap and open need."""
    found = _tone(request, text)
    seen = {(finding.start, finding.end) for finding in found}
    for start, end in open_gaps(text):
        if (start, end) not in seen:
            why = "Hier fehlt noch etwas, das nur ein Mensch weiß: die Lücke ausfüllen oder den Satz streichen."
            found.append(Finding("A6", start, end, "block", why))
    if "matter" in needs and not open_gaps(text):
        why = "Der Entwurf benennt noch nicht, worum es in diesem Beitrag geht: bitte in eigenen Worten ergänzen."
        found.append(Finding("A6", 0, len(text), "block", why))
    return tuple(found)
