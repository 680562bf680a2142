"""Places that programs may not read, and what to do instead. Nothing here is a matter of trying harder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

FILES = "Export or save the reviews there and bring them in with `gelassen import FILE`"
MAIL = "let its notification mails go into a mailbox and watch that with `gelassen source add imaps://…`"
INSTEAD = f"{FILES}, or {MAIL}."


@dataclass(frozen=True, slots=True)
class Barred:
    """`hosts` is a pattern over host and path; `why` is the sentence for people."""

    hosts: str
    why: str


PLACES = (
    Barred(r"(.+\.)?facebook\.com/.*|fb\.com/.*", "Facebook gives the reviews of pages to no program any more."),
    Barred(r"(.+\.)?instagram\.com/.*", "Instagram shows comments to logged-in people only."),
    Barred(r"(.+\.)?(twitter|x)\.com/.*", "X sells every single look and forbids any other."),
    Barred(r"(.+\.)?linkedin\.com/.*", "LinkedIn forbids programs."),
    Barred(r"(.+\.)?kununu\.com/.*", "kununu has no way in for programs and guards its pages by captchas."),
    Barred(r"(.+\.)?jameda\.(de|ch|at)/.*", "jameda has no way in for programs."),
    Barred(r"(.+\.)?holidaycheck\.(de|ch|at|com)/.*", "HolidayCheck has no way in for programs."),
    Barred(r"(.+\.)?tripadvisor\.[a-z.]{2,6}/.*", "Tripadvisor forbids programs on its pages."),
    Barred(r"(.+\.)?yelp\.[a-z.]{2,6}/.*", "Yelp forbids programs on its pages."),
    Barred(r"(.+\.)?booking\.com/.*", "Booking.com forbids programs on its pages."),
    Barred(r"(.+\.)?airbnb\.[a-z.]{2,6}/.*", "Airbnb forbids programs on its pages."),
    Barred(r"(.+\.)?amazon\.[a-z.]{2,6}/.*", "Amazon forbids programs on its pages."),
    Barred(r"(.+\.)?ebay\.[a-z.]{2,6}/.*", "eBay forbids programs on its pages."),
    Barred(r"(.+\.)?(glassdoor|indeed)\.[a-z.]{2,6}/.*", "Job portals such as Glassdoor and Indeed forbid programs."),
    Barred(r"(.+\.)?xing\.com/.*", "XING forbids programs on its pages."),
    Barred(r"(.+\.)?tiktok\.com/.*", "TikTok gives comments to no program of a business."),
    Barred(r"(.+\.)?threads\.(net|com)/.*", "Threads gives replies only to programs that Meta has approved."),
    Barred(
        r"(www\.)?google\.[a-z.]{2,6}/(maps|search)\b.*|maps\.google\.[a-z.]{2,6}/.*|maps\.app\.goo\.gl/.*"
        r"|g\.(page|co)/.*|share\.google/.*|search\.google\.com/local/.*|business\.google\.com/.*",
        "Google forbids programs on its map and its search. As the owner, watch the Business Profile through Google's "
        "own interface: give the link once more with a credential (--secret).",
    ),
    Barred(
        r"play\.google\.com/.*",
        "Google forbids programs in its Play Store. As the owner of an app, give the link of the app.",
    ),
    Barred(
        r"(.+\.)?youtube\.com/.*|youtu\.be/.*",
        "YouTube's pages are not read by programs. Give the link of a video or of a channel.",
    ),
)


def barred(address: str) -> str:
    """Why the place at `address` is not read and what to do instead; empty when nothing is known against it."""
    parts = urlsplit(address if "://" in address else f"https://{address}")
    place = f"{(parts.hostname or '').lower()}{parts.path or '/'}"
    found = next((one for one in PLACES if re.fullmatch(one.hosts, place)), None)
    return f"{found.why} {INSTEAD}" if found else ""
