"""From an address to a source: what stands there, how it is best read, and a sample to look at before saving.

It fetches, so it runs in a process of its own (`recognise` starts the reactor).
"""

from __future__ import annotations

from dataclasses import replace

from crawler.barred import barred
from crawler.items import Line, Page, Received, Target
from crawler.kinds import KINDS, claims
from crawler.look import Look
from crawler.run import Crawler, Limits, run_reactor
from crawler.spiders.scout import Found, ScoutSpider

SAMPLE_SIZE = 5

NOTHING = "Nothing on {address} can be read as reviews: no review markup, no WordPress comments, no feed."
NO_CREDENTIAL = "{kind} is read with {credential}. Give its name with --secret."


def recognise(
    pasted: str,
    *,
    kind: str = "",
    secret: str = "",
    allow_private: bool = False,
    delay_seconds: float = 0.5,
    limits: Limits | None = None,
) -> Found:
    """Find out what kind of source `pasted` is. Blocking, once per process; troubles stand in the notes.

    `kind`, if given, is the only one considered; `secret` is the credential for reading itself.
    """
    results: list[Found] = []
    trial = Target(0, "candidate", kind, pasted, allow_private, delay_seconds=delay_seconds, max_pages=1, secret=secret)

    async def main(crawler: Crawler) -> None:
        results.append(await examine(crawler, trial))

    run_reactor(main, Crawler(limits))
    return results[0]


async def examine(crawler: Crawler, trial: Target) -> Found:
    """The same inside a running reactor: the first candidate that shows posts, else the first that can be read.

    `trial.address` is what was pasted, `trial.kind` the only kind considered, if given.
    """
    notes: list[str] = []
    lines: list[Line] = []
    candidates = [Found.of(claim) for claim in claims(trial.address)]
    if not candidates:
        trial = replace(trial, address=web_address(trial.address))
        why = barred(trial.address)
        if why:
            return Found("", trial.address, problem=why)
        candidates, notes, lines = await _scout(crawler, trial)
    wanted = [candidate for candidate in candidates if trial.kind in ("", candidate.kind)]
    found = await _choose(crawler, trial, wanted, notes)
    found.lines = found.lines or lines
    return found


def web_address(pasted: str) -> str:
    """What was pasted as an address on the web: https, unless it says otherwise."""
    return pasted.strip() if "://" in pasted else f"https://{pasted.strip()}"


def describe(found: Found) -> str:
    """The kind in words, with its address."""
    return f"{KINDS[found.kind].label} {found.address}"


async def _scout(crawler: Crawler, trial: Target) -> tuple[list[Found], list[str], list[Line]]:
    """What the page at the address shows, what was in the way, and what was left of a page without posts."""
    candidates: list[Found] = []
    look = Look(replace(trial, kind=""), lambda _page: Received())
    await crawler.run(look, ScoutSpider, candidates=candidates)
    return candidates, list(look.report.errors), look.report.lines


async def _choose(crawler: Crawler, trial: Target, candidates: list[Found], notes: list[str]) -> Found:
    chosen: Found | None = None
    readable: Found | None = None
    for candidate in candidates:
        if chosen is not None:
            notes.append(f"Also there, but left: {describe(candidate)}.")
            continue
        errors = await _sample(crawler, trial, candidate)
        # a site's comments, though nobody has written yet, are what customers write; its feed is what the owner writes
        chosen = candidate if candidate.sample or (candidate.kind != "feed" and not errors) else None
        readable = readable or (None if errors else candidate)
        notes.extend(errors if candidate.sample or errors else [f"{describe(candidate)} has no posts yet."])
    found = chosen or readable
    if found is None:
        problem = NOTHING.format(address=trial.address) if not candidates else notes.pop(0)
        return Found(candidates[0].kind if candidates else "", trial.address, notes=notes, problem=problem)
    found.notes = [f"{describe(found)} is what will be watched.", *found.notes, *notes]
    return found


async def _sample(crawler: Crawler, trial: Target, candidate: Found) -> list[str]:
    """Fill the candidate's sample and settings by a look that stores nothing; return the look's errors."""
    kind = KINDS[candidate.kind]
    if kind.credential and not kind.open and not trial.secret:
        return [NO_CREDENTIAL.format(kind=f"{kind.label[:1].upper()}{kind.label[1:]}", credential=kind.credential)]

    def receive(page: Page) -> Received:
        candidate.sample = [*candidate.sample, *page.posts][:SAMPLE_SIZE]
        return Received(seen=len(page.posts))

    target = replace(
        trial, kind=candidate.kind, address=candidate.address, settings=candidate.settings | trial.settings
    )
    look = Look(target, receive, sessions=crawler.sessions)
    await crawler.run(look, kind.load())
    candidate.settings = candidate.settings | look.learned
    candidate.notes.extend(look.report.notes)
    candidate.lines = look.report.lines
    return look.report.errors
