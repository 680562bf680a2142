"""Every text of the page that needs a translation, read out of templates and code."""

from __future__ import annotations

from pathlib import Path

from babel.messages.extract import extract_from_dir, extract_from_file

ROOT = Path(__file__).parents[2]
WEB = ROOT / "responder" / "web"
ERRORS = (ROOT / "responder" / "people.py", ROOT / "responder" / "passwords.py")

METHODS = [("**.py", "python"), ("**.html", "jinja2.ext:babel_extract")]
OPTIONS = {"**.html": {"extensions": "jinja2.ext.i18n", "trim_blocks": "true", "lstrip_blocks": "true"}}
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}

Message = str | tuple[str, str]


def extracted() -> list[Message]:
    """All message ids in the order of their first appearance, plurals as pairs."""
    found: dict[Message, None] = {}
    for one in extract_from_dir(str(WEB), METHODS, OPTIONS, keywords=KEYWORDS):
        message = one[2]
        found[message if isinstance(message, str) else (message[0], message[1])] = None
    for file in ERRORS:
        for _line, message, _comments, _context in extract_from_file(
            "python", str(file), keywords={"PeopleError": None, "WeakPassword": None}
        ):
            found[str(message)] = None
    return list(found)
