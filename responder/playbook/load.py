"""Read the playbook: the built-in TOML files, and over them the files that a business keeps in its own folder."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from responder.playbook.complete import completed
from responder.playbook.grammar import Phrase, PhraseError, compile_phrase
from responder.playbook.model import FORMS, Concern, Matter, Noun, Playbook, Problem, Trouble, Voice
from responder.playbook.nouns import lexicon
from responder.playbook.own import OwnFile, read_own
from responder.playbook.shape import KINDS, PLAIN_TABLES, Fitted, Known

BUILT_IN = Path(__file__).parent
LOCALES = {
    "de-DE": ("de", ""),
    "de-AT": ("de", "AT"),
    "de-CH": ("de", "CH"),
    "en": ("en", ""),
    "fr": ("fr", ""),
    "it": ("it", ""),
}
LENGTHS = ("full", "medium", "short")

_QUOTES = re.compile(r"„([^“]*)“")


def load_playbook(overrides: Path | None = None) -> Playbook:
    """The built-in playbook, with the files under `overrides` laid over it.

    A phrase list in an override replaces the built-in list of that name. A phrase or file that cannot be used is left
    out and reported among the problems; where no wording is left that every post allows, the built-in ones stay
    beside: a typing error never stops an answer.
    """
    return _built_in() if overrides is None or not overrides.is_dir() else _laid_over(overrides)


def fitting_files(folder: Path) -> list[tuple[OwnFile, dict[str, Any]]]:
    """The files of sentences in a business's folder, each with what of it can be used."""
    files, _ = read_own(folder, languages())
    return [(file, _fitting(file, _known(file.language), [])) for file in files if file.language]


def languages() -> dict[str, frozenset[str]]:
    """The languages of the playbook, each with its regions."""
    return {language: frozenset(r for lang, r in LOCALES.values() if lang == language and r) for language, _ in
            LOCALES.values()}  # fmt: skip


def built_in_files(language: str) -> list[Path]:
    """The files that come with the program for a language, without those of its regions."""
    return sorted(file for file in (BUILT_IN / language).glob("*.toml") if not file.name.startswith("region-"))


@cache
def _built_in() -> Playbook:
    plan = _toml(BUILT_IN / "layouts.toml")
    problems: list[Problem] = []
    voices = {locale: _Builder(locale, built_in_data(locale), problems).voice() for locale in LOCALES}
    return _playbook(plan, voices, problems)


def _laid_over(folder: Path) -> Playbook:
    base, (files, problems) = _built_in(), read_own(folder, languages())
    for file in files:
        problems += file.problems
    plan: dict[str, Any] = {}
    merge(plan, _toml(BUILT_IN / "layouts.toml"))
    for file in files:
        if not file.language:
            merge(plan, _fitting(file, _known(""), problems))
    fitted = {file.name: _fitting(file, _known(file.language), problems) for file in files if file.language}
    bare = _playbook(plan, base.voices, problems)
    voices = {locale: _own_voice(locale, files, fitted, bare, problems) for locale in LOCALES}
    return _playbook(plan, voices, problems)


def _playbook(plan: Mapping[str, Any], voices: Mapping[str, Voice], problems: Iterable[Problem]) -> Playbook:
    layouts = {
        situation: {length: tuple(map(tuple, lengths.get(length, ()))) for length in LENGTHS}
        for situation, lengths in plan["layouts"].items()
    }
    practices = {slot: tuple(ids) for slot, ids in plan["practices"].items()}
    return Playbook(voices, layouts, practices, tuple(dict.fromkeys(problems)))


def _own_voice(
    locale: str, files: Iterable[OwnFile], fitted: Mapping[str, Any], bare: Playbook, problems: list[Problem]
) -> Voice:
    """The voice of one locale, with built-in wordings beside those of the business that not every post allows."""
    language, region = LOCALES[locale]
    data, said = built_in_data(locale), False
    ours = [file for file in files if file.language == language]
    for file in sorted(ours, key=lambda file: bool(file.region)):
        if file.region in ("", region):
            merge(data, fitted[file.name])
            said = said or bool(fitted[file.name])
    base = bare.voices[locale]
    return completed(_Builder(locale, data, problems).voice(), base, bare) if said else base


def _fitting(file: OwnFile, known: Known, problems: list[Problem]) -> dict[str, Any]:
    fitted = Fitted(file, known)
    content = fitted.tables() if file.language else fitted.layouts()
    problems += fitted.problems
    return content


@cache
def _known(language: str) -> Known:
    """What the built-in playbook has in one language; in any of them for the layouts."""
    layouts = _built_in().layouts
    slots = {
        slot.rstrip("?") for lengths in layouts.values() for orders in lengths.values() for o in orders for slot in o
    }
    tables: dict[str, Any] = {}
    words: set[str] = set()
    for locale, (here, _) in LOCALES.items():
        if here == language or not language:
            data = built_in_data(locale)
            merge(tables, data)
            matters = [*data["praise"].values(), *data.get("concern", {}).values()]
            words |= {word for matter in matters for word in matter.get("words", ())}
    return Known(tables, frozenset(slots | tables["phrases"].keys()), frozenset(layouts), frozenset(words))


def merge(base: dict[str, Any], over: Mapping[str, Any]) -> None:
    """Lay `over` over `base` table by table; any other value takes the place of the one before."""
    for key, value in over.items():
        if isinstance(value, Mapping):
            merge(base.setdefault(key, {}), value)
        else:
            base[key] = value


@cache
def _toml(file: Path) -> Mapping[str, Any]:
    """A file of ours, read once; whoever changes the tables merges them into new ones."""
    return tomllib.loads(file.read_text("utf-8"))


def built_in_data(locale: str) -> dict[str, Any]:
    """A fresh copy of the built-in tables of a locale: the language before the region."""
    language, region = LOCALES[locale]
    data: dict[str, Any] = {}
    regional = BUILT_IN / language / f"region-{region}.toml"
    for file in [*built_in_files(language), *([regional] if regional.exists() else [])]:
        merge(data, _toml(file))
    return data


class _Builder:
    """Compiles the merged tables of one locale, writing down what does not follow the grammar."""

    def __init__(self, locale: str, data: dict[str, Any], problems: list[Problem]) -> None:
        self.locale, self.data, self.problems = locale, data, problems
        self.words = data.get("words", {})
        self.pattern = re.compile("|".join(rf"\b{re.escape(word)}\b" for word in self.words) or r"(?!)")

    def voice(self) -> Voice:
        matters = {
            kind: {key: self._matter(key, entry) for key, entry in self.data.get(kind, {}).items()} for kind in KINDS
        }
        topics, pattern = self.data.get("topic", {}), self.data.get("topic_pattern", {})
        matters["topic"] = {key: self._topic(key, entry, pattern, "") for key, entry in topics.items()}
        matters["good_topic"] = {key: self._topic(key, entry, pattern, "praise_") for key, entry in topics.items()}
        nouns = self.data.get("nouns", {})
        return Voice(
            self.locale,
            {slot: self._phrases(f"phrases.{slot}", found) for slot, found in self.data.get("phrases", {}).items()},
            matters,
            {name: {k: self._local(str(v)) for k, v in self.data.get(name, {}).items()} for name in PLAIN_TABLES},
            {want: tuple(words) for want, words in self.data.get("catalogue", {}).items()},
            lexicon(nouns),
            frozenset(str(nouns.get("unnamed", "")).lower().split()),
            frozenset(str(nouns.get("brought", "")).lower().split()),
            tuple(self._trouble(key, entry) for key, entry in self.data.get("trouble", {}).items()),
            {key: self._matter(key, entry) for key, entry in self.data.get("kind", {}).items()},
            tuple(self._concern(key, entry) for key, entry in self.data.get("concern", {}).items()),
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

    def _concern(self, key: str, entry: dict[str, Any]) -> Concern:
        """A concern with what its base looks into."""
        whole = {**self.data.get("concern_base", {}).get(entry.get("base"), {}), **entry}
        words, alone = (tuple(re.compile(str(word)) for word in whole.get(form, ())) for form in ("words", "alone"))
        risk, ground = str(whole.get("risk", "")), self._local(str(whole.get("ground", "")))
        matter = self._matter(key, {**whole, "words": ()})
        return Concern(risk, (*words, *alone), str(whole.get("place", "")), ground, matter, alone)

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
