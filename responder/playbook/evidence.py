"""What a reading is sure enough about to be named: matters that the trade knows, and topics with a complaint beside
them. A wrong matter is worse than none, so a topic word alone names nothing. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from responder.playbook.model import Matter, Voice
from responder.playbook.named import clauses
from responder.playbook.sectors import Sector
from responder.reading import lexicon
from responder.reading.model import Reading, Text
from responder.reading.normalise import fold

_CRITIQUE = re.compile(
    r"\b(?:leider(?! (?:so )?selten(?! noch| da\b| offen| frei| geöffnet)| nicht selbstverständlich)"
    r"|schade|abzug|einzig\w* (?:minus|kritik|wermut\w*|manko)|minuspunkt|verbesserungs\w*|unfortunately"
    r"|fehlt (?:mir|uns|noch|nur|leider)|könnten? (?:\w+ ){1,2}sein)\b"
    r"|(?:^|[.!?,;–]\s)(?:nur|einzig) (?:der|die|das|den|dem|ein\w*|war\w*|mit|bei|am|im)\b",
    re.IGNORECASE,
)
_BUT = re.compile(r"\b(?:aber|allerdings|jedoch|dafür|nur|einzig|but|however)\b", re.IGNORECASE)
_BEHIND_BUT = re.compile(
    r"\b(?:aber|jedoch|nur|einzig|but|however)\b([^.!?\n]{4,})|[^.!?\n]{4,}\ballerdings\b[^.!?\n]*", re.IGNORECASE
)
_FINE = re.compile(
    r"\b(?:gerne?|wieder|wert|trotzdem|dennoch|macht nichts|kein problem|egal|dafür|worth|still)\b", re.I
)
_DENIED = re.compile(r"\b(?:nicht|kein\w*|weniger|kaum|nie|not|no)\b", re.IGNORECASE)
_ENOUGH = 3
_ASKED = re.compile(r"[^.!?\n]{1,300}\?")
_IRONIC = "irony"


def named(keys: Iterable[str], voice: Voice, kind: str, sector: Sector) -> tuple[Matter, ...]:
    """The matters of one kind that this trade knows, without those that another one already says, details last."""
    known = voice.matters.get(kind, {})
    found = [known[key] for key in keys if key in known and sector.knows(key)]
    doubled = {key for matter in found for key in matter.covers}
    covered = {key for matter in found if matter.key not in doubled for key in matter.covers}
    left = sorted((matter for matter in found if matter.key not in covered), key=lambda matter: matter.second)
    return tuple({matter.key: matter for matter in left or found[:1]}.values())


def topic(reading: Reading, text: Text, voice: Voice, kind: str, sector: Sector) -> tuple[Matter, ...]:
    """The first topic with praise or complaint in the same sentence, as a matter of `kind`; at most one."""
    mood = "praise" if kind == "good_topic" else "complaint"
    for key in reading.topics:
        if key in voice.matters.get(kind, {}) and key not in sector.topics and _meant(key, mood, reading, text, voice):
            return (voice.matters[kind][key],)
    return ()


def is_ironic(reading: Reading) -> bool:
    """Whether the praise of this post is none."""
    return any(reason.label == _IRONIC for reason in reading.reasons)


def criticises(text: Text, share: float | None) -> bool:
    """Whether a post with good words also says what was missing: the fewer stars, the smaller the sign."""
    said = _ASKED.sub("", f"{text.title} {text.text}")
    if _CRITIQUE.search(said):
        return True
    if share is None or not _BUT.search(said):
        return False
    return share <= 0.6 or (share < 1 and any(_faults(match[1] or match[0]) for match in _BEHIND_BUT.finditer(said)))


def _faults(said: str) -> bool:
    """Whether what stands with a "but" takes something back: a bad or denied word in it, or no good one."""
    words = re.findall(r"[^\W\d_]+", said.lower())
    moods = [lexicon.load("de").weight(fold(word).text) for word in words]
    good = _FINE.search(said) or any(mood > 0 for mood in moods)
    bad = any(mood < 0 for mood in moods) or _DENIED.search(said)
    return len(words) >= _ENOUGH and bool(bad or not good)


def _meant(topic_key: str, mood: str, reading: Reading, text: Text, voice: Voice) -> bool:
    """Does one clause hold the topic and this mood, and no other?"""
    spans = [(reason.start, reason.end) for reason in reading.reasons if reason.label == topic_key]
    told = [
        clause
        for clause in clauses(reading, text, voice)
        if any(start < clause.end and clause.start < end for start, end in spans)
    ]
    if mood == "praise":
        return any(clause.praised and not clause.adverse for clause in told)
    return any(clause.blamed and not clause.praised for clause in told)
