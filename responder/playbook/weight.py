"""How heavy a matter is for the person who writes: death, illness, disability, a child in danger, tears. Pure."""

from __future__ import annotations

import re

from responder.reading.model import Text

_KIN = (
    r"(?:mama|mutter|mutti|papa|vater|vati|mann|frau|gatt\w+|oma|opa|omi|opi|gro(?:ß|ss)(?:mutter|vater|eltern)|sohn|tochter"
    r"|kind|bruder|schwester|partner(?:in)?|eltern|freund(?:in)?|er|sie)"
)
_DIED = r"(?:ge|ver)storben\w*|verstarb\w*|beerdigung|begräbnis|bestattung|todesfall|todesschein|hinterblieben\w*"
_DEATH = re.compile(
    rf"\b{_KIN}\b[^.!?\n]{{0,60}}\b(?:{_DIED})\b|\b(?:{_DIED})\b[^.!?\n]{{0,40}}\b{_KIN}\b|\bwitwer?\b", re.IGNORECASE
)
_LONG_AGO = re.compile(r"\bvor (?:\w+ )?\d+ jahren\b|\bvor (?:vielen|langen) jahren\b", re.IGNORECASE)
_HEAVY = re.compile(
    r"\b(?:krebs|chemo\w*|tumor\w*|morbus|epilep\w*|schlaganfall|herzinfarkt|notaufnahme|intensivstation|fehlgeburt"
    r"|behindert\w*|behinderung|schwerbehindert\w*|blind(?:e[nrm]?)?|gehörlos\w*|taub(?:e[nrm]?)?|pflegebedürftig\w*"
    r"|geweint|weinte|weinend|heulend|in tränen|unter tränen|todesangst|lebensgefahr|lebensgefährlich"
    r"|diskriminier\w*)\b",
    re.IGNORECASE,
)


def bereaved(text: Text) -> bool:
    """Whether somebody close to the writer has died, as he tells it himself."""
    said = f"{text.title}. {text.text}"
    found = _DEATH.search(said)
    return found is not None and not _LONG_AGO.search(found[0])


def grave(text: Text) -> bool:
    """Whether a sober, short tone is due: nothing about annoyance, no thanks for the hint, only the name at the end."""
    return bereaved(text) or _HEAVY.search(f"{text.title}. {text.text}") is not None
