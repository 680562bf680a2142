"""Which server keeps an account of the AT Protocol: from its handle to its DID, to its document, to the server.

A handle counts only if it leads to a DID whose document names the handle in turn. Whoever can write such a document
alone, or answer for a handle alone, gets no password.
"""

from __future__ import annotations

from dataclasses import dataclass

from crawler.explain import explain_status
from crawler.guard import may_hold_secrets
from crawler.pages.did import Identity, host_of_web, identity, is_did, is_handle, named
from crawler.spiders.api import site_of
from crawler.spiders.source import SourceSpider

NO_HANDLE = (
    "The credential of this source does not begin with the handle of an account. Write it anew as handle:password."
)


@dataclass(frozen=True, slots=True)
class Directory:
    """Where identities are asked for: `handles` one after the other, `plc` and `web` for the two kinds of DIDs.

    Bluesky's public interface comes first, because it also knows handles that stand in the DNS alone; the host of the
    handle itself answers where that does not.
    """

    handles: tuple[str, ...] = (
        "https://public.api.bsky.app/xrpc/com.atproto.identity.resolveHandle?handle={handle}",
        "https://{handle}/.well-known/atproto-did",
    )
    plc: str = "https://plc.directory/{did}"
    web: str = "https://{host}/.well-known/did.json"


async def residence(spider: SourceSpider, account: str, directory: Directory) -> Identity | None:
    """The identity behind a handle or DID, with its server; None after telling the look why nobody is there."""
    if is_did(account):
        found = await _document(spider, account, directory)
    elif is_handle(account):
        found = await _of_handle(spider, account.lower(), directory)
    else:
        spider.look.trouble(NO_HANDLE)
        return None
    if found is None or may_hold_secrets(found.server, local=spider.look.target.allow_private):
        return found
    spider.look.trouble(
        f"The account {account} names no server that keeps it and is reached by https. Nothing was sent."
    )
    return None


async def _of_handle(spider: SourceSpider, handle: str, directory: Directory) -> Identity | None:
    told, asked = spider.look.told(), set[str]()
    for address in directory.handles:
        did = await _named(spider, address.format(handle=handle))
        found = await _document(spider, did, directory) if did and did not in asked else None
        asked.add(did)
        if found is not None and handle in found.handles:
            spider.look.forget(told)
            return found
    if spider.look.told() == told:
        spider.look.trouble(f"No account proves to be {handle}. Check the handle in the credential of this source.")
    return None


async def _named(spider: SourceSpider, address: str) -> str:
    """The DID that stands at an address, empty if none does."""
    return named(await _body(spider, address) or b"")


async def _document(spider: SourceSpider, did: str, directory: Directory) -> Identity | None:
    host = host_of_web(did)
    body = await _body(spider, directory.web.format(host=host) if host else directory.plc.format(did=did))
    found = None if body is None else identity(body, did)
    if found is None and body is not None:
        spider.look.trouble(f"There is no document of the account {did}. Check the credential of this source.")
    return found


async def _body(spider: SourceSpider, address: str) -> bytes | None:
    """What stands at an address, nothing where nobody is known; None after telling the look about trouble."""
    response = await spider.answer(address)
    if response is None or response.status == 200:
        return None if response is None else response.body
    if response.status == 429 or response.status >= 500:
        spider.look.trouble(explain_status(site_of(response), response))
        return None
    return b""
