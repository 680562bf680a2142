"""Approve = sign: what exactly a person put his name to. Pure over stored rows."""

from __future__ import annotations

import hashlib
import json
import uuid

from db.models import Approval, Channel
from db.moves import stamp

_KEYS = uuid.UUID("7f1c2f3e-5d7a-5c39-9a3a-0d3f6a1be0c4")
"""The namespace of idempotency keys; fixed for ever, or a repeated attempt would look like a new one."""


def signed_bytes(approval: Approval) -> bytes:
    """The canonical JSON of everything that was approved: post version, target, channel, kind, text, who and when."""
    body = {
        "approved_at": stamp(approval.approved_at),
        "approver": approval.approver_id,
        "channel": approval.channel_id,
        "kind": str(approval.kind),
        "obligation": approval.obligation_id,
        "post_version": approval.post_version_id,
        "second_approver": approval.second_approver_id,
        "target": approval.target,
        "text": approval.text,
    }
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def signature(approval: Approval) -> str:
    """sha256 hex over `signed_bytes`; equal to `Approval.sha256` unless something was changed since."""
    return hashlib.sha256(signed_bytes(approval)).hexdigest()


def key_of(approval: Approval, channel: Channel | None) -> str:
    """The stable key of the one reply that carries this signature to the account that `channel` is now.

    A channel that was pointed at another address or account gives another key, and the reply is not sent.
    """
    account = [channel.kind, channel.address, channel.account] if channel is not None else []
    return str(uuid.uuid5(_KEYS, json.dumps([approval.id, approval.sha256, *account], ensure_ascii=False)))
