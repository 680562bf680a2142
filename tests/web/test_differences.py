"""What changed between two versions of a post."""

from __future__ import annotations

import html
import random
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.web.differences import differences
from tests.web.conftest import House

plain_texts = st.text(alphabet="ab <>&\n.'\"", max_size=40)


def compare(old: str, new: str) -> str:
    return str(differences(old, new, removed="weg", added="neu"))


def without(tag: str, markup: str) -> str:
    """The text that remains when everything in `tag` is gone."""
    rest = re.sub(rf"<{tag}>.*?</{tag}>", "", markup, flags=re.DOTALL)
    rest = re.sub(r'<span class="heard">[^<]*</span>', "", rest)
    return html.unescape(re.sub(r"</?(ins|del)>", "", rest))


def test_words_that_came_and_went_are_marked_and_can_be_heard() -> None:
    told = compare("Der Sessel ist rot.", "Der Sessel ist leider blau.")
    assert '<del><span class="heard">weg: </span>rot</del>' in told
    assert '<ins><span class="heard">neu: </span>leider blau</ins>' in told
    assert told.startswith("Der Sessel ist ")


def test_equal_texts_carry_no_mark() -> None:
    assert compare("Alles gut.\n", "Alles gut.\n") == "Alles gut.\n"


def test_what_was_written_stays_text() -> None:
    assert "<script" not in compare("<script>1</script>", "<script>2</script>")
    assert "U+202E" in compare("a", "a\u202eb")


@given(plain_texts, plain_texts)
def test_both_versions_can_be_read_out_of_the_comparison(old: str, new: str) -> None:
    told = compare(old, new)
    assert (without("ins", told), without("del", told)) == (old, new)


@pytest.mark.parametrize("words", ["a", "ab", "abcdefgh"])
@pytest.mark.parametrize("length", [200, 1000, 20_000])
def test_no_pair_of_posts_takes_long_to_compare(words: str, length: int) -> None:
    chance = random.Random(length)
    old, new = (" ".join(chance.choice(words) for _ in range(length)) for _ in range(2))
    begun = time.process_time()
    told = compare(old, new)
    assert time.process_time() - begun < 1
    assert (without("ins", told), without("del", told)) == (old, new)


def test_a_long_ordinary_text_is_compared_word_by_word() -> None:
    text = "Das Frühstück war gut, die Betten auch, und der Blick war schön. " * 12 + "Ende."
    told = compare(text, text.replace("Ende", "Schluss"))
    assert told.count("<ins>") == told.count("<del>") == 1


def test_the_item_shows_what_an_edit_changed(house: House) -> None:
    source = house.source()
    house.waiting(source, "Der Sessel kam nach drei Wochen an und ist rot.", external_id="r1", rating=2.0)
    house.clock.pass_(days=1)
    newer = house.post(source, "Der Sessel kam nach sechs Wochen an und ist kaputt.", external_id="r1")
    page = house.browser("Vera").get(f"/post/{newer}").text
    assert "was sich geändert hat" in page
    assert re.search(r"<del>.{0,60}drei</del>.*<ins>.{0,60}sechs</ins>", page)
    assert "Der Sessel kam nach drei Wochen an und ist rot." in page
    assert "★★☆☆☆" in page


def test_a_post_with_one_version_shows_no_comparison(house: House) -> None:
    page = house.browser("Vera").get(f"/post/{house.waiting()}").text
    assert "<ins>" not in page
    assert "<del>" not in page
