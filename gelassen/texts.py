"""`read`, `draft` and `check` as functions from one line of JSON to one line of JSON. No data folder is needed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

from gelassen.errors import WrongUse
from gelassen.profile_line import profile_from
from responder.playbook import Playbook
from responder.profile import Profile
from responder.reading.linear import Linear
from responder.reading.model import Text
from responder.words import LOCALES

Row = Mapping[str, Any]
Work = Callable[[Row], dict[str, Any]]
ASSESSMENTS = ("right", "partly", "misunderstanding", "own_fault", "open", "praise")
REMEMBERED = 1000


def reader(defaults: dict[str, Any], mood: Linear | None = None) -> Work:
    """What `gelassen read` does with one post; `mood` is the business's own model of moods, likewise below."""
    from responder.reading import read

    def work(row: Row) -> dict[str, Any]:
        reading = read(text_of(row, str(defaults["locale"])), mood).as_json()
        shown = {key: value for key, value in reading.items() if key not in ("is_question", "matters")}
        return {"id": id_of(row), **shown, "is_question": reading["is_question"], "matters": reading["matters"]}

    return work


def drafter(defaults: dict[str, Any], playbook: Playbook, mood: Linear | None = None) -> Work:
    """What `gelassen draft` does with one post; within one run no two answers are equal."""
    from responder.drafting import DraftRequest, Turn, draft
    from responder.reading import read

    taken: OrderedDict[str, None] = OrderedDict()

    def work(row: Row) -> dict[str, Any]:
        text, profile = _post_and_profile(row, defaults)
        history = tuple(Turn(_role(turn), _string(turn, "text")) for turn in _list(row, "history"))
        request = DraftRequest(
            reading=read(text, mood),
            text=text,
            profile=profile,
            assessment=_assessment(row),
            step=_step(row),
            history=history,
            earlier=tuple(read(Text(turn.text, locale=text.locale)) for turn in history if turn.role == "customer"),
            taken=frozenset(taken) | {turn.text for turn in history if turn.role == "us"},
            key=str(id_of(row) or ""),
            playbook=playbook,
        )
        proposal = draft(request)
        taken[proposal.text] = None
        while len(taken) > REMEMBERED:
            taken.popitem(last=False)
        return {
            "id": id_of(row),
            "text": proposal.text,
            "kind": proposal.kind,
            "practices": list(proposal.practices),
            "findings": [finding.as_json() for finding in proposal.findings],
            "needs": list(proposal.needs),
        }

    return work


def checker(defaults: dict[str, Any], mood: Linear | None = None) -> Work:
    """What `gelassen check` does with one reply text."""
    from responder.tone import Context, check, publishable

    def work(row: Row) -> dict[str, Any]:
        post_row = row.get("post")
        if post_row is not None and not isinstance(post_row, dict):
            raise WrongUse("post must be an object")
        profile = _profile(row, defaults)
        post = text_of(post_row, profile.locale) if post_row else None
        context = Context(
            profile=profile,
            reading=_read(post, mood) if post else None,
            post=post,
            assessment=_assessment(row),
            kind=_string(row, "kind", "full"),
            history=tuple(_string(turn, "text") for turn in _list(row, "history") if _role(turn) == "us"),
        )
        findings = check(_string(row, "text"), context)
        return {"id": id_of(row), "ok": publishable(findings), "findings": [finding.as_json() for finding in findings]}

    return work


def _read(post: Text, mood: Linear | None) -> Any:
    from responder.reading import read

    return read(post, mood)


def _post_and_profile(row: Row, defaults: dict[str, Any]) -> tuple[Text, Profile]:
    profile = _profile(row, defaults)
    return text_of(row, profile.locale), profile


def _profile(row: Row, defaults: dict[str, Any]) -> Profile:
    """The line's profile; without a locale of its own it takes the line's."""
    given = _object(row, "profile")
    return profile_from(given, defaults | {"locale": _locale(row, str(defaults["locale"]))})


def id_of(row: Row) -> Any:
    """The line's id as given; lines of `gelassen posts` carry theirs as external_id."""
    return row.get("id", row.get("external_id"))


def text_of(row: Row, locale: str) -> Text:
    """The post of a line. Raises `WrongUse` when it has neither text nor title nor rating, or one of a wrong type."""
    if all(row.get(key) is None for key in ("text", "title", "rating")):
        raise WrongUse("text is missing")
    kind = _string(row, "kind", "review")
    if kind not in ("review", "social"):
        raise WrongUse(f"kind must be review or social, not {kind!r}")
    return Text(
        text=_string(row, "text"),
        title=_string(row, "title"),
        rating=_number(row, "rating"),
        rating_best=_number(row, "rating_best"),
        rating_worst=_number(row, "rating_worst"),
        kind="social" if kind == "social" else "review",
        locale=_locale(row, locale),
    )


def _locale(row: Row, default: str) -> str:
    given = _string(row, "locale", default)
    if given not in LOCALES:
        raise WrongUse(f"locale must be one of {', '.join(LOCALES)}, not {given!r}")
    return given


def _string(row: Row, key: str, default: str = "") -> str:
    value = row.get(key)
    if value is None:
        return default
    if not isinstance(value, str):
        raise WrongUse(f"{key} must be a text, not {type(value).__name__}")
    return value


def _number(row: Row, key: str) -> float | None:
    value = row.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise WrongUse(f"{key} must be a number, not {value!r}")
    return float(value)


def _object(row: Row, key: str) -> dict[str, Any]:
    value = row.get(key)
    if value is not None and not isinstance(value, dict):
        raise WrongUse(f"{key} must be an object")
    return value or {}


def _list(row: Row, key: str) -> list[dict[str, Any]]:
    value = row.get(key)
    if value is not None and not (isinstance(value, list) and all(isinstance(item, dict) for item in value)):
        raise WrongUse(f"{key} must be a list of objects")
    return value or []


def _role(turn: Row) -> Any:
    if turn.get("role") not in ("customer", "us"):
        raise WrongUse(f"history: role must be customer or us, not {turn.get('role')!r}")
    return turn["role"]


def _assessment(row: Row) -> str:
    value = _string(row, "assessment", "open")
    if value not in ASSESSMENTS:
        raise WrongUse(f"assessment must be one of {', '.join(ASSESSMENTS)}, not {value!r}")
    return value


def _step(row: Row) -> int:
    step = _number(row, "step")
    if step is not None and step not in (1, 2, 3):
        raise WrongUse(f"step must be 1, 2 or 3, not {row['step']!r}")
    return int(step or 1)
