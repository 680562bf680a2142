"""What a business's own texts teach the mood model, and whether that is worth having. Pure; same texts, same outcome.

Corrected texts are nothing but mistakes: they do not say what was right and must stay so. So texts whose reading people
let stand are learned as well, and both kinds are asked whether it got better.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from responder.reading import labelled
from responder.reading.adapting import adapt, example, known, replayed
from responder.reading.labelled import Labelled
from responder.reading.linear import Linear, shipped
from responder.reading.model import Text
from responder.reading.mood import judged, learn
from responder.reading.reader import read
from responder.reading.training import Example
from responder.words import Sentiment

FOLDS = 5
MOST_LOST = 0.01
"""The mean macro-F1 on the built-in texts may fall by so much."""

Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text of the business, the mood a person sees in it, and whether the reader had said otherwise."""

    text: Text
    mood: Sentiment
    corrected: bool


@dataclass(frozen=True, slots=True)
class Score:
    """How many of the business's texts are read rightly, and the mean macro-F1 on the built-in texts held back.

    The model that comes with the program has seen those; `built_in` is of one made like it that has not.
    """

    corrected: int
    confirmed: int
    built_in: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """Before and after. `after` counts texts by models that had not learned from them; `model` has seen all."""

    corrected: int
    confirmed: int
    before: Score
    after: Score
    model: Linear

    @property
    def better(self) -> bool:
        """Whether more of the business's texts are read rightly, and not much less of everybody else's."""
        return self.gained > 0 and self.after.built_in >= self.before.built_in - MOST_LOST

    @property
    def gained(self) -> int:
        """How many more of the business's texts are read rightly."""
        before, after = self.before, self.after
        return after.corrected + after.confirmed - before.corrected - before.confirmed


@dataclass(frozen=True, slots=True)
class Yardstick:
    """A model made like the one that comes with the program, and texts that it has never seen, one list a set."""

    base: Linear
    sets: Sequence[Sequence[Labelled]]

    def mean(self, model: Linear) -> float:
        """The mean macro-F1 of a model over the sets."""
        return sum(judged(rows, model).macro_f1 for rows in self.sets) / len(self.sets)


def yardstick() -> Yardstick:
    """The one made from all built-in texts but those held back; takes half a minute."""
    halves = [labelled.halves(name) for name in labelled.SETS]
    return Yardstick(learn(row for learned, _ in halves for row in learned), [held for _, held in halves])


def teach(lessons: Sequence[Lesson], told: Told) -> Outcome:
    """Bend the model that comes with the program by these lessons; `told` hears how far it is."""
    base = shipped("mood")
    told("Preparing the texts")
    texts, earlier = [example(lesson.text, lesson.mood) for lesson in lessons], replayed()
    bend = partial(_bent, texts=texts, earlier=earlier)
    right = _cross_validated(base, lessons, texts, earlier, told)
    told("Making the model")
    model = bend(base)
    told("Measuring what is forgotten")
    yard = yardstick()
    before, after = yard.mean(yard.base), yard.mean(bend(yard.base))
    corrected = sum(lesson.corrected for lesson in lessons)
    return Outcome(
        corrected,
        len(lessons) - corrected,
        _score(lessons, [is_right(lesson, base) for lesson in lessons], before),
        _score(lessons, right, after),
        model,
    )


def _bent(base: Linear, texts: Sequence[Example], earlier: Sequence[Example]) -> Linear:
    return adapt(base, [known(base, one) for one in texts], [known(base, one) for one in earlier])


def is_right(lesson: Lesson, model: Linear) -> bool:
    """Does the whole reading, stars and rules included, see the mood that the person sees?"""
    return read(lesson.text, model).sentiment == lesson.mood


def _cross_validated(
    base: Linear, lessons: Sequence[Lesson], texts: Sequence[Example], earlier: Sequence[Example], told: Told
) -> list[bool]:
    """For each lesson whether a model that learned from the other folds reads it rightly."""
    folds, right = _folds(lessons), [False] * len(lessons)
    own, held = [known(base, one) for one in texts], [known(base, one) for one in earlier]
    for fold in range(FOLDS):
        told(f"Cross-validating, part {fold + 1} of {FOLDS}")
        model = adapt(base, [one for one, place in zip(own, folds, strict=True) if place != fold], held)
        for number, lesson in enumerate(lessons):
            if folds[number] == fold:
                right[number] = is_right(lesson, model)
    return right


def _folds(lessons: Sequence[Lesson]) -> list[int]:
    """Which fold each lesson is in: corrected and confirmed ones are both spread evenly."""
    seen = {True: 0, False: 0}
    folds = []
    for lesson in lessons:
        folds.append(seen[lesson.corrected] % FOLDS)
        seen[lesson.corrected] += 1
    return folds


def _score(lessons: Sequence[Lesson], right: Sequence[bool], built_in: float) -> Score:
    corrected, confirmed = (
        sum(good for lesson, good in zip(lessons, right, strict=True) if lesson.corrected is kind)
        for kind in (True, False)
    )
    return Score(corrected, confirmed, round(built_in, 4))
