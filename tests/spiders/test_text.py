"""HTML to plain text: line breaks stay, only tags go, nothing can make it fail."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.text import MAX_TEXT, Seen, html_to_text, one_line, tidy, value_to_text

ANY = st.text(alphabet=st.one_of(st.sampled_from("<>&;/!-\"'= \n\tapbri3#x"), st.characters()), max_size=300)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>Erster Absatz.</p><p>Zweiter.</p>", "Erster Absatz.\n\nZweiter."),
        ("Zeile eins<br />\nZeile zwei", "Zeile eins\nZeile zwei"),
        ("<ul><li>Bett zu hart</li><li>Bad kalt</li></ul>", "Bett zu hart\nBad kalt"),
        ("<table><tr><td>Zimmer</td><td>12</td></tr><tr><td>Tag</td></tr></table>", "Zimmer 12\nTag"),
        ("I <3 sugar", "I <3 sugar"),
        ("5 < 6 und 7 > 3", "5 < 6 und 7 > 3"),
        ("a<b", "a<b"),
        ("M&uuml;ller &amp; S&ouml;hne &lt;3", "Müller & Söhne <3"),
        ("&amp;uuml;", "&uuml;"),
        ("<b>sehr</b> <em class='x'>lang</em>sam", "sehr langsam"),
        ('<a href="x" title="a > b">Link</a>', "Link"),
        ("vor<!-- <p>weg</p> -->nach", "vornach"),
        ("<script>alert('x')</script>Text<style>p{}</style>", "Text"),
        ("<!-- ohne Ende", "<!-- ohne Ende"),
        ("<SCRIPT>x</Script >da", "da"),
        ("<unbekannt>bleibt</unbekannt>", "<unbekannt>bleibt</unbekannt>"),
        ("viele     Leerzeichen\u00a0hier", "viele Leerzeichen hier"),
        ("oben\n\n\n\nunten<br><br><br>tief", "oben unten\n\ntief"),
        ("null\x00byte\x08", "null\ufffdbyte"),
        ("halb\ud83d", "halb\ufffd"),
        ("links\u202erechts", "links\u202erechts"),
        ("a\u0308rgerlich", "ärgerlich"),
        ("", ""),
    ],
)
def test_html_becomes_the_text_a_reader_sees(source: str, text: str) -> None:
    assert html_to_text(source) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Erste Zeile\nzweite Zeile", "Erste Zeile\nzweite Zeile"),
        ("M&uuml;ller &quot;x&quot;", 'Müller "x"'),
        ("eins<br>zwei", "eins\nzwei"),
        ("&lt;p&gt;eins&lt;/p&gt;zwei", "eins\n\nzwei"),
        ("I <3 sugar", "I <3 sugar"),
        ("wenn a<b und c>d", "wenn a<b und c>d"),
        ("Grüße <b>fett</b>", "Grüße fett"),
        ("f&amp;uuml;r &amp;quot;uns&amp;quot;", 'für "uns"'),
        ("1 &amp;lt; 2", "1 &lt; 2"),
        ("Der &lt;Code&gt; fehlt", "Der <Code> fehlt"),
        ("Der <code>x</code> fehlt", "Der x fehlt"),
        ("Der <code class='k'>x", "Der x"),
        ("Ein <Button> fehlt, <b>leider</b>", "Ein <Button> fehlt, leider"),
    ],
)
def test_values_of_structured_data_keep_their_lines(value: str, text: str) -> None:
    assert value_to_text(value) == text


@pytest.mark.parametrize(
    ("seen", "text"),
    [
        ("<b>so</b> steht es da", "<b>so</b> steht es da"),
        ("&lt;b&gt;", "&lt;b&gt;"),
        ("Gut &amp; günstig", "Gut & günstig"),
        ("eins<br />zwei", "eins\nzwei"),
    ],
)
def test_words_that_people_see_are_left_as_they_see_them(seen: str, text: str) -> None:
    assert value_to_text(Seen(seen)) == text


def test_a_name_that_is_seen_keeps_its_brackets_when_it_is_cut() -> None:
    assert one_line(Seen("<b> Anna"), 5) == "<b> A"


def test_a_name_is_one_line() -> None:
    assert one_line(" Anna\n  M&uuml;ller ") == "Anna Müller"


@pytest.mark.parametrize("blank", [" ", "  ", "\t", "\u00a0", "\u2009 ", "\u3000", "\x85", " \u2028"])
def test_every_run_of_white_space_becomes_one_blank(blank: str) -> None:
    assert tidy(f"{blank}gut{blank}und{blank}\n{blank}schnell{blank}") == "gut und\nschnell"
    assert tidy(f"gut{blank}und") == "gut und"


@given(ANY)
def test_no_text_makes_it_fail(source: str) -> None:
    for function in (html_to_text, value_to_text, one_line):
        assert len(function(source)) <= 4 * len(source) + 4


@given(ANY)
def test_tidying_twice_changes_nothing(source: str) -> None:
    assert tidy(tidy(source)) == tidy(source)


@given(
    st.text(alphabet=st.characters(whitelist_categories=("L", "N", "P", "S"), blacklist_characters="<>&"), max_size=80)
)
def test_text_without_markup_is_left_alone(text: str) -> None:
    assert html_to_text(text) == tidy(text)


def test_half_a_character_which_no_store_takes_becomes_a_visible_sign() -> None:
    assert tidy("Gut \ud83d und schön \ude00!") == "Gut \ufffd und schön \ufffd!"


@pytest.mark.parametrize(
    "piece", ["<!--", "<script>", "<p ", "<a href='", '<a href="', "<", "&", "<br", "<p a=1 ", "-->"]
)
def test_its_cost_grows_no_faster_than_the_text(piece: str) -> None:
    source = piece * (MAX_TEXT // len(piece))
    started = time.process_time()
    html_to_text(source)
    value_to_text(source)
    assert time.process_time() - started < 1


def test_a_drawing_is_no_text() -> None:
    star = '<svg viewBox="0 0 9 9"><g><path fill="#343434" d="M12,17.27"/></g></svg>'
    assert html_to_text(f"<p>{star}{star} Sehr lecker.</p>") == "Sehr lecker."


def test_a_tag_that_somebody_wrote_about_stays_in_a_value_with_tags_of_its_own() -> None:
    assert value_to_text("<p>Es kommt:<br>&lt;code&gt;Fehler&lt;/code&gt;</p>") == "Es kommt:\n<code>Fehler</code>"
