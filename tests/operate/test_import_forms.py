"""Reviews come in from whatever people have: workbooks, saved pages, exports of other programs."""

from __future__ import annotations

import json
import stat
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gelassen.errors import WrongUse
from gelassen.exchange.left_over import keep
from gelassen.exchange.lines import Line, Wrong
from gelassen.exchange.reading import read_file
from tests.operate.workbook import workbook
from tests.spiders.markup import block, page, review

BERLIN = ZoneInfo("Europe/Berlin")
HEAD = ["Datum", "Name", "Sterne", "Text"]
MHTML = """From: <Saved by Blink>
Snapshot-Content-Location: https://laden.example/sessel
Subject: Sessel
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="grenze"

--grenze
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable
Content-Location: https://laden.example/sessel

{}
--grenze--
"""


def read(tmp_path: Path, name: str, content: str | bytes, **options: Any) -> list[Line | Wrong]:
    file = tmp_path / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_file(file, "laden", BERLIN, **options))


def lines(found: list[Line | Wrong]) -> list[Line]:
    assert [line for line in found if isinstance(line, Wrong)] == []
    return [line for line in found if isinstance(line, Line)]


def test_a_workbook_is_read_like_a_table(tmp_path: Path) -> None:
    content = workbook(
        Bewertungen=[HEAD, [(46349,), "Anna", 4.5, "Sehr schön"], ["24.11.2026", "Ben", "★★☆☆☆", "Naja"]]
    )
    anna, ben = lines(read(tmp_path, "export.xlsx", content))
    assert (anna.values["author_name"], anna.values["rating"], anna.values["text"]) == ("Anna", 4.5, "Sehr schön")
    assert anna.values["created_at"] == datetime(2026, 11, 23, tzinfo=BERLIN)
    assert (ben.values["rating"], ben.values["rating_best"]) == (2.0, 5.0)


def test_a_workbook_is_known_by_its_content_whatever_its_name(tmp_path: Path) -> None:
    assert len(lines(read(tmp_path, "export.csv", workbook(A=[HEAD, ["23.11.2026", "Anna", 5.0, "Gut"]])))) == 1


def test_rows_alike_in_two_sheets_are_two_posts(tmp_path: Path) -> None:
    alike = ["23.11.2026", "", 5.0, ""]
    found = lines(read(tmp_path, "export.xlsx", workbook(Nord=[HEAD, alike], Ost=[HEAD, alike, alike])))
    assert len({line.external_id for line in found}) == 3


def test_a_title_above_the_columns_and_sheets_about_other_things_are_left_out(tmp_path: Path) -> None:
    content = workbook(
        Info=[["Ansprechpartner", "Telefon"], ["Frau Huber", "intern"]],
        Bewertungen=[["Export vom 23.11.2026"], [None], HEAD, ["23.11.2026", "Anna", 5.0, "Gut"]],
    )
    (line,) = lines(read(tmp_path, "export.xlsx", content))
    assert (line.number, line.values["text"]) == (4, "Gut")


def test_whole_numbers_of_a_workbook_get_no_decimals(tmp_path: Path) -> None:
    content = workbook(A=[["ID", "Sterne", "Text"], [14548543799.0, 5.0, "Gut"]])
    assert lines(read(tmp_path, "export.xlsx", content))[0].external_id == "14548543799"


def test_a_wrong_row_of_a_workbook_is_told_by_its_number(tmp_path: Path) -> None:
    found = read(
        tmp_path, "export.xlsx", workbook(A=[HEAD, ["neulich", "Anna", 5.0, "Gut"], ["23.11.2026", "Ben", 1.0, "x"]])
    )
    (wrong,) = [line for line in found if isinstance(line, Wrong)]
    assert (wrong.number, wrong.raw) == (2, {"Datum": "neulich", "Name": "Anna", "Sterne": "5", "Text": "Gut"})
    assert "neulich" in wrong.why


def test_a_workbook_without_reviews_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="Ansprechpartner"):
        read(tmp_path, "info.xlsx", workbook(Info=[["Ansprechpartner", "Telefon"], ["Frau Huber", "intern"]]))


@pytest.mark.parametrize("content", [b"PK\x03\x04 kein Archiv", b"\xd0\xcf\x11\xe0 verschl"])
def test_a_workbook_that_cannot_be_opened_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(WrongUse, match="cannot be opened"):
        read(tmp_path, "kaputt.xlsx", content)


def test_a_workbook_that_unpacks_to_gigabytes_is_not_unpacked(tmp_path: Path) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target, target.open("xl/workbook.xml", "w") as part:
        for _ in range(600):
            part.write(b"0" * 1024**2)
    with pytest.raises(WrongUse, match="unpacks to more than"):
        read(tmp_path, "bombe.xlsx", packed.getvalue())


def test_a_saved_page_gives_its_reviews_and_tells_where_it_was_found(tmp_path: Path) -> None:
    saved = "<!-- saved from url=(0029)https://laden.example/sessel -->\n" + page(review(1), review(2))
    found = lines(read(tmp_path, "sessel.html", saved))
    assert len(found) == 2
    assert {line.values["url"].partition("#")[0] for line in found} == {"https://laden.example/sessel"}


def test_the_address_of_a_saved_page_can_be_given(tmp_path: Path) -> None:
    found = lines(read(tmp_path, "sessel.htm", page(review(1)), address="https://laden.example/topf"))
    assert found[0].values["url"].startswith("https://laden.example/topf")


def test_the_same_page_saved_again_gives_the_same_ids(tmp_path: Path) -> None:
    first = lines(read(tmp_path, "a.html", page(review(1))))
    again = lines(read(tmp_path, "b.html", "<!-- an anderem Tag gespeichert -->" + page(review(1))))
    assert [line.external_id for line in first] == [line.external_id for line in again]


def test_a_page_saved_with_everything_on_it(tmp_path: Path) -> None:
    html = page(review(1)).replace("=", "=3D")
    (line,) = lines(read(tmp_path, "sessel.mhtml", MHTML.format(html)))
    assert line.values["url"].startswith("https://laden.example/sessel")


def test_a_broken_block_of_a_saved_page_is_told(tmp_path: Path) -> None:
    found = read(tmp_path, "sessel.html", block("{kaputt") + page(review(1)))
    assert [type(line) for line in found] == [Line, Wrong]


def test_a_saved_page_without_reviews_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="No reviews were found"):
        read(tmp_path, "leer.html", "<html><p>Willkommen</p></html>")


MARKED = '<div itemscope itemtype="https://schema.org/Review"><p itemprop="reviewBody">Läutet laut.</p></div>'


@pytest.mark.parametrize(
    "piece",
    [MARKED, f"<!-- Bewertungen -->\n{MARKED}", f"<section>{MARKED}</section>", f"<li class='bewertung'>{MARKED}</li>"],
)
@pytest.mark.parametrize("name", ["stueck.html", "stueck.txt"])
def test_a_piece_of_a_page_is_read_as_a_page(tmp_path: Path, name: str, piece: str) -> None:
    (line,) = lines(read(tmp_path, name, piece))
    assert line.values["text"] == "Läutet laut."


def test_an_export_in_xml_whose_parts_are_called_as_those_of_a_page_stays_one(tmp_path: Path) -> None:
    one = "<review><id>{}</id><body>Läutet laut.</body><rating>4</rating><author>Jo</author></review>"
    export = f"<reviews>{one.format(1)}{one.format(2)}</reviews>"
    assert [line.values["text"] for line in lines(read(tmp_path, "export.xml", export))] == ["Läutet laut."] * 2


def test_a_saved_feed_is_read(tmp_path: Path) -> None:
    feed = (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>'
        "<item><guid>7</guid><description>Der Sessel wackelt.</description></item></channel></rss>"
    )
    assert lines(read(tmp_path, "feed.xml", feed))[0].values["text"] == "Der Sessel wackelt."


@pytest.mark.parametrize("wrapped", ["[{}]", '{{"reviews": [{}], "total": 1}}'])
def test_a_json_document_of_another_program_is_read_by_its_keys(tmp_path: Path, wrapped: str) -> None:
    row = {"reviewId": "r7", "author": "Anna", "stars": "4,5", "review": "Sehr schön", "date": "23.11.2026"}
    (line,) = lines(read(tmp_path, "export.json", wrapped.format(json.dumps(row))))
    assert (line.external_id, line.values["author_name"], line.values["rating"]) == ("r7", "Anna", 4.5)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_umlauts_in_json_survive_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    row = json.dumps({"external_id": "1", "text": "Schönes Café"}, ensure_ascii=False)
    assert lines(read(tmp_path, "a.jsonl", row.encode(encoding)))[0].values["text"] == "Schönes Café"


def test_a_json_document_about_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="No column with a text or a rating"):
        read(tmp_path, "lager.json", '[{"artikel": "Sessel", "bestand": 3}]')


def test_json_nested_beyond_reason_is_no_crash(tmp_path: Path) -> None:
    (wrong,) = read(tmp_path, "tief.jsonl", "[" * 200_000)
    assert isinstance(wrong, Wrong)


def test_wrong_lines_are_kept_to_be_mended_for_this_user_only(tmp_path: Path, now: datetime) -> None:
    wrong = [Wrong(3, "'gestern' is not a date", {"Datum": "gestern", "Text": "Schön"})]
    kept = keep(tmp_path, Path("export.csv"), wrong, now)
    assert json.loads(kept.read_text(encoding="utf-8")) == {
        "line": 3, "error": "'gestern' is not a date", "content": {"Datum": "gestern", "Text": "Schön"},
    }  # fmt: skip
    assert (stat.S_IMODE(kept.stat().st_mode), stat.S_IMODE(kept.parent.stat().st_mode)) == (0o600, 0o700)
