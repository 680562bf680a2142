"""Does a post speak to a machine? Such a post is never given to one. Pure."""

from __future__ import annotations

import re
import unicodedata

_HIDDEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\U000e0000-\U000e007f]")
_MARKUP = re.compile(
    r"```|<!--|<\|\w+|<\w+[^<>]*>|\[/?INST\]|\{\{|\{%|\]\(https?:|^---$|\"?role\"?\s*[:=]|^#{1,6}\s", re.MULTILINE
)
_ENCODED = re.compile(r"[A-Za-z0-9+/=_-]{40,}")
_SPEAKER = re.compile(
    r"\b(?:system|assistant|assistent|user|developer|response|antwort|reply|answer)(?: \w+){0,4} ?:|\bprompt\b", re.I
)
_ORDER = re.compile(
    r"\b(?:ignor\w+|vergiss|vergessen sie|forget|disregard|override|dekodier\w*|decode|befolg\w*)\b"
    r"|\b(?:you are now|du bist (?:jetzt|nun|ein)|sie sind (?:jetzt|nun) ein|act as|pretend|tu so als"
    r"|oubli\w+ (?:les|tes)|ignora|dimentica)\b"
    r"|\b(?:anweisung\w*|(?:previous|prior|above|new|your|all) instruction\w*|istruzion\w*|consigne\w*)\b"
    r"|\b(?:aufgabe lautet|neue (?:regel|aufgabe))\b"
    r"|\b(?:antwort\w*|schreib\w*|nenn\w*|übersetz\w*|wiederhol\w*|reply|respond|write|repeat|translate|output|include"
    r"|répond\w*|écri\w*|rispond\w*|scriv\w*)\b[^.!?\n]{0,60}"
    r"(?:\bals antwort\b|\bnur (?:mit|damit)\b|\bwörtlich\b|\bexakt\b|\böffentlich mit\b|\bexactly\b|\bword for word\b"
    r"|\bfollowing\b|\bfolgende\w*\b|\bverbatim\b|\bmot pour mot\b|\btestualmente\b|:)"
    r"|\b(?:in|into) (?:die|ihre|eure|your|the) (?:antwort|reply|answer)\b|\ban die ki\b"
    r"|\b(?:language model|sprachmodell|chatgpt|gpt|llm|chatbot)\b|\bfreigegeben\b"
    r"|\bbestätigen sie (?:das|dies) hier\b",
    re.IGNORECASE,
)


def speaks_to_a_machine(text: str) -> bool:
    """Whether anything in a post looks like an order to whoever words the answer. Too many rather than too few."""
    if _HIDDEN.search(text):
        return True
    plain = unicodedata.normalize("NFKC", text)
    if plain != text and _letters(plain) != _letters(text):
        return True
    return any(sign.search(plain) for sign in (_MARKUP, _ENCODED, _SPEAKER, _ORDER))


def _letters(text: str) -> str:
    """The text without signs whose plain form differs for harmless reasons, such as "…" and "½"."""
    return "".join(sign for sign in text if sign.isalpha())
