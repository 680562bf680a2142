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
MARKED = re.compile(r"\s*<")
BEFORE = r"\s*(?:<!--.*?-->\s*|<\?[^<>]*>\s*|<!doctype[^<>]*>\s*)*"
PAGE = re.compile(
    rf"{BEFORE}<(?:html|head|body|rss|\w+:rdf|feed\b[^<>]*atom)\b|\s*<!doctype html\b", re.IGNORECASE | re.DOTALL
)
PIECE = re.compile(
    rf"{BEFORE}<(?:a|article|aside|blockquote|dl|div|figure|footer|form|h[1-6]|header|iframe|img|li|link|main|meta|nav"
    r"|noscript|ol|p|script|section|span|style|table|template|title|ul)\b",
    re.IGNORECASE | re.DOTALL,
)
"""A piece of a page; an export in XML may begin so as well."""

OF_A_PAGE = re.compile(
    r"<(?:html|head|body)\b|\bitem(?:scope|prop)\b|\btypeof=|\bclass=[\"']|application/ld\+json", re.IGNORECASE
)
PAGE_NAMES = (".html", ".htm")
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
    if MARKED.match(text) and ("wordpress.org/export" in text[:8192] or not _is_page(text, suffix)):
        from gelassen.exchange.xml_rows import xml_rows

        return lambda zone, _address: xml_rows(content, zone)
    if MARKED.match(text) or suffix in (*PAGE_NAMES, ".xml", ".rss", ".atom"):
        from gelassen.exchange.saved_page import page_rows

        return lambda _zone, address: page_rows(content, address)
    if suffix in (".jsonl", ".ndjson", ".json") or (suffix not in (".csv", ".tsv") and text.lstrip()[:1] in ("{", "[")):
        return lambda zone, _address: json_rows(text, zone)
    return lambda zone, _address: csv_rows(text, zone)


def _is_page(text: str, suffix: str) -> bool:
    """Whether something in angle brackets is a page or a feed, or a piece of a page, and no export in XML."""
    if PAGE.match(text[:8192]):
        return True
    return bool((suffix in PAGE_NAMES or PIECE.match(text[:8192])) and OF_A_PAGE.search(text))
