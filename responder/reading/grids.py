"""Labels found by concepts that meet in one sentence, in whatever order and form: "Knie" and "aufgeschlagen".

A file of grids is TOML. `[concepts]` names lists of words; `[labels]` lists rows per label. A row names the concepts
that must meet, each told by a word of its own; `!concept` must not stand in the sentence, and `<3` is how many words
apart they may stand at most. Rows under `[wide]` may spread over two neighbouring sentences. A concept's word stands
for its beginning (`sturz` finds `sturzgefahr`), `word=` for itself alone, `*word` also inside a compound, `~word`
behind separable and other prefixes too (`~fall` finds `hinfallen`), and `_` joins words that follow each other.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, product
from typing import TypeVar

from responder.reading.normalise import fold_pattern
from responder.reading.rules import DATA, Hit
from responder.reading.tokens import Token

ENDS = frozenset(".!?\n")
REACH, FAR = 16, 32
"""How many words apart concepts may stand in one sentence, and in two."""
MOST_PLACES = 4
"""Places of one concept that are tried in a sentence; more are only repetition."""
PARTICLES = tuple(
    "ab an auf aus ein empor fest fort frei her herab heran herauf heraus herein herum herunter hervor hin hinab "
    "hinauf hinaus hinein hinunter hoch los mit nach nieder rauf raus rein rum runter rueber ran um unter ueber vor "
    "vorbei weg weiter wieder zu zurueck zusammen durch dazu daneben wett tot kaputt krank bloss".split()
)
INNER = ("ge", "g", "zu", "be", "ver", "zer", "er", "ent")
Words = list[tuple[Token, frozenset[str]]]
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Row:
    """What must meet for a label, and what must not stand beside it."""

    label: str
    concepts: tuple[str, ...]
    forbidden: frozenset[str]
    reach: int


class Concepts:
    """Which concepts a word tells. Answers are remembered: most words of most texts were seen before."""

    def __init__(self, lists: Mapping[str, str]) -> None:
        self._whole: dict[str, set[str]] = defaultdict(set)
        self._starts: dict[str, set[str]] = defaultdict(set)
        self._stems: dict[str, set[str]] = defaultdict(set)
        self._inside: dict[str, set[str]] = defaultdict(set)
        self._ends: dict[str, set[str]] = defaultdict(set)
        self.phrases: dict[str, dict[str, list[tuple[list[str], str]]]] = defaultdict(lambda: defaultdict(list))
        self._known: dict[str, frozenset[str]] = {}
        for concept, entries in lists.items():
            for entry in fold_pattern(entries).split():
                self._add(concept, entry)

    def _add(self, concept: str, entry: str) -> None:
        word = entry.strip("*~=")
        if "_" in entry:
            first, second, *rest = entry.split("_")
            self.phrases[first][second].append((rest, concept))
        elif entry.startswith("*"):
            (self._ends if entry.endswith("=") else self._inside)[word].add(concept)
        elif entry.startswith("~"):
            self._stems[word].add(concept)
        else:
            (self._whole if entry.endswith("=") else self._starts)[word].add(concept)

    def of(self, word: str) -> frozenset[str]:
        """The concepts that a folded word tells by itself."""
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = frozenset(self._told(word))
            if len(self._known) > MOST_WORDS:
                self._known.clear()
        return found

    def _told(self, word: str) -> Iterator[str]:
        yield from self._whole.get(word, ())
        yield from _starting(self._starts, word)
        for stem in _stems(word):
            yield from _starting(self._stems, stem)
        for start in range(len(word)):
            yield from self._ends.get(word[start:], ())
            yield from _starting(self._inside, word[start:])

    def behind(self, words: list[str], at: int) -> Iterator[str]:
        """The concepts told by a phrase that begins with the word at that place."""
        second = words[at + 1] if at + 1 < len(words) else ""
        phrases = self.phrases.get(words[at], {})
        for rest, concept in (*phrases.get(f"{second}=", ()), *_starting(phrases, second)):
            following = words[at + 2 : at + 2 + len(rest)]
            if len(following) == len(rest) and all(map(_tells, rest, following)):
                yield concept


MOST_WORDS = 65536
"""Words whose concepts are remembered before the memory is emptied."""


class Grids:
    """The rows of one file."""

    def __init__(self, rows: Iterable[Row], wide: Iterable[Row], concepts: Concepts) -> None:
        self._rows = tuple(rows)
        self._wide = tuple(wide)
        self._concepts = concepts

    def find(self, sentences: list[Words]) -> list[Hit]:
        """One place for each label that is told, in the order of the file; `sentences` are what `look` has found."""
        told = present(sentences)
        rows, wide = ([row for row in part if told.issuperset(row.concepts)] for part in (self._rows, self._wide))
        parts = _with_concepts(sentences)
        both = _with_concepts([first + second for first, second in pairwise(sentences)]) if wide else []
        found: dict[str, Hit] = {}
        for row, places in (*((row, parts) for row in rows), *((row, both) for row in wide)):
            if row.label not in found and (hit := _meeting(row, places)) is not None:
                found[row.label] = hit
        return list(found.values())

    def look(self, words: list[Token]) -> list[Words]:
        """The words of each sentence with the concepts they tell."""
        return [sentence for sentence in self._sentences(words) if sentence]

    def _sentences(self, words: list[Token]) -> Iterator[Words]:
        plain = [token.word for token in words]
        phrases, of = self._concepts.phrases, self._concepts.of
        sentence: Words = []
        for at, (token, word) in enumerate(zip(words, plain, strict=True)):
            if word in ENDS and not (at and plain[at - 1].isdigit() and word == "."):
                yield sentence
                sentence = []
            elif word[0].isalnum():
                told = of(word)
                sentence.append((token, told.union(self._concepts.behind(plain, at)) if word in phrases else told))
        yield sentence


def present(sentences: Iterable[Words]) -> frozenset[str]:
    """Every concept that is told somewhere."""
    return frozenset().union(*(concepts for words in sentences for _, concepts in words))


def _with_concepts(sentences: list[Words]) -> list[tuple[Words, frozenset[str]]]:
    return [(words, present([words])) for words in sentences]


def _meeting(row: Row, parts: list[tuple[Words, frozenset[str]]]) -> Hit | None:
    for words, present in parts:
        if present.issuperset(row.concepts) and present.isdisjoint(row.forbidden):
            places = _places(row, words)
            if places is not None:
                return Hit(row.label, words[places[0]][0].start, words[places[-1]][0].end)
    return None


def _places(row: Row, words: Words) -> list[int] | None:
    """Where the row's concepts stand, each by another word and near enough to each other."""
    choices = [
        [at for at, (_, concepts) in enumerate(words) if concept in concepts][:MOST_PLACES] for concept in row.concepts
    ]
    for chosen in product(*choices):
        places = sorted(chosen)
        if len(set(chosen)) == len(chosen) and places[-1] - places[0] <= row.reach:
            return places
    return None


def _starting(table: Mapping[str, Iterable[Found]], word: str) -> Iterator[Found]:
    for length in range(1, len(word) + 1):
        yield from table.get(word[:length], ())


def _stems(word: str) -> Iterator[str]:
    """The word without each prefix it may have: "hingefallen" is also "gefallen" and "fallen"."""
    for particle in ("", *PARTICLES):
        if word.startswith(particle):
            rest = word[len(particle) :]
            yield rest
            yield from (rest[len(inner) :] for inner in INNER if rest.startswith(inner))


def _tells(entry: str, word: str) -> bool:
    return word == entry[:-1] if entry.endswith("=") else word.startswith(entry)


@cache
def load(name: str) -> Grids:
    """The grids of `data/<name>.toml`; ValueError when a row names an unknown concept."""
    content = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
    lists = content["concepts"]
    rows, wide = (_rows(content.get(table, {}), reach, lists) for table, reach in (("labels", REACH), ("wide", FAR)))
    return Grids(rows, wide, Concepts(lists))


def _rows(table: Mapping[str, list[str]], reach: int, known: Iterable[str]) -> list[Row]:
    return [_row(label, text, reach, known) for label, texts in table.items() for text in texts]


def _row(label: str, text: str, reach: int, known: Iterable[str]) -> Row:
    nearer = [int(part[1:]) for part in text.split() if part.startswith("<")]
    names = [part for part in text.split() if not part.startswith("<")]
    unknown = {name.lstrip("!") for name in names} - set(known)
    if unknown:
        raise ValueError(f"the row “{text}” of {label} names unknown concepts: {', '.join(sorted(unknown))}.")
    forbidden = frozenset(name[1:] for name in names if name.startswith("!"))
    met = tuple(name for name in names if not name.startswith("!"))
    return Row(label, met, forbidden, min([reach, *nearer]))
