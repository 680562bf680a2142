"""On which scale the ratings of a column stand, where its cells do not tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gelassen.exchange import values
from gelassen.exchange.headings import SCHOOL, scale_of, words

TEN = 10.0
RARE = 0.02
"""A share of ratings so small that a slip of the pen explains it."""

BUBBLES = {10.0, 20.0, 30.0, 40.0, 50.0}
"""Five bubbles, told in tens."""

ZERO = set("nps score recommend weiterempfehlung".split())
"""Headings of scales that begin with nothing: how likely customers are to recommend us."""


@dataclass(frozen=True, slots=True)
class Scale:
    """`best` below `worst` means school marks; None where nobody can tell."""

    best: float | None = None
    worst: float | None = None

    def fields(self, rating: float, told: float | None) -> dict[str, float | None]:
        """The fields of a post for a rating of the column; `told` is the best that its cell tells."""
        if told is not None:
            return {"rating": rating, "rating_best": told}
        if not rating and self.worst is None:
            return {"rating": None}  # nobody gives no stars: none were given
        if self.best is None:
            return {"rating": rating}
        if self.worst is None:
            return {"rating": rating, "rating_best": self.best}
        if self.best < self.worst:
            return {"rating": self.best + self.worst - rating, "rating_best": self.worst, "rating_worst": self.best}
        return {"rating": rating, "rating_best": self.best, "rating_worst": self.worst}


def scale(header: Sequence[str], keys: Sequence[str], body: Sequence[Sequence[str]]) -> Scale:
    """What the heading tells, else what ratings too high for stars and for school marks give away."""
    places = [place for place, key in enumerate(keys) if key == "rating"]
    for place in places:
        if told := scale_of(header[place]):
            return Scale(*told)
    written = [cells[place] for place in places for cells in body if place < len(cells)]
    ratings = [given for cell in written if values.is_rating(cell) and (given := values.rating(cell))]
    bare = [value for value, best in ratings if best is None]
    above = [value for value in bare if value > SCHOOL]
    if not above:
        return Scale()
    return Scale(_best(bare, above), 0.0 if any(ZERO & set(words(header[place])) for place in places) else None)


def _best(bare: Sequence[float], above: Sequence[float]) -> float:
    if set(bare) <= BUBBLES:
        return max(BUBBLES)
    return 100.0 if sum(value > TEN for value in above) > len(bare) * RARE else TEN
