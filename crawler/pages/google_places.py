"""Accounts and locations of Google Business Profiles as their owners may list them. Bytes in, places out.

Links of Google's map and search carry the number of a place (cid) or its place id; the interface names both.
"""

from __future__ import annotations

import re
from typing import Any

from crawler.pages.answer import json_of
from crawler.pages.fields import at, id_at, sparse_list, text_at
from crawler.pages.google import next_page
from crawler.pages.places import Place, PlacesRead
from crawler.text import one_line

BESIDE = frozenset({"nextPageToken", "totalSize"})
ACCOUNT = re.compile(r"accounts/[0-9]+")
NUMBER = re.compile(r"\b(?:lud)?o?cid=(\d{1,20})\b", re.IGNORECASE)
HEXADECIMAL = re.compile(r"0x[0-9a-f]{1,16}(?::|%3A)0x([0-9a-f]{1,16})(?![0-9a-f])", re.IGNORECASE)
PLACE_ID = re.compile(r"(?<![a-z])place_?id(?:=|:|%3A)([\w-]{10,200})", re.IGNORECASE)
UNVERIFIED = "not verified at Google yet, so without reviews here"


def accounts(body: bytes, url: str) -> tuple[list[str], str]:
    """The names of the accounts (`accounts/1`) and where their list goes on. Raises `NotAsExpected`."""
    answer = json_of(body)
    names = [id_at(account, "name") for account in sparse_list(answer, "accounts", BESIDE)]
    return [name for name in names if ACCOUNT.fullmatch(name)], next_page(url, "pageToken", answer, "nextPageToken")


def locations(body: bytes, url: str, account: str) -> PlacesRead:
    """The locations of an account. Raises `NotAsExpected`."""
    answer = json_of(body)
    listed = [_place(account, location) for location in sparse_list(answer, "locations", BESIDE) if _number(location)]
    return PlacesRead(listed, next_page(url, "pageToken", answer, "nextPageToken"))


def marks(link: str) -> frozenset[str]:
    """The number and the place id that a pasted link carries."""
    numbers = {*NUMBER.findall(link), *(str(int(found, 16)) for found in HEXADECIMAL.findall(link))}
    return frozenset({*numbers, *PLACE_ID.findall(link)})


def _place(account: str, location: dict[str, Any]) -> Place:
    where = at(location, "storefrontAddress")
    lines = at(where, "addressLines")
    town = f"{text_at(where, 'postalCode')} {text_at(where, 'locality')}".strip()
    street = [line for line in lines if isinstance(line, str)] if isinstance(lines, list) else []
    seen = at(location, "metadata", "hasVoiceOfMerchant") is not False
    parts = [text_at(location, "title"), *street, town, "" if seen else UNVERIFIED]
    known = marks(text_at(location, "metadata", "mapsUri")) | {id_at(location, "metadata", "placeId")}
    return Place(
        f"google-business:{account}/locations/{_number(location)}",
        one_line(", ".join(filter(None, parts))),
        known - {""},
    )


def _number(location: dict[str, Any]) -> str:
    """The number in a location's name (`locations/2`), empty for another name."""
    kind, _, number = id_at(location, "name").partition("/")
    return number if kind == "locations" and number.isdecimal() and number.isascii() else ""
