"""Stars as a page draws them: characters, icons, a label for those who cannot see them, a class, a width."""

from __future__ import annotations

import re
from typing import Any

from crawler.pages.card_words import STARRY

DRAWN = re.compile(r"[★⭐☆✩✭✮🌟\ufe0f]+")
FULL, EMPTY = "★⭐🌟", "☆✩"
LABEL = re.compile(
    r"(?P<value>\d(?:[.,]\d{1,2})?)\s*(?:(?P<word>[^\W\d_]{3,12})\s+)?(?:von|out of|of|sur|su|de|na|van|z|ze|из|/)\s*"
    r"(?P<best>5|10)\b",
    re.IGNORECASE,
)
PLAIN = re.compile(
    r"(?P<value>\d(?:[.,]\d{1,2})?)[ -]*(?:stern\w*|stars?|[ée]toiles?"
    r"|stell[ae]|estrellas?|sterren|gwiazd\w*|звезд\w*|hv[ěe]zd\w*)",
    re.IGNORECASE,
)
IN_A_CLASS = re.compile(
    r"(?:^|\s)(?:\w+[-_])*(?:rating|stars?|sterne?|rate)[-_]?(?P<value>[0-5])(?:[-_.]?(?P<half>[05]))?(?=\s|$)"
)
WIDTH = re.compile(r"width\s*:\s*(\d{1,3}(?:\.\d+)?)\s*%")
ICON = re.compile(
    r"(?:^|[\s_-])(?:fa|bi|icon|glyphicon|mdi|dashicons|elementor|ti|star|ion)?[-_]*star(?:s|red)?(?:$|[\s_-])"
)
HALF = re.compile(r"half|halb")
HOLLOW = re.compile(
    r"(?:^|\s)(?:far|bi-star|fa-regular)(?:\s|$)|star-o\b|empty|leer|outline|inactive|\boff\b|gray|grey|muted"
)
SHOWN = ("aria-label", "title", "alt", "data-rating", "data-score", "data-stars")
MOST = 5.0


def stars(elements: list[Any]) -> dict[str, str] | None:
    """A Rating, as schema.org has it, of what these elements (of lxml) show; None where they show no stars."""
    for element in elements:
        found = _told(element)
        if found:
            return {"ratingValue": found[0], "bestRating": found[1], "worstRating": "1"}
    drawn = _drawn(elements)
    if not drawn or drawn > MOST:
        return None
    return {"ratingValue": f"{drawn:g}", "bestRating": "5", "worstRating": "1"}


def _told(element: Any) -> tuple[str, str] | None:
    """What a label, a class or a width says."""
    kind = element.get("class") or ""
    for name in SHOWN:
        label = (element.get(name) or "")[:80]
        if found := LABEL.search(label) or PLAIN.search(label):
            return found["value"].replace(",", "."), found.groupdict().get("best") or "5"
        if name.startswith("data-") and re.fullmatch(r"[1-5](?:[.,]\d)?", label):
            return label.replace(",", "."), "5"
    found = IN_A_CLASS.search(kind)
    if found and found["value"] != "0":
        return f"{found['value']}.{found['half'] or '0'}", "5"
    above = element.getparent()
    names = f"{kind} {above.get('class') or '' if above is not None else ''}"
    if (wide := WIDTH.search(element.get("style") or "")) and STARRY.search(names) and 0 < float(wide[1]) <= 100:
        return f"{float(wide[1]) / 20:g}", "5"
    return None


def _drawn(elements: list[Any]) -> float:
    """Characters in a row, or one icon beside the other, of which those that look unlike the first are not given."""
    rows = [row for element in elements if (row := "".join(DRAWN.findall(element.text or "")).replace("\ufe0f", ""))]
    whole = next((row for row in rows if len(row) > 1), "")
    if whole:
        return float(sum(map(whole.count, FULL))) if len(whole) <= MOST else 0.0
    icons = [icon for element in elements if (icon := _icon(element))]
    return _given(icons) if 1 < len(icons) <= MOST else 0.0


def _icon(element: Any) -> str:
    """How a single star looks, empty for what is none."""
    text, kind = (element.text or "").strip().replace("\ufe0f", ""), element.get("class") or ""
    above = element.getparent()
    around = (above.get("class") or "") if above is not None else ""
    if len(text) == 1 and text in FULL + EMPTY:
        return f"{kind} | {around}{' empty' if text in EMPTY else ''}" + f" {element.get('style') or ''}"
    return kind if element.tag in ("i", "span", "svg", "img") and not len(element) and ICON.search(kind) else ""


def _given(row: list[str]) -> float:
    if HOLLOW.search(row[0]) and len(set(row)) == 1 and "bi-star" not in row[0]:
        return 0.0
    halves = sum(1 for icon in row if HALF.search(icon))
    return sum(1 for icon in row if icon == row[0]) + halves / 2
