"""Values as programs write them are read without running anything."""

from __future__ import annotations

import contextlib
import time
from typing import Any

import pytest

from crawler.pages.script_values import Script, literal
from crawler.shape import Misshapen


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("{name: 'Rosi', stars: 4}", {"name": "Rosi", "stars": 4}),
        ('{"a": [1, 2.5, -3e2,], }', {"a": [1, 2.5, -300]}),
        ("{on: !0, off: !1, none: void 0, no: null}", {"on": True, "off": False, "none": None, "no": None}),
        ("{/* Anfang */ a: 1, // Ende\n b: 2}", {"a": 1, "b": 2}),
        ('{at: new Date("2026-11-02")}', {"at": "2026-11-02"}),
        ('{a: JSON.parse("{\\"b\\":[1]}")}', {"a": {"b": [1]}}),
        ("{a: irgendwas, b: mach.was(1, {c: 2})}", {"a": None, "b": None}),
        (r"'K\u00e4se \ud83e\uddc0, \'alt\'\n'", "Käse 🧀, 'alt'\n"),
        ("{0x1f: 0x1f}", {"0x1f": 31}),
        ("`ein\nText`", "ein\nText"),
    ],
)
def test_a_literal_is_read_as_the_program_means_it(written: str, meant: Any) -> None:
    assert literal(written) == meant


def test_a_function_called_on_the_spot_gives_its_names_their_values() -> None:
    text = '(function(a,b){return {reviews:[{text:a,stars:b},{text:"Gut",stars:b}]}}("Laut",2));'
    assert Script(text).called(0) == {"reviews": [{"text": "Laut", "stars": 2}, {"text": "Gut", "stars": 2}]}


@pytest.mark.parametrize("text", ["", "{", "{a}", "{a: }", "[1 2]", "{a: function(){}}", "{a: 'ohne Ende", "=> {}"])
def test_what_is_no_literal_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        literal(text)


def test_a_function_that_returns_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="returns"):
        Script("(function(a){a.b=1}(2))").called(0)


@pytest.mark.parametrize("piece", ["[", "{a:", "f(", "new Map("])
def test_depth_is_limited(piece: str) -> None:
    with pytest.raises(Misshapen):
        literal(piece * 5_000)


@pytest.mark.parametrize("piece", ["[1,", "{a:1,", "'", '"\\', "/*", "//\n", "-", "1", "a", "f(", " "])
def test_reading_takes_time_in_proportion(piece: str) -> None:
    started = time.process_time()
    with contextlib.suppress(ValueError, Misshapen):
        literal("[" + piece * (500_000 // len(piece)))
    assert time.process_time() - started < 3
