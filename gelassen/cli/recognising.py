"""What stands at an address, and what an owner has to do when it cannot be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from gelassen.cli.common import emit, talk
from gelassen.errors import UserError, WrongUse

if TYPE_CHECKING:
    from crawler.spiders.scout import Found
    from db.models import Source
    from gelassen.home import Home

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")
HOW = """\
What it holds: {credential}.
How to get it: {way}.
Put it into a file that only you can read, and say where it is (for `gelassen run` too):
  export {variable}_FILE=/path/to/the/file
Then: {command}"""


def recognise(
    home: Home,
    address: str,
    kind: str,
    *,
    allow_private: bool,
    secret: str,
    settings: dict[str, Any] | None = None,
    as_json: bool = False,
) -> Found:
    """Fetch and find out. Raises `UserError` with what is in the way and how to go on.

    Where a person has to choose among several places, they are shown first, `as_json` on stdout.
    """
    from crawler.recognise import recognise as look
    from gelassen.look_once import make_crawler
    from gelassen.secrets import find_reading_secret

    check_name(secret)
    value = find_reading_secret(secret) if secret else ""
    try:
        found = look(
            address,
            kind=kind,
            secret=value,
            allow_private=allow_private,
            settings=settings,
            crawler=make_crawler(home),
        )
    except (ValueError, OSError) as error:
        raise UserError(str(error)) from error
    if as_json and found.choices:
        emit({"choices": [{"address": place.address, "title": place.title} for place in found.choices]})
    return _readable(found, f"gelassen source add '{address}' --secret {found.kind or 'NAME'}", secret)


def look_again(home: Home, source: Source) -> Found:
    """Look at a stored source as the daemon does. Raises `UserError` like `recognise`."""
    from crawler.recognise import look_again as look
    from gelassen.bridge import target_of
    from gelassen.look_once import make_crawler

    target = target_of(source, home.settings)
    found = look(target, make_crawler(home))
    return _readable(found, f"gelassen source set {source.name} --secret {source.kind}", source.secret)


def check_kind(kind: str) -> None:
    """Raise `WrongUse` for a kind that there is not."""
    from crawler.kinds import KINDS

    if kind and kind not in KINDS:
        raise WrongUse(f"There is no kind {kind!r} of source. Kinds are {', '.join(KINDS)}.")


def check_name(secret: str) -> None:
    """Raise `WrongUse` for what looks like a credential itself, without showing it."""
    if secret and not NAME.fullmatch(secret):
        raise WrongUse(
            "--secret takes a name that you choose, such as “mastodon”, and not the credential itself. A name has "
            "letters, digits, - and _. The credential goes into the file that GELASSEN_READ_<NAME>_FILE names."
        )


def show(found: Found) -> None:
    """What was found, with up to three posts."""
    talk(f"{found.address}: {title(found.kind)}{', for example' if found.sample else ''}")
    for post in found.sample[:3]:
        stars = f"{post.rating:g}/{post.rating_best or 5:g} " if post.rating is not None else ""
        talk(f"  {stars}{post.author_name}: {(post.title or post.text)[:90]}")
    for note in found.notes:
        talk(f"  {note}")


def title(kind: str) -> str:
    """A kind in words; one that is not known here keeps its name."""
    from crawler.kinds import KINDS

    return KINDS[kind].title if kind in KINDS else kind


def _readable(found: Found, command: str, secret: str) -> Found:
    if not found.problem:
        return found
    lines = list({_place(line): line for line in reversed([found.problem, *found.notes])}.values())[::-1]
    lines += map(str, found.lines)
    lines += [f"  gelassen source add {one.address} --secret {secret}  # {one.title}" for one in found.choices]
    if found.wants_credential and not secret:
        lines.append(_way_to_credential(found.kind, command))
    raise UserError("\n".join(lines))


def _way_to_credential(kind: str, command: str) -> str:
    from crawler.kinds import KINDS
    from gelassen.secrets import READING, variable

    wanted = KINDS[kind]
    return HOW.format(credential=wanted.credential, way=wanted.way, variable=variable(kind, READING), command=command)


def _place(line: str) -> str:
    """A sentence without the paths of its addresses: the same trouble of one host is told once."""
    return re.sub(r"(https?://[^/\s]+)\S*", r"\1", line)
