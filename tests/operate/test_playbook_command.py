"""`gelassen playbook`: starter files, and the check as a person and as a machine sees it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.operate.helpers import gelassen

BROKEN = '[phrases]\n\naction = ["Bis {kunde} mehr."]\n'


@pytest.fixture
def house(tmp_path: Path) -> Path:
    gelassen("init", "--data", tmp_path)
    return tmp_path


def own(house: Path, text: str, name: str = "de/phrases.toml") -> None:
    file = house / "playbook" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def test_without_files_the_built_in_sentences_are_used(house: Path) -> None:
    assert "built-in" in gelassen("playbook", "check", "--data", house).stderr


def test_a_mistake_is_named_with_file_and_line(house: Path) -> None:
    own(house, BROKEN)
    said = gelassen("playbook", "check", "--data", house, code=1).stderr
    assert f"{house / 'playbook'}/de/phrases.toml:3: phrases.action: Unknown placeholder {{kunde}}" in said


def test_a_machine_gets_one_document(house: Path) -> None:
    own(house, BROKEN)
    rows = json.loads(gelassen("playbook", "check", "--json", "--data", house, code=1).stdout)
    assert set(rows[0]) == {"file", "line", "where", "what", "why", "fix"}
    assert (rows[0]["file"], rows[0]["line"], rows[0]["where"]) == ("de/phrases.toml", 3, "phrases.action")
    assert json.loads(gelassen("playbook", "check", "--json", "--data", fine(house)).stdout) == []


def fine(house: Path) -> Path:
    own(house, "# nothing yet\n")
    return house


def test_without_a_data_folder_it_is_wrong_use(tmp_path: Path) -> None:
    assert "gelassen init" in gelassen("playbook", "check", "--data", tmp_path / "nowhere", code=2).stderr


def test_starter_files_change_nothing_until_somebody_does(house: Path) -> None:
    gelassen("playbook", "init", "--data", house)
    files = sorted(file.name for file in (house / "playbook" / "de").iterdir())
    assert {"phrases.toml", "complaints.toml", "region-CH.toml"} <= set(files)
    assert "fine" in gelassen("playbook", "check", "--data", house).stderr


def test_starter_files_are_good_when_every_line_is_taken_over(house: Path) -> None:
    gelassen("playbook", "init", "--data", house)
    for file in (house / "playbook").rglob("*.toml"):
        body = file.read_text("utf-8").split("\n\n", 1)[1]
        file.write_text("".join(line.removeprefix("# ") + "\n" for line in body.splitlines()), "utf-8")
    gelassen("playbook", "check", "--data", house)


def test_starter_files_never_replace_what_was_written(house: Path) -> None:
    own(house, BROKEN)
    said = gelassen("playbook", "init", "--data", house).stderr
    assert (house / "playbook" / "de" / "phrases.toml").read_text("utf-8") == BROKEN
    assert "Left as it is" in said


def test_starter_files_come_in_the_language_asked_for(house: Path) -> None:
    gelassen("playbook", "init", "--language", "en", "--data", house)
    assert (house / "playbook" / "en" / "phrases.toml").exists()
    assert not (house / "playbook" / "de").exists()
    assert "no sentences for “xx”" in gelassen("playbook", "init", "--language", "xx", "--data", house, code=2).stderr


def test_the_doctor_knows_the_sentences_too(house: Path) -> None:
    own(house, BROKEN)
    rows = {row["id"]: row for row in json.loads(gelassen("doctor", "--json", "--data", house, code=1).stdout)}
    assert not rows["playbook"]["ok"]
    assert "phrases.toml:3" in rows["playbook"]["what"]
