"""JSON-LD blocks as they stand in real pages: repaired where that is safe, named where it is not."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from crawler.pages.json_ld import Broken, parse, scripts

VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-1000, 1000), st.text(max_size=12)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)),
    max_leaves=8,
)
NODE = {"@type": "Review", "reviewBody": "Zu spät, } leider; ,]"}
TEXT = json.dumps(NODE)


@pytest.mark.parametrize(
    "block",
    [
        TEXT,
        "\ufeff" + TEXT,
        f"\n//<![CDATA[\n{TEXT}\n//]]>\n",
        f"<![CDATA[{TEXT}]]>",
        f"/*<![CDATA[*/ {TEXT} /*]]>*/",
        f"<!-- {TEXT} -->",
        f"<!--//<![CDATA[\n{TEXT}\n//]]>-->",
        f"{TEXT};",
        f"{TEXT} ; ",
        TEXT.replace("}", ",}").replace(",} leider", "} leider"),
    ],
)
def test_a_wrapped_or_slightly_broken_block_is_read(block: str) -> None:
    assert parse(block) == [NODE]


def test_several_objects_in_one_block_are_read() -> None:
    assert parse(f"{TEXT}\n{TEXT};{TEXT},") == [NODE, NODE, NODE]


def test_raw_line_breaks_and_tabs_in_strings_are_kept() -> None:
    assert parse('{"text": "eins\nzwei\tdrei"}') == [{"text": "eins\nzwei\tdrei"}]


def test_commas_in_texts_survive_the_repair() -> None:
    assert parse('{"text": "ja ,} nein ,]", "liste": [1, 2,],}') == [{"text": "ja ,} nein ,]", "liste": [1, 2]}]


@pytest.mark.parametrize("block", ["", "   \n", "<!-- -->", "//<![CDATA[\n//]]>"])
def test_an_empty_block_is_no_error(block: str) -> None:
    assert parse(block) == []


@pytest.mark.parametrize(
    "block", ["{", "{kaputt: ja}", '{"a": }', "alert('x')", '{"a": "ohne Ende', "[" * 5_000, "9" * 5_000]
)
def test_a_hopeless_block_is_named(block: str) -> None:
    with pytest.raises(Broken):
        parse(block)


@pytest.mark.parametrize(
    "kind",
    ["application/ld+json", "Application/LD+JSON", "application/ld+json; charset=utf-8", " application/ld+json "],
)
def test_the_script_type_may_be_written_in_any_way(kind: str) -> None:
    page = f'<html><script type="{kind}">1</script><script>2</script><script type="text/json">3</script></html>'
    assert list(scripts(etree.fromstring(page, etree.HTMLParser()))) == ["1"]


@given(VALUES)
def test_valid_json_is_read_as_it_is(value: Any) -> None:
    assert parse(json.dumps(value)) == [value]


@given(st.lists(VALUES.filter(lambda value: isinstance(value, (dict, list))), min_size=2, max_size=3))
def test_values_in_a_row_are_read_one_after_the_other(values: list[Any]) -> None:
    assert parse(";\n".join(map(json.dumps, values))) == values


@given(st.text(alphabet='{}[]",:;<>!-/*CDAT0a\\ \n', max_size=120))
def test_no_block_fails_in_any_other_way(block: str) -> None:
    with contextlib.suppress(Broken):
        assert isinstance(parse(block), list)


@pytest.mark.parametrize(
    "block",
    [
        '{"@type": "Review" "reviewBody": "Läutet, laut" "n": 1}',
        '{"@type": "Review",\n"n": 1\n"reviewBody": "Läutet, laut"}',
        '{"@type": "Review", "reviewBody": "Läutet, laut", "n": 1}}',
    ],
)
def test_forgotten_commas_and_a_brace_too_many_are_mended(block: str) -> None:
    assert parse(block) == [{"@type": "Review", "reviewBody": "Läutet, laut", "n": 1}]


def test_braces_forgotten_at_the_end_are_mended() -> None:
    assert parse('{"review": [{"@type": "Review", "n": 1}') == [{"review": [{"@type": "Review", "n": 1}]}]


@pytest.mark.parametrize("block", ['{"@type": "Review", "reviewBody": "Läut', '{"@type": "Review", "n": ', "{", "[{]"])
def test_a_block_that_ends_in_the_middle_of_a_value_is_broken(block: str) -> None:
    with pytest.raises(Broken):
        parse(block)
