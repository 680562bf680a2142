"""Does the customer say Sie or Du?"""

from __future__ import annotations

import re

from responder.words import Address

SIE = re.compile(r"(?<![.!?:\n…\"„»] )(?<![.!?:\n…\"„»])(?<!^)\b(?:Sie|Ihnen|Ihre?[nmrs]?)\b")
SIE_FIRST = re.compile(
    r"\b(?:[Hh]aben|[Kk]önn(?:t)?en|[Ww]erden|[Ss]ind|[Ss]ollt?en|[Mm]üss(?:t)?en|[Bb]ieten|[Ll]iefern|[Mm]öchten|[Ww]ürden|"
    r"[Mm]elden|[Rr]ufen|[Ww]issen|[Gg]laub(?:t)?en|[Ff]ühren|[Ee]rstatten|[Nn]ehmen|[Ss]chicken|[Ss]chämen|[Hh]ätten|[Ll]assen|"
    r"[Aa]ntworten|[Ss]ehen|[Vv]ersprechen) Sie\b|\bSie (?:haben|können|sollten|müssen|sind|werden|hätten|bieten)\b(?! alle\b)"
)
DU = re.compile(
    r"\b(?:du|dich|dir|deine?[nmrs]?|euch|eure?[nmrs]?|eueren?)\b|"
    r"\b(?:habt|seid|könnt|könntet|wollt|macht|bietet|liefert|müsst|solltet|werdet|wisst|hättet|wärt|schickt|nehmt|"
    r"gebt|kümmert|antwortet|meldet|spinnt|lasst|kriegt|bekommt|verkauft|händ|hend|sit) ihr\b|"
    r"\bihr (?:habt|seid|könnt|solltet|macht|müsst|werdet|wollt|wart|hattet|bietet|seits|habts|Lieben|händ|hend|sit)\b|"
    r"\b(?:habts|seids|könnts|hesch|bisch|hender|händer|heit dir)\b",
    re.IGNORECASE,
)


def address(written: str) -> Address:
    """The form the customer uses towards the business; `none` when he uses neither."""
    formal = len(SIE.findall(written)) + len(SIE_FIRST.findall(written))
    familiar = len(DU.findall(written))
    if formal == familiar == 0:
        return "none"
    return "sie" if formal >= familiar else "du"
