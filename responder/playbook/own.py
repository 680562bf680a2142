"""The files that a business keeps in its own folder: which are read, what stands in them, and in which line. Pure."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from responder.playbook.model import Problem

MOST_BYTES = 256 * 1024
"""A file that is larger holds no sentences of a person."""
MOST_DOTS = 100
"""Dots in one line; a key of thousands of parts costs the TOML reader minutes."""

_REGION = re.compile(r"region-(.+)\.toml")
_HEADER = re.compile(r"\s*\[+([^\[\]#]+)\]+\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([\w.\"' -]+?)\s*=")
_TOML_PLACE = re.compile(r" ?\(at line (\d+), column \d+\)")
_ENDS_LATE = re.compile(r" ?\(at end of document\)")

Place = tuple[str, ...]
"""The names that lead to an entry: table, matter, form."""


@dataclass(frozen=True, slots=True)
class OwnFile:
    """One file: `name` is relative to the folder (`de/phrases.toml`), `data` what TOML makes of it."""

    name: str
    text: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def language(self) -> str:
        """The folder it lies in; empty for the layouts."""
        return self.name.rpartition("/")[0]

    @property
    def region(self) -> str:
        """The region for which alone it speaks, such as CH."""
        found = _REGION.fullmatch(self.name.rpartition("/")[2])
        return found[1] if found else ""

    def line(self, path: Sequence[str], value: object = None) -> int:
        """The line in which the entry at `path` begins, or the one of its values `value` stands; 0 when not found."""
        start = max((number for number, here in _entries(self.text) if _agree(here, path)), default=0)
        if not isinstance(value, str) or not start:
            return start
        written = (value, json.dumps(value, ensure_ascii=False)[1:-1], json.dumps(value)[1:-1])
        lines = self.text.splitlines()
        return next((n for n, said in enumerate(lines[start - 1 :], start) if any(w in said for w in written)), start)

    def problem(self, path: Sequence[str], what: str, why: str = "", fix: str = "", value: object = None) -> Problem:
        """A problem of this file, with its line."""
        return Problem(".".join(path) or self.name, what, why, fix, self.name, self.line(path, value))


def read_own(folder: Path, languages: Mapping[str, frozenset[str]]) -> tuple[list[OwnFile], list[Problem]]:
    """Every file of the folder that is read, and a problem for each TOML file that is not.

    `languages` names the regions of each language. A file that cannot be read comes back empty, with its problem.
    """
    found, astray = [], []
    for file in sorted(folder.rglob("*.toml")):
        name = file.relative_to(folder).as_posix()
        if _is_read(name, languages):
            found.append(read_file(file, name))
        else:
            known = ", ".join(f"{language}/" for language in languages)
            fix = f"Sentences belong into {known}; only layouts.toml lies beside these folders."
            astray.append(Problem(name, "No answer is made from this file.", "", fix, name))
    return found, astray


def read_file(file: Path, name: str) -> OwnFile:
    """What stands in a file. Never raises for what may stand in one."""
    try:
        if file.stat().st_size > MOST_BYTES:
            return _refused(name, f"The file is larger than {MOST_BYTES // 1024} KiB and is ignored.", "Split it.")
        text = file.read_text("utf-8-sig")
        if line := next((n for n, said in enumerate(text.splitlines(), 1) if said.count(".") > MOST_DOTS), 0):
            return _refused(name, "The line holds more dots than any sentence; the file is ignored.", "", line)
        return OwnFile(name, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        place = _TOML_PLACE.search(str(error))
        said = _ENDS_LATE.sub(" at the end of the file", _TOML_PLACE.sub("", str(error)))
        fix = "Texts need quotes, lists square brackets and commas."
        line = int(place[1]) if place else len(text.splitlines())
        return _refused(name, f"The file cannot be read and is ignored: {said}.", fix, line)
    except RecursionError:
        return _refused(name, "The file cannot be read and is ignored: its brackets are nested too deep.")
    except UnicodeDecodeError as error:
        return _refused(name, f"The file cannot be read and is ignored: byte {error.start} is not UTF-8.")
    except OSError as error:
        return _refused(name, f"The file cannot be read and is ignored: {error.strerror}.", "Check its permissions.")


def _refused(name: str, what: str, fix: str = "", line: int = 0) -> OwnFile:
    return OwnFile(name, problems=(Problem(name, what, "The built-in sentences stand in for it.", fix, name, line),))


def _is_read(name: str, languages: Mapping[str, frozenset[str]]) -> bool:
    language, _, file = name.rpartition("/")
    if not language:
        return file == "layouts.toml"
    region = _REGION.fullmatch(file)
    return language in languages and (region is None or region[1] in languages[language])


def _entries(text: str) -> Iterator[tuple[int, Place]]:
    """Line numbers of headers and keys with their full path."""
    table: Place = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = _parts(header[1])
            yield number, table
        elif key := _KEY.match(line):
            yield number, table + _parts(key[1])


def _parts(dotted: str) -> Place:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _agree(here: Place, path: Sequence[str]) -> bool:
    """Whether a line at `here` is where `path` stands, or the table around it."""
    return here == tuple(path[: len(here)])
