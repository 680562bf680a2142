"""The whole check of a business's playbook: files, entries, wordings, and drafts for sample posts. Pure.

`load_playbook` reports what cannot be used at all; here is looked for what could be used but should not.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from responder.playbook.check import FORMULAS, LEAST, NEEDED, check_playbook
from responder.playbook.complete import FREE
from responder.playbook.given import must_have, sure
from responder.playbook.grammar import compile_phrase
from responder.playbook.load import LOCALES, built_in_data, fitting_files, load_playbook
from responder.playbook.model import FORMS, Playbook, Problem
from responder.playbook.own import OwnFile
from responder.playbook.trial import trials
from responder.playbook.wordings import Wording, objections
from responder.profile import Profile

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_SENTENCES = ("phrases", "complaint", "praise", "question", "topic", "concern")


def review(folder: Path, profile: Profile) -> list[Problem]:
    """Everything wrong with the files in `folder`, by file and line. `profile` brings what the settings say."""
    playbook = load_playbook(folder)
    found = [*playbook.problems, *_profile(profile)]
    files = fitting_files(folder)
    built_in = replace(load_playbook(), layouts=playbook.layouts)
    for file, content in files:
        found += _file(file, content, built_in, profile)
    found += _doubled(files)
    if not found:  # once every single entry is right, the whole shows what is left
        found += [*check_playbook(playbook), *trials(playbook, profile)]
    return sorted(dict.fromkeys(found), key=lambda problem: (problem.file, problem.line))


def _profile(profile: Profile) -> Iterator[Problem]:
    """What the settings say twice."""
    for one, other in itertools.combinations(profile.catalogue, 2):
        if _without_numbers(one) == _without_numbers(other):
            said = "says the same twice" if one == other else f"says both “{one}” and “{other}”"
            yield Problem("settings", f"The catalogue {said}.", "Only one of them can hold.", "Take one out.")


def _file(file: OwnFile, content: Mapping[str, Any], playbook: Playbook, profile: Profile) -> Iterator[Problem]:
    for path, wordings in _lists(content):
        ours = _built_in(file.language).get(path, [])
        own = [wording for wording in wordings if wording not in ours]
        if own:
            yield from _few(file, path, wordings)
            yield from _not_for_all(file, path, wordings, playbook)
            yield from _numbers_differ(file, path, own)
        for source in own:
            for part in source.split(";") if path[-1] == "np" else (source,):
                wording = Wording(path, part.strip(), file.language, file.region)
                for said in objections(wording, playbook, profile):
                    yield file.problem(path, said.what, said.why, said.fix, source)


def _lists(content: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """Every list of wordings with its path."""
    for name, value in content.items():
        here = (*path, name)
        if isinstance(value, Mapping):
            if here[0] in _SENTENCES:
                yield from _lists(value, here)
        elif isinstance(value, list) and name not in ("covers", "words"):
            yield here, value


def _few(file: OwnFile, path: Sequence[str], wordings: Sequence[str]) -> Iterator[Problem]:
    least = LEAST[file.language]
    if path[0] == "phrases" and path[1] not in FORMULAS and len(wordings) < least:
        yield file.problem(
            path,
            f"Only {len(wordings)} wordings: answers on one page will sound alike.",
            "People read several answers one below the other.",
            f"Write at least {least}; the built-in ones may be among them.",
        )


def _not_for_all(file: OwnFile, path: Sequence[str], wordings: Sequence[str], playbook: Playbook) -> Iterator[Problem]:
    """A list of which no wording fits every post."""
    if path[0] == "phrases":
        free = sure(path[1], playbook) if path[1] in must_have(playbook) else None
    else:
        free = FREE if path[2] in (*FORMS, "np") and path[2] in (*NEEDED.get(path[0], ()), "np") else None
    if free is None or path[-1] == "gap":
        return
    needed = [compile_phrase(wording.replace(";", " ")).names - free for wording in wordings]
    if all(needed):
        missing = " or ".join(sorted({f"{{{name}}}" for names in needed for name in names}))
        yield file.problem(
            path,
            f"Every wording needs {missing}, which not every post brings.",
            "For the other posts the built-in wordings are used.",
            "Add a wording without it.",
        )


def _numbers_differ(file: OwnFile, path: Sequence[str], wordings: Sequence[str]) -> Iterator[Problem]:
    """The wordings of one answer are the same answer: two of them may not name different numbers."""
    numbers = [frozenset(_NUMBER.findall(wording)) for wording in wordings]
    if path[-1] == "gap" and len({found for found in numbers if found}) > 1:
        yield file.problem(
            path,
            "The wordings of this answer name different numbers.",
            "Customers would be told one thing today and another tomorrow.",
            "Let every wording say the same.",
        )


def _doubled(files: Sequence[tuple[OwnFile, Mapping[str, Any]]]) -> Iterator[Problem]:
    """The same list in two files: only the later one counts."""
    for (one, content), (other, more) in itertools.combinations(files, 2):
        if (one.language, one.region) != (other.language, other.region):
            continue
        later = dict(_lists(more))
        for path, wordings in _lists(content):
            if path in later and later[path] != wordings:
                place = f"{other.name}, line {other.line(path)}"
                yield one.problem(
                    path,
                    f"{place} says something else; that counts and this does not.",
                    "Somebody will change the one that has no effect.",
                    "Keep one of them.",
                )


@cache
def _built_in(language: str) -> Mapping[tuple[str, ...], list[str]]:
    """Every built-in list of a language, those of its regions included: whole answers of ours are tested elsewhere."""
    found: dict[tuple[str, ...], list[str]] = {}
    for locale in [locale for locale, (here, _) in LOCALES.items() if here == language]:
        for path, wordings in _lists(built_in_data(locale)):
            found.setdefault(path, []).extend(wordings)
    return found


def _without_numbers(text: str) -> str:
    return " ".join(_NUMBER.sub("", text).lower().split())
