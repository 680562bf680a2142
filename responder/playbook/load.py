"""Read the playbook: the built-in TOML files, and over them the files that a business keeps in its own folder."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from responder.playbook.grammar import Phrase, PhraseError, compile_phrase
from responder.playbook.model import FORMS, Matter, Noun, Playbook, Problem, Trouble, Voice
from responder.playbook.nouns import lexicon

BUILT_IN = Path(__file__).parent
LOCALES = {"de-DE": ("de", ""), "de-AT": ("de", "AT"), "de-CH": ("de", "CH"), "en": ("en", "")}
LENGTHS = ("full", "medium", "short")

_KINDS = ("complaint", "praise", "question")
_PLAIN_TABLES = ("wants", "stars", "stars_dat", "days", "team", "team_of", "once")
_TABLES = frozenset(
    (
        *_KINDS,
        *_PLAIN_TABLES,
        "phrases",
        "topic",
        "topic_pattern",
        "catalogue",
        "nouns",
        "words",
        "trouble",
        "base",
        "kind",
    )
)
_QUOTES = re.compile(r"„([^“]*)“")


def load_playbook(overrides: Path | None = None) -> Playbook:
    """The built-in playbook, with the files under `overrides` laid over it.

    A phrase list in an override replaces the built-in list of that name. A phrase or file that cannot be used is left
    out, the built-in stays in force, and `check_playbook` reports it: a typing error never stops an answer.
    """
    return _built_in() if overrides is None or not overrides.is_dir() else _load((BUILT_IN, overrides))


@cache
def _built_in() -> Playbook:
    return _load((BUILT_IN,))


def _load(folders: tuple[Path, ...]) -> Playbook:
    problems: list[Problem] = []
    plan: dict[str, Any] = {}
    for folder in folders:
        merge(plan, _read(folder / "layouts.toml", problems), "layouts.toml", problems)
    voices = {locale: _voice(locale, folders, problems) for locale in LOCALES}
    layouts = {
        situation: {length: tuple(map(tuple, lengths.get(length, ()))) for length in LENGTHS}
        for situation, lengths in plan["layouts"].items()
    }
    practices = {slot: tuple(ids) for slot, ids in plan["practices"].items()}
    return Playbook(voices, layouts, practices, tuple(dict.fromkeys(problems)))


def merge(base: dict[str, Any], over: Mapping[str, Any], where: str, problems: list[Problem]) -> None:
    """Lay `over` over `base` table by table; a value of another type than the one it replaces is reported and left."""
    for key, value in over.items():
        old = base.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            merge(old, value, f"{where} [{key}]", problems)
        elif old is not None and type(old) is not type(value):
            problems.append(Problem(where, f"“{key}” must be a {type(old).__name__}; the built-in entry stays."))
        else:
            base[key] = dict(value) if isinstance(value, dict) else value


def _read(file: Path, problems: list[Problem]) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(Problem(file.name, f"The file cannot be read and is ignored: {error}"))
        return {}


def _files(folders: Iterable[Path], language: str, region: str) -> Iterable[Path]:
    """Built-in before overrides, and within each the language before the region."""
    for folder in folders:
        here = folder / language
        yield from sorted(file for file in here.glob("*.toml") if not file.name.startswith("region-"))
        yield here / f"region-{region}.toml"


def _voice(locale: str, folders: tuple[Path, ...], problems: list[Problem]) -> Voice:
    language, region = LOCALES[locale]
    data: dict[str, Any] = {}
    for file in _files(folders, language, region):
        where = f"{language}/{file.name}"
        merge(data, _read(file, problems), where, problems)
    problems += [Problem(language, f"Unknown table [{name}]; it is ignored.") for name in data.keys() - _TABLES]
    return _Builder(locale, data, problems).voice()


class _Builder:
    """Compiles the merged tables of one locale, writing down what does not follow the grammar."""

    def __init__(self, locale: str, data: dict[str, Any], problems: list[Problem]) -> None:
        self.locale, self.data, self.problems = locale, data, problems
        self.words = data.get("words", {})
        self.pattern = re.compile("|".join(rf"\b{re.escape(word)}\b" for word in self.words) or r"(?!)")

    def voice(self) -> Voice:
        matters = {
            kind: {key: self._matter(key, entry) for key, entry in self.data.get(kind, {}).items()} for kind in _KINDS
        }
        topics, pattern = self.data.get("topic", {}), self.data.get("topic_pattern", {})
        matters["topic"] = {key: self._topic(key, entry, pattern, "") for key, entry in topics.items()}
        matters["good_topic"] = {key: self._topic(key, entry, pattern, "praise_") for key, entry in topics.items()}
        nouns = self.data.get("nouns", {})
        return Voice(
            self.locale,
            {slot: self._phrases(f"phrases.{slot}", found) for slot, found in self.data.get("phrases", {}).items()},
            matters,
            {name: {k: self._local(str(v)) for k, v in self.data.get(name, {}).items()} for name in _PLAIN_TABLES},
            {want: tuple(words) for want, words in self.data.get("catalogue", {}).items()},
            lexicon(nouns),
            frozenset(str(nouns.get("unnamed", "")).lower().split()),
            frozenset(str(nouns.get("brought", "")).lower().split()),
            tuple(self._trouble(key, entry) for key, entry in self.data.get("trouble", {}).items()),
            {key: self._matter(key, entry) for key, entry in self.data.get("kind", {}).items()},
        )

    def _local(self, text: str) -> str:
        text = self.pattern.sub(lambda match: str(self.words[match[0]]), text)
        return _QUOTES.sub(r"«\1»", text).replace("ß", "ss") if self.locale == "de-CH" else text

    def _phrase(self, where: str, source: object) -> Phrase | None:
        try:
            return compile_phrase(self._local(str(source)))
        except PhraseError as error:
            self.problems.append(Problem(where, str(error)))
            return None

    def _phrases(self, where: str, sources: Iterable[object]) -> tuple[Phrase, ...]:
        return tuple(phrase for source in sources if (phrase := self._phrase(where, source)) is not None)

    def _noun(self, where: str, source: str) -> Noun | None:
        cases = [self._phrase(where, case.strip()) for case in source.split(";")]
        nominative, accusative, dative = cases if len(cases) == 3 else (cases[0], cases[0], cases[-1])
        if nominative is None or accusative is None or dative is None:
            return None
        return Noun(nominative, accusative, dative)

    def _matter(self, key: str, entry: dict[str, Any]) -> Matter:
        return Matter(
            key,
            self._local(str(entry.get("theme", ""))),
            tuple(noun for source in entry.get("np", ()) if (noun := self._noun(key, source)) is not None),
            {form: self._phrases(f"{key}.{form}", entry[form]) for form in FORMS if form in entry},
            {fact: self._phrases(f"{key}.ask.{fact}", asked) for fact, asked in entry.get("ask", {}).items()},
            tuple(entry.get("covers", ())),
            tuple(entry.get("words", ())),
            bool(entry.get("order")),
            bool(entry.get("second")),
        )

    def _trouble(self, key: str, entry: dict[str, Any]) -> Trouble:
        """A trouble with the forms of its base, in which WORD is what this entry says."""
        base, word = self.data.get("base", {}).get(entry.get("base"), {}), entry.get("word", "")
        shared = {
            form: [said.replace("WORD", word) for said in found]
            if isinstance(found, list)
            else found.replace("WORD", word)
            for form, found in base.items()
        }
        whole = {**shared, **entry}
        of = frozenset(str(whole.get("of", "all")).split())
        matter = self._matter(key, whole)
        sign, thing, like = (
            whole.get("sign", key),
            whole.get("thing", "subject"),
            self._local(str(whole.get("like", ""))),
        )
        return Trouble(sign, frozenset() if "all" in of else of, thing, like, matter)

    def _topic(self, key: str, entry: dict[str, Any], pattern: dict[str, Any], prefix: str) -> Matter:
        """A matter made from the topic's name by the general patterns; what the topic says itself goes first."""
        general = {
            form: [source.replace("NAME", entry.get("name", "")) for source in pattern.get(form, ())]
            for form in ("expected", "answer", "pass_on")
        }
        for form in ("np", "that"):
            general[form] = [s.replace("NAME", entry.get("name", "")) for s in pattern.get(prefix + form, ())]
        own = {name: value for name, value in entry.items() if not (prefix and name in general)}
        return self._matter(key, {"ask": pattern.get("ask", {}), **general, **own})
