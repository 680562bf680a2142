"""Lines that could not be taken in, kept as a file that can be mended and imported again."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from gelassen.exchange.lines import Wrong

FOLDER = "left-over"


def keep(folder: Path, file: Path, wrong: Iterable[Wrong], now: datetime) -> Path:
    """Write the wrong lines of `file`, each with its number and the reason, as JSON Lines into the data folder.

    Only the user of the data folder can read them: they are customers' words. Returns the file.
    """
    place = folder / FOLDER
    place.mkdir(mode=0o700, exist_ok=True)
    target = place / f"{file.stem}-{now:%Y%m%d-%H%M%S}.jsonl"
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as lines:
        for line in wrong:
            kept = {"line": line.number, "error": line.why, "content": line.raw}
            lines.write(json.dumps(kept, ensure_ascii=False, default=str) + "\n")
    return target
