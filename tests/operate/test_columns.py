"""Headings promise; what stands below them decides."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gelassen.errors import WrongUse
from gelassen.exchange.columns import columns
from gelassen.exchange.lines import BadLine
from gelassen.exchange.rows import table_rows
from gelassen.exchange.table import csv_rows

BERLIN = ZoneInfo("Europe/Berlin")


def keys(text: str) -> list[str]:
    header, *body = (line.split(";") for line in text.splitlines())
    return columns(header, body)


def rows(text: str) -> list[dict[str, Any] | BadLine]:
    return [row.said for row in csv_rows(text, BERLIN)]


def only(text: str) -> dict[str, Any]:
    (row,) = rows(text)
    assert isinstance(row, dict)
    return row


def test_note_is_a_mark_over_numbers_and_a_remark_over_words() -> None:
    assert keys("Kunde;Note\nAda;4\nBo;2,5\n") == ["author_name", "rating"]
    assert keys("Kunde;Note\nAda;War sehr laut\nBo;Schnell und freundlich\n") == ["author_name", "text"]


def test_avis_over_numbers_is_a_rating_where_the_comment_has_a_column_of_its_own() -> None:
    assert keys("avis;commentaire\n5;Très bien\n3;Un peu cher\n") == ["rating", "text"]


def test_a_rating_in_words_is_left_out_beside_a_text() -> None:
    assert keys("Rating;Review\nPositive;Very nice\nNegative;Too loud\n") == ["", "text"]


def test_addresses_are_no_text_whatever_their_heading() -> None:
    with pytest.raises(WrongUse, match="No column with a text"):
        keys("Date;Content\n2026-01-01;https://film.example/a\n")


def test_a_bare_name_that_comes_again_and_again_is_that_of_a_place() -> None:
    lines = "".join(f"Café Nord;{number % 5 + 1};Besuch {number} war gut\n" for number in range(30))
    assert keys("Name;Sterne;Text\n" + lines) == ["", "rating", "text"]


def test_a_reviewer_has_a_better_claim_than_a_name() -> None:
    assert keys("Name;Reviewer;Rating\nCafé Nord;Ada;5\n") == ["", "author_name", "rating"]


def test_beside_a_year_a_bare_name_is_that_of_a_film() -> None:
    assert keys("Name;Year;Rating;Review\nDer Sessel;2022;4;Sehr schön gedreht\n")[0] == ""


def test_an_author_told_by_a_key_has_no_name() -> None:
    row = only("user;text\n67cb1234abcd56789e01f234;Gut\n")
    assert (row.get("author_name"), row["author_id"]) == (None, "67cb1234abcd56789e01f234")


def test_an_address_of_mail_is_not_kept_as_a_name() -> None:
    assert only("Kunde;Text\nida.kern@post.example;Gut\n")["author_name"] == "ida.kern"


@pytest.mark.parametrize("name", ["Dora@420", "@kern", "Ida @ Kern"])
def test_a_name_with_an_at_in_it_is_kept_whole(name: str) -> None:
    assert only(f"Kunde;Text\n{name};Gut\n")["author_name"] == name


def test_a_column_with_nothing_in_it_has_no_claim() -> None:
    assert keys("Product Review;Text\n;Gut und schnell\n;Zu laut\n") == ["", "text"]


def test_how_many_comments_there_are_is_no_mark() -> None:
    assert keys("Comments;Review\n0;Gut und schnell\n3;Zu laut\n") == ["", "text"]


def test_how_many_reviews_there_are_is_no_mark() -> None:
    assert keys("Hotel Reviews;Comment\n120;Gut und schnell\n3;Zu laut\n") == ["", "text"]


def test_a_figure_that_a_program_made_of_the_words_is_no_mark() -> None:
    assert keys("Review;Score\nGut und schnell;0.8316\nZu laut;0.127\n") == ["text", ""]


def test_a_title_that_stays_the_same_is_that_of_what_was_reviewed() -> None:
    lines = "".join(f"Café {'Nord' if number < 15 else 'Ost'};Besuch {number} war gut\n" for number in range(30))
    assert keys("Title;Text\n" + lines) == ["", "text"]


def test_a_day_without_its_year_costs_no_review() -> None:
    first, second = rows("Datum;Text\nJune 30 at 8:01 PM;Gut\n3. Mai;Laut\n")
    assert isinstance(first, dict)
    assert isinstance(second, dict)
    assert "created_at" not in first | second


def test_when_the_customer_was_there_is_no_part_of_the_text() -> None:
    row = only('Text\n"Sehr gut beraten.\nDatum der Erfahrung: 6. April 2026"\n')
    assert row["text"] == "Sehr gut beraten."


def test_a_review_that_tells_no_more_than_the_day_of_the_visit_has_its_title() -> None:
    row = only("title;content\nSehr schnell;Date of experience: April 06, 2026\n")
    assert (row["title"], row["text"]) == ("Sehr schnell", "")


def test_a_description_beside_marks_that_nobody_signed_is_no_review() -> None:
    with pytest.raises(WrongUse):
        keys("Name;Score;Description\nHaus Nord;4;Ein ruhiges Haus am See mit Garten\nHaus Ost;3;Mitten in der Stadt\n")


def test_sentences_beside_averages_are_refused() -> None:
    with pytest.raises(WrongUse, match="average"):
        keys("Score;Angaben\n4.3;Ein ruhiges Haus am See mit Garten\n4.7;Mitten in der Stadt und doch ganz leise\n")


def test_findings_under_a_word_for_reviews_are_refused() -> None:
    lines = "".join(f"Teil {number};{number};bereinigt;Stand Mai\n" for number in range(12))
    with pytest.raises(WrongUse):
        keys("Kennzahl;Ergebnis;Bewertung;Stand\n" + lines)


def test_words_in_a_script_without_blanks_are_no_mere_findings() -> None:
    lines = "".join(f"店{number};{number};味道很好服务也很热情;五月\n" for number in range(12))
    assert keys("店名;编号;评论;月份\n" + lines)[2] == "text"


def test_minus_one_for_no_stars_costs_no_other_stars() -> None:
    assert keys("comment;rating\nGut und schnell;4\nViel zu laut;-1\n") == ["text", "rating"]


def test_what_somebody_published_is_no_review() -> None:
    with pytest.raises(WrongUse, match="published"):
        keys("title;author;date;content;tags\nSee;Ada;2026-05-01;Ein Tag am See mit dem Rad;reisen\n")


def test_tags_on_a_review_do_not_make_it_an_article() -> None:
    assert keys("author;comment;tags\nAda;Gut und schnell geliefert;lob\n") == ["author_name", "text", ""]


def test_figures_that_nobody_gave_on_no_day_are_refused() -> None:
    with pytest.raises(WrongUse, match="who said this"):
        keys("word;score\ngut;3\nlaut;1\n")


def test_the_description_of_a_hotel_is_no_review() -> None:
    with pytest.raises(WrongUse):
        keys("hotel_name;stars;summary\nSeeblick;4;Ein ruhiges Haus direkt am See\nMarkt;3;Mitten in der alten Stadt\n")


def test_a_remark_on_a_roster_is_no_review() -> None:
    with pytest.raises(WrongUse):
        keys("Datum;Name;Schicht;Bemerkung\n01.05.2026;Ada;Früh;tauscht am Freitag mit Bo\n")


def test_votes_for_what_somebody_wrote_are_no_stars() -> None:
    assert keys("author;body;score;subreddit\nAda;Gut und schnell;4;lampen\n") == ["author_name", "text", "", ""]
    assert keys("author;comment;score\nAda;Gut und schnell;4\nBo;Viel zu laut;-2\n")[2] == ""


def test_comments_with_days_of_their_own_beside_reviews_are_answers() -> None:
    heads = "review_content;review_date;comment_content;comment_created_at\n"
    found = keys(heads + "Gut und schnell;2026-05-01;Danke für Ihren Besuch;2026-05-02\n")
    assert found == ["text", "created_at", "reply", "reply_at"]


def test_the_rating_of_what_the_text_is_about_is_its_rating() -> None:
    heads = "Order Total Review;Service Rating;Product Rating;Product Review\n"
    assert keys(heads + ";2;5;Gut und schnell geliefert\n")[1:] == ["", "rating", "text"]


@pytest.mark.parametrize(
    "heading", ["Kommentar des Shops", "Kommentar vom Arzt", "Merchant Comment", "Restaurant Reply"]
)
def test_a_comment_of_the_house_is_an_answer(heading: str) -> None:
    assert keys(f"Bewertung;{heading}\nGut und schnell;Danke für Ihren Besuch\n") == ["text", "reply"]


def test_an_answer_below_a_part_and_in_the_whole_is_told_once() -> None:
    row = only("pros;cons;rating;Was störte Sie?\nLage;Die Straße war zu laut;2;Die Straße war zu laut\n")
    assert row["text"] == "+ Lage\n– Die Straße war zu laut"


def test_an_average_told_with_how_many_is_neither_mark_nor_text() -> None:
    with pytest.raises(WrongUse):
        keys("Filiale;Bewertung\nNord;4,7 Sterne, 611 Bewertungen\nOst;4,5 Sterne, 190 Bewertungen\n")


def test_an_id_that_repeats_is_that_of_something_else() -> None:
    lines = "".join(f"{number % 3};Besuch {number} war gut\n" for number in range(30))
    assert keys("ID;Text\n" + lines) == ["", "text"]


def test_dates_that_nobody_can_read_cost_no_review() -> None:
    assert "created_at" not in only("Datum;Text\nneulich;Gut\n")


def test_the_averages_of_places_are_not_the_ratings_of_their_guests() -> None:
    lines = "".join(f"{8 + number // 10};{number % 7 + 1};Besuch {number} war gut\n" for number in range(30))
    assert keys("review score;rating;text\n" + lines) == ["", "rating", "text"]


def test_that_there_is_an_answer_is_not_the_answer() -> None:
    lines = "".join(f"Text {number} ist lang;Company has responded to this review.\n" for number in range(12))
    assert keys("text;Company Response\n" + lines) == ["text", ""]


def test_an_answer_that_is_always_the_same_is_one() -> None:
    lines = "".join(f"Text {number} ist lang;Vielen Dank für Ihren Besuch!\n" for number in range(12))
    assert keys("text;Antwort\n" + lines) == ["text", "reply"]


def test_a_response_date_without_a_response_is_the_date_of_the_review() -> None:
    assert keys("score;comment;response_date\n7;Gut;2026-01-01\n") == ["rating", "text", "created_at"]


def test_ways_on_which_reviews_came_are_no_sources() -> None:
    assert "source" not in only("source;text\nemail;Gut\n")
    assert only("source;text\nHolidayCheck;Gut\n")["source"] == "HolidayCheck"


@pytest.mark.parametrize(("cells", "best"), [("30\n50", 5.0), ("7\n9", 10.0), ("70\n95", 100.0)])
def test_the_scale_is_told_by_what_is_given(cells: str, best: float) -> None:
    first = rows("Rating\n" + cells + "\n")[0]
    assert isinstance(first, dict)
    assert first["rating_best"] == best


def test_nobody_gives_no_stars() -> None:
    assert only("Sterne;Text\n0;Gut\n")["rating"] is None


def test_nothing_is_a_mark_on_a_scale_that_begins_with_it() -> None:
    first, _ = rows("NPS Score;Text\n0;Nie wieder\n10;Gut\n")
    assert isinstance(first, dict)
    assert (first["rating"], first["rating_best"], first["rating_worst"]) == (0.0, 10.0, 0.0)


@pytest.mark.parametrize(("dates", "expected"), [("7/23/2026", "2026-07-23"), ("23/7/2026", "2026-07-23")])
def test_the_order_of_day_and_month_is_told_by_the_dates_that_fit_only_one(dates: str, expected: str) -> None:
    first = rows(f"Date,Text\n3/4/2026,Gut\n{dates},Gut\n")[0]
    assert isinstance(first, dict)
    assert first["created_at"][:10] == ("2026-03-03" if dates.startswith("7") else "2026-04-02")


def test_words_for_nothing_are_nothing() -> None:
    row = only("Name;Sterne;Text;Antwort\nAda;keine Angabe;Gut;N/A\n")
    assert "rating" not in row or row["rating"] is None
    assert "owner_replies" not in row


def test_a_row_with_a_title_alone_is_named_and_not_taken() -> None:
    found = rows("Title;Review\nHülle;Passt\nHülle;\n")
    assert isinstance(found[1], BadLine)


def test_what_is_marked_as_removed_is_named_and_not_taken() -> None:
    found = rows("text;status\nGut;published\nKredite;spam\n")
    assert [isinstance(row, BadLine) for row in found] == [False, True]


def test_tags_and_broken_umlauts_are_mended() -> None:
    assert only("Text\n<p>GrÃ¶ÃŸe passt</p>\n")["text"] == "Größe passt"


def test_a_lone_title_above_a_table_is_left_out() -> None:
    assert only("Bewertungen im November\n\nName;Sterne;Text\nAda;5;Gut\n")["author_name"] == "Ada"


def test_lines_with_one_column_need_no_delimiter() -> None:
    assert [row["text"] for row in rows("Feedback\nGut, aber laut\nSchnell\n") if isinstance(row, dict)] == [
        "Gut, aber laut",
        "Schnell",
    ]


def test_rows_are_read_as_they_come() -> None:
    endless: Iterator[tuple[int, list[str]]] = ((number, [f"Nummer {number}"]) for number in count(2))
    found = table_rows(["Text"], endless, BERLIN)
    assert [next(found).number for _ in range(3)] == [2, 3, 4]


def test_a_hundred_thousand_rows_cost_no_more_each_than_ten_thousand() -> None:
    def cost(size: int) -> float:
        text = "Datum;Name;Sterne;Text\n" + "".join(
            f"{number % 28 + 1}.11.2026;Kunde {number};{number % 5 + 1};Besuch {number} war gut\n"
            for number in range(size)
        )
        start = time.process_time()
        assert sum(1 for _ in csv_rows(text, BERLIN)) == size
        return (time.process_time() - start) / size

    small = min(cost(10_000) for _ in range(3))
    assert cost(100_000) < 3 * small
