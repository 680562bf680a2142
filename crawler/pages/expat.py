"""The SAX driver that feedparser is given: expat, which hands over a text as a whole and not in pieces.

By default every line and every `&lt;` is a piece of its own; a comment with mark-up has thirty of them.
"""

from __future__ import annotations

from typing import Any
from xml.sax.expatreader import ExpatParser


class WholeTexts(ExpatParser):
    """Expat with its buffer for texts turned on."""

    def reset(self) -> None:
        super().reset()
        parser: Any = self._parser  # type: ignore[attr-defined]
        parser.buffer_text = True


def create_parser() -> WholeTexts:
    """What `xml.sax.make_parser` asks a driver for."""
    return WholeTexts()
