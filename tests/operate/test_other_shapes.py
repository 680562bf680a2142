"""Shapes in which other programs write reviews: wrappers, translations, pictures of stars, days of something else."""

from __future__ import annotations

import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gelassen.errors import WrongUse
from gelassen.exchange.columns import columns
from gelassen.exchange.headings import field
from gelassen.exchange.json_rows import json_rows
from gelassen.exchange.mojibake import mended
from gelassen.exchange.table import csv_rows
from gelassen.exchange.values import is_rating, rating

BERLIN = ZoneInfo("Europe/Berlin")
SAID = (
    "Der Kaffee war heiß und die Bedienung sehr freundlich.",
    "Leider mussten wir lange auf die Rechnung warten.",
    "Wir kommen gern wieder, der Garten ist wunderschön.",
)
PEOPLE = ("Anna Berger", "Jonas Kern", "Mira Lang")


def read(value: Any) -> list[dict[str, Any]]:
    return [row.said for row in json_rows(json.dumps(value), BERLIN) if isinstance(row.said, dict)]


def signed(name: str, text: str, **more: Any) -> list[dict[str, Any]]:
    return [{name: person, text: said, **more} for person, said in zip(PEOPLE, SAID, strict=True)]


@pytest.mark.parametrize("key", ["items", "lista", "Liste", "daten", "ergebnisse"])
def test_the_only_list_is_opened_under_a_key_that_says_nothing(key: str) -> None:
    found = read({key: signed("nom", "message")})
    assert [(row["author_name"], row["text"]) for row in found] == list(zip(PEOPLE, SAID, strict=True))


def test_the_only_list_is_opened_under_any_key_where_its_authors_are_called_so() -> None:
    assert [row["text"] for row in read({"unserewand": signed("autor", "text")})] == list(SAID)


@pytest.mark.parametrize("key", ["team", "leistungen", "unserewand"])
def test_a_list_of_names_and_texts_under_another_key_stays_shut(key: str) -> None:
    with pytest.raises(WrongUse):
        read({key: signed("name", "text")})


def test_objects_under_ids_are_not_opened_for_want_of_a_key() -> None:
    with pytest.raises(WrongUse):
        read({f"x{at}": one for at, one in enumerate(signed("name", "message"))})


def test_one_of_several_lists_is_not_opened_for_a_key_that_says_nothing() -> None:
    with pytest.raises(WrongUse):
        read({"items": signed("name", "message"), "data": [{"name": "Sessel"}, {"name": "Topf"}]})


def test_of_translations_the_first_is_taken() -> None:
    found = read(
        [{"author": one, "stars": 5, "text_de": SAID[0], "text_en": "Hot coffee, kind staff."} for one in PEOPLE]
    )
    assert [row["text"] for row in found] == [SAID[0]] * 3


def test_of_translations_the_one_in_the_declared_language_is_taken() -> None:
    item = {
        "author": "Mira Lang",
        "language": "de",
        "text_en": "Hot coffee, kind staff.",
        "text_de": SAID[0],
        "stars": 5,
    }
    assert [row["text"] for row in read([item])] == [SAID[0]]


def test_a_line_without_the_declared_language_keeps_its_words() -> None:
    lines = [{"author": one, "language": "de", "text_en": "Kind staff.", "text_de": ""} for one in PEOPLE[:2]]
    found = read([*lines, {"author": PEOPLE[2], "language": "de", "text_en": "", "text_de": SAID[0]}])
    assert [row["text"] for row in found] == ["Kind staff.", "Kind staff.", SAID[0]]


def test_a_missing_translation_is_made_up_for_by_the_next_one() -> None:
    found = read(
        [{"author": "Mira", "stars": 5, "text_de": "", "text_en": "Kind staff."}, *signed("author", "text_de")]
    )
    assert found[0]["text"] == "Kind staff."


def test_a_text_beside_its_translation_is_the_text() -> None:
    found = read(
        [{"author": "Mira Lang", "text": SAID[0], "text_en": "Hot coffee.", "text_fr": "Café chaud.", "stars": 4}]
    )
    assert found[0]["text"] == SAID[0]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ('<div class="x"><img alt="Mit 4 von 5 Sternen bewertet" src="stern-4.svg"></div>', (4.0, 5.0)),
        ('<img alt="4 von 5 Sternen" src="/3.svg">', (4.0, 5.0)),
        ('<div class="a_b"><img alt="Valorada con 2 estrellas sobre 5" src="/x"></div>', (2.0, 5.0)),
        ('<span aria-label="3,5 Sterne"></span>', (3.5, None)),
        ('<span class="icon stars-5"></span>', (5.0, None)),
        ('<i class="stars stars-4-5"></i>', (4.5, None)),
        ("<b>4</b>", (4.0, None)),
        ('<i class="icon icon-large"></i>', None),
    ],
)
def test_the_mark_is_read_that_html_shows(cell: str, told: tuple[float, float | None] | None) -> None:
    assert (rating(cell) if is_rating(cell) else None) == told


def test_stars_as_pictures_become_the_mark_of_the_review() -> None:
    lines = [
        f'{name};{said};<img alt="{mark} von 5 Sternen">' for name, said, mark in zip(PEOPLE, SAID, "524", strict=True)
    ]
    rows = [row.said for row in csv_rows("\n".join(["Name;Text;Sterne", *lines]), BERLIN)]
    assert [(row["rating"], row["rating_best"]) for row in rows if isinstance(row, dict)] == [(5, 5), (2, 5), (4, 5)]


@pytest.mark.parametrize("heading", ["yazan", "Verfasser", "scrittore", "escritor", "schrijver", "forfatter"])
def test_whoever_wrote_it_is_the_author_in_other_languages_too(heading: str) -> None:
    assert field(heading) == "author_name"


def test_shops_that_review_a_program_are_its_customers() -> None:
    header = ["Store", "Rate", "Time", "Review", "Application Name"]
    body = [[name, "5", "2026-03-04", said, "Sternenliste"] for name, said in zip(PEOPLE, SAID, strict=True)]
    assert columns(header, body) == ["author_name", "rating", "created_at", "text", ""]


def test_the_shop_that_is_reviewed_is_no_customer() -> None:
    header = ["Store", "Rate", "Time", "Review"]
    body = [[name, "5", "2026-03-04", said] for name, said in zip(PEOPLE, SAID, strict=True)]
    assert columns(header, body)[0] == ""


@pytest.mark.parametrize(
    "heading",
    [
        "author_created_utc",
        "user_created_at",
        "userCreatedAt",
        "author.created_at",
        "customer_created",
        "profile_created_at",
        "member_since",
        "product_created",
        "product_created_at",
        "shop_created_at",
        "hotel_opened",
        "account_birthday",
        "joined",
        "registered",
        "Geburtstag",
        "opened",
    ],
)
def test_the_days_of_persons_and_things_are_never_the_day_of_a_review(heading: str) -> None:
    body = [[name, said, f"201{at}-03-0{at + 1}"] for at, (name, said) in enumerate(zip(PEOPLE, SAID, strict=True))]
    assert columns(["author", "review", heading], body) == ["author_name", "text", ""]


def test_the_day_of_the_review_is_taken_beside_that_of_the_account() -> None:
    header = ["author", "author_created_utc", "body", "created_utc"]
    body = [[name, "1496871510", said, "1538889971"] for name, said in zip(PEOPLE, SAID, strict=True)]
    assert columns(header, body) == ["author_name", "", "text", "created_at"]


@pytest.mark.parametrize("heading", ["reviewer_date", "user_review_created_at", "customer submitted at", "created_at"])
def test_the_day_on_which_a_person_reviewed_is_still_the_day(heading: str) -> None:
    assert field(heading) == "created_at"


@pytest.mark.parametrize(
    ("broken", "whole"),
    [("Merkeze yakÄ±n", "Merkeze yakın"), ("GÃ¼nstig und gut", "Günstig und gut"), ("dobÅ‚e", "dobłe")],
)
def test_a_cell_in_another_encoding_is_mended(broken: str, whole: str) -> None:
    assert mended(broken) == whole


@pytest.mark.parametrize("sound", ["Uff, Ä… so nicht.", "Das Ä“ fehlt.", "yakın ÄRGER", "Müde, aber yakÄ±n"])
def test_a_cell_that_is_sound_or_mends_in_part_only_stays(sound: str) -> None:
    assert mended(sound) == sound
