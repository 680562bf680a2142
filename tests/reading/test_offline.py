"""Nothing is fetched, and nothing heavy is loaded before it is needed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
OFFLINE = """
import socket
def refuse(*args, **kwargs):
    raise AssertionError("reached for the network")
socket.socket.connect = socket.socket.connect_ex = refuse
socket.create_connection = socket.getaddrinfo = refuse
from responder.reading import read, warm_up
from responder.reading.model import Text
warm_up()
print(read(Text("Das Essen war kalt und der Kellner unfreundlich.")).sentiment)
"""
LIGHT = """
import sys
import responder.reading
from responder.reading.model import Reading
print(sorted({"textblob", "textblob_de", "nltk", "py3langid", "numpy"} & sys.modules.keys()))
"""


def run(code: str, home: Path, *options: str) -> str:
    """The output of a fresh interpreter in an empty home without NLTK data."""
    environment = {"HOME": str(home), "PYTHONPATH": str(ROOT), "NLTK_DATA": str(home), "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, *options, "-c", code], env=environment, cwd=home, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout.strip()


def test_reading_works_with_an_empty_home_and_no_network(tmp_path: Path) -> None:
    assert run(OFFLINE, tmp_path) == "negative"
    assert list(tmp_path.iterdir()) == []


def test_no_warning_of_the_old_libraries_gets_out(tmp_path: Path) -> None:
    assert run(OFFLINE, tmp_path, "-W", "error") == "negative"


def test_importing_the_room_loads_no_language_library(tmp_path: Path) -> None:
    assert run(LIGHT, tmp_path) == "[]"


def test_readings_agree_between_processes(tmp_path: Path) -> None:
    code = (
        "from responder.reading import read\nfrom responder.reading.model import Text\n"
        "print(read(Text('Drei Wochen warte ich, Frau Müller aus Graz meldet sich nicht! Nie wieder.')).as_json())"
    )
    assert run(code, tmp_path) == run(code, tmp_path)
