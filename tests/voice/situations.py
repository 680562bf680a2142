"""The development posts of `situations.toml`, answered as the program does it."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from responder.drafting import DraftRequest, Proposal, Turn, draft
from responder.profile import Profile
from responder.reading import read
from responder.reading.model import Reading, Text
from tests.voice.people import MONDAY

POSTS: dict[str, dict[str, Any]] = {
    post["id"]: post for post in tomllib.loads((Path(__file__).parent / "situations.toml").read_text("utf-8"))["posts"]
}
HOUSES = {
    "shop": ("Möbelhaus Kern", "Jana Brandt"),
    "hotel": ("Hotel Seehof", "Regula Ammann"),
    "restaurant": ("Gasthaus Lechner", "Franz Lechner"),
    "practice": ("Praxis Lindenstraße", ""),
    "app": ("Nordlicht", "Nele Voss"),
    "transport": ("Stadtverkehr", "Mira Solak"),
    "office": ("Gemeinde Tal", "Karin Vogt"),
}
CATALOGUES = {
    "none": (),
    "shop": (
        "Kaufpreis zurückzahlen bis 200 € binnen 8 Werktagen, Versandleitung",
        "Umtausch binnen 5 Werktagen, Kundendienst",
        "Preisnachlass bis 15 %, Filialleitung",
        "Rückruf am nächsten Werktag, Kundendienst",
    ),
    "restaurant": ("Gericht erstatten", "Gutschein bis 20 Euro, Schichtleitung"),
    "hotel": ("Fehlbuchung erstatten bis 100 € binnen 3 Werktagen, Empfang", "Nachlass bis 50 €, Direktion"),
    "transport": ("Fahrpreis erstatten bis 10 €, Kundendienst",),
    "english": ("Refund of the price up to £50 within 3 working days, shift lead",),
}


def profile_of(post: dict[str, Any]) -> Profile:
    """The house that answers a post."""
    business, signature = HOUSES[post["sector"]]
    quiet = post["sector"] == "practice"
    return Profile(
        locale=post.get("locale", "de-DE"),
        address=post.get("address", "sie"),
        confidential=quiet,
        contact_lock=post.get("lock", False),
        business=business,
        sector=post["sector"],
        signature=signature,
        signature_style="team" if quiet else "name",
        contact="hilfe@beispiel.example",
        second=post.get("second", ""),
        catalogue=CATALOGUES[post.get("catalogue", "none")],
        today=MONDAY,
        max_len=post.get("max_len", 0),
        unit="graphemes",
    )


def history_of(post: dict[str, Any]) -> tuple[Turn, ...]:
    """The earlier turns of a post's case."""
    turns = (turn.partition(": ") for turn in post.get("history", ()))
    return tuple(Turn("us" if role == "us" else "customer", said) for role, _, said in turns)


@cache
def reading_of(text: Text) -> Reading:
    """What a text says; read once."""
    return read(text)


def request_of(name: str, **more: Any) -> DraftRequest:
    """The request by which one post is answered."""
    post = POSTS[name]
    profile = profile_of(post)
    text = Text(post["text"], rating=post.get("rating"), kind="review", locale=profile.locale)
    history = history_of(post)
    values: dict[str, Any] = {
        "assessment": post.get("assessment", "open"),
        "step": post.get("step", 1),
        "kind": post.get("kind", "full"),
        "history": history,
        "earlier": tuple(reading_of(Text(turn.text, locale=profile.locale)) for turn in history if turn.role != "us"),
        "key": name,
    }
    return DraftRequest(reading_of(text), text, profile, **(values | more))


@cache
def answered(name: str) -> Proposal:
    """The draft for one post."""
    return draft(request_of(name))
