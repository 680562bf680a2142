"""A profile in a line of JSON: what is taken, and what is refused with the key and what it may be."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gelassen.errors import WrongUse
from gelassen.profile_line import profile_from
from responder.profile import Profile

FULL = {
    "locale": "de-CH",
    "address": "du",
    "confidential": True,
    "contact_lock": True,
    "max_len": 300,
    "unit": "graphemes",
    "business": "Gasthof Ammann",
    "sector": "hotel",
    "signature": "Rosi Beck",
    "signature_style": "initials",
    "contact": "hallo@ammann.example",
    "second": "Ute Held, Leiterin Versand",
    "catalogue": ["ein Frühstück"],
    "region": "ZH",
    "today": "2026-11-23",
}


def test_every_key_of_a_profile_is_taken() -> None:
    expected = FULL | {"catalogue": ("ein Frühstück",), "today": date(2026, 11, 23)}
    profile = profile_from(FULL, {})
    assert {key: getattr(profile, key) for key in Profile.__dataclass_fields__} == expected


def test_given_keys_win_and_null_means_not_given() -> None:
    profile = profile_from({"locale": "de-AT", "business": None}, {"business": "Haus", "locale": "de-DE"})
    assert (profile.locale, profile.business) == ("de-AT", "Haus")


def test_an_unknown_key_is_named_with_all_that_are_known() -> None:
    with pytest.raises(WrongUse) as caught:
        profile_from({"locale": "de-CH", "adress": None}, {})
    said = str(caught.value)
    assert said.startswith("profile.adress is not a key of a profile")
    assert all(key in said for key in FULL)


@pytest.mark.parametrize(
    ("key", "value", "wanted"),
    [
        ("locale", "de", "one of de-DE, de-AT, de-CH, en, fr, it"),
        ("locale", ["de-DE"], "one of de-DE"),
        ("address", "ihr", "one of sie, du"),
        ("unit", "words", "one of chars, bytes, graphemes"),
        ("signature_style", "", "one of name, initials, team, none"),
        ("confidential", "nein", "true or false"),
        ("contact_lock", 1, "true or false"),
        ("signature", 5, "a text"),
        ("max_len", -1, "a whole number from 0 on"),
        ("max_len", 3.5, "a whole number from 0 on"),
        ("max_len", True, "a whole number from 0 on"),
        ("max_len", "300", "a whole number from 0 on"),
        ("max_len", float("inf"), "a whole number from 0 on"),
        ("max_len", float("nan"), "a whole number from 0 on"),
        ("catalogue", "ein Frühstück", "a list of texts"),
        ("catalogue", [1], "a list of texts"),
        ("today", 20261123, "a date like 2026-11-23"),
        ("today", "morgen", "a date like 2026-11-23"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_what_may_be(key: str, value: Any, wanted: str) -> None:
    with pytest.raises(WrongUse) as caught:
        profile_from({key: value}, {})
    assert str(caught.value).startswith(f"profile.{key} must be {wanted}")
    assert repr(value) in str(caught.value)


def test_a_moment_of_today_counts_as_its_day() -> None:
    assert profile_from({"today": "2026-11-23T08:00:00Z"}, {}).today == date(2026, 11, 23)
