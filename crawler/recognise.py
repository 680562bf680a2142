"""From an address to a source: what stands there, how it is best read, and a sample to look at before saving.

It fetches, so it runs in a process of its own (`recognise` starts the reactor).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from crawler.barred import INSTEAD, barred
from crawler.items import Page, Received, Target
from crawler.kind import Kind
from crawler.kinds import KINDS, claims, meant
from crawler.look import Look
from crawler.pages.places import Place
from crawler.pasted import no_address
from crawler.run import Crawler, run_reactor
from crawler.spiders.scout import Found, ScoutSpider

SAMPLE_SIZE = 5

NOTHING = (
    "Nothing on {address} can be read as reviews: no review markup, no comments, no feed. Is it the page on which the "
    "reviews themselves stand? If so, save it in the browser and bring it in with `gelassen import FILE`."
)
NOT_THAT = "{address} is not recognised as: {kind}. {rest}"
CHOOSE = "{kind}: say which place to watch. The credential can see {number} that may be meant:"
NO_PLACE = "{kind}: the credential can see no place at all. Does its login manage one?"
ONLY = "{place}: the only place that the credential can see."
LINKED = "{place}: the place of the link."
NO_CREDENTIAL = "{kind}: this can only be read with a credential. Give its name with --secret."


def recognise(
    pasted: str,
    *,
    kind: str = "",
    secret: str = "",
    allow_private: bool = False,
    settings: Mapping[str, Any] | None = None,
    delay_seconds: float = 0.5,
    crawler: Crawler | None = None,
) -> Found:
    """Find out what kind of source `pasted` is. Blocking, once per process; troubles stand in the notes.

    `kind`, if given, is the only one considered; `secret` is the credential for reading itself, `settings` win over
    what is found out.
    """
    trial = Target(0, "candidate", kind, pasted, allow_private, settings=dict(settings or {}),
                   delay_seconds=delay_seconds, max_pages=1, secret=secret)  # fmt: skip
    return _blocking(examine, trial, crawler)


def look_again(stored: Target, crawler: Crawler | None = None) -> Found:
    """Look at a source as it is stored, with all its settings. Blocking, once per process; nothing is stored."""
    return _blocking(examine_stored, replace(stored, cursor={}, max_pages=1), crawler)


def _blocking(find: Callable[[Crawler, Target], Awaitable[Found]], trial: Target, crawler: Crawler | None) -> Found:
    results: list[Found] = []

    async def main(running: Crawler) -> None:
        results.append(await find(running, trial))

    run_reactor(main, crawler)
    return results[0]


async def examine_stored(crawler: Crawler, stored: Target) -> Found:
    """What a source that is known already shows now; nothing about its kind is guessed anew."""
    if stored.kind not in KINDS:
        return Found(stored.kind, stored.address, problem=f"{stored.kind!r} is no kind that this version can read.")
    found = Found(stored.kind, stored.address, dict(stored.settings))
    errors = await _sample(crawler, stored, found)
    if errors and not found.sample:
        found.problem = errors.pop(0)
    found.notes[:0] = errors
    return found


async def examine(crawler: Crawler, trial: Target) -> Found:
    """The same inside a running reactor: the first candidate that shows posts, else the first that can be read.

    `trial.address` is what was pasted, `trial.kind` the only kind considered, if given.
    """
    candidates = [Found.of(claim) for claim in claims(trial.address)]
    if candidates:
        return await _choose(crawler, trial, candidates, [])
    kind = meant(trial.address)
    if kind and trial.kind in ("", kind.name):
        return await _offer(crawler, trial, kind)
    if why := no_address(trial.address) or barred(trial.address):
        return Found("", trial.address, problem=why)
    trial = replace(trial, address=web_address(trial.address))
    look, unread = Look(replace(trial, kind=""), lambda _page: Received()), list[str]()
    await crawler.run(look, ScoutSpider, candidates=candidates, unread=unread)
    if look.report.errors and not candidates:
        problem, *notes = [*look.report.errors, *look.report.notes]
        return Found("", trial.address, notes=notes, problem=problem, lines=look.report.lines)
    found = await _choose(crawler, trial, candidates, [*unread, *look.report.errors, *look.report.notes])
    found.lines = found.lines or look.report.lines
    return found


def web_address(pasted: str) -> str:
    """What was pasted as an address on the web: https, unless it says otherwise."""
    return pasted.strip() if "://" in pasted else f"https://{pasted.strip()}"


def describe(found: Found) -> str:
    """The kind in words, with its address."""
    return f"{KINDS[found.kind].title} {found.address}"


async def _offer(crawler: Crawler, trial: Target, kind: Kind) -> Found:
    """The place that is meant, if it is certain which; else those that the credential can see."""
    if not trial.secret:
        why = barred(trial.address) or NO_CREDENTIAL.format(kind=kind.title)
        return Found(kind.name, trial.address, problem=why, wants_credential=True)
    places, lister = list[Place](), kind.load_places()
    look = Look(replace(trial, kind=kind.name), lambda _page: Received(), sessions=crawler.sessions)
    await crawler.run(look, lister, places=places)
    fitting, told = lister.meant(trial.address, places), [*look.report.errors, *look.report.notes]
    if len(fitting) != 1 or (told and len(places) == 1):  # with troubles it may not be the only one
        return _to_choose(kind, trial.address, fitting or places, told)
    place, why = fitting[0], ONLY if len(places) == 1 else LINKED
    found = [Found.of(claim) for claim in claims(place.address)]
    found[0].notes += [why.format(place=place.title), *told]
    return await _choose(crawler, replace(trial, address=place.address), found, [])


def _to_choose(kind: Kind, pasted: str, places: Sequence[Place], told: list[str]) -> Found:
    if not places:
        problem, *notes = told or [NO_PLACE.format(kind=kind.title)]
        return Found(kind.name, pasted, notes=notes, problem=problem)
    problem = CHOOSE.format(kind=kind.title, number=len(places))
    return Found(kind.name, pasted, notes=told, problem=problem, choices=list(places))


async def _choose(crawler: Crawler, trial: Target, candidates: list[Found], errors: list[str]) -> Found:
    notes = list(errors)
    chosen: Found | None = None
    readable: Found | None = None
    wanted = [candidate for candidate in candidates if trial.kind in ("", candidate.kind)]
    for candidate in wanted:
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
        return _unreadable(trial, candidates, wanted, notes)
    found.notes = [f"{describe(found)} is what will be watched.", *found.notes, *notes]
    return found


def _unreadable(trial: Target, candidates: list[Found], wanted: list[Found], notes: list[str]) -> Found:
    """Why nothing can be watched: the best guess could not be read, or there is none."""
    if wanted:
        first = wanted[0]
        return replace(first, address=trial.address, problem=notes[0], notes=notes[1:])
    problem = NOTHING.format(address=trial.address)
    if trial.kind:
        others = "; ".join(describe(candidate) for candidate in candidates)
        rest = f"What is there: {others}." if others else "Leave --kind away to see what is there."
        problem = NOT_THAT.format(address=trial.address, kind=KINDS[trial.kind].label, rest=rest)
    return Found("", trial.address, notes=notes, problem=problem)


async def _sample(crawler: Crawler, trial: Target, candidate: Found) -> list[str]:
    """Fill the candidate's sample and settings by a look that stores nothing; return the look's errors."""
    kind = KINDS[candidate.kind]
    if kind.credential and not kind.open and not trial.secret:
        candidate.wants_credential = True
        return [NO_CREDENTIAL.format(kind=kind.title)]

    def receive(page: Page) -> Received:
        candidate.sample = [*candidate.sample, *page.posts][:SAMPLE_SIZE]
        return Received(seen=len(page.posts))

    target = replace(
        trial, kind=candidate.kind, address=candidate.address, settings=candidate.settings | trial.settings
    )
    look = Look(target, receive, sessions=crawler.sessions)
    await crawler.run(look, kind.load())
    candidate.settings = target.settings | look.learned
    candidate.wants_credential = look.wants_credential
    candidate.notes.extend(look.report.notes)
    if look.report.saw.wall:
        candidate.notes.append(INSTEAD)
    candidate.lines = look.report.lines
    return look.report.errors
