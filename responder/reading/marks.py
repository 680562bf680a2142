"""Signs beside the words: smileys, links, marks, shouting, and talk of trains and buses, each under a name."""

from __future__ import annotations

import re

_SIGNS = {
    "smiles": r"(?<!\w)(?:[:;=]\s?['o-]?\s?[)\]DpP]|[xX][D)]|\^_?\^|<3)(?!\w)|[😀😃😄😁😂🤣😊😍🥰😘🙂😉👍❤♥🎉💪⭐]",
    "frowns": r"(?<!\w)[:=]\s?['-]?\s?[(\[/\\|](?![\w/])|[😡😠🤬😢😭☹🙁😞😤🙄👎💔🤮]",
    "exclaims": r"!",
    "exclaims_much": r"!!|!\?|\?!",
    "asks": r"\?",
    "links": r"https?\s?:|www\.",
    "shouts": r"\b[A-ZÄÖÜ]{4,}\b",
    "passes_on": r"\bRT\b",
    "several_people": r"@\w+.*@\w+",
    "trails_off": r"\.\.\.|…",
    "gives_stars": r"[★☆]|\b\d\s?(?:von|/)\s?(?:5|10)\b",
    "travels": r"(?i:bahnhof|bahnsteig|haltestelle|rolltreppe|barrierefrei|anzeigetafel|schaffner|fahrkarte"
    r"|\b(?:[su]-?|straßen|regional|eisen)?bahn(?:en)?\b|\b(?:z[uü]ge?n?s?|gleise?s?|bus(?:se|sen)?|aufz[uü]ge?n?)\b"
    r"|\bfahrg[aä]st|\b(?:hbf|tram|ice|db|sbb|öbb|bvg|mvg|hvv|vbb|kvb|vvs|rmv|vrr)\b)",
}
_EXPRESSIONS = {name: re.compile(sign, re.DOTALL) for name, sign in _SIGNS.items()}
_SHORT, _LONG = 60, 220


def marks(written: str) -> frozenset[str]:
    """The names of the signs in a text, and whether it is short or long."""
    found = {name for name, expression in _EXPRESSIONS.items() if expression.search(written)}
    size = "short" if len(written) < _SHORT else "long" if len(written) > _LONG else "middling"
    return frozenset({*found, size})
