"""Settings: precedence, the commented file, and messages that say what to do."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from gelassen.config_file import render, write
from gelassen.errors import WrongUse
from gelassen.settings import CONFIG_NAME, Settings, load


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in list(os.environ):
        if name.startswith("GELASSEN_"):
            monkeypatch.delenv(name)


def config(folder: Path, text: str) -> Path:
    (folder / CONFIG_NAME).write_text(text, encoding="utf-8")
    return folder


def test_an_empty_folder_means_defaults(tmp_path: Path) -> None:
    assert load(tmp_path) == Settings()


def test_the_file_sets_a_value(tmp_path: Path) -> None:
    assert load(config(tmp_path, 'business = "Bäckerei Öz"')).business == "Bäckerei Öz"


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GELASSEN_PORT", "9000")
    assert load(config(tmp_path, "port = 8000")).port == 9000


def test_a_list_comes_from_the_environment_as_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GELASSEN_CATALOGUE", '["Ersatz", "Gutschein"]')
    assert load(tmp_path).catalogue == ("Ersatz", "Gutschein")


def test_the_database_url_comes_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "url").write_text("postgresql://u:p@h/d\n")
    monkeypatch.setenv("GELASSEN_DATABASE_URL_FILE", str(tmp_path / "url"))
    assert load(tmp_path).database_url == "postgresql://u:p@h/d"


def test_a_missing_secret_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GELASSEN_DATABASE_URL_FILE", "/nowhere/url")
    with pytest.raises(WrongUse, match="GELASSEN_DATABASE_URL_FILE points to /nowhere/url"):
        load(tmp_path)


def test_the_database_url_is_not_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GELASSEN_DATABASE_URL", "postgresql://u:geheim@h/d")
    assert "geheim" not in repr(load(tmp_path))


def test_variables_of_other_purpose_do_not_disturb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GELASSEN_DATA", "/x")
    monkeypatch.setenv("GELASSEN_SECRET_LADEN", "geheim")
    assert load(tmp_path) == Settings()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('bussiness = "X"', "no setting named bussiness. Did you mean business?"),
        ("colour = 1", "no setting named colour. `gelassen config check` lists"),
        ('port = "achtzig"', "port = 'achtzig' is not possible"),
        ('address = "ihr"', "address = 'ihr' is not possible"),
        ('timezone = "Europe/Bärlin"', "not a time zone; write for example Europe/Berlin"),
        ("undo_seconds = -1", "undo_seconds = -1 is not possible"),
        ("business = Hotel", "not readable as TOML"),
    ],
)
def test_a_wrong_value_is_explained(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(WrongUse) as caught:
        load(config(tmp_path, text))
    assert message in str(caught.value)
    assert caught.value.code == 2


def test_a_wrong_variable_is_named_by_its_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GELASSEN_PORT", "70000")
    with pytest.raises(WrongUse, match="GELASSEN_PORT: port = '70000'"):
        load(tmp_path)


def test_every_mistake_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(WrongUse) as caught:
        load(config(tmp_path, 'port = "x"\nundo_seconds = "y"'))
    assert len(str(caught.value).splitlines()) == 2


def test_the_written_file_changes_nothing_by_itself(tmp_path: Path) -> None:
    write(tmp_path)
    assert load(tmp_path) == Settings()


def test_the_written_file_holds_what_was_given(tmp_path: Path) -> None:
    write(tmp_path, business='Café "Zum Anker"', catalogue=("Ersatz",))
    assert load(tmp_path).business == 'Café "Zum Anker"'
    assert load(tmp_path).catalogue == ("Ersatz",)


def test_an_existing_file_is_kept(tmp_path: Path) -> None:
    config(tmp_path, "port = 1")
    write(tmp_path, business="Neu")
    assert (tmp_path / CONFIG_NAME).read_text() == "port = 1"


def test_every_setting_stands_in_the_file_with_its_default() -> None:
    uncommented = [line.removeprefix("# ") for line in render().splitlines()]
    lines = [line for line in uncommented if line.split(" = ")[0] in Settings.model_fields]
    parsed = tomllib.loads("\n".join(lines))
    assert set(parsed) == set(Settings.model_fields)
    assert Settings(**parsed) == Settings()


def test_every_setting_has_a_help_text() -> None:
    assert [name for name, field in Settings.model_fields.items() if len(field.description or "") < 20] == []


def test_a_commitment_may_be_written_as_a_table(tmp_path: Path) -> None:
    entry = '{ what = "Kaufpreis zurückzahlen", up_to = "200 €", within = "5 Werktagen", who = "Versandleitung" }'
    (tmp_path / "gelassen.toml").write_text(f'catalogue = ["Ersatz", {entry}]\n', "utf-8")
    line = "Kaufpreis zurückzahlen bis 200 € binnen 5 Werktagen, Versandleitung"
    assert load(tmp_path).catalogue == ("Ersatz", line)
