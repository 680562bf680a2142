"""Texts of one business: a turn of phrase that the built-in model misreads, and posts that it reads rightly."""

from __future__ import annotations

from responder.reading.labelled import SETS, halves
from responder.reading.lessons import Lesson, Yardstick
from responder.reading.linear import shipped
from responder.reading.model import Text

THINGS = (
    "Aufzug Parkplatz Empfang Gang Keller Balkon Flur Speisesaal Garten Wintergarten Fitnessraum Hof Lift Treppenhaus "
    "Vorraum Waschraum Innenhof Schuppen Eingang Saal Pavillon Dachboden Laden Lesesaal Frühstücksraum"
).split()
MISREAD = [f"Im {thing} sah es aus wie auf der Baustelle." for thing in THINGS]
"""Read as neutral; these guests are not pleased."""
GOOD = [f"Der {thing} war sehr schön und das Personal freundlich." for thing in THINGS]
BAD = [f"Der {thing} war schmutzig und niemand hat geholfen." for thing in THINGS]
UNSEEN = "Im Speicher sah es aus wie auf einer Baustelle."

LESSONS = [
    *(Lesson(Text(text), "negative", True) for text in MISREAD),
    *(Lesson(Text(text), "positive", False) for text in GOOD),
    *(Lesson(Text(text), "negative", False) for text in BAD),
]


def quick() -> Yardstick:
    """A small yardstick in place of the real one, whose base takes half a minute to make."""
    return Yardstick(shipped("mood"), [halves(name)[1][:25] for name in SETS])
