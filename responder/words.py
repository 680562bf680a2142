"""The vocabulary of labels (see docs/architecture.md): every value that a reading, draft or check may carry."""

from __future__ import annotations

from typing import Literal

Kind = Literal["review", "social"]
Language = Literal["de", "gsw", "en", "fr", "it", "und"]
Sentiment = Literal["negative", "neutral", "positive"]
Address = Literal["sie", "du", "none"]
Unit = Literal["chars", "bytes", "graphemes"]
SignatureStyle = Literal["name", "initials", "team", "none"]
Severity = Literal["block", "warn"]

LOCALES = ("de-DE", "de-AT", "de-CH", "en", "fr", "it")

TOPICS = (
    "delivery product price billing refund staff waiting phone website app booking appointment room food cleanliness "
    "safety information opening accessibility noise location punctuality contract account data_privacy event other"
).split()

STATIONS = "advice order shop price delivery product invoice support complaint".split()

WANTS = (
    "apology correction refund exchange repair voucher credit delivery_date information callback being_heard"
).split()

RISKS = (
    "legal fraud_accusation extortion violence self_harm safety discrimination press personal_data insult spam"
).split()

PII_TYPES = "name email phone address iban order customer_no contract_no case_no room".split()
