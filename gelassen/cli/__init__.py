"""The command line: data on stdout, talk on stderr; exit code 0 ok, 1 the answer is no, 2 wrong use.

One module per group of commands. Their functions import what they need when they run, so that no command waits for
the libraries of another.
"""

from __future__ import annotations

import os
import sys

import typer

from gelassen.cli import channels, exchange, learning, look, operate, people, playbook, setup, sources, texts, work
from gelassen.errors import UserError

app = typer.Typer(
    name="gelassen",
    help="Every public post gets an answer; a person approves each one.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
)
for group in (setup, playbook, sources, channels, work, look, texts, exchange, people, operate, learning):
    group.register(app)


def main() -> None:
    """Run one command and end the process with its exit code."""
    try:
        app()
    except UserError as error:
        _say(str(error))
        sys.exit(error.code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains once more at exit
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if (explained := _explain(error)) is None:
            raise
        _say(explained)
        sys.exit(1)


def _say(text: str) -> None:
    from gelassen.cli.common import talk

    talk(text, style="red")


def _explain(error: Exception) -> str | None:
    """What an error of the store means for a person; None for one that nobody foresaw."""
    from sqlalchemy.exc import DatabaseError, OperationalError, ProgrammingError

    from db.backup_paths import DAMAGE, BackupFailed
    from db.engine import StoreFull
    from db.migrate import SchemaTooNew
    from db.moves import Conflict
    from db.queries_channels import ChannelInUse
    from db.queries_source_changes import SourceInUse
    from db.queries_sources import NameTaken, NothingToLookAt
    from responder.people import PeopleError

    told = (StoreFull, SchemaTooNew, BackupFailed, ChannelInUse, SourceInUse, NameTaken, NothingToLookAt, PeopleError,
            Conflict)  # fmt: skip
    if isinstance(error, told):
        return str(error)
    if isinstance(error, DatabaseError) and getattr(error.orig, "sqlite_errorcode", None) in DAMAGE:
        return "The database file is damaged or not a database. Put a backup in its place: gelassen restore FILE"
    if isinstance(error, (OperationalError, ProgrammingError)):
        return f"The database cannot be used: {error.orig}. See `gelassen doctor`; `gelassen init` updates the tables."
    return None
