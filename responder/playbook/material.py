"""What the sentences of one answer are made from: placeholders, signature, and the phrases this post allows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from responder.dates import is_business_day, next_business_day, say_date, say_day, say_short_date, say_time
from responder.playbook.asked import Situation, stars_share
from responder.playbook.asking import asked_before, questions
from responder.playbook.compose import Sentences, both, sentences_of
from responder.playbook.deadline import Deadline, answer_before, deadline
from responder.playbook.facts import values_of_facts
from responder.playbook.grammar import Phrase
from responder.playbook.inquiry import asked_clause
from responder.playbook.model import Voice
from responder.playbook.next_act import LED, next_act
from responder.playbook.promised import missed, said_missed
from responder.playbook.request import DraftRequest
from responder.playbook.roles import role_values
from responder.playbook.sectors import sector_of
from responder.playbook.stated import stated
from responder.playbook.stations import of_this_house
from responder.playbook.swaps import swaps
from responder.playbook.wants import CALL, Answer, answered, grant_values, named_wants
from responder.profile import Profile
from responder.reading.model import Text

_ASKED_FOR = re.compile(r"^(?:ob|wann|wie) wir |\b(?:geld|zurück\w*|erstatt\w*)\b", re.IGNORECASE)
_ROOM = re.compile(r" (?:aus|in|im|von|auf) Zimmer \d+")
LONGEST_VALUE = 300
"""A name or contact that is longer is none."""
_LEADS = ("offer_or_action", "lead", "third_action", "unnamed_action", "lead_unnamed")
"""The slots that a granted want takes the place of: what is given outranks what is looked into."""


def sentences_for(request: DraftRequest, voice: Voice, situation: Situation) -> Sentences:
    """Everything that one answer may be put together from."""
    answer = answered(request, voice)
    values = _values(request, voice, situation, answer)
    slots = dict(_slots(request, voice, situation, answer, values))
    act, said_of_act = next_act(request, voice, answer)
    slots |= {slot: voice.phrases[f"{slot}_{act}"] for slot in LED if f"{slot}_{act}" in voice.phrases}
    values |= said_of_act
    team = _speaks_as_team(request.profile)
    seed = f"{request.key}\x1f{situation.name}\x1f{request.step}\x1f{len(request.history)}"
    said = frozenset(part for turn in request.history if turn.role == "us" for part in sentences_of(turn.text))
    said -= sentences_of(values.get("signature", ""))  # a name is no sentence
    formal = request.profile.address == "sie"
    matters = tuple(of_this_house(matter, sector_of(request.profile), voice) for matter in situation.matters)
    return Sentences(voice, matters, values, slots, formal, team, seed, said)


def _values(request: DraftRequest, voice: Voice, situation: Situation, answer: Answer | None) -> dict[str, str]:
    profile = request.profile
    contact = profile.contact.strip()
    values = {
        **_time(request, voice, situation),
        **_told_before(request, voice),
        **values_of_facts(request.reading, request.text, voice),
        "contact": contact,
        "mail": next((word for word in re.split(r"[\s,;]+", contact) if "@" in word.strip("@")), ""),
        "signature": signature(profile, voice),
        "business": profile.business,
        "theme": situation.matters[0].theme if situation.matters else "",
        **_wanted(request, voice, situation, answer),
        "second_nom": profile.second.strip(),
        **_own_words(request, voice),
        **_stars(request.text, voice),
        **situation.values,
    }
    values["praise_acc"] = _praised(situation, request.profile, values, voice.language)
    return {name: value for name, value in values.items() if 0 < len(value) <= LONGEST_VALUE}


def _time(request: DraftRequest, voice: Voice, situation: Situation) -> dict[str, str]:
    profile = request.profile
    place = (profile.country, profile.region)
    pressing = max(request.reading.anger, request.reading.urgency) >= 2 or "personal_data" in request.reading.risks
    hurry = pressing and situation.name not in ("risk", "discrimination")
    first = next_business_day(profile.today, *place)
    works_today = is_business_day(profile.today, *place)
    days_left = (1 if hurry else situation.days) + (not works_today)
    answer = _in_time(request, next_business_day(profile.today, *place, n=days_left))
    days = voice.tables["days"]
    soon = days["soon"] if works_today else days["soon_later"].replace("{day}", say_day(first, voice.locale))
    return {**_said_when(answer, profile.today, voice), "soon": soon}


def _in_time(request: DraftRequest, planned: date) -> Deadline:
    """The planned day, or the one before the day that the customer set; an extortionist sets us none."""
    profile = request.profile
    limit = None if "extortion" in request.reading.risks else deadline(request.text, profile.today)
    if limit is None:
        return Deadline(planned)
    return answer_before(limit, planned, profile.today, profile.country, profile.region)


def _said_when(answer: Deadline, today: date, voice: Voice) -> dict[str, str]:
    hour = f", {say_time(answer.hour, voice.locale)}" if answer.hour else ""
    if answer.day == today:
        soon = voice.tables["days"]["soon"]
        return {"when": soon + hour, "when_short": soon + hour}
    day, short = say_date(answer.day, voice.locale), say_short_date(answer.day, voice.locale)
    return {"when": day + hour, "when_short": short + hour}


def _own_words(request: DraftRequest, voice: Voice) -> dict[str, str]:
    """For German sentences: our own missed day, what a complaint asks, and what the customer states himself."""
    if voice.language != "de":
        return {}
    late = missed(request.history, request.profile.today)
    values = said_missed(late, voice.locale) if late else {}
    return values | {"asked_clause": _asked(request), "stated": stated(request.reading, request.text)}


def _asked(request: DraftRequest) -> str:
    """What the post asks, unless it holds something personal."""
    profile = request.profile
    clause = _ROOM.sub("", asked_clause(request.text, formal=profile.address == "sie", swiss=profile.swiss))
    private = [request.text.text[span.start : span.end] for span in request.reading.pii]
    return "" if any(words and words in clause for words in private) else clause


def _stars(text: Text, voice: Voice) -> dict[str, str]:
    share = stars_share(text)
    if share is None or text.rating is None:
        return {}
    stars = f"{text.rating:g}" if (text.rating_best or 5) == 5 else "best" if share == 1 else "other"
    return {name: voice.tables[name].get(stars, voice.tables[name].get("other", "")) for name in ("stars", "stars_dat")}


def _praised(situation: Situation, profile: Profile, values: Mapping[str, str], language: str) -> str:
    """What a mixed post praises, said with the most that is known about it."""
    said = ""
    for matter in situation.praised:
        usable = [noun for noun in matter.nouns if all(values.get(name) for name in noun.names)]
        if usable:
            noun = max(usable, key=lambda noun: len(noun.names))
            words = noun.accusative.render(values, formal=profile.address == "sie", team=False)
            also = " sowie " if " und " in said else ""
            said = f"{said}{also}{words}" if also else both(said, words, language) if said else words
    return said


def _told_before(request: DraftRequest, voice: Voice) -> dict[str, str]:
    """What earlier posts of the case say of the product: it is still the same one."""
    told: dict[str, str] = {}
    for reading in request.earlier:
        told |= values_of_facts(reading, Text(""), voice)
    return {name: value for name, value in told.items() if name.startswith("product_")}


def _wanted(request: DraftRequest, voice: Voice, situation: Situation, answer: Answer | None) -> dict[str, str]:
    who = answer.entry.who if answer and answer.entry and answer.kind == "beyond" else ""
    values = role_values(request.profile, voice, who)
    if answer is not None:
        keys = " ".join(matter.key for matter in situation.matters)
        values["want"] = named_wants(answer, keys if answer.kind == "open" else "", voice)
    if answer is not None and answer.kind == "granted" and answer.entry:
        values |= grant_values(answer.wants[0], answer.entry, request, voice)
    return values


def signature(profile: Profile, voice: Voice) -> str:
    """How the answer is signed: a name, its initials, the team, or not at all."""
    name = profile.signature.strip()
    if profile.signature_style == "none":
        return ""
    if profile.signature_style == "initials":
        return " ".join(f"{word[0]}." for word in name.split())
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


def _slots(
    request: DraftRequest, voice: Voice, situation: Situation, answer: Answer | None, values: Mapping[str, str]
) -> Mapping[str, tuple[Phrase, ...]]:
    slots = dict(voice.phrases)
    for slot, other in (*situation.slots, *swaps(request, situation, answer, values)):
        slots[slot] = voice.phrases.get(other, slots.get(slot, ())) if other else ()
    slots["ask"] = questions(request, voice, situation)
    if asked_before(request) or request.step > 1:
        slots["solution_ask"] = ()
    slots["offer_or_action"] = slots["action"]
    if request.history:
        slots["lead"] = (*slots["lead"], *slots.get("lead_unnamed", ()))
    answered_with = _by_answer(answer, slots, values)
    if request.profile.contact_lock or (request.profile.confidential and answer and answer.wants != (CALL,)):
        answered_with = {"want": ()}  # what somebody wants would tell what he is to us
    if situation.name == "safety" and answer:
        answered_with = {"want": _beside_danger(answer, answered_with)}
    return slots | answered_with


def _beside_danger(answer: Answer, said: Mapping[str, tuple[Phrase, ...]]) -> tuple[Phrase, ...]:
    """What is granted is said after what is done about the danger; what is only wanted has a sentence of its own."""
    return (said.get("want") or said.get("lead", ())) if answer.kind == "granted" else ()


def _by_answer(
    answer: Answer | None, slots: Mapping[str, tuple[Phrase, ...]], values: Mapping[str, str]
) -> dict[str, tuple[Phrase, ...]]:
    """What is wanted and granted leads the answer; what is not is said to be decided, by whom and by when."""
    if answer is None:
        return {}
    if answer.kind == "open" and _ASKED_FOR.search(values.get("asked_clause", "")):
        return {"want": ()}  # the question asks for it already
    if answer.kind != "granted":
        return {"want": slots.get("want" if answer.kind == "open" else "want_beyond", ())}
    offer = "offer_item" if values.get("item_acc") else f"offer_{answer.wants[0]}"
    dated = slots.get(f"{offer}_dated", ()) if values.get("grant_when") else ()
    granted = dated or slots.get(offer, ())
    if answer.wants == (CALL,) or values.get("item_acc"):
        return {"want": granted}
    return {**dict.fromkeys(_LEADS, granted), "want": ()} if granted else {}
