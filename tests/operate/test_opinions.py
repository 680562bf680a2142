"""Where no heading tells the text, how customers speak does: they praise, blame and speak of themselves."""

from __future__ import annotations

import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gelassen.errors import WrongUse
from gelassen.exchange.columns import columns
from gelassen.exchange.json_rows import json_rows
from gelassen.exchange.table import csv_rows

BERLIN = ZoneInfo("Europe/Berlin")
NAMES = ("Ada Kern", "Bo Behr", "Cem Aydin", "Dora de Vries", "Ela M.", "Finn Groth")
DAYS = tuple(f"2026-05-0{number}" for number in range(1, 7))
STARS = ("5", "1", "3", "4", "1", "5")
GERMAN = (
    "Der Service war freundlich und das Essen kam schnell.",
    "Leider mussten wir eine Stunde auf den Kaffee warten.",
    "Schöner Garten, aber an der Straße ist es sehr laut.",
    "Die Beratung im Laden hat uns wirklich weitergeholfen.",
    "Nie wieder, die Rechnung war falsch und keiner half.",
    "Alles sauber, alles pünktlich, wir kommen gern wieder!",
)
POLISH = (
    "Bardzo miła obsługa i smaczne jedzenie.",
    "Niestety czekaliśmy godzinę na kawę.",
    "Piękny ogród, ale hałas z ulicy.",
    "Polecam, pokój był czysty i duży.",
    "Nigdy więcej, rachunek był błędny.",
    "Śniadanie pyszne, wrócimy na pewno.",
)
TURKISH = (
    "Çok güzel bir otel, personel çok ilgiliydi.",
    "Maalesef yemekler soğuktu ve servis yavaştı.",
    "Odalar temiz ama klima çalışmıyordu.",
    "Fiyatına göre gayet iyi, tavsiye ederim.",
    "Bir daha asla gelmeyeceğim, berbattı.",
    "Kahvaltı harikaydı, biz çok memnun kaldık.",
)
FRENCH = (
    "Très bon accueil et chambre propre.",
    "Malheureusement notre repas était froid et cher.",
    "Belle terrasse mais beaucoup de bruit le soir.",
    "Je recommande vivement, personnel adorable.",
    "Plus jamais, la facture était fausse.",
    "Petit déjeuner copieux, nous reviendrons.",
)
GOODS = (
    "A perfect lamp for every desk, with a warm and beautiful light.",
    "This excellent chair is comfortable and easy to clean.",
    "The best coffee maker for small kitchens, great taste guaranteed.",
    "Our wonderful rug makes every room nice and warm.",
    "Enjoy delicious tea with this lovely ceramic pot.",
    "A great gift: the clean design fits every home.",
)
JOBS = (
    "We are looking for a friendly and happy colleague for our team.",
    "You love clean code and good coffee, then join us.",
    "Our best driver retires and we need a new one.",
    "A great job with excellent pay in a nice team.",
    "Perfect for students: work whenever you want.",
    "We offer good pay, nice people and a beautiful office.",
)
CHANGES = (
    "Fix a bad crash when the file is broken",
    "Make the list nice and clean",
    "Never load the same page twice",
    "Use a better and easy way to sort",
    "Remove useless code from the parser",
    "Add good tests for the slow path",
)
QUESTIONS = (
    "Can I return a lamp that is broken?",
    "How do I track my order?",
    "What is the best way to clean my chair?",
    "Do you ship to Austria?",
    "Is the pot easy to clean?",
    "Why is my discount not shown?",
)


def keys(header: str, *cells: tuple[str, ...]) -> list[str]:
    return columns(header.split(";"), list(zip(*cells, strict=True)))


def read(text: str) -> list[dict[str, Any]]:
    return [row.said for row in csv_rows(text, BERLIN) if isinstance(row.said, dict)]


def lines(*cells: tuple[str, ...]) -> str:
    return "".join(";".join(line) + "\n" for line in zip(*cells, strict=True))


@pytest.mark.parametrize(
    ("heading", "said"), [("gesagt", GERMAN), ("Wypowiedź", POLISH), ("Görüşleriniz", TURKISH), ("ressenti", FRENCH)]
)
@pytest.mark.parametrize(("beside", "field"), [(NAMES, "author_name"), (DAYS, "created_at"), (("M", "L") * 3, "")])
def test_opinions_are_the_text_whatever_stands_above_them(
    heading: str, said: tuple[str, ...], beside: tuple[str, ...], field: str
) -> None:
    name = {"author_name": "name", "created_at": "date"}.get(field, "size")
    assert keys(f"{name};{heading}", beside, said) == [field, "text"]


@pytest.mark.parametrize("said", [GOODS, JOBS, CHANGES, QUESTIONS])
@pytest.mark.parametrize("beside", ["label", "name"])
def test_what_only_sounds_alike_is_refused(said: tuple[str, ...], beside: str) -> None:
    with pytest.raises(WrongUse):
        keys(f"{beside};blurb;nr", NAMES, said, ("1", "2", "3", "4", "5", "6"))


def test_notes_on_orders_are_no_reviews_whatever_they_say() -> None:
    with pytest.raises(WrongUse):
        keys("order;price;note to us", ("1", "2", "3", "4", "5", "6"), ("9.90",) * 6, GERMAN)


def test_moods_beside_sentences_tell_that_customers_judge() -> None:
    praise = tuple(said.replace("Leider", "Gern").replace("falsch", "gut") for said in GERMAN)
    assert keys("nr;satz;polarität", STARS, praise, ("positiv", "negativ", "neutral") * 2)[1] == "text"


def test_a_table_whose_headings_say_nothing_at_all_is_read_by_its_cells() -> None:
    (first, *rest) = read("c1;c2;c3;c4\n" + lines(NAMES, DAYS, STARS, FRENCH))
    assert (first["author_name"], first["rating"], first["text"], len(rest)) == ("Ada Kern", 5.0, FRENCH[0], 5)


def test_objects_whose_keys_say_nothing_are_read_by_what_they_hold() -> None:
    found = [
        {"w": who, "t": day, "p": int(mark), "q": said}
        for who, day, mark, said in zip(NAMES, DAYS, STARS, POLISH, strict=True)
    ]
    row = next(json_rows(json.dumps(found), BERLIN)).said
    assert isinstance(row, dict)
    assert (row["author_name"], row["rating"], row["text"]) == ("Ada Kern", 5.0, POLISH[0])


def test_marks_of_parts_are_not_taken_for_the_mark_of_all() -> None:
    assert keys("name;food;service;kommentar", NAMES, STARS, STARS[::-1], GERMAN)[1:3] == ["", ""]


def test_numbers_that_count_are_no_marks() -> None:
    assert keys("kommentar;likes;datum", GERMAN, STARS, DAYS) == ["text", "", "created_at"]


@pytest.mark.parametrize("cells", [(GERMAN,), (NAMES, GERMAN)])
def test_a_table_without_headings_loses_none_of_its_lines(cells: tuple[tuple[str, ...], ...]) -> None:
    assert [row["text"] for row in read(lines(*cells))] == list(GERMAN)


def test_a_bare_list_of_opinions_is_read_and_one_of_words_is_not() -> None:
    assert [row.said["text"] for row in json_rows(json.dumps(GERMAN), BERLIN) if isinstance(row.said, dict)] == list(
        GERMAN
    )
    with pytest.raises(WrongUse):
        list(json_rows(json.dumps(["lampe", "tisch", "stuhl"]), BERLIN))


def test_short_sentences_are_sentences() -> None:
    assert keys("Sterne;was", STARS, POLISH) == ["rating", "text"]


def test_sentences_under_a_heading_of_persons_are_the_text() -> None:
    assert keys("meinung_gast;Sterne", GERMAN, STARS) == ["text", "rating"]


def test_a_mark_in_words_is_no_text_beside_sentences() -> None:
    marks = ("sehr gut", "schlecht", "gut", "sehr gut", "sehr schlecht", "gut")
    assert keys("Name;Bewertung;Kommentar", NAMES, marks, GERMAN)[1:] == ["", "text"]


def test_the_number_of_a_question_is_no_word_of_it() -> None:
    assert keys("1. Name;2) Sterne;Q3. Kommentar", NAMES, STARS, GERMAN) == ["author_name", "rating", "text"]
