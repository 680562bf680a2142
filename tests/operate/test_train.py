"""`gelassen train`: from clicks on the page to a model that reads the next post of the kind otherwise."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
from sqlmodel import col, select

from db.engine import Database
from db.models import Obligation, PostVersion, User
from db.queries_corrections import confirmed, labelled
from db.states import ReadingField
from gelassen import training
from gelassen.home import Home, create
from gelassen.own_mood import OwnMood
from gelassen.training import LEAST, misreadings
from responder.corrections import correct
from responder.drafts import draft_next
from responder.intake import receive
from responder.profiles import plain_profile
from responder.reading import lessons, read
from responder.reading.adapting import replayed
from responder.reading.linear import shipped
from responder.reading.model import Reading, Span, Text
from responder.reading.own_model import content
from responder.reading.points import Point
from tests.flow.people import add_source, page, review
from tests.operate.helpers import gelassen
from tests.reading.business import BAD, GOOD, MISREAD, UNSEEN, quick
from tests.store import rows

NEGATIVE = Point(ReadingField.SENTIMENT, "", "negative")


@pytest.fixture(autouse=True)
def little_to_learn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fifth of the built-in texts and a small yardstick: the whole takes two minutes."""
    monkeypatch.setattr(lessons, "replayed", few)
    monkeypatch.setattr(lessons, "yardstick", quick)


@cache
def few() -> list[object]:
    return list(replayed()[::5])


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return create(tmp_path / "data")


@pytest.fixture
def database(home: Home) -> Iterator[Database]:
    opened = home.open()
    yield opened
    opened.close()


def post(database: Database, text: str, now: datetime) -> int:
    """A post that was read, waiting for its answer; returns the obligation's id."""
    with database.write() as session:
        duty = rows.obligation(session, now, rows.version(session, now, rows.post(session, now), text=text))
        session.get_one(PostVersion, duty.post_version_id).reading = read(Text(text)).as_json()
        return rows.key(duty)


def answered(database: Database, text: str, now: datetime) -> None:
    """A post whose answer somebody signed without correcting its mood."""
    number = post(database, text, now)
    with database.write() as session:
        rows.approval(session, now, rows.draft(session, now, session.get_one(Obligation, number)))


def person(database: Database, now: datetime) -> User:
    with database.write() as session:
        return rows.user(session, now, roles=["drafter"])


def taught(database: Database, now: datetime, texts: list[str]) -> None:
    """All of these posts were read wrongly, and somebody said so."""
    ben = person(database, now)
    for text in texts:
        assert correct(database, post(database, text, now), NEGATIVE, ben, now=now)


def mood_of(home: Home, text: str) -> str:
    line = json.dumps({"id": 1, "text": text})
    said = json.loads(gelassen("read", "--json", "--data", home.folder, stdin=line).stdout)
    return str(said["sentiment"])


def test_from_corrections_on_the_page_to_another_reading_of_the_next_post(
    home: Home, database: Database, now: datetime
) -> None:
    taught(database, now, MISREAD)
    for text in (*GOOD[:10], *BAD[:10]):
        answered(database, text, now)
    assert mood_of(home, UNSEEN) == "neutral"
    report = json.loads(gelassen("train", "--json", "--data", home.folder).stdout)
    assert (report["corrected"], report["confirmed"], report["kept"]) == (25, 20, True)
    assert report["before"]["corrected"] == 0
    assert report["after"]["corrected"] > 15
    assert mood_of(home, UNSEEN) == "negative"
    assert home.mood_model.stat().st_mode & 0o077 == 0
    assert [file.name for file in home.folder.iterdir() if file.name.startswith(".mood")] == []


def test_the_worker_reads_new_posts_with_it(home: Home, database: Database, now: datetime) -> None:
    taught(database, now, MISREAD)
    training.train(database, OwnMood(home.mood_model).keep, lambda _: None)
    source = add_source(database, now)
    receive(database, page(source, now, review("r1", UNSEEN, rating=None)), now=now)
    with database.write() as session:
        for duty in session.exec(select(Obligation).order_by(col(Obligation.id))).all()[:-1]:
            duty.drafted = True
    mood = OwnMood(home.mood_model).model()
    draft_next(database, now=now, make_profile=plain_profile(now), mood=mood)
    with database.read() as session:
        newest = session.exec(select(PostVersion).order_by(col(PostVersion.id).desc())).first()
    assert newest
    assert (newest.reading or {})["sentiment"] == "negative"


def test_a_report_for_people_says_what_it_was_good_for(home: Home, database: Database, now: datetime) -> None:
    taught(database, now, MISREAD)
    done = gelassen("train", "--data", home.folder)
    assert "posts whose mood was corrected" in done.stdout
    assert "From now on posts are read with this model." in done.stderr


def test_with_too_few_corrections_nothing_is_learned_and_it_says_how_many(
    home: Home, database: Database, now: datetime
) -> None:
    said = gelassen("train", "--data", home.folder, code=1).stderr
    assert f"No mood of a German post was corrected so far, and at least {LEAST} are needed" in said
    taught(database, now, MISREAD[: LEAST - 1])
    said = gelassen("train", "--data", home.folder, code=1).stderr
    assert "Only 19 moods of German posts were corrected so far" in said
    assert not home.mood_model.exists()


def test_a_model_that_is_no_better_is_not_kept(home: Home, database: Database, now: datetime) -> None:
    """Twice as many posts in the same words were let stand as they were read."""
    taught(database, now, MISREAD[:20])
    for text in (*MISREAD, *MISREAD):
        answered(database, text, now)
    done = gelassen("train", "--data", home.folder, code=1)
    assert "it was not kept" in done.stderr
    assert not home.mood_model.exists()


def test_only_signed_answers_without_a_correction_confirm_a_reading(database: Database, now: datetime) -> None:
    ben = person(database, now)
    answered(database, GOOD[0], now)
    waiting = post(database, GOOD[1], now)
    answered(database, MISREAD[0], now)
    correct(database, 3, NEGATIVE, ben, now=now)
    with database.write() as session:
        rows.approval(session, now, rows.draft(session, now, session.get_one(Obligation, waiting)), withdrawn_at=now)
    with database.read() as session:
        assert [version.text for version, _ in confirmed(session, 10)] == [GOOD[0]]
        assert confirmed(session, 0) == []


def test_other_languages_and_bare_stars_teach_nothing(database: Database, now: datetime) -> None:
    ben = person(database, now)
    for text in ("The lift was a building site.", ""):
        number = post(database, text, now)
        assert correct(database, number, Point(ReadingField.SENTIMENT, "", "positive"), ben, now=now)
    with pytest.raises(training.UserError, match="No mood of a German post"):
        training.lessons(database)


def test_rules_that_went_wrong_are_listed_with_the_words_that_misled(
    home: Home, database: Database, now: datetime
) -> None:
    ben = person(database, now)
    for text in ("Mein Anwalt schwärmt von Ihnen.", "Der Anwalt, der hier isst, schwärmt."):
        number = post(database, text, now)
        with database.write() as session:
            version = session.get_one(PostVersion, number)
            at = text.index("Anwalt")
            version.reading = Reading(risks=("legal",), reasons=(Span(at, at + 6, "legal"),)).as_json()
        correct(database, number, Point(ReadingField.RISKS, "legal", "no"), ben, now=now)
        correct(database, number, Point(ReadingField.WANTS, "refund", "yes"), ben, now=now)
    with database.read() as session:
        found = misreadings(labelled(session))
    assert [(one.field, one.label, one.missed, one.wrong, one.phrases) for one in found] == [
        ("risks", "legal", 0, 2, ("anwalt",)),
        ("wants", "refund", 2, 0, ()),
    ]
    assert "anwalt" in gelassen("train", "--data", home.folder, code=1).stdout


# --- the file -----------------------------------------------------------------------------------------------------


def test_without_a_file_the_built_in_model_reads(tmp_path: Path) -> None:
    told: list[str] = []
    assert OwnMood(tmp_path / "mood.model", told.append).model() is None
    assert told == []


def test_a_running_worker_follows_a_new_file_and_its_removal(tmp_path: Path) -> None:
    own = OwnMood(tmp_path / "mood.model")
    assert own.model() is None
    own.keep(content(shipped("mood")))
    assert own.model() == shipped("mood")
    assert own.model() is own.model()
    own.file.unlink()
    assert own.model() is None


def test_a_model_that_cannot_be_written_is_told_and_leaves_nothing_behind(tmp_path: Path) -> None:
    own = OwnMood(tmp_path / "mood.model")
    own.file.mkdir()
    with pytest.raises(training.UserError, match=r"could not be written: .*Posts are read as before"):
        own.keep(b"model")
    assert list(tmp_path.iterdir()) == [own.file]


def test_a_file_that_cannot_be_used_is_told_once_and_the_built_in_model_reads(tmp_path: Path) -> None:
    told: list[str] = []
    own = OwnMood(tmp_path / "mood.model", told.append)
    own.file.write_bytes(b"rubbish")
    assert [own.model(), own.model()] == [None, None]
    assert len(told) == 1
    assert told[0].startswith("Posts are read with the built-in model of moods. mood.model: This file is not a model")


def test_reading_goes_on_and_says_so_when_the_file_is_spoilt(home: Home) -> None:
    home.mood_model.write_bytes(content(shipped("mood"))[:-5])
    done = gelassen("read", "--json", "--data", home.folder, stdin=json.dumps({"text": "Das Essen war kalt."}))
    assert json.loads(done.stdout)["sentiment"] == "negative"
    assert "cut short" in done.stderr
