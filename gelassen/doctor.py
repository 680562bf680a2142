"""`gelassen doctor`: small checks, each with what it found, why it matters and how to mend it."""

from __future__ import annotations

import shutil
import stat
from datetime import datetime, timedelta
from importlib import metadata
from pathlib import Path

from sqlalchemy import text

from crawler.pages.mail_rules import rules_with
from db import queries_status
from db.engine import open_database
from db.queries_sources import list_channels, list_sources
from gelassen import language_model, needed_secrets, own_playbook
from gelassen.filesystems import NETWORK_FILESYSTEMS, filesystem_of
from gelassen.home import load
from gelassen.own_mood import OwnMood
from gelassen.patient import Check, Finding, Patient, Result
from gelassen.spans import local

TICK_PATIENCE = timedelta(minutes=3)
ROOMS = ("crawler", "responder", "db", "scheduler")


def examine(data: Path | None, now: datetime, *, fix: bool = False) -> list[Result]:
    """Run every check, mending on the way when `fix` is set. Raises `WrongUse` when there is no data folder."""
    home = load(data)
    patient = Patient(home, now)
    if home.database_file is None or home.database_file.exists():
        patient.database = open_database(home.database_url)
    try:
        return [run(check, patient, fix=fix) for check in CHECKS]
    finally:
        if patient.database:
            patient.database.close()


def run(check: Check, patient: Patient, *, fix: bool = False) -> Result:
    """One check; a check that breaks is itself a finding."""
    try:
        found = check.look(patient)
        if found and fix and check.mend:
            check.mend(patient)
            found = check.look(patient)
    except Exception as error:  # noqa: BLE001 - a broken database breaks many checks, and each has to say so
        found = f"This could not be checked: {type(error).__name__}: {str(error).splitlines()[0]}", "gelassen init"
    what, mend = found or (check.good, "")
    return Result(check.id, found is None, what, check.why, mend)


def folder_private(patient: Patient) -> Finding:
    folder = patient.home.folder
    for path in (folder, *folder.glob("gelassen.*")):
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            return f"Other accounts of this machine can open {path}.", "gelassen doctor --fix"
    return None


def make_folder_private(patient: Patient) -> None:
    folder = patient.home.folder
    folder.chmod(0o700)
    for path in folder.glob("gelassen.*"):
        path.chmod(0o600)


def local_disk(patient: Patient) -> Finding:
    kind = filesystem_of(patient.home.folder, patient.mounts)
    if kind in NETWORK_FILESYSTEMS:
        return f"The data folder lies on a network file system ({kind}).", "Move it to a local disk, or use PostgreSQL."
    return None


def room_on_disk(patient: Patient) -> Finding:
    free = shutil.disk_usage(patient.home.folder).free
    if free < patient.least_free_bytes:
        return f"Only {free // 2**20} MiB are free.", "Free some space; nothing is posted while the disk is full."
    return None


def database_whole(patient: Patient) -> Finding:
    if patient.database is None:
        return "There is no database.", "gelassen init"
    if not patient.database.is_sqlite:
        return None
    with patient.session() as session:
        verdict = session.connection().execute(text("PRAGMA integrity_check")).scalar()
    return None if verdict == "ok" else ("The database file is damaged.", "gelassen restore BACKUP")


def schema_current(patient: Patient) -> Finding:
    from db.migrate import HEAD, current

    if patient.database is None:
        return "There is no database.", "gelassen init"
    found = current(patient.database)
    return None if found == HEAD else (f"The tables are of version {found}, this program's is {HEAD}.", "gelassen init")


def upgrade_schema(patient: Patient) -> None:
    from gelassen.home import create

    create(patient.home.folder)
    if patient.database is None:
        patient.database = open_database(patient.home.database_url)


def audit_whole(patient: Patient) -> Finding:
    from db.audit import verify

    with patient.session() as session:
        problems = verify(session)
    return (problems[0], "Ask who had access to the file; keep it, and restore a backup.") if problems else None


def invariants_hold(patient: Patient) -> Finding:
    from db.invariants import check
    from responder.signature import signature

    with patient.session() as session:
        problems = check(session, patient.now, sign=signature)
    if not problems:
        return None
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return problems[0] + more, "Report this; it is a fault of the program. gelassen pause stops posting meanwhile."


def clock_ticks(patient: Patient) -> Finding:
    with patient.session() as session:
        last = queries_status.health(session, patient.now).last_tick
    if last is None:
        return "The daemon has never run.", "gelassen run"
    if patient.now - last > TICK_PATIENCE:
        return f"The clock last ticked at {local(last, patient.home.settings.timezone)}.", "gelassen run"
    return None


def sources_good(patient: Patient) -> Finding:
    with patient.session() as session:
        bad = [row for row in queries_status.source_statuses(session, patient.now) if row.health == "degraded"]
    if not bad:
        return None
    return "; ".join(f"{row.name}: {row.why}" for row in bad), f"gelassen source test {bad[0].name}"


def replies_settled(patient: Patient) -> Finding:
    with patient.session() as session:
        doubtful = queries_status.health(session, patient.now).in_doubt
    if not doubtful:
        return None
    return f"{doubtful} replies are in doubt.", "Wait a few minutes with the daemon running, then look at the page."


def posting_on(patient: Patient) -> Finding:
    with patient.session() as session:
        paused = queries_status.health(session, patient.now).posting_paused
    return ("Posting is paused.", "gelassen resume") if paused else None


def secrets_there(patient: Patient) -> Finding:
    with patient.session() as session:
        return needed_secrets.of_channels(list_channels(session), patient.environ)


def credentials_there(patient: Patient) -> Finding:
    with patient.session() as session:
        return needed_secrets.of_sources(list_sources(session), patient.environ)


def mail_rules_usable(patient: Patient) -> Finding:
    trouble = rules_with(patient.home.mail_rules).trouble
    return (trouble, f"Mend {patient.home.mail_rules}, then: gelassen source test MAIL.eml") if trouble else None


def channels_armed(patient: Patient) -> Finding:
    with patient.session() as session:
        idle = [one for one in list_channels(session) if one.state != "armed" and one.kind != "manual"]
    if not idle:
        return None
    return "; ".join(f"{one.name} is in state {one.state}" for one in idle), f"gelassen channel arm {idle[0].name}"


def somebody_approves(patient: Patient) -> Finding:
    from db.queries_people import list_users

    with patient.session() as session:
        able = [user for user in list_users(session) if "approver" in user.roles and not user.disabled]
    return None if able else ("Nobody may approve answers.", "gelassen user add NAME --role approver --role admin")


def language_libraries(patient: Patient) -> Finding:
    try:
        from responder.reading import warm_up

        warm_up()
    except Exception as error:  # noqa: BLE001 - whatever an unfit version raises on import
        return f"The language libraries do not load: {error}", "pip install 'textblob-de==0.4.3' 'textblob<0.18'"
    return None


def names_free(patient: Patient) -> Finding:
    """Rooms found under our four names must be ours."""
    owners = metadata.packages_distributions()
    foreign = {name: owner for room in ROOMS for name in owners.get(room, []) if (owner := room) and name != "gelassen"}
    if not foreign:
        return None
    name, room = next(iter(foreign.items()))
    return f"The distribution {name} also brings a package named {room}.", f"pip uninstall {name}"


CHECKS = (
    Check("folder", "Only this account can open the data folder.", "It holds what customers wrote.", folder_private,
          make_folder_private),
    Check("disk_kind", "The data folder lies on a local disk.", "SQLite loses data on network disks.", local_disk),
    Check("disk_room", "There is room on the disk.", "Without room nothing can be recorded, so nothing is posted.",
          room_on_disk),
    Check("database", "The database file is whole.", "A damaged file gets worse with every write.", database_whole,
          upgrade_schema),
    Check("schema", "The tables fit this program.", "Another version would misread them.", schema_current,
          upgrade_schema),
    Check("audit", "The audit trail is whole.", "It proves who approved what.", audit_whole),
    Check("invariants", "Every post has its duty, every reply its signature.", "Nothing may be lost or posted twice.",
          invariants_hold),
    Check("clock", "The clock ticks.", "Without it nothing is collected, drafted or posted.", clock_ticks),
    Check("sources", "All sources can be read.", "What cannot be read cannot be answered.", sources_good),
    Check("replies", "No reply is in doubt.", "A customer may be waiting for it.", replies_settled),
    Check("posting", "Posting is not paused.", "Approved answers wait while it is.", posting_on),
    Check("secrets", "Every channel finds its secret.", "Without it answers cannot be posted.", secrets_there),
    Check("credentials", "Every source finds its credential for reading.", "Without it nothing is collected there.",
          credentials_there),
    Check("mail_rules", "The rules for mails can be used.", "Without them mails of your platforms are not recognised.",
          mail_rules_usable),
    Check("playbook", "Your own sentences are fine.", "What cannot be used is left out of the answers.",
          lambda patient: own_playbook.trouble(patient.home, patient.now)),
    Check("model", "No model is asked, or it can be.", "Drafts from the rules come in any case.",
          lambda patient: language_model.trouble(patient.home.settings, patient.environ)),
    Check("mood_model", "What was learned from corrections can be used.", "Without it moods are read as for everybody.",
          lambda patient: OwnMood(patient.home.mood_model).finding()),
    Check("channels", "Every channel is armed.", "In a dry run nothing goes out.", channels_armed),
    Check("approvers", "Somebody may approve.", "Nothing is posted without a person.", somebody_approves),
    Check("language", "The language libraries load.", "Posts are read with them.", language_libraries),
    Check("names", "Our package names are our own.", "Another package of that name would be loaded.", names_free),
)  # fmt: skip
