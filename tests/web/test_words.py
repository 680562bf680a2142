"""Catalogues, invisible characters, counting tries, small readings."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta
from string import Formatter

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from db.models import PostVersion
from responder.web import labels
from responder.web.limits import MAX_KEYS, Tries
from responder.web.pages.login import safe_path
from responder.web.translate import LOCALE_FOLDER, preferred, words
from responder.web.visible import count_invisible, is_invisible, visible
from tests.web.messages import extracted

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
LANGUAGES = ("de", "en")


def placeholders(text: str) -> list[str]:
    named = re.findall(r"%\((\w+)\)s", text)
    return sorted(named + [name for _, name, _, _ in Formatter().parse(re.sub(r"%\(\w+\)s", "", text)) if name])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_and_no_translation_is_left_over(language: str) -> None:
    catalogue = words(language).messages
    assert set(catalogue) == set(extracted())
    assert all(catalogue.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_their_placeholders(language: str) -> None:
    for source, target in words(language).messages.items():
        pairs = zip(source, target, strict=True) if isinstance(source, tuple) else [(source, target)]
        for before, after in pairs:
            assert placeholders(str(before)) == placeholders(str(after)), before


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_catalogue_entry_is_fuzzy(language: str) -> None:
    with (LOCALE_FOLDER / f"{language}.po").open("rb") as lines:
        assert not [message.id for message in read_po(lines) if message.fuzzy and message.id]


def test_german_texts_say_sie_and_never_du() -> None:
    for target in words("de").messages.values():
        assert not re.search(r"\b(du|dich|dir|dein\w*)\b", str(target), re.IGNORECASE), target


def test_plurals_follow_the_number() -> None:
    assert (
        words("de")
        .ngettext("%(n)s answer is overdue.", "%(n)s answers are overdue.", 1)
        .startswith("%(n)s Antwort ist")
    )
    assert (
        words("de").ngettext("%(n)s answer is overdue.", "%(n)s answers are overdue.", 0).startswith("%(n)s Antworten")
    )


def test_an_unknown_text_stays_as_it_is() -> None:
    assert words("de").gettext("never heard of") == "never heard of"
    assert words("de").ngettext("one", "many", 3) == "many"


@pytest.mark.parametrize("language", ["xx", "../../etc/passwd", ""])
def test_an_unknown_language_is_german(language: str) -> None:
    assert words(language).language == "de"


@pytest.mark.parametrize(
    ("header", "language"), [("en-GB,en;q=0.9", "en"), ("fr,de-CH;q=0.8", "de"), ("", "de"), ("xx,yy;q=", "de")]
)
def test_the_browser_chooses_among_the_languages_there_are(header: str, language: str) -> None:
    assert preferred(header, LANGUAGES, "de") == language


def back(markup: str) -> str:
    """The text that a shown text stands for."""
    shown = re.sub(
        r'<span class="invisible" title="[^"]*">U\+([0-9A-F]+)</span>',
        lambda hit: f"&#xF{int(hit[1], 16):06x}@",
        markup,
    )
    parts = re.split(r"&#xF([0-9a-f]{6})@", shown)
    return "".join(chr(int(part, 16)) if index % 2 else html.unescape(part) for index, part in enumerate(parts))


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_what_is_shown_stands_for_exactly_what_is_there(text: str) -> None:
    shown = str(visible(text))
    assert back(shown) == text
    assert not re.search(r"<(?!/?span)", shown)


@given(st.text())
def test_nothing_that_is_shown_is_invisible(text: str) -> None:
    bare = re.sub(r"<span[^>]*>[^<]*</span>", "", str(visible(text)))
    assert not [char for char in bare if is_invisible(char) and char != "\u200d"]


@pytest.mark.parametrize(
    "char", ["\u202e", "\u200b", "\u2066", "\x07", "\ufeff", "\u00ad", "\u3164", "\u2028", "\ue000"]
)
def test_tricky_characters_are_named(char: str) -> None:
    assert f"U+{ord(char):04X}" in visible(f"a{char}b")
    assert count_invisible(f"a{char}b") == 1


@pytest.mark.parametrize("text", ["👩\u200d🚒", "❤️\u200d🔥"])
def test_an_emoji_made_of_several_stays_whole(text: str) -> None:
    assert "\u200d" in visible(text)
    assert not count_invisible(text)


def test_a_joiner_between_letters_is_shown() -> None:
    assert "U+200D" in visible("a\u200db")


def test_tries_are_counted_per_person_and_address() -> None:
    tries = Tries(tries=2, window=timedelta(minutes=5))
    assert [tries.take("ip", "Anna", NOW), tries.take("ip", "ANNA", NOW)] == [timedelta()] * 2
    assert tries.take("ip", "anna", NOW + timedelta(minutes=1)) == timedelta(minutes=4)
    assert not tries.take("ip", "Ben", NOW)
    assert not tries.take("other", "Anna", NOW)
    tries.forgive("ip", "anna")
    assert not tries.take("ip", "Anna", NOW)


def test_one_address_cannot_try_all_names() -> None:
    tries = Tries(tries=2)
    for number in range(20):
        assert not tries.take("ip", f"name {number}", NOW)
    assert tries.take("ip", "another", NOW)


def test_counting_tries_needs_bounded_memory() -> None:
    tries = Tries()
    for number in range(MAX_KEYS + 50):
        tries.take(f"ip {number}", "x", NOW)
    assert len(tries._taken) <= MAX_KEYS


@pytest.mark.parametrize(
    ("rating", "best", "shown"),
    [
        (1, 5, "★☆☆☆☆"),
        (5, 5, "★★★★★"),
        (8, 10, "★★★★☆"),
        (0, 5, "☆☆☆☆☆"),
        (None, 5, ""),
        (99, 5, "★★★★★"),
        (4, None, "★★★★☆"),
    ],
)
def test_every_scale_is_shown_as_five_stars(rating: float | None, best: float | None, shown: str) -> None:
    version = PostVersion(post_id=1, content_hash="", seen_at=NOW, rating=rating, rating_best=best)
    assert labels.stars(version) == shown


@pytest.mark.parametrize(("name", "letter"), [("Petra", "P"), ("<b>x", "B"), ("  ünal", "Ü"), ("", "?"), ("…", "?")])
def test_a_face_shows_the_first_letter(name: str, letter: str) -> None:
    assert labels.initial(name) == letter


@given(st.text())
def test_a_safe_path_is_always_on_this_page(path: str) -> None:
    safe = safe_path(path)
    assert safe.startswith("/")
    assert not safe.startswith(("//", "/\\"))
