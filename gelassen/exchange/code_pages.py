"""The code page of a file that is no UTF-8: the one in which its bytes make words, decided once for the whole file."""

from __future__ import annotations

LOOKED_AT = 200_000
"""So many bytes tell; the rest is read alike."""

ALPHABETS = (
    ("cp1252", "äöüßéèàâêëîïôûùçœæñ"),
    ("cp1252", "áàâãçéêíóôõúüñìòèù"),
    ("cp1252", "åäöæøéüß"),
    ("cp1252", "áðéíóúýþæö"),
    ("cp1254", "çğıöşüâîûi̇"),
    ("cp1250", "ąćęłńóśźż"),
    ("cp1250", "áčďéěíňóřšťúůýžäôĺľŕ"),
    ("cp1250", "áéíóöőúüű"),
    ("cp1250", "ăâîşţ"),
    ("cp1250", "čćđšž"),
    ("mac_roman", "äöüßéèàâêëîïôûùçœæñáíóúãõåøìò"),
    ("cp850", "äöüßéèàâêëîïôûùçæñáíóúãõåøìò"),
    ("cp1251", "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґў"),
    ("koi8_r", "абвгдежзийклмнопрстуфхцчшщъыьэюяё"),
    ("cp1253", "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋ"),
)
"""Code pages, each with the letters beyond a to z that a group of languages writes; the likelier ones first."""

USUAL = "cp1252"
OTHER_SCRIPTS = ("cp1251", "koi8_r", "cp1253")
SIGNS = set("“”„‚‘’–—…€•©®™°§«»¿¡´·²½¼\xa0‹›")
"""They stand between words in every language."""


SURE = 0.8
"""So much of what is beyond a to z must be words of the language; any less is no reason to leave Windows-1252."""


def by_words(content: bytes) -> str:
    """The text in the code page that makes the most letters of one language of it; Windows-1252 where none does."""
    sample = content[:LOOKED_AT]
    fits = [(page, *_fits(sample.decode(page, errors="replace"), page, letters)) for page, letters in ALPHABETS]
    usual = max(0, *(fit for page, fit, _ in fits if page == USUAL))
    likely = [(page, fit) for page, fit, signs in fits if fit > usual and fit >= SURE * signs]
    page, _ = max(likely, key=lambda one: one[1], default=(USUAL, usual))
    return content.decode(page, errors="replace")


def _fits(text: str, page: str, letters: str) -> tuple[int, int]:
    """How many letters beyond a to z belong to the language, less what does not, and how many there are at all."""
    own, strange = set(letters) | set(letters.upper()), page in OTHER_SCRIPTS
    told = [
        _fit(text[at - 1 : at] if at else "", sign, text[at + 1 : at + 2], own, strange)
        for at, sign in enumerate(text)
        if sign > "\x7f"
    ]
    return sum(told), sum(map(bool, told))


def _fit(before: str, sign: str, after: str, own: set[str], strange: bool) -> int:
    if sign == "’" and before.isalpha() and after.isalpha():
        return 1
    if sign in own and not (before.isalpha() or after.isalpha()):
        return 0
    if sign in own:
        torn = sign.isupper() and before.islower()
        mixed = strange and any(one.isascii() and one.isalpha() for one in (before, after))
        return -1 if torn or mixed else 1
    within = before.isalpha() and after.isalpha()
    return 0 if sign in SIGNS and not within else -1
