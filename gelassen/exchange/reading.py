"""Import files of every form, told apart by what stands in them first and by their name second."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from gelassen.errors import WrongUse
from gelassen.exchange.json_rows import json_rows
from gelassen.exchange.lines import Line, Row, Wrong, taken
from gelassen.exchange.table import csv_rows, decoded
from gelassen.exchange.workbook import workbook_rows

LARGEST = 200 * 1024 * 1024
WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
MARKUP = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype|html|head|body|\?xml|rss|feed|rdf:)", re.IGNORECASE | re.DOTALL)
MARKED = re.compile(r"\s*<")
PAGES = re.compile(r"<(?:!doctype html|html|head|body|rss|\w+:rdf|feed\b[^<>]*atom)\b", re.IGNORECASE)
ARCHIVE = re.compile(r"(?:From|MIME-Version|Content-Type|Snapshot-Content-Location|Subject|Date):", re.IGNORECASE)


def read_file(file: Path, default_source: str, zone: ZoneInfo, address: str = "") -> Iterator[Line | Wrong]:
    """Every line of the file, or its number and what is wrong with it.

    Without a default, lines of our own form must name their source; those of other programs have the file's name.
    `address` is where a saved page was found, should the page itself not tell. Raises `WrongUse` for a file that
    cannot be read or holds nothing that could be imported.
    """
    rows = _reader(file, _content(file))(zone, address)
    return (taken(row, default_source or ("" if row.own else file.stem)) for row in rows)


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST:
            raise WrongUse(f"{file} is larger than {LARGEST // 1024**2} MiB. Please split it.")
        return file.read_bytes()
    except OSError as error:
        raise WrongUse(f"{file} cannot be read: {error.strerror}.") from error


def _reader(file: Path, content: bytes) -> Callable[[ZoneInfo, str], Iterator[Row]]:
    if content.startswith(WORKBOOK):
        return lambda zone, _address: workbook_rows(content, zone)
    text, suffix = decoded(content), file.suffix.lower()
    if suffix in (".mht", ".mhtml") or (suffix not in (".csv", ".tsv") and ARCHIVE.match(text)):
        from gelassen.exchange.saved_page import archive_rows

        return lambda _zone, address: archive_rows(content, address)
    if MARKED.match(text[:4096]) and ("wordpress.org/export" in text[:8192] or not PAGES.search(text[:8192])):
        from gelassen.exchange.xml_rows import xml_rows

        return lambda zone, _address: xml_rows(content, zone)
    if MARKUP.match(text[:4096]) or suffix in (".html", ".htm", ".xml", ".rss", ".atom"):
        from gelassen.exchange.saved_page import page_rows

        return lambda _zone, address: page_rows(content, address)
    if suffix in (".jsonl", ".ndjson", ".json") or (suffix not in (".csv", ".tsv") and text.lstrip()[:1] in ("{", "[")):
        return lambda zone, _address: json_rows(text, zone)
    return lambda zone, _address: csv_rows(text, zone)
