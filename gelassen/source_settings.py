"""What can be set at a single source: what its kind obeys when it reads, and how the business sounds there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from crawler.kinds import KINDS
from crawler.options import Option
from gelassen.errors import WrongUse


def _post_kind(typed: str) -> str:
    if typed not in ("review", "social"):
        raise ValueError("review or social")
    return typed


VOICE = (
    Option("business", "name of the business at this place (otherwise the setting business)"),
    Option("sector", "what the business does, at this place (otherwise the setting sector)"),
    Option("signature", "who signs the answers at this place (otherwise the setting signature)"),
    Option("contact_line", "where a customer may write or call, at this place (otherwise the setting contact)"),
    Option("post_kind", "review for reviews, social for posts in a conversation", _post_kind),
)
"""What drafts obey, at a source of any kind."""


def options(kind: str) -> dict[str, Option]:
    """Every setting of a source of this kind, by name."""
    own = KINDS[kind].options if kind in KINDS else ()
    return {option.name: option for option in (*own, *VOICE)}


def typed(kind: str, pairs: Sequence[str]) -> dict[str, Any]:
    """The values of `KEY=VALUE` pairs; None for a key with nothing behind it, which takes the setting away.

    Raises `WrongUse`, naming what the kind knows.
    """
    return dict(_one(kind, pair) for pair in pairs)


def merged(before: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """The settings with what was given; what is None is taken away."""
    return {key: value for key, value in {**before, **given}.items() if value is not None}


def check_own_ids(kind: str) -> None:
    """Raise `WrongUse` where no account counts as ours by its id."""
    if "own_ids" not in options(kind):
        label = KINDS[kind].title if kind in KINDS else kind
        raise WrongUse(
            f"{label}: --own-id does not fit, because here your answers are known by the credential or by their place."
        )


def describe(kind: str) -> str:
    """The settings of a kind, one a line."""
    return "\n".join(f"  {option.name}: {option.about}" for option in options(kind).values())


def _one(kind: str, pair: str) -> tuple[str, Any]:
    key, mark, value = pair.partition("=")
    key = key.strip()
    known = options(kind)
    if not mark:
        raise WrongUse(f"--setting {pair!r} is not complete. It is written KEY=VALUE. Settings here:\n{describe(kind)}")
    if key not in known:
        close = get_close_matches(key, known, n=1)
        hint = f" Did you mean {close[0]}?" if close else ""
        raise WrongUse(f"There is no setting {key!r} here.{hint} Settings are:\n{describe(kind)}")
    return key, _value(known[key], value)


def _value(option: Option, text: str) -> Any:
    if not text.strip():
        if option.needed:
            raise WrongUse(f"{option.name} cannot be empty, because this source cannot be read without it.")
        return None
    try:
        return option.read(text)
    except ValueError as error:
        raise WrongUse(f"{option.name}={text} is not possible. It takes {error}.") from error
