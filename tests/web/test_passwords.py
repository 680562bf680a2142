"""Passwords at their real cost."""

from __future__ import annotations

import time

import pytest
from argon2 import extract_parameters
from argon2.profiles import RFC_9106_LOW_MEMORY

from responder import passwords
from responder.passwords import MAX_LENGTH, WeakPassword, hash_password, matches, refuse_weak
from tests.web.conftest import PASSWORD

REAL_HASHER, REAL_NOBODY = passwords.hasher, passwords.NOBODY  # as imported, before any fixture makes them quick


@pytest.fixture
def real_cost(quick_passwords: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "hasher", REAL_HASHER)
    monkeypatch.setattr(passwords, "NOBODY", REAL_NOBODY)


def seconds(stored: str) -> float:
    """The processor time of one look at a wrong password."""
    begun = time.process_time()
    assert not matches(stored, "falsch falsch falsch")
    return time.process_time() - begun


def test_a_password_is_hashed_as_rfc_9106_recommends(real_cost: None) -> None:
    stored = hash_password(PASSWORD)
    assert extract_parameters(stored) == RFC_9106_LOW_MEMORY
    assert matches(stored, PASSWORD)


def test_an_unknown_name_costs_as_much_as_a_wrong_password(real_cost: None) -> None:
    assert extract_parameters(REAL_NOBODY) == RFC_9106_LOW_MEMORY
    unknown, wrong = seconds(""), seconds(hash_password(PASSWORD))
    assert 0.2 < unknown / wrong < 5


def test_the_same_password_is_never_stored_alike() -> None:
    assert hash_password(PASSWORD) != hash_password(PASSWORD)


def test_nobody_has_no_password() -> None:
    assert not matches("", "")
    assert not matches("", PASSWORD)


def test_a_broken_hash_matches_nothing() -> None:
    assert not matches("$argon2id$nonsense", PASSWORD)


@pytest.mark.parametrize(
    "password", ["kurz", "x" * (MAX_LENGTH + 1), "aaaaaaaaaaaaaa", "annaannaanna12!", "passwort1234"]
)
def test_a_weak_password_is_refused(password: str) -> None:
    with pytest.raises(WeakPassword):
        refuse_weak(password, "Anna")
