"""What is signed with a credential stands up to the public key; what is no credential is said without quoting it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest

from crawler.credentials import BadCredential, GoogleLogin, ServiceAccount, apple, google
from tests.spiders.keys import apple_key, apple_pair, google_login, google_pair, service_account

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
SCOPE = "https://www.googleapis.com/auth/androidpublisher"
TOKENS = "https://oauth2.googleapis.com/token"
STILL = {"verify_exp": False, "verify_iat": False}


def assertion(**changes: str) -> str:
    return google(service_account(**changes)).form(SCOPE, TOKENS, NOW)["assertion"]


def opened(token: str, key: str, algorithm: str, audience: str) -> dict[str, Any]:
    opened: dict[str, Any] = jwt.decode(token, key, [algorithm], audience=audience, options=STILL)
    return opened


def test_an_assertion_for_google_is_signed_by_the_account() -> None:
    claims = opened(assertion(), google_pair().public, "RS256", TOKENS)
    assert (claims["iss"], claims["scope"]) == ("leser@lindner.iam.gserviceaccount.com", SCOPE)
    assert jwt.get_unverified_header(assertion()) == {"alg": "RS256", "typ": "JWT", "kid": "k1"}


def test_an_assertion_for_google_is_never_from_the_future_and_lasts_an_hour() -> None:
    claims = opened(assertion(), google_pair().public, "RS256", TOKENS)
    assert claims["iat"] == (NOW - timedelta(minutes=1)).timestamp()
    assert claims["exp"] - claims["iat"] == 3600


def test_an_assertion_is_for_the_place_that_is_asked_not_for_one_in_the_key() -> None:
    elsewhere = assertion(token_uri="https://boese.example/token")
    assert opened(elsewhere, google_pair().public, "RS256", TOKENS)["aud"] == TOKENS


def test_another_key_did_not_sign_it() -> None:
    with pytest.raises(jwt.InvalidSignatureError):
        opened(assertion()[:-8] + "AAAAAAAA", google_pair().public, "RS256", TOKENS)


def test_a_login_is_refreshed_by_its_token() -> None:
    login = google(google_login())
    assert isinstance(login, GoogleLogin)
    assert login.form(SCOPE, TOKENS, NOW) == {
        "grant_type": "refresh_token", "client_id": "c1", "client_secret": "geheim", "refresh_token": "auffrischen",
    }  # fmt: skip


def test_a_login_may_hold_the_client_as_the_console_gives_it_out() -> None:
    given = {"installed": {"client_id": "c1", "client_secret": "geheim"}, "refresh_token": "auffrischen"}
    assert google(json.dumps(given)) == google(google_login())


def test_a_token_for_apple_is_signed_and_lasts_twenty_minutes() -> None:
    token, until = apple(apple_key()).token(NOW)
    claims = opened(token, apple_pair().public, "ES256", "appstoreconnect-v1")
    assert claims["iss"] == "57246542-96fe"
    assert claims["exp"] - claims["iat"] == 20 * 60
    assert claims["exp"] == until.timestamp()
    assert jwt.get_unverified_header(token) == {"alg": "ES256", "typ": "JWT", "kid": "2X9R4HXF34"}


def test_a_key_may_have_its_line_breaks_written_as_such() -> None:
    raw = apple_key().replace("\\n", "\n")
    assert apple(raw) == apple(apple_key())


@pytest.mark.parametrize(
    "secret", ["", "geheim", "[1]", "{}", '{"client_email": "a"}', '{"client_id": 1}', "[" * 100_000]
)
def test_what_is_no_credential_is_said_without_quoting_it(secret: str) -> None:
    for read in (google, apple):
        with pytest.raises(BadCredential, match="The credential of this source is") as told:
            read(secret)
        assert told.value.__cause__ is None
        assert "geheim" not in str(told.value)


@pytest.mark.parametrize("key", ["", "streng geheim", apple_pair().private, google_pair().public])
def test_a_key_that_cannot_sign_for_google_is_said(key: str) -> None:
    with pytest.raises(BadCredential, match="private key in the credential"):
        assertion(private_key=key)


@pytest.mark.parametrize("key", ["", "streng geheim", google_pair().private, apple_pair().public])
def test_a_key_that_cannot_sign_for_apple_is_said(key: str) -> None:
    with pytest.raises(BadCredential, match="private key in the credential"):
        apple(apple_key(private_key=key)).token(NOW)


def test_no_key_stands_in_what_a_log_would_show() -> None:
    shown = f"{google(service_account())} {google(google_login())} {apple(apple_key())}"
    assert not any(hidden in shown for hidden in ("PRIVATE KEY", "geheim", "auffrischen"))
    assert isinstance(google(service_account()), ServiceAccount)
