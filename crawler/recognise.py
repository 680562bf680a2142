"""From an address to a source: what stands there, how it is best read, and a sample to look at before saving.

It fetches, so it runs in a process of its own (`recognise` starts the reactor).
"""

from __future__ import annotations

from crawler.items import Page, Received, Target
from crawler.kinds import KINDS
from crawler.look import Look
from crawler.run import Crawler, Limits, run_reactor
from crawler.spiders.scout import Found, ScoutSpider

SAMPLE_SIZE = 5


def recognise(
    address: str, *, allow_private: bool = False, delay_seconds: float = 0.5, limits: Limits | None = None
) -> Found:
    """Find out what kind of source `address` is. Blocking, once per process; troubles stand in the notes."""
    results: list[Found] = []

    async def main(crawler: Crawler) -> None:
        results.append(await examine(crawler, address, allow_private=allow_private, delay_seconds=delay_seconds))

    run_reactor(main, Crawler(limits))
    return results[0]


async def examine(crawler: Crawler, address: str, *, allow_private: bool, delay_seconds: float = 0.5) -> Found:
    """The same inside a running reactor: the first candidate that shows posts, else the first that can be read."""
    candidates: list[Found] = []
    target = Target(0, "candidate", "", address, allow_private, delay_seconds=delay_seconds, max_pages=1)
    look = Look(target, lambda _page: Received())
    await crawler.run(look, ScoutSpider, candidates=candidates)
    notes = list(look.report.errors)
    chosen: Found | None = None
    readable: Found | None = None
    for candidate in candidates:
        if chosen is not None:
            notes.append(f"Also there, but left: {describe(candidate)}.")
            continue
        errors = await _sample(crawler, target, candidate)
        # a site's comments, though nobody has written yet, are what customers write; its feed is what the owner writes
        chosen = candidate if candidate.sample or (candidate.kind != "feed" and not errors) else None
        readable = readable or (None if errors else candidate)
        notes.extend(errors if candidate.sample or errors else [f"{describe(candidate)} has no posts yet."])
    found = chosen or readable or Found("schema_org", address)
    verdict = f"{describe(found)} is what will be watched." if chosen or readable else NOTHING.format(address=address)
    found.notes = [verdict, *found.notes, *notes]
    return found


NOTHING = "Nothing on {address} can be read as reviews: no review markup, no WordPress comments, no feed."


def describe(found: Found) -> str:
    """The kind in words, with its address."""
    return f"{KINDS[found.kind].label} {found.address}"


async def _sample(crawler: Crawler, target: Target, candidate: Found) -> list[str]:
    """Fill the candidate's sample by a look that stores nothing; return the look's errors."""

    def receive(page: Page) -> Received:
        candidate.sample = [*candidate.sample, *page.posts][:SAMPLE_SIZE]
        return Received(seen=len(page.posts))

    trial = Target(
        0,
        target.name,
        candidate.kind,
        candidate.address,
        target.allow_private,
        settings=candidate.settings,
        delay_seconds=target.delay_seconds,
        max_pages=1,
    )
    report = await crawler.crawl(trial, receive)
    return report.errors
