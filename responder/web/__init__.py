"""The approval page: a person reads, edits, signs."""

from responder.web.app import create_app
from responder.web.settings import PageSettings

__all__ = ["PageSettings", "create_app"]
