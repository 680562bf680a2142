"""The page's languages: gettext catalogues read from their .po files at start, without a compile step."""

from __future__ import annotations

from functools import cache
from gettext import NullTranslations
from pathlib import Path

from babel.messages.pofile import read_po

LOCALE_FOLDER = Path(__file__).parent / "locale"


def N_(message: str) -> str:
    """Mark a text in Python for translation; it is translated where it is shown."""
    return message


class Words(NullTranslations):
    """One language. A text that the catalogue lacks stays English."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        with file.open("rb") as lines:
            catalogue = read_po(lines, locale=file.stem)
        self.language = file.stem
        self.messages = {message.id: message.string for message in catalogue if message.id and message.string}

    def gettext(self, message: str) -> str:
        found = self.messages.get(message, message)
        return found if isinstance(found, str) else found[0]

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        found = self.messages.get((msgid1, msgid2), (msgid1, msgid2))
        return found[0 if n == 1 else 1]


@cache
def words(language: str) -> Words:
    """The catalogue of `language`; German when there is none."""
    file = LOCALE_FOLDER / f"{language}.po"
    return Words(file if file.is_file() and language.isalpha() else LOCALE_FOLDER / "de.po")


def preferred(header: str, available: tuple[str, ...], default: str) -> str:
    """The first language of an Accept-Language header that the page speaks."""
    for part in header.split(","):
        code = part.partition(";")[0].strip().lower().partition("-")[0]
        if code in available:
            return code
    return default
