"""Whether a matter is said in our words or in the customer's clause. Pure.

Where both tell of the same clause, the clause says more: "dass der Schrank nach Fisch riecht" before "der Geruch". What
is done about it stays with the matter. A matter that only tells of a feeling yields to any clause that tells a fact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from responder.playbook.grammar import compile_phrase
from responder.playbook.model import Matter, Voice
from responder.playbook.retold import Retold, as_matter
from responder.playbook.told import VAGUE, Piece
from responder.playbook.verbs import verbs
from responder.reading.model import Reading, Text

_SURE = 3.0
"""From this weight on a clause is told beside a matter that stands before it."""
Place = tuple[int, int]


def as_told(
    matters: tuple[Matter, ...],
    pieces: Sequence[Piece],
    found: Retold | None,
    reading: Reading,
    text: Text,
    voice: Voice,
) -> tuple[Matter, ...]:
    """The matters with the customer's clause in the place of the one that it tells."""
    if found is None or not matters:
        return matters
    same = [matter for matter in matters if _tells(found, list(_places(matter, pieces, reading, text)))]
    precise = [matter for matter in same if matter.key not in VAGUE]
    doubled = [piece.matter for piece in pieces if piece.thing in found.that]
    left = [matter for matter in matters if matter not in same and matter.key not in VAGUE]
    rest = tuple(matter for matter in left if all(matter is not other for other in doubled))
    if any(not list(_places(matter, pieces, reading, text)) for matter in rest):
        return matters
    first = found.end > 0 and all(
        found.start < start for matter in rest for start, _ in _places(matter, pieces, reading, text)
    )
    if precise:
        told = _worded(precise[0], found)
        if is_double(found):
            return (told,)
        return (told, *rest) if first or precise[0] is matters[0] else (*rest[:1], told, *rest[1:])
    clause = as_matter(found, voice) if first or found.weight >= _SURE or not rest else ()
    if clause and is_double(found):
        return clause
    by_hand = tuple(matter for matter in rest if all(piece.matter is not matter for piece in pieces))
    return (*clause, *(by_hand if first and clause else rest)) if first else (*rest[:1], *clause, *rest[1:])


def is_double(found: Retold) -> bool:
    """Whether two clauses are joined in it already, so that a third one would be too many."""
    last = found.that.partition(" und ")[0].rpartition(" ")[2]
    return " und " in found.that and last in verbs().finite and not verbs().participle(last)


def _places(matter: Matter, pieces: Sequence[Piece], reading: Reading, text: Text) -> Iterator[Place]:
    """Where the post says a matter, in places of its text; what the title says lies before 0."""
    shift = len(text.title) + 1 if text.title else 0
    yield from ((piece.start - shift, piece.end - shift) for piece in pieces if piece.matter is matter)
    yield from ((reason.start, reason.end) for reason in reading.reasons if reason.label == matter.key)


def _tells(found: Retold, places: Sequence[Place]) -> bool:
    if found.start == found.end:
        return any(end <= 0 for _, end in places)
    return any(start < found.end and found.start < end for start, end in places)


def _worded(matter: Matter, found: Retold) -> Matter:
    return replace(matter, forms={**matter.forms, "that": (compile_phrase(found.that),)}, told=True)
