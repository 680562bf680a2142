"""`gelassen source test MAIL.eml`: what the rules for mails make of a mail that was saved as a file."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from gelassen.cli.common import emit, talk
from gelassen.errors import UserError

if TYPE_CHECKING:
    from db.engine import Database
    from gelassen.home import Home

SAVED = ".eml"
OTHERS = (".msg", ".emlx", ".mbox")
LARGEST = 5 * 1024 * 1024
"""Bytes of a mail that are read, as in a mailbox."""


def is_one(target: str) -> bool:
    """Whether `target` is the name of a file with a mail, in whatever form."""
    return "://" not in target and target.lower().endswith((SAVED, *OTHERS))


def show(home: Home, database: Database, file: str, *, as_json: bool) -> None:
    """Read the mail and tell every step. Raises `UserError` for a file that holds no mail as it is sent."""
    from crawler.pages.mail_rules import rules_with
    from crawler.pages.mail_trial import try_out

    read = try_out(_content(Path(file)), rules_with(home.mail_rules), own_server(database))
    if as_json:
        sample = [asdict(post) for post in read.posts]
        emit({"kind": "mail", "address": file, "notes": read.notes, "sample": sample, "report": []})
    for note in read.notes:
        talk(f"  {note}")


def own_server(database: Database) -> str:
    """The mail server that the mailboxes here name as theirs, if they all name the same one."""
    from db.queries_sources import list_sources

    with database.read() as session:
        named = {str(one.settings.get("authserv", "")) for one in list_sources(session) if one.kind == "mail"}
    return named.pop() if len(named) == 1 else ""


def _content(file: Path) -> bytes:
    if file.suffix.lower() != SAVED:
        raise UserError(f"{file.name} is not the mail as it was sent. Save it in your mail program as {SAVED}.")
    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST)
    except OSError as error:
        raise UserError(f"{file} cannot be read: {error.strerror}.") from error
