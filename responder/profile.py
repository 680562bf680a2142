"""How one business wants to sound at one outlet: plain values, built from settings, source and channel."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from responder.words import SignatureStyle, Unit


@dataclass(frozen=True, slots=True)
class Profile:
    """`max_len` counts in `unit` over the final text, signature included; 0 means no limit.

    `today` is the business's local date; `country` and `region` (Land or canton) choose its public holidays.
    `catalogue` lists in plain words what may be promised (read by `responder.playbook.catalogue`). `contact` is the
    line a customer may write or call to. `second` is who joins in at the third message: "Ute Held, Leiterin Versand".
    """

    locale: str = "de-DE"
    address: Literal["sie", "du"] = "sie"
    confidential: bool = False
    contact_lock: bool = False
    max_len: int = 0
    unit: Unit = "chars"
    business: str = ""
    sector: str = ""
    signature: str = ""
    signature_style: SignatureStyle = "name"
    contact: str = ""
    second: str = ""
    catalogue: tuple[str, ...] = field(default=())
    region: str = ""
    today: date = date(2026, 1, 1)

    @property
    def swiss(self) -> bool:
        return self.locale == "de-CH"

    @property
    def country(self) -> str:
        """ISO country whose holidays count; languages without a country use Germany's."""
        return {"de-AT": "AT", "de-CH": "CH"}.get(self.locale, "DE")
