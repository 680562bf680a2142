"""Kinds of sources are called the same everywhere: the page may not import the crawler, so this compares the two."""

from __future__ import annotations

import pytest

from crawler.kinds import KINDS
from responder.web.labels import SOURCE_KINDS
from responder.web.translate import words


def test_the_page_has_words_for_every_kind_and_for_no_other() -> None:
    assert {name: kind.title for name, kind in KINDS.items()} == {
        name: label for name, label in SOURCE_KINDS.items() if name != "import"
    }


@pytest.mark.parametrize("kind", sorted(SOURCE_KINDS))
def test_every_kind_has_a_german_name(kind: str) -> None:
    german = words("de").messages[SOURCE_KINDS[kind]]
    assert german
    assert "_" not in str(german)


@pytest.mark.parametrize(
    ("kind", "german"),
    [
        ("google_business", "Google-Unternehmensprofil"),
        ("wordpress", "WordPress-Kommentare"),
        ("discourse", "Discourse-Forum"),
    ],
)
def test_kinds_are_called_as_a_german_calls_them(kind: str, german: str) -> None:
    assert words("de").gettext(SOURCE_KINDS[kind]) == german
