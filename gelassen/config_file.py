"""The commented `gelassen.toml` that `gelassen init` writes: every setting with its help and its default."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from gelassen.settings import CONFIG_NAME, MAY_HOLD_PASSWORD, PREFIX, Settings

HEAD = f"""\
# Settings of Gelassen. Remove the "#" in front of a line to change its value.
# Each of them can also be given by the environment, for example {PREFIX}BUSINESS="Hotel Seeblick".
# Passwords of outlets never stand here: see GELASSEN_SECRET_<NAME>, or <NAME> in $CREDENTIALS_DIRECTORY.
"""


def write(folder: Path, **given: Any) -> Path:
    """Write the file into `folder`, with `given` values set and all others commented out; keeps an existing file."""
    file = folder / CONFIG_NAME
    if not file.exists():
        file.write_text(render(**given), encoding="utf-8")
        file.chmod(0o600)
    return file


def render(**given: Any) -> str:
    """The text of the file."""
    blocks = [HEAD]
    for name, field in Settings.model_fields.items():
        value = given.get(name, field.default)
        prefix = "" if name in given else "# "
        hint = f" ({PREFIX}{name.upper()}_FILE names a file that holds it)" if name in MAY_HOLD_PASSWORD else ""
        blocks.append(f"# {field.description}{hint}\n{prefix}{name} = {as_toml(value)}\n")
    return "\n".join(blocks)


def as_toml(value: Any) -> str:
    """A text, number, truth value or list of texts as TOML writes it (JSON's form is valid TOML for these)."""
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
