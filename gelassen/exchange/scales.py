"""On which scale the ratings of a column stand, where its cells do not tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gelassen.exchange import values
from gelassen.exchange.headings import SCHOOL, scale_of


@dataclass(frozen=True, slots=True)
class Scale:
    """`best` below `worst` means school marks; None where nobody can tell."""

    best: float | None = None
    worst: float | None = None

    def fields(self, rating: float, told: float | None) -> dict[str, float]:
        """The fields of a post for a rating of the column; `told` is the best that its cell tells."""
        if told is not None:
            return {"rating": rating, "rating_best": told}
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
    highest = max((value for value, best in ratings if best is None), default=0.0)
    return Scale(next((best for best in (10.0, 100.0) if SCHOOL < highest <= best), None))
