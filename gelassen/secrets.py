"""Where secrets are found: those of channels, for the poster, and those for reading, for the worker.

They have different names, so that the process that reads never holds what can post. The doctor looks without a value.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from gelassen.errors import UserError

PREFIX = "GELASSEN_SECRET_"
READING = "GELASSEN_READ_"
FOLDER = "CREDENTIALS_DIRECTORY"


class NoSecret(UserError, LookupError):
    """The credential is named by a channel or source but lies nowhere, or cannot be read."""


def find_secret(name: str, environ: Mapping[str, str] | None = None) -> str:
    """The credential `name`: a file in $CREDENTIALS_DIRECTORY, else GELASSEN_SECRET_<NAME>_FILE, else the variable.

    Raises `NoSecret`, never quoting a value.
    """
    environ = os.environ if environ is None else environ
    if folder := environ.get(FOLDER):
        file = Path(folder) / Path(name).name
        if file.is_file():
            return _read(file)
    base = variable(name)
    found = _named(base, environ)
    if found is not None:
        return found
    raise NoSecret(
        f"The secret “{name}” was not found. Put it into a file named by {base}_FILE "
        f"(or into $CREDENTIALS_DIRECTORY/{name}) and start Gelassen again."
    )


def find_reading_secret(name: str, environ: Mapping[str, str] | None = None) -> str:
    """The credential with which a source is read: the file named by GELASSEN_READ_<NAME>_FILE, else the variable.

    Raises `NoSecret`, never quoting a value.
    """
    base = variable(name, READING)
    found = _named(base, os.environ if environ is None else environ)
    if found is None:
        raise NoSecret(
            f"The credential “{name}” for reading was not found. Put it into a file, write the file's path into "
            f"{base}_FILE and start Gelassen again."
        )
    return found


def variable(name: str, prefix: str = PREFIX) -> str:
    """The environment variable of the credential `name`; with `_FILE` behind it, the variable of its file."""
    return prefix + re.sub(r"\W", "_", name).upper()


def _named(base: str, environ: Mapping[str, str]) -> str | None:
    if named := environ.get(f"{base}_FILE"):
        return _read(Path(named))
    return environ.get(base)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise NoSecret(f"The secret file {file} cannot be read. Check path and permissions.") from error


def without_secrets(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment for a process that must not hold any secret of an outlet; those for reading stay."""
    return {key: value for key, value in environ.items() if not key.startswith(PREFIX) and key != FOLDER}
