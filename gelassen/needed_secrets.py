"""Which credential lies nowhere, for the doctor: with its variable and without any value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from crawler.kinds import KINDS
from db.models import Channel, Source
from db.states import SourceState
from gelassen.accounts import needs_secret
from gelassen.secrets import READING, NoSecret, find_reading_secret, find_secret, variable

Finding = tuple[str, str] | None


def of_channels(channels: Iterable[Channel], environ: Mapping[str, str]) -> Finding:
    """The first channel whose secret cannot be found, and what to do."""
    for channel in filter(needs_secret, channels):
        try:
            find_secret(channel.secret, environ)
        except NoSecret as error:
            return f"Channel {channel.name}: {error}", f"export {variable(channel.secret)}_FILE=…"
    return None


def of_sources(sources: Iterable[Source], environ: Mapping[str, str]) -> Finding:
    """All watched sources whose credential for reading cannot be found, and what to do for the first."""
    watched = [source for source in sources if source.state != SourceState.PAUSED]
    found = [(source, told) for source in watched if (told := _lack(source, environ))]
    if not found:
        return None
    return "; ".join(f"{source.name}: {told[0]}" for source, told in found), found[0][1][1]


def _lack(source: Source, environ: Mapping[str, str]) -> Finding:
    kind = KINDS.get(source.kind)
    if source.secret:
        try:
            find_reading_secret(source.secret, environ)
        except NoSecret as error:
            return str(error), f"export {variable(source.secret, READING)}_FILE=…"
    elif kind and kind.credential and not kind.open:
        told = f"This can only be read with a credential ({kind.credential}), and the source names none."
        return told, f"gelassen source set {source.name} --secret {source.kind}"
    return None
