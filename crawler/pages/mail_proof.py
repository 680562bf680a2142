"""Whether a mail proves that a platform sent it: what the own mail server wrote down when the mail arrived (RFC 8601).

Anybody can put an `Authentication-Results` field into a mail. Only the topmost one counts, and only if it names the
own mail server: the `authserv` of the source's settings, else the server of the last hop. With `authserv` every field
of that server counts, because the checks for DKIM and DMARC often write one each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawler.pages.mail_parts import Mail
from crawler.pages.mail_rules import Rule

METHOD = re.compile(r"\s*(dkim|dmarc|spf)\s*=\s*([a-z]+)\b", re.IGNORECASE)
SIGNER = re.compile(r"\bheader\.(?:d|i)\s*=\s*@?([\w.@+-]+)", re.IGNORECASE)
AUTHOR = re.compile(r"\bheader\.from\s*=\s*([\w.-]+)", re.IGNORECASE)
BY = re.compile(r"\bby\s+([\w-]+(?:\.[\w-]+)*\.[a-z][\w-]+)\b", re.IGNORECASE)
HOPS = 2
"""A mail server often passes a mail on inside, without a name, before it is filed; no more than this is looked past."""


def doubt(mail: Mail, rule: Rule, authserv: str = "") -> str:
    """Why it is not proven that the platform sent the mail, as the end of a sentence; empty if it is.

    Proof is that the own server found a valid DKIM signature of the platform, or that DMARC passes for its domain.
    """
    own = list(_own(mail, authserv))
    if any(_passes(statement, rule) for field in own for statement in field[1:]):
        return ""
    if own:
        return f"{own[0][0]} does not say that DKIM or DMARC passed for {', '.join(rule.domains)}"
    if not mail.results:
        return "the mail has no field Authentication-Results"
    wanted = authserv or last_hop(mail.received) or "a server that is named in the topmost field Received"
    return f"its field Authentication-Results is of {_statements(mail.results[0])[0] or 'nobody'}, not of {wanted}"


def _own(mail: Mail, authserv: str) -> Iterator[Sequence[str]]:
    """The fields of the own mail server: its name, then its statements."""
    fields = [_statements(field) for field in mail.results]
    if authserv:
        yield from (field for field in fields if field[0] == authserv.lower())
        return
    host = last_hop(mail.received)
    if fields and host and _site(fields[0][0]) == _site(host):
        yield fields[0]


def last_hop(received: Sequence[str]) -> str:
    """The host that took the mail in last, by name; empty if none is named."""
    for field in received[:HOPS]:
        named = BY.search(_bare(field))
        if named:
            return named.group(1).lower()
    return ""


def _statements(field: str) -> list[str]:
    """The server's name and its statements, without comments and quoted values, which a sender can fill at will."""
    server, *statements = _bare(field).split(";")
    name = server.split()
    return [name[0].lower() if name else "", *statements]


def _bare(field: str) -> str:
    """The field without comments and quoted strings."""
    kept: list[str] = []
    depth, quoted, skip = 0, False, False
    for char in field:
        if skip:
            skip = False
        elif char == "\\":
            skip = True
        elif char == '"' and not depth:
            quoted = not quoted
        elif not quoted and char in "()":
            depth = max(0, depth + (1 if char == "(" else -1))
        elif not quoted and not depth:
            kept.append(char)
    return "".join(kept)


def _passes(statement: str, rule: Rule) -> bool:
    method = METHOD.match(statement)
    if method is None or method.group(2).lower() != "pass" or method.group(1).lower() == "spf":
        return False  # SPF alone speaks of the envelope, not of the sender that people see
    named = (SIGNER if method.group(1).lower() == "dkim" else AUTHOR).search(statement)
    return named is not None and rule.owns(named.group(1).rpartition("@")[2])


def _site(host: str) -> str:
    """The part of a host name that one owner has: two labels, three below short ones such as co.uk."""
    labels = host.rstrip(".").split(".")
    return ".".join(labels[-3:] if len(labels) > 2 and len(labels[-2]) <= 3 else labels[-2:])
