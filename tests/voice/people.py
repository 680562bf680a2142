"""Who answers in the voice tests, and the posts they answer."""

from __future__ import annotations

import re
from datetime import date

from responder.drafting import DraftRequest, Proposal, draft
from responder.profile import Profile
from responder.reading.model import Fact, Reading, Text

MONDAY = date(2026, 11, 23)
SIE_WORDS = re.compile(r"\b(Ihnen|Ihre[mnrs]?|Ihr)\b|(?<![.!?:\n] )(?<!^)\bSie\b")
DU_WORDS = re.compile(r"\b([Dd]u|[Dd]ich|[Dd]ir|[Dd]eine?[mnrs]?)\b")
OFFICIALESE = re.compile(r"zeitnah|schnellstmöglich|Unannehmlichkeit|Ihr Anliegen|Feedback|zutiefst|\b(aber|jedoch)\b")

JANA = Profile(signature="Jana Brandt", contact="hilfe@moebel-kern.example", today=MONDAY)
NELE = Profile(signature="Nele", address="du", contact="hilfe@app.example", today=MONDAY)
REGULA = Profile(signature="Regula Ammann", locale="de-CH", contact="empfang@seehof.example", today=MONDAY)
FRANZ = Profile(signature="Franz Lechner", locale="de-AT", today=date(2027, 1, 7))
PRACTICE = Profile(signature_style="team", business="Praxis Lindenstraße", confidential=True, today=MONDAY)
KATE = Profile(signature="Kate Miller", locale="en", contact="help@shop.example", today=MONDAY)

SOFA_POST = "Drei Wochen warte ich jetzt auf den Sessel, und am Telefon geht keiner ran. Nie wieder."
SOFA = Reading(
    language="de",
    sentiment="negative",
    anger=2,
    topics=("delivery", "phone"),
    matters=("phone_unreachable", "delivery_late"),
    facts=(Fact("duration", "Drei Wochen", 0, 11), Fact("product", "den Sessel", 32, 42)),
)


def complaint(*matters: str, language: str = "de", **more: object) -> Reading:
    """A negative reading with these matters."""
    return Reading(language=language, sentiment="negative", matters=matters, **more)  # type: ignore[arg-type]


def answer(reading: Reading, post: str, profile: Profile = JANA, **more: object) -> Proposal:
    """The draft for a post under one star unless told otherwise."""
    rating = more.pop("rating", 1.0)
    return draft(DraftRequest(reading, Text(post, rating=rating), profile, **more))  # type: ignore[arg-type]
