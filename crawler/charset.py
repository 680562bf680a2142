"""Bytes to text by what the bytes are, not only by what a server or a page says they are.

Bytes that read as UTF-8 are UTF-8, whatever was announced: no other encoding looks like it by chance. A page that
announces UTF-8 and is not is taken for Windows-1252. A zero byte becomes a visible replacement character.
"""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE

from w3lib.encoding import html_to_unicode

HEAD = 1024
REPLACED = "\ufffd"


def decoded(body: bytes, content_type: str = "") -> str:
    """The text of a document; `content_type` is the HTTP header. Never raises."""
    wide = _sixteen_bit(body)
    if wide:
        text = body.decode(wide, "replace").removeprefix("\ufeff")
    else:
        text = _utf8(body) or _announced(body, content_type)
    return text.replace("\x00", REPLACED) if "\x00" in text else text


def _sixteen_bit(body: bytes) -> str:
    """UTF-16 by its mark, or by the zero bytes that every second place holds at the start."""
    if body.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16"
    head = body[:HEAD]
    if len(head) < 8 or b"\x00" not in head:
        return ""
    odd, even = head[1::2].count(0), head[0::2].count(0)
    enough = len(head) * 2 // 5
    return "utf-16-le" if odd > enough and not even else "utf-16-be" if even > enough and not odd else ""


def _utf8(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""


def _announced(body: bytes, content_type: str) -> str:
    text: str = html_to_unicode(content_type or None, body)[1]
    wrong = text.count(REPLACED)
    if wrong and wrong * 2 > sum(1 for character in text if character > "\x7f"):
        return body.decode("cp1252", "replace")
    return text
