"""Every exporter and scraper in the table is read: who said what, how many stars, when, and what was answered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from string import Template
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gelassen.exchange.lines import Line
from gelassen.exchange.reading import read_file
from tests.operate.exporters import DOCUMENTS, TABLES, Exporter

BERLIN = ZoneInfo("Europe/Berlin")
SAID = (
    ("Ida Kern", "Zerkratzt", "Die Lampe kam zerkratzt an, der Austausch dauerte drei Wochen.", 2, "Das tut uns leid."),
    ("Bodo Behr", "Schnell da", "Nach zwei Tagen war alles da und gut verpackt, gern wieder.", 5, ""),
    ("Ruth Ott", "", "Das Licht ist warm, nur das Kabel ist für unser Zimmer zu kurz.", 4, ""),
)


def words(number: int) -> dict[str, str]:
    """What a review fills into the places of a line."""
    author, title, text, stars, reply = SAID[number]
    at = datetime(2026, 5, 11 + number, 10, tzinfo=UTC)
    return {
        "id": str(number + 1),
        "author": author,
        "first": author.split()[0],
        "last": author.split()[1],
        "mail": f"{author.split()[0].lower()}@post.example",
        "title": title,
        "text": text,
        "pro": f"Gut war: {text}",
        "con": f"Schlecht war, dass niemand von den {number + 7} Leuten ans Telefon ging.",
        "stars": str(stars),
        "ten": str(stars * 2),
        "day": f"{at:%Y-%m-%d}",
        "de": f"{at:%d.%m.%Y}",
        "us": f"{at.month}/{at.day}/{at.year}",
        "long": f"{at:%B %d, %Y}",
        "amazon": f"{at:%m} {at.day}, {at:%Y}",
        "iso": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "unix": str(int(at.timestamp())),
        "ms": str(int(at.timestamp()) * 1000),
        "reply": reply,
        "replied": "2026-05-20" if reply else "",
        "replied_iso": "2026-05-20T10:00:00Z" if reply else "",
        "replied_flag": "1" if reply else "0",
        "replied_yes": "true" if reply else "false",
    }


def expected(number: int, tells: str) -> dict[str, Any]:
    """What is read of a review by an exporter that tells this much."""
    said, told = words(number), set(tells.split())
    praise = f"+ {said['pro']}\n– {said['con']}"
    return {
        "author_name": said["author"] if "author" in told else "",
        "title": said["title"] if "title" in told else "",
        "text": said["text"] if "text" in told else praise if "praise" in told else "",
        "rating": float(said["stars"]) if "stars" in told else float(said["ten"]) if "ten" in told else None,
        "day": said["day"] if "day" in told else "",
        "replies": [said["reply"]] if "reply" in told and said["reply"] else [],
    }


def found(line: object) -> dict[str, Any]:
    """The same of what was read."""
    assert isinstance(line, Line), line
    at = line.values["created_at"]
    return {
        **{key: line.values[key] for key in ("author_name", "title", "text", "rating")},
        "day": f"{at.astimezone(BERLIN):%Y-%m-%d}" if at else "",
        "replies": [reply["text"] for reply in line.replies],
    }


def filled(shape: Any, said: Mapping[str, str]) -> Any:
    """A part of a document with the words of a review in it; `#stars` is a number."""
    if isinstance(shape, dict):
        return {key: filled(part, said) for key, part in shape.items()}
    if isinstance(shape, str) and shape.startswith("#"):
        return int(said[shape[1:]])
    return Template(shape).substitute(said) if isinstance(shape, str) else shape


def document(exporter: Exporter) -> str:
    """The document with three reviews in it."""
    items: Any = [filled(exporter.item, words(number)) for number in range(len(SAID))]
    if exporter.suffix == ".jsonl":
        return "".join(json.dumps(item) + "\n" for item in items)
    for key in reversed(exporter.within):
        items = [items] if key.isdigit() else {key: items}
    return json.dumps(items)


def read(folder: Path, exporter: Exporter, content: str) -> list[dict[str, Any]]:
    file = folder / f"laden{exporter.suffix}"
    file.write_bytes(content.encode(exporter.encoding))
    return [found(line) for line in read_file(file, "laden", BERLIN)]


@pytest.mark.parametrize("exporter", TABLES, ids=lambda one: one.name)
def test_a_table_of_an_exporter_is_read(tmp_path: Path, exporter: Exporter) -> None:
    lines = [Template(exporter.line).substitute(words(number)) for number in range(len(SAID))]
    assert read(tmp_path, exporter, "\n".join([exporter.head, *lines]) + "\n") == [
        expected(number, exporter.tells) for number in range(len(SAID))
    ]


@pytest.mark.parametrize("exporter", DOCUMENTS, ids=lambda one: one.name)
def test_a_document_of_an_exporter_is_read(tmp_path: Path, exporter: Exporter) -> None:
    suffixed = exporter if exporter.suffix == ".jsonl" else Exporter(exporter.name, exporter.tells, suffix=".json")
    assert read(tmp_path, suffixed, document(exporter)) == [
        expected(number, exporter.tells) for number in range(len(SAID))
    ]
