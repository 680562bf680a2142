"""Is the post a question that wants an answer, rather than an outcry with a question mark?"""

from __future__ import annotations

import re

ASKING = re.compile(
    r"(?<!\w)(?:wer|wie|wann|wo|woher|wohin|welche\w*|was|wie ?viel|habt ihr|haben sie|gibt es|gibt's|kann man|kann ich|"
    r"koennen wir|darf man|darf ich|duerfen|ist es|ist das|ist der|ist die|sind die|seid ihr|sind sie|bietet ihr|bieten sie|"
    r"muss man|muss ich|brauche ich|liefert ihr|liefern sie|nehmt ihr|nehmen sie|hat (?:jemand|das|der|die)|weiss jemand|"
    r"hend ihr|haend ihr|habts|chame|do you|can (?:i|we|you)|is (?:there|it)|are (?:there|you)|what|when|where|how|does|"
    r"avez-vous|est-ce que|c'e|avete|quando|dove)\b(?:[^.!\n]|(?<=\d)\.){2,200}\?"
)
OUTCRY = re.compile(
    r"(?:was soll|wie kann (?:man|es|so)|wie (?:dumm|bloed|unfaehig|dreist|lange (?:noch|soll))|geht'?s noch|wollt ihr|"
    r"wozu|ernsthaft|was (?:denkt|glauben|faellt)|wer (?:braucht|tut sich|bezahlt sowas)|seriously|how dare|"
    r"warum|wieso|weshalb|wo (?:leben|sind) wir)"
)


def asks(folded: str, *, complains: bool) -> bool:
    """True for a real question. Within a complaint only where it is not an outcry."""
    match = ASKING.search(folded)
    return match is not None and not (complains and OUTCRY.search(match.group()))
