"""The data folder: where it is, what lies in it, and how its database is opened."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gelassen.errors import WrongUse

if TYPE_CHECKING:
    from db.engine import Database
    from gelassen.settings import Settings

DATABASE_NAME = "gelassen.db"
LOCK_NAME = "gelassen.lock"


@dataclass(frozen=True, slots=True)
class Home:
    """One installation: its folder and its settings."""

    folder: Path
    settings: Settings

    @property
    def database_url(self) -> str:
        return self.settings.database_url or f"sqlite:///{self.folder / DATABASE_NAME}"

    @property
    def database_file(self) -> Path | None:
        """The SQLite file; None when the database is a server."""
        return None if self.settings.database_url else self.folder / DATABASE_NAME

    @property
    def playbook(self) -> Path:
        """Where the business keeps phrases of its own; the folder need not exist."""
        return self.folder / "playbook"

    @property
    def mood_model(self) -> Path:
        """The model of moods that `gelassen train` made; the file need not exist."""
        return self.folder / "mood.model"

    @property
    def mail_rules(self) -> Path:
        """Where the business keeps rules of its own for reading mails; the file need not exist."""
        return self.folder / "mail_rules.toml"

    def open(self) -> Database:
        """Open the database. Raises `WrongUse` when `gelassen init` has not made it yet."""
        from db.engine import open_database

        if self.database_file and not self.database_file.exists():
            raise WrongUse(f"There is no database in {self.folder}. Create it with: gelassen init --data {self.folder}")
        return open_database(self.database_url)


def locate(given: Path | None = None) -> Path:
    """The data folder: the one given, else GELASSEN_DATA, else the platform's folder for user data."""
    if given:
        return given.expanduser().absolute()
    if named := os.environ.get("GELASSEN_DATA"):
        return Path(named).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("gelassen", appauthor=False)


def load(given: Path | None = None) -> Home:
    """The installation in the folder given or found. Raises `WrongUse` when there is none or its settings are wrong."""
    folder = locate(given)
    if not folder.is_dir():
        raise WrongUse(f"There is no data folder {folder}. Create it with: gelassen init --data {folder}")
    return anywhere(folder)


def anywhere(given: Path | None = None) -> Home:
    """Like `load`, but an absent folder simply means default settings."""
    from gelassen.settings import load as load_settings

    folder = locate(given)
    return Home(folder, load_settings(folder))


def create(given: Path | None = None, **settings: object) -> Home:
    """Create folder, commented settings file and database, or bring the database up to date; changes nothing else."""
    from db.migrate import upgrade

    home = create_folder(given, **settings)
    database = home.open()
    try:
        upgrade(database)
    finally:
        database.close()
    return home


def create_folder(given: Path | None = None, **settings: object) -> Home:
    """Folder, commented settings file and an empty database file; `db.migrate.upgrade` makes the tables."""
    from gelassen.config_file import write

    folder = locate(given)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        write(folder, **settings)
        home = anywhere(folder)
        if home.database_file:
            home.database_file.touch(mode=0o600)
    except OSError as error:
        raise WrongUse(f"{folder} cannot be used as data folder: {error.strerror}.") from error
    return home
