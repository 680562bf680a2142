"""Shapes that no exporter documents and people have all the same: surveys by answer, threads, lists without names."""

from __future__ import annotations

import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gelassen.errors import WrongUse
from gelassen.exchange.dates import when
from gelassen.exchange.json_rows import json_rows
from gelassen.exchange.lines import BadLine
from gelassen.exchange.table import csv_rows
from gelassen.exchange.threads import objects_in
from gelassen.exchange.type_letters import without_types

BERLIN = ZoneInfo("Europe/Berlin")
SAID = (
    "Der Kaffee war heiß und die Bedienung sehr freundlich.",
    "Leider mussten wir lange auf die Rechnung warten.",
    "Wir kommen gern wieder, der Garten ist wunderschön.",
)
PEOPLE = ("Anna Berger", "Jonas Kern", "Mira Lang")


def of_json(value: Any) -> list[dict[str, Any]]:
    return [row.said for row in json_rows(json.dumps(value), BERLIN) if isinstance(row.said, dict)]


def of_csv(*lines: str) -> list[dict[str, Any] | BadLine]:
    return [row.said for row in csv_rows("\n".join(lines), BERLIN)]


@pytest.mark.parametrize("written", ["Sep 13, 2024Verified", "Updated Sep 13, 2024Verified", "13.09.2024Bestätigt"])
def test_a_label_glued_to_a_year_does_not_hide_the_day(written: str) -> None:
    at = when(written, BERLIN)
    assert at is not None
    assert at.astimezone(BERLIN).date().isoformat() == "2024-09-13"


def test_days_under_the_heading_of_marks_tell_when() -> None:
    found = of_csv("title,ratings,review", f'Gern,"Sep 13, 2024Verified",{SAID[0]}', f'Na ja,"May 2, 2024",{SAID[1]}')
    assert [isinstance(one, dict) and one["created_at"][:10] for one in found] == ["2024-09-12", "2024-05-01"]


def test_a_year_alone_does_not_take_the_days_of_the_other_lines() -> None:
    days = ("2023", "2024-03-16", "2023")
    found = of_json(
        [{"name": who, "quote": what, "date": day} for who, what, day in zip(PEOPLE, SAID, days, strict=True)]
    )
    assert [row.get("created_at", "")[:10] for row in found] == ["", "2024-03-15", ""]


def test_an_italian_day_of_creation_is_the_day_of_the_review() -> None:
    (row,) = of_json([{"autore": "Ivo", "testo": SAID[0], "punteggio": 5, "dataCreazione": "13/12/2021"}])
    assert row["created_at"].startswith("2021-12-12T23")


@pytest.mark.parametrize(("key", "value"), [("isSpam", True), ("isDeleted", 1), ("hidden", True)])
def test_what_is_spam_or_removed_is_told_and_not_taken(key: str, value: object) -> None:
    rows = list(json_rows(json.dumps([{"name": "Ivo", "text": SAID[0], "rating": 5, key: value}]), BERLIN))
    assert [str(row.said) for row in rows] == ["it is marked as spam or removed"]


@pytest.mark.parametrize(("key", "value"), [("display", False), ("is_approved", 0), ("is_public", "no")])
def test_what_waits_to_be_shown_was_written_all_the_same(key: str, value: object) -> None:
    (row,) = of_json([{"name": "Ivo", "text": SAID[0], "rating": 5, key: value}])
    assert row["text"] == SAID[0]


def test_objects_under_numbers_are_a_list() -> None:
    found = of_json({str(at): {"name": who, "comment": SAID[at]} for at, who in enumerate(PEOPLE)})
    assert [(row["author_name"], row["text"]) for row in found] == list(zip(PEOPLE, SAID, strict=True))


def test_marks_in_fractions_are_no_averages_where_each_was_given_by_somebody_who_logs_in() -> None:
    said = ["Ganz nett.", "Der Service war gut, das Essen mittelmäßig.", "Tolles Lokal, gern wieder!"]
    value = [
        {"username": name, "createdAt": f"2026-04-0{day}", "user_rate": 2.7 + day / 10, "detail": text}
        for day, (name, text) in enumerate(zip(("georg", "hanna", "georg"), said, strict=True), 1)
    ]
    assert [row["text"] for row in of_json(value)] == said


def test_a_single_day_is_kept_with_the_days_of_the_others() -> None:
    def written(text: str) -> dict[str, Any]:
        return {"rating": 2, "title": "Geht so", "text": text, "user_name": "Mia"}

    value = {
        "Fahrplan": {
            "app_id": "1",
            "per_day": {"2026-07-01": [written("Stürzt ab.")], "2026-07-02": [written("Lahm.")]},
        },
        "Tickets": {"app_id": "2", "per_day": {"2026-07-01": [written("Bezahlen geht nicht.")]}},
    }
    assert [row["text"] for row in of_json(value)] == ["Stürzt ab.", "Lahm.", "Bezahlen geht nicht."]


def test_a_list_of_lists_without_headings_is_read_where_each_line_calls_itself_a_review() -> None:
    lines = [
        [
            f"bewertung-{at}-vom-kunden",
            f"4711{at}",
            SAID[at],
            f"https://x.example/{at}.jpg",
            f"2026-0{at + 1}-0{at + 2}",
        ]
        for at in range(3)
    ]
    assert [(row["text"], row["created_at"][:10]) for row in of_json(lines)] == [
        (SAID[0], "2026-01-01"),
        (SAID[1], "2026-02-02"),
        (SAID[2], "2026-03-03"),
    ]


NEWS = (
    "Der Hafen bekommt im Mai eine neue Brücke aus Stahl.",
    "Der Rat hat den Haushalt mit zwei Stimmen Mehrheit beschlossen.",
    "Am Montag beginnt die Sperrung der Ringstraße für vier Wochen.",
)


def test_a_list_of_lists_without_headings_of_anything_else_stays_shut() -> None:
    with pytest.raises(WrongUse):
        of_json([[f"artikel-{at}", NEWS[at], f"2026-0{at + 1}-02"] for at in range(3)])


def test_a_survey_with_one_answer_a_line_is_one_review_for_each_person() -> None:
    found = of_csv(
        "answer_id,participant_id,question_id,question,answer,answer_date",
        *(
            f"{at}{question},{at},{question},{asked},{said},2026-05-0{at + 1}"
            for at, text in enumerate(SAID)
            for question, asked, said in ((1, "NPS", 8 + at % 2), (2, "Kommentar", f'"{text}"'))
        ),
    )
    assert [(one["text"], one["rating"], one["created_at"][:10]) for one in found if isinstance(one, dict)] == [
        (SAID[0], 8.0, "2026-04-30"),
        (SAID[1], 9.0, "2026-05-01"),
        (SAID[2], 8.0, "2026-05-02"),
    ]


def test_who_answers_a_question_again_loses_no_answer() -> None:
    people = [(f"p{at}", f"{text} Besuch {at}.") for at in range(2) for text in SAID]
    asked = [
        f'{number}{who},{question},"{said}"'
        for number, (who, text) in enumerate(people)
        for question, said in (("Sterne", "4"), ("Kommentar", text))
    ]
    found = of_csv("participant_id,question,answer", *asked, '0p0,Kommentar,"Beim zweiten Mal war es leider laut."')
    said = [one["text"] for one in found if isinstance(one, dict)]
    assert said == [*(text for _, text in people), "Beim zweiten Mal war es leider laut."]


def test_questions_and_answers_of_different_people_are_no_survey() -> None:
    with pytest.raises(WrongUse):
        of_csv("question,answer", *(f"Frage {at}?,{text}" for at, text in enumerate(SAID)))


def test_all_answers_of_a_survey_are_read_and_the_sums_below_are_none() -> None:
    found = of_csv(
        "Nr;Wie gefällt Ihnen der Laden? (1-10);Was hat Ihnen gefallen?;Was hat gestört?;Gesamteindruck",
        "1;9;Der Kaffee war heiß und gut.;die lange Schlange;eher gut",
        "2;7;Wir mochten den Garten sehr gern.;zu laute Musik;ganz nett",
        "3;4;Am besten war die Bedienung am Abend.;kalte Suppe;so lala",
        ";;;;",
        "Schnitt;6,7;;;",
    )
    first = found[0]
    assert isinstance(first, dict)
    assert first["rating"] == 9.0
    assert first["text"].splitlines() == [
        "Was hat Ihnen gefallen?: Der Kaffee war heiß und gut.",
        "Was hat gestört?: die lange Schlange",
        "Gesamteindruck: eher gut",
    ]
    assert "a sum or a legend" in str(found[3])


def test_a_description_of_the_writer_beside_pros_and_cons_is_no_part_of_the_review() -> None:
    lines = [f"Titel {at};Ich arbeite dort in Vollzeit;Gut bezahlt ({at});Laut ({at})" for at in range(12)]
    found = of_csv("titreAvis;descriptionAvis;avantageAvis;inconvenientAvis", *lines, "Kurz;Ich arbeite dort;;")
    texts = [one["text"] for one in found if isinstance(one, dict)]
    assert texts[0] == "+ Gut bezahlt (0)\n– Laut (0)"
    assert texts[12] == "Ich arbeite dort"


def test_comments_below_comments_are_posts() -> None:
    thread = {"name": PEOPLE[0], "message": SAID[0], "created": "2026-05-01T10:00:00Z"}
    answer = {"name": PEOPLE[1], "message": SAID[1], "created": "2026-05-02T10:00:00Z"}
    last = {"name": PEOPLE[2], "message": SAID[2], "created": "2026-05-03T10:00:00Z"}
    found = of_json({"comments": [{**thread, "children": [{**answer, "children": [last]}]}]})
    assert [(row["author_name"], row["text"]) for row in found] == list(zip(PEOPLE, SAID, strict=True))


def test_answers_below_a_review_with_stars_are_all_answers_of_the_owner() -> None:
    answers = [{"author": "Team", "text": "Das tut uns leid."}, {"author": "Team", "text": "Nun ist es behoben."}]
    (row,) = of_json({"reviews": [{"author": PEOPLE[0], "text": SAID[1], "rating": 2, "replies": answers}]})
    assert row["owner_replies"][0]["text"] == "Das tut uns leid.\n\nNun ist es behoben."


def test_comments_below_a_thread_of_videos_do_not_take_its_place() -> None:
    below = {"comments": [{"id": "a.1", "snippet": {"textDisplay": SAID[1], "authorDisplayName": PEOPLE[1]}}]}
    top = {"topLevelComment": {"snippet": {"textDisplay": SAID[0], "authorDisplayName": PEOPLE[0], "likeCount": 1}}}
    alone = {"topLevelComment": {"snippet": {"textDisplay": SAID[2], "authorDisplayName": PEOPLE[2], "likeCount": 0}}}
    found = of_json({"items": [{"id": "a", "snippet": top, "replies": below}, {"id": "b", "snippet": alone}]})
    assert [(row["author_name"], row["text"]) for row in found] == list(zip(PEOPLE, SAID, strict=True))


def test_articles_above_comments_are_no_posts() -> None:
    comments = [{"author": who, "body": what, "date": "2026-05-01"} for who, what in zip(PEOPLE, SAID, strict=True)]
    articles = [
        {"title": "Neue Lampen", "author": "Laden Nord", "body": "Wir haben neue Lampen.", "comments": comments}
    ]
    assert [row["text"] for row in of_json({"articles": articles})] == list(SAID)


def test_whether_somebody_recommends_a_shop_is_no_mark() -> None:
    found = of_json(
        [{"name": who, "pros": what, "cons": "", "recommends": 1} for who, what in zip(PEOPLE, SAID, strict=True)]
    )
    assert [row.get("rating") for row in found] == [None] * 3


def test_numbers_of_lines_are_no_marks_though_the_heading_speaks_of_reviews() -> None:
    found = of_csv(
        "xBewertung;Name;Kommentar;Datum", *(f"{at};{PEOPLE[at - 1]};{SAID[at - 1]};2026-05-01" for at in (1, 2, 3))
    )
    assert [isinstance(one, dict) and one.get("rating") for one in found] == [None] * 3


@pytest.mark.parametrize("header", [["cName", "cText"], ["cName", "text", "date", "stars"]])
def test_a_letter_before_few_headings_stays(header: list[str]) -> None:
    assert without_types(header) == header


def test_a_list_is_found_within_what_holds_nothing_else() -> None:
    assert objects_in({"comments": [{"text": "Gut"}], "count": 1}) == [{"text": "Gut"}]
    assert objects_in("Gut") == []
