"""No room on the disk: nothing half-written, reading goes on, and writing again as soon as there is room."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from secrets import token_hex

import pytest
from sqlalchemy import URL, create_engine, text
from sqlmodel import func, select

from db.audit import verify
from db.engine import Database, StoreFull, open_database, sqlite_url
from db.invariants import check
from db.models import PostVersion, Transition
from db.moves import Change, record
from tests.conftest import drop_postgresql
from tests.store import rows


@pytest.fixture
def mount_disk() -> Iterator[Callable[[str], Path]]:
    """A function that makes a file system of that size; skips where this account may not mount one, except in CI."""
    folder = Path(tempfile.mkdtemp(prefix="gelassen-disk-"))  # PostgreSQL's own user must reach it

    def mount(size: str) -> Path:
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            said = f"no file system can be mounted here: {done.stderr.strip()}"
            pytest.fail(said) if os.environ.get("CI") else pytest.skip(said)
        return folder

    yield mount
    subprocess.run(["umount", "--lazy", str(folder)], capture_output=True, check=False)
    folder.rmdir()


@pytest.fixture
def small_disk(mount_disk: Callable[[str], Path]) -> Path:
    return mount_disk("1m")


@pytest.fixture
def on_small_disk(small_disk: Path, sqlite_template: Path) -> Iterator[Database]:
    shutil.copyfile(sqlite_template, small_disk / "gelassen.db")
    database = open_database(sqlite_url(small_disk / "gelassen.db"))
    yield database
    database.close()


@pytest.fixture
def with_few_pages(sqlite_database: Database) -> Database:
    """The same failure without a mount: SQLite itself refuses to grow the file."""
    with sqlite_database.writer.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA max_page_count = 100")
    return sqlite_database


def add_post(database: Database, now: datetime) -> None:
    """Two tables and the trail in one transaction, in the shape of an intake."""
    with database.write() as session:
        version = rows.version(session, now, rows.post(session, now), text=token_hex(3_000))
        rows.obligation(session, now, version)
        record(session, [Change("post", version.post_id, "", "live", "worker")], now=now)


def fill(database: Database, now: datetime) -> int:
    """Write until the disk is full; returns how many posts were stored."""
    for stored in range(2_000):
        try:
            add_post(database, now)
        except StoreFull:
            return stored
    raise AssertionError("the disk never became full")


def counted(database: Database, now: datetime) -> int:
    """Stored posts, after checking that none is there in part."""
    with database.read() as session:
        versions = session.exec(select(func.count()).select_from(PostVersion)).one()
        assert session.exec(select(func.count()).select_from(Transition)).one() == versions
        assert (verify(session), check(session, now)) == ([], [])
    return versions


@pytest.fixture
def in_small_tablespace(mount_disk: Callable[[str], Path], fresh_postgresql: Callable[..., URL]) -> Iterator[Database]:
    """A PostgreSQL database whose files lie on a disk with 1 MB of room left."""
    disk = mount_disk("20m")
    disk.chmod(0o777)
    admin = create_engine(fresh_postgresql(template="template0"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        server_user = Path(str(connection.execute(text("SHOW data_directory")).scalar())).owner()
        shutil.chown(disk, server_user)
        connection.execute(text(f"CREATE TABLESPACE small LOCATION '{disk}'"))
        url = fresh_postgresql(template="gelassen_template TABLESPACE small")
        (disk / "ballast").write_bytes(b"x" * (shutil.disk_usage(disk).free - 1_000_000))
        database = open_database(url.render_as_string(hide_password=False))
        yield database
        database.close()
        connection.execute(text(f"DROP DATABASE {url.database}"))
        connection.execute(text("DROP TABLESPACE small"))
    admin.dispose()
    drop_postgresql(admin.url)


@pytest.mark.parametrize("where", ["on_small_disk", "with_few_pages", "in_small_tablespace"])
def test_a_full_disk_keeps_whole_transactions_only(request: pytest.FixtureRequest, where: str, now: datetime) -> None:
    database: Database = request.getfixturevalue(where)
    stored = fill(database, now)
    assert 0 < stored == counted(database, now)


def test_the_message_says_what_happened(with_few_pages: Database, now: datetime) -> None:
    fill(with_few_pages, now)
    with pytest.raises(StoreFull, match="no room on the disk"):
        add_post(with_few_pages, now)


def test_after_a_restart_on_a_full_disk_everything_can_be_read(on_small_disk: Database, now: datetime) -> None:
    stored = fill(on_small_disk, now)
    on_small_disk.close()
    again = open_database(on_small_disk.writer.url.render_as_string())
    assert counted(again, now) == stored
    with again.read() as session:
        assert session.connection().execute(text("PRAGMA integrity_check")).scalar() == "ok"
    again.close()


def test_writing_goes_on_when_there_is_room_again(on_small_disk: Database, small_disk: Path, now: datetime) -> None:
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 200_000)
    stored = fill(on_small_disk, now)
    ballast.unlink()
    add_post(on_small_disk, now)
    assert counted(on_small_disk, now) == stored + 1


@pytest.mark.heavy
def test_the_disk_may_become_full_at_any_point(on_small_disk: Database, small_disk: Path, now: datetime) -> None:
    """Room shrinks by less than a page each time, so the failure wanders through every write of a transaction."""
    ballast, stored = small_disk / "ballast", 0
    for size in range(600_000, 300_000, -1_500):
        ballast.write_bytes(b"x" * size)
        try:
            add_post(on_small_disk, now)
            stored += 1
        except (StoreFull, OSError):
            pass
        assert counted(on_small_disk, now) == stored
    assert stored > 0


@pytest.mark.heavy
def test_a_limit_on_the_file_size_counts_as_full(sqlite_database: Database, now: datetime) -> None:
    """Some hosts set a quota that way. Run in a process of its own: the limit cannot be taken back."""
    url = sqlite_database.writer.url.render_as_string()
    code = (
        "import sys; from datetime import datetime, UTC; from db.engine import open_database;"
        "from tests.store.test_disk_full import limit_file_size, fill, counted;"
        f"database, now = open_database({url!r}), datetime(2026, 11, 23, tzinfo=UTC); limit_file_size(400_000);"
        "assert fill(database, now) == counted(database, now) > 0; database.close()"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert counted(sqlite_database, now) > 0


def limit_file_size(size: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.skipif(os.name != "posix", reason="files are made read-only in another way here")
def test_a_disk_mounted_read_only_counts_as_full(small_disk: Path, sqlite_template: Path, now: datetime) -> None:
    shutil.copyfile(sqlite_template, small_disk / "gelassen.db")
    database = open_database(sqlite_url(small_disk / "gelassen.db"))
    add_post(database, now)
    database.close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(StoreFull):
        add_post(database, now)
    database.close()
