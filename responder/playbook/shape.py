"""What may stand in a file of the business. What does not fit is left out and reported; the rest counts. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from responder.playbook.grammar import PhraseError, compile_phrase
from responder.playbook.model import FORMS, Problem
from responder.playbook.own import OwnFile

MOST_WORDINGS = 100
LONGEST_WORD = 200
KINDS = ("complaint", "praise", "question")
PLAIN_TABLES = ("wants stars stars_dat days team team_of once roles role_endings sums sums_dat items asked").split()
MADE_FROM_POST = frozenset(
    "ask apology wellbeing offer_or_action asked missed condolence others wished claim advice".split()
)
FACTS = ("date", "time", "place", "product", "device", "detail", "any")
"""What a question may ask for."""

_MATTER_LISTS = ("np", *FORMS)
_PATTERN_LISTS = (*_MATTER_LISTS, "praise_np", "praise_that")
_NOUN_LISTS = ("p", "m", "f", "n", "unnamed", "brought")
_LENGTHS = ("full", "medium", "short")
_BRACED = re.compile(r"\[[^\[\]]*\]|\{[^{}]*\}")
_PLAIN_WORDS = re.compile(r"[\w .'-]{1,60}")
_STAYS = "The built-in entry stays in force."
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What the built-in playbook has: its tables in the language of a file, its sentences and situations."""

    tables: Mapping[str, Any]
    slots: frozenset[str]
    situations: frozenset[str]
    expressions: frozenset[str] = frozenset()
    """The built-in patterns of `words`; a business writes plain words, and may keep these."""

    @property
    def phrases(self) -> frozenset[str]:
        """The sentences that are written out; the others are put together from matter and catalogue."""
        return self.slots - MADE_FROM_POST


@dataclass(slots=True)
class Fitted:
    """Copies what fits out of one file, and writes down what does not."""

    file: OwnFile
    known: Known
    problems: list[Problem] = field(default_factory=list)

    def tables(self) -> dict[str, Any]:
        """The content of a file of sentences."""
        forms: dict[str, Callable[[Path, Any], Any]] = {
            **dict.fromkeys(self.known.tables, self._alike),
            "phrases": self._phrases,
            **dict.fromkeys((*KINDS, "topic", "concern"), self._matters),
            "topic_pattern": self._pattern,
            **dict.fromkeys(("words", "team_of"), self._own_names),
            "catalogue": self._word_lists,
            "nouns": self._nouns,
        }
        return self._each((), self.file.data, forms, "table")

    def layouts(self) -> dict[str, Any]:
        """The content of the file of layouts."""
        forms: dict[str, Callable[[Path, Any], Any]] = {"layouts": self._situations, "practices": self._practices}
        return self._each((), self.file.data, forms, "table")

    def _each(
        self, path: Path, value: Any, forms: Mapping[str, Callable[[Path, Any], Any]], called: str
    ) -> dict[str, Any]:
        """The entries of a table that have a known name and a fitting value."""
        kept = {}
        for name, entry in self._table(path, value).items():
            here = (*path, name)
            if entry == self._example(here):
                continue  # what is as built in needs no word
            if name not in forms:
                self._unknown(here, name, forms, called)
            elif (fitting := forms[name](here, entry)) is not None:
                kept[name] = fitting
        return kept

    def _unknown(self, path: Path, name: str, known: Mapping[str, Any], called: str) -> None:
        close = get_close_matches(name, known, n=1)
        fix = f"Did you mean “{close[0]}”?" if close else f"Known: {', '.join(sorted(known)[:30])}."
        self._note(path, f"Unknown {called} “{name}”; it is ignored.", "Nothing in an answer is made from it.", fix)

    def _note(self, path: Path, what: str, why: str = "", fix: str = "", value: object = None) -> None:
        self.problems.append(self.file.problem(path, what, why, fix, value))

    def _wrong_kind(self, path: Path, wanted: str, fix: str) -> None:
        self._note(path, f"“{path[-1]}” must be {wanted}.", _STAYS, fix)

    def _table(self, path: Path, value: Any) -> Mapping[str, Any]:
        if isinstance(value, Mapping):
            return value
        self._wrong_kind(path, "a table", f"Write [{'.'.join(path)}] on a line of its own and the entries below it.")
        return {}

    def _list(self, path: Path, value: Any, most: int = MOST_WORDINGS) -> Iterator[str]:
        """The texts of a list."""
        if not isinstance(value, list):
            self._wrong_kind(path, "a list", f'Write {path[-1]} = ["…", "…"].')
            return
        if len(value) > most:
            self._note(path, f"More than {most} entries; the others are ignored.")
        for item in value[:most]:
            if isinstance(item, str):
                yield item
            else:
                self._note(path, f"{str(item)[:40]!r} is no text.", "It is left out.", "Put it into quotes.")

    def _wordings(self, path: Path, value: Any) -> list[str] | None:
        """The phrases of a list that follow the grammar, each once."""
        kept: dict[str, None] = {}
        for source in self._list(path, value):
            try:
                for part in source.split(";") if path[-1] in ("np", "praise_np") else (source,):
                    compile_phrase(part.strip().replace("NAME", ""))
            except PhraseError as error:
                self._note(path, str(error), "This wording is left out.", "", source)
                continue
            if source in kept:
                self._note(path, "The same wording stands here twice.", "It counts once.", "Take one out.", source)
            kept[source] = None
        if path[-2] == "ask" and value == []:
            return []  # nothing is asked
        if not kept and isinstance(value, list):
            self._note(path, "No wording that can be used.", _STAYS, "Write at least one, or take the line out.")
        return list(kept) or None

    def _phrases(self, path: Path, value: Any) -> dict[str, Any]:
        return self._each(path, value, dict.fromkeys(self.known.phrases, self._wordings), "sentence")

    def _matters(self, path: Path, value: Any) -> dict[str, Any]:
        return self._each(path, value, dict.fromkeys(self.known.tables[path[-1]], self._matter), "matter")

    def _matter(self, path: Path, value: Any) -> dict[str, Any]:
        forms: dict[str, Callable[[Path, Any], Any]] = {
            **dict.fromkeys(("theme", "name", "risk", "base", "place", "ground"), self._text),
            **dict.fromkeys(_MATTER_LISTS, self._wordings),
            "np": self._nouns_in_cases,
            "ask": self._asked,
            **dict.fromkeys(("covers", "words", "alone"), self._words),
            **dict.fromkeys(("order", "second"), self._truth),
        }
        return self._each(path, value, forms, "entry")

    def _pattern(self, path: Path, value: Any) -> dict[str, Any]:
        return self._each(path, value, {**dict.fromkeys(_PATTERN_LISTS, self._wordings), "ask": self._asked}, "entry")

    def _nouns_in_cases(self, path: Path, value: Any) -> list[str] | None:
        kept = []
        for source in self._wordings(path, value) or ():
            if source.count(";") > 2:
                fix = "Write “nominative; accusative; dative”, or two of them where the first two are the same."
                self._note(path, "A noun has three cases here at most.", "This wording is left out.", fix, source)
            else:
                kept.append(source)
        return kept or None

    def _asked(self, path: Path, value: Any) -> dict[str, Any]:
        return self._each(path, value, dict.fromkeys(FACTS, self._wordings), "kind of question")

    def _own_names(self, path: Path, value: Any) -> dict[str, Any]:
        """A table in which the names are the business's own, such as words and what they become in a region."""
        return self._each(path, value, dict.fromkeys(self._table(path, value), self._text), "entry")

    def _alike(self, path: Path, value: Any) -> Any:
        """An entry of a table without rules of its own: the same kind of value as the built-in one."""
        example = self._example(path)
        if isinstance(example, Mapping):
            return self._each(path, value, dict.fromkeys(example, self._alike), "entry")
        if isinstance(example, list):
            return self._wordings(path, value)
        return self._text(path, value)

    def _example(self, path: Path) -> Any:
        """What the built-in playbook has at this place; an empty text where it has nothing."""
        found: Any = self.known.tables
        for name in path:
            found = found.get(name, "") if isinstance(found, Mapping) else ""
        return found

    def _text(self, path: Path, value: Any) -> str | None:
        """A text that is put in as it stands; it may hold what the built-in one holds between braces."""
        if not isinstance(value, str):
            self._wrong_kind(path, "a text", f'Write {path[-1]} = "…".')
            return None
        example, bare = str(self._example(path)), value
        for placeholder in _BRACED.findall(example):
            bare = bare.replace(placeholder, "")
        try:
            if path[-1] == "name":
                compile_phrase(value)
            elif len(value) > max(LONGEST_WORD, 4 * len(example)):
                raise PhraseError(f"The text is too long: {value[:40]}…")
            elif set("{}[]\n") & set(bare):
                raise PhraseError(f"No placeholder can stand here: {value[:40]}")
        except PhraseError as error:
            self._note(path, str(error), _STAYS, "Write plain words.", value)
            return None
        return value

    def _nouns(self, path: Path, value: Any) -> dict[str, Any]:
        forms = dict.fromkeys(
            _NOUN_LISTS, lambda here, entry: entry if isinstance(entry, str) else self._text(here, entry)
        )
        return self._each(path, value, forms, "gender")

    def _word_lists(self, path: Path, value: Any) -> dict[str, Any]:
        return self._each(path, value, dict.fromkeys(self.known.tables[path[-1]], self._words), "entry")

    def _words(self, path: Path, value: Any) -> list[str] | None:
        """Plain words, no patterns: what a business types must never be able to make a draft slow."""
        kept = []
        for word in self._list(path, value):
            if _PLAIN_WORDS.fullmatch(word) or word in self.known.expressions:
                kept.append(word)
            else:
                self._note(path, f"“{word[:40]}” is no plain word.", "It is left out.", "Write letters only.", word)
        return kept or None

    def _truth(self, path: Path, value: Any) -> bool | None:
        if isinstance(value, bool):
            return value
        self._wrong_kind(path, "true or false", f"Write {path[-1]} = true.")
        return None

    def _situations(self, path: Path, value: Any) -> dict[str, Any]:
        return self._each(path, value, dict.fromkeys(self.known.situations, self._lengths), "situation")

    def _lengths(self, path: Path, value: Any) -> dict[str, Any]:
        return self._each(path, value, dict.fromkeys(_LENGTHS, self._orders), "length")

    def _orders(self, path: Path, value: Any) -> list[list[str]] | None:
        """The orders of sentences whose sentences all exist."""
        if not isinstance(value, list) or not all(isinstance(order, list) for order in value):
            self._wrong_kind(path, "a list of lists", f'Write {path[-1]} = [["greeting", "closing?"]].')
            return None
        kept = []
        for order in value[:MOST_WORDINGS]:
            slots = list(self._list(path, order))
            missing = [slot for slot in slots if slot.removesuffix("?") not in self.known.slots]
            for slot in missing:
                self._unknown(path, slot, dict.fromkeys(self.known.slots), "sentence")
            if slots and not missing and len(slots) == len(order):
                kept.append(slots)
        return kept or None

    def _practices(self, path: Path, value: Any) -> dict[str, Any]:
        return self._each(path, value, dict.fromkeys(self.known.slots, self._words), "sentence")
