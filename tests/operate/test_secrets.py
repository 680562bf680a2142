"""Secrets: where they are found, who gets them, and that no message shows one."""

from __future__ import annotations

from pathlib import Path

import pytest

from gelassen.secrets import NoSecret, find_reading_secret, find_secret, without_secrets


def test_the_credentials_directory_comes_first(tmp_path: Path) -> None:
    (tmp_path / "laden").write_text("aus dem Ordner\n")
    environ = {"CREDENTIALS_DIRECTORY": str(tmp_path), "GELASSEN_SECRET_LADEN": "aus der Variablen"}
    assert find_secret("laden", environ) == "aus dem Ordner"


def test_a_named_file_comes_before_the_variable(tmp_path: Path) -> None:
    (tmp_path / "s").write_text("aus der Datei\n")
    environ = {"GELASSEN_SECRET_LADEN_FILE": str(tmp_path / "s"), "GELASSEN_SECRET_LADEN": "aus der Variablen"}
    assert find_secret("laden", environ) == "aus der Datei"


def test_the_variable_is_the_last_resort() -> None:
    assert find_secret("mein-laden.de", {"GELASSEN_SECRET_MEIN_LADEN_DE": "x"}) == "x"


def test_a_missing_secret_says_where_to_put_it() -> None:
    with pytest.raises(NoSecret, match="GELASSEN_SECRET_LADEN_FILE"):
        find_secret("laden", {})


def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoSecret, match="cannot be read"):
        find_secret("laden", {"GELASSEN_SECRET_LADEN_FILE": str(tmp_path / "fehlt")})


def test_a_name_cannot_leave_the_credentials_directory(tmp_path: Path) -> None:
    (tmp_path / "geheim").write_text("fremd")
    inner = tmp_path / "credentials"
    inner.mkdir()
    with pytest.raises(NoSecret):
        find_secret("../geheim", {"CREDENTIALS_DIRECTORY": str(inner)})


def test_a_missing_secret_counts_as_a_failed_lookup_for_the_outbox() -> None:
    assert issubclass(NoSecret, LookupError)


def test_the_worker_gets_no_secret() -> None:
    environ = {"GELASSEN_SECRET_X": "1", "GELASSEN_SECRET_X_FILE": "f", "CREDENTIALS_DIRECTORY": "/c", "PATH": "/bin"}
    assert without_secrets(environ) == {"PATH": "/bin"}


def test_a_credential_for_reading_comes_from_its_file_or_variable(tmp_path: Path) -> None:
    (tmp_path / "play").write_text("schluessel\n")
    assert find_reading_secret("mein-play", {"GELASSEN_READ_MEIN_PLAY_FILE": str(tmp_path / "play")}) == "schluessel"
    assert find_reading_secret("play", {"GELASSEN_READ_PLAY": "x"}) == "x"


def test_a_credential_for_posting_is_none_for_reading() -> None:
    with pytest.raises(NoSecret, match="GELASSEN_READ_LADEN_FILE"):
        find_reading_secret("laden", {"GELASSEN_SECRET_LADEN": "x"})


def test_the_reading_process_keeps_only_what_is_for_reading() -> None:
    environ = {"GELASSEN_READ_PLAY": "x", "GELASSEN_SECRET_LADEN": "y"}
    assert without_secrets(environ) == {"GELASSEN_READ_PLAY": "x"}
