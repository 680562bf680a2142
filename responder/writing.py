"""One answer from the stored post: what it is made from, the reading, the draft, and an empty one when that fails."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from sqlmodel import Session

from db import queries_drafts as queries
from db.models import Draft
from db.queries_drafts import Material
from db.states import DraftKind, DraftOrigin
from responder.contexts import MakeProfile, context_of, history
from responder.drafting import DraftRequest, Turn, draft
from responder.findings import Finding
from responder.playbook import Playbook
from responder.profiles import fitted
from responder.reading import read
from responder.reading.linear import Linear
from responder.reading.model import Reading, Text, from_json
from responder.suggesting import Ask, suggest
from responder.tone import Context, check

log = logging.getLogger(__name__)

BY_HAND = "by_hand"
"""A need of a draft that is empty because no text could be proposed."""


@dataclass(frozen=True, slots=True)
class Writing:
    """What came out of reading and drafting; `reading` is None when the post could not be read."""

    draft: Draft
    reading: Reading | None


@dataclass(frozen=True, slots=True)
class Request:
    """Everything one draft is made from, loaded before any work is done so that no transaction stays open."""

    material: Material
    context: Context
    history: tuple[Turn, ...]
    earlier: tuple[Reading, ...]
    taken: frozenset[str]
    kind: str
    playbook: Playbook | None

    @classmethod
    def load(
        cls,
        session: Session,
        obligation_id: int,
        make_profile: MakeProfile,
        playbook: Playbook | None,
        kind: str = DraftKind.FULL.value,
    ) -> Request:
        """What there is for this obligation now; `kind` is a value of `DraftKind`."""
        found = queries.material(session, obligation_id)
        assert found.source.id is not None
        context = context_of(session, found, kind, fitted(make_profile(found.source), found.channel))
        said = history(session, found)
        turns = tuple(Turn("us" if turn.ours else "customer", turn.text) for turn in said)
        earlier = tuple(from_json(turn.reading) for turn in said if turn.reading)
        return cls(found, context, turns, earlier, queries.taken_texts(session, found.source.id), kind, playbook)


def write(request: Request, now: datetime, ask: Ask | None = None, mood: Linear | None = None) -> Writing:
    """Read and draft; whatever goes wrong, a person is asked to write by hand."""
    try:
        reading = request.context.reading or read(cast(Text, request.context.post), mood)
        return _compose(request, reading, now, ask)
    except Exception:  # whatever a strange text does to reader or drafter, the posts behind it must go on
        log.exception("obligation %s could not be drafted", request.material.obligation.id)
        return by_hand(request, now)


def _compose(request: Request, reading: Reading, now: datetime, ask: Ask | None) -> Writing:
    found, context = request.material, replace(request.context, reading=reading)
    wanted = DraftRequest(
        reading=reading,
        text=cast(Text, context.post),
        profile=context.profile,
        assessment=found.case.assessment,
        step=found.obligation.step,
        kind=request.kind,
        history=request.history,
        earlier=request.earlier,
        taken=request.taken,
        playbook=request.playbook,
        key=f"{found.source.name}:{found.post.external_id}:{found.version.version}",
    )
    proposal = draft(wanted)
    origin = DraftOrigin.RULES.value
    if ask is not None and (worded := suggest(ask, wanted, proposal, context)) is not None:
        proposal, origin = replace(proposal, text=worded, findings=(), needs=()), DraftOrigin.MODEL.value
    findings = [*proposal.findings, *check(proposal.text, replace(context, kind=proposal.kind))]
    values = {"text": proposal.text, "practices": list(proposal.practices), "needs": list(proposal.needs)}
    return Writing(_new_draft(request, now, **values, origin=origin, findings=_as_json(findings)), reading)


def by_hand(request: Request, now: datetime) -> Writing:
    """An empty draft that says that a person must write it."""
    return Writing(_new_draft(request, now, text="", origin=DraftOrigin.RULES.value, needs=[BY_HAND]), None)


def _new_draft(request: Request, now: datetime, **values: Any) -> Draft:
    return Draft(
        obligation_id=cast(int, request.material.obligation.id),
        kind=request.kind,
        created_at=now,
        updated_at=now,
        **values,
    )


def _as_json(findings: list[Finding]) -> list[dict[str, Any]]:
    return [finding.as_json() for finding in dict.fromkeys(findings)]
