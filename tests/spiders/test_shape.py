"""The look before parsing: ordinary pages pass, pages that would freeze a parser do not."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.shape import MAX_ATTRIBUTES, MAX_DEPTH, MAX_JSON_DEPTH, Misshapen, check_html, load_json


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nur Text, a < b und b > c",
        "<ul>" + "<li>Punkt" * 2_000,
        "<p>" * 2_000,
        "<br>" * 2_000 + "<img src=x>" * 2_000,
        "<div></div>" * 5_000,
        "<svg>" + '<path d="M0 0"/>' * 5_000 + "</svg>",
        "<div>" * MAX_DEPTH + "</div>" * MAX_DEPTH,
        f"<div {' '.join(f'data-{n}=1' for n in range(MAX_ATTRIBUTES))}>",
        '<img srcset="' + "bild.jpg 100w, " * 2_000 + '">',
        "<script>" + "if (a<b) {" * 2_000 + "</script>",
        "<style>" + "a>b{}" * 2_000 + "</style>",
        "<!--" + "<div>" * 2_000 + "-->",
        "<div title='>' data-x='<div>'>" * 100,
        "<div title = '>'data-x=\"<div>\">" * 500,
        '<img src="data:image/png;base64,' + "QUJD" * 100_000 + '">',
        '<script src="mitte.js""></script>' + "<p id='eins' class='zwei'>Absatz</p>" * 300,
        "</div>" * 10_000,
    ],
)
def test_ordinary_pages_pass(text: str) -> None:
    check_html(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<div>" * (MAX_DEPTH + 1), "nests"),
        ("<span class=x>" * (MAX_DEPTH + 1), "nests"),
        ("<li><ul>" * (MAX_DEPTH + 1), "nests"),
        (f"<div {' '.join(f'a{n}' for n in range(MAX_ATTRIBUTES + 1))} {'x' * 600}>", "attributes"),
        (f"<div {' '.join(f'a{n}=1' for n in range(40_000))}>", "attributes"),
        ("<div/" + "/".join(f"a{n}='<'" for n in range(300)) + ">", "attributes"),
        (f"<a {'x' * 100_000}>", "KiB"),
        ("<a title='" + "x" * 100_000, "KiB"),
        ('<a b="x"">' + "<b>" * (MAX_DEPTH + 1) + '"', "nests"),
        ('<a =">' + "<b>" * (MAX_DEPTH + 1) + '"', "nests"),
        ("<a '" * 50_000, "attributes"),
    ],
)
def test_pages_that_would_freeze_a_parser_are_refused(text: str, reason: str) -> None:
    with pytest.raises(Misshapen, match=reason):
        check_html(text)


@pytest.mark.parametrize(
    "piece", ["<", "<a", "<a ", "<!--", "<script>", "<a b='", '<a b="', "</", "<a>", "<title>", "'", "<a/"]
)
def test_looking_takes_time_in_proportion(piece: str) -> None:
    started = time.process_time()
    with contextlib.suppress(Misshapen):
        check_html(piece * (2_000_000 // len(piece)))
    assert time.process_time() - started < 3


@given(st.text(alphabet="<>/!-'\"= adivscript", max_size=200))
def test_any_short_text_passes(text: str) -> None:
    check_html(text)


def test_deep_json_is_refused_at_every_depth() -> None:
    load_json("[" * (MAX_JSON_DEPTH - 1) + "]" * (MAX_JSON_DEPTH - 1))
    for depth in (MAX_JSON_DEPTH + 1, 500, 5_000, 100_000):
        with pytest.raises(Misshapen):
            load_json("[" * depth + "]" * depth)
        with pytest.raises(Misshapen):
            load_json('{"a":' * depth + "1" + "}" * depth)


def test_json_with_raw_line_breaks_is_read() -> None:
    assert load_json('{"text": "eins\nzwei"}') == {"text": "eins\nzwei"}
