"""The check as the page uses it: the very one that approving makes, for a text that is still being typed."""

from __future__ import annotations

from sqlmodel import Session

from db import queries_drafts
from db.queries_item import Item
from responder.contexts import MakeProfile, context_of
from responder.exact_text import exact, problems
from responder.findings import Finding
from responder.profile import Profile
from responder.profiles import fitted
from responder.tone import Context, check


def profile_of(item: Item, make_profile: MakeProfile) -> Profile:
    """How the business sounds at this item's outlet, and how long an answer may be there."""
    return fitted(make_profile(item.source), item.channel)


def context_for(session: Session, item: Item, make_profile: MakeProfile) -> Context:
    """What the check has to know about this item: the same that approving uses."""
    material = queries_drafts.material(session, item.obligation.id or 0)
    kind = item.draft.kind if item.draft else "full"
    return context_of(session, material, kind, profile_of(item, make_profile))


def findings_of(text: str, context: Context, language: str) -> list[Finding]:
    """What the rules say about `text`; offsets are those of `exact(text)`."""
    signed = exact(text)
    return problems(signed) or check(signed, context, language)


def mark_of(finding: Finding) -> str:
    """How the page's buttons refer to a finding."""
    return f"{finding.rule}:{finding.start}:{finding.end}"


def same_wording(findings: list[Finding], mark: str) -> Finding | None:
    """The finding a button of the page referred to, if it still stands in the text."""
    return next((one for one in findings if mark_of(one) == mark and one.instead), None)


def with_better_wording(text: str, finding: Finding) -> str:
    """`text` with the finding's span replaced by its better wording."""
    return text[: finding.start] + finding.instead + text[finding.end :]


def length(text: str, unit: str) -> int:
    """The length of `text` in the outlet's unit (graphemes are counted as code points, which is never fewer)."""
    return len(text.encode()) if unit == "bytes" else len(text)
