"""The playbook as the program holds it: compiled phrases by language and region."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from responder.playbook.grammar import Phrase
from responder.playbook.nouns import Lexicon

FORMS = ("that", "expected", "look", "answer", "pass_on", "gap")
"""What a matter is said with, besides its noun phrases and its questions."""


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun phrase in the three cases that the sentences need."""

    nominative: Phrase
    accusative: Phrase
    dative: Phrase

    @property
    def names(self) -> frozenset[str]:
        return self.nominative.names | self.accusative.names | self.dative.names


@dataclass(frozen=True, slots=True)
class Matter:
    """One concrete matter in our words; `forms` is keyed by FORMS, `ask` by the kind of fact a question asks for."""

    key: str
    theme: str
    nouns: tuple[Noun, ...] = ()
    forms: Mapping[str, tuple[Phrase, ...]] = field(default_factory=dict)
    ask: Mapping[str, tuple[Phrase, ...]] = field(default_factory=dict)
    covers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    order: bool = False
    second: bool = False
    told: bool = False
    """Whether it is said in the customer's own clause, which stands for any noun."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What can be wrong with a thing, in words that leave the thing open.

    `sign` is what the reading finds, `of` the kinds of things it is said of (empty: all), `thing` where the thing
    stands (subject, object, next, none), `like` an adjective for it. `matter` lacks what the kind of the thing says.
    """

    sign: str
    of: frozenset[str]
    thing: str
    like: str
    matter: Matter

    def fits(self, kind: str) -> bool:
        """Whether this can be wrong with things of that kind."""
        return not self.of or kind in self.of


@dataclass(frozen=True, slots=True)
class Concern:
    """What a post of a `risk` may report, and by which `words` (searched in lower case) it is certain.

    `place` says what of the post belongs to the name: the place ("where"), the thing ("thing"), nothing, or
    that the thing is the name ("itself"); `ground` for what somebody was treated otherwise.
    `matter` has the nouns it is named by and, as `look`, what is looked into at once. `alone` are those of the words
    that tell the risk even where the reading does not.
    """

    risk: str
    words: tuple[re.Pattern[str], ...]
    place: str
    ground: str
    matter: Matter
    alone: tuple[re.Pattern[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Voice:
    """Everything that may be said in one locale. `matters` is keyed complaint, praise, question, topic, good_topic.

    `nouns` are the things that may be named; `unnamed` are those of them that nobody is thanked for, `brought` those
    that customers bring along where nobody sells them. `troubles` and `kinds` make a matter of a thing (told.py);
    `concerns` name what grave posts report (concern.py).
    """

    locale: str
    phrases: Mapping[str, tuple[Phrase, ...]]
    matters: Mapping[str, Mapping[str, Matter]]
    tables: Mapping[str, Mapping[str, str]]
    catalogue: Mapping[str, tuple[str, ...]]
    nouns: Lexicon
    unnamed: frozenset[str] = frozenset()
    brought: frozenset[str] = frozenset()
    troubles: tuple[Trouble, ...] = ()
    kinds: Mapping[str, Matter] = field(default_factory=dict)
    concerns: tuple[Concern, ...] = ()

    @property
    def language(self) -> str:
        return self.locale[:2]

    def matter(self, key: str) -> Matter | None:
        """The matter of that key, of whatever kind."""
        return next((found[key] for found in self.matters.values() if key in found), None)


@dataclass(frozen=True, slots=True)
class Problem:
    """A gap or contradiction in the playbook: where and what; why it matters and how to mend it.

    `file` is relative to the playbook's folder, `line` counts from 1; both are empty where a problem has no one place.
    """

    where: str
    what: str
    why: str = ""
    fix: str = ""
    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: " if self.line else f"{self.file}: " if self.file else ""
        return " ".join(filter(None, (f"{place}{self.where}: {self.what}", self.why, self.fix)))


@dataclass(frozen=True, slots=True)
class Playbook:
    """All voices, the order of sentences by situation and length, and the practice rules each sentence serves."""

    voices: Mapping[str, Voice]
    layouts: Mapping[str, Mapping[str, tuple[tuple[str, ...], ...]]]
    practices: Mapping[str, tuple[str, ...]]
    problems: tuple[Problem, ...] = ()

    def voice(self, locale: str) -> Voice:
        """The voice for a locale; a locale without one is answered in English."""
        return self.voices.get(locale) or self.voices["en"]
