"""Asks the domain in a name like `@laden@example.org` which server the account lives on."""

from __future__ import annotations

from urllib.parse import quote

from crawler.guard import may_hold_secrets
from crawler.pages.values import join
from crawler.pages.webfinger import server
from crawler.spiders.source import SourceSpider, header

PLACE = "https://{domain}/.well-known/webfinger?resource={resource}"
MOVED = (301, 302, 303, 307, 308)
HOPS = 3
"""A domain whose server has another name usually sends the question on to it."""


async def server_of(spider: SourceSpider, account: str, domain: str) -> str:
    """Scheme and host of the account's server; empty if the domain does not say, which is no trouble.

    Nothing but the name is sent. No step may go unencrypted, for the answer decides who gets the token; only a source
    that is meant to be local is exempt.
    """
    told, local = spider.look.told(), spider.look.target.allow_private
    url = PLACE.format(domain=domain, resource=quote(f"acct:{account}@{domain}", safe=""))
    response = await spider.answer(url)
    for _ in range(HOPS):
        if response is None or response.status not in MOVED:
            break
        url = join(url, header(response, "Location"))
        response = await spider.answer(url) if may_hold_secrets(url, local=local) else None
    spider.look.forget(told)
    found = server(response.body) if response is not None and response.status == 200 else ""
    return found if may_hold_secrets(found, local=local) else ""
