"""Checks a reply text against the practice rules C1–C10, A2, A6, B6, F1–F3. Pure: no clock, no network, no database."""

from responder.tone.check import acceptable, check, publishable
from responder.tone.context import Context
from responder.tone.unsaid import says_more

__all__ = ["Context", "acceptable", "check", "publishable", "says_more"]
