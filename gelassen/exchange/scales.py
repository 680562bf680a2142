"""On which scale the ratings of a column stand, where its cells do not tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gelassen.exchange import values
from gelassen.exchange.heading_words import KIND_OF, SCHOOL, scale_of, words
from gelassen.exchange.lines import BadLine

TEN, STARS = 10.0, 5.0
MOST_PORTALS = 10
PORTALS = {word for word, kind in KIND_OF.items() if kind == "source"} | set("website site ota channel via".split())
"""Headings over the names of portals."""

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
    step: float = 1.0
    """So many points make one star: 10 where five stars are told as 50."""

    def fields(self, rating: float, told: float | None) -> dict[str, float | None]:
        """The fields of a post for a rating of the column; `told` is the best that its cell tells. Raises `BadLine`."""
        if told is not None:
            return {"rating": rating, "rating_best": told}
        rating /= self.step
        if self.best is not None and rating > max(self.best, self.worst or 0.0):
            raise BadLine(f"the rating {rating:g} is higher than {self.best:g}, which the other ratings are out of")
        if not rating and self.worst is None:
            return {"rating": None}  # nobody gives no stars: none were given
        if self.best is None:
            return {"rating": rating}
        if self.worst is None:
            return {"rating": rating, "rating_best": self.best}
        if self.best < self.worst:
            return {"rating": self.best + self.worst - rating, "rating_best": self.worst, "rating_worst": self.best}
        return {"rating": rating, "rating_best": self.best, "rating_worst": self.worst}


@dataclass(frozen=True, slots=True)
class Scales:
    """The scale of a column, and where portals with scales of their own meet in it, those by the portal."""

    usual: Scale
    place: int = -1
    """The column with the portals."""

    by_portal: Mapping[str, Scale | None] = field(default_factory=dict)
    """None for a portal with too few ratings to tell."""

    def of(self, cells: Sequence[str]) -> Scale:
        """The scale of a line. Raises `BadLine` when its portal's cannot be told."""
        portal = cells[self.place].strip().casefold() if 0 <= self.place < len(cells) else ""
        found = self.by_portal.get(portal, self.usual)
        if found is None:
            raise BadLine(f"nothing tells out of how many {portal!r} gives its ratings: 5 or 10")
        return found


def scales(header: Sequence[str], keys: Sequence[str], body: Sequence[Sequence[str]]) -> Scales:
    """The scale of all ratings, unless those of one portal end with five and those of another one go on."""
    usual, rated = scale(header, keys, body), [place for place, key in enumerate(keys) if key == "rating"]
    portals = [place for place, name in enumerate(header) if PORTALS & set(words(name)[-1:])]
    if usual.best != TEN or len(rated) != 1 or len(portals) != 1:
        return Scales(usual)
    given: dict[str, list[float]] = {}
    for cells in body:
        portal, mark = (cells[at].strip() if at < len(cells) else "" for at in (portals[0], rated[0]))
        if portal and values.is_rating(mark) and (told := values.rating(mark)) and told[1] is None:
            given.setdefault(portal.casefold(), []).append(told[0])
    if len(given) > MOST_PORTALS or STARS not in map(max, given.values()):
        return Scales(usual)
    return Scales(usual, portals[0], {portal: _of_portal(marks, usual) for portal, marks in given.items()})


def _of_portal(marks: Sequence[float], usual: Scale) -> Scale | None:
    if max(marks) > STARS:
        return usual
    return Scale(STARS) if max(marks) == STARS else None


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
    if _in_tens(bare):
        return Scale(STARS, step=TEN)
    return Scale(_best(bare, above), 0.0 if any(ZERO & set(words(header[place])) for place in places) else None)


def _in_tens(bare: Sequence[float]) -> bool:
    """Whether five stars are told as 50, halves of them perhaps among them."""
    whole = set(bare) <= BUBBLES
    halves = max(bare) == max(BUBBLES) and all(value >= TEN and value % STARS == 0 for value in bare)
    return whole or (halves and sum(value in BUBBLES for value in bare) * 2 > len(bare))


def _best(bare: Sequence[float], above: Sequence[float]) -> float:
    return 100.0 if sum(value > TEN for value in above) > len(bare) * RARE else TEN
