"""C10, F3, A2: address, spelling, signature, gaps, length, and no answer twice."""

from __future__ import annotations

from unicodedata import normalize

import pytest

from tests.tone.people import GOOD, answer, corrected, found, marked

SWISS = (
    "Grüezi, eine kalte Rösti, das tut uns leid. Ab heute prüft die Küche jeden Teller. Freundliche Grüße, Jana Brandt"
)


def test_sie_and_du_in_one_answer_block() -> None:
    text = answer("Ruf mich gern an, dann sehen wir uns deinen Sessel an.")
    findings = found(text, "C10")
    assert [(marked(text, f), f.severity) for f in findings] == [("deinen", "block")]


def test_the_wrong_address_for_the_page_is_a_warning() -> None:
    findings = found(GOOD, "C10", address="du")
    assert {f.severity for f in findings} == {"warn"}
    assert {marked(GOOD, f) for f in findings} == {"Sie", "Ihnen"}


def test_quoted_words_do_not_mix_the_address() -> None:
    assert found(answer("Sie schreiben „ihr liefert nie, sagt mir euren Chef“, das sitzt."), "C10") == []


def test_they_are_not_mistaken_for_the_formal_you() -> None:
    text = "Hallo, die Kollegen sind da. Sie prüfen deinen Sessel bis morgen, das tut mir leid. Jana Brandt"
    assert found(text, "C10", address="du") == []


def test_eszett_blocks_in_switzerland_and_becomes_ss() -> None:
    finding = found(SWISS, "C10", locale="de-CH")[0]
    assert (marked(SWISS, finding), finding.instead, finding.severity) == ("Grüße", "Grüsse", "block")
    assert found(SWISS, "C10") == []


@pytest.mark.parametrize(
    ("swiss", "german"), [("Grüsse", "Grüße"), ("regelmässig", "regelmäßig"), ("Strasse", "Straße")]
)
def test_swiss_spelling_is_pointed_out_in_germany(swiss: str, german: str) -> None:
    text = answer(f"Das Wort {swiss} fällt.")
    assert corrected(text, found(text, "C10")[0]) == answer(f"Das Wort {german} fällt.")
    assert found(text, "C10", locale="de-CH") == []


@pytest.mark.parametrize("word", ["dass", "muss", "besser", "Wasser", "lassen", "Adresse", "Interesse"])
def test_words_with_a_right_double_s_stay(word: str) -> None:
    assert found(answer(f"Das Wort {word} fällt."), "C10") == []


@pytest.mark.parametrize("gap", ["[…]", "[Datum]", "{name}", "{{ name }}", "___", "XXX", "<Name>", "TODO"])
def test_an_open_gap_blocks(gap: str) -> None:
    text = answer(f"Er kommt am {gap}.")
    assert [(marked(text, f), f.severity) for f in found(text, "C10")] == [(gap, "block")]


def test_a_missing_signature_is_offered() -> None:
    text = GOOD.removesuffix(" Jana Brandt")
    assert corrected(text, found(text, "C10")[0]) == GOOD


@pytest.mark.parametrize(
    ("ending", "better"),
    [
        ("Max Muster", "Jana Brandt"),
        ("Viele Grüße, Max Muster", "Viele Grüße, Jana Brandt"),
        ("Viele Grüße\nIhr Möbelteam", "Viele Grüße\nJana Brandt"),
        ("Mit freundlichen Grüßen", "Mit freundlichen Grüßen, Jana Brandt"),
    ],
)
def test_the_signature_takes_the_place_of_another_name(ending: str, better: str) -> None:
    text = GOOD.replace("Jana Brandt", ending)
    assert corrected(text, found(text, "C10")[0]) == GOOD.replace("Jana Brandt", better)


@pytest.mark.parametrize("mark", ["^JB", "/JB", "(jb)", "Viele Grüße, JB"])
def test_initials_sign_as_well(mark: str) -> None:
    assert found(GOOD.replace("Jana Brandt", mark), "C10", signature_style="initials") == []


def test_no_signature_is_asked_for_where_the_page_has_none() -> None:
    assert found(GOOD.removesuffix(" Jana Brandt"), "C10", signature_style="none") == []


def test_greeting_twice_is_found() -> None:
    text = GOOD.replace("Guten Tag,", "Hallo, guten Tag,")
    assert [marked(text, f) for f in found(text, "C10")] == ["guten Tag"]


@pytest.mark.parametrize(
    ("text", "unit", "limit", "fits"),
    [
        ("ää", "chars", 2, True),
        ("ää", "bytes", 4, True),
        ("ää", "bytes", 3, False),
        ("👨‍👩‍👧👨‍👩‍👧", "graphemes", 2, True),
        ("👨‍👩‍👧👨‍👩‍👧", "chars", 2, False),
        ("abc", "graphemes", 2, False),
    ],
)
def test_length_is_counted_as_the_outlet_counts(text: str, unit: str, limit: int, fits: bool) -> None:
    assert (found(text, "F3", unit=unit, max_len=limit) == []) is fits


def test_what_is_too_long_is_marked_from_where_it_no_longer_fits() -> None:
    finding = found("aé👨‍👩‍👧b", "F3", unit="bytes", max_len=4)[0]
    assert (finding.start, finding.end, finding.severity) == (2, 8, "block")


def test_the_length_counts_the_text_as_it_will_be_sent() -> None:
    apart = normalize("NFD", "ää")
    assert found(apart, "F3", max_len=2) != []
    assert found(apart, "F3", max_len=2, unit="graphemes") == []


def test_no_limit_means_no_limit() -> None:
    assert found(GOOD * 50, "F3") == []


def test_a_text_longer_than_any_outlet_takes_is_not_checked_to_its_end_and_says_so() -> None:
    findings = found(GOOD * 200, "F3")
    assert [(f.start, f.severity) for f in findings] == [(20_000, "block")]


@pytest.mark.parametrize("earlier", [GOOD, GOOD.upper(), GOOD.replace(", ", " – ")])
def test_an_answer_that_stands_on_the_page_already_blocks(earlier: str) -> None:
    assert [f.severity for f in found(GOOD, "A2", taken=frozenset({earlier}))] == ["block"]
    assert [f.severity for f in found(GOOD, "A2", history=(earlier,))] == ["block"]


def test_another_answer_on_the_page_does_not_matter() -> None:
    assert found(GOOD, "A2", taken=frozenset({GOOD.replace("Dienstag", "Mittwoch")})) == []
