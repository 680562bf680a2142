"""Text that a program wrote in UTF-8 and another one read as something else: `GrÃ¶ÃŸe` for `Größe`."""

from __future__ import annotations

import re

SECOND = r"[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\xa0-\xbf]"
"""What the second byte of a letter looks like in the old code pages."""

TRACES = re.compile(rf"[ÂÃâðÐÑ]{SECOND}|(?<=[a-zà-öø-ÿ])[ÄÅ]{SECOND}|[ÄÅ]{SECOND}(?=[a-z])")
"""`Ä…` may be a letter and a sign, unless it stands within a word: `yakÄ±n`."""


def mended(text: str) -> str:
    """The text as it was written; the same text where nothing of the kind happened to it."""
    if not TRACES.search(text):
        return text
    for encoding in ("latin-1", "cp1252"):
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return text
