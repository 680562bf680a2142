"""Values as people write them into tables: decimal commas, stars, words that say that there is nothing."""

from __future__ import annotations

import html
import re

from gelassen.exchange.lines import BadLine

NUMBER = r"\d{1,3}(?:[.,]\d{1,8})?"
SPELLED = (
    "one eins un une uno um een jeden bir один|two zwei deux due dos dois twee dwa iki два|"
    "three drei trois tre tres três drie trzy üç три|four vier quatre quattro cuatro quatro cztery dört четыре|"
    "five fünf cinq cinque cinco vijf pięć beş пять"
)
WORDS = {word: float(number) for number, words in enumerate(SPELLED.split("|"), 1) for word in words.split()}
NOTHING = re.compile(
    r"(?:n\W?a\W?|none|null|nan|undefined|unrated|[-–—.]+|(?:no|not|keine?|ohne|pas|sans|non|sin|sem|nessun[ao]?)\b[^\d]*)",
    re.IGNORECASE,
)
"""What people and programs write into a cell to say that there is nothing."""

EMPTY = re.compile(
    r"[nN]/[aA]|NA|n\.a\.|NaN|nan|[nN]one|null|NULL|undefined|[-–—]+|k\. ?A\."
    r"|(?i:not found|not available|no data|nicht gefunden|nicht verfügbar|keine angabe|keine daten|non trouvée?"
    r"|non disponible|non trovat[oa]|no encontrad[oa]|no disponible|não encontrad[oa]|nie znaleziono|brak danych"
    r"|bulunamadı|не найдено|нет данных)"
)
"""The same, where the cell could hold a sentence."""

UNIT = (
    r"(?:★|⭐|sterne?n?|stars?|punkte?n?|points?|pts|[ée]toiles?|stell[ae]|estrellas?|estrelas?|sterren|gwiazd\w*"
    r"|y[ıi]ld[ıi]z|зв[её]зд\w*|балл\w*|hvězd\w*|hviezd\w*|csillag|stele|tähteä|tähti|stjern\w*|stjärn\w*|bintang|sao"
    r"|αστέρια|星|별|점|点|분)"
)
RATING = re.compile(
    rf"(?:(?:[★⭐]|stars?-)\s*)?(?:[^\W\d]++[\s:.]*+){{0,3}}+\[?({NUMBER})\]?\s*(?:\s*{UNIT})?"
    rf"\s*(?:(?:/|von|of|out of|sur|sobre|su|de|di|uit|van)\s*({NUMBER}))?\s*(?:{UNIT})?"
    r"(?:\s*\([^\W\d]+\))?(?:\s*(?:rating|bewertung|bewertet))?\.?",
    re.IGNORECASE,
)
DIGIT = re.compile(r"\d")
LONGEST = 60
TOLD = re.compile(r"""<[^<>]*?\b(?:alt|aria-label|title|content)\s*=\s*(["'])([^"'<>]*)\1""", re.IGNORECASE)
CLASSED = re.compile(
    r"""<[^<>]*?\bclass\s*=\s*["'][^"']*?\b(?:stars?|sterne|rating)[-_](\d)(?:[-_.](\d))?(?![\w-])""", re.IGNORECASE
)
LONGEST_MARKUP = 2000
"""More than that around a mark is a text."""

TAG = re.compile(r"<[^<>]*>")


def rating(text: str) -> tuple[float, float | None] | None:
    """`4,5` · `★★★☆☆` · `4/5` · `8 von 10` · `4 Sterne` · `FOUR` as (rating, best or None); None for an empty cell.

    Raises `BadLine`.
    """
    cell = shown(text.strip())
    if not cell or NOTHING.fullmatch(cell):
        return None
    if cell.endswith("%") and re.fullmatch(NUMBER, cell[:-1].strip()):
        return _float(cell[:-1].strip()), 100.0
    if re.fullmatch(r"[★⭐☆✩\ufe0f\s]+", cell):
        full, empty = sum(map(cell.count, "★⭐")), sum(map(cell.count, "☆✩"))
        return float(full), float(full + empty) if empty else 5.0
    if cell.casefold().removesuffix(" stars") in WORDS:
        return WORDS[cell.casefold().removesuffix(" stars")], 5.0
    found = RATING.fullmatch(cell) if len(cell) <= LONGEST and DIGIT.search(cell) else None
    if not found:
        raise BadLine(f"{cell[:LONGEST]!r} is not a rating")
    return _float(found[1]), _float(found[2]) if found[2] else None


def shown(cell: str) -> str:
    """The mark that HTML shows: its words, else what a picture of stars is called; any other cell as it is."""
    if not cell.startswith("<") or len(cell) > LONGEST_MARKUP:
        return cell
    classed = (f"{found[1]}.{found[2] or 0}" for found in CLASSED.finditer(cell))
    told = (TAG.sub(" ", cell).strip(), *(html.unescape(found[2]).strip() for found in TOLD.finditer(cell)), *classed)
    return next((one for one in told if RATING.fullmatch(one)), cell)


def says_nothing(text: str) -> bool:
    """Whether a cell is filled with a word for nothing: `N/A`, `null`, `-`."""
    return bool(EMPTY.fullmatch(text))


def is_rating(text: str) -> bool:
    """Whether a cell holds a rating and nothing else."""
    try:
        return rating(text) is not None
    except BadLine:
        return False


def _float(text: str) -> float:
    return float(text.replace(",", "."))
