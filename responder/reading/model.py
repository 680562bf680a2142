"""What a post says, as far as it can be told from its words. Plain data; offsets are code points of `text`."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from responder.words import Address, Kind, Language, Sentiment


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the text and what it was taken for (`type` of a personal datum, `signal` of a reason …)."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the customer has already told us and must not be asked for again.

    `kind` is one of order, date, time, place, person, amount, product, duration, room, expected (what was promised,
    ordered or hoped for) and received (what came instead); `value` is as written.
    """

    kind: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Text:
    """The input of a reading."""

    text: str
    title: str = ""
    rating: float | None = None
    rating_best: float | None = None
    rating_worst: float | None = None
    kind: Kind = "review"
    locale: str = "de-DE"


@dataclass(frozen=True, slots=True)
class Reading:
    """`probability` belongs to `sentiment`; `unsure` says that a person should not rely on it. 0–3 scales rise."""

    language: Language = "und"
    sentiment: Sentiment = "neutral"
    probability: float = 0.0
    unsure: bool = True
    anger: int = 0
    urgency: int = 0
    topics: tuple[str, ...] = ()
    station: str | None = None
    wants: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    pii: tuple[Span, ...] = ()
    address: Address = "none"
    facts: tuple[Fact, ...] = ()
    reasons: tuple[Span, ...] = ()
    is_question: bool = False
    matters: tuple[str, ...] = field(default=())
    """Keys of concrete matters found (e.g. `waited_long`, `food_cold`, `phone_unreachable`, `breakfast_good`): what
    the drafter names in our own words. The list of keys is the playbook's (`responder/playbook`)."""

    def as_json(self) -> dict[str, Any]:
        """The machine-readable form: JSON types only, spans as {start, end, type|signal}."""
        data = asdict(self)
        data["pii"] = [{"start": s.start, "end": s.end, "type": s.label} for s in self.pii]
        data["reasons"] = [{"start": s.start, "end": s.end, "signal": s.label} for s in self.reasons]
        for key in ("topics", "wants", "risks", "facts", "matters"):
            data[key] = list(data[key])
        return data


def from_json(data: dict[str, Any]) -> Reading:
    """The reading that `Reading.as_json` wrote (as stored in `PostVersion.reading`)."""
    values: dict[str, Any] = {key: data[key] for key in _SCALARS if key in data}
    values |= {key: tuple(data.get(key, ())) for key in ("topics", "wants", "risks", "matters")}
    values["pii"] = tuple(Span(s["start"], s["end"], s["type"]) for s in data.get("pii", ()))
    values["reasons"] = tuple(Span(s["start"], s["end"], s["signal"]) for s in data.get("reasons", ()))
    values["facts"] = tuple(Fact(**fact) for fact in data.get("facts", ()))
    return Reading(**values)


_SCALARS = "language sentiment probability unsure anger urgency station address is_question".split()
