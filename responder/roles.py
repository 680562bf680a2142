"""Which role a step needs. The page hides what a person may not do; here it is refused."""

from __future__ import annotations

from db.models import User

DRAFTER, APPROVER = "drafter", "approver"


class NotAllowed(Exception):
    """The person lacks the role for this step. Nothing was changed."""


def require(user: User, *roles: str) -> str:
    """The actor name of `user` for the audit trail. Raises `NotAllowed` unless he holds one of `roles`."""
    if user.disabled or not set(roles) & set(user.roles):
        raise NotAllowed(f"This needs the role {' or '.join(roles)}; {user.name} does not hold it.")
    return f"user:{user.id}"
