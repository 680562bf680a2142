"""`train`: learn from what people corrected on the page."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from gelassen.cli.common import Data, Json, emit, opened, table, talk

if TYPE_CHECKING:
    from gelassen.training import Misreading
    from responder.reading.lessons import Outcome


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(train)


def train(data: Data = None, as_json: Json = False) -> None:
    """Learn the moods of posts from corrections on the page, and use the result if it reads them better."""
    from db.queries_corrections import labelled
    from gelassen import training
    from gelassen.own_mood import OwnMood

    with opened(data) as (home, database):
        with database.read() as session:
            misread = training.misreadings(labelled(session))
        if not as_json:
            _show_misread(misread)
        outcome = training.train(database, OwnMood(home.mood_model).keep, _progress)
    if as_json:
        emit(training.as_json(outcome, misread))
    else:
        _show(outcome)
    if not outcome.better:
        raise typer.Exit(1)


def _progress(step: str) -> None:
    """What is being done, for a person who waits."""
    if sys.stderr.isatty():
        talk(f"{step} …")


def _show_misread(misread: list[Misreading]) -> None:
    if not misread:
        return
    rows = [(one.field, one.label, one.missed, one.wrong, " · ".join(one.phrases)) for one in misread]
    table(("corrected", "label", "missed", "wrong", "words that misled"), rows)
    talk("Topics, wishes and risks are read by rules. They are not learned: this list says where the rules go wrong.")


def _show(outcome: Outcome) -> None:
    before, after = outcome.before, outcome.after
    table(
        ("read rightly", "of", "before", "after"),
        [
            ("posts whose mood was corrected", outcome.corrected, before.corrected, after.corrected),
            ("posts answered as they were read", outcome.confirmed, before.confirmed, after.confirmed),
            ("built-in texts held back (mean macro-F1)", "", f"{before.built_in:.3f}", f"{after.built_in:.3f}"),
        ],
    )
    talk(_verdict(outcome))


def _verdict(outcome: Outcome) -> str:
    from responder.reading.lessons import MOST_LOST

    if outcome.better:
        return f"{outcome.gained:+} posts are read rightly. From now on posts are read with this model."
    if outcome.gained <= 0:
        return (
            "The new model does not read your posts better, so it was not kept; posts are read as before. "
            "More corrections help, above all where the same kind of post is misread again and again."
        )
    return (
        f"The new model reads your posts better, but loses more than {MOST_LOST} on the built-in texts, so it was not "
        "kept; posts are read as before. More corrections help to find out what your customers have in common."
    )
