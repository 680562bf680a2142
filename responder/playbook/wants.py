"""What the customer asks for, and what is said to it: granted by the catalogue, to be decided, or beyond it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import time
from typing import Literal

from responder.dates import say_date, say_time
from responder.playbook.catalogue import Commitment, allowing, catalogue
from responder.playbook.demand import largest_amount
from responder.playbook.implied import implied
from responder.playbook.model import Voice
from responder.playbook.request import DraftRequest
from responder.reading.model import Reading

OWED = ("refund", "exchange", "repair", "credit", "voucher", "correction", "callback")
"""Wants that cost something or bind somebody; the others are answered by what every answer holds."""

CALL = "callback"
MOST = 2
_OR = {"de": "oder", "en": "or", "fr": "ou", "it": "o"}
_REQUEST = re.compile(
    r"\b(?:bitte\w*|m[öo]cht\w*|will|wollen|h[äa]tten?|forder\w*|verlang\w*|erwart\w*|wünsch\w*|brauch\w*|bestehe"
    r"|(?:kann|könn\w*|darf|bekomm\w*|wann) (?:ich|wir|sie|ihr|mir)|please|want|expect|demand|would like|need)\b",
    re.IGNORECASE,
)
_NO = re.compile(r"\b(?:kein\w*|no)\s", re.IGNORECASE)
_SAID_BY_MATTER = {"refund": "refund", "repair": "lift"}
"""A want whose word is already in the matter's key is not named a second time."""

_ADMITS_NOTHING = frozenset("technician craftsman recheck bill_check extra_appointment".split())
"""What may be offered to somebody who writes again although nobody has decided yet whether he is right."""
Kind = Literal["granted", "open", "beyond"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to the wants of a post. `wants` are those it speaks of, `entry` the commitment that it follows."""

    kind: Kind
    wants: tuple[str, ...]
    entry: Commitment | None = None


def answered(request: DraftRequest, voice: Voice) -> Answer | None:
    """The answer to what is wanted, None where nothing is.

    Granted is only what the catalogue holds, up to its limit, and only where a person says that the customer is right.
    A call admits nothing and needs no such word; where the catalogue has none, the contact line answers.
    """
    right = request.assessment == "right"
    entries = catalogue(request.profile.catalogue)
    wants = [want for want in request.reading.wants if want in OWED and (right or asked_for(want, request))]
    wants = [want for want in wants if not _refused(want, request)]
    if CALL not in wants and ("safety" in request.reading.risks or request.profile.confidential):
        wants.append(CALL)  # whoever was in danger, or may read nothing here, hears a voice where the house offers one
    for want in wants:
        allowed = allowing(want, entries, voice.catalogue)
        amount = _sum(want, request)
        enough = [entry for entry in allowed if entry.limit is None or amount is None or amount <= entry.limit]
        if enough and (right or want == CALL):
            return Answer("granted", (want,), enough[0])
        if allowed and not enough:
            return Answer("beyond", (want,), allowed[-1])
    paid = allowing("refund", entries, voice.catalogue) if right and not wants and largest_amount(request.text) else ()
    if enough := [entry for entry in paid if (entry.limit or 0.0) >= (largest_amount(request.text) or 0.0)]:
        return Answer("granted", ("refund",), enough[0])
    left = tuple(want for want in wants if want != CALL)[:MOST]
    if not left and (request.assessment in ("right", "partly") or request.step > 1):
        meant = implied(_whole_case(request), request.text, entries, voice.tables.get("items", {}))
        admitted = request.assessment != "open"
        if fitting := next((one for one in meant if admitted or one[0] in _ADMITS_NOTHING), None):
            return Answer("granted", (fitting[0],), fitting[1])
    return Answer("open", left) if left else None


def _whole_case(request: DraftRequest) -> Reading:
    """This reading with the matters of the earlier ones: the wrong sofa is still the wrong one."""
    before = tuple(key for reading in request.earlier for key in reading.matters)
    return replace(request.reading, matters=(*request.reading.matters, *before))


def grant_values(want: str, entry: Commitment, request: DraftRequest, voice: Voice) -> dict[str, str]:
    """The placeholders of a granted want: by when it is kept, and what is given, with a gap for an unknown sum."""
    profile = request.profile
    due = entry.due(profile.today, profile.country, profile.region)
    form = "_most" * (entry.limit is not None and _sum(want, request) is None)
    form = form or "_percent" * (entry.percent is not None)
    hour = f", {say_time(time(entry.hour), voice.locale)}" if entry.hour is not None else ""
    values = {"grant_when": say_date(due, voice.locale) + hour if due else ""}
    if want in voice.tables.get("items", {}):
        values["item_acc"] = voice.tables["items"][want]
    for name, table in (("sum_acc", voice.tables["sums"]), ("sum_dat", voice.tables["sums_dat"])):
        said = table.get(want + form, table.get(want, ""))
        said = said.replace("{limit}", _money(entry.limit or 0.0, entry.line))
        values[name] = said.replace("{percent}", f"{entry.percent or 0:g}")
    return values


def named_wants(answer: Answer, keys: str, voice: Voice) -> str:
    """The wants in the dative, joined by "oder"; empty when the matter says them already."""
    said = [want for want in answer.wants if _SAID_BY_MATTER.get(want, want) not in keys]
    words = [voice.tables["wants"][want] for want in said if want in voice.tables["wants"]]
    return f" {_OR[voice.language]} ".join(words)


def _refused(want: str, request: DraftRequest) -> bool:
    """Whether the post says that it is not wanted: "Ich will keinen Preisnachlass"."""
    spans = [reason for reason in request.reading.reasons if reason.label == want]
    text = request.text.text
    return bool(spans) and all(_NO.search(text[max(0, s.start - 12) : s.end]) for s in spans)


def asked_for(want: str, request: DraftRequest) -> bool:
    """Whether the post asks for it in so many words; "als ich nach dem Umtausch fragte" only tells of it."""
    text = request.text.text
    spans = [reason for reason in request.reading.reasons if reason.label == want]
    if not spans:  # a person read it there; only a bare question is taken for a wish without any words
        return want != "information"
    starts = [text.rfind(".", 0, span.start) + 1 for span in spans]
    ends = [text.find(".", span.end) for span in spans]
    sentences = (text[start : end if end >= 0 else None] for start, end in zip(starts, ends, strict=True))
    return any(_REQUEST.search(sentence) for sentence in sentences)


def _sum(want: str, request: DraftRequest) -> float | None:
    """The sum that a want is about, None while only the person can say it: what a post cost is no sum of a voucher."""
    return None if want in ("voucher", "credit") else largest_amount(request.text)


def _money(amount: float, line: str) -> str:
    """The limit as the business writes money: its currency sign or word, from the entry itself."""
    currency = re.search(r"€|euro?|eur|chf|franken|£|\$", line, re.IGNORECASE)
    figure = f"{amount:.2f}".removesuffix(".00")
    return f"{figure} {currency[0]}" if currency else figure
