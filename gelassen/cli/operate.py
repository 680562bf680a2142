"""Commands of whoever looks after the installation: doctor, backup, restore, audit, pause, resume, approve."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from gelassen.cli.common import Data, Json, emit, now, opened, table, talk
from gelassen.errors import UserError, WrongUse
from gelassen.home import Home


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (doctor, backup, restore, approve, pause, resume):
        app.command()(command)
    audit = typer.Typer(help="The audit trail.", no_args_is_help=True)
    audit.callback()(lambda: None)
    audit.command("verify")(audit_verify)
    app.add_typer(audit, name="audit")


def doctor(
    fix: Annotated[bool, typer.Option("--fix", help="Mend what can be mended safely.")] = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Look whether everything is as it should be; say what is not, why it matters and what to do."""
    from gelassen.doctor import examine

    results = examine(data, now(), fix=fix)
    if as_json:
        emit([result.as_json() for result in results])
    else:
        table(("", "check", "what", "do"), [("✓" if r.ok else "✗", r.id, r.what, r.fix) for r in results])
    if not all(result.ok for result in results):
        raise typer.Exit(1)


def backup(file: Path, data: Data = None) -> None:
    """Copy the database to FILE, also while everything runs, and check the copy."""
    from db.backup import backup as copy

    with opened(data) as (_, database):
        copy(database, file)
    talk(f"Saved to {file}. Put it back with: gelassen restore {file}")


def restore(file: Path, data: Data = None) -> None:
    """Put a backup in place of the database; the present one is kept beside it and posting stays stopped."""
    from db.backup import restore as put_back
    from gelassen.home import load
    from gelassen.locks import FolderLock

    home = load(data)
    if home.database_file is None:
        raise WrongUse("The database is a server. Restore it with its own tool: pg_restore.")
    with FolderLock(home.folder) as lock:
        if not lock.take():
            raise UserError("Gelassen runs on this data folder. Stop it first, then restore.")
        kept = put_back(file, home.database_file)
        _stop_posting(home)
    talk(f"Restored from {file}{f'; what was there before is kept as {kept}' if kept else ''}.")
    talk("Posting is stopped: answers that went out after the backup wait in it as if they had not. Look at what is")
    talk("under way on the page, take back what already stands in public, then go on with: gelassen resume")


def _stop_posting(home: Home) -> None:
    """A backup knows nothing of what was posted after it; nothing may leave before a person has compared."""
    from db.migrate import upgrade
    from db.queries_settings import POSTING_PAUSED, put_setting

    database = home.open()
    try:
        upgrade(database)
        with database.write() as session:
            put_setting(session, POSTING_PAUSED, True, now())
    finally:
        database.close()


def audit_verify(data: Data = None, as_json: Json = False) -> None:
    """Check that nobody changed, removed or cut off entries of the audit trail."""
    from db.audit import verify

    with opened(data) as (_, database), database.read() as session:
        problems = verify(session)
    if as_json:
        emit({"ok": not problems, "problems": problems})
    for problem in problems:
        talk(problem, style="red")
    if problems:
        raise typer.Exit(1)
    talk("The audit trail is whole.")


def approve(
    obligation: int,
    user: Annotated[str, typer.Option("--as", help="Name of the approver.")],
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Approve the waiting draft of an inbox entry (off unless the settings allow it)."""
    from gelassen.approving import approve_waiting

    with opened(data) as (home, database):
        if not home.settings.approve_on_command_line:
            raise UserError("Approving here is switched off. Set approve_on_command_line = true, or use the page.")
        approval = approve_waiting(database, home.settings, obligation, user, now())
    if as_json:
        emit({"approval": approval.id, "sha256": approval.sha256, "undo_until": approval.undo_until})
    until = approval.undo_until.astimezone(ZoneInfo(home.settings.timezone))
    talk(f"Approved. It goes out after {until:%H:%M:%S %Z}.")


def pause(data: Data = None) -> None:
    """Stop all posting at once. Collecting and drafting go on."""
    _set_paused(data, True)
    talk("Posting is paused. Go on with: gelassen resume")


def resume(data: Data = None) -> None:
    """Post approved answers again."""
    _set_paused(data, False)
    talk("Posting goes on.")


def _set_paused(data: Path | None, paused: bool) -> None:
    from db.queries_settings import POSTING_PAUSED, put_setting

    with opened(data) as (_, database), database.write() as session:
        put_setting(session, POSTING_PAUSED, paused, now())
