"""What a reading is sure enough about to be named: matters that the trade knows, and topics with a complaint beside
them. A wrong matter is worse than none, so a topic word alone names nothing. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from responder.playbook.model import Matter, Voice
from responder.playbook.sectors import Sector
from responder.reading.model import Reading, Text

_SENTENCE_END = re.compile(r"[.!?\n]")
_DENIAL = re.compile(r"\b(?:nicht|nie|kein\w*|ohne|leider|not|never|no)\b", re.IGNORECASE)
_CRITIQUE = re.compile(
    r"\b(?:leider|schade|abzug|einzig\w* (?:minus|kritik|wermut\w*|manko)|minuspunkt|verbesserungs\w*|unfortunately)\b",
    re.IGNORECASE,
)
_BUT = re.compile(r"\b(?:aber|allerdings|jedoch|dafür|nur|but|however)\b", re.IGNORECASE)
_IRONIC = "irony"


def named(keys: Iterable[str], voice: Voice, kind: str, sector: Sector) -> tuple[Matter, ...]:
    """The matters of one kind that this trade knows, without those that another one already says, details last."""
    known = voice.matters.get(kind, {})
    found = [known[key] for key in keys if key in known and sector.knows(key)]
    covered = {key for matter in found for key in matter.covers}
    left = sorted((matter for matter in found if matter.key not in covered), key=lambda matter: matter.second)
    return tuple({matter.key: matter for matter in left or found[:1]}.values())


def topic(reading: Reading, text: Text, voice: Voice, kind: str, sector: Sector) -> tuple[Matter, ...]:
    """The first topic with praise or complaint in the same sentence, as a matter of `kind`; at most one."""
    mood = "praise" if kind == "good_topic" else "complaint"
    for key in reading.topics:
        if key in voice.matters.get(kind, {}) and key not in sector.topics and _meant(key, mood, reading, text):
            return (voice.matters[kind][key],)
    return ()


def is_ironic(reading: Reading) -> bool:
    """Whether the praise of this post is none."""
    return any(reason.label == _IRONIC for reason in reading.reasons)


def criticises(text: Text, share: float | None) -> bool:
    """Whether a post with good words also says what was missing: the fewer stars, the smaller the sign."""
    said = f"{text.title} {text.text}"
    if _CRITIQUE.search(said):
        return True
    return share is not None and share <= 0.6 and bool(_BUT.search(said))


def _meant(topic_key: str, mood: str, reading: Reading, text: Text) -> bool:
    """Does one sentence hold both the topic and the mood?"""
    for reason in reading.reasons:
        if reason.label != topic_key:
            continue
        start, end = _sentence(text, reason.start, reason.end)
        beside = [r for r in reading.reasons if r.label == mood and r.start < end and start < r.end]
        if beside or (mood == "complaint" and _DENIAL.search(text.text, start, end)):
            return True
    return False


def _sentence(text: Text, start: int, end: int) -> tuple[int, int]:
    before = [match.end() for match in _SENTENCE_END.finditer(text.text, 0, start)]
    after = _SENTENCE_END.search(text.text, end)
    return before[-1] if before else 0, after.start() if after else len(text.text)
