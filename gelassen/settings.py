"""All settings: one flat table with name, default and help. Read here and nowhere else; rooms get values.

Order of precedence: environment `GELASSEN_<NAME>`, then `GELASSEN_<NAME>_FILE` for what may hold a password, then
`gelassen.toml` in the data folder, then the default.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, SettingsError

from gelassen.errors import WrongUse

PREFIX = "GELASSEN_"
CONFIG_NAME = "gelassen.toml"
MAY_HOLD_PASSWORD = ("database_url",)


class Settings(BaseSettings):
    """One installation's settings; field descriptions are the help that `gelassen init` writes into the file."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    business: str = Field("", description="Name of the business, as customers know it.")
    sector: str = Field("", description="What it does: hotel, shop, restaurant, practice, app, transport, municipal …")
    signature: str = Field("", description="The person who signs the answers.")
    signature_style: Literal["name", "initials", "team", "none"] = Field("name", description="How answers are signed.")
    contact: str = Field("", description="Where a customer may write or call, as it may stand in a public answer.")
    second: str = Field("", description="Who joins in at a third message, e.g. Ute Held, Leiterin Versand.")
    catalogue: tuple[str, ...] = Field((), description="What may be promised, in plain words; nothing else passes.")
    locale: Literal["de-DE", "de-AT", "de-CH", "en", "fr", "it"] = Field(
        "de-DE", description="Language and country of a new source unless it says otherwise."
    )
    address: Literal["sie", "du"] = Field("sie", description="Form of address on a new source: sie or du.")
    region: str = Field("", description="Land or canton whose public holidays count, e.g. BY, W, ZH.")
    timezone: str = Field("Europe/Berlin", description="Times on the page and in tables are shown in this zone.")
    language: Literal["de", "en"] = Field("de", description="Language of the page before somebody has logged in.")
    host: str = Field("127.0.0.1", description="Address the page listens on. Put a TLS proxy in front of any other.")
    port: int = Field(8787, ge=0, le=65535, description="Port of the page; 0 takes any free one.")
    public_url: str = Field("", description="https://… under which a proxy shows the page; turns on secure cookies.")
    undo_seconds: int = Field(60, ge=0, le=3600, description="Seconds in which an approval can be taken back.")
    crawl_delay: float = Field(2.0, ge=0, le=600, description="Seconds between two requests to the same site.")
    crawl_contact: str = Field("", description="Address or mail for site owners, part of the user agent.")
    approve_on_command_line: bool = Field(False, description="Allow `gelassen approve`.")
    model_address: str = Field(
        "", description="https://…/v1 of a service that may word drafts (OpenAI-compatible); empty: off."
    )
    model_name: str = Field("", description="Which model that service is asked for; its key: GELASSEN_READ_MODEL_FILE.")
    database_url: str = Field(
        "", repr=False, description="postgresql://… for several machines; empty: a file in the data folder."
    )

    @property
    def page(self) -> str:
        """The address people open in their browser, without a slash at the end."""
        shown = "127.0.0.1" if self.host in ("0.0.0.0", "::", "") else self.host  # noqa: S104
        return self.public_url.rstrip("/") or f"http://{shown}:{self.port}"

    @field_validator("catalogue", mode="before")
    @classmethod
    def _lines(cls, value: Any) -> Any:
        """A table such as {what = "Ersatz", up_to = "50 €", within = "5 Werktage", who = "Versand"} is a line too."""
        from responder.playbook.catalogue import line_of

        if not isinstance(value, list | tuple):
            return value
        return tuple(line_of(entry) if isinstance(entry, dict) else entry for entry in value)

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(
                "not a time zone; write for example Europe/Berlin, Europe/Vienna or Europe/Zurich"
            ) from error
        return value

    @field_validator("model_address")
    @classmethod
    def _safe_address(cls, value: str) -> str:
        parts = urlsplit(value)
        _ = parts.port  # raises ValueError where it is no port
        local = parts.hostname in ("127.0.0.1", "::1", "localhost")
        if value and not (parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and local))):
            raise ValueError("posts leave the house over https only; http is for a model on this machine (127.0.0.1)")
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the file, which `load` hands over as arguments."""
        return env_settings, init_settings


def load(folder: Path) -> Settings:
    """The settings for the data folder. Raises `WrongUse` naming the key, what is wrong and a suggestion."""
    values = _from_file(folder / CONFIG_NAME) | _from_secret_files(os.environ)
    try:
        return Settings(**values)
    except ValidationError as error:
        raise WrongUse("\n".join(_explain(item, values) for item in error.errors())) from error
    except SettingsError as error:
        raise WrongUse(f"A GELASSEN_ variable cannot be read: {error}. Lists are written as JSON.") from error


def _from_file(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongUse(f"{file} is not readable as TOML: {error}. Texts need quotes, lists square brackets.") from error
    except OSError as error:
        raise WrongUse(f"{file} cannot be read: {error.strerror}. Check its permissions.") from error


def _from_secret_files(environ: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for key in MAY_HOLD_PASSWORD:
        name = f"{PREFIX}{key.upper()}_FILE"
        if file := environ.get(name):
            try:
                found[key] = Path(file).read_text(encoding="utf-8").strip()
            except OSError as error:
                raise WrongUse(f"{name} points to {file}, which cannot be read: {error.strerror}.") from error
    return found


def _explain(error: Any, values: Mapping[str, Any]) -> str:
    key = str(error["loc"][0]) if error["loc"] else "?"
    name = f"{PREFIX}{key.upper()}"
    where = name if name in os.environ else CONFIG_NAME
    if error["type"] == "extra_forbidden":
        close = get_close_matches(key, Settings.model_fields, n=1)
        hint = f"Did you mean {close[0]}?" if close else "`gelassen config check` lists the known settings."
        return f"{where}: there is no setting named {key}. {hint}"
    reason = str(error["msg"]).removeprefix("Value error, ")
    return f"{where}: {key} = {error['input']!r} is not possible: {reason}."
