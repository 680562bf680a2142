"""Where a channel's secret is found. Used by the poster and, without looking at the value, by the doctor."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from gelassen.errors import UserError

PREFIX = "GELASSEN_SECRET_"
FOLDER = "CREDENTIALS_DIRECTORY"


class NoSecret(UserError, LookupError):
    """The credential is named by the channel but lies nowhere, or cannot be read."""


def find_secret(name: str, environ: Mapping[str, str] | None = None) -> str:
    """The credential `name`: a file in $CREDENTIALS_DIRECTORY, else GELASSEN_SECRET_<NAME>_FILE, else the variable.

    Raises `NoSecret`, never quoting a value.
    """
    environ = os.environ if environ is None else environ
    base = variable(name)
    if folder := environ.get(FOLDER):
        file = Path(folder) / Path(name).name
        if file.is_file():
            return _read(file)
    if named := environ.get(f"{base}_FILE"):
        return _read(Path(named))
    if base in environ:
        return environ[base]
    raise NoSecret(
        f"The secret “{name}” was not found. Put it into a file named by {base}_FILE "
        f"(or into $CREDENTIALS_DIRECTORY/{name}) and start Gelassen again."
    )


def variable(name: str) -> str:
    """The environment variable of the credential `name`; with `_FILE` behind it, the variable of its file."""
    return PREFIX + re.sub(r"\W", "_", name).upper()


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise NoSecret(f"The secret file {file} cannot be read. Check path and permissions.") from error


def without_secrets(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment for a process that must not hold any secret of an outlet."""
    return {key: value for key, value in environ.items() if not key.startswith(PREFIX) and key != FOLDER}
