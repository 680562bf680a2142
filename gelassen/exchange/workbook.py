"""Workbooks of office programs (xlsx, xls, ods): every sheet whose first line names known columns."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from gelassen.errors import WrongUse
from gelassen.exchange.heading_lines import SEEN, headed
from gelassen.exchange.lines import Row
from gelassen.exchange.rows import table_rows

UNPACKED = 500 * 1024 * 1024
"""Bytes a packed workbook may unpack to; more is no table of reviews but a trap."""


def workbook_rows(content: bytes, zone: ZoneInfo) -> Iterator[Row]:
    """The rows of all sheets that hold reviews, numbered as the sheet numbers them.

    Raises `WrongUse` when the file cannot be opened or no sheet has a column that could be imported.
    """
    _refuse_bombs(content)
    found: list[Iterator[Row]] = []
    refused: list[WrongUse] = []
    taken: Counter[str] = Counter()
    for table in _tables(content):
        try:
            found.append(_sheet_rows(table, zone, taken))
        except WrongUse as error:
            refused.append(error)
    if not found:
        raise refused[0] if refused else WrongUse("The workbook has no sheet with anything in it.")
    return chain.from_iterable(found)


def _tables(content: bytes) -> list[list[list[Any]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        sheets = [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]
    except (CalamineError, OSError, ValueError) as error:
        raise WrongUse(f"The workbook cannot be opened: {error}. Is it protected by a password?") from error
    return [sheet for sheet in sheets if any(_filled(line) for line in sheet)]


def _sheet_rows(lines: Sequence[Sequence[Any]], zone: ZoneInfo, taken: Counter[str]) -> Iterator[Row]:
    """Lines above the one that names the columns (a title, a date of export) are left out."""
    header, below = headed([[_text(cell) for cell in line] for line in lines[:SEEN]])
    body = ((number, [_text(cell) for cell in line]) for number, line in enumerate(lines[below:], below + 1))
    return table_rows(header, body, zone, taken)


def _filled(line: Sequence[Any]) -> int:
    return sum(1 for cell in line if cell not in ("", None))


def _text(cell: Any) -> str:
    """A cell as somebody would type it."""
    if isinstance(cell, float):
        return f"{cell:g}" if abs(cell) < 1e6 and cell != int(cell) else str(int(cell))
    if isinstance(cell, (datetime, date, time)):
        return cell.isoformat()
    return "" if cell is None or isinstance(cell, timedelta) else str(cell)


def _refuse_bombs(content: bytes) -> None:
    if not zipfile.is_zipfile(BytesIO(content)):
        return
    with zipfile.ZipFile(BytesIO(content)) as packed:
        if sum(part.file_size for part in packed.infolist()) > UNPACKED:
            raise WrongUse(f"The workbook unpacks to more than {UNPACKED // 1024**2} MiB; nothing of it was read.")
