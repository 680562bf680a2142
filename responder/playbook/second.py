"""The other half of a complaint: what a post also tells where one matter was found, in the customer's own clause. Pure.

Looked for in what is left of the post when the clauses of the first matter are taken away. A clause that speaks of the
same thing again is no second matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from responder.playbook.about import clause_of
from responder.playbook.asked import Asked
from responder.playbook.model import Matter, Voice
from responder.playbook.prefer import is_double
from responder.playbook.retold import as_matter
from responder.reading.model import Text
from responder.reading.normalise import fold

_CLAUSE_ENDS = re.compile(r"[.!?\n;:,]|\s[–-]\s|\s(?:und|aber|dazu|außerdem|sowie)\s")
_WORD = re.compile(r"[^\W\d_]{4,}")
STEM = 5
_EMPTY = frozenset(
    "dass ihnen diese dieser haben hatte waren wurde worden werden nicht immer sehr noch auch eine einen einem einer"
    " beim lange lang musst mussten konnt sein schon".split()
)
_LONGEST = 14
"""Words; a longer clause beside another matter makes a sentence that nobody reads to its end."""


def second_of(first: Matter, asked: Asked, voice: Voice) -> tuple[Matter, ...]:
    """What else is complained of; nothing where no other clause is certain, or where it tells the same."""
    told = clause_of(asked, voice) if first.told else None
    if told and is_double(told):
        return ()
    found = clause_of(replace(asked, text=left_of((first,), asked, voice)), voice)
    if not found or _stems(found.that) & stems_of(first) or len(found.that.split()) > _LONGEST:
        return ()
    return as_matter(found, voice)


def stems_of(*matters: Matter) -> set[str]:
    """The beginnings of the words that these matters may be said with."""
    return _stems(" ".join(word for matter in matters for word in _all(matter)))


def left_of(matters: Sequence[Matter], asked: Asked, voice: Voice) -> Text:
    """The text with the clauses of these matters blanked, every other character where it was."""
    written = asked.text.text
    keys = {key for matter in matters for key in (matter.key, *matter.covers)}
    places = [(reason.start, reason.end) for reason in asked.reading.reasons if reason.label in keys]
    if any(matter.told for matter in matters) and (told := clause_of(asked, voice)):
        places.append((told.start, told.end))
    for start, end in places:
        first_char, last = _around(written, start, end)
        written = written[:first_char] + " " * (last - first_char) + written[last:]
    return replace(asked.text, text=written, title="")


def _around(written: str, start: int, end: int) -> tuple[int, int]:
    ends = [match.end() for match in _CLAUSE_ENDS.finditer(written, 0, start)]
    behind = _CLAUSE_ENDS.search(written, end)
    return ends[-1] if ends else 0, behind.start() if behind else len(written)


def _all(matter: Matter) -> Iterator[str]:
    """Every word that a matter may be said with."""
    phrases = [phrase for form in ("that", "expected") for phrase in matter.forms.get(form, ())]
    for phrase in (*phrases, *(noun.nominative for noun in matter.nouns)):
        yield from (part.text for part in phrase.parts)


def _stems(said: str) -> set[str]:
    """The beginnings of the words that carry what is said."""
    words = (fold(word).text for word in _WORD.findall(said))
    return {word[:STEM] for word in words if word not in _EMPTY}
