"""A stand-in for what an owner's login sees: accounts and locations, checked against Google's own descriptions."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.peers.discovery import discovery
from tests.spiders.google import Checked, Tokens, error
from tests.spiders.site import Answer, Asked, Site

ACCOUNTS, LOCATIONS = discovery("mybusinessaccountmanagement.v1"), discovery("mybusinessbusinessinformation.v1")
MOST_ACCOUNTS, MOST_LOCATIONS = 20, 100


class Owner:
    """Locations by account. `refusals` are answered instead of an account's list."""

    def __init__(self, site: Site, tokens: Tokens) -> None:
        self.site, self.tokens = site, tokens
        self.accounts, self.locations = Checked(ACCOUNTS), Checked(LOCATIONS)
        self.held: dict[str, list[dict[str, Any]]] = {}
        self.refusals: dict[str, Answer] = {}
        site.pages["/v1/accounts?"] = self._list_accounts

    @property
    def problems(self) -> list[str]:
        """What Google would not understand, or not write like that."""
        return self.accounts.problems + self.locations.problems

    def account(self, number: str) -> None:
        """An account, still without locations."""
        self.held[number] = []
        self.site.pages[f"/v1/accounts/{number}/locations?"] = lambda asked: self._list_locations(asked, number)

    def location(self, account: str, number: str, title: str = "Café Lindner", **metadata: Any) -> None:
        """A location in an account."""
        if account not in self.held:
            self.account(account)
        where = {"regionCode": "AT", "postalCode": "1010", "locality": "Wien", "addressLines": ["Am Hof 3"]}
        known = {"placeId": f"ChIJ{number:0>20}", "mapsUri": f"https://maps.google.com/maps?cid={number}9"}
        seen = {"hasVoiceOfMerchant": True, "newReviewUri": f"https://search.google.com/local/writereview?x={number}"}
        self.held[account].append(
            {
                "name": f"locations/{number}",
                "title": title,
                "storefrontAddress": where,
                "metadata": known | seen | metadata,
            }
        )

    def _list_accounts(self, asked: Asked) -> Answer:
        if not self.tokens.accepts(asked):
            return error(401, "authError", "UNAUTHENTICATED")
        listed = [
            {"name": f"accounts/{number}", "accountName": "Rosi Beck", "type": "PERSONAL", "role": "PRIMARY_OWNER"}
            for number in self.held
        ]
        return self._page(self.accounts, asked, "accounts", listed, MOST_ACCOUNTS)

    def _list_locations(self, asked: Asked, account: str) -> Answer:
        if not self.tokens.accepts(asked):
            return error(401, "authError", "UNAUTHENTICATED")
        if account in self.refusals:
            return self.refusals[account]
        fields = parse_qs(urlsplit(asked.path).query).get("readMask", [""])[0].split(",")
        if set(fields) - set(LOCATIONS.schemas["Location"]["properties"]):
            return error(400, "badRequest", "INVALID_ARGUMENT")
        shown = [{key: value for key, value in one.items() if key in fields} for one in self.held[account]]
        return self._page(self.locations, asked, "locations", shown, MOST_LOCATIONS)

    def _page(self, checked: Checked, asked: Asked, key: str, listed: list[dict[str, Any]], most: int) -> Answer:
        query = {name: values[0] for name, values in parse_qs(urlsplit(asked.path).query).items()}
        start, size = int(query.get("pageToken", "0")), int(query["pageSize"])
        if size > most:
            return error(400, "badRequest", "INVALID_ARGUMENT")
        shown = listed[start : start + size]
        more = {"nextPageToken": str(start + size)} if start + size < len(listed) else {}
        return checked.answer(asked, ({key: shown} if shown else {}) | more)
