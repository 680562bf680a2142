"""A spy in other processes: an audit hook of Python that no library can get past."""

from __future__ import annotations

from pathlib import Path

SPY = """
import sys

def hook(event, arguments):
    if event == "socket.connect":
        with open({file!r}, "a") as log:
            log.write(f"{{arguments[1]}}\\n")

sys.addaudithook(hook)
"""


def spy_into(folder: Path) -> Path:
    """A file in which every process that has `folder` on its `PYTHONPATH` notes the addresses it connects to."""
    folder.mkdir()
    log = folder / "connections"
    log.touch()
    (folder / "sitecustomize.py").write_text(SPY.format(file=str(log)), encoding="utf-8")
    return log
