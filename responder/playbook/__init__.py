"""The business's voice: situations, sentences and matters as TOML files that it may change (docs/playbook.md)."""

from responder.playbook.check import check_playbook
from responder.playbook.grammar import GAP, Phrase, PhraseError, compile_phrase
from responder.playbook.load import load_playbook
from responder.playbook.model import Matter, Playbook, Problem, Voice

__all__ = [
    "GAP",
    "Matter",
    "Phrase",
    "PhraseError",
    "Playbook",
    "Problem",
    "Voice",
    "check_playbook",
    "compile_phrase",
    "load_playbook",
]
