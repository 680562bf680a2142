"""What the sentences of one answer are made from: placeholders, signature, and the phrases this post allows."""

from __future__ import annotations

import re
from collections.abc import Mapping

from responder.dates import is_business_day, next_business_day, say_date, say_day, say_short_date
from responder.playbook.asked import stars_share
from responder.playbook.compose import Sentences, both
from responder.playbook.facts import values_of_facts
from responder.playbook.grammar import Phrase
from responder.playbook.model import Voice
from responder.playbook.named import mentions
from responder.playbook.request import DraftRequest
from responder.playbook.sectors import sector_of
from responder.playbook.situations import Situation
from responder.profile import Profile
from responder.reading.model import Text

_DETAILED = 7
"""A post of more words than this has told its details: it is not asked what exactly was wrong."""
_DECIDED = {"complaint_right", "complaint_own_fault", "complaint_misunderstanding", "complaint_no_text"}
_DEVICE = re.compile(
    r"\b(?:iphone|ipad|pixel|galaxy|samsung|android|huawei|xiaomi|oneplus|fairphone|windows|mac|macbook|ios)\b", re.I
)
_QUESTION = re.compile(r"\?(\s|$)")
_REQUEST = re.compile(
    r"\b(?:bitte\w*|m[öo]cht\w*|will|wollen|h[äa]tten?|forder\w*|verlang\w*|erwart\w*|wünsch\w*|brauch\w*|bestehe"
    r"|(?:kann|könn\w*|darf|bekomm\w*|wann) (?:ich|wir|sie|ihr|mir)|please|want|expect|demand|would like|need)\b",
    re.IGNORECASE,
)
_SETTLED = {"refund", "exchange", "repair", "credit", "voucher", "apology", "correction"}
"""Whoever asks for one of these has answered the question which solution he would like."""


def sentences_for(request: DraftRequest, voice: Voice, situation: Situation) -> Sentences:
    """Everything that one answer may be put together from."""
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
        **_stars(request.text, voice),
        **situation.values,
    }
    values["praise_acc"] = _praised(situation, request.profile, values, voice.language)
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


def _want(request: DraftRequest, voice: Voice, situation: Situation) -> str:
    """What the customer asks for, as long as the matter does not say it already."""
    keys = " ".join(matter.key for matter in situation.matters)
    said = {"refund": "refund", "delivery_date": "delivery", "information": "information", "repair": "lift"}
    wants = (w for w in request.reading.wants if w in voice.tables["wants"] and said.get(w, w) not in keys)
    return next((voice.tables["wants"][want] for want in wants if _asked_for(want, request)), "")


def _asked_for(want: str, request: DraftRequest) -> bool:
    """Whether the post asks for it in so many words; "als ich nach dem Umtausch fragte" only tells of it."""
    text = request.text.text
    spans = [reason for reason in request.reading.reasons if reason.label == want]
    starts = [text.rfind(".", 0, span.start) + 1 for span in spans]
    ends = [text.find(".", span.end) for span in spans]
    sentences = (text[start : end if end >= 0 else None] for start, end in zip(starts, ends, strict=True))
    return any(_REQUEST.search(sentence) for sentence in sentences)


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
    known = _told(request, voice)
    asks = situation.matters[0].ask
    left = tuple(phrase for fact, phrases in asks.items() if fact not in known for phrase in phrases)
    if left or situation.matters[0].key in voice.matters["topic"]:
        return left
    confirm = voice.phrases.get("ask_confirm", ())
    settled = asks or _SETTLED & set(request.reading.wants)
    return confirm if settled else (*confirm, *voice.phrases.get("ask_open", ()))


def _told(request: DraftRequest, voice: Voice) -> set[str]:
    """The kinds of facts that nobody asks for again."""
    told = {fact.kind for fact in request.reading.facts}
    told |= {"detail"} if len(request.text.text.split()) > _DETAILED else set()
    told |= {"product"} if mentions(request.reading, request.text, voice) else set()
    return told | ({"device"} if _DEVICE.search(request.text.text) else set())


def _order_number_helps(request: DraftRequest, situation: Situation) -> bool:
    """Only where an order exists, and only while its number was not given."""
    kinds = {span.label for span in request.reading.pii} | {fact.kind for fact in request.reading.facts}
    given = kinds & {"order", "customer_no", "contract_no", "case_no"}
    ordered = bool(situation.matters) and situation.matters[0].order and sector_of(request.profile).name in ("", "shop")
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
