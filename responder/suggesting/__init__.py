"""Optional and off unless an address is set: a model proposes the wording, and rules decide whether it may be shown.

It is sent the post without personal data and the playbook's own draft, once for each draft. What it answers is shown
only when nothing speaks against it; in every other case the draft from the rules stands.
"""

from responder.suggesting.brief import Message
from responder.suggesting.service import NoAnswer, Service
from responder.suggesting.suggest import Ask, suggest

__all__ = ["Ask", "Message", "NoAnswer", "Service", "suggest"]
