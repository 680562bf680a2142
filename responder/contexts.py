"""What is known about a post when an answer to it is drafted or checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from sqlmodel import Session

from db import queries_drafts as queries
from db.models import PostVersion, Source
from db.queries_drafts import Material, Said
from responder.profile import Profile
from responder.reading.model import Text, from_json
from responder.tone import Context
from responder.words import Kind

MakeProfile = Callable[[Source], Profile]


def context_of(session: Session, found: Material, kind: str, profile: Profile) -> Context:
    """What the tone check needs to know about an answer to this post."""
    return Context(
        profile=replace(profile, contact_lock=found.case.contact_lock or profile.contact_lock),
        reading=from_json(found.version.reading) if found.version.reading else None,
        post=text_of(found.version, found.source),
        assessment=found.case.assessment,
        kind=kind,
        history=tuple(turn.text for turn in history(session, found) if turn.ours),
        author=found.author.name,
    )


def text_of(version: PostVersion, source: Source) -> Text:
    """A stored wording as the reader takes it."""
    kind = cast(Kind, source.settings.get("post_kind", "review"))
    return Text(
        text=version.text,
        title=version.title,
        rating=version.rating,
        rating_best=version.rating_best,
        rating_worst=version.rating_worst,
        kind=kind,
        locale=source.locale,
    )


def history(session: Session, found: Material) -> list[Said]:
    """The turns of the case before this wording, oldest first."""
    assert found.case.id is not None
    assert found.version.id is not None
    return queries.said_before(session, found.case.id, found.version.id)
