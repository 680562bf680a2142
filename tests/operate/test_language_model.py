"""The optional model in the settings: off as it comes, https or this machine only, and the doctor knows it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from db.models import Draft
from gelassen.home import create
from gelassen.language_model import model_of, trouble
from gelassen.settings import Settings
from tests.flow.chat_service import chat_service, choice, send
from tests.flow.people import rows
from tests.operate.helpers import ANNA, gelassen
from tests.operate.test_worker import Working


def test_it_is_off_as_it_comes() -> None:
    assert model_of(Settings()) is None


def test_with_address_and_name_it_can_be_asked() -> None:
    assert model_of(Settings(model_address="https://model.example/v1", model_name="small")) is not None


@pytest.mark.parametrize(
    "address", ["https://model.example/v1", "http://127.0.0.1:11434/v1", "http://localhost:8080/v1"]
)
def test_https_and_this_machine_are_allowed(address: str) -> None:
    assert Settings(model_address=address).model_address == address


@pytest.mark.parametrize(
    "address", ["http://model.example/v1", "ftp://model.example", "model.example", "https://", "https://x:99999/v1"]
)
def test_any_other_address_is_refused_with_a_reason(tmp_path: Path, address: str) -> None:
    gelassen("init", "--data", tmp_path)
    (tmp_path / "gelassen.toml").write_text(f'model_address = "{address}"\n')
    said = gelassen("config", "check", "--data", tmp_path, code=2).stderr
    assert "model_address" in said
    assert "https" in said or "Port" in said


def test_half_a_setting_is_named() -> None:
    assert trouble(Settings(), {}) is None
    told = trouble(Settings(model_address="https://model.example/v1"), {})
    assert told is not None
    assert "model_name" in told[1]


def test_a_key_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    told = trouble(Settings(), {"GELASSEN_READ_MODEL_FILE": str(tmp_path / "nowhere")})
    assert told is not None
    assert "cannot be read" in told[0]


def test_the_doctor_and_the_settings_know_it(tmp_path: Path) -> None:
    gelassen("init", "--data", tmp_path)
    assert '# model_address = ""' in (tmp_path / "gelassen.toml").read_text()
    (tmp_path / "gelassen.toml").write_text('model_name = "small"\n')
    rows = {row["id"]: row for row in json.loads(gelassen("doctor", "--json", "--data", tmp_path, code=1).stdout)}
    assert "model_address" in rows["model"]["fix"]
    assert json.loads(gelassen("config", "check", "--json", "--data", tmp_path).stdout)["model_name"] == "small"


@pytest.mark.heavy
async def test_the_worker_asks_it_where_an_address_is_set(tmp_path: Path) -> None:
    with chat_service() as chat:
        chat.behave = lambda handler: send(handler, choice(chat.told["draft"]))
        home = create(tmp_path / "data", model_address=chat.address, model_name="small", signature="Jana Brandt")
        (tmp_path / "history.jsonl").write_text(json.dumps(ANNA), encoding="utf-8")
        gelassen("import", tmp_path / "history.jsonl", "--data", home.folder)
        database = home.open()
        try:
            await Working(home).until(lambda: bool(rows(database, Draft)), "a draft")
            assert [draft.origin for draft in rows(database, Draft)] == ["model"]
        finally:
            database.close()
    assert "Anna Berg" not in json.dumps(chat.asked, ensure_ascii=False)
